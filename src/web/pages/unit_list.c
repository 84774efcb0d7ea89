/* Units, and any other register as a list: who is there, what is still to be confirmed.
 */
#include "web/field.h"
#include "web/layout.h"
#include "web/pages/list.h"
#include "web/pages/page.h"
#include "web/pages/show.h"
#include "web/pages/unit.h"
#include "web/site.h"
#include "web/word.h"

enum { UNITS_MAX = 1000 };

bool
unit_may(struct view *v, const char *competence)
{
	bool may = false;

	return ask_can(&v->x->cx, &v->r, v->person, str_z(competence), &may) == ERR_OK &&
	       may;
}

bool
unit_is_unconfirmed(const struct value *values)
{
	return str_has(value_str(value_get(values, S("source"))), W(unit_unconfirmed));
}

void
unit_tabs(struct html *h, struct str current)
{
	static const struct {
		enum word label;
		const char *href;
	} all[] = { { WORD_units_units, "/units" },
		{ WORD_units_groups, "/register/groups" },
		{ WORD_units_persons, "/register/persons" },
		{ WORD_units_names, "/register/names" },
		{ WORD_units_handed, "/matters/hand-over" },
		{ WORD_units_blocks, "/matters/number-block" } };
	struct tab t[sizeof all / sizeof *all];

	for (size_t i = 0; i < sizeof all / sizeof *all; i++)
		t[i] = (struct tab){ .label = word(all[i].label),
			.href = str_z(all[i].href),
			.count = -1,
			.current = str_eq(str_z(all[i].href), current) };
	tabs(h, W(units), t, sizeof all / sizeof *all);
}

/* ---- units ---- */

static size_t
count_refs(struct view *v, const char *family, const char *field, struct str unit)
{
	const struct read_filter f = { str_z(field), READ_REFERS, value_text(unit) };
	const struct read_query q = { .family = str_z(family), .filters = &f, .n = 1 };
	size_t n = 0;

	if (read_count(&v->x->cx, &v->r, &q, cx_today(&v->x->cx), UNITS_MAX, &n) !=
	    ERR_OK)
		return 0;
	return n;
}

static struct str
choice_of(const struct register_def *def, const struct value *values, const char *id)
{
	const struct field *f = field_find(&def->fields, str_z(id));
	const struct str value = value_str(value_get(values, str_z(id)));

	return f && value.n ? choice_title(f, value) : S("");
}

static void
unit_row(struct grid *g, struct view *v, const struct register_def *def,
    const struct value *version)
{
	const struct str subject = value_str(value_get(version, S("subject")));
	const struct value *values = value_get(version, S("values"));

	row_open(g);
	cell(g, L("<a href=\""),
	    U(str_fmt(&v->x->arena, "/unit/%.*s/people",
		STR_ARG(str_sub(subject, S("units/").n, subject.n)))),
	    L("\">"), T(value_str(value_get(values, S("name")))), L("</a>"));
	cell(g, T(choice_of(def, values, "kind")));
	cell(g, T(choice_of(def, values, "role")));
	cell(g, N((int64_t)count_refs(v, "posts", "unit", subject)));
	cell(g, N((int64_t)count_refs(v, "task", "movers", subject)));
	cell_open(g);
	if (unit_is_unconfirmed(values))
		badge(g->h, TONE_WARN, W(unit_unconfirmed));
	cell_close(g);
	row_close(g);
}

