/* Builtin functions on texts (DMN 1.5 10.3.4.3); positions count characters from 1. */
#include "lang/feel_builtin.h"

#include "base/buf.h"
#include "lang/nfc.h"
#include "lang/regex.h"

static struct value
fn_string(struct feel_run *run, struct value *v, size_t n)
{
	struct str s;

	(void)n;
	if (v[0].kind == V_NULL)
		return value_null();
	s = feel_string(run->arena, &v[0]);
	feel_spend(run, s.n / 4096);
	return value_text(s);
}

static struct value
fn_length(struct feel_run *run, struct value *v, size_t n)
{
	struct str s;

	(void)n;
	if (!feel_arg_text(run, &v[0], &s))
		return value_null();
	return value_int((int64_t)str_chars(s));
}

/* The byte where the character number i (from 0) begins. */
static size_t
byte_of(struct str s, int64_t i)
{
	size_t at = 0;

	while (i-- > 0 && at < s.n)
		str_next(s, &at);
	return at;
}

static struct value
fn_substring(struct feel_run *run, struct value *v, size_t n)
{
	int64_t from, chars, count;
	struct str s;
	size_t at;

	if (!feel_arg_text(run, &v[0], &s) || !feel_arg_int(run, &v[1], &from))
		return value_null();
	chars = (int64_t)str_chars(s);
	count = chars;
	if (n > 2 && v[2].kind != V_NULL && !feel_arg_int(run, &v[2], &count))
		return value_null();
	if (from == 0 || from > chars || from < -chars || count < 0)
		return feel_null(run, "substring 的起点或者长度不在文本之内");
	at = byte_of(s, from > 0 ? from - 1 : chars + from);
	s = str_sub(s, at, s.n);
	return value_text(str_sub(s, 0, byte_of(s, count)));
}

static struct value
fn_upper(struct feel_run *run, struct value *v, size_t n)
{
	struct str s;

	(void)n;
	if (!feel_arg_text(run, &v[0], &s))
		return value_null();
	return value_text(text_upper(run->arena, s));
}

static struct value
fn_lower(struct feel_run *run, struct value *v, size_t n)
{
	struct str s;

	(void)n;
	if (!feel_arg_text(run, &v[0], &s))
		return value_null();
	return value_text(text_lower(run->arena, s));
}

static struct value
fn_before(struct feel_run *run, struct value *v, size_t n)
{
	struct str s, part;
	size_t at;

	(void)n;
	if (!feel_arg_text(run, &v[0], &s) || !feel_arg_text(run, &v[1], &part))
		return value_null();
	at = str_find(s, part, 0);
	return value_text(at == SIZE_MAX ? S("") : str_sub(s, 0, at));
}

static struct value
fn_after(struct feel_run *run, struct value *v, size_t n)
{
	struct str s, part;
	size_t at;

	(void)n;
	if (!feel_arg_text(run, &v[0], &s) || !feel_arg_text(run, &v[1], &part))
		return value_null();
	at = str_find(s, part, 0);
	return value_text(at == SIZE_MAX ? S("") : str_sub(s, at + part.n, s.n));
}

static struct value
fn_contains(struct feel_run *run, struct value *v, size_t n)
{
	struct str s, part;

	(void)n;
	if (!feel_arg_text(run, &v[0], &s) || !feel_arg_text(run, &v[1], &part))
		return value_null();
	return value_bool(str_has(s, part));
}

static struct value
fn_starts(struct feel_run *run, struct value *v, size_t n)
{
	struct str s, part;

	(void)n;
	if (!feel_arg_text(run, &v[0], &s) || !feel_arg_text(run, &v[1], &part))
		return value_null();
	return value_bool(str_starts(s, part));
}

static struct value
fn_ends(struct feel_run *run, struct value *v, size_t n)
{
	struct str s, part;

	(void)n;
	if (!feel_arg_text(run, &v[0], &s) || !feel_arg_text(run, &v[1], &part))
		return value_null();
	return value_bool(str_ends(s, part));
}

