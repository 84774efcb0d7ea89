/*
 * The record against what it is made of: appending against SQLite writing the same rows
 * in the same groups, verifying against the bare digest of the same bytes. Prints ratios
 * of one run; absolute numbers of a shared machine say little.
 *
 *     bench-record FOLDER [EVENTS]       the folder on the disk that is to be measured
 */
#include <sqlite3.h>

#include <stdio.h>
#include <string.h>

#include "measure.h"
#include "record/event.h"
#include "record/verify.h"

enum { GROUP = 64, BODY = 300 };

static struct event *
event_make(struct cx *cx, int64_t n)
{
	struct event *e = arena_new(cx->arena, struct event);
	char filler[BODY];

	memset(filler, 'a' + (int)(n % 26), sizeof filler);
	e->kind = EV_ACTED;
	e->subject = str_fmt(cx->arena, "task/%lld", (long long)(n * 7919 % 100003));
	e->subject_seq = 1 + n / 100003;
	e->done = cx_today(cx);
	e->actor = str_fmt(cx->arena, "persons/%lld", (long long)(n % 300));
	e->behalf = S("posts/3");
	e->definition = S(
	    "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0");
	e->key = str_fmt(
	    cx->arena, "%016llx", (unsigned long long)n * 0x9E3779B97F4A7C15u);
	*list_add(cx->arena, &e->parts) = (struct event_part){ .name = S("open"),
		.bytes = str_fmt(cx->arena, "{\"text\":\"%.*s\"}", BODY, filler) };
	return e;
}

static enum err
append_group(struct cx *cx, struct db *db, struct str log, int64_t n)
{
	struct record_head head;
	DB_TX tx = { 0 };

	TRY(db_begin(cx, db, &tx));
	TRY(record_lock(cx, db, log, &head));
	for (int64_t i = 0; i < n; i++) {
		struct event *e = event_make(cx, head.seq + 1);

		record_append(cx, &head, &e, 1);
	}
	TRY(record_flush(cx, db, &head));
	return db_commit(cx, &tx);
}

static enum err
append_all(struct cx *cx, struct db *db, struct str log, int64_t events)
{
	DB_TX tx = { 0 };

	TRY(db_begin(cx, db, &tx));
	TRY(record_create(cx, db, log, true, 0));
	TRY(db_commit(cx, &tx));
	for (int64_t n = 0; n < events; n += GROUP) {
		struct arena scratch AUTO(arena_free) = { 0 };
		struct cx own = {
			.arena = &scratch, .now_ms = cx->now_ms, .entropy = cx->entropy
		};
		const enum err err = append_group(
		    &own, db, log, events - n < GROUP ? events - n : GROUP);

		if (err != ERR_OK) {
			cx->why = str_copy(cx->arena, own.why);
			return err;
		}
	}
	return ERR_OK;
}

/* SQLite alone: the same rows into the same table with the same indexes and settings. */
static double
raw_rows(struct cx *cx, struct str from, struct str to)
{
	double began;
	sqlite3_stmt *read, *add;
	sqlite3 *a, *b;
	int64_t n = 0;

	sqlite3_open(from.p, &a);
	sqlite3_open(to.p, &b);
	sqlite3_exec(b,
	    "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA cache_size=-32768;"
	    "CREATE TABLE event (log TEXT NOT NULL, seq INTEGER NOT NULL, recorded "
	    "INTEGER NOT NULL,"
	    "done INTEGER NOT NULL, kind TEXT NOT NULL, subject TEXT NOT NULL,"
	    "subject_seq INTEGER NOT NULL, actor TEXT NOT NULL, behalf TEXT NOT NULL,"
	    "definition TEXT NOT NULL, key TEXT NOT NULL, body BLOB NOT NULL, digest "
	    "BLOB NOT NULL,"
	    "PRIMARY KEY (log, seq)) STRICT;"
	    "CREATE UNIQUE INDEX s ON event (log, subject, subject_seq);"
	    "CREATE UNIQUE INDEX k ON event (log, actor, key) WHERE key <> ''",
	    NULL, NULL, NULL);
	sqlite3_prepare_v2(a, "SELECT * FROM event ORDER BY seq", -1, &read, NULL);
	sqlite3_prepare_v2(
	    b, "INSERT INTO event VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?)", -1, &add, NULL);
	(void)cx;
	began = seconds();
	for (; sqlite3_step(read) == SQLITE_ROW; n++) {
		if (n % GROUP == 0)
			sqlite3_exec(b, n ? "COMMIT; BEGIN IMMEDIATE" : "BEGIN IMMEDIATE",
			    NULL, NULL, NULL);
		for (int i = 0; i < 13; i++)
			sqlite3_bind_value(add, i + 1, sqlite3_column_value(read, i));
		if (sqlite3_step(add) != SQLITE_DONE)
			printf("%s\n", sqlite3_errmsg(b));
		sqlite3_reset(add);
	}
	sqlite3_exec(b, "COMMIT", NULL, NULL, NULL);
	began = seconds() - began;
	sqlite3_finalize(read);
	sqlite3_finalize(add);
	sqlite3_close(a);
	sqlite3_close(b);
	return began;
}

