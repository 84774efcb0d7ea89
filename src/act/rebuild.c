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

struct rebuild;

/* Events of whole subjects on their way to rows. */
struct stretch {
	struct arena arena;
	struct event_list events;
	struct batches rows;
	struct rebuild *rebuild;
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
	struct gather refs;         /* of whoever folds */
	struct subject_place place; /* in the stretch that was read last */
	bool ended;
};

static enum err
stretch_rows(struct cx *cx, struct stretch *s)
{
	struct projection p;

	projection_init(&p, cx->arena, NULL, s->rebuild->tables, s->rebuild->log);
	p.gather = &s->rebuild->refs;
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
stretch_begin(struct stretch *s, bool alone)
{
	s->beside = !alone && pthread_create(&s->thread, NULL, stretch_fold, s) == 0;
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

static void
stretch_end(struct stretch *s)
{
	stretch_wait(s);
	arena_free(&s->arena);
	*s = (struct stretch){ .rebuild = s->rebuild };
}

static enum err
stretch_write(struct cx *cx, struct stretch *s)
{
	struct cx own = *cx;
	enum err err = s->err;

	own.arena = &s->arena;
	own.why = s->why;
	if (err == ERR_OK)
		err = batches_run(&own, s->rebuild->db, &s->rows);
	if (err != ERR_OK)
		cx->why = str_copy(cx->arena, own.why);
	stretch_end(s);
	return err;
}

/* The subject that the last of these events is of may go on: where it begins. */
static size_t
whole_subjects(const struct event_list *events)
{
	size_t i = events->n;

	while (i && events->v[i - 1].subject_seq > 1)
		i--;
	return i ? i - 1 : 0;
}

/* What goes on stays for the next stretch, unless nothing else would be in this one. */
static enum err
stretch_read(struct cx *cx, struct rebuild *r, struct stretch *s)
{
	size_t whole = 0;

	while (!whole && !r->ended) {
		const size_t before = s->events.n;

		TRY(record_by_subject(cx, r->db, r->log, &r->place, STRETCH, &s->events));
		r->ended = s->events.n < before + STRETCH;
		whole = r->ended ? s->events.n : whole_subjects(&s->events);
	}
	s->events.n = whole;
	if (whole)
		r->place = subject_place(&s->events.v[whole - 1]);
	return ERR_OK;
}

static enum err
stretch_next(struct cx *cx, struct rebuild *r, struct stretch *s)
{
	struct cx own = *cx;
	enum err err;

	own.arena = &s->arena;
	err = stretch_read(&own, r, s);
	if (err != ERR_OK)
		cx->why = str_copy(cx->arena, own.why);
	return err;
}

static enum err
rebuild_fill(struct cx *cx, struct rebuild *r)
{
	struct stretch *folding = NULL;

	do {
		struct stretch *next = &r->stretches[folding == r->stretches];

		TRY(stretch_next(cx, r, next));
		if (folding)
			stretch_wait(folding);
		if (gather_full(&r->refs))
			TRY(gather_write(cx, r->db, r->log, &r->refs));
		/* A small log needs no thread. */
		stretch_begin(next, r->ended && !folding);
		if (folding)
			TRY(stretch_write(cx, folding));
		folding = next;
	} while (!r->ended);
	stretch_wait(folding);
	TRY(stretch_write(cx, folding));
	return gather_write(cx, r->db, r->log, &r->refs);
}

enum err
rebuild_log(struct cx *cx, struct db *db, const struct tables *tables, struct str log)
{
	struct rebuild r = { .db = db, .tables = tables, .log = log };
	struct record_head head;
	enum err err;

	TRY(record_lock(cx, db, log, &head));
	TRY(tables_clear(cx, db, tables, log));
	for (size_t i = 0; i < 2; i++)
		r.stretches[i].rebuild = &r;
	err = rebuild_fill(cx, &r);
	for (size_t i = 0; i < 2; i++)
		stretch_end(&r.stretches[i]);
	gather_free(&r.refs);
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
