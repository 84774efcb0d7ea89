/*
 * The second factor of an account: a secret shared with a telephone (totp.h) and ten
 * recovery codes. The secret is encrypted in the service tables with a key that stands in
 * a file of its own beside the store.
 */
#pragma once

#include "web/session.h"

enum { RECOVERY_CODES = 10 };

/* A new secret, not yet in force: what is shown to be typed or read by a telephone. The
 * same one again until it is confirmed. */
enum err factor_begin(
    struct cx *cx, struct sessions *s, struct str login, struct str *secret) MUST_USE;

/* The code proves that the telephone has it; from now on it is asked for. Gives ten
 * recovery codes, shown once, and ends all other sessions of the account. ERR_REFUSED
 * beside `code`. */
struct recovery {
	struct str v[RECOVERY_CODES];
};
enum err factor_confirm(struct cx *cx, struct sessions *s, struct str login,
    struct str code, int64_t real_ms, struct str token, struct recovery *out) MUST_USE;

/* Recovery codes that are left. */
enum err factor_left(struct cx *cx, struct sessions *s, struct str login, int64_t *left)
    MUST_USE;

/* It is gone, and so are the account's sessions. */
enum err factor_drop(struct cx *cx, struct sessions *s, struct str login) MUST_USE;
