/* OpenCC, and only here. */
#include "intake/t2s.h"

#include <opencc/opencc.h>

struct t2s {
	opencc_t handle;
};

enum err
t2s_open(struct cx *cx, struct t2s **out)
{
	const opencc_t h = opencc_open(OPENCC_DEFAULT_CONFIG_TRAD_TO_SIMP);

	if (h == (opencc_t)-1)
		return fail(cx, ERR_INPUT,
		    "方案是繁体字，本机缺少繁简转换数据（libopencc-data），不能读取");
	*out = arena_new(cx->arena, struct t2s);
	(*out)->handle = h;
	return ERR_OK;
}

void
t2s_close(struct t2s **t)
{
	if (*t)
		opencc_close((*t)->handle);
	*t = NULL;
}

struct str
t2s_convert(struct cx *cx, struct t2s *t, struct str s)
{
	char *z = opencc_convert_utf8(t->handle, s.p, s.n);
	struct str out;

	if (!z)
		return s;
	out = str_copy(cx->arena, str_z(z));
	opencc_convert_utf8_free(z);
	return str_chars(out) == str_chars(s) ? out : s;
}
