/*
 * What FEEL asks the engine: fields of references, and functions over children, entries,
 * totals and parameters. Every answer comes from the state or the facts; what is not
 * there yet stops the evaluation (needs).
 */
#include "act/judge.h"

#include "act/clocks.h"
#include "act/handled.h"
#include "act/tables_say.h"
#include "lang/canon.h"
#include "lang/feel.h"

static struct value
import_list(struct arena *a, const struct field *f, const struct value *stored)
{
	struct value out = value_list();

	for (size_t i = 0; i < value_count(stored); i++) {
		const struct value *v = value_at(stored, i);

		value_add(a, &out,
		    f->type == FIELD_ROWS ? judge_import_row(a, &f->columns, v) : *v);
	}
	return out;
}

struct value
judge_import_row(
    struct arena *a, const struct field_list *columns, const struct value *row)
{
	struct value out = value_map();

	for (size_t i = 0; i < columns->n; i++)
		if (!columns->v[i].personal)
			value_set(a, &out, columns->v[i].name,
			    judge_import(
				a, &columns->v[i], value_get(row, columns->v[i].id)));
	return out;
}

static struct value
import_decimal(struct arena *a, struct str s)
{
	struct decimal d;

	return decimal_parse(s, &d) ? feel_number(a, &d) : value_null();
}

struct value
judge_import(struct arena *a, const struct field *f, const struct value *stored)
{
	if (!f)
		return *stored;
	switch (f->type) {
	case FIELD_DAY:
		return stored->kind == V_INT ? value_day(stored->i) : value_null();
	case FIELD_DECIMAL:
		return import_decimal(a, value_str(stored));
	case FIELD_ENTRIES:
	case FIELD_MATTERS:
	case FIELD_TEXTS:
	case FIELD_ROWS:
	case FIELD_CITATIONS:
	case FIELD_FILES:
		return import_list(a, f, stored); /* absent is the empty list */
	case FIELD_TEXT:
	case FIELD_LONG:
	case FIELD_CODE:
	case FIELD_INT:
	case FIELD_MONEY:
	case FIELD_BOOL:
	case FIELD_CHOICE:
	case FIELD_ENTRY:
	case FIELD_MATTER:
	case FIELD_COUNT_:
		return *stored;
	}
	return value_null();
}

static bool
export_list(
    struct arena *a, const struct field *f, const struct value *feel, struct value *out)
{
	*out = value_list();
	if (feel->kind != V_LIST)
		return false;
	for (size_t i = 0; i < feel->list.n; i++) {
		const struct value *item = &feel->list.items[i];
		struct value stored = *item;

		if (f->type == FIELD_ROWS) {
			if (item->kind != V_MAP)
				return false;
			stored = value_map();
			for (size_t k = 0; k < f->columns.n; k++) {
				const struct field *c = &f->columns.v[k];
				const struct value *v = value_get(item, c->name);
				struct value one;

				if (value_is_null(v))
					continue;
				if (!judge_export(a, c, v, &one))
					return false;
				value_set(a, &stored, c->id, one);
			}
		} else if (item->kind != V_TEXT && item->kind != V_MAP) {
			return false;
		}
		value_add(a, out, stored);
	}
	return true;
}

bool
judge_export(
    struct arena *a, const struct field *f, const struct value *feel, struct value *out)
{
	struct decimal d;

	*out = *feel;
	if (feel->kind == V_NULL)
		return true;
	switch (f->type) {
	case FIELD_DAY:
		*out = value_int(feel->i);
		return feel->kind == V_DAY;
	case FIELD_DECIMAL:
		if (!feel_decimal(feel, &d))
			return false;
		*out = value_text(decimal_str(a, &d));
		return true;
	case FIELD_INT:
	case FIELD_MONEY:
		return feel->kind == V_INT;
	case FIELD_BOOL:
		return feel->kind == V_BOOL;
	case FIELD_TEXT:
	case FIELD_LONG:
	case FIELD_CODE:
	case FIELD_CHOICE:
	case FIELD_ENTRY:
	case FIELD_MATTER:
		return feel->kind == V_TEXT;
	case FIELD_ENTRIES:
	case FIELD_MATTERS:
	case FIELD_TEXTS:
	case FIELD_ROWS:
	case FIELD_CITATIONS:
	case FIELD_FILES:
		return export_list(a, f, feel, out);
	case FIELD_COUNT_:
		break;
	}
	return false;
}

void
judge_set(struct judge *j, struct str name, struct value feel_value)
{
	value_set(j->cx->arena, &j->vars, name, feel_value);
}

