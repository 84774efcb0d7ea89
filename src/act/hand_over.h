/*
 * 工作交接: an action with `hands_over` moves the open matters of its list from one
 * person to another. Each matter is judged as if it were reassigned by itself: by its own
 * `reassign` action's conditions and gates, in the authority of the person who watches
 * over the hand-over. One matter that may not change hands refuses the whole, with the
 * reason; it is left out of the list or goes to somebody else. All events are of one act,
 * so all matters change hands or none.
 */
#pragma once

#include "act/work.h"

/* The list is what the giver handles, no more and no less; every matter may go to the
 * receiver. */
void hand_over_guard(struct work *w, struct matter *m, const struct action_def *a);

/* Once all have confirmed: an event on each matter. */
void hand_over_take(struct work *w, struct matter *m, const struct action_def *a);
