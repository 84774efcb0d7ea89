/*
 * The engine's own actions on every matter: correct a value, settle a doubt, destroy the
 * personal data of one person. A definition only says by whom. Destroying is an act on
 * entries too (act/entry.c).
 */
#pragma once

#include "act/work.h"

bool amend_is_own(struct str action);
void amend(struct work *w, struct matter *m);

/* Why, from the form; a missing one is refused. */
struct str amend_reason(struct work *w);

/* What the record holds sealed about the subject (facts_parts), and the place that the
 * form names; refuses one that is none of them. NULL: facts are missing. */
const struct value *destroy_known(struct work *w, struct str subject, struct str *place);
/* Which part and why, into the event; refuses a missing reason. */
void destroy_say(struct work *w, struct draft *d, struct str place);

/* The place of a sealed part, "12:p1", as number of the event and name of the part. */
bool part_place(struct str place, int64_t *seq, struct str *part);
