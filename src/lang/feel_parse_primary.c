/* The grammar of FEEL below the operators: literals, names, lists, contexts, ranges, and
 * what follows them: paths, filters, calls, `instance of`; and the tests of a cell. */
#include "lang/feel_parse.h"

#include "base/buf.h"

static const struct feel *
literal(struct parser *p, size_t from, struct value v)
{
	struct feel *e = feel_node(p, F_LITERAL, from);

	e->value = v;
	return feel_end(p, e);
}

static const struct feel *
parse_list(struct parser *p, size_t from)
{
	struct feel *e = feel_node(p, F_LIST, from);

	while (!p->failed && !feel_peek(p, "]")) {
		if (e->n)
			feel_expect(p, ",");
		feel_kid(p, e, feel_test(p));
		if (e->n == 1 && feel_sign(p, ".."))
			return feel_range_rest(p, from, e->kids[0], true);
	}
	feel_expect(p, "]");
	return feel_end(p, e);
}

static const struct feel *
parse_context(struct parser *p, size_t from)
{
	struct feel *e = feel_node(p, F_CONTEXT, from);

	while (!p->failed && !feel_peek(p, "}")) {
		struct str key;

		if (e->n)
			feel_expect(p, ",");
		feel_blanks(p);
		if (feel_text_literal(p, &key)) {
			if (key.n)
				*list_add(p->arena, &p->known) = key;
		} else if (!feel_new_name(p, ":", NULL, &key)) {
			feel_fail(p, p->at, "这里应当是键");
			break;
		}
		feel_expect(p, ":");
		for (size_t i = 0; i < e->n_names; i++)
			if (str_eq(e->names[i], key))
				feel_fail(p, p->at, "键重复");
		feel_add_name(p, e, key);
		feel_kid(p, e, feel_expression(p));
	}
	feel_expect(p, "}");
	return feel_end(p, e);
}

/* ( expression ), ( from .. to ), ( < 5 ) */
static const struct feel *
parse_parenthesis(struct parser *p, size_t from)
{
	const struct feel *inner = feel_test(p);

	if (feel_sign(p, ".."))
		return feel_range_rest(p, from, inner, false);
	feel_expect(p, ")");
	return inner;
}

static const struct feel *
parse_at(struct parser *p, size_t from)
{
	struct value v = value_null();
	struct str text;

	if (!feel_text_literal(p, &text))
		feel_fail(p, p->at, "@ 之后应当是文本");
	else if (!feel_parse_at(p->arena, text, &v))
		feel_fail(p, from, "@ 之后不是日期、时间或者时长");
	return literal(p, from, v);
}

static const struct feel *
parse_word(struct parser *p, size_t from)
{
	struct feel *e;
	struct str name;

	if (feel_word(p, "true"))
		return literal(p, from, value_bool(true));
	if (feel_word(p, "false"))
		return literal(p, from, value_bool(false));
	if (feel_word(p, "null"))
		return literal(p, from, value_null());
	e = feel_node(p, F_NAME, from);
	if (!feel_name(p, &name)) {
		feel_fail(
		    p, p->at, p->at == p->in.n ? "表达式没有写完" : "这里不能这样写");
		return e;
	}
	e->name = name;
	return feel_end(p, e);
}

static const struct feel *
parse_primary(struct parser *p)
{
	const size_t from = (feel_blanks(p), p->at);
	struct value v;
	struct str text;

	if (feel_number_literal(p, &v))
		return literal(p, from, v);
	if (feel_peek(p, "\"")) {
		if (!feel_text_literal(p, &text))
			return feel_node(p, F_LITERAL, from);
		return literal(p, from, value_text(text));
	}
	if (feel_sign(p, "["))
		return parse_list(p, from);
	if (feel_sign(p, "{"))
		return parse_context(p, from);
	if (feel_sign(p, "("))
		return parse_parenthesis(p, from);
	if (feel_sign(p, "@"))
		return parse_at(p, from);
	if (feel_sign(p, "]")) {
		const struct feel *low = feel_additive(p);

		feel_expect(p, "..");
		return feel_range_rest(p, from, low, false);
	}
	if (feel_peek_word(p, "if") || feel_peek_word(p, "for") ||
	    feel_peek_word(p, "some") || feel_peek_word(p, "every") ||
	    feel_peek_word(p, "function"))
		return feel_expression(p);
	return parse_word(p, from);
}

