/*
 * The texts of the projections. Both engines take the same ones: types are written as in
 * sql/record.sql and translated by the store. A matter's state and an entry's version are
 * kept whole in one text column; the other columns only serve to find and sort.
 */
#include "register/table.h"

#include "base/buf.h"
#include "base/bug.h"

/* Raised when the same definitions begin to shape other tables, or the same events other
 * rows: every store then fills its projections anew. */
#define SHAPE "shape 2"

/* Columns of every matter's and every version's table, before those of the fields. */
#define MATTER_COLUMNS                                                            \
	"log, subject, n, seq, stage, title, unit, parent, opened, due, closed, " \
	"state"
#define VERSION_COLUMNS "log, subject, from_seq, from_day, n, to_day, to_seq, key, body"
#define MATTER_TYPES "ttiittttiiit"
#define VERSION_TYPES "ttiiiiitt"
enum { MATTER_FIXED = sizeof MATTER_TYPES - 1, VERSION_FIXED = sizeof VERSION_TYPES - 1 };

static const struct {
	const char *name, *columns, *key, *rest;
	const char *types;
} commons[] = {
	{ "p_clock", "log, subject, clock, state, due", "log, subject, clock",
	    "log TEXT NOT NULL, subject TEXT NOT NULL, clock TEXT NOT NULL, "
	    "state TEXT NOT NULL, due INTEGER NOT NULL",
	    "tttti" },
	{ "p_ref", "log, subject, field, target", "log, target, field, subject",
	    "log TEXT NOT NULL, subject TEXT NOT NULL, field TEXT NOT NULL, "
	    "target TEXT NOT NULL",
	    "tttt" },
	{ "p_series", "log, subject, n", "log, subject",
	    "log TEXT NOT NULL, subject TEXT NOT NULL, n INTEGER NOT NULL", "tti" },
	{ "p_subject", "log, subject, subject_seq", "log, subject",
	    "log TEXT NOT NULL, subject TEXT NOT NULL, subject_seq INTEGER NOT NULL",
	    "tti" },
	{ "p_unfiled", "log, subject", "log, subject",
	    "log TEXT NOT NULL, subject TEXT NOT NULL", "tt" },
};
enum { COMMONS = sizeof commons / sizeof *commons };

struct str
table_text(enum table_stmt stmt)
{
	static const char *const texts[] = {
		[TABLE_CLOCK_PUT] =
		    "INSERT INTO p_clock (log, subject, clock, state, due) "
		    "VALUES (?1, ?2, ?3, ?4, ?5) ON CONFLICT (log, subject, clock) "
		    "DO UPDATE SET state = excluded.state, due = excluded.due",
		[TABLE_CLOCK_DROP] = "DELETE FROM p_clock WHERE log = ?1 AND subject = "
				     "?2 AND clock = ?3",
		/* log, before this day, after this subject's clock of that day, at most
		 */
		[TABLE_CLOCK_DUE] = "SELECT subject, clock, due FROM p_clock WHERE log = "
				    "?1 "
				    "AND state = 'running' AND due > ?5 AND due < ?2 AND "
				    "(due > ?3 OR (due = ?3 AND subject > ?4)) "
				    "ORDER BY due, subject LIMIT ?6",
		/* log, before this day, at most: also what has run out */
		[TABLE_CLOCK_OPEN] =
		    "SELECT subject, clock, due FROM p_clock WHERE log = ?1 AND "
		    "state IN ('running', 'lapsed') AND due > -9007199254740991 AND "
		    "due < ?2 ORDER BY due, subject LIMIT ?3",
		/* log, from this day on: matters whose terms still run */
		[TABLE_CLOCK_FROM] =
		    "SELECT DISTINCT subject FROM p_clock WHERE log = ?1 AND "
		    "state IN ('running', 'waiting') AND due >= ?2 ORDER BY subject",
		[TABLE_REF_PUT] = "INSERT INTO p_ref (log, target, field, subject) "
				  "VALUES (?1, ?2, ?3, ?4) ON CONFLICT DO NOTHING",
		[TABLE_REF_DROP] = "DELETE FROM p_ref WHERE log = ?1 AND field = ?2 AND "
				   "target = ?3 AND subject = ?4",
		/* log, target, name or '' for every name */
		[TABLE_REF_FIND] =
		    "SELECT field, subject FROM p_ref WHERE log = ?1 AND target = ?2 "
		    "AND (?3 = '' OR field = ?3) ORDER BY field, subject LIMIT 10000",
		[TABLE_SERIES_PUT] =
		    "INSERT INTO p_series (log, subject, n) VALUES (?1, ?2, ?3) "
		    "ON CONFLICT (log, subject) DO UPDATE SET n = excluded.n",
		[TABLE_SERIES_GET] = "SELECT n FROM p_series WHERE log = ?1 AND subject "
				     "= ?2",
		[TABLE_SUBJECT_PUT] = "INSERT INTO p_subject (log, subject, subject_seq) "
				      "VALUES (?1, ?2, "
				      "?3) ON CONFLICT (log, subject) DO UPDATE SET "
				      "subject_seq = excluded.subject_seq",
		[TABLE_SUBJECT_GET] = "SELECT subject_seq FROM p_subject "
				      "WHERE log = ?1 AND subject = ?2",
		[TABLE_UNFILED_PUT] = "INSERT INTO p_unfiled (log, subject) VALUES (?1, "
				      "?2) ON CONFLICT DO NOTHING",
		[TABLE_UNFILED_DROP] = "DELETE FROM p_unfiled WHERE log = ?1 AND subject "
				       "= ?2",
		/* log, after this subject, at most */
		[TABLE_UNFILED] = "SELECT subject FROM p_unfiled WHERE log = ?1 AND "
				  "subject > ?2 ORDER BY subject LIMIT ?3",
	};
	_Static_assert(sizeof texts / sizeof *texts == TABLE_STMT_COUNT_,
	    "a statement without text");

	return str_z(texts[stmt]);
}

