/* SQL of lists, from checked names; see query.c. */
#pragma once

#include "read/read.h"

struct query_args {
	struct db_arg *v;
	size_t n, cap;
};

enum err query_matters(struct cx *cx, const struct table *t, struct str log,
    const struct read_list *list, struct str *out, struct query_args *args) MUST_USE;

/* Parameters: log, day, SEQ_OPEN. Columns: subject, from_day, to_day, from_seq, body. */
struct str query_entries(struct cx *cx, const struct table *t);
