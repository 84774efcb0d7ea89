/* Checking calls: which functions there are, how many arguments, what comes back; and
 * that no function of the library calls itself. */
#include "lang/feel_infer.h"

enum { FOLLOW_MAX = 8 };

static const struct feel_type *
element(const struct feel_type *t)
{
	if (t->kind == FEEL_LIST)
		return t->of ? t->of : feel_simple(FEEL_ANY);
	return t;
}

/* Functions whose result depends on what they are given. */
static const struct feel_type *
builtin_result(struct checker *c, const struct feel_builtin_row *row,
    const struct feel_type *const *args, size_t n)
{
	static const char *const same_list[] = { "sublist", "append", "insert before",
		"remove", "reverse", "distinct values", "sort", "list replace" };
	static const char *const same_element[] = { "min", "max", "sum", "mean",
		"median" };

	for (size_t i = 0; n && i < sizeof same_list / sizeof *same_list; i++)
		if (str_eq(row->name, str_z(same_list[i])))
			return args[0]->kind == FEEL_LIST ? args[0]
							  : feel_list_of(c, args[0]);
	for (size_t i = 0; n == 1 && i < sizeof same_element / sizeof *same_element; i++)
		if (str_eq(row->name, str_z(same_element[i])))
			return element(args[0]);
	if (n == 1 && str_eq(row->name, S("abs")))
		return args[0];
	return feel_simple(row->result);
}

/* Arguments that must be of one kind for the call to have any value. */
static void
builtin_arguments(struct checker *c, const struct feel *e,
    const struct feel_builtin_row *row, const struct feel_type *const *args, size_t n)
{
	static const struct {
		struct str name;
		enum feel_type_kind first;
	} wants[] = { { S("not"), FEEL_BOOL }, { S("string length"), FEEL_TEXT },
		{ S("substring"), FEEL_TEXT }, { S("contains"), FEEL_TEXT },
		{ S("starts with"), FEEL_TEXT }, { S("ends with"), FEEL_TEXT },
		{ S("upper case"), FEEL_TEXT }, { S("lower case"), FEEL_TEXT },
		{ S("floor"), FEEL_NUMBER }, { S("ceiling"), FEEL_NUMBER },
		{ S("decimal"), FEEL_NUMBER }, { S("modulo"), FEEL_NUMBER },
		{ S("sqrt"), FEEL_NUMBER }, { S("odd"), FEEL_NUMBER },
		{ S("even"), FEEL_NUMBER }, { S("count"), FEEL_LIST },
		{ S("list contains"), FEEL_LIST }, { S("get value"), FEEL_MAP } };

	if (!n || e->n_names)
		return;
	for (size_t i = 0; i < sizeof wants / sizeof *wants; i++)
		if (str_eq(row->name, wants[i].name))
			feel_must_be(c, e->kids[1], args[0], wants[i].first);
}

static const struct feel_type *
builtin_call(struct checker *c, const struct feel *e, const struct feel_builtin_row *row,
    const struct feel_type *const *args, size_t n)
{
	if (row->forbidden) {
		feel_wrong(c, e, "这里不允许使用函数 %.*s", STR_ARG(row->name));
	} else if (n < row->min || n > row->max) {
		feel_wrong(c, e, "函数 %.*s 的参数个数不对", STR_ARG(row->name));
	} else {
		builtin_arguments(c, e, row, args, n);
	}
	return builtin_result(c, row, args, n);
}

/* The body's type for these arguments; faults inside are not told again. */
static const struct feel_type *
library_call(struct checker *c, const struct feel *e, const struct feel_definition *d,
    const struct feel_type *const *args, size_t n)
{
	struct checker inner = *c;
	struct known *params = arena_array(c->m->arena, struct known, d->n);

	if (n != d->n) {
		feel_wrong(c, e, "函数 %.*s 的参数应当是 %zu 个", STR_ARG(d->name), d->n);
		return feel_simple(FEEL_ANY);
	}
	if (c->depth >= FOLLOW_MAX || e->n_names)
		return feel_simple(FEEL_ANY);
	for (size_t i = 0; i < n; i++)
		params[i] = (struct known){ d->params[i], args[i], false,
			i ? &params[i - 1] : NULL };
	inner.quiet = true;
	inner.depth++;
	return feel_infer(&inner, d->body, n ? &params[n - 1] : NULL);
}

