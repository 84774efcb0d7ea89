/*
 * Logging in. An attempt is counted before its password is looked at and forgiven when it
 * was right, so that a hundred at once are a hundred. What is counted by login is kept in
 * a table for every login that was ever typed, so that unknown ones behave like known
 * ones; what is counted by peer is memory, which a restart forgives.
 */
#include "web/password.h"
#include "web/session_inside.h"
#include "web/word.h"

/* After five failures for a quarter of an hour, after six for two …; at most an hour.
 * What is a day old is forgotten. */
enum { LOCK_QUARTERS_MAX = 4 };
#define FORGET_MS ((int64_t)24 * 3600 * 1000)

struct failures {
	int64_t failed, last_ms;
};

enum err
login_refuse(struct cx *cx, struct str field, struct str message)
{
	struct refusal *r = list_add(cx->arena, &cx->refusals);

	r->code = S("login.refused");
	r->field = field;
	r->message = message;
	return ERR_REFUSED;
}

/* ---- counting, with the lock held ---- */

static struct str
who_digest(struct cx *cx, struct str login)
{
	return token_digest(cx, str_fmt(cx->arena, "login %.*s", STR_ARG(login)));
}

static enum err
failures_read(struct cx *cx, struct sessions *s, struct str login, struct failures *out)
{
	DB_ROWS rows = { 0 };

	*out = (struct failures){ 0 };
	TRY(db_ask(cx, s->db, &rows, Q_FAILURE_GET, D_BLOB(who_digest(cx, login))));
	while (db_next(&rows))
		*out = (struct failures){ db_int(&rows, 0), db_int(&rows, 1) };
	TRY(db_end(cx, &rows));
	if (cx->now_ms - out->last_ms >= FORGET_MS)
		*out = (struct failures){ 0 };
	return ERR_OK;
}

static int64_t
locked_until(const struct failures *f)
{
	const int64_t over = f->failed - THROTTLE_TRIES + 1;

	if (over <= 0)
		return 0;
	return f->last_ms +
	       THROTTLE_MS * (over < LOCK_QUARTERS_MAX ? over : LOCK_QUARTERS_MAX);
}

enum err
failure_until(struct cx *cx, struct sessions *s, struct str login, int64_t *until)
{
	struct failures f;

	TRY(failures_read(cx, s, login, &f));
	*until = locked_until(&f);
	if (*until <= cx->now_ms)
		*until = 0;
	return ERR_OK;
}

enum err
failure_forget(struct cx *cx, struct sessions *s, struct str login)
{
	return db_run(cx, s->db, Q_FAILURE_DROP, D_BLOB(who_digest(cx, login)));
}

static enum err
failure_count(struct cx *cx, struct sessions *s, struct str login, struct failures *f)
{
	DB_TX tx = { 0 };

	f->failed++;
	f->last_ms = cx->now_ms;
	TRY(db_begin(cx, s->db, &tx));
	TRY(db_run(cx, s->db, Q_FAILURE_SWEEP, D_INT(cx->now_ms - FORGET_MS)));
	TRY(db_run0(cx, s->db, Q_FAILURE_TRIM));
	TRY(db_run(cx, s->db, Q_FAILURE_PUT, D_BLOB(who_digest(cx, login)),
	    D_INT(f->failed), D_INT(f->last_ms)));
	return db_commit(cx, &tx);
}

/* ---- the password ---- */

enum err
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
account_person(struct cx *cx, struct sessions *s, struct str login, struct str *person)
{
	DB_ROWS rows = { 0 };

	*person = S("");
	TRY(db_ask(cx, s->db, &rows, Q_ACCOUNT_GET, D_TEXT(login)));
	while (db_next(&rows))
		*person = db_text(cx, &rows, 1);
	return db_end(cx, &rows);
}

static enum err
pending_begin(struct cx *cx, struct sessions *s, struct str login, struct str *token)
{
	const struct str t = token_new(cx);

	TRY(db_run(cx, s->db, Q_PENDING_ADD, D_BLOB(token_digest(cx, t)), D_TEXT(login),
	    D_INT(cx->now_ms)));
	*token = t;
	return ERR_OK;
}

/* Counts the attempt and says whether it may be made at all. */
static enum err
attempt(struct cx *cx, struct sessions *s, struct str peer_key, struct str login,
    struct failures *f)
{
	TRY(failures_read(cx, s, login, f));
	if ((peer_key.n && throttle_blocks(&s->throttle, peer_key, cx->now_ms)) ||
	    locked_until(f) > cx->now_ms)
		return login_refuse(cx, S(""), W(login_throttled));
	return failure_count(cx, s, login, f);
}

/* Holds the lock, but not while the password is being checked. */
static enum err
password_locked(struct cx *cx, struct sessions *s, struct str peer_key, struct str login,
    struct str password, struct failures *f, bool *right)
{
	struct str hash;

