/* Tokens in their service table. What is looked up is a digest: a copy of the table opens
 * nothing. */
#include "web/token.h"

#include <pthread.h>

#include "base/date.h"
#include "base/encode.h"
#include "store/db.h"
#include "web/password.h"
#include "web/session.h"
#include "web/word.h"

enum { NOTE_MAX_CHARS = 100 };
/* A write for each request would be too dear. */
#define SEEN_EVERY_MS ((int64_t)60 * 60 * 1000)

struct tokens {
	struct arena arena;
	struct db *db;
	pthread_mutex_t lock;
};

static const struct str scopes[] = {
	[TOKEN_READ] = S("read"),
	[TOKEN_WRITE] = S("write"),
	[TOKEN_METRICS] = S("metrics"),
};

struct str
token_scope_name(enum token_scope scope)
{
	return scopes[scope];
}

bool
token_scope_find(struct str name, enum token_scope *out)
{
	for (int i = 0; i < TOKEN_SCOPES_; i++) {
		if (!str_eq(scopes[i], name))
			continue;
		*out = (enum token_scope)i;
		return true;
	}
	return false;
}

enum err
tokens_open(struct cx *cx, struct str url, struct tokens **out)
{
	struct arena arena = { 0 };
	struct tokens *t = arena_new(&arena, struct tokens);
	const enum err err = db_open(cx, url, DB_WRITE, &t->db);

	if (err != ERR_OK) {
		arena_free(&arena);
		return err;
	}
	pthread_mutex_init(&t->lock, NULL);
	t->arena = arena;
	*out = t;
	return ERR_OK;
}

void
tokens_close(struct tokens *t)
{
	if (!t)
		return;
	db_close(t->db);
	pthread_mutex_destroy(&t->lock);
	struct arena arena = t->arena;
	arena_free(&arena);
}

/* ---- making and ending ---- */

static enum err
count(struct cx *cx, struct db *db, struct str login, int64_t *out)
{
	DB_ROWS rows = { 0 };

	TRY(db_ask(cx, db, &rows, Q_TOKEN_COUNT, D_TEXT(login)));
	if (db_next(&rows))
		*out = db_int(&rows, 0);
	return db_end(cx, &rows);
}

static enum err
add_locked(struct cx *cx, struct db *db, const struct token *one, struct str digest)
{
	int64_t made = 0, kept = 0;
	DB_TX tx = { 0 };
	const struct db_arg args[] = { D_TEXT(one->id), D_BLOB(digest),
		D_TEXT(one->login), D_TEXT(scopes[one->scope]), D_TEXT(one->note),
		D_INT(one->created), D_INT(one->until) };

	TRY(db_begin(cx, db, &tx));
	TRY(db_run(cx, db, Q_TOKEN_SWEEP, D_INT(one->created)));
	TRY(count(cx, db, one->login, &kept));
	if (kept >= TOKENS_MAX)
		return fail(cx, ERR_INPUT, "%.*s",
		    STR_ARG(word_n(cx->arena, W(token_many), TOKENS_MAX)));
	TRY(db_run_many(cx, db, Q_TOKEN_ADD, args, sizeof args / sizeof *args, 1, &made));
	if (!made)
		return word_fail(cx, ERR_NOT_FOUND, W(token_no_account));
	return db_commit(cx, &tx);
}

enum err
token_add(struct cx *cx, struct tokens *t, struct str login, enum token_scope scope,
    int64_t days, struct str note, struct str *id, struct str *secret)
{
	const struct str made = token_new(cx);
	char random[6];

	if (days < 1 || days > TOKEN_DAYS_MAX)
		return word_fail(cx, ERR_INPUT, W(token_days_wrong));
	if (str_chars(note) > NOTE_MAX_CHARS || !str_is_utf8(note))
		return word_fail(cx, ERR_INPUT, W(token_note_wrong));
	cx_random(cx, random, sizeof random);
	const struct token one = {
		.id = hex_of(cx->arena, (struct str){ random, sizeof random }),
		.login = login,
		.note = note,
		.scope = scope,
		.created = cx->now_ms,
		.until = ms_of_day(cx_today(cx) + days + 1),
	};
	pthread_mutex_lock(&t->lock);
	const enum err err = add_locked(cx, t->db, &one, token_digest(cx, made));
	pthread_mutex_unlock(&t->lock);
	TRY(err);
	*id = one.id;
	*secret = made;
	return ERR_OK;
}

