/*
 * Clocks of a matter: started, met, paused and resumed by acts, run out by time. A clock
 * in the state carries its reasons (docs/events.md).
 */
#pragma once

#include "act/work.h"

/* After an action: starts, ends, pauses and moves the clocks of the matter. `action` is
 * empty when only a child changed. */
void clocks_update(struct work *w, struct draft *d, struct str action);

/* Broken minimum terms of an action, as refusals "clock:ID" in w->broken. */
void clocks_guard(struct work *w, struct matter *m, struct str action);

/* Lets clocks that had ended go on: the days since do not count. */
void clocks_resume(struct work *w, struct draft *d, const struct id_list *ids);

/* Ends every clock that still runs: the matter is closed. */
void clocks_end(struct work *w, struct draft *d);

/* The running maximum clock that ran out first by `now_ms`; NULL when none has. */
const struct clock_def *clocks_lapsed(const struct matter *m, int64_t now_ms);

/* The first instant after the clock's term: of hours its own, else of the day after. */
int64_t clock_end_ms(const struct value *clock);

/* A provisional clock that runs, counted anew; false when nothing about it changed. */
bool clock_recount(struct work *w, const struct matter *m, const struct clock_def *def,
    struct value *out);
