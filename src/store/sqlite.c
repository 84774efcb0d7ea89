/*
 * SQLite, the embedded default: WAL, synchronous=FULL, STRICT tables, one writer and any
 * number of readers. The only file that knows sqlite3.h.
 */
#include <sqlite3.h>

#include <pthread.h>
#include <string.h>

#include "base/bug.h"
#include "store/engine.h"

enum { BUSY_MS = 10000 };

/* Pages of the log: after so many more it is copied into the database beside the writer;
 * from so many on, 64 MB, by the writer itself. Only when all of it is copied at a moment
 * when nobody writes does the log begin anew. */
enum { LOG_STEP = 1000, LOG_MOST = 8192 };

/* A prepared copy of a statement. Asking again while the first answer is still being read
 * takes another copy; a cursor never disturbs one that is open. */
struct copy {
	sqlite3_stmt *stmt;
	bool used, at_end;
	struct copy *next;
};

/* Copies the log of a writer into the database, on a thread and a connection of its own:
 * the acts of the next groups do not wait for it. Begun when the log first has grown. */
struct copier {
	pthread_t thread;
	pthread_mutex_t lock;
	pthread_cond_t wake;
	sqlite3 *c; /* NULL: not begun */
	bool asked, stopping;
	int seen; /* pages of the log when it was last asked; the writer's own */
};

struct sqlite {
	struct db db; /* first: the engine's functions get this one */
	sqlite3 *c;
	struct copier copier;
	LIST(struct copy *) copies; /* by number of the statement */
};

static const struct engine SQLITE;

static struct sqlite *
sqlite_of(struct db *db)
{
	return (struct sqlite *)db;
}

static enum err
failed(struct cx *cx, struct sqlite *s, const char *what)
{
	return fail(cx, ERR_STORE, "%s:%s", what, sqlite3_errmsg(s->c));
}

static enum err
sqlite_exec(struct cx *cx, struct db *db, struct str sql)
{
	struct sqlite *s = sqlite_of(db);

	if (sqlite3_exec(s->c, str_cz(cx->arena, sql), NULL, NULL, NULL) != SQLITE_OK)
		return failed(cx, s, "执行语句失败");
	return ERR_OK;
}

/* Overwriting each page of a table with zeros first would write it twice. */
static enum err
sqlite_drop(struct cx *cx, struct db *db, struct str sql)
{
	enum err err;

	TRY(sqlite_exec(cx, db, S("PRAGMA secure_delete = FAST")));
	err = sqlite_exec(cx, db, sql);
	TRY(sqlite_exec(cx, db, S("PRAGMA secure_delete = ON")));
	return err;
}

static enum err
sqlite_lock_schema(struct cx *cx, struct db *db)
{
	(void)cx;
	(void)db; /* BEGIN IMMEDIATE holds the only lock there is */
	return ERR_OK;
}

static enum err
sqlite_begin(struct cx *cx, struct db *db)
{
	return sqlite_exec(
	    cx, db, db->mode == DB_WRITE ? S("BEGIN IMMEDIATE") : S("BEGIN"));
}

static enum err
sqlite_commit(struct cx *cx, struct db *db)
{
	return sqlite_exec(cx, db, S("COMMIT"));
}

static void
sqlite_rollback(struct db *db)
{
	struct sqlite *s = sqlite_of(db);

	/* A full disk has already rolled back by itself. */
	if (!sqlite3_get_autocommit(s->c))
		sqlite3_exec(s->c, "ROLLBACK", NULL, NULL, NULL);
}

/* One of the two copies of the header in shared memory that a reader compares to learn
 * whether there is anything new (sqlite.org/walformat.html, "The WAL-Index Header"). A
 * writer writes the second copy first: where they agree, none is half-written. */
static bool
wal_header(struct sqlite *s, uint32_t out[DB_MARK_SIZE / 4])
{
	enum { WORDS = DB_MARK_SIZE / 4, REGION = 32 << 10, FIRST = 0 };
	volatile void *at = NULL;
	sqlite3_file *file = NULL;
	const uint32_t *words;
	bool same = true;

	if (sqlite3_file_control(s->c, "main", SQLITE_FCNTL_FILE_POINTER, &file) !=
		SQLITE_OK ||
	    !file->pMethods || file->pMethods->iVersion < 2 ||
	    file->pMethods->xShmMap(file, FIRST, REGION, 0, &at) != SQLITE_OK || !at)
		return false;
	words = (const uint32_t *)(uintptr_t)at;
	for (int i = 0; i < WORDS; i++)
		out[i] = __atomic_load_n(&words[i], __ATOMIC_ACQUIRE);
	for (int i = 0; i < WORDS; i++)
		same = same &&
		       out[i] == __atomic_load_n(&words[WORDS + i], __ATOMIC_ACQUIRE);
	return same;
}

