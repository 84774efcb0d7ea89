/* Faults of a text, collected with their places. */
#include "lang/messages.h"

#include <stdarg.h>

#include "base/buf.h"
#include "base/cx.h"
#include "base/list.h"

void
message_put(struct messages *m, int line, int column, const char *fmt, ...)
{
	struct message *message = list_add(m->arena, m);
	struct str text;
	va_list ap;

	va_start(ap, fmt);
	text = str_vfmt(m->arena, fmt, ap);
	va_end(ap);
	*message = (struct message){ m->file, line, column, text };
}

struct str
message_str(struct arena *a, const struct message *m)
{
	if (!m->line)
		return str_fmt(a, "%.*s: %.*s", STR_ARG(m->file), STR_ARG(m->text));
	return str_fmt(a, "%.*s:%d:%d: %.*s", STR_ARG(m->file), m->line, m->column,
	    STR_ARG(m->text));
}

enum err
messages_err(struct cx *cx, const struct messages *m)
{
	struct buf b = { .arena = cx->arena };

	if (!m->n)
		return ERR_OK;
	for (size_t i = 0; i < m->n; i++) {
		if (i)
			buf_put_byte(&b, '\n');
		buf_put(&b, message_str(cx->arena, &m->v[i]));
	}
	cx->why = buf_str(&b);
	return ERR_INPUT;
}
