/*
 * Plans side by side, and one plan with its adoption: stage, opinions of the units and
 * what became of them, meeting and number, and what may be done next.
 */
#include "web/field.h"
#include "web/pages/import.h"
#include "web/pages/page.h"
#include "web/pages/programme.h"
#include "web/pages/show.h"
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
	cell(t, T(number.n ? number : S("无数据")));
	cell(t, T(show_stage(p, state)));
	cell(t, T(task_count(v, plan)));
	row_close(t);
}

void
page_plans(struct exchange *x)
{
	const struct grid_column columns[] = {
		{ .title = S("方案"), .head = true, .wide = true },
		{ .title = S("文号") }, { .title = S("办理阶段") },
		{ .title = S("任务数"), .number = true }
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
	h = page_open(x, .title = S("规划方案"));
	if (may) {
		button_row_open(h);
		button_link(h, S("/plan/import"), S("导入规划方案"));
		button_row_close(h);
	}
	if (page.n) {
		struct grid t = grid_open(h, S("规划方案和任务分工"), columns, 4);

		for (size_t k = 0; k < page.n; k++)
			plan_row(&t, &v, &page.v[k]);
		grid_close(&t);
	} else {
		empty_put(h, S("还没有规划方案"), S("导入方案后，任务分工在这里列出。"));
	}
	page_close(x, h, 200);
}

/* ---- one plan ---- */

static void
choices_put(struct html *h, struct view *v, struct str subject)
{
	struct act_choices choices = { 0 };
	bool any = false;

	if (!v->person.n || ask_choices(&v->x->cx, &v->r, v->defs, v->person, subject,
				S(""), &choices) != ERR_OK)
		return;
	for (size_t k = 0; k < choices.n; k++)
		any |= choices.v[k].allowed;
	if (!any)
		return;
	html(h, L("<h2>"), T(S("可以办理")), L("</h2>\n"));
	button_row_open(h);
	for (size_t k = 0; k < choices.n; k++)
		if (choices.v[k].allowed)
			button_link(h,
			    str_fmt(&v->x->arena, "/m/%.*s/do/%.*s", STR_ARG(subject),
				STR_ARG(choices.v[k].action->id)),
			    choices.v[k].action->title);
	button_row_close(h);
}

/* What belongs to another stage is no news. */
static bool
wrong_stage(const struct act_choice *c)
{
	for (size_t i = 0; i < c->refusal_count; i++)
		if (str_eq(c->refusals[i].code, S("at")))
			return true;
	return false;
}

/* Why something that this person could otherwise do is not yet possible. */
static void
refused_put(struct html *h, struct view *v, struct str subject)
{
	struct act_choices choices = { 0 };
	bool any = false;

	if (!v->person.n || ask_choices(&v->x->cx, &v->r, v->defs, v->person, subject,
				S(""), &choices) != ERR_OK)
		return;
	for (size_t k = 0; k < choices.n; k++) {
		const struct act_choice *c = &choices.v[k];

		if (c->allowed || !c->may || !c->refusal_count || wrong_stage(c))
			continue;
		if (!any)
			details_open(h, S("暂时不能办理的事项和原因"));
		any = true;
		html(h, L("<p><strong>"), T(c->action->title), L("</strong>　"),
		    T(c->refusals[0].message), L("</p>\n"));
	}
	if (any)
		details_close(h);
}

static void
fields_put(struct html *h, struct view *v, const struct procedure_def *p,
    const struct value *fields)
{
	static struct str left_out[] = { S("tasks"), S("added"), S("title"), S("opinion"),
		S("reason") };
	const struct id_list but = { left_out, 5, 5 };

	show_fields(h, v, &p->fields, fields, NULL, &but);
}

/* What was read in, so that the printed words can be compared with the tasks. */
static void
original_put(struct html *h, struct view *v, struct str plan)
{
	const struct register_def *def = defs_register(v->defs, S("plans"));
	static struct str shown[] = { S("title"), S("within") };
	const struct id_list but = { shown, 2, 2 };
	struct value entry;

	if (read_entry(&v->x->cx, &v->r, plan, cx_today(&v->x->cx), READ_NOW, &entry) !=
	    ERR_OK)
		return;
	v->about = plan;
	html(h, L("<h2>"), T(S("方案资料")), L("</h2>\n"));
	show_fields(h, v, &def->fields, value_get(&entry, S("values")), NULL, &but);
}

static void
ways_put(struct html *h, struct view *v, struct str plan)
{
	struct arena *a = &v->x->arena;

	html(h, L("<p><a href=\""), U(url_query(a, S("/ledger"), { S("plan"), plan })),
	    L("\">"), T(S("任务推进台账")), L("</a>　<a href=\""),
	    U(url_query(a, S("/forms"), { S("plan"), plan })), L("\">"),
	    T(S("向各单位发放报送表")), L("</a></p>\n"));
}

void
page_plan(struct exchange *x)
{
	const struct str subject = str_fmt(
	    &x->arena, "plan-adoption/%.*s", STR_ARG(x->req.args[0]));
	const struct procedure_def *p;
	const struct value *fields;
	struct value state;
	struct str plan;
	struct html *h;
	VIEW v = { 0 };

	if (!view_open(x, &v) || !view_ok(&v, read_matter(&x->cx, &v.r, subject, &state)))
		return;
	p = show_procedure(&v, &state);
	fields = value_get(&state, S("fields"));
	plan = value_str(value_get(fields, S("plan")));
	h = page_open(x, .title = value_str(value_get(fields, S("title"))),
	    .section = S("/plan"), .crumbs = { { S("规划方案"), S("/plan") } });
	html(h, L("<p>"));
	badge(h, TONE_GOING, show_stage(p, &state));
	html(
	    h, L("　"), T(S("任务 ")), T(task_count(&v, plan)), T(S(" 项")), L("</p>\n"));
	ways_put(h, &v, plan);
	choices_put(h, &v, subject);
	refused_put(h, &v, subject);
	html(h, L("<h2>"), T(S("印发情况")), L("</h2>\n"));
	fields_put(h, &v, p, fields);
	original_put(h, &v, plan);
	html(h, L("<p><a href=\""), U(show_path(&x->arena, subject)), L("\">"),
	    T(S("办理记录")), L("</a></p>\n"));
	page_close(x, h, 200);
}
