/* Values by the type of their field. What is sealed is said to be sealed. */
#include "web/pages/show.h"

#include "base/date.h"
#include "web/cite.h"
#include "web/pages/sealed.h"
#include "web/word.h"

static struct str
entry_last_name(struct view *v, struct str subject)
{
	const struct register_def *def = defs_register(v->defs, subject_family(subject));
	struct read_page history;

	if (!def || read_history(&v->x->cx, &v->r, subject, &history) != ERR_OK)
		return S("");
	for (size_t i = history.n; i-- > 0;) {
		const struct value *values = value_path(&history.v[i], "open.values");
		const struct str name = values->kind == V_MAP
					    ? ask_title(
						  &v->x->cx, &v->r, v->defs, def, values)
					    : S("");

		if (name.n)
			return name;
	}
	return S("");
}

struct str
show_name(struct view *v, struct str subject)
{
	struct str name;

	if (str_find(subject, S("/"), 0) == SIZE_MAX)
		return W(by_system);
	name = ask_name(&v->x->cx, &v->r, v->defs, subject);
	if (!name.n)
		name = entry_last_name(v, subject);
	return name.n ? name : W(nameless);
}

struct str
show_path(struct arena *a, struct str subject)
{
	const struct str family = subject_family(subject);
	const struct str number = str_sub(subject, family.n + 1, subject.n);

	if (str_eq(family, S("units")))
		return str_fmt(a, "/unit/%.*s", STR_ARG(number));
	if (str_eq(family, S("task")))
		return str_fmt(a, "/task/%.*s", STR_ARG(number));
	return str_fmt(a, "/m/%.*s", STR_ARG(subject));
}

void
show_link(struct html *h, struct view *v, struct str subject)
{
	html(h, L("<a href=\""), U(show_path(&v->x->arena, subject)), L("\">"),
	    T(show_name(v, subject)), L("</a>"));
}

static struct str
money_text(struct arena *a, int64_t fen)
{
	const int64_t whole = fen < 0 ? -fen : fen;

	return str_fmt(a, "%s%lld.%02lld %.*s", fen < 0 ? "-" : "",
	    (long long)(whole / 100), (long long)(whole % 100), STR_ARG(W(yuan)));
}

static struct str
list_text(struct view *v, const struct value *list, struct str between,
    struct str (*item)(struct view *, const struct value *))
{
	LIST(struct str) parts = { 0 };

	for (size_t i = 0; i < value_count(list); i++)
		*list_add(&v->x->arena, &parts) = item(v, value_at(list, i));
	return str_join(&v->x->arena, parts.v, parts.n, between);
}

static struct str
citation_item(struct view *v, const struct value *one)
{
	return basis_text(v->defs, &v->x->arena, value_str(one));
}

static struct str
text_item(struct view *v, const struct value *one)
{
	(void)v;
	return value_str(one);
}

static struct str
name_item(struct view *v, const struct value *one)
{
	return show_name(v, value_str(one));
}

struct str
show_kind(struct view *v, const struct field *f, struct str subject)
{
	const struct procedure_def *p = defs_procedure(v->defs, subject_family(subject));

	return f->of.n > 1 && p ? str_fmt(&v->x->arena, "%.*s%.*s", STR_ARG(p->title),
				      STR_ARG(W(sign_colon)))
				: S("");
}

static struct str
file_item(struct view *v, const struct value *one)
{
	(void)v;
	return value_str(value_get(one, S("name")));
}

static struct str
rows_text(struct view *v, const struct field *f, const struct value *rows)
{
	return word_fill(&v->x->arena, W(rows_n),
	    str_fmt(&v->x->arena, "%zu", value_count(rows)), f->title);
}

