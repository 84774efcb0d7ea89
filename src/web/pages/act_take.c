/* From what was typed to values as stored. What cannot be understood is refused beside
 * its input; whether it is allowed is the door's business. */
#include "act/door.h"
#include "base/decimal.h"
#include "web/pages/act_form.h"
#include "web/site.h"
#include "web/upload.h"
#include "web/word.h"

struct take_at {
	struct view *v;
	const struct field *f;
	const struct value *held; /* the fields as they are */
	struct str name;
	bool in_row, keep_files;
};

static void
wrong(struct take_at *t, struct str name, struct str message)
{
	form_refuse(t->v->x, name, message);
}

static void
wrong_value(struct take_at *t, struct str pattern)
{
	wrong(t, t->name, word_fill(&t->v->x->arena, pattern, t->f->title));
}

/* Full-width digits and signs, as Chinese keyboards give them, and separators. */
static struct str
number_plain(struct arena *a, struct str s)
{
	struct buf b = { .arena = a };

	for (size_t i = 0; i < s.n;) {
		const uint32_t c = str_next(s, &i);

		if (c == ',' || c == 0xff0c || c == ' ')
			continue;
		buf_put_char(&b, c >= 0xff01 && c <= 0xff5e ? c - 0xff01 + '!' : c);
	}
	return buf_str(&b);
}

/* "1234.5" yuan as fen; at most two decimals. */
static bool
money_read(struct str s, int64_t *out)
{
	const size_t point = str_find(s, S("."), 0);
	const struct str cents = point == SIZE_MAX ? S("") : str_sub(s, point + 1, s.n);
	int64_t yuan, fen = 0;

	if (!str_int(str_sub(s, 0, point), &yuan) || yuan < 0 ||
	    yuan > (INT64_C(1) << 44) || cents.n > 2 ||
	    (cents.n && (!str_int(cents, &fen) || fen < 0)))
		return false;
	*out = yuan * 100 + (cents.n == 1 ? fen * 10 : fen);
	return true;
}

static struct value
number_take(struct take_at *t, struct str s)
{
	const struct str plain = number_plain(&t->v->x->arena, s);
	struct decimal d;
	int64_t n;

	if (t->f->type == FIELD_DECIMAL)
		return value_text(decimal_parse(plain, &d)
				      ? decimal_str(&t->v->x->arena, &d)
				      : plain); /* the door says that it is none */
	if (t->f->type == FIELD_MONEY ? money_read(plain, &n) : str_int(plain, &n))
		return value_int(n);
	wrong_value(t, t->f->type == FIELD_MONEY ? W(act_money_wrong) : W(act_int_wrong));
	return value_null();
}

static struct value
day_take(struct take_at *t, struct str s)
{
	int64_t day;

	if (day_read(s, &day))
		return value_int(day);
	wrong_value(t, W(act_day_wrong));
	return value_null();
}

/* A subject by the name that stands on a line. */
static struct str
subject_named(struct take_at *t, struct str name)
{
	struct cx *cx = &t->v->x->cx;

	for (size_t i = 0; i < t->f->of.n; i++) {
		const struct register_def *def = defs_register(t->v->defs, t->f->of.v[i]);
		struct value entry;

		if (def && def->key.n &&
		    read_entry_by(cx, &t->v->r, def->id, def->key, name, cx_today(cx),
			&entry) == ERR_OK)
			return value_str(value_get(&entry, S("subject")));
	}
	wrong(t, t->name, word_fill(cx->arena, W(act_name_unknown), name));
	return S("");
}

static struct value row_of_line(struct take_at *t, struct str line);

static struct value
lines_take(struct take_at *t, struct str text)
{
	struct value list = value_list();
	struct str line;

	while (str_split(&text, S("\n"), &line)) {
		line = str_trim(line);
		if (!line.n)
			continue;
		value_add(&t->v->x->arena, &list,
		    t->f->type == FIELD_ROWS   ? row_of_line(t, line)
		    : field_is_reference(t->f) ? value_text(subject_named(t, line))
					       : value_text(line));
	}
	return list.list.n ? list : value_null();
}

static struct value
typed_take(struct take_at *t, struct str s)
{
	s = str_trim(s);
	if (!s.n)
		return value_null();
	switch (t->f->type) {
	case FIELD_TEXT:
	case FIELD_LONG:
	case FIELD_CODE:
	case FIELD_CHOICE:
	case FIELD_ENTRY:
	case FIELD_MATTER:
		return value_text(s);
	case FIELD_INT:
	case FIELD_MONEY:
	case FIELD_DECIMAL:
		return number_take(t, s);
	case FIELD_DAY:
		return day_take(t, s);
	case FIELD_BOOL:
		return value_bool(str_eq(s, S("yes")));
	case FIELD_ENTRIES:
	case FIELD_MATTERS:
	case FIELD_TEXTS:
	case FIELD_CITATIONS:
	case FIELD_ROWS:
		return lines_take(t, s);
	case FIELD_FILES:
	case FIELD_COUNT_:
		break;
	}
	return value_null();
}

static struct value
row_of_line(struct take_at *t, struct str line)
{
	struct value row = value_map();

	for (size_t i = 0; i < t->f->columns.n; i++) {
		struct take_at cell = *t;
		struct str part;

		cell.f = &t->f->columns.v[i];
		if (!str_split(&line, S("|"), &part))
			break;
		const struct value value = typed_take(&cell, part);
		if (!value_is_null(&value))
			value_set(&t->v->x->arena, &row, cell.f->id, value);
	}
	return row;
}

