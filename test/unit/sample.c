/* A log full of events for tests of the record. */
#include "sample.h"

#include "base/date.h"

enum err
sample_create(struct cx *cx, struct db *db, struct str log, bool sm3)
{
	DB_TX tx = { 0 };

	TRY(db_begin(cx, db, &tx));
	TRY(record_create(cx, db, log, sm3, 0));
	return db_commit(cx, &tx);
}

struct event *
sample_event(struct cx *cx, int64_t seq)
{
	struct event *e = arena_new(cx->arena, struct event);
	struct event_part *part;

	e->kind = EV_ACTED;
	e->subject = str_fmt(cx->arena, "task/%lld", (long long)(seq % 10));
	e->subject_seq = (seq + 9) / 10;
	if (seq % 10 == 0)
		e->subject_seq = seq / 10;
	e->done = cx_today(cx);
	e->actor = S("persons/1");
	e->behalf = S("posts/3");
	e->key = str_fmt(cx->arena, "key-%lld", (long long)seq);
	part = list_add(cx->arena, &e->parts);
	part->name = S("open");
	part->bytes = str_fmt(
	    cx->arena, "{\"action\":\"签收\",\"n\":%lld}", (long long)seq);
	if (seq % 3 == 0 && seq % 10 == 3) {
		part = list_add(cx->arena, &e->parts);
		part->name = S("p1");
		part->bytes = str_fmt(
		    cx->arena, "{\"name\":\"某甲%lld\"}", (long long)seq);
	}
	return e;
}

enum err
sample_append(struct cx *cx, struct db *db, struct str log, int n)
{
	struct record_head head;
	DB_TX tx = { 0 };

	TRY(db_begin(cx, db, &tx));
	TRY(record_lock(cx, db, log, &head));
	for (int i = 0; i < n; i++) {
		struct event *e = sample_event(cx, head.seq + 1);

		record_append(cx, &head, &e, 1);
	}
	TRY(record_flush(cx, db, &head));
	return db_commit(cx, &tx);
}

enum err
sample_destroy(struct cx *cx, struct db *db, struct str log, int64_t seq, struct str part)
{
	struct record_head head;
	struct event *e;
	DB_TX tx = { 0 };

	TRY(db_begin(cx, db, &tx));
	TRY(record_lock(cx, db, log, &head));
	e = sample_event(cx, head.seq + 1);
	e->kind = EV_DESTROYED;
	e->parts.v[0].bytes = str_fmt(cx->arena,
	    "{\"parts\":[{\"part\":\"%.*s\",\"seq\":%lld}],\"reason\":\"保管期限届满\"}",
	    STR_ARG(part), (long long)seq);
	record_append(cx, &head, &e, 1);
	TRY(record_flush(cx, db, &head));
	TRY(record_destroy(cx, db, log, seq, &part, 1));
	return db_commit(cx, &tx);
}

enum err
sample_last_digest(struct cx *cx, const struct event *e, void *digest)
{
	(void)cx;
	return digest_from(e->digest, digest) ? ERR_OK : ERR_STORE;
}
