/*
 * The ledger in numbers: how many tasks stand where, and when they fall due. The bars say
 * nothing that the table beside them does not.
 */
#include "base/date.h"
#include "out/svg.h"
#include "web/layout.h"
#include "web/pages/ledger_query.h"
#include "web/pages/page.h"

struct count {
	struct str label;
	int64_t n;
	int64_t order;
};
struct counts {
	struct count *v;
	size_t n, cap;
};

static void
count_add(struct cx *cx, struct counts *c, struct str label, int64_t order)
{
	struct count *one;

	for (size_t i = 0; i < c->n; i++) {
		if (c->v[i].order == order) {
			c->v[i].n++;
			return;
		}
	}
	one = list_add(cx->arena, c);
	*one = (struct count){ label, 1, order };
	for (size_t i = c->n - 1; i > 0 && c->v[i - 1].order > c->v[i].order; i--) {
		const struct count moved = c->v[i];

		c->v[i] = c->v[i - 1];
		c->v[i - 1] = moved;
	}
}

/* Stages in the order of the definition. */
static void
by_stage(struct programme *p, const struct task_rows *rows, struct counts *out)
{
	const struct procedure_def *def = defs_procedure(p->v->defs, S("task"));

	for (size_t i = 0; i < rows->n; i++) {
		int64_t at = 0;

		for (size_t k = 0; def && k < def->stages.n; k++)
			if (str_eq(def->stages.v[k].id, rows->v[i].stage))
				at = (int64_t)k;
		count_add(p->cx, out, rows->v[i].stage_title, at);
	}
}

static void
by_quarter(struct programme *p, const struct task_rows *rows, struct counts *out)
{
	for (size_t i = 0; i < rows->n; i++) {
		const struct task_row *t = &rows->v[i];
		const bool has_day = !t->continuous && t->due != DAY_NONE;
		const struct civil c = day_civil(has_day ? t->due : 0);
		const int quarter = (c.month - 1) / 3 + 1;

		if (has_day)
			count_add(p->cx, out,
			    word_fill(p->cx->arena, W(chart_quarter),
				str_fmt(p->cx->arena, "%d", c.year),
				str_fmt(p->cx->arena, "%d", quarter)),
			    c.year * 4 + quarter);
		else if (t->continuous)
			count_add(p->cx, out, W(limit_continuous), 100000);
		else
			count_add(p->cx, out, W(due_none), 100001);
	}
}

static void
chart_put(struct html *h, struct programme *p, struct str id, struct str title,
    struct str column, const struct counts *c)
{
	const struct grid_column columns[] = {
		{ .title = column, .head = true },
		{ .title = W(chart_number), .number = true },
	};
	struct chart_item *items = arena_array(p->cx->arena, struct chart_item, c->n + 1);
	const struct str series[] = { W(chart_number) };
	struct grid g;

	for (size_t i = 0; i < c->n; i++)
		items[i] = (struct chart_item){ c->v[i].label, { c->v[i].n } };
	html(h, L("<section class=\"chart\">\n<h2>"), T(title), L("</h2>\n<div>\n"));
	/* out/svg.h escapes what it prints, as html.h does. */
	html(h, M(((struct markup){ svg_bars(p->cx, &(const struct chart){ .id = id,
							.title = title,
							.series = series,
							.n_series = 1,
							.items = items,
							.n_items = c->n }) })));
	html(h, L("</div>\n<div>\n"));
	g = grid_open(h, title, columns, 2);
	for (size_t i = 0; i < c->n; i++) {
		row_open(&g);
		cell(&g, T(c->v[i].label));
		cell(&g, N(c->v[i].n));
		row_close(&g);
	}
	grid_close(&g);
	html(h, L("</div>\n</section>\n"));
}

void
page_ledger_chart(struct exchange *x)
{
	struct counts stages = { 0 }, quarters = { 0 };
	const struct plan_row *plan;
	struct plan_rows plans;
	struct task_rows rows;
	struct programme p;
	VIEW v = { 0 };

	if (!view_open(x, &v))
		return;
	programme_open(&v, &p);
	if (!view_ok(&v, programme_plans(&p, &plans)))
		return;
	plan = ledger_plan(&plans, query_get(x, S("plan")));
	if (!plan) {
		respond_redirect(x, S("/ledger"));
		return;
	}
	if (!view_ok(&v, programme_of_plan(&p, plan->subject, &rows)))
		return;
	by_stage(&p, &rows, &stages);
	by_quarter(&p, &rows, &quarters);
	struct html *h = page_open(x, .title = W(ledger_chart), .section = S("/ledger"),
	    .above = plan->title, .crumbs = { { W(ledger), S("/ledger") } },
	    .wide = true);
	chart_put(h, &p, S("stages"), W(chart_stages), W(filter_stage), &stages);
	chart_put(h, &p, S("quarters"), W(chart_quarters), W(chart_due), &quarters);
	page_close(x, h, 200);
}
