/* A log full of events for tests of the record: ten subjects in turn, a sealed part in
 * every third round, an idempotency key on each. */
#pragma once

#include "base/crypto.h"
#include "record/record.h"

enum err sample_create(struct cx *cx, struct db *db, struct str log, bool sm3);
/* The event that has number `seq` in such a log, in cx->arena. */
struct event *sample_event(struct cx *cx, int64_t seq);
/* n more events in one transaction. */
enum err sample_append(struct cx *cx, struct db *db, struct str log, int n);
/* One transaction: an EV_DESTROYED event, and the part is gone. */
enum err sample_destroy(
    struct cx *cx, struct db *db, struct str log, int64_t seq, struct str part);

/* A visitor that keeps the last digest. */
enum err sample_last_digest(struct cx *cx, const struct event *e, void *digest);
