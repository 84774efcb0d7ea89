/*
 * Types of an expression as far as they are known before it runs. Any doubt is FEEL_ANY
 * and passes: a message means that the expression can never work.
 */
#include "lang/feel_infer.h"

#include <stdarg.h>

typedef const struct feel_type *type_ptr;

const struct feel_type *
feel_simple(enum feel_type_kind kind)
{
	static const struct feel_type types[] = { { .kind = FEEL_ANY },
		{ .kind = FEEL_NULL }, { .kind = FEEL_BOOL }, { .kind = FEEL_NUMBER },
		{ .kind = FEEL_TEXT }, { .kind = FEEL_DAY }, { .kind = FEEL_TIME },
		{ .kind = FEEL_INSTANT }, { .kind = FEEL_DURATION },
		{ .kind = FEEL_MONTHS }, { .kind = FEEL_RANGE }, { .kind = FEEL_LIST },
		{ .kind = FEEL_MAP }, { .kind = FEEL_ENTRY }, { .kind = FEEL_FUNCTION } };

	return &types[kind];
}

const struct feel_type *
feel_list_of(struct checker *c, const struct feel_type *of)
{
	struct feel_type *t = arena_new(c->m->arena, struct feel_type);

	t->kind = FEEL_LIST;
	t->of = of;
	return t;
}

void
feel_wrong(struct checker *c, const struct feel *e, const char *fmt, ...)
{
	struct str text;
	va_list ap;

	if (c->quiet)
		return;
	va_start(ap, fmt);
	text = str_vfmt(c->m->arena, fmt, ap);
	va_end(ap);
	message_put(c->m, e->line, e->column, "表达式有误：%.*s", STR_ARG(text));
}

bool
feel_fits(const struct feel_type *is, enum feel_type_kind want)
{
	if (is->kind == FEEL_ANY || is->kind == FEEL_NULL || want == FEEL_ANY ||
	    want == FEEL_NULL || is->kind == want)
		return true;
	return (is->kind == FEEL_ENTRY && want == FEEL_TEXT) ||
	       (is->kind == FEEL_TEXT && want == FEEL_ENTRY);
}

void
feel_must_be(struct checker *c, const struct feel *e, const struct feel_type *is,
    enum feel_type_kind want)
{
	if (!feel_fits(is, want))
		feel_wrong(c, e, "%.*s 应当是%.*s，但是是%.*s", STR_ARG(e->text),
		    STR_ARG(feel_type_name(want)), STR_ARG(feel_type_name(is->kind)));
}

const struct feel_definition *
feel_find_definition(const struct feel_library *lib, struct str name)
{
	for (size_t i = 0; lib && i < lib->n; i++)
		if (str_eq(lib->v[i].name, name))
			return &lib->v[i];
	return NULL;
}

static const struct feel_type *
literal_type(const struct value *v)
{
	switch (v->kind) {
	case V_NULL:
		return feel_simple(FEEL_NULL);
	case V_BOOL:
		return feel_simple(FEEL_BOOL);
	case V_INT:
	case V_DECIMAL:
		return feel_simple(FEEL_NUMBER);
	case V_TEXT:
		return feel_simple(FEEL_TEXT);
	case V_DAY:
		return feel_simple(FEEL_DAY);
	case V_TIME:
		return feel_simple(FEEL_TIME);
	case V_INSTANT:
		return feel_simple(FEEL_INSTANT);
	case V_MONTHS:
		return feel_simple(FEEL_MONTHS);
	case V_DURATION:
		return feel_simple(FEEL_DURATION);
	case V_LIST:
	case V_MAP:
	case V_RANGE:
	case V_FUNCTION:
		break;
	}
	return feel_simple(FEEL_ANY);
}

static const struct feel_type *
field_of_map(const struct feel_type *map, struct str name)
{
	for (size_t i = 0; i < map->n; i++)
		if (str_eq(map->fields[i].name, name))
			return map->fields[i].type;
	return NULL;
}

/* The field of a context or an entry; NULL when it surely has none. */
static const struct feel_type *
field_type(struct checker *c, const struct feel_type *of, struct str name)
{
	const struct feel_check *check = c->check;

	if (of->kind == FEEL_MAP)
		return of->fields ? field_of_map(of, name) : feel_simple(FEEL_ANY);
	if (of->kind == FEEL_ENTRY)
		return check->field ? check->field(check->self, of, name)
				    : feel_simple(FEEL_ANY);
	return of->kind == FEEL_ANY ? feel_simple(FEEL_ANY) : NULL;
}

