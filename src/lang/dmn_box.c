/*
 * Boxed expressions as trees: each box is what FEEL could also have said in a line, so it
 * becomes the same node. Only the texts in the boxes are parsed.
 */
#include "lang/dmn_model.h"

#include <stdarg.h>

#include "lang/messages.h"

static const struct feel *box(struct dmn_reader *r, const struct xml_node *e);

void
dmn_fault(struct dmn_reader *r, const struct xml_node *at, const char *fmt, ...)
{
	struct str text;
	va_list ap;

	va_start(ap, fmt);
	text = str_vfmt(r->cx->arena, fmt, ap);
	va_end(ap);
	message_put(r->m, at->line, 1, "%.*s", STR_ARG(text));
}

struct str
dmn_text(const struct xml_node *node)
{
	const struct xml_node *text = node ? xml_find(node, S("text")) : NULL;

	return text ? str_trim(text->text) : S("");
}

static struct feel *
node(struct dmn_reader *r, const struct xml_node *e, enum feel_kind kind, size_t n_kids)
{
	struct feel *out = arena_new(r->cx->arena, struct feel);

	out->kind = kind;
	out->line = e->line;
	out->column = 1;
	out->text = e->name;
	out->kids = arena_array(r->cx->arena, const struct feel *, n_kids);
	out->n = n_kids;
	return out;
}

/* What is not there, or cannot be read, is null. */
static const struct feel *
or_null(struct dmn_reader *r, const struct xml_node *e, const struct feel *kid)
{
	return kid ? kid : node(r, e, F_LITERAL, 0);
}

/* Where the text stands: messages name the line of its element. */
static struct feel_scope
scope_at(const struct dmn_reader *r, const struct xml_node *e)
{
	struct feel_scope scope = r->file->scope;

	scope.line = e->line;
	return scope;
}

const struct feel *
dmn_tests(struct dmn_reader *r, const struct xml_node *e)
{
	const struct feel_scope scope = scope_at(r, e);
	const struct str text = dmn_text(e);
	const struct feel *out;

	if (!text.n || feel_parse_tests(r->cx, text, &scope, &out, r->m) != ERR_OK)
		return NULL;
	return out;
}

static const struct feel *
literal(struct dmn_reader *r, const struct xml_node *e)
{
	const struct feel_scope scope = scope_at(r, e);
	const struct str language = xml_attribute(e, S("expressionLanguage"));
	const struct str text = dmn_text(e);
	const struct feel *out;

	if (language.n && !str_has(language, S("FEEL")) &&
	    !str_has(language, S("feel"))) {
		dmn_fault(r, e, "不支持语言 %.*s", STR_ARG(language));
		return NULL;
	}
	if (!text.n || feel_parse(r->cx, text, &scope, &out, r->m) != ERR_OK)
		return NULL;
	return out;
}

static size_t
count(const struct xml_node *e, struct str tag)
{
	size_t n = 0;

	for (const struct xml_node *c = xml_find(e, tag); c; c = xml_again(c))
		n++;
	return n;
}

/* The type that an entry's variable declares. */
static const struct feel *
typed(struct dmn_reader *r, const struct xml_node *at, struct str type,
    const struct feel *kid)
{
	struct feel *out;

	if (!kid || !type.n)
		return kid;
	out = node(r, at, F_AS, 1);
	out->kids[0] = kid;
	out->type = dmn_type(r, type);
	return out;
}

static const struct feel *
context(struct dmn_reader *r, const struct xml_node *e)
{
	const size_t n = count(e, S("contextEntry"));
	struct feel *out = node(r, e, F_CONTEXT, n);
	struct str *names = arena_array(r->cx->arena, struct str, n);
	const struct xml_node *result = NULL;
	size_t i = 0;

	for (DMN_EACH(entry, e, "contextEntry")) {
		const struct xml_node *variable = xml_find(entry, S("variable"));
		const struct feel *kid;

		if (!variable) {
			result = entry;
			continue;
		}
		kid = or_null(r, entry, dmn_box_inside(r, entry));
		names[i] = xml_attribute(variable, S("name"));
		out->kids[i++] = typed(
		    r, entry, xml_attribute(variable, S("typeRef")), kid);
	}
	out->names = names;
	out->n_names = out->n = i;
	if (result)
		out->kids[out->n++] = or_null(r, result, dmn_box_inside(r, result));
	return out;
}

