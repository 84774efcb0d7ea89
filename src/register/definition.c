/* Loading a register, and the pieces that procedures have too: ids, rules, expressions.
 */
#include "register/definition.h"

#include "base/date.h"
#include "lang/feel.h"
#include "register/vocabulary.h"

bool
id_list_has(const struct id_list *l, struct str id)
{
	for (size_t i = 0; i < l->n; i++)
		if (str_eq(l->v[i], id))
			return true;
	return false;
}

/* One id or a list of them; absent is the empty list. */
void
ids_load(
    struct cx *cx, struct messages *m, const struct yaml_node *node, struct id_list *out)
{
	(void)cx;
	out->line = node->line;
	if (node->kind == YAML_SCALAR && node->text.n) {
		*list_add(m->arena, out) = node->text;
	} else if (node->kind == YAML_LIST) {
		for (yaml_each(item, node)) {
			if (yaml_want(m, item, YAML_SCALAR))
				*list_add(m->arena, out) = item->text;
		}
	} else if (node->kind == YAML_MAP) {
		yaml_fault(m, node, "应为一个编号或编号列表");
	}
}

const struct feel *
expression_load(struct cx *cx, struct messages *m, const struct yaml_node *node)
{
	const struct feel_scope scope = { .line = node->line, .column = node->column };
	const struct feel *e = NULL;
	enum err err;

	if (node->kind == YAML_NONE || !yaml_want(m, node, YAML_SCALAR))
		return NULL;
	err = feel_parse(cx, node->text, &scope, &e, m); /* its faults are in m */
	return err == ERR_OK ? e : NULL;
}

static struct str
joined(
    struct cx *cx, struct messages *m, const struct yaml_node *node, struct str between)
{
	struct id_list ids = { 0 };

	ids_load(cx, m, node, &ids);
	return str_join(m->arena, ids.v, ids.n, between);
}

static void
rule_load(struct cx *cx, struct messages *m, const struct yaml_node *node,
    const struct shape *shape, struct rule_list *out)
{
	const char *that_key = shape == &shape_rule ? "that" : "require";
	const struct yaml_node *that = yaml_get(node, str_z(that_key));
	struct rule r = { .line = node->line };

	if (!shape_closed(m, node, shape))
		return;
	r.id = yaml_str(yaml_get(node, S("id")));
	r.source = yaml_str(that);
	r.says = yaml_str(yaml_get(node, S("says")));
	r.field = yaml_str(yaml_get(node, S("field")));
	r.basis = joined(cx, m, yaml_get(node, S("basis")), S("、"));
	r.ways = joined(cx, m, yaml_get(node, S("ways")), S(";"));
	r.that = expression_load(cx, m, that);
	r.when = expression_load(cx, m, yaml_get(node, S("when")));
	if (!r.id.n)
		yaml_fault(m, node, "规则缺少编号 id");
	if (!r.says.n)
		yaml_fault(m, node, "规则%.*s缺少提示 says", STR_ARG(r.id));
	if (!yaml_find(node, str_z(that_key)))
		yaml_fault(m, node, "规则%.*s缺少条件 %s", STR_ARG(r.id), that_key);
	*list_add(m->arena, out) = r;
}

void
rules_load(struct cx *cx, struct messages *m, const struct yaml_node *node,
    const struct shape *shape, struct rule_list *out)
{
	if (node->kind == YAML_NONE || !yaml_want(m, node, YAML_LIST))
		return;
	for (yaml_each(item, node))
		rule_load(cx, m, item, shape, out);
}

void
lists_load(struct cx *cx, struct messages *m, const struct yaml_node *node,
    struct list_def_list *out)
{
	if (node->kind == YAML_NONE || !yaml_want(m, node, YAML_MAP))
		return;
	for (yaml_each(item, node)) {
		struct list_def *l = list_add(m->arena, out);

		l->id = item->key;
		l->line = item->key_line;
		shape_closed(m, item, &shape_list);
		ids_load(cx, m, yaml_get(item, S("filters")), &l->filters);
		l->order = yaml_str(yaml_get(item, S("order")));
	}
}

bool
called_next(struct str *rest, struct str *words, struct str *field)
{
	if (!rest->n)
		return false;
	*field = S("");
	if (!str_split(rest, S("{"), words))
		return false;
	if (rest->n)
		str_split(rest, S("}"), field);
	return true;
}

/* An entry is called the same for everybody who reads: by nothing personal. */
static void
called_check(
    struct messages *m, const struct yaml_node *node, const struct field_list *fields)
{
	struct str rest = yaml_str(node), words, id;
	bool any = false;

