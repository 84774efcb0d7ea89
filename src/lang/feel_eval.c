/*
 * From a tree to a value. An error is null with a note (DMN 1.5 10.3.2); the evaluation
 * ends early only when the run is out of steps or a callback lacks a fact.
 */
#include "lang/feel_tree.h"

#include "lang/feel_table.h"

#include <stdarg.h>
#include <string.h>

enum { STEPS_MAX = 10000, DEPTH_MAX = 400, NOTES_MAX = 20 };

struct value
feel_null(struct feel_run *run, const char *fmt, ...)
{
	struct str text;
	va_list ap;

	if (run->notes.n >= NOTES_MAX)
		return value_null();
	va_start(ap, fmt);
	text = str_vfmt(run->arena, fmt, ap);
	va_end(ap);
	*list_add(run->arena, &run->notes) = text;
	return value_null();
}

bool
feel_stopped(const struct feel_run *run)
{
	return run->needs || run->exhausted;
}

bool
feel_spend(struct feel_run *run, size_t steps)
{
	if (steps > STEPS_MAX || (run->steps += (int)steps) > STEPS_MAX)
		run->exhausted = true;
	return !run->exhausted;
}

static void
note_missing(struct feel_run *run, struct str what)
{
	for (size_t i = 0; i < run->missing.n; i++)
		if (str_eq(run->missing.v[i], what))
			return;
	*list_add(run->arena, &run->missing) = what;
}

bool
feel_is_ref(struct str s)
{
	const size_t at = str_find(s, S("/"), 0);

	if (at == SIZE_MAX || at == 0 || at + 1 >= s.n)
		return false;
	for (size_t i = 0; i < at; i++)
		if (!(s.p[i] >= 'a' && s.p[i] <= 'z') &&
		    !(s.p[i] >= '0' && s.p[i] <= '9') && s.p[i] != '-')
			return false;
	for (size_t i = at + 1; i < s.n; i++)
		if (s.p[i] < '0' || s.p[i] > '9')
			return false;
	return true;
}

static struct value
ask_field(struct feel_run *run, struct str ref, struct str field)
{
	struct value out = value_null();

	if (!run->resolve(run->self, ref, field, &out)) {
		run->needs = true;
		return value_null();
	}
	return out;
}

static const struct value *
find_in_map(const struct value *map, struct str name)
{
	for (size_t i = 0; map && map->kind == V_MAP && i < map->map.n; i++)
		if (str_eq(map->map.pairs[i].key, name))
			return &map->map.pairs[i].value;
	return NULL;
}

static bool
find_variable(struct feel_run *run, struct str name, struct value *out)
{
	for (const struct feel_vars *v = run->vars; v; v = v->up) {
		const struct value *found = find_in_map(v->map, name);

		if (!found && v->find)
			found = v->find(v->self, name);
		if (found) {
			*out = *found;
			return true;
		}
	}
	return false;
}

static const struct feel_definition *
find_definition(const struct feel_run *run, struct str name)
{
	for (size_t i = 0; run->library && i < run->library->n; i++)
		if (str_eq(run->library->v[i].name, name))
			return &run->library->v[i];
	return NULL;
}

static struct value
function_value(struct feel_run *run, struct feel_function f)
{
	struct feel_function *copy = arena_new(run->arena, struct feel_function);

	*copy = f;
	return (struct value){ .kind = V_FUNCTION, .function = copy };
}

/* A function by its name; false when there is none. */
static bool
find_function(struct feel_run *run, struct str name, struct value *out)
{
	const struct feel_function f = { .definition = find_definition(run, name),
		.builtin = feel_builtin_find(name) };

	if (!f.definition && !f.builtin)
		return false;
	*out = function_value(run, f);
	return true;
}

bool
feel_find_callee(struct feel_run *run, struct str name, struct value *out)
{
	return find_variable(run, name, out) || find_function(run, name, out);
}

/* A field of a filter's item comes before a function: `date` may be both, and functions
 * are seldom values. */
static struct value
eval_name(struct feel_run *run, const struct feel *e)
{
	struct value v = value_null();

	if (find_variable(run, e->name, &v)) {
		if (value_is_null(&v))
			note_missing(run, e->text);
		return v;
	}
	for (const struct feel_vars *at = run->vars; at && run->resolve; at = at->up)
		if (at->ref.n) {
			v = ask_field(run, at->ref, e->name);
			if (value_is_null(&v) && !feel_stopped(run))
				note_missing(run, e->text);
			return v;
		}
	if (find_function(run, e->name, &v))
		return v;
	note_missing(run, e->text);
	return feel_null(run, "没有名称 %.*s", STR_ARG(e->text));
}

