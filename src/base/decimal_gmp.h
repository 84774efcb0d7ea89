/* Between decimal.c and decimal_math.c only: decimals as GMP integers. */
#pragma once

#include <gmp.h>

#include "base/err.h"

#include "base/decimal.h"

#define MPZ(name)                       \
	mpz_t name AUTO(decimal_clear); \
	mpz_init(name)

static inline void
decimal_clear(mpz_t *z)
{
	mpz_clear(*z);
}

void decimal_get_mpz(mpz_t out, const struct decimal *d); /* the digits, no sign */
size_t decimal_mpz_digits(const mpz_t z);                 /* 0 for zero */
void decimal_scale(mpz_t z, unsigned long n);             /* times 10^n */

/* The decimal nearest to z * 10^exponent; false when out of range. z is spent. `inexact`:
 * digits not zero follow behind z's last. */
bool decimal_from_mpz(mpz_t z, int64_t exponent, bool inexact, struct decimal *out);
