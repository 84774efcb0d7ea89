/* Builtin functions on numbers and lists of numbers (DMN 1.5 10.3.4.5). */
#include "lang/feel_builtin.h"

static struct value
rounded(struct feel_run *run, struct value *v, size_t n, enum decimal_rounding how)
{
	struct decimal d;
	int64_t scale = 0;

	if (!feel_arg_number(run, &v[0], &d) ||
	    (n > 1 && !feel_arg_int(run, &v[1], &scale)))
		return value_null();
	if (scale < -6111 || scale > 6176)
		return feel_null(run, "小数位数超出范围");
	if (!decimal_round(&d, scale, how, &d))
		return feel_null(run, "结果太大");
	return feel_number(run->arena, &d);
}

#define ROUNDING(fn, how)                                                       \
	static struct value fn(struct feel_run *run, struct value *v, size_t n) \
	{                                                                       \
		return rounded(run, v, n, how);                                 \
	}
ROUNDING(fn_decimal, ROUND_HALF_EVEN)
ROUNDING(fn_floor, ROUND_FLOOR)
ROUNDING(fn_ceiling, ROUND_CEILING)
ROUNDING(fn_round_up, ROUND_UP)
ROUNDING(fn_round_down, ROUND_DOWN)
ROUNDING(fn_half_up, ROUND_HALF_UP)
ROUNDING(fn_half_down, ROUND_HALF_DOWN)

/* With grouping and decimal separators: "1 000,00". */
static struct value
fn_number(struct feel_run *run, struct value *v, size_t n)
{
	struct str s, group = S(""), point = S(".");
	struct decimal d;

	if (n == 1 && (v[0].kind == V_INT || v[0].kind == V_DECIMAL))
		return v[0];
	if (!feel_arg_text(run, &v[0], &s))
		return value_null();
	if (n > 1 && v[1].kind != V_NULL && !feel_arg_text(run, &v[1], &group))
		return value_null();
	if (n > 2 && v[2].kind != V_NULL && !feel_arg_text(run, &v[2], &point))
		return value_null();
	if ((group.n && !str_eq(group, S(" ")) && !str_eq(group, S(",")) &&
		!str_eq(group, S("."))) ||
	    (!str_eq(point, S(".")) && !str_eq(point, S(","))) || str_eq(group, point))
		return feel_null(run, "number 的分隔符只能是空格、“,”或者“.”");
	if (group.n)
		s = str_replace(run->arena, s, group, S(""));
	if (str_eq(point, S(",")))
		s = str_replace(run->arena, s, point, S("."));
	if (!decimal_parse(s, &d))
		return feel_null(run, "“%.*s”不是数字", STR_ARG(s));
	return feel_number(run->arena, &d);
}

static struct value
fn_abs(struct feel_run *run, struct value *v, size_t n)
{
	const struct value *one = v[0].kind == V_LIST && v[0].list.n == 1
				      ? v[0].list.items
				      : v;
	struct decimal d;

	(void)n;
	if (one->kind == V_MONTHS || one->kind == V_DURATION)
		return one->i < 0 ? feel_negated(run, one) : *one;
	if (!feel_arg_number(run, one, &d))
		return value_null();
	d.negative = false;
	return feel_number(run->arena, &d);
}

static struct value
fn_modulo(struct feel_run *run, struct value *v, size_t n)
{
	struct decimal a, b;

	(void)n;
	if (!feel_arg_number(run, &v[0], &a) || !feel_arg_number(run, &v[1], &b))
		return value_null();
	if (!decimal_modulo(&a, &b, &a))
		return feel_null(run, "除数是零");
	return feel_number(run->arena, &a);
}

static struct value
computed(struct feel_run *run, const struct value *v,
    bool (*fn)(const struct decimal *d, struct decimal *out))
{
	struct decimal d;

	if (!feel_arg_number(run, v, &d))
		return value_null();
	if (!fn(&d, &d))
		return feel_null(run, "没有结果，或者结果太大");
	return feel_number(run->arena, &d);
}

static struct value
fn_sqrt(struct feel_run *run, struct value *v, size_t n)
{
	(void)n;
	return computed(run, v, decimal_sqrt);
}

static struct value
fn_exp(struct feel_run *run, struct value *v, size_t n)
{
	(void)n;
	return computed(run, v, decimal_exp);
}

