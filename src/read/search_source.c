/* What there is to find of a matter or an entry: its open words, as pages show them. */
#include "base/date.h"
#include "read/ask.h"
#include "read/search_follow.h"
#include "register/table.h"

struct wording {
	struct cx *cx;
	const struct search_from *from;
	struct buf b;
};

static void
line_put(struct wording *w, struct str title, struct str text)
{
	if (!text.n)
		return;
	buf_put(&w->b, title);
	buf_put(&w->b, S("\xEF\xBC\x9A")); /* the colon between a title and its value */
	buf_put(&w->b, text);
	buf_put_byte(&w->b, '\n');
}

/* A matter's name may be what a mask hides: only entries are named. */
static struct str
entry_name(struct wording *w, struct str subject)
{
	return defs_register(w->from->defs, subject_family(subject))
		   ? ask_name(w->cx, &w->from->r, w->from->defs, subject)
		   : S("");
}

static struct str value_words(
    struct wording *w, const struct field *f, const struct value *v);

static struct str
list_words(struct wording *w, const struct field *f, const struct value *v)
{
	struct buf b = { .arena = w->cx->arena };

	for (size_t i = 0; i < value_count(v); i++) {
		buf_put(&b, value_words(w, f, value_at(v, i)));
		buf_put_byte(&b, ' ');
	}
	return str_trim(buf_str(&b));
}

static struct str
rows_words(struct wording *w, const struct field *f, const struct value *rows)
{
	struct buf b = { .arena = w->cx->arena };

	for (size_t i = 0; i < value_count(rows); i++)
		for (size_t k = 0; k < f->columns.n; k++) {
			const struct field *c = &f->columns.v[k];

			if (c->personal)
				continue;
			buf_put(
			    &b, value_words(w, c, value_get(value_at(rows, i), c->id)));
			buf_put_byte(&b, ' ');
		}
	return str_trim(buf_str(&b));
}

static struct str
value_words(struct wording *w, const struct field *f, const struct value *v)
{
	switch (f->type) {
	case FIELD_ROWS:
		return rows_words(w, f, v);
	case FIELD_TEXTS:
	case FIELD_ENTRIES:
	case FIELD_CITATIONS:
		if (v->kind == V_LIST)
			return list_words(w, f, v);
		return f->type == FIELD_ENTRIES ? entry_name(w, value_str(v))
						: value_str(v);
	case FIELD_ENTRY:
		return entry_name(w, value_str(v));
	case FIELD_TEXT:
	case FIELD_LONG:
	case FIELD_CODE:
	case FIELD_DECIMAL:
		return value_str(v);
	case FIELD_CHOICE:
		return v->kind == V_TEXT ? choice_title(f, v->s) : S("");
	case FIELD_DAY:
		return v->kind == V_INT ? day_iso(w->cx->arena, v->i) : S("");
	case FIELD_INT:
	case FIELD_MONEY:
	case FIELD_BOOL:
	case FIELD_MATTER:
	case FIELD_MATTERS:
	case FIELD_FILES:
	case FIELD_COUNT_:
		return S("");
	}
	return S("");
}

/* `but`: masked. Personal values are not in the state; their fields are passed over. */
static void
fields_put(struct wording *w, const struct field_list *fields, const struct value *values,
    const struct id_list *but)
{
	for (size_t i = 0; i < fields->n; i++) {
		const struct field *f = &fields->v[i];

		if (!f->personal && !id_list_has(but, f->id))
			line_put(
			    w, f->title, value_words(w, f, value_get(values, f->id)));
	}
}

static void
unit_add(struct wording *w, struct str subject, struct id_list *out)
{
	if (str_eq(subject_family(subject), S("units")) && !id_list_has(out, subject))
		*list_add(w->cx->arena, out) = subject;
}

/* The units that these fields name: whoever asks for a unit wants also what it takes part
 * in. `but`: masked. */
static void
units_add(struct wording *w, const struct field_list *fields, const struct value *values,
    const struct id_list *but, struct id_list *out)
{
	for (size_t i = 0; i < fields->n; i++) {
		const struct field *f = &fields->v[i];
		const struct value *v = value_get(values, f->id);

		if (f->personal || id_list_has(but, f->id))
			continue;
		if (f->type == FIELD_ENTRY)
			unit_add(w, value_str(v), out);
		for (size_t k = 0; f->type == FIELD_ENTRIES && k < value_count(v); k++)
			unit_add(w, value_str(value_at(v, k)), out);
	}
}

