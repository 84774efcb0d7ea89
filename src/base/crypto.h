/*
 * Digests (SM3, GB/T 32905; SHA-256), Ed25519 (RFC 8032) and SM2 signatures (GB/T 32918,
 * with SM3 and the usual name 1234567812345678). The library behind them is known to
 * crypto.c and sm2.c alone.
 */
#pragma once

#include <stdbool.h>

#include "base/arena.h"
#include "base/cx.h"
#include "base/str.h"

enum digest_algorithm { DIGEST_SM3, DIGEST_SHA256 };
enum { DIGEST_SIZE = 32, KEY_SIZE = 32, SIGNATURE_SIZE = 64 };

struct digest {
	unsigned char b[DIGEST_SIZE];
};

/* Digests one thing after another; a scope, because the library holds memory of its own.
 *
 *     HASHER h = { 0 };
 *     hasher_open(&h, DIGEST_SM3);
 *     hasher_put(&h, a); hasher_put(&h, b); d = hasher_end(&h);       and again
 */
struct hasher {
	void *state;
};
#define HASHER AUTO(hasher_close) struct hasher
void hasher_open(struct hasher *h, enum digest_algorithm algorithm);
void hasher_put(struct hasher *h, struct str bytes);
struct digest hasher_end(struct hasher *h); /* and begins anew */
void hasher_close(struct hasher *h);

struct digest digest_of(enum digest_algorithm algorithm, struct str bytes);
/* The digests of n texts, each by itself. SM3 of several together takes a quarter of the
 * time where the processor has AVX2. */
void digest_many(enum digest_algorithm algorithm, const struct str *texts, size_t n,
    struct digest *out);
bool digest_eq(const struct digest *a, const struct digest *b);
bool digest_from(struct str bytes, struct digest *out); /* false unless it is 32 bytes */
struct str digest_str(const struct digest *d);          /* a view of its bytes */
struct str digest_hex(struct arena *a, const struct digest *d);

/* HMAC-SHA-1 (RFC 2104): for one-time codes (RFC 6238), which every telephone can make,
 * and for nothing else. */
enum { HMAC_SHA1_SIZE = 20 };
void hmac_sha1(struct str key, struct str text, unsigned char out[HMAC_SHA1_SIZE]);

/* The public key of a 32-byte secret; a signature of 64 bytes. */
void ed25519_public(const unsigned char secret[KEY_SIZE], unsigned char out[KEY_SIZE]);
void ed25519_sign(const unsigned char secret[KEY_SIZE], struct str text,
    unsigned char out[SIGNATURE_SIZE]);
bool ed25519_verify(
    const unsigned char key[KEY_SIZE], struct str text, struct str signature);

/* The public key, 04 || x || y, of a secret below the order of the curve; false when it
 * is none. */
enum { SM2_KEY_SIZE = 65 };
bool sm2_public(const unsigned char secret[KEY_SIZE], unsigned char out[SM2_KEY_SIZE])
    MUST_USE;
/* A signature is r || s, of 64 bytes; another one each time. The secret has a public key.
 */
void sm2_sign(const unsigned char secret[KEY_SIZE], struct str text,
    unsigned char out[SIGNATURE_SIZE]);
bool sm2_verify(
    const unsigned char key[SM2_KEY_SIZE], struct str text, struct str signature);