static struct value
fn_log(struct feel_run *run, struct value *v, size_t n)
{
	(void)n;
	return computed(run, v, decimal_log);
}

/* 0 even, 1 odd, -1 not a whole number */
static int
parity(struct feel_run *run, const struct value *v)
{
	const struct decimal two = decimal_int(2);
	struct decimal d;
	int64_t rest;

	if (!feel_arg_number(run, v, &d))
		return -1;
	if (!decimal_is_integral(&d) || !decimal_modulo(&d, &two, &d) ||
	    !decimal_to_int(&d, &rest)) {
		feel_null(run, "不是整数");
		return -1;
	}
	return (int)rest;
}

static struct value
fn_odd(struct feel_run *run, struct value *v, size_t n)
{
	(void)n;
	return feel_bool3(parity(run, v));
}

static struct value
fn_even(struct feel_run *run, struct value *v, size_t n)
{
	const int odd = parity(run, v);

	(void)n;
	return feel_bool3(odd < 0 ? -1 : !odd);
}

/* One list, or the numbers themselves, as decimals; false with a note if one is none. */
static bool
numbers(
    struct feel_run *run, struct value *v, size_t n, struct decimal **out, size_t *count)
{
	const struct value *items = n == 1 && v[0].kind == V_LIST ? v[0].list.items : v;

	*count = n == 1 && v[0].kind == V_LIST ? v[0].list.n : n;
	*out = arena_array(run->arena, struct decimal, *count);
	if (!feel_spend(run, *count / 16))
		return false;
	for (size_t i = 0; i < *count; i++)
		if (!feel_decimal(&items[i], &(*out)[i])) {
			feel_null(run, "列表中有不是数字的值");
			return false;
		}
	return true;
}

static struct value
folded(struct feel_run *run, struct value *v, size_t n,
    bool (*fn)(const struct decimal *a, const struct decimal *b, struct decimal *out))
{
	struct decimal *d, sum;
	size_t count;

	if (!numbers(run, v, n, &d, &count) || !count)
		return value_null();
	sum = d[0];
	for (size_t i = 1; i < count; i++)
		if (!fn(&sum, &d[i], &sum))
			return feel_null(run, "结果太大");
	return feel_number(run->arena, &sum);
}

/* Also durations of one kind. */
static struct value
fn_sum(struct feel_run *run, struct value *v, size_t n)
{
	const struct value *items = n == 1 && v[0].kind == V_LIST ? v[0].list.items : v;
	const size_t count = n == 1 && v[0].kind == V_LIST ? v[0].list.n : n;
	struct value sum;

	if (!count || (items[0].kind != V_DURATION && items[0].kind != V_MONTHS))
		return folded(run, v, n, decimal_add);
	sum = items[0];
	for (size_t i = 1; i < count && feel_spend(run, 1); i++)
		sum = feel_binary(run, OP_ADD, &sum, &items[i]);
	return sum;
}

static struct value
fn_product(struct feel_run *run, struct value *v, size_t n)
{
	return folded(run, v, n, decimal_mul);
}

static struct value
fn_mean(struct feel_run *run, struct value *v, size_t n)
{
	const struct value sum = folded(run, v, n, decimal_add);
	const struct value count = value_int(
	    (int64_t)(n == 1 && v[0].kind == V_LIST ? v[0].list.n : n));

	return value_is_null(&sum) ? sum : feel_binary(run, OP_DIV, &sum, &count);
}

static void
sort_decimals(struct decimal *d, size_t n)
{
	for (size_t i = 1; i < n; i++) {
		const struct decimal x = d[i];
		size_t k = i;

		for (; k && decimal_cmp(&d[k - 1], &x) > 0; k--)
			d[k] = d[k - 1];
		d[k] = x;
	}
}

static struct value
fn_median(struct feel_run *run, struct value *v, size_t n)
{
	const struct decimal two = decimal_int(2);
	struct decimal *d, sum;
	size_t count;

	if (!numbers(run, v, n, &d, &count) || !count ||
	    !feel_spend(run, count * count / 256))
		return value_null();
	sort_decimals(d, count);
	if (count % 2)
		return feel_number(run->arena, &d[count / 2]);
	if (!decimal_add(&d[count / 2 - 1], &d[count / 2], &sum) ||
	    !decimal_div(&sum, &two, &sum))
		return value_null();
	return feel_number(run->arena, &sum);
}

