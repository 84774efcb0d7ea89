/*
 * A full disk in the middle of a group: the second of three acts does not fit. The whole
 * group goes, the record is as it was, and one by one the acts that fit are taken. On
 * SQLite and on PostgreSQL.
 */
#include "test.h"

#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>

#include "county_log.h"
#include "record/verify.h"
#include "sample.h"
#include "store.h"

static struct event *
big_event(struct cx *cx, int64_t seq, size_t n)
{
	struct event *e = sample_event(cx, seq);
	char *filler = arena_alloc(cx->arena, n);

	memset(filler, 'x', n);
	e->parts.v[0].bytes = str_fmt(cx->arena, "{\"text\":\"%.*s\"}", (int)n, filler);
	return e;
}

/* Acts of these sizes in one transaction. */
static enum err
group(struct cx *cx, struct db *db, struct str log, const size_t *sizes, size_t n)
{
	struct record_head head;
	DB_TX tx = { 0 };

	TRY(db_begin(cx, db, &tx));
	TRY(record_lock(cx, db, log, &head));
	for (size_t i = 0; i < n; i++) {
		struct event *e = big_event(cx, head.seq + 1, sizes[i]);

		record_append(cx, &head, &e, 1);
	}
	TRY(record_flush(cx, db, &head));
	return db_commit(cx, &tx);
}

static int64_t
events(struct cx *cx, struct str url, struct str log)
{
	const struct verify_options options = { .threads = 1 };
	struct verify_report report;

	CHECK_OK(record_verify(cx, url, log, &options, &report));
	CHECK(report.found == 0);
	return report.events;
}

enum { FEW = 100, MUCH = 2000000 };

static void
refused_and_taken_alone(struct cx *cx, struct db *db, struct str url, struct str log)
{
	static const size_t sizes[] = { FEW, MUCH, FEW };

	CHECK(events(cx, url, log) == 10);
	CHECK(group(cx, db, log, sizes, 3) == ERR_STORE);
	CHECK(events(cx, url, log) == 10);
	CHECK_OK(group(cx, db, log, &sizes[0], 1));
	CHECK(group(cx, db, log, &sizes[1], 1) == ERR_STORE);
	CHECK_OK(group(cx, db, log, &sizes[2], 1));
	CHECK(events(cx, url, log) == 12);
}

TEST(full_database)
{
	const struct str log = S("990101/demo");
	const size_t much = MUCH;
	TEST_STORE store = { 0 };
	struct db *db = NULL;

	CHECK(test_store_make(cx, 0, &store));
	CHECK_OK(db_open(cx, store.url, DB_WRITE, &db));
	CHECK_OK(sample_create(cx, db, log, true));
	CHECK_OK(sample_append(cx, db, log, 10));
	CHECK_OK(db_exec(cx, db, S("PRAGMA max_page_count = 200")));
	refused_and_taken_alone(cx, db, store.url, log);
	CHECK_OK(db_exec(cx, db, S("PRAGMA max_page_count = 100000")));
	CHECK_OK(group(cx, db, log, &much, 1));
	CHECK(events(cx, store.url, log) == 13);
	db_close(db);
}

/* The same by the kernel: no file of this process may grow beyond a limit. */
TEST(full_disk)
{
	const struct str log = S("990101/demo");
	const size_t much = MUCH;
	TEST_STORE store = { 0 };
	struct rlimit before, limit;
	struct db *db = NULL;

	CHECK(test_store_make(cx, 0, &store));
	CHECK_OK(db_open(cx, store.url, DB_WRITE, &db));
	CHECK_OK(sample_create(cx, db, log, true));
	CHECK_OK(sample_append(cx, db, log, 10));
	signal(SIGXFSZ, SIG_IGN);
	CHECK(getrlimit(RLIMIT_FSIZE, &before) == 0);
	limit = before;
	limit.rlim_cur = 1000000;
	CHECK(setrlimit(RLIMIT_FSIZE, &limit) == 0);
	refused_and_taken_alone(cx, db, store.url, log);
	CHECK(setrlimit(RLIMIT_FSIZE, &before) == 0);
	CHECK_OK(group(cx, db, log, &much, 1));
	CHECK(events(cx, store.url, log) == 13);
	db_close(db);
}

