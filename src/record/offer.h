/*
 * Files offered to acts: what was uploaded is kept before the act that cites it is
 * decided, and stays when the act is refused or never comes. Each is noted (service table
 * `offered`) with the log's size at that moment, so that it need be looked for only in
 * the events after it; once it is old, what no event cites goes. A file that was already
 * there and is not noted is cited, and is left alone.
 *
 * Any number of processes may keep and sweep: the row in `offered` is the lock of its
 * file. A sweep that is killed leaves the row, and the next one does it again.
 */
#pragma once

#include "store/bytes.h"

/* An act cites a file that was brought within a day (web/draft.h), or that its subject
 * holds already, which an event cites. */
#define OFFER_MS ((int64_t)3 * 86400000)

/* bytes_keep for an upload, in the caller's transaction. */
enum err offer_keep(struct cx *cx, struct db *db, struct str log, struct bytes_draft *d,
    struct str *digest) MUST_USE;

/* Deletes what was offered more than OFFER_MS before cx->now_ms and is cited by no event
 * of the log; *n counts it. At most a hundred at a time. Begins its own transaction; `db`
 * may write. */
enum err offer_sweep(struct cx *cx, struct db *db, struct str log, size_t *n) MUST_USE;
