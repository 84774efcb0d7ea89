/*
 * One input for each type of field. Lists of lists would need pages of boxes, so inside
 * rows they are lines of text: names one a line, inner rows one a line with bars between
 * the columns.
 */
#include "base/date.h"
#include "web/pages/act_form.h"
#include "web/word.h"

enum {
	RADIOS_MAX = 6,
	OPTIONS_MAX = 1000,
	LABEL_CHARS = 42,
	ROWS_MORE = 3,
	COLUMNS_FEW = 6
};

struct options {
	struct option *v;
	size_t n, cap;
};

struct offers {
	struct offer *v;
	size_t n, cap;
};

struct input_at {
	struct html *h;
	struct view *v;
	const struct field *f;
	struct str name;
	bool optional, in_row;
	const struct value *value;
	const struct value *among; /* only these may be chosen; or null: any */
	struct map *known;         /* options of a field, by its id: columns ask again */
};

static bool
is_posted(const struct exchange *x)
{
	return x->req.method == HTTP_POST;
}

static struct str
label_cut(struct arena *a, struct str s)
{
	size_t i = 0;

	for (int n = 0; i < s.n && n < LABEL_CHARS; n++)
		(void)str_next(s, &i);
	return i < s.n ? str_fmt(a, "%.*s…", (int)i, s.p) : s;
}

static void
option_add(struct input_at *in, struct options *out, struct str value, struct str label)
{
	*list_add(&in->v->x->arena, out) = (struct option){ .value = value,
		.label = label_cut(&in->v->x->arena, label) };
}

static void
offer_add(struct input_at *in, struct offers *out, struct str subject, struct str label)
{
	*list_add(&in->v->x->arena, out) = (struct offer){ subject, label };
}

static void
entries_add(struct input_at *in, struct str family, struct offers *out)
{
	const struct register_def *def = defs_register(in->v->defs, family);
	struct cx *cx = &in->v->x->cx;
	const struct read_query q = {
		.family = family, .order = def->key, .limit = OPTIONS_MAX
	};
	struct read_page page;

	if (read_entries(cx, &in->v->r, &q, cx_today(cx), &page) != ERR_OK)
		return;
	for (size_t i = 0; i < page.n; i++) {
		const struct str subject = value_str(value_get(&page.v[i], S("subject")));

		offer_add(in, out, subject,
		    ask_title(cx, &in->v->r, in->v->defs, def,
			value_get(&page.v[i], S("values"))));
	}
}

static void
matters_add(struct input_at *in, struct str family, struct offers *out)
{
	struct cx *cx = &in->v->x->cx;
	const struct read_query q = { .family = family, .limit = OPTIONS_MAX };
	struct read_page page;

	if (read_matters(cx, &in->v->r, &q, &page) != ERR_OK)
		return;
	for (size_t i = 0; i < page.n; i++) {
		const struct value *state = value_get(&page.v[i], S("state"));
		const struct str no = value_str(value_path(state, "fields.no"));
		const struct str title = value_str(value_get(state, S("title")));

		if (value_true(value_get(state, S("closed"))))
			continue;
		offer_add(in, out, value_str(value_get(&page.v[i], S("subject"))),
		    no.n ? word_fill(cx->arena, W(wide_pair), no, title) : title);
	}
}

/* What stands there already can stay: a correction looks at what was right then. */
static void
among_add(struct input_at *in, const struct value *chosen, struct offers *out)
{
	struct cx *cx = &in->v->x->cx;

	for (size_t i = 0; i < value_count(chosen); i++) {
		const struct str subject = value_str(value_at(chosen, i));
		bool known = !field_takes(in->f, subject_family(subject));

		for (size_t k = 0; k < out->n; k++)
			known |= str_eq(out->v[k].subject, subject);
		if (!known)
			offer_add(in, out, subject,
			    str_fmt(cx->arena, "%.*s%.*s",
				STR_ARG(show_kind(in->v, in->f, subject)),
				STR_ARG(ask_name(cx, &in->v->r, in->v->defs, subject))));
	}
}

static void
family_add(struct input_at *in, struct str family, struct offers *out)
{
	if (defs_register(in->v->defs, family))
		entries_add(in, family, out);
	else
		matters_add(in, family, out);
}

