/* One schema a shape. */
#include "api/describe_schema.h"

#include "api/definitions.h"

static void
member(struct json *j, const char *key, const char *text)
{
	json_key(j, key);
	json_str(j, str_z(text));
}

static void
number(struct json *j, const char *key, int64_t n)
{
	json_key(j, key);
	json_int(j, n);
}

void
schema_ref(struct json *j, struct str name)
{
	json_open(j, '{');
	json_key(j, "$ref");
	json_str(j, str_fmt(j->b->arena, "#/components/schemas/%.*s", STR_ARG(name)));
	json_close(j, '}');
}

struct str
schema_name(struct arena *a, const char *kind, struct str id, const char *suffix)
{
	return str_fmt(a, "%s.%.*s%s%s", kind, STR_ARG(id), *suffix ? "." : "", suffix);
}

static void
type(struct json *j, const char *name, enum schema_use use)
{
	json_key(j, "type");
	if (use == SCHEMA_GIVEN) {
		json_str(j, str_z(name));
		return;
	}
	json_open(j, '[');
	json_str(j, str_z(name));
	json_str(j, S("null"));
	json_close(j, ']');
}

static void fields_put(
    struct json *j, const struct field_list *fields, enum schema_use use, bool is_row);

static void
items_put(struct json *j, const struct field *f, enum schema_use use)
{
	type(j, "array", use);
	if (use == SCHEMA_TAKEN)
		number(j, "maxItems", 2000);
	json_key(j, "items");
	if (f->type == FIELD_ROWS) {
		json_open(j, '{');
		fields_put(j, &f->columns, use, true);
		json_close(j, '}');
	} else if (f->type == FIELD_FILES) {
		schema_ref(j, use == SCHEMA_GIVEN ? S("file") : S("file.cited"));
	} else if (field_is_reference(f)) {
		schema_ref(j, S("subject"));
	} else {
		json_open(j, '{');
		member(j, "type", "string");
		json_close(j, '}');
	}
}

/* An older edition may have had other choices: what is given is a text. */
static void
choices_put(struct json *j, const struct field *f, enum schema_use use)
{
	type(j, "string", use);
	if (use == SCHEMA_GIVEN || !f->options.n)
		return;
	json_key(j, "enum");
	json_open(j, '[');
	for (size_t i = 0; i < f->options.n; i++)
		json_str(j, f->options.v[i].id);
	json_null(j);
	json_close(j, ']');
}

static void
plain_put(struct json *j, const struct field *f, enum schema_use use)
{
	switch (f->type) {
	case FIELD_TEXT:
	case FIELD_LONG:
	case FIELD_CODE:
		type(j, "string", use);
		number(j, "maxLength", f->type == FIELD_LONG ? 20000 : 500);
		break;
	case FIELD_CHOICE:
		choices_put(j, f, use);
		break;
	case FIELD_DECIMAL:
		type(j, "string", use);
		member(j, "pattern", "^-?[0-9]+(\\.[0-9]+)?$");
		break;
	case FIELD_INT:
	case FIELD_MONEY:
		type(j, "integer", use);
		number(j, "minimum", -INT64_C(9007199254740991));
		number(j, "maximum", INT64_C(9007199254740991));
		break;
	case FIELD_DAY:
		type(j, "string", use);
		member(j, "format", "date");
		member(j, "pattern", "^[0-9]{4}-[0-9]{2}-[0-9]{2}$");
		break;
	case FIELD_BOOL:
		type(j, "boolean", use);
		break;
	case FIELD_ENTRY:
	case FIELD_MATTER:
		type(j, "string", use);
		member(j, "pattern", "^[a-z][a-z0-9-]*/[1-9][0-9]*$");
		break;
	case FIELD_ENTRIES:
	case FIELD_MATTERS:
	case FIELD_TEXTS:
	case FIELD_CITATIONS:
	case FIELD_FILES:
	case FIELD_ROWS:
		items_put(j, f, use);
		break;
	case FIELD_COUNT_:
		break;
	}
}

/* What is personal is given only as being sealed; to keep it, it is sent back so. */
void
schema_of_field(struct json *j, const struct field *f, enum schema_use use)
{
	if (f->personal && use == SCHEMA_GIVEN) {
		schema_ref(j, S("sealed"));
		return;
	}
	json_open(j, '{');
	json_key(j, "title");
	json_str(j, f->title);
	if (f->hint.n) {
		json_key(j, "description");
		json_str(j, f->hint);
	}
	if (f->personal) {
		json_key(j, "oneOf");
		json_open(j, '[');
		schema_ref(j, S("sealed"));
		json_open(j, '{');
		plain_put(j, f, use);
		json_close(j, '}');
		json_close(j, ']');
	} else {
		plain_put(j, f, use);
	}
	json_close(j, '}');
}

/* An object of fields. Of what is given only what is no longer asked may be more: matters
 * live on with the edition that they began under. */
