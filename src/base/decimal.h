/*
 * Decimals: exact to 34 significant digits, rounded half to even (the arithmetic of IEEE
 * 754 decimal128, as DMN 1.5 10.3.2.3 asks for FEEL numbers). No double anywhere.
 *
 * A decimal is always in its one form: digits have no trailing zero, zero is never
 * negative. So equal numbers have equal members and one spelling: "-0.05", "12000", and
 * never "1E3" or "1.50".
 */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/str.h"

enum { DECIMAL_DIGITS = 34, DECIMAL_EXPONENT_MAX = 6144 };

struct decimal {
	unsigned __int128 digits; /* < 10^34 */
	int exponent;             /* value = digits * 10^exponent */
	bool negative;
};

enum decimal_rounding {
	ROUND_HALF_EVEN,
	ROUND_HALF_UP, /* away from zero */
	ROUND_HALF_DOWN,
	ROUND_UP, /* away from zero */
	ROUND_DOWN,
	ROUND_FLOOR,
	ROUND_CEILING,
};

struct decimal decimal_int(int64_t i);
bool decimal_to_int(
    const struct decimal *d, int64_t *out); /* false: not integral or too big */
bool decimal_is_integral(const struct decimal *d);
int decimal_cmp(const struct decimal *a, const struct decimal *b);
int decimal_sign(const struct decimal *d);
struct decimal decimal_negated(const struct decimal *d);

/* "12", "-0.5", ".5", "1e3"; false on anything else or out of range. */
bool decimal_parse(struct str s, struct decimal *out);
/* The one spelling, without an exponent. */
struct str decimal_str(struct arena *a, const struct decimal *d);

/* False when the result does not exist or is out of range; *out is then untouched. What
 * is too small becomes zero. */
bool decimal_add(const struct decimal *a, const struct decimal *b, struct decimal *out);
bool decimal_sub(const struct decimal *a, const struct decimal *b, struct decimal *out);
bool decimal_mul(const struct decimal *a, const struct decimal *b, struct decimal *out);
bool decimal_div(const struct decimal *a, const struct decimal *b, struct decimal *out);
/* a - b * floor(a / b): has the sign of b. */
bool decimal_modulo(
    const struct decimal *a, const struct decimal *b, struct decimal *out);
/* To `scale` digits behind the point (negative: before it). */
bool decimal_round(const struct decimal *d, int64_t scale, enum decimal_rounding how,
    struct decimal *out);

/* Correct to 34 digits but for the last one. */
bool decimal_sqrt(const struct decimal *d, struct decimal *out);
bool decimal_exp(const struct decimal *d, struct decimal *out);
bool decimal_log(const struct decimal *d, struct decimal *out);
bool decimal_pow(const struct decimal *a, const struct decimal *b, struct decimal *out);
