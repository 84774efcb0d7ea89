/* DMN models as FEEL text; see tck_model.h. */
#include "tck_model.h"

#include "base/buf.h"
#include "base/map.h"

#define EACH(child, node, name)                                   \
	const struct xml_node *child = xml_find((node), S(name)); \
	child;                                                    \
	child = xml_again(child)

static bool
is_type_of(struct str typeref, const char *name)
{
	const size_t colon = str_find(typeref, S(":"), 0);

	if (colon != SIZE_MAX)
		typeref = str_sub(typeref, colon + 1, typeref.n);
	return str_eq(typeref, str_z(name));
}

static struct str
local_type(struct str typeref)
{
	const size_t colon = str_find(typeref, S(":"), 0);

	return colon == SIZE_MAX ? typeref : str_sub(typeref, colon + 1, typeref.n);
}

static const struct feel_type *type_named(
    struct cx *cx, const struct tck_model *m, struct str name, int depth);

static const struct feel_type *
type_of_item(
    struct cx *cx, const struct tck_model *m, const struct xml_node *item, int depth)
{
	struct feel_type *t = arena_new(cx->arena, struct feel_type), *list;
	const struct xml_node *ref = xml_find(item, S("typeRef"));
	LIST(struct feel_field) fields = { 0 };

	if (depth > 8)
		return t;
	for (EACH(component, item, "itemComponent"))
		*list_add(cx->arena,
		    &fields) = (struct feel_field){ xml_attribute(component, S("name")),
			type_of_item(cx, m, component, depth + 1) };
	if (fields.n)
		*t = (struct feel_type){
			.kind = FEEL_MAP, .fields = fields.v, .n = fields.n
		};
	else if (xml_find(item, S("functionItem")))
		t->kind = FEEL_FUNCTION;
	else if (ref)
		*t = *type_named(cx, m, str_trim(ref->text), depth + 1);
	if (!str_eq(xml_attribute(item, S("isCollection")), S("true")))
		return t;
	list = arena_new(cx->arena, struct feel_type);
	*list = (struct feel_type){ .kind = FEEL_LIST, .of = t };
	return list;
}

static const struct feel_type *
type_named(struct cx *cx, const struct tck_model *m, struct str name, int depth)
{
	static const struct {
		const char *name;
		struct feel_type type;
	} builtin[] = { { "number", { .kind = FEEL_NUMBER } },
		{ "string", { .kind = FEEL_TEXT } }, { "boolean", { .kind = FEEL_BOOL } },
		{ "date", { .kind = FEEL_DAY } }, { "time", { .kind = FEEL_TIME } },
		{ "date and time", { .kind = FEEL_INSTANT } },
		{ "dateTime", { .kind = FEEL_INSTANT } },
		{ "days and time duration", { .kind = FEEL_DURATION } },
		{ "dayTimeDuration", { .kind = FEEL_DURATION } },
		{ "years and months duration", { .kind = FEEL_MONTHS } },
		{ "yearMonthDuration", { .kind = FEEL_MONTHS } },
		{ "context", { .kind = FEEL_MAP } }, { "Any", { .kind = FEEL_ANY } } };
	static const struct feel_type any;

	for (size_t i = 0; i < sizeof builtin / sizeof *builtin; i++)
		if (is_type_of(name, builtin[i].name))
			return &builtin[i].type;
	for (EACH(item, m->root, "itemDefinition"))
		if (str_eq(xml_attribute(item, S("name")), local_type(name)))
			return type_of_item(cx, m, item, depth);
	return &any;
}

/* Every name of several words that the model declares anywhere. */
static void
collect_names(struct cx *cx, const struct xml_node *node, struct feel_name_list *out)
{
	const struct str name = xml_attribute(node, S("name"));

	for (size_t i = 0; i < name.n; i++)
		if (name.p[i] == ' ' || name.p[i] == '-' || name.p[i] == '\'' ||
		    name.p[i] == '+' || name.p[i] == '/' || name.p[i] == '*') {
			*list_add(cx->arena, out) = name;
			break;
		}
	for (const struct xml_node *c = node->first; c; c = c->next)
		collect_names(cx, c, out);
}

