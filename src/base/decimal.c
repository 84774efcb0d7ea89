/*
 * Decimal arithmetic. Digits fit into 113 bits and rest in a struct without memory of its
 * own; products and quotients pass through GMP integers that die in their scope.
 */
#include "base/decimal.h"

#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/decimal_gmp.h"

enum { EXPONENT_MIN = -DECIMAL_EXPONENT_MAX - DECIMAL_DIGITS };

static int
digit_count(unsigned __int128 v)
{
	int n = 0;

	for (; v; v /= 10)
		n++;
	return n;
}

static unsigned __int128
power_of_ten(int n)
{
	unsigned __int128 p = 1;

	while (n-- > 0)
		p *= 10;
	return p;
}

/* Into the one form; digits < 10^34. */
static bool
settle(unsigned __int128 digits, int64_t exponent, bool negative, struct decimal *out)
{
	while (digits && digits % 10 == 0) {
		digits /= 10;
		exponent++;
	}
	if (!digits || exponent < EXPONENT_MIN) {
		*out = (struct decimal){ 0 };
		return true;
	}
	if (exponent + digit_count(digits) > DECIMAL_EXPONENT_MAX)
		return false;
	*out = (struct decimal){ digits, (int)exponent, negative };
	return true;
}

void
decimal_get_mpz(mpz_t out, const struct decimal *d)
{
	const uint64_t words[2] = { (uint64_t)d->digits, (uint64_t)(d->digits >> 64) };

	mpz_import(out, 2, -1, sizeof *words, 0, 0, words);
}

void
decimal_scale(mpz_t z, unsigned long n)
{
	MPZ(p);

	mpz_ui_pow_ui(p, 10, n);
	mpz_mul(z, z, p);
}

size_t
decimal_mpz_digits(const mpz_t z)
{
	const size_t n = mpz_sizeinbase(z, 10); /* may say one too many */
	MPZ(p);

	mpz_ui_pow_ui(p, 10, (unsigned long)n - 1);
	return mpz_cmpabs(z, p) < 0 ? n - 1 : n;
}

/* The rest was cut off: does the kept part go up by one? half: rest against one half. */
static bool
goes_up(enum decimal_rounding how, bool odd, bool negative, int half, bool exact)
{
	if (exact)
		return false;
	switch (how) {
	case ROUND_HALF_EVEN:
		return half > 0 || (half == 0 && odd);
	case ROUND_HALF_UP:
		return half >= 0;
	case ROUND_HALF_DOWN:
		return half > 0;
	case ROUND_UP:
		return true;
	case ROUND_DOWN:
		return false;
	case ROUND_FLOOR:
		return negative;
	case ROUND_CEILING:
		return !negative;
	}
	return false;
}

bool
decimal_from_mpz(mpz_t z, int64_t exponent, bool inexact, struct decimal *out)
{
	const bool negative = mpz_sgn(z) < 0;
	uint64_t words[2] = { 0, 0 };
	size_t n;

	mpz_abs(z, z);
	n = decimal_mpz_digits(z);
	if (n > DECIMAL_DIGITS) {
		const unsigned long cut = (unsigned long)(n - DECIMAL_DIGITS);
		MPZ(p);
		MPZ(rest);
		int half;

		mpz_ui_pow_ui(p, 10, cut);
		mpz_tdiv_qr(z, rest, z, p);
		exponent += (int64_t)cut;
		mpz_mul_2exp(rest, rest, 1);
		half = mpz_cmp(rest, p);
		if (half == 0 && inexact)
			half = 1;
		if (goes_up(ROUND_HALF_EVEN, mpz_odd_p(z), negative, half,
			mpz_sgn(rest) == 0 && !inexact))
			mpz_add_ui(z, z, 1);
	}
	mpz_export(words, NULL, -1, sizeof *words, 0, 0, z);
	return settle(
	    (unsigned __int128)words[1] << 64 | words[0], exponent, negative, out);
}

struct decimal
decimal_int(int64_t i)
{
	struct decimal d;

	settle(
	    i < 0 ? -(unsigned __int128)(__int128)i : (unsigned __int128)i, 0, i < 0, &d);
	return d;
}