static const struct feel_type *
name_type(struct checker *c, const struct feel *e, const struct known *scope)
{
	const struct feel_check *check = c->check;
	bool open = false; /* an item of unknown type may have a field of that name */

	for (; scope; scope = scope->up) {
		const struct feel_type *t;

		if (!scope->fields) {
			if (str_eq(scope->name, e->name))
				return scope->type;
			continue;
		}
		t = scope->type->kind == FEEL_ANY ? NULL
						  : field_type(c, scope->type, e->name);
		if (t)
			return t;
		open = open || scope->type->kind == FEEL_ANY;
	}
	for (size_t i = 0; i < check->n; i++)
		if (str_eq(check->names[i].name, e->name))
			return check->names[i].type;
	if (feel_builtin_find(e->name) || feel_find_definition(check->library, e->name))
		return feel_simple(FEEL_FUNCTION);
	if (!open)
		feel_wrong(c, e, "没有名称 %.*s", STR_ARG(e->name));
	return feel_simple(FEEL_ANY);
}

static bool
has_word(const char *words, struct str word)
{
	struct str rest = str_z(words), one;

	while (str_split(&rest, S(","), &one))
		if (str_eq(one, word))
			return true;
	return false;
}

/* year, hours, start … of days, times, durations and ranges; NULL: there is none. */
static const struct feel_type *
property_type(const struct feel_type *of, struct str name)
{
	static const char *const words[] = { [FEEL_DAY] = "year,month,day,weekday",
		[FEEL_TIME] = "hour,minute,second,time offset,timezone",
		[FEEL_INSTANT] = "year,month,day,weekday,hour,minute,second,time offset,"
				 "timezone",
		[FEEL_DURATION] = "days,hours,minutes,seconds",
		[FEEL_MONTHS] = "years,months",
		[FEEL_RANGE] = "start,end,start included,end included",
		[FEEL_FUNCTION] = NULL };

	if (!words[of->kind] || !has_word(words[of->kind], name))
		return NULL;
	if (of->kind == FEEL_RANGE || str_eq(name, S("time offset")) ||
	    str_eq(name, S("timezone")))
		return feel_simple(FEEL_ANY);
	return feel_simple(FEEL_NUMBER);
}

static const struct feel_type *
path_type(struct checker *c, const struct feel *e, const struct feel_type *of)
{
	const struct feel_type *t;

	if (of->kind == FEEL_LIST)
		return feel_list_of(
		    c, of->of ? path_type(c, e, of->of) : feel_simple(FEEL_ANY));
	if (of->kind == FEEL_ANY || of->kind == FEEL_NULL)
		return feel_simple(FEEL_ANY);
	t = of->kind == FEEL_MAP || of->kind == FEEL_ENTRY ? field_type(c, of, e->name)
							   : property_type(of, e->name);
	if (t)
		return t;
	feel_wrong(c, e, "%.*s(%.*s)没有 %.*s", STR_ARG(e->kids[0]->text),
	    STR_ARG(feel_type_name(of->kind)), STR_ARG(e->name));
	return feel_simple(FEEL_ANY);
}

static const struct feel_type *
filter_type(struct checker *c, const struct feel *e, const struct known *scope)
{
	const struct feel_type *of = feel_infer(c, e->kids[0], scope), *by;
	const struct feel_type *item = of->kind != FEEL_LIST ? of
				       : of->of              ? of->of
							     : feel_simple(FEEL_ANY);
	const struct known named = { S("item"), item, false, scope };
	const struct known fields = { { "", 0 }, item, true, &named };

	by = feel_infer(c, e->kids[1], &fields);
	if (by->kind == FEEL_NUMBER)
		return item;
	if (by->kind == FEEL_BOOL)
		return feel_list_of(c, item);
	feel_must_be(c, e->kids[1], by, FEEL_BOOL);
	return feel_simple(FEEL_ANY);
}

