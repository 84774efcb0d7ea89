/* The events since a file was offered are read without a lock, the newest of them under
 * the log's, in the transaction that deletes. */
#include "record/offer.h"

#include "base/encode.h"
#include "base/map.h"
#include "record/record.h"

enum { MOST = 100, HEX = 2 * DIGEST_SIZE };

static enum err
touch(struct cx *cx, struct db *db, struct str log, struct str digest)
{
	return db_run(
	    cx, db, Q_OFFER_AGAIN, D_TEXT(log), D_TEXT(digest), D_INT(cx->now_ms));
}

enum err
offer_keep(struct cx *cx, struct db *db, struct str log, struct bytes_draft *d,
    struct str *digest)
{
	const struct str hex = bytes_digest(cx, d);
	struct record_head head;
	int64_t length;
	enum err there;

	/* First: whoever sweeps this file is waited for. */
	TRY(touch(cx, db, log, hex));
	there = bytes_have(cx, db, log, hex, &length);
	if (there != ERR_OK && there != ERR_NOT_FOUND)
		return there;
	TRY(record_head(cx, db, log, &head));
	TRY(bytes_keep(cx, db, log, d, digest));
	return there == ERR_OK ? ERR_OK
			       : db_run(cx, db, Q_OFFER_ADD, D_TEXT(log), D_TEXT(hex),
				     D_INT(head.seq), D_INT(cx->now_ms));
}

/* ---- sweeping ---- */

struct offered {
	struct str digest;
	bool is_cited;
};

struct sweep {
	struct str log;
	int64_t before; /* ms: what was offered later stays */
	int64_t since;  /* the events after it may cite */
	LIST(struct offered) all;
	struct map known; /* digest → struct offered */
};

static enum err
candidates(struct cx *cx, struct db *db, struct sweep *s)
{
	DB_ROWS rows = { 0 };

	TRY(db_ask(
	    cx, db, &rows, Q_OFFER_OLD, D_TEXT(s->log), D_INT(s->before), D_INT(MOST)));
	while (db_next(&rows)) {
		const int64_t seq = db_int(&rows, 1);

		if (!s->all.n || seq < s->since)
			s->since = seq;
		list_add(cx->arena, &s->all)->digest = db_text(cx, &rows, 0);
	}
	TRY(db_end(cx, &rows));
	for (size_t i = 0; i < s->all.n; i++)
		map_put(cx->arena, &s->known, s->all.v[i].digest, &s->all.v[i]);
	return ERR_OK;
}

/* A digest stands in a body as a text of its own, whatever the field is called. */
static void
part_look(struct sweep *s, struct str text)
{
	size_t run = 0;

	for (size_t i = 0; i <= text.n; i++) {
		if (i < text.n && hex_digit(text.p[i]) >= 0) {
			run++;
			continue;
		}
		if (run == HEX) {
			struct offered *o = map_find(
			    &s->known, str_sub(text, i - run, i));

			if (o)
				o->is_cited = true;
		}
		run = 0;
	}
}

static enum err
event_look(struct cx *cx, const struct event *e, void *self)
{
	(void)cx;
	for (size_t i = 0; i < e->parts.n; i++)
		part_look(self, e->parts.v[i].bytes);
	return ERR_OK;
}

static enum err
events_look(struct cx *cx, struct db *db, struct sweep *s, int64_t to)
{
	if (to > s->since)
		TRY(record_walk(cx, db, s->log, s->since + 1, to, event_look, s));
	s->since = to;
	return ERR_OK;
}

/* What was offered once more meanwhile is not deleted from the table, and stays. */
static enum err
settle(struct cx *cx, struct db *db, const struct sweep *s, const struct offered *o,
    size_t *n)
{
	const struct db_arg args[] = { D_TEXT(s->log), D_TEXT(o->digest),
		D_INT(s->before) };
	int64_t gone = 0;
	enum err err;

	TRY(db_run_many(cx, db, Q_OFFER_DROP, args, 3, 1, &gone));
	if (!gone || o->is_cited)
		return ERR_OK;
	err = bytes_forget(cx, db, s->log, o->digest);
	*n += err == ERR_OK;
	return err == ERR_NOT_FOUND ? ERR_OK : err;
}

enum err
offer_sweep(struct cx *cx, struct db *db, struct str log, size_t *n)
{
	struct sweep s = { .log = log, .before = cx->now_ms - OFFER_MS };
	struct record_head head;
	DB_TX tx = { 0 };

	*n = 0;
	TRY(candidates(cx, db, &s));
	if (!s.all.n)
		return ERR_OK;
	TRY(record_head(cx, db, log, &head));
	TRY(events_look(cx, db, &s, head.seq));
	TRY(db_begin(cx, db, &tx));
	TRY(record_lock(cx, db, log, &head));
	TRY(events_look(cx, db, &s, head.seq));
	for (size_t i = 0; i < s.all.n; i++)
		TRY(settle(cx, db, &s, &s.all.v[i], n));
	return db_commit(cx, &tx);
}