/* Closed to anybody under the matter's own edition or under the newest. */
static void
masked_add(struct arena *a, const struct procedure_def *p, struct id_list *out)
{
	for (size_t i = 0; p && i < p->masks.n; i++)
		for (size_t k = 0; k < p->masks.v[i].fields.n; k++)
			*list_add(a, out) = p->masks.v[i].fields.v[k];
}

/* Numbers and titles of issued documents; their words only where nothing of the matter is
 * masked, as they may repeat any field. */
static enum err
documents_put(
    struct wording *w, struct str subject, const struct value *state, bool is_masked)
{
	const struct value *issued = value_get(state, S("issued"));
	struct read_page history;

	for (size_t i = 0; i < value_count(issued); i++)
		line_put(w, value_str(value_get(value_at(issued, i), S("title"))),
		    value_str(value_get(value_at(issued, i), S("number"))));
	if (is_masked || !value_count(issued))
		return ERR_OK;
	TRY(read_history(w->cx, &w->from->r, subject, &history));
	for (size_t i = 0; i < history.n; i++) {
		const struct value *open = value_get(&history.v[i], S("open"));

		if (str_eq(value_str(value_get(&history.v[i], S("kind"))), S("issued")))
			line_put(w, value_str(value_get(open, S("title"))),
			    value_str(value_get(open, S("text"))));
	}
	return ERR_OK;
}

/* What the matter has published: masked, declared fields, copied by the event. */
static struct str
published_words(struct wording *w, const struct procedure_def *p, const struct value *v)
{
	const struct id_list none = { 0 };

	w->b = (struct buf){ .arena = w->cx->arena };
	fields_put(w, &p->fields, v, &none);
	return buf_str(&w->b);
}

static enum err
public_of(struct wording *w, const struct procedure_def *p, struct str subject,
    const struct value *state, struct search_sources *out)
{
	const struct value *shown = value_get(state, S("published"));
	struct search_source *s = &out->v[out->n];

	*s = out->v[0];
	s->scope = S("");
	s->kind = S("public");
	s->stage = S("");
	s->units = (struct id_list){ 0 };
	s->body = value_count(shown) ? published_words(w, p, shown) : S("");
	s->title = value_str(value_get(shown, S("title")));
	if (!s->title.n)
		s->title = p->title;
	if (w->from->open)
		TRY(w->from->open(w->cx, w->from, subject, state, s));
	out->n += s->body.n > 0;
	return ERR_OK;
}

static enum err
of_matter(struct wording *w, struct str subject, struct search_sources *out,
    struct id_list *also)
{
	const struct str family = subject_family(subject);
	const struct procedure_def *p, *newest = defs_procedure(w->from->defs, family);
	struct search_source *s = &out->v[0];
	struct id_list masked = { 0 };
	struct value state;
	const enum err err = read_matter(w->cx, &w->from->r, subject, &state);

	if (err == ERR_NOT_FOUND)
		return ERR_OK;
	TRY(err);
	p = defs_edition(
	    w->from->defs, value_str(value_get(&state, S("edition"))), family);
	if (!p)
		return ERR_OK;
	masked_add(w->cx->arena, p, &masked);
	masked_add(w->cx->arena, newest, &masked);
	fields_put(w, &p->fields, value_get(&state, S("fields")), &masked);
	TRY(documents_put(w, subject, &state, masked.n > 0));
	*s = (struct search_source){ .scope = SEARCH_INSIDE,
		.kind = family,
		.title = id_list_has(&masked, p->name)
			     ? p->title
			     : value_str(value_get(&state, S("title"))),
		.place = p->title,
		.body = buf_str(&w->b),
		.stage = value_str(value_get(&state, S("stage"))),
		.day = value_num(value_get(&state, S("opened"))),
		.to_day = DAY_OPEN };
	if (!id_list_has(&masked, p->unit))
		unit_add(w, value_str(value_get(&state, S("unit"))), &s->units);
	units_add(w, &p->fields, value_get(&state, S("fields")), &masked, &s->units);
	out->n = 1;
	if (w->from->also)
		TRY(w->from->also(w->cx, w->from, subject, &state, also));
	return public_of(w, p, subject, &state, out);
}