static struct value
ticked_take(struct take_at *t)
{
	const struct params *form = &t->v->x->req.form;
	struct value list = value_list();

	for (size_t i = 0; i < form->n; i++)
		if (str_eq(form->v[i].name, t->name) && form->v[i].value.n)
			value_add(&t->v->x->arena, &list, value_text(form->v[i].value));
	return list.list.n ? list : value_null();
}

/* ---- files ---- */

static struct value
file_value(struct view *v, struct str name, struct str digest, int64_t size)
{
	struct value file = value_map();

	value_set_text(&v->x->arena, &file, "digest", digest);
	value_set_text(&v->x->arena, &file, "name", name);
	value_set_int(&v->x->arena, &file, "size", size);
	return file;
}

/* "DIGEST SIZE NAME" of a box that stayed ticked. */
static enum err
kept_take(struct take_at *t, struct str kept, struct value *list)
{
	struct str digest, size;
	int64_t n, length;
	bool own;

	if (!str_split(&kept, S(" "), &digest) || !str_split(&kept, S(" "), &size) ||
	    !str_int(size, &n) || digest.n != 64 || !kept.n)
		return word_fail(&t->v->x->cx, ERR_INPUT, W(marks_incomplete));
	TRY(upload_is_own(t->v, t->held, digest, &own, &length));
	if (!own) {
		wrong_value(t, W(api_file_unknown));
		return ERR_OK;
	}
	value_add(&t->v->x->arena, list, file_value(t->v, kept, digest, length));
	return ERR_OK;
}

static enum err
upload_take(struct take_at *t, const struct upload *u, struct value *list)
{
	struct value file;

	if (!u->size || !t->keep_files)
		return ERR_OK; /* left empty; or a file was refused: nothing is kept */
	TRY(upload_keep(t->v->x, u, &file));
	value_add(&t->v->x->arena, list, file);
	return ERR_OK;
}

static enum err
files_take(struct take_at *t, struct value *out)
{
	const struct request *req = &t->v->x->req;
	const struct str keep = str_fmt(&t->v->x->arena, "%.*s.keep", STR_ARG(t->name));
	struct value list = value_list();

	for (size_t i = 0; i < req->form.n; i++)
		if (str_eq(req->form.v[i].name, keep))
			TRY(kept_take(t, req->form.v[i].value, &list));
	for (size_t i = 0; i < req->files.n; i++)
		if (str_eq(req->files.v[i].name, t->name))
			TRY(upload_take(t, &req->files.v[i], &list));
	*out = list.list.n ? list : value_null();
	return ERR_OK;
}

/* ---- rows ---- */

static enum err value_take(struct take_at *t, struct value *out);

static enum err
row_take(struct take_at *t, size_t i, struct value *rows)
{
	struct arena *a = &t->v->x->arena;
	const struct str sealed = form_get(
	    t->v->x, str_fmt(a, "%.*s.%zu.sealed", STR_ARG(t->name), i));
	struct value row = value_map();
	bool personal = false;

	for (size_t k = 0; k < t->f->columns.n; k++) {
		const struct field *c = &t->f->columns.v[k];
		struct take_at cell = { .v = t->v,
			.f = c,
			.name = str_fmt(
			    a, "%.*s.%zu.%.*s", STR_ARG(t->name), i, STR_ARG(c->id)),
			.held = t->held,
			.in_row = true,
			.keep_files = t->keep_files };
		struct value value;

		TRY(value_take(&cell, &value));
		if (value_is_null(&value))
			continue;
		personal |= c->personal;
		value_set(a, &row, c->id, value);
	}
	if (row.map.n && sealed.n && !personal)
		value_set_text(a, &row, "sealed", sealed);
	/* An empty row is none, also one that was emptied; form_compact takes it out. */
	value_add(a, rows, row.map.n ? row : value_null());
	return ERR_OK;
}

static enum err
rows_take(struct take_at *t, struct value *out)
{
	static const struct value none = { .kind = V_NULL };
	const size_t n = form_rows(t->v->x, t->f, t->name, &none);
	struct value rows = value_list();

	for (size_t i = 0; i < n; i++)
		TRY(row_take(t, i, &rows));
	*out = rows.list.n ? rows : value_null();
	return ERR_OK;
}

/* The row at its place; the others were not asked. */
static enum err
one_take(struct take_at *t, size_t row, struct value *out)
{
	*out = value_list();
	for (size_t i = 0; i < row; i++)
		value_add(&t->v->x->arena, out, value_null());
	return row_take(t, row, out);
}

static enum err
value_take(struct take_at *t, struct value *out)
{
	if (t->f->type == FIELD_FILES)
		return files_take(t, out);
	if (t->f->type == FIELD_ROWS && !t->in_row)
		return rows_take(t, out);
	if ((t->f->type == FIELD_ENTRIES || t->f->type == FIELD_MATTERS) && !t->in_row)
		*out = ticked_take(t);
	else
		*out = typed_take(t, form_get(t->v->x, t->name));
	return ERR_OK;
}

enum err
form_take(struct view *v, const struct form *f, struct value *out)
{
	struct value form = value_map();

	/* A form that the door refused comes here again: its files were judged before. */
	const bool again = v->x->cx.refusals.n > 0;
	const bool keep = again || uploads_judge(v->x, S(""), UPLOAD_FILES_MAX);

	for (size_t i = 0; i < f->fields.n; i++) {
		struct take_at t = { .v = v,
			.f = f->fields.v[i].field,
			.held = &f->current,
			.name = f->fields.v[i].field->id,
			.keep_files = keep };
		struct value value;

		if (f->fields.v[i].is_one)
			TRY(one_take(&t, f->fields.v[i].row, &value));
		else
			TRY(value_take(&t, &value));
		value_set(&v->x->arena, &form, t.f->id, value);
	}
	*out = form;
	return ERR_OK;
}
