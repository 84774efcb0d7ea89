/*
 * Forms: what a person gave, checked against the fields. Values arrive as stored
 * (lang/value.h); texts are NFC since the door.
 */
#pragma once

#include "act/work.h"

/* Refuses (in w->hard) each value that is not what its field takes; references must exist
 * on the day (facts). `old` is the value before, for rows that keep their sealed part;
 * may be NULL. */
void form_check(struct work *w, const struct field *f, const struct value *v,
    const struct value *old);