/* What may be chosen of registers and procedures; of one name, told apart. */
static void
offers_add(struct input_at *in, struct options *out)
{
	struct offers all = { 0 };

	if (in->among->kind == V_LIST) {
		among_add(in, in->among, &all);
		among_add(in, in->value, &all);
	}
	for (size_t i = 0; in->among->kind != V_LIST && i < in->f->of.n; i++)
		family_add(in, in->f->of.v[i], &all);
	if (ask_apart(&in->v->x->cx, &in->v->r, in->v->defs, all.v, all.n) != ERR_OK)
		all.n = 0; /* a choice between the same words is none */
	for (size_t i = 0; i < all.n; i++)
		option_add(in, out, all.v[i].subject, all.v[i].label);
}

static const struct options *
options_of(struct input_at *in)
{
	struct options *out = map_find(in->known, in->f->id);

	if (out)
		return out;
	out = arena_new(&in->v->x->arena, struct options);
	for (size_t i = 0; i < in->f->options.n; i++)
		option_add(in, out, in->f->options.v[i].id, in->f->options.v[i].title);
	if (field_is_reference(in->f))
		offers_add(in, out);
	map_put(&in->v->x->arena, in->known, in->f->id, out);
	return out;
}

/* What a line of an inner row shows: its columns with bars between them. */
static struct str
row_line(struct input_at *in, const struct value *row)
{
	LIST(struct str) cells = { 0 };

	for (size_t i = 0; i < in->f->columns.n; i++) {
		const struct field *c = &in->f->columns.v[i];
		const struct value *value = value_get(row, c->id);

		*list_add(&in->v->x->arena,
		    &cells) = c->type == FIELD_DAY && !value_is_null(value)
				  ? day_iso(&in->v->x->arena, value_num(value))
				  : show_text(in->v, c, value);
	}
	return str_join(&in->v->x->arena, cells.v, cells.n, S("|"));
}

/* What act_take.c finds it by. */
static struct str
line_name(struct input_at *in, struct str subject)
{
	const struct register_def *def = defs_register(
	    in->v->defs, subject_family(subject));
	struct cx *cx = &in->v->x->cx;
	struct value entry;

	if (!def || !def->called.n || !def->key.n ||
	    read_entry(cx, &in->v->r, subject, cx_today(cx), READ_NOW, &entry) != ERR_OK)
		return show_name(in->v, subject);
	return value_str(value_get(value_get(&entry, S("values")), def->key));
}

static struct str
lines_text(struct input_at *in, const struct value *list)
{
	LIST(struct str) lines = { 0 };

	for (size_t i = 0; i < value_count(list); i++) {
		const struct value *one = value_at(list, i);

		*list_add(&in->v->x->arena, &lines) = in->f->type == FIELD_ROWS
							  ? row_line(in, one)
						      : field_is_reference(in->f)
							  ? line_name(in, value_str(one))
							  : value_str(one);
	}
	return str_join(&in->v->x->arena, lines.v, lines.n, S("\n"));
}

/* The value as it stands in an input of one line or an area. */
static struct str
value_typed(struct input_at *in)
{
	struct arena *a = &in->v->x->arena;
	const struct value *value = in->value;

	if (value_is_null(value) || value->kind == V_MAP)
		return S("");
	if (value->kind == V_LIST)
		return lines_text(in, value);
	if (value->kind == V_BOOL)
		return value->b ? S("yes") : S("no");
	if (in->f->type == FIELD_DAY)
		return day_iso(a, value_num(value));
	if (in->f->type == FIELD_MONEY)
		return str_fmt(a, "%lld.%02lld", (long long)(value->i / 100),
		    (long long)(value->i < 0 ? -value->i : value->i) % 100);
	return value->kind == V_INT ? str_fmt(a, "%lld", (long long)value->i) : value->s;
}

static struct input
input_of(struct input_at *in)
{
	const bool is_sealed = in->value->kind == V_MAP;

	return (struct input){ .name = in->name,
		.label = in->f->title,
		.hint = is_sealed ? W(act_sealed_hint) : in->f->hint,
		.value = value_typed(in),
		.optional = in->optional && !in->in_row };
}

