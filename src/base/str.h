/*
 * Text is UTF-8 in views: a pointer and a length, by value, need not end in NUL. A view
 * never outlives the arena or literal it looks into.
 */
#pragma once

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "base/arena.h"

struct str {
	const char *p;
	size_t n;
};

#define S(lit) ((struct str){ "" lit "", sizeof(lit) - 1 })
#define STR_ARG(s) (int)(s).n, (s).p /* for "%.*s" */

struct str str_z(const char *z); /* NULL gives the empty view */
/* bytes, clamped */
static inline struct str
str_sub(struct str s, size_t from, size_t to)
{
	if (to > s.n)
		to = s.n;
	if (from > to)
		from = to;
	return (struct str){ s.p + from, to - from };
}
struct str str_trim(struct str s); /* blanks, also NBSP, U+3000, U+FEFF */
struct str str_copy(struct arena *a, struct str s);
char *str_cz(
    struct arena *a, struct str s); /* a NUL-terminated copy for foreign libraries */
struct str str_fmt(struct arena *a, const char *fmt, ...)
    __attribute__((format(printf, 2, 3)));
struct str str_vfmt(struct arena *a, const char *fmt, va_list ap)
    __attribute__((format(printf, 2, 0)));
struct str str_join(struct arena *a, const struct str *v, size_t n, struct str between);
struct str str_replace(struct arena *a, struct str s, struct str from, struct str to);

/* In place because maps are searched with it: most comparisons end with the lengths or
 * the last bytes. */
static inline bool
str_eq(struct str a, struct str b)
{
	return a.n == b.n &&
	       (!a.n || (a.p[a.n - 1] == b.p[a.n - 1] && memcmp(a.p, b.p, a.n) == 0));
}
int str_cmp(struct str a, struct str b); /* by bytes */
bool str_starts(struct str s, struct str head);
bool str_ends(struct str s, struct str tail);
bool str_has(struct str s, struct str part);
size_t str_find(struct str s, struct str part, size_t from); /* SIZE_MAX when absent */
size_t str_rfind(struct str s, struct str part); /* last; SIZE_MAX when absent */

/* Takes what stands before the separator off the front of *rest; false when *rest is
 * spent. */
bool str_split(struct str *rest, struct str separator, struct str *out);

/* Whole string as a decimal integer; false when it is not one or overflows. */
bool str_int(struct str s, int64_t *out);

/* The code point at *i, moving *i behind it; 0xFFFD and one byte further on bad UTF-8. */
uint32_t str_next(struct str s, size_t *i);
size_t str_chars(struct str s);               /* code points */
bool str_is_utf8(struct str s);               /* well-formed, no U+0000, no surrogates */
size_t str_put_char(char out[4], uint32_t c); /* bytes written */

/* FNV-1a, for hash tables only. */
uint64_t str_hash(struct str s);
