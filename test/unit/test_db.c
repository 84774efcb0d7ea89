/* The store: named statements, transactions, rows, on both engines. */
#include "test.h"

#include <string.h>
#include <sys/stat.h>
#include <time.h>

#include "store.h"
#include "store/db.h"

/* Opens a store with one table more, or skips. */
static bool
opened(struct cx *cx, int engine, struct test_store *store, struct db **db)
{
	const struct str table = S(
	    "CREATE TABLE t (id INTEGER NOT NULL PRIMARY KEY, a TEXT, "
	    "b BLOB) STRICT; CREATE INDEX t_a ON t (a);");

	if (!test_store_make(cx, engine, store))
		return false;
	CHECK_OK(db_open(cx, store->url, DB_WRITE, db));
	if (!*db)
		return false;
	CHECK_OK(db_exec(cx, *db, table));
	return true;
}

static void
values_round_trip(struct cx *cx, struct db *db)
{
	const struct str blob = { "\0\xff'\n", 4 };
	int add, all;
	DB_ROWS rows = { 0 };

	CHECK_OK(
	    db_prepare(cx, db, S("INSERT INTO t (id, a, b) VALUES (?1, ?2, ?3)"), &add));
	CHECK_OK(db_prepare(cx, db, S("SELECT id, a, b FROM t ORDER BY a"), &all));
	CHECK_OK(
	    db_run(cx, db, add, D_INT(INT64_MIN), D_TEXT(S("法治'?1")), D_BLOB(blob)));
	CHECK_OK(db_run(cx, db, add, D_INT(INT64_MAX), D_TEXT(S("")), D_NULL));
	CHECK_OK(db_run(cx, db, add, D_INT(-2), D_TEXT(S("b")), D_BLOB(S(""))));
	CHECK_OK(db_run(cx, db, add, D_INT(0), D_TEXT(S("B")), D_BLOB(S("x"))));
	CHECK_OK(db_ask0(cx, db, &rows, all));
	CHECK(db_next(&rows) && db_int(&rows, 0) == INT64_MAX && db_is_null(&rows, 2));
	CHECK(!db_is_null(&rows, 1) && db_view(&rows, 1).n == 0);
	CHECK(db_next(&rows) && db_int(&rows, 0) == 0); /* by bytes: B before b */
	CHECK(db_next(&rows) && db_int(&rows, 0) == -2 && !db_is_null(&rows, 2));
	CHECK(db_next(&rows) && db_int(&rows, 0) == INT64_MIN);
	CHECK_STR(db_text(cx, &rows, 1), S("法治'?1"));
	CHECK_STR(db_text(cx, &rows, 2), blob);
	CHECK(!db_next(&rows) && !db_next(&rows));
	CHECK_OK(db_end(cx, &rows));
}

TEST(db_values_round_trip)
{
	FOR_EACH_ENGINE(e)
	{
		TEST_STORE store = { 0 };
		struct db *db = NULL;

		if (opened(cx, e, &store, &db))
			values_round_trip(cx, db);
		db_close(db);
	}
}

static int64_t
count(struct cx *cx, struct db *db)
{
	int stmt;
	int64_t n;
	DB_ROWS rows = { 0 };

	CHECK_OK(db_prepare(cx, db, S("SELECT COUNT(*) FROM t"), &stmt));
	CHECK_OK(db_ask0(cx, db, &rows, stmt));
	CHECK(db_next(&rows));
	n = db_int(&rows, 0);
	CHECK_OK(db_end(cx, &rows));
	return n;
}

static enum err
abandoned(struct cx *cx, struct db *db, int add)
{
	DB_TX tx = { 0 };

	TRY(db_begin(cx, db, &tx));
	TRY(db_run(cx, db, add, D_INT(1), D_TEXT(S("gone"))));
	return fail(cx, ERR_STALE, "left in the middle");
}

static enum err
many(struct cx *cx, struct db *db, int add, int64_t from, size_t n, int64_t *changed)
{
	struct db_arg *args = arena_alloc(cx->arena, n * 2 * sizeof *args);
	DB_TX tx = { 0 };

	for (size_t i = 0; i < n; i++) {
		args[2 * i] = D_INT(from + (int64_t)i);
		args[2 * i + 1] = D_TEXT(S("row"));
	}
	TRY(db_begin(cx, db, &tx));
	TRY(db_run_many(cx, db, add, args, 2, n, changed));
	return db_commit(cx, &tx);
}

