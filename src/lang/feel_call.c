/* Loops and calls: what binds new names. */
#include "lang/feel_tree.h"

/* One level of a loop: the names before `level` are bound. */
struct loop {
	const struct feel *e;
	struct value bound;   /* map of the names bound so far */
	struct value results; /* F_FOR */
	bool yes, no, unknown;
	bool waits; /* a turn lacks a fact; the others still say which they lack */
};

static void loop_level(struct feel_run *run, struct loop *loop, size_t level);

static void
loop_body(struct feel_run *run, struct loop *loop)
{
	const struct feel *e = loop->e;
	struct value v;

	if (e->kind == F_FOR)
		value_set(run->arena, &loop->bound, S("partial"), loop->results);
	v = feel_eval_beside(run, e->kids[e->n - 1], &loop->waits);
	if (e->kind == F_FOR)
		value_add(run->arena, &loop->results, v);
	else if (v.kind == V_BOOL)
		*(v.b ? &loop->yes : &loop->no) = true;
	else
		loop->unknown = true;
}

/* Does the rest not matter any more? */
static bool
loop_decided(const struct feel_run *run, const struct loop *loop)
{
	return feel_stopped(run) || (loop->e->kind == F_SOME && loop->yes) ||
	       (loop->e->kind == F_EVERY && loop->no);
}

static void
loop_turn(struct feel_run *run, struct loop *loop, size_t level, struct value v)
{
	value_set(run->arena, &loop->bound, loop->e->names[level], v);
	if (feel_spend(run, 1))
		loop_level(run, loop, level + 1);
}

static void
loop_span(struct feel_run *run, struct loop *loop, size_t level, struct value from,
    struct value to)
{
	const int step = from.i <= to.i ? 1 : -1;

	if (from.kind != to.kind || (from.kind != V_INT && from.kind != V_DAY)) {
		feel_null(run, "循环的起止不是整数或者日期");
		loop->unknown = true;
		return;
	}
	for (;; from.i += step) {
		loop_turn(run, loop, level, from);
		if (from.i == to.i || loop_decided(run, loop))
			return;
	}
}

static void
loop_range(
    struct feel_run *run, struct loop *loop, size_t level, const struct feel_range *r)
{
	struct value from = r->low, to = r->high;

	if ((from.kind == V_INT || from.kind == V_DAY) && from.kind == to.kind &&
	    from.i <= to.i) {
		from.i += !r->low_closed;
		to.i -= !r->high_closed;
		if (from.i <= to.i)
			loop_span(run, loop, level, from, to);
		return;
	}
	feel_null(run, "循环的区间不是从小到大的整数或者日期");
	loop->unknown = true;
}

static void
loop_level(struct feel_run *run, struct loop *loop, size_t level)
{
	const struct feel *e = loop->e, *domain;
	struct value list;

	if (level == e->n_names) {
		loop_body(run, loop);
		return;
	}
	domain = e->kids[level];
	if (domain->kind == F_SPAN) {
		const struct value from = feel_eval(run, domain->kids[0]);
		const struct value to = feel_eval(run, domain->kids[1]);

		loop_span(run, loop, level, from, to);
		return;
	}
	list = feel_eval(run, domain);
	if (list.kind == V_RANGE) {
		loop_range(run, loop, level, list.range);
		return;
	}
	if (list.kind == V_NULL) {
		feel_null(run, "循环的列表是空值");
		loop->unknown = true;
		return;
	}
	if (list.kind != V_LIST) {
		loop_turn(run, loop, level, list);
		return;
	}
	for (size_t i = 0; i < list.list.n && !loop_decided(run, loop); i++)
		loop_turn(run, loop, level, list.list.items[i]);
}

/* Closures made in the body keep its names: so each loop's map is in the arena. */
struct value
feel_loop(struct feel_run *run, const struct feel *e)
{
	struct loop *loop = arena_new(run->arena, struct loop);
	struct feel_vars *inner = arena_new(run->arena, struct feel_vars);
	const struct feel_vars *outer = run->vars;

	if (e->kind == F_SPAN)
		return feel_null(run, "“..”只能用在循环里");
	loop->e = e;
	loop->bound = value_map();
	loop->results = value_list();
	*inner = (struct feel_vars){ .map = &loop->bound, .up = outer };
	run->vars = inner;
	loop_level(run, loop, 0);
	run->vars = outer;
	run->needs |= loop->waits;
	if (feel_stopped(run))
		return value_null();
	if (e->kind == F_FOR)
		return loop->unknown ? value_null() : loop->results;
	if (e->kind == F_SOME)
		return loop->yes ? value_bool(true) : feel_bool3(loop->unknown ? -1 : 0);
	return loop->no ? value_bool(false) : feel_bool3(loop->unknown ? -1 : 1);
}

/* Puts named arguments into the order of the parameters; false when a name is unknown or
 * given twice. What is not given is null. */
static bool
arrange(struct feel_run *run, struct value **args, size_t *n, const struct str *names,
    const struct str *params, size_t n_params)
{
	struct value *out = arena_array(run->arena, struct value, n_params);
	bool *given = arena_array(run->arena, bool, n_params);
	size_t last = 0;

	for (size_t i = 0; i < *n; i++) {
		size_t k = 0;

		while (k < n_params && !str_eq(params[k], names[i]))
			k++;
		if (k == n_params || given[k])
			return false;
		given[k] = true;
		out[k] = (*args)[i];
		last = k + 1 > last ? k + 1 : last;
	}
	*args = out;
	*n = last;
	return true;
}

