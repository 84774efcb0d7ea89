/*
 * For crash tests: `writer write URL LOG` appends in groups until it is killed and prints
 * each number with its key once its group is committed; `writer check URL LOG < PRINTED`
 * says whether everything printed is in the record, word for word; `writer spoil URL LOG`
 * changes one column of event 7, as somebody with the database in hand would.
 */
#include <stdio.h>
#include <string.h>
#include <sys/random.h>
#include <time.h>
#include <unistd.h>

#include "record/record.h"
#include "sample.h"

static bool
kernel_fill(void *self, void *out, size_t n)
{
	(void)self;
	return getrandom(out, n, 0) == (ssize_t)n;
}

static void
acknowledge(int64_t seq, struct str key)
{
	char line[96];
	const int n = snprintf(
	    line, sizeof line, "%lld %.*s\n", (long long)seq, STR_ARG(key));

	/* One write: a kill must not leave half a line that looks like another number. */
	if (write(STDOUT_FILENO, line, (size_t)n) != n)
		_exit(1);
}

static enum err
write_group(struct cx *cx, struct db *db, struct str log, int n)
{
	struct record_head head;
	struct event *events[8];
	DB_TX tx = { 0 };

	TRY(db_begin(cx, db, &tx));
	TRY(record_lock(cx, db, log, &head));
	for (int i = 0; i < n; i++) {
		events[i] = sample_event(cx, head.seq + 1);
		record_append(cx, &head, &events[i], 1);
	}
	TRY(record_flush(cx, db, &head));
	TRY(db_commit(cx, &tx));
	for (int i = 0; i < n; i++)
		acknowledge(events[i]->seq, events[i]->key);
	return ERR_OK;
}

static enum err
write_until_killed(struct cx *cx, struct db *db, struct str log)
{
	struct record_head head;

	if (record_head(cx, db, log, &head) == ERR_NOT_FOUND)
		TRY(sample_create(cx, db, log, true));
	for (int turn = 0;; turn++) {
		struct arena arena AUTO(arena_free) = { 0 };
		struct timespec now;
		struct cx own = { .arena = &arena, .entropy = cx->entropy };
		enum err err;

		clock_gettime(CLOCK_REALTIME, &now);
		own.now_ms = (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
		err = write_group(&own, db, log, 1 + turn % 8);
		if (err != ERR_OK) {
			cx->why = str_copy(cx->arena, own.why);
			return err;
		}
	}
}

static enum err
check(struct cx *cx, struct db *db, struct str log)
{
	char line[96];

	while (fgets(line, sizeof line, stdin)) {
		struct arena arena AUTO(arena_free) = { 0 };
		struct cx own = { .arena = &arena };
		struct str rest = str_trim(str_z(line)), number;
		struct event e;
		int64_t seq;

		if (!str_split(&rest, S(" "), &number) || !str_int(number, &seq))
			return fail(cx, ERR_INPUT, "not a line of mine: %s", line);
		if (record_get(&own, db, log, seq, &e) != ERR_OK || !str_eq(e.key, rest))
			return fail(cx, ERR_NOT_FOUND, "acknowledged and lost: %s", line);
	}
	return ERR_OK;
}

static enum err
spoil(struct cx *cx, struct db *db)
{
	return db_exec(cx, db,
	    S("DROP TRIGGER event_fixed; UPDATE event SET done = done - 1 WHERE seq = "
	      "7"));
}

int
main(int argc, char **argv)
{
	struct arena arena AUTO(arena_free) = { 0 };
	const struct entropy entropy = { kernel_fill, NULL };
	struct cx cx = { .arena = &arena, .entropy = &entropy, .now_ms = 1789000000000 };
	const bool writes = argc == 4 && strcmp(argv[1], "write") == 0;
	const bool spoils = argc == 4 && strcmp(argv[1], "spoil") == 0;
	struct db *db = NULL;
	enum err err;

	if (argc != 4)
		return 2;
	err = db_open(&cx, str_z(argv[2]), writes || spoils ? DB_WRITE : DB_READ, &db);
	if (err == ERR_OK)
		err = writes   ? write_until_killed(&cx, db, str_z(argv[3]))
		      : spoils ? spoil(&cx, db)
			       : check(&cx, db, str_z(argv[3]));
	db_close(db);
	if (err != ERR_OK)
		fprintf(stderr, "%.*s\n", STR_ARG(cx.why));
	return err == ERR_OK ? 0 : 1;
}
