/*
 * Whether the comparison of live and rebuilt projections sees everything: one cell is
 * changed in each column of each table in turn, and one row taken away.
 */
#include "test.h"

#include <stdio.h>

#include "act/rebuild.h"
#include "base/buf.h"
#include "county_log.h"
#include "store.h"

#define LOG S("test/cells")

struct column_name {
	struct str name, type;
};
struct column_names {
	struct column_name *v;
	size_t n, cap;
};

/* As the database has them, not as the dump would like them to be. */
static void
columns_of(struct cx *cx, struct db *db, struct str table, struct column_names *out)
{
	const struct str sql = str_fmt(cx->arena,
	    "SELECT name, type FROM pragma_table_info('%.*s')", STR_ARG(table));
	DB_ROWS rows = { 0 };
	int stmt;

	*out = (struct column_names){ 0 };
	CHECK_OK(db_prepare(cx, db, sql, &stmt));
	CHECK_OK(db_ask0(cx, db, &rows, stmt));
	while (db_next(&rows))
		*list_add(cx->arena, out) = (struct column_name){ db_text(cx, &rows, 0),
			db_text(cx, &rows, 1) };
	CHECK_OK(db_end(cx, &rows));
}

static bool
is_seen(struct cx *cx, struct county *c, struct str sql)
{
	const struct tables *tables = door_tables(c->door);
	struct db *db = door_store(c->door);
	struct str live, rebuilt;
	DB_TX tx = { 0 };

	CHECK_OK(db_begin(cx, db, &tx));
	CHECK_OK(db_exec(cx, db, sql));
	CHECK_OK(rebuild_dump_digest(cx, db, tables, LOG, &live));
	CHECK_OK(rebuild_log(cx, db, tables, LOG));
	CHECK_OK(rebuild_dump_digest(cx, db, tables, LOG, &rebuilt));
	return !str_eq(live, rebuilt);
}

/* Some row: tables whose rows lie in their key have no other number. */
static struct str
some_row(struct cx *cx, struct str table)
{
	const char *id = str_starts(table, S("p_")) ? "subject" : "rowid";

	return str_fmt(
	    cx->arena, "%s = (SELECT MIN(%s) FROM %.*s)", id, id, STR_ARG(table));
}

static void
change_each(struct cx *cx, struct county *c, struct str table, size_t *cells)
{
	struct column_names columns;

	columns_of(cx, door_store(c->door), table, &columns);
	CHECK(columns.n > 1);
	for (size_t i = 0; i < columns.n; i++) {
		const struct column_name *k = &columns.v[i];
		const bool is_int = str_eq(k->type, S("INTEGER"));
		const struct str other = str_fmt(cx->arena,
		    is_int ? "CASE WHEN %.*s > 0 THEN -1 ELSE 1 END" : "%.*s || 'x'",
		    STR_ARG(k->name)); /* within what a canonical integer may be */
		const struct str sql = str_fmt(cx->arena,
		    "UPDATE %.*s SET %.*s = %.*s WHERE %.*s", STR_ARG(table),
		    STR_ARG(k->name), STR_ARG(other), STR_ARG(some_row(cx, table)));

		if (is_seen(cx, c, sql))
			++*cells;
		else
			test_fail(__FILE__, __LINE__,
			    str_fmt(
				cx->arena, "%.*s.%.*s", STR_ARG(table), STR_ARG(k->name))
				.p);
	}
	CHECK(is_seen(cx, c,
	    str_fmt(cx->arena, "DELETE FROM %.*s WHERE %.*s", STR_ARG(table),
		STR_ARG(some_row(cx, table)))));
}

/* A log alone in its store is rebuilt without indexes, which are made afterwards. */
static int64_t
index_count(struct cx *cx, struct db *db)
{
	DB_ROWS rows = { 0 };
	int64_t n = 0;
	int stmt;

	CHECK_OK(db_prepare(
	    cx, db, S("SELECT COUNT(*) FROM sqlite_master WHERE type = 'index'"), &stmt));
	CHECK_OK(db_ask0(cx, db, &rows, stmt));
	if (db_next(&rows))
		n = db_int(&rows, 0);
	CHECK_OK(db_end(cx, &rows));
	return n;
}

/* Where the files would be is none: the act stands, its document waits for its file. */
static void
files_prevent(struct cx *cx, struct str url)
{
	const struct str path = str_fmt(
	    cx->arena, "%.*s.files", STR_ARG(str_sub(url, sizeof "sqlite:" - 1, url.n)));
	FILE *f = fopen(path.p, "w");

	CHECK(f && fclose(f) == 0);
}

TEST(rebuild_notices_a_change_of_any_cell)
{
	struct door_config config = { .log = LOG, .entropy = cx->entropy };
	struct str name, sql, types;
	TEST_STORE store = { 0 };
	struct act_result note;
	struct county c = { 0 };
	size_t tables = 0, cells = 0;
	int64_t indexes;
	struct act act;

	CHECK(test_store_make(cx, 0, &store));
	config.url = store.url;
	CHECK_OK(county_make(cx, &config, &c));
	files_prevent(cx, store.url);
	act = county_note(cx, &c, S("甲"), S(""));
	CHECK_OK(door_do_one(cx, c.door, &act, &note));
	act = (struct act){ .actor = c.person,
		.subject = note.subject,
		.action = S("reply"),
		.form = value_map(),
		.done = act.done };
	CHECK_OK(door_do_one(cx, c.door, &act, &note));
	act = county_note(cx, &c, S("乙"), S(""));
	CHECK_OK(door_do_one(cx, c.door, &act, &note));
	act = (struct act){ .actor = c.person,
		.subject = note.subject,
		.action = S("ask"), /* a child: its table must not be empty */
		.form = value_map(),
		.done = act.done };
	CHECK_OK(door_do_one(cx, c.door, &act, &note));
	CHECK(county_rebuilds(cx, c.door));
	for (size_t i = 0;
	     table_dump(cx->arena, door_tables(c.door), i, &name, &sql, &types); i++) {
		change_each(cx, &c, name, &cells);
		tables++;
	}
	CHECK(tables >= 9 && cells > 60);
	indexes = index_count(cx, door_store(c.door));
	CHECK(county_rebuilds(cx, c.door));
	CHECK(indexes > 10);
	CHECK(index_count(cx, door_store(c.door)) == indexes);
	door_close(c.door);
}
