/*
 * Shared by the files that make up act/clocks.h: the state of one clock, a map that is
 * replaced whole whenever it changes (docs/events.md).
 */
#pragma once

#include "act/clocks.h"

/* One extension in the state: { day, action, term, basis, actor, post }. */

const struct value *clock_state(const struct matter *m, struct str id); /* or null */
bool clock_is(const struct value *clock, const char *state);
bool clock_still_runs(const struct value *clock); /* running, waiting or paused */

struct value clock_new(struct work *w, const struct clock_def *def, int64_t start);

/* The term with its number: from the definition, or a parameter as of the day; false
 * without one, or while facts are missing. */
bool clock_term(struct judge *j, const struct term_def *def, struct term *out);

/* Counts the clock's term from its start, with its pauses and extensions: due, why, warn
 * and what belongs to them. What cannot be counted is refused. */
void clock_put_term(
    struct work *w, struct judge *j, const struct clock_def *def, struct value *clock);
void clock_put_warn(struct work *w, struct judge *j, const struct clock_def *def,
    struct value *clock, int64_t due);

/* Begins or ends its pauses as the matter now is; a clock that lapsed because nobody knew
 * of one runs again. */
void clock_pause(
    struct work *w, struct draft *d, const struct clock_def *def, struct judge *j);

/* The day an `at` gives, and the clock that comes of it; false: it gives none yet. */
bool clock_from_day(struct work *w, struct judge *j, const struct clock_def *def,
    int64_t *base, struct value *out);

/* Is what is done on this day after the term? On the last day of a term of hours only an
 * act that is recorded the same day is known to be. Never while it stands still. */
bool clock_is_over(const struct work *w, const struct value *clock);