static void
options_with_blank(struct input_at *in, struct input *f)
{
	const struct options *known = options_of(in);
	struct option *all = arena_array(&in->v->x->arena, struct option, known->n + 1);

	all[0] = (struct option){ .value = S(""), .label = W(act_choose) };
	for (size_t i = 0; i < known->n; i++)
		all[i + 1] = known->v[i];
	f->choices = all;
	f->n = known->n + 1;
}

static void
one_of(struct input_at *in)
{
	struct input f = input_of(in);
	const struct options *known = options_of(in);

	if (in->f->type == FIELD_CHOICE && !in->in_row && !in->optional &&
	    known->n <= RADIOS_MAX) {
		f.choices = known->v;
		f.n = known->n;
		field_radios_(in->h, &f);
		return;
	}
	options_with_blank(in, &f);
	field_select_(in->h, &f);
}

static void
yes_or_no(struct input_at *in)
{
	const struct option choices[] = { { S("yes"), W(yes), S("") },
		{ S("no"), W(no), S("") }, { S(""), W(act_unsaid), S("") } };
	struct input f = input_of(in);

	f.choices = choices;
	f.n = in->optional ? 3 : 2;
	if (in->in_row)
		field_select_(in->h, &f);
	else
		field_radios_(in->h, &f);
}

static void
several_of(struct input_at *in)
{
	const struct options *known = options_of(in);
	const size_t n = value_count(in->value);
	struct str *checked = arena_array(&in->v->x->arena, struct str, n + 1);
	struct input f = input_of(in);

	for (size_t i = 0; i < n; i++)
		checked[i] = value_str(value_at(in->value, i));
	f.choices = known->v;
	f.n = known->n;
	f.checked = checked;
	f.nchecked = n;
	f.many = known->n > RADIOS_MAX;
	field_checks_(in->h, &f);
}

static void
area(struct input_at *in, struct str hint, int rows)
{
	struct input f = input_of(in);

	if (hint.n && !f.hint.n)
		f.hint = hint;
	f.rows = rows;
	field_area_(in->h, &f);
}

/* A file that is there already stays as long as its box is ticked. */
static void
files(struct input_at *in)
{
	struct arena *a = &in->v->x->arena;
	struct input f = input_of(in);

	f.many = true;
	field_file_(in->h, &f);
	if (!value_count(in->value))
		return;
	html(in->h, L("<ul class=\"kept\">\n"));
	for (size_t i = 0; i < value_count(in->value); i++) {
		const struct value *file = value_at(in->value, i);
		const struct str name = value_str(value_get(file, S("name")));

		html(in->h, L("<li><label><input type=\"checkbox\" checked name=\""),
		    T(in->name), L(".keep\" value=\""),
		    T(str_fmt(a, "%.*s %lld %.*s",
			STR_ARG(value_str(value_get(file, S("digest")))),
			(long long)value_num(value_get(file, S("size"))), STR_ARG(name))),
		    L("\"> "), T(word_fill(a, W(act_keep_file), name)),
		    L("</label></li>\n"));
	}
	html(in->h, L("</ul>\n"));
}

size_t
form_more(const struct field *f)
{
	return f->columns.n > COLUMNS_FEW ? 1 : ROWS_MORE;
}

size_t
form_rows(const struct exchange *x, const struct field *f, struct str name,
    const struct value *value)
{
	struct arena a AUTO(arena_free) = { 0 };
	int64_t n;

	if (!is_posted(x) ||
	    !str_int(form_get(x, str_fmt(&a, "%.*s.n", STR_ARG(name))), &n) || n < 0 ||
	    n > OPTIONS_MAX)
		return value_count(value) + form_more(f);
	return (size_t)n + (str_eq(form_get(x, S("more")), name) ? form_more(f) : 0);
}

static void input_put(struct input_at *in);

