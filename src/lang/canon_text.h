/*
 * What the writer and the reader of the canonical form share: its limits, and where in a
 * text the bytes stand that need a second look.
 */
#pragma once

#include <endian.h>
#include <stdbool.h>
#include <stdint.h>
#include <string.h>

#include "base/str.h"

enum { CANON_DEPTH = 32 };
#define CANON_INT_LIMIT ((int64_t)1 << 53)

/* Which of these eight bytes are below 0x20, a quote or a backslash? Of each byte the top
 * bit is set where a subtraction went below 0. A byte may only look so because it lent to
 * the one before it, never the first that is set. */
static inline uint64_t
canon_special(const char *p)
{
	const uint64_t ones = UINT64_C(0x0101010101010101);
	uint64_t w, quote, slash;

	memcpy(&w, p, sizeof w);
	w = le64toh(w); /* the first byte lowest */
	quote = w ^ ones * '"';
	slash = w ^ ones * '\\';
	return ((w - ones * 0x20) | (quote - ones) | (slash - ones)) & ~w & ones * 0x80;
}

/* Where the next byte stands that a text does not hold as it is: a quote, a backslash, a
 * control character; s.n when there is none. */
static inline size_t
canon_plain_end(struct str s, size_t i)
{
	static const bool special[256] = {
		[0 ... 0x1F] = true, ['"'] = true, ['\\'] = true
	};

	for (; s.n - i >= 8; i += 8) {
		const uint64_t bits = canon_special(s.p + i);

		if (bits)
			return i + (size_t)__builtin_ctzll(bits) / 8;
	}
	while (i < s.n && !special[(unsigned char)s.p[i]])
		i++;
	return i;
}

/* Below 0, 0 or above it: keys stand in the order of their bytes, and most differ in the
 * first. */
static inline int
canon_key_order(struct str a, struct str b)
{
	if (a.n && b.n && a.p[0] != b.p[0])
		return (unsigned char)a.p[0] - (unsigned char)b.p[0];
	return str_cmp(a, b);
}
