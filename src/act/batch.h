/*
 * Batches: rows on their way into tables, gathered by statement, so that a group of acts
 * or a stretch of a rebuild runs each statement once for all its rows.
 */
#pragma once

#include "register/table.h"

/* The parameter sets of one statement. */
struct batch {
	struct str sql;
	struct db_args args;
	size_t sets;
};
struct batches {
	struct batch *v;
	size_t n, cap;
};

/* One more set of parameters for a statement, to be filled with batch_put. Texts of
 * statements are made once: each is known by where it lies. Valid until the next call. */
struct batch *batch_of(struct cx *cx, struct batches *batches, struct str sql);
void batch_put(struct cx *cx, struct batch *b, struct db_arg arg);

/* In the order in which the statements were first met. */
enum err batches_run(struct cx *cx, struct db *db, const struct batches *batches)
    MUST_USE;
