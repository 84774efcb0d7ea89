/*
 * The grammar of FEEL from the top down to the operators (DMN 1.5 10.3.1.2): conditions,
 * loops, functions, then the levels of precedence. What binds tighter is in
 * feel_parse_primary.c.
 */
#include "lang/feel_parse.h"

#include <string.h>

#include "base/buf.h"
#include "lang/feel_part.h"

enum { TEXT_MAX = 16 * 1024, DEPTH_MAX = 100 };

struct feel *
feel_node(struct parser *p, enum feel_kind kind, size_t from)
{
	struct feel *e = arena_new(p->arena, struct feel);

	e->kind = kind;
	e->text = str_sub(p->in, from, p->in.n);
	feel_place(p, from, &e->line, &e->column);
	return e;
}

const struct feel *
feel_end(struct parser *p, struct feel *e)
{
	const size_t from = (size_t)(e->text.p - p->in.p);

	e->text = str_trim(str_sub(p->in, from, p->at));
	for (size_t i = 0; i < e->n; i++)
		if (e->kids[i] && e->kids[i]->uses_input)
			e->uses_input = true;
	if (e->kind == F_NAME && str_eq(e->name, S("?")))
		e->uses_input = true;
	return e;
}

/* Few kids have few siblings: growing one by one from a doubling array of its own. */
void
feel_kid(struct parser *p, struct feel *e, const struct feel *kid)
{
	if ((e->n & (e->n - 1)) == 0) { /* a power of two, or none: full */
		const struct feel **kids = arena_array(
		    p->arena, const struct feel *, e->n ? e->n * 2 : 1);

		if (e->n)
			memcpy(kids, e->kids, e->n * sizeof(*kids));
		e->kids = kids;
	}
	e->kids[e->n++] = kid;
}

void
feel_add_name(struct parser *p, struct feel *e, struct str name)
{
	struct str *names = arena_array(p->arena, struct str, e->n_names + 1);

	for (size_t i = 0; i < e->n_names; i++)
		names[i] = e->names[i];
	names[e->n_names++] = name;
	e->names = names;
}

static const struct feel *
parse_if(struct parser *p, size_t from)
{
	struct feel *e = feel_node(p, F_IF, from);

	feel_kid(p, e, feel_expression(p));
	if (!feel_word(p, "then"))
		feel_fail(p, p->at, "if 之后缺少 then");
	feel_kid(p, e, feel_expression(p));
	if (!feel_word(p, "else"))
		feel_fail(p, p->at, "if 之后缺少 else");
	feel_kid(p, e, feel_expression(p));
	return feel_end(p, e);
}

/* What a loop runs over: a list, or from..to. */
static const struct feel *
parse_domain(struct parser *p)
{
	const size_t from = p->at;
	const struct feel *low = feel_expression(p);
	struct feel *e;

	if (!feel_sign(p, ".."))
		return low;
	e = feel_node(p, F_SPAN, from);
	feel_kid(p, e, low);
	feel_kid(p, e, feel_expression(p));
	return feel_end(p, e);
}

static const struct feel *
parse_loop(struct parser *p, enum feel_kind kind, size_t from, const char *body)
{
	struct feel *e = feel_node(p, kind, from);

	do {
		struct str name;

		if (!feel_new_name(p, "", "in", &name)) {
			feel_fail(p, p->at, "这里应当是变量名和 in");
			break;
		}
		feel_add_name(p, e, name);
		if (!feel_word(p, "in"))
			feel_fail(p, p->at, "变量名之后缺少 in");
		feel_kid(p, e, parse_domain(p));
	} while (!p->failed && feel_sign(p, ","));
	if (!feel_word(p, body)) {
		const struct str what = str_fmt(p->arena, "缺少 %s", body);

		feel_fail(p, p->at, what.p);
	}
	if (kind == F_FOR) /* what was found so far has a name of its own */
		*list_add(p->arena, &p->known) = S("partial");
	feel_kid(p, e, feel_expression(p));
	return feel_end(p, e);
}

static const struct feel *
parse_function(struct parser *p, size_t from)
{
	struct feel *e = feel_node(p, F_FUNCTION, from);
	LIST(const struct feel_type *) types = { 0 };

	feel_expect(p, "(");
	while (!p->failed && !feel_peek(p, ")")) {
		const struct feel_type *type = NULL;
		struct str name;

		if (e->n_names)
			feel_expect(p, ",");
		if (!feel_new_name(p, ":,)", NULL, &name)) {
			feel_fail(p, p->at, "这里应当是参数名");
			break;
		}
		feel_add_name(p, e, name);
		if (feel_sign(p, ":"))
			type = feel_type_here(p);
		*list_add(p->arena, &types) = type;
	}
	feel_expect(p, ")");
	if (feel_word(p, "external"))
		feel_fail(p, p->at, "不支持外部函数");
	e->types = types.v;
	feel_kid(p, e, feel_expression(p));
	return feel_end(p, e);
}