	TRY(attempt(cx, s, peer_key, login, f));
	TRY(account_hash(cx, s, login, &hash));
	pthread_mutex_unlock(&s->lock);
	*right = password.n <= PASSWORD_MAX * 4 && password_check(cx, hash, password);
	pthread_mutex_lock(&s->lock);
	if (*right && peer_key.n)
		throttle_forget(&s->throttle, peer_key);
	else if (peer_key.n)
		throttle_failed(&s->throttle, peer_key, cx->now_ms);
	return ERR_OK;
}

/* With a second factor the failures are not forgotten yet: whoever knows the password
 * could go on with codes for ever. The attempt itself is taken back. */
static enum err
go_on(struct cx *cx, struct sessions *s, struct str login, const struct failures *f,
    struct login *out)
{
	TRY(factor_is_on(cx, s, login, &out->pending));
	if (!out->pending) {
		TRY(failure_forget(cx, s, login));
		return session_begin(cx, s, login, &out->token);
	}
	TRY(db_run(cx, s->db, Q_FAILURE_PUT, D_BLOB(who_digest(cx, login)),
	    D_INT(f->failed - 1), D_INT(f->last_ms)));
	return pending_begin(cx, s, login, &out->token);
}

static enum err
login_locked(struct cx *cx, struct sessions *s, struct str peer, struct str login,
    struct str password, struct login *out)
{
	const struct str peer_key = str_fmt(cx->arena, "peer %.*s", STR_ARG(peer));
	struct failures f;
	bool right = false;

	TRY(password_locked(cx, s, peer_key, login, password, &f, &right));
	TRY(account_person(cx, s, login, &out->person));
	if (right)
		return go_on(cx, s, login, &f, out);
	out->locked = f.failed >= THROTTLE_TRIES;
	return login_refuse(cx, S("password"), W(login_wrong));
}

enum err
session_login(struct cx *cx, struct sessions *s, struct str peer, struct str login,
    struct str password, struct login *out)
{
	*out = (struct login){ 0 };
	pthread_mutex_lock(&s->lock);
	const enum err err = login_locked(cx, s, peer, login, password, out);
	pthread_mutex_unlock(&s->lock);
	return err;
}

enum err
password_confirm(struct cx *cx, struct sessions *s, struct str login, struct str password,
    struct str field, struct str why)
{
	struct failures f;
	bool right = false;
	enum err err;

	pthread_mutex_lock(&s->lock);
	err = password_locked(cx, s, S(""), login, password, &f, &right);
	if (err == ERR_OK && right)
		err = failure_forget(cx, s, login);
	pthread_mutex_unlock(&s->lock);
	TRY(err);
	return right ? ERR_OK : login_refuse(cx, field, why);
}

/* ---- the code ---- */

static enum err
pending_read(struct cx *cx, struct sessions *s, struct str digest, struct login *out,
    struct str *login)
{
	DB_ROWS rows = { 0 };

	*login = S("");
	TRY(db_ask(cx, s->db, &rows, Q_PENDING_GET, D_BLOB(digest),
	    D_INT(cx->now_ms - PENDING_MS)));
	while (db_next(&rows)) {
		*login = db_text(cx, &rows, 0);
		out->person = db_text(cx, &rows, 1);
	}
	TRY(db_end(cx, &rows));
	return login->n ? ERR_OK : fail(cx, ERR_NOT_FOUND, "no such login");
}

static enum err
code_locked(struct cx *cx, struct sessions *s, struct str pending, struct str code,
    int64_t real_ms, struct login *out, enum factor_used *used)
{
	const struct str digest = token_digest(cx, pending);
	struct failures f;
	struct str login;

	TRY(pending_read(cx, s, digest, out, &login));
	TRY(attempt(cx, s, S(""), login, &f));
	TRY(factor_check(cx, s, login, code, real_ms, used));
	if (*used == FACTOR_NONE) {
		out->locked = f.failed >= THROTTLE_TRIES;
		return login_refuse(cx, S("code"), W(factor_wrong));
	}
	TRY(db_run(cx, s->db, Q_PENDING_DROP, D_BLOB(digest)));
	TRY(failure_forget(cx, s, login));
	return session_begin(cx, s, login, &out->token);
}

enum err
session_code(struct cx *cx, struct sessions *s, struct str pending, struct str code,
    int64_t real_ms, struct login *out, enum factor_used *used)
{
	*out = (struct login){ 0 };
	*used = FACTOR_NONE;
	if (pending.n == 0 || pending.n > 100)
		return fail(cx, ERR_NOT_FOUND, "no such login");
	pthread_mutex_lock(&s->lock);
	const enum err err = code_locked(cx, s, pending, code, real_ms, out, used);
	pthread_mutex_unlock(&s->lock);
	return err;
}
