/*
 * Fields as they stand in `fields:` of a definition. What refers to other files
 * (registers, choice lists) is only noted here and resolved when the whole set is linked.
 */
#include "register/definition.h"
#include "register/vocabulary.h"

static const struct {
	const char *name;
	bool reference, scalar;
} types[] = {
	[FIELD_TEXT] = { "text", false, true },
	[FIELD_LONG] = { "long", false, true },
	[FIELD_CODE] = { "code", false, true },
	[FIELD_INT] = { "int", false, true },
	[FIELD_MONEY] = { "money", false, true },
	[FIELD_DECIMAL] = { "decimal", false, true },
	[FIELD_DAY] = { "day", false, true },
	[FIELD_BOOL] = { "bool", false, true },
	[FIELD_CHOICE] = { "choice", false, true },
	[FIELD_ENTRY] = { "entry", true, true },
	[FIELD_ENTRIES] = { "entries", true, false },
	[FIELD_MATTER] = { "matter", true, true },
	[FIELD_MATTERS] = { "matters", true, false },
	[FIELD_TEXTS] = { "texts", false, false },
	[FIELD_ROWS] = { "rows", false, false },
	[FIELD_CITATIONS] = { "citations", false, false },
	[FIELD_FILES] = { "files", false, false },
};
_Static_assert(sizeof types / sizeof *types == FIELD_COUNT_, "a type without its name");

bool
field_is_reference(const struct field *f)
{
	return types[f->type].reference;
}

bool
field_takes(const struct field *f, struct str family)
{
	for (size_t i = 0; i < f->of.n; i++)
		if (str_eq(f->of.v[i], family) || str_eq(f->of.v[i], S("any")))
			return true;
	return false;
}

bool
field_is_handled(const struct field *f)
{
	return (f->type == FIELD_MATTER || f->type == FIELD_MATTERS) && f->of.n == 1 &&
	       str_eq(f->of.v[0], S("handled"));
}

bool
field_is_scalar(const struct field *f)
{
	return types[f->type].scalar && !f->personal;
}

struct field *
field_find(const struct field_list *fields, struct str id)
{
	for (size_t i = 0; i < fields->n; i++)
		if (str_eq(fields->v[i].id, id))
			return &fields->v[i];
	return NULL;
}

struct str
field_name_of(struct arena *a, struct str id)
{
	return str_replace(a, id, S("-"), S("_"));
}

struct str
choice_title(const struct field *f, struct str id)
{
	for (size_t i = 0; i < f->options.n; i++)
		if (str_eq(f->options.v[i].id, id))
			return f->options.v[i].title;
	return id;
}

struct str
field_type_name(enum field_type type)
{
	return str_z(types[type].name);
}

static bool
type_find(struct str name, enum field_type *out)
{
	for (size_t i = 0; i < FIELD_COUNT_; i++) {
		if (!str_eq(str_z(types[i].name), name))
			continue;
		*out = (enum field_type)i;
		return true;
	}
	return false;
}

static void
options_load(struct messages *m, const struct yaml_node *node, struct field *f)
{
	if (!yaml_want(m, node, YAML_MAP))
		return;
	for (yaml_each(item, node))
		*list_add(m->arena, &f->options) = (struct choice){ .id = item->key,
			.title = item->text };
}

static void
of_load(struct cx *cx, struct messages *m, const struct yaml_node *node, struct field *f)
{
	if (f->type == FIELD_ROWS) {
		fields_load(cx, m, node, &f->columns);
	} else if (f->type == FIELD_CHOICE) {
		f->choices = yaml_str(node);
	} else if (node->kind == YAML_LIST) {
		for (yaml_each(item, node))
			*list_add(m->arena, &f->of) = item->text;
	} else if (node->kind == YAML_SCALAR) {
		*list_add(m->arena, &f->of) = node->text;
	}
}

/* Only a matter can say what may be chosen or computed: not an entry, and no row by
 * itself. */
void
matter_keys_are_none(
    struct messages *m, const struct yaml_node *node, const struct field_list *fields)
{
	for (size_t i = 0; i < fields->n; i++) {
		if (fields->v[i].is_limited)
			yaml_fault_key(m, node, "字段%.*s不能限定可选范围 among",
			    STR_ARG(fields->v[i].id));
		if (fields->v[i].table.n)
			yaml_fault_key(m, node, "字段%.*s不能由决策表得出 value",
			    STR_ARG(fields->v[i].id));
		if (fields->v[i].is_numbered)
			yaml_fault_key(m, node, "字段%.*s不能登记印制号码 numbers",
			    STR_ARG(fields->v[i].id));
	}
}

