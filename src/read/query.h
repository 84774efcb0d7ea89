/* A query as SQL: the only place besides register/table.c that makes any. Inside read/.
 */
#pragma once

#include "read/read.h"
#include "register/table.h"

/* Columns: subject and state of matters; subject, from_day, to_day, from_seq, body of
 * versions; then the value ordered by and n, for the next page. Asks for one row more
 * than the page, to know whether there is a next one. */
enum err query_sql(struct cx *cx, const struct reader *r, const struct read_query *q,
    int64_t day, struct str *sql, struct db_args *args) MUST_USE;
/* The same rows counted, at most `most`. */
enum err query_count_sql(struct cx *cx, const struct reader *r,
    const struct read_query *q, int64_t day, size_t most, struct str *sql,
    struct db_args *args) MUST_USE;

size_t query_limit(const struct read_query *q);
bool query_order_is_int(const struct reader *r, const struct read_query *q);
/* The end of a page as text, to be given back as `after`. */
struct str query_cursor(struct cx *cx, const struct value *last, int64_t n);
