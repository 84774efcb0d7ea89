/*
 * PostgreSQL through libpq: prepared statements, binary answers, one pipeline for many
 * parameter sets. The only file that knows libpq-fe.h. Written for 15; what is used is
 * the plain wire protocol, so that distributed engines that speak it will do.
 */
#include <libpq-fe.h>

#include <string.h>

#include "base/buf.h"
#include "base/bug.h"
#include "store/engine.h"

/* Types of columns by their fixed numbers in the catalogue (pg_type.dat). */
enum {
	OID_BOOL = 16,
	OID_BYTEA = 17,
	OID_INT8 = 20,
	OID_INT2 = 21,
	OID_INT4 = 23,
	OID_TEXT = 25,
	OID_VARCHAR = 1043
};

/* Sets in one pipeline before its answers are read: their answers must fit into the
 * socket's buffer, or both sides would wait for the other to read. */
enum { PIPELINE = 500 };

struct postgres {
	struct db db; /* first: the engine's functions get this one */
	PGconn *c;
	bool settled;        /* the connection is as `settle` leaves it */
	LIST(bool) prepared; /* by number of the statement */
};

static const struct engine POSTGRES;

static struct postgres *
postgres_of(struct db *db)
{
	return (struct postgres *)db;
}

static struct str
one_line(const char *message)
{
	return str_trim(str_z(message));
}

static enum err
failed(struct cx *cx, struct postgres *p, struct str what)
{
	const struct str why = one_line(PQerrorMessage(p->c));

	return fail(cx, ERR_STORE, "%.*s:%.*s", STR_ARG(what), STR_ARG(why));
}

static bool
is_word(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
	       (c >= '0' && c <= '9') || c == '_';
}

/* Types in DDL are written as SQLite's and said here in PostgreSQL's words. */
static struct str
ddl(struct cx *cx, struct str sql)
{
	static const struct {
		struct str word, said;
	} words[] = {
		{ S("INTEGER"), S("BIGINT") },
		{ S("TEXT"), S("TEXT COLLATE \"C\"") },
		{ S("BLOB"), S("BYTEA") },
		{ S("STRICT"), S("") },
	};
	const struct str keyed = S(", WITHOUT ROWID"); /* rows lie in their key */
	struct buf b = { .arena = cx->arena };

	for (size_t i = 0, to; i < sql.n; i = to) {
		struct str token, said;

		if (str_starts(str_sub(sql, i, sql.n), keyed)) {
			to = i + keyed.n;
			continue;
		}

		for (to = i; to < sql.n && is_word(sql.p[to]); to++)
			;
		if (to == i && sql.p[i] == '\'')
			for (to = i + 1; to < sql.n && sql.p[to] != '\''; to++)
				;
		if (to == i || (to < sql.n && sql.p[i] == '\''))
			to++;
		token = said = str_sub(sql, i, to);
		for (size_t w = 0; w < sizeof words / sizeof *words; w++)
			if (str_eq(token, words[w].word))
				said = words[w].said;
		buf_put(&b, said);
	}
	return buf_str(&b);
}

static enum err
command(struct cx *cx, struct postgres *p, struct str sql)
{
	PGresult *r = PQexec(p->c, str_cz(cx->arena, sql));
	const ExecStatusType status = PQresultStatus(r);
	enum err err = ERR_OK;

	if (status != PGRES_COMMAND_OK && status != PGRES_TUPLES_OK)
		err = failed(cx, p, S("执行语句失败"));
	PQclear(r);
	return err;
}

static void
notice_ignored(void *self, const char *message)
{
	(void)self;
	(void)message; /* "already exists, skipping", and the like */
}

static enum err
settle(struct cx *cx, struct postgres *p)
{
	const struct str read = S("SET default_transaction_read_only = on");
	const struct str write = S(
	    "SET synchronous_commit = on; SET lock_timeout = '30s'");

	if (PQstatus(p->c) != CONNECTION_OK)
		return failed(cx, p, S("连不上数据库"));
	PQsetNoticeProcessor(p->c, notice_ignored, NULL);
	PQsetClientEncoding(p->c, "UTF8");
	TRY(command(cx, p, p->db.mode == DB_WRITE ? write : read));
	p->settled = true;
	return ERR_OK;
}

static bool
is_broken(const struct postgres *p)
{
	return !p->db.in_tx && (!p->settled || PQstatus(p->c) != CONNECTION_OK);
}

/* The server may have been restarted, or its machine: a connection that broke is made
 * anew before what comes first outside a transaction, so that whoever holds one for
 * months needs to know nothing of it. Statements are prepared again as they are used. */
