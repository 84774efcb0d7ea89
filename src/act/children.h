/*
 * Children: the parallel tracks of a matter. Opening and closing one writes on both
 * sides.
 */
#pragma once

#include "act/work.h"

/* Opens one child, or one for each row, as part of the parent's act. */
void children_open(struct work *w, struct draft *parent, const struct child_def *def);

/* Open and passed children of a kind lapse, because of the changed fields (a list, empty
 * when what opened them was taken back). */
void children_lapse(struct work *w, struct draft *parent, const struct child_def *def,
    const struct value *changed);

/* Children whose result covered a field that this act changed lapse. */
void children_cover(struct work *w, struct draft *parent, const struct value *before);

/* The matter has closed, or is open again: an event on its parent, if it has one that
 * listens. */
void children_tell_parent(struct work *w, struct matter *child);