void
judge_set_fields(struct judge *j, const struct field_list *fields,
    const struct value *values, const struct value *old)
{
	j->fields = fields;
	j->values = value_fork(j->cx->arena, values, 1);
	j->before = old ? *old : value_null();
}

/* { name: { `day_field` as a date, `field` as it is } } of what the state holds by id. */
static struct value
import_named(
    struct arena *a, const struct value *by_id, struct str day_field, struct str field)
{
	struct value out = value_map();

	for (size_t i = 0; by_id->kind == V_MAP && i < by_id->map.n; i++) {
		const struct value_pair *p = &by_id->map.pairs[i];
		struct value one = value_map();

		if (value_true(value_get(&p->value, S("void"))))
			continue; /* an act that was taken back was never done */
		if (!value_is_null(value_get(&p->value, day_field)))
			value_set(a, &one, day_field,
			    value_day(value_num(value_get(&p->value, day_field))));
		value_set(a, &one, field, *value_get(&p->value, field));
		value_set(a, &out, field_name_of(a, p->key), one);
	}
	return out;
}

/* { clock: { due, state, amount } }, the amount as of the day of the act, in fen. */
static struct value
import_clocks(struct judge *j)
{
	struct arena *a = j->cx->arena;
	struct value out = import_named(a, &j->clocks, S("due"), S("state"));

	for (size_t i = 0; j->clocks.kind == V_MAP && i < j->clocks.map.n; i++) {
		const struct value_pair *p = &j->clocks.map.pairs[i];
		struct value one = value_copy(
		    a, value_get(&out, field_name_of(a, p->key)));

		if (value_is_null(value_get(&p->value, S("amount"))))
			continue;
		value_set_int(a, &one, "amount", clock_amount(&p->value, j->done));
		value_set(a, &out, field_name_of(a, p->key), one);
	}
	return out;
}

/* What an expression names and nobody has set. */
static const struct value *
name_find(void *self, struct str name)
{
	struct judge *j = self;
	struct arena *a = j->cx->arena;

	if (j->state && str_eq(name, S("acts")))
		return value_set(
		    a, &j->vars, name, import_named(a, &j->acts, S("day"), S("actor")));
	if (j->state && str_eq(name, S("clocks")))
		return value_set(a, &j->vars, name, import_clocks(j));
	if (j->before.kind == V_MAP && str_eq(name, S("old")))
		return value_set(
		    a, &j->vars, name, judge_import_row(a, j->fields, &j->before));
	for (size_t i = 0; j->fields && i < j->fields->n; i++) {
		const struct field *f = &j->fields->v[i];

		if (!f->personal && str_eq(f->name, name))
			return value_set(a, &j->vars, name,
			    judge_import(a, f, value_get(&j->values, f->id)));
	}
	return NULL;
}

/* A field of an entry or a matter by the name expressions use. */
static struct value
named_field(struct arena *a, const struct field_list *fields, const struct value *values,
    struct str name)
{
	for (size_t i = 0; i < fields->n; i++)
		if (str_eq(fields->v[i].name, name) && !fields->v[i].personal)
			return judge_import(
			    a, &fields->v[i], value_get(values, fields->v[i].id));
	return value_null();
}

static bool
resolve_entry(struct judge *j, const struct register_def *r, struct str ref,
    struct str field, struct value *out)
{
	const struct value *entry = facts_entry(j->facts, ref, j->done);

	if (!entry)
		return false;
	*out = named_field(
	    j->cx->arena, &r->fields, value_get(entry, S("values")), field);
	return true;
}

static bool
resolve_matter(struct judge *j, struct str ref, struct str field, struct value *out)
{
	const struct value *state = facts_matter(j->facts, ref);
	const struct procedure_def *p;

	if (!state)
		return false;
	p = defs_edition(
	    j->defs, value_str(value_get(state, S("edition"))), subject_family(ref));
	*out = value_null();
	if (!p || value_is_null(state))
		return true;
	*out = named_field(
	    j->cx->arena, &p->fields, value_get(state, S("fields")), field);
	if (!value_is_null(out))
		return true;
	if (str_eq(field, S("stage")) || str_eq(field, S("title")) ||
	    str_eq(field, S("parent")))
		*out = *value_get(state, field);
	else if (str_eq(field, S("closed")))
		*out = value_bool(value_true(value_get(state, S("closed"))));
	else if (str_eq(field, S("opened")) && !value_is_null(value_get(state, field)))
		*out = value_day(value_num(value_get(state, field)));
	return true;
}