static bool
is_variable(const struct checker *c, struct str name, const struct known *scope)
{
	for (; scope; scope = scope->up)
		if (!scope->fields && str_eq(scope->name, name))
			return true;
	for (size_t i = 0; i < c->check->n; i++)
		if (str_eq(c->check->names[i].name, name))
			return true;
	return false;
}

static void
engine_arguments(struct checker *c, const struct feel *e, struct str name,
    const struct feel_type *last)
{
	struct str literals[2] = { S(""), S("") }, fault;

	for (size_t i = 0; i < 2 && i + 1 < e->n; i++)
		if (e->kids[i + 1]->kind == F_LITERAL)
			literals[i] = value_str(&e->kids[i + 1]->value);
	fault = c->check->argument_fault(c->check->self, name, literals, last);
	if (fault.n)
		feel_wrong(c, e, "%.*s", STR_ARG(fault));
}

/* A function that run->call answers. */
static const struct feel_type *
engine_call(struct checker *c, const struct feel *e, const struct feel_type *const *args)
{
	const struct str name = e->kids[0]->name;
	const size_t n = e->n - 1;

	for (size_t i = 0; i < c->check->n_calls; i++) {
		const struct feel_signature *s = &c->check->calls[i];

		if (!str_eq(s->name, name))
			continue;
		if (n < s->min || n > s->max)
			feel_wrong(c, e, "函数 %.*s 的参数个数不对", STR_ARG(s->name));
		else if (c->check->argument_fault)
			engine_arguments(
			    c, e, name, n ? args[n - 1] : feel_simple(FEEL_NULL));
		return s->result ? s->result : feel_simple(FEEL_ANY);
	}
	feel_wrong(c, e, "没有函数 %.*s", STR_ARG(name));
	return feel_simple(FEEL_ANY);
}

const struct feel_type *
feel_infer_call(struct checker *c, const struct feel *e, const struct known *scope)
{
	const struct feel *callee = e->kids[0];
	const size_t n = e->n - 1;
	const struct feel_type **args = arena_array(
	    c->m->arena, const struct feel_type *, n);
	const struct feel_definition *d;
	const struct feel_builtin_row *row;

	for (size_t i = 0; i < n; i++)
		args[i] = feel_infer(c, e->kids[i + 1], scope);
	if (callee->kind != F_NAME) {
		feel_must_be(c, callee, feel_infer(c, callee, scope), FEEL_FUNCTION);
		return feel_simple(FEEL_ANY);
	}
	d = feel_find_definition(c->check->library, callee->name);
	row = feel_builtin_find(callee->name);
	if (is_variable(c, callee->name, scope)) {
		feel_must_be(c, callee, feel_infer(c, callee, scope), FEEL_FUNCTION);
		return feel_simple(FEEL_ANY);
	}
	if (d)
		return library_call(c, e, d, args, n);
	if (row)
		return builtin_call(c, e, row, args, n);
	return engine_call(c, e, args);
}

/* Does `from` reach `goal` through calls? `seen` marks what was looked at. */
static bool
reaches(
    struct arena *a, const struct feel_library *lib, size_t from, size_t goal, bool *seen)
{
	struct feel_name_list calls = { 0 };

	feel_calls(a, lib->v[from].body, &calls);
	for (size_t i = 0; i < calls.n; i++)
		for (size_t k = 0; k < lib->n; k++) {
			if (!str_eq(lib->v[k].name, calls.v[i]))
				continue;
			if (k == goal)
				return true;
			if (seen[k])
				continue;
			seen[k] = true;
			if (reaches(a, lib, k, goal, seen))
				return true;
		}
	return false;
}

void
feel_check_library(const struct feel_check *check, struct messages *m)
{
	const struct feel_library *lib = check->library;
	struct feel_check inside = *check;
	struct checker c = { .check = &inside, .m = m };

	inside.n = 0; /* a body sees its parameters only */
	for (size_t i = 0; i < lib->n; i++) {
		const struct feel_definition *d = &lib->v[i];
		struct known *params = arena_array(m->arena, struct known, d->n);
		bool *seen = arena_array(m->arena, bool, lib->n);

		m->file = d->file;
		if (reaches(m->arena, lib, i, i, seen)) {
			message_put(m, d->line, d->column, "函数 %.*s 调用了自己",
			    STR_ARG(d->name));
			continue;
		}
		for (size_t k = 0; k < d->n; k++)
			params[k] = (struct known){ d->params[k], feel_simple(FEEL_ANY),
				false, k ? &params[k - 1] : NULL };
		feel_infer(&c, d->body, d->n ? &params[d->n - 1] : NULL);
	}
}
