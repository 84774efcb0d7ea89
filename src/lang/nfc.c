/* Unicode normal forms through utf8proc; the only file that knows the library. */
#include "lang/nfc.h"

#include <utf8proc.h>

#include "base/buf.h"
#include "base/bug.h"

static bool
is_ascii(struct str s)
{
	for (size_t i = 0; i < s.n; i++)
		if ((unsigned char)s.p[i] >= 0x80)
			return false;
	return true;
}

/* Decomposes into an arena buffer of code points, then composes in place: utf8proc_map
 * would do the same with memory of its own. */
static struct str
normal(struct arena *a, struct str in, utf8proc_option_t options)
{
	const utf8proc_uint8_t *p = (const utf8proc_uint8_t *)in.p;
	const utf8proc_ssize_t n = (utf8proc_ssize_t)in.n;
	const utf8proc_ssize_t points = utf8proc_decompose(p, n, NULL, 0, options);
	utf8proc_ssize_t bytes;
	utf8proc_int32_t *buffer;

	if (points < 0)
		bug("utf8proc: %s", utf8proc_errmsg(points));
	/* one more: utf8proc ends what it re-encodes with a NUL */
	buffer = arena_array(a, utf8proc_int32_t, points + 1);
	utf8proc_decompose(p, n, buffer, points, options);
	bytes = utf8proc_reencode(buffer, points, options);
	if (bytes < 0)
		bug("utf8proc: %s", utf8proc_errmsg(bytes));
	return (struct str){ (const char *)buffer, (size_t)bytes };
}

enum err
nfc(struct cx *cx, struct str in, struct str *out)
{
	if (!str_is_utf8(in))
		return fail(cx, ERR_INPUT, "不是 UTF-8 文本，或者含有空字符");
	*out = is_ascii(in) ? in
			    : normal(cx->arena, in, UTF8PROC_STABLE | UTF8PROC_COMPOSE);
	return ERR_OK;
}

struct str
nfkc_fold(struct arena *a, struct str in)
{
	return normal(a, in,
	    UTF8PROC_STABLE | UTF8PROC_COMPOSE | UTF8PROC_COMPAT | UTF8PROC_CASEFOLD);
}

size_t
nfkc_fold_char(uint32_t c, uint32_t out[NFKC_CHAR_MAX])
{
	utf8proc_int32_t points[NFKC_CHAR_MAX];
	int boundary = 0;
	const utf8proc_ssize_t n = utf8proc_decompose_char((utf8proc_int32_t)c, points,
	    NFKC_CHAR_MAX,
	    UTF8PROC_STABLE | UTF8PROC_DECOMPOSE | UTF8PROC_COMPAT | UTF8PROC_CASEFOLD,
	    &boundary);

	if (n < 0 || n > NFKC_CHAR_MAX)
		return 0;
	for (utf8proc_ssize_t i = 0; i < n; i++)
		out[i] = (uint32_t)points[i];
	return (size_t)n;
}

bool
char_is_word(uint32_t c)
{
	const utf8proc_category_t k = utf8proc_category((utf8proc_int32_t)c);

	return (k >= UTF8PROC_CATEGORY_LU && k <= UTF8PROC_CATEGORY_LO) ||
	       (k >= UTF8PROC_CATEGORY_MN && k <= UTF8PROC_CATEGORY_NO);
}

static struct str
mapped(struct arena *a, struct str in, utf8proc_int32_t (*map)(utf8proc_int32_t))
{
	struct buf b = { .arena = a };

	for (size_t i = 0; i < in.n;)
		buf_put_char(&b, (uint32_t)map((utf8proc_int32_t)str_next(in, &i)));
	return buf_str(&b);
}

struct str
text_upper(struct arena *a, struct str in)
{
	return mapped(a, in, utf8proc_toupper);
}

struct str
text_lower(struct arena *a, struct str in)
{
	return mapped(a, in, utf8proc_tolower);
}

static enum err
nfc_pairs(struct cx *cx, const struct value *in, struct value *out)
{
	*out = value_map();
	for (size_t i = 0; i < in->map.n; i++) {
		struct value v;
		struct str key;

		TRY(nfc(cx, in->map.pairs[i].key, &key));
		TRY(nfc_value(cx, &in->map.pairs[i].value, &v));
		value_set(cx->arena, out, key, v);
	}
	return ERR_OK;
}

enum err
nfc_value(struct cx *cx, const struct value *in, struct value *out)
{
	*out = *in;
	if (in->kind == V_TEXT)
		return nfc(cx, in->s, &out->s);
	if (in->kind == V_MAP)
		return nfc_pairs(cx, in, out);
	if (in->kind != V_LIST)
		return ERR_OK;
	*out = value_list();
	for (size_t i = 0; i < in->list.n; i++) {
		struct value v;

		TRY(nfc_value(cx, &in->list.items[i], &v));
		value_add(cx->arena, out, v);
	}
	return ERR_OK;
}
