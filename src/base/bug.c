/*
 * A bug ends the process: half-known state must not be written. What the world does wrong
 * is never reported here, that is enum err or a refusal.
 */
#include "base/bug.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

void
bug(const char *fmt, ...)
{
	va_list ap;

	fputs("bug: ", stderr);
	va_start(ap, fmt);
	vfprintf(stderr, fmt, ap);
	va_end(ap);
	fputc('\n', stderr);
	abort();
}