enum err
tck_load(struct cx *cx, struct str text, struct tck_model *out)
{
	struct feel_name_list names = { 0 };
	LIST(struct feel_field) types = { 0 };
	struct xml_node *root;

	TRY(xml_parse(cx, text, &root));
	*out = (struct tck_model){ .root = root };
	collect_names(cx, root, &names);
	for (EACH(item, root, "itemDefinition")) {
		const struct str name = xml_attribute(item, S("name"));

		*list_add(cx->arena, &types) = (struct feel_field){ name,
			type_of_item(cx, out, item, 0) };
	}
	out->scope.names = names.v;
	out->scope.n = names.n;
	out->scope.types = types.v;
	out->scope.n_types = types.n;
	return ERR_OK;
}

static void put_box(struct buf *b, const struct xml_node *e);

static const struct xml_node *
box_inside(const struct xml_node *node)
{
	static const char *const kinds[] = { "literalExpression", "context", "list",
		"relation", "invocation", "functionDefinition", "decisionTable" };

	for (const struct xml_node *c = node->first; c; c = c->next)
		for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
			if (str_eq(c->name, str_z(kinds[i])))
				return c;
	return NULL;
}

static void
put_inside(struct buf *b, const struct xml_node *node)
{
	const struct xml_node *box = box_inside(node);

	if (box)
		put_box(b, box);
	else
		buf_put(b, S("null"));
}

static struct str
text_of(const struct xml_node *node)
{
	const struct xml_node *text = node ? xml_find(node, S("text")) : NULL;

	return text ? str_trim(text->text) : S("");
}

static void
put_literal(struct buf *b, const struct xml_node *e)
{
	const struct str text = text_of(e);

	buf_put(b, S("("));
	buf_put(b, text.n ? text : S("null"));
	buf_put(b, S("\n)")); /* the text may end in a comment */
}

static void
put_context(struct buf *b, const struct xml_node *e)
{
	bool result = false, first = true;

	buf_put(b, S("{"));
	for (EACH(entry, e, "contextEntry")) {
		const struct xml_node *variable = xml_find(entry, S("variable"));

		buf_put(b, first ? S("") : S(", "));
		first = false;
		result = result || !variable;
		buf_put(b, variable ? xml_attribute(variable, S("name")) : S("__result"));
		buf_put(b, S(": "));
		put_inside(b, entry);
	}
	buf_put(b, result ? S("}.__result") : S("}"));
}

static void
put_relation(struct buf *b, const struct xml_node *e)
{
	bool first_row = true;

	buf_put(b, S("["));
	for (EACH(row, e, "row")) {
		const struct xml_node *column = xml_find(e, S("column"));
		bool first = true;

		buf_put(b, first_row ? S("{") : S(", {"));
		first_row = false;
		for (const struct xml_node *cell = row->first; cell && column;
		     cell = cell->next, column = xml_again(column)) {
			buf_put(b, first ? S("") : S(", "));
			first = false;
			buf_put(b, xml_attribute(column, S("name")));
			buf_put(b, S(": "));
			put_box(b, cell);
		}
		buf_put(b, S("}"));
	}
	buf_put(b, S("]"));
}

static void
put_invocation(struct buf *b, const struct xml_node *e)
{
	bool first = true;

	buf_put(b, text_of(xml_find(e, S("literalExpression"))));
	buf_put(b, S("("));
	for (EACH(binding, e, "binding")) {
		buf_put(b, first ? S("") : S(", "));
		first = false;
		buf_put(b, xml_attribute(xml_find(binding, S("parameter")), S("name")));
		buf_put(b, S(": "));
		put_inside(b, binding);
	}
	buf_put(b, S(")"));
}

