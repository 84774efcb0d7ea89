/* Writing JSON text onto a buf (out/json.h). */
#include "out/json.h"

static void
newline(struct json *j)
{
	buf_put_byte(j->b, '\n');
	for (int i = 0; i < j->depth; i++)
		buf_put_z(j->b, "  ");
}

/* What stands before a value: nothing behind a key, a comma behind a brother. */
static void
before(struct json *j)
{
	if (j->keyed) {
		j->keyed = false;
		return;
	}
	if (j->filled)
		buf_put_byte(j->b, ',');
	if (j->depth)
		newline(j);
	j->filled = true;
}

void
json_open(struct json *j, char bracket)
{
	before(j);
	buf_put_byte(j->b, bracket);
	j->depth++;
	j->filled = false;
}

void
json_close(struct json *j, char bracket)
{
	j->depth--;
	if (j->filled)
		newline(j);
	buf_put_byte(j->b, bracket);
	j->filled = true;
}

static void
put_quoted(struct buf *b, struct str s)
{
	buf_put_byte(b, '"');
	for (size_t i = 0; i < s.n;) {
		const uint32_t c = str_next(s, &i);

		if (c == '"' || c == '\\') {
			buf_put_byte(b, '\\');
			buf_put_byte(b, (char)c);
		} else if (c == '\n') {
			buf_put_z(b, "\\n");
		} else if (c < 0x20 || c == 0x7f || c == 0x2028 || c == 0x2029) {
			buf_fmt(b, "\\u%04x", (unsigned)c);
		} else {
			buf_put_char(b, c);
		}
	}
	buf_put_byte(b, '"');
}

void
json_key_str(struct json *j, struct str key)
{
	before(j);
	put_quoted(j->b, key);
	buf_put_z(j->b, ": ");
	j->keyed = true;
}

void
json_key(struct json *j, const char *key)
{
	json_key_str(j, str_z(key));
}

void
json_str(struct json *j, struct str s)
{
	before(j);
	put_quoted(j->b, s);
}

void
json_int(struct json *j, int64_t v)
{
	before(j);
	buf_put_int(j->b, v);
}

void
json_bool(struct json *j, bool v)
{
	before(j);
	buf_put_z(j->b, v ? "true" : "false");
}

void
json_null(struct json *j)
{
	before(j);
	buf_put_z(j->b, "null");
}
