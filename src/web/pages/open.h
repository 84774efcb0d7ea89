/* What of a plan is open to everybody, for its page (open.c) and for the search. */
#pragma once

#include "act/defs.h"
#include "read/read.h"

enum { OPEN_MOST = 1000 }; /* matters of one plan */

/* The matters of this family that belong to the plan; none of an empty plan. */
enum err open_of_plan(struct cx *cx, const struct reader *r, const char *family,
    struct str plan, struct read_page *out) MUST_USE;

/* A field of a task. What a mask closes to anybody is closed to the public, whatever the
 * mask's reason. */
struct str open_field(const struct defs *defs, const struct value *state, struct str id);
