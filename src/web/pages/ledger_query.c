/*
 * What an address asks of the ledger. A plan is read whole (some hundred rows) and
 * filtered here, so that what this reader may not see is not searched either.
 */
#include "web/pages/ledger_query.h"

#include "base/date.h"
#include "web/word.h"

/* ---- addresses ---- */

struct ledger_query
ledger_query_of(const struct exchange *x)
{
	struct ledger_query q = { .plan = query_get(x, S("plan")),
		.stage = query_get(x, S("stage")),
		.lead = query_get(x, S("lead")),
		.section = query_get(x, S("section")),
		.due = query_get(x, S("due")),
		.need = query_get(x, S("need")),
		.search = str_trim(query_get(x, S("q"))),
		.order = query_get(x, S("order")),
		.descending = str_eq(query_get(x, S("down")), S("1")),
		.is_whole = str_eq(query_get(x, S("all")), S("1")) };
	int64_t page;

	if (str_int(query_get(x, S("page")), &page) && page > 1 && page < 10000)
		q.page = (size_t)page - 1;
	return q;
}

struct str
ledger_url(struct arena *a, struct str path, const struct ledger_query *q)
{
	const struct str page = q->page ? str_fmt(a, "%zu", q->page + 1) : S("");

	return url_query(a, path, { S("plan"), q->plan }, { S("stage"), q->stage },
	    { S("lead"), q->lead }, { S("section"), q->section }, { S("due"), q->due },
	    { S("need"), q->need }, { S("q"), q->search }, { S("order"), q->order },
	    { S("down"), q->descending ? S("1") : S("") },
	    { S("all"), q->is_whole ? S("1") : S("") }, { S("page"), page });
}

/* ---- what is shown ---- */

struct str
ledger_need(enum task_need need)
{
	static const char *const ids[NEED_COUNT_] = { "late", "soon", "takeover", "lead",
		"signing", "more", "verifier", "going", "over" };

	return str_z(ids[need]);
}

static const struct ledger_period periods[] = {
	{ S("past"), WORD_due_past },
	{ S("quarter"), WORD_due_quarter },
	{ S("next"), WORD_due_next },
	{ S("year"), WORD_due_year },
	{ S("later"), WORD_due_later },
	{ S("always"), WORD_limit_continuous },
	{ S("none"), WORD_due_none },
};

const struct ledger_period *
ledger_periods(size_t *n)
{
	*n = sizeof periods / sizeof *periods;
	return periods;
}

static int64_t
quarter_start(int64_t day, int quarters)
{
	const struct civil c = day_civil(day);

	return day_add_months(
	    day_of(c.year, (c.month - 1) / 3 * 3 + 1, 1), (int64_t)quarters * 3);
}

static bool
due_fits(const struct task_row *t, struct str period, int64_t today)
{
	const int year = day_civil(today).year;

	if (!period.n)
		return true;
	if (str_eq(period, S("always")))
		return t->continuous;
	if (str_eq(period, S("none")))
		return !t->continuous && t->due == DAY_NONE;
	if (t->continuous || t->due == DAY_NONE)
		return false;
	if (str_eq(period, S("past")))
		return t->due < today;
	if (str_eq(period, S("quarter")))
		return t->due >= quarter_start(today, 0) &&
		       t->due < quarter_start(today, 1);
	if (str_eq(period, S("next")))
		return t->due >= quarter_start(today, 1) &&
		       t->due < quarter_start(today, 2);
	if (str_eq(period, S("year")))
		return day_civil(t->due).year == year;
	return day_civil(t->due).year > year;
}

static bool
leads_as_printed(const struct task_row *t, struct str subject)
{
	const struct value *lead = value_get(t->fields, S("lead"));

	for (size_t i = 0; i < value_count(lead); i++)
		if (str_eq(value_str(value_at(lead, i)), subject))
			return true;
	return task_leads(t, subject);
}

static bool
has_text(const struct task_row *t, struct str part)
{
	return str_has(t->text, part) || str_has(t->measure, part) ||
	       str_has(t->lead, part) || str_has(t->units, part) ||
	       str_has(t->leaders, part) || str_has(t->report, part) ||
	       str_eq(t->no, part);
}

static bool
fits(const struct ledger_query *q, const struct task_row *t, int64_t today)
{
	return (!q->stage.n || str_eq(q->stage, t->stage)) &&
	       (!q->lead.n || leads_as_printed(t, q->lead)) &&
	       (!q->section.n || str_eq(q->section, t->section)) &&
	       (!q->need.n || str_eq(q->need, ledger_need(t->need))) &&
	       due_fits(t, q->due, today) && (!q->search.n || has_text(t, q->search));
}

static enum task_order
order_of(const struct ledger_query *q)
{
	if (str_eq(q->order, S("due")))
		return ORDER_DUE;
	if (str_eq(q->order, S("unit")))
		return ORDER_UNIT;
	return str_eq(q->order, S("stage")) ? ORDER_STAGE : ORDER_NO;
}

const struct plan_row *
ledger_plan(const struct plan_rows *plans, struct str asked)
{
	int64_t n;

	if (str_int(asked, &n))
		for (size_t i = 0; i < plans->n; i++)
			if (plans->v[i].n == n)
				return &plans->v[i];
	return plans->n ? &plans->v[0] : NULL;
}

enum err
ledger_rows(struct programme *p, const struct ledger_query *q, struct str plan,
    struct task_rows *all, struct task_rows *out)
{
	*out = (struct task_rows){ 0 };
	TRY(programme_of_plan(p, plan, all));
	for (size_t i = 0; i < all->n; i++)
		if (fits(q, &all->v[i], p->today))
			*list_add(p->cx->arena, out) = all->v[i];
	task_rows_sort(p->cx, out, order_of(q), q->descending);
	return ERR_OK;
}