bool
decimal_is_integral(const struct decimal *d)
{
	return d->exponent >= 0;
}

bool
decimal_to_int(const struct decimal *d, int64_t *out)
{
	unsigned __int128 v;

	if (d->exponent < 0 || d->exponent + digit_count(d->digits) > 19)
		return false;
	v = d->digits * power_of_ten(d->exponent);
	if (v > (unsigned __int128)INT64_MAX)
		return false;
	*out = d->negative ? -(int64_t)v : (int64_t)v;
	return true;
}

int
decimal_sign(const struct decimal *d)
{
	return d->digits ? (d->negative ? -1 : 1) : 0;
}

struct decimal
decimal_negated(const struct decimal *d)
{
	struct decimal out = *d;

	out.negative = d->digits && !d->negative;
	return out;
}

int
decimal_cmp(const struct decimal *a, const struct decimal *b)
{
	const int sa = decimal_sign(a), sb = decimal_sign(b);
	int la, lb;
	unsigned __int128 da = a->digits, db = b->digits;

	if (sa != sb || !sa)
		return sa < sb ? -1 : sa > sb;
	la = digit_count(da);
	lb = digit_count(db);
	if (la + a->exponent != lb + b->exponent)
		return la + a->exponent < lb + b->exponent ? -sa : sa;
	da *= power_of_ten(DECIMAL_DIGITS - la);
	db *= power_of_ten(DECIMAL_DIGITS - lb);
	return da == db ? 0 : da < db ? -sa : sa;
}

bool
decimal_parse(struct str s, struct decimal *out)
{
	unsigned __int128 digits = 0;
	int64_t exponent = 0, shift = 0;
	bool negative = false, point = false, any = false, rest = false;
	int n = 0, next = 0;
	size_t i = 0;

	if (i < s.n && s.p[i] == '-') {
		negative = true;
		i++;
	}
	for (; i < s.n && ((s.p[i] >= '0' && s.p[i] <= '9') || (s.p[i] == '.' && !point));
	     i++) {
		const int d = s.p[i] - '0';

		if (s.p[i] == '.') {
			point = true;
			continue;
		}
		any = true;
		if (n < DECIMAL_DIGITS) {
			digits = digits * 10 + (unsigned)d;
			n += digits != 0;
			exponent -= point;
			continue;
		}
		/* the first digit cut off, and whether any behind it counts */
		if (n++ == DECIMAL_DIGITS)
			next = d;
		else
			rest = rest || d;
		exponent += !point;
	}
	if (!any || s.p[i - 1] == '.')
		return false;
	if (i < s.n && (s.p[i] | 0x20) == 'e') {
		if (i + 1 < s.n && s.p[i + 1] == '+')
			i++;
		if (!str_int(str_sub(s, i + 1, s.n), &shift) || shift > 1000000 ||
		    shift < -1000000)
			return false;
		i = s.n;
	}
	if (i != s.n)
		return false;
	if (goes_up(ROUND_HALF_EVEN, digits & 1, negative,
		next > 5 || (next == 5 && rest) ? 1
		: next == 5                     ? 0
						: -1,
		!next && !rest))
		digits++;
	return settle(digits, exponent + shift, negative, out);
}

struct str
decimal_str(struct arena *a, const struct decimal *d)
{
	char text[DECIMAL_DIGITS + 6];
	struct buf b = { .arena = a };
	unsigned __int128 v = d->digits;
	const int n = v ? digit_count(v) : 1;
	const int whole = n + d->exponent; /* digits before the point */

	for (int i = n; i-- > 0; v /= 10)
		text[i] = (char)('0' + (int)(v % 10));
	if (d->negative)
		buf_put_byte(&b, '-');
	if (whole <= 0)
		buf_put(&b, S("0."));
	for (int i = whole; i < 0; i++)
		buf_put_byte(&b, '0');
	for (int i = 0; i < n; i++) {
		if (i && i == whole)
			buf_put_byte(&b, '.');
		buf_put_byte(&b, text[i]);
	}
	for (int i = 0; i < d->exponent; i++)
		buf_put_byte(&b, '0');
	return buf_str(&b);
}