static void
fields_put(
    struct json *j, const struct field_list *fields, enum schema_use use, bool is_row)
{
	member(j, "type", "object");
	json_key(j, "properties");
	json_open(j, '{');
	for (size_t i = 0; i < fields->n; i++) {
		json_key_str(j, fields->v[i].id);
		schema_of_field(j, &fields->v[i], use);
	}
	if (is_row && !field_find(fields, S("sealed"))) {
		json_key(j, "sealed");
		json_open(j, '{');
		member(j, "type", "string");
		json_close(j, '}');
	}
	json_close(j, '}');
	json_key(j, "additionalProperties");
	json_bool(j, use == SCHEMA_GIVEN);
}

static void
required_put(struct json *j, const struct field_list *fields)
{
	json_key(j, "required");
	json_open(j, '[');
	for (size_t i = 0; i < fields->n; i++)
		if (fields->v[i].required)
			json_str(j, fields->v[i].id);
	json_close(j, ']');
}

static void
register_put(struct json *j, struct arena *a, const struct register_def *d)
{
	json_key_str(j, schema_name(a, "values", d->id, ""));
	json_open(j, '{');
	json_key(j, "title");
	json_str(j, d->title);
	fields_put(j, &d->fields, SCHEMA_GIVEN, false);
	json_close(j, '}');
	json_key_str(j, schema_name(a, "values", d->id, "taken"));
	json_open(j, '{');
	fields_put(j, &d->fields, SCHEMA_TAKEN, false);
	required_put(j, &d->fields);
	json_close(j, '}');
}

bool
action_is_of_people(const struct action_def *a)
{
	return !(a->by.n == 1 && str_eq(a->by.v[0], S("system")));
}

/* Why: the engine asks, no form of a definition lists it. */
static void
reason_put(struct json *j)
{
	json_key(j, "reason");
	json_open(j, '{');
	member(j, "type", "string");
	number(j, "minLength", 1);
	number(j, "maxLength", 20000);
	json_close(j, '}');
}

static void
action_put(struct json *j, struct arena *a, const struct procedure_def *p,
    const struct action_def *action)
{
	json_key_str(j, schema_name(a, "form", p->id, str_cz(a, action->id)));
	json_open(j, '{');
	member(j, "type", "object");
	json_key(j, "properties");
	json_open(j, '{');
	for (size_t i = 0; i < action->form.n; i++) {
		const struct field *f = field_find(&p->fields, action->form.v[i].field);

		if (!f)
			continue;
		json_key_str(j, f->id);
		schema_of_field(j, f, SCHEMA_TAKEN);
	}
	if (action->asks_reason)
		reason_put(j);
	json_close(j, '}');
	json_key(j, "additionalProperties");
	json_bool(j, false);
	/* No `required`: what was done elsewhere is entered with what is known of it. */
	json_close(j, '}');
}

static void
stages_put(struct json *j, struct arena *a, const struct procedure_def *p)
{
	json_key_str(j, schema_name(a, "stage", p->id, ""));
	json_open(j, '{');
	member(j, "type", "string");
	json_key(j, "oneOf");
	json_open(j, '[');
	for (size_t i = 0; i < p->stages.n; i++) {
		json_open(j, '{');
		json_key(j, "const");
		json_str(j, p->stages.v[i].id);
		json_key(j, "title");
		json_str(j, p->stages.v[i].title);
		json_close(j, '}');
	}
	json_close(j, ']');
	json_close(j, '}');
}

/* The fields of a correction: any that the matter has, and why. */
static void
correction_put(struct json *j, struct arena *a, const struct procedure_def *p)
{
	json_key_str(j, schema_name(a, "correction", p->id, ""));
	json_open(j, '{');
	member(j, "type", "object");
	json_key(j, "properties");
	json_open(j, '{');
	reason_put(j);
	for (size_t i = 0; i < p->fields.n; i++) {
		if (str_eq(p->fields.v[i].id, S("reason")))
			continue;
		json_key_str(j, p->fields.v[i].id);
		schema_of_field(j, &p->fields.v[i], SCHEMA_TAKEN);
	}
	json_close(j, '}');
	json_key(j, "required");
	json_open(j, '[');
	json_str(j, S("reason"));
	json_close(j, ']');
	json_key(j, "additionalProperties");
	json_bool(j, false);
	json_close(j, '}');
}

static void
procedure_put(struct json *j, struct arena *a, const struct procedure_def *p)
{
	json_key_str(j, schema_name(a, "fields", p->id, ""));
	json_open(j, '{');
	json_key(j, "title");
	json_str(j, p->title);
	fields_put(j, &p->fields, SCHEMA_GIVEN, false);
	json_close(j, '}');
	stages_put(j, a, p);
	if (p->corrects.n)
		correction_put(j, a, p);
	for (size_t i = 0; i < p->actions.n; i++)
		if (action_is_of_people(&p->actions.v[i]))
			action_put(j, a, p, &p->actions.v[i]);
}

void
schemas_put(struct json *j, struct arena *a, const struct defs *defs)
{
	for (size_t i = 0; i < defs->registers.n; i++)
		register_put(j, a, defs->registers.items[i].value);
	for (size_t i = 0; i < defs->procedures.n; i++)
		procedure_put(j, a, defs->procedures.items[i].value);
}
