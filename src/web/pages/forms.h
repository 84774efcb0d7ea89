/*
 * Forms out and in: a round asks units for progress; each gets a workbook of its tasks,
 * and what comes back is merged. The convention of the workbook is here, used by who
 * writes it (forms_out.c), who reads it (forms_in.c) and who merges (forms_merge.c).
 */
#pragma once

#include "intake/xlsx.h"
#include "web/draft.h"
#include "web/layout.h"
#include "web/pages/programme.h"
#include "web/word.h"

#define FORMS_KIND S("forms")

/* Columns by their titles; a returned file may have them in any order. */
enum form_column {
	FORM_CODE, /* hidden: by this a row is recognised */
	FORM_NO,
	FORM_TEXT,
	FORM_LIMIT,
	FORM_STAGE,
	FORM_REPORT, /* from here on filled in by the unit */
	FORM_STATUS,
	FORM_EVIDENCE, /* one column for each class of evidence, in their order */
	FORM_COLUMN_MAX = FORM_EVIDENCE + 4,
};
#define FORM_PROBLEM W(forms_problem)
#define FORM_GOING W(forms_going)
#define FORM_FINISHED W(forms_finished)

/* One round with what its pages need. */
struct round {
	struct view *v;
	struct programme programme;
	struct str subject, n; /* round/88, "88" */
	struct value state;
	const struct value *fields;
	struct str plan, title, office;
	bool is_open;
	struct task_rows rows;             /* of the plan */
	const struct choice_list *classes; /* of evidence */
	struct id_list takes;              /* stages in which progress can be reported */
	struct str titles[FORM_COLUMN_MAX];
	size_t n_titles;
};

/* The round of the number; answers the exchange and gives false when there is none or
 * this person does not keep the ledger. */
bool round_open(struct exchange *x, struct view *v, struct str n, struct round *r);
bool round_allowed(struct view *v);
bool round_asks(const struct round *r, struct str unit);
bool round_returned(const struct round *r, struct str unit);
/* The task is on the form of this unit now. */
bool round_wants(const struct round *r, const struct task_row *t, struct str unit);
const struct task_row *round_task(const struct round *r, struct str subject);

/* What the unit reported last, and what shows a class of result so far; "" for none. */
struct str round_last(const struct round *r, const struct task_row *t, struct str unit);
struct str round_evidence(
    const struct round *r, const struct task_row *t, struct str class);

/* 17-88-12-0a1b2c3d4e: task, round, unit, and a digest of what the row says, so that a
 * row of an older form or of a task adjusted since is recognised. */
struct str form_code(const struct round *r, const struct task_row *t, struct str unit);
struct form_code {
	struct str task, round, unit; /* subjects */
	struct str digest;
};
bool form_code_read(struct arena *a, struct str s, struct form_code *out);

/* The workbook of a unit. */
enum err form_write(struct round *r, struct str unit, struct str *out) MUST_USE;
/* A table of these rows as they came back, with what is wrong with each. */
struct form_back {
	struct str cells[FORM_COLUMN_MAX], problem;
};
enum err form_write_back(struct round *r, struct str unit, const struct form_back *rows,
    size_t n, struct str *out) MUST_USE;

/* ---- what came back ---- */

/* Reads one returned file into a value for the draft: { name error unit round rows: [{
 * row code text report status evidence: [texts] }] }. What is wrong with the whole file
 * is its `error`. */
struct value form_read(struct round *r, struct str name, struct str bytes);

enum row_state {
	ROW_SAME,  /* nothing new in it */
	ROW_NEW,   /* will be taken over */
	ROW_WRONG, /* cannot be taken over as it is */
	ROW_DONE,  /* taken over */
};
struct problem {
	int64_t row;
	struct str column, text;
};
struct merge_row {
	size_t file, at; /* indexes into the draft's state */
	struct value *raw;
	const struct task_row *task; /* NULL: not known */
	struct str unit;
	struct str old, now; /* texts */
	bool finished;
	enum row_state state;
	LIST(struct problem) problems;
};
struct merge_file {
	struct value *raw;
	struct str name, error, unit;
	LIST(struct problem) problems; /* of the file as a whole, row 0 */
};
struct merge {
	struct round *round;
	struct draft draft;
	LIST(struct merge_file) files;
	LIST(struct merge_row) rows;
	size_t n_new, n_wrong, n_same, n_done;
};
/* The draft against the ledger as it is now. */
void merge_look(struct merge *m);
/* The draft of the address, looked at; answers the exchange and gives false otherwise. */
bool merge_open(struct exchange *x, struct view *v, struct round *r, struct merge *m);