static enum err
revive(struct cx *cx, struct postgres *p)
{
	if (!is_broken(p))
		return ERR_OK;
	p->settled = false;
	for (size_t i = 0; i < p->prepared.n; i++)
		p->prepared.v[i] = false;
	PQreset(p->c);
	return settle(cx, p);
}

static enum err
postgres_exec(struct cx *cx, struct db *db, struct str sql)
{
	struct postgres *p = postgres_of(db);

	TRY(revive(cx, p));
	return command(cx, p, ddl(cx, sql));
}

static enum err
postgres_lock_schema(struct cx *cx, struct db *db)
{
	return command(cx, postgres_of(db), S("SELECT pg_advisory_xact_lock(20260921)"));
}

static enum err
postgres_begin(struct cx *cx, struct db *db)
{
	struct postgres *p = postgres_of(db);
	const struct str begin = db->mode == DB_WRITE
				     ? S("BEGIN")
				     : S("BEGIN ISOLATION LEVEL REPEATABLE READ");

	TRY(revive(cx, p));
	/* That it broke may show only now, when nothing has been done yet. */
	if (command(cx, p, begin) == ERR_OK)
		return ERR_OK;
	TRY(revive(cx, p));
	return command(cx, p, begin);
}

static enum err
postgres_commit(struct cx *cx, struct db *db)
{
	struct postgres *p = postgres_of(db);
	PGresult *r = PQexec(p->c, "COMMIT");
	enum err err = ERR_OK;

	/* After a failed statement COMMIT is answered with ROLLBACK, and without an
	 * error. */
	if (PQresultStatus(r) != PGRES_COMMAND_OK)
		err = failed(cx, p, S("提交失败"));
	else if (!str_eq(str_z(PQcmdStatus(r)), S("COMMIT")))
		err = fail(cx, ERR_STORE, "提交失败：事务里有语句失败，已整体撤回");
	PQclear(r);
	return err;
}

static void
postgres_rollback(struct db *db)
{
	struct postgres *p = postgres_of(db);

	if (PQtransactionStatus(p->c) != PQTRANS_IDLE)
		PQclear(PQexec(p->c, "ROLLBACK"));
}

/* ?1 becomes $1; a question mark in a literal stays. */
static struct str
dollars(struct cx *cx, struct str sql)
{
	char *p = str_cz(cx->arena, sql);
	bool quoted = false;

	for (size_t i = 0; i < sql.n; i++) {
		if (p[i] == '\'')
			quoted = !quoted;
		else if (p[i] == '?' && !quoted)
			p[i] = '$';
	}
	return (struct str){ p, sql.n };
}

static char *
stmt_name(struct cx *cx, int stmt)
{
	return str_cz(cx->arena, str_fmt(cx->arena, "s%d", stmt));
}

static bool
is_readable(Oid type)
{
	return type == OID_BOOL || type == OID_BYTEA || type == OID_INT8 ||
	       type == OID_INT2 || type == OID_INT4 || type == OID_TEXT ||
	       type == OID_VARCHAR;
}

static enum err
columns_check(struct cx *cx, struct postgres *p, int stmt)
{
	const struct stmt *text = &p->db.stmts.v[stmt];
	PGresult *r = PQdescribePrepared(p->c, stmt_name(cx, stmt));
	enum err err = ERR_OK;

	if (PQresultStatus(r) != PGRES_COMMAND_OK)
		err = failed(cx, p, text->name);
	for (int i = 0; err == ERR_OK && i < PQnfields(r); i++)
		if (!is_readable(PQftype(r, i)))
			err = fail(cx, ERR_STORE,
			    "%.*s：第%d列的类型读不了，写 CAST(… AS BIGINT)",
			    STR_ARG(text->name), i + 1);
	PQclear(r);
	return err;
}

static enum err
postgres_prepare(struct cx *cx, struct db *db, int stmt)
{
	struct postgres *p = postgres_of(db);
	const struct stmt *text = &db->stmts.v[stmt];
	PGresult *r;
	enum err err = ERR_OK;

	TRY(revive(cx, p));
	while (p->prepared.n <= (size_t)stmt)
		*list_add(db->arena, &p->prepared) = false;
	if (p->prepared.v[stmt])
		return ERR_OK;
	if (text->parameters > DB_PARAMETERS_MAX)
		bug("%.*s has more than %d parameters", STR_ARG(text->name),
		    DB_PARAMETERS_MAX);
	r = PQprepare(p->c, stmt_name(cx, stmt), dollars(cx, text->sql).p, 0, NULL);
	if (PQresultStatus(r) != PGRES_COMMAND_OK)
		err = failed(cx, p, text->name);
	PQclear(r);
	TRY(err);
	TRY(columns_check(cx, p, stmt));
	p->prepared.v[stmt] = true;
	return ERR_OK;
}