/* A transaction left early leaves nothing; a failing set undoes its whole group; the
 * connection is usable afterwards. */
static void
transactions(struct cx *cx, struct db *db)
{
	int64_t changed = 0;
	int add, again;

	CHECK_OK(db_prepare(cx, db, S("INSERT INTO t (id, a) VALUES (?1, ?2)"), &add));
	CHECK_OK(db_prepare(cx, db, S("INSERT INTO t (id, a) VALUES (?1, ?2)"), &again));
	CHECK(add == again);
	CHECK(abandoned(cx, db, add) == ERR_STALE && count(cx, db) == 0);
	CHECK_OK(many(cx, db, add, 0, 1201, &changed));
	CHECK(changed == 1201 && count(cx, db) == 1201);
	CHECK(many(cx, db, add, 700 - 1200, 1201, NULL) == ERR_STORE);
	CHECK(count(cx, db) == 1201);
	CHECK_OK(many(cx, db, add, 5000, 1, &changed));
	CHECK(changed == 1 && count(cx, db) == 1202);
}

TEST(db_transactions)
{
	FOR_EACH_ENGINE(e)
	{
		TEST_STORE store = { 0 };
		struct db *db = NULL;

		if (opened(cx, e, &store, &db))
			transactions(cx, db);
		db_close(db);
	}
}

/* A reader sees at once that another connection has committed, and only that. */
static void
mark_changes(struct cx *cx, struct db *db, struct str url)
{
	struct db_mark before, after;
	struct db *reader = NULL;
	int add;

	CHECK_OK(db_open(cx, url, DB_READ, &reader));
	CHECK_OK(db_prepare(cx, db, S("INSERT INTO t (id, a) VALUES (?1, ?2)"), &add));
	if (db_is_postgres(db)) {
		CHECK(!db_mark(reader, &before));
		db_close(reader);
		return;
	}
	CHECK(db_mark(reader, &before));
	CHECK(abandoned(cx, db, add) == ERR_STALE);
	CHECK(count(cx, db) == 0);
	CHECK(db_mark(reader, &after) && memcmp(&before, &after, sizeof before) == 0);
	CHECK_OK(many(cx, db, add, 0, 1, NULL));
	CHECK(db_mark(reader, &after) && memcmp(&before, &after, sizeof before) != 0);
	CHECK(db_mark(db, &before) && memcmp(&before, &after, sizeof before) == 0);
	db_close(reader);
}

TEST(db_mark_changes_with_every_commit)
{
	FOR_EACH_ENGINE(e)
	{
		TEST_STORE store = { 0 };
		struct db *db = NULL;

		if (opened(cx, e, &store, &db))
			mark_changes(cx, db, store.url);
		db_close(db);
	}
}

/* How SQLite writes just now: "wal" or "delete". */
static struct str
journal(struct cx *cx, struct db *db)
{
	struct str mode = S("");
	DB_ROWS rows = { 0 };
	int ask;

	CHECK_OK(db_prepare(cx, db, S("PRAGMA journal_mode"), &ask));
	CHECK_OK(db_ask0(cx, db, &rows, ask));
	if (db_next(&rows))
		mode = db_text(cx, &rows, 0);
	CHECK_OK(db_end(cx, &rows));
	return mode;
}

static void
add_alone(struct cx *cx, struct db *db, int64_t id, bool keep, const char *want)
{
	DB_TX tx = { 0 };
	int add;

	CHECK_OK(db_prepare(
	    cx, db, S("INSERT INTO t (id, a, b) VALUES (?1, '', NULL)"), &add));
	CHECK_OK(db_begin_alone(cx, db, &tx));
	CHECK_OK(db_run(cx, db, add, D_INT(id)));
	if (!db_is_postgres(db))
		CHECK_STR(journal(cx, db), str_z(want));
	if (keep)
		CHECK_OK(db_commit(cx, &tx));
	else
		db_rollback(&tx);
	if (!db_is_postgres(db))
		CHECK_STR(journal(cx, db), S("wal"));
}

/* Alone, a transaction is written to its place; beside a reader it is one like any other,
 * and the reader reads on. */
