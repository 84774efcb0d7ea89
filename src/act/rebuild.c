/*
 * Rebuilding and dumping. A row is a function of its subject's events, so the record is
 * read subject by subject: each state is folded once from its first event to its last,
 * written once, in the order of the table's key, and nothing is ever read back.
 *
 * Reading and writing wait for the database, folding for the processor: while one stretch
 * of events is folded beside us, the one before it is written and the next one read. Only
 * this thread meets the database.
 */
#include "act/rebuild.h"

#include <pthread.h>

#include "act/project.h"
#include "base/crypto.h"
#include "lang/canon.h"

/* A stretch is about this many events. */
enum { STRETCH = 2000 };

/* Events of whole subjects on their way to rows. */
struct stretch {
	struct arena arena;
	struct event_list events;
	struct batches rows;
	const struct rebuild *rebuild;
	pthread_t thread;
	bool beside; /* a thread of its own folds it */
	enum err err;
	struct str why;
};

struct rebuild {
	struct db *db;
	const struct tables *tables;
	struct str log;
	struct stretch stretches[2];
	struct stretch *reading, *folding; /* folding: NULL before the first */
};

static enum err
stretch_rows(struct cx *cx, struct stretch *s)
{
	struct projection p;

	projection_init(&p, cx->arena, NULL, s->rebuild->tables, s->rebuild->log);
	for (size_t i = 0; i < s->events.n; i++)
		TRY(project_apply(cx, &p, &s->events.v[i]));
	project_rows(cx, &p, &s->rows);
	return ERR_OK;
}

static void *
stretch_fold(void *self)
{
	struct stretch *s = self;
	struct cx cx = { .arena = &s->arena };

	s->err = stretch_rows(&cx, s);
	s->why = cx.why;
	return NULL;
}

static void
stretch_begin(struct stretch *s)
{
	s->beside = pthread_create(&s->thread, NULL, stretch_fold, s) == 0;
	if (!s->beside)
		stretch_fold(s);
}

static void
stretch_wait(struct stretch *s)
{
	if (s->beside)
		pthread_join(s->thread, NULL);
	s->beside = false;
}

static enum err
stretch_write(struct cx *cx, struct rebuild *r, struct stretch *s)
{
	struct cx own = *cx;
	enum err err = s->err;

	own.arena = &s->arena;
	own.why = s->why;
	if (err == ERR_OK)
		err = batches_run(&own, r->db, &s->rows);
	if (err != ERR_OK)
		cx->why = str_copy(cx->arena, own.why);
	arena_free(&s->arena);
	*s = (struct stretch){ .rebuild = r };
	return err;
}

/* What was read begins to be folded, what was folded is written. */
static enum err
stretch_turn(struct cx *cx, struct rebuild *r)
{
	struct stretch *folded = r->folding;

	if (folded)
		stretch_wait(folded);
	r->folding = r->reading;
	r->reading = r->folding == r->stretches ? r->stretches + 1 : r->stretches;
	stretch_begin(r->folding);
	return folded ? stretch_write(cx, r, folded) : ERR_OK;
}

static enum err
rebuild_visit(struct cx *cx, const struct event *e, void *self)
{
	struct rebuild *r = self;
	struct arena *a;
	struct event *kept;

	if (r->reading->events.n >= STRETCH && e->subject_seq == 1)
		TRY(stretch_turn(cx, r));
	a = &r->reading->arena;
	kept = list_add(a, &r->reading->events);
	/* All that folding asks for; the event dies with this turn. */
	*kept = (struct event){ .kind = e->kind,
		.subject = str_copy(a, e->subject),
		.subject_seq = e->subject_seq,
		.done = e->done,
		.actor = str_copy(a, e->actor),
		.behalf = str_copy(a, e->behalf),
		.definition = str_copy(a, e->definition),
		.seq = e->seq,
		.recorded = e->recorded };
	for (size_t i = 0; i < e->parts.n; i++)
		*list_add(a, &kept->parts) = (struct event_part){ .name = str_copy(a,
								      e->parts.v[i].name),
			.bytes = str_copy(a, e->parts.v[i].bytes) };
	return ERR_OK;
}

static enum err
rebuild_fill(struct cx *cx, struct rebuild *r)
{
	TRY(record_walk_subjects(cx, r->db, r->log, rebuild_visit, r));
	if (r->folding)
		TRY(stretch_turn(cx, r));
	else
		stretch_fold(r->folding = r->reading); /* a small log needs no thread */
	stretch_wait(r->folding);
	return stretch_write(cx, r, r->folding);
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
	for (size_t i = 0; i < 2; i++)
		r.stretches[i].rebuild = &r;
	r.reading = r.stretches;
	err = rebuild_fill(cx, &r);
	for (size_t i = 0; i < 2; i++) {
		stretch_wait(&r.stretches[i]);
		arena_free(&r.stretches[i].arena);
	}
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
