/* Operators on values, order and equality (DMN 1.5 10.3.2.13 to 10.3.2.15). */
#include "lang/feel_tree.h"

#include "base/buf.h"
#include "base/date.h"

struct value
feel_number(struct arena *a, const struct decimal *d)
{
	struct decimal *copy;
	int64_t i;

	if (decimal_to_int(d, &i))
		return value_int(i);
	copy = arena_new(a, struct decimal);
	*copy = *d;
	return (struct value){ .kind = V_DECIMAL, .decimal = copy };
}

bool
feel_decimal(const struct value *v, struct decimal *out)
{
	if (v->kind == V_INT)
		*out = decimal_int(v->i);
	else if (v->kind == V_DECIMAL)
		*out = *v->decimal;
	return v->kind == V_INT || v->kind == V_DECIMAL;
}

struct value
feel_bool3(int three)
{
	return three < 0 ? value_null() : value_bool(three);
}

static bool
is_number(const struct value *v)
{
	return v->kind == V_INT || v->kind == V_DECIMAL;
}

static int
order_int(int64_t a, int64_t b)
{
	return a < b ? -1 : a > b;
}

/* Two wall clocks can be compared when both have a zone or neither has. */
static bool
zones_fit(const struct value *a, const struct value *b)
{
	const struct value_zone *x = a->at.zone, *y = b->at.zone;

	if (!x != !y)
		return false;
	return !x || (!x->name.n && !y->name.n) || str_eq(x->name, y->name);
}

int
feel_order(const struct value *a, const struct value *b)
{
	struct decimal x, y;

	if (is_number(a) && is_number(b)) {
		if (a->kind == V_INT && b->kind == V_INT)
			return order_int(a->i, b->i);
		feel_decimal(a, &x);
		feel_decimal(b, &y);
		return decimal_cmp(&x, &y);
	}
	if (a->kind != b->kind)
		return 2;
	switch (a->kind) {
	case V_TEXT: {
		const int c = str_cmp(a->s, b->s);

		return (c > 0) - (c < 0);
	}
	case V_DAY:
	case V_MONTHS:
	case V_DURATION:
		return order_int(a->i, b->i);
	case V_TIME:
	case V_INSTANT:
		return zones_fit(a, b) ? order_int(feel_utc(a), feel_utc(b)) : 2;
	case V_NULL:
	case V_BOOL:
	case V_INT:
	case V_DECIMAL:
	case V_LIST:
	case V_MAP:
	case V_RANGE:
	case V_FUNCTION:
		break;
	}
	return 2;
}

/* Lists may share their parts, so a small text can spell a value whose tree is immense.
 * What walks a whole tree counts down from here. */
enum { WALK_MAX = 200000 };

static int equal(const struct value *a, const struct value *b, int *left);

static int
list_equal(const struct value *a, const struct value *b, int *left)
{
	if (a->list.n != b->list.n)
		return 0;
	for (size_t i = 0; i < a->list.n; i++) {
		const int same = equal(&a->list.items[i], &b->list.items[i], left);

		if (same != 1)
			return same;
	}
	return 1;
}

static int
map_equal(const struct value *a, const struct value *b, int *left)
{
	if (a->map.n != b->map.n)
		return 0;
	for (size_t i = 0; i < a->map.n; i++) {
		const struct value_pair *p = &a->map.pairs[i];
		bool found = false;

		for (size_t k = 0; k < b->map.n && !found; k++)
			found = str_eq(b->map.pairs[k].key, p->key);
		if (!found || equal(&p->value, value_get(b, p->key), left) != 1)
			return 0;
	}
	return 1;
}

static int
range_equal(const struct feel_range *a, const struct feel_range *b, int *left)
{
	return a->low_closed == b->low_closed && a->high_closed == b->high_closed &&
	       equal(&a->low, &b->low, left) == 1 && equal(&a->high, &b->high, left) == 1;
}

static int
equal(const struct value *a, const struct value *b, int *left)
{
	if (--*left < 0)
		return -1;
	if (a->kind == V_NULL || b->kind == V_NULL)
		return a->kind == b->kind;
	if (is_number(a) && is_number(b))
		return feel_order(a, b) == 0;
	if (a->kind != b->kind)
		return -1;
	switch (a->kind) {
	case V_BOOL:
		return a->b == b->b;
	case V_LIST:
		return list_equal(a, b, left);
	case V_MAP:
		return map_equal(a, b, left);
	case V_RANGE:
		return range_equal(a->range, b->range, left);
	case V_FUNCTION:
		return a->function == b->function;
	case V_NULL:
	case V_INT:
	case V_DECIMAL:
	case V_TEXT:
	case V_DAY:
	case V_TIME:
	case V_INSTANT:
	case V_MONTHS:
	case V_DURATION:
		break;
	}
	return feel_order(a, b) == 0;
}

int
feel_equal(const struct value *a, const struct value *b)
{
	int left = WALK_MAX;
	const int same = equal(a, b, &left);

	return left < 0 ? -1 : same;
}

static bool
walk(const struct value *v, int64_t *left)
{
	*left -= 1 + (v->kind == V_TEXT ? (int64_t)v->s.n / 64 : 0);
	for (size_t i = 0; v->kind == V_LIST && i < v->list.n && *left >= 0; i++)
		walk(&v->list.items[i], left);
	for (size_t i = 0; v->kind == V_MAP && i < v->map.n && *left >= 0; i++)
		walk(&v->map.pairs[i].value, left);
	return *left >= 0;
}

bool
feel_is_small(const struct value *v)
{
	int64_t left = WALK_MAX;

	return walk(v, &left);
}

