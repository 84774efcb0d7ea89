/*
 * The matters of one procedure as its definition's list says, and the way to begin one.
 * For procedures that have no page of their own: hand-overs, blocks of numbers.
 */
#include "base/date.h"
#include "procedure/definition.h"
#include "web/field.h"
#include "web/layout.h"
#include "web/pages/list.h"
#include "web/pages/matter.h"
#include "web/pages/page.h"
#include "web/pages/unit.h"
#include "web/site.h"
#include "web/word.h"

/* Three stand beside the list's own fields: name, stage and what runs out next. */
enum { OWN_COLUMNS = 3 };

struct matter_list {
	struct view *v;
	const struct procedure_def *p;
	const struct list_def *list;
	struct field_list fields; /* with the stage as one that may be chosen */
	struct list_columns c;    /* of the list's fields */
	struct read_page page;
};

/* Nobody who may not read a field on every page of a matter reads it here. */
static void
columns_load(struct matter_list *l)
{
	struct arena *a = &l->v->x->arena;
	const struct procedure_def *p = l->p;
	struct field *stage;

	for (size_t i = 0; i < p->fields.n; i++)
		if (!procedure_masks(p, p->fields.v[i].id))
			*list_add(a, &l->fields) = p->fields.v[i];
	for (size_t i = 0; i < l->list->filters.n; i++) {
		const struct field *f = field_find(&l->fields, l->list->filters.v[i]);

		if (f && l->c.n < LIST_COLUMNS - OWN_COLUMNS)
			list_column(&l->c, f);
	}
	l->c.columns[0].head = false; /* the matter's name stands before them */
	stage = list_add(a, &l->fields);
	*stage = (struct field){ .id = S("stage"),
		.name = S("stage"),
		.title = W(filter_stage),
		.type = FIELD_CHOICE };
	for (size_t i = 0; i < p->stages.n; i++)
		*list_add(a, &stage->options) = (struct choice){ .id = p->stages.v[i].id,
			.title = p->stages.v[i].title };
}

/* One button for each way to begin that the reader has. */
static enum err
begin_put(struct html *h, struct matter_list *l)
{
	struct view *v = l->v;
	struct act_choices choices;

	if (l->p->withdrawn)
		return ERR_OK;
	TRY(ask_choices(&v->x->cx, &v->r, v->defs, v->person, S(""), l->p->id, &choices));
	for (size_t i = 0; i < choices.n; i++) {
		const struct action_def *a = choices.v[i].action;

		if (!choices.v[i].may)
			continue;
		button_row_open(h);
		button_link(h,
		    str_fmt(&v->x->arena, "/new/%.*s/%.*s", STR_ARG(l->p->id),
			STR_ARG(a->id)),
		    a->title);
		button_row_close(h);
	}
	return ERR_OK;
}

static void
row_put(struct grid *g, struct matter_list *l, const struct value *row)
{
	struct view *v = l->v;
	const struct value *state = value_get(row, S("state"));
	const struct value *fields = value_get(state, S("fields"));
	const struct value *due = value_get(state, S("due"));
	const struct procedure_def *p = show_procedure(v, state);
	const bool closed = value_true(value_get(state, S("closed")));

	row_open(g);
	cell_open(g);
	show_link(g->h, v, value_str(value_get(row, S("subject"))));
	cell_close(g);
	cell_open(g);
	badge(g->h, closed ? TONE_DONE : TONE_GOING, show_stage(p ? p : l->p, state));
	cell_close(g);
	for (size_t i = 0; i < l->c.n; i++)
		cell(g, T(show_text(
			    v, l->c.fields[i], value_get(fields, l->c.fields[i]->id))));
	cell(g, T(due->kind == V_INT ? day_iso(&v->x->arena, due->i) : S("")));
	row_close(g);
}

static void
rows_put(struct html *h, struct matter_list *l)
{
	struct grid_column columns[LIST_COLUMNS] = {
		{ .title = W(list_name), .head = true, .wide = true },
		{ .title = W(filter_stage), .state = true }
	};
	struct grid g;

	if (!l->page.n) {
		empty_put(h, W(matters_none), W(matters_none_text));
		return;
	}
	for (size_t i = 0; i < l->c.n; i++)
		columns[2 + i] = l->c.columns[i];
	columns[2 + l->c.n] = (struct grid_column){ .title = W(matters_due),
		.day = true };
	g = grid_open(h, W(matters_listed), columns, OWN_COLUMNS + l->c.n);
	for (size_t i = 0; i < l->page.n; i++)
		row_put(&g, l, &l->page.v[i]);
	grid_close(&g);
}

static void
list_show(struct matter_list *l)
{
	struct view *v = l->v;
	struct exchange *x = v->x;
	const struct str path = str_fmt(&x->arena, "/matters/%.*s", STR_ARG(l->p->id));
	struct list_filters filters;
	struct read_query q = {
		.family = l->p->id, .limit = LIST_ROWS, .after = query_get(x, S("after"))
	};
	struct html *h;

	columns_load(l);
	filters = list_filters_given(v, &l->fields);
	q.filters = filters.v;
	q.n = filters.n;
	if (procedure_masks(l->p, l->list->order) ||
	    read_by_list(&x->cx, l->list, &q) != ERR_OK) {
		respond_error(x, 404);
		return;
	}
	if (!view_ok(v, read_matters(&x->cx, &v->r, &q, &l->page)))
		return;
	h = page_open(x, .title = l->p->title, .section = S("/units"), .wide = true);
	unit_tabs(h, path);
	if (!view_ok(v, begin_put(h, l)))
		return;
	if (l->page.n || q.n)
		list_filters_put(h, v, &l->fields, l->list, path);
	rows_put(h, l);
	list_pager(h, v, &q, path, l->page.next);
	page_close(x, h, 200);
}

void
page_matters(struct exchange *x)
{
	struct matter_list l = { 0 };
	VIEW v = { 0 };

	if (!view_open(x, &v))
		return;
	l.v = &v;
	l.p = defs_procedure(v.defs, x->req.args[0]);
	if (!l.p || !l.p->lists.n) {
		respond_error(x, 404);
		return;
	}
	l.list = &l.p->lists.v[0];
	list_show(&l);
}
