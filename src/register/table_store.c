/*
 * Tables in a database: making them, emptying them, and the totals over their columns.
 */
#include "base/buf.h"
#include "base/bug.h"
#include "register/table.h"

static enum err
mark_get(struct cx *cx, struct db *db, struct str name, struct str *out)
{
	DB_ROWS rows = { 0 };

	TRY(db_ask(cx, db, &rows, Q_STORE_GET, D_TEXT(name)));
	*out = db_next(&rows) ? db_text(cx, &rows, 0) : S("");
	return db_end(cx, &rows);
}

/* The names of the tables are kept beside the mark, so that tables of definitions nobody
 * knows any more are dropped too. */
static struct str
drop_text(struct arena *a, const struct tables *t)
{
	struct buf b = { .arena = a };
	struct str name, sql, types;

	for (size_t i = 0; table_dump(a, t, i, &name, &sql, &types); i++)
		buf_fmt(&b, "DROP TABLE IF EXISTS %.*s;\n", STR_ARG(name));
	return buf_str(&b);
}

enum err
tables_bring(struct cx *cx, struct db *db, const struct tables *t, bool *stale)
{
	const struct str mark = str_fmt(
	    cx->arena, "%016llx", (unsigned long long)str_hash(t->ddl));
	const struct str drop = drop_text(cx->arena, t);
	struct str seen, old;

	TRY(mark_get(cx, db, S("projection"), &seen));
	*stale = !str_eq(seen, mark);
	if (!*stale)
		return ERR_OK;
	TRY(mark_get(cx, db, S("projection-drop"), &old));
	if (old.n)
		TRY(db_drop(cx, db, old));
	TRY(db_drop(cx, db, drop));
	TRY(db_exec(cx, db, t->ddl));
	TRY(db_run(cx, db, Q_STORE_PUT, D_TEXT(S("projection")), D_TEXT(mark)));
	return db_run(cx, db, Q_STORE_PUT, D_TEXT(S("projection-drop")), D_TEXT(drop));
}

/* Has another log projections here? Then it has entries or matters. */
static enum err
others_here(
    struct cx *cx, struct db *db, const struct tables *t, struct str log, bool *out)
{
	*out = false;
	for (size_t i = 0; i < t->all.n && !*out; i++) {
		DB_ROWS rows = { 0 };
		int stmt;

		TRY(db_prepare(cx, db, t->all.v[i]->others, &stmt));
		TRY(db_ask(cx, db, &rows, stmt, D_TEXT(log)));
		*out = db_next(&rows);
		TRY(db_end(cx, &rows));
	}
	return ERR_OK;
}

enum err
tables_clear(struct cx *cx, struct db *db, const struct tables *t, struct str log)
{
	bool others;
	struct str sql;
	int stmt;

	TRY(others_here(cx, db, t, log, &others));
	if (!others) {
		TRY(db_drop(cx, db, drop_text(cx->arena, t)));
		return db_exec(cx, db, t->ddl);
	}
	for (size_t i = 0; table_empty(cx->arena, t, i, &sql); i++) {
		TRY(db_prepare(cx, db, sql, &stmt));
		TRY(db_run(cx, db, stmt, D_TEXT(log)));
	}
	return ERR_OK;
}

struct db_arg
column_arg(bool is_int, const struct value *v)
{
	if (!is_int)
		return D_TEXT(value_str(v));
	if (v->kind == V_BOOL)
		return D_INT(v->b);
	return D_INT(v->kind == V_INT ? v->i : ABSENT_INT);
}

/* Columns that a total may name besides those of the fields. */
static bool
fixed_column(const struct table *t, struct str name, struct column *out)
{
	static const struct {
		const char *name;
		bool is_int;
	} fixed[] = { { "stage", false }, { "title", false }, { "unit", false },
		{ "parent", false }, { "opened", true }, { "due", true },
		{ "closed", true } };

	for (size_t i = 0; !t->is_register && i < sizeof fixed / sizeof *fixed; i++) {
		if (!str_eq(name, str_z(fixed[i].name)))
			continue;
		*out = (struct column){ name, str_z(fixed[i].name), fixed[i].is_int,
			false };
		return true;
	}
	return false;
}

bool
table_column(const struct table *t, struct str name, struct column *out)
{
	const struct column *c = column_find(t, name);

	if (!c)
		return fixed_column(t, name, out);
	*out = *c;
	return true;
}

