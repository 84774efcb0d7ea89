/* A few dozen places, looked through one after the other: fewer steps than making a page
 * by four powers of ten. Each place has an arena of its own, so that giving it up frees
 * it. */
#include "web/shelf.h"

#include <pthread.h>

struct place {
	struct arena arena;
	struct str key, type, body;
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

void
shelf_close(struct shelf *s)
{
	struct arena arena;

	if (!s)
		return;
	for (size_t i = 0; i < SHELF_PLACES; i++)
		arena_free(&s->places[i].arena);
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

bool
shelf_take(struct shelf *s, struct exchange *x, struct str key)
{
	struct place *p;
	bool found;

	pthread_mutex_lock(&s->lock);
	p = place_for(s, key);
	found = p->used && str_eq(p->key, key);
	if (found) {
		p->used = ++s->uses;
		respond(
		    x, 200, str_copy(&x->arena, p->type), str_copy(&x->arena, p->body));
	}
	pthread_mutex_unlock(&s->lock);
	return found;
}

void
shelf_keep(struct shelf *s, const struct exchange *x, struct str key)
{
	struct place *p;

	if (x->res.status != 200 || x->res.file.n || x->res.body.n > SHELF_PAGE_MAX)
		return;
	pthread_mutex_lock(&s->lock);
	p = place_for(s, key);
	arena_free(&p->arena);
	*p = (struct place){ .used = ++s->uses };
	p->key = str_copy(&p->arena, key);
	p->type = str_copy(&p->arena, x->res.type);
	p->body = str_copy(&p->arena, x->res.body);
	pthread_mutex_unlock(&s->lock);
}
