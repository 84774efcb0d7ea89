/*
 * A unit's tasks on one page: what was typed into it becomes one act for each changed or
 * ticked row (unit_acts.c), and what is refused comes back beside its row.
 */
#pragma once

#include "web/pages/programme.h"

enum { UNIT_ROWS = 50, EVIDENCE_MOST = 3 };

/* How the reader may enter something for the unit. */
enum entry_mode {
	ENTRY_NONE,
	ENTRY_OWN,     /* has a post there */
	ENTRY_FOR_UNIT /* 代录, by the office, from what the unit sent back on paper */
};

struct unit_table {
	struct exchange *x;
	struct html *h;
	struct programme p;
	const struct party *unit;
	struct str n; /* "88" */
	enum entry_mode mode;
	struct str post;        /* on whose behalf, with a mode */
	struct task_rows leads; /* of this page of rows */
	struct task_rows others;
	size_t all_leads, unsigned_count, page;
	struct map files; /* uploads that were kept, by the name of their input: values */
};

/* Everything but h. ERR_NOT_FOUND: no such unit today. */
enum err unit_table_read(struct unit_table *t, struct view *v) MUST_USE;

/* Whether the definition lets the action be taken at the task's stage, and it waits for
 * this unit. */
bool unit_row_may(
    const struct unit_table *t, const struct task_row *row, const char *action);

/* Names of a row's inputs: "report-17". */
struct str unit_input(struct arena *a, const char *what, const struct task_row *row);
/* "evidence-17-0-form"; row NULL: the evidence for all ticked rows. */
struct str unit_evidence(
    struct arena *a, const struct task_row *row, size_t i, const char *what);
/* Stands in the form beside a text, to tell whether it was changed. */
struct str unit_digest(struct arena *a, struct str text);

/* unit_row.c */
void unit_leads_put(struct unit_table *t);
void unit_state_put(struct unit_table *t, const struct task_row *row);
void unit_evidence_put(struct unit_table *t, const struct task_row *row, size_t lines);

void unit_table_put(struct unit_table *t, int status);
