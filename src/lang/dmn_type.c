/* Item definitions of a decision model as types of FEEL. */
#include "lang/dmn_model.h"

enum { TYPE_DEPTH = 8 }; /* a type that holds itself ends as anything */

static const struct feel_type *type_named(
    struct dmn_reader *r, const struct dmn_file *file, struct str name, int depth);

/* The tests of a type and those of the type that it is made from. */
static const struct feel *
tests_joined(struct dmn_reader *r, const struct feel *a, const struct feel *b)
{
	struct feel *e;

	if (!a || !b)
		return a ? a : b;
	e = arena_new(r->cx->arena, struct feel);
	e->kind = F_BINARY;
	e->op = OP_AND;
	e->uses_input = true;
	e->kids = arena_array(r->cx->arena, const struct feel *, 2);
	e->kids[0] = a;
	e->kids[1] = b;
	e->n = 2;
	return e;
}

static struct feel_type *
list_of(struct dmn_reader *r, const struct feel_type *of)
{
	struct feel_type *list = arena_new(r->cx->arena, struct feel_type);

	*list = (struct feel_type){ .kind = FEEL_LIST, .of = of };
	return list;
}

/* A functionItem: parameters and what comes back. */
static void
function_type(struct dmn_reader *r, const struct dmn_file *file,
    const struct xml_node *node, struct feel_type *t, int depth)
{
	LIST(struct feel_field) parameters = { 0 };

	for (DMN_EACH(p, node, "parameters"))
		*list_add(r->cx->arena,
		    &parameters) = (struct feel_field){ xml_attribute(p, S("name")),
			type_named(r, file, xml_attribute(p, S("typeRef")), depth) };
	t->kind = FEEL_FUNCTION;
	t->fields = parameters.v;
	t->n = parameters.n;
	t->of = type_named(r, file, xml_attribute(node, S("outputTypeRef")), depth);
}

static const struct feel_type *
item_type(struct dmn_reader *r, const struct dmn_file *file, const struct xml_node *item,
    int depth)
{
	struct feel_type *t = arena_new(r->cx->arena, struct feel_type);
	const struct xml_node *ref = xml_find(item, S("typeRef"));
	const struct xml_node *function = xml_find(item, S("functionItem"));
	const struct xml_node *allowed = xml_find(item, S("allowedValues"));
	const struct xml_node *constraint = xml_find(item, S("typeConstraint"));
	LIST(struct feel_field) fields = { 0 };

	if (depth > TYPE_DEPTH)
		return t;
	for (DMN_EACH(component, item, "itemComponent"))
		*list_add(r->cx->arena,
		    &fields) = (struct feel_field){ xml_attribute(component, S("name")),
			item_type(r, file, component, depth + 1) };
	if (fields.n)
		*t = (struct feel_type){
			.kind = FEEL_MAP, .fields = fields.v, .n = fields.n
		};
	else if (function)
		function_type(r, file, function, t, depth + 1);
	else if (ref)
		*t = *type_named(r, file, str_trim(ref->text), depth + 1);
	if (allowed)
		t->allowed = tests_joined(r, t->allowed, dmn_tests(r, allowed));
	if (str_eq(xml_attribute(item, S("isCollection")), S("true")))
		t = list_of(r, t);
	if (constraint) /* of a collection: of the list itself, not of its items */
		t->allowed = tests_joined(r, t->allowed, dmn_tests(r, constraint));
	return t;
}

/* Without the prefix of the language of types: "feel:number". */
static struct str
local(struct str name)
{
	const size_t colon = str_find(name, S(":"), 0);

	return colon == SIZE_MAX ? name : str_sub(name, colon + 1, name.n);
}

static const struct feel_type *
imported_type(
    struct dmn_reader *r, const struct dmn_file *file, struct str name, int depth)
{
	for (size_t i = 0; i < file->imports.n; i++) {
		const struct dmn_import *import = &file->imports.v[i];
		const struct str head = str_sub(name, 0, import->name.n);

		if (import->file && name.n > head.n + 1 && name.p[head.n] == '.' &&
		    str_eq(head, import->name))
			return type_named(
			    r, import->file, str_sub(name, head.n + 1, name.n), depth);
	}
	return NULL;
}

static const struct feel_type *
type_named(struct dmn_reader *r, const struct dmn_file *file, struct str name, int depth)
{
	static const struct {
		struct str name;
		struct feel_type type;
	} builtin[] = {
		{ S("number"), { .kind = FEEL_NUMBER } },
		{ S("string"), { .kind = FEEL_TEXT } },
		{ S("boolean"), { .kind = FEEL_BOOL } },
		{ S("date"), { .kind = FEEL_DAY } },
		{ S("time"), { .kind = FEEL_TIME } },
		{ S("date and time"), { .kind = FEEL_INSTANT } },
		{ S("dateTime"), { .kind = FEEL_INSTANT } },
		{ S("days and time duration"), { .kind = FEEL_DURATION } },
		{ S("dayTimeDuration"), { .kind = FEEL_DURATION } },
		{ S("years and months duration"), { .kind = FEEL_MONTHS } },
		{ S("yearMonthDuration"), { .kind = FEEL_MONTHS } },
		{ S("context"), { .kind = FEEL_MAP } },
		{ S("Any"), { .kind = FEEL_ANY } },
	};
	static const struct feel_type any;
	const struct feel_type *imported;
	const struct str plain = local(name);

	for (size_t i = 0; i < sizeof builtin / sizeof *builtin; i++)
		if (str_eq(plain, builtin[i].name))
			return &builtin[i].type;
	for (DMN_EACH(item, file->xml, "itemDefinition"))
		if (str_eq(xml_attribute(item, S("name")), plain))
			return item_type(r, file, item, depth);
	imported = imported_type(r, file, plain, depth);
	return imported ? imported : &any;
}

const struct feel_type *
dmn_type(struct dmn_reader *r, struct str name)
{
	return name.n ? type_named(r, r->file, name, 0) : NULL;
}

void
dmn_types(struct dmn_reader *r)
{
	for (DMN_EACH(item, r->file->xml, "itemDefinition"))
		*list_add(r->cx->arena, &r->file->types) = (struct feel_field){
			xml_attribute(item, S("name")), item_type(r, r->file, item, 0)
		};
	r->file->scope.types = r->file->types.v;
	r->file->scope.n_types = r->file->types.n;
}
