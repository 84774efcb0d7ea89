/*
 * For crash tests: `writer write URL LOG` acts through the door in groups until it is
 * killed (the first time it makes the log) and prints each act's number and key once it
 * is acknowledged; `writer check URL LOG < PRINTED`
 * says whether everything printed is in the record, word for word; `writer tick URL LOG`
 * writes what has lapsed forty days later; `writer laws FOLDER WORD` lays the definitions
 * there, with that word in one of them; `writer spoil URL LOG` changes one column of
 * event 7, as somebody with the database in hand would.
 */
#include <stdio.h>
#include <string.h>
#include <sys/random.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "base/encode.h"
#include "base/file.h"
#include "county_log.h"
#include "lang/canon.h"

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

static struct str
random_key(struct cx *cx)
{
	char bytes[8], hex[2 * sizeof bytes];

	cx_random(cx, bytes, sizeof bytes);
	hex_put(hex, bytes, sizeof bytes);
	return str_copy(cx->arena, (struct str){ hex, sizeof hex });
}

/* A file of its own content, cited by the act. */
static void
bring_scan(struct cx *cx, const struct county *c, struct act *act)
{
	struct value list = value_list(), file = value_map();
	const struct str bytes = str_fmt(cx->arena, "%%PDF-1.4 %.*s", STR_ARG(act->key));
	struct str digest;

	/* While a server is restarted the acts fail as well; they say so. */
	if (door_keep_bytes(cx, c->door, bytes, &digest) != ERR_OK)
		return;
	value_set_text(cx->arena, &file, "digest", digest);
	value_set_text(cx->arena, &file, "name", S("a.pdf"));
	value_set_int(cx->arena, &file, "size", (int64_t)bytes.n);
	value_add(cx->arena, &list, file);
	value_set(cx->arena, &act->form, S("scan"), list);
}

enum { GROUP = 8, TRIES = 500, TRY_NS = 20000000 };

static struct act
act_on(struct cx *cx, const struct county *c, struct str subject, struct str action)
{
	return (struct act){ .actor = c->person,
		.subject = subject,
		.action = action,
		.form = value_map(),
		.done = cx_today(cx),
		.key = random_key(cx) };
}

/* Begins n notes, some with a personal part, and has the one that `open` names checked
 * and answered: a child, a document, a number of a series, the end of a term. Only what
 * succeeded is printed. */
static bool
write_group(struct cx *cx, const struct county *c, size_t n, struct str *open)
{
	struct door_result results[GROUP + 2];
	struct act acts[GROUP + 2];

	for (size_t i = 0; i < n; i++) {
		acts[i] = county_note(cx, c, random_key(cx), random_key(cx));
		if (i % 3 == 0)
			value_set_text(cx->arena, &acts[i].form, "phone", random_key(cx));
		if (i % 4 == 1)
			bring_scan(cx, c, &acts[i]);
	}
	if (open->n) {
		acts[n++] = act_on(cx, c, *open, S("ask"));
		acts[n++] = act_on(cx, c, *open, S("reply"));
	}
	door_do(cx, c->door, acts, n, results);
	*open = S("");
	for (size_t i = 0; i < n; i++) {
		if (results[i].err == ERR_OK)
			acknowledge(results[i].act.seq, acts[i].key);
		else
			cx->why = results[i].why;
	}
	if (results[0].err == ERR_OK)
		*open = results[0].act.subject;
	return results[0].err == ERR_OK;
}

/* A server that is being restarted makes acts fail for a while; then the door must have
 * found its way back. */
