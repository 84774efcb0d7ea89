/* Builtin functions on lists (DMN 1.5 10.3.4.4). Positions count from 1, negative ones
 * from the end. */
#include "lang/feel_builtin.h"

static struct value
fn_list_contains(struct feel_run *run, struct value *v, size_t n)
{
	struct value list;

	(void)n;
	if (!feel_arg_list(run, &v[0], &list) || !feel_spend(run, list.list.n / 16))
		return value_null();
	for (size_t i = 0; i < list.list.n; i++)
		if (feel_equal(&list.list.items[i], &v[1]) == 1)
			return value_bool(true);
	return value_bool(false);
}

static struct value
fn_count(struct feel_run *run, struct value *v, size_t n)
{
	struct value list;

	(void)n;
	if (!feel_arg_list(run, &v[0], &list))
		return value_null();
	return value_int((int64_t)list.list.n);
}

/* One list, or the values themselves. */
static const struct value *
items_of(const struct value *v, size_t *n)
{
	const bool list = *n == 1 && v[0].kind == V_LIST;

	*n = list ? v[0].list.n : *n;
	return list ? v[0].list.items : v;
}

static struct value
extreme(struct feel_run *run, const struct value *v, size_t n, int sign)
{
	const struct value *items = items_of(v, &n);
	struct value best;

	if (!n || !feel_spend(run, n / 16))
		return value_null();
	best = items[0];
	for (size_t i = 0; i < n; i++) {
		const int order = feel_order(&items[i], &best);

		if (order == 2)
			return feel_null(run, "列表中的值不能比较大小");
		if (order == sign)
			best = items[i];
	}
	return best;
}

static struct value
fn_min(struct feel_run *run, struct value *v, size_t n)
{
	return extreme(run, v, n, -1);
}

static struct value
fn_max(struct feel_run *run, struct value *v, size_t n)
{
	return extreme(run, v, n, 1);
}

/* any: true decides; all: false decides. */
static struct value
quantified(struct feel_run *run, const struct value *v, size_t n, bool decides)
{
	const struct value *items = items_of(v, &n);
	bool unknown = false;

	if (!feel_spend(run, n / 16))
		return value_null();
	for (size_t i = 0; i < n; i++) {
		if (items[i].kind != V_BOOL)
			unknown = true;
		else if (items[i].b == decides)
			return value_bool(decides);
	}
	return unknown ? value_null() : value_bool(!decides);
}

static struct value
fn_all(struct feel_run *run, struct value *v, size_t n)
{
	return quantified(run, v, n, false);
}

static struct value
fn_any(struct feel_run *run, struct value *v, size_t n)
{
	return quantified(run, v, n, true);
}

static void
add_range(struct feel_run *run, struct value *out, const struct value *list, size_t from,
    size_t to)
{
	if (!feel_spend(run, (to - from) / 16))
		return;
	for (size_t i = from; i < to; i++)
		value_add(run->arena, out, list->list.items[i]);
}

/* Index (from 0) of a position; -1 with a note when there is none. */
static int64_t
index_of(struct feel_run *run, const struct value *list, const struct value *position)
{
	const int64_t n = (int64_t)list->list.n;
	int64_t i;

	if (!feel_arg_int(run, position, &i))
		return -1;
	if (i == 0 || i > n || i < -n) {
		feel_null(run, "列表没有第 %lld 项", (long long)i);
		return -1;
	}
	return i > 0 ? i - 1 : n + i;
}

static struct value
fn_sublist(struct feel_run *run, struct value *v, size_t n)
{
	struct value list, out = value_list();
	int64_t from, count;

	if (!feel_arg_list(run, &v[0], &list))
		return value_null();
	from = index_of(run, &list, &v[1]);
	if (from < 0)
		return value_null();
	count = (int64_t)list.list.n - from;
	if (n > 2 && v[2].kind != V_NULL && !feel_arg_int(run, &v[2], &count))
		return value_null();
	if (count < 0 || count > (int64_t)list.list.n - from)
		return feel_null(run, "sublist 的长度超出列表");
	add_range(run, &out, &list, (size_t)from, (size_t)(from + count));
	return out;
}

static struct value
fn_append(struct feel_run *run, struct value *v, size_t n)
{
	struct value list = value_list(), out = value_list();

	if (v[0].kind != V_NULL && !feel_arg_list(run, &v[0], &list))
		return value_null();
	add_range(run, &out, &list, 0, list.list.n);
	for (size_t i = 1; i < n; i++)
		value_add(run->arena, &out, v[i]);
	return out;
}

