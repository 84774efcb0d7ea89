/* Uploads that no act cites go, and nothing else does: neither what an event cites nor
 * what somebody brings once more while it is swept. */
#include "test.h"

#include <pthread.h>
#include <unistd.h>

#include "record/offer.h"
#include "record/record.h"
#include "sample.h"
#include "store.h"

static const struct str LOG = { "990101/demo", 11 };

static enum err
offer(struct cx *cx, struct db *db, struct str bytes, struct str *digest)
{
	BYTES_DRAFT d = { 0 };
	DB_TX tx = { 0 };

	TRY(bytes_begin(cx, db, &d));
	TRY(bytes_add(cx, &d, bytes));
	TRY(db_begin(cx, db, &tx));
	TRY(offer_keep(cx, db, LOG, &d, digest));
	return db_commit(cx, &tx);
}

/* An event with the digest in its open part, or in a sealed one. */
static enum err
cite(struct cx *cx, struct db *db, struct str digest, bool is_sealed)
{
	struct record_head head;
	struct event *e = arena_new(cx->arena, struct event);
	struct event_part *part;
	DB_TX tx = { 0 };

	TRY(db_begin(cx, db, &tx));
	TRY(record_lock(cx, db, LOG, &head));
	*e = (struct event){ .kind = EV_ENTRY_PUT,
		.subject = str_fmt(cx->arena, "papers/%lld", (long long)head.seq + 1),
		.subject_seq = 1,
		.actor = S("system") };
	part = list_add(cx->arena, &e->parts);
	part->name = S("open");
	part->bytes = is_sealed
			  ? S("{}")
			  : str_fmt(cx->arena, "{\"files\":[{\"digest\":\"%.*s\"}]}",
				STR_ARG(digest));
	if (is_sealed) {
		part = list_add(cx->arena, &e->parts);
		part->name = S("p1");
		part->bytes = str_fmt(cx->arena, "{\"scan\":\"%.*s\"}", STR_ARG(digest));
	}
	record_append(cx, &head, &e, 1);
	TRY(record_flush(cx, db, &head));
	return db_commit(cx, &tx);
}

static bool
is_there(struct cx *cx, struct db *db, struct str digest)
{
	return bytes_check(cx, db, LOG, digest) == ERR_OK;
}

static size_t
swept(struct cx *cx, struct db *db)
{
	size_t n = 0;

	CHECK_OK(offer_sweep(cx, db, LOG, &n));
	return n;
}

/* Killed between the bytes and the row. */
static void
half_swept(struct cx *cx, const struct test_store *store, struct str digest)
{
	const struct str path = str_fmt(cx->arena,
	    "%.*s/t.db.files/990101+demo/%.2s/%.*s", STR_ARG(store->folder), digest.p,
	    STR_ARG(digest));

	CHECK(unlink(path.p) == 0);
}

static void
sweeps(struct cx *cx, struct db *db, const struct test_store *store, int engine)
{
	struct str left, open, sealed, young, again, twice;

	CHECK_OK(offer(cx, db, S("left"), &left));
	CHECK_OK(offer(cx, db, S("open"), &open));
	CHECK_OK(offer(cx, db, S("sealed"), &sealed));
	CHECK_OK(offer(cx, db, S("again"), &again));
	CHECK_OK(cite(cx, db, open, false));
	CHECK_OK(cite(cx, db, sealed, true));
	CHECK(swept(cx, db) == 0 && is_there(cx, db, left));
	cx->now_ms += OFFER_MS;
	CHECK_OK(offer(cx, db, S("young"), &young));
	CHECK_OK(offer(cx, db, S("again"), &twice));
	CHECK_STR(twice, again);
	if (engine == 0)
		half_swept(cx, store, left);
	CHECK(swept(cx, db) == 1);
	CHECK(!is_there(cx, db, left));
	CHECK(is_there(cx, db, open) && is_there(cx, db, sealed));
	CHECK(is_there(cx, db, young) && is_there(cx, db, again));

	/* What is cited for long and brought once more for an act that is refused. */
	CHECK_OK(offer(cx, db, S("open"), &twice));
	cx->now_ms += OFFER_MS;
	CHECK(swept(cx, db) == 2);
	CHECK(is_there(cx, db, open) && is_there(cx, db, sealed));
	CHECK(!is_there(cx, db, young) && !is_there(cx, db, again));
	/* What went may come again. */
	CHECK_OK(offer(cx, db, S("left"), &left));
	CHECK(is_there(cx, db, left));
}

TEST(offer_sweeps_what_no_event_cites)
{
	FOR_EACH_ENGINE(engine)
	{
		TEST_STORE store = { 0 };
		struct db *db = NULL;

		if (!test_store_make(cx, engine, &store))
			continue;
		CHECK_OK(db_open(cx, store.url, DB_WRITE, &db));
		CHECK_OK(sample_create(cx, db, LOG, true));
		CHECK_OK(sample_append(cx, db, LOG, 20));
		sweeps(cx, db, &store, engine);
		db_close(db);
	}
}

/* ---- while another sweeps ---- */

enum { ROUNDS = 60 };

struct race {
	struct str url;
	int64_t now_ms;
	pthread_barrier_t barrier;
	bool failed;
};

/* As another process does: a connection of its own. */
static void *
sweeper(void *self)
{
	struct race *r = self;
	struct arena arena AUTO(arena_free) = { 0 };
	struct cx cx = { .arena = &arena, .now_ms = r->now_ms };
	struct db *db = NULL;

	r->failed = db_open(&cx, r->url, DB_WRITE, &db) != ERR_OK;
	for (int i = 0; i < ROUNDS; i++) {
		size_t n = 0;

		pthread_barrier_wait(&r->barrier);
		r->failed |= offer_sweep(&cx, db, LOG, &n) != ERR_OK;
		pthread_barrier_wait(&r->barrier);
	}
	db_close(db);
	return NULL;
}

/* Each file was left long ago; now somebody brings it again and cites it, while it is
 * swept. Whoever came first, it is there in the end. */
static void
races(struct cx *cx, struct db *db, struct str url)
{
	struct race r = { .url = url, .now_ms = cx->now_ms + 2 * OFFER_MS };
	const int64_t before = cx->now_ms;
	struct str digest;
	pthread_t thread;

	pthread_barrier_init(&r.barrier, NULL, 2);
	CHECK(pthread_create(&thread, NULL, sweeper, &r) == 0);
	for (int i = 0; i < ROUNDS; i++) {
		const struct str bytes = str_fmt(cx->arena, "file %d", i);

		cx->now_ms = before;
		CHECK_OK(offer(cx, db, bytes, &digest));
		cx->now_ms = r.now_ms;
		pthread_barrier_wait(&r.barrier);
		CHECK_OK(offer(cx, db, bytes, &digest));
		CHECK_OK(cite(cx, db, digest, i % 2));
		pthread_barrier_wait(&r.barrier);
		CHECK(is_there(cx, db, digest));
	}
	pthread_join(thread, NULL);
	pthread_barrier_destroy(&r.barrier);
	CHECK(!r.failed);
}

TEST(offer_brought_again_while_swept)
{
	FOR_EACH_ENGINE(engine)
	{
		TEST_STORE store = { 0 };
		struct db *db = NULL;

		if (!test_store_make(cx, engine, &store))
			continue;
		CHECK_OK(db_open(cx, store.url, DB_WRITE, &db));
		CHECK_OK(sample_create(cx, db, LOG, true));
		races(cx, db, store.url);
		db_close(db);
	}
}
