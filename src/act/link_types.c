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
	const struct procedure_def *of; /* whose expressions; NULL: a register's */
	bool lenient; /* an older edition, published before some checks were made */
	LIST(struct feel_field) names;
};

static const struct feel_type any_type = { .kind = FEEL_ANY };
static const struct feel_type bool_type = { .kind = FEEL_BOOL };
static const struct feel_type number_type = { .kind = FEEL_NUMBER };
static const struct feel_type text_type = { .kind = FEEL_TEXT };
static const struct feel_type day_type = { .kind = FEEL_DAY };

static const struct feel_type block_type = { .kind = FEEL_ENTRY,
	.name = S("number-block") };
static const struct feel_type blocks_type = { .kind = FEEL_LIST, .of = &block_type };

static const struct feel_signature engine_calls[] = {
	{ S("passed"), 1, 1, &bool_type },
	{ S("open"), 1, 1, &bool_type },
	{ S("outcome"), 1, 1, &any_type },
	{ S("all_closed"), 1, 1, &bool_type },
	{ S("children"), 1, 1, &any_type },
	{ S("find"), 2, 2, &any_type },
	{ S("entries"), 3, 3, &any_type },
	{ S("total"), 3, 3, &any_type },
	{ S("handled"), 2, 2, &any_type },
	{ S("param"), 1, 1, &number_type },
	{ S("table"), 2, 2, &any_type },
	{ S("decided"), 1, 1, &text_type },
	{ S("blocks"), 4, 4, &blocks_type },
};

static const struct feel_type *type_of(struct arena *a, const struct field *f);

/* A text that is one of these and nothing else. */
static const struct feel_type *
listed_type(struct arena *a, const struct choice *of, size_t n)
{
	struct feel_type *t = arena_new(a, struct feel_type);
	struct feel_field *ids = arena_array(a, struct feel_field, n + 1);

	for (size_t i = 0; i < n; i++)
		ids[i] = (struct feel_field){ of[i].id, &text_type };
	*t = (struct feel_type){ .kind = FEEL_TEXT, .fields = ids, .n = n };
	return t;
}

