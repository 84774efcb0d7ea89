/*
 * Loading a procedure. Each block of the file has its loader; what only the whole shows
 * is procedure/check.c. Every fault goes to the messages, none stops the reading.
 */
#include "procedure/parts.h"

#include "register/vocabulary.h"

struct action_def *
action_find(const struct procedure_def *p, struct str id)
{
	for (size_t i = 0; i < p->actions.n; i++)
		if (str_eq(p->actions.v[i].id, id))
			return &p->actions.v[i];
	return NULL;
}

bool
action_may_register(const struct procedure_def *p, const struct action_def *a)
{
	/* Each matter is judged when it changes hands: not afterwards. */
	if (a->hand_over.given)
		return false;
	if (p->registers_given)
		return id_list_has(&p->registers, a->id);
	return !id_list_has(&a->by, S("system"));
}

struct stage_def *
stage_find(const struct procedure_def *p, struct str id)
{
	for (size_t i = 0; i < p->stages.n; i++)
		if (str_eq(p->stages.v[i].id, id))
			return &p->stages.v[i];
	return NULL;
}

struct child_def *
child_find(const struct procedure_def *p, struct str kind)
{
	for (size_t i = 0; i < p->children.n; i++)
		if (str_eq(p->children.v[i].kind, kind))
			return &p->children.v[i];
	return NULL;
}

bool
procedure_masks(const struct procedure_def *p, struct str field)
{
	for (size_t i = 0; i < p->masks.n; i++)
		if (id_list_has(&p->masks.v[i].fields, field))
			return true;
	return false;
}

struct clock_def *
clock_find(const struct procedure_def *p, struct str id)
{
	for (size_t i = 0; i < p->clocks.n; i++)
		if (str_eq(p->clocks.v[i].id, id))
			return &p->clocks.v[i];
	return NULL;
}

static void
assignments_load(struct cx *cx, struct messages *m, const struct yaml_node *node,
    struct set_def_list *out)
{
	if (node->kind == YAML_NONE || !yaml_want(m, node, YAML_MAP))
		return;
	for (yaml_each(item, node))
		*list_add(m->arena, out) = (struct set_def){ .field = item->key,
			.value = expression_load(cx, m, item),
			.line = item->key_line };
}

static void
stages_load(struct cx *cx, struct messages *m, const struct yaml_node *root,
    struct procedure_def *p)
{
	const struct yaml_node *stages = yaml_get(root, S("stages"));
	struct id_list final = { 0 };

	ids_load(cx, m, yaml_get(root, S("final")), &final);
	if (!yaml_want(m, stages, YAML_MAP))
		return;
	for (yaml_each(item, stages)) {
		*list_add(m->arena, &p->stages) = (struct stage_def){ .id = item->key,
			.title = item->text,
			.final = id_list_has(&final, item->key),
			.line = item->key_line };
		if (item->kind != YAML_SCALAR || !item->text.n)
			yaml_fault_key(m, item, "阶段%.*s缺少名称", STR_ARG(item->key));
	}
	for (size_t i = 0; i < final.n; i++)
		if (!stage_find(p, final.v[i]))
			yaml_fault(m, yaml_get(root, S("final")), "没有阶段“%.*s”",
			    STR_ARG(final.v[i]));
}

static void
child_load(struct cx *cx, struct messages *m, const struct yaml_node *node,
    struct procedure_def *p)
{
	struct child_def *c = list_add(m->arena, &p->children);

	shape_closed(m, node, &shape_child);
	c->kind = node->key;
	c->line = node->key_line;
	c->procedure = yaml_str(yaml_get(node, S("procedure")));
	c->for_rows = yaml_str(yaml_get(node, S("for")));
	ids_load(cx, m, yaml_get(node, S("covers")), &c->covers);
	assignments_load(cx, m, yaml_get(node, S("with")), &c->with);
	if (yaml_find(node, S("loose")))
		yaml_bool(m, yaml_get(node, S("loose")), &c->loose);
}