static struct value
fn_concatenate(struct feel_run *run, struct value *v, size_t n)
{
	struct value out = value_list(), list;

	for (size_t i = 0; i < n; i++) {
		if (!feel_arg_list(run, &v[i], &list))
			return value_null();
		add_range(run, &out, &list, 0, list.list.n);
	}
	return out;
}

static struct value
fn_insert_before(struct feel_run *run, struct value *v, size_t n)
{
	struct value list, out = value_list();
	int64_t at;

	(void)n;
	if (!feel_arg_list(run, &v[0], &list))
		return value_null();
	at = index_of(run, &list, &v[1]);
	if (at < 0)
		return value_null();
	add_range(run, &out, &list, 0, (size_t)at);
	value_add(run->arena, &out, v[2]);
	add_range(run, &out, &list, (size_t)at, list.list.n);
	return out;
}

static struct value
fn_remove(struct feel_run *run, struct value *v, size_t n)
{
	struct value list, out = value_list();
	int64_t at;

	(void)n;
	if (!feel_arg_list(run, &v[0], &list))
		return value_null();
	at = index_of(run, &list, &v[1]);
	if (at < 0)
		return value_null();
	add_range(run, &out, &list, 0, (size_t)at);
	add_range(run, &out, &list, (size_t)at + 1, list.list.n);
	return out;
}

/* At a position, or wherever a function of (item, new item) says so. */
static struct value
fn_list_replace(struct feel_run *run, struct value *v, size_t n)
{
	struct value list, out = value_list();
	int64_t at = -1;

	(void)n;
	if (!feel_arg_list(run, &v[0], &list))
		return value_null();
	if (v[1].kind != V_FUNCTION && (at = index_of(run, &list, &v[1])) < 0)
		return value_null();
	add_range(run, &out, &list, 0, list.list.n);
	for (size_t i = 0; i < out.list.n && !feel_stopped(run); i++) {
		struct value args[2] = { list.list.items[i], v[2] }, hit;

		if (v[1].kind != V_FUNCTION) {
			hit = value_bool((int64_t)i == at);
		} else {
			hit = feel_call(run, &v[1], args, 2, NULL);
			if (hit.kind != V_BOOL)
				return feel_null(run, "list replace 的函数没有给出真假");
		}
		if (hit.b)
			out.list.items[i] = v[2];
	}
	return out;
}

static struct value
fn_reverse(struct feel_run *run, struct value *v, size_t n)
{
	struct value list, out = value_list();

	(void)n;
	if (!feel_arg_list(run, &v[0], &list) || !feel_spend(run, list.list.n / 16))
		return value_null();
	for (size_t i = list.list.n; i-- > 0;)
		value_add(run->arena, &out, list.list.items[i]);
	return out;
}

static struct value
fn_index_of(struct feel_run *run, struct value *v, size_t n)
{
	struct value list, out = value_list();

	(void)n;
	if (!feel_arg_list(run, &v[0], &list) || !feel_spend(run, list.list.n / 16))
		return value_null();
	for (size_t i = 0; i < list.list.n; i++)
		if (feel_equal(&list.list.items[i], &v[1]) == 1)
			value_add(run->arena, &out, value_int((int64_t)i + 1));
	return out;
}

static struct value
without_doubles(struct feel_run *run, const struct value *list)
{
	struct value out = value_list();

	for (size_t i = 0; i < list->list.n; i++) {
		bool known = false;

		if (!feel_spend(run, out.list.n / 64))
			return value_null();
		for (size_t k = 0; k < out.list.n && !known; k++)
			known = feel_equal(&out.list.items[k], &list->list.items[i]) == 1;
		if (!known)
			value_add(run->arena, &out, list->list.items[i]);
	}
	return out;
}

static struct value
fn_union(struct feel_run *run, struct value *v, size_t n)
{
	const struct value all = fn_concatenate(run, v, n);

	return value_is_null(&all) ? all : without_doubles(run, &all);
}

static struct value
fn_distinct(struct feel_run *run, struct value *v, size_t n)
{
	struct value list;

	(void)n;
	if (!feel_arg_list(run, &v[0], &list))
		return value_null();
	return without_doubles(run, &list);
}

static void
flatten(struct feel_run *run, const struct value *v, struct value *out, int depth)
{
	if (v->kind != V_LIST || depth > 100) {
		value_add(run->arena, out, *v);
		return;
	}
	for (size_t i = 0; i < v->list.n && feel_spend(run, i % 16 == 0); i++)
		flatten(run, &v->list.items[i], out, depth + 1);
}