int
feel_in_range(const struct value *v, const struct feel_range *r)
{
	int low = 1, high = -1;

	if (!value_is_null(&r->low))
		low = feel_order(v, &r->low);
	if (!value_is_null(&r->high))
		high = feel_order(v, &r->high);
	if (low == 2 || high == 2)
		return -1;
	return (low > 0 || (low == 0 && r->low_closed)) &&
	       (high < 0 || (high == 0 && r->high_closed));
}

static struct value
number_op(
    struct feel_run *run, enum feel_op op, const struct value *a, const struct value *b)
{
	struct decimal x, y, z;
	int64_t i;
	bool ok = false;

	if (a->kind == V_INT && b->kind == V_INT) {
		if (op == OP_ADD && !__builtin_add_overflow(a->i, b->i, &i))
			return value_int(i);
		if (op == OP_SUB && !__builtin_sub_overflow(a->i, b->i, &i))
			return value_int(i);
		if (op == OP_MUL && !__builtin_mul_overflow(a->i, b->i, &i))
			return value_int(i);
	}
	feel_decimal(a, &x);
	feel_decimal(b, &y);
	if (op == OP_ADD)
		ok = decimal_add(&x, &y, &z);
	else if (op == OP_SUB)
		ok = decimal_sub(&x, &y, &z);
	else if (op == OP_MUL)
		ok = decimal_mul(&x, &y, &z);
	else if (op == OP_DIV)
		ok = decimal_div(&x, &y, &z);
	else if (op == OP_POW)
		ok = decimal_pow(&x, &y, &z);
	return ok ? feel_number(run->arena, &z)
		  : feel_null(run, op == OP_DIV ? "除数是零，或者结果太大" : "结果太大");
}

static bool
is_duration(const struct value *v)
{
	return v->kind == V_DURATION || v->kind == V_MONTHS;
}

/* A duration times or divided by a number, rounded toward zero to its unit. */
static struct value
scaled(
    struct feel_run *run, enum feel_op op, const struct value *d, const struct value *n)
{
	struct decimal x = decimal_int(d->i), y, z;
	int64_t i;

	feel_decimal(n, &y);
	if (!(op == OP_MUL ? decimal_mul(&x, &y, &z) : decimal_div(&x, &y, &z)) ||
	    !decimal_round(&z, 0, ROUND_DOWN, &z) || !decimal_to_int(&z, &i))
		return feel_null(run, "时长的计算结果不存在或者太大");
	return (struct value){ .kind = d->kind, .i = i };
}

static struct value
multiply(
    struct feel_run *run, enum feel_op op, const struct value *a, const struct value *b)
{
	if (is_number(a) && is_number(b))
		return number_op(run, op, a, b);
	if (is_duration(a) && is_number(b))
		return scaled(run, op, a, b);
	if (op == OP_MUL && is_number(a) && is_duration(b))
		return scaled(run, op, b, a);
	if (op == OP_DIV && is_duration(a) && a->kind == b->kind) {
		const struct value x = value_int(a->i), y = value_int(b->i);

		return number_op(run, op, &x, &y);
	}
	return feel_null(run, "这两种值不能相乘除");
}

static struct value
add(struct feel_run *run, enum feel_op op, const struct value *a, const struct value *b)
{
	struct value out = { .kind = a->kind };

	if (is_number(a) && is_number(b))
		return number_op(run, op, a, b);
	if (op == OP_ADD && a->kind == V_TEXT && b->kind == V_TEXT) {
		if (!feel_spend(run, (a->s.n + b->s.n) / 4096))
			return value_null();
		return value_text(
		    str_fmt(run->arena, "%.*s%.*s", STR_ARG(a->s), STR_ARG(b->s)));
	}
	if (is_duration(a) && a->kind == b->kind) {
		const bool over = op == OP_ADD
				      ? __builtin_add_overflow(a->i, b->i, &out.i)
				      : __builtin_sub_overflow(a->i, b->i, &out.i);

		return over ? feel_null(run, "时长太大") : out;
	}
	if (op == OP_ADD && is_duration(a))
		return feel_time_add(run, b, a, 1);
	return feel_time_add(run, a, b, op == OP_ADD ? 1 : -1);
}

struct value
feel_negated(struct feel_run *run, const struct value *v)
{
	const struct value zero = value_int(0);

	if (is_number(v))
		return number_op(run, OP_SUB, &zero, v);
	if (is_duration(v) && v->i != INT64_MIN)
		return (struct value){ .kind = v->kind, .i = -v->i };
	return feel_null(run, "只有数字和时长可以取负");
}

struct value
feel_binary(
    struct feel_run *run, enum feel_op op, const struct value *a, const struct value *b)
{
	int order;

	switch (op) {
	case OP_EQ:
	case OP_NE:
		order = feel_equal(a, b);
		if (order < 0)
			return feel_null(run, "两种不同的值不能比较");
		return value_bool(order == (op == OP_EQ));
	case OP_LT:
	case OP_LE:
	case OP_GT:
	case OP_GE:
		order = feel_order(a, b);
		if (order == 2)
			return feel_null(run, "这两个值不能比较大小");
		return value_bool(op == OP_LT   ? order < 0
				  : op == OP_LE ? order <= 0
				  : op == OP_GT ? order > 0
						: order >= 0);
	case OP_ADD:
	case OP_SUB:
		return add(run, op, a, b);
	case OP_MUL:
	case OP_DIV:
		return multiply(run, op, a, b);
	case OP_POW:
		if (is_number(a) && is_number(b))
			return number_op(run, op, a, b);
		return feel_null(run, "只有数字可以乘方");
	case OP_OR:
	case OP_AND:
		break; /* feel_eval.c: their right side may not be needed */
	}
	return value_null();
}
