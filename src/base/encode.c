/* Hexadecimal and base64. Decoding is strict: signatures and proofs have one spelling. */
#include "base/encode.h"

static const char HEX[] = "0123456789abcdef";
static const char
    BASE64[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

void
hex_put(char *to, const void *bytes, size_t n)
{
	const unsigned char *p = bytes;

	for (size_t i = 0; i < n; i++) {
		*to++ = HEX[p[i] >> 4];
		*to++ = HEX[p[i] & 15];
	}
}

struct str
hex_of(struct arena *a, struct str bytes)
{
	char *p = arena_alloc(a, bytes.n * 2 + 1);

	hex_put(p, bytes.p, bytes.n);
	return (struct str){ p, bytes.n * 2 };
}

int
hex_digit(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

int
hex_digit_any(char c)
{
	return hex_digit(c >= 'A' && c <= 'F' ? (char)(c - 'A' + 'a') : c);
}

bool
hex_is(struct str s, size_t n)
{
	for (size_t i = 0; i < s.n; i++)
		if (hex_digit(s.p[i]) < 0)
			return false;
	return s.n == n;
}

bool
hex_parse(struct arena *a, struct str text, struct str *out)
{
	char *p = arena_alloc(a, text.n / 2 + 1);

	if (text.n % 2)
		return false;
	for (size_t i = 0; i < text.n; i += 2) {
		const int high = hex_digit(text.p[i]), low = hex_digit(text.p[i + 1]);

		if (high < 0 || low < 0)
			return false;
		p[i / 2] = (char)(high << 4 | low);
	}
	*out = (struct str){ p, text.n / 2 };
	return true;
}

struct str
base64_of(struct arena *a, struct str bytes)
{
	const unsigned char *b = (const unsigned char *)bytes.p;
	char *p = arena_alloc(a, (bytes.n + 2) / 3 * 4 + 1);
	size_t n = 0;

	for (size_t i = 0; i < bytes.n; i += 3) {
		const size_t left = bytes.n - i;
		const unsigned v = (unsigned)b[i] << 16 |
				   (left > 1 ? (unsigned)b[i + 1] << 8 : 0) |
				   (left > 2 ? (unsigned)b[i + 2] : 0);

		p[n++] = BASE64[v >> 18];
		p[n++] = BASE64[v >> 12 & 63];
		p[n++] = left > 1 ? BASE64[v >> 6 & 63] : '=';
		p[n++] = left > 2 ? BASE64[v & 63] : '=';
	}
	return (struct str){ p, n };
}

static int
base64_value(char c)
{
	if (c >= 'A' && c <= 'Z')
		return c - 'A';
	if (c >= 'a' && c <= 'z')
		return c - 'a' + 26;
	if (c >= '0' && c <= '9')
		return c - '0' + 52;
	return c == '+' ? 62 : c == '/' ? 63 : -1;
}

bool
base64_parse(struct arena *a, struct str text, struct str *out)
{
	const size_t pad = str_ends(text, S("==")) ? 2 : str_ends(text, S("=")) ? 1 : 0;
	char *p = arena_alloc(a, text.n / 4 * 3 + 1);
	size_t n = 0;

	if (text.n % 4)
		return false;
	for (size_t i = 0; i < text.n; i += 4) {
		const size_t chars = i + 4 == text.n ? 4 - pad : 4;
		unsigned v = 0;

		for (size_t k = 0; k < chars; k++) {
			const int digit = base64_value(text.p[i + k]);

			if (digit < 0)
				return false;
			v |= (unsigned)digit << (18 - 6 * k);
		}
		for (size_t k = 0; k + 1 < chars; k++)
			p[n++] = (char)(v >> (16 - 8 * k) & 0xFF);
		/* Bits that no byte uses must be zero, or two texts would mean the same.
		 */
		if ((chars == 3 && v & 0xFF) || (chars == 2 && v & 0xFFFF))
			return false;
	}
	*out = (struct str){ p, n };
	return true;
}

struct str
base32_of(struct arena *a, struct str bytes)
{
	static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
	char *p = arena_alloc(a, bytes.n / 5 * 8 + 9);
	unsigned held = 0, bits = 0;
	size_t n = 0;

	for (size_t i = 0; i < bytes.n; i++) {
		held = held << 8 | (unsigned char)bytes.p[i];
		for (bits += 8; bits >= 5; bits -= 5)
			p[n++] = digits[held >> (bits - 5) & 31];
		held &= (1U << bits) - 1;
	}
	if (bits)
		p[n++] = digits[held << (5 - bits) & 31];
	return (struct str){ p, n };
}
