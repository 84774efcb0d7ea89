/*
 * Passwords and tokens, on libsodium: argon2id (RFC 9106) with 19 MiB and two passes, one
 * at a time in the whole process, so that a hundred logins at once cost time and not
 * memory.
 */
#pragma once

#include <stdbool.h>

#include "base/cx.h"

/* The text to be stored, with salt and parameters in it. */
struct str password_hash(struct cx *cx, struct str password);

/* Whether the password is the one of that text; an empty text costs the same time and is
 * never right, so that unknown logins cannot be told from wrong passwords. */
bool password_check(struct cx *cx, struct str hash, struct str password);

/* 32 bytes of digest (BLAKE2b) of a token; tokens are random, so they need no salt. */
struct str token_digest(struct cx *cx, struct str token);

/* A new random token: 43 characters fit for cookies and addresses. */
struct str token_new(struct cx *cx);

/* Compares without telling by its time where the difference is. */
bool secret_eq(struct str a, struct str b);

/* A few bytes encrypted and authenticated (XSalsa20-Poly1305) with a key of 32 bytes; the
 * nonce stands in front. false: another key, or altered. */
struct str sealed_make(
    struct cx *cx, const unsigned char key[static 32], struct str plain);
bool sealed_open(struct cx *cx, const unsigned char key[static 32], struct str sealed,
    struct str *plain);