static bool
sqlite_mark(struct db *db, struct db_mark *out)
{
	uint32_t words[DB_MARK_SIZE / 4];

	if (!wal_header(sqlite_of(db), words))
		return false;
	memcpy(out->b, words, sizeof out->b);
	return out->b[12]; /* isInit */
}

static enum err
copy_new(struct cx *cx, struct sqlite *s, int stmt, struct copy **out)
{
	const struct stmt *text = &s->db.stmts.v[stmt];
	struct copy *c;
	sqlite3_stmt *prepared = NULL;

	if (sqlite3_prepare_v3(s->c, text->sql.p, (int)text->sql.n,
		SQLITE_PREPARE_PERSISTENT, &prepared, NULL) != SQLITE_OK)
		return fail(cx, ERR_STORE, "语句 %.*s：%s", STR_ARG(text->name),
		    sqlite3_errmsg(s->c));
	if (!prepared)
		return fail(cx, ERR_STORE, "语句 %.*s 是空的", STR_ARG(text->name));
	c = arena_new(s->db.arena, struct copy);
	c->stmt = prepared;
	c->next = s->copies.v[stmt];
	s->copies.v[stmt] = c;
	*out = c;
	return ERR_OK;
}

static enum err
sqlite_prepare(struct cx *cx, struct db *db, int stmt)
{
	struct sqlite *s = sqlite_of(db);
	struct copy *c;

	while (s->copies.n <= (size_t)stmt)
		*list_add(db->arena, &s->copies) = NULL;
	return s->copies.v[stmt] ? ERR_OK : copy_new(cx, s, stmt, &c);
}

static enum err
copy_take(struct cx *cx, struct sqlite *s, int stmt, struct copy **out)
{
	struct copy *c;

	while (s->copies.n <= (size_t)stmt)
		*list_add(s->db.arena, &s->copies) = NULL;
	for (c = s->copies.v[stmt]; c && c->used; c = c->next)
		;
	if (!c)
		TRY(copy_new(cx, s, stmt, &c));
	c->used = true;
	c->at_end = false;
	*out = c;
	return ERR_OK;
}

static void
copy_give(struct copy *c)
{
	sqlite3_reset(c->stmt);
	c->used = false;
}

/* `keep` says who owns the bytes while the statement runs: SQLITE_STATIC when the
 * caller's arguments outlive it. */
static bool
bind(sqlite3_stmt *stmt, const struct db_arg *args, size_t nargs,
    sqlite3_destructor_type keep)
{
	for (size_t i = 0; i < nargs; i++) {
		const struct db_arg *a = &args[i];
		const char *p = a->s.p ? a->s.p : "";
		const int at = (int)i + 1;
		int rc = SQLITE_ERROR;

		switch (a->kind) {
		case DB_ARG_NULL:
			rc = sqlite3_bind_null(stmt, at);
			break;
		case DB_ARG_INT:
			rc = sqlite3_bind_int64(stmt, at, a->i);
			break;
		case DB_ARG_TEXT:
			rc = sqlite3_bind_text64(stmt, at, p, a->s.n, keep, SQLITE_UTF8);
			break;
		case DB_ARG_BLOB:
			rc = sqlite3_bind_blob64(stmt, at, p, a->s.n, keep);
			break;
		}
		if (rc != SQLITE_OK)
			return false;
	}
	return true;
}

static enum err
sqlite_run(struct cx *cx, struct db *db, int stmt, const struct db_arg *args,
    size_t nargs, size_t nsets, int64_t *changed)
{
	struct sqlite *s = sqlite_of(db);
	const struct stmt *text = &db->stmts.v[stmt];
	struct copy *c;

	TRY(copy_take(cx, s, stmt, &c));
	for (size_t i = 0; i < nsets; i++) {
		if (!bind(c->stmt, args + i * nargs, nargs, SQLITE_STATIC) ||
		    sqlite3_step(c->stmt) != SQLITE_DONE) {
			const enum err err = fail(cx, ERR_STORE, "%.*s:%s",
			    STR_ARG(text->name), sqlite3_errmsg(s->c));

			copy_give(c);
			return err;
		}
		*changed += sqlite3_changes64(s->c);
		sqlite3_reset(c->stmt);
	}
	copy_give(c);
	return ERR_OK;
}

