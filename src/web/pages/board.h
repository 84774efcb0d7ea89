/*
 * The board: what is due or waits, by unit, the oldest first, and the reminders made from
 * it. Shared by its pages: rows, and the letter to one unit.
 */
#pragma once

#include "web/pages/programme.h"

/* One task as it waits for one unit; NEED_LEAD and NEED_VERIFIER name who has to act. */
struct board_row {
	const struct task_row *task;
	struct str unit;
	int64_t since; /* the day by which rows are ordered */
};
struct board_rows {
	struct board_row *v;
	size_t n, cap;
};
/* Rows of all needs but NEED_NOTHING and NEED_OVER, by need, then unit by unit with the
 * one that has the oldest row first. `only`: rows of these units, NULL: of all. */
void board_rows_of(struct programme *p, const struct task_rows *tasks,
    const struct id_list *only, struct board_rows *out);

/* Whether a reminder may speak of it: a unit is waited for. Units that do not answer to
 * the government of the same level have no such rows. */
bool board_may_remind(const struct board_row *row);

/* What is ticked: "17-88" is task/17 for units/88. */
struct str board_tick(struct arena *a, const struct board_row *row);
bool board_tick_read(
    struct arena *a, struct str tick, struct str *task, struct str *unit);

/* The words of a reminder about these rows, all of one unit. */
struct str letter_body(struct programme *p, const struct board_row *rows, size_t n);
/* The whole letter as the document's template prints it; without a number its line is
 * left out. */
struct str letter_text(struct programme *p, struct str unit, struct str office,
    struct str body, struct str number, int64_t day);

/* Who may remind: has the competence; their own units otherwise. */
enum err board_reader(struct programme *p, bool *supervises, struct id_list *own)
    MUST_USE;
