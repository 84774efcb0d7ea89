/*
 * Buf: text being built. `full` is sticky: append freely, look once at the end. limit 0
 * means as much as the arena gives.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/str.h"

struct buf {
	struct arena *arena;
	char *p;
	size_t n, cap, limit; /* bytes */
	bool full;
};

void buf_put(struct buf *b, struct str s);
void buf_put_z(struct buf *b, const char *z);
void buf_put_byte(struct buf *b, char c);
void buf_put_char(struct buf *b, uint32_t code_point);
void buf_put_int(struct buf *b, int64_t v);
void buf_fmt(struct buf *b, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
struct str buf_str(const struct buf *b); /* a view: valid until the next put */
