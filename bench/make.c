/*
 * A store of any size: the lives of the tasks of one store, copied side by side under new
 * names until the record has so many events, as if many had gone on at the same time. The
 * projections follow with `zhunsheng record rebuild` or the next start.
 *
 *     bench-make STORE.db EVENTS
 */
#include <stdio.h>

#include "act/fold.h"
#include "base/buf.h"
#include "base/map.h"

enum { GROUP = 4096 };

static const struct str LOG = S("990101/demo");

struct copies {
	struct cx *cx;
	struct arena *arena;
	struct db *db;
	struct event_list lives; /* of the matters, in the order of the record */
	struct map names;        /* subject → struct str of each copy's name */
	size_t n;                /* copies of each */
};

static enum err
life_keep(struct cx *cx, const struct event *e, void *self)
{
	struct copies *c = self;
	struct arena *a = c->arena;
	struct event *kept;

	(void)cx;
	if (!event_of_matter(e->kind) || !str_starts(e->subject, S("task/")))
		return ERR_OK;
	kept = list_add(a, &c->lives);
	*kept = (struct event){ .kind = e->kind,
		.subject = str_copy(a, e->subject),
		.subject_seq = e->subject_seq,
		.done = e->done,
		.actor = str_copy(a, e->actor),
		.behalf = str_copy(a, e->behalf),
		.definition = str_copy(a, e->definition) };
	*list_add(a, &kept->parts) = (struct event_part){ .name = S("open"),
		.bytes = str_copy(a, e->parts.v[0].bytes) };
	return ERR_OK;
}

/* The copy's name is made with its first event, as the door does. */
static struct str
copy_name(struct copies *c, const struct event *life, size_t i, int64_t seq)
{
	struct str *names = map_find(&c->names, life->subject);

	if (!names) {
		names = arena_array(c->arena, struct str, c->n);
		map_put(c->arena, &c->names, life->subject, names);
	}
	if (!names[i].n)
		names[i] = str_fmt(c->arena, "task/%lld", (long long)seq);
	return names[i];
}

/* Copies number `from` up to `to`, all copies of one event before those of the next. */
static enum err
group_copy(struct copies *c, struct cx *cx, size_t from, size_t to)
{
	struct record_head head;
	DB_TX tx = { 0 };

	TRY(db_begin(cx, c->db, &tx));
	TRY(record_lock(cx, c->db, LOG, &head));
	cx->now_ms = head.recorded;
	for (size_t i = from; i < to; i++) {
		struct event *e = arena_new(cx->arena, struct event);

		*e = c->lives.v[i / c->n];
		e->parts.v = arena_new(cx->arena, struct event_part);
		*e->parts.v = c->lives.v[i / c->n].parts.v[0];
		e->subject = copy_name(c, e, i % c->n, head.seq + 1);
		record_append(cx, &head, &e, 1);
	}
	TRY(record_flush(cx, c->db, &head));
	return db_commit(cx, &tx);
}

static enum err
lives_copy(struct copies *c, size_t events)
{
	TRY(record_walk(c->cx, c->db, LOG, 1, 0, life_keep, c));
	if (!c->lives.n)
		return fail(c->cx, ERR_INPUT, "no matters");
	c->n = (events + c->lives.n - 1) / c->lives.n;
	for (size_t i = 0; i < c->lives.n * c->n; i += GROUP) {
		const size_t to = i + GROUP < c->lives.n * c->n ? i + GROUP
								: c->lives.n * c->n;
		struct arena scratch AUTO(arena_free) = { 0 };
		struct cx cx = *c->cx;

		cx.arena = &scratch;
		TRY(group_copy(c, &cx, i, to));
	}
	return ERR_OK;
}

static enum err
make(struct cx *cx, struct str url, size_t events)
{
	struct copies c = { .cx = cx, .arena = cx->arena };
	enum err err;

	TRY(db_open(cx, url, DB_WRITE, &c.db));
	err = lives_copy(&c, events);
	db_close(c.db);
	return err;
}

int
main(int argc, char **argv)
{
	struct arena arena AUTO(arena_free) = { 0 };
	struct cx cx = { .arena = &arena };
	int64_t n = 0;

	if (argc != 3 || !str_int(str_z(argv[2]), &n) || n < 1) {
		fprintf(stderr, "usage: bench-make STORE.db EVENTS\n");
		return 2;
	}
	if (make(&cx, str_fmt(&arena, "sqlite:%s", argv[1]), (size_t)n) == ERR_OK)
		return 0;
	fprintf(stderr, "%.*s\n", STR_ARG(cx.why));
	return 1;
}
