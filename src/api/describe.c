/* Filling the templates. A hole is replaced by text that is escaped for a JSON string;
 * whole members are put where "<paths>" and its like stand. */
#include "api/describe.h"

#include "api/describe_schema.h"
#include "api/operation.h"
#include "api/query.h"
#include "base/bug.h"
#include "web/asset.h"

#include "api/description.h" /* made: the templates */

static struct str template(const char *name)
{
	for (size_t i = 0; i < sizeof assets / sizeof *assets; i++)
		if (str_eq(assets[i].name, str_z(name)))
			return (struct str){ (const char *)assets[i].bytes, assets[i].n };
	bug("no template %s", name);
}

/* The members of an object, without its braces. */
static struct str
inside(struct str object)
{
	const size_t open = str_find(object, S("{"), 0),
		     close = str_rfind(object, S("}"));

	return str_sub(object, open + 1, close);
}

/* As it stands between quotes. */
static struct str
escaped(struct arena *a, struct str s)
{
	struct buf b = { .arena = a };
	struct json j = { .b = &b };

	json_str(&j, s);
	return str_sub(buf_str(&b), 1, b.n - 1);
}

struct holes {
	struct str id, title, action, action_title;
};

static struct str
fill(struct arena *a, const char *name, const struct holes *h)
{
	struct str s = inside(template(name));

	s = str_replace(a, s, S("<id>"), h->id);
	s = str_replace(a, s, S("<title>"), escaped(a, h->title));
	s = str_replace(a, s, S("<action>"), h->action);
	return str_replace(a, s, S("<action_title>"), escaped(a, h->action_title));
}

/* Members separated by commas. */
static void
members_put(struct buf *b, struct str members)
{
	members = str_trim(members);
	if (b->n && members.n)
		buf_put_z(b, ",\n");
	buf_put(b, members);
}

/* ---- filters ---- */

static void
filter_put(struct buf *b, const struct field_list *fields, struct str id)
{
	const struct field *f = field_find(fields, id);
	struct json j = { .b = b };

	json_open(&j, '{');
	json_key(&j, "name");
	json_str(&j, str_fmt(b->arena, QUERY_FILTER "%.*s", STR_ARG(id)));
	json_key(&j, "in");
	json_str(&j, S("query"));
	if (f) {
		json_key(&j, "description");
		json_str(&j, f->title);
	}
	json_key(&j, "schema");
	if (f && field_is_reference(f)) {
		schema_ref(&j, S("subject"));
	} else if (f && (f->type == FIELD_INT || f->type == FIELD_MONEY ||
			    f->type == FIELD_DAY || f->type == FIELD_BOOL ||
			    f->type == FIELD_CHOICE)) {
		schema_of_field(&j, f, SCHEMA_GIVEN);
	} else {
		json_open(&j, '{');
		json_key(&j, "type");
		json_str(&j, S("string"));
		json_close(&j, '}');
	}
	json_close(&j, '}');
	buf_put_z(b, ",");
}

static struct str
with_filters(struct arena *a, struct str paths, const struct list_def_list *lists,
    const struct field_list *fields)
{
	const struct id_list filters = query_filters(a, lists);
	struct buf b = { .arena = a };

	for (size_t i = 0; i < filters.n; i++)
		filter_put(&b, fields, filters.v[i]);
	return str_replace(a, paths, S("\"<filters>\","), buf_str(&b));
}

static struct str
lists_parameter(struct arena *a, const struct holes *h, const struct list_def_list *lists)
{
	struct buf b = { .arena = a };
	struct json j = { .b = &b };

	json_open(&j, '[');
	for (size_t i = 0; i < lists->n; i++)
		json_str(&j, lists->v[i].id);
	json_close(&j, ']');
	const struct str filled = fill(a, "list.parameters.json", h);
	const size_t at = str_find(filled, S("\"<lists>\""), 0);
	const size_t from = str_rfind(str_sub(filled, 0, at), S("["));
	const size_t to = str_find(filled, S("]"), at);

	return str_fmt(a, "%.*s%.*s%.*s", STR_ARG(str_sub(filled, 0, from)),
	    STR_ARG(buf_str(&b)), STR_ARG(str_sub(filled, to + 1, filled.n)));
}

/* ---- the parts ---- */

struct parts {
	struct arena *a;
	struct buf paths, schemas, parameters;
};

static void
register_put(struct parts *p, const struct register_def *d)
{
	const struct holes h = { .id = d->id, .title = d->title };

	members_put(&p->paths, with_filters(p->a, fill(p->a, "register.paths.json", &h),
				   &d->lists, &d->fields));
	members_put(&p->schemas, fill(p->a, "register.schemas.json", &h));
	members_put(&p->parameters, lists_parameter(p->a, &h, &d->lists));
	if (d->destroys.n)
		members_put(&p->paths, fill(p->a, "destroy.entry.paths.json", &h));
}

static void
procedure_put(struct parts *p, const struct procedure_def *d)
{
	struct holes h = { .id = d->id, .title = d->title };

	members_put(&p->paths, with_filters(p->a, fill(p->a, "procedure.paths.json", &h),
				   &d->lists, &d->fields));
	members_put(&p->schemas, fill(p->a, "procedure.schemas.json", &h));
	members_put(&p->parameters, lists_parameter(p->a, &h, &d->lists));
	if (d->corrects.n)
		members_put(&p->paths, fill(p->a, "correct.paths.json", &h));
	if (d->destroys.n)
		members_put(&p->paths, fill(p->a, "destroy.paths.json", &h));
	for (size_t i = 0; i < d->actions.n; i++) {
		const struct action_def *a = &d->actions.v[i];

		if (!action_is_of_people(a))
			continue;
		h.action = a->id;
		h.action_title = a->title;
		members_put(&p->paths,
		    fill(p->a, a->at_new ? "opening.paths.json" : "action.paths.json",
			&h));
		members_put(&p->schemas, fill(p->a, "action.schemas.json", &h));
	}
}

static struct str
definitions_schemas(struct arena *a, const struct defs *defs)
{
	struct buf b = { .arena = a };
	struct json j = { .b = &b };

	json_open(&j, '{');
	schemas_put(&j, a, defs);
	json_close(&j, '}');
	return inside(buf_str(&b));
}

struct str
describe(struct arena *a, const struct defs *defs)
{
	const struct holes none = { 0 };
	struct parts p = { a, { .arena = a }, { .arena = a }, { .arena = a } };
	struct str all = template("document.json");

	members_put(&p.paths, fill(a, "once.paths.json", &none));
	members_put(&p.paths, fill(a, "library.paths.json", &none));
	members_put(&p.schemas, inside(template("schemas.json")));
	for (size_t i = 0; i < defs->registers.n; i++)
		register_put(&p, defs->registers.items[i].value);
	for (size_t i = 0; i < defs->procedures.n; i++)
		procedure_put(&p, defs->procedures.items[i].value);
	members_put(&p.schemas, definitions_schemas(a, defs));
	all = str_replace(a, all, S("<version>"), S(ZHUNSHENG_VERSION));
	all = str_replace(a, all, S("\"<paths>\": {}"), buf_str(&p.paths));
	all = str_replace(a, all, S("\"<parameters>\": {}"), buf_str(&p.parameters));
	return str_replace(a, all, S("\"<schemas>\": {}"), buf_str(&p.schemas));
}

void
api_description(struct exchange *x)
{
	VIEW v = { 0 };

	if (!query_only_none(x) || !view_open(x, &v))
		return;
	respond(x, 200, S("application/json"), describe(&x->arena, v.defs));
}