static const struct feel *
binary(struct parser *p, size_t from, enum feel_op op, const struct feel *a,
    const struct feel *b)
{
	struct feel *e = feel_node(p, F_BINARY, from);

	e->op = op;
	feel_kid(p, e, a);
	feel_kid(p, e, b);
	return feel_end(p, e);
}

static const struct feel *
parse_unary(struct parser *p)
{
	const size_t from = (feel_blanks(p), p->at);
	struct feel *e;

	if (!feel_sign(p, "-"))
		return feel_postfix(p);
	if (++p->depth > DEPTH_MAX)
		feel_fail(p, from, "嵌套太深");
	e = feel_node(p, F_NEGATE, from);
	feel_kid(p, e, p->failed ? e : parse_unary(p));
	p->depth--;
	return feel_end(p, e);
}

static const struct feel *
parse_power(struct parser *p)
{
	const size_t from = (feel_blanks(p), p->at);
	const struct feel *e = parse_unary(p);

	while (!p->failed && feel_sign(p, "**"))
		e = binary(p, from, OP_POW, e, parse_unary(p));
	return e;
}

static const struct feel *
parse_product(struct parser *p)
{
	const size_t from = (feel_blanks(p), p->at);
	const struct feel *e = parse_power(p);

	while (!p->failed) {
		if (feel_sign(p, "*"))
			e = binary(p, from, OP_MUL, e, parse_power(p));
		else if (feel_sign(p, "/"))
			e = binary(p, from, OP_DIV, e, parse_power(p));
		else
			break;
	}
	return e;
}

const struct feel *
feel_additive(struct parser *p)
{
	const size_t from = (feel_blanks(p), p->at);
	const struct feel *e = parse_product(p);

	while (!p->failed) {
		if (feel_sign(p, "+"))
			e = binary(p, from, OP_ADD, e, parse_product(p));
		else if (feel_sign(p, "-"))
			e = binary(p, from, OP_SUB, e, parse_product(p));
		else
			break;
	}
	return e;
}

static bool
take_comparison(struct parser *p, enum feel_op *op)
{
	static const struct {
		const char *sign;
		enum feel_op op;
	} signs[] = { { "!=", OP_NE }, { "<=", OP_LE }, { ">=", OP_GE }, { "=", OP_EQ },
		{ "<", OP_LT }, { ">", OP_GT } };

	for (size_t i = 0; i < sizeof signs / sizeof *signs; i++)
		if (feel_sign(p, signs[i].sign)) {
			*op = signs[i].op;
			return true;
		}
	return false;
}

const struct feel *
feel_range_rest(struct parser *p, size_t from, const struct feel *low, bool closed)
{
	struct feel *e = feel_node(p, F_RANGE, from);
	const bool outer = p->in_end;

	e->low_closed = closed;
	feel_kid(p, e, low);
	p->in_end = true;
	feel_kid(p, e, feel_additive(p));
	p->in_end = outer;
	if (feel_sign(p, "]"))
		e->high_closed = true;
	else if (!feel_sign(p, ")") && !feel_sign(p, "["))
		feel_fail(p, p->at, "区间没有结束");
	return feel_end(p, e);
}

const struct feel *
feel_test(struct parser *p)
{
	const size_t from = (feel_blanks(p), p->at);
	enum feel_op op;
	struct feel *e;

	if (!take_comparison(p, &op))
		return feel_expression(p);
	e = feel_node(p, F_TEST, from);
	e->op = op;
	feel_kid(p, e, feel_additive(p));
	return feel_end(p, e);
}

/* Behind `in (`: tests, or an open range. */
static void
parse_in_list(struct parser *p, struct feel *e, size_t from)
{
	const struct feel *first = feel_test(p);

	if (feel_sign(p, "..")) {
		feel_kid(p, e, feel_range_rest(p, from, first, false));
		return;
	}
	feel_kid(p, e, first);
	while (!p->failed && feel_sign(p, ","))
		feel_kid(p, e, feel_test(p));
	feel_expect(p, ")");
}