static void
put_function(struct buf *b, const struct xml_node *e)
{
	bool first = true;

	buf_put(b, S("(function("));
	for (EACH(p, e, "formalParameter")) {
		const struct str type = local_type(xml_attribute(p, S("typeRef")));

		buf_put(b, first ? S("") : S(", "));
		first = false;
		buf_put(b, xml_attribute(p, S("name")));
		if (type.n && !str_has(type, S("uration"))) {
			buf_put(b, S(": "));
			buf_put(
			    b, str_eq(type, S("dateTime")) ? S("date and time") : type);
		}
	}
	buf_put(b, S(") "));
	put_inside(b, e);
	buf_put(b, S(")"));
}

static void
put_rule_condition(
    struct buf *b, const struct xml_node *table, const struct xml_node *rule)
{
	const struct xml_node *input = xml_find(table, S("input"));
	bool any = false;

	for (EACH(entry, rule, "inputEntry")) {
		const struct str test = text_of(entry);
		const struct str of = text_of(xml_find(input, S("inputExpression")));

		if (!str_eq(test, S("-")) && test.n) {
			const bool negated = str_starts(test, S("not("));

			buf_put(b, any ? S(" and ") : S(""));
			any = true;
			if (negated)
				buf_fmt(b, "not((%.*s) in (%.*s)", STR_ARG(of),
				    STR_ARG(str_sub(test, 4, test.n)));
			else
				buf_fmt(
				    b, "(%.*s) in (%.*s)", STR_ARG(of), STR_ARG(test));
		}
		input = xml_again(input);
	}
	buf_put(b, any ? S("") : S("true"));
}

static void
put_rule_output(struct buf *b, const struct xml_node *table, const struct xml_node *rule)
{
	const struct xml_node *output = xml_find(table, S("output"));
	const bool several = xml_again(output) != NULL;
	bool first = true;

	buf_put(b, several ? S("{") : S(""));
	for (EACH(entry, rule, "outputEntry")) {
		buf_put(b, first ? S("") : S(", "));
		first = false;
		if (several)
			buf_fmt(b, "%.*s: ", STR_ARG(xml_attribute(output, S("name"))));
		put_literal(b, entry);
		output = xml_again(output);
	}
	buf_put(b, several ? S("}") : S(""));
}

/* Sorted by the declared order of output values: the hits, by each output, last first. */
static void
put_by_priority(struct buf *b, const struct xml_node *table, struct str hits)
{
	const struct xml_node *output = xml_find(table, S("output"));
	struct buf order = { .arena = b->arena };
	bool several = output && xml_again(output);

	buf_put(&order, hits);
	for (; output; output = xml_again(output)) {
		const struct str values = text_of(xml_find(output, S("outputValues")));
		struct buf next = { .arena = b->arena };

		if (!values.n)
			continue;
		if (several)
			buf_fmt(&next,
			    "sort(%.*s, function(x, y) index of([%.*s], x.%.*s)[1] < "
			    "index of([%.*s], y.%.*s)[1])",
			    STR_ARG(buf_str(&order)), STR_ARG(values),
			    STR_ARG(xml_attribute(output, S("name"))), STR_ARG(values),
			    STR_ARG(xml_attribute(output, S("name"))));
		else
			buf_fmt(&next,
			    "sort(%.*s, function(x, y) index of([%.*s], x)[1] < "
			    "index of([%.*s], y)[1])",
			    STR_ARG(buf_str(&order)), STR_ARG(values), STR_ARG(values));
		order = next;
	}
	buf_put(b, buf_str(&order));
}