static int64_t
page_count(struct cx *cx, struct db *db)
{
	DB_ROWS rows = { 0 };
	int64_t n = 0;
	int stmt;

	CHECK_OK(db_prepare(cx, db, S("PRAGMA page_count"), &stmt));
	CHECK_OK(db_ask0(cx, db, &rows, stmt));
	if (db_next(&rows))
		n = db_int(&rows, 0);
	CHECK_OK(db_end(cx, &rows));
	return n;
}

static void
pages_limit(struct cx *cx, struct db *db, int64_t n)
{
	CHECK_OK(db_exec(
	    cx, db, str_fmt(cx->arena, "PRAGMA max_page_count = %lld", (long long)n)));
}

enum { LONG_CHARS = 20000, PAGES_LEFT = 5 };

/* Three acts at once, of which the second does not fit: what the disk has no room for. */
struct three {
	struct act acts[3];
	struct door_result r[3];
	int64_t was; /* events before */
};

static void
three_notes(struct cx *cx, struct county *c, struct str much, struct three *t)
{
	t->acts[0] = county_note(cx, c, S("甲"), S("k1"));
	t->acts[1] = county_note(cx, c, S("乙"), S("k2"));
	value_set_text(cx->arena, &t->acts[1].form, "more", much);
	t->acts[2] = county_note(cx, c, S("丙"), S("k3"));
	t->was = events(cx, door_url(c->door), door_log(c->door));
}

/* The group is rolled back and run again one by one; what was acknowledged is there, what
 * was refused is not. */
static void
second_is_refused(struct cx *cx, struct county *c, struct three *t)
{
	door_do(cx, c->door, t->acts, 3, t->r);
	CHECK(t->r[0].err == ERR_OK && t->r[2].err == ERR_OK);
	CHECK(t->r[1].err == ERR_STORE && t->r[1].why.n > 0);
	CHECK(events(cx, door_url(c->door), door_log(c->door)) == t->was + 2);
}

/* With room again, the same acts with the same keys. */
static void
second_is_taken(struct cx *cx, struct county *c, struct three *t)
{
	CHECK(county_rebuilds(cx, c->door));
	door_do(cx, c->door, t->acts, 3, t->r);
	CHECK(t->r[0].act.replayed && t->r[2].act.replayed);
	CHECK(t->r[1].err == ERR_OK && !t->r[1].act.replayed);
	CHECK(events(cx, door_url(c->door), door_log(c->door)) == t->was + 3);
	CHECK(county_rebuilds(cx, c->door));
}

TEST(full_disk_through_the_door)
{
	struct door_config config = { .log = S("990101/demo"), .entropy = cx->entropy };
	char *filler = arena_alloc(cx->arena, LONG_CHARS);
	const struct str much = { filler, LONG_CHARS };
	TEST_STORE store = { 0 };
	struct county c = { 0 };
	struct three t = { 0 };
	struct db *db;

	CHECK(test_store_make(cx, 0, &store));
	config.url = store.url;
	CHECK_OK(county_make(cx, &config, &c));
	db = door_store(c.door);
	memset(filler, 'x', LONG_CHARS);
	three_notes(cx, &c, much, &t);
	pages_limit(cx, db, page_count(cx, db) + PAGES_LEFT);
	second_is_refused(cx, &c, &t);
	pages_limit(cx, db, 1000000);
	second_is_taken(cx, &c, &t);
	door_close(c.door);
}

/* A text that PostgreSQL cannot compress away. */
static struct str
noise(struct cx *cx, size_t n)
{
	char *p = arena_alloc(cx->arena, n);

	cx_random(cx, p, n);
	for (size_t i = 0; i < n; i++)
		p[i] = (char)('!' + (unsigned char)p[i] % 90);
	return (struct str){ p, n };
}

