/* The library's three tables to structs. */
#include "read/statute.h"

#include "store/db.h"

enum err
statutes_read(struct cx *cx, struct db *db, struct statute_rows *out)
{
	DB_ROWS rows = { 0 };

	TRY(db_ask0(cx, db, &rows, Q_STATUTE_ALL));
	while (db_next(&rows))
		*list_add(cx->arena, out) = (struct statute_row){ db_text(cx, &rows, 0),
			db_text(cx, &rows, 1), db_int(&rows, 2), db_text(cx, &rows, 3),
			db_int(&rows, 4) };
	return db_end(cx, &rows);
}

enum err
statutes_version(struct cx *cx, struct db *db, int64_t *out)
{
	DB_ROWS rows = { 0 };
	int64_t version = 0;

	TRY(db_ask0(cx, db, &rows, Q_STATUTE_NEWEST));
	if (db_next(&rows))
		version = db_int(&rows, 0);
	TRY(db_end(cx, &rows));
	*out = version;
	return ERR_OK;
}

enum err
statutes_changed(struct cx *cx, struct db *db, int64_t since, struct statute_rows *out)
{
	DB_ROWS rows = { 0 };

	TRY(db_ask(cx, db, &rows, Q_STATUTE_SINCE, D_INT(since)));
	while (db_next(&rows))
		*list_add(cx->arena, out) = (struct statute_row){
			.statute = db_text(cx, &rows, 0), .seq = db_int(&rows, 1)
		};
	return db_end(cx, &rows);
}

enum err
editions_read(struct cx *cx, struct db *db, struct str statute, struct editions *out)
{
	DB_ROWS rows = { 0 };

	TRY(db_ask(cx, db, &rows, Q_EDITION_ALL, D_TEXT(statute)));
	while (db_next(&rows))
		*list_add(cx->arena, out) = (struct edition){ .statute = statute,
			.from = db_int(&rows, 0),
			.to = db_int(&rows, 1),
			.title = db_text(cx, &rows, 2),
			.number = db_text(cx, &rows, 3),
			.issuer = db_text(cx, &rows, 4),
			.passed = db_int(&rows, 5),
			.promulgated = db_int(&rows, 6),
			.assumed = db_int(&rows, 7) != 0,
			.history = db_text(cx, &rows, 8),
			.flags = db_text(cx, &rows, 9),
			.file = db_text(cx, &rows, 10),
			.source = db_text(cx, &rows, 11),
			.digest = db_text(cx, &rows, 12),
			.articles = db_int(&rows, 13) };
	return db_end(cx, &rows);
}

const struct edition *
edition_of_day(const struct editions *all, int64_t day)
{
	for (size_t i = 0; i < all->n; i++)
		if (all->v[i].from <= day && day < all->v[i].to)
			return &all->v[i];
	return NULL;
}

enum err
edition_on(
    struct cx *cx, struct db *db, struct str statute, int64_t day, struct edition *out)
{
	struct editions all = { 0 };
	const struct edition *found;

	TRY(editions_read(cx, db, statute, &all));
	found = edition_of_day(&all, day);
	if (!found)
		return fail(cx, ERR_NOT_FOUND, "法规库中没有《%.*s》在该日施行的版本",
		    STR_ARG(statute));
	*out = *found;
	return ERR_OK;
}

static struct article
article_row(struct cx *cx, const struct db_rows *rows)
{
	return (struct article){ db_int(rows, 0), db_text(cx, rows, 1),
		db_text(cx, rows, 2), db_text(cx, rows, 3), db_text(cx, rows, 4) };
}

enum err
articles_read(struct cx *cx, struct db *db, struct str statute, int64_t from, bool texts,
    struct articles *out)
{
	DB_ROWS rows = { 0 };

	TRY(db_ask(cx, db, &rows, texts ? Q_ARTICLE_ALL : Q_ARTICLE_LABELS,
	    D_TEXT(statute), D_INT(from)));
	while (db_next(&rows))
		*list_add(cx->arena, out) = article_row(cx, &rows);
	return db_end(cx, &rows);
}

enum err
article_read(struct cx *cx, struct db *db, struct str statute, int64_t from,
    struct str key, struct article *out)
{
	struct article found = { 0 };
	DB_ROWS rows = { 0 };

	TRY(db_ask(
	    cx, db, &rows, Q_ARTICLE_GET, D_TEXT(statute), D_INT(from), D_TEXT(key)));
	if (db_next(&rows))
		found = article_row(cx, &rows);
	TRY(db_end(cx, &rows));
	if (!found.n)
		return fail(cx, ERR_NOT_FOUND, "《%.*s》中没有这一条", STR_ARG(statute));
	*out = found;
	return ERR_OK;
}

static enum err
each_of_edition(struct cx *cx, struct db *db, const struct edition *e,
    statute_visit *visit, void *self)
{
	struct arena *caller = cx->arena;
	enum err err = ERR_OK;
	DB_ROWS rows = { 0 };

	TRY(db_ask(cx, db, &rows, Q_ARTICLE_ALL, D_TEXT(e->statute), D_INT(e->from)));
	while (err == ERR_OK && db_next(&rows)) {
		struct arena turn AUTO(arena_free) = { 0 };
		struct article a;

		cx->arena = &turn;
		a = article_row(cx, &rows);
		err = visit(cx, e, &a, self);
		cx->arena = caller;
		if (err != ERR_OK)
			cx->why = str_copy(caller, cx->why);
	}
	TRY(err);
	return db_end(cx, &rows);
}

enum err
statute_each_article(
    struct cx *cx, struct db *db, struct str statute, statute_visit *visit, void *self)
{
	struct editions all = { 0 };

	TRY(editions_read(cx, db, statute, &all));
	for (size_t i = 0; i < all.n; i++)
		TRY(each_of_edition(cx, db, &all.v[i], visit, self));
	return ERR_OK;
}
