/*
 * Searching at size: real queries over what a store holds, ranked pages as the site gives
 * them, beside the engine's bare match of the same words, unranked, first ten.
 *
 *     bench-search URL
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "measure.h"
#include "read/search.h"
#include "read/search_band.h"
#include "read/search_index.h"
#include "register/table.h"

enum { ROUNDS = 3, SAMPLES = 200, TIMES_MAX = 20000 };

struct times {
	double v[TIMES_MAX];
	size_t n;
};

/* Time on the processor, of this thread and of PostgreSQL's process for it, so that what
 * else the machine does is not measured; where that cannot be read, on the wall. */
static char backend[64]; /* the file that tells it; empty: SQLite works in this thread */
static double
spent(void)
{
	struct timespec t;
	double of_backend = 0, nanoseconds;
	FILE *f = backend[0] ? fopen(backend, "r") : NULL;

	if (f && fscanf(f, "%lf", &nanoseconds) == 1)
		of_backend = nanoseconds / 1e9;
	if (f)
		fclose(f);
	if (backend[0] && of_backend <= 0)
		return seconds();
	clock_gettime(CLOCK_THREAD_CPUTIME_ID, &t);
	return of_backend + (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static enum err
backend_find(struct cx *cx, struct db *db)
{
	DB_ROWS rows = { 0 };
	int stmt;

	if (!db_is_postgres(db))
		return ERR_OK;
	TRY(db_prepare(cx, db, S("SELECT CAST(pg_backend_pid() AS BIGINT)"), &stmt));
	TRY(db_ask0(cx, db, &rows, stmt));
	if (db_next(&rows))
		snprintf(backend, sizeof backend, "/proc/%lld/schedstat",
		    (long long)db_int(&rows, 0));
	return db_end(cx, &rows);
}

static struct times page, all_pages, bare, all_bare;
static unsigned long state = 20260922; /* the same queries in every run */

static size_t
chance(size_t below)
{
	state = state * 6364136223846793005u + 1442695040888963407u;
	return (size_t)(state >> 33) % below;
}

static int
by_time(const void *a, const void *b)
{
	const double x = *(const double *)a, y = *(const double *)b;

	return x < y ? -1 : x > y;
}

static double
quantile(struct times *t, size_t hundredths)
{
	qsort(t->v, t->n, sizeof *t->v, by_time);
	return t->n ? t->v[(t->n - 1) * hundredths / 100] * 1000 : 0;
}

static void
time_add(struct times *t, double seconds)
{
	if (t->n < TIMES_MAX)
		t->v[t->n++] = seconds;
}

/* Only the match: what FTS5 or GIN takes for the same tokens, ten ids. */
static enum err
bare_match(struct cx *cx, struct db *db, const struct search_query *q)
{
	static const struct search_group collections = { SEARCH_COLLECTIONS, INT64_MAX,
		true };
	const bool pg = db_is_postgres(db);
	struct buf b = { .arena = cx->arena };
	DB_ROWS rows = { 0 };
	double began;

	for (size_t i = 0; i < q->n; i++) {
		struct buf tokens = { .arena = cx->arena };
		struct str rest, token;

		cut_word(&tokens, &q->v[i].cut);
		for (rest = buf_str(&tokens); str_split(&rest, S(" "), &token);)
			if (token.n)
				buf_fmt(&b, pg ? "%s'%.*s'" : "%s\"%.*s\"",
				    b.n == 0 ? ""
				    : pg     ? " & "
					     : " AND ",
				    STR_ARG(token));
	}
	began = spent();
	TRY(db_ask(cx, db, &rows, Q_SEARCH_FIND, D_TEXT(buf_str(&b)),
	    D_INT(SEARCH_COLLECTIONS), D_INT(INT64_MAX), D_INT(10),
	    D_TEXT(search_group_place(cx->arena, &collections))));
	while (db_next(&rows))
		;
	time_add(&bare, spent() - began);
	time_add(&all_bare, bare.v[bare.n - 1]);
	return db_end(cx, &rows);
}

static enum err
one(struct db *db, struct str text, const struct search_ask *like)
{
	struct arena arena AUTO(arena_free) = { 0 };
	struct cx cx = { .arena = &arena };
	struct search_ask ask = *like;
	struct search_answer answer;
	double began = spent();
	enum err err;

	ask.query = search_query_parse(&arena, text);
	err = search_find(&cx, db, &ask, &answer);
	time_add(&page, spent() - began);
	time_add(&all_pages, page.v[page.n - 1]);
	if (err == ERR_OK)
		err = bare_match(&cx, db, &ask.query);
	if (err != ERR_OK)
		fprintf(stderr, "%.*s\n", STR_ARG(cx.why));
	return err;
}

static void
report(const char *what)
{
	printf("%s p50 %.2f p99 %.2f ms bare p50 %.2f p99 %.2f ms n %zu\n", what,
	    quantile(&page, 50), quantile(&page, 99), quantile(&bare, 50),
	    quantile(&bare, 99), page.n);
	page.n = bare.n = 0;
}

/* `chars` characters that stand together in a text of the store. */
static struct str
piece(struct cx *cx, const struct str *bodies, size_t n, size_t chars)
{
	for (;;) {
		const struct cut t = cut_text(cx->arena, bodies[chance(n)]);
		const size_t from = chance(t.n ? t.n : 1);
		struct buf b = { .arena = cx->arena };
		size_t k = 0;

		for (; k < chars && from + k < t.n && cut_is_han(t.c[from + k]); k++)
			buf_put_char(&b, t.c[from + k]);
		if (k == chars)
			return buf_str(&b);
	}
}

static enum err
bodies_read(struct cx *cx, struct db *db, struct str *out, size_t n)
{
	struct search_hit u;
	int64_t last, at = SEARCH_COLLECTIONS;

	TRY(search_next_id(cx, db, &last));
	for (size_t i = 0; i < n; i++) {
		const int64_t id = at +
				   (int64_t)(chance((size_t)((last - at) >> 8)) << 8);
		DB_ROWS rows = { 0 };

		TRY(db_ask(cx, db, &rows, Q_SEARCH_UNIT_RANGE, D_INT(id),
		    D_INT(INT64_MAX), D_INT(1)));
		if (!db_next(&rows))
			return fail(cx, ERR_INPUT, "nothing was imported");
		search_row(cx, &rows, &u, NULL);
		out[i] = u.body;
		TRY(db_end(cx, &rows));
	}
	return ERR_OK;
}

static enum err
kinds(struct cx *cx, struct db *db)
{
	static const char *const frequent[] = { "\xE7\x9A\x84",
		"\xE5\xBA\x94\xE5\xBD\x93", "\xE7\xAE\xA1\xE7\x90\x86",
		"\xE8\xA7\x84\xE5\xAE\x9A",
		"\xE4\xBA\xBA\xE6\xB0\x91\xE6\x94\xBF\xE5\xBA\x9C",
		"\xE8\xA1\x8C\xE6\x94\xBF\xE5\xA4\x84\xE7\xBD\x9A",
		"\xE8\xA1\x8C\xE6\x94\xBF\xE5\xA4\x84\xE7\xBD\x9A\xE6\xB3\x95" };
	const struct search_ask plain = { .from_day = ABSENT_INT, .to_day = ABSENT_INT };
	struct search_ask filtered = plain;
	struct str bodies[SAMPLES];
	const struct {
		const char *what;
		size_t chars, second;
	} sets[] = { { "one", 1, 0 }, { "two", 2, 0 }, { "four", 4, 0 }, { "six", 6, 0 },
		{ "two+two", 2, 2 }, { "ten", 10, 0 } };

	filtered.from_day = 14610; /* 2010-01-01 */
	filtered.to_day = 18261;
	filtered.kind = S("statute");
	TRY(bodies_read(cx, db, bodies, SAMPLES));
	for (size_t s = 0; s < sizeof sets / sizeof *sets; s++) {
		for (int i = 0; i < SAMPLES; i++) {
			struct str q = piece(cx, bodies, SAMPLES, sets[s].chars);

			if (sets[s].second)
				q = str_fmt(cx->arena, "%.*s %.*s", STR_ARG(q),
				    STR_ARG(piece(cx, bodies, SAMPLES, sets[s].second)));
			TRY(one(db, q, &plain));
		}
		report(sets[s].what);
	}
	for (int i = 0; i < SAMPLES; i++)
		TRY(one(db, piece(cx, bodies, SAMPLES, 2), &filtered));
	report("two, filtered");
	for (int r = 0; r < ROUNDS; r++)
		for (size_t i = 0; i < sizeof frequent / sizeof *frequent; i++)
			TRY(one(db, str_z(frequent[i]), &plain));
	report("frequent");
	return ERR_OK;
}

int
main(int argc, char **argv)
{
	struct arena arena AUTO(arena_free) = { 0 };
	struct cx cx = { .arena = &arena };
	struct db *db = NULL;
	enum err err;

	if (argc != 2) {
		fprintf(stderr, "usage: bench-search URL\n");
		return 2;
	}
	err = db_open(&cx, str_z(argv[1]), DB_READ, &db);
	if (err == ERR_OK)
		err = backend_find(&cx, db);
	if (err == ERR_OK)
		err = kinds(&cx, db);
	db_close(db);
	if (err != ERR_OK) {
		fprintf(stderr, "%.*s\n", STR_ARG(cx.why));
		return 1;
	}
	printf("all p50 %.2f p99 %.2f ms bare p50 %.2f p99 %.2f ms ratio %.2f\n",
	    quantile(&all_pages, 50), quantile(&all_pages, 99), quantile(&all_bare, 50),
	    quantile(&all_bare, 99), quantile(&all_pages, 50) / quantile(&all_bare, 50));
	return 0;
}