/* One thread, bytes in memory: a header, a body and a node for each event. */
static double
bare_digest(struct cx *cx, int64_t events)
{
	const double began = seconds();
	char *bytes = arena_alloc(cx->arena, 1024);
	HASHER h = { 0 };

	hasher_open(&h, DIGEST_SM3);
	for (int64_t i = 0; i < events; i++) {
		hasher_put(&h, (struct str){ bytes, 460 });
		hasher_end(&h);
		hasher_put(&h, (struct str){ bytes, BODY + 11 });
		hasher_end(&h);
		hasher_put(&h, (struct str){ bytes, 65 });
		hasher_end(&h);
	}
	return seconds() - began;
}

static enum err
measure(struct cx *cx, struct str folder, int64_t events)
{
	const struct str path = str_fmt(cx->arena, "%.*s/record.db", STR_ARG(folder));
	const struct str raw = str_fmt(cx->arena, "%.*s/raw.db", STR_ARG(folder));
	const struct str url = str_fmt(cx->arena, "sqlite:%s", path.p);
	const struct str log = S("bench/demo");
	double appended, rows, digest, verified;
	struct verify_report report;
	struct db *db;

	TRY(db_open(cx, url, DB_WRITE, &db));
	appended = seconds();
	TRY(append_all(cx, db, log, events));
	appended = seconds() - appended;
	db_close(db);
	rows = raw_rows(cx, path, raw);
	printf("append   %8.0f events/s, raw rows %8.0f/s, ratio %.2f\n",
	    (double)events / appended, (double)events / rows, rows / appended);
	digest = bare_digest(cx, events);
	for (int threads = 1; threads <= 2; threads++) {
		const struct verify_options options = { .threads = threads };

		verified = seconds();
		TRY(record_verify(cx, url, log, &options, &report));
		verified = seconds() - verified;
		printf("verify   %8.0f events/s with %d threads (%.2f s), bare digest "
		       "%8.0f/s, "
		       "ratio %.2f, damage %lld\n",
		    (double)events / verified, threads, verified, (double)events / digest,
		    digest / verified, (long long)report.found);
	}
	return ERR_OK;
}

int
main(int argc, char **argv)
{
	struct arena arena AUTO(arena_free) = { 0 };
	const struct entropy entropy = { kernel_fill, NULL };
	struct cx cx = { .arena = &arena, .entropy = &entropy, .now_ms = 1789000000000 };
	int64_t events = 1000000;

	if (argc < 2 || (argc > 2 && !str_int(str_z(argv[2]), &events)) || events < 1) {
		fprintf(stderr, "usage: bench-record FOLDER [EVENTS]\n");
		return 2;
	}
	if (measure(&cx, str_z(argv[1]), events) == ERR_OK)
		return 0;
	fprintf(stderr, "%.*s\n", STR_ARG(cx.why));
	return 1;
}
