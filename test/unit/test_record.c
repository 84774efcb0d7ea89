/* Appending and reading events, on both engines; the header's golden bytes. */
#include "test.h"

#include <string.h>

#include "base/encode.h"
#include "lang/canon.h"
#include "record/event.h"
#include "sample.h"
#include "store.h"

/* These bytes are for ever: a change here means that every record ever written stops
 * verifying. */
TEST(record_header_golden)
{
	const struct str want = S(
	    "{\"actor\":\"persons/12\",\"behalf\":\"posts/3\",\"body\":{\"open\":"
	    "\"0101010101010101010101010101010101010101010101010101010101010101\","
	    "\"p1\":\"0202020202020202020202020202020202020202020202020202020202020202\"}"
	    ","
	    "\"definition\":\"\",\"done\":20705,\"key\":\"k\\\"1\",\"kind\":\"acted\","
	    "\"log\":\"990101/demo\",\"previous\":"
	    "\"0000000000000000000000000000000000000000000000000000000000000000\","
	    "\"recorded\":1789000000000,\"seq\":17,\"subject\":\"task/签收\","
	    "\"subject_seq\":3,\"version\":1}");
	struct event_part parts[] = { { .name = S("open"), .digest = { NULL, 32 } },
		{ .name = S("p1"), .digest = { NULL, 32 } } };
	struct event e = { .kind = EV_ACTED,
		.subject = S("task/签收"),
		.subject_seq = 3,
		.done = 20705,
		.actor = S("persons/12"),
		.behalf = S("posts/3"),
		.key = S("k\"1"),
		.seq = 17,
		.recorded = 1789000000000 };
	struct buf b = { .arena = cx->arena };
	struct digest ones, twos, zero = { 0 };
	struct value v;

	memset(ones.b, 1, sizeof ones.b);
	memset(twos.b, 2, sizeof twos.b);
	parts[0].digest = digest_str(&ones);
	parts[1].digest = digest_str(&twos);
	e.previous = digest_str(&zero);
	*list_add(cx->arena, &e.parts) = parts[0];
	*list_add(cx->arena, &e.parts) = parts[1];
	event_header(&b, S("990101/demo"), &e);
	CHECK_STR(buf_str(&b), want);
	CHECK_OK(canon_parse(cx, buf_str(&b), &v));
	CHECK_STR(canon_str(cx->arena, &v), want);
}

TEST(record_kinds)
{
	enum event_kind kind;

	for (int i = 0; i < EV_COUNT_; i++)
		CHECK(event_kind_find(event_kind_name((enum event_kind)i), &kind) &&
		      (int)kind == i);
	CHECK(!event_kind_find(S("acts"), &kind));
	CHECK(EV_ACCESS == 20 && EV_CLOCK_MOVED == 21 && EV_LAW_WITHDRAWN == 22 &&
	      EV_STATUTE == 23 && EV_HANDED_OVER == 24 && EV_PAPER_NUMBER == 25 &&
	      EV_COUNT_ == 26);
	CHECK_STR(event_kind_fault(cx, EV_CLOCK_MOVED,
		      S("{\"clock\":\"decide\",\"clocks\":{\"decide\":{\"due\":20833}},"
			"\"due\":20833,\"now\":20833,\"was\":20832}")),
	    S(""));
	CHECK(event_kind_fault(cx, EV_CLOCK_MOVED, S("{\"clocks\":{\"a\":{}}}")).n);
	CHECK(event_kind_fault(cx, EV_CLOCK_MOVED, S("{\"clock\":\"a\"}")).n);
	CHECK_STR(
	    event_kind_fault(cx, EV_HANDED_OVER,
		S("{\"by\":\"hand-over/9\",\"from\":\"persons/2\","
		  "\"handed\":[{\"by\":\"hand-over/9\",\"day\":20705,"
		  "\"did\":[\"file\"],\"from\":\"persons/2\",\"to\":\"persons/3\"}],"
		  "\"reason\":\"调离\",\"set\":{\"officers\":[\"officers/5\"]},"
		  "\"to\":\"persons/3\",\"was\":{\"officers\":[\"officers/4\"]}}")),
	    S(""));
	CHECK(event_kind_fault(cx, EV_HANDED_OVER,
	    S("{\"by\":\"hand-over/9\",\"from\":\"persons/2\",\"to\":\"persons/3\"}"))
		  .n);
	CHECK(event_kind_fault(cx, EV_HANDED_OVER,
	    S("{\"by\":\"hand-over/9\",\"from\":\"persons/2\",\"set\":{\"a\":1}}"))
		  .n);
	CHECK_STR(event_kind_fault(cx, EV_PAPER_NUMBER,
		      S("{\"added\":{\"numbers\":[{\"by\":\"persons/3\",\"day\":20515,"
			"\"matter\":\"performance/49\",\"n\":101,\"state\":\"used\"}]},"
			"\"for\":\"performance/49\",\"n\":101,\"state\":\"used\"}")),
	    S(""));
	CHECK(event_kind_fault(cx, EV_PAPER_NUMBER, S("{\"n\":101}")).n);
	CHECK(event_kind_fault(cx, EV_PAPER_NUMBER, S("{\"for\":\"performance/49\"}")).n);
}

