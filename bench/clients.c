/*
 * Many at once: clients that each wait for the answer to one act before they send the
 * next, on a store of any size; the same while all matters are exported; and pages of a
 * list.
 *
 *     bench-clients STORE.db [CLIENTS [ACTS]]
 */
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>

#include "acts.h"
#include "base/buf.h"
#include "base/date.h"
#include "lang/canon.h"
#include "measure.h"

static const struct str LOG = S("990101/demo");

enum { CLIENTS_MAX = 256, LISTERS = 2, PAGES = 2000 };

struct bench {
	struct cx *cx;
	struct str url;
	struct door *door;
	struct act *acts;
	double *took;
	size_t n;
	atomic_size_t next, failed;
	atomic_bool over;
	size_t exported;
};

struct client {
	struct bench *b;
	pthread_t thread;
	pthread_mutex_t lock;
	pthread_cond_t answered;
	bool done;
};

static void
on_answer(const struct door_result *result, void *self)
{
	struct client *c = self;

	if (result->err != ERR_OK && atomic_fetch_add(&c->b->failed, 1) == 0)
		fprintf(stderr, "%.*s\n",
		    STR_ARG(result->refusals.n ? result->refusals.v[0].message
					       : result->why));
	pthread_mutex_lock(&c->lock);
	c->done = true;
	pthread_cond_signal(&c->answered);
	pthread_mutex_unlock(&c->lock);
}

static void *
client_run(void *self)
{
	struct client *c = self;
	struct bench *b = c->b;

	for (;;) {
		struct arena turn AUTO(arena_free) = { 0 };
		struct cx cx = *b->cx;
		const size_t i = atomic_fetch_add(&b->next, 1);
		const double began = seconds();

		if (i >= b->n)
			return NULL;
		cx.arena = &turn;
		c->done = false;
		door_submit(&cx, b->door, &b->acts[i], on_answer, c);
		pthread_mutex_lock(&c->lock);
		while (!c->done)
			pthread_cond_wait(&c->answered, &c->lock);
		pthread_mutex_unlock(&c->lock);
		b->took[i] = seconds() - began;
	}
}

/* All matters as JSON, from the first page to the last and again, until it is over. */
static enum err
export_all(struct cx *cx, struct bench *b, struct db *db)
{
	const struct reader r = { .db = db, .tables = door_tables(b->door), .log = LOG };
	struct read_query q = { .family = S("task"), .limit = 1000 };
	struct arena name AUTO(arena_free) = { 0 };

	while (!atomic_load(&b->over)) {
		struct arena turn AUTO(arena_free) = { 0 };
		struct cx own = *cx;
		struct read_page page;

		own.arena = &turn;
		TRY(read_matters(&own, &r, &q, &page));
		for (size_t i = 0; i < page.n; i++)
			b->exported += canon_str(&turn, &page.v[i]).n > 0;
		arena_free(&name);
		q.after = str_copy(&name, page.next);
	}
	return ERR_OK;
}

static void *
export_run(void *self)
{
	struct bench *b = self;
	struct arena arena AUTO(arena_free) = { 0 };
	struct cx cx = { .arena = &arena, .now_ms = b->cx->now_ms };
	struct db *db;

	if (db_open(&cx, b->url, DB_READ, &db) != ERR_OK)
		return NULL;
	if (export_all(&cx, b, db) != ERR_OK)
		fprintf(stderr, "%.*s\n", STR_ARG(cx.why));
	db_close(db);
	return NULL;
}

static int
order(const void *a, const void *b)
{
	const double x = *(const double *)a, y = *(const double *)b;

	return (x > y) - (x < y);
}

/* "NAME 2048 rate 4100 cpu 0.240 p50 12.300 p99 20.100 ms": cpu is the processor's time
 * for each, of all threads. */
static void
report(const char *name, double *took, size_t n, double wall, double cpu)
{
	qsort(took, n, sizeof *took, order);
	printf("%s %zu rate %.0f cpu %.3f p50 %.3f p99 %.3f ms", name, n,
	    (double)n / wall, cpu / (double)n * 1e3, took[n / 2] * 1e3,
	    took[n * 99 / 100] * 1e3);
}

static void
clients_run(struct bench *b, size_t clients, bool exporting, const char *name)
{
	struct client *all = arena_array(b->cx->arena, struct client, clients);
	pthread_t exporter = 0;
	double wall, cpu;

	b->next = 0;
	b->over = false;
	b->exported = 0;
	if (exporting)
		exporting = pthread_create(&exporter, NULL, export_run, b) == 0;
	wall = seconds();
	cpu = processor();
	for (size_t i = 0; i < clients; i++) {
		all[i].b = b;
		pthread_mutex_init(&all[i].lock, NULL);
		pthread_cond_init(&all[i].answered, NULL);
		if (pthread_create(&all[i].thread, NULL, client_run, &all[i]) != 0)
			exit(1);
	}
	for (size_t i = 0; i < clients; i++)
		pthread_join(all[i].thread, NULL);
	wall = seconds() - wall;
	cpu = processor() - cpu;
	b->over = true;
	if (exporting)
		pthread_join(exporter, NULL);
	report(name, b->took, b->n, wall, cpu);
	printf(" clients %zu failed %zu exported %zu\n", clients, (size_t)b->failed,
	    b->exported);
}

