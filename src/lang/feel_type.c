/* Types: their grammar, whether a value is of one, and the conversions of DMN 1.5
 * 10.3.2.9.4 (a list of one is its item where the type wants no list, and the other way
 * round). */
#include "lang/feel_parse.h"

static const struct feel_type simple[] = {
	[FEEL_ANY] = { .kind = FEEL_ANY },
	[FEEL_NULL] = { .kind = FEEL_NULL },
	[FEEL_BOOL] = { .kind = FEEL_BOOL },
	[FEEL_NUMBER] = { .kind = FEEL_NUMBER },
	[FEEL_TEXT] = { .kind = FEEL_TEXT },
	[FEEL_DAY] = { .kind = FEEL_DAY },
	[FEEL_TIME] = { .kind = FEEL_TIME },
	[FEEL_INSTANT] = { .kind = FEEL_INSTANT },
	[FEEL_DURATION] = { .kind = FEEL_DURATION },
	[FEEL_MONTHS] = { .kind = FEEL_MONTHS },
	[FEEL_RANGE] = { .kind = FEEL_RANGE },
	[FEEL_LIST] = { .kind = FEEL_LIST },
	[FEEL_MAP] = { .kind = FEEL_MAP },
	[FEEL_ENTRY] = { .kind = FEEL_ENTRY },
	[FEEL_FUNCTION] = { .kind = FEEL_FUNCTION },
};

struct str
feel_type_name(enum feel_type_kind kind)
{
	static const char *const names[] = {
		[FEEL_ANY] = "任意",
		[FEEL_NULL] = "空",
		[FEEL_BOOL] = "是否",
		[FEEL_NUMBER] = "数字",
		[FEEL_TEXT] = "文本",
		[FEEL_DAY] = "日期",
		[FEEL_TIME] = "时间",
		[FEEL_INSTANT] = "日期和时间",
		[FEEL_DURATION] = "时长（日、时、分、秒）",
		[FEEL_MONTHS] = "时长（年、月）",
		[FEEL_RANGE] = "区间",
		[FEEL_LIST] = "列表",
		[FEEL_MAP] = "键值",
		[FEEL_ENTRY] = "条目",
		[FEEL_FUNCTION] = "函数",
	};

	return str_z(names[kind]);
}

static const struct feel_type *
named_type(struct parser *p, struct str name)
{
	static const struct {
		const char *name;
		enum feel_type_kind kind;
	} builtin[] = { { "Any", FEEL_ANY }, { "Null", FEEL_NULL },
		{ "number", FEEL_NUMBER }, { "string", FEEL_TEXT },
		{ "boolean", FEEL_BOOL }, { "date", FEEL_DAY }, { "time", FEEL_TIME },
		{ "context", FEEL_MAP }, { "list", FEEL_LIST }, { "range", FEEL_RANGE },
		{ "function", FEEL_FUNCTION } };

	for (size_t i = 0; i < sizeof builtin / sizeof *builtin; i++)
		if (str_eq(name, str_z(builtin[i].name)))
			return &simple[builtin[i].kind];
	for (size_t i = 0; p->scope && i < p->scope->n_types; i++)
		if (str_eq(name, p->scope->types[i].name))
			return p->scope->types[i].type;
	feel_fail(p, p->at, "没有这种类型");
	return &simple[FEEL_ANY];
}

static bool
take_words(struct parser *p, const char *const *words, size_t n)
{
	const size_t at = p->at;

	for (size_t i = 0; i < n; i++)
		if (!feel_word(p, words[i])) {
			p->at = at;
			return false;
		}
	return true;
}

#define TAKE(p, ...)                                          \
	take_words((p), (const char *const[]){ __VA_ARGS__ }, \
	    sizeof((const char *const[]){ __VA_ARGS__ }) / sizeof(char *))

/* function<a, b> -> c, behind the first word */
static void
function_type(struct parser *p, struct feel_type *type)
{
	LIST(struct feel_field) parameters = { 0 };

	if (!feel_sign(p, "<"))
		return;
	while (!p->failed && !feel_peek(p, ">")) {
		if (parameters.n)
			feel_expect(p, ",");
		*list_add(p->arena,
		    &parameters) = (struct feel_field){ .type = feel_type_here(p) };
	}
	feel_expect(p, ">");
	feel_expect(p, "->");
	type->fields = parameters.v ? parameters.v
				    : arena_new(p->arena, struct feel_field);
	type->n = parameters.n;
	type->of = feel_type_here(p);
}

/* context<name: type, …> */
static void
context_type(struct parser *p, struct feel_type *type)
{
	LIST(struct feel_field) fields = { 0 };

	if (!feel_sign(p, "<"))
		return;
	while (!p->failed && !feel_peek(p, ">")) {
		struct feel_field f;

		if (fields.n)
			feel_expect(p, ",");
		if (!feel_new_name(p, ":", NULL, &f.name))
			feel_fail(p, p->at, "这里应当是名称");
		feel_expect(p, ":");
		f.type = feel_type_here(p);
		*list_add(p->arena, &fields) = f;
	}
	feel_expect(p, ">");
	type->fields = fields.v ? fields.v : arena_new(p->arena, struct feel_field);
	type->n = fields.n;
}

