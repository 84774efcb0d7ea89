/*
 * A full disk in the middle of a group: the second of three acts does not fit. The whole
 * group goes, the record is as it was, and one by one the acts that fit are taken.
 */
#include "test.h"

#include <signal.h>
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

/* Through the door: the second of three acts does not fit. The group is rolled back and
 * run again one by one; what was refused is taken when there is room. */
TEST(full_disk_through_the_door)
{
	const struct str log = S("990101/demo");
	struct door_config config = { .log = log, .entropy = cx->entropy };
	char *filler = arena_alloc(cx->arena, LONG_CHARS);
	const struct str much = { filler, LONG_CHARS };
	TEST_STORE store = { 0 };
	struct county c = { 0 };
	struct door_result r[3];
	struct act acts[3];
	struct db *db;
	int64_t was;

	CHECK(test_store_make(cx, 0, &store));
	config.url = store.url;
	CHECK_OK(county_make(cx, &config, &c));
	was = events(cx, store.url, log);
	db = door_store(c.door);
	memset(filler, 'x', LONG_CHARS);
	acts[0] = county_note(cx, &c, S("甲"), S("k1"));
	acts[1] = county_note(cx, &c, S("乙"), S("k2"));
	value_set_text(cx->arena, &acts[1].form, "more", much);
	acts[2] = county_note(cx, &c, S("丙"), S("k3"));
	pages_limit(cx, db, page_count(cx, db) + PAGES_LEFT);
	door_do(cx, c.door, acts, 3, r);
	CHECK(r[0].err == ERR_OK && r[2].err == ERR_OK);
	CHECK(r[1].err == ERR_STORE && r[1].why.n > 0);
	CHECK(events(cx, store.url, log) == was + 2);
	pages_limit(cx, db, 1000000);
	CHECK(county_rebuilds(cx, c.door));
	door_do(cx, c.door, acts, 3, r); /* asked again, with the same keys */
	CHECK(r[0].act.replayed && r[2].act.replayed);
	CHECK(r[1].err == ERR_OK && !r[1].act.replayed);
	CHECK(events(cx, store.url, log) == was + 3);
	CHECK(county_rebuilds(cx, c.door));
	door_close(c.door);
}
