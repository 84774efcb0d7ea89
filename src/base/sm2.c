/*
 * SM2 signatures of OpenSSL (base/crypto.h). A secret is a number below the order of the
 * curve; signatures go in and out of DER, which the library alone wants.
 */
#include "base/crypto.h"

#include <openssl/core_names.h>
#include <openssl/ec.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/obj_mac.h>
#include <openssl/param_build.h>
#include <string.h>

#include "base/bug.h"

/* The name of the signer that goes into the digest where no other was agreed. */
static const char signer_name[] = "1234567812345678";

enum { HALF = SIGNATURE_SIZE / 2, DER_MAX = 80 };

bool
sm2_public(const unsigned char secret[KEY_SIZE], unsigned char out[SM2_KEY_SIZE])
{
	EC_GROUP *curve = EC_GROUP_new_by_curve_name(NID_sm2);
	EC_POINT *point = curve ? EC_POINT_new(curve) : NULL;
	BIGNUM *d = BN_bin2bn(secret, KEY_SIZE, NULL), *most = BN_new();
	bool fits = false;

	if (!point || !d || !most || !BN_copy(most, EC_GROUP_get0_order(curve)) ||
	    !BN_sub_word(most, 1))
		bug("OpenSSL has no SM2");
	if (!BN_is_zero(d) && BN_cmp(d, most) < 0) {
		if (!EC_POINT_mul(curve, point, d, NULL, NULL, NULL) ||
		    EC_POINT_point2oct(curve, point, POINT_CONVERSION_UNCOMPRESSED, out,
			SM2_KEY_SIZE, NULL) != SM2_KEY_SIZE)
			bug("EC_POINT_mul");
		fits = true;
	}
	BN_free(most);
	BN_clear_free(d);
	EC_POINT_free(point);
	EC_GROUP_free(curve);
	return fits;
}

/* NULL where the bytes are no point of the curve. */
static EVP_PKEY *
key_of(const unsigned char *secret, const unsigned char public[SM2_KEY_SIZE])
{
	OSSL_PARAM_BLD *build = OSSL_PARAM_BLD_new();
	BIGNUM *d = secret ? BN_secure_new() : NULL;
	EVP_PKEY_CTX *ctx = EVP_PKEY_CTX_new_from_name(NULL, "SM2", NULL);
	OSSL_PARAM *params = NULL;
	EVP_PKEY *key = NULL;

	if (!build || !ctx || (secret && (!d || !BN_bin2bn(secret, KEY_SIZE, d))) ||
	    !OSSL_PARAM_BLD_push_utf8_string(
		build, OSSL_PKEY_PARAM_GROUP_NAME, "SM2", 0) ||
	    !OSSL_PARAM_BLD_push_octet_string(
		build, OSSL_PKEY_PARAM_PUB_KEY, public, SM2_KEY_SIZE) ||
	    (d && !OSSL_PARAM_BLD_push_BN(build, OSSL_PKEY_PARAM_PRIV_KEY, d)) ||
	    !(params = OSSL_PARAM_BLD_to_param(build)) ||
	    EVP_PKEY_fromdata_init(ctx) != 1)
		bug("OpenSSL has no SM2");
	if (EVP_PKEY_fromdata(
		ctx, &key, secret ? EVP_PKEY_KEYPAIR : EVP_PKEY_PUBLIC_KEY, params) != 1)
		key = NULL;
	OSSL_PARAM_free(params);
	OSSL_PARAM_BLD_free(build);
	EVP_PKEY_CTX_free(ctx);
	BN_clear_free(d);
	return key;
}

struct signing {
	EVP_MD_CTX *digest;
	EVP_PKEY_CTX *named; /* knows the name, which the digest begins with */
};

static struct signing
signing_open(EVP_PKEY *key)
{
	struct signing s = { EVP_MD_CTX_new(),
		EVP_PKEY_CTX_new_from_pkey(NULL, key, NULL) };

	if (!s.digest || !s.named ||
	    EVP_PKEY_CTX_set1_id(s.named, signer_name, (int)strlen(signer_name)) != 1)
		bug("EVP_PKEY_CTX_set1_id");
	EVP_MD_CTX_set_pkey_ctx(s.digest, s.named);
	return s;
}

static void
signing_close(struct signing *s)
{
	EVP_MD_CTX_free(s->digest);
	EVP_PKEY_CTX_free(s->named);
}

void
sm2_sign(const unsigned char secret[KEY_SIZE], struct str text,
    unsigned char out[SIGNATURE_SIZE])
{
	unsigned char public[SM2_KEY_SIZE], der[DER_MAX];
	const unsigned char *p = der;
	size_t n = sizeof der;
	struct signing s;
	ECDSA_SIG *sig;
	EVP_PKEY *key;

	if (!sm2_public(secret, public) || !(key = key_of(secret, public)))
		bug("no SM2 secret");
	s = signing_open(key);
	if (EVP_DigestSignInit(s.digest, NULL, EVP_sm3(), NULL, key) != 1 ||
	    EVP_DigestSign(s.digest, der, &n, (const unsigned char *)text.p, text.n) != 1)
		bug("EVP_DigestSign");
	sig = d2i_ECDSA_SIG(NULL, &p, (long)n);
	if (!sig || BN_bn2binpad(ECDSA_SIG_get0_r(sig), out, HALF) != HALF ||
	    BN_bn2binpad(ECDSA_SIG_get0_s(sig), out + HALF, HALF) != HALF)
		bug("d2i_ECDSA_SIG");
	ECDSA_SIG_free(sig);
	signing_close(&s);
	EVP_PKEY_free(key);
}

/* r || s as the library wants it: the length, 0 when it is none. */
static int
der_of(struct str signature, unsigned char out[DER_MAX])
{
	const unsigned char *p = (const unsigned char *)signature.p;
	ECDSA_SIG *sig = ECDSA_SIG_new();
	unsigned char *to = out;
	int n = 0;

	if (!sig || ECDSA_SIG_set0(sig, BN_bin2bn(p, HALF, NULL),
			BN_bin2bn(p + HALF, HALF, NULL)) != 1)
		bug("ECDSA_SIG_new");
	n = i2d_ECDSA_SIG(sig, NULL);
	n = n > 0 && n <= DER_MAX ? i2d_ECDSA_SIG(sig, &to) : 0;
	ECDSA_SIG_free(sig);
	return n;
}

bool
sm2_verify(
    const unsigned char public[SM2_KEY_SIZE], struct str text, struct str signature)
{
	unsigned char der[DER_MAX];
	EVP_PKEY *key = key_of(NULL, public);
	struct signing s;
	bool good = false;
	int n;

	if (key && signature.n == SIGNATURE_SIZE && (n = der_of(signature, der)) > 0) {
		s = signing_open(key);
		good = EVP_DigestVerifyInit(s.digest, NULL, EVP_sm3(), NULL, key) == 1 &&
		       EVP_DigestVerify(s.digest, der, (size_t)n,
			   (const unsigned char *)text.p, text.n) == 1;
		signing_close(&s);
	}
	EVP_PKEY_free(key);
	ERR_clear_error(); /* any bytes may come: refusing them is an answer */
	return good;
}