static struct value
eval_list(struct feel_run *run, const struct feel *e)
{
	struct value out = value_list();
	bool waits = false;

	for (size_t i = 0; i < e->n && !feel_stopped(run); i++)
		value_add(run->arena, &out, feel_eval_beside(run, e->kids[i], &waits));
	run->needs |= waits;
	return out;
}

/* Later entries see earlier ones; a result sees all. */
static struct value
eval_context(struct feel_run *run, const struct feel *e)
{
	struct value *map = arena_new(run->arena, struct value), result;
	const struct feel_vars *outer = run->vars;
	struct feel_vars *inner = arena_new(run->arena, struct feel_vars);

	*map = value_map();
	*inner = (struct feel_vars){ .map = map, .up = outer };
	run->vars = inner;
	for (size_t i = 0; i < e->n_names && !feel_stopped(run); i++)
		value_set(run->arena, map, e->names[i], feel_eval(run, e->kids[i]));
	result = e->n > e->n_names ? feel_eval(run, e->kids[e->n_names]) : *map;
	run->vars = outer;
	return result;
}

static struct value
eval_range(struct feel_run *run, const struct feel *e)
{
	struct feel_range *r = arena_new(run->arena, struct feel_range);

	r->low_closed = e->low_closed;
	r->high_closed = e->high_closed;
	r->low = feel_eval(run, e->kids[0]);
	r->high = feel_eval(run, e->kids[1]);
	if (value_is_null(&r->low) || value_is_null(&r->high) ||
	    feel_order(&r->low, &r->high) == 2)
		return feel_null(run, "区间的两端不能比较");
	return (struct value){ .kind = V_RANGE, .range = r };
}

/* Three-valued logic: what is not a boolean counts as null. */
static struct value
eval_logic(struct feel_run *run, const struct feel *e)
{
	const bool decides = e->op == OP_OR; /* the value that decides alone */
	const struct value a = feel_eval(run, e->kids[0]);
	struct value b;

	if (a.kind == V_BOOL && a.b == decides)
		return a;
	b = feel_eval(run, e->kids[1]);
	if (b.kind == V_BOOL && b.b == decides)
		return b;
	if (a.kind == V_BOOL && b.kind == V_BOOL)
		return value_bool(!decides);
	return value_null();
}

static struct value
eval_between(struct feel_run *run, const struct feel *e)
{
	const struct value v = feel_eval(run, e->kids[0]);
	const struct feel_range r = { true, true, feel_eval(run, e->kids[1]),
		feel_eval(run, e->kids[2]) };

	if (value_is_null(&r.low) || value_is_null(&r.high))
		return feel_null(run, "between 的两端有空值");
	return feel_bool3(feel_in_range(&v, &r));
}

/* The value against a range, a list of acceptable values, or one value. */
static int
matches(const struct value *v, const struct value *wanted)
{
	int any = 0;

	if (wanted->kind == V_RANGE && v->kind != V_RANGE)
		return feel_in_range(v, wanted->range);
	if (wanted->kind == V_LIST) {
		if (v->kind == V_LIST && feel_equal(v, wanted) == 1)
			return 1;
		for (size_t i = 0; i < wanted->list.n && any != 1; i++) {
			const struct value *w = &wanted->list.items[i];

			any = w->kind == V_RANGE && v->kind != V_RANGE
				  ? feel_in_range(v, w->range)
				  : feel_equal(v, w) == 1;
		}
		return any == 1;
	}
	return feel_equal(v, wanted);
}

static bool
is_null_literal(const struct feel *e)
{
	return e->kind == F_LITERAL && e->value.kind == V_NULL;
}

/* Two values. In a strict run a missing one makes `=` unknown; asking for null itself is
 * always answered. */
static struct value
eval_binary(struct feel_run *run, const struct feel *e)
{
	const struct value a = feel_eval(run, e->kids[0]);
	const struct value b = feel_eval(run, e->kids[1]);

	if (run->strict && (e->op == OP_EQ || e->op == OP_NE) &&
	    (value_is_null(&a) || value_is_null(&b)) && !is_null_literal(e->kids[0]) &&
	    !is_null_literal(e->kids[1]))
		return value_null();
	return feel_binary(run, e->op, &a, &b);
}

