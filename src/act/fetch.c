/* The forms of facts as questions to the projections; what is sealed, to the record. */
#include "act/fetch.h"

#include "act/fold.h"
#include "lang/canon.h"

/* Columns: subject, from_day, to_day, from_seq, body. */
static enum err
row_version(struct cx *cx, const struct db_rows *rows, struct value *out)
{
	struct value values;

	TRY(canon_parse(cx, db_text(cx, rows, 4), &values));
	*out = version_value(cx->arena, db_text(cx, rows, 0), db_int(rows, 1),
	    db_int(rows, 2), db_int(rows, 3), values);
	return ERR_OK;
}

static enum err
unknown(struct cx *cx, const struct fact *f)
{
	return fail(cx, ERR_INPUT, "没有公布过%.*s", STR_ARG(f->family));
}

static enum err
fetch_key(struct cx *cx, struct projection *p, const struct fact *f, struct value *out)
{
	const struct table *t = map_find(&p->tables->registers, f->family);
	DB_ROWS rows = { 0 };
	struct str sql;
	struct column c;
	int stmt;

	if (!t)
		return unknown(cx, f);
	if (!table_column(t, f->field, &c))
		return fail(cx, ERR_INPUT, "%.*s没有字段%.*s", STR_ARG(f->family),
		    STR_ARG(f->field));
	TRY(project_flush_family(cx, p, f->family));
	sql = table_by_field(cx->arena, t, &c);
	TRY(db_prepare(cx, p->db, sql, &stmt));
	TRY(db_ask(
	    cx, p->db, &rows, stmt, D_TEXT(p->log), D_TEXT(f->argument), D_INT(f->day)));
	*out = value_null();
	if (db_next(&rows))
		TRY(row_version(cx, &rows, out));
	return db_end(cx, &rows);
}

/* p_ref knows what any version known now refers to; which of them is in force on the day
 * may refer to something else. */
static bool
refers(const struct table *t, struct str field, const struct value *version,
    struct str target)
{
	const struct value *values = value_get(version, S("values"));
	const struct value *v = value_get(values, field);

	if (!column_find(t, field) && v->kind == V_LIST) {
		for (size_t i = 0; i < value_count(v); i++)
			if (str_eq(value_str(value_at(v, i)), target))
				return true;
		return false;
	}
	return str_eq(value_str(v), target);
}

static enum err
fetch_refs(struct cx *cx, struct projection *p, const struct fact *f, struct value *out)
{
	const struct table *t = map_find(&p->tables->registers, f->family);
	const struct str name = str_fmt(
	    cx->arena, "%.*s.%.*s", STR_ARG(f->family), STR_ARG(f->field));
	DB_ROWS rows = { 0 };
	int stmt;

	if (!t)
		return unknown(cx, f);
	TRY(project_flush_family(cx, p, f->family));
	TRY(db_prepare(cx, p->db, t->by_reference, &stmt));
	TRY(db_ask(cx, p->db, &rows, stmt, D_TEXT(p->log), D_TEXT(name),
	    D_TEXT(f->argument), D_INT(f->day)));
	*out = value_list();
	while (db_next(&rows)) {
		struct value version;

		TRY(row_version(cx, &rows, &version));
		if (refers(t, f->field, &version, f->argument))
			value_add(cx->arena, out, version);
	}
	return db_end(cx, &rows);
}

static enum err
fetch_total(struct cx *cx, struct projection *p, const struct fact *f, struct value *out)
{
	const struct table *t = table_of(p->tables, f->family);
	struct value conditions;
	struct db_args args = { 0 };
	DB_ROWS rows = { 0 };
	struct str sql;
	int stmt;

	if (!t)
		return unknown(cx, f);
	TRY(project_flush_family(cx, p, f->family));
	TRY(canon_parse(cx, f->argument, &conditions));
	TRY(table_total(cx, t, p->log, f->field, &conditions, &sql, &args));
	TRY(db_prepare(cx, p->db, sql, &stmt));
	TRY(db_ask_args(cx, p->db, &rows, stmt, args.v, args.n));
	*out = db_next(&rows) ? value_int(db_int(&rows, 0)) : value_null();
	return db_end(cx, &rows);
}

/* What was replaced or ended counts too: it is still there, and may have to go. Events of
 * this very transaction are not: their parts can go with the next. */
static enum err
fetch_parts(struct cx *cx, struct projection *p, const struct fact *f, struct value *out)
{
	struct value parts = value_list(), open;
	struct event_list all = { 0 };
	int64_t seq = 0;

	TRY(record_of_subject(cx, p->db, p->log, f->argument, &all));
	TRY(project_subject_seq(cx, p, f->argument, &seq));
	*out = value_map();
	for (size_t i = 0; i < all.n; i++) {
		const struct event *e = &all.v[i];

		for (size_t k = 1; k < e->parts.n; k++)
			if (!e->parts.v[k].gone)
				value_add(cx->arena, &parts,
				    value_text(str_fmt(cx->arena, "%lld:%.*s",
					(long long)e->seq, STR_ARG(e->parts.v[k].name))));
		value_set_int(cx->arena, out, "at", e->seq);
		if (e->kind != EV_ENTRY_PUT)
			continue;
		TRY(event_open(cx, cx->arena, e, &open));
		value_set(cx->arena, out, S("values"), *value_get(&open, S("values")));
	}
	value_set_int(cx->arena, out, "seq", seq);
	value_set(cx->arena, out, S("parts"), parts);
	return ERR_OK;
}

