/*
 * The half of the store that is the same for both engines: opening and the schema's
 * version, the list of statements, the promises about transactions and arguments.
 */
#include "store/db.h"

#include "base/bug.h"
#include "store/engine.h"

static const struct str SCHEMA_VERSION = { "1", 1 };

static void
stmts_init(struct db *db)
{
	for (int i = 0; i < Q_COUNT_; i++) {
		const struct stmt_text *t = &stmt_texts[i];
		struct stmt *s = list_add(db->arena, &db->stmts);

		s->name = str_z(t->name);
		s->parameters = t->parameters;
		s->sql = str_z(db->engine->is_postgres ? t->postgres : t->sqlite);
	}
}

static enum err
store_value(struct cx *cx, struct db *db, struct str name, struct str *out)
{
	DB_ROWS rows = { 0 };

	TRY(db_ask(cx, db, &rows, Q_STORE_GET, D_TEXT(name)));
	*out = db_next(&rows) ? db_text(cx, &rows, 0) : S("");
	return db_end(cx, &rows);
}

/* Runs the schema when its text is not the one that was run last: every statement in it
 * only adds what is missing. */
static enum err
schema_bring(struct cx *cx, struct db *db)
{
	const struct str schema = str_z(db->engine->schema);
	const struct str mark = str_fmt(
	    cx->arena, "%016llx", (unsigned long long)str_hash(schema));
	struct str seen = S("");
	DB_TX tx = { 0 };

	if (db->engine->prepare(cx, db, Q_STORE_GET) == ERR_OK) {
		TRY(store_value(cx, db, S("schema-text"), &seen));
		if (str_eq(seen, mark))
			return ERR_OK;
	}
	TRY(db_begin(cx, db, &tx));
	TRY(db->engine->lock_schema(cx, db));
	TRY(db->engine->exec(cx, db, schema));
	TRY(db->engine->prepare(cx, db, Q_STORE_GET));
	TRY(db->engine->prepare(cx, db, Q_STORE_PUT));
	TRY(db_run(cx, db, Q_STORE_PUT, D_TEXT(S("schema-text")), D_TEXT(mark)));
	return db_commit(cx, &tx);
}

static enum err
db_start(struct cx *cx, struct db *db)
{
	struct str version;

	if (db->mode == DB_WRITE)
		TRY(schema_bring(cx, db));
	else if (db->engine->prepare(cx, db, Q_STORE_GET) != ERR_OK)
		return fail(cx, ERR_NOT_FOUND, "数据库里没有准绳的数据");
	TRY(store_value(cx, db, S("schema"), &version));
	if (!str_eq(version, SCHEMA_VERSION))
		return fail(cx, ERR_INPUT, "数据库的版本是 %.*s，本程序只认版本 %.*s",
		    STR_ARG(version), STR_ARG(SCHEMA_VERSION));
	for (int i = 0; i < Q_COUNT_; i++)
		TRY(db->engine->prepare(cx, db, i));
	return ERR_OK;
}

enum err
db_open(struct cx *cx, struct str url, enum db_mode mode, struct db **out)
{
	const struct str sqlite = S("sqlite:"), postgres = S("postgres:");
	struct arena first = { 0 };
	struct arena *arena = arena_new(&first, struct arena);
	struct db *db = NULL;
	enum err err;

	/* The connection's arena lives in itself, so that closing frees all of it. */
	*arena = first;
	if (str_starts(url, sqlite))
		err = sqlite_open(cx, arena, str_sub(url, sqlite.n, url.n), mode, &db);
	else if (str_starts(url, postgres))
		err = postgres_open(
		    cx, arena, str_sub(url, postgres.n, url.n), mode, &db);
	else
		err = fail(cx, ERR_INPUT,
		    "数据库地址要以 sqlite: 或 postgres: 开头：%.*s", STR_ARG(url));
	if (err == ERR_OK) {
		stmts_init(db);
		err = db_start(cx, db);
	}
	if (err != ERR_OK) {
		if (db)
			db->engine->close(db);
		first = *arena;
		arena_free(&first);
		return err;
	}
	*out = db;
	return ERR_OK;
}

void
db_close(struct db *db)
{
	struct arena arena;

	if (!db)
		return;
	if (db->in_tx)
		db->engine->rollback(db);
	db->engine->close(db);
	arena = *db->arena;
	arena_free(&arena);
}

bool
db_is_postgres(const struct db *db)
{
	return db->engine->is_postgres;
}

enum err
db_begin(struct cx *cx, struct db *db, struct db_tx *tx)
{
	if (db->in_tx || tx->db)
		bug("db_begin inside a transaction");
	TRY(db->engine->begin(cx, db));
	db->in_tx = true;
	tx->db = db;
	return ERR_OK;
}

static void
alone_set(struct db *db, bool alone)
{
	if (db->alone != alone && db->engine->alone)
		db->engine->alone(db, alone);
	db->alone = alone;
}