struct seen {
	int64_t n, recorded;
	struct digest digest;
};

static enum err
look(struct cx *cx, const struct event *e, void *self)
{
	struct seen *seen = self;
	struct buf scratch = { .arena = cx->arena };
	struct event copy = *e;
	struct digest open, d;
	HASHER h = { 0 };

	hasher_open(&h, DIGEST_SM3);
	CHECK(e->seq == ++seen->n && e->recorded >= seen->recorded);
	CHECK_STR(e->previous, digest_str(&seen->digest));
	open = event_part_digest(&h, &e->parts.v[0]);
	copy.parts.v[0].digest = digest_str(&open);
	d = event_digest(&h, &scratch, S("990101/demo"), &copy);
	CHECK_STR(e->digest, digest_str(&d));
	seen->digest = d;
	seen->recorded = e->recorded;
	return ERR_OK;
}

static void
walks(struct cx *cx, struct db *db, struct str log)
{
	struct seen seen = { 0 };
	struct record_head head;

	CHECK_OK(record_walk(cx, db, log, 1, 0, look, &seen));
	CHECK_OK(record_head(cx, db, log, &head));
	CHECK(seen.n == 600 && head.seq == 600);
	CHECK_STR(head.digest, digest_str(&seen.digest));
	seen.n = 299;
	CHECK_OK(record_walk(cx, db, log, 1, 299, sample_last_digest, &seen.digest));
	CHECK_OK(record_walk(cx, db, log, 300, 310, look, &seen));
	CHECK(seen.n == 310);
}

static void
reads(struct cx *cx, struct db *db, struct str log)
{
	struct event_list list = { 0 };
	struct event e;
	int64_t last;

	CHECK_OK(record_of_subject(cx, db, log, S("task/3"), &list));
	CHECK(list.n == 60 && list.v[59].subject_seq == 60 && list.v[0].seq == 3);
	CHECK(list.v[0].parts.n == 2 && list.v[1].parts.n == 1);
	CHECK_STR(list.v[0].parts.v[1].name, S("p1"));
	CHECK(list.v[0].parts.v[1].salt.n == 16 && list.v[0].parts.v[1].bytes.n > 0);
	CHECK_OK(record_subject_last(cx, db, log, S("task/3"), &last));
	CHECK(last == 60);
	CHECK_OK(record_subject_last(cx, db, log, S("task/x"), &last));
	CHECK(last == 0);
	CHECK_OK(record_by_key(cx, db, log, S("persons/1"), S("key-7"), &e));
	CHECK(e.seq == 7);
	CHECK(
	    record_by_key(cx, db, log, S("persons/2"), S("key-7"), &e) == ERR_NOT_FOUND);
	CHECK(record_by_key(cx, db, log, S("persons/1"), S(""), &e) == ERR_NOT_FOUND);
	CHECK(record_get(cx, db, log, 601, &e) == ERR_NOT_FOUND);
	CHECK_OK(record_get(cx, db, log, 600, &e));
	CHECK(e.seq == 600 && e.kind == EV_ACTED);
}

TEST(record_append_and_read)
{
	FOR_EACH_ENGINE(engine)
	{
		const struct str log = S("990101/demo");
		TEST_STORE store = { 0 };
		struct db *db = NULL;

		if (!test_store_make(cx, engine, &store))
			continue;
		CHECK_OK(db_open(cx, store.url, DB_WRITE, &db));
		CHECK_OK(sample_create(cx, db, log, true));
		CHECK_OK(sample_append(cx, db, log, 150));
		CHECK_OK(sample_append(cx, db, log, 1));
		CHECK_OK(sample_append(cx, db, log, 449));
		walks(cx, db, log);
		reads(cx, db, log);
		db_close(db);
	}
}

