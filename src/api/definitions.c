/* What can be asked and done, as the definitions in force say it. */
#include "api/definitions.h"

#include "api/operation.h"
#include "api/query.h"
#include "base/date.h"
#include "web/word.h"

struct str
type_name(enum field_type type)
{
	static const struct str names[FIELD_COUNT_] = {
		[FIELD_TEXT] = S("text"),
		[FIELD_LONG] = S("long"),
		[FIELD_CODE] = S("code"),
		[FIELD_INT] = S("int"),
		[FIELD_MONEY] = S("money"),
		[FIELD_DECIMAL] = S("decimal"),
		[FIELD_DAY] = S("day"),
		[FIELD_BOOL] = S("bool"),
		[FIELD_CHOICE] = S("choice"),
		[FIELD_ENTRY] = S("entry"),
		[FIELD_ENTRIES] = S("entries"),
		[FIELD_MATTER] = S("matter"),
		[FIELD_MATTERS] = S("matters"),
		[FIELD_TEXTS] = S("texts"),
		[FIELD_ROWS] = S("rows"),
		[FIELD_CITATIONS] = S("citations"),
		[FIELD_FILES] = S("files"),
	};

	return names[type];
}

static bool
none(struct view *v, struct str why)
{
	v->x->cx.why = why;
	respond_error(v->x, 404);
	return false;
}

const struct register_def *
api_register_of(struct view *v)
{
	const struct register_def *def = defs_register(v->defs, v->x->req.args[0]);

	return def || none(v, W(api_no_register)) ? def : NULL;
}

const struct procedure_def *
api_procedure_of(struct view *v)
{
	const struct procedure_def *p = defs_procedure(v->defs, v->x->req.args[0]);

	return p || none(v, W(api_no_procedure)) ? p : NULL;
}

static void fields_put(struct json *j, const char *key, const struct field_list *fields);

static void
field_put(struct json *j, const struct field *f)
{
	json_open(j, '{');
	put_str(j, "id", f->id);
	put_str(j, "title", f->title);
	put_text(j, "hint", f->hint);
	put_str(j, "type", type_name(f->type));
	put_bool(j, "required", f->required);
	put_bool(j, "personal", f->personal);
	if (f->of.n)
		put_ids(j, "of", f->of.v, f->of.n);
	if (f->options.n) {
		json_key(j, "choices");
		json_open(j, '[');
		for (size_t i = 0; i < f->options.n; i++) {
			json_open(j, '{');
			put_str(j, "id", f->options.v[i].id);
			put_str(j, "title", f->options.v[i].title);
			json_close(j, '}');
		}
		json_close(j, ']');
	}
	if (f->columns.n)
		fields_put(j, "columns", &f->columns);
	json_close(j, '}');
}

static void
fields_put(struct json *j, const char *key, const struct field_list *fields)
{
	json_key(j, key);
	json_open(j, '[');
	for (size_t i = 0; i < fields->n; i++)
		field_put(j, &fields->v[i]);
	json_close(j, ']');
}

static void
rule_put(struct json *j, struct view *v, const struct rule *r)
{
	json_open(j, '{');
	put_text(j, "id", r->id);
	put_text(j, "says", r->says);
	put_text(j, "article", basis_text(v->defs, &v->x->arena, r->basis));
	put_text(j, "ways", r->ways);
	json_close(j, '}');
}

static void
rules_put(struct json *j, struct view *v, const char *key, const struct rule_list *rules)
{
	json_key(j, key);
	json_open(j, '[');
	for (size_t i = 0; i < rules->n; i++)
		rule_put(j, v, &rules->v[i]);
	json_close(j, ']');
}

static void
lists_put(struct json *j, const struct list_def_list *lists)
{
	json_key(j, "lists");
	json_open(j, '[');
	for (size_t i = 0; i < lists->n; i++) {
		json_open(j, '{');
		put_str(j, "id", lists->v[i].id);
		put_ids(j, "filters", lists->v[i].filters.v, lists->v[i].filters.n);
		put_text(j, "order", lists->v[i].order);
		json_close(j, '}');
	}
	json_close(j, ']');
}

static void
summary_put(
    struct json *j, struct str id, struct str title, struct str digest, bool withdrawn)
{
	put_str(j, "id", id);
	put_str(j, "title", title);
	put_str(j, "edition", digest);
	put_bool(j, "withdrawn", withdrawn);
}

/* ---- registers ---- */

void
api_registers(struct exchange *x)
{
	struct reply r;
	VIEW v = { 0 };

	if (!query_only_none(x) || !view_open(x, &v))
		return;
	reply_open(&r, x);
	json_key(&r.j, "registers");
	json_open(&r.j, '[');
	for (size_t i = 0; i < v.defs->registers.n; i++) {
		const struct register_def *d = v.defs->registers.items[i].value;

		json_open(&r.j, '{');
		summary_put(&r.j, d->id, d->title, d->digest, d->withdrawn);
		json_close(&r.j, '}');
	}
	json_close(&r.j, ']');
	reply_send(&r, 200);
}

