/* Accounts, logins and sessions. */
#include "web/session_inside.h"

#include "record/note.h"
#include "web/password.h"
#include "web/weak.h"
#include "web/word.h"

enum { LOGIN_MAX = 64 };
#define SEEN_EVERY_MS                                                     \
	((int64_t)5 * 60 * 1000) /* a write per request would be too dear \
				  */

struct str
seal_path(struct arena *a, struct str url)
{
	return str_fmt(a, "%.*s.seal", STR_ARG(signer_path(a, url)));
}

enum err
sessions_open(struct cx *cx, struct str url, struct sessions **out)
{
	struct arena arena = { 0 };
	struct sessions *s = arena_new(&arena, struct sessions);

	s->key = seal_path(&arena, url);
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
sessions_key(struct sessions *s, struct str path)
{
	s->key = path;
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

/* With the lock held. */
static enum err
account_write(struct cx *cx, struct sessions *s, struct str login, struct str hash,
    struct str person, bool temporary)
{
	DB_TX tx = { 0 };

	TRY(db_begin(cx, s->db, &tx));
	TRY(db_run(
	    cx, s->db, Q_ACCOUNT_PUT, D_TEXT(login), D_TEXT(hash), D_TEXT(person)));
	TRY(db_run(cx, s->db, Q_STATE_PUT, D_TEXT(login), D_INT(temporary),
	    D_INT(cx->now_ms), D_INT(0)));
	TRY(db_run(cx, s->db, Q_SESSION_END_ALL, D_TEXT(login)));
	TRY(db_run(cx, s->db, Q_PENDING_DROP_ALL, D_TEXT(login)));
	TRY(failure_forget(cx, s, login));
	return db_commit(cx, &tx);
}

static enum err
password_judge(struct cx *cx, struct str login, struct str password)
{
	const size_t chars = str_chars(password);

	if (chars < PASSWORD_MIN || chars > PASSWORD_MAX)
		return fail(cx, ERR_INPUT, "%.*s", STR_ARG(W(account_password_bad)));
	if (password_is_weak(cx, password, login))
		return fail(cx, ERR_INPUT, "%.*s", STR_ARG(W(account_password_weak)));
	return ERR_OK;
}

enum err
account_put(struct cx *cx, struct sessions *s, struct str login, struct str password,
    struct str person, bool temporary)
{
	if (login.n == 0 || login.n > LOGIN_MAX)
		return fail(cx, ERR_INPUT, "%.*s", STR_ARG(W(account_login_bad)));
	TRY(password_judge(cx, login, password));
	const struct str hash = password_hash(cx, password);
	pthread_mutex_lock(&s->lock);
	const enum err err = account_write(cx, s, login, hash, person, temporary);
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

static enum err
account_more(struct cx *cx, struct sessions *s, struct account *out)
{
	DB_ROWS rows = { 0 };

	TRY(db_ask(cx, s->db, &rows, Q_STATE_GET, D_TEXT(out->login)));
	while (db_next(&rows)) {
		out->temporary = db_int(&rows, 0) != 0;
		out->changed_ms = db_int(&rows, 1);
		out->used_ms = db_int(&rows, 2);
	}
	TRY(db_end(cx, &rows));
	db_rows_close(&rows);
	TRY(failure_until(cx, s, out->login, &out->locked_until_ms));
	return factor_is_on(cx, s, out->login, &out->has_factor);
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
		const struct account one = { .login = db_text(cx, &rows, 0),
			.person = db_text(cx, &rows, 1),
			.is_disabled = db_int(&rows, 2) != 0 };

		if (!str_eq(login.n ? one.login : one.person, login.n ? login : person))
			continue;
		if (!out->login.n || out->is_disabled)
			*out = one;
	}
	TRY(db_end(cx, &rows));
	db_rows_close(&rows);
	return out->login.n ? account_more(cx, s, out) : ERR_OK;
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

/* ---- sessions ---- */

enum err
session_begin(struct cx *cx, struct sessions *s, struct str login, struct str *token)
{
	DB_TX tx = { 0 };
	const struct str t = token_new(cx);

	TRY(db_begin(cx, s->db, &tx));
	TRY(db_run(cx, s->db, Q_SESSION_SWEEP, D_INT(cx->now_ms - SESSION_IDLE_MS),
	    D_INT(cx->now_ms - SESSION_MOST_MS)));
	TRY(db_run(cx, s->db, Q_PENDING_SWEEP, D_INT(cx->now_ms - PENDING_MS)));
	TRY(db_run(cx, s->db, Q_SESSION_ADD, D_BLOB(token_digest(cx, t)), D_TEXT(login),
	    D_TEXT(token_new(cx)), D_INT(cx->now_ms)));
	TRY(db_run(cx, s->db, Q_STATE_USED, D_TEXT(login), D_INT(cx->now_ms)));
	TRY(db_commit(cx, &tx));
	*token = t;
	return ERR_OK;
}

static enum err
session_read(struct cx *cx, struct sessions *s, struct str digest, struct session **out)
{
	DB_ROWS rows = { 0 };
	struct session *found = NULL;
	int64_t seen = 0;

	TRY(db_ask(cx, s->db, &rows, Q_SESSION_GET, D_BLOB(digest),
	    D_INT(cx->now_ms - SESSION_IDLE_MS), D_INT(cx->now_ms - SESSION_MOST_MS)));
	while (db_next(&rows)) {
		found = arena_new(cx->arena, struct session);
		found->login = db_text(cx, &rows, 0);
		found->csrf = db_text(cx, &rows, 1);
		seen = db_int(&rows, 2);
		found->person = db_text(cx, &rows, 3);
		found->temporary = db_int(&rows, 4) != 0;
		found->has_factor = db_int(&rows, 5) != 0;
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

enum err
session_end_others(struct cx *cx, struct sessions *s, struct str login, struct str token)
{
	const struct str digest = token_digest(cx, token);

	pthread_mutex_lock(&s->lock);
	const enum err err = db_run(
	    cx, s->db, Q_SESSION_END_OTHERS, D_TEXT(login), D_BLOB(digest));
	pthread_mutex_unlock(&s->lock);
	return err;
}

static enum err
lines_read(struct cx *cx, struct sessions *s, struct str login, struct str digest,
    struct session_lines *out)
{
	DB_ROWS rows = { 0 };

	TRY(db_ask(cx, s->db, &rows, Q_SESSION_LIST, D_TEXT(login)));
	while (db_next(&rows)) {
		const struct session_line line = { db_int(&rows, 1), db_int(&rows, 2),
			str_eq(db_view(&rows, 0), digest) };

		if (cx->now_ms - line.seen_ms < SESSION_IDLE_MS &&
		    cx->now_ms - line.created_ms < SESSION_MOST_MS)
			*list_add(cx->arena, out) = line;
	}
	return db_end(cx, &rows);
}

enum err
session_list(struct cx *cx, struct sessions *s, struct str login, struct str token,
    struct session_lines *out)
{
	const struct str digest = token_digest(cx, token);

	pthread_mutex_lock(&s->lock);
	const enum err err = lines_read(cx, s, login, digest, out);
	pthread_mutex_unlock(&s->lock);
	return err;
}

/* ---- the owner's own password ---- */

static enum err
change_locked(struct cx *cx, struct sessions *s, const struct session *who,
    struct str hash, struct str *token)
{
	TRY(account_write(cx, s, who->login, hash, who->person, false));
	return session_begin(cx, s, who->login, token);
}

enum err
password_change(struct cx *cx, struct sessions *s, const struct session *who,
    struct str old, struct str password, struct str *token)
{
	enum err err;

	TRY(password_confirm(cx, s, who->login, old, S("old"), W(me_password_wrong)));
	if (str_eq(old, password))
		return login_refuse(cx, S("password"), W(me_password_same));
	if (password_judge(cx, who->login, password) != ERR_OK)
		return login_refuse(cx, S("password"), cx->why);
	const struct str hash = password_hash(cx, password);
	pthread_mutex_lock(&s->lock);
	err = change_locked(cx, s, who, hash, token);
	pthread_mutex_unlock(&s->lock);
	return err;
}

enum err
account_unlock(struct cx *cx, struct sessions *s, struct str login)
{
	pthread_mutex_lock(&s->lock);
	const enum err err = failure_forget(cx, s, login);
	pthread_mutex_unlock(&s->lock);
	return err;
}