static const struct feel *
parse_in(struct parser *p, size_t from, const struct feel *value)
{
	struct feel *e = feel_node(p, F_IN, from), *test;
	const size_t at = (feel_blanks(p), p->at);
	enum feel_op op;

	feel_kid(p, e, value);
	if (feel_sign(p, "(")) {
		parse_in_list(p, e, at);
	} else if (take_comparison(p, &op)) {
		test = feel_node(p, F_TEST, at);
		test->op = op;
		feel_kid(p, test, feel_additive(p));
		feel_kid(p, e, feel_end(p, test));
	} else {
		feel_kid(p, e, feel_additive(p));
	}
	feel_end(p, e);
	/* `?` inside the tests is bound here */
	e->uses_input = value->uses_input;
	return e;
}

static const struct feel *
parse_comparison(struct parser *p)
{
	const size_t from = (feel_blanks(p), p->at);
	const struct feel *e = feel_additive(p);
	enum feel_op op;

	while (!p->failed) {
		if (take_comparison(p, &op)) {
			e = binary(p, from, op, e, feel_additive(p));
		} else if (feel_word(p, "between")) {
			struct feel *between = feel_node(p, F_BETWEEN, from);

			feel_kid(p, between, e);
			feel_kid(p, between, feel_additive(p));
			if (!feel_word(p, "and"))
				feel_fail(p, p->at, "between 之后缺少 and");
			feel_kid(p, between, feel_additive(p));
			e = feel_end(p, between);
		} else if (feel_word(p, "in")) {
			e = parse_in(p, from, e);
		} else {
			break;
		}
	}
	return e;
}

static const struct feel *
parse_and(struct parser *p)
{
	const size_t from = (feel_blanks(p), p->at);
	const struct feel *e = parse_comparison(p);

	while (!p->failed && feel_word(p, "and"))
		e = binary(p, from, OP_AND, e, parse_comparison(p));
	return e;
}

static const struct feel *
parse_or(struct parser *p)
{
	const size_t from = (feel_blanks(p), p->at);
	const struct feel *e = parse_and(p);

	while (!p->failed && feel_word(p, "or"))
		e = binary(p, from, OP_OR, e, parse_and(p));
	return e;
}

const struct feel *
feel_expression(struct parser *p)
{
	const size_t from = (feel_blanks(p), p->at);
	const bool outer = p->in_end;
	const struct feel *e;

	if (p->failed || ++p->depth > DEPTH_MAX) {
		feel_fail(p, from, "嵌套太深");
		return feel_node(p, F_LITERAL, from);
	}
	p->in_end = false;
	if (feel_word(p, "if"))
		e = parse_if(p, from);
	else if (feel_word(p, "for"))
		e = parse_loop(p, F_FOR, from, "return");
	else if (feel_word(p, "some"))
		e = parse_loop(p, F_SOME, from, "satisfies");
	else if (feel_word(p, "every"))
		e = parse_loop(p, F_EVERY, from, "satisfies");
	else if (feel_word(p, "function"))
		e = parse_function(p, from);
	else
		e = parse_or(p);
	p->in_end = outer;
	p->depth--;
	return e;
}

static _Atomic uint64_t parsed;

uint64_t
feel_parsed(void)
{
	return parsed;
}

static enum err
parse(struct cx *cx, struct str text, const struct feel_scope *scope, bool tests,
    const struct feel **out, struct messages *m)
{
	struct parser p = {
		.cx = cx, .arena = cx->arena, .messages = m, .scope = scope, .in = text
	};
	const struct feel *e;

	parsed++;
	if (text.n > TEXT_MAX || !str_is_utf8(text))
		feel_fail(&p, 0, "太长，或者不是文本");
	e = p.failed ? NULL : tests ? feel_tests(&p) : feel_expression(&p);
	feel_blanks(&p);
	if (!p.failed && p.at != text.n)
		feel_fail(&p, p.at, "这里多出了内容");
	if (p.failed)
		return fail(cx, ERR_INPUT, "%.*s", STR_ARG(m->v[m->n - 1].text));
	*out = e;
	return ERR_OK;
}

enum err
feel_parse(struct cx *cx, struct str text, const struct feel_scope *scope,
    const struct feel **out, struct messages *m)
{
	return parse(cx, text, scope, false, out, m);
}

enum err
feel_parse_tests(struct cx *cx, struct str text, const struct feel_scope *scope,
    const struct feel **out, struct messages *m)
{
	return parse(cx, text, scope, true, out, m);
}
