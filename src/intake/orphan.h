/*
 * Orphans: a numbered item among tasks that names nobody, where all others do. It stands
 * in their sequence (the one before it and the one behind it are tasks and numbered next
 * to it), so it is a task without units, said as damage; general parts that only follow
 * or precede the tasks are none.
 */
#pragma once

#include "intake/outline.h"

/* Sets line.orphan. `assigned`: for each line, whether it says who does something. */
void orphans_mark(
    struct cx *cx, struct text *t, enum number_kind item, const uint8_t *assigned);

/* The orphan as a task; the caller has given its number to the outline. */
void orphan_read(struct cx *cx, struct outline *o, struct plan *p, struct line *l);