/* Above this difference of exponents the smaller operand only decides the rounding. */
enum { FAR = 2 * DECIMAL_DIGITS + 4 };

bool
decimal_add(const struct decimal *a, const struct decimal *b, struct decimal *out)
{
	const struct decimal *high = a->exponent >= b->exponent ? a : b;
	const struct decimal *low = high == a ? b : a;
	const int64_t gap = (int64_t)high->exponent - low->exponent;
	MPZ(x);
	MPZ(y);

	if (!a->digits || !b->digits) {
		*out = a->digits ? *a : *b;
		return true;
	}
	decimal_get_mpz(x, high);
	decimal_get_mpz(y, low);
	if (gap > FAR) { /* a sticky one far behind stands for all of low */
		decimal_scale(x, FAR);
		mpz_set_ui(y, 1);
	} else {
		decimal_scale(x, (unsigned long)gap);
	}
	if (high->negative)
		mpz_neg(x, x);
	if (low->negative)
		mpz_neg(y, y);
	mpz_add(x, x, y);
	return decimal_from_mpz(
	    x, gap > FAR ? (int64_t)high->exponent - FAR : low->exponent, false, out);
}

bool
decimal_sub(const struct decimal *a, const struct decimal *b, struct decimal *out)
{
	const struct decimal negated = decimal_negated(b);

	return decimal_add(a, &negated, out);
}

bool
decimal_mul(const struct decimal *a, const struct decimal *b, struct decimal *out)
{
	MPZ(x);
	MPZ(y);

	decimal_get_mpz(x, a);
	decimal_get_mpz(y, b);
	mpz_mul(x, x, y);
	if (a->negative != b->negative)
		mpz_neg(x, x);
	return decimal_from_mpz(x, (int64_t)a->exponent + b->exponent, false, out);
}

bool
decimal_div(const struct decimal *a, const struct decimal *b, struct decimal *out)
{
	MPZ(x);
	MPZ(y);
	MPZ(rest);
	bool inexact;

	if (!b->digits)
		return false;
	decimal_get_mpz(x, a);
	decimal_get_mpz(y, b);
	decimal_scale(x, FAR);
	mpz_tdiv_qr(x, rest, x, y);
	inexact = mpz_sgn(rest) != 0;
	if (a->negative != b->negative)
		mpz_neg(x, x);
	return decimal_from_mpz(
	    x, (int64_t)a->exponent - b->exponent - FAR, inexact, out);
}

bool
decimal_round(const struct decimal *d, int64_t scale, enum decimal_rounding how,
    struct decimal *out)
{
	const int64_t cut = -scale - d->exponent; /* digits to drop */
	const int n = digit_count(d->digits);
	unsigned __int128 p, kept, rest;
	int half;

	if (cut <= 0 || !d->digits) {
		*out = *d;
		return true;
	}
	if (cut > n) { /* less than a tenth of the unit */
		if (!goes_up(how, false, d->negative, -1, false))
			return settle(0, 0, false, out);
		return settle(1, -scale, d->negative, out);
	}
	p = power_of_ten((int)cut);
	kept = d->digits / p;
	rest = d->digits % p;
	half = rest > p / 2 ? 1 : rest == p / 2 ? 0 : -1;
	if (goes_up(how, kept & 1, d->negative, half, rest == 0))
		kept++;
	return settle(kept, -scale, d->negative, out);
}

bool
decimal_modulo(const struct decimal *a, const struct decimal *b, struct decimal *out)
{
	const int low = a->exponent < b->exponent ? a->exponent : b->exponent;
	MPZ(x);
	MPZ(y);

	/* exact integers would be that long; nobody means it */
	if (!b->digits || a->exponent - low > 4096 || b->exponent - low > 4096)
		return false;
	decimal_get_mpz(x, a);
	decimal_get_mpz(y, b);
	decimal_scale(x, (unsigned long)(a->exponent - low));
	decimal_scale(y, (unsigned long)(b->exponent - low));
	if (a->negative)
		mpz_neg(x, x);
	if (b->negative)
		mpz_neg(y, y);
	mpz_fdiv_r(x, x, y);
	return decimal_from_mpz(x, low, false, out);
}