static const struct feel_type *
reference_type(struct arena *a, const struct field *f)
{
	struct feel_type *t;

	if (f->of.n != 1 || str_eq(f->of.v[0], S("any")))
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
		return &text_type;
	case FIELD_CHOICE:
		return listed_type(a, f->options.v, f->options.n);
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

static const struct feel_type *
stage_type(struct arena *a, const struct procedure_def *p)
{
	LIST(struct choice) ids = { 0 };

	for (size_t i = 0; i < p->stages.n; i++)
		list_add(a, &ids)->id = p->stages.v[i].id;
	return listed_type(a, ids.v, ids.n);
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
	if (p && str_eq(name, S("stage")))
		return stage_type(t->cx->arena, p);
	if (p && str_eq(name, S("title")))
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

static struct str
argument_fault(
    void *self, struct str call, const struct str *literals, const struct feel_type *last)
{
	struct typing *t = self;

	if (t->lenient)
		return link_call_fault(
		    t->cx->arena, t->d, NULL, call, literals, &any_type);
	return link_call_fault(t->cx->arena, t->d, t->of, call, literals, last);
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
		.self = t,
		.lenient = t->lenient };
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

static void
check_test(struct typing *t, const struct field *f, const struct feel *tests)
{
	const struct feel_check c = checking(t);

	if (tests && f->type != FIELD_CHOICE)
		feel_check_tests(&c, tests, type_of(t->cx->arena, f), t->m);
}

static void
check_result(struct typing *t, const struct field *f, const struct feel *e)
{
	if (f->type != FIELD_CHOICE)
		check(t, e, type_of(t->cx->arena, f)->kind);
}

/* While a table is looked at, parameters stand at their defaults. */
static bool
call_default(
    void *self, struct str name, const struct value *args, size_t n, struct value *out)
{
	const struct defs *d = self;
	const struct parameter_def *p;

	*out = value_null();
	if (!str_eq(name, S("param")) || n != 1)
		return true;
	p = map_find(&d->parameters, value_str(&args[0]));
	if (p)
		*out = value_int(p->value);
	return true;
}

void
link_table(struct cx *cx, struct messages *m, struct defs *d, struct decision_def *table)
{
	struct typing t = { .cx = cx, .m = m, .d = d };
	const struct feel_run run = { .arena = cx->arena,
		.library = &d->library,
		.call = call_default,
		.self = d };
	const size_t faults = m->n;

	decision_options(m, table);
	for (size_t i = 0; i < table->inputs.n; i++)
		name_add(
		    &t, table->inputs.v[i].name, type_of(cx->arena, &table->inputs.v[i]));
	for (size_t r = 0; r < table->table.n_rows; r++) {
		for (size_t i = 0; i < table->inputs.n; i++)
			check_test(&t, &table->inputs.v[i], table->rows[r].tests[i]);
		for (size_t i = 0; i < table->outputs.n; i++)
			check_result(&t, &table->outputs.v[i], table->rows[r].results[i]);
	}
	for (size_t i = 0; i < table->outputs.n; i++) {
		const struct feel_table_output *o = &table->table.outputs[i];

		check_result(&t, &table->outputs.v[i], o->fallback);
		check_test(&t, &table->outputs.v[i], o->order);
	}
	if (m->n == faults)
		decision_check(cx, m, table, &run);
}

/* Which output gives the field its value; NULL: none. */
static const struct field *
output_of(const struct decision_def *table, const struct field *f)
{
	return table->outputs.n == 1 ? &table->outputs.v[0]
				     : field_find(&table->outputs, f->id);
}

static void
check_inputs(struct typing *t, const struct procedure_def *p, const struct field *f,
    const struct decision_def *table)
{
	for (size_t i = 0; i < f->with.n; i++) {
		const struct field_input *with = &f->with.v[i];
		const struct field *input = field_find(&table->inputs, with->input);

		if (!input)
			message_put(t->m, with->line, with->column,
			    "决策表“%.*s”没有输入“%.*s”", STR_ARG(f->table),
			    STR_ARG(with->input));
		else if (with->match != MATCH_EQUAL)
			message_put(t->m, with->line, with->column,
			    "决策表的范围写在它的各行中，“%.*s”只写表达式",
			    STR_ARG(with->input));
		else
			check(t, with->value, type_of(t->cx->arena, input)->kind);
	}
	for (size_t i = 0; i < table->inputs.n; i++) {
		const struct field *input = &table->inputs.v[i];
		const struct field *same = field_find(&p->fields, input->id);
		bool given = same && !same->personal && same->type == input->type;

		for (size_t k = 0; k < f->with.n; k++)
			given |= str_eq(f->with.v[k].input, input->id);
		if (!given)
			message_put(t->m, f->line, f->column,
			    "决策表“%.*s”的输入“%.*s”没有同名同类型的字段，也没有写在 "
			    "with 中",
			    STR_ARG(f->table), STR_ARG(input->id));
	}
}

/* What is asked of the columns of an entry's rows; none when those are not known. */
static void
check_columns(struct typing *t, const struct field *f, const struct field *rows)
{
	for (size_t i = 0; i < f->with.n; i++) {
		const struct field *column = rows ? field_find(&rows->columns,
							f->with.v[i].input)
						  : NULL;

		check(t, f->with.v[i].value,
		    column ? type_of(t->cx->arena, column)->kind : FEEL_ANY);
	}
}

static void
check_computed(struct typing *t, const struct procedure_def *p, const struct field *f)
{
	const struct decision_list *list = map_find(&t->d->tables, f->table);
	const struct decision_def *table = list ? list->v[list->n - 1] : NULL;
	const struct field *output = table ? output_of(table, f) : NULL;

	if (str_has(f->table, S("."))) {
		check_columns(t, f, link_entry_table(t->m, t->d, p, f));
	} else if (!table)
		message_put(
		    t->m, f->line, f->column, "没有决策表“%.*s”", STR_ARG(f->table));
	else if (!output || output->type != f->type || feel_hit_lists(table->table.hit))
		message_put(t->m, f->line, f->column,
		    "决策表“%.*s”的结果与字段“%.*s”的类型不同", STR_ARG(f->table),
		    STR_ARG(f->id));
	if (table)
		check_inputs(t, p, f, table);
	link_computed(t->m, p, f);
}

static void
check_holes(struct typing *t, const struct hole_list *holes)
{
	for (size_t i = 0; i < holes->n; i++)
		check(t, holes->v[i].value, FEEL_ANY);
}

/* A document is filled in from the matter of the procedure that issues it: an unknown
 * name would leave a hole on paper. */
static void
check_document(struct typing *t, const struct document_def *doc)
{
	const struct str file = t->m->file;
	const size_t n = t->names.n;

	t->m->file = doc->file;
	if (doc->number_per.n && t->of && !field_find(&t->of->fields, doc->number_per))
		message_put(t->m, doc->number_line, 1, "per：程序“%.*s”没有字段“%.*s”",
		    STR_ARG(t->of->id), STR_ARG(doc->number_per));
	name_add(t, S("n"), &number_type);
	name_add(t, S("year"), &number_type);
	check_holes(t, &doc->number_holes);
	t->names.n = n;
	name_add(t, S("number"), &text_type);
	name_add(t, S("day"), &day_type);
	name_add(t, S("title"), &text_type);
	check_holes(t, &doc->text_holes);
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

/* acts.ACTION.day and .actor, clocks.ID.due and .amount: of this procedure's own. */
static const struct feel_type *
named_type(struct arena *a, const struct str *ids, size_t n,
    const struct feel_field *fields, size_t n_fields)
{
	struct feel_type *one = arena_new(a, struct feel_type);
	struct feel_type *all = arena_new(a, struct feel_type);
	struct feel_field *names = arena_array(a, struct feel_field, n + 1);

	*one = (struct feel_type){ .kind = FEEL_MAP, .fields = fields, .n = n_fields };
	for (size_t i = 0; i < n; i++)
		names[i] = (struct feel_field){ field_name_of(a, ids[i]), one };
	*all = (struct feel_type){ .kind = FEEL_MAP, .fields = names, .n = n };
	return all;
}

static void
names_add_course(struct typing *t, const struct procedure_def *p)
{
	static const struct feel_field act[] = { { S("day"), &day_type },
		{ S("actor"), &text_type } };
	static const struct feel_field clock[] = { { S("due"), &day_type },
		{ S("amount"), &number_type } };
	struct arena *a = t->cx->arena;
	struct id_list acts = { 0 }, clocks = { 0 };

	for (size_t i = 0; i < p->actions.n; i++)
		*list_add(a, &acts) = p->actions.v[i].id;
	for (size_t i = 0; i < p->clocks.n; i++)
		*list_add(a, &clocks) = p->clocks.v[i].id;
	name_add(t, S("stage"), stage_type(a, p));
	name_add(
	    t, S("acts"), t->lenient ? &any_type : named_type(a, acts.v, acts.n, act, 2));
	name_add(t, S("clocks"),
	    t->lenient ? &any_type : named_type(a, clocks.v, clocks.n, clock, 2));
}

void
link_procedure_types(
    struct cx *cx, struct messages *m, struct defs *d, struct procedure_def *p)
{
	static const struct feel_type post_type = { .kind = FEEL_ENTRY,
		.name = S("posts") };
	struct typing t = { .cx = cx,
		.m = m,
		.d = d,
		.of = p,
		.lenient = p->withdrawn || defs_procedure(d, p->id) != p };

	m->file = p->file;
	names_add_fields(&t, &p->fields);
	for (size_t i = 0; i < p->fields.n; i++) {
		/* the same for whoever chooses: no post */
		check(&t, p->fields.v[i].among, FEEL_LIST);
		if (p->fields.v[i].table.n)
			check_computed(&t, p, &p->fields.v[i]);
	}
	names_add_course(&t, p);
	name_add(&t, S("post"), &post_type);
	name_add(&t, S("parent"), &any_type);
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

/* Over matters of the edition that the rule leaves, into fields of the one it leads to.
 */
void
link_transition_types(struct cx *cx, struct messages *m, struct defs *d,
    const struct transition_def *t, const struct procedure_def *old,
    const struct procedure_def *fresh)
{
	struct typing y = { .cx = cx, .m = m, .d = d, .of = old };

	names_add_fields(&y, &old->fields);
	names_add_course(&y, old);
	name_add(&y, S("parent"), &any_type);
	check(&y, t->when, FEEL_BOOL);
	check_assignments(&y, &fresh->fields, &t->fields);
}
