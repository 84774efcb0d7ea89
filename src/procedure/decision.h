/*
 * A decision table of law/: rows that say what follows from what, each with its article.
 * Read from NAME.table.yaml (docs/language.md); lives as long as the snapshot of
 * definitions it belongs to, never changes.
 */
#pragma once

#include "lang/feel.h"
#include "lang/feel_table.h"
#include "register/definition.h"

struct decision_row {
	struct str basis; /* joined with "、" */
	int line;
};

struct decision_def {
	struct str id, title, file, digest, basis;
	int64_t from_day, to_day; /* in force; to_day exclusive */
	struct field_list inputs, outputs;
	struct feel_table table; /* its inputs and outputs in the order of the fields */
	struct feel_table_row *rows;     /* table.rows */
	LIST(struct decision_row) notes; /* beside each row */
	struct str gap; /* an example that no row fits, in words; empty: none was found */
	bool withdrawn;
};

void decision_load(struct cx *cx, struct messages *messages, const struct yaml_node *root,
    struct decision_def *out);

/* Cells of a choice name its options, which must be linked by now. */
void decision_options(struct messages *messages, const struct decision_def *d);

/* What only shows when the rows are held against each other: of U two rows that fit the
 * same, of A two such with other results are faults; a gap is noted in d->gap. Looked at
 * are the values that the cells name and those between them; a cell that asks more than
 * its input decides nothing. `run`: how a cell is evaluated. */
void decision_check(struct cx *cx, struct messages *messages, struct decision_def *d,
    const struct feel_run *run);
