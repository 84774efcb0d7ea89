/* Escaping for XML. */
#include "out/markup.h"

void
markup_put(struct buf *b, struct str s)
{
	for (size_t i = 0; i < s.n;) {
		const uint32_t c = str_next(s, &i);

		if (c == '&')
			buf_put_z(b, "&amp;");
		else if (c == '<')
			buf_put_z(b, "&lt;");
		else if (c == '>')
			buf_put_z(b, "&gt;");
		else if (c == '"')
			buf_put_z(b, "&quot;");
		else if ((c < 0x20 && c != '\t' && c != '\n' && c != '\r') ||
			 c == 0xFFFE || c == 0xFFFF)
			buf_put_char(b, 0xFFFD);
		else
			buf_put_char(b, c);
	}
}
