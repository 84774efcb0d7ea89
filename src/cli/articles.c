/* Lines of articles (cli/articles.h). */
#include "cli/articles.h"

#include "base/buf.h"
#include "base/encode.h"

struct reading {
	struct cx *cx;
	struct str s;
	size_t at;
};

static bool
sign(struct reading *r, char c)
{
	while (r->at < r->s.n && (r->s.p[r->at] == ' ' || r->s.p[r->at] == '\t'))
		r->at++;
	if (r->at == r->s.n || r->s.p[r->at] != c)
		return false;
	r->at++;
	return true;
}

static bool
hex4(struct reading *r, uint32_t *out)
{
	*out = 0;
	for (int i = 0; i < 4; i++, r->at++) {
		const char c = r->at < r->s.n ? r->s.p[r->at] : 0;
		const int digit = hex_digit_any(c);

		if (digit < 0)
			return false;
		*out = *out << 4 | (uint32_t)digit;
	}
	return true;
}

/* Behind \u; two of them make one character beyond the first plane. */
static bool
escape_unicode(struct reading *r, struct buf *b)
{
	uint32_t c, low;

	if (!hex4(r, &c))
		return false;
	if (c >= 0xD800 && c < 0xDC00) {
		if (r->s.n - r->at < 6 || r->s.p[r->at] != '\\' ||
		    r->s.p[r->at + 1] != 'u')
			return false;
		r->at += 2;
		if (!hex4(r, &low) || low < 0xDC00 || low >= 0xE000)
			return false;
		c = 0x10000 + ((c - 0xD800) << 10) + (low - 0xDC00);
	}
	if (!c || (c >= 0xD800 && c < 0xE000))
		return false;
	buf_put_char(b, c);
	return true;
}

static bool
escape(struct reading *r, struct buf *b)
{
	static const char from[] = "\"\\/bfnrt", to[] = "\"\\/\b\f\n\r\t";
	const char c = r->at < r->s.n ? r->s.p[r->at++] : 0;
	const char *found = c ? strchr(from, c) : NULL;

	if (c == 'u')
		return escape_unicode(r, b);
	if (!found)
		return false;
	buf_put_byte(b, to[found - from]);
	return true;
}

static bool
text(struct reading *r, struct str *out)
{
	struct buf b = { .arena = r->cx->arena };

	if (!sign(r, '"'))
		return false;
	while (r->at < r->s.n && r->s.p[r->at] != '"') {
		const char c = r->s.p[r->at++];

		if (c == '\\' ? !escape(r, &b) : (unsigned char)c < ' ')
			return false;
		if (c != '\\')
			buf_put_byte(&b, c);
	}
	*out = buf_str(&b);
	return sign(r, '"');
}

static bool
member(struct reading *r, struct article_line *out)
{
	const struct {
		struct str key;
		struct str *to;
	} known[] = { { S("id"), &out->id }, { S("title"), &out->title },
		{ S("date"), &out->date }, { S("path"), &out->path },
		{ S("art"), &out->art }, { S("text"), &out->text } };
	struct str key, value;

	if (!text(r, &key) || !sign(r, ':') || !text(r, &value))
		return false;
	for (size_t i = 0; i < sizeof known / sizeof *known; i++)
		if (str_eq(key, known[i].key))
			*known[i].to = value;
	return true;
}

enum err
article_line_parse(struct cx *cx, struct str line, struct article_line *out)
{
	struct reading r = { .cx = cx, .s = line };
	bool good = str_is_utf8(line) && sign(&r, '{');

	*out = (struct article_line){ .id = S("") };
	while (good && member(&r, out))
		if (!sign(&r, ','))
			break;
	if (!good || !sign(&r, '}') || !out->id.n || !out->text.n)
		return fail(cx, ERR_INPUT, "不是一行条文数据");
	return ERR_OK;
}
