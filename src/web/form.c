/* Reading urlencoded forms, queries and cookies; writing addresses. */
#include "web/form.h"

#include "base/encode.h"
#include "lang/nfc.h"

bool
url_decode(struct arena *a, struct str s, bool plus_is_blank, struct str *out)
{
	char *p = arena_alloc(a, s.n + 1);
	size_t n = 0;

	for (size_t i = 0; i < s.n; i++) {
		if (s.p[i] == '%') {
			if (s.n - i < 3)
				return false;
			const int high = hex_digit_any(s.p[i + 1]),
				  low = hex_digit_any(s.p[i + 2]);
			if (high < 0 || low < 0)
				return false;
			p[n++] = (char)(high << 4 | low);
			i += 2;
		} else {
			p[n++] = s.p[i] == '+' && plus_is_blank ? ' ' : s.p[i];
		}
	}
	*out = (struct str){ p, n };
	return true;
}

void
url_put(struct buf *b, struct str s)
{
	static const char hex[] = "0123456789ABCDEF";

	for (size_t i = 0; i < s.n; i++) {
		const unsigned char c = (unsigned char)s.p[i];

		if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
		    (c >= '0' && c <= '9') || c == '-' || c == '_' || c == '.' ||
		    c == '~') {
			buf_put_byte(b, (char)c);
			continue;
		}
		buf_put_byte(b, '%');
		buf_put_byte(b, hex[c >> 4]);
		buf_put_byte(b, hex[c & 15]);
	}
}

enum err
form_text(struct cx *cx, struct str raw, struct str *out)
{
	char *p = arena_alloc(cx->arena, raw.n + 1);
	size_t n = 0;

	for (size_t i = 0; i < raw.n; i++) {
		if (raw.p[i] == '\r') {
			p[n++] = '\n';
			if (i + 1 < raw.n && raw.p[i + 1] == '\n')
				i++;
		} else {
			p[n++] = raw.p[i];
		}
	}
	return nfc(cx, (struct str){ p, n }, out);
}

static enum err
pair_parse(struct cx *cx, struct str pair, struct params *out)
{
	const size_t equals = str_find(pair, S("="), 0);
	struct str name, value;

	if (!url_decode(cx->arena, str_sub(pair, 0, equals), true, &name) ||
	    !url_decode(cx->arena,
		equals == SIZE_MAX ? S("") : str_sub(pair, equals + 1, pair.n), true,
		&value))
		return fail(cx, ERR_INPUT, "broken escape in a form");
	TRY(form_text(cx, name, &name));
	TRY(form_text(cx, value, &value));
	params_add(cx->arena, out, name, value);
	return ERR_OK;
}

enum err
form_parse(struct cx *cx, struct str body, struct params *out)
{
	struct str pair;

	while (str_split(&body, S("&"), &pair)) {
		if (pair.n == 0)
			continue;
		if (out->n == FIELDS_MAX)
			return fail(cx, ERR_INPUT, "more than %d fields", FIELDS_MAX);
		TRY(pair_parse(cx, pair, out));
	}
	return ERR_OK;
}

void
cookies_parse(struct arena *a, struct str header, struct params *out)
{
	struct str pair;

	while (str_split(&header, S(";"), &pair)) {
		const size_t equals = str_find(pair, S("="), 0);

		if (equals == SIZE_MAX || out->n == 64)
			continue;
		params_add(a, out, str_trim(str_sub(pair, 0, equals)),
		    str_trim(str_sub(pair, equals + 1, pair.n)));
	}
}

void
target_parse(struct cx *cx, struct str target, struct request *req)
{
	const size_t mark = str_find(target, S("?"), 0);
	const struct str raw = str_sub(target, 0, mark);

	req->target = path_is_own(target) ? target : S("/");
	if (mark != SIZE_MAX &&
	    form_parse(cx, str_sub(target, mark + 1, target.n), &req->query) != ERR_OK)
		req->bad = cx->why;
	if (!url_decode(cx->arena, raw, false, &req->path) || !str_is_utf8(req->path) ||
	    req->path.n == 0 || req->path.p[0] != '/') {
		req->path = S("/");
		req->bad = S("address that is not text");
	}
}