static void
put_table(struct buf *b, const struct xml_node *table)
{
	struct str policy = xml_attribute(table, S("hitPolicy"));
	const struct str by = xml_attribute(table, S("aggregation"));
	const struct xml_node *output = xml_find(table, S("output"));
	const struct xml_node *fallback = xml_find(output, S("defaultOutputEntry"));

	if (!policy.n)
		policy = S("UNIQUE");
	buf_put(b, S("{__hits: concatenate([]"));
	for (EACH(rule, table, "rule")) {
		buf_put(b, S(", if "));
		put_rule_condition(b, table, rule);
		buf_put(b, S(" then ["));
		put_rule_output(b, table, rule);
		buf_put(b, S("] else []"));
	}
	buf_put(b, S("), __result: "));
	if (fallback)
		buf_fmt(b, "if count(__hits) = 0 then %.*s else ",
		    STR_ARG(text_of(fallback)));
	else if (!str_eq(policy, S("COLLECT")))
		buf_put(b, S("if count(__hits) = 0 then null else "));
	if (str_eq(policy, S("UNIQUE")))
		buf_put(b, S("if count(__hits) > 1 then null else __hits[1]"));
	else if (str_eq(policy, S("ANY")))
		buf_put(b,
		    S("if count(distinct values(__hits)) > 1 then null else __hits[1]"));
	else if (str_eq(policy, S("FIRST")))
		buf_put(b, S("__hits[1]"));
	else if (str_eq(policy, S("PRIORITY")) || str_eq(policy, S("OUTPUT ORDER"))) {
		put_by_priority(b, table, S("__hits"));
		buf_put(b, str_eq(policy, S("PRIORITY")) ? S("[1]") : S(""));
	} else if (str_eq(by, S("SUM")) || str_eq(by, S("MIN")) || str_eq(by, S("MAX")) ||
		   str_eq(by, S("COUNT")))
		buf_fmt(b, "%s(__hits)",
		    by.p[0] == 'S'   ? "sum"
		    : by.p[0] == 'C' ? "count"
		    : by.p[1] == 'I' ? "min"
				     : "max");
	else
		buf_put(b, S("__hits"));
	buf_put(b, S("}.__result"));
}

static void
put_box(struct buf *b, const struct xml_node *e)
{
	bool first = true;

	if (str_eq(e->name, S("context"))) {
		put_context(b, e);
	} else if (str_eq(e->name, S("relation"))) {
		put_relation(b, e);
	} else if (str_eq(e->name, S("invocation"))) {
		put_invocation(b, e);
	} else if (str_eq(e->name, S("functionDefinition")) ||
		   str_eq(e->name, S("encapsulatedLogic"))) {
		put_function(b, e);
	} else if (str_eq(e->name, S("decisionTable"))) {
		put_table(b, e);
	} else if (str_eq(e->name, S("list"))) {
		buf_put(b, S("["));
		for (const struct xml_node *c = e->first; c; c = c->next) {
			buf_put(b, first ? S("") : S(", "));
			first = false;
			put_box(b, c);
		}
		buf_put(b, S("]"));
	} else {
		put_literal(b, e);
	}
}

/* One evaluation of a model: calls of decision services come back here. */
struct session {
	struct cx *cx;
	const struct tck_model *m;
	const struct value *inputs;
	int depth;
};

static struct value evaluate(struct session *s, const struct xml_node *node);

static const struct xml_node *
by_attribute(const struct tck_model *m, struct str attribute, struct str value)
{
	for (const struct xml_node *c = m->root->first; c; c = c->next)
		if (str_eq(xml_attribute(c, attribute), value))
			return c;
	return NULL;
}

static const struct xml_node *
by_href(const struct tck_model *m, const struct xml_node *ref)
{
	const struct str href = xml_attribute(ref, S("href"));
	const size_t at = str_rfind(href, S("#"));

	return by_attribute(
	    m, S("id"), at == SIZE_MAX ? href : str_sub(href, at + 1, href.n));
}

/* An argument that its input's type cannot take makes the whole call null. */
static bool
fits(struct session *s, const struct xml_node *input, const struct value *v)
{
	struct feel_run run = { .arena = s->cx->arena };
	const struct xml_node *variable = xml_find(input, S("variable"));
	const struct value converted = feel_convert(&run, *v,
	    variable ? type_named(s->cx, s->m, xml_attribute(variable, S("typeRef")), 0)
		     : NULL);

	return value_is_null(v) || !value_is_null(&converted);
}