static struct value
fn_join(struct feel_run *run, struct value *v, size_t n)
{
	struct value list;
	struct str between = S("");
	struct buf b = { .arena = run->arena };
	bool first = true;

	if (!feel_arg_list(run, &v[0], &list) ||
	    (n > 1 && v[1].kind != V_NULL && !feel_arg_text(run, &v[1], &between)))
		return value_null();
	for (size_t i = 0; i < list.list.n; i++) {
		struct str s;

		if (list.list.items[i].kind == V_NULL)
			continue;
		if (!feel_arg_text(run, &list.list.items[i], &s) ||
		    !feel_spend(run, (s.n + between.n) / 4096))
			return value_null();
		buf_put(&b, first ? S("") : between);
		buf_put(&b, s);
		first = false;
	}
	return value_text(buf_str(&b));
}

static struct value
fn_matches(struct feel_run *run, struct value *v, size_t n)
{
	struct str s, pattern, flags = S("");
	int found;

	if (!feel_arg_text(run, &v[0], &s) || !feel_arg_text(run, &v[1], &pattern) ||
	    (n > 2 && v[2].kind != V_NULL && !feel_arg_text(run, &v[2], &flags)))
		return value_null();
	found = regex_matches(s, pattern, flags);
	return found < 0 ? feel_null(run, "正则表达式有误") : value_bool(found);
}

static struct value
fn_replace(struct feel_run *run, struct value *v, size_t n)
{
	struct str s, pattern, with, flags = S(""), out;

	if (!feel_arg_text(run, &v[0], &s) || !feel_arg_text(run, &v[1], &pattern) ||
	    !feel_arg_text(run, &v[2], &with) ||
	    (n > 3 && v[3].kind != V_NULL && !feel_arg_text(run, &v[3], &flags)))
		return value_null();
	if (!regex_replace(run->arena, s, pattern, with, flags, &out))
		return feel_null(run, "正则表达式有误");
	return value_text(out);
}

static struct value
fn_split(struct feel_run *run, struct value *v, size_t n)
{
	struct value out = value_list();
	struct str s, pattern;

	(void)n;
	if (!feel_arg_text(run, &v[0], &s) || !feel_arg_text(run, &v[1], &pattern))
		return value_null();
	if (!regex_split(run->arena, s, pattern, &out))
		return feel_null(run, "正则表达式有误");
	return out;
}

static struct value
fn_not(struct feel_run *run, struct value *v, size_t n)
{
	(void)n;
	if (v[0].kind != V_BOOL)
		return feel_null(run, "not 的参数不是真假");
	return value_bool(!v[0].b);
}

static const struct feel_builtin_row rows[] = {
	{ S("string"), fn_string, 1, 1, "from", false, FEEL_TEXT },
	{ S("string length"), fn_length, 1, 1, "string", false, FEEL_NUMBER },
	{ S("substring"), fn_substring, 2, 3, "string,start position,length", false,
	    FEEL_TEXT },
	{ S("upper case"), fn_upper, 1, 1, "string", false, FEEL_TEXT },
	{ S("lower case"), fn_lower, 1, 1, "string", false, FEEL_TEXT },
	{ S("substring before"), fn_before, 2, 2, "string,match", false, FEEL_TEXT },
	{ S("substring after"), fn_after, 2, 2, "string,match", false, FEEL_TEXT },
	{ S("contains"), fn_contains, 2, 2, "string,match", false, FEEL_BOOL },
	{ S("starts with"), fn_starts, 2, 2, "string,match", false, FEEL_BOOL },
	{ S("ends with"), fn_ends, 2, 2, "string,match", false, FEEL_BOOL },
	{ S("string join"), fn_join, 1, 2, "list,delimiter", false, FEEL_TEXT },
	{ S("matches"), fn_matches, 2, 3, "input,pattern,flags", true, FEEL_BOOL },
	{ S("replace"), fn_replace, 3, 4, "input,pattern,replacement,flags", true,
	    FEEL_TEXT },
	{ S("split"), fn_split, 2, 2, "string,delimiter", true, FEEL_LIST },
	{ S("not"), fn_not, 1, 1, "negand", false, FEEL_BOOL },
};
const struct feel_builtin_table feel_text_builtins = TABLE(rows);
