/* Second factors in their tables. The key is made at the first use, as the signing key of
 * the record is, and is not in any copy of the database. */
#include "web/factor.h"

#include "base/buf.h"
#include "base/crypto.h"
#include "record/note.h"
#include "web/password.h"
#include "web/session_inside.h"
#include "web/totp.h"
#include "web/word.h"

enum { RECOVERY_GROUPS = 3, RECOVERY_LETTERS = 4 };

struct factor {
	struct str secret;
	bool is_there, confirmed;
	int64_t step;
};

static enum err
factor_read(struct cx *cx, struct sessions *s, struct str login, struct factor *out)
{
	DB_ROWS rows = { 0 };

	*out = (struct factor){ 0 };
	TRY(db_ask(cx, s->db, &rows, Q_FACTOR_GET, D_TEXT(login)));
	while (db_next(&rows))
		*out = (struct factor){ db_text(cx, &rows, 0), true,
			db_int(&rows, 1) != 0, db_int(&rows, 2) };
	return db_end(cx, &rows);
}

enum err
factor_is_on(struct cx *cx, struct sessions *s, struct str login, bool *on)
{
	struct factor f;

	TRY(factor_read(cx, s, login, &f));
	*on = f.confirmed;
	return ERR_OK;
}

static enum err
secret_open(struct cx *cx, struct sessions *s, const struct factor *f, struct str *secret)
{
	struct signer key;

	TRY(signer_load(cx, s->key, &key));
	return sealed_open(cx, key.secret, f->secret, secret)
		   ? ERR_OK
		   : word_fail(cx, ERR_STORE, W(factor_key_lost));
}

/* ---- the codes ---- */

static struct str
recovery_digest(struct cx *cx, struct str login, struct str code)
{
	char *p = arena_alloc(cx->arena, code.n + 1);
	size_t n = 0;

	for (size_t i = 0; i < code.n; i++) {
		const char c = code.p[i];

		if (c >= 'A' && c <= 'Z')
			p[n++] = (char)(c + ('a' - 'A'));
		else if (c != '-' && c != ' ')
			p[n++] = c;
	}
	return token_digest(cx, str_fmt(cx->arena, "recovery %.*s %.*s", STR_ARG(login),
				    STR_ARG(((struct str){ p, n }))));
}

/* Sixty bits of chance, in letters that nobody takes for others. */
static struct str
recovery_new(struct cx *cx)
{
	static const char letters[] = "23456789abcdefghijkmnpqrstuvwxyz";
	unsigned char bytes[RECOVERY_GROUPS * RECOVERY_LETTERS];
	struct buf b = { .arena = cx->arena };

	cx_random(cx, bytes, sizeof bytes);
	for (size_t i = 0; i < sizeof bytes; i++) {
		if (i && i % RECOVERY_LETTERS == 0)
			buf_put_byte(&b, '-');
		buf_put_byte(&b, letters[bytes[i] & 31]);
	}
	return buf_str(&b);
}

enum err
factor_check(struct cx *cx, struct sessions *s, struct str login, struct str code,
    int64_t real_ms, enum factor_used *used)
{
	const struct str typed = str_trim(code);
	struct db_arg args[2] = { D_TEXT(login) };
	struct str secret;
	struct factor f;
	int64_t step, changed = 0;

	*used = FACTOR_NONE;
	TRY(factor_read(cx, s, login, &f));
	if (!f.confirmed || typed.n > 40)
		return ERR_OK;
	if (typed.n == TOTP_DIGITS) {
		TRY(secret_open(cx, s, &f, &secret));
		step = totp_step(cx->arena, secret, typed, real_ms, f.step);
		if (!step)
			return ERR_OK;
		/* Another process may have taken the same code a moment ago. */
		args[1] = D_INT(step);
		TRY(db_run_many(cx, s->db, Q_FACTOR_STEP, args, 2, 1, &changed));
		*used = changed ? FACTOR_CODE : FACTOR_NONE;
		return ERR_OK;
	}
	args[1] = D_BLOB(recovery_digest(cx, login, typed));
	TRY(db_run_many(cx, s->db, Q_RECOVERY_USE, args, 2, 1, &changed));
	*used = changed ? FACTOR_RECOVERY : FACTOR_NONE;
	return ERR_OK;
}

/* ---- beginning ---- */