static const struct feel_type *
joined(const struct feel_type *a, const struct feel_type *b)
{
	if (a->kind == FEEL_NULL)
		return b;
	if (b->kind == FEEL_NULL || a == b)
		return a;
	if (a->kind == FEEL_TEXT && b->kind == FEEL_TEXT)
		return feel_simple(FEEL_TEXT);
	return a->kind == b->kind && a->kind != FEEL_LIST && a->kind != FEEL_MAP &&
		       a->kind != FEEL_ENTRY
		   ? a
		   : feel_simple(FEEL_ANY);
}

static const struct feel_type *
domain_type(struct checker *c, const struct feel *domain, const struct known *scope)
{
	const struct feel_type *t;

	if (domain->kind == F_SPAN) {
		t = feel_infer(c, domain->kids[0], scope);
		feel_infer(c, domain->kids[1], scope);
		return t;
	}
	t = feel_infer(c, domain, scope);
	if (t->kind == FEEL_LIST || t->kind == FEEL_RANGE)
		return t->of ? t->of : feel_simple(FEEL_ANY);
	if (t->kind != FEEL_ANY)
		feel_must_be(c, domain, t, FEEL_LIST);
	return feel_simple(FEEL_ANY);
}

/* From name `level` on. */
static const struct feel_type *
loop_type(
    struct checker *c, const struct feel *e, size_t level, const struct known *scope)
{
	struct known inner = { .up = scope };

	if (level < e->n_names) {
		inner.name = e->names[level];
		inner.type = domain_type(c, e->kids[level], scope);
		return loop_type(c, e, level + 1, &inner);
	}
	inner.name = S("partial");
	inner.type = feel_simple(FEEL_LIST);
	if (e->kind == F_FOR)
		return feel_list_of(c, feel_infer(c, e->kids[level], &inner));
	feel_must_be(c, e->kids[level], feel_infer(c, e->kids[level], scope), FEEL_BOOL);
	return feel_simple(FEEL_BOOL);
}

/* Context entries see the earlier ones, hence the recursion. */
static void
context_entries(struct checker *c, const struct feel *e, size_t i,
    struct feel_field *fields, const struct known *scope)
{
	struct known inner = { .up = scope };

	if (i == e->n)
		return;
	fields[i].name = inner.name = e->names[i];
	fields[i].type = inner.type = feel_infer(c, e->kids[i], scope);
	context_entries(c, e, i + 1, fields, &inner);
}

static const struct feel_type *
context_type(struct checker *c, const struct feel *e, const struct known *scope)
{
	struct feel_type *t = arena_new(c->m->arena, struct feel_type);
	struct feel_field *fields = arena_array(c->m->arena, struct feel_field, e->n);

	context_entries(c, e, 0, fields, scope);
	*t = (struct feel_type){ .kind = FEEL_MAP, .fields = fields, .n = e->n };
	return t;
}

static const struct feel_type *
list_type(struct checker *c, const struct feel *e, const struct known *scope)
{
	const struct feel_type *of = NULL;

	for (size_t i = 0; i < e->n; i++) {
		const struct feel_type *t = feel_infer(c, e->kids[i], scope);

		of = of ? joined(of, t) : t;
	}
	return feel_list_of(c, of ? of : feel_simple(FEEL_ANY));
}

/* What a list or a range may hold; of anything else itself. */
static const struct feel_type *
member(const struct feel_type *t)
{
	if (t->kind != FEEL_LIST && t->kind != FEEL_RANGE)
		return t;
	return t->of ? t->of : feel_simple(FEEL_ANY);
}

/* Tests from kid `from` on see their input as `?`; values among them must be of its kind.
 */
static void
check_tests(struct checker *c, const struct feel *e, size_t from,
    const struct feel_type *input, const struct known *scope)
{
	const struct known inner = { S("?"), input, false, scope };

	for (size_t i = from; i < e->n; i++) {
		const struct feel *test = e->kids[i];
		const struct feel_type *t = feel_infer(
		    c, test->kind == F_TEST ? test->kids[0] : test, &inner);

		if (test->uses_input)
			continue; /* a condition of its own */
		t = t->kind == input->kind ? t : member(member(t));
		if (input->kind != FEEL_ANY)
			feel_must_be(c, test, t, input->kind);
	}
}

static const struct feel_type *
in_type(struct checker *c, const struct feel *e, const struct known *scope)
{
	check_tests(c, e, 1, feel_infer(c, e->kids[0], scope), scope);
	return feel_simple(FEEL_BOOL);
}

