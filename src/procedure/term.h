/*
 * Term: a period laid down by law, and the day it ends, with its reasons. Pure arithmetic
 * over day numbers and a calendar; docs/clock.md has the rules with their articles.
 *
 * - The day of the event is not counted (民法典 201; 民事诉讼法 85).
 * - Months and years end on the same-numbered day, or the month's last (民法典 202).
 * - A last day that is off moves to the first workday after (民法典 203). A term of
 * workdays ends on a workday by nature and never moves.
 * - Hours run from the moment and are neither skipped nor moved.
 * - Backwards ("7 workdays before") is the mirror image: the day of the event is not
 * counted, the Nth day counted back is the last on which the act is in time. It moves
 * only when asked.
 * - An extension goes on from the last day as counted, never from the one it moved to.
 */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "base/cx.h"
#include "base/list.h"
#include "procedure/calendar.h"

enum term_unit { TERM_HOURS, TERM_DAYS, TERM_WORKDAYS, TERM_MONTHS, TERM_YEARS };

enum term_roll {
	ROLL_NONE,
	ROLL_NEXT,     /* forwards only: to the first workday after */
	ROLL_PREVIOUS, /* backwards only: to the last workday before */
};

struct term {
	int64_t number; /* 1 .. 36500 */
	enum term_unit unit;
	enum term_roll roll;
	bool is_backward;
};

/*
 * "20 workdays", "90 days", "3 months", "24 hours", "2 years", "-7 workdays",
 * "7 workdays before", 20个工作日, 九十日, 3个月内, 7个工作日前. Roll is set as the law
 * has it: ROLL_NEXT for days, months and years counted forwards, ROLL_NONE for the rest.
 * ERR_INPUT with a Chinese sentence that says what is understood.
 */
enum err term_parse(struct cx *cx, struct str text, struct term *out) MUST_USE;
struct str term_text(
    struct arena *a, const struct term *term); /* 20个工作日, 7个工作日前 */

/*
 * A time that does not count (中止, 鉴定、听证所需时间). Half open: `from` is the first
 * day that does not count, `until` the first that counts again; DAY_NONE while it lasts.
 * Pauses may overlap and stand in any order; a day paused twice is added once.
 */
struct term_pause {
	int64_t from, until;
	struct str reason, basis;
};

/* 延长: what is added to a term, with the article that allows it. Same direction; no
 * hours. */
struct term_extension {
	struct term term;
	struct str basis;
};

enum term_note_kind {
	NOTE_START,     /* from: the day that is not counted */
	NOTE_MOMENT,    /* hours: they run from the moment */
	NOTE_OFF,       /* from..to: off, not counted as workdays; name, source */
	NOTE_MAKEUP,    /* from: a weekend day counted as a workday; name, source */
	NOTE_MONTH_END, /* from: the month has no day of that number */
	NOTE_PAUSED,    /* from..to: not counted; name = reason, source = basis */
	NOTE_STANDING, /* from: paused since and still; count days or workdays are left */
	NOTE_EXTENDED, /* from: the last day as counted so far, DAY_NONE while it stands
			* still; name = the extension, source = basis */
	NOTE_LAST,     /* from: the last day as counted; count: 1 and the extensions */
	NOTE_ROLLED,   /* from..to: off, so not a last day; name, source */
	NOTE_MOVED,    /* from: the last day after it was moved */
	NOTE_PROVISIONAL, /* from: the first day without notice that was looked at */
};

struct term_note {
	enum term_note_kind kind;
	int64_t from, to; /* first and last day, both included */
	int64_t count;
	struct str name, source; /* views into the calendar, pause or extension */
};

struct term_end {
	int64_t day;     /* the last day; DAY_NONE while the clock stands still */
	int64_t counted; /* before it was moved; an extension goes on from here */
	int64_t at_ms;   /* the first instant after the term; 0 while it stands still */
	bool is_provisional;
	LIST(struct term_note) notes; /* in the order of the days */
};

/* Not for hours. ERR_INPUT: no calendar data, or a term that makes no sense. */
enum err term_from_day(struct cx *cx, const struct calendar *cal, const struct term *term,
    int64_t start, struct term_end *out) MUST_USE;

/* The same with days that do not count; backwards with pauses is refused. */
enum err term_with_pauses(struct cx *cx, const struct calendar *cal,
    const struct term *term, int64_t start, const struct term_pause *pauses,
    size_t npauses, struct term_end *out) MUST_USE;

/* And with extensions, one after the other. The roll of the last one counts. */
enum err term_with_extensions(struct cx *cx, const struct calendar *cal,
    const struct term *term, int64_t start, const struct term_pause *pauses,
    size_t npauses, const struct term_extension *extensions, size_t nextensions,
    struct term_end *out) MUST_USE;

/* Any unit; only hours look at more than the day of start_ms. */
enum err term_from_instant(struct cx *cx, const struct calendar *cal,
    const struct term *term, int64_t start_ms, struct term_end *out) MUST_USE;

/* One Chinese sentence without a full stop, naming article or notice. */
struct str term_note_text(
    struct arena *a, const struct term *term, const struct term_note *note);