/* Of an entry it does not matter whether it is still in force: who has left hands over
 * too. */
static enum err
fetch_handled(
    struct cx *cx, struct projection *p, const struct fact *f, struct value *out)
{
	const struct table *t = map_find(&p->tables->procedures, f->family);
	const struct str name = str_fmt(
	    cx->arena, "%.*s.%.*s", STR_ARG(f->family), STR_ARG(f->field));
	DB_ROWS rows = { 0 };
	int stmt;

	if (!t)
		return unknown(cx, f);
	TRY(project_flush(cx, p)); /* the matters, and the entries that mean persons */
	TRY(db_prepare(cx, p->db, f->by.n ? t->handled_by_entry : t->handled, &stmt));
	if (f->by.n)
		TRY(db_ask(cx, p->db, &rows, stmt, D_TEXT(p->log), D_TEXT(name),
		    D_TEXT(f->argument), D_TEXT(f->by)));
	else
		TRY(db_ask(cx, p->db, &rows, stmt, D_TEXT(p->log), D_TEXT(name),
		    D_TEXT(f->argument)));
	*out = value_list();
	while (db_next(&rows)) {
		struct value one = value_map();

		value_set_text(cx->arena, &one, "subject", db_text(cx, &rows, 0));
		value_set_text(cx->arena, &one, "as", db_text(cx, &rows, 1));
		value_add(cx->arena, out, one);
	}
	return db_end(cx, &rows);
}

static enum err
fetch_blocks(struct cx *cx, struct projection *p, const struct fact *f, struct value *out)
{
	const struct table *t = map_find(&p->tables->procedures, S("number-block"));
	DB_ROWS rows = { 0 };
	int stmt;

	if (!t)
		return fail(cx, ERR_INPUT, "没有公布过号段领用的程序");
	TRY(project_flush_family(cx, p, t->family));
	TRY(db_prepare(cx, p->db, table_blocks(cx->arena, t), &stmt));
	TRY(db_ask(cx, p->db, &rows, stmt, D_TEXT(p->log), D_TEXT(f->family),
	    D_TEXT(f->argument), D_INT(f->first), D_INT(f->last)));
	*out = value_list();
	while (db_next(&rows))
		value_add(cx->arena, out, value_text(db_text(cx, &rows, 0)));
	return db_end(cx, &rows);
}

static enum err
fetch_one(struct cx *cx, struct projection *p, const struct fact *f, struct value *out)
{
	int64_t n;

	switch (f->form) {
	case FACT_ENTRY:
		return project_version(cx, p, f->argument, f->day, out);
	case FACT_KEY:
		return fetch_key(cx, p, f, out);
	case FACT_REFS:
		return fetch_refs(cx, p, f, out);
	case FACT_MATTER:
		return project_state(cx, p, f->argument, out);
	case FACT_TOTAL:
		return fetch_total(cx, p, f, out);
	case FACT_NEXT:
		TRY(project_series(cx, p, f->argument, &n));
		*out = value_int(n + 1);
		return ERR_OK;
	case FACT_PARTS:
		return fetch_parts(cx, p, f, out);
	case FACT_HANDLED:
		return fetch_handled(cx, p, f, out);
	case FACT_BLOCKS:
		return fetch_blocks(cx, p, f, out);
	}
	return fail(cx, ERR_INPUT, "%.*s不是一种事实", STR_ARG(f->name));
}

/* Acts of one group ask the same of the registers again and again (who may do this?), so
 * their answers are at hand for the next one (facts.at_hand). */
static enum err
fetch_kept(struct cx *cx, struct projection *p, const struct fact *f, struct value *out)
{
	struct value *kept;

	TRY(fetch_one(cx, p, f, out));
	if (f->form == FACT_ENTRY || f->form == FACT_KEY || f->form == FACT_REFS) {
		kept = arena_new(p->arena, struct value);
		*kept = *out;
		map_put(p->arena, &p->fetched, str_copy(p->arena, f->name), kept);
	}
	return ERR_OK;
}

enum err
facts_fetch(struct cx *cx, struct projection *p, struct facts *facts)
{
	struct arena *arena = cx->arena;
	enum err err = ERR_OK;

	cx->arena = p->arena;
	for (size_t i = 0; i < facts->needs.n && err == ERR_OK; i++) {
		struct value v;

		err = fetch_kept(cx, p, facts->needs.v[i], &v);
		if (err != ERR_OK)
			break;
		fact_give(facts->needs.v[i], v);
		facts_know(facts, facts->needs.v[i]);
	}
	cx->arena = arena;
	facts->needs.n = 0;
	return err;
}

/* How often one question may ask: conditions that follow references of references more
 * often than this are not meant. */
enum { ROUNDS = 12 };

static enum err
asks_without_end(struct cx *cx, const struct facts *facts)
{
	const struct str last = facts->needs.n ? facts->needs.v[0]->name : S("");

	return fail(cx, ERR_INPUT, "条件要查询的层次太多，最后查到%.*s", STR_ARG(last));
}

bool
facts_more(struct cx *cx, struct projection *p, struct facts *facts, enum err *err)
{
	bool again = *err == ERR_NEEDS;

	if (again)
		*err = ++facts->rounds > ROUNDS ? asks_without_end(cx, facts)
						: facts_fetch(cx, p, facts);
	again = again && *err == ERR_OK;
	if (!again)
		facts->rounds = 0;
	return again;
}
