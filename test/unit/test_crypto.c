/* Digests, signatures and their texts, against published vectors. */
#include "test.h"

#include "base/crypto.h"
#include "base/encode.h"
#include "shared.h"

static struct str
hex_digest(struct cx *cx, enum digest_algorithm algorithm, struct str bytes)
{
	const struct digest d = digest_of(algorithm, bytes);

	return digest_hex(cx->arena, &d);
}

TEST(crypto_digests)
{
	HASHER h = { 0 };
	struct digest d;

	/* FIPS 180-2 and GB/T 32905, appendix A.1: "abc". */
	CHECK_STR(hex_digest(cx, DIGEST_SHA256, S("abc")),
	    S("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"));
	CHECK_STR(hex_digest(cx, DIGEST_SM3, S("abc")),
	    S("66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0"));
	hasher_open(&h, DIGEST_SM3);
	for (int i = 0; i < 2; i++) {
		hasher_put(&h, S("a"));
		hasher_put(&h, S(""));
		hasher_put(&h, S("bc"));
		d = hasher_end(&h);
		CHECK_STR(
		    digest_hex(cx->arena, &d), hex_digest(cx, DIGEST_SM3, S("abc")));
	}
}

/* Every length around the ends of blocks, and more texts than there are lanes, each
 * against the library's digest of it alone. */
TEST(crypto_many)
{
	enum { TEXTS = 300 };
	static const enum digest_algorithm algorithms[] = { DIGEST_SM3, DIGEST_SHA256 };
	struct str *texts = arena_array(cx->arena, struct str, TEXTS);
	struct digest *got = arena_array(cx->arena, struct digest, TEXTS);

	for (size_t i = 0; i < TEXTS; i++) {
		const size_t n = i < 200 ? i : i * i % 5000;
		char *p = arena_alloc(cx->arena, n);

		for (size_t k = 0; k < n; k++)
			p[k] = (char)(i * 31 + k * 7 + (k >> 5));
		texts[i] = (struct str){ p, n };
	}
	for (size_t a = 0; a < 2; a++) {
		for (size_t n = 0; n <= TEXTS; n += n < 20 ? 1 : TEXTS - 20) {
			digest_many(algorithms[a], texts, n, got);
			for (size_t i = 0; i < n; i++) {
				const struct digest d = digest_of(
				    algorithms[a], texts[i]);

				CHECK(digest_eq(&got[i], &d));
			}
		}
	}
}

/* The published file mixes cases. */
static struct str
lower(struct cx *cx, struct str s)
{
	char *p = str_cz(cx->arena, s);

	for (size_t i = 0; i < s.n; i++)
		if (p[i] >= 'A' && p[i] <= 'Z')
			p[i] = (char)(p[i] - 'A' + 'a');
	return (struct str){ p, s.n };
}

TEST(crypto_sm3_vectors)
{
	struct str text, line, input = S(""), bytes;
	struct digest alone;
	int compared = 0;
	bool sm3 = false;

	if (!shared_read(cx, "gm/evpmd_sm3.txt", &text))
		return;
	while (str_split(&text, S("\n"), &line)) {
		if (str_starts(line, S("Digest = ")))
			sm3 = str_eq(line, S("Digest = SM3"));
		if (str_starts(line, S("Input = ")))
			input = lower(cx, str_sub(line, 8, line.n));
		if (!sm3 || !str_starts(line, S("Output = ")))
			continue;
		CHECK(hex_parse(cx->arena, input, &bytes));
		CHECK_STR(hex_digest(cx, DIGEST_SM3, bytes),
		    lower(cx, str_sub(line, 9, line.n)));
		digest_many(DIGEST_SM3, &bytes, 1, &alone);
		CHECK_STR(
		    digest_hex(cx->arena, &alone), lower(cx, str_sub(line, 9, line.n)));
		compared++;
	}
	CHECK(compared == 8);
}

TEST(crypto_ed25519)
{
	/* RFC 8032, section 7.1, test 2. */
	struct str secret, key, want;
	unsigned char public[KEY_SIZE], signature[SIGNATURE_SIZE];

	CHECK(hex_parse(cx->arena,
	    S("4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb"),
	    &secret));
	CHECK(hex_parse(cx->arena,
	    S("3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c"), &key));
	CHECK(hex_parse(cx->arena,
	    S("92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da"
	      "085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00"),
	    &want));
	ed25519_public((const unsigned char *)secret.p, public);
	ed25519_sign((const unsigned char *)secret.p, S("r"), signature);
	CHECK_STR(((struct str){ (char *)public, KEY_SIZE }), key);
	CHECK_STR(((struct str){ (char *)signature, SIGNATURE_SIZE }), want);
	CHECK(ed25519_verify(public, S("r"), want));
	CHECK(!ed25519_verify(public, S("s"), want));
	CHECK(!ed25519_verify(public, S("r"), str_sub(want, 0, 63)));
	signature[5] ^= 1;
	CHECK(!ed25519_verify(public, S("r"), (struct str){ (char *)signature, 64 }));
}

TEST(crypto_base64)
{
	static const struct {
		struct str bytes, text;
	} cases[] = { { S(""), S("") }, { S("f"), S("Zg==") }, { S("fo"), S("Zm8=") },
		{ S("foo"), S("Zm9v") }, { S("foob"), S("Zm9vYg==") },
		{ S("\xfb\xff\xfe"), S("+//+") } };
	static const struct str bad[] = { S("Z"), S("Zg="), S("Zg"), S("Zh=="), S("Zm9="),
		S("===="), S("Zg==Zg=="), S("Zm9v\n"), S("Zm-_"), S("=") };
	struct str out;

	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		CHECK_STR(base64_of(cx->arena, cases[i].bytes), cases[i].text);
		CHECK(base64_parse(cx->arena, cases[i].text, &out));
		CHECK_STR(out, cases[i].bytes);
	}
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
		CHECK(!base64_parse(cx->arena, bad[i], &out));
	CHECK(
	    !hex_parse(cx->arena, S("0"), &out) && !hex_parse(cx->arena, S("0G"), &out));
	CHECK(!hex_parse(cx->arena, S("AB"), &out));
}
