/*
 * Buf: text being built. `full` is sticky: append freely, look once at the end. limit 0
 * means as much as the arena gives.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <string.h>

#include "base/arena.h"
#include "base/str.h"

struct buf {
	struct arena *arena;
	char *p;
	size_t n, cap, limit; /* bytes */
	bool full;
};

/* Room for `more` bytes; false, and full, when the limit does not allow it. */
bool buf_grow(struct buf *b, size_t more);
static inline bool
buf_room(struct buf *b, size_t more)
{
	return b->cap - b->n >= more || buf_grow(b, more);
}

static inline void
buf_put(struct buf *b, struct str s)
{
	if (!s.n || !buf_room(b, s.n))
		return;
	memcpy(b->p + b->n, s.p, s.n);
	b->n += s.n;
}

static inline void
buf_put_byte(struct buf *b, char c)
{
	if (buf_room(b, 1))
		b->p[b->n++] = c;
}

void buf_put_z(struct buf *b, const char *z);
void buf_put_char(struct buf *b, uint32_t code_point);
void buf_put_int(struct buf *b, int64_t v);
void buf_fmt(struct buf *b, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
struct str buf_str(const struct buf *b); /* a view: valid until the next put */