/* An entry's own name, as pages show it; none where that is another's alone. */
static struct str
own_name(struct wording *w, const struct register_def *def, const struct value *values)
{
	const struct field *key = field_find(&def->fields, def->key);

	return !def->called.n && key && key->type == FIELD_ENTRY
		   ? S("")
		   : ask_title(w->cx, &w->from->r, w->from->defs, def, values);
}

/* Who is named, with the unit where he is of one: every unit has such a post. */
static struct str
whole_name(struct wording *w, struct str subject)
{
	const struct str name = entry_name(w, subject);
	const struct value *unit;
	struct value v;

	if (!subject.n || !defs_register(w->from->defs, subject_family(subject)) ||
	    read_entry(w->cx, &w->from->r, subject, cx_today(w->cx), READ_NOW, &v) !=
		ERR_OK)
		return name;
	unit = value_path(&v, "values.unit");
	return str_trim(str_fmt(w->cx->arena, "%.*s %.*s",
	    STR_ARG(entry_name(w, value_str(unit))), STR_ARG(name)));
}

/* What an entry without one is called, such as a power given to a post: by whom and what
 * it names, in the order of its fields. */
static struct str
made_name(struct wording *w, const struct register_def *def, const struct value *values)
{
	struct buf b = { .arena = w->cx->arena };

	for (size_t i = 0; i < def->fields.n; i++) {
		const struct field *f = &def->fields.v[i];

		if (f->personal || (f->type != FIELD_ENTRY && f->type != FIELD_CHOICE))
			continue;
		buf_put(&b, f->type == FIELD_ENTRY
				? whole_name(w, value_str(value_get(values, f->id)))
				: value_words(w, f, value_get(values, f->id)));
		buf_put_byte(&b, ' ');
	}
	return str_trim(buf_str(&b));
}

/* The version that the newest event of the entry speaks of. */
static enum err
entry_newest(struct wording *w, struct str subject, struct value *out)
{
	struct read_page history;
	const struct value *open;
	int64_t day;

	TRY(read_history(w->cx, &w->from->r, subject, &history));
	if (!history.n)
		return fail(w->cx, ERR_NOT_FOUND, "%.*s", STR_ARG(subject));
	open = value_get(&history.v[history.n - 1], S("open"));
	day = value_get(open, S("from"))->kind == V_INT
		  ? value_num(value_get(open, S("from")))
		  : value_num(value_get(open, S("to"))) - 1;
	return read_entry(w->cx, &w->from->r, subject, day, READ_NOW, out);
}

static enum err
of_entry(struct wording *w, const struct register_def *def, struct str subject,
    struct search_sources *out)
{
	const struct id_list none = { 0 };
	struct value version;
	const struct value *values;
	const enum err err = entry_newest(w, subject, &version);

	if (err == ERR_NOT_FOUND)
		return ERR_OK;
	TRY(err);
	values = value_get(&version, S("values"));
	fields_put(w, &def->fields, values, &none);
	out->v[0] = (struct search_source){ .scope = SEARCH_INSIDE,
		.kind = def->id,
		.title = own_name(w, def, values),
		.place = def->title,
		.body = buf_str(&w->b),
		.day = value_num(value_get(&version, S("from"))),
		.to_day = value_num(value_get(&version, S("to"))) };
	units_add(w, &def->fields, values, &none, &out->v[0].units);
	if (!out->v[0].title.n) {
		out->v[0].nameless = true;
		out->v[0].title = made_name(w, def, values);
	}
	if (!out->v[0].title.n)
		out->v[0].title = def->title;
	out->n = 1;
	return ERR_OK;
}

enum err
search_sources_of(struct cx *cx, const struct search_from *from, struct str subject,
    struct search_sources *out, struct id_list *also)
{
	const struct register_def *def = defs_register(
	    from->defs, subject_family(subject));
	struct wording w = { .cx = cx, .from = from, .b = { .arena = cx->arena } };

	*out = (struct search_sources){ .n = 0 };
	return def ? of_entry(&w, def, subject, out) : of_matter(&w, subject, out, also);
}