static enum err
begin_locked(struct cx *cx, struct sessions *s, struct str login, struct str *secret)
{
	unsigned char *bytes = arena_alloc(cx->arena, TOTP_SECRET_SIZE);
	struct signer key;
	struct factor f;

	TRY(factor_read(cx, s, login, &f));
	if (f.confirmed)
		return fail(cx, ERR_STALE, "there is one");
	if (f.is_there)
		return secret_open(cx, s, &f, secret);
	TRY(signer_load(cx, s->key, &key));
	cx_random(cx, bytes, TOTP_SECRET_SIZE);
	*secret = (struct str){ (const char *)bytes, TOTP_SECRET_SIZE };
	return db_run(cx, s->db, Q_FACTOR_PUT, D_TEXT(login),
	    D_BLOB(sealed_make(cx, key.secret, *secret)));
}

enum err
factor_begin(struct cx *cx, struct sessions *s, struct str login, struct str *secret)
{
	pthread_mutex_lock(&s->lock);
	const enum err err = begin_locked(cx, s, login, secret);
	pthread_mutex_unlock(&s->lock);
	return err;
}

static enum err
confirm_locked(struct cx *cx, struct sessions *s, struct str login, struct str code,
    int64_t real_ms, struct str token, struct recovery *out)
{
	struct str secret;
	struct factor f;
	DB_TX tx = { 0 };
	int64_t step;

	TRY(factor_read(cx, s, login, &f));
	if (!f.is_there || f.confirmed)
		return fail(cx, ERR_STALE, "not begun");
	TRY(secret_open(cx, s, &f, &secret));
	step = totp_step(cx->arena, secret, str_trim(code), real_ms, 0);
	if (!step)
		return login_refuse(cx, S("code"), W(factor_wrong));
	TRY(db_begin(cx, s->db, &tx));
	TRY(db_run(cx, s->db, Q_FACTOR_STEP, D_TEXT(login), D_INT(step)));
	TRY(db_run(cx, s->db, Q_RECOVERY_DROP, D_TEXT(login)));
	for (size_t i = 0; i < RECOVERY_CODES; i++) {
		out->v[i] = recovery_new(cx);
		TRY(db_run(cx, s->db, Q_RECOVERY_ADD, D_TEXT(login),
		    D_BLOB(recovery_digest(cx, login, out->v[i]))));
	}
	TRY(db_run(cx, s->db, Q_SESSION_END_OTHERS, D_TEXT(login),
	    D_BLOB(token_digest(cx, token))));
	return db_commit(cx, &tx);
}

enum err
factor_confirm(struct cx *cx, struct sessions *s, struct str login, struct str code,
    int64_t real_ms, struct str token, struct recovery *out)
{
	pthread_mutex_lock(&s->lock);
	const enum err err = confirm_locked(cx, s, login, code, real_ms, token, out);
	pthread_mutex_unlock(&s->lock);
	return err;
}

static enum err
left_locked(struct cx *cx, struct sessions *s, struct str login, int64_t *left)
{
	DB_ROWS rows = { 0 };

	*left = 0;
	TRY(db_ask(cx, s->db, &rows, Q_RECOVERY_COUNT, D_TEXT(login)));
	while (db_next(&rows))
		*left = db_int(&rows, 0);
	return db_end(cx, &rows);
}

enum err
factor_left(struct cx *cx, struct sessions *s, struct str login, int64_t *left)
{
	pthread_mutex_lock(&s->lock);
	const enum err err = left_locked(cx, s, login, left);
	pthread_mutex_unlock(&s->lock);
	return err;
}

static enum err
drop_locked(struct cx *cx, struct sessions *s, struct str login)
{
	DB_TX tx = { 0 };

	TRY(db_begin(cx, s->db, &tx));
	TRY(db_run(cx, s->db, Q_FACTOR_DROP, D_TEXT(login)));
	TRY(db_run(cx, s->db, Q_RECOVERY_DROP, D_TEXT(login)));
	TRY(db_run(cx, s->db, Q_PENDING_DROP_ALL, D_TEXT(login)));
	TRY(db_run(cx, s->db, Q_SESSION_END_ALL, D_TEXT(login)));
	return db_commit(cx, &tx);
}

enum err
factor_drop(struct cx *cx, struct sessions *s, struct str login)
{
	pthread_mutex_lock(&s->lock);
	const enum err err = drop_locked(cx, s, login);
	pthread_mutex_unlock(&s->lock);
	return err;
}
