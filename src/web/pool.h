/*
 * Pool: read connections, one for each web thread that is reading at the moment. Reading
 * is a scope:
 *
 *     LOAN r = { 0 };
 *     TRY(loan_take(cx, x->site->pool, &r));
 *     ... db_ask(cx, r.db, …) ...            any return gives the connection back
 */
#pragma once

#include "base/cx.h"
#include "read/keep.h"

struct pool;

enum { POOL_MAX = 32 };

/* Opens the first connection at once, so that a store that cannot be read is found at
 * start. */
enum err pool_open(struct cx *cx, struct str url, struct pool **out) MUST_USE;

/* Every reader has been given back. NULL is fine. */
void pool_close(struct pool *p);

struct loan {
	struct db *db;
	struct pool *pool;
	struct keep *keep; /* of this connection; the pool's */
};
#define LOAN __attribute__((cleanup(loan_give))) struct loan

/* Waits while POOL_MAX readers are out. */
enum err loan_take(struct cx *cx, struct pool *p, struct loan *out) MUST_USE;
void loan_give(struct loan *r);
