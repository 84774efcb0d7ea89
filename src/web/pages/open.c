/*
 * The programme as everybody may see it: plans that a named person has published after
 * the secrecy review, their measures in the order of the paper, done or going on, and the
 * yearly report. Never units, leaders, terms or who is late: none of that is read here.
 */
#include "web/pages/open.h"

#include "base/date.h"
#include "web/component.h"
#include "web/layout.h"
#include "web/pages/page.h"
#include "web/pages/record_say.h"
#include "web/site.h"
#include "web/word.h"

enum { PLANS_MOST = 200 };

/* A plan that is public: what was published of it, and its matters. */
struct open_plan {
	int64_t n; /* of the adoption: /open/17 */
	struct str subject, plan, title, number;
};
struct open_plans {
	struct open_plan *v;
	size_t n, cap;
};

static int64_t
number_of(struct str subject)
{
	int64_t n = 0;

	str_int(str_sub(subject, str_rfind(subject, S("/")) + 1, subject.n), &n);
	return n;
}

static enum err
plans_read(struct view *v, struct open_plans *out)
{
	const struct read_query q = {
		.family = S("plan-adoption"), .limit = PLANS_MOST, .descending = true
	};
	struct read_page page;

	*out = (struct open_plans){ 0 };
	TRY(read_matters(&v->x->cx, &v->r, &q, &page));
	for (size_t i = 0; i < page.n; i++) {
		const struct value *state = value_get(&page.v[i], S("state"));
		const struct value *shown = value_get(state, S("published"));
		const struct str subject = value_str(value_get(&page.v[i], S("subject")));

		if (!value_true(value_path(state, "fields.public")))
			continue;
		*list_add(&v->x->arena, out) = (struct open_plan){ number_of(subject),
			subject, value_str(value_path(state, "fields.plan")),
			value_str(value_get(shown, S("title"))),
			value_str(value_get(shown, S("number"))) };
	}
	return ERR_OK;
}

enum err
open_of_plan(struct cx *cx, const struct reader *r, const char *family, struct str plan,
    struct read_page *out)
{
	const struct read_filter of = { S("plan"), READ_IS, value_text(plan) };
	const struct read_query q = {
		.family = str_z(family), .filters = &of, .n = 1, .limit = OPEN_MOST
	};

	*out = (struct read_page){ 0 };
	return plan.n ? read_matters(cx, r, &q, out) : ERR_OK;
}

void
page_open_list(struct exchange *x)
{
	VIEW v = { 0 };
	struct open_plans plans;
	struct html *h;

	if (!view_open(x, &v) || view_unchanged(&v, 0) ||
	    !view_ok(&v, plans_read(&v, &plans)))
		return;
	h = page_open(x, .title = W(open));
	html(h, L("<p class=\"lead\">"), T(W(open_lead)), L("</p>\n"));
	if (plans.n) {
		html(h, L("<ul>\n"));
		for (size_t i = 0; i < plans.n; i++) {
			html(h, L("<li><p><a href=\"/open/"), N(plans.v[i].n), L("\">"),
			    T(plans.v[i].title), L("</a>"));
			if (plans.v[i].number.n)
				html(h, L("<br>"), T(plans.v[i].number));
			html(h, L("</p></li>\n"));
		}
		html(h, L("</ul>\n"));
	} else {
		empty_put(h, W(open_none), W(open_none_text));
	}
	html(h, L("<p><a href=\"/open/verify\">"), T(W(verify)), L("</a></p>\n"));
	page_close(x, h, 200);
}

/* ---- one plan ---- */

enum open_state { OPEN_GOING, OPEN_DONE, OPEN_GONE };

static enum open_state
state_of(const struct value *state)
{
	const struct str stage = value_str(value_get(state, S("stage")));

	if (str_eq(stage, S("cancelled")))
		return OPEN_GONE;
	return str_eq(stage, S("done")) || str_eq(stage, S("received")) ? OPEN_DONE
									: OPEN_GOING;
}

struct str
open_field(const struct defs *defs, const struct value *state, struct str id)
{
	const struct procedure_def *p = defs_procedure(defs, S("task"));

	if (p && procedure_masks(p, id))
		return S("");
	return value_str(value_get(value_get(state, S("fields")), id));
}

