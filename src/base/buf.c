/* Growing text; doubles, so that n puts cost O(n). */
#include "base/buf.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/bug.h"

bool
buf_grow(struct buf *b, size_t more)
{
	size_t want;
	char *p;

	if (b->full || (b->limit && more > b->limit - b->n)) {
		b->full = true;
		b->cap = b->n; /* nothing fits any more, however short */
		return false;
	}
	want = b->cap ? b->cap * 2 : 256;
	if (want < b->n + more)
		want = b->n + more;
	if (b->limit && want > b->limit)
		want = b->limit;
	p = arena_raw(b->arena, want);
	if (b->n)
		memcpy(p, b->p, b->n);
	b->p = p;
	b->cap = want;
	return true;
}

void
buf_put_z(struct buf *b, const char *z)
{
	buf_put(b, str_z(z));
}

void
buf_put_char(struct buf *b, uint32_t code_point)
{
	char out[4];

	buf_put(b, (struct str){ out, str_put_char(out, code_point) });
}

void
buf_put_int(struct buf *b, int64_t v)
{
	char digits[20];
	size_t at = sizeof digits;
	uint64_t u = v < 0 ? 0 - (uint64_t)v : (uint64_t)v;

	do {
		digits[--at] = (char)('0' + u % 10);
		u /= 10;
	} while (u);
	if (v < 0)
		digits[--at] = '-';
	buf_put(b, (struct str){ digits + at, sizeof digits - at });
}

void
buf_fmt(struct buf *b, const char *fmt, ...)
{
	char first[256]; /* long enough for nearly all: then it is formatted once */
	va_list ap, again;
	int n;

	va_start(ap, fmt);
	va_copy(again, ap);
	n = vsnprintf(first, sizeof first, fmt, ap);
	va_end(ap);
	if (n < 0)
		bug("buf_fmt: %s", fmt);
	if ((size_t)n < sizeof first) {
		buf_put(b, (struct str){ first, (size_t)n });
	} else if (buf_room(b, (size_t)n + 1)) {
		vsnprintf(b->p + b->n, (size_t)n + 1, fmt, again);
		b->n += (size_t)n;
	}
	va_end(again);
}

struct str
buf_str(const struct buf *b)
{
	return (struct str){ b->p ? b->p : "", b->n };
}
