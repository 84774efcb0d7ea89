/* Stored files, on both engines. */
#include "test.h"

#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "store.h"
#include "store/bytes.h"

static struct str
big(struct cx *cx, size_t n)
{
	char *p = arena_alloc(cx->arena, n);

	for (size_t i = 0; i < n; i++)
		p[i] = (char)(i * 31 + i / 251);
	return (struct str){ p, n };
}

static enum err
put(struct cx *cx, struct db *db, struct str log, struct str bytes, struct str *digest)
{
	BYTES_DRAFT d = { 0 };
	DB_TX tx = { 0 };

	TRY(bytes_begin(cx, db, &d));
	for (size_t at = 0; at < bytes.n; at += 100001)
		TRY(bytes_add(cx, &d, str_sub(bytes, at, at + 100001)));
	TRY(db_begin(cx, db, &tx));
	TRY(bytes_keep(cx, db, log, &d, digest));
	return db_commit(cx, &tx);
}

static void
kept(struct cx *cx, struct db *db, struct str bytes)
{
	const struct str log = S("990101/demo");
	struct str digest, again, part;
	int64_t length;

	CHECK_OK(put(cx, db, log, bytes, &digest));
	CHECK(digest.n == 64);
	CHECK_OK(put(cx, db, log, bytes, &again));
	CHECK_STR(again, digest);
	CHECK_OK(bytes_have(cx, db, log, digest, &length));
	CHECK(length == (int64_t)bytes.n);
	CHECK_OK(bytes_read(cx, db, log, digest, 0, bytes.n + 5, &part));
	CHECK_STR(part, bytes);
	CHECK_OK(bytes_read(cx, db, log, digest, 262000, 500, &part));
	CHECK_STR(part, str_sub(bytes, 262000, 262500));
	CHECK_OK(bytes_read(cx, db, log, digest, (int64_t)bytes.n, 10, &part));
	CHECK(part.n == 0);
	CHECK_OK(bytes_check(cx, db, log, digest));
	CHECK(bytes_have(cx, db, S("990101/other"), digest, &length) == ERR_NOT_FOUND);
	CHECK_OK(bytes_forget(cx, db, log, digest));
	CHECK(bytes_have(cx, db, log, digest, &length) == ERR_NOT_FOUND);
	CHECK(bytes_read(cx, db, log, digest, 0, 1, &part) == ERR_NOT_FOUND);
	CHECK_OK(put(cx, db, log, bytes, &again));
	CHECK_OK(bytes_check(cx, db, log, digest));
}

TEST(bytes_put_read_forget)
{
	FOR_EACH_ENGINE(engine)
	{
		TEST_STORE store = { 0 };
		struct db *db = NULL;
		struct str empty;

		if (!test_store_make(cx, engine, &store))
			continue;
		CHECK_OK(db_open(cx, store.url, DB_WRITE, &db));
		kept(cx, db, big(cx, 700000));
		CHECK_OK(put(cx, db, S("990101/demo"), S(""), &empty));
		CHECK_OK(bytes_check(cx, db, S("990101/demo"), empty));
		db_close(db);
	}
}

/* What an act refused to keep leaves no trace, and what somebody changed is seen. */
TEST(bytes_discarded_or_changed)
{
	const struct str log = S("990101/demo");
	TEST_STORE store = { 0 };
	struct db *db = NULL;
	struct str digest, path;
	char *draft;
	int fd;

	CHECK(test_store_make(cx, 0, &store));
	CHECK_OK(db_open(cx, store.url, DB_WRITE, &db));
	{
		BYTES_DRAFT d = { 0 };

		CHECK_OK(bytes_begin(cx, db, &d));
		CHECK_OK(bytes_add(cx, &d, S("left")));
		draft = d.path;
		CHECK(access(draft, F_OK) == 0);
	}
	CHECK(access(draft, F_OK) != 0);
	CHECK_OK(put(cx, db, log, S("evidence"), &digest));
	path = str_fmt(cx->arena, "%.*s/t.db.files/990101+demo/%.2s/%.*s",
	    STR_ARG(store.folder), digest.p, STR_ARG(digest));
	fd = open(path.p, O_WRONLY | O_CLOEXEC);
	CHECK(fd >= 0 && write(fd, "E", 1) == 1);
	close(fd);
	CHECK(bytes_check(cx, db, log, digest) == ERR_INPUT);
	db_close(db);
}

TEST(bytes_sweep_takes_only_old_drafts)
{
	const struct timespec old[2] = { { .tv_sec = 1000 }, { .tv_sec = 1000 } };
	TEST_STORE store = { 0 };
	struct bytes_draft killed = { 0 }, going = { 0 };
	struct str digest;
	struct db *db = NULL;
	size_t n;

	CHECK(test_store_make(cx, 0, &store));
	CHECK_OK(db_open(cx, store.url, DB_WRITE, &db));
	CHECK_OK(bytes_sweep(cx, db, &n)); /* no folder yet */
	CHECK_OK(put(cx, db, S("990101/demo"), S("kept"), &digest));
	CHECK_OK(bytes_begin(cx, db, &killed));
	CHECK_OK(bytes_begin(cx, db, &going));
	CHECK(utimensat(AT_FDCWD, killed.path, old, 0) == 0);
	CHECK(futimens(going.fd, (struct timespec[2]){ { .tv_sec = cx->now_ms / 1000 },
				     { .tv_sec = cx->now_ms / 1000 } }) == 0);
	CHECK_OK(bytes_sweep(cx, db, &n));
	CHECK(n == 1);
	CHECK(access(killed.path, F_OK) != 0 && access(going.path, F_OK) == 0);
	CHECK_OK(bytes_check(cx, db, S("990101/demo"), digest));
	bytes_discard(&killed);
	bytes_discard(&going);
	db_close(db);
}

static bool
always_seven(void *self, void *out, size_t n)
{
	(void)self;
	memset(out, 7, n);
	return true;
}

/* Two processes may draw the same name, in a folder that they share. */
TEST(bytes_drafts_share_no_name)
{
	FOR_EACH_ENGINE(engine)
	{
		struct entropy seven = { always_seven, NULL };
		struct cx own = *cx;
		TEST_STORE store = { 0 };
		BYTES_DRAFT a = { 0 };
		BYTES_DRAFT b = { 0 };
		struct db *db;

		if (!test_store_make(cx, engine, &store))
			continue;
		own.entropy = &seven;
		CHECK_OK(db_open(cx, store.url, DB_WRITE, &db));
		CHECK_OK(bytes_begin(&own, db, &a));
		CHECK_OK(bytes_begin(&own, db, &b));
		CHECK(!str_eq(str_z(a.path), str_z(b.path)));
		db_close(db);
	}
}
