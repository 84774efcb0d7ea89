/*
 * The ledger leaving the house: which rows an address asks for, what its files hold, and
 * the note of it in the log of accesses. What the reader may not see is not in any of
 * them.
 */
#pragma once

#include "out/table.h"
#include "web/pages/ledger_query.h"

struct ledger_out {
	struct exchange *x;
	struct view *v;
	struct programme p;
	struct ledger_query q;
	struct plan_rows plans;
	const struct plan_row *plan;
	struct value entry;    /* the plan's */
	struct value adoption; /* its state, or null */
	struct task_rows all, rows;
};

/* false: the exchange has been answered. */
bool ledger_out_open(struct exchange *x, struct view *v, struct ledger_out *out);

/* The columns of the paper with progress and stage behind them; a hidden last column
 * carries the codes of the tasks. plan_read reads the tasks back from it. */
struct table *ledger_table(struct ledger_out *l);

/* Notes the export, then sends the file. `name` without the plan: "台账.xlsx". */
void ledger_send(
    struct ledger_out *l, struct str type, struct str name, struct str bytes);
