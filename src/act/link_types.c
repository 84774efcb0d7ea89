/*
 * Expressions are checked before anything runs: unknown names and functions, conditions
 * that are no conditions, fields that an entry does not have.
 */
#include "act/link.h"

#include "lang/feel.h"

struct typing {
	struct cx *cx;
	struct messages *m;
	struct defs *d;
	LIST(struct feel_field) names;
};

static const struct feel_type any_type = { .kind = FEEL_ANY };
static const struct feel_type bool_type = { .kind = FEEL_BOOL };
static const struct feel_type number_type = { .kind = FEEL_NUMBER };
static const struct feel_type text_type = { .kind = FEEL_TEXT };
static const struct feel_type day_type = { .kind = FEEL_DAY };

static const struct feel_signature engine_calls[] = {
	{ S("passed"), 1, 1, &bool_type },
	{ S("open"), 1, 1, &bool_type },
	{ S("outcome"), 1, 1, &any_type },
	{ S("all_closed"), 1, 1, &bool_type },
	{ S("children"), 1, 1, &any_type },
	{ S("find"), 2, 2, &any_type },
	{ S("entries"), 3, 3, &any_type },
	{ S("total"), 3, 3, &any_type },
	{ S("param"), 1, 1, &number_type },
};

static const struct feel_type *type_of(struct arena *a, const struct field *f);

static const struct feel_type *
reference_type(struct arena *a, const struct field *f)
{
	struct feel_type *t;

	if (f->of.n != 1)
		return &any_type;
	t = arena_new(a, struct feel_type);
	*t = (struct feel_type){ .kind = FEEL_ENTRY, .name = f->of.v[0] };
	return t;
}

static const struct feel_type *
row_type(struct arena *a, const struct field_list *columns)
{
	struct feel_type *row = arena_new(a, struct feel_type);
	LIST(struct feel_field) fields = { 0 };

	for (size_t i = 0; i < columns->n; i++)
		if (!columns->v[i].personal)
			*list_add(a, &fields) = (struct feel_field){ columns->v[i].name,
				type_of(a, &columns->v[i]) };
	*row = (struct feel_type){ .kind = FEEL_MAP, .fields = fields.v, .n = fields.n };
	return row;
}

static const struct feel_type *
list_type(struct arena *a, const struct feel_type *of)
{
	struct feel_type *t = arena_new(a, struct feel_type);

	*t = (struct feel_type){ .kind = FEEL_LIST, .of = of };
	return t;
}

static const struct feel_type *
type_of(struct arena *a, const struct field *f)
{
	switch (f->type) {
	case FIELD_TEXT:
	case FIELD_LONG:
	case FIELD_CODE:
	case FIELD_CHOICE:
		return &text_type;
	case FIELD_INT:
	case FIELD_MONEY:
	case FIELD_DECIMAL:
		return &number_type;
	case FIELD_DAY:
		return &day_type;
	case FIELD_BOOL:
		return &bool_type;
	case FIELD_ENTRY:
	case FIELD_MATTER:
		return reference_type(a, f);
	case FIELD_ENTRIES:
	case FIELD_MATTERS:
		return list_type(a, reference_type(a, f));
	case FIELD_TEXTS:
	case FIELD_CITATIONS:
		return list_type(a, &text_type);
	case FIELD_ROWS:
		return list_type(a, row_type(a, &f->columns));
	case FIELD_FILES:
		return list_type(a, &any_type);
	case FIELD_COUNT_:
		break;
	}
	return &any_type;
}

/* The type of a field of the entries (or matters) of the family that type->name means. */
static const struct feel_type *
field_type(void *self, const struct feel_type *entry, struct str name)
{
	struct typing *t = self;
	const struct register_def *r = defs_register(t->d, entry->name);
	const struct procedure_def *p = defs_procedure(t->d, entry->name);
	const struct field_list *fields = r ? &r->fields : p ? &p->fields : NULL;

	if (!fields)
		return &any_type;
	for (size_t i = 0; i < fields->n; i++)
		if (str_eq(fields->v[i].name, name) && !fields->v[i].personal)
			return type_of(t->cx->arena, &fields->v[i]);
	if (p && (str_eq(name, S("stage")) || str_eq(name, S("title"))))
		return &text_type;
	if (p && str_eq(name, S("closed")))
		return &bool_type;
	if (p && str_eq(name, S("opened")))
		return &day_type;
	return p && str_eq(name, S("parent")) ? &any_type : NULL;
}

static void
name_add(struct typing *t, struct str name, const struct feel_type *type)
{
	*list_add(t->cx->arena, &t->names) = (struct feel_field){ name, type };
}

