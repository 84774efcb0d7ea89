/* What is kept beside a connection is never older than what was committed. */
#include "read/keep.h"

#include "act/defs.h"
#include "store.h"
#include "test.h"

#define WHAT S("name")
#define WHOM S("units/1")

static bool
kept(struct cx *cx, struct keep *k, const struct defs *defs, struct str want)
{
	struct id_list out;

	return keep_find(cx, k, defs, WHAT, WHOM, &out) && out.n == 1 &&
	       str_eq(out.v[0], want);
}

static void
put(struct cx *cx, struct keep *k, const struct defs *defs, struct str text)
{
	keep_put(cx, k, defs, WHAT, WHOM, &(struct id_list){ .v = &text, .n = 1 });
}

static void
forgets(struct cx *cx, struct db *writer, struct db *reader)
{
	const struct defs defs = { 0 }, other = { 0 };
	const int64_t today = cx_today(cx);
	struct keep k AUTO(keep_free) = { 0 };
	struct id_list out;

	put(cx, &k, &defs, S("early"));
	CHECK(!kept(cx, &k, &defs, S("early"))); /* nothing was begun */
	keep_begin(&k, reader, &defs, today);
	put(cx, &k, &defs, S("first"));
	keep_begin(&k, reader, &defs, today);
	if (db_is_postgres(reader)) {
		CHECK(!kept(cx, &k, &defs, S("first")));
		return;
	}
	CHECK(kept(cx, &k, &defs, S("first")));
	CHECK(!kept(cx, &k, &other, S("first")));
	CHECK(!keep_find(cx, &k, &defs, S("party"), WHOM, &out));
	CHECK(!keep_find(cx, NULL, &defs, WHAT, WHOM, &out));

	CHECK_OK(db_exec(cx, writer, S("INSERT INTO t (a) VALUES (1)")));
	keep_begin(&k, reader, &defs, today);
	CHECK(!kept(cx, &k, &defs, S("first")));

	put(cx, &k, &defs, S("second"));
	keep_begin(&k, reader, &other, today);
	keep_begin(&k, reader, &defs, today);
	CHECK(!kept(cx, &k, &defs, S("second")));

	put(cx, &k, &defs, S("third"));
	keep_begin(&k, reader, &defs, today + 1);
	CHECK(!kept(cx, &k, &defs, S("third")));
	keep_begin(&k, reader, &defs, today);
	CHECK(!kept(cx, &k, &defs, S("third")));
}

TEST(keep_forgets_what_may_not_be_true_any_more)
{
	FOR_EACH_ENGINE(e)
	{
		TEST_STORE store = { 0 };
		struct db *writer = NULL, *reader = NULL;

		if (!test_store_make(cx, e, &store))
			continue;
		CHECK_OK(db_open(cx, store.url, DB_WRITE, &writer));
		CHECK_OK(db_exec(cx, writer, S("CREATE TABLE t (a INTEGER) STRICT;")));
		CHECK_OK(db_open(cx, store.url, DB_READ, &reader));
		forgets(cx, writer, reader);
		db_close(reader);
		db_close(writer);
	}
}

/* It ends with its bound, and begins anew the next time. */
TEST(keep_is_bounded)
{
	TEST_STORE store = { 0 };
	const struct defs defs = { 0 };
	struct keep k AUTO(keep_free) = { 0 };
	struct str text = str_fmt(cx->arena, "%01000d", 7);
	const struct id_list one = { .v = &text, .n = 1 };
	struct db *db = NULL;
	struct id_list out;
	int n = 0;

	if (!test_store_make(cx, 0, &store))
		return;
	CHECK_OK(db_open(cx, store.url, DB_WRITE, &db));
	keep_begin(&k, db, &defs, cx_today(cx));
	for (bool found = true; found && n < 10000; n += found) {
		const struct str of = str_fmt(cx->arena, "units/%d", n);

		keep_put(cx, &k, &defs, WHAT, of, &one);
		found = keep_find(cx, &k, &defs, WHAT, of, &out);
	}
	CHECK(n > 500 && n < 2000);
	CHECK(keep_find(cx, &k, &defs, WHAT, S("units/0"), &out));
	keep_begin(&k, db, &defs, cx_today(cx));
	CHECK(!keep_find(cx, &k, &defs, WHAT, S("units/0"), &out));
	db_close(db);
}
