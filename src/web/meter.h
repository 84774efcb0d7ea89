/*
 * Meter: what a process counts of itself while it lives, for a monitor that asks
 * (/metrics). Numbers only: no address, no name, no path.
 */
#pragma once

#include <stdatomic.h>
#include <stdint.h>

#include "base/buf.h"

enum { METER_BOUNDS = 7 };

struct meter {
	int64_t started_ms;       /* of the monotonic clock */
	atomic_llong by_class[6]; /* answers by the first digit of their status */
	atomic_llong took[METER_BOUNDS + 1]; /* answers by how long they took */
	atomic_llong took_us;
	atomic_llong acts[4]; /* enum meter_act */
};

enum meter_act { METER_DONE, METER_REPLAYED, METER_REFUSED, METER_FAILED };

void meter_request(struct meter *m, int status, int64_t took_us);
void meter_act(struct meter *m, enum meter_act what);

/* In the text format of Prometheus 0.0.4. */
void meter_put(struct buf *b, const struct meter *m);
void meter_line(
    struct buf *b, const char *name, const char *type, const char *help, int64_t value);