static enum err
all_locked(struct cx *cx, struct db *db, struct str login, struct token_list *out)
{
	DB_ROWS rows = { 0 };

	TRY(db_ask(cx, db, &rows, Q_TOKEN_ALL, D_INT(cx->now_ms), D_TEXT(login)));
	while (db_next(&rows)) {
		struct token *one = list_add(cx->arena, out);

		one->id = db_text(cx, &rows, 0);
		one->login = db_text(cx, &rows, 1);
		if (!token_scope_find(db_text(cx, &rows, 2), &one->scope))
			return word_fail(cx, ERR_STORE, W(token_scope_wrong));
		one->note = db_text(cx, &rows, 3);
		one->created = db_int(&rows, 4);
		one->until = db_int(&rows, 5);
		one->seen = db_int(&rows, 6);
	}
	return db_end(cx, &rows);
}

enum err
token_all(struct cx *cx, struct tokens *t, struct str login, struct token_list *out)
{
	*out = (struct token_list){ 0 };
	pthread_mutex_lock(&t->lock);
	const enum err err = all_locked(cx, t->db, login, out);
	pthread_mutex_unlock(&t->lock);
	return err;
}

enum err
token_drop(struct cx *cx, struct tokens *t, struct str login, struct str id)
{
	const struct db_arg args[] = { D_TEXT(id), D_TEXT(login) };
	int64_t gone = 0;

	pthread_mutex_lock(&t->lock);
	const enum err err = db_run_many(cx, t->db, Q_TOKEN_DROP, args, 2, 1, &gone);
	pthread_mutex_unlock(&t->lock);
	TRY(err);
	return gone ? ERR_OK : word_fail(cx, ERR_NOT_FOUND, W(token_none));
}

/* ---- using ---- */

struct found {
	struct str login, person;
	enum token_scope scope;
	bool is;
};

static enum err
find_locked(struct cx *cx, struct db *db, struct str digest, struct found *out)
{
	int64_t seen = 0;
	DB_ROWS rows = { 0 };

	TRY(db_ask(cx, db, &rows, Q_TOKEN_GET, D_BLOB(digest), D_INT(cx->now_ms)));
	while (db_next(&rows)) {
		out->login = db_text(cx, &rows, 0);
		out->person = db_text(cx, &rows, 1);
		out->is = token_scope_find(db_text(cx, &rows, 2), &out->scope);
		seen = db_int(&rows, 3);
	}
	TRY(db_end(cx, &rows));
	db_rows_close(&rows);
	if (out->is && cx->now_ms - seen > SEEN_EVERY_MS)
		TRY(db_run(cx, db, Q_TOKEN_SEEN, D_BLOB(digest), D_INT(cx->now_ms)));
	return ERR_OK;
}

static enum err
find(struct cx *cx, struct tokens *t, struct str secret, struct found *out)
{
	*out = (struct found){ 0 };
	if (!secret.n || secret.n > 100)
		return ERR_OK;
	const struct str digest = token_digest(cx, secret);
	pthread_mutex_lock(&t->lock);
	const enum err err = find_locked(cx, t->db, digest, out);
	pthread_mutex_unlock(&t->lock);
	return err;
}

enum err
token_find(struct cx *cx, struct tokens *t, struct str secret, struct session **out)
{
	struct found f;

	TRY(find(cx, t, secret, &f));
	if (!f.is || f.scope == TOKEN_METRICS)
		return ERR_OK;
	struct session *s = arena_new(cx->arena, struct session);
	s->login = f.login;
	s->person = f.person;
	s->by_token = true;
	s->reads_only = f.scope != TOKEN_WRITE;
	*out = s;
	return ERR_OK;
}

enum err
token_measures(struct cx *cx, struct tokens *t, struct str secret, bool *out)
{
	struct found f;

	TRY(find(cx, t, secret, &f));
	*out = f.is && f.scope == TOKEN_METRICS;
	return ERR_OK;
}
