/*
 * The door from outside: opening, groups with their second chance, the writer thread,
 * which makes the files of documents while no act is waiting.
 */
#include "act/door_inside.h"

#include "act/rebuild.h"
#include "base/bug.h"

enum { GROUP_MAX = 64 };

/* A log without definitions in its record has them from whoever opens it: nobody else can
 * say what its rows are, so they wait until then. */
enum err
door_bring_tables(struct cx *cx, struct door *door, const struct tables *tables)
{
	struct log_names logs = { 0 };
	bool stale = false, has_laws;

	TRY(tables_bring(cx, door->db, tables, &stale));
	if (!stale)
		return ERR_OK;
	TRY(record_logs(cx, door->db, &logs));
	for (size_t i = 0; i < logs.n; i++) {
		TRY(log_has_laws(cx, door->db, logs.v[i], &has_laws));
		if (has_laws || str_eq(logs.v[i], door->config.log))
			TRY(rebuild_log(cx, door->db, tables, logs.v[i]));
	}
	return ERR_OK;
}

static enum err
open_inside(struct cx *cx, struct door *door)
{
	struct record_head head;
	DB_TX tx = { 0 };

	if (!door->db)
		TRY(db_open(cx, door->config.url, DB_WRITE, &door->db));
	TRY(record_head(cx, door->db, door->config.log, &head));
	door->followed = head.seq;
	if (door->config.defs)
		TRY(snapshot_of(
		    cx, door->db, door->config.log, door->config.defs, &door->snapshot));
	else
		TRY(snapshot_load(cx, door->db, door->config.log, NULL, &door->snapshot));
	TRY(db_begin(cx, door->db, &tx));
	TRY(door_bring_tables(cx, door, door->snapshot->tables));
	TRY(db_commit(cx, &tx));
	return door_time_start(cx, door);
}

enum err
door_open(struct cx *cx, const struct door_config *config, struct door **out)
{
	struct arena first = { 0 };
	struct door *door = arena_new(&first, struct door);
	enum err err;

	door->arena = first;
	door->config = *config;
	door->db = config->db;
	door->config.url = str_copy(&door->arena, config->url);
	door->config.log = str_copy(&door->arena, config->log);
	door->access = str_fmt(&door->arena, "%.*s/access", STR_ARG(config->log));
	door->last = &door->first;
	pthread_mutex_init(&door->writing, NULL);
	pthread_mutex_init(&door->queue, NULL);
	pthread_cond_init(&door->filled, NULL);
	err = open_inside(cx, door);
	if (err == ERR_OK)
		*out = door;
	else
		door_close(door);
	return err;
}

void
door_close(struct door *door)
{
	struct arena arena;

	if (!door)
		return;
	if (door->running) {
		pthread_mutex_lock(&door->queue);
		door->stopping = true;
		pthread_cond_signal(&door->filled);
		pthread_mutex_unlock(&door->queue);
		pthread_join(door->writer, NULL);
	}
	db_close(door->db);
	while (door->snapshot) {
		struct snapshot *older = door->snapshot->older;

		snapshot_free(door->snapshot);
		door->snapshot = older;
	}
	pthread_mutex_destroy(&door->writing);
	pthread_mutex_destroy(&door->queue);
	pthread_cond_destroy(&door->filled);
	arena = door->arena;
	arena_free(&arena);
}

static struct snapshot *
snapshot_now(struct door *door)
{
	struct snapshot *s;

	pthread_mutex_lock(&door->writing);
	s = door->snapshot;
	pthread_mutex_unlock(&door->writing);
	return s;
}

const struct defs *
door_defs(struct door *door)
{
	return snapshot_now(door)->defs;
}

const struct tables *
door_tables(struct door *door)
{
	return snapshot_now(door)->tables;
}

struct str
door_log(const struct door *door)
{
	return door->config.log;
}

struct str
door_url(const struct door *door)
{
	return door->config.url;
}

void
door_use(struct door *door, struct str log)
{
	pthread_mutex_lock(&door->writing);
	door->config.log = str_copy(&door->arena, log);
	door->access = str_fmt(&door->arena, "%.*s/access", STR_ARG(log));
	pthread_mutex_unlock(&door->writing);
}

void
door_define(struct door *door, const struct defs *defs)
{
	pthread_mutex_lock(&door->writing);
	door->snapshot->defs = defs;
	pthread_mutex_unlock(&door->writing);
}

struct db *
door_store(struct door *door)
{
	return door->db;
}

/* --- groups --- */

static enum err
run_group(struct cx *cx, struct door *door, const struct act *acts, size_t n,
    struct door_result *results)
{
	GROUP g = { 0 };

	TRY(group_begin(cx, door, door->config.log, &g));
	for (size_t i = 0; i < n; i++)
		TRY(group_act(&g, &acts[i], &results[i]));
	return group_commit(&g);
}

static void
run_alone(struct cx *cx, struct door *door, const struct act *act, struct door_result *r)
{
	const enum err err = run_group(cx, door, act, 1, r);

	if (err != ERR_OK)
		*r = (struct door_result){ .err = err, .why = cx->why };
}

static void
do_locked(struct cx *cx, struct door *door, const struct act *acts, size_t n,
    struct door_result *results)
{
	/* A store that cannot be asked fails the acts too; they say so. */
	if (door_time_look(cx, door) != ERR_OK)
		cx->why = S("");
	if (n > 1 && run_group(cx, door, acts, n, results) == ERR_OK)
		return;
	for (size_t i = 0; i < n; i++)
		run_alone(cx, door, &acts[i], &results[i]);
}

