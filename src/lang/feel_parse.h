/* Between feel_parse.c, feel_parse_primary.c and feel_parse_type.c only. */
#pragma once

#include "lang/feel_lex.h"

const struct feel *feel_expression(struct parser *p);
const struct feel *feel_additive(struct parser *p);
const struct feel *feel_postfix(struct parser *p);
/* a test of `in` or of a decision table's cell */
const struct feel *feel_test(struct parser *p);
const struct feel_type *feel_type_here(struct parser *p);
/* a new node that begins at `from`; its text is set by feel_end */
struct feel *feel_node(struct parser *p, enum feel_kind kind, size_t from);
const struct feel *feel_end(struct parser *p, struct feel *e);
void feel_kid(struct parser *p, struct feel *e, const struct feel *kid);
void feel_add_name(struct parser *p, struct feel *e, struct str name);
/* `.. to )` behind the lower end */
const struct feel *feel_range_rest(
    struct parser *p, size_t from, const struct feel *low, bool closed);
const struct feel *feel_tests(struct parser *p);