/* `v` is also the variable `?`. */
static int
eval_test(struct feel_run *run, const struct feel *test, const struct value *v)
{
	struct value r;

	if (test->kind == F_TEST) {
		const struct value end = feel_eval(run, test->kids[0]);

		r = feel_binary(run, test->op, v, &end);
		return r.kind == V_BOOL ? r.b : -1;
	}
	r = feel_eval(run, test);
	if (test->uses_input || (test->kind == F_RANGE && value_is_null(&r)))
		return r.kind == V_BOOL ? r.b : -1;
	return matches(v, &r);
}

/* Any of the tests from kid `from`. */
static int
eval_any_test(
    struct feel_run *run, const struct feel *e, size_t from, const struct value *v)
{
	struct value map = value_map();
	const struct feel_vars inner = { .map = &map, .up = run->vars };
	int any = 0;

	value_set(run->arena, &map, S("?"), *v);
	run->vars = &inner;
	for (size_t i = from; i < e->n && any != 1 && !feel_stopped(run); i++) {
		const int one = eval_test(run, e->kids[i], v);

		any = one == 0 ? any : one;
	}
	run->vars = inner.up;
	return any;
}

static struct value
eval_tests(struct feel_run *run, const struct feel *e)
{
	struct value input = value_null();
	int any;

	if (!e->n)
		return value_bool(true);
	find_variable(run, S("?"), &input);
	any = eval_any_test(run, e, 0, &input);
	return feel_bool3(e->negated && any >= 0 ? !any : any);
}

int
feel_satisfies(struct feel_run *run, const struct feel *tests, const struct value *v)
{
	bool asks = !run->strict || !value_is_null(v) || tests->uses_input || !tests->n;
	int any;

	for (size_t i = 0; i < tests->n; i++)
		asks = asks || is_null_literal(tests->kids[i]);
	if (!asks)
		return -1;
	if (tests->kind != F_TESTS || !tests->n) {
		struct value map = value_map();
		const struct feel_vars inner = { .map = &map, .up = run->vars };
		struct value r;

		value_set(run->arena, &map, S("?"), *v);
		run->vars = &inner;
		r = feel_eval(run, tests);
		run->vars = inner.up;
		return r.kind == V_BOOL ? r.b : -1;
	}
	any = eval_any_test(run, tests, 0, v);
	return tests->negated && any >= 0 ? !any : any;
}

static struct value
eval_table(struct feel_run *run, const struct feel *e)
{
	struct feel_table_answer answer;

	feel_table_judge(run, e->table, NULL, &answer);
	return answer.value;
}

static struct value
eval_if(struct feel_run *run, const struct feel *e)
{
	const struct value condition = feel_eval(run, e->kids[0]);

	if (run->strict && condition.kind != V_BOOL)
		return feel_null(run, "if 的条件无法确定");
	return feel_eval(run, e->kids[value_true(&condition) ? 1 : 2]);
}

static struct value
eval_path(struct feel_run *run, const struct feel *e, const struct value *base)
{
	struct value out = value_list();
	const struct value *found;

	switch (base->kind) {
	case V_LIST:
		for (size_t i = 0; i < base->list.n && feel_spend(run, 1); i++)
			value_add(
			    run->arena, &out, eval_path(run, e, &base->list.items[i]));
		return out;
	case V_MAP:
		found = find_in_map(base, e->name);
		if (!found)
			return feel_null(run, "没有键 %.*s", STR_ARG(e->name));
		return *found;
	case V_TEXT:
		if (run->resolve && feel_is_ref(base->s))
			return ask_field(run, base->s, e->name);
		return feel_null(run, "%.*s 不是条目", STR_ARG(e->kids[0]->text));
	case V_NULL:
		return value_null();
	case V_BOOL:
	case V_INT:
	case V_DECIMAL:
	case V_DAY:
	case V_TIME:
	case V_INSTANT:
	case V_MONTHS:
	case V_DURATION:
	case V_RANGE:
	case V_FUNCTION:
		if (feel_property(run, base, e->name, &out))
			return out;
		break;
	}
	return feel_null(
	    run, "%.*s 没有 %.*s", STR_ARG(e->kids[0]->text), STR_ARG(e->name));
}

/* The filter's condition for one item, which is `item` and lends its fields as names. */
static struct value
filter_one(struct feel_run *run, const struct feel *condition, const struct value *item)
{
	struct value map = value_map();
	const struct feel_vars *outer = run->vars;
	const struct feel_vars named = { .map = &map, .up = outer };
	const struct feel_vars fields = { .map = item->kind == V_MAP ? item : NULL,
		.up = &named,
		.ref = item->kind == V_TEXT && feel_is_ref(item->s) ? item->s : S("") };
	struct value v;

	value_set(run->arena, &map, S("item"), *item);
	run->vars = &fields;
	v = feel_eval(run, condition);
	run->vars = outer;
	return v;
}