static bool
call_service(
    void *self, struct str name, const struct value *args, size_t n, struct value *out)
{
	struct session inner = *(struct session *)self;
	const struct xml_node *service = by_attribute(inner.m, S("name"), name),
			      *decision;
	struct value inputs = value_map();
	size_t i = 0;

	if (!service || !str_eq(service->name, S("decisionService")) || inner.depth > 8)
		return true;
	for (int pass = 0; pass < 2; pass++)
		for (const struct xml_node *ref =
			 xml_find(service, pass ? S("inputDecision") : S("inputData"));
		     ref; ref = xml_again(ref)) {
			const struct xml_node *input = by_href(inner.m, ref);

			if (!input || i >= n)
				continue;
			if (!fits(&inner, input, &args[i]))
				return true;
			value_set(inner.cx->arena, &inputs,
			    xml_attribute(input, S("name")), args[i++]);
		}
	if (i != n)
		return true;
	inner.inputs = &inputs;
	inner.depth++;
	decision = xml_find(service, S("outputDecision"));
	if (decision && !xml_again(decision)) {
		*out = evaluate(&inner, by_href(inner.m, decision));
		return true;
	}
	for (EACH(ref, service, "outputDecision"))
		value_set(inner.cx->arena, out,
		    xml_attribute(by_href(inner.m, ref), S("name")),
		    evaluate(&inner, by_href(inner.m, ref)));
	return true;
}

static void
add_required(struct session *s, const struct xml_node *node, struct value *map)
{
	for (const struct xml_node *r = node->first; r; r = r->next) {
		const struct xml_node *ref = r->first, *found;

		if (!str_eq(r->name, S("informationRequirement")) &&
		    !str_eq(r->name, S("knowledgeRequirement")))
			continue;
		found = ref ? by_href(s->m, ref) : NULL;
		if (found && !str_eq(found->name, S("decisionService")))
			value_set(s->cx->arena, map, xml_attribute(found, S("name")),
			    evaluate(s, found));
	}
}

static const struct xml_node *
given(const struct session *s, struct str name, struct value *out)
{
	for (size_t i = 0; i < s->inputs->map.n; i++)
		if (str_eq(s->inputs->map.pairs[i].key, name)) {
			*out = s->inputs->map.pairs[i].value;
			return s->m->root;
		}
	return NULL;
}

static struct value
evaluate(struct session *s, const struct xml_node *node)
{
	const struct xml_node *variable = xml_find(node, S("variable"));
	struct messages messages = { .arena = s->cx->arena };
	struct value *map = arena_new(s->cx->arena, struct value), out = value_null();
	struct feel_vars *vars = arena_new(s->cx->arena, struct feel_vars);
	struct feel_run run = { .arena = s->cx->arena, .call = call_service, .self = s };
	struct buf b = { .arena = s->cx->arena };
	const struct feel *tree;
	const struct feel_type *type = variable
					   ? type_named(s->cx, s->m,
						 xml_attribute(variable, S("typeRef")), 0)
					   : NULL;

	if (given(s, xml_attribute(node, S("name")), &out))
		return feel_convert(&run, out, type);
	if (++s->depth > 20)
		return value_null();
	*map = value_map();
	*vars = (struct feel_vars){ .map = map };
	run.vars = vars;
	add_required(s, node, map);
	if (str_eq(node->name, S("businessKnowledgeModel"))) {
		const struct xml_node *logic = xml_find(node, S("encapsulatedLogic"));

		type = NULL;
		if (logic)
			put_box(&b, logic);
	} else {
		put_inside(&b, node);
	}
	if (feel_parse(s->cx, buf_str(&b), &s->m->scope, &tree, &messages) == ERR_OK)
		out = feel_eval(&run, tree);
	s->depth--;
	return feel_convert(&run, out, type);
}

struct value
tck_evaluate(
    struct cx *cx, const struct tck_model *m, struct str name, const struct value *inputs)
{
	struct session s = { .cx = cx, .m = m, .inputs = inputs };
	const struct xml_node *node = by_attribute(m, S("name"), name);
	struct value out = value_null();

	for (const struct xml_node *c = m->root->first; c; c = c->next)
		if (str_eq(c->name, S("decision")) &&
		    str_eq(xml_attribute(c, S("name")), name))
			node = c;
	if (node && str_eq(node->name, S("decisionService"))) {
		call_service(&s, name, NULL, 0, &out);
		return out;
	}
	return node ? evaluate(&s, node) : value_null();
}