struct str
table_refs(struct arena *a, size_t n)
{
	struct buf b = { .arena = a };

	buf_put(&b, S("INSERT INTO p_ref (log, target, field, subject) VALUES "));
	for (size_t i = 0; i < n; i++)
		buf_fmt(&b, i ? ", (?1, ?2, ?3, ?%zu)" : "(?1, ?2, ?3, ?%zu)", 4 + i);
	return buf_str(&b);
}

static bool
type_is_int(enum field_type type)
{
	switch (type) {
	case FIELD_INT:
	case FIELD_MONEY:
	case FIELD_DAY:
	case FIELD_BOOL:
		return true;
	case FIELD_TEXT:
	case FIELD_LONG:
	case FIELD_CODE:
	case FIELD_DECIMAL:
	case FIELD_CHOICE:
	case FIELD_ENTRY:
	case FIELD_ENTRIES:
	case FIELD_MATTER:
	case FIELD_MATTERS:
	case FIELD_TEXTS:
	case FIELD_ROWS:
	case FIELD_CITATIONS:
	case FIELD_FILES:
	case FIELD_COUNT_:
		break;
	}
	return false;
}

/* What stands in SQL as a name has been checked when the definition was loaded; this is
 * the second lock. */
static void
name_check(struct str name)
{
	for (size_t i = 0; i < name.n; i++) {
		const char c = name.p[i];

		if (!((c >= 'a' && c <= 'z') || c == '_' || (i && c >= '0' && c <= '9')))
			bug("%.*s cannot name a column", STR_ARG(name));
	}
	if (!name.n || name.n > 60)
		bug("%.*s cannot name a column", STR_ARG(name));
}

static struct str
name_prefixed(struct arena *a, const char *prefix, struct str id)
{
	const struct str name = str_fmt(
	    a, "%s%.*s", prefix, STR_ARG(field_name_of(a, id)));

	name_check(name);
	return name;
}

static struct table *
table_get(struct tables *t, bool is_register, struct str family)
{
	struct map *families = is_register ? &t->registers : &t->procedures;
	struct table *table = map_find(families, family);

	if (table)
		return table;
	table = arena_new(t->arena, struct table);
	table->is_register = is_register;
	table->family = str_copy(t->arena, family);
	table->name = name_prefixed(t->arena, is_register ? "e_" : "m_", family);
	map_put(t->arena, families, table->family, table);
	*list_add(t->arena, &t->all) = table;
	return table;
}

const struct column *
column_find(const struct table *t, struct str field)
{
	for (size_t i = 0; i < t->columns.n; i++)
		if (str_eq(t->columns.v[i].field, field))
			return &t->columns.v[i];
	return NULL;
}

static void
reference_add(struct tables *t, struct table *table, const struct field *f,
    const struct field *column)
{
	const struct str c = column ? column->id : S("");

	for (size_t i = 0; i < table->references.n; i++)
		if (str_eq(table->references.v[i].field, f->id) &&
		    str_eq(table->references.v[i].column, c))
			return;
	*list_add(t->arena, &table->references) = (struct reference){ f->id, c,
		column ? str_fmt(t->arena, "%.*s.%.*s.%.*s", STR_ARG(table->family),
			     STR_ARG(f->id), STR_ARG(c))
		       : str_fmt(t->arena, "%.*s.%.*s", STR_ARG(table->family),
			     STR_ARG(f->id)) };
}

