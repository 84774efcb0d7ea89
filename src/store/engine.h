/*
 * What an engine must do for store/db.c: one table of functions for SQLite, one for
 * PostgreSQL. Only db.c calls them, and has checked the arguments.
 */
#pragma once

#include "base/list.h"
#include "store/db.h"

/* The schema of sql/, made by tools/gen-schema.awk. */
extern const char schema_sqlite[], schema_postgres[];

/* A statement as the engine is to prepare it, ?1 ?2 … for its parameters. */
struct stmt {
	struct str name, sql;
	int parameters;
};

struct db {
	const struct engine *engine;
	struct arena *arena; /* of the connection; texts of statements and of failures */
	enum db_mode mode;
	bool in_tx;
	bool alone;       /* the transaction is of db_begin_alone */
	struct str files; /* SQLite: the folder of stored files; else empty */
	LIST(struct stmt) stmts;
};

struct engine {
	const char *schema;
	bool is_postgres;
	void (*close)(struct db *db);
	enum err (*exec)(struct cx *cx, struct db *db, struct str sql);
	enum err (*drop)(struct cx *cx, struct db *db, struct str sql);
	/* One transaction's worth of exec that several processes may try at once. */
	enum err (*lock_schema)(struct cx *cx, struct db *db);
	enum err (*begin)(struct cx *cx, struct db *db);
	enum err (*commit)(struct cx *cx, struct db *db);
	void (*rollback)(struct db *db);
	/* Before a transaction of db_begin_alone, and behind it. Nothing for PostgreSQL.
	 */
	void (*alone)(struct db *db, bool alone);
	bool (*mark)(struct db *db, struct db_mark *out);
	enum err (*prepare)(struct cx *cx, struct db *db, int stmt);
	enum err (*run)(struct cx *cx, struct db *db, int stmt, const struct db_arg *args,
	    size_t nargs, size_t nsets, int64_t *changed);
	enum err (*ask)(
	    struct cx *cx, struct db_rows *rows, const struct db_arg *args, size_t nargs);
	bool (*next)(struct db_rows *rows); /* sets rows->failed and why */
	int64_t (*integer)(const struct db_rows *rows, int col);
	struct str (*view)(const struct db_rows *rows, int col);
	bool (*is_null)(const struct db_rows *rows, int col);
	void (*done)(struct db_rows *rows);
};

/* `where` is the URL behind its scheme. The connection lives in `arena`. */
enum err sqlite_open(struct cx *cx, struct arena *arena, struct str where,
    enum db_mode mode, struct db **out) MUST_USE;
enum err postgres_open(struct cx *cx, struct arena *arena, struct str where,
    enum db_mode mode, struct db **out) MUST_USE;
