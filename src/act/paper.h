/*
 * Numbers printed on paper (号段). A field with `numbers:` takes the number of a form
 * that was filled in by hand. The block that it was given out in, a matter of
 * number-block (law/kernel/), accounts for it: the act that names a number writes an
 * event on the block, in the same transaction, and no number is used twice.
 */
#pragma once

#include "act/work.h"

/* What the fields name that differs from `before`: each number must be in a block given
 * to the matter's unit, and open. */
void paper_take(struct work *w, struct matter *m, const struct value *before);

/* A correction: the numbers named before were never this matter's; those named now were
 * used by whom and when the others were said to be. */
void paper_correct(struct work *w, struct matter *m, const struct value *before);