static const struct feel *
list(struct dmn_reader *r, const struct xml_node *e)
{
	struct feel *out;
	size_t n = 0;

	for (const struct xml_node *c = e->first; c; c = c->next)
		n++;
	out = node(r, e, F_LIST, n);
	out->n = 0;
	for (const struct xml_node *c = e->first; c; c = c->next) {
		const struct feel *kid = box(r, c);

		if (kid)
			out->kids[out->n++] = kid;
	}
	return out;
}

/* A list of contexts: the columns name the entries. */
static const struct feel *
relation(struct dmn_reader *r, const struct xml_node *e)
{
	const size_t columns = count(e, S("column"));
	struct feel *out = node(r, e, F_LIST, count(e, S("row")));
	struct str *names = arena_array(r->cx->arena, struct str, columns);
	size_t i = 0;

	for (DMN_EACH(column, e, "column"))
		names[i++] = xml_attribute(column, S("name"));
	i = 0;
	for (DMN_EACH(row, e, "row")) {
		struct feel *map = node(r, row, F_CONTEXT, columns);

		map->names = names;
		map->n = 0;
		for (const struct xml_node *c = row->first; c && map->n < columns;
		     c = c->next)
			map->kids[map->n++] = or_null(r, c, box(r, c));
		map->n_names = map->n;
		out->kids[i++] = map;
	}
	return out;
}

static const struct feel *
invocation(struct dmn_reader *r, const struct xml_node *e)
{
	const size_t n = count(e, S("binding"));
	struct feel *out = node(r, e, F_CALL, n + 1);
	struct str *names = arena_array(r->cx->arena, struct str, n);
	size_t i = 0;

	out->kids[0] = or_null(r, e, dmn_box_inside(r, e));
	for (DMN_EACH(binding, e, "binding")) {
		const struct xml_node *parameter = xml_find(binding, S("parameter"));

		names[i++] = parameter ? xml_attribute(parameter, S("name")) : S("");
		out->kids[i] = or_null(r, binding, dmn_box_inside(r, binding));
	}
	out->names = names;
	out->n_names = n;
	return out;
}

/* The names of parameters are known in the body only: "Person.Name" may be one, and a
 * path everywhere else. Gives how many names there were. */
static size_t
names_enter(struct dmn_reader *r, const struct str *names, size_t n)
{
	const size_t before = r->file->names.n;

	for (size_t i = 0; i < n; i++)
		*list_add(r->cx->arena, &r->file->names) = names[i];
	r->file->scope.names = r->file->names.v;
	r->file->scope.n = r->file->names.n;
	return before;
}

static void
names_leave(struct dmn_reader *r, size_t before)
{
	r->file->scope.n = r->file->names.n = before;
}

const struct feel *
dmn_function(struct dmn_reader *r, const struct xml_node *e)
{
	const size_t n = count(e, S("formalParameter"));
	struct feel *out = node(r, e, F_FUNCTION, 1);
	struct str *names = arena_array(r->cx->arena, struct str, n);
	const struct feel_type **types = arena_array(
	    r->cx->arena, const struct feel_type *, n);
	const struct str kind = xml_attribute(e, S("kind"));
	size_t i = 0, before;

	if (kind.n && !str_eq(kind, S("FEEL"))) {
		dmn_fault(r, e, "不支持外部函数");
		return NULL;
	}
	for (DMN_EACH(p, e, "formalParameter")) {
		names[i] = xml_attribute(p, S("name"));
		types[i++] = dmn_type(r, xml_attribute(p, S("typeRef")));
	}
	out->names = names;
	out->n_names = n;
	out->types = types;
	before = names_enter(r, names, n);
	out->kids[0] = or_null(
	    r, e, typed(r, e, xml_attribute(e, S("typeRef")), dmn_box_inside(r, e)));
	names_leave(r, before);
	return out;
}