static void
names_add_fields(struct typing *t, const struct field_list *fields)
{
	for (size_t i = 0; i < fields->n; i++)
		if (!fields->v[i].personal)
			name_add(
			    t, fields->v[i].name, type_of(t->cx->arena, &fields->v[i]));
	name_add(t, S("old"), row_type(t->cx->arena, fields));
	name_add(t, S("done"), &day_type);
	name_add(t, S("actor"), &text_type);
	name_add(t, S("here"), &bool_type);
	name_add(t, S("subject"), &text_type);
}

/* Names of families, fields and parameters in quotes are names all the same. */
static struct str
argument_fault(void *self, struct str call, const struct str *literals)
{
	struct typing *t = self;
	struct arena *a = t->cx->arena;
	const struct register_def *r = defs_register(t->d, literals[0]);
	const struct procedure_def *p = defs_procedure(t->d, literals[0]);
	const struct field_list *fields = r ? &r->fields : p ? &p->fields : NULL;

	if (!literals[0].n)
		return S("");
	if (str_eq(call, S("find")) && !r)
		return str_fmt(a, "没有名录“%.*s”", STR_ARG(literals[0]));
	if ((str_eq(call, S("entries")) || str_eq(call, S("total"))) && !fields)
		return str_fmt(a, "没有名录或者程序“%.*s”", STR_ARG(literals[0]));
	if (str_eq(call, S("entries")) && literals[1].n &&
	    !field_find(fields, literals[1]))
		return str_fmt(a, "“%.*s”没有字段“%.*s”", STR_ARG(literals[0]),
		    STR_ARG(literals[1]));
	if (str_eq(call, S("param")) && !map_find(&t->d->parameters, literals[0]))
		return str_fmt(a, "没有参数“%.*s”", STR_ARG(literals[0]));
	return S("");
}

static struct feel_check
checking(struct typing *t)
{
	return (struct feel_check){ .names = t->names.v,
		.n = t->names.n,
		.calls = engine_calls,
		.n_calls = sizeof engine_calls / sizeof *engine_calls,
		.library = &t->d->library,
		.field = field_type,
		.argument_fault = argument_fault,
		.self = t };
}

static void
check(struct typing *t, const struct feel *e, enum feel_type_kind want)
{
	const struct feel_check c = checking(t);

	if (e)
		feel_check(&c, e, want, t->m);
}

/* Functions see their parameters only, and none may call itself. */
void
link_function_types(struct cx *cx, struct messages *m, struct defs *d)
{
	struct typing t = { .cx = cx, .m = m, .d = d };
	const struct feel_check c = checking(&t);

	feel_check_library(&c, m);
}

static void
check_rules(struct typing *t, const struct rule_list *rules)
{
	for (size_t i = 0; i < rules->n; i++) {
		check(t, rules->v[i].that, FEEL_BOOL);
		check(t, rules->v[i].when, FEEL_BOOL);
	}
}

/* What a field takes; a reference may be given in several ways. */
static enum feel_type_kind
kind_taken(struct typing *t, const struct field *f)
{
	if (!f || field_is_reference(f))
		return FEEL_ANY;
	return type_of(t->cx->arena, f)->kind;
}

static void
check_assignments(
    struct typing *t, const struct field_list *fields, const struct set_def_list *set)
{
	for (size_t i = 0; i < set->n; i++)
		check(t, set->v[i].value,
		    kind_taken(t, field_find(fields, set->v[i].field)));
}

void
link_register_types(
    struct cx *cx, struct messages *m, struct defs *d, struct register_def *r)
{
	struct typing t = { .cx = cx, .m = m, .d = d };

	m->file = r->file;
	names_add_fields(&t, &r->fields);
	name_add(&t, S("recorded"), &day_type);
	check_rules(&t, &r->rules);
	check(&t, r->of, FEEL_ANY);
}

static void
check_children(struct typing *t, const struct procedure_def *p)
{
	const size_t n = t->names.n;

	for (size_t i = 0; i < p->children.n; i++) {
		const struct child_def *c = &p->children.v[i];
		const struct field *rows = field_find(&p->fields, c->for_rows);
		const struct procedure_def *child = defs_procedure(t->d, c->procedure);

		if (rows) {
			name_add(t, S("row"), row_type(t->cx->arena, &rows->columns));
			name_add(t, S("row_no"), &number_type);
		}
		if (child)
			check_assignments(t, &child->fields, &c->with);
		t->names.n = n;
	}
}