static void
form_load(struct messages *m, const struct yaml_node *node, struct action_def *a)
{
	if (node->kind == YAML_NONE || !yaml_want(m, node, YAML_LIST))
		return;
	for (yaml_each(item, node)) {
		struct form_item *f = list_add(m->arena, &a->form);

		f->field = yaml_str(item);
		f->optional = str_ends(f->field, S("?"));
		if (f->optional)
			f->field.n--;
	}
}

static void
then_load(
    struct cx *cx, struct messages *m, const struct yaml_node *node, struct action_def *a)
{
	if (node->kind == YAML_SCALAR)
		list_add(m->arena, &a->then)->stage = node->text;
	if (node->kind == YAML_MAP)
		yaml_fault(m, node, "then:须为一个阶段,或者 [{ when, stage }, …]");
	if (node->kind != YAML_LIST)
		return;
	for (yaml_each(item, node)) {
		struct turn *t = list_add(m->arena, &a->then);

		shape_closed(m, item, &shape_turn);
		t->when = expression_load(cx, m, yaml_get(item, S("when")));
		t->stage = yaml_str(yaml_get(item, S("stage")));
	}
}

/* `at:` is a stage, several, `new` or `any`. */
static void
at_load(
    struct cx *cx, struct messages *m, const struct yaml_node *node, struct action_def *a)
{
	const struct yaml_node *at = yaml_get(node, S("at"));

	if (str_eq(yaml_str(at), S("new")))
		a->at_new = true;
	else if (str_eq(yaml_str(at), S("any")))
		a->at_any = true;
	else
		ids_load(cx, m, at, &a->at);
	if (!a->at_new && !a->at_any && !a->at.n)
		yaml_fault_key(
		    m, node, "办理动作%.*s缺少 at：在哪个阶段", STR_ARG(a->id));
}

struct str
ids_joined(struct cx *cx, struct messages *m, const struct yaml_node *node)
{
	struct id_list ids = { 0 };

	ids_load(cx, m, node, &ids);
	return str_join(m->arena, ids.v, ids.n, S("、"));
}

static void
action_load(struct cx *cx, struct messages *m, const struct yaml_node *node,
    struct procedure_def *p)
{
	struct action_def *a = list_add(m->arena, &p->actions);
	const struct yaml_node *of = yaml_get(node, S("of"));

	a->id = node->key;
	a->line = node->key_line;
	if (!shape_closed(m, node, &shape_action))
		return;
	a->title = yaml_str(yaml_get(node, S("title")));
	a->says = yaml_str(yaml_get(node, S("says")));
	a->issues = yaml_str(yaml_get(node, S("issues")));
	a->basis = ids_joined(cx, m, yaml_get(node, S("basis")));
	at_load(cx, m, node, a);
	ids_load(cx, m, yaml_get(node, S("by")), &a->by);
	a->of_any = str_eq(yaml_str(of), S("any"));
	if (!a->of_any)
		a->of = expression_load(cx, m, of);
	form_load(m, yaml_get(node, S("form")), a);
	rules_load(cx, m, yaml_get(node, S("require")), &shape_rule, &a->require);
	rules_load(cx, m, yaml_get(node, S("warns")), &shape_rule, &a->warns);
	ids_load(cx, m, yaml_get(node, S("apart")), &a->apart);
	ids_load(cx, m, yaml_get(node, S("opens")), &a->opens);
	ids_load(cx, m, yaml_get(node, S("publishes")), &a->publishes);
	if (yaml_find(node, S("unpublishes")))
		yaml_bool(m, yaml_get(node, S("unpublishes")), &a->unpublishes);
	assignments_load(cx, m, yaml_get(node, S("set")), &a->set);
	then_load(cx, m, yaml_get(node, S("then")), a);
	manner_load(cx, m, node, a);
	if (!a->title.n)
		yaml_fault_key(m, node, "办理动作%.*s缺少标题 title", STR_ARG(a->id));
	if (!a->by.n)
		yaml_fault_key(
		    m, node, "办理动作%.*s缺少 by：谁可以办理", STR_ARG(a->id));
}