/* The same acts give the same digests on both engines. */
TEST(record_same_on_both_engines)
{
	struct str digests[2] = { S(""), S("") };

	FOR_EACH_ENGINE(engine)
	{
		const struct str log = S("990101/demo");
		TEST_STORE store = { 0 };
		uint64_t seed = 7;
		const struct entropy entropy = { entropy_repeat, &seed };
		struct cx own = {
			.arena = cx->arena, .now_ms = cx->now_ms, .entropy = &entropy
		};
		struct record_head head;
		struct db *db = NULL;

		if (!test_store_make(&own, engine, &store)) {
			digests[engine] = digests[0];
			continue;
		}
		CHECK_OK(db_open(&own, store.url, DB_WRITE, &db));
		CHECK_OK(sample_create(&own, db, log, true));
		CHECK_OK(sample_append(&own, db, log, 20));
		CHECK_OK(record_head(&own, db, log, &head));
		digests[engine] = hex_of(cx->arena, head.digest);
		db_close(db);
	}
	CHECK_STR(digests[1], digests[0]);
	CHECK(digests[0].n == 64);
}

TEST(record_refuses_changes)
{
	FOR_EACH_ENGINE(engine)
	{
		const struct str log = S("990101/demo");
		const struct str p1 = S("p1"), p9 = S("p9");
		TEST_STORE store = { 0 };
		struct db *db = NULL;
		struct event e;

		if (!test_store_make(cx, engine, &store))
			continue;
		CHECK_OK(db_open(cx, store.url, DB_WRITE, &db));
		CHECK(record_create(cx, db, S("A/b"), true, 0) == ERR_INPUT);
		CHECK(record_create(cx, db, S("a//b"), true, 0) == ERR_INPUT);
		CHECK_OK(sample_create(cx, db, log, true));
		CHECK(record_create(cx, db, log, true, 0) == ERR_STORE);
		CHECK_OK(sample_append(cx, db, log, 10));
		CHECK(db_exec(cx, db, S("UPDATE event SET done = 1")) == ERR_STORE);
		CHECK(db_exec(cx, db, S("DELETE FROM event")) == ERR_STORE);
		CHECK(db_exec(cx, db, S("DELETE FROM sealed")) == ERR_STORE);
		CHECK(db_exec(cx, db, S("UPDATE sealed SET bytes = NULL, salt = NULL")) ==
		      ERR_STORE);
		CHECK(record_destroy(cx, db, log, 3, &p1, 1) == ERR_STORE);
		CHECK_OK(sample_destroy(cx, db, log, 3, p1));
		CHECK(sample_destroy(cx, db, log, 3, p9) == ERR_NOT_FOUND);
		CHECK_OK(record_get(cx, db, log, 3, &e));
		CHECK(e.parts.n == 2 && e.parts.v[1].gone && e.parts.v[1].bytes.n == 0 &&
		      e.parts.v[1].digest.n == 32);
		db_close(db);
	}
}

/* The machine's clock was put back: the log's own time stands still until it is past. */
TEST(record_time_never_falls)
{
	FOR_EACH_ENGINE(engine)
	{
		const struct str log = S("990101/demo");
		const int64_t now = cx->now_ms;
		TEST_STORE store = { 0 };
		struct db *db = NULL;
		struct event e;

		if (!test_store_make(cx, engine, &store))
			continue;
		CHECK_OK(db_open(cx, store.url, DB_WRITE, &db));
		CHECK_OK(sample_create(cx, db, log, true));
		CHECK_OK(sample_append(cx, db, log, 2));
		cx->now_ms = now - 60000;
		CHECK_OK(sample_append(cx, db, log, 1));
		CHECK_OK(record_get(cx, db, log, 3, &e));
		CHECK(e.recorded == now);
		cx->now_ms = now + 1;
		CHECK_OK(sample_append(cx, db, log, 1));
		CHECK_OK(record_get(cx, db, log, 4, &e));
		CHECK(e.recorded == now + 1);
		cx->now_ms = now;
		db_close(db);
	}
}

TEST(record_lock_needs_a_log)
{
	TEST_STORE store = { 0 };
	struct record_head head;
	struct db *db = NULL;

	CHECK(test_store_make(cx, 0, &store));
	CHECK_OK(db_open(cx, store.url, DB_WRITE, &db));
	CHECK(record_lock(cx, db, S("no/such"), &head) == ERR_NOT_FOUND);
	db_close(db);
}