void
api_register(struct exchange *x)
{
	const struct register_def *d;
	struct reply r;
	VIEW v = { 0 };

	if (!query_only_none(x) || !view_open(x, &v) || !(d = api_register_of(&v)))
		return;
	reply_open(&r, x);
	summary_put(&r.j, d->id, d->title, d->digest, d->withdrawn);
	put_text(&r.j, "key", d->key);
	put_ids(&r.j, "by", d->by.v, d->by.n);
	fields_put(&r.j, "fields", &d->fields);
	rules_put(&r.j, &v, "rules", &d->rules);
	lists_put(&r.j, &d->lists);
	reply_send(&r, 200);
}

/* ---- procedures ---- */

void
api_procedures(struct exchange *x)
{
	struct reply r;
	VIEW v = { 0 };

	if (!query_only_none(x) || !view_open(x, &v))
		return;
	reply_open(&r, x);
	json_key(&r.j, "procedures");
	json_open(&r.j, '[');
	for (size_t i = 0; i < v.defs->procedures.n; i++) {
		const struct procedure_def *p = v.defs->procedures.items[i].value;

		json_open(&r.j, '{');
		summary_put(&r.j, p->id, p->title, p->digest, p->withdrawn);
		json_close(&r.j, '}');
	}
	json_close(&r.j, ']');
	reply_send(&r, 200);
}

static void
stages_put(struct json *j, const struct procedure_def *p)
{
	json_key(j, "stages");
	json_open(j, '[');
	for (size_t i = 0; i < p->stages.n; i++) {
		json_open(j, '{');
		put_str(j, "id", p->stages.v[i].id);
		put_str(j, "title", p->stages.v[i].title);
		put_bool(j, "final", p->stages.v[i].final);
		json_close(j, '}');
	}
	json_close(j, ']');
}

static void
action_put(struct json *j, struct view *v, const struct action_def *a)
{
	json_open(j, '{');
	put_str(j, "id", a->id);
	put_str(j, "title", a->title);
	put_text(j, "says", a->says);
	put_text(j, "article", basis_text(v->defs, &v->x->arena, a->basis));
	put_bool(j, "opens_matter", a->at_new);
	put_bool(j, "at_any", a->at_any);
	put_ids(j, "at", a->at.v, a->at.n);
	put_ids(j, "by", a->by.v, a->by.n);
	json_key(j, "form");
	json_open(j, '[');
	for (size_t i = 0; i < a->form.n; i++) {
		json_open(j, '{');
		put_str(j, "field", a->form.v[i].field);
		put_bool(j, "optional", a->form.v[i].optional);
		json_close(j, '}');
	}
	json_close(j, ']');
	rules_put(j, v, "rules", &a->require);
	json_close(j, '}');
}

static void
clocks_put(struct json *j, struct view *v, const struct procedure_def *p)
{
	json_key(j, "clocks");
	json_open(j, '[');
	for (size_t i = 0; i < p->clocks.n; i++) {
		const struct clock_def *c = &p->clocks.v[i];

		json_open(j, '{');
		put_str(j, "id", c->id);
		put_str(j, "title", c->title);
		put_text(j, "article", basis_text(v->defs, &v->x->arena, c->basis));
		json_close(j, '}');
	}
	json_close(j, ']');
}

static void
gates_put(struct json *j, struct view *v, const struct procedure_def *p)
{
	json_key(j, "gates");
	json_open(j, '[');
	for (size_t i = 0; i < p->gates.n; i++) {
		json_open(j, '{');
		put_ids(j, "before", p->gates.v[i].before.v, p->gates.v[i].before.n);
		json_key(j, "rule");
		rule_put(j, v, &p->gates.v[i].rule);
		json_close(j, '}');
	}
	json_close(j, ']');
}

void
api_procedure(struct exchange *x)
{
	const struct procedure_def *p;
	struct reply r;
	VIEW v = { 0 };

	if (!query_only_none(x) || !view_open(x, &v) || !(p = api_procedure_of(&v)))
		return;
	reply_open(&r, x);
	summary_put(&r.j, p->id, p->title, p->digest, p->withdrawn);
	put_text(&r.j, "article", basis_text(v.defs, &x->arena, p->basis));
	stages_put(&r.j, p);
	fields_put(&r.j, "fields", &p->fields);
	json_key(&r.j, "actions");
	json_open(&r.j, '[');
	for (size_t i = 0; i < p->actions.n; i++)
		action_put(&r.j, &v, &p->actions.v[i]);
	json_close(&r.j, ']');
	gates_put(&r.j, &v, p);
	clocks_put(&r.j, &v, p);
	lists_put(&r.j, &p->lists);
	reply_send(&r, 200);
}