void
tables_add(struct tables *t, bool is_register, struct str family,
    const struct field_list *fields)
{
	struct table *table = table_get(t, is_register, family);

	for (size_t i = 0; i < fields->n; i++) {
		const struct field *f = &fields->v[i];
		const bool is_int = type_is_int(f->type);
		const struct column *known = column_find(table, f->id);

		if (field_is_reference(f))
			reference_add(t, table, f, NULL);
		for (size_t k = 0; k < f->columns.n; k++)
			if (field_is_reference(&f->columns.v[k]))
				reference_add(t, table, f, &f->columns.v[k]);
		if (!field_is_scalar(f))
			continue;
		if (known && known->is_int != is_int && !t->disputed.n)
			t->disputed = str_fmt(
			    t->arena, "%.*s.%.*s", STR_ARG(family), STR_ARG(f->id));
		if (!known)
			*list_add(t->arena, &table->columns) = (struct column){
				.field = f->id,
				.name = name_prefixed(t->arena, "f_", f->id),
				.is_int = is_int,
				.indexed = f->unique,
			};
	}
}

static void
put_parameters(struct buf *b, size_t from, size_t to)
{
	for (size_t i = from; i <= to; i++)
		buf_fmt(b, i > from ? ", ?%zu" : "?%zu", i);
}

static void
put_columns(struct buf *b, const struct table *t)
{
	for (size_t i = 0; i < t->columns.n; i++)
		buf_fmt(b, ", %.*s", STR_ARG(t->columns.v[i].name));
}

/* Parameters: the fixed columns in their order, then the fields'. */
static struct str
put_text(struct arena *a, const struct table *t, const char *fixed, size_t n_fixed,
    const char *key, const char *changes)
{
	struct buf b = { .arena = a };

	buf_fmt(&b, "INSERT INTO %.*s (%s", STR_ARG(t->name), fixed);
	put_columns(&b, t);
	buf_put(&b, S(") VALUES ("));
	put_parameters(&b, 1, n_fixed + t->columns.n);
	buf_fmt(&b, ") ON CONFLICT (%s) DO UPDATE SET %s", key, changes);
	for (size_t i = 0; !t->is_register && i < t->columns.n; i++)
		buf_fmt(&b, ", %.*s = excluded.%.*s", STR_ARG(t->columns.v[i].name),
		    STR_ARG(t->columns.v[i].name));
	return buf_str(&b);
}

/* SQLite writes every index that has a column which the statement names, changed or not:
 * this one names none. Parameters: log, subject, seq, stage, title, state, then the
 * fields that are in no index. */
static struct str
change_text(struct arena *a, const struct table *t)
{
	struct buf b = { .arena = a };
	int n = 6;

	buf_fmt(&b, "UPDATE %.*s SET seq = ?3, stage = ?4, title = ?5, state = ?6",
	    STR_ARG(t->name));
	for (size_t i = 0; i < t->columns.n; i++)
		if (!t->columns.v[i].indexed)
			buf_fmt(&b, ", %.*s = ?%d", STR_ARG(t->columns.v[i].name), ++n);
	buf_put(&b, S(" WHERE log = ?1 AND subject = ?2"));
	return buf_str(&b);
}

static struct str
dump_text(struct arena *a, const struct table *t, const char *fixed, const char *key)
{
	struct buf b = { .arena = a };

	buf_fmt(&b, "SELECT %s", fixed);
	put_columns(&b, t);
	buf_fmt(&b, " FROM %.*s WHERE log = ?1 ORDER BY %s", STR_ARG(t->name), key);
	return buf_str(&b);
}

static struct str
types_text(struct arena *a, const struct table *t, struct str fixed)
{
	struct buf b = { .arena = a };

	buf_put(&b, fixed);
	for (size_t i = 0; i < t->columns.n; i++)
		buf_put_byte(&b, t->columns.v[i].is_int ? 'i' : 't');
	return buf_str(&b);
}

