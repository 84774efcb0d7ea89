/*
 * Applying one action of a procedure to one matter: from the form to the new stage. Used
 * for the act itself and for the opening of children, which are part of the same act.
 */
#pragma once

#include "act/work.h"

/* What the action asks before anything is changed: stage, authority, separation. */
void apply_guard(struct work *w, struct matter *m, const struct action_def *a);

bool apply_stage_fits(const struct matter *m, const struct action_def *a);

/* Whose action it is: the units one of the actor's posts must belong to; NULL: any. */
const struct value *apply_units(
    struct work *w, const struct matter *m, const struct action_def *a);

/* Did the person do this on the matter? Who takes over a file takes over what was done
 * in it. */
bool apply_has_done(const struct matter *m, struct str action, struct str person);

/* Takes the form, judges the rules, sets, opens, turns. d is the draft of the action's
 * event. */
void apply_action(struct work *w, struct matter *m, struct draft *d,
    const struct action_def *a, const struct value *form);

/* Moves the matter to a stage; a final one closes it and tells the parent. */
void apply_stage(struct work *w, struct draft *d, struct str stage);

/* The matter's title and unit, where the fields that give them have changed. */
void apply_title(struct work *w, struct matter *m, struct draft *d);

/* `field: expression` of an action or a lapse. `old`: the fields before the form was
 * taken, NULL in a lapse. */
void apply_set(struct work *w, struct draft *d, const struct set_def_list *set,
    const struct value *old);

/* What broken rules say, into out. */
void apply_rules(struct work *w, struct judge *j, const struct rule_list *rules,
    struct refusal_list *out);

/* Broken gates before an action, into w->broken; those that cannot be decided yet only
 * where `undecided`: a page that has not asked the form waits for it. */
void apply_gates(struct work *w, struct judge *j, const struct matter *m,
    struct str action, bool undecided);