/* if, filter, for, every, some: boxes with named parts. */
static const struct feel *
parts(struct dmn_reader *r, const struct xml_node *e, enum feel_kind kind,
    const char *const *tags, size_t n)
{
	struct feel *out = node(r, e, kind, n);
	const struct str variable = xml_attribute(e, S("iteratorVariable"));

	for (size_t i = 0; i < n; i++) {
		const struct xml_node *part = xml_find(e, str_z(tags[i]));

		out->kids[i] = or_null(r, e, part ? dmn_box_inside(r, part) : NULL);
	}
	if (variable.n) {
		struct str *names = arena_new(r->cx->arena, struct str);

		*names = variable;
		out->names = names;
		out->n_names = 1;
	}
	return out;
}

enum box {
	BOX_LITERAL,
	BOX_CONTEXT,
	BOX_LIST,
	BOX_RELATION,
	BOX_INVOCATION,
	BOX_FUNCTION,
	BOX_TABLE,
	BOX_IF,
	BOX_FILTER,
	BOX_FOR,
	BOX_EVERY,
	BOX_SOME,
	BOX_NONE,
};

static enum box
box_kind(const struct xml_node *e)
{
	static const char *const tags[] = {
		[BOX_LITERAL] = "literalExpression",
		[BOX_CONTEXT] = "context",
		[BOX_LIST] = "list",
		[BOX_RELATION] = "relation",
		[BOX_INVOCATION] = "invocation",
		[BOX_FUNCTION] = "functionDefinition",
		[BOX_TABLE] = "decisionTable",
		[BOX_IF] = "conditional",
		[BOX_FILTER] = "filter",
		[BOX_FOR] = "for",
		[BOX_EVERY] = "every",
		[BOX_SOME] = "some",
	};

	for (size_t i = 0; i < sizeof tags / sizeof *tags; i++)
		if (str_eq(e->name, str_z(tags[i])))
			return (enum box)i;
	return BOX_NONE;
}

static const struct feel *
box_of(struct dmn_reader *r, const struct xml_node *e, enum box kind)
{
	static const char *const if_tags[] = { "if", "then", "else" },
				 *const filter_tags[] = { "in", "match" },
				 *const for_tags[] = { "in", "return" },
				 *const test_tags[] = { "in", "satisfies" };

	switch (kind) {
	case BOX_LITERAL:
		return literal(r, e);
	case BOX_CONTEXT:
		return context(r, e);
	case BOX_LIST:
		return list(r, e);
	case BOX_RELATION:
		return relation(r, e);
	case BOX_INVOCATION:
		return invocation(r, e);
	case BOX_FUNCTION:
		return dmn_function(r, e);
	case BOX_TABLE:
		return dmn_table(r, e);
	case BOX_IF:
		return parts(r, e, F_IF, if_tags, 3);
	case BOX_FILTER:
		return parts(r, e, F_FILTER, filter_tags, 2);
	case BOX_FOR:
		return parts(r, e, F_FOR, for_tags, 2);
	case BOX_EVERY:
		return parts(r, e, F_EVERY, test_tags, 2);
	case BOX_SOME:
		return parts(r, e, F_SOME, test_tags, 2);
	case BOX_NONE:
		break;
	}
	return NULL;
}

/* A function's own typeRef is of what it gives, which dmn_function looks at. */
static const struct feel *
box(struct dmn_reader *r, const struct xml_node *e)
{
	const enum box kind = box_kind(e);
	const struct feel *out = box_of(r, e, kind);

	return kind == BOX_FUNCTION ? out
				    : typed(r, e, xml_attribute(e, S("typeRef")), out);
}

const struct feel *
dmn_box_inside(struct dmn_reader *r, const struct xml_node *e)
{
	for (const struct xml_node *c = e->first; c; c = c->next)
		if (box_kind(c) != BOX_NONE)
			return box(r, c);
	return NULL;
}