static void
figures_put(struct html *h, const struct read_page *tasks)
{
	int64_t counts[3] = { 0 };

	for (size_t i = 0; i < tasks->n; i++)
		counts[state_of(value_get(&tasks->v[i], S("state")))]++;
	figures_open(h);
	figure(
	    h, TONE_PLAIN, counts[OPEN_GOING] + counts[OPEN_DONE], W(desk_task), S(""));
	figure(h, TONE_DONE, counts[OPEN_DONE], W(finished), S(""));
	figure(h, TONE_GOING, counts[OPEN_GOING], W(need_nothing), S(""));
	figures_close(h);
}

static void
section_put(struct html *h, struct view *v, const struct read_page *tasks, size_t from,
    size_t to, struct str title)
{
	const struct grid_column columns[] = { { .title = W(row_no) },
		{ .title = W(desk_task), .head = true, .wide = true },
		{ .title = W(open_progress) }, { .title = W(task_measure) } };
	bool has_measures = false;
	struct grid t;

	for (size_t i = from; i < to; i++)
		has_measures |= open_field(v->defs, value_get(&tasks->v[i], S("state")),
				    S("measure"))
				    .n > 0;
	t = grid_open(h, title, columns, has_measures ? 4 : 3);

	for (size_t i = from; i < to; i++) {
		const struct value *state = value_get(&tasks->v[i], S("state"));
		const enum open_state is = state_of(state);

		if (is == OPEN_GONE)
			continue;
		row_open(&t);
		cell(&t, T(open_field(v->defs, state, S("no"))));
		cell(&t, T(open_field(v->defs, state, S("text"))));
		cell_open(&t);
		badge(h, is == OPEN_DONE ? TONE_DONE : TONE_GOING,
		    is == OPEN_DONE ? W(finished) : W(need_nothing));
		cell_close(&t);
		if (has_measures)
			cell(&t, T(open_field(v->defs, state, S("measure"))));
		row_close(&t);
	}
	grid_close(&t);
}

static void
tasks_put(struct html *h, struct view *v, const struct read_page *tasks)
{
	size_t from = 0;

	while (from < tasks->n) {
		const struct str section = open_field(
		    v->defs, value_get(&tasks->v[from], S("state")), S("section"));
		size_t to = from + 1;

		while (to < tasks->n &&
		       str_eq(section,
			   open_field(v->defs, value_get(&tasks->v[to], S("state")),
			       S("section"))))
			to++;
		section_put(h, v, tasks, from, to, section.n ? section : W(desk_task));
		from = to;
	}
}

static void
reports_put(struct html *h, const struct read_page *reports)
{
	bool any = false;

	for (size_t i = 0; i < reports->n; i++) {
		const struct value *shown = value_path(&reports->v[i], "state.published");
		const struct str text = value_str(value_get(shown, S("summary")));
		struct str rest = text, line;

		if (!text.n)
			continue;
		if (!any)
			html(h, L("<h2>"), T(W(yearly_report)), L("</h2>\n"));
		any = true;
		details_open(h, value_str(value_get(shown, S("title"))));
		while (str_split(&rest, S("\n"), &line))
			if (str_trim(line).n)
				html(h, L("<p>"), T(line), L("</p>\n"));
		details_close(h);
	}
}

void
page_open_plan(struct exchange *x)
{
	VIEW v = { 0 };
	struct open_plans plans;
	const struct open_plan *plan = NULL;
	struct read_page tasks, reports;
	struct html *h;
	int64_t n;

	if (!view_open(x, &v) || view_unchanged(&v, 0) ||
	    !view_ok(&v, plans_read(&v, &plans)))
		return;
	for (size_t i = 0; str_int(x->req.args[0], &n) && i < plans.n; i++)
		if (plans.v[i].n == n)
			plan = &plans.v[i];
	if (!plan) {
		x->res.cache = S("");
		respond_error(x, 404);
		return;
	}
	if (!view_ok(&v, open_of_plan(&x->cx, &v.r, "task", plan->plan, &tasks)) ||
	    !view_ok(
		&v, open_of_plan(&x->cx, &v.r, "yearly-report", plan->plan, &reports)))
		return;
	h = page_open(x, .title = plan->title, .section = S("/open"),
	    .above = plan->number, .crumbs = { { W(open), S("/open") } });
	figures_put(h, &tasks);
	reports_put(h, &reports);
	html(h, L("<h2>"), T(W(open_tasks)), L("</h2>\n"));
	tasks_put(h, &v, &tasks);
	page_close(x, h, 200);
}