const struct feel_type *
feel_type_here(struct parser *p)
{
	struct feel_type *type = arena_new(p->arena, struct feel_type);
	const struct feel_type *found = type;
	struct str name;

	if (p->failed || ++p->depth > 100) {
		feel_fail(p, p->at, "类型写得太深");
		return &simple[FEEL_ANY];
	}
	if (TAKE(p, "date", "and", "time")) {
		found = &simple[FEEL_INSTANT];
	} else if (TAKE(p, "days", "and", "time", "duration")) {
		found = &simple[FEEL_DURATION];
	} else if (TAKE(p, "years", "and", "months", "duration")) {
		found = &simple[FEEL_MONTHS];
	} else if (feel_word(p, "function")) {
		type->kind = FEEL_FUNCTION;
		function_type(p, type);
	} else if (feel_word(p, "context")) {
		type->kind = FEEL_MAP;
		context_type(p, type);
	} else if (feel_peek_word(p, "list") || feel_peek_word(p, "range")) {
		type->kind = feel_word(p, "list") ? FEEL_LIST : FEEL_RANGE;
		if (type->kind == FEEL_RANGE)
			feel_word(p, "range");
		if (feel_sign(p, "<")) {
			type->of = feel_type_here(p);
			feel_expect(p, ">");
		}
	} else if (feel_name(p, &name)) {
		found = named_type(p, name);
	} else {
		feel_fail(p, p->at, "这里应当是类型");
	}
	p->depth--;
	return found;
}

static bool
is_map_of(const struct value *v, const struct feel_type *type)
{
	if (v->kind != V_MAP)
		return false;
	for (size_t i = 0; type->fields && i < type->n; i++) {
		const struct value *field = value_get(v, type->fields[i].name);

		if (!value_is_null(field) &&
		    !feel_is_instance(field, type->fields[i].type))
			return false;
		if (value_is_null(field)) {
			bool there = false;

			for (size_t k = 0; k < v->map.n; k++)
				there = there ||
					str_eq(v->map.pairs[k].key, type->fields[i].name);
			if (!there)
				return false;
		}
	}
	return true;
}

static bool
is_function_of(const struct value *v, const struct feel_type *type)
{
	const struct feel_function *f = v->kind == V_FUNCTION ? v->function : NULL;

	if (!f || !type->fields)
		return f != NULL;
	if (f->native)
		return f->native->n == type->n;
	return !f->lambda || f->lambda->n_names == type->n;
}

bool
feel_is_instance(const struct value *v, const struct feel_type *type)
{
	switch (type->kind) {
	case FEEL_ANY:
		return v->kind != V_NULL;
	case FEEL_NULL:
		return v->kind == V_NULL;
	case FEEL_BOOL:
		return v->kind == V_BOOL;
	case FEEL_NUMBER:
		return v->kind == V_INT || v->kind == V_DECIMAL;
	case FEEL_TEXT:
		return v->kind == V_TEXT;
	case FEEL_DAY:
		return v->kind == V_DAY;
	case FEEL_TIME:
		return v->kind == V_TIME;
	case FEEL_INSTANT:
		return v->kind == V_INSTANT;
	case FEEL_DURATION:
		return v->kind == V_DURATION;
	case FEEL_MONTHS:
		return v->kind == V_MONTHS;
	case FEEL_RANGE:
		if (v->kind != V_RANGE || !type->of)
			return v->kind == V_RANGE;
		return (value_is_null(&v->range->low) ||
			   feel_is_instance(&v->range->low, type->of)) &&
		       (value_is_null(&v->range->high) ||
			   feel_is_instance(&v->range->high, type->of));
	case FEEL_LIST:
		if (v->kind != V_LIST)
			return false;
		for (size_t i = 0; type->of && i < v->list.n; i++)
			if (!value_is_null(&v->list.items[i]) &&
			    !feel_is_instance(&v->list.items[i], type->of))
				return false;
		return true;
	case FEEL_MAP:
		return is_map_of(v, type);
	case FEEL_ENTRY:
		return v->kind == V_TEXT && feel_is_ref(v->s);
	case FEEL_FUNCTION:
		return is_function_of(v, type);
	}
	return false;
}

/* Does it pass the tests of the type and of its parts? Null is allowed everywhere: what
 * must be there is not the type's affair. */
static bool
is_allowed(struct feel_run *run, const struct value *v, const struct feel_type *type)
{
	if (value_is_null(v))
		return true;
	if (type->allowed && feel_satisfies(run, type->allowed, v) != 1)
		return false;
	if (type->kind == FEEL_LIST && type->of && v->kind == V_LIST)
		for (size_t i = 0; i < v->list.n; i++)
			if (!is_allowed(run, &v->list.items[i], type->of))
				return false;
	if (type->kind == FEEL_MAP && type->fields)
		for (size_t i = 0; i < type->n; i++)
			if (!is_allowed(run, value_get(v, type->fields[i].name),
				type->fields[i].type))
				return false;
	return true;
}

static bool
conforms(struct feel_run *run, const struct value *v, const struct feel_type *type)
{
	return feel_is_instance(v, type) && is_allowed(run, v, type);
}

struct value
feel_convert(struct feel_run *run, struct value v, const struct feel_type *type)
{
	struct value list = value_list();

	if (!type || value_is_null(&v) || conforms(run, &v, type))
		return v;
	if (v.kind == V_LIST && v.list.n == 1 && type->kind != FEEL_LIST &&
	    conforms(run, &v.list.items[0], type))
		return v.list.items[0];
	if (type->kind == FEEL_LIST && v.kind != V_LIST) {
		value_add(run->arena, &list, v);
		if (conforms(run, &list, type))
			return list;
	}
	if (type->kind == FEEL_INSTANT && v.kind == V_DAY) {
		static const struct value_zone utc = { .name = { "", 0 } };

		return (
		    struct value){ .kind = V_INSTANT, .at = { feel_local(&v), &utc } };
	}
	if (feel_is_instance(&v, type))
		return feel_null(
		    run, "%.*s 不在允许的值之内", STR_ARG(feel_string(run->arena, &v)));
	return feel_null(run, "值不是“%.*s”", STR_ARG(feel_type_name(type->kind)));
}