static const struct feel_type *
lambda_type(struct checker *c, const struct feel *e, size_t i, const struct known *scope)
{
	struct known inner = { .up = scope };

	if (i == e->n_names) {
		feel_infer(c, e->kids[0], scope);
		return feel_simple(FEEL_FUNCTION);
	}
	inner.name = e->names[i];
	inner.type = e->types && e->types[i] ? e->types[i] : feel_simple(FEEL_ANY);
	return lambda_type(c, e, i + 1, &inner);
}

/* All kids looked at, the type is given. */
static const struct feel_type *
all_kids(struct checker *c, const struct feel *e, const struct known *scope,
    enum feel_type_kind kind)
{
	for (size_t i = 0; i < e->n; i++)
		if (e->kids[i])
			feel_infer(c, e->kids[i], scope);
	return feel_simple(kind);
}

static const struct feel_type *
if_type(struct checker *c, const struct feel *e, const struct known *scope)
{
	const struct feel_type *then, *otherwise;

	feel_must_be(c, e->kids[0], feel_infer(c, e->kids[0], scope), FEEL_BOOL);
	then = feel_infer(c, e->kids[1], scope);
	otherwise = feel_infer(c, e->kids[2], scope);
	return joined(then, otherwise);
}

const struct feel_type *
feel_infer(struct checker *c, const struct feel *e, const struct known *scope)
{
	switch (e->kind) {
	case F_LITERAL:
		return literal_type(&e->value);
	case F_NAME:
		return name_type(c, e, scope);
	case F_LIST:
		return list_type(c, e, scope);
	case F_CONTEXT:
		return context_type(c, e, scope);
	case F_RANGE:
	case F_TEST:
		return feel_infer_range(c, e, scope);
	case F_SPAN:
		return all_kids(c, e, scope, FEEL_ANY);
	case F_NEGATE:
		return feel_infer_negated(c, e, scope);
	case F_BINARY:
		return feel_infer_binary(c, e, scope);
	case F_BETWEEN:
		return feel_infer_between(c, e, scope);
	case F_INSTANCE:
	case F_TESTS:
		return all_kids(c, e, scope, FEEL_BOOL);
	case F_IN:
		return in_type(c, e, scope);
	case F_IF:
		return if_type(c, e, scope);
	case F_FOR:
	case F_SOME:
	case F_EVERY:
		return loop_type(c, e, 0, scope);
	case F_FUNCTION:
		return lambda_type(c, e, 0, scope);
	case F_CALL:
		return feel_infer_call(c, e, scope);
	case F_PATH:
		return path_type(c, e, feel_infer(c, e->kids[0], scope));
	case F_FILTER:
		return filter_type(c, e, scope);
	case F_AS:
		feel_infer(c, e->kids[0], scope);
		return e->type;
	case F_TABLE: /* of models, which are not checked; tables of law/ are asked by
			 name */
		return feel_simple(FEEL_ANY);
	}
	return feel_simple(FEEL_ANY);
}

/* Each branch of an `if` must fit by itself. */
static void
must_give(struct checker *c, const struct feel *e, const struct feel_type *is,
    enum feel_type_kind want)
{
	struct checker silent = *c;

	silent.quiet = true; /* they were looked at already */
	if (e->kind != F_IF) {
		feel_must_be(c, e, is, want);
		return;
	}
	for (size_t i = 1; i <= 2; i++)
		must_give(c, e->kids[i], feel_infer(&silent, e->kids[i], NULL), want);
}

struct feel_type
feel_check(const struct feel_check *check, const struct feel *e, enum feel_type_kind want,
    struct messages *m)
{
	struct checker c = { .check = check, .m = m };
	const struct feel_type *t = feel_infer(&c, e, NULL);

	if (check->line && !feel_fits(t, want))
		message_put(m, check->line, check->column,
		    "表达式有误：%.*s 应当是%.*s，但是是%.*s", STR_ARG(e->text),
		    STR_ARG(feel_type_name(want)), STR_ARG(feel_type_name(t->kind)));
	else
		must_give(&c, e, t, want);
	return *t;
}

void
feel_check_tests(const struct feel_check *check, const struct feel *tests,
    const struct feel_type *input, struct messages *m)
{
	struct checker c = { .check = check, .m = m };

	check_tests(&c, tests, 0, input, NULL);
}
