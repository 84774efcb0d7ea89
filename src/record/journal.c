/* One row of the store's own table for each kind: a short list, written whole. */
#include "record/journal.h"

#include "lang/canon.h"
#include "store/db.h"

static struct str
row_name(struct cx *cx, struct str log, struct str kind)
{
	return str_fmt(cx->arena, "journal/%.*s/%.*s", STR_ARG(kind), STR_ARG(log));
}

enum err
journal_read(
    struct cx *cx, struct db *db, struct str log, struct str kind, struct value *out)
{
	DB_ROWS rows = { 0 };
	struct str text = S("");

	*out = value_list();
	TRY(db_ask(cx, db, &rows, Q_STORE_GET, D_TEXT(row_name(cx, log, kind))));
	if (db_next(&rows))
		text = db_text(cx, &rows, 0);
	TRY(db_end(cx, &rows));
	return text.n ? canon_parse(cx, text, out) : ERR_OK;
}

enum err
journal_note(struct cx *cx, struct db *db, struct str log, struct str kind,
    const struct value *note)
{
	struct value before, after = value_list(), one = value_copy(cx->arena, note);
	DB_TX tx = { 0 };

	value_set_int(cx->arena, &one, "at", cx->now_ms);
	value_add(cx->arena, &after, one);
	TRY(db_begin(cx, db, &tx));
	TRY(journal_read(cx, db, log, kind, &before));
	for (size_t i = 0; i < value_count(&before) && i + 1 < JOURNAL_MAX; i++)
		value_add(cx->arena, &after, *value_at(&before, i));
	TRY(db_run(cx, db, Q_STORE_PUT, D_TEXT(row_name(cx, log, kind)),
	    D_TEXT(canon_str(cx->arena, &after))));
	return db_commit(cx, &tx);
}
