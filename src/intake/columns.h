/* The head of a flattened table (columns.c). */
#pragma once

#include "intake/cells.h"
#include "intake/text.h"

/* What a name at the head of a column says; ROLE_NONE when it is none. */
enum role column_role(struct str name);

/* How many lines from i on are the head of a table; 0 when none begins there. */
size_t columns_at(struct cx *cx, const struct text *t, size_t i, struct columns *out);