/* Who reads pages of a list, with a connection of its own as a thread of the server has.
 */
struct lister {
	struct bench *b;
	struct db *db;
	pthread_t thread;
	double *took;
	size_t first; /* of the units that are gone through */
	enum err err;
};

/* The first fifty rows of one unit after the other, in their order. */
static enum err
list_pages(struct lister *l)
{
	const struct bench *b = l->b;
	const struct reader r = {
		.db = l->db, .tables = door_tables(b->door), .log = LOG
	};

	for (size_t i = 0; i < PAGES; i++) {
		const struct act *act = &b->acts[(l->first + i) % b->n];
		const struct read_filter of = { S("unit"), READ_IS,
			*value_get(&act->form, S("for-unit")) };
		const struct read_query q = {
			.family = S("task"), .filters = &of, .n = 1
		};
		struct arena turn AUTO(arena_free) = { 0 };
		struct cx own = { .arena = &turn, .now_ms = b->cx->now_ms };
		const double began = seconds();
		struct read_page page;

		TRY(read_matters(&own, &r, &q, &page));
		l->took[i] = seconds() - began;
	}
	return ERR_OK;
}

static void *
lister_run(void *self)
{
	struct lister *l = self;

	l->err = list_pages(l);
	return NULL;
}

/* As many readers as the budget's machine has processors. */
static enum err
lists_run(struct bench *b)
{
	struct lister all[LISTERS] = { 0 };
	double *took = arena_array(b->cx->arena, double, LISTERS *PAGES);
	double wall, cpu;

	for (size_t i = 0; i < LISTERS; i++) {
		all[i] = (struct lister){
			.b = b, .took = took + i * PAGES, .first = i * b->n / LISTERS
		};
		TRY(db_open(b->cx, b->url, DB_READ, &all[i].db));
	}
	wall = seconds();
	cpu = processor();
	for (size_t i = 0; i < LISTERS; i++)
		if (pthread_create(&all[i].thread, NULL, lister_run, &all[i]) != 0)
			exit(1);
	for (size_t i = 0; i < LISTERS; i++)
		pthread_join(all[i].thread, NULL);
	wall = seconds() - wall;
	cpu = processor() - cpu;
	for (size_t i = 0; i < LISTERS; i++) {
		db_close(all[i].db);
		TRY(all[i].err);
	}
	report("list", took, LISTERS * PAGES, wall, cpu);
	printf("\n");
	return ERR_OK;
}

static enum err
measure(struct bench *b, size_t clients)
{
	const struct door_config config = {
		.url = b->url, .log = LOG, .entropy = b->cx->entropy
	};
	struct record_head head;
	struct act *acts;
	struct db *db;

	TRY(db_open(b->cx, b->url, DB_READ, &db));
	TRY(record_head(b->cx, db, LOG, &head));
	b->cx->now_ms = head.recorded + 60000;
	TRY(door_open(b->cx, &config, &b->door));
	TRY(door_start(b->cx, b->door));
	TRY(acts_make(b->cx,
	    &(struct reader){ .db = db, .tables = door_tables(b->door), .log = LOG },
	    3 * b->n, (uint64_t)head.seq, &acts));
	b->took = arena_array(b->cx->arena, double, b->n);
	b->acts = acts;
	clients_run(b, clients, false, "warm");
	b->acts = acts + b->n;
	clients_run(b, clients, false, "acts");
	b->acts = acts + 2 * b->n;
	clients_run(b, clients, true, "exporting");
	TRY(lists_run(b));
	printf("store %lld events\n", (long long)head.seq);
	door_close(b->door);
	db_close(db);
	return b->failed ? fail(b->cx, ERR_STORE, "acts failed") : ERR_OK;
}

int
main(int argc, char **argv)
{
	struct arena arena AUTO(arena_free) = { 0 };
	const struct entropy entropy = { kernel_fill, NULL };
	struct cx cx = { .arena = &arena, .entropy = &entropy };
	struct bench b = { .cx = &cx };
	int64_t clients = 64, n = 4096;

	if (argc < 2 || (argc > 2 && !str_int(str_z(argv[2]), &clients)) ||
	    (argc > 3 && !str_int(str_z(argv[3]), &n)) || n < 1 || clients < 1 ||
	    clients > CLIENTS_MAX) {
		fprintf(stderr, "usage: bench-clients STORE.db [CLIENTS [ACTS]]\n");
		return 2;
	}
	b.url = str_fmt(&arena, "sqlite:%s", argv[1]);
	b.n = (size_t)n;
	if (measure(&b, (size_t)clients) == ERR_OK)
		return 0;
	fprintf(stderr, "%.*s\n", STR_ARG(cx.why));
	return 1;
}
