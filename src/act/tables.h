/* Fields that a decision table gives: computed when what they hang on has changed. */
#pragma once

#include "act/work.h"

/* Into the draft and the matter: the values, and under `tables` for each field which
 * edition of which table said so, by which rows (from 1), from which inputs. A field
 * whose inputs are as they were keeps its value, whatever the table says by now. */
void tables_compute(struct work *w, struct draft *d);
