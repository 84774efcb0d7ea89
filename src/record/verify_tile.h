/* One worker of the verifier: tiles of 256 events, each computed alone. Inside record/.
 */
#pragma once

#include <pthread.h>
#include <stdatomic.h>

#include "record/event.h"
#include "record/tree.h"
#include "record/verify.h"

enum { TILE_EVENTS = 1 << TILE_HEIGHT };

/* What is known of a tile when it is done. Leaves are kept only where a root inside it
 * will be asked for. */
struct tile {
	bool wants_leaves, failed;
	int n;
	struct digest root; /* of a full tile */
	struct digest *leaves;
};

struct part_of {
	int64_t seq, by; /* by: the event that destroys it, 0 for a part found empty */
	struct str part;
};
struct parts_of {
	struct part_of *v;
	size_t n, cap;
};

struct verify_job {
	struct str url, log;
	struct db *db; /* of the caller, instead of one for each worker */
	enum digest_algorithm algorithm;
	int64_t events, ntiles;
	struct tile *tiles;
	atomic_int_fast64_t next;
};

struct verify_worker {
	struct verify_job *job;
	struct arena arena; /* of what is found; lives as long as the verification */
	pthread_t thread;
	bool running;
	enum err err;
	struct str why;
	struct verify_report report; /* faults, found */
	int64_t sealed;
	struct parts_of empty, destroyed;
	struct event last; /* the newest event, in the worker that met it */
};

void *verify_worker_run(void *worker);
void verify_fault(struct arena *a, struct verify_report *r, int64_t seq, struct str text);