TEST(db_alone)
{
	FOR_EACH_ENGINE(e)
	{
		TEST_STORE store = { 0 };
		struct db *db = NULL, *reader = NULL;
		DB_TX tx = { 0 };

		if (!opened(cx, e, &store, &db))
			continue;
		add_alone(cx, db, 1, true, "delete");
		add_alone(cx, db, 2, false, "delete");
		CHECK(count(cx, db) == 1);
		CHECK_OK(db_open(cx, store.url, DB_READ, &reader));
		CHECK_OK(db_begin(cx, reader, &tx));
		CHECK(count(cx, reader) == 1);
		add_alone(cx, db, 3, true, "wal");
		CHECK(count(cx, reader) == 1);
		CHECK_OK(db_commit(cx, &tx));
		CHECK(count(cx, reader) == 2);
		db_close(reader);
		add_alone(cx, db, 4, true, "delete");
		CHECK(count(cx, db) == 3);
		db_close(db);
	}
}

/* The file of the database alone, without its log. */
static off_t
size_of(struct cx *cx, const struct test_store *store)
{
	const size_t scheme = sizeof "sqlite:" - 1;
	struct stat st = { 0 };

	CHECK(
	    stat(str_cz(cx->arena, str_sub(store->url, scheme, store->url.n)), &st) == 0);
	return st.st_size;
}

/* A log that has grown is copied while its writer does nothing more; ten seconds are
 * plenty. */
TEST(db_log_is_copied_beside_the_writer)
{
	enum { MUCH = 16 << 20, TRIES = 2000 };
	const struct timespec wait = { .tv_nsec = 5000000 };
	TEST_STORE store = { 0 };
	struct db *db = NULL;
	char *bytes = arena_alloc(cx->arena, MUCH);
	int add;

	memset(bytes, 'x', MUCH);
	if (opened(cx, 0, &store, &db)) {
		CHECK_OK(
		    db_prepare(cx, db, S("INSERT INTO t (id, b) VALUES (?1, ?2)"), &add));
		CHECK_OK(
		    db_run(cx, db, add, D_INT(1), D_BLOB(((struct str){ bytes, MUCH }))));
		for (int i = 0; i < TRIES && size_of(cx, &store) < MUCH; i++)
			nanosleep(&wait, NULL);
		CHECK(size_of(cx, &store) >= MUCH);
		CHECK_OK(db_run(cx, db, add, D_INT(2), D_NULL));
		CHECK(count(cx, db) == 2);
	}
	db_close(db);
}

/* The same statement may be asked while an answer of it is still open. */
static void
nested(struct cx *cx, struct db *db)
{
	int64_t sum = 0;
	int add, from;
	DB_ROWS outer = { 0 };

	CHECK_OK(db_prepare(cx, db, S("INSERT INTO t (id) VALUES (?1)"), &add));
	CHECK_OK(
	    db_prepare(cx, db, S("SELECT id FROM t WHERE id >= ?1 ORDER BY id"), &from));
	for (int i = 1; i <= 3; i++)
		CHECK_OK(db_run(cx, db, add, D_INT(i)));
	CHECK_OK(db_ask(cx, db, &outer, from, D_INT(1)));
	while (db_next(&outer)) {
		DB_ROWS inner = { 0 };

		CHECK_OK(db_ask(cx, db, &inner, from, D_INT(db_int(&outer, 0))));
		while (db_next(&inner))
			sum = sum * 10 + db_int(&inner, 0);
		CHECK_OK(db_end(cx, &inner));
	}
	CHECK_OK(db_end(cx, &outer));
	CHECK(sum == 123233);
}

TEST(db_rows_nest)
{
	FOR_EACH_ENGINE(e)
	{
		TEST_STORE store = { 0 };
		struct db *db = NULL;

		if (opened(cx, e, &store, &db))
			nested(cx, db);
		db_close(db);
	}
}

TEST(db_reader_cannot_write)
{
	FOR_EACH_ENGINE(e)
	{
		TEST_STORE store = { 0 };
		struct db *db = NULL, *reader = NULL;
		int add;

		if (opened(cx, e, &store, &db)) {
			CHECK_OK(db_open(cx, store.url, DB_READ, &reader));
			CHECK_OK(db_prepare(
			    cx, reader, S("INSERT INTO t (id) VALUES (?1)"), &add));
			CHECK(db_run(cx, reader, add, D_INT(1)) == ERR_STORE);
			CHECK(db_exec(cx, reader, S("DROP TABLE t")) == ERR_STORE);
			CHECK(count(cx, reader) == 0);
		}
		db_close(reader);
		db_close(db);
	}
}