static enum err
write_until_killed(struct cx *cx, const struct county *c)
{
	struct arena kept = { 0 };
	struct str open = S("");
	int failed = 0;

	for (size_t turn = 0; failed < TRIES; turn++) {
		struct arena arena AUTO(arena_free) = { 0 };
		struct cx own = { .arena = &arena,
			.entropy = cx->entropy,
			.now_ms = cx->now_ms + (int64_t)turn };

		if (write_group(&own, c, 1 + turn % GROUP, &open)) {
			failed = 0;
			arena_free(&kept);
			open = str_copy(&kept, open);
			continue;
		}
		failed++;
		cx->why = str_copy(cx->arena, own.why);
		nanosleep(&(struct timespec){ .tv_nsec = TRY_NS }, NULL);
	}
	return ERR_STORE;
}

/* As a server that stood still for forty days: what ran out meanwhile is written. */
static enum err
tick_log(struct cx *cx, struct str url, struct str log)
{
	const struct door_config config = {
		.url = url, .log = log, .entropy = cx->entropy
	};
	struct door *door = NULL;
	size_t lapsed = 0;
	enum err err;

	cx->now_ms += (int64_t)40 * 24 * 3600 * 1000;
	err = door_open(cx, &config, &door);
	if (err == ERR_OK)
		err = door_confirm_time(cx, door, S("system"), S(""));
	if (err == ERR_OK)
		err = door_tick(cx, door, &lapsed);
	door_close(door);
	if (err == ERR_OK)
		printf("%zu\n", lapsed);
	return err;
}

static enum err
laws_lay(struct cx *cx, struct str folder, struct str word)
{
	struct source_list sources = { 0 };

	TRY(county_laws(cx, &sources));
	for (size_t i = 0; i < sources.n; i++) {
		const struct str path = str_fmt(
		    cx->arena, "%.*s/%.*s", STR_ARG(folder), STR_ARG(sources.v[i].path));

		for (size_t at = folder.n + 1; at < path.n; at++)
			if (path.p[at] == '/')
				(void)mkdir(
				    str_cz(cx->arena, str_sub(path, 0, at)), 0700);
		TRY(file_write(cx, path,
		    str_replace(cx->arena, sources.v[i].text, S("附言"), word)));
	}
	return ERR_OK;
}

static enum err
write_log(struct cx *cx, struct str url, struct str log)
{
	const struct door_config config = {
		.url = url, .log = log, .entropy = cx->entropy
	};
	struct county c = { 0 };
	enum err err = county_again(cx, &config, &c);

	if (err == ERR_NOT_FOUND)
		err = county_make(cx, &config, &c);
	if (err == ERR_OK)
		err = write_until_killed(cx, &c);
	door_close(c.door);
	return err;
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

static enum err
look(struct cx *cx, struct str url, struct str log, bool spoils)
{
	struct db *db = NULL;
	enum err err;

	TRY(db_open(cx, url, spoils ? DB_WRITE : DB_READ, &db));
	err = spoils ? spoil(cx, db) : check(cx, db, log);
	db_close(db);
	return err;
}

static int64_t
real_ms(void)
{
	struct timespec t;

	clock_gettime(CLOCK_REALTIME, &t);
	return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

int
main(int argc, char **argv)
{
	struct arena arena AUTO(arena_free) = { 0 };
	const struct entropy entropy = { kernel_fill, NULL };
	struct cx cx = { .arena = &arena, .entropy = &entropy, .now_ms = real_ms() };
	enum err err;

	if (argc != 4)
		return 2;
	if (strcmp(argv[1], "write") == 0)
		err = write_log(&cx, str_z(argv[2]), str_z(argv[3]));
	else if (strcmp(argv[1], "tick") == 0)
		err = tick_log(&cx, str_z(argv[2]), str_z(argv[3]));
	else if (strcmp(argv[1], "laws") == 0)
		err = laws_lay(&cx, str_z(argv[2]), str_z(argv[3]));
	else
		err = look(
		    &cx, str_z(argv[2]), str_z(argv[3]), strcmp(argv[1], "spoil") == 0);
	if (err != ERR_OK)
		fprintf(stderr, "%.*s\n", STR_ARG(cx.why));
	return err == ERR_OK ? 0 : 1;
}