/* Parameters as libpq wants them: integers as decimal text, texts and blobs as they are.
 */
struct wire {
	const char *values[DB_PARAMETERS_MAX];
	int lengths[DB_PARAMETERS_MAX], formats[DB_PARAMETERS_MAX];
};

static void
wire_set(struct cx *cx, struct wire *w, const struct db_arg *args, size_t nargs)
{
	for (size_t i = 0; i < nargs; i++) {
		const struct db_arg *a = &args[i];

		w->values[i] = NULL;
		w->lengths[i] = 0;
		w->formats[i] = 0;
		switch (a->kind) {
		case DB_ARG_NULL:
			break;
		case DB_ARG_INT:
			w->values[i] = str_fmt(cx->arena, "%lld", (long long)a->i).p;
			break;
		case DB_ARG_TEXT:
		case DB_ARG_BLOB:
			if (a->s.n > INT32_MAX)
				bug("a parameter of %zu bytes", a->s.n);
			w->values[i] = a->s.p ? a->s.p : "";
			w->lengths[i] = (int)a->s.n;
			w->formats[i] = 1;
			break;
		}
	}
}

static int64_t
rows_changed(PGresult *r)
{
	int64_t n = 0;

	return str_int(str_z(PQcmdTuples(r)), &n) ? n : 0;
}

static enum err
run_one(struct cx *cx, struct postgres *p, int stmt, const struct db_arg *args,
    size_t nargs, int64_t *changed)
{
	struct wire w;
	PGresult *r;
	enum err err = ERR_OK;

	wire_set(cx, &w, args, nargs);
	r = PQexecPrepared(
	    p->c, stmt_name(cx, stmt), (int)nargs, w.values, w.lengths, w.formats, 1);
	if (PQresultStatus(r) != PGRES_COMMAND_OK && PQresultStatus(r) != PGRES_TUPLES_OK)
		err = failed(cx, p, p->db.stmts.v[stmt].name);
	else
		*changed += rows_changed(r);
	PQclear(r);
	return err;
}

/* Reads the answers of one pipeline up to its sync; the first failure wins, those that
 * the server skipped because of it are passed over. */
static enum err
pipeline_read(struct cx *cx, struct postgres *p, int stmt, size_t nsets, int64_t *changed)
{
	enum err err = ERR_OK;

	for (size_t i = 0; i <= nsets; i++) {
		PGresult *r = PQgetResult(p->c);
		const ExecStatusType status = PQresultStatus(r);

		if (status == PGRES_FATAL_ERROR && err == ERR_OK)
			err = fail(cx, ERR_STORE, "%.*s:%.*s",
			    STR_ARG(p->db.stmts.v[stmt].name),
			    STR_ARG(one_line(PQresultErrorMessage(r))));
		else if (r && status != PGRES_PIPELINE_SYNC)
			*changed += rows_changed(r);
		PQclear(r);
		if (!r && PQstatus(p->c) != CONNECTION_OK)
			return failed(cx, p, S("与数据库的连接中断"));
		/* Each statement's answer is closed by a NULL, the sync's is not. */
		if (status != PGRES_PIPELINE_SYNC)
			while ((r = PQgetResult(p->c)))
				PQclear(r);
	}
	return err;
}

static enum err
pipeline_run(struct cx *cx, struct postgres *p, int stmt, const struct db_arg *args,
    size_t nargs, size_t nsets, int64_t *changed)
{
	char *name = stmt_name(cx, stmt);
	struct wire w;

	if (!PQenterPipelineMode(p->c))
		return failed(cx, p, p->db.stmts.v[stmt].name);
	for (size_t i = 0; i < nsets; i++) {
		wire_set(cx, &w, args + i * nargs, nargs);
		if (!PQsendQueryPrepared(
			p->c, name, (int)nargs, w.values, w.lengths, w.formats, 1))
			return failed(cx, p, p->db.stmts.v[stmt].name);
	}
	if (!PQpipelineSync(p->c))
		return failed(cx, p, p->db.stmts.v[stmt].name);
	TRY(pipeline_read(cx, p, stmt, nsets, changed));
	return ERR_OK;
}