static void
register_texts(struct arena *a, struct table *t)
{
	const char *key = "log, subject, from_seq, from_day";

	/* A version is written once; later only the end of its being known changes. */
	t->put = put_text(
	    a, t, VERSION_COLUMNS, VERSION_FIXED, key, "to_seq = excluded.to_seq");
	/* log, subject: what is known now, in order of days */
	t->get = str_fmt(a,
	    "SELECT from_seq, from_day, to_day, to_seq, key, body FROM %.*s "
	    "WHERE log = ?1 AND subject = ?2 AND to_seq = 9007199254740991 "
	    "ORDER BY from_day",
	    STR_ARG(t->name));
	/* log, subject, day, known at */
	t->as_of = str_fmt(a,
	    "SELECT subject, from_day, to_day, from_seq, body FROM %.*s "
	    "WHERE log = ?1 AND subject = ?2 AND from_day <= ?3 AND to_day > ?3 "
	    "AND from_seq <= ?4 AND to_seq > ?4",
	    STR_ARG(t->name));
	/* log, name of the reference, target, day: known now */
	t->by_reference = str_fmt(a,
	    "SELECT e.subject, e.from_day, e.to_day, e.from_seq, e.body "
	    "FROM p_ref r JOIN %.*s e ON e.log = r.log AND e.subject = r.subject "
	    "WHERE r.log = ?1 AND r.field = ?2 AND r.target = ?3 AND e.from_day <= ?4 "
	    "AND e.to_day > ?4 AND e.to_seq = 9007199254740991 ORDER BY e.n",
	    STR_ARG(t->name));
	t->last = table_text(TABLE_SUBJECT_GET);
	t->dump = dump_text(a, t, VERSION_COLUMNS, key);
	t->dump_types = types_text(a, t, S(VERSION_TYPES));
}

static void
procedure_texts(struct arena *a, struct table *t)
{
	t->put = put_text(a, t, MATTER_COLUMNS, MATTER_FIXED, "log, subject",
	    "seq = excluded.seq, stage = excluded.stage, title = excluded.title, "
	    "unit = excluded.unit, due = excluded.due, closed = excluded.closed, "
	    "state = excluded.state");
	t->change = change_text(a, t);
	t->get = str_fmt(a, "SELECT state FROM %.*s WHERE log = ?1 AND subject = ?2",
	    STR_ARG(t->name));
	/* the number of its last event: a matter needs no row of p_subject */
	t->last = str_fmt(
	    a, "SELECT seq FROM %.*s WHERE log = ?1 AND subject = ?2", STR_ARG(t->name));
	t->by_parent = str_fmt(a,
	    "SELECT subject, state FROM %.*s WHERE log = ?1 AND parent = ?2 ORDER BY n",
	    STR_ARG(t->name));
	t->not_closed = str_fmt(a,
	    "SELECT subject FROM %.*s WHERE log = ?1 AND closed <> 1 ORDER BY n",
	    STR_ARG(t->name));
	/* log, name of the handlers' reference, person: open matters, and as whom */
	t->handled = str_fmt(a,
	    "SELECT m.subject, h.target FROM p_ref h "
	    "JOIN %.*s m ON m.log = h.log AND m.subject = h.subject "
	    "WHERE h.log = ?1 AND h.field = ?2 AND h.target = ?3 AND m.closed <> 1 "
	    "ORDER BY m.n",
	    STR_ARG(t->name));
	/* the same for entries that mean a person; and the name of that reference */
	t->handled_by_entry = str_fmt(a,
	    "SELECT m.subject, h.target FROM p_ref e "
	    "JOIN p_ref h ON h.log = e.log AND h.target = e.subject "
	    "JOIN %.*s m ON m.log = h.log AND m.subject = h.subject "
	    "WHERE e.log = ?1 AND h.field = ?2 AND e.target = ?3 AND e.field = ?4 "
	    "AND m.closed <> 1 ORDER BY m.n, h.target",
	    STR_ARG(t->name));
	t->dump = dump_text(a, t, MATTER_COLUMNS, "log, subject");
	t->dump_types = types_text(a, t, S(MATTER_TYPES));
}

static void
put_index(struct buf *ddl, const struct table *t, const char *tail, const char *columns)
{
	buf_fmt(ddl, "CREATE INDEX %.*s_%s ON %.*s (log, %s);\n", STR_ARG(t->name), tail,
	    STR_ARG(t->name), columns);
}

static void
put_indexes(struct buf *ddl, const struct table *t)
{
	if (t->is_register) {
		put_index(ddl, t, "key", "key");
		put_index(ddl, t, "n", "n");
	} else {
		put_index(ddl, t, "n", "n");
		put_index(ddl, t, "due", "closed, due");
		put_index(ddl, t, "unit", "unit, n");
		put_index(ddl, t, "parent", "parent, n");
	}
	for (size_t i = 0; i < t->columns.n; i++) {
		const struct column *c = &t->columns.v[i];

		if (c->indexed)
			buf_fmt(ddl, "CREATE INDEX %.*s_%.*s ON %.*s (log, %.*s);\n",
			    STR_ARG(t->name), STR_ARG(c->name), STR_ARG(t->name),
			    STR_ARG(c->name));
	}
}

