/* Cells are trees: what has words is said from the tree, the rest from its text. */
#include "procedure/decision_text.h"

#include "base/buf.h"
#include "lang/feel_part.h"
#include "lang/feel_tree.h"

struct telling {
	struct buf b;
	const struct decision_names *names;
	const struct decision_def *d;
	const struct field *f; /* whose cell it is */
};

/* A whole number of fen in yuan; false: it is none. */
static bool
put_money(struct telling *t, struct str text)
{
	int64_t fen;

	if (t->f->type != FIELD_MONEY || !str_int(text, &fen) || fen < 0)
		return false;
	if (fen % 100)
		buf_fmt(&t->b, "%lld.%02lld元", (long long)(fen / 100),
		    (long long)(fen % 100));
	else
		buf_fmt(&t->b, "%lld元", (long long)(fen / 100));
	return true;
}

static void
put_literal(struct telling *t, const struct feel *e)
{
	if (t->f->type == FIELD_CHOICE && e->value.kind == V_TEXT)
		buf_fmt(
		    &t->b, "“%.*s”", STR_ARG(choice_title(t->f, value_str(&e->value))));
	else if (e->value.kind == V_TEXT)
		buf_fmt(&t->b, "“%.*s”", STR_ARG(value_str(&e->value)));
	else if (e->value.kind == V_BOOL)
		buf_put(&t->b, value_true(&e->value) ? S("是") : S("否"));
	else if (e->value.kind == V_NULL)
		buf_put(&t->b, S("空"));
	else if (!put_money(t, feel_text(e)))
		buf_put(&t->b, feel_text(e));
}

static void
put_expression(struct telling *t, const struct feel *e)
{
	struct str name, id, title = S("");

	if (e->kind == F_LITERAL) {
		put_literal(t, e);
		return;
	}
	if (feel_is_call(e, &name, &id) && str_eq(name, S("param")))
		title = t->names->parameter(t->names->self, id);
	if (title.n) {
		buf_fmt(&t->b, "参数“%.*s”", STR_ARG(title));
		return;
	}
	for (size_t i = 0; e->kind == F_NAME && i < t->d->inputs.n; i++) {
		if (!str_eq(t->d->inputs.v[i].name, e->name))
			continue;
		buf_fmt(&t->b, "“%.*s”", STR_ARG(t->d->inputs.v[i].title));
		return;
	}
	buf_fmt(&t->b, "「%.*s」", STR_ARG(feel_text(e)));
}

static struct str
comparison(const struct telling *t, enum feel_op op)
{
	const bool day = t->f->type == FIELD_DAY;

	if (op == OP_LT)
		return day ? S("早于") : S("少于");
	if (op == OP_LE)
		return day ? S("不晚于") : S("不超过");
	if (op == OP_GT)
		return day ? S("晚于") : S("多于");
	if (op == OP_GE)
		return day ? S("不早于") : S("不少于");
	return op == OP_NE ? S("不是") : S("为");
}

static void
put_end(struct telling *t, const struct feel *end, enum feel_op op)
{
	buf_put(&t->b, comparison(t, op));
	put_expression(t, end);
}

static void
put_one(struct telling *t, const struct feel *e)
{
	if (e->kind == F_TEST) {
		put_end(t, e->kids[0], e->op);
		return;
	}
	if (e->kind != F_RANGE) {
		if (!e->uses_input)
			buf_put(&t->b, S("为"));
		put_expression(t, e);
		return;
	}
	if (e->kids[0])
		put_end(t, e->kids[0], e->low_closed ? OP_GE : OP_GT);
	if (e->kids[0] && e->kids[1])
		buf_put(&t->b, S("、"));
	if (e->kids[1])
		put_end(t, e->kids[1], e->high_closed ? OP_LE : OP_LT);
}

static bool
asks(const struct feel *e)
{
	return e->kind != F_TESTS || e->n > 0;
}

struct str
decision_test_text(struct arena *a, const struct decision_names *names,
    const struct decision_def *d, const struct field *input, const struct feel *test)
{
	struct telling t = { .b = { .arena = a }, names, d, input };

	if (!asks(test))
		return S("");
	if (test->kind != F_TESTS) {
		put_one(&t, test);
		return buf_str(&t.b);
	}
	if (test->negated)
		buf_put(&t.b, S("除外："));
	for (size_t i = 0; i < test->n; i++) {
		if (i)
			buf_put(&t.b,
			    test->kids[i]->kind == F_LITERAL ? S("、") : S("，或者"));
		if (i && test->kids[i]->kind == F_LITERAL)
			put_literal(&t, test->kids[i]);
		else
			put_one(&t, test->kids[i]);
	}
	return buf_str(&t.b);
}

struct str
decision_result_text(struct arena *a, const struct decision_names *names,
    const struct decision_def *d, const struct field *output, const struct feel *result)
{
	struct telling t = { .b = { .arena = a }, names, d, output };

	put_expression(&t, result);
	return buf_str(&t.b);
}

struct str
decision_row_text(struct arena *a, const struct decision_names *names,
    const struct decision_def *d, size_t row)
{
	const struct feel_table_row *r = &d->table.rows[row];
	struct buf b = { .arena = a };

	for (size_t i = 0; i < d->inputs.n; i++) {
		const struct field *f = &d->inputs.v[i];
		const struct str said = decision_test_text(a, names, d, f, r->tests[i]);

		if (said.n)
			buf_fmt(&b, "%s“%.*s”%.*s", b.n ? "，并且" : "",
			    STR_ARG(f->title), STR_ARG(said));
	}
	buf_put(&b, b.n ? S("的，") : S("任何情形，"));
	for (size_t i = 0; i < d->outputs.n; i++) {
		const struct field *f = &d->outputs.v[i];
		const struct str said = decision_result_text(
		    a, names, d, f, r->results[i]);

		buf_fmt(&b, "%s“%.*s”为%.*s", i ? "，" : "", STR_ARG(f->title),
		    STR_ARG(said));
	}
	return buf_str(&b);
}

struct str
decision_hit_text(enum feel_hit hit)
{
	switch (hit) {
	case HIT_UNIQUE:
		return S("至多有一行符合");
	case HIT_ANY:
		return S("符合的各行结果相同");
	case HIT_FIRST:
		return S("依次看，第一个符合的行为准");
	case HIT_PRIORITY:
		return S("符合的各行中，结果次序在前的为准");
	case HIT_OUTPUT_ORDER:
		return S("符合的各行，按结果的次序全部列出");
	case HIT_RULE_ORDER:
		return S("符合的各行，按行的次序全部列出");
	case HIT_COLLECT:
		return S("符合的各行全部列出");
	case HIT_SUM:
		return S("符合的各行相加");
	case HIT_MIN:
		return S("取符合的各行中最小的");
	case HIT_MAX:
		return S("取符合的各行中最大的");
	case HIT_COUNT:
		return S("符合的行数");
	}
	return S("");
}