static enum err
sqlite_ask(struct cx *cx, struct db_rows *rows, const struct db_arg *args, size_t nargs)
{
	struct sqlite *s = sqlite_of(rows->db);
	struct copy *c;

	TRY(copy_take(cx, s, rows->stmt, &c));
	if (!bind(c->stmt, args, nargs, SQLITE_TRANSIENT)) {
		copy_give(c);
		return failed(cx, s, "绑定参数失败");
	}
	rows->handle = c;
	return ERR_OK;
}

static sqlite3_stmt *
stmt_of(const struct db_rows *rows)
{
	const struct copy *c = rows->handle;

	return c->stmt;
}

static bool
sqlite_next(struct db_rows *rows)
{
	struct sqlite *s = sqlite_of(rows->db);
	struct copy *c = rows->handle;
	int rc;

	if (c->at_end)
		return false; /* one more step would start it again */
	rc = sqlite3_step(c->stmt);
	if (rc == SQLITE_ROW) {
		rows->seen++;
		return true;
	}
	c->at_end = true;
	if (rc != SQLITE_DONE) {
		rows->failed = ERR_STORE;
		rows->why = str_fmt(s->db.arena, "%.*s:%s",
		    STR_ARG(s->db.stmts.v[rows->stmt].name), sqlite3_errmsg(s->c));
	}
	return false;
}

static int64_t
sqlite_integer(const struct db_rows *rows, int col)
{
	return sqlite3_column_int64(stmt_of(rows), col);
}

static struct str
sqlite_view(const struct db_rows *rows, int col)
{
	sqlite3_stmt *stmt = stmt_of(rows);
	const char *p = sqlite3_column_blob(stmt, col);

	return p ? (struct str){ p, (size_t)sqlite3_column_bytes(stmt, col) } : S("");
}

static bool
sqlite_is_null(const struct db_rows *rows, int col)
{
	return sqlite3_column_type(stmt_of(rows), col) == SQLITE_NULL;
}

static void
sqlite_done(struct db_rows *rows)
{
	copy_give(rows->handle);
}

/* --- the log into the database --- */

static void *
copier_main(void *self)
{
	struct copier *k = self;
	bool stopping;

	for (;;) {
		pthread_mutex_lock(&k->lock);
		while (!k->asked && !k->stopping)
			pthread_cond_wait(&k->wake, &k->lock);
		k->asked = false;
		stopping = k->stopping;
		pthread_mutex_unlock(&k->lock);
		if (stopping)
			return NULL;
		/* What fails is in the log still: the next one copies it, or the writer.
		 */
		sqlite3_wal_checkpoint_v2(
		    k->c, NULL, SQLITE_CHECKPOINT_PASSIVE, NULL, NULL);
	}
}

/* Without it the writer copies, as it does when the log has grown long. The first
 * statement makes the connection look at the log: a checkpoint alone does not. */
static void
copier_begin(struct copier *k, sqlite3 *writer)
{
	const char *path = sqlite3_db_filename(writer, "main");

	if (sqlite3_open_v2(path, &k->c, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX,
		NULL) == SQLITE_OK &&
	    sqlite3_exec(k->c, "PRAGMA synchronous = FULL; PRAGMA schema_version;", NULL,
		NULL, NULL) == SQLITE_OK) {
		pthread_mutex_init(&k->lock, NULL);
		pthread_cond_init(&k->wake, NULL);
		if (pthread_create(&k->thread, NULL, copier_main, k) == 0)
			return;
		pthread_mutex_destroy(&k->lock);
		pthread_cond_destroy(&k->wake);
	}
	sqlite3_close(k->c);
	k->c = NULL;
}

static void
copier_end(struct copier *k)
{
	if (!k->c)
		return;
	pthread_mutex_lock(&k->lock);
	k->stopping = true;
	pthread_cond_signal(&k->wake);
	pthread_mutex_unlock(&k->lock);
	pthread_join(k->thread, NULL);
	pthread_mutex_destroy(&k->lock);
	pthread_cond_destroy(&k->wake);
	sqlite3_close(k->c);
	*k = (struct copier){ .c = NULL };
}

/* After each commit; `pages` are in the log, copied ones too until it begins anew. */
static int
on_commit(void *self, sqlite3 *writer, const char *name, int pages)
{
	struct copier *k = self;

	if (pages < k->seen)
		k->seen = 0;
	if (pages >= LOG_MOST) {
		sqlite3_wal_checkpoint_v2(
		    writer, name, SQLITE_CHECKPOINT_PASSIVE, NULL, NULL);
		return SQLITE_OK;
	}
	if (pages - k->seen < LOG_STEP)
		return SQLITE_OK;
	k->seen = pages;
	if (!k->c)
		copier_begin(k, writer);
	if (!k->c)
		return SQLITE_OK;
	pthread_mutex_lock(&k->lock);
	k->asked = true;
	pthread_cond_signal(&k->wake);
	pthread_mutex_unlock(&k->lock);
	return SQLITE_OK;
}