	while (called_next(&rest, &words, &id)) {
		const struct field *f = field_find(fields, id);

		any |= id.n > 0;
		if (id.n && !f)
			yaml_fault(m, node, "called 用到的字段%.*s不存在", STR_ARG(id));
		else if (f && f->personal)
			yaml_fault(m, node, "called 不能用个人信息%.*s", STR_ARG(id));
		else if (f && !field_is_scalar(f))
			yaml_fault(
			    m, node, "called 只能用单值字段，%.*s不是", STR_ARG(id));
	}
	if (node->kind != YAML_NONE && !any)
		yaml_fault(m, node, "called 没有用到字段，各条目的名称会相同");
}

void
register_load(struct cx *cx, struct messages *m, const struct yaml_node *root,
    struct register_def *out)
{
	const struct yaml_node *of = yaml_get(root, S("of"));
	struct field *key;

	shape_closed(m, root, &shape_register);
	out->id = yaml_str(yaml_get(root, S("register")));
	out->title = yaml_str(yaml_get(root, S("title")));
	out->key = yaml_str(yaml_get(root, S("key")));
	out->called = yaml_str(yaml_get(root, S("called")));
	fields_load(cx, m, yaml_get(root, S("fields")), &out->fields);
	matter_keys_are_none(m, yaml_get(root, S("fields")), &out->fields);
	called_check(m, yaml_get(root, S("called")), &out->fields);
	ids_load(cx, m, yaml_get(root, S("covers")), &out->covers);
	ids_load(cx, m, yaml_get(root, S("by")), &out->by);
	ids_load(cx, m, yaml_get(root, S("destroys")), &out->destroys);
	ids_load(cx, m, yaml_get(root, S("unseals")), &out->unseals);
	if (!str_eq(yaml_str(of), S("any")))
		out->of = expression_load(cx, m, of);
	rules_load(cx, m, yaml_get(root, S("rules")), &shape_register_rule, &out->rules);
	lists_load(cx, m, yaml_get(root, S("lists")), &out->lists);
	key = field_find(&out->fields, out->key);
	if (!out->title.n)
		yaml_fault(m, root, "名录缺少标题 title");
	if (!out->by.n)
		yaml_fault(m, root, "名录缺少 by：谁可以维护");
	if (out->key.n && (!key || !field_is_scalar(key)))
		yaml_fault(m, root, "名录的 key 必须是它的一个单值字段");
	else if (key && key->personal)
		yaml_fault(m, root, "名录的 key 不能是个人信息");
	else if (key)
		key->unique = true;
}

/* What every matter's table has besides the fields (register/table.h). */
static bool
is_of_every_matter(struct str name)
{
	static const struct str names[] = { S("stage"), S("title"), S("unit"),
		S("parent"), S("opened"), S("due"), S("closed") };

	for (size_t i = 0; i < sizeof names / sizeof *names; i++)
		if (str_eq(names[i], name))
			return true;
	return false;
}

bool
field_can_order(const struct field_list *fields, struct str id, bool of_matters)
{
	const struct field *f = field_find(fields, id);

	return f ? field_is_scalar(f) && !f->personal
		 : of_matters && is_of_every_matter(id);
}

static bool
can_filter(const struct field_list *fields, struct str id, bool of_matters)
{
	const struct field *f = field_find(fields, id);

	return field_can_order(fields, id, of_matters) ||
	       (f && !f->personal && field_is_reference(f));
}

void
lists_check(struct messages *m, const struct list_def_list *lists,
    const struct field_list *fields, bool of_matters)
{
	for (size_t i = 0; i < lists->n; i++) {
		const struct list_def *l = &lists->v[i];

		for (size_t k = 0; k < l->filters.n; k++)
			if (!can_filter(fields, l->filters.v[k], of_matters))
				message_put(m, l->line, 1, "列表“%.*s”不能按“%.*s”筛选",
				    STR_ARG(l->id), STR_ARG(l->filters.v[k]));
		if (l->order.n && !field_can_order(fields, l->order, of_matters))
			message_put(m, l->line, 1, "列表“%.*s”不能按“%.*s”排序",
			    STR_ARG(l->id), STR_ARG(l->order));
	}
}

void
in_force_load(
    struct messages *m, const struct yaml_node *node, int64_t *from_day, int64_t *to_day)
{
	*from_day = day_of(1949, 10, 1);
	*to_day = IN_FORCE_END;
	if (node->kind == YAML_NONE)
		return;
	shape_closed(m, node, &shape_in_force);
	yaml_day(m, yaml_get(node, S("from")), from_day);
	if (yaml_find(node, S("to")))
		yaml_day(m, yaml_get(node, S("to")), to_day);
	if (*to_day <= *from_day)
		yaml_fault(m, node, "in_force:失效日期不晚于施行日期");
}
