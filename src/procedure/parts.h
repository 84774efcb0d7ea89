/* Loading and checking the parts of actions and clocks that few have. Inside procedure/.
 */
#pragma once

#include "procedure/definition.h"

/* Parts of a clock that few have: `pauses`, `extends`, `amount`, `ahead`, `roll`. */
void clock_parts_load(struct cx *cx, struct messages *messages,
    const struct yaml_node *node, struct clock_def *out);
void clock_check(
    struct messages *messages, const struct procedure_def *p, const struct clock_def *c);
/* A list of articles as one text. */
struct str ids_joined(
    struct cx *cx, struct messages *messages, const struct yaml_node *node);
/* "90 days", or "comment-days days" where a parameter gives the number; false when there
 * is none. */
bool term_def_load(struct cx *cx, struct messages *messages, const struct yaml_node *node,
    struct term_def *out);
