/*
 * Tiles of events: read, computed again, compared. Each event is held against the stored
 * digest of the one before it, so tiles need nothing from each other and any number of
 * workers can share them; and neither do the events of a tile, so their digests are
 * computed together.
 */
#include "record/verify_tile.h"

#include <string.h>

struct turn {
	struct verify_worker *w;
	struct hasher hasher; /* of sealed parts */
};

void
verify_fault(struct arena *a, struct verify_report *r, int64_t seq, struct str text)
{
	r->found++;
	if (r->faults.n < VERIFY_FAULTS_MAX)
		*list_add(
		    a, &r->faults) = (struct verify_fault){ seq, str_copy(a, text) };
}

static void
fault(struct turn *t, int64_t seq, const char *text)
{
	verify_fault(&t->w->arena, &t->w->report, seq, str_z(text));
}

static void
remember(struct verify_worker *w, struct parts_of *list, int64_t seq, struct str part,
    int64_t by)
{
	*list_add(
	    &w->arena, list) = (struct part_of){ seq, by, str_copy(&w->arena, part) };
}

/* Sealed parts against their own digests; false when the header cannot even be built. */
static bool
parts_check(struct turn *t, struct event *e)
{
	t->w->sealed += (int64_t)e->parts.n - 1;
	for (size_t i = 1; i < e->parts.n; i++) {
		struct event_part *p = &e->parts.v[i];
		struct digest d;

		if (p->digest.n != DIGEST_SIZE) {
			fault(t, e->seq, "密封部分的摘要损坏");
			return false;
		}
		if (p->gone) {
			remember(t->w, &t->w->empty, e->seq, p->name, 0);
			continue;
		}
		d = event_part_digest(&t->hasher, p);
		if (!str_eq(digest_str(&d), p->digest))
			fault(t, e->seq, "密封部分的内容被改动");
	}
	return true;
}

static void
destruction_check(struct cx *cx, struct turn *t, const struct event *e)
{
	struct destroyed_parts parts = { 0 };

	if (e->kind != EV_DESTROYED)
		return;
	if (event_destroys(cx, e->parts.v[0].bytes, &parts) != ERR_OK) {
		fault(t, e->seq, "销毁记录没有写明销毁的部分");
		return;
	}
	for (size_t i = 0; i < parts.n; i++)
		remember(t->w, &t->w->destroyed, parts.v[i].seq, parts.v[i].part, e->seq);
}

/* Can the digest be computed at all? What is wrong is already a fault. */
static bool
event_ready(struct turn *t, struct event *e, const struct event *before)
{
	static const struct digest zero;

	e->previous = before ? before->digest : digest_str(&zero);
	if (!parts_check(t, e))
		return false;
	if (e->previous.n == DIGEST_SIZE)
		return true;
	fault(t, e->seq, "上一号记录的摘要损坏");
	return false;
}

/* How many of the tile's events are there and can be computed, from its first on. */
static size_t
events_ready(struct turn *t, struct event_list *list, int64_t first, int64_t last)
{
	const size_t skip = first > 1, n = (size_t)(last - first + 1);

	if (skip && (!list->n || list->v[0].seq != first - 1))
		return 0; /* reported by the tile that lacks it */
	for (size_t i = 0; i < n; i++) {
		struct event *e = skip + i < list->n ? &list->v[skip + i] : NULL;

		if (!e || e->seq != first + (int64_t)i) {
			fault(t, first + (int64_t)i, "记录缺失");
			return i;
		}
		if (!event_ready(t, e, skip + i ? e - 1 : NULL))
			return i;
	}
	return n;
}

/* The leaves of n events, computed from their rows: first their open parts, whose digests
 * are in their headers. */
static struct digest *
leaves_compute(
    struct arena *a, const struct verify_job *job, struct event *events, size_t n)
{
	struct digest *digests = arena_array(a, struct digest, 2 * n),
		      *leaves = digests + n;
	struct str *texts = arena_array(a, struct str, n);