struct str
show_text(struct view *v, const struct field *f, const struct value *value)
{
	struct arena *a = &v->x->arena;

	if (value_is_null(value))
		return S("");
	if (value->kind == V_MAP)
		return W(sealed);
	switch (f->type) {
	case FIELD_TEXT:
	case FIELD_LONG:
	case FIELD_CODE:
	case FIELD_DECIMAL:
		return value_str(value);
	case FIELD_INT:
		return str_fmt(a, "%lld", (long long)value_num(value));
	case FIELD_MONEY:
		return money_text(a, value_num(value));
	case FIELD_DAY:
		return day_chinese(a, value_num(value));
	case FIELD_BOOL:
		return value_true(value) ? W(yes) : W(no);
	case FIELD_CHOICE:
		return choice_title(f, value_str(value));
	case FIELD_ENTRY:
	case FIELD_MATTER:
		return show_name(v, value_str(value));
	case FIELD_ENTRIES:
		return list_text(v, value, W(list_comma), name_item);
	case FIELD_MATTERS:
		return list_text(v, value, W(list_semicolon), name_item);
	case FIELD_TEXTS:
		return list_text(v, value, W(list_semicolon), text_item);
	case FIELD_CITATIONS:
		return list_text(v, value, W(list_semicolon), citation_item);
	case FIELD_FILES:
		return list_text(v, value, W(list_semicolon), file_item);
	case FIELD_ROWS:
		return rows_text(v, f, value);
	case FIELD_COUNT_:
		break;
	}
	return S("");
}

/* What a person wrote keeps its lines; the articles it cites are links. */
static void
paragraphs_put(struct html *h, struct view *v, struct str text)
{
	struct str line;
	bool first = true;

	while (str_split(&text, S("\n"), &line)) {
		if (!first)
			html(h, L("<br>"));
		cite_put(h, v, line);
		first = false;
	}
}

/* Each leads to its bytes, when the page says whose they are and the
 * reader may have them. */
static void
files_put(struct html *h, struct view *v, const struct value *files)
{
	const bool leads = v->about.n && file_may(v, v->about);

	for (size_t i = 0; i < value_count(files); i++) {
		const struct value *file = value_at(files, i);
		const struct str name = value_str(value_get(file, S("name")));

		if (i)
			html(h, L("<br>"));
		if (leads)
			html(h, L("<a href=\""),
			    U(str_fmt(&v->x->arena, "/m/%.*s/file/%.*s",
				STR_ARG(v->about),
				STR_ARG(value_str(value_get(file, S("digest")))))),
			    L("\">"));
		html(h, L("<span class=\"code\">"), T(name), L("</span>"));
		if (leads)
			html(h, L("</a>"));
	}
}

void
show_value(
    struct html *h, struct view *v, const struct field *f, const struct value *value)
{
	if (f->personal && value->kind == V_MAP) {
		sealed_put(h, v, value_str(value_get(value, S("sealed"))));
	} else if (f->type == FIELD_LONG && value->kind == V_TEXT) {
		paragraphs_put(h, v, value->s);
	} else if ((f->type == FIELD_ENTRY || f->type == FIELD_MATTER) &&
		   value->kind == V_TEXT) {
		show_link(h, v, value->s);
	} else if ((f->type == FIELD_ENTRIES || f->type == FIELD_MATTERS) &&
		   value->kind == V_LIST) {
		for (size_t i = 0; i < value_count(value); i++) {
			if (i)
				html(h, T(f->type == FIELD_MATTERS ? W(list_semicolon)
								   : W(list_comma)));
			html(h, T(show_kind(v, f, value_str(value_at(value, i)))));
			show_link(h, v, value_str(value_at(value, i)));
		}
	} else if (f->type == FIELD_FILES) {
		files_put(h, v, value);
	} else if ((f->type == FIELD_TEXT || f->type == FIELD_TEXTS ||
		       f->type == FIELD_CITATIONS) &&
		   (value->kind == V_TEXT || value->kind == V_LIST)) {
		cite_put(h, v, show_text(v, f, value));
	} else if (f->type == FIELD_CODE) {
		html(h, L("<code>"), T(show_text(v, f, value)), L("</code>"));
	} else {
		html(h, T(show_text(v, f, value)));
	}
}

static bool
cell_is_sealed(const struct field *c, const struct value *row)
{
	return c->personal && !value_is_null(value_get(row, S("sealed")));
}

