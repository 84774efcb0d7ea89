/*
 * SM3 (GB/T 32905-2016) of many texts side by side, each in a lane of the processor's
 * wide registers. One digest alone cannot be had faster so: that is the library's work
 * (crypto.c), which also says what is right here, in the tests.
 */
#pragma once

#include "base/crypto.h"

/* Writes n digests; the texts may have any lengths and overlap. */
void sm3_many(const struct str *texts, size_t n, struct digest *out);
