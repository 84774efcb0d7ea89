/*
 * What verifying a record takes, and what filling its projections anew: the time on the
 * wall, and the processor's time, of which that of the one thread that meets the database
 * is the shortest a rebuild can take.
 *
 *     bench-rebuild STORE.db
 */
#include <stdio.h>
#include <sys/resource.h>

#include "act/door.h"
#include "act/rebuild.h"
#include "base/buf.h"
#include "measure.h"
#include "record/verify.h"

static const struct str LOG = S("990101/demo");

static enum err
verify(struct cx *cx, struct str url, int threads, const char *name)
{
	const struct verify_options options = { .threads = threads,
		.without_files = true };
	const double wall = seconds(), cpu = processor();
	struct verify_report report;

	TRY(record_verify(cx, url, LOG, &options, &report));
	printf("%s events %lld wall %.3f cpu %.3f faults %zu\n", name,
	    (long long)report.events, seconds() - wall, processor() - cpu, report.found);
	return ERR_OK;
}

static enum err
rebuild(struct cx *cx, struct str url)
{
	const struct door_config config = {
		.url = url, .log = LOG, .entropy = cx->entropy
	};
	struct door *door;
	double wall, cpu, main;
	DB_TX tx = { 0 };

	TRY(door_open(cx, &config, &door)); /* a store just made is filled here */
	wall = seconds();
	cpu = processor();
	main = clock_of(CLOCK_THREAD_CPUTIME_ID);
	TRY(db_begin_alone(cx, door_store(door), &tx));
	TRY(rebuild_log(cx, door_store(door), door_tables(door), LOG));
	TRY(db_commit(cx, &tx));
	printf("rebuild wall %.3f cpu %.3f database-thread %.3f\n", seconds() - wall,
	    processor() - cpu, clock_of(CLOCK_THREAD_CPUTIME_ID) - main);
	door_close(door);
	return ERR_OK;
}

static enum err
measure(struct cx *cx, struct str url)
{
	struct rusage use;

	TRY(verify(cx, url, 1, "verify-1"));
	TRY(verify(cx, url, 2, "verify-2"));
	TRY(rebuild(cx, url));
	getrusage(RUSAGE_SELF, &use);
	printf("resident kB %ld\n", use.ru_maxrss);
	return ERR_OK;
}

int
main(int argc, char **argv)
{
	struct arena arena AUTO(arena_free) = { 0 };
	struct cx cx = { .arena = &arena };

	if (argc != 2) {
		fprintf(stderr, "usage: bench-rebuild STORE.db\n");
		return 2;
	}
	if (measure(&cx, str_fmt(&arena, "sqlite:%s", argv[1])) == ERR_OK)
		return 0;
	fprintf(stderr, "%.*s\n", STR_ARG(cx.why));
	return 1;
}
