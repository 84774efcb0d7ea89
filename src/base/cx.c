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

int64_t
cx_today(const struct cx *cx)
{
	return day_of_ms(cx->now_ms);
}
