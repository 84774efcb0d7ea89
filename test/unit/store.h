/*
 * Empty stores for tests: a SQLite file in a folder of its own, or a fresh schema of the
 * PostgreSQL that ZS_TEST_PG names (a conninfo). Everything goes away when the test does.
 */
#pragma once

#include "base/cx.h"

struct test_store {
	struct str url;    /* empty: this engine is not here */
	struct str folder; /* for files of the test's own */
	struct str schema;
};
#define TEST_STORE __attribute__((cleanup(test_store_drop))) struct test_store

/* engine 0 is SQLite, 1 PostgreSQL. */
bool test_store_make(struct cx *cx, int engine, struct test_store *out);
void test_store_drop(struct test_store *s);

#define FOR_EACH_ENGINE(engine) for (int engine = 0; engine < 2; engine++)