static struct value
pick(struct feel_run *run, const struct value *list, const struct value *index)
{
	const int64_t n = (int64_t)list->list.n, i = index->i;

	if (index->kind != V_INT || i == 0 || i > n || i < -n)
		return feel_null(run, "列表没有第 %lld 项", (long long)i);
	return list->list.items[i > 0 ? i - 1 : n + i];
}

static struct value
eval_filter(struct feel_run *run, const struct feel *e)
{
	struct value base = feel_eval(run, e->kids[0]), out = value_list(), v;
	const struct value none = value_null();
	bool waits = false; /* an item lacks a fact; the others still say which */

	if (base.kind != V_LIST) {
		struct value list = value_list();

		if (base.kind != V_NULL)
			value_add(run->arena, &list, base);
		base = list;
	}
	if (feel_stopped(run))
		return value_null();
	if (!base.list.n) {
		v = filter_one(run, e->kids[1], &none);
		return v.kind == V_INT ? pick(run, &base, &v) : out;
	}
	for (size_t i = 0; i < base.list.n && !feel_stopped(run); i++) {
		v = filter_one(run, e->kids[1], &base.list.items[i]);
		if (run->needs) {
			waits = true;
			run->needs = false;
			continue;
		}
		if (i == 0 && v.kind == V_INT)
			return pick(run, &base, &v);
		if (i == 0 && v.kind != V_BOOL && v.kind != V_NULL)
			return feel_null(run, "筛选条件既不是数字，也不是真假");
		if (run->strict && v.kind != V_BOOL)
			return feel_null(run, "筛选条件无法确定");
		if (value_true(&v))
			value_add(run->arena, &out, base.list.items[i]);
	}
	run->needs |= waits;
	return out;
}

struct value
feel_eval_beside(struct feel_run *run, const struct feel *e, bool *waits)
{
	const struct value v = feel_eval(run, e);

	*waits |= run->needs;
	run->needs = false;
	return v;
}

struct value
feel_eval(struct feel_run *run, const struct feel *e)
{
	struct value a, b;

	if (feel_stopped(run) || !feel_spend(run, 1))
		return value_null();
	if (++run->depth > DEPTH_MAX)
		run->exhausted = true;
	a = value_null();
	switch (run->exhausted ? F_LITERAL : e->kind) {
	case F_LITERAL:
		a = run->exhausted ? value_null() : e->value;
		break;
	case F_NAME:
		a = eval_name(run, e);
		break;
	case F_LIST:
		a = eval_list(run, e);
		break;
	case F_CONTEXT:
		a = eval_context(run, e);
		break;
	case F_RANGE:
		a = eval_range(run, e);
		break;
	case F_NEGATE:
		b = feel_eval(run, e->kids[0]);
		a = feel_negated(run, &b);
		break;
	case F_BINARY:
		a = e->op == OP_OR || e->op == OP_AND ? eval_logic(run, e)
						      : eval_binary(run, e);
		break;
	case F_BETWEEN:
		a = eval_between(run, e);
		break;
	case F_IN:
		b = feel_eval(run, e->kids[0]);
		if (!run->strict || !value_is_null(&b))
			a = feel_bool3(eval_any_test(run, e, 1, &b));
		break;
	case F_TEST:
		a = feel_open_range(run, e);
		break;
	case F_TESTS:
		a = eval_tests(run, e);
		break;
	case F_INSTANCE:
		b = feel_eval(run, e->kids[0]);
		a = value_bool(feel_is_instance(&b, e->type));
		break;
	case F_IF:
		a = eval_if(run, e);
		break;
	case F_SPAN:
	case F_FOR:
	case F_SOME:
	case F_EVERY:
		a = feel_loop(run, e);
		break;
	case F_FUNCTION:
		a = function_value(
		    run, (struct feel_function){ .lambda = e, .vars = run->vars });
		break;
	case F_CALL:
		a = feel_eval_call(run, e);
		break;
	case F_PATH:
		b = feel_eval(run, e->kids[0]);
		a = eval_path(run, e, &b);
		if (value_is_null(&a) && !value_is_null(&b) && !feel_stopped(run))
			note_missing(run, e->text);
		break;
	case F_FILTER:
		a = eval_filter(run, e);
		break;
	case F_AS:
		a = feel_convert(run, feel_eval(run, e->kids[0]), e->type);
		break;
	case F_TABLE:
		a = eval_table(run, e);
		break;
	}
	if (--run->depth == 0 && !feel_is_small(&a))
		run->exhausted = true;
	return feel_stopped(run) ? value_null() : a;
}
