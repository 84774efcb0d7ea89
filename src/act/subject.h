/* Names of subjects: "task/17" is the matter that began with event 17 of its log. */
#pragma once

#include <stdint.h>

#include "base/str.h"
#include "lang/value.h"

struct str subject_family(struct str subject); /* "task/17" → "task" */
int64_t subject_number(struct str subject);    /* "task/17" → 17; 0 when it has none */

/* A version of an entry as readers and facts see it: { subject, from, to, at, values }.
 */
struct value version_value(struct arena *a, struct str subject, int64_t from, int64_t to,
    int64_t at, struct value values);
