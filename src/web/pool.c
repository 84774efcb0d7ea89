/* Idle connections on a stack: the one used last is the warmest. */
#include "web/pool.h"

#include <pthread.h>

/* A connection, and what is kept beside it. Lines come and go, keeps stay. */
struct line {
	struct db *db;
	struct keep *keep;
};

struct pool {
	struct arena arena;
	struct str url;
	pthread_mutex_t lock;
	pthread_cond_t given;
	struct line idle[POOL_MAX];
	int nidle, out;
};

enum err
pool_open(struct cx *cx, struct str url, struct pool **out)
{
	struct arena arena = { 0 };
	struct pool *p = arena_new(&arena, struct pool);

	p->arena = arena;
	p->url = str_copy(&p->arena, url);
	const enum err err = db_open(cx, url, DB_READ, &p->idle[0].db);
	if (err != ERR_OK) {
		arena = p->arena;
		arena_free(&arena);
		return err;
	}
	p->idle[0].keep = arena_new(&p->arena, struct keep);
	p->nidle = 1;
	pthread_mutex_init(&p->lock, NULL);
	pthread_cond_init(&p->given, NULL);
	*out = p;
	return ERR_OK;
}

void
pool_close(struct pool *p)
{
	if (!p)
		return;
	while (p->nidle) {
		const struct line *line = &p->idle[--p->nidle];

		keep_free(line->keep);
		db_close(line->db);
	}
	pthread_mutex_destroy(&p->lock);
	pthread_cond_destroy(&p->given);
	struct arena arena = p->arena;
	arena_free(&arena);
}

static void
count_down(struct pool *p)
{
	pthread_mutex_lock(&p->lock);
	p->out--;
	pthread_cond_signal(&p->given);
	pthread_mutex_unlock(&p->lock);
}

enum err
loan_take(struct cx *cx, struct pool *p, struct loan *out)
{
	struct line line = { 0 };

	pthread_mutex_lock(&p->lock);
	while (p->out == POOL_MAX)
		pthread_cond_wait(&p->given, &p->lock);
	p->out++;
	if (p->nidle)
		line = p->idle[--p->nidle];
	pthread_mutex_unlock(&p->lock);
	if (!line.db) {
		const enum err err = db_open(cx, p->url, DB_READ, &line.db);
		if (err != ERR_OK) {
			count_down(p);
			return err;
		}
		pthread_mutex_lock(&p->lock);
		line.keep = arena_new(&p->arena, struct keep);
		pthread_mutex_unlock(&p->lock);
	}
	*out = (struct loan){ line.db, p, line.keep };
	return ERR_OK;
}

void
loan_give(struct loan *r)
{
	if (!r->db)
		return;
	pthread_mutex_lock(&r->pool->lock);
	r->pool->idle[r->pool->nidle++] = (struct line){ r->db, r->keep };
	pthread_mutex_unlock(&r->pool->lock);
	count_down(r->pool);
	r->db = NULL;
}
