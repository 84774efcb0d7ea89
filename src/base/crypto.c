/*
 * OpenSSL's digests and signatures. It refuses only when it is broken or lacks an
 * algorithm that every build of 3.0 has; both are bugs here, not failures that a caller
 * could handle.
 */
#include "base/crypto.h"

#include <openssl/evp.h>

#include <pthread.h>
#include <string.h>

#include "base/bug.h"
#include "base/encode.h"
#include "base/sm3.h"

static EVP_MD *fetched[2];
static pthread_once_t fetched_once = PTHREAD_ONCE_INIT;

/* Looking an algorithm up takes a lock and microseconds: once for the process. */
static void
fetch(void)
{
	fetched[DIGEST_SM3] = EVP_MD_fetch(NULL, "SM3", NULL);
	fetched[DIGEST_SHA256] = EVP_MD_fetch(NULL, "SHA2-256", NULL);
	if (!fetched[DIGEST_SM3] || !fetched[DIGEST_SHA256])
		bug("OpenSSL has no SM3 or no SHA-256");
}

void
hasher_open(struct hasher *h, enum digest_algorithm algorithm)
{
	pthread_once(&fetched_once, fetch);
	h->state = EVP_MD_CTX_new();
	if (!h->state || !EVP_DigestInit_ex2(h->state, fetched[algorithm], NULL))
		bug("EVP_DigestInit_ex2");
}

void
hasher_put(struct hasher *h, struct str bytes)
{
	if (bytes.n && !EVP_DigestUpdate(h->state, bytes.p, bytes.n))
		bug("EVP_DigestUpdate");
}

struct digest
hasher_end(struct hasher *h)
{
	struct digest d;
	unsigned n = 0;

	if (!EVP_DigestFinal_ex(h->state, d.b, &n) || n != DIGEST_SIZE ||
	    !EVP_DigestInit_ex2(h->state, NULL, NULL))
		bug("EVP_DigestFinal_ex");
	return d;
}

void
hasher_close(struct hasher *h)
{
	EVP_MD_CTX_free(h->state);
	h->state = NULL;
}

struct digest
digest_of(enum digest_algorithm algorithm, struct str bytes)
{
	HASHER h = { 0 };

	hasher_open(&h, algorithm);
	hasher_put(&h, bytes);
	return hasher_end(&h);
}

void
digest_many(enum digest_algorithm algorithm, const struct str *texts, size_t n,
    struct digest *out)
{
	HASHER h = { 0 };

	if (algorithm == DIGEST_SM3) {
		sm3_many(texts, n, out);
		return;
	}
	hasher_open(&h, algorithm);
	for (size_t i = 0; i < n; i++) {
		hasher_put(&h, texts[i]);
		out[i] = hasher_end(&h);
	}
}

bool
digest_eq(const struct digest *a, const struct digest *b)
{
	return memcmp(a->b, b->b, DIGEST_SIZE) == 0;
}

bool
digest_from(struct str bytes, struct digest *out)
{
	if (bytes.n != DIGEST_SIZE)
		return false;
	memcpy(out->b, bytes.p, DIGEST_SIZE);
	return true;
}

struct str
digest_str(const struct digest *d)
{
	return (struct str){ (const char *)d->b, DIGEST_SIZE };
}

struct str
digest_hex(struct arena *a, const struct digest *d)
{
	return hex_of(a, digest_str(d));
}

void
hmac_sha1(struct str key, struct str text, unsigned char out[HMAC_SHA1_SIZE])
{
	size_t n = 0;

	if (!EVP_Q_mac(NULL, "HMAC", NULL, "SHA1", NULL, key.p, key.n,
		(const unsigned char *)text.p, text.n, out, HMAC_SHA1_SIZE, &n) ||
	    n != HMAC_SHA1_SIZE)
		bug("EVP_Q_mac");
}

static EVP_PKEY *
secret_key(const unsigned char secret[KEY_SIZE])
{
	EVP_PKEY *key = EVP_PKEY_new_raw_private_key(
	    EVP_PKEY_ED25519, NULL, secret, KEY_SIZE);

	if (!key)
		bug("OpenSSL has no Ed25519");
	return key;
}

void
ed25519_public(const unsigned char secret[KEY_SIZE], unsigned char out[KEY_SIZE])
{
	EVP_PKEY *key = secret_key(secret);
	size_t n = KEY_SIZE;

	if (!EVP_PKEY_get_raw_public_key(key, out, &n) || n != KEY_SIZE)
		bug("EVP_PKEY_get_raw_public_key");
	EVP_PKEY_free(key);
}

void
ed25519_sign(const unsigned char secret[KEY_SIZE], struct str text,
    unsigned char out[SIGNATURE_SIZE])
{
	EVP_PKEY *key = secret_key(secret);
	EVP_MD_CTX *ctx = EVP_MD_CTX_new();
	size_t n = SIGNATURE_SIZE;

	if (!ctx || EVP_DigestSignInit(ctx, NULL, NULL, NULL, key) != 1 ||
	    EVP_DigestSign(ctx, out, &n, (const unsigned char *)text.p, text.n) != 1 ||
	    n != SIGNATURE_SIZE)
		bug("EVP_DigestSign");
	EVP_MD_CTX_free(ctx);
	EVP_PKEY_free(key);
}

bool
ed25519_verify(const unsigned char key[KEY_SIZE], struct str text, struct str signature)
{
	EVP_PKEY *public = EVP_PKEY_new_raw_public_key(
	    EVP_PKEY_ED25519, NULL, key, KEY_SIZE);
	EVP_MD_CTX *ctx = EVP_MD_CTX_new();
	/* Any 32 bytes may come as a key, so failing here is an answer. */
	const bool good = public && ctx &&
			  EVP_DigestVerifyInit(ctx, NULL, NULL, NULL, public) == 1 &&
			  EVP_DigestVerify(ctx, (const unsigned char *)signature.p,
			      signature.n, (const unsigned char *)text.p, text.n) == 1;

	EVP_MD_CTX_free(ctx);
	EVP_PKEY_free(public);
	return good;
}
