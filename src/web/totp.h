/*
 * One-time codes by the time (RFC 6238: HMAC-SHA-1, 30 seconds, six digits), as every
 * telephone makes them. Pure: the time comes in, and nothing is kept here.
 */
#pragma once

#include "base/cx.h"

enum { TOTP_SECRET_SIZE = 20, TOTP_DIGITS = 6, TOTP_SECONDS = 30 };

/* The code of a step: seconds since 1970 by 30. */
struct str totp_code(struct arena *a, struct str secret, int64_t step);

/* The step whose code was given: now, the one before or the one after, and later than
 * `used`. 0: it is none of these. */
int64_t totp_step(
    struct arena *a, struct str secret, struct str code, int64_t now_ms, int64_t used);

/* What telephones read: otpauth://totp/… */
struct str totp_address(struct arena *a, struct str secret, struct str login);