/* `name:` before an argument. A colon cannot follow a whole expression here, so looking
 * that far is safe. */
static bool
argument_name(struct parser *p, struct str *out)
{
	const size_t at = p->at, known = p->known.n;

	if (feel_new_name(p, ":,()[]{}\"<>=@", NULL, out) && feel_sign(p, ":")) {
		p->known.n = known;
		return true;
	}
	p->known.n = known;
	p->at = at;
	return false;
}

static const struct feel *
parse_call(struct parser *p, size_t from, const struct feel *function)
{
	struct feel *e = feel_node(p, F_CALL, from);

	feel_kid(p, e, function);
	while (!p->failed && !feel_peek(p, ")")) {
		struct str name;

		if (e->n > 1)
			feel_expect(p, ",");
		if (argument_name(p, &name)) {
			if (e->n_names != e->n - 1)
				feel_fail(p, p->at, "参数要么都写名称，要么都不写");
			feel_add_name(p, e, name);
		} else if (e->n_names) {
			feel_fail(p, p->at, "参数要么都写名称，要么都不写");
		}
		feel_kid(p, e, feel_expression(p));
	}
	feel_expect(p, ")");
	return feel_end(p, e);
}

static const struct feel *
parse_path(struct parser *p, size_t from, const struct feel *base)
{
	struct feel *e = feel_node(p, F_PATH, from);

	feel_kid(p, e, base);
	if (!feel_name(p, &e->name))
		feel_fail(p, p->at, "“.”之后应当是名称");
	return feel_end(p, e);
}

const struct feel *
feel_postfix(struct parser *p)
{
	const size_t from = (feel_blanks(p), p->at);
	const struct feel *e;
	struct feel *next;

	if (++p->depth > 150) {
		feel_fail(p, from, "嵌套太深");
		return feel_node(p, F_LITERAL, from);
	}
	e = parse_primary(p);
	while (!p->failed) {
		if (feel_peek(p, ".."))
			break;
		if (feel_sign(p, ".")) {
			e = parse_path(p, from, e);
		} else if (!p->in_end && feel_sign(p, "[")) {
			next = feel_node(p, F_FILTER, from);
			feel_kid(p, next, e);
			feel_kid(p, next, feel_expression(p));
			feel_expect(p, "]");
			e = feel_end(p, next);
		} else if (feel_sign(p, "(")) {
			e = parse_call(p, from, e);
		} else if (feel_word(p, "instance")) {
			if (!feel_word(p, "of"))
				feel_fail(p, p->at, "instance 之后缺少 of");
			next = feel_node(p, F_INSTANCE, from);
			feel_kid(p, next, e);
			next->type = feel_type_here(p);
			e = feel_end(p, next);
		} else {
			break;
		}
	}
	p->depth--;
	return e;
}

/* positive unary tests */
static void
parse_test_list(struct parser *p, struct feel *e)
{
	do {
		feel_kid(p, e, feel_test(p));
	} while (!p->failed && feel_sign(p, ","));
}

const struct feel *
feel_tests(struct parser *p)
{
	const size_t from = (feel_blanks(p), p->at);
	struct feel *e = feel_node(p, F_TESTS, from);

	if (feel_sign(p, "-")) {
		feel_blanks(p);
		if (p->at == p->in.n)
			return feel_end(p, e);
		p->at = from;
	}
	if (feel_word(p, "not") && feel_sign(p, "(")) {
		e->negated = true;
		parse_test_list(p, e);
		feel_expect(p, ")");
		feel_blanks(p);
		if (p->failed || p->at == p->in.n)
			return feel_end(p, e);
		feel_fail(p, p->at, "not(…) 之后不能再写内容");
		return e;
	}
	p->at = from;
	parse_test_list(p, e);
	return feel_end(p, e);
}
