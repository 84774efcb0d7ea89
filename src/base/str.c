/* Views over bytes. Nothing here knows a locale. */
#include "base/str.h"

#include <stdio.h>
#include <endian.h>
#include <string.h>

#include "base/bug.h"

struct str
str_z(const char *z)
{
	return z ? (struct str){ z, strlen(z) } : (struct str){ "", 0 };
}

static size_t
blank_at_start(struct str s)
{
	static const struct str blanks[] = { S("\xC2\xA0"), S("\xE3\x80\x80"),
		S("\xEF\xBB\xBF") };

	if (s.n && (s.p[0] == ' ' || (s.p[0] >= '\t' && s.p[0] <= '\r')))
		return 1;
	for (size_t i = 0; i < sizeof blanks / sizeof *blanks; i++)
		if (str_starts(s, blanks[i]))
			return blanks[i].n;
	return 0;
}

static size_t
blank_at_end(struct str s)
{
	static const struct str blanks[] = { S("\xC2\xA0"), S("\xE3\x80\x80"),
		S("\xEF\xBB\xBF") };

	if (s.n &&
	    (s.p[s.n - 1] == ' ' || (s.p[s.n - 1] >= '\t' && s.p[s.n - 1] <= '\r')))
		return 1;
	for (size_t i = 0; i < sizeof blanks / sizeof *blanks; i++)
		if (str_ends(s, blanks[i]))
			return blanks[i].n;
	return 0;
}

struct str
str_trim(struct str s)
{
	size_t n;

	while ((n = blank_at_start(s)))
		s = str_sub(s, n, s.n);
	while ((n = blank_at_end(s)))
		s.n -= n;
	return s;
}

struct str
str_copy(struct arena *a, struct str s)
{
	return (struct str){ arena_copy(a, s.p, s.n), s.n };
}

char *
str_cz(struct arena *a, struct str s)
{
	return arena_copy(a, s.p, s.n);
}

struct str
str_vfmt(struct arena *a, const char *fmt, va_list ap)
{
	char first[256]; /* long enough for nearly all: then it is formatted once */
	va_list again;
	char *p;
	int n;

	va_copy(again, ap);
	n = vsnprintf(first, sizeof first, fmt, again);
	va_end(again);
	if (n < 0)
		bug("format: %s", fmt);
	if ((size_t)n < sizeof first)
		return (struct str){ arena_copy(a, first, (size_t)n), (size_t)n };
	p = arena_alloc(a, (size_t)n + 1);
	vsnprintf(p, (size_t)n + 1, fmt, ap);
	return (struct str){ p, (size_t)n };
}

struct str
str_fmt(struct arena *a, const char *fmt, ...)
{
	struct str out;
	va_list ap;

	va_start(ap, fmt);
	out = str_vfmt(a, fmt, ap);
	va_end(ap);
	return out;
}

struct str
str_join(struct arena *a, const struct str *v, size_t n, struct str between)
{
	size_t total = 0, at = 0;
	char *p;

	for (size_t i = 0; i < n; i++)
		total += v[i].n + (i ? between.n : 0);
	p = arena_alloc(a, total + 1);
	for (size_t i = 0; i < n; i++) {
		if (i && between.n) {
			memcpy(p + at, between.p, between.n);
			at += between.n;
		}
		if (v[i].n)
			memcpy(p + at, v[i].p, v[i].n);
		at += v[i].n;
	}
	return (struct str){ p, total };
}

struct str
str_replace(struct arena *a, struct str s, struct str from, struct str to)
{
	size_t hits = 0, at = 0, n = 0;
	char *p;

	if (!from.n)
		bug("str_replace: nothing to replace");
	while ((at = str_find(s, from, at)) != SIZE_MAX) {
		hits++;
		at += from.n;
	}
	if (!hits)
		return s;
	p = arena_alloc(a, s.n + hits * to.n + 1);
	for (size_t i = 0; i < s.n;) {
		if (str_starts(str_sub(s, i, s.n), from)) {
			if (to.n)
				memcpy(p + n, to.p, to.n);
			n += to.n;
			i += from.n;
		} else {
			p[n++] = s.p[i++];
		}
	}
	return (struct str){ p, n };
}