/* To leave WAL takes that nobody else has the file open, and is not waited for. To go
 * back is: should somebody hold on to it for longer, the next who opens it for writing
 * does. */
static void
sqlite_alone(struct db *db, bool alone)
{
	struct sqlite *s = sqlite_of(db);

	copier_end(&s->copier); /* who else has it open may not be us */
	sqlite3_busy_timeout(s->c, alone ? 0 : BUSY_MS);
	sqlite3_exec(s->c,
	    alone ? "PRAGMA journal_mode = DELETE" : "PRAGMA journal_mode = WAL", NULL,
	    NULL, NULL);
	sqlite3_busy_timeout(s->c, BUSY_MS);
}

static void
sqlite_close(struct db *db)
{
	struct sqlite *s = sqlite_of(db);

	copier_end(&s->copier);
	for (size_t i = 0; i < s->copies.n; i++)
		for (struct copy *c = s->copies.v[i]; c; c = c->next)
			sqlite3_finalize(c->stmt);
	sqlite3_close(s->c);
}

static const struct engine SQLITE = {
	.schema = schema_sqlite,
	.close = sqlite_close,
	.exec = sqlite_exec,
	.drop = sqlite_drop,
	.lock_schema = sqlite_lock_schema,
	.begin = sqlite_begin,
	.commit = sqlite_commit,
	.rollback = sqlite_rollback,
	.alone = sqlite_alone,
	.mark = sqlite_mark,
	.prepare = sqlite_prepare,
	.run = sqlite_run,
	.ask = sqlite_ask,
	.next = sqlite_next,
	.integer = sqlite_integer,
	.view = sqlite_view,
	.is_null = sqlite_is_null,
	.done = sqlite_done,
};

static enum err
settle(struct cx *cx, struct sqlite *s)
{
	const struct str read = S("PRAGMA query_only = 1; PRAGMA cache_size = -8192;");
	/* Of a new store: an event is 1 KB, a state 2 KB and more, of which pages of 4 KB
	 * would waste half. What is destroyed by law must not be found in the file
	 * either. */
	const struct str write = S("PRAGMA page_size = 8192; PRAGMA journal_mode = WAL; "
				   "PRAGMA synchronous = FULL;"
				   "PRAGMA secure_delete = ON;"
				   "PRAGMA cache_size = -32768;"
				   "PRAGMA journal_size_limit = 67108864;");

	sqlite3_busy_timeout(s->c, BUSY_MS);
	sqlite3_db_config(s->c, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
	sqlite3_db_config(s->c, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, NULL);
	sqlite3_db_config(s->c, SQLITE_DBCONFIG_DQS_DML, 0, NULL);
	sqlite3_db_config(s->c, SQLITE_DBCONFIG_DQS_DDL, 0, NULL);
	return sqlite_exec(cx, &s->db, s->db.mode == DB_WRITE ? write : read);
}

/* Counting every allocation of the process costs each of them a lock, and nobody asks. */
static void
settle_process(void)
{
	sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
}

enum err
sqlite_open(struct cx *cx, struct arena *arena, struct str where, enum db_mode mode,
    struct db **out)
{
	/* A reader also opens for writing: without the shared memory file it could not
	 * see what is still in the log. query_only is what binds it. */
	const int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX |
			  SQLITE_OPEN_EXRESCODE |
			  (mode == DB_WRITE ? SQLITE_OPEN_CREATE : 0);
	static pthread_once_t settled = PTHREAD_ONCE_INIT;
	struct sqlite *s = arena_new(arena, struct sqlite);
	enum err err;

	pthread_once(&settled, settle_process);
	s->db.engine = &SQLITE;
	s->db.arena = arena;
	s->db.mode = mode;
	if (!str_eq(where, S(":memory:"))) /* that one keeps them in a table */
		s->db.files = str_fmt(arena, "%.*s.files", STR_ARG(where));
	if (sqlite3_open_v2(str_cz(arena, where), &s->c, flags, NULL) != SQLITE_OK) {
		err = fail(cx, mode == DB_READ ? ERR_NOT_FOUND : ERR_STORE,
		    "打不开数据库 %.*s：%s", STR_ARG(where), sqlite3_errmsg(s->c));
		sqlite3_close(s->c);
		return err;
	}
	err = settle(cx, s);
	if (err != ERR_OK) {
		sqlite3_close(s->c);
		return err;
	}
	if (mode == DB_WRITE)
		sqlite3_wal_hook(s->c, on_commit, &s->copier);
	*out = &s->db;
	return ERR_OK;
}
