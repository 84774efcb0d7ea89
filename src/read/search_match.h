/*
 * What an engine may match of a query, to be verified and ranked. Inside read/.
 */
#pragma once

#include "read/search.h"

/* Units from <= id < to that hold the tokens of the expression. */
struct search_match {
	struct db *db;
	struct str expression;
	int64_t from, to;
};

/* All wanted words and filters of the query; or those words that a title must have. */
struct str search_expression(
    struct arena *a, const struct db *db, const struct search_ask *ask, bool in_title);

/* Whether what matches needs no verifying, so that the engine's count is the answer's. */
bool search_is_exact(struct arena *a, const struct search_ask *ask);

/* The first `most` by their ids; rows are as search_row reads them. */
typedef void search_visit(struct cx *cx, const struct db_rows *rows, void *self);
enum err search_match_units(struct cx *cx, const struct search_match *m, size_t most,
    search_visit *visit, void *self, size_t *seen) MUST_USE;
/* How many there are, counted up to `most`. */
enum err search_match_count(
    struct cx *cx, const struct search_match *m, size_t most, size_t *n) MUST_USE;
