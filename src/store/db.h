/*
 * One connection to a database of either engine, running named statements only. SQL is in
 * sql/stmt; statements made while definitions load come from register/table.c and
 * read/query.c through db_prepare, and from nowhere else.
 *
 * URL: "sqlite:PATH" or "postgres:CONNINFO". Not shared between threads.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/cx.h"
#include "store/stmt.h" /* generated: enum db_stmt { Q_..., Q_COUNT_ } */

struct db;

enum { DB_PARAMETERS_MAX = 512 }; /* of one statement, on either engine */

enum db_mode {
	DB_READ,  /* refuses every change (query_only / default_transaction_read_only) */
	DB_WRITE, /* the writer */
};

/* Opens, and on DB_WRITE creates what is missing of the schema (sql/). Every named
 * statement is prepared at once, so a typo stops the start. ERR_STORE when the engine
 * refuses, ERR_NOT_FOUND when there is nothing to read; a store of another schema version
 * is ERR_INPUT. */
enum err db_open(struct cx *cx, struct str url, enum db_mode mode, struct db **out)
    MUST_USE;
void db_close(struct db *db); /* NULL is fine */
bool db_is_postgres(const struct db *db);

enum db_arg_kind { DB_ARG_NULL, DB_ARG_INT, DB_ARG_TEXT, DB_ARG_BLOB };

struct db_arg {
	enum db_arg_kind kind;
	int64_t i;
	struct str s;
};

#define D_INT(v) ((struct db_arg){ DB_ARG_INT, (v), { NULL, 0 } })
#define D_TEXT(v) ((struct db_arg){ DB_ARG_TEXT, 0, (v) })
#define D_BLOB(v) ((struct db_arg){ DB_ARG_BLOB, 0, (v) })
#define D_NULL ((struct db_arg){ DB_ARG_NULL, 0, { NULL, 0 } })

/* A transaction is a scope: DB_TX tx = { 0 }; TRY(db_begin(...)); ... return
 * db_commit(...). Any return between rolls back. On a DB_WRITE connection it takes the
 * write lock at once on SQLite (BEGIN IMMEDIATE); on PostgreSQL the caller locks the
 * log's head row. On DB_READ it is a snapshot. */
struct db_tx {
	struct db *db;
};
#define DB_TX __attribute__((cleanup(db_rollback))) struct db_tx
enum err db_begin(struct cx *cx, struct db *db, struct db_tx *tx) MUST_USE;
/* For one that writes much of a store that is not being served: on SQLite, while nobody
 * else has it open, each page is written once, to its place, with a rollback journal of
 * what stood there before; whoever wants in meanwhile waits. Otherwise the same as
 * db_begin, so it never refuses what that would not. */
enum err db_begin_alone(struct cx *cx, struct db *db, struct db_tx *tx) MUST_USE;
enum err db_commit(struct cx *cx, struct db_tx *tx) MUST_USE;
void db_rollback(struct db_tx *tx);

/* What every commit to the store changes, whoever makes it: while it is the same, all
 * that was read since it was taken is still true. Costs no statement. false: nobody can
 * say without being asked (PostgreSQL). */
enum { DB_MARK_SIZE = 48 };
struct db_mark {
	unsigned char b[DB_MARK_SIZE];
};
bool db_mark(struct db *db, struct db_mark *out);

/* Runs a statement that returns no rows, for nsets parameter sets of nargs each: a loop
 * on SQLite, one pipeline on PostgreSQL. *changed (may be NULL) gets the rows changed in
 * all. A statement with nargs that differs from its own parameters is a bug. */
enum err db_run_many(struct cx *cx, struct db *db, int stmt, const struct db_arg *args,
    size_t nargs, size_t nsets, int64_t *changed) MUST_USE;

#define db_run(cx, db, stmt, ...)                                         \
	db_run_many((cx), (db), (stmt), (struct db_arg[]){ __VA_ARGS__ }, \
	    sizeof((struct db_arg[]){ __VA_ARGS__ }) / sizeof(struct db_arg), 1, NULL)
#define db_run0(cx, db, stmt) db_run_many((cx), (db), (stmt), NULL, 0, 1, NULL)

/* Rows are a scope too. A loop also ends on failure: always ask db_end. */
struct db_rows {
	struct db *db;
	int stmt;
	size_t seen;  /* rows so far, the current one included */
	void *handle; /* the engine's own */
	enum err failed;
	struct str why;
};
#define DB_ROWS __attribute__((cleanup(db_rows_close))) struct db_rows
enum err db_ask_args(struct cx *cx, struct db *db, struct db_rows *rows, int stmt,
    const struct db_arg *args, size_t nargs) MUST_USE;
#define db_ask(cx, db, rows, stmt, ...)                                           \
	db_ask_args((cx), (db), (rows), (stmt), (struct db_arg[]){ __VA_ARGS__ }, \
	    sizeof((struct db_arg[]){ __VA_ARGS__ }) / sizeof(struct db_arg))
#define db_ask0(cx, db, rows, stmt) db_ask_args((cx), (db), (rows), (stmt), NULL, 0)
bool db_next(struct db_rows *rows);
int64_t db_int(const struct db_rows *rows, int col); /* NULL gives 0 */
struct str db_text(
    struct cx *cx, const struct db_rows *rows, int col); /* copied; also blobs */
struct str db_view(
    const struct db_rows *rows, int col); /* not copied: until the next db_next */
bool db_is_null(const struct db_rows *rows, int col);
enum err db_end(struct cx *cx, struct db_rows *rows) MUST_USE;
void db_rows_close(struct db_rows *rows);

/* A statement known only when definitions load; the same text gives the same number
 * again. Parameters are written ?1 ?2 … for both engines. Columns of an answer are
 * integers, texts or blobs: PostgreSQL's SUM(bigint) is none of them, write CAST(SUM(x)
 * AS BIGINT). */
enum err db_prepare(struct cx *cx, struct db *db, struct str sql, int *stmt) MUST_USE;

/* DDL of projections and loading; several statements separated by ';'. Types are written
 * as in sql/record.sql: INTEGER, TEXT, BLOB, tables end in ") STRICT;", those of
 * short rows that are found by their key in ") STRICT, WITHOUT ROWID;". */
enum err db_exec(struct cx *cx, struct db *db, struct str sql) MUST_USE;
/* The same for dropping tables that hold nothing but what is in the record too: SQLite
 * overwrites whatever else is deleted, these may leave their traces. */
enum err db_drop(struct cx *cx, struct db *db, struct str sql) MUST_USE;