	for (size_t i = 0; i < n; i++)
		texts[i] = events[i].parts.v[0].bytes;
	digest_many(job->algorithm, texts, n, digests);
	for (size_t i = 0; i < n; i++) {
		struct buf leaf = { .arena = a };

		events[i].parts.v[0].digest = digest_str(&digests[i]);
		event_leaf(&leaf, job->log, &events[i]);
		texts[i] = buf_str(&leaf);
	}
	digest_many(job->algorithm, texts, n, leaves);
	return leaves;
}

static void
event_check(struct cx *cx, struct turn *t, const struct event *e,
    const struct event *before, const struct digest *leaf)
{
	if (!str_eq(digest_str(leaf), e->digest))
		fault(t, e->seq, "记录与其摘要不符：记录被改动，或者前后顺序被改动");
	if (before && e->recorded < before->recorded)
		fault(t, e->seq, "入册时间早于上一号");
	destruction_check(cx, t, e);
}

static bool
tile_events(struct cx *cx, struct turn *t, struct event_list *list, int64_t first,
    int64_t last, struct tile *tile)
{
	const struct verify_job *job = t->w->job;
	const size_t skip = first > 1, n = events_ready(t, list, first, last);
	struct event *events = list->v + skip;
	const struct digest *leaves;

	if (n) {
		leaves = leaves_compute(cx->arena, job, events, n);
		for (size_t i = 0; i < n; i++)
			event_check(cx, t, &events[i], skip + i ? &events[i] - 1 : NULL,
			    &leaves[i]);
	}
	if (!n || first + (int64_t)n - 1 < last)
		return false;
	tile->n = (int)n;
	if (tile->wants_leaves)
		memcpy(tile->leaves, leaves, n * sizeof *leaves);
	else
		tile->root = tree_root_of(cx->arena, job->algorithm, leaves, n);
	if (last == job->events) {
		t->w->last.seq = events[n - 1].seq;
		t->w->last.recorded = events[n - 1].recorded;
		t->w->last.digest = str_copy(&t->w->arena, events[n - 1].digest);
	}
	return true;
}

/* Everything of one tile in an arena of its own. */
static void
tile_check(struct cx *cx, struct turn *t, struct db *db, int64_t number)
{
	struct verify_job *job = t->w->job;
	struct tile *tile = &job->tiles[number];
	const int64_t first = number * TILE_EVENTS + 1;
	const int64_t last = first + TILE_EVENTS - 1 < job->events
				 ? first + TILE_EVENTS - 1
				 : job->events;
	struct arena turn AUTO(arena_free) = { 0 }, *outer = cx->arena;
	struct event_list list = { 0 };

	if (tile->wants_leaves)
		tile->leaves = arena_array(&t->w->arena, struct digest, TILE_EVENTS);
	cx->arena = &turn;
	if (events_load(cx, db, job->log, first > 1 ? first - 1 : 1, last,
		TILE_EVENTS + 1, &list) != ERR_OK) {
		verify_fault(&t->w->arena, &t->w->report, first, cx->why);
		tile->failed = true;
	} else if (!tile_events(cx, t, &list, first, last, tile)) {
		tile->failed = true;
	}
	cx->arena = outer;
}

void *
verify_worker_run(void *worker)
{
	struct verify_worker *w = worker;
	struct verify_job *job = w->job;
	struct cx cx = { .arena = &w->arena };
	struct turn t = { .w = w };
	struct db *db = job->db;

	if (!db) {
		w->err = db_open(&cx, job->url, DB_READ, &db);
		w->why = cx.why;
		if (w->err != ERR_OK)
			return NULL;
	}
	hasher_open(&t.hasher, job->algorithm);
	for (;;) {
		const int64_t number = atomic_fetch_add(&job->next, 1);

		if (number >= job->ntiles)
			break;
		tile_check(&cx, &t, db, number);
	}
	hasher_close(&t.hasher);
	if (!job->db)
		db_close(db);
	return NULL;
}
