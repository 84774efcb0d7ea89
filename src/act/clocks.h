/*
 * Clocks of a matter: started, met, paused and resumed by acts, run out by time. A clock
 * in the state carries its reasons (docs/events.md).
 */
#pragma once

#include "act/work.h"

/* A pause in the state, days that do not count: from, until or null, reason, source,
 * basis. `source` says what began it: a kind of child, or "act/ID". */
enum { PAUSE_FROM, PAUSE_UNTIL, PAUSE_REASON, PAUSE_SOURCE, PAUSE_BASIS };

/* After an action: starts, ends, pauses and moves the clocks of the matter. `action` is
 * empty when only a child changed. */
void clocks_update(struct work *w, struct draft *d, struct str action);

/* What the clocks forbid, as refusals "clock:ID" in w->broken: an act in `before` until a
 * minimum term has run or after the last day of another; an extension that is not given.
 * Is a day missing from which a term counts, that refuses only when `undecided`: a form
 * may still give it. */
void clocks_guard(struct work *w, struct matter *m, struct str action, bool undecided);

/* Lets clocks that had ended go on: the days since do not count. */
void clocks_resume(struct work *w, struct draft *d, const struct id_list *ids);

/* Ends every clock that still runs: the matter is closed. */
void clocks_end(struct work *w, struct draft *d);

/* The running maximum clock that ran out first by `now_ms`; NULL when none has. */
const struct clock_def *clocks_lapsed(const struct matter *m, int64_t now_ms);

/* The first instant after the clock's term: of hours its own, else of the day after. */
int64_t clock_end_ms(const struct value *clock);

/* What has grown on a clock with an amount by the end of this day, in fen. A person
 * imposes it (行政处罚法 72: 可以); the program only says how much it may be. */
int64_t clock_amount(const struct value *clock, int64_t day);

/* A clock that runs, counted anew; false when no day of it changed. */
bool clock_recount(struct work *w, const struct matter *m, const struct clock_def *def,
    struct value *out);