void
page_units(struct exchange *x)
{
	const struct grid_column columns[] = { { .title = W(unit_name), .head = true },
		{ .title = W(unit_kind) }, { .title = W(unit_role) },
		{ .title = W(unit_posts), .number = true },
		{ .title = W(unit_tasks), .number = true }, { .title = W(unit_check) } };
	const struct read_query q = {
		.family = S("units"), .order = S("name"), .limit = UNITS_MAX
	};
	const struct register_def *def;
	struct read_page page;
	struct html *h;
	struct grid g;
	VIEW v = { 0 };

	if (!view_open(x, &v))
		return;
	def = defs_register(v.defs, S("units"));
	if (!view_ok(&v, read_entries(&x->cx, &v.r, &q, cx_today(&x->cx), &page)))
		return;
	h = page_open(x, .title = W(units), .wide = true);
	unit_tabs(h, S("/units"));
	if (unit_may(&v, "keep-units")) {
		button_row_open(h);
		button_link(h, S("/new/units/put?to=/units"),
		    word_fill(&x->arena, W(act_put_new), def->title));
		button_row_close(h);
	}
	g = grid_open(h,
	    word_fill(&x->arena, W(units_count), str_fmt(&x->arena, "%zu", page.n)),
	    columns, 6);
	for (size_t i = 0; i < page.n; i++)
		unit_row(&g, &v, def, &page.v[i]);
	grid_close(&g);
	page_close(x, h, 200);
}

/* ---- any register ---- */

static void
register_row(struct grid *g, struct view *v, const struct list_columns *c,
    const struct value *version)
{
	const struct str subject = value_str(value_get(version, S("subject")));
	const struct value *values = value_get(version, S("values"));

	row_open(g);
	for (size_t i = 0; i < c->n; i++) {
		const struct value *value = value_get(values, c->fields[i]->id);

		if (i == 0)
			cell(g, L("<a href=\""),
			    U(str_fmt(&v->x->arena, "/m/%.*s", STR_ARG(subject))),
			    L("\">"), T(show_text(v, c->fields[i], value)), L("</a>"));
		else
			cell(g, T(show_text(v, c->fields[i], value)));
	}
	row_close(g);
}

static void
register_show(struct view *v, const struct register_def *def)
{
	struct exchange *x = v->x;
	struct list_columns c = { 0 };
	const struct list_filters filters = list_filters_given(v, &def->fields);
	const struct list_def *list = def->lists.n ? &def->lists.v[0]
						   : &(struct list_def){ 0 };
	struct read_query q = { .family = def->id,
		.filters = filters.v,
		.n = filters.n,
		.search = query_get(x, S("q")),
		.limit = LIST_ROWS,
		.after = query_get(x, S("after")) };
	const struct str path = str_fmt(&x->arena, "/register/%.*s", STR_ARG(def->id));
	struct read_page page;
	struct html *h;
	struct grid g;
	bool may = false;

	if (read_by_list(&x->cx, list, &q) != ERR_OK) {
		respond_error(x, 404);
		return;
	}
	if (!view_ok(v, read_entries(&x->cx, &v->r, &q, cx_today(&x->cx), &page)))
		return;
	for (size_t i = 0; i < def->by.n; i++)
		may |= unit_may(v, str_cz(&x->arena, def->by.v[i]));
	for (size_t i = 0; i < def->fields.n; i++)
		list_column(&c, &def->fields.v[i]);
	h = page_open(x, .title = def->title, .section = S("/units"), .wide = true);
	unit_tabs(h, path);
	if (may) {
		button_row_open(h);
		button_link(h,
		    url_query(&x->arena,
			str_fmt(&x->arena, "/new/%.*s/put", STR_ARG(def->id)),
			{ S("to"), path }),
		    word_fill(&x->arena, W(act_put_new), def->title));
		button_row_close(h);
	}
	list_filters_put(h, v, &def->fields, list, path);
	if (page.n) {
		g = grid_open(h, def->title, c.columns, c.n);
		for (size_t i = 0; i < page.n; i++)
			register_row(&g, v, &c, &page.v[i]);
		grid_close(&g);
	} else {
		empty_put(h, W(register_none), W(register_none_text));
	}
	list_pager(h, v, &q, path, page.next);
	page_close(x, h, 200);
}

void
page_register(struct exchange *x)
{
	const struct register_def *def;
	VIEW v = { 0 };

	if (!view_open(x, &v))
		return;
	def = defs_register(v.defs, x->req.args[0]);
	if (def)
		register_show(&v, def);
	else
		respond_error(x, 404);
}
