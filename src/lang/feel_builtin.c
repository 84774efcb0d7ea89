/* Finding a builtin function by name; arguments as functions want them; string(). */
#include "lang/feel_builtin.h"

#include "base/buf.h"

static const struct feel_builtin_table *const tables[] = { &feel_text_builtins,
	&feel_number_builtins, &feel_list_builtins, &feel_context_builtins,
	&feel_time_builtins, &feel_range_builtins };

size_t
feel_builtin_count(void)
{
	size_t n = 0;

	for (size_t i = 0; i < sizeof tables / sizeof *tables; i++)
		n += tables[i]->n;
	return n;
}

const struct feel_builtin_row *
feel_builtin_at(size_t i)
{
	for (size_t k = 0; k < sizeof tables / sizeof *tables; k++) {
		if (i < tables[k]->n)
			return &tables[k]->v[i];
		i -= tables[k]->n;
	}
	return NULL;
}

const struct feel_builtin_row *
feel_builtin_find(struct str name)
{
	for (size_t k = 0; k < sizeof tables / sizeof *tables; k++)
		for (size_t i = 0; i < tables[k]->n; i++)
			if (str_eq(tables[k]->v[i].name, name))
				return &tables[k]->v[i];
	return NULL;
}

static const struct value *
single(const struct value *v)
{
	return v->kind == V_LIST && v->list.n == 1 ? &v->list.items[0] : v;
}

bool
feel_arg_text(struct feel_run *run, const struct value *v, struct str *out)
{
	v = single(v);
	*out = value_str(v);
	if (v->kind != V_TEXT)
		feel_null(run, "参数应当是文本");
	return v->kind == V_TEXT;
}

bool
feel_arg_number(struct feel_run *run, const struct value *v, struct decimal *out)
{
	if (feel_decimal(single(v), out))
		return true;
	feel_null(run, "参数应当是数字");
	return false;
}

bool
feel_arg_int(struct feel_run *run, const struct value *v, int64_t *out)
{
	struct decimal d;

	if (!feel_arg_number(run, v, &d))
		return false;
	if (decimal_round(&d, 0, ROUND_DOWN, &d) && decimal_to_int(&d, out))
		return true;
	feel_null(run, "参数应当是整数");
	return false;
}

bool
feel_arg_list(struct feel_run *run, const struct value *v, struct value *out)
{
	if (v->kind == V_LIST) {
		*out = *v;
		return true;
	}
	if (v->kind == V_NULL) {
		feel_null(run, "参数应当是列表，不是空值");
		return false;
	}
	*out = value_list();
	value_add(run->arena, out, *v);
	return true;
}

/* As string() writes a value, as it writes it inside another, and as FEEL reads it back.
 */
enum style { STYLE_STRING, STYLE_INSIDE, STYLE_LITERAL };

static void put_value(struct buf *b, const struct value *v, enum style style);

static void
put_quoted(struct buf *b, struct str s)
{
	buf_put_byte(b, '"');
	for (size_t i = 0; i < s.n; i++) {
		if (s.p[i] == '"' || s.p[i] == '\\')
			buf_put_byte(b, '\\');
		buf_put_byte(b, s.p[i]);
	}
	buf_put_byte(b, '"');
}

/* A day, a time, a duration: @"2026-01-01" */
static void
put_moment(struct buf *b, const struct value *v)
{
	buf_put_byte(b, '@');
	put_quoted(b, feel_time_str(b->arena, v));
}

static void
put_list(struct buf *b, const struct value *v, enum style style)
{
	buf_put_byte(b, '[');
	for (size_t i = 0; i < v->list.n && !b->full; i++) {
		buf_put(b, i ? S(", ") : S(""));
		put_value(b, &v->list.items[i], style);
	}
	buf_put_byte(b, ']');
}

static void
put_map(struct buf *b, const struct value *v, enum style style)
{
	buf_put_byte(b, '{');
	for (size_t i = 0; i < v->map.n && !b->full; i++) {
		buf_put(b, i ? S(", ") : S(""));
		if (style == STYLE_LITERAL)
			put_quoted(b, v->map.pairs[i].key);
		else
			buf_put(b, v->map.pairs[i].key);
		buf_put(b, S(": "));
		put_value(b, &v->map.pairs[i].value, style);
	}
	buf_put_byte(b, '}');
}

static void
put_range(struct buf *b, const struct feel_range *r, enum style style)
{
	buf_put_byte(b, r->low_closed ? '[' : '(');
	put_value(b, &r->low, style);
	buf_put(b, S(".."));
	put_value(b, &r->high, style);
	buf_put_byte(b, r->high_closed ? ']' : ')');
}

static void
put_value(struct buf *b, const struct value *v, enum style style)
{
	const enum style inner = style == STYLE_LITERAL ? style : STYLE_INSIDE;

	switch (v->kind) {
	case V_NULL:
		buf_put(b, S("null"));
		return;
	case V_BOOL:
		buf_put(b, v->b ? S("true") : S("false"));
		return;
	case V_INT:
		buf_put_int(b, v->i);
		return;
	case V_DECIMAL:
		buf_put(b, decimal_str(b->arena, v->decimal));
		return;
	case V_TEXT:
		if (style == STYLE_STRING)
			buf_put(b, v->s);
		else
			put_quoted(b, v->s);
		return;
	case V_LIST:
		put_list(b, v, inner);
		return;
	case V_MAP:
		put_map(b, v, inner);
		return;
	case V_DAY:
	case V_TIME:
	case V_INSTANT:
	case V_MONTHS:
	case V_DURATION:
		if (style == STYLE_LITERAL)
			put_moment(b, v);
		else
			buf_put(b, feel_time_str(b->arena, v));
		return;
	case V_RANGE:
		put_range(b, v->range, inner);
		return;
	case V_FUNCTION:
		buf_put(b, S("function"));
		return;
	}
}

struct str
feel_string(struct arena *a, const struct value *v)
{
	struct buf b = { .arena = a,
		.limit = 1 << 20 }; /* parts may be shared: see walk */

	put_value(&b, v, STYLE_STRING);
	return buf_str(&b);
}

struct str
feel_literal(struct arena *a, const struct value *v)
{
	struct buf b = { .arena = a, .limit = 1 << 20 };

	put_value(&b, v, STYLE_LITERAL);
	return buf_str(&b);
}
