/* Unfinished imports in their tables. One connection and a lock: there are few of them,
 * and each is used by one person at a time. */
#include "web/draft.h"
#include "web/word.h"

#include <pthread.h>

#include "base/date.h"
#include "base/encode.h"
#include "lang/canon.h"
#include "store/db.h"

struct drafts {
	struct arena arena;
	struct db *db;
	pthread_mutex_t lock;
};

enum err
drafts_open(struct cx *cx, struct str url, struct drafts **out)
{
	struct arena arena = { 0 };
	struct drafts *d = arena_new(&arena, struct drafts);
	const enum err err = db_open(cx, url, DB_WRITE, &d->db);

	if (err != ERR_OK) {
		arena_free(&arena);
		return err;
	}
	pthread_mutex_init(&d->lock, NULL);
	d->arena = arena;
	*out = d;
	return ERR_OK;
}

void
drafts_close(struct drafts *d)
{
	if (!d)
		return;
	db_close(d->db);
	pthread_mutex_destroy(&d->lock);
	struct arena arena = d->arena;
	arena_free(&arena);
}

static struct str
new_id(struct cx *cx)
{
	char bytes[8], *hex = arena_alloc(cx->arena, 2 * sizeof bytes);

	cx_random(cx, bytes, sizeof bytes);
	hex_put(hex, bytes, sizeof bytes);
	return (struct str){ hex, 2 * sizeof bytes };
}

static enum err
add_locked(struct cx *cx, struct db *db, struct str id, struct str kind,
    struct str person, const struct value *state, const struct draft_file *files,
    size_t n)
{
	const int64_t oldest = cx->now_ms - DRAFT_DAYS * DAY_MS;
	DB_TX tx = { 0 };

	TRY(db_begin(cx, db, &tx));
	TRY(db_run(cx, db, Q_DRAFT_SWEEP_FILES, D_INT(oldest)));
	TRY(db_run(cx, db, Q_DRAFT_SWEEP, D_INT(oldest)));
	TRY(db_run(cx, db, Q_DRAFT_ADD, D_TEXT(id), D_TEXT(kind), D_TEXT(person),
	    D_INT(cx->now_ms), D_TEXT(canon_str(cx->arena, state))));
	for (size_t i = 0; i < n; i++)
		TRY(db_run(cx, db, Q_DRAFT_FILE_ADD, D_TEXT(id), D_INT((int64_t)i),
		    D_TEXT(files[i].name), D_BLOB(files[i].bytes)));
	return db_commit(cx, &tx);
}

enum err
draft_add(struct cx *cx, struct drafts *d, struct str kind, struct str person,
    const struct value *state, const struct draft_file *files, size_t n, struct str *id)
{
	const struct str made = new_id(cx);

	pthread_mutex_lock(&d->lock);
	const enum err err = add_locked(cx, d->db, made, kind, person, state, files, n);
	pthread_mutex_unlock(&d->lock);
	TRY(err);
	*id = made;
	return ERR_OK;
}

static enum err
get_locked(struct cx *cx, struct db *db, struct str id, struct draft *out)
{
	DB_ROWS rows = { 0 };

	TRY(db_ask(cx, db, &rows, Q_DRAFT_GET, D_TEXT(id)));
	while (db_next(&rows)) {
		out->id = id;
		out->kind = db_text(cx, &rows, 0);
		out->person = db_text(cx, &rows, 1);
		out->created = db_int(&rows, 2);
		TRY(canon_parse(cx, db_text(cx, &rows, 3), &out->state));
	}
	return db_end(cx, &rows);
}

enum err
draft_get(
    struct cx *cx, struct drafts *d, struct str kind, struct str id, struct draft *out)
{
	struct draft found = { 0 };

	pthread_mutex_lock(&d->lock);
	const enum err err = get_locked(cx, d->db, id, &found);
	pthread_mutex_unlock(&d->lock);
	TRY(err);
	if (!found.id.n || !str_eq(found.kind, kind))
		return word_fail(cx, ERR_NOT_FOUND, W(none_draft));
	*out = found;
	return ERR_OK;
}

static enum err
file_locked(
    struct cx *cx, struct db *db, struct str id, int64_t n, struct draft_file *out)
{
	DB_ROWS rows = { 0 };