static struct value
fn_flatten(struct feel_run *run, struct value *v, size_t n)
{
	struct value out = value_list();

	(void)n;
	if (v[0].kind == V_NULL)
		return feel_null(run, "参数应当是列表，不是空值");
	flatten(run, &v[0], &out, 0);
	return out;
}

/* Is a before b? By the given function, else by their order. */
static int
precedes(struct feel_run *run, const struct value *function, const struct value *a,
    const struct value *b)
{
	struct value args[2] = { *a, *b }, r;
	int order;

	if (!function) {
		order = feel_order(a, b);
		return order == 2 ? -1 : order < 0;
	}
	r = feel_call(run, function, args, 2, NULL);
	return r.kind == V_BOOL ? r.b : -1;
}

/* Merging keeps equal items in their order and asks n log n times. False: no order. */
static bool
merge_sort(struct feel_run *run, const struct value *function, struct value *v, size_t n,
    struct value *spare)
{
	const size_t half = n / 2;
	size_t a = 0, b = half, k = 0;

	if (n < 2)
		return true;
	if (!merge_sort(run, function, v, half, spare) ||
	    !merge_sort(run, function, v + half, n - half, spare))
		return false;
	while (a < half && b < n) {
		const int second = precedes(run, function, &v[b], &v[a]);

		if (second < 0 || !feel_spend(run, 1))
			return false;
		spare[k++] = second ? v[b++] : v[a++];
	}
	while (a < half)
		spare[k++] = v[a++];
	while (b < n)
		spare[k++] = v[b++];
	for (size_t i = 0; i < n; i++)
		v[i] = spare[i];
	return true;
}

static struct value
fn_sort(struct feel_run *run, struct value *v, size_t n)
{
	struct value list, out = value_list();

	if (v[0].kind == V_FUNCTION && n > 1) {
		const struct value function = v[0];

		v[0] = v[1];
		v[1] = function;
	}
	if (!feel_arg_list(run, &v[0], &list))
		return value_null();
	if (n > 1 && v[1].kind != V_FUNCTION && v[1].kind != V_NULL)
		return feel_null(run, "sort 的第二个参数应当是函数");
	add_range(run, &out, &list, 0, list.list.n);
	if (!merge_sort(run, n > 1 && v[1].kind == V_FUNCTION ? &v[1] : NULL,
		out.list.items, out.list.n,
		arena_array(run->arena, struct value, out.list.n)))
		return feel_null(run, "列表中的值不能比较大小");
	return out;
}

static const struct feel_builtin_row rows[] = {
	{ S("list contains"), fn_list_contains, 2, 2, "list,element", false, FEEL_BOOL },
	{ S("count"), fn_count, 1, 1, "list", false, FEEL_NUMBER },
	{ S("min"), fn_min, 1, SIZE_MAX, "list", false, FEEL_ANY },
	{ S("max"), fn_max, 1, SIZE_MAX, "list", false, FEEL_ANY },
	{ S("all"), fn_all, 1, SIZE_MAX, "list", false, FEEL_BOOL },
	{ S("any"), fn_any, 1, SIZE_MAX, "list", false, FEEL_BOOL },
	{ S("sublist"), fn_sublist, 2, 3, "list,start position,length", false,
	    FEEL_LIST },
	{ S("append"), fn_append, 1, SIZE_MAX, "list,item", false, FEEL_LIST },
	{ S("concatenate"), fn_concatenate, 1, SIZE_MAX, NULL, false, FEEL_LIST },
	{ S("insert before"), fn_insert_before, 3, 3, "list,position,newItem", false,
	    FEEL_LIST },
	{ S("remove"), fn_remove, 2, 2, "list,position", false, FEEL_LIST },
	{ S("list replace"), fn_list_replace, 3, 3,
	    "list,position,newItem|list,match,newItem", false, FEEL_LIST },
	{ S("reverse"), fn_reverse, 1, 1, "list", false, FEEL_LIST },
	{ S("index of"), fn_index_of, 2, 2, "list,match", false, FEEL_LIST },
	{ S("union"), fn_union, 1, SIZE_MAX, NULL, false, FEEL_LIST },
	{ S("distinct values"), fn_distinct, 1, 1, "list", false, FEEL_LIST },
	{ S("flatten"), fn_flatten, 1, 1, "list", false, FEEL_LIST },
	{ S("sort"), fn_sort, 1, 2, "list,precedes", false, FEEL_LIST },
};
const struct feel_builtin_table feel_list_builtins = TABLE(rows);
