/* The only file that knows libsodium. */
#include "web/password.h"

#include <pthread.h>
#include <sodium.h>

#include "base/bug.h"

enum { PASSES = 2, MEMORY = 19 << 20, TOKEN_BYTES = 32 };

static pthread_mutex_t one_at_a_time = PTHREAD_MUTEX_INITIALIZER;

static void
ready(void)
{
	if (sodium_init() < 0)
		bug("libsodium cannot start");
}

struct str
password_hash(struct cx *cx, struct str password)
{
	char *out = arena_alloc(cx->arena, crypto_pwhash_STRBYTES);

	ready();
	pthread_mutex_lock(&one_at_a_time);
	const int failed = crypto_pwhash_str_alg(
	    out, password.p, password.n, PASSES, MEMORY, crypto_pwhash_ALG_ARGON2ID13);
	pthread_mutex_unlock(&one_at_a_time);
	if (failed)
		bug("no memory for a password hash");
	return str_z(out);
}

bool
password_check(struct cx *cx, struct str hash, struct str password)
{
	static const unsigned char salt[crypto_pwhash_SALTBYTES] = { 0 };
	unsigned char spent[32];
	int failed;

	ready();
	pthread_mutex_lock(&one_at_a_time);
	if (hash.n == 0)
		failed = crypto_pwhash(spent, sizeof spent, password.p, password.n, salt,
		    PASSES, MEMORY, crypto_pwhash_ALG_ARGON2ID13);
	else
		failed = crypto_pwhash_str_verify(
		    str_cz(cx->arena, hash), password.p, password.n);
	pthread_mutex_unlock(&one_at_a_time);
	return hash.n != 0 && !failed;
}

struct str
token_digest(struct cx *cx, struct str token)
{
	unsigned char *out = arena_alloc(cx->arena, 32);

	ready();
	crypto_generichash(out, 32, (const unsigned char *)token.p, token.n, NULL, 0);
	return (struct str){ (const char *)out, 32 };
}

struct str
token_new(struct cx *cx)
{
	const int variant = sodium_base64_VARIANT_URLSAFE_NO_PADDING;
	const size_t size = sodium_base64_encoded_len(TOKEN_BYTES, variant);
	unsigned char bytes[TOKEN_BYTES];
	char *out = arena_alloc(cx->arena, size);

	cx_random(cx, bytes, sizeof bytes);
	return str_z(sodium_bin2base64(out, size, bytes, sizeof bytes, variant));
}

bool
secret_eq(struct str a, struct str b)
{
	return a.n == b.n && sodium_memcmp(a.p, b.p, a.n) == 0;
}

struct str
sealed_make(struct cx *cx, const unsigned char key[static 32], struct str plain)
{
	const size_t head = crypto_secretbox_NONCEBYTES;
	const size_t n = head + crypto_secretbox_MACBYTES + plain.n;
	unsigned char *out = arena_alloc(cx->arena, n);

	ready();
	cx_random(cx, out, head);
	crypto_secretbox_easy(
	    out + head, (const unsigned char *)plain.p, plain.n, out, key);
	return (struct str){ (const char *)out, n };
}

bool
sealed_open(struct cx *cx, const unsigned char key[static 32], struct str sealed,
    struct str *plain)
{
	const size_t head = crypto_secretbox_NONCEBYTES;
	const size_t around = head + crypto_secretbox_MACBYTES;
	const unsigned char *in = (const unsigned char *)sealed.p;
	unsigned char *out = arena_alloc(cx->arena, sealed.n + 1);

	ready();
	if (sealed.n < around ||
	    crypto_secretbox_open_easy(out, in + head, sealed.n - head, in, key) != 0)
		return false;
	*plain = (struct str){ (const char *)out, sealed.n - around };
	return true;
}