struct str
table_by_field(struct arena *a, const struct table *t, const struct column *c)
{
	return str_fmt(a,
	    "SELECT subject, from_day, to_day, from_seq, body FROM %.*s WHERE log = ?1 "
	    "AND %.*s = ?2 AND from_day <= ?3 AND to_day > ?3 "
	    "AND to_seq = 9007199254740991 ORDER BY n LIMIT 1",
	    STR_ARG(t->name), STR_ARG(c->name));
}

struct str
table_blocks(struct arena *a, const struct table *t)
{
	return str_fmt(a,
	    "SELECT subject FROM %.*s WHERE log = ?1 AND f_paper = ?2 "
	    "AND f_series = ?3 AND f_last >= ?4 AND f_first <= ?5 ORDER BY n",
	    STR_ARG(t->name));
}

static size_t
arg_add(struct cx *cx, struct db_args *args, struct db_arg arg)
{
	*list_add(cx->arena, args) = arg;
	return args->n;
}

static enum err
put_condition(struct cx *cx, const struct table *t, const struct value_pair *pair,
    struct buf *where, struct db_args *args)
{
	struct column c;

	if (str_eq(pair->key, S("from"))) {
		buf_fmt(where, " AND %s >= ?%zu",
		    t->is_register ? "to_day - 1" : "opened",
		    arg_add(cx, args, column_arg(true, &pair->value)));
		return ERR_OK;
	}
	if (str_eq(pair->key, S("to"))) {
		buf_fmt(where, " AND %s <= ?%zu", t->is_register ? "from_day" : "opened",
		    arg_add(cx, args, column_arg(true, &pair->value)));
		return ERR_OK;
	}
	if (!table_column(t, pair->key, &c))
		return fail(cx, ERR_INPUT, "%.*s没有可以统计的字段%.*s",
		    STR_ARG(t->family), STR_ARG(pair->key));
	buf_fmt(where, " AND %.*s = ?%zu", STR_ARG(c.name),
	    arg_add(cx, args, column_arg(c.is_int, &pair->value)));
	return ERR_OK;
}

enum err
table_total(struct cx *cx, const struct table *t, struct str log, struct str what,
    const struct value *conditions, struct str *sql, struct db_args *args)
{
	struct buf where = { .arena = cx->arena };
	struct str rest = what, how;
	struct column c = { 0 };

	arg_add(cx, args, D_TEXT(log));
	for (size_t i = 0; i < value_count(conditions); i++)
		TRY(put_condition(cx, t, &conditions->map.pairs[i], &where, args));
	if (t->is_register)
		buf_put(&where, S(" AND to_seq = 9007199254740991"));
	if (str_eq(what, S("count"))) {
		*sql = str_fmt(cx->arena, "SELECT COUNT(%s) FROM %.*s WHERE log = ?1%.*s",
		    t->is_register ? "DISTINCT subject" : "*", STR_ARG(t->name),
		    STR_ARG(buf_str(&where)));
		return ERR_OK;
	}
	if (!str_split(&rest, S(":"), &how) || !table_column(t, rest, &c) || !c.is_int)
		return fail(
		    cx, ERR_INPUT, "%.*s不能统计%.*s", STR_ARG(t->family), STR_ARG(what));
	buf_fmt(&where, " AND %.*s <> -9007199254740991", STR_ARG(c.name));
	if (str_eq(how, S("sum")))
		*sql = str_fmt(cx->arena,
		    "SELECT CAST(COALESCE(SUM(%.*s), 0) AS BIGINT) FROM %.*s "
		    "WHERE log = ?1%.*s",
		    STR_ARG(c.name), STR_ARG(t->name), STR_ARG(buf_str(&where)));
	else if (str_eq(how, S("latest")))
		*sql = str_fmt(cx->arena,
		    "SELECT %.*s FROM %.*s WHERE log = ?1%.*s ORDER BY %s DESC, n DESC "
		    "LIMIT 1",
		    STR_ARG(c.name), STR_ARG(t->name), STR_ARG(buf_str(&where)),
		    t->is_register ? "from_day" : "opened");
	else
		return fail(
		    cx, ERR_INPUT, "%.*s不能统计%.*s", STR_ARG(t->family), STR_ARG(what));
	return ERR_OK;
}
