/* Accounts, logins and sessions. */
#include "web/session.h"

#include <pthread.h>

#include "store/db.h"
#include "web/password.h"
#include "web/throttle.h"
#include "web/word.h"

enum { LOGIN_MAX = 64, PASSWORD_MIN = 8, PASSWORD_MAX = 200 };
#define SEEN_EVERY_MS                                                     \
	((int64_t)5 * 60 * 1000) /* a write per request would be too dear \
				  */

struct sessions {
	struct arena arena;
	struct db *db;
	pthread_mutex_t lock; /* of db and throttle */
	struct throttle throttle;
};

enum err
sessions_open(struct cx *cx, struct str url, struct sessions **out)
{
	struct arena arena = { 0 };
	struct sessions *s = arena_new(&arena, struct sessions);

	s->arena = arena;
	const enum err err = db_open(cx, url, DB_WRITE, &s->db);
	if (err != ERR_OK) {
		arena_free(&arena);
		return err;
	}
	pthread_mutex_init(&s->lock, NULL);
	*out = s;
	return ERR_OK;
}

void
sessions_close(struct sessions *s)
{
	if (!s)
		return;
	db_close(s->db);
	pthread_mutex_destroy(&s->lock);
	struct arena arena = s->arena;
	arena_free(&arena);
}

static enum err
account_write(
    struct cx *cx, struct db *db, struct str login, struct str hash, struct str person)
{
	DB_TX tx = { 0 };

	TRY(db_begin(cx, db, &tx));
	TRY(db_run(cx, db, Q_ACCOUNT_PUT, D_TEXT(login), D_TEXT(hash), D_TEXT(person)));
	TRY(db_run(cx, db, Q_SESSION_END_ALL, D_TEXT(login)));
	return db_commit(cx, &tx);
}

enum err
account_put(struct cx *cx, struct sessions *s, struct str login, struct str password,
    struct str person)
{
	const size_t chars = str_chars(password);

	if (login.n == 0 || login.n > LOGIN_MAX)
		return fail(cx, ERR_INPUT, "%.*s", STR_ARG(W(account_login_bad)));
	if (chars < PASSWORD_MIN || chars > PASSWORD_MAX)
		return fail(cx, ERR_INPUT, "%.*s", STR_ARG(W(account_password_bad)));
	const struct str hash = password_hash(cx, password);
	pthread_mutex_lock(&s->lock);
	const enum err err = account_write(cx, s->db, login, hash, person);
	pthread_mutex_unlock(&s->lock);
	return err;
}

static enum err
account_close(struct cx *cx, struct db *db, struct str login)
{
	DB_TX tx = { 0 };

	TRY(db_begin(cx, db, &tx));
	TRY(db_run(cx, db, Q_ACCOUNT_DISABLE, D_TEXT(login)));
	TRY(db_run(cx, db, Q_SESSION_END_ALL, D_TEXT(login)));
	return db_commit(cx, &tx);
}

enum err
account_disable(struct cx *cx, struct sessions *s, struct str login)
{
	pthread_mutex_lock(&s->lock);
	const enum err err = account_close(cx, s->db, login);
	pthread_mutex_unlock(&s->lock);
	return err;
}

/* The account that `fits`: an open one is taken before a closed one. */
static enum err
account_pick(struct cx *cx, struct sessions *s, struct str login, struct str person,
    struct account *out)
{
	DB_ROWS rows = { 0 };

	*out = (struct account){ 0 };
	TRY(db_ask0(cx, s->db, &rows, Q_ACCOUNT_ALL));
	while (db_next(&rows)) {
		const struct account one = { db_text(cx, &rows, 0), db_text(cx, &rows, 1),
			db_int(&rows, 2) != 0 };

		if (!str_eq(login.n ? one.login : one.person, login.n ? login : person))
			continue;
		if (!out->login.n || out->is_disabled)
			*out = one;
	}
	return db_end(cx, &rows);
}

enum err
account_find(struct cx *cx, struct sessions *s, struct str login, struct account *out)
{
	*out = (struct account){ 0 };
	if (!login.n)
		return ERR_OK;
	pthread_mutex_lock(&s->lock);
	const enum err err = account_pick(cx, s, login, S(""), out);
	pthread_mutex_unlock(&s->lock);
	return err;
}

enum err
account_of_person(
    struct cx *cx, struct sessions *s, struct str person, struct account *out)
{
	pthread_mutex_lock(&s->lock);
	const enum err err = account_pick(cx, s, S(""), person, out);
	pthread_mutex_unlock(&s->lock);
	return err;
}

/* ---- login ---- */

static enum err
login_refuse(struct cx *cx, struct str field, struct str message)
{
	struct refusal *r = list_add(cx->arena, &cx->refusals);

	r->code = S("login.refused");
	r->field = field;
	r->message = message;
	return ERR_REFUSED;
}