void
show_rows(struct html *h, struct view *v, const struct field *f, struct str caption,
    const struct value *rows)
{
	struct grid_column *columns = arena_array(
	    &v->x->arena, struct grid_column, f->columns.n + 1);
	struct grid g;

	for (size_t i = 0; i < f->columns.n; i++)
		columns[i] = (struct grid_column){ .title = f->columns.v[i].title,
			.day = f->columns.v[i].type == FIELD_DAY,
			.wide = f->columns.v[i].type == FIELD_LONG };
	g = f->columns.n > 7 ? grid_open_scroll(h, caption, columns, f->columns.n)
			     : grid_open(h, caption, columns, f->columns.n);
	for (size_t r = 0; r < value_count(rows); r++) {
		row_open(&g);
		for (size_t i = 0; i < f->columns.n; i++) {
			const struct field *c = &f->columns.v[i];

			cell_open(&g);
			if (cell_is_sealed(c, value_at(rows, r)))
				sealed_put(h, v,
				    value_str(value_get(value_at(rows, r), S("sealed"))));
			else
				show_value(h, v, c, value_get(value_at(rows, r), c->id));
			cell_close(&g);
		}
		row_close(&g);
	}
	grid_close(&g);
}

static bool
is_shown(const struct field *f, const struct value *values, const struct id_list *hidden,
    const struct id_list *but)
{
	const struct value *value = value_get(values, f->id);

	if (value_is_null(value) || (value->kind == V_LIST && !value_count(value)) ||
	    (value->kind == V_TEXT && !value->s.n))
		return false;
	return !(hidden && id_list_has(hidden, f->id)) &&
	       !(but && id_list_has(but, f->id));
}

void
show_fields(struct html *h, struct view *v, const struct field_list *fields,
    const struct value *values, const struct id_list *hidden, const struct id_list *but)
{
	facts_open(h);
	for (size_t i = 0; i < fields->n; i++) {
		const struct field *f = &fields->v[i];

		if (f->type == FIELD_ROWS || !is_shown(f, values, hidden, but))
			continue;
		fact_open(h, f->title);
		show_value(h, v, f, value_get(values, f->id));
		fact_close(h);
	}
	facts_close(h);
	for (size_t i = 0; i < fields->n; i++)
		if (fields->v[i].type == FIELD_ROWS &&
		    is_shown(&fields->v[i], values, hidden, but))
			show_rows(h, v, &fields->v[i], fields->v[i].title,
			    value_get(values, fields->v[i].id));
}

void
show_masks(struct html *h, const struct procedure_def *p, const struct id_list *masks)
{
	for (size_t i = 0; i < p->masks.n; i++)
		if (id_list_has(masks, p->masks.v[i].id))
			html(h, L("<p class=\"hint\">"), T(p->masks.v[i].says),
			    L("</p>\n"));
}

const struct procedure_def *
show_procedure(const struct view *v, const struct value *state)
{
	return defs_edition(v->defs, value_str(value_get(state, S("edition"))),
	    value_str(value_get(state, S("procedure"))));
}

struct crumb
show_list_crumb(struct arena *a, const struct procedure_def *p)
{
	if (!p || !p->lists.n ||
	    !str_starts(show_path(a, str_fmt(a, "%.*s/1", STR_ARG(p->id))), S("/m/")))
		return (struct crumb){ 0 };
	return (struct crumb){ p->title, str_fmt(a, "/matters/%.*s", STR_ARG(p->id)) };
}

struct str
show_stage(const struct procedure_def *p, const struct value *state)
{
	const struct stage_def *s = stage_find(
	    p, value_str(value_get(state, S("stage"))));

	return s ? s->title : S("");
}

struct str
show_subject(struct exchange *x, size_t family, size_t number)
{
	int64_t n;

	if (!str_int(x->req.args[number], &n) || n <= 0)
		return S("");
	return str_fmt(
	    &x->arena, "%.*s/%lld", STR_ARG(x->req.args[family]), (long long)n);
}