/* What PostgreSQL says when the disk is full (53100), said by a trigger: for where no
 * small disk can be mounted. */
TEST(full_disk_of_postgres_as_it_says)
{
	struct door_config config = { .log = S("990101/demo"), .entropy = cx->entropy };
	TEST_STORE store = { 0 };
	struct county c = { 0 };
	struct three t = { 0 };
	struct db *db = NULL; /* the door may take another connection */

	CHECK(test_store_make(cx, 1, &store));
	config.url = store.url;
	CHECK_OK(county_make(cx, &config, &c));
	CHECK_OK(db_open(cx, config.url, DB_WRITE, &db));
	CHECK_OK(db_exec(cx, db,
	    S("CREATE FUNCTION full_disk() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
	      "RAISE 'No space left on device' USING ERRCODE = '53100'; END $$; "
	      "CREATE TRIGGER full_disk BEFORE INSERT ON event FOR EACH ROW "
	      "WHEN (octet_length(NEW.body) > 15000) EXECUTE FUNCTION full_disk()")));
	three_notes(cx, &c, noise(cx, LONG_CHARS), &t);
	second_is_refused(cx, &c, &t);
	CHECK_OK(db_exec(cx, db, S("DROP TRIGGER full_disk ON event")));
	second_is_taken(cx, &c, &t);
	db_close(db);
	door_close(c.door);
}

/* Rows that nobody wants, until not one more fits. */
static void
fill_up(struct cx *cx, struct db *db)
{
	static const int rows[] = { 1000, 100, 10, 1 };

	CHECK_OK(db_exec(cx, db,
	    S("CREATE TABLE filler (x TEXT); ALTER TABLE filler ALTER x SET STORAGE "
	      "PLAIN")));
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		const struct str insert = str_fmt(cx->arena,
		    "INSERT INTO filler SELECT repeat('x', 2000) FROM "
		    "generate_series(1, %d)",
		    rows[i]);

		for (int k = 0; k < 1000 && db_exec(cx, db, insert) == ERR_OK; k++)
			continue;
	}
	CHECK(str_has(cx->why, S("No space left on device")));
}

/* A disk that is really full: tables in a tablespace on a small file system of its own,
 * which run.sh mounts where it may (ZS_TEST_SMALL names it). */
TEST(full_disk_of_postgres)
{
	struct door_config config = { .log = S("990101/demo"), .entropy = cx->entropy };
	const char *small = getenv("ZS_TEST_SMALL");
	TEST_STORE store = { 0 };
	struct county c = { 0 };
	struct act first;
	struct act_result done;
	struct three t = { 0 };
	struct db *db = NULL; /* the door may take another connection */

	if (!small)
		return; /* run.sh says so; the test above stands in */
	CHECK(test_store_make(cx, 1, &store));
	config.url = str_replace(cx->arena, store.url, S("options='"),
	    str_fmt(cx->arena, "options='-cdefault_tablespace=%s ", small));
	CHECK_OK(county_make(cx, &config, &c));
	CHECK_OK(db_open(cx, config.url, DB_WRITE, &db));
	/* Every table has a page, and that of the events room for a few small ones. */
	CHECK_OK(db_exec(cx, db, S("ALTER TABLE event SET (fillfactor = 20)")));
	first = county_note(cx, &c, S("先"), S("k0"));
	CHECK_OK(door_do_one(cx, c.door, &first, &done));
	CHECK_OK(db_exec(cx, db, S("ALTER TABLE event RESET (fillfactor)")));
	three_notes(cx, &c, noise(cx, LONG_CHARS), &t);
	fill_up(cx, db);
	second_is_refused(cx, &c, &t);
	CHECK(str_has(t.r[1].why, S("No space left on device")));
	CHECK_OK(db_exec(cx, db, S("DROP TABLE filler")));
	second_is_taken(cx, &c, &t);
	db_close(db);
	door_close(c.door);
}