/* The server lets go of a connection, as it does when it is restarted: `db` learns of it
 * when it asks the next time. */
static void
cut(struct cx *cx, struct db *db, struct db *by)
{
	int pid;
	DB_ROWS rows = { 0 };

	CHECK_OK(db_prepare(cx, db, S("SELECT CAST(pg_backend_pid() AS BIGINT)"), &pid));
	CHECK_OK(db_ask0(cx, db, &rows, pid));
	CHECK(db_next(&rows));
	CHECK_OK(db_exec(cx, by,
	    str_fmt(cx->arena, "SELECT pg_terminate_backend(%lld, 5000)",
		(long long)db_int(&rows, 0))));
	CHECK_OK(db_end(cx, &rows));
}

static void
cut_and_used(struct cx *cx, struct db *db, struct db *reader)
{
	int add, set;
	DB_TX tx = { 0 };
	DB_ROWS rows = { 0 };

	CHECK_OK(db_prepare(cx, db, S("INSERT INTO t (id) VALUES (?1)"), &add));
	CHECK_OK(db_prepare(cx, db,
	    S("SELECT current_setting('synchronous_commit') || "
	      "current_setting('lock_timeout')"),
	    &set));
	CHECK(count(cx, reader) == 0);
	cut(cx, reader, db);
	CHECK(count(cx, reader) == 0);
	cut(cx, db, reader);
	CHECK_OK(db_begin(cx, db, &tx));
	CHECK_OK(db_run(cx, db, add, D_INT(1)));
	CHECK_OK(db_commit(cx, &tx));
	CHECK_OK(db_ask0(cx, db, &rows, set));
	CHECK(db_next(&rows));
	CHECK_STR(db_view(&rows, 0), S("on30s"));
	CHECK_OK(db_end(cx, &rows));
	/* In a transaction what was done is gone, and nothing goes on as if it were
	 * there. */
	CHECK_OK(db_begin(cx, db, &tx));
	CHECK_OK(db_run(cx, db, add, D_INT(2)));
	cut(cx, db, reader);
	CHECK(db_run(cx, db, add, D_INT(3)) == ERR_STORE);
	CHECK(db_run(cx, db, add, D_INT(4)) == ERR_STORE);
	CHECK(db_commit(cx, &tx) == ERR_STORE);
	CHECK(count(cx, db) == 1);
}

TEST(db_connection_that_broke_is_made_anew)
{
	TEST_STORE store = { 0 };
	struct db *db = NULL, *reader = NULL;

	if (opened(cx, 1, &store, &db)) {
		CHECK_OK(db_open(cx, store.url, DB_READ, &reader));
		cut_and_used(cx, db, reader);
	}
	db_close(reader);
	db_close(db);
}

TEST(db_open_refuses)
{
	TEST_STORE store = { 0 };
	struct db *db = NULL;
	int stmt;

	CHECK(test_store_make(cx, 0, &store));
	CHECK(db_open(cx, store.url, DB_READ, &db) == ERR_NOT_FOUND);
	CHECK(db_open(cx, S("mysql:x"), DB_READ, &db) == ERR_INPUT);
	CHECK_OK(db_open(cx, store.url, DB_WRITE, &db));
	CHECK(db_prepare(cx, db, S("SELECT nothing FROM nowhere"), &stmt) == ERR_STORE);
	CHECK_OK(db_run(cx, db, Q_STORE_PUT, D_TEXT(S("schema")), D_TEXT(S("2"))));
	db_close(db);
	db = NULL;
	CHECK(db_open(cx, store.url, DB_READ, &db) == ERR_INPUT);
	CHECK(db_open(cx, store.url, DB_WRITE, &db) == ERR_INPUT && !db);
}

/* Opening twice at once makes the schema once. */
TEST(db_schema_is_made_once)
{
	FOR_EACH_ENGINE(e)
	{
		TEST_STORE store = { 0 };
		struct db *db = NULL, *again = NULL;

		if (!test_store_make(cx, e, &store))
			continue;
		CHECK_OK(db_open(cx, store.url, DB_WRITE, &db));
		CHECK_OK(db_open(cx, store.url, DB_WRITE, &again));
		CHECK(db_is_postgres(again) == (e == 1));
		db_close(again);
		db_close(db);
	}
}
