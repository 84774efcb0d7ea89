/*
 * The door against bare SQLite: acts on the tasks of an adopted plan, in groups; then the
 * rows they left, written again in groups of the same size into a copy of the same store.
 * Bare SQLite decides nothing, hashes nothing and keeps no clocks: the ratio is the price
 * of all that.
 *
 *     bench-door STORE.db COPY.db [ACTS]     both hold the same adopted plan
 */
#include <sqlite3.h>

#include <stdio.h>

#include "acts.h"
#include "base/buf.h"
#include "measure.h"

enum { GROUP = 64, COLUMNS_MAX = 64 };

struct bench {
	struct cx *cx;
	struct door *door;
	struct act *acts;
	size_t n;
};

static enum err
acts_do(struct bench *b)
{
	for (size_t i = 0; i < b->n; i += GROUP) {
		struct arena scratch AUTO(arena_free) = { 0 };
		struct cx cx = *b->cx;
		const size_t n = b->n - i < GROUP ? b->n - i : GROUP;
		struct door_result results[GROUP];

		cx.arena = &scratch;
		door_do(&cx, b->door, b->acts + i, n, results);
		for (size_t k = 0; k < n; k++)
			if (results[k].err != ERR_OK)
				return fail(b->cx, ERR_STORE, "act %zu: %.*s", i + k,
				    STR_ARG(results[k].refusals.n
						? results[k].refusals.v[0].message
						: results[k].why));
	}
	return ERR_OK;
}

/* "INSERT OR REPLACE INTO table VALUES (?,?,…)" for what `read` selects. */
static sqlite3_stmt *
writer(struct cx *cx, sqlite3 *to, const char *table, sqlite3_stmt *read)
{
	struct buf b = { .arena = cx->arena };
	sqlite3_stmt *add = NULL;

	buf_fmt(&b, "INSERT OR REPLACE INTO %s VALUES (?", table);
	for (int i = 1; i < sqlite3_column_count(read); i++)
		buf_put_z(&b, ",?");
	buf_put_z(&b, ")");
	sqlite3_prepare_v2(to, buf_str(&b).p, (int)buf_str(&b).n, &add, NULL);
	if (!add)
		fprintf(stderr, "%s: %s\n", table, sqlite3_errmsg(to));
	return add;
}

struct rows {
	sqlite3_stmt *read, *add;
};

static struct rows
rows_of(struct cx *cx, sqlite3 *from, sqlite3 *to, const char *table, const char *where)
{
	struct rows r = { 0 };

	sqlite3_prepare_v2(from,
	    str_fmt(cx->arena, "SELECT * FROM %s WHERE log = '990101/demo' AND %s", table,
		where)
		.p,
	    -1, &r.read, NULL);
	r.add = writer(cx, to, table, r.read);
	return r;
}

static void
row_write(struct rows *r)
{
	for (int i = 0; i < sqlite3_column_count(r->read); i++)
		sqlite3_bind_value(r->add, i + 1, sqlite3_column_value(r->read, i));
	if (sqlite3_step(r->add) != SQLITE_DONE)
		fprintf(stderr, "%s\n", sqlite3_errmsg(sqlite3_db_handle(r->add)));
	sqlite3_reset(r->add);
}

/* Each new event, the state of its matter, and the matter's place in the list of
 * subjects: what an act must at least leave behind. */
static double
raw(struct cx *cx, const char *from_path, const char *to_path, int64_t after)
{
	sqlite3 *from, *to;
	struct rows events, state, subject;
	int64_t n = 0;
	double began;

	sqlite3_open(from_path, &from);
	sqlite3_open(to_path, &to);
	sqlite3_exec(to,
	    "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA "
	    "cache_size=-32768",
	    NULL, NULL, NULL);
	events = rows_of(cx, from, to, "event", "seq > ?1 ORDER BY seq");
	state = rows_of(cx, from, to, "m_task", "subject = ?1");
	subject = rows_of(cx, from, to, "p_subject", "subject = ?1");
	sqlite3_bind_int64(events.read, 1, after);
	began = seconds();
	for (; sqlite3_step(events.read) == SQLITE_ROW; n++) {
		struct rows *const more[] = { &state, &subject };

		if (n % GROUP == 0)
			sqlite3_exec(to,
			    n ? "COMMIT; BEGIN IMMEDIATE" : "BEGIN IMMEDIATE", NULL, NULL,
			    NULL);
		row_write(&events);
		for (size_t i = 0; i < 2; i++) {
			/* The sixth column of an event is its subject (sql/record.sql).
			 */
			sqlite3_bind_value(
			    more[i]->read, 1, sqlite3_column_value(events.read, 5));
			if (sqlite3_step(more[i]->read) == SQLITE_ROW)
				row_write(more[i]);
			sqlite3_reset(more[i]->read);
		}
	}
	sqlite3_exec(to, "COMMIT", NULL, NULL, NULL);
	began = seconds() - began;
	for (size_t i = 0; i < 3; i++) {
		struct rows *const all[] = { &events, &state, &subject };

		sqlite3_finalize(all[i]->read);
		sqlite3_finalize(all[i]->add);
	}
	sqlite3_close(from);
	sqlite3_close(to);
	return began;
}

static enum err
measure(struct bench *b, const char *store, const char *copy, size_t n)
{
	const struct str log = S("990101/demo");
	const struct str url = str_fmt(b->cx->arena, "sqlite:%s", store);
	const struct door_config config = {
		.url = url, .log = log, .entropy = b->cx->entropy
	};
	struct record_head head;
	double acted, written;
	struct db *db;

	TRY(db_open(b->cx, url, DB_READ, &db));
	TRY(record_head(b->cx, db, log, &head));
	b->cx->now_ms = head.recorded + 60000;
	TRY(door_open(b->cx, &config, &b->door));
	b->n = n;
	TRY(acts_make(b->cx,
	    &(struct reader){ .db = db, .tables = door_tables(b->door), .log = log }, n,
	    0, &b->acts));
	acted = seconds();
	TRY(acts_do(b));
	acted = seconds() - acted;
	door_close(b->door);
	db_close(db);
	written = raw(b->cx, store, copy, head.seq);
	printf("door %.3f raw %.3f ratio %.1f acts %zu group %d\n", acted, written,
	    acted / written, b->n, GROUP);
	return ERR_OK;
}

int
main(int argc, char **argv)
{
	struct arena arena AUTO(arena_free) = { 0 };
	const struct entropy entropy = { kernel_fill, NULL };
	struct cx cx = { .arena = &arena, .entropy = &entropy };
	struct bench b = { .cx = &cx };
	int64_t n = 1024;

	if (argc < 3 || (argc > 3 && !str_int(str_z(argv[3]), &n)) || n < 1) {
		fprintf(stderr, "usage: bench-door STORE.db COPY.db [ACTS]\n");
		return 2;
	}
	if (measure(&b, argv[1], argv[2], (size_t)n) == ERR_OK)
		return 0;
	fprintf(stderr, "%.*s\n", STR_ARG(cx.why));
	return 1;
}
