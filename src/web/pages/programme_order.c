/*
 * Which unit a task waits for, and the orders in which tables show tasks.
 */
#include <string.h>

#include "base/date.h"
#include "web/pages/programme.h"

static bool
stage_is(const struct task_row *t, const char *stage)
{
	return str_eq(t->stage, str_z(stage));
}

static bool
list_names(const struct value *list, struct str subject)
{
	for (size_t i = 0; i < value_count(list); i++)
		if (str_eq(value_str(value_at(list, i)), subject))
			return true;
	return false;
}

bool
task_leads(const struct task_row *t, struct str unit)
{
	return list_names(value_get(t->fields, S("movers")), unit);
}

bool
task_waits_for(const struct task_row *t, struct str unit)
{
	if (!task_leads(t, unit) || t->need == NEED_OVER || t->need == NEED_VERIFIER)
		return false;
	if (stage_is(t, "issued"))
		return !list_names(value_get(t->fields, S("signed")), unit);
	return !list_names(value_get(t->fields, S("applied")), unit);
}

/* 2 before 10, "3-1" after "3". */
static int
no_compare(struct str a, struct str b)
{
	size_t i = 0, k = 0;
	int64_t x = 0, y = 0;

	while (i < a.n && a.p[i] >= '0' && a.p[i] <= '9' && i < 9)
		x = x * 10 + (a.p[i++] - '0');
	while (k < b.n && b.p[k] >= '0' && b.p[k] <= '9' && k < 9)
		y = y * 10 + (b.p[k++] - '0');
	if (x != y)
		return x < y ? -1 : 1;
	return str_cmp(str_sub(a, i, a.n), str_sub(b, k, b.n));
}

static int
row_compare(const struct task_row *a, const struct task_row *b, enum task_order order)
{
	switch (order) {
	case ORDER_NO:
		return 0; /* as they were opened, which is the order of the paper */
	case ORDER_DUE:
		return (a->due > b->due) - (a->due < b->due);
	case ORDER_UNIT:
		return str_cmp(a->lead, b->lead);
	case ORDER_STAGE:
		return a->need != b->need ? (int)a->need - (int)b->need
					  : str_cmp(a->stage, b->stage);
	}
	return 0;
}

static bool
goes_before(const struct task_row *a, const struct task_row *b, enum task_order order,
    bool descending)
{
	int c = 0;

	if (order == ORDER_DUE && (a->due == DAY_NONE) != (b->due == DAY_NONE))
		return a->due != DAY_NONE;
	c = row_compare(a, b, order);
	if (!c)
		c = no_compare(a->no, b->no);
	if (!c)
		c = (a->n > b->n) - (a->n < b->n);
	return descending ? c > 0 : c < 0;
}

static void
merge(struct task_row *to, const struct task_row *v, size_t middle, size_t n,
    enum task_order order, bool descending)
{
	size_t i = 0, k = middle;

	for (size_t at = 0; at < n; at++)
		to[at] = k == n || (i < middle &&
				       !goes_before(&v[k], &v[i], order, descending))
			     ? v[i++]
			     : v[k++];
}

/* By merging: the library's sort would need a comparison without a second argument. */
static void
sort(struct task_row *v, struct task_row *scratch, size_t n, enum task_order order,
    bool descending)
{
	const size_t middle = n / 2;

	if (n < 2)
		return;
	sort(v, scratch, middle, order, descending);
	sort(v + middle, scratch, n - middle, order, descending);
	merge(scratch, v, middle, n, order, descending);
	memcpy(v, scratch, n * sizeof *v);
}

void
task_rows_sort(
    struct cx *cx, struct task_rows *rows, enum task_order order, bool descending)
{
	struct task_row *scratch = arena_array(cx->arena, struct task_row, rows->n + 1);

	sort(rows->v, scratch, rows->n, order, descending);
}
