/* A few dozen places, looked through one after the other: fewer steps than making a page
 * by four powers of ten. Each place has an arena of its own, so that giving it up frees
 * it. */
#include "web/shelf.h"

#include <pthread.h>
#include <string.h>

#include "web/mhd.h"

struct place {
	struct arena arena;
	struct str key, target, etag;
	struct ready *page, *same; /* with 200, with 304 */
	bool has_moment;
	struct shelf_moment moment; /* the newest at which it was true */
	uint64_t used;
};

struct shelf {
	struct arena arena;
	pthread_mutex_t lock;
	uint64_t uses;
	struct place places[SHELF_PLACES];
};

struct shelf *
shelf_open(void)
{
	struct arena arena = { 0 };
	struct shelf *s = arena_new(&arena, struct shelf);

	s->arena = arena;
	pthread_mutex_init(&s->lock, NULL);
	return s;
}

static void
place_clear(struct place *p)
{
	ready_drop(p->page);
	ready_drop(p->same);
	arena_free(&p->arena);
	*p = (struct place){ 0 };
}

void
shelf_close(struct shelf *s)
{
	struct arena arena;

	if (!s)
		return;
	for (size_t i = 0; i < SHELF_PLACES; i++)
		place_clear(&s->places[i]);
	pthread_mutex_destroy(&s->lock);
	arena = s->arena;
	arena_free(&arena);
}

/* The place of this key, or the one used longest ago. */
static struct place *
place_for(struct shelf *s, struct str key)
{
	struct place *oldest = s->places;

	for (size_t i = 0; i < SHELF_PLACES; i++) {
		struct place *p = &s->places[i];

		if (str_eq(p->key, key))
			return p;
		if (p->used < oldest->used)
			oldest = p;
	}
	return oldest;
}

static void
place_answer(struct shelf *s, struct place *p, struct exchange *x, bool has_it)
{
	p->used = ++s->uses;
	x->res.status = has_it ? 304 : 200;
	x->res.ready = has_it ? p->same : p->page;
	ready_hold(x->res.ready);
}

static bool
moment_eq(const struct shelf_moment *a, const struct shelf_moment *b)
{
	return a->defs == b->defs && a->day == b->day && a->large == b->large &&
	       memcmp(a->mark.b, b->mark.b, DB_MARK_SIZE) == 0;
}

static void
place_true(struct place *p, const struct shelf_moment *moment)
{
	p->has_moment = moment != NULL;
	if (moment)
		p->moment = *moment;
}

bool
shelf_take_now(struct shelf *s, struct exchange *x)
{
	const struct str has = params_get(&x->req.headers, S("if-none-match"));
	struct place *found = NULL;

	if (!x->moment)
		return false;
	pthread_mutex_lock(&s->lock);
	for (size_t i = 0; i < SHELF_PLACES && !found; i++) {
		struct place *p = &s->places[i];

		if (p->has_moment && moment_eq(&p->moment, x->moment) &&
		    str_eq(p->target, x->req.target))
			found = p;
	}
	if (found)
		place_answer(s, found, x, has.n && str_eq(has, found->etag));
	pthread_mutex_unlock(&s->lock);
	return found;
}

bool
shelf_take(struct shelf *s, struct exchange *x, struct str key)
{
	struct place *p;
	bool found;

	pthread_mutex_lock(&s->lock);
	p = place_for(s, key);
	found = p->used && str_eq(p->key, key);
	if (found) {
		place_true(p, x->moment);
		place_answer(s, p, x, false);
	}
	pthread_mutex_unlock(&s->lock);
	return found;
}

/* Of a place that could not be made nothing stays. */
static void
place_fill(struct place *p, const struct exchange *x, struct str key)
{
	p->page = ready_make(&x->res, true);
	p->same = ready_make(&x->res, false);
	if (!p->page || !p->same) {
		place_clear(p);
		return;
	}
	p->key = str_copy(&p->arena, key);
	p->target = str_copy(&p->arena, x->req.target);
	p->etag = str_copy(&p->arena, params_get(&x->res.headers, S("ETag")));
	place_true(p, x->moment);
}

void
shelf_keep(struct shelf *s, const struct exchange *x, struct str key)
{
	struct place *p;

	if (x->res.status != 200 || x->res.file.n || x->res.body.n > SHELF_PAGE_MAX)
		return;
	pthread_mutex_lock(&s->lock);
	p = place_for(s, key);
	place_clear(p);
	p->used = ++s->uses;
	place_fill(p, x, key);
	pthread_mutex_unlock(&s->lock);
}
