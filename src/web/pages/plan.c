/*
 * Plans side by side, and one plan with its adoption: stage, opinions of the units and
 * what became of them, meeting and number, and what may be done next.
 */
#include "web/field.h"
#include "web/layout.h"
#include "web/pages/matter.h"
#include "web/pages/page.h"
#include "web/pages/programme.h"
#include "web/site.h"
#include "web/word.h"

static struct str
number_of(struct str subject)
{
	return str_sub(subject, str_rfind(subject, S("/")) + 1, subject.n);
}

static struct str
task_count(struct view *v, struct str plan)
{
	const struct read_filter f = { S("plan"), READ_IS, value_text(plan) };
	const struct read_query q = { .family = S("task"), .filters = &f, .n = 1 };
	size_t n = 0;

	if (read_count(&v->x->cx, &v->r, &q, cx_today(&v->x->cx), 10000, &n) != ERR_OK)
		n = 0;
	return str_fmt(&v->x->arena, "%zu", n);
}

static void
plan_row(struct grid *t, struct view *v, const struct value *matter)
{
	const struct value *state = value_get(matter, S("state"));
	const struct value *fields = value_get(state, S("fields"));
	const struct procedure_def *p = show_procedure(v, state);
	const struct str number = value_str(value_get(fields, S("number")));
	const struct str plan = value_str(value_get(fields, S("plan")));

	row_open(t);
	cell(t, L("<a href=\""),
	    U(str_fmt(&v->x->arena, "/plan/%.*s",
		STR_ARG(number_of(value_str(value_get(matter, S("subject"))))))),
	    L("\">"), T(value_str(value_get(fields, S("title")))), L("</a>"));
	cell(t, T(number.n ? number : W(plan_no_data)));
	cell(t, T(show_stage(p, state)));
	cell(t, T(task_count(v, plan)));
	row_close(t);
}

void
page_plans(struct exchange *x)
{
	const struct grid_column columns[] = {
		{ .title = W(plan_column), .head = true, .wide = true },
		{ .title = W(plan_number) }, { .title = W(plan_stage) },
		{ .title = W(plan_tasks), .number = true }
	};
	struct read_query q = {
		.family = S("plan-adoption"), .limit = 200, .descending = true
	};
	struct read_page page;
	struct html *h;
	bool may = false;
	VIEW v = { 0 };

	if (!view_open(x, &v) || !view_ok(&v, read_matters(&x->cx, &v.r, &q, &page)) ||
	    !view_ok(&v, ask_can(&x->cx, &v.r, v.person, S("import-plan"), &may)))
		return;
	h = page_open(x, .title = W(plans));
	if (may) {
		button_row_open(h);
		button_link(h, S("/plan/import"), W(plan_import));
		button_row_close(h);
	}
	if (page.n) {
		struct grid t = grid_open(h, W(plan_caption), columns, 4);

		for (size_t k = 0; k < page.n; k++)
			plan_row(&t, &v, &page.v[k]);
		grid_close(&t);
	} else {
		empty_put(h, W(plan_none), W(plan_none_text));
	}
	page_close(x, h, 200);
}

/* ---- one plan ---- */

static void
adoption_put(struct html *h, struct matter_page *m)
{
	static struct str elsewhere[] = { S("tasks"), S("added"), S("title"),
		S("opinion"), S("reason") };
	const struct id_list but = { .v = elsewhere, .n = 5, .cap = 5 };

	html(h, L("<h2>"), T(W(plan_adoption)), L("</h2>\n"));
	show_fields(h, m->v, &m->procedure->fields, m->fields, &m->hidden, &but);
}

/* What was read in, so that the printed words can be compared with the tasks. */
static void
original_put(struct html *h, struct view *v, struct str plan)
{
	const struct register_def *def = defs_register(v->defs, S("plans"));
	static struct str shown[] = { S("title"), S("within") };
	const struct id_list but = { .v = shown, .n = 2, .cap = 2 };
	struct value entry;

	if (read_entry(&v->x->cx, &v->r, plan, cx_today(&v->x->cx), READ_NOW, &entry) !=
	    ERR_OK)
		return;
	v->about = plan;
	html(h, L("<h2>"), T(W(plan_paper)), L("</h2>\n"));
	show_fields(h, v, &def->fields, value_get(&entry, S("values")), NULL, &but);
}

static void
ways_put(struct html *h, struct view *v, struct str plan)
{
	struct arena *a = &v->x->arena;
	bool may = false;

	html(h, L("<p><a href=\""), U(url_query(a, S("/ledger"), { S("plan"), plan })),
	    L("\">"), T(W(plan_ledger)), L("</a>"));
	if (ask_can(&v->x->cx, &v->r, v->person, S("supervise-task"), &may) == ERR_OK &&
	    may)
		html(h, L("&#12288;<a href=\""),
		    U(url_query(a, S("/forms"), { S("plan"), plan })), L("\">"),
		    T(W(plan_forms)), L("</a>"));
	html(h, L("</p>\n"));
}

static void
plan_show(struct view *v, struct matter_page *m)
{
	struct exchange *x = v->x;
	const struct str plan = value_str(value_get(m->fields, S("plan")));
	const struct act_choice *next = matter_first(m);
	struct html *h = page_open(x,
	    .title = value_str(value_get(m->fields, S("title"))), .section = S("/plan"),
	    .crumbs = { { W(plans), S("/plan") } });

	matter_done_panel(h, m);
	html(h, L("<p>"));
	badge(h, TONE_GOING, show_stage(m->procedure, &m->state));
	html(h, L(" "), T(word_fill(&x->arena, W(plan_tasks_n), task_count(v, plan))),
	    L("</p>\n"));
	ways_put(h, v, plan);
	matter_doubts(h, m);
	if (next)
		matter_primary(h, m, next);
	matter_others(h, m, next);
	adoption_put(h, m);
	original_put(h, v, plan);
	html(h, L("<p><a href=\""), U(show_path(&x->arena, m->subject)), L("\">"),
	    T(W(plan_record)), L("</a></p>\n"));
	page_close(x, h, 200);
}

void
page_plan(struct exchange *x)
{
	struct matter_page m;
	VIEW v = { 0 };

	if (view_open(x, &v) && view_ok(&v, matter_load(&v,
						str_fmt(&x->arena, "plan-adoption/%.*s",
						    STR_ARG(x->req.args[0])),
						&m)))
		plan_show(&v, &m);
}