static enum err
postgres_run(struct cx *cx, struct db *db, int stmt, const struct db_arg *args,
    size_t nargs, size_t nsets, int64_t *changed)
{
	struct postgres *p = postgres_of(db);

	TRY(postgres_prepare(cx, db, stmt));
	if (nsets == 1)
		return run_one(cx, p, stmt, args, nargs, changed);
	for (size_t i = 0; i < nsets; i += PIPELINE) {
		const size_t n = nsets - i < PIPELINE ? nsets - i : PIPELINE;
		const enum err err = pipeline_run(
		    cx, p, stmt, args + i * nargs, nargs, n, changed);

		if (!PQexitPipelineMode(p->c) && err == ERR_OK)
			return failed(cx, p, db->stmts.v[stmt].name);
		TRY(err);
	}
	return ERR_OK;
}

static PGresult *
asked(
    struct cx *cx, struct postgres *p, int stmt, const struct db_arg *args, size_t nargs)
{
	struct wire w;

	wire_set(cx, &w, args, nargs);
	return PQexecPrepared(
	    p->c, stmt_name(cx, stmt), (int)nargs, w.values, w.lengths, w.formats, 1);
}

static enum err
postgres_ask(struct cx *cx, struct db_rows *rows, const struct db_arg *args, size_t nargs)
{
	struct postgres *p = postgres_of(rows->db);
	PGresult *r;

	TRY(postgres_prepare(cx, rows->db, rows->stmt));
	r = asked(cx, p, rows->stmt, args, nargs);
	/* Who only reads may ask twice. */
	if (is_broken(p) && p->db.mode == DB_READ) {
		PQclear(r);
		TRY(postgres_prepare(cx, rows->db, rows->stmt));
		r = asked(cx, p, rows->stmt, args, nargs);
	}
	if (PQresultStatus(r) != PGRES_TUPLES_OK) {
		const enum err err = failed(cx, p, p->db.stmts.v[rows->stmt].name);

		PQclear(r);
		return err;
	}
	rows->handle = r;
	return ERR_OK;
}

static bool
postgres_next(struct db_rows *rows)
{
	if (rows->seen >= (size_t)PQntuples(rows->handle))
		return false;
	rows->seen++;
	return true;
}

static struct str
postgres_view(const struct db_rows *rows, int col)
{
	const int row = (int)rows->seen - 1;

	return (struct str){ PQgetvalue(rows->handle, row, col),
		(size_t)PQgetlength(rows->handle, row, col) };
}

/* Integers come in network order, in the width of their type; the first byte has the
 * sign. */
static int64_t
postgres_integer(const struct db_rows *rows, int col)
{
	const struct str s = postgres_view(rows, col);
	uint64_t v = s.n && (s.p[0] & 0x80) ? UINT64_MAX : 0;

	if (s.n > 8)
		bug("column %d is not an integer", col);
	for (size_t i = 0; i < s.n; i++)
		v = v << 8 | (unsigned char)s.p[i];
	return (int64_t)v;
}

static bool
postgres_is_null(const struct db_rows *rows, int col)
{
	return PQgetisnull(rows->handle, (int)rows->seen - 1, col) != 0;
}

static void
postgres_done(struct db_rows *rows)
{
	PQclear(rows->handle);
}

static void
postgres_close(struct db *db)
{
	PQfinish(postgres_of(db)->c);
}

static bool
postgres_mark(struct db *db, struct db_mark *out)
{
	(void)db;
	(void)out;
	return false;
}

static const struct engine POSTGRES = {
	.schema = schema_postgres,
	.is_postgres = true,
	.close = postgres_close,
	.exec = postgres_exec,
	.drop = postgres_exec,
	.lock_schema = postgres_lock_schema,
	.begin = postgres_begin,
	.commit = postgres_commit,
	.mark = postgres_mark,
	.rollback = postgres_rollback,
	.prepare = postgres_prepare,
	.run = postgres_run,
	.ask = postgres_ask,
	.next = postgres_next,
	.integer = postgres_integer,
	.view = postgres_view,
	.is_null = postgres_is_null,
	.done = postgres_done,
};

enum err
postgres_open(struct cx *cx, struct arena *arena, struct str where, enum db_mode mode,
    struct db **out)
{
	struct postgres *p = arena_new(arena, struct postgres);
	enum err err;

	p->db.engine = &POSTGRES;
	p->db.arena = arena;
	p->db.mode = mode;
	p->c = PQconnectdb(str_cz(arena, where));
	err = settle(cx, p);
	if (err != ERR_OK) {
		PQfinish(p->c);
		return err;
	}
	*out = &p->db;
	return ERR_OK;
}
