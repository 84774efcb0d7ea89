/* Acts to measure with: reports of progress on the tasks of a store, entered by its
 * office for their units. */
#pragma once

#include "act/door.h"
#include "read/read.h"

/* n acts on at most n tasks, spread over all that are issued; their keys are made of
 * `salt`, so that a second run on the same store is not taken for the first. */
enum err acts_make(struct cx *cx, const struct reader *r, size_t n, uint64_t salt,
    struct act **out) MUST_USE;
