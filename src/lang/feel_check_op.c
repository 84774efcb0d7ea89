/* Operators while types are inferred: what can be counted with what, what has an order.
 */
#include "lang/feel_infer.h"

static bool
is_point(const struct feel_type *t)
{
	return t->kind == FEEL_DAY || t->kind == FEEL_INSTANT || t->kind == FEEL_TIME;
}

static bool
is_duration(const struct feel_type *t)
{
	return t->kind == FEEL_DURATION || t->kind == FEEL_MONTHS;
}

/* The type of a + b, a * b …; NULL: it has none. */
static const struct feel_type *
arithmetic_type(enum feel_op op, const struct feel_type *a, const struct feel_type *b)
{
	const bool sum = op == OP_ADD || op == OP_SUB;

	if (a->kind == FEEL_NUMBER && b->kind == FEEL_NUMBER)
		return a;
	if (op == OP_ADD && feel_fits(a, FEEL_TEXT) && a->kind == FEEL_TEXT &&
	    b->kind == FEEL_TEXT)
		return a;
	if (sum && is_point(a) && is_duration(b))
		return a->kind == FEEL_TIME && b->kind == FEEL_MONTHS ? NULL : a;
	if (op == OP_ADD && is_duration(a) && is_point(b))
		return b;
	if (op == OP_SUB && is_point(a) && is_point(b))
		return feel_simple(FEEL_DURATION);
	if (sum && is_duration(a) && a->kind == b->kind)
		return a;
	if (op == OP_MUL && a->kind == FEEL_NUMBER && is_duration(b))
		return b;
	if ((op == OP_MUL || op == OP_DIV) && is_duration(a) && b->kind == FEEL_NUMBER)
		return a;
	if (op == OP_DIV && is_duration(a) && a->kind == b->kind)
		return feel_simple(FEEL_NUMBER);
	return NULL;
}

static bool
has_order(const struct feel_type *t)
{
	return t->kind == FEEL_NUMBER || t->kind == FEEL_TEXT || is_point(t) ||
	       is_duration(t) || t->kind == FEEL_ANY || t->kind == FEEL_NULL;
}

/* A text that can only be one of a few compared with another one is never equal. */
static void
want_listed(struct checker *c, const struct feel_type *t, const struct feel *other)
{
	if (c->check->lenient || t->kind != FEEL_TEXT || !t->n ||
	    other->kind != F_LITERAL || other->value.kind != V_TEXT)
		return;
	for (size_t i = 0; i < t->n; i++)
		if (str_eq(t->fields[i].name, value_str(&other->value)))
			return;
	feel_wrong(c, other, "%.*s 不是可能的值", STR_ARG(other->text));
}

const struct feel_type *
feel_infer_binary(struct checker *c, const struct feel *e, const struct known *scope)
{
	const struct feel_type *a = feel_infer(c, e->kids[0], scope), *t;
	const struct feel_type *b = feel_infer(c, e->kids[1], scope);
	const bool open = a->kind == FEEL_ANY || b->kind == FEEL_ANY ||
			  a->kind == FEEL_NULL || b->kind == FEEL_NULL;

	switch (e->op) {
	case OP_OR:
	case OP_AND:
		feel_must_be(c, e->kids[0], a, FEEL_BOOL);
		feel_must_be(c, e->kids[1], b, FEEL_BOOL);
		return feel_simple(FEEL_BOOL);
	case OP_EQ:
	case OP_NE:
		want_listed(c, a, e->kids[1]);
		want_listed(c, b, e->kids[0]);
		__attribute__((fallthrough));
	case OP_LT:
	case OP_LE:
	case OP_GT:
	case OP_GE:
		if (!feel_fits(a, b->kind) || (e->op != OP_EQ && e->op != OP_NE &&
						  (!has_order(a) || !has_order(b))))
			feel_wrong(c, e, "%.*s：%.*s和%.*s不能比较", STR_ARG(e->text),
			    STR_ARG(feel_type_name(a->kind)),
			    STR_ARG(feel_type_name(b->kind)));
		return feel_simple(FEEL_BOOL);
	case OP_ADD:
	case OP_SUB:
	case OP_MUL:
	case OP_DIV:
	case OP_POW:
		break;
	}
	t = open ? feel_simple(FEEL_ANY) : arithmetic_type(e->op, a, b);
	if (t)
		return t;
	feel_wrong(c, e, "%.*s：%.*s和%.*s不能这样计算", STR_ARG(e->text),
	    STR_ARG(feel_type_name(a->kind)), STR_ARG(feel_type_name(b->kind)));
	return feel_simple(FEEL_ANY);
}

static void
must_compare(struct checker *c, const struct feel *e, const struct feel_type *a,
    const struct feel_type *b)
{
	if (!feel_fits(a, b->kind) || !has_order(a) || !has_order(b))
		feel_wrong(c, e, "%.*s：%.*s和%.*s不能比较", STR_ARG(e->text),
		    STR_ARG(feel_type_name(a->kind)), STR_ARG(feel_type_name(b->kind)));
}

const struct feel_type *
feel_infer_between(struct checker *c, const struct feel *e, const struct known *scope)
{
	const struct feel_type *v = feel_infer(c, e->kids[0], scope);

	must_compare(c, e, v, feel_infer(c, e->kids[1], scope));
	must_compare(c, e, v, feel_infer(c, e->kids[2], scope));
	return feel_simple(FEEL_BOOL);
}

/* A range of what its ends are; of `(< 5)` there is one. */
const struct feel_type *
feel_infer_range(struct checker *c, const struct feel *e, const struct known *scope)
{
	struct feel_type *t = arena_new(c->m->arena, struct feel_type);
	const struct feel_type *low = feel_infer(c, e->kids[0], scope);
	const struct feel_type *high = e->n > 1 ? feel_infer(c, e->kids[1], scope) : low;

	must_compare(c, e, low, high);
	*t = (struct feel_type){ .kind = FEEL_RANGE,
		.of = low->kind == FEEL_NULL ? high : low };
	return t;
}

const struct feel_type *
feel_infer_negated(struct checker *c, const struct feel *e, const struct known *scope)
{
	const struct feel_type *t = feel_infer(c, e->kids[0], scope);

	if (!feel_fits(t, FEEL_NUMBER) && !is_duration(t))
		feel_wrong(c, e, "%.*s：%.*s不能取负", STR_ARG(e->text),
		    STR_ARG(feel_type_name(t->kind)));
	return t;
}