/* What a type demands of its neighbours: a reference its target, rows their columns. */
static void
shape_check(struct messages *m, const struct yaml_node *node, const struct field *f)
{
	if (field_is_reference(f) && !f->of.n)
		yaml_fault_key(m, node, "字段%.*s引用什么：缺少 of", STR_ARG(f->id));
	if (f->type == FIELD_ROWS && !f->columns.n)
		yaml_fault_key(m, node, "字段%.*s是行表：缺少 of", STR_ARG(f->id));
	if (f->type == FIELD_CHOICE && !f->choices.n && !f->options.n)
		yaml_fault_key(
		    m, node, "字段%.*s是选项：缺少 of 或 options", STR_ARG(f->id));
	if (f->personal && (field_is_reference(f) || f->unique))
		yaml_fault_key(
		    m, node, "字段%.*s属于个人信息，不能作引用或唯一值", STR_ARG(f->id));
	if (f->is_limited && !field_is_reference(f))
		yaml_fault_key(
		    m, node, "字段%.*s不是引用，不能限定可选范围 among", STR_ARG(f->id));
	if (f->table.n && (f->personal || f->required || f->unique || f->is_limited))
		yaml_fault_key(m, node,
		    "字段%.*s由决策表得出，不能有 required、unique、personal、among",
		    STR_ARG(f->id));
	if (f->is_numbered &&
	    (f->type != FIELD_CODE || f->personal || f->unique || f->table.n))
		yaml_fault_key(m, node,
		    "字段%.*s登记印制号码，类型应当是 code，不能有 "
		    "unique、personal、value",
		    STR_ARG(f->id));
	matter_keys_are_none(m, node, &f->columns);
	for (size_t i = 0; i < f->columns.n; i++)
		for (size_t k = 0; k < f->columns.v[i].columns.n; k++)
			if (f->columns.v[i].columns.v[k].personal ||
			    f->columns.v[i].columns.v[k].type == FIELD_ROWS)
				yaml_fault_key(
				    m, node, "行表中的行表不能再含行表或个人信息");
}

/* column: value, or { from: value }, { below: value }. */
static struct field_input
input_load(struct cx *cx, struct messages *m, const struct yaml_node *node)
{
	struct field_input in = { .input = node->key,
		.match = MATCH_EQUAL,
		.line = node->key_line,
		.column = node->key_column };
	const struct yaml_node *is = node;

	if (node->kind == YAML_MAP) {
		shape_closed(m, node, &shape_range);
		if (!node->first || node->first->next)
			yaml_fault_key(m, node,
			    "“%.*s”应写 from 或者 below 之一：起点和终点各是一列",
			    STR_ARG(node->key));
		in.match = yaml_find(node, S("below")) ? MATCH_BELOW : MATCH_FROM;
		is = yaml_get(node, in.match == MATCH_BELOW ? S("below") : S("from"));
	}
	in.value = expression_load(cx, m, is);
	return in;
}

static void
value_load(
    struct cx *cx, struct messages *m, const struct yaml_node *node, struct field *f)
{
	if (node->kind == YAML_NONE || !yaml_want(m, node, YAML_MAP))
		return;
	shape_closed(m, node, &shape_value);
	f->table = yaml_str(yaml_get(node, S("table")));
	if (!f->table.n)
		yaml_fault(m, node, "value 缺少决策表 table");
	for (yaml_each(item, yaml_get(node, S("with"))))
		*list_add(m->arena, &f->with) = input_load(cx, m, item);
}

static void
field_load(struct cx *cx, struct messages *m, const struct yaml_node *node,
    struct field_list *out)
{
	struct field f = { .id = node->key,
		.name = field_name_of(m->arena, node->key),
		.line = node->key_line,
		.column = node->key_column };
	const struct yaml_node *type = yaml_get(node, S("type"));

	if (!shape_closed(m, node, &shape_field))
		return;
	f.title = yaml_str(yaml_get(node, S("title")));
	f.hint = yaml_str(yaml_get(node, S("hint")));
	if (!f.title.n)
		yaml_fault_key(m, node, "字段%.*s缺少标题 title", STR_ARG(f.id));
	if (!type_find(yaml_str(type), &f.type)) {
		yaml_fault_key(m, node, "字段%.*s的类型“%.*s”不存在", STR_ARG(f.id),
		    STR_ARG(yaml_str(type)));
		*list_add(m->arena, out) = f; /* known all the same where it is named */
		return;
	}
	if (yaml_find(node, S("required")))
		yaml_bool(m, yaml_get(node, S("required")), &f.required);
	if (yaml_find(node, S("unique")))
		yaml_bool(m, yaml_get(node, S("unique")), &f.unique);
	if (yaml_find(node, S("personal")))
		yaml_bool(m, yaml_get(node, S("personal")), &f.personal);
	if (yaml_find(node, S("options")))
		options_load(m, yaml_get(node, S("options")), &f);
	of_load(cx, m, yaml_get(node, S("of")), &f);
	f.among = expression_load(cx, m, yaml_get(node, S("among")));
	f.is_limited = f.among != NULL;
	f.paper = yaml_str(yaml_get(node, S("numbers")));
	f.is_numbered = f.paper.n > 0;
	value_load(cx, m, yaml_get(node, S("value")), &f);
	shape_check(m, node, &f);
	*list_add(m->arena, out) = f;
}

void
fields_load(struct cx *cx, struct messages *m, const struct yaml_node *node,
    struct field_list *out)
{
	if (!yaml_want(m, node, YAML_MAP))
		return;
	for (yaml_each(item, node))
		field_load(cx, m, item, out);
}
