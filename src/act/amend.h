/*
 * The engine's own actions on every matter: correct a value, settle a doubt, destroy the
 * personal data of one person. A definition only says by whom.
 */
#pragma once

#include "act/work.h"

bool amend_is_own(struct str action);
void amend(struct work *w, struct matter *m);

/* The place of a sealed part, "12:p1", as number of the event and name of the part. */
bool part_place(struct str place, int64_t *seq, struct str *part);
