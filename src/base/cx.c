/* The context of one request. */
#include "base/cx.h"

#include <stdarg.h>
#include <stdio.h>

#include "base/bug.h"
#include "base/date.h"

enum err
fail(struct cx *cx, enum err err, const char *fmt, ...)
{
	va_list ap, again;
	int n;
	char *p;

	va_start(ap, fmt);
	va_copy(again, ap);
	n = vsnprintf(NULL, 0, fmt, ap);
	va_end(ap);
	if (n < 0)
		bug("fail: %s", fmt);
	p = arena_alloc(cx->arena, (size_t)n + 1);
	vsnprintf(p, (size_t)n + 1, fmt, again);
	va_end(again);
	cx->why = (struct str){ p, (size_t)n };
	return err;
}

void
cx_random(struct cx *cx, void *out, size_t n)
{
	if (!cx->entropy || !cx->entropy->fill(cx->entropy->self, out, n))
		bug("no source of random bytes");
}

int64_t
cx_today(const struct cx *cx)
{
	return day_of_ms(cx->now_ms);
}
