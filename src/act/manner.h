/*
 * Manners: what withdrawing, returning and reopening mean, once for all procedures. A
 * definition says who may, at which stage, until when and where it leads
 * (procedure/definition.h).
 */
#pragma once

#include "act/work.h"

/* What the manner asks before anything is changed, beside stage, authority, separation.
 */
void manner_guard(struct work *w, struct matter *m, const struct action_def *a);

/* `by: actor`: whoever did what is taken back, while still on that post; sets w->post. */
bool manner_own_actor(
    struct work *w, const struct matter *m, const struct action_def *a, int64_t day);

/* The reason from the form into the event, where the manner asks for one. */
void manner_reason(struct work *w, struct draft *d, const struct action_def *a,
    const struct value *form);

/* Who handles the matter must be others than before; whom they replace is in the event.
 */
void manner_reassign(struct work *w, struct matter *m, struct draft *d,
    const struct action_def *a, const struct value *form);

/* The acts that stand no longer: not done for any condition, what they opened lapses. Who
 * did them is still known: separation tests persons. */
void manner_undo(
    struct work *w, struct matter *m, struct draft *d, const struct action_def *a);