enum err
db_begin_alone(struct cx *cx, struct db *db, struct db_tx *tx)
{
	enum err err;

	if (!db->in_tx)
		alone_set(db, true);
	err = db_begin(cx, db, tx);
	if (err != ERR_OK)
		alone_set(db, false);
	return err;
}

static void
tx_end(struct db_tx *tx)
{
	tx->db->in_tx = false;
	alone_set(tx->db, false);
	tx->db = NULL;
}

enum err
db_commit(struct cx *cx, struct db_tx *tx)
{
	struct db *db = tx->db;
	enum err err;

	if (!db)
		bug("db_commit without db_begin");
	err = db->engine->commit(cx, db);
	if (err != ERR_OK)
		db->engine->rollback(db);
	tx_end(tx);
	return err;
}

void
db_rollback(struct db_tx *tx)
{
	if (!tx->db)
		return;
	tx->db->engine->rollback(tx->db);
	tx_end(tx);
}

bool
db_mark(struct db *db, struct db_mark *out)
{
	return db->engine->mark(db, out);
}

static void
stmt_check(const struct db *db, int stmt, size_t nargs)
{
	if (stmt < 0 || (size_t)stmt >= db->stmts.n)
		bug("no statement %d", stmt);
	if ((size_t)db->stmts.v[stmt].parameters != nargs)
		bug("%.*s takes %d parameters, not %zu", STR_ARG(db->stmts.v[stmt].name),
		    db->stmts.v[stmt].parameters, nargs);
}

enum err
db_run_many(struct cx *cx, struct db *db, int stmt, const struct db_arg *args,
    size_t nargs, size_t nsets, int64_t *changed)
{
	int64_t n = 0;

	stmt_check(db, stmt, nargs);
	TRY(db->engine->run(cx, db, stmt, args, nargs, nsets, &n));
	if (changed)
		*changed = n;
	return ERR_OK;
}

enum err
db_ask_args(struct cx *cx, struct db *db, struct db_rows *rows, int stmt,
    const struct db_arg *args, size_t nargs)
{
	enum err err;

	if (rows->db)
		bug("rows asked again before they were closed");
	stmt_check(db, stmt, nargs);
	*rows = (struct db_rows){ .db = db, .stmt = stmt };
	err = db->engine->ask(cx, rows, args, nargs);
	if (err != ERR_OK)
		rows->db = NULL;
	return err;
}

bool
db_next(struct db_rows *rows)
{
	return rows->db && rows->failed == ERR_OK && rows->db->engine->next(rows);
}

int64_t
db_int(const struct db_rows *rows, int col)
{
	return rows->db->engine->integer(rows, col);
}

struct str
db_view(const struct db_rows *rows, int col)
{
	return rows->db->engine->view(rows, col);
}

struct str
db_text(struct cx *cx, const struct db_rows *rows, int col)
{
	return str_copy(cx->arena, db_view(rows, col));
}

bool
db_is_null(const struct db_rows *rows, int col)
{
	return rows->db->engine->is_null(rows, col);
}

enum err
db_end(struct cx *cx, struct db_rows *rows)
{
	const enum err err = rows->failed;

	if (err != ERR_OK)
		cx->why = str_copy(cx->arena, rows->why);
	db_rows_close(rows);
	return err;
}

void
db_rows_close(struct db_rows *rows)
{
	if (!rows->db)
		return;
	rows->db->engine->done(rows);
	rows->db = NULL;
	rows->handle = NULL;
}

static int
parameters_of(struct str sql)
{
	int most = 0;

	for (size_t i = 0; i < sql.n; i++) {
		int n = 0;

		if (sql.p[i] != '?')
			continue;
		while (i + 1 < sql.n && sql.p[i + 1] >= '0' && sql.p[i + 1] <= '9' &&
		       n < 1000)
			n = n * 10 + (sql.p[++i] - '0');
		if (n > most)
			most = n;
	}
	return most;
}

enum err
db_prepare(struct cx *cx, struct db *db, struct str sql, int *stmt)
{
	const int next = (int)db->stmts.n;
	struct stmt *s;
	enum err err;

	/* Statements are hundreds at most, and prepared while definitions load. */
	for (int i = Q_COUNT_; i < next; i++) {
		if (str_eq(db->stmts.v[i].sql, sql)) {
			*stmt = i;
			return ERR_OK;
		}
	}
	s = list_add(db->arena, &db->stmts);
	s->sql = str_copy(db->arena, sql);
	s->name = s->sql;
	s->parameters = parameters_of(sql);
	err = db->engine->prepare(cx, db, next);
	if (err != ERR_OK) {
		db->stmts.n--;
		return err;
	}
	*stmt = next;
	return ERR_OK;
}

enum err
db_exec(struct cx *cx, struct db *db, struct str sql)
{
	return db->engine->exec(cx, db, sql);
}

enum err
db_drop(struct cx *cx, struct db *db, struct str sql)
{
	return db->engine->drop(cx, db, sql);
}