/* Each {expression} of a text, on the line where it stands. */
static void
check_holes(struct typing *t, struct str text, int line)
{
	size_t from = 0;

	for (;;) {
		const size_t open = str_find(text, S("{"), from);
		const size_t close = open == SIZE_MAX ? SIZE_MAX
						      : str_find(text, S("}"), open);
		struct feel_scope scope = { .line = line, .column = 1 };
		const struct feel *e;

		for (; from < open && from < text.n; from++)
			scope.line += text.p[from] == '\n';
		if (open == SIZE_MAX)
			return;
		if (close == SIZE_MAX) {
			message_put(t->m, scope.line, 1, "“{”没有对应的“}”");
			return;
		}
		line = scope.line;
		if (feel_parse(t->cx, str_sub(text, open + 1, close), &scope, &e, t->m) ==
		    ERR_OK)
			check(t, e, FEEL_ANY);
		from = close;
	}
}

/* A document is filled in from the matter of the procedure that issues it: an unknown
 * name would leave a hole on paper. */
static void
check_document(struct typing *t, const struct document_def *doc)
{
	const struct str file = t->m->file;
	const size_t n = t->names.n;

	t->m->file = doc->file;
	name_add(t, S("n"), &number_type);
	name_add(t, S("year"), &number_type);
	check_holes(t, doc->number_format, doc->number_line);
	t->names.n = n;
	name_add(t, S("number"), &text_type);
	name_add(t, S("day"), &day_type);
	name_add(t, S("title"), &text_type);
	check_holes(t, doc->text, doc->text_line);
	t->names.n = n;
	t->m->file = file;
}

/* Of the newest only: an open matter under an older one is not what a document is
 * written for. */
static void
check_documents(struct typing *t, const struct procedure_def *p)
{
	for (size_t i = 0; i < p->clocks.n; i++) {
		const struct document_def *doc = map_find(
		    &t->d->documents, p->clocks.v[i].draft);

		if (doc && !p->withdrawn && defs_procedure(t->d, p->id) == p)
			check_document(t, doc);
	}

	for (size_t i = 0; i < p->actions.n; i++) {
		const struct document_def *doc = map_find(
		    &t->d->documents, p->actions.v[i].issues);

		if (doc && !p->withdrawn && defs_procedure(t->d, p->id) == p)
			check_document(t, doc);
	}
}

static void
check_actions(struct typing *t, const struct procedure_def *p)
{
	for (size_t i = 0; i < p->actions.n; i++) {
		const struct action_def *a = &p->actions.v[i];

		check(t, a->of, FEEL_ANY);
		check_rules(t, &a->require);
		check_rules(t, &a->warns);
		check_assignments(t, &p->fields, &a->set);
		check(t, a->join.of, FEEL_LIST);
		check(t, a->join.refused, FEEL_BOOL);
		for (size_t k = 0; k < a->then.n; k++)
			check(t, a->then.v[k].when, FEEL_BOOL);
	}
}

void
link_procedure_types(
    struct cx *cx, struct messages *m, struct defs *d, struct procedure_def *p)
{
	static const struct feel_type post_type = { .kind = FEEL_ENTRY,
		.name = S("posts") };
	struct typing t = { .cx = cx, .m = m, .d = d };

	m->file = p->file;
	names_add_fields(&t, &p->fields);
	for (size_t i = 0; i < p->fields.n;
	     i++) /* the same for whoever chooses: no post */
		check(&t, p->fields.v[i].among, FEEL_LIST);
	name_add(&t, S("stage"), &text_type);
	name_add(&t, S("post"), &post_type);
	name_add(&t, S("parent"), &any_type);
	name_add(&t, S("acts"), &any_type);
	name_add(&t, S("clocks"), &any_type);
	check_actions(&t, p);
	for (size_t i = 0; i < p->gates.n; i++) {
		check(&t, p->gates.v[i].rule.that, FEEL_BOOL);
		check(&t, p->gates.v[i].rule.when, FEEL_BOOL);
	}
	for (size_t i = 0; i < p->clocks.n; i++) {
		check(&t, p->clocks.v[i].at, FEEL_DAY);
		check(&t, p->clocks.v[i].when, FEEL_BOOL);
		check(&t, p->clocks.v[i].amount.of, FEEL_NUMBER);
		check(&t, p->clocks.v[i].amount.cap, FEEL_NUMBER);
		check_assignments(&t, &p->fields, &p->clocks.v[i].lapse_set);
	}
	for (size_t i = 0; i < p->masks.n; i++)
		check(&t, p->masks.v[i].open, FEEL_BOOL);
	check(&t, p->passes, FEEL_BOOL);
	check_documents(&t, p);
	check_children(&t, p);
}
