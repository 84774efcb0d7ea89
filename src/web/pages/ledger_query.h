/*
 * What an address asks of the ledger: one plan, filters, an order. The page and the
 * exports of the same rows read it alike.
 */
#pragma once

#include "web/pages/programme.h"
#include "web/word.h"

struct ledger_query {
	struct str plan;  /* number of the plan's entry; empty: the newest */
	struct str stage; /* id of a stage */
	struct str lead;  /* subject of a unit or group: named as lead, or leading */
	struct str section;
	struct str due;  /* id of one of ledger_periods */
	struct str need; /* ledger_need of one */
	struct str search;
	struct str order; /* "no", "due", "unit", "stage"; else as "no" */
	bool descending;
	bool is_whole; /* all rows on one page, for printing */
	size_t page;   /* from 0 */
};
struct ledger_query ledger_query_of(const struct exchange *x);
/* The address that asks the same of `path`: "/ledger", "/ledger.xlsx". */
struct str ledger_url(struct arena *a, struct str path, const struct ledger_query *q);

struct ledger_period {
	struct str id;
	enum word title;
};
const struct ledger_period *ledger_periods(size_t *n);
struct str ledger_need(enum task_need need); /* as addresses write it */

/* The plan asked for, else the newest; NULL: there is none. */
const struct plan_row *ledger_plan(const struct plan_rows *plans, struct str asked);

/* All tasks of the plan, and those asked for in their order (not cut into pages). */
enum err ledger_rows(struct programme *p, const struct ledger_query *q, struct str plan,
    struct task_rows *all, struct task_rows *out) MUST_USE;
