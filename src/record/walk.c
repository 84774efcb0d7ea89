/* Reading: in order, by subject, by number, by idempotency key. */
#include "record/record.h"

#include "record/event.h"

enum { BATCH = 256 };

static enum err
previous_of(struct cx *cx, struct db *db, struct str log, int64_t seq, struct str *out)
{
	const struct digest zero = { 0 };
	DB_ROWS rows = { 0 };

	if (seq == 1) {
		*out = str_copy(cx->arena, digest_str(&zero));
		return ERR_OK;
	}
	TRY(db_ask(
	    cx, db, &rows, Q_EVENT_DIGESTS, D_TEXT(log), D_INT(seq - 1), D_INT(seq - 1)));
	*out = db_next(&rows) ? db_text(cx, &rows, 0) : S("");
	return db_end(cx, &rows);
}

static enum err
visit_batch(struct cx *cx, struct event_list *batch, struct str *previous,
    record_visit *visit, void *self)
{
	struct arena *outer = cx->arena;

	for (size_t i = 0; i < batch->n; i++) {
		struct arena turn AUTO(arena_free) = { 0 };
		struct event *e = &batch->v[i];
		enum err err;

		e->previous = *previous;
		*previous = e->digest;
		cx->arena = &turn;
		err = visit(cx, e, self);
		cx->arena = outer;
		if (err != ERR_OK) {
			cx->why = str_copy(outer, cx->why);
			return err;
		}
	}
	return ERR_OK;
}

/* One batch in a scratch arena of its own; *from moves behind it, *digest is the last
 * one's. */
static enum err
walk_batch(struct cx *cx, struct db *db, struct str log, int64_t *from, int64_t to,
    struct digest *digest, record_visit *visit, void *self)
{
	struct arena scratch AUTO(arena_free) = { 0 };
	struct arena *outer = cx->arena;
	struct event_list batch = { 0 };
	struct str previous;
	enum err err;

	cx->arena = &scratch;
	previous = str_copy(&scratch, digest_str(digest));
	err = events_load(cx, db, log, *from, to, BATCH, &batch);
	if (err == ERR_OK)
		err = visit_batch(cx, &batch, &previous, visit, self);
	cx->arena = outer;
	if (err != ERR_OK) {
		cx->why = str_copy(outer, cx->why);
		return err;
	}
	if (batch.n && !digest_from(previous, digest))
		return fail(cx, ERR_STORE, "第 %lld 号记录的摘要损坏，请核验记录",
		    (long long)batch.v[batch.n - 1].seq);
	*from = batch.n < BATCH ? to + 1 : batch.v[batch.n - 1].seq + 1;
	return ERR_OK;
}

enum err
record_walk(struct cx *cx, struct db *db, struct str log, int64_t from, int64_t to,
    record_visit *visit, void *self)
{
	struct digest digest = { 0 };
	struct record_head head;
	struct str previous;

	TRY(record_head(cx, db, log, &head));
	if (to == 0 || to > head.seq)
		to = head.seq;
	if (from < 1)
		from = 1;
	TRY(previous_of(cx, db, log, from, &previous));
	if (!digest_from(previous, &digest) && from <= to)
		return fail(cx, ERR_STORE, "第 %lld 号记录不见了，请核验记录",
		    (long long)from - 1);
	while (from <= to)
		TRY(walk_batch(cx, db, log, &from, to, &digest, visit, self));
	return ERR_OK;
}

struct subject_place
subject_place(const struct event *e)
{
	return (struct subject_place){ e->subject, e->subject_seq };
}

enum err
record_by_subject(struct cx *cx, struct db *db, struct str log,
    struct subject_place *place, size_t most, struct event_list *out)
{
	DB_ROWS rows = { 0 };

	TRY(db_ask(cx, db, &rows, Q_EVENT_BY_SUBJECT, D_TEXT(log), D_TEXT(place->subject),
	    D_INT(place->subject_seq), D_INT((int64_t)most)));
	while (db_next(&rows))
		TRY(event_from_row(cx, &rows, list_add(cx->arena, out)));
	if (rows.seen)
		*place = subject_place(&out->v[out->n - 1]);
	return db_end(cx, &rows);
}

enum err
record_of_subject(struct cx *cx, struct db *db, struct str log, struct str subject,
    struct event_list *out)
{
	struct event_list list = { 0 };
	DB_ROWS rows = { 0 };

	TRY(db_ask(
	    cx, db, &rows, Q_EVENT_OF_SUBJECT, D_TEXT(log), D_TEXT(subject), D_INT(1)));
	while (db_next(&rows))
		TRY(event_from_row(cx, &rows, list_add(cx->arena, &list)));
	TRY(db_end(cx, &rows));
	for (size_t i = 0; i < list.n; i++)
		TRY(event_parts_load(cx, db, log, &list.v[i]));
	*out = list;
	return ERR_OK;
}

enum err
record_subject_last(
    struct cx *cx, struct db *db, struct str log, struct str subject, int64_t *out)
{
	DB_ROWS rows = { 0 };

	TRY(db_ask(cx, db, &rows, Q_SUBJECT_LAST, D_TEXT(log), D_TEXT(subject)));
	*out = db_next(&rows) ? db_int(&rows, 0) : 0;
	return db_end(cx, &rows);
}

enum err
record_logs(struct cx *cx, struct db *db, struct log_names *out)
{
	DB_ROWS rows = { 0 };

	TRY(db_ask0(cx, db, &rows, Q_LOG_NAMES));
	while (db_next(&rows))
		*list_add(cx->arena, out) = db_text(cx, &rows, 0);
	return db_end(cx, &rows);
}

enum err
record_get(struct cx *cx, struct db *db, struct str log, int64_t seq, struct event *out)
{
	struct event_list list = { 0 };

	TRY(events_load(cx, db, log, seq, seq, 1, &list));
	if (!list.n)
		return fail(cx, ERR_NOT_FOUND, "没有第 %lld 号记录", (long long)seq);
	TRY(previous_of(cx, db, log, seq, &list.v[0].previous));
	*out = list.v[0];
	return ERR_OK;
}

enum err
record_by_key(struct cx *cx, struct db *db, struct str log, struct str actor,
    struct str key, struct event *out)
{
	struct event e = { 0 };
	DB_ROWS rows = { 0 };

	TRY(db_ask(
	    cx, db, &rows, Q_EVENT_BY_KEY, D_TEXT(log), D_TEXT(actor), D_TEXT(key)));
	if (!db_next(&rows)) {
		TRY(db_end(cx, &rows));
		return fail(cx, ERR_NOT_FOUND, "没有这个办理标识");
	}
	TRY(event_from_row(cx, &rows, &e));
	TRY(db_end(cx, &rows));
	TRY(event_parts_load(cx, db, log, &e));
	*out = e;
	return ERR_OK;
}