	TRY(db_ask(cx, db, &rows, Q_DRAFT_FILE_GET, D_TEXT(id), D_INT(n)));
	while (db_next(&rows)) {
		out->name = db_text(cx, &rows, 0);
		out->bytes = db_text(cx, &rows, 1);
	}
	TRY(db_end(cx, &rows));
	return rows.seen ? ERR_OK : word_fail(cx, ERR_NOT_FOUND, W(no_such));
}

enum err
draft_file_get(
    struct cx *cx, struct drafts *d, struct str id, int64_t n, struct draft_file *out)
{
	pthread_mutex_lock(&d->lock);
	const enum err err = file_locked(cx, d->db, id, n, out);
	pthread_mutex_unlock(&d->lock);
	return err;
}

static enum err
all_locked(struct cx *cx, struct db *db, struct str kind, struct draft_list *out)
{
	DB_ROWS rows = { 0 };

	TRY(db_ask(cx, db, &rows, Q_DRAFT_ALL, D_TEXT(kind)));
	while (db_next(&rows)) {
		struct draft *one = list_add(cx->arena, out);

		one->kind = kind;
		one->id = db_text(cx, &rows, 0);
		one->person = db_text(cx, &rows, 1);
		one->created = db_int(&rows, 2);
		TRY(canon_parse(cx, db_text(cx, &rows, 3), &one->state));
	}
	return db_end(cx, &rows);
}

enum err
draft_all(struct cx *cx, struct drafts *d, struct str kind, struct draft_list *out)
{
	*out = (struct draft_list){ 0 };
	pthread_mutex_lock(&d->lock);
	const enum err err = all_locked(cx, d->db, kind, out);
	pthread_mutex_unlock(&d->lock);
	return err;
}

enum err
draft_set(struct cx *cx, struct drafts *d, struct str id, const struct value *state)
{
	const struct str text = canon_str(cx->arena, state);

	pthread_mutex_lock(&d->lock);
	const enum err err = db_run(cx, d->db, Q_DRAFT_SET, D_TEXT(id), D_TEXT(text));
	pthread_mutex_unlock(&d->lock);
	return err;
}

static enum err
drop_locked(struct cx *cx, struct db *db, struct str id)
{
	DB_TX tx = { 0 };

	TRY(db_begin(cx, db, &tx));
	TRY(db_run(cx, db, Q_DRAFT_DROP_FILES, D_TEXT(id)));
	TRY(db_run(cx, db, Q_DRAFT_DROP, D_TEXT(id)));
	return db_commit(cx, &tx);
}

enum err
draft_drop(struct cx *cx, struct drafts *d, struct str id)
{
	pthread_mutex_lock(&d->lock);
	const enum err err = drop_locked(cx, d->db, id);
	pthread_mutex_unlock(&d->lock);
	return err;
}

/* ---- files brought before their act ---- */

static enum err
brought_locked(struct cx *cx, struct db *db, struct str digest, struct str person)
{
	DB_TX tx = { 0 };

	TRY(db_begin(cx, db, &tx));
	TRY(db_run(cx, db, Q_BROUGHT_SWEEP, D_INT(cx->now_ms - DAY_MS)));
	TRY(db_run(
	    cx, db, Q_BROUGHT_ADD, D_TEXT(digest), D_TEXT(person), D_INT(cx->now_ms)));
	return db_commit(cx, &tx);
}

enum err
brought_note(struct cx *cx, struct drafts *d, struct str digest, struct str person)
{
	pthread_mutex_lock(&d->lock);
	const enum err err = brought_locked(cx, d->db, digest, person);
	pthread_mutex_unlock(&d->lock);
	return err;
}

static enum err
brought_ask(struct cx *cx, struct db *db, struct str digest, struct str person, bool *out)
{
	DB_ROWS rows = { 0 };

	*out = false;
	TRY(db_ask(cx, db, &rows, Q_BROUGHT_GET, D_TEXT(digest), D_TEXT(person)));
	while (db_next(&rows))
		*out = db_int(&rows, 0) > cx->now_ms - DAY_MS;
	return db_end(cx, &rows);
}

enum err
brought_by(
    struct cx *cx, struct drafts *d, struct str digest, struct str person, bool *out)
{
	pthread_mutex_lock(&d->lock);
	const enum err err = brought_ask(cx, d->db, digest, person, out);
	pthread_mutex_unlock(&d->lock);
	return err;
}