static bool
resolve(void *self, struct str ref, struct str field, struct value *out)
{
	struct judge *j = self;
	const struct register_def *r = defs_register(j->defs, subject_family(ref));

	return r ? resolve_entry(j, r, ref, field, out)
		 : resolve_matter(j, ref, field, out);
}

static const struct value *
children_of(struct judge *j, const struct value *args, size_t n)
{
	return n == 1 ? value_get(value_get(j->state, S("children")), value_str(&args[0]))
		      : NULL;
}

static struct str
latest_state(const struct value *children)
{
	const size_t n = value_count(children);

	return n ? value_str(value_get(value_at(children, n - 1), S("state"))) : S("");
}

/* For each row its latest child that has not lapsed is closed; false where a row has
 * none. */
static bool
all_closed(const struct value *children)
{
	bool any = false;

	for (size_t i = 0; i < value_count(children); i++) {
		const struct value *one = value_at(children, i);
		const int64_t row = value_num(value_get(one, S("row")));
		struct str state = value_str(value_get(one, S("state")));

		for (size_t k = i + 1; k < value_count(children); k++) {
			const struct value *later = value_at(children, k);

			if (value_num(value_get(later, S("row"))) == row)
				state = value_str(value_get(later, S("state")));
		}
		if (str_eq(state, S("open")) || str_eq(state, S("lapsed")))
			return false;
		any = true;
	}
	return any;
}

static bool
call_find(struct judge *j, const struct value *args, struct value *out)
{
	const struct register_def *r = defs_register(j->defs, value_str(&args[0]));
	const struct value *entry;

	if (!r || args[1].kind != V_TEXT)
		return true;
	entry = facts_key(j->facts, r->id, r->key, args[1].s, j->done);
	if (!entry)
		return false;
	if (!value_is_null(entry))
		*out = *value_get(entry, S("subject"));
	return true;
}

static bool
call_entries(struct judge *j, const struct value *args, struct value *out)
{
	const struct value *found;

	if (args[2].kind != V_TEXT)
		return true;
	found = facts_refs(
	    j->facts, value_str(&args[0]), value_str(&args[1]), args[2].s, j->done);
	if (!found)
		return false;
	*out = value_list();
	for (size_t i = 0; i < value_count(found); i++)
		value_add(
		    j->cx->arena, out, *value_get(value_at(found, i), S("subject")));
	return true;
}

static bool
call_blocks(struct judge *j, const struct value *args, struct value *out)
{
	const struct value *found;

	if (args[0].kind != V_TEXT || args[2].kind != V_INT || args[3].kind != V_INT)
		return true;
	found = facts_blocks(
	    j->facts, args[0].s, value_str(&args[1]), args[2].i, args[3].i);
	if (found)
		*out = *found;
	return found != NULL;
}

static bool
call_total(struct judge *j, const struct value *args, struct value *out)
{
	struct arena *a = j->cx->arena;
	struct value conditions = value_map();
	const struct value *found;

	for (size_t i = 0; args[2].kind == V_MAP && i < args[2].map.n; i++) {
		const struct value_pair *p = &args[2].map.pairs[i];

		value_set(a, &conditions, p->key,
		    p->value.kind == V_DAY ? value_int(p->value.i) : p->value);
	}
	found = facts_total(j->facts, value_str(&args[0]), value_str(&args[1]),
	    canon_str(a, &conditions));
	if (!found)
		return false;
	*out = *found;
	return true;
}

int64_t
judge_parameter(struct judge *j, struct str id)
{
	const struct parameter_def *def = map_find(&j->defs->parameters, id);
	const struct value *entry = facts_key(
	    j->facts, S("parameters"), S("id"), id, j->done);
	int64_t set = 0;

	if (!entry) {
		j->needs = true;
		return 0;
	}
	if (!def)
		return 0;
	if (value_is_null(entry))
		return def->value;
	if (!str_int(value_str(value_path(entry, "values.value")), &set) ||
	    set < def->from || set > def->to)
		return def->value;
	return set;
}

/* What is missing makes null, as everywhere. */
static bool
call_table(struct judge *j, const struct value *args, struct value *out)
{
	struct table_answer answer;

	if (args[0].kind == V_TEXT && args[1].kind == V_MAP &&
	    judge_table(j, args[0].s, &args[1], &answer))
		*out = answer.answer.value;
	return !j->needs;
}