int
str_cmp(struct str a, struct str b)
{
	const size_t n = a.n < b.n ? a.n : b.n;
	const int d = n ? memcmp(a.p, b.p, n) : 0;

	return d ? d : (a.n > b.n) - (a.n < b.n);
}

bool
str_starts(struct str s, struct str head)
{
	return s.n >= head.n && str_eq(str_sub(s, 0, head.n), head);
}

bool
str_ends(struct str s, struct str tail)
{
	return s.n >= tail.n && str_eq(str_sub(s, s.n - tail.n, s.n), tail);
}

bool
str_has(struct str s, struct str part)
{
	return str_find(s, part, 0) != SIZE_MAX;
}

size_t
str_find(struct str s, struct str part, size_t from)
{
	const char *hit;

	if (from > s.n || part.n > s.n - from)
		return SIZE_MAX;
	if (!part.n)
		return from;
	hit = memmem(s.p + from, s.n - from, part.p, part.n);
	return hit ? (size_t)(hit - s.p) : SIZE_MAX;
}

size_t
str_rfind(struct str s, struct str part)
{
	size_t last = SIZE_MAX, at = 0;

	while ((at = str_find(s, part, at)) != SIZE_MAX)
		last = at++;
	return last;
}

bool
str_split(struct str *rest, struct str separator, struct str *out)
{
	size_t at;

	if (!rest->p)
		return false;
	at = str_find(*rest, separator, 0);
	if (at == SIZE_MAX) {
		*out = *rest;
		*rest = (struct str){ NULL, 0 };
	} else {
		*out = str_sub(*rest, 0, at);
		*rest = str_sub(*rest, at + separator.n, rest->n);
	}
	return true;
}

bool
str_int(struct str s, int64_t *out)
{
	int64_t v = 0;
	bool negative = false;
	size_t i = 0;

	if (s.n && s.p[0] == '-') {
		negative = true;
		i = 1;
	}
	if (i == s.n)
		return false;
	for (; i < s.n; i++) {
		if (s.p[i] < '0' || s.p[i] > '9')
			return false;
		if (__builtin_mul_overflow(v, 10, &v) ||
		    __builtin_sub_overflow(v, s.p[i] - '0', &v))
			return false;
	}
	if (!negative && __builtin_mul_overflow(v, -1, &v))
		return false;
	*out = v;
	return true;
}

static bool
is_tail(struct str s, size_t i)
{
	return i < s.n && ((unsigned char)s.p[i] & 0xC0) == 0x80;
}

uint32_t
str_next(struct str s, size_t *i)
{
	static const uint32_t least[] = { 0, 0, 0x80, 0x800, 0x10000 };
	const unsigned char c = (unsigned char)s.p[*i];
	const size_t len = c < 0x80 ? 1 : c >= 0xF0 && c < 0xF5 ? 4 : c >= 0xE0 ? 3 : 2;
	uint32_t v;

	if (c < 0x80)
		return (uint32_t)s.p[(*i)++];
	if (c < 0xC2 || c > 0xF4)
		goto bad;
	v = c & (0xFFu >> (len + 1));
	for (size_t k = 1; k < len; k++) {
		if (!is_tail(s, *i + k))
			goto bad;
		v = v << 6 | ((unsigned char)s.p[*i + k] & 0x3Fu);
	}
	if (v < least[len] || v > 0x10FFFF || (v >= 0xD800 && v <= 0xDFFF))
		goto bad;
	*i += len;
	return v;
bad:
	(*i)++;
	return 0xFFFD;
}