static void
put_table(struct buf *ddl, const struct table *t)
{
	buf_fmt(ddl, "CREATE TABLE %.*s (%s", STR_ARG(t->name),
	    t->is_register
		? "log TEXT NOT NULL, subject TEXT NOT NULL, from_seq INTEGER NOT NULL, "
		  "from_day INTEGER NOT NULL, n INTEGER NOT NULL, to_day INTEGER NOT "
		  "NULL, "
		  "to_seq INTEGER NOT NULL, key TEXT NOT NULL, body TEXT NOT NULL"
		: "log TEXT NOT NULL, subject TEXT NOT NULL, n INTEGER NOT NULL, "
		  "seq INTEGER NOT NULL, stage TEXT NOT NULL, title TEXT NOT NULL, "
		  "unit TEXT NOT NULL, parent TEXT NOT NULL, opened INTEGER NOT NULL, "
		  "due INTEGER NOT NULL, closed INTEGER NOT NULL, state TEXT NOT NULL");
	for (size_t i = 0; i < t->columns.n; i++)
		buf_fmt(ddl, ", %.*s %s NOT NULL", STR_ARG(t->columns.v[i].name),
		    t->columns.v[i].is_int ? "INTEGER" : "TEXT");
	buf_fmt(ddl, ", PRIMARY KEY (%s)) STRICT;\n",
	    t->is_register ? "log, subject, from_seq, from_day" : "log, subject");
}

enum err
tables_finish(struct cx *cx, struct tables *t)
{
	struct buf ddl = { .arena = t->arena };

	if (t->disputed.n)
		return fail(cx, ERR_INPUT, "字段%.*s在不同版本里类型不同，不能改变类型",
		    STR_ARG(t->disputed));
	buf_put_z(&ddl, "-- " SHAPE "\n");
	for (size_t i = 0; i < COMMONS; i++)
		buf_fmt(&ddl,
		    "CREATE TABLE %s (%s, PRIMARY KEY (%s)) STRICT, WITHOUT ROWID;\n",
		    commons[i].name, commons[i].rest, commons[i].key);
	buf_put(
	    &ddl, S("CREATE INDEX p_clock_due ON p_clock (log, state, due, subject);\n"));
	for (size_t i = 0; i < t->all.n; i++) {
		struct table *table = t->all.v[i];

		if (table->columns.n + MATTER_FIXED > DB_PARAMETERS_MAX)
			return fail(cx, ERR_INPUT,
			    "%.*s各版本的单值字段合计%zu个，最多可以有%d个",
			    STR_ARG(table->family), table->columns.n,
			    DB_PARAMETERS_MAX - MATTER_FIXED);
		if (table->is_register)
			register_texts(t->arena, table);
		else
			procedure_texts(t->arena, table);
		table->empty = str_fmt(
		    t->arena, "DELETE FROM %.*s WHERE log = ?1", STR_ARG(table->name));
		table->others = str_fmt(t->arena,
		    "SELECT 1 FROM %.*s WHERE log < ?1 OR log > ?1 LIMIT 1",
		    STR_ARG(table->name));
		put_table(&ddl, table);
		put_indexes(&ddl, table);
	}
	t->ddl = buf_str(&ddl);
	return ERR_OK;
}

const struct table *
table_of(const struct tables *t, struct str family)
{
	const struct table *table = map_find(&t->registers, family);

	return table ? table : map_find(&t->procedures, family);
}

bool
table_dump(struct arena *a, const struct tables *t, size_t i, struct str *name,
    struct str *sql, struct str *types)
{
	if (i < COMMONS) {
		*name = str_z(commons[i].name);
		*sql = str_fmt(a, "SELECT %s FROM %s WHERE log = ?1 ORDER BY %s",
		    commons[i].columns, commons[i].name, commons[i].key);
		*types = str_z(commons[i].types);
		return true;
	}
	if (i - COMMONS >= t->all.n)
		return false;
	*name = t->all.v[i - COMMONS]->name;
	*sql = t->all.v[i - COMMONS]->dump;
	*types = t->all.v[i - COMMONS]->dump_types;
	return true;
}

bool
table_empty(struct arena *a, const struct tables *t, size_t i, struct str *sql)
{
	if (i < COMMONS)
		*sql = str_fmt(a, "DELETE FROM %s WHERE log = ?1", commons[i].name);
	else if (i - COMMONS < t->all.n)
		*sql = t->all.v[i - COMMONS]->empty;
	else
		return false;
	return true;
}
