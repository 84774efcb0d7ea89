/* Side by side: heads, roots, checkpoints, destroyed parts, files. */
#include "record/compare.h"

#include "base/encode.h"
#include "record/proof.h"
#include "store/bytes.h"

static enum err
differs(struct cx *cx, struct str log, const char *what)
{
	return fail(cx, ERR_STALE, "日志 %.*s 与来源不同：%s", STR_ARG(log), what);
}

/* The head of the copy, and the same event and root at the source. */
static enum err
heads_compare(struct cx *cx, struct db *from, struct db *copy, struct str log,
    struct log_compared *out)
{
	struct record_head there, here;
	struct digest root;
	struct event same;

	TRY(record_head(cx, from, log, &there));
	TRY(record_head(cx, copy, log, &here));
	if (there.sm3 != here.sm3 || there.offset_ms != here.offset_ms ||
	    there.seq < here.seq)
		return differs(cx, log, "开头或者长度");
	out->size = here.seq;
	out->head = hex_of(cx->arena, here.digest);
	if (!here.seq)
		return ERR_OK;
	TRY(record_get(cx, from, log, here.seq, &same));
	if (!str_eq(same.digest, here.digest))
		return differs(cx, log, "最后一条记录");
	TRY(record_root(cx, from, log, here.seq, &root));
	TRY(record_root(cx, copy, log, here.seq, &out->root));
	return digest_eq(&root, &out->root) ? ERR_OK : differs(cx, log, "根摘要");
}

/* The newest one of the copy must be the source's own, to the last byte. */
static enum err
checkpoints_compare(struct cx *cx, struct db *from, struct db *copy, struct str log,
    struct log_compared *out)
{
	DB_ROWS rows = { 0 };
	struct checkpoint last;
	const enum err err = record_last_checkpoint(cx, copy, log, &last);
	bool found = false;

	if (err == ERR_NOT_FOUND)
		return ERR_OK;
	TRY(err);
	out->checkpoint = last.size;
	TRY(db_ask(cx, from, &rows, Q_CHECKPOINT_ALL, D_TEXT(log)));
	while (db_next(&rows))
		found |= db_int(&rows, 0) == last.size &&
			 str_eq(db_view(&rows, 2), last.note);
	TRY(db_end(cx, &rows));
	return found ? ERR_OK : differs(cx, log, "存证点");
}

static enum err
gone_count(struct cx *cx, struct db *db, struct str log, int64_t size, int64_t *out)
{
	DB_ROWS rows = { 0 };

	*out = 0;
	TRY(db_ask(cx, db, &rows, Q_SEALED_GONE, D_TEXT(log), D_INT(size)));
	if (db_next(&rows))
		*out = db_int(&rows, 0);
	return db_end(cx, &rows);
}

/* What came to the source meanwhile is not missing: its act is not in the copy either. */
static enum err
files_compare(struct cx *cx, struct db *from, struct db *copy, struct str log,
    struct log_compared *out)
{
	struct stored_files there = { 0 }, here = { 0 };
	size_t k = 0;

	TRY(bytes_list(cx, from, log, &there));
	TRY(bytes_list(cx, copy, log, &here));
	for (size_t i = 0; i < here.n; i++) {
		struct arena scratch AUTO(arena_free) = { 0 };
		struct cx own = { .arena = &scratch };

		while (k < there.n && str_cmp(there.v[k].digest, here.v[i].digest) < 0)
			k++;
		if (k == there.n || !str_eq(there.v[k].digest, here.v[i].digest) ||
		    there.v[k].length != here.v[i].length)
			return differs(cx, log, "文件清单");
		if (bytes_check(&own, copy, log, here.v[i].digest) != ERR_OK)
			return differs(cx, log, "文件内容");
		out->bytes += here.v[i].length;
	}
	out->files = (int64_t)here.n;
	return ERR_OK;
}

enum err
record_compare(struct cx *cx, struct db *from, struct db *copy, struct str log,
    struct log_compared *out)
{
	int64_t gone;

	*out = (struct log_compared){ 0 };
	TRY(heads_compare(cx, from, copy, log, out));
	TRY(checkpoints_compare(cx, from, copy, log, out));
	TRY(gone_count(cx, from, log, out->size, &gone));
	TRY(gone_count(cx, copy, log, out->size, &out->gone));
	/* The source may have destroyed more by now; what it destroyed is never there. */
	if (out->gone > gone)
		return differs(cx, log, "依法销毁的内容");
	return files_compare(cx, from, copy, log, out);
}
