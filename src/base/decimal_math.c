/*
 * Roots, powers, exponential and logarithm of decimals, in fixed point on GMP integers
 * with 70 digits behind the point: twice what is kept, so that one rounding at the end is
 * right but for rare ties.
 */
#include "base/decimal.h"

#include "base/decimal_gmp.h"

enum { PLACES = 70, POWER_MAX = 999999999 };

bool
decimal_sqrt(const struct decimal *d, struct decimal *out)
{
	const int shift = 2 * PLACES + (d->exponent & 1);
	MPZ(x);
	MPZ(rest);

	if (d->negative)
		return false;
	decimal_get_mpz(x, d);
	decimal_scale(x, (unsigned long)shift);
	mpz_sqrtrem(x, rest, x);
	return decimal_from_mpz(
	    x, ((int64_t)d->exponent - shift) / 2, mpz_sgn(rest) != 0, out);
}

/* one = 10^PLACES */
static void
set_one(mpz_t one)
{
	mpz_ui_pow_ui(one, 10, PLACES);
}

/* out = 2 * atanh(num / den), in fixed point: x + x^3/3 + x^5/5 … */
static void
twice_atanh(mpz_t out, const mpz_t num, const mpz_t den)
{
	MPZ(power);
	MPZ(square);
	MPZ(term);
	MPZ(one);

	set_one(one);
	mpz_mul(power, num, one);
	mpz_tdiv_q(power, power, den);
	mpz_mul(square, power, power);
	mpz_tdiv_q(square, square, one);
	mpz_set(out, power);
	for (unsigned long k = 3; mpz_sgn(power) != 0; k += 2) {
		mpz_mul(power, power, square);
		mpz_tdiv_q(power, power, one);
		mpz_tdiv_q_ui(term, power, k);
		mpz_add(out, out, term);
	}
	mpz_mul_2exp(out, out, 1);
}

/* ln(num/den) with 1 <= num/den <= 10 is 2 * atanh((num - den) / (num + den)). */
static void
ln_ratio(mpz_t out, const mpz_t num, const mpz_t den)
{
	MPZ(up);
	MPZ(down);

	mpz_sub(up, num, den);
	mpz_add(down, num, den);
	twice_atanh(out, up, down);
}

static void
ln_ten(mpz_t out)
{
	MPZ(ten);
	MPZ(one);

	mpz_set_ui(ten, 10);
	mpz_set_ui(one, 1);
	ln_ratio(out, ten, one);
}

/* The logarithm in fixed point; d > 0. */
static void
fixed_log(mpz_t out, const struct decimal *d)
{
	MPZ(digits);
	MPZ(unit);
	MPZ(ten);
	size_t n;

	decimal_get_mpz(digits, d);
	n = decimal_mpz_digits(digits);
	mpz_ui_pow_ui(unit, 10, (unsigned long)n - 1);
	ln_ratio(out, digits, unit);
	ln_ten(ten);
	mpz_mul_si(ten, ten, (long)d->exponent + (long)n - 1);
	mpz_add(out, out, ten);
}

/* e^x for x in fixed point: x = n ln 10 + r, so e^x = e^r * 10^n. x is spent. */
static bool
fixed_exp(mpz_t x, struct decimal *out)
{
	MPZ(ten);
	MPZ(n);
	MPZ(term);
	MPZ(sum);
	MPZ(one);

	ln_ten(ten);
	mpz_fdiv_qr(n, x, x, ten);
	if (mpz_cmpabs_ui(n, 2 * DECIMAL_EXPONENT_MAX) > 0) {
		if (mpz_sgn(n) > 0)
			return false;
		*out = decimal_int(0);
		return true;
	}
	set_one(one);
	mpz_set(term, one);
	mpz_set(sum, one);
	for (unsigned long k = 1; mpz_sgn(term) != 0; k++) {
		mpz_mul(term, term, x);
		mpz_tdiv_q(term, term, one);
		mpz_tdiv_q_ui(term, term, k);
		mpz_add(sum, sum, term);
	}
	return decimal_from_mpz(sum, mpz_get_si(n) - PLACES, true, out);
}

/* d in fixed point; false when it is beyond what fixed_exp could use. */
static bool
to_fixed(mpz_t out, const struct decimal *d)
{
	const int shift = PLACES + d->exponent;

	decimal_get_mpz(out, d);
	if (shift > PLACES + 8)
		return false;
	if (shift >= 0) {
		decimal_scale(out, (unsigned long)shift);
	} else {
		MPZ(p);

		mpz_ui_pow_ui(p, 10, (unsigned long)-shift);
		mpz_tdiv_q(out, out, p);
	}
	if (d->negative)
		mpz_neg(out, out);
	return true;
}

bool
decimal_exp(const struct decimal *d, struct decimal *out)
{
	MPZ(x);

	if (!d->digits) {
		*out = decimal_int(1);
		return true;
	}
	return to_fixed(x, d) && fixed_exp(x, out);
}

bool
decimal_log(const struct decimal *d, struct decimal *out)
{
	MPZ(x);

	if (decimal_sign(d) <= 0)
		return false;
	fixed_log(x, d);
	return decimal_from_mpz(x, -PLACES, false, out);
}

/* Keeps about PLACES digits of z * 10^exponent. */
static void
trim(mpz_t z, int64_t *exponent)
{
	const size_t n = mpz_sizeinbase(z, 10);
	MPZ(p);

	if (n <= PLACES)
		return;
	mpz_ui_pow_ui(p, 10, (unsigned long)(n - PLACES));
	mpz_tdiv_q(z, z, p);
	*exponent += (int64_t)(n - PLACES);
}

static bool
power_int(const struct decimal *a, int64_t n, struct decimal *out)
{
	uint64_t left = (uint64_t)(n < 0 ? -n : n);
	int64_t base_exponent = a->exponent, exponent = 0;
	struct decimal d;
	const struct decimal one = decimal_int(1);
	MPZ(base);
	MPZ(z);

	decimal_get_mpz(base, a);
	if (a->negative)
		mpz_neg(base, base);
	mpz_set_ui(z, 1);
	for (; left; left >>= 1) {
		if (left & 1) {
			mpz_mul(z, z, base);
			exponent += base_exponent;
			trim(z, &exponent);
		}
		mpz_mul(base, base, base);
		base_exponent *= 2;
		trim(base, &base_exponent);
		/* the rest only goes further out of range */
		if (base_exponent > 1 << 20 || base_exponent < -(1 << 20))
			break;
	}
	if (left > 1 && base_exponent > 0)
		return n < 0 ? (*out = decimal_int(0), true) : false;
	if (left > 1)
		return n < 0 ? false : (*out = decimal_int(0), true);
	if (!decimal_from_mpz(z, exponent, false, &d))
		return false;
	return n < 0 ? decimal_div(&one, &d, out) : (*out = d, true);
}

bool
decimal_pow(const struct decimal *a, const struct decimal *b, struct decimal *out)
{
	MPZ(x);
	MPZ(y);
	int64_t n;

	if (decimal_to_int(b, &n) && n <= POWER_MAX && n >= -POWER_MAX)
		return a->digits || n >= 0 ? power_int(a, n, out) : false;
	if (decimal_sign(a) <= 0) {
		if (a->digits || b->negative)
			return false;
		*out = decimal_int(0);
		return true;
	}
	if (!to_fixed(y, b))
		return false;
	fixed_log(x, a);
	mpz_mul(x, x, y);
	mpz_ui_pow_ui(y, 10, PLACES);
	mpz_tdiv_q(x, x, y);
	return fixed_exp(x, out);
}