/* The stored hash, empty when there is no such account or it is closed. */
static enum err
account_hash(struct cx *cx, struct sessions *s, struct str login, struct str *hash)
{
	DB_ROWS rows = { 0 };

	*hash = S("");
	TRY(db_ask(cx, s->db, &rows, Q_ACCOUNT_GET, D_TEXT(login)));
	while (db_next(&rows))
		if (!db_int(&rows, 2))
			*hash = db_text(cx, &rows, 0);
	return db_end(cx, &rows);
}

static enum err
session_begin(struct cx *cx, struct sessions *s, struct str login, struct str *token)
{
	DB_TX tx = { 0 };
	const struct str t = token_new(cx);

	TRY(db_begin(cx, s->db, &tx));
	TRY(db_run(cx, s->db, Q_SESSION_SWEEP, D_INT(cx->now_ms - SESSION_IDLE_MS)));
	TRY(db_run(cx, s->db, Q_SESSION_ADD, D_BLOB(token_digest(cx, t)), D_TEXT(login),
	    D_TEXT(token_new(cx)), D_INT(cx->now_ms)));
	TRY(db_commit(cx, &tx));
	*token = t;
	return ERR_OK;
}

/* Holds the lock, but not while the password is being checked. */
static enum err
login_locked(struct cx *cx, struct sessions *s, struct str login, struct str password,
    struct str peer_key, struct str login_key, struct str *token)
{
	struct str hash;

	if (throttle_blocks(&s->throttle, peer_key, cx->now_ms) ||
	    throttle_blocks(&s->throttle, login_key, cx->now_ms))
		return login_refuse(cx, S(""), W(login_throttled));
	TRY(account_hash(cx, s, login, &hash));
	pthread_mutex_unlock(&s->lock);
	const bool right = password.n <= PASSWORD_MAX * 4 &&
			   password_check(cx, hash, password);
	pthread_mutex_lock(&s->lock);
	if (!right) {
		throttle_failed(&s->throttle, peer_key, cx->now_ms);
		throttle_failed(&s->throttle, login_key, cx->now_ms);
		return login_refuse(cx, S("password"), W(login_wrong));
	}
	throttle_forget(&s->throttle, peer_key);
	throttle_forget(&s->throttle, login_key);
	return session_begin(cx, s, login, token);
}

enum err
session_login(struct cx *cx, struct sessions *s, struct str peer, struct str login,
    struct str password, struct str *token)
{
	const struct str peer_key = str_fmt(cx->arena, "peer %.*s", STR_ARG(peer));
	const struct str login_key = str_fmt(cx->arena, "login %.*s", STR_ARG(login));

	pthread_mutex_lock(&s->lock);
	const enum err err = login_locked(
	    cx, s, login, password, peer_key, login_key, token);
	pthread_mutex_unlock(&s->lock);
	return err;
}

/* ---- sessions ---- */

static enum err
session_read(struct cx *cx, struct sessions *s, struct str digest, struct session **out)
{
	DB_ROWS rows = { 0 };
	struct session *found = NULL;
	int64_t seen = 0;

	TRY(db_ask(cx, s->db, &rows, Q_SESSION_GET, D_BLOB(digest),
	    D_INT(cx->now_ms - SESSION_IDLE_MS)));
	while (db_next(&rows)) {
		found = arena_new(cx->arena, struct session);
		found->login = db_text(cx, &rows, 0);
		found->csrf = db_text(cx, &rows, 1);
		seen = db_int(&rows, 2);
		found->person = db_text(cx, &rows, 3);
	}
	TRY(db_end(cx, &rows));
	db_rows_close(&rows);
	if (found && cx->now_ms - seen > SEEN_EVERY_MS)
		TRY(db_run(cx, s->db, Q_SESSION_SEEN, D_BLOB(digest), D_INT(cx->now_ms)));
	*out = found;
	return ERR_OK;
}

enum err
session_find(struct cx *cx, struct sessions *s, struct str token, struct session **out)
{
	if (token.n == 0 || token.n > 100)
		return ERR_OK;
	const struct str digest = token_digest(cx, token);
	pthread_mutex_lock(&s->lock);
	const enum err err = session_read(cx, s, digest, out);
	pthread_mutex_unlock(&s->lock);
	return err;
}

enum err
session_end(struct cx *cx, struct sessions *s, struct str token)
{
	const struct str digest = token_digest(cx, token);

	pthread_mutex_lock(&s->lock);
	const enum err err = db_run(cx, s->db, Q_SESSION_END, D_BLOB(digest));
	pthread_mutex_unlock(&s->lock);
	return err;
}