static bool
unfiled_take(struct door *door)
{
	bool unfiled;

	pthread_mutex_lock(&door->queue);
	unfiled = door->unfiled;
	door->unfiled = false;
	pthread_mutex_unlock(&door->queue);
	return unfiled;
}

/* Nobody else would make them. The acts stand, whether it succeeds or not. */
static void
files_at_once(struct cx *cx, struct door *door)
{
	struct arena arena AUTO(arena_free) = { 0 };
	struct cx own = { .arena = &arena, .now_ms = cx->now_ms, .entropy = cx->entropy };
	bool more = unfiled_take(door);

	while (more && files_make(&own, door, &more) == ERR_OK)
		continue;
}

void
door_do(struct cx *cx, struct door *door, const struct act *acts, size_t n,
    struct door_result *results)
{
	pthread_mutex_lock(&door->writing);
	for (size_t i = 0; i < n; i += GROUP_MAX)
		do_locked(cx, door, acts + i, n - i < GROUP_MAX ? n - i : GROUP_MAX,
		    results + i);
	pthread_mutex_unlock(&door->writing);
	if (!door->running)
		files_at_once(cx, door);
}

enum err
door_do_one(
    struct cx *cx, struct door *door, const struct act *act, struct act_result *out)
{
	struct door_result r;

	door_do(cx, door, act, 1, &r);
	cx->refusals = r.refusals;
	cx->why = r.why;
	if (r.err == ERR_OK)
		*out = r.act;
	return r.err;
}

/* --- the writer thread --- */

/* *stopping, as it was seen under the lock: nothing is left to be done. */
static struct door_item *
take_items(struct door *door, size_t *n, bool *stopping)
{
	struct door_item *first = NULL, **at = &first;

	pthread_mutex_lock(&door->queue);
	while (!door->first && !door->unfiled && !door->stopping)
		pthread_cond_wait(&door->filled, &door->queue);
	for (*n = 0; door->first && *n < GROUP_MAX; ++*n) {
		*at = door->first;
		at = &door->first->next;
		door->first = *at;
		*at = NULL;
	}
	if (!door->first)
		door->last = &door->first;
	*stopping = door->stopping;
	pthread_mutex_unlock(&door->queue);
	return first;
}

static void
write_items(struct door *door, struct door_item *first, size_t n)
{
	struct arena arena AUTO(arena_free) = { 0 };
	struct cx cx = { .arena = &arena, .entropy = door->config.entropy };
	struct act *acts = arena_array(&arena, struct act, n);
	struct door_result *results = arena_array(&arena, struct door_result, n);
	size_t i = 0;

	for (struct door_item *item = first; item; item = item->next) {
		acts[i++] = item->act;
		if (item->now_ms > cx.now_ms)
			cx.now_ms = item->now_ms;
	}
	door_do(&cx, door, acts, n, results);
	i = 0;
	for (struct door_item *item = first; item; item = item->next)
		item->done(&results[i++], item->self);
	/* Not before: the answer to an act that came twice looks into the first of them.
	 */
	for (struct door_item *item = first, *next; item; item = next) {
		struct arena own = item->arena;

		next = item->next;
		arena_free(&own);
	}
}

/* A few files, while no act is waiting. What fails is tried again with the next document
 * and at the next start. */
static void
file_idle(struct door *door)
{
	struct arena arena AUTO(arena_free) = { 0 };
	struct cx cx = { .arena = &arena, .entropy = door->config.entropy };
	bool more = false;

	pthread_mutex_lock(&door->queue);
	cx.now_ms = door->newest_ms;
	pthread_mutex_unlock(&door->queue);
	if (files_make(&cx, door, &more) != ERR_OK || !more)
		return;
	pthread_mutex_lock(&door->queue);
	door->unfiled = true;
	pthread_mutex_unlock(&door->queue);
}

static void *
writer_main(void *self)
{
	struct door *door = self;
	struct door_item *first;
	bool stopping;
	size_t n;

	for (;;) {
		first = take_items(door, &n, &stopping);
		if (first)
			write_items(door, first, n);
		else if (stopping)
			return NULL;
		else if (unfiled_take(door))
			file_idle(door);
	}
}

enum err
door_start(struct cx *cx, struct door *door)
{
	if (door->running)
		return ERR_OK;
	door->unfiled = true; /* what a stop left */
	door->newest_ms = cx->now_ms;
	if (pthread_create(&door->writer, NULL, writer_main, door) != 0)
		return fail(cx, ERR_STORE, "不能启动写入线程");
	door->running = true;
	return ERR_OK;
}

void
door_submit(
    struct cx *cx, struct door *door, const struct act *act, door_done *done, void *self)
{
	struct arena first = { 0 };
	struct door_item *item = arena_new(&first, struct door_item);
	struct arena *a = &item->arena;

	if (!door->running)
		bug("door_submit before door_start");
	*a = first;
	item->act = *act;
	item->act.actor = str_copy(a, act->actor);
	item->act.behalf = str_copy(a, act->behalf);
	item->act.subject = str_copy(a, act->subject);
	item->act.family = str_copy(a, act->family);
	item->act.action = str_copy(a, act->action);
	item->act.key = str_copy(a, act->key);
	item->act.form = value_copy(a, &act->form);
	item->now_ms = cx->now_ms;
	item->done = done;
	item->self = self;
	pthread_mutex_lock(&door->queue);
	*door->last = item;
	door->last = &item->next;
	if (cx->now_ms > door->newest_ms)
		door->newest_ms = cx->now_ms;
	pthread_cond_signal(&door->filled);
	pthread_mutex_unlock(&door->queue);
}
