/* The thread that keeps the index of the search (cli/follow.h). */
#include "cli/follow.h"

#include <poll.h>
#include <pthread.h>
#include <stdio.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include "act/door.h"
#include "web/mhd.h"
#include "web/pages/search.h"

/* Who waits for the only writer of SQLite looks again after 100 ms at most: without a
 * rest that is longer, a long index to be made would keep acts out until they give up. */
enum { PAUSE_MS = 1000, PAUSE_FAILED_MS = 60000, WORK_MS = 500, REST_MS = 120 };

struct follower {
	struct arena arena;
	struct door *door;
	struct db *db;
	const struct server *server;
	pthread_t thread;
	int end; /* readable when it is time to end */
};

enum err
follow_step(struct cx *cx, struct door *door, struct db *db, bool *more)
{
	const struct search_from from = { .r = { db, door_tables(door), door_log(door) },
		.defs = door_defs(door),
		.open = search_open,
		.also = search_also };

	TRY(search_follow_library(cx, db, more));
	return *more ? ERR_OK : search_follow(cx, &from, more);
}

static void *
run(void *self)
{
	struct follower *f = self;
	int64_t rested_ms = server_now(f->server);
	int pause = 0;

	struct pollfd end = { .fd = f->end, .events = POLLIN };

	while (poll(&end, 1, pause) == 0) {
		struct arena arena AUTO(arena_free) = { 0 };
		struct cx cx = { .arena = &arena, .now_ms = server_now(f->server) };
		bool more = false;

		pause = PAUSE_MS;
		if (follow_step(&cx, f->door, f->db, &more) != ERR_OK) {
			fprintf(stderr, "检索目录：%.*s\n", STR_ARG(cx.why));
			pause = PAUSE_FAILED_MS;
		} else if (more) {
			pause = server_now(f->server) - rested_ms < WORK_MS ? 0 : REST_MS;
		}
		if (pause)
			rested_ms = server_now(f->server);
	}
	return NULL;
}

static void
follower_free(struct follower *f)
{
	struct arena arena = f->arena;

	db_close(f->db);
	if (f->end >= 0)
		close(f->end);
	arena_free(&arena);
}

enum err
follower_start(struct cx *cx, struct door *door, struct str store,
    const struct server *server, struct follower **out)
{
	struct arena first = { 0 };
	struct follower *f = arena_new(&first, struct follower);
	enum err err;

	*f = (struct follower){ .arena = first, .door = door, .server = server };
	f->end = eventfd(0, EFD_CLOEXEC);
	err = db_open(cx, store, DB_WRITE, &f->db);
	if (err == ERR_OK &&
	    (f->end < 0 || pthread_create(&f->thread, NULL, run, f) != 0))
		err = fail(cx, ERR_STORE, "不能建立检索线程");
	if (err == ERR_OK)
		*out = f;
	else
		follower_free(f);
	return err;
}

void
follower_stop(struct follower *f)
{
	const uint64_t one = 1;

	if (!f)
		return;
	if (write(f->end, &one, sizeof one) == sizeof one)
		pthread_join(f->thread, NULL);
	follower_free(f);
}
