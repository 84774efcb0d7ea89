/*
 * The projection of the library's log. Everything copied is in the event; what is
 * computed, the day on which an edition ends, follows from the statute's own editions
 * and repeal, so a rebuild gives the same rows.
 */
#include "act/library_apply.h"

#include "lang/canon.h"
#include "register/table.h"

static int64_t
int_or_none(const struct value *v)
{
	return v->kind == V_INT ? v->i : ABSENT_INT;
}

static enum err
articles_put(struct cx *cx, struct db *db, struct str statute, int64_t from,
    const struct value *articles)
{
	enum { COLUMNS = 7 };
	const size_t n = value_count(articles);
	struct db_arg *args = arena_array(cx->arena, struct db_arg, n * COLUMNS);

	for (size_t i = 0; i < n; i++) {
		const struct value *a = value_at(articles, i);
		const struct db_arg row[COLUMNS] = { D_TEXT(statute), D_INT(from),
			D_INT((int64_t)i + 1), D_TEXT(value_str(value_get(a, S("key")))),
			D_TEXT(value_str(value_get(a, S("label")))),
			D_TEXT(value_str(value_get(a, S("part")))),
			D_TEXT(value_str(value_get(a, S("text")))) };

		memcpy(args + i * COLUMNS, row, sizeof row);
	}
	return db_run_many(cx, db, Q_ARTICLE_PUT, args, COLUMNS, n, NULL);
}

static enum err
edition_drop(struct cx *cx, struct db *db, struct str statute, int64_t from)
{
	TRY(db_run(cx, db, Q_ARTICLE_DROP, D_TEXT(statute), D_INT(from)));
	return db_run(cx, db, Q_EDITION_DROP, D_TEXT(statute), D_INT(from));
}

static enum err
edition_put(struct cx *cx, struct db *db, struct str statute, const struct value *open)
{
	const struct value *text = value_get(open, S("text"));
	const struct value *moved = value_get(open, S("moved"));
	const struct value *articles = value_get(text, S("articles"));
	const int64_t from = value_num(value_get(text, S("from")));

	if (moved->kind == V_INT)
		TRY(edition_drop(cx, db, statute, moved->i));
	TRY(edition_drop(cx, db, statute, from));
	TRY(db_run(cx, db, Q_EDITION_PUT, D_TEXT(statute), D_INT(from), D_INT(DAY_OPEN),
	    D_TEXT(value_str(value_get(text, S("title")))),
	    D_TEXT(value_str(value_get(text, S("number")))),
	    D_TEXT(value_str(value_get(text, S("issuer")))),
	    D_INT(int_or_none(value_get(text, S("passed")))),
	    D_INT(int_or_none(value_get(text, S("promulgated")))),
	    D_INT(value_true(value_get(text, S("assumed")))),
	    D_TEXT(value_str(value_get(text, S("history")))),
	    D_TEXT(canon_str(cx->arena, value_get(text, S("flags")))),
	    D_TEXT(value_str(value_get(open, S("file")))),
	    D_TEXT(value_str(value_get(open, S("source")))),
	    D_TEXT(value_str(value_get(open, S("digest")))),
	    D_INT((int64_t)value_count(articles))));
	return articles_put(cx, db, statute, from, articles);
}

/* An edition ends where the next begins, and none outlives the repeal. */
static enum err
days_put(
    struct cx *cx, struct db *db, struct str statute, int64_t repealed, struct str *title)
{
	LIST(int64_t) from = { 0 };
	DB_ROWS rows = { 0 };

	TRY(db_ask(cx, db, &rows, Q_EDITION_ALL, D_TEXT(statute)));
	while (db_next(&rows)) {
		*list_add(cx->arena, &from) = db_int(&rows, 0);
		*title = db_text(cx, &rows, 2);
	}
	TRY(db_end(cx, &rows));
	for (size_t i = 0; i < from.n; i++) {
		int64_t to = i + 1 < from.n ? from.v[i + 1] : DAY_OPEN;

		if (repealed < to)
			to = repealed > from.v[i] ? repealed : from.v[i];
		TRY(db_run(cx, db, Q_EDITION_UNTIL, D_TEXT(statute), D_INT(from.v[i]),
		    D_INT(to)));
	}
	return ERR_OK;
}

enum err
library_apply(struct cx *cx, struct db *db, const struct event *e)
{
	struct str statute, title = S(""), by = S("");
	int64_t repealed = DAY_OPEN;
	DB_ROWS rows = { 0 };
	struct value open;

	if (e->kind != EV_STATUTE)
		return ERR_OK;
	TRY(canon_parse(cx, e->parts.v[0].bytes, &open));
	statute = value_str(value_get(&open, S("statute")));
	TRY(db_ask(cx, db, &rows, Q_STATUTE_GET, D_TEXT(statute)));
	if (db_next(&rows)) {
		repealed = db_int(&rows, 1);
		by = db_text(cx, &rows, 2);
	}
	TRY(db_end(cx, &rows));
	if (value_get(&open, S("text"))->kind == V_MAP) {
		TRY(edition_put(cx, db, statute, &open));
	} else {
		repealed = value_num(value_get(&open, S("repealed")));
		by = value_str(value_get(&open, S("by")));
	}
	TRY(days_put(cx, db, statute, repealed, &title));
	return db_run(cx, db, Q_STATUTE_PUT, D_TEXT(statute), D_TEXT(title),
	    D_INT(repealed), D_TEXT(by), D_INT(e->seq));
}