static void
row_put(struct input_at *in, size_t i)
{
	struct arena *a = &in->v->x->arena;
	const struct value *row = value_at(in->value, i);
	const struct value *sealed = value_get(row, S("sealed"));

	html(in->h, L("<fieldset class=\"row\"><legend>"),
	    T(word_fill(a, W(act_row_n), str_fmt(a, "%zu", i + 1))), L("</legend>\n"));
	if (!value_is_null(sealed))
		field_hidden(in->h, str_fmt(a, "%.*s.%zu.sealed", STR_ARG(in->name), i),
		    value_str(sealed));
	for (size_t k = 0; k < in->f->columns.n; k++) {
		const struct field *c = &in->f->columns.v[k];
		static const struct value hidden = { .kind = V_MAP },
					  any = { .kind = V_NULL };
		struct input_at cell = *in;

		cell.f = c;
		cell.name = str_fmt(
		    a, "%.*s.%zu.%.*s", STR_ARG(in->name), i, STR_ARG(c->id));
		cell.in_row = true;
		cell.optional = true;
		cell.among = &any;
		cell.value = c->personal && !value_is_null(sealed)
				 ? &hidden
				 : value_get(row, c->id);
		input_put(&cell);
	}
	html(in->h, L("</fieldset>\n"));
}

static void
rows(struct input_at *in)
{
	struct arena *a = &in->v->x->arena;
	const struct input f = input_of(in);
	const size_t n = form_rows(in->v->x, in->f, in->name, in->value);
	struct map columns = { 0 };
	struct input_at inner = *in;

	inner.known = &columns;
	fields_open_(in->h, &f);
	html(in->h, L("<p class=\"hint\">"), T(W(act_rows_hint)), L("</p>\n"));
	field_hidden(
	    in->h, str_fmt(a, "%.*s.n", STR_ARG(in->name)), str_fmt(a, "%zu", n));
	for (size_t i = 0; i < n; i++)
		row_put(&inner, i);
	button_second(in->h, S("more"), in->name,
	    form_more(in->f) == 1 ? W(act_more_row) : W(act_more_rows));
	fields_close_(in->h, &f);
}

static void
one_row(struct input_at *in, size_t row)
{
	const struct input f = input_of(in);
	struct map columns = { 0 };
	struct input_at inner = *in;

	inner.known = &columns;
	fields_open_(in->h, &f);
	html(in->h, L("<p class=\"hint\">"), T(W(act_row_hint)), L("</p>\n"));
	row_put(&inner, row);
	fields_close_(in->h, &f);
}

static void
line(struct input_at *in)
{
	struct input f = input_of(in);

	f.narrow = in->f->type == FIELD_INT || in->f->type == FIELD_MONEY ||
		   in->f->type == FIELD_DECIMAL;
	f.code = in->f->type == FIELD_CODE;
	if (in->f->type == FIELD_MONEY)
		f.suffix = W(yuan);
	if (in->f->type == FIELD_DAY)
		field_day_(in->h, &f);
	else
		field_text_(in->h, &f);
}

static void
input_put(struct input_at *in)
{
	switch (in->f->type) {
	case FIELD_TEXT:
	case FIELD_CODE:
	case FIELD_INT:
	case FIELD_MONEY:
	case FIELD_DECIMAL:
	case FIELD_DAY:
		line(in);
		break;
	case FIELD_LONG:
		area(in, S(""), in->in_row ? 2 : 6);
		break;
	case FIELD_BOOL:
		yes_or_no(in);
		break;
	case FIELD_CHOICE:
	case FIELD_ENTRY:
	case FIELD_MATTER:
		one_of(in);
		break;
	case FIELD_ENTRIES:
	case FIELD_MATTERS:
		if (in->in_row)
			area(in, W(act_names_hint), 2);
		else
			several_of(in);
		break;
	case FIELD_TEXTS:
		area(in, W(act_lines_hint), in->in_row ? 2 : 4);
		break;
	case FIELD_CITATIONS:
		area(in, W(act_citations_hint), 3);
		break;
	case FIELD_FILES:
		files(in);
		break;
	case FIELD_ROWS:
		if (in->in_row)
			area(in, W(act_bars_hint), 2);
		else
			rows(in);
		break;
	case FIELD_COUNT_:
		break;
	}
}

void
form_input(
    struct html *h, struct view *v, const struct form_field *f, const struct value *value)
{
	struct map known = { 0 };
	struct input_at in = { .h = h,
		.v = v,
		.f = f->field,
		.name = f->field->id,
		.optional = f->optional,
		.value = value,
		.among = &f->among,
		.known = &known };

	if (f->is_one)
		one_row(&in, f->row);
	else
		input_put(&in);
}