size_t
str_chars(struct str s)
{
	size_t n = 0;

	for (size_t i = 0; i < s.n; n++)
		str_next(s, &i);
	return n;
}

static bool
is_ascii(char c)
{
	return c != 0 && (unsigned char)c < 0x80;
}

/* U+1000 to U+CFFF and from U+E000 on, Chinese and its punctuation: any two tail bytes
 * will do behind these first ones. */
static bool
is_common_three(struct str s, size_t i)
{
	const unsigned char *p = (const unsigned char *)s.p + i;

	return s.n - i >= 3 && p[0] >= 0xE1 && p[0] <= 0xEF && p[0] != 0xED &&
	       (p[1] & 0xC0) == 0x80 && (p[2] & 0xC0) == 0x80;
}

/* Behind all such characters from i on. Two at once while eight bytes can be read: their
 * bits are looked at together, their first bytes alone. */
static size_t
common_end(struct str s, size_t i)
{
	for (; s.n - i >= 8; i += 6) {
		const unsigned char *p = (const unsigned char *)s.p + i;
		uint64_t w;

		memcpy(&w, p, sizeof w);
		if ((le64toh(w) & UINT64_C(0xC0C0F0C0C0F0)) != UINT64_C(0x8080E08080E0) ||
		    p[0] == 0xE0 || p[0] == 0xED || p[3] == 0xE0 || p[3] == 0xED)
			break;
	}
	while (is_common_three(s, i))
		i += 3;
	return i;
}

/* Which of these eight bytes are not ASCII, or 0? Their top bits: of a byte that is 0 it
 * is set by subtracting 1. A byte may only look so because it lent to the one before it,
 * never the first that is set. */
static uint64_t
other_bits(const char *p)
{
	uint64_t w;

	memcpy(&w, p, sizeof w);
	w = le64toh(w); /* the first byte lowest */
	return (w | (w - UINT64_C(0x0101010101010101))) & UINT64_C(0x8080808080808080);
}

/* Where the next byte stands that is not ASCII, or 0; s.n when there is none. */
static size_t
ascii_end(struct str s, size_t i)
{
	for (; s.n - i >= 8; i += 8) {
		const uint64_t bits = other_bits(s.p + i);

		if (bits)
			return i + (size_t)__builtin_ctzll(bits) / 8;
	}
	while (i < s.n && is_ascii(s.p[i]))
		i++;
	return i;
}

/* Nearly all text is ASCII, or Chinese of three bytes. */
bool
str_is_utf8(struct str s)
{
	for (size_t i = ascii_end(s, 0); i < s.n; i = ascii_end(s, i)) {
		const size_t from = i;
		uint32_t c;

		i = common_end(s, i);
		if (i > from)
			continue;
		c = str_next(s, &i);
		if (c == 0 || (c == 0xFFFD && i - from == 1))
			return false;
	}
	return true;
}

size_t
str_put_char(char out[4], uint32_t c)
{
	if (c < 0x80) {
		out[0] = (char)c;
		return 1;
	}
	if (c < 0x800) {
		out[0] = (char)(0xC0 | c >> 6);
		out[1] = (char)(0x80 | (c & 0x3F));
		return 2;
	}
	if (c < 0x10000) {
		out[0] = (char)(0xE0 | c >> 12);
		out[1] = (char)(0x80 | (c >> 6 & 0x3F));
		out[2] = (char)(0x80 | (c & 0x3F));
		return 3;
	}
	out[0] = (char)(0xF0 | c >> 18);
	out[1] = (char)(0x80 | (c >> 12 & 0x3F));
	out[2] = (char)(0x80 | (c >> 6 & 0x3F));
	out[3] = (char)(0x80 | (c & 0x3F));
	return 4;
}

uint64_t
str_hash(struct str s)
{
	uint64_t h = 14695981039346656037u;

	for (size_t i = 0; i < s.n; i++)
		h = (h ^ (unsigned char)s.p[i]) * 1099511628211u;
	return h;
}
