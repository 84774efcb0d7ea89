/*
 * Joint actions (会签): several do the same action; it counts as done when enough have.
 * Until then no condition sees it, no clock ends and nothing is issued. Who has done it
 * is in the state: joined[action] = list of { who refused? }, who a unit or a person.
 */
#pragma once

#include "act/work.h"

/* The units that may take part, or NULL when persons are named or anybody may. */
const struct value *join_units(
    struct work *w, const struct matter *m, const struct action_def *a);

/* Refuses whoever is not among those asked, and who has done it already. After authority:
 * the post tells the unit. */
void join_guard(struct work *w, struct matter *m, const struct action_def *a);

enum join_result {
	JOIN_DONE,    /* enough have done it (or it is no joint action) */
	JOIN_OPEN,    /* others are still missing */
	JOIN_REFUSED, /* this one refuses, and that leads somewhere: w/o more ado */
};
/* Notes who did it, in the event and the state. */
enum join_result join_take(
    struct work *w, struct matter *m, struct draft *d, const struct action_def *a);

/* What was joined before does not count: taken back, returned. */
void join_forget(struct work *w, struct matter *m, struct draft *d, struct str action);
