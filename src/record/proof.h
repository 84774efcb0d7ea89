/*
 * Checkpoints of a log, and proofs that travel alone: a proof holds an event's header,
 * its place in the tree and a signed checkpoint (C2SP tlog-proof; for an SM3 log our
 * dialect of it). Checking one needs neither server nor database.
 */
#pragma once

#include "record/note.h"
#include "record/record.h"

/* Signs the log's present size and stores the note; a log that has not grown gets its
 * last one again. Refuses (ERR_STORE) to sign what contradicts an earlier checkpoint. In
 * no transaction of the caller's: only what is committed is signed. */
enum err record_checkpoint(struct cx *cx, struct db *db, struct str log,
    const struct signer *signer, struct checkpoint *out) MUST_USE;
/* The newest stored one; ERR_NOT_FOUND when there is none. */
enum err record_last_checkpoint(
    struct cx *cx, struct db *db, struct str log, struct checkpoint *out) MUST_USE;
/* Appends the note to a file outside the database, on disk before it returns, unless the
 * file already ends with it. */
enum err checkpoint_append(struct cx *cx, struct str path, const struct checkpoint *c)
    MUST_USE;
/* The newest checkpoint of that origin in such a file; its size is 0 when there is no
 * file, or none of it. */
enum err checkpoint_newest(
    struct cx *cx, struct str path, struct str origin, struct checkpoint *out) MUST_USE;
/* That the log is not behind its newest checkpoint in that file and begins as it says:
 * else ERR_REFUSED, with what to do. A file that is not there, or says nothing of this
 * log, refuses nothing. */
enum err checkpoint_guard(struct cx *cx, struct db *db, struct str log, struct str path)
    MUST_USE;

/* The root of the first `size` events. */
enum err record_root(struct cx *cx, struct db *db, struct str log, int64_t size,
    struct digest *out) MUST_USE;

/* The proof of event `seq` under the newest checkpoint: ERR_NOT_FOUND when none covers
 * it. */
enum err record_prove(
    struct cx *cx, struct db *db, struct str log, int64_t seq, struct str *out) MUST_USE;

struct proven {
	struct checkpoint checkpoint;
	int64_t seq;
	struct str header; /* canonical bytes */
};
/* ERR_INPUT says what is wrong with it. */
enum err proof_check(struct cx *cx, struct str proof, const struct verifier *v,
    struct proven *out) MUST_USE;