static bool
arrange_builtin(struct feel_run *run, const struct feel_builtin_row *row,
    struct value **args, size_t *n, const struct str *names)
{
	struct str alternatives = str_z(row->params), one, param;

	if (!row->params)
		return false;
	while (str_split(&alternatives, S("|"), &one)) {
		LIST(struct str) params = { 0 };

		while (str_split(&one, S(","), &param))
			*list_add(run->arena, &params) = param;
		if (*n > params.n || !arrange(run, args, n, names, params.v, params.n))
			continue;
		if (*n < row->min && row->min <= params.n)
			*n = row->min; /* what was not named is null, as it is there */
		return true;
	}
	return false;
}

/* A FEEL body with its parameters bound, in the scope it was written in. */
static struct value
call_body(struct feel_run *run, const struct feel *body, const struct str *params,
    size_t n, const struct value *args, const struct feel_vars *scope)
{
	struct value *map = arena_new(run->arena, struct value);
	struct feel_vars *inner = arena_new(run->arena, struct feel_vars);
	const struct feel_vars *outer = run->vars;
	struct value v;

	*map = value_map();
	for (size_t i = 0; i < n; i++)
		value_set(run->arena, map, params[i], args[i]);
	*inner = (struct feel_vars){ .map = map, .up = scope };
	run->vars = inner;
	v = feel_eval(run, body);
	run->vars = outer;
	return v;
}

static struct value
call_builtin(struct feel_run *run, const struct feel_builtin_row *row, struct value *args,
    size_t n, const struct str *names)
{
	if (names && !arrange_builtin(run, row, &args, &n, names))
		return feel_null(run, "%.*s 没有这样的参数名", STR_ARG(row->name));
	if (n < row->min || n > row->max)
		return feel_null(run, "%.*s 的参数个数不对", STR_ARG(row->name));
	return row->run(run, args, n);
}

static struct value
call_lambda(struct feel_run *run, const struct feel_function *f, struct value *args,
    size_t n, const struct str *names)
{
	const struct feel *e = f->lambda;

	if (names && !arrange(run, &args, &n, names, e->names, e->n_names))
		return feel_null(run, "函数没有这样的参数名");
	if (n != e->n_names)
		return feel_null(run, "函数的参数个数不对");
	for (size_t i = 0; i < n; i++) {
		const struct value given = args[i];

		args[i] = feel_convert(run, given, e->types ? e->types[i] : NULL);
		if (value_is_null(&args[i]) && !value_is_null(&given))
			return value_null();
	}
	return call_body(run, e->kids[0], e->names, n, args, f->vars);
}

static struct value
call_native(struct feel_run *run, const struct feel_native *f, struct value *args,
    size_t n, const struct str *names)
{
	if (names && !arrange(run, &args, &n, names, f->params, f->n))
		return feel_null(run, "函数没有这样的参数名");
	if (n != f->n)
		return feel_null(run, "函数的参数个数不对");
	for (size_t i = 0; i < n; i++) {
		const struct value given = args[i];

		args[i] = feel_convert(run, given, f->types[i]);
		if (value_is_null(&args[i]) && !value_is_null(&given))
			return value_null();
	}
	return f->call(f->self, run, args);
}

struct value
feel_call(struct feel_run *run, const struct value *function, struct value *args,
    size_t n, const struct str *names)
{
	const struct feel_function *f;
	const struct feel_definition *d;

	if (function->kind != V_FUNCTION)
		return feel_null(run, "这不是函数");
	f = function->function;
	if (f->builtin)
		return call_builtin(run, f->builtin, args, n, names);
	if (f->lambda)
		return call_lambda(run, f, args, n, names);
	if (f->native)
		return call_native(run, f->native, args, n, names);
	d = f->definition;
	if (names && !arrange(run, &args, &n, names, d->params, d->n))
		return feel_null(run, "%.*s 没有这样的参数名", STR_ARG(d->name));
	if (n != d->n)
		return feel_null(run, "%.*s 的参数个数不对", STR_ARG(d->name));
	return call_body(run, d->body, d->params, n, args, NULL);
}

struct value
feel_eval_call(struct feel_run *run, const struct feel *e)
{
	const struct feel *callee = e->kids[0];
	const size_t n = e->n - 1;
	struct value *args = arena_array(run->arena, struct value, n);
	struct value function = value_null(), out = value_null();
	bool foreign = false; /* nobody here knows the name: the run's owner may */
	bool waits;

	if (callee->kind != F_NAME)
		function = feel_eval(run, callee);
	else if (!feel_find_callee(run, callee->name, &function))
		foreign = true;
	waits = run->needs;
	run->needs = false;
	for (size_t i = 0; i < n; i++)
		args[i] = feel_eval_beside(run, e->kids[i + 1], &waits);
	run->needs |= waits;
	if (feel_stopped(run))
		return out;
	if (!foreign)
		return feel_call(run, &function, args, n, e->n_names ? e->names : NULL);
	if (!run->call)
		return feel_null(run, "没有函数 %.*s", STR_ARG(callee->name));
	if (!run->call(run->self, callee->name, args, n, &out))
		run->needs = true;
	return out;
}
