/* Acts on registers: a whole new version of an entry from a day, or its last day. */
#pragma once

#include "act/work.h"

void entry_act(struct work *w);

/* The actor's post that has one of the competences for an entry with these values (`of`
 * of the register); empty: none, or facts are missing (w->needs). */
struct str entry_post(struct work *w, const struct register_def *r,
    const struct id_list *competences, const struct value *values);