static void
gates_load(struct cx *cx, struct messages *m, const struct yaml_node *node,
    struct procedure_def *p)
{
	struct rule_list rules = { 0 };
	size_t i = 0;

	rules_load(cx, m, node, &shape_gate, &rules);
	if (node->kind != YAML_LIST || rules.n != node->n)
		return; /* a fault was told */
	for (yaml_each(item, node)) {
		struct gate_def *g = list_add(m->arena, &p->gates);

		g->rule = rules.v[i++];
		ids_load(cx, m, yaml_get(item, S("before")), &g->before);
		if (!g->before.n)
			yaml_fault(m, item, "前置条件%.*s缺少 before：哪些办理动作之前",
			    STR_ARG(g->rule.id));
	}
}

static void
lapse_load(
    struct cx *cx, struct messages *m, const struct yaml_node *node, struct clock_def *c)
{
	if (node->kind == YAML_NONE)
		return;
	shape_closed(m, node, &shape_lapse);
	if (yaml_find(node, S("unpublishes")))
		yaml_bool(m, yaml_get(node, S("unpublishes")), &c->lapse_unpublishes);
	c->lapse_stage = yaml_str(yaml_get(node, S("then")));
	c->deemed = yaml_str(yaml_get(node, S("deemed")));
	c->draft = yaml_str(yaml_get(node, S("draft")));
	assignments_load(cx, m, yaml_get(node, S("set")), &c->lapse_set);
}

static void
clock_load(struct cx *cx, struct messages *m, const struct yaml_node *node,
    struct procedure_def *p)
{
	struct clock_def *c = list_add(m->arena, &p->clocks);

	c->line = node->line;
	shape_closed(m, node, &shape_clock);
	c->id = yaml_str(yaml_get(node, S("id")));
	c->title = yaml_str(yaml_get(node, S("title")));
	c->basis = ids_joined(cx, m, yaml_get(node, S("basis")));
	ids_load(cx, m, yaml_get(node, S("from")), &c->from);
	ids_load(cx, m, yaml_get(node, S("until")), &c->until);
	ids_load(cx, m, yaml_get(node, S("before")), &c->before);
	if (yaml_find(node, S("restart")))
		yaml_bool(m, yaml_get(node, S("restart")), &c->restart);
	if (yaml_find(node, S("quiet")))
		yaml_bool(m, yaml_get(node, S("quiet")), &c->quiet);
	c->at = expression_load(cx, m, yaml_get(node, S("at")));
	c->when = expression_load(cx, m, yaml_get(node, S("when")));
	c->has_warn = term_def_load(cx, m, yaml_get(node, S("warn")), &c->warn);
	lapse_load(cx, m, yaml_get(node, S("lapse")), c);
	clock_parts_load(cx, m, node, c);
}

static void
mask_load(struct cx *cx, struct messages *m, const struct yaml_node *node,
    struct procedure_def *p)
{
	struct mask_def *mask = list_add(m->arena, &p->masks);

	shape_closed(m, node, &shape_mask);
	mask->line = node->line;
	mask->id = yaml_str(yaml_get(node, S("id")));
	mask->says = yaml_str(yaml_get(node, S("says")));
	mask->basis = ids_joined(cx, m, yaml_get(node, S("basis")));
	ids_load(cx, m, yaml_get(node, S("fields")), &mask->fields);
	mask->open = expression_load(cx, m, yaml_get(node, S("open")));
	if (!mask->id.n || !mask->fields.n || !mask->open)
		yaml_fault(m, node, "查阅限制须有 id、fields、open");
}

