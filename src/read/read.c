/* Readers over one log: matters, entries, names, what is due. */
#include "read/read.h"

#include "act/fetch.h"
#include "lang/canon.h"
#include "read/query.h"

void
read_begin(struct read *r, struct cx *cx, struct db *db, const struct defs *defs,
    const struct tables *tables, struct str log)
{
	*r = (struct read){
		.cx = cx, .db = db, .defs = defs, .tables = tables, .log = log
	};
	projection_init(&r->projection, cx->arena, db, tables, log);
}

enum err
read_matter(struct read *r, struct str subject, struct value *state)
{
	if (!map_find(&r->tables->procedures, subject_family(subject))) {
		*state = value_null();
		return ERR_OK;
	}
	TRY(project_state(r->cx, &r->projection, subject, state));
	if (state->kind == V_MAP) {
		*state = value_copy(r->cx->arena, state);
		value_set_text(r->cx->arena, state, "subject", subject);
	}
	return ERR_OK;
}

enum err
read_entry(struct read *r, struct str subject, int64_t day, struct value *out)
{
	if (!map_find(&r->tables->registers, subject_family(subject))) {
		*out = value_null();
		return ERR_OK;
	}
	return project_version(r->cx, &r->projection, subject, day, out);
}

struct str
read_name(struct read *r, struct str subject)
{
	const struct register_def *def = defs_register(r->defs, subject_family(subject));
	struct value v;

	if (!def) {
		if (read_matter(r, subject, &v) != ERR_OK)
			return S("");
		return value_str(value_get(&v, S("title")));
	}
	if (read_entry(r, subject, cx_today(r->cx), &v) != ERR_OK || value_is_null(&v))
		return S("");
	if (def->key.n)
		return value_str(value_get(value_get(&v, S("values")), def->key));
	for (size_t i = 0; i < def->fields.n; i++)
		if (def->fields.v[i].type == FIELD_TEXT && !def->fields.v[i].personal)
			return value_str(
			    value_get(value_get(&v, S("values")), def->fields.v[i].id));
	return S("");
}

enum err
read_matters(
    struct read *r, struct str family, const struct read_list *list, struct value *out)
{
	const struct table *t = map_find(&r->tables->procedures, family);
	struct query_args args = { 0 };
	DB_ROWS rows = { 0 };
	struct str sql;
	int stmt;

	*out = value_list();
	if (!t)
		return fail(r->cx, ERR_INPUT, "没有公布过%.*s", STR_ARG(family));
	TRY(query_matters(r->cx, t, r->log, list, &sql, &args));
	TRY(db_prepare(r->cx, r->db, sql, &stmt));
	TRY(db_ask_args(r->cx, r->db, &rows, stmt, args.v, args.n));
	while (db_next(&rows)) {
		struct value state;

		TRY(canon_parse(r->cx, db_text(r->cx, &rows, 1), &state));
		value_set_text(r->cx->arena, &state, "subject", db_text(r->cx, &rows, 0));
		value_add(r->cx->arena, out, state);
	}
	return db_end(r->cx, &rows);
}

enum err
read_entries(struct read *r, struct str family, int64_t day, struct value *out)
{
	const struct table *t = map_find(&r->tables->registers, family);
	DB_ROWS rows = { 0 };
	int stmt;

	*out = value_list();
	if (!t)
		return fail(r->cx, ERR_INPUT, "没有公布过%.*s", STR_ARG(family));
	TRY(db_prepare(r->cx, r->db, query_entries(r->cx, t), &stmt));
	TRY(db_ask(
	    r->cx, r->db, &rows, stmt, D_TEXT(r->log), D_INT(day), D_INT(SEQ_OPEN)));
	while (db_next(&rows)) {
		struct value values;

		TRY(canon_parse(r->cx, db_text(r->cx, &rows, 4), &values));
		value_add(r->cx->arena, out,
		    version_value(r->cx->arena, db_text(r->cx, &rows, 0),
			db_int(&rows, 1), db_int(&rows, 2), db_int(&rows, 3), values));
	}
	return db_end(r->cx, &rows);
}

enum err
read_due(struct read *r, int64_t until, size_t most, struct value *out)
{
	struct arena *a = r->cx->arena;
	DB_ROWS rows = { 0 };
	int stmt;

	*out = value_list();
	TRY(db_prepare(r->cx, r->db, table_text(TABLE_CLOCK_DUE), &stmt));
	TRY(db_ask(r->cx, r->db, &rows, stmt, D_TEXT(r->log), D_INT(until + 1),
	    D_INT(ABSENT_INT), D_TEXT(S("")), D_INT(ABSENT_INT), D_INT((int64_t)most)));
	while (db_next(&rows)) {
		struct value one = value_map();

		value_set_text(a, &one, "subject", db_text(r->cx, &rows, 0));
		value_set_text(a, &one, "clock", db_text(r->cx, &rows, 1));
		value_set_int(a, &one, "due", db_int(&rows, 2));
		value_add(a, out, one);
	}
	return db_end(r->cx, &rows);
}

enum { ROUNDS = 12 };

enum err
read_choices(struct read *r, struct str actor, struct str subject, struct str family,
    struct act_choices *out)
{
	struct facts facts = { .arena = r->cx->arena };

	for (int i = 0; i < ROUNDS; i++) {
		const enum err err = act_choices(
		    r->cx, r->defs, actor, subject, family, &facts, out);

		if (err != ERR_NEEDS)
			return err;
		TRY(facts_fetch(r->cx, &r->projection, &facts));
	}
	return fail(r->cx, ERR_INPUT, "要查询的层次太多");
}

enum err
read_hidden(struct read *r, struct str actor, struct str subject, struct id_list *masks,
    struct id_list *fields)
{
	struct facts facts = { .arena = r->cx->arena };

	for (int i = 0; i < ROUNDS; i++) {
		const enum err err = act_hidden(
		    r->cx, r->defs, actor, subject, &facts, masks, fields);

		if (err != ERR_NEEDS)
			return err;
		TRY(facts_fetch(r->cx, &r->projection, &facts));
	}
	return fail(r->cx, ERR_INPUT, "要查询的层次太多");
}

/* Entries of `family` whose `field` refers to the subject, today. */
static enum err
refs(struct read *r, struct str family, struct str field, struct str subject,
    struct value *out)
{
	struct facts facts = { .arena = r->cx->arena };
	const struct value *found = facts_refs(
	    &facts, family, field, subject, cx_today(r->cx));

	if (!found) {
		TRY(facts_fetch(r->cx, &r->projection, &facts));
		found = facts_refs(&facts, family, field, subject, cx_today(r->cx));
	}
	for (size_t i = 0; i < value_count(found); i++)
		value_add(r->cx->arena, out, *value_at(found, i));
	return ERR_OK;
}

enum err
read_posts(struct read *r, struct str person, struct value *out)
{
	*out = value_list();
	TRY(refs(r, S("posts"), S("holder"), person, out));
	return refs(r, S("posts"), S("deputy"), person, out);
}

enum err
read_can(struct read *r, struct str person, struct str competence, bool *out)
{
	struct value posts;

	*out = false;
	TRY(read_posts(r, person, &posts));
	for (size_t i = 0; i < value_count(&posts); i++) {
		struct value grants = value_list();

		TRY(refs(r, S("competences"), S("post"),
		    value_str(value_get(value_at(&posts, i), S("subject"))), &grants));
		for (size_t k = 0; k < value_count(&grants); k++)
			*out |= str_eq(
			    value_str(value_path(value_at(&grants, k), "values.what")),
			    competence);
	}
	return ERR_OK;
}