/* The values that come most often, in ascending order. */
static struct value
fn_mode(struct feel_run *run, struct value *v, size_t n)
{
	struct value out = value_list();
	struct decimal *d;
	size_t count, most = 0;

	if (!numbers(run, v, n, &d, &count) || !feel_spend(run, count * count / 256))
		return value_null();
	sort_decimals(d, count);
	for (int pass = 0; pass < 2; pass++)
		for (size_t i = 0, run_length; i < count; i += run_length) {
			run_length = 1;
			while (i + run_length < count &&
			       decimal_cmp(&d[i], &d[i + run_length]) == 0)
				run_length++;
			if (pass && run_length == most)
				value_add(
				    run->arena, &out, feel_number(run->arena, &d[i]));
			most = run_length > most ? run_length : most;
		}
	return out;
}

/* Of a sample: divided by n - 1. */
static struct value
fn_stddev(struct feel_run *run, struct value *v, size_t n)
{
	struct decimal *d, sum = decimal_int(0), mean, squares = decimal_int(0), c;
	size_t count;

	if (!numbers(run, v, n, &d, &count))
		return value_null();
	if (count < 2)
		return feel_null(run, "stddev 至少要有两个数字");
	for (size_t i = 0; i < count; i++)
		if (!decimal_add(&sum, &d[i], &sum))
			return value_null();
	c = decimal_int((int64_t)count);
	if (!decimal_div(&sum, &c, &mean))
		return value_null();
	for (size_t i = 0; i < count; i++)
		if (!decimal_sub(&d[i], &mean, &d[i]) ||
		    !decimal_mul(&d[i], &d[i], &d[i]) ||
		    !decimal_add(&squares, &d[i], &squares))
			return value_null();
	c = decimal_int((int64_t)count - 1);
	if (!decimal_div(&squares, &c, &c) || !decimal_sqrt(&c, &c))
		return value_null();
	return feel_number(run->arena, &c);
}

static const struct feel_builtin_row rows[] = {
	{ S("number"), fn_number, 1, 3, "from,grouping separator,decimal separator",
	    false, FEEL_NUMBER },
	{ S("decimal"), fn_decimal, 2, 2, "n,scale", false, FEEL_NUMBER },
	{ S("floor"), fn_floor, 1, 2, "n,scale", false, FEEL_NUMBER },
	{ S("ceiling"), fn_ceiling, 1, 2, "n,scale", false, FEEL_NUMBER },
	{ S("round up"), fn_round_up, 2, 2, "n,scale", false, FEEL_NUMBER },
	{ S("round down"), fn_round_down, 2, 2, "n,scale", false, FEEL_NUMBER },
	{ S("round half up"), fn_half_up, 2, 2, "n,scale", false, FEEL_NUMBER },
	{ S("round half down"), fn_half_down, 2, 2, "n,scale", false, FEEL_NUMBER },
	{ S("abs"), fn_abs, 1, 1, "n", false, FEEL_ANY },
	{ S("modulo"), fn_modulo, 2, 2, "dividend,divisor", false, FEEL_NUMBER },
	{ S("sqrt"), fn_sqrt, 1, 1, "number", false, FEEL_NUMBER },
	{ S("exp"), fn_exp, 1, 1, "number", false, FEEL_NUMBER },
	{ S("log"), fn_log, 1, 1, "number", false, FEEL_NUMBER },
	{ S("odd"), fn_odd, 1, 1, "number", false, FEEL_BOOL },
	{ S("even"), fn_even, 1, 1, "number", false, FEEL_BOOL },
	{ S("sum"), fn_sum, 1, SIZE_MAX, "list", false, FEEL_ANY },
	{ S("product"), fn_product, 1, SIZE_MAX, "list", false, FEEL_NUMBER },
	{ S("mean"), fn_mean, 1, SIZE_MAX, "list", false, FEEL_NUMBER },
	{ S("median"), fn_median, 1, SIZE_MAX, "list", false, FEEL_NUMBER },
	{ S("mode"), fn_mode, 1, SIZE_MAX, "list", false, FEEL_LIST },
	{ S("stddev"), fn_stddev, 1, SIZE_MAX, "list", false, FEEL_NUMBER },
};
const struct feel_builtin_table feel_number_builtins = TABLE(rows);
