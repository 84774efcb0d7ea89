/* The context of one request. */
#include "base/cx.h"

#include <stdarg.h>

#include "base/bug.h"
#include "base/date.h"

enum err
fail(struct cx *cx, enum err err, const char *fmt, ...)
{
	struct str text;
	va_list ap;

	va_start(ap, fmt);
	text = str_vfmt(cx->arena, fmt, ap);
	va_end(ap);
	cx->why = text;
	return err;
}

void
cx_random(struct cx *cx, void *out, size_t n)
{
	if (!cx->entropy || !cx->entropy->fill(cx->entropy->self, out, n))
		bug("no source of random bytes");
}

bool
entropy_repeat(void *self, void *out, size_t n)
{
	uint64_t *s = self;
	unsigned char *p = out;

	for (size_t i = 0; i < n; i++) {
		*s = *s * 6364136223846793005u + 1442695040888963407u;
		p[i] = (unsigned char)(*s >> 56);
	}
	return true;
}

int64_t
cx_today(const struct cx *cx)
{
	return day_of_ms(cx->now_ms);
}