/* Which row of which table gave the field its value, in words. */
static bool
call_decided(struct judge *j, const struct value *args, struct value *out)
{
	const struct value *one = value_get(
	    value_get(j->state, S("tables")), value_str(&args[0]));
	const struct str ref = value_str(value_get(one, S("table")));
	const struct register_def *r = defs_register(j->defs, subject_family(ref));
	struct str name = S("");

	if (!value_is_null(value_get(one, S("field"))) && r) {
		const struct value *entry = facts_entry(j->facts, ref, j->done);

		if (!entry)
			return false;
		name = value_str(value_get(value_get(entry, S("values")), r->key));
	}
	name = tables_said(j->cx->arena, j->defs, one, name);
	if (name.n)
		*out = value_text(name);
	return true;
}

static bool
call(void *self, struct str name, const struct value *args, size_t n, struct value *out)
{
	struct judge *j = self;
	const struct value *children = children_of(j, args, n);

	*out = value_null();
	if (str_eq(name, S("passed"))) {
		*out = value_bool(str_eq(latest_state(children), S("passed")));
	} else if (str_eq(name, S("open"))) {
		*out = value_bool(str_eq(latest_state(children), S("open")));
	} else if (str_eq(name, S("outcome"))) {
		const size_t count = value_count(children);

		if (count)
			*out = *value_get(value_at(children, count - 1), S("outcome"));
	} else if (str_eq(name, S("all_closed"))) {
		*out = value_bool(all_closed(children));
	} else if (str_eq(name, S("children"))) {
		*out = children && children->kind == V_LIST ? *children : value_list();
	} else if (str_eq(name, S("param")) && n == 1) {
		*out = value_int(judge_parameter(j, value_str(&args[0])));
		return !j->needs;
	} else if (str_eq(name, S("table")) && n == 2) {
		return call_table(j, args, out);
	} else if (str_eq(name, S("decided")) && n == 1) {
		return call_decided(j, args, out);
	} else if (str_eq(name, S("find")) && n == 2) {
		return call_find(j, args, out);
	} else if (str_eq(name, S("entries")) && n == 3) {
		return call_entries(j, args, out);
	} else if (str_eq(name, S("handled")) && n == 2) {
		return handled_call(j, args, out);
	} else if (str_eq(name, S("total")) && n == 3) {
		return call_total(j, args, out);
	} else if (str_eq(name, S("blocks")) && n == 4) {
		return call_blocks(j, args, out);
	}
	return true;
}

struct feel_run
judge_run(struct judge *j, const struct feel_vars *vars)
{
	return (struct feel_run){ .arena = j->cx->arena,
		.vars = vars,
		.library = &j->defs->library,
		.strict = true, /* missing is not false */
		.now_ms = j->cx->now_ms,
		.resolve = resolve,
		.call = call,
		.self = j };
}

struct value
judge_value(struct judge *j, const struct feel *e)
{
	const struct feel_vars vars = { .map = &j->vars, .find = name_find, .self = j };
	struct feel_run run = judge_run(j, &vars);
	struct value v;

	if (!e)
		return value_null();
	v = feel_eval(&run, e);
	j->needs |= run.needs;
	j->missing = run.missing;
	return run.needs ? value_null() : v;
}

enum verdict
judge_truth(struct judge *j, const struct feel *e)
{
	const bool before = j->needs;
	struct value v;

	j->needs = false;
	v = judge_value(j, e);
	if (j->needs)
		return VERDICT_NEEDS;
	j->needs = before;
	if (v.kind != V_BOOL)
		return VERDICT_UNKNOWN;
	return v.b ? VERDICT_YES : VERDICT_NO;
}

enum verdict
judge_rule(struct judge *j, const struct rule *rule)
{
	if (rule->off)
		return VERDICT_YES;
	if (rule->when) {
		const enum verdict when = judge_truth(j, rule->when);

		if (when == VERDICT_NEEDS)
			return when;
		if (when != VERDICT_YES)
			return VERDICT_YES;
	}
	return judge_truth(j, rule->that);
}

static bool
is_among(const struct value *list, const struct value *one)
{
	for (size_t i = 0; i < value_count(list); i++)
		if (value_eq(value_at(list, i), one))
			return true;
	return false;
}

enum verdict
judge_among(struct judge *j, const struct field *f, const struct value *chosen)
{
	struct value list;

	if (!f->is_limited || value_is_null(chosen))
		return VERDICT_YES;
	list = judge_value(j, f->among);
	if (j->needs)
		return VERDICT_NEEDS;
	if (chosen->kind != V_LIST)
		return is_among(&list, chosen) ? VERDICT_YES : VERDICT_NO;
	for (size_t i = 0; i < value_count(chosen); i++)
		if (!is_among(&list, value_at(chosen, i)))
			return VERDICT_NO;
	return VERDICT_YES;
}