static void
mandatory_load(struct cx *cx, struct messages *m, const struct yaml_node *node,
    struct procedure_def *p)
{
	if (node->kind == YAML_NONE || !yaml_want(m, node, YAML_MAP))
		return;
	for (yaml_each(item, node)) {
		struct mandatory_def *out = list_add(m->arena, &p->mandatory);

		out->stage = item->key;
		out->line = item->key_line;
		if (item->kind != YAML_MAP) {
			ids_load(cx, m, item, &out->steps);
			continue;
		}
		shape_closed(m, item, &shape_mandatory);
		ids_load(cx, m, yaml_get(item, S("steps")), &out->steps);
		out->basis = ids_joined(cx, m, yaml_get(item, S("basis")));
	}
}

/* unit: an entry of units; name: a text; outcome: any single value. */
static void
field_named(struct messages *m, const struct yaml_node *root, struct str key,
    const struct field_list *fields)
{
	const struct yaml_node *node = yaml_get(root, key);
	const struct field *f = field_find(fields, yaml_str(node));
	bool fits = f != NULL;

	if (node->kind == YAML_NONE)
		return;
	if (!f)
		yaml_fault(m, node, "%.*s:没有字段“%.*s”", STR_ARG(key),
		    STR_ARG(yaml_str(node)));
	if (f && str_eq(key, S("unit")))
		fits = f->type == FIELD_ENTRY && f->of.n == 1 &&
		       str_eq(f->of.v[0], S("units"));
	else if (f && str_eq(key, S("name")))
		fits = (f->type == FIELD_TEXT || f->type == FIELD_LONG) && !f->personal;
	else if (f)
		fits = field_is_scalar(f) && !f->personal;
	if (f && !fits)
		yaml_fault(
		    m, node, "%.*s:字段“%.*s”的类型不合适", STR_ARG(key), STR_ARG(f->id));
}

void
procedure_load(struct cx *cx, struct messages *m, const struct yaml_node *root,
    struct procedure_def *p)
{
	shape_closed(m, root, &shape_procedure);
	p->id = yaml_str(yaml_get(root, S("procedure")));
	p->title = yaml_str(yaml_get(root, S("title")));
	p->unit = yaml_str(yaml_get(root, S("unit")));
	p->name = yaml_str(yaml_get(root, S("name")));
	p->outcome = yaml_str(yaml_get(root, S("outcome")));
	p->passes = expression_load(cx, m, yaml_get(root, S("passes")));
	in_force_load(m, yaml_get(root, S("in_force")), &p->from_day, &p->to_day);
	p->basis = ids_joined(cx, m, yaml_get(root, S("basis")));
	ids_load(cx, m, yaml_get(root, S("covers")), &p->covers);
	fields_load(cx, m, yaml_get(root, S("fields")), &p->fields);
	field_named(m, root, S("unit"), &p->fields);
	field_named(m, root, S("name"), &p->fields);
	field_named(m, root, S("outcome"), &p->fields);
	p->handlers = yaml_str(yaml_get(root, S("handlers")));
	stages_load(cx, m, root, p);
	mandatory_load(cx, m, yaml_get(root, S("mandatory")), p);
	for (yaml_each(item, yaml_get(root, S("children"))))
		child_load(cx, m, item, p);
	if (yaml_want(m, yaml_get(root, S("actions")), YAML_MAP))
		for (yaml_each(item, yaml_get(root, S("actions"))))
			action_load(cx, m, item, p);
	gates_load(cx, m, yaml_get(root, S("gates")), p);
	for (yaml_each(item, yaml_get(root, S("clocks"))))
		clock_load(cx, m, item, p);
	for (yaml_each(item, yaml_get(root, S("masks"))))
		mask_load(cx, m, item, p);
	ids_load(cx, m, yaml_get(root, S("corrects")), &p->corrects);
	ids_load(cx, m, yaml_get(root, S("destroys")), &p->destroys);
	ids_load(cx, m, yaml_get(root, S("unseals")), &p->unseals);
	p->registers_given = yaml_find(root, S("registers")) != NULL;
	ids_load(cx, m, yaml_get(root, S("registers")), &p->registers);
	lists_load(cx, m, yaml_get(root, S("lists")), &p->lists);
}
