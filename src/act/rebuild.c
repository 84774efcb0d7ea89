/*
 * Rebuilding and dumping. A row is a function of its subject's events, so the record is
 * read subject by subject: each state is folded once from its first event to its last,
 * written once, in the order of the table's key, and nothing is ever read back.
 */
#include "act/rebuild.h"

#include "act/project.h"
#include "base/crypto.h"
#include "lang/canon.h"

/* Subjects in memory at a time are about this many events' worth. */
enum { BATCH = 2000 };

struct rebuild {
	struct arena batch;
	struct projection projection;
	struct db *db;
	const struct tables *tables;
	struct str log;
	size_t events;
};

static void
batch_begin(struct rebuild *r)
{
	arena_free(&r->batch);
	projection_init(&r->projection, &r->batch, r->db, r->tables, r->log);
	r->events = 0;
}

static enum err
rebuild_visit(struct cx *cx, const struct event *e, void *self)
{
	struct rebuild *r = self;
	struct event copy = *e;
	struct event_part open;

	if (r->events >= BATCH && e->subject_seq == 1) {
		TRY(project_flush(cx, &r->projection));
		batch_begin(r);
	}
	r->events++;
	/* The event dies with this turn, its texts live on in the state. */
	if (e->parts.n) {
		open = e->parts.v[0];
		open.bytes = str_copy(&r->batch, open.bytes);
		copy.parts.v = &open;
		copy.parts.n = 1;
	}
	return project_apply(cx, &r->projection, &copy);
}

enum err
rebuild_log(struct cx *cx, struct db *db, const struct tables *tables, struct str log)
{
	struct rebuild r = { .db = db, .tables = tables, .log = log };
	struct record_head head;
	bool bare;
	enum err err;

	TRY(record_lock(cx, db, log, &head));
	TRY(tables_clear(cx, db, tables, log, &bare));
	batch_begin(&r);
	err = record_walk_subjects(cx, db, log, rebuild_visit, &r);
	if (err == ERR_OK)
		err = project_flush(cx, &r.projection);
	arena_free(&r.batch);
	if (err == ERR_OK && bare)
		err = tables_index(cx, db, tables);
	return err;
}

static struct str
row_line(struct cx *cx, const struct db_rows *rows, struct str name, struct str types)
{
	struct value list = value_list();
	struct buf b = { .arena = cx->arena };

	for (size_t i = 0; i < types.n; i++)
		value_add(cx->arena, &list,
		    types.p[i] == 'i' ? value_int(db_int(rows, (int)i))
				      : value_text(db_text(cx, rows, (int)i)));
	buf_put(&b, name);
	buf_put_byte(&b, ' ');
	canon_put(&b, &list);
	return buf_str(&b);
}

static enum err
dump_table(struct cx *cx, struct db *db, struct str log, struct str name, struct str sql,
    struct str types, dump_line *line, void *self)
{
	struct arena *caller = cx->arena;
	DB_ROWS rows = { 0 };
	int stmt;

	TRY(db_prepare(cx, db, sql, &stmt));
	TRY(db_ask(cx, db, &rows, stmt, D_TEXT(log)));
	while (db_next(&rows)) {
		struct arena turn AUTO(arena_free) = { 0 };

		cx->arena = &turn;
		line(row_line(cx, &rows, name, types), self);
		cx->arena = caller;
	}
	return db_end(cx, &rows);
}

enum err
rebuild_dump(struct cx *cx, struct db *db, const struct tables *tables, struct str log,
    dump_line *line, void *self)
{
	struct str name, sql, types;

	for (size_t i = 0; table_dump(cx->arena, tables, i, &name, &sql, &types); i++)
		TRY(dump_table(cx, db, log, name, sql, types, line, self));
	return ERR_OK;
}

static void
line_text(struct str line, void *self)
{
	buf_put(self, line);
	buf_put_byte(self, '\n');
}

enum err
rebuild_dump_text(struct cx *cx, struct db *db, const struct tables *tables,
    struct str log, struct str *out)
{
	struct buf b = { .arena = cx->arena };

	TRY(rebuild_dump(cx, db, tables, log, line_text, &b));
	*out = buf_str(&b);
	return ERR_OK;
}

static void
line_digest(struct str line, void *self)
{
	hasher_put(self, line);
	hasher_put(self, S("\n"));
}

enum err
rebuild_dump_digest(struct cx *cx, struct db *db, const struct tables *tables,
    struct str log, struct str *out)
{
	struct digest d;
	HASHER h = { 0 };

	hasher_open(&h, DIGEST_SM3);
	TRY(rebuild_dump(cx, db, tables, log, line_digest, &h));
	d = hasher_end(&h);
	*out = digest_hex(cx->arena, &d);
	return ERR_OK;
}
