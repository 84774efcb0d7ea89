/*
 * A copy is appended like anything else, with the instants of the original: the digests
 * that come out must be the ones that are there, so copying is verifying.
 */
#include "record/copy.h"

#include "record/event.h"
#include "store/bytes.h"

enum { BATCH = 256, PIECE = 1 << 20 };

/* One transaction: the next events behind the destination's head. */
static enum err
batch_copy(struct cx *cx, struct db *from, struct db *to, struct str log, int64_t *n)
{
	struct event_list list = { 0 };
	struct record_head head;
	DB_TX tx = { 0 };

	TRY(db_begin(cx, to, &tx));
	TRY(record_lock(cx, to, log, &head));
	TRY(events_load(cx, from, log, head.seq + 1, INT64_MAX, BATCH, &list));
	for (size_t i = 0; i < list.n; i++) {
		struct event *e = &list.v[i];
		const struct str digest = e->digest;

		if (event_fault(cx, e, e->recorded).n)
			return fail(cx, ERR_STORE, "第 %lld 号记录损坏，请先核验来源",
			    (long long)e->seq);
		cx->now_ms = e->recorded;
		record_append(cx, &head, &e, 1);
		if (!str_eq(e->digest, digest))
			return fail(cx, ERR_STORE,
			    "第 %lld 号记录与其摘要不符，请先核验来源",
			    (long long)e->seq);
	}
	TRY(record_flush(cx, to, &head));
	TRY(event_destroys_again(cx, to, log, &list));
	TRY(db_commit(cx, &tx));
	*n = (int64_t)list.n;
	return ERR_OK;
}

static enum err
events_copy(
    struct cx *cx, struct db *from, struct db *to, struct str log, int64_t *copied)
{
	int64_t n = 1;

	while (n) {
		struct arena scratch AUTO(arena_free) = { 0 };
		struct cx own = { .arena = &scratch, .entropy = cx->entropy };
		const enum err err = batch_copy(&own, from, to, log, &n);

		if (err != ERR_OK) {
			cx->why = str_copy(cx->arena, own.why);
			return err;
		}
		*copied += n;
	}
	return ERR_OK;
}

static enum err
checkpoints_copy(struct cx *cx, struct db *from, struct db *to, struct str log)
{
	DB_ROWS rows = { 0 };

	TRY(db_ask(cx, from, &rows, Q_CHECKPOINT_ALL, D_TEXT(log)));
	while (db_next(&rows))
		TRY(db_run(cx, to, Q_CHECKPOINT_ADD, D_TEXT(log), D_INT(db_int(&rows, 0)),
		    D_INT(db_int(&rows, 1)), D_TEXT(db_text(cx, &rows, 2))));
	return db_end(cx, &rows);
}

static enum err
file_copy(
    struct cx *cx, struct db *from, struct db *to, struct str log, struct str digest)
{
	BYTES_DRAFT draft = { 0 };
	DB_TX tx = { 0 };
	struct str part, kept;
	int64_t length;

	TRY(bytes_have(cx, from, log, digest, &length));
	TRY(bytes_begin(cx, to, &draft));
	for (int64_t at = 0; at < length; at += PIECE) {
		TRY(bytes_read(cx, from, log, digest, at, PIECE, &part));
		TRY(bytes_add(cx, &draft, part));
	}
	TRY(db_begin(cx, to, &tx));
	TRY(bytes_keep(cx, to, log, &draft, &kept));
	if (!str_eq(kept, digest))
		return fail(cx, ERR_STORE, "文件 %.*s 的内容被改动，请先核验来源",
		    STR_ARG(digest));
	return db_commit(cx, &tx);
}

/* Both lists are in byte order: what only the source has is copied, what only the
 * destination has was forgotten. */
static enum err
files_copy(struct cx *cx, struct db *from, struct db *to, struct str log, int64_t *copied)
{
	struct stored_files a = { 0 }, b = { 0 };
	size_t i = 0, k = 0;

	TRY(bytes_list(cx, from, log, &a));
	TRY(bytes_list(cx, to, log, &b));
	while (i < a.n || k < b.n) {
		const int order = i == a.n   ? 1
				  : k == b.n ? -1
					     : str_cmp(a.v[i].digest, b.v[k].digest);
		struct arena scratch AUTO(arena_free) = { 0 };
		struct cx own = {
			.arena = &scratch, .now_ms = cx->now_ms, .entropy = cx->entropy
		};
		enum err err = ERR_OK;
		bool was_swept = false; /* an upload that no act cited */
		int64_t length;

		if (order < 0) {
			err = file_copy(&own, from, to, log, a.v[i].digest);
			was_swept = err != ERR_OK &&
				    bytes_have(&own, from, log, a.v[i].digest, &length) ==
					ERR_NOT_FOUND;
			err = was_swept ? ERR_OK : err;
		} else if (order > 0) {
			err = bytes_forget(&own, to, log, b.v[k].digest);
		}
		if (err != ERR_OK) {
			cx->why = str_copy(cx->arena, own.why);
			return err;
		}
		*copied += order < 0 && !was_swept;
		i += order <= 0;
		k += order >= 0;
	}
	return ERR_OK;
}

/* The log at its new place, made or found; what it holds must be how the source begins.
 */
static enum err
place_prepare(struct cx *cx, struct db *from, struct db *to, struct str log)
{
	struct record_head source, there;
	struct event same;
	DB_TX tx = { 0 };
	enum err err;

	TRY(record_head(cx, from, log, &source));
	err = record_head(cx, to, log, &there);
	if (err == ERR_NOT_FOUND) {
		TRY(db_begin(cx, to, &tx));
		TRY(record_create(cx, to, log, source.sm3, source.offset_ms));
		return db_commit(cx, &tx);
	}
	TRY(err);
	if (there.seq == 0 && there.sm3 == source.sm3)
		return ERR_OK;
	if (there.seq > source.seq)
		return fail(cx, ERR_STALE, "目的地已有 %lld 条，比来源的 %lld 条还多",
		    (long long)there.seq, (long long)source.seq);
	TRY(record_get(cx, from, log, there.seq, &same));
	if (!str_eq(same.digest, there.digest))
		return fail(cx, ERR_STALE, "目的地的记录与来源不同，不能接续");
	return ERR_OK;
}

enum err
record_copy(struct cx *cx, struct db *from, struct db *to, struct str log,
    struct copy_report *out)
{
	struct copy_report r = { 0 };
	struct record_head head;

	TRY(place_prepare(cx, from, to, log));
	/* Files first: no event at the new place may cite what is not there. */
	TRY(files_copy(cx, from, to, log, &r.files));
	TRY(events_copy(cx, from, to, log, &r.events));
	TRY(checkpoints_copy(cx, from, to, log));
	TRY(record_head(cx, to, log, &head));
	r.size = head.seq;
	*out = r;
	return ERR_OK;
}
