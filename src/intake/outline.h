/*
 * Outline: sections, measures and tasks while a plan is being read. A heading enters the
 * plan only when a task stands below it; the others are only headings. The numbers of
 * tasks are given at the end, when it is known which of the printed ones are unique.
 */
#pragma once

#include "intake/number.h"
#include "intake/plan.h"
#include "intake/text.h"

enum { NO_HEADING = -1 };

/* What a printed number was, kept beside each task until outline_finish(). */
struct outline_task {
	int value;            /* as printed or counted; 0 = none */
	size_t item;          /* tasks of one item share it: 4a, 4b */
	bool pilot;           /* P1 */
	int section, measure; /* index in the plan, or NO_HEADING */
};

struct heading {
	int value;
	struct str title;
	size_t line;
	int index;   /* in the plan once a task stood below it */
	int section; /* of a measure: index in the plan */
};

struct outline {
	struct heading section, measure; /* line 0: none is open */
	LIST(struct outline_task) tasks; /* beside plan.tasks */
	LIST(int) section_values;
	LIST(int) measure_values;
	size_t items;
	int last_item;   /* value of the last numbered item, for lost numerals */
	size_t repeated; /* headings printed again */
	size_t repeated_line;
	struct str repeated_text;
	LIST(size_t) repeated_lines;
};

void outline_section(
    struct outline *o, struct plan *p, const struct line *l, struct number n);
void outline_measure(
    struct outline *o, struct plan *p, const struct line *l, struct number n);

/* A task below the open headings; valid until the next one. value 0: not numbered. */
struct plan_task *outline_task(struct cx *cx, struct outline *o, struct plan *p,
    int value, bool new_item, bool pilot);

/* Gives every section, measure and task its no, unique in the plan. */
void outline_finish(struct cx *cx, struct outline *o, struct plan *p);

/* The title of a heading: without number and closing mark, to the end of its first
 * sentence. */
struct str heading_title(const struct line *l, struct number n);

/* The paragraph in front of line `head` that has a measure's number becomes its text,
 * where only one has. */
void outline_measure_texts(struct cx *cx, struct text *t, struct plan *p, size_t head);
