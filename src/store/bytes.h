/*
 * Stored files: what events cite but do not contain. A file is addressed by the SM3
 * digest of its bytes in lower-case hex, is kept once per log and never overwritten. On
 * SQLite it lies in a folder beside the database, on PostgreSQL in chunks of 256 KiB in a
 * table.
 */
#pragma once

#include <stdint.h>

#include "base/crypto.h"
#include "store/db.h"

/*
 * A file being received; a scope that throws away what was not kept.
 *
 *     BYTES_DRAFT d = { 0 };
 *     TRY(bytes_begin(cx, db, &d));
 *     while (...) TRY(bytes_add(cx, &d, part));          outside any transaction
 *     TRY(bytes_keep(cx, db, log, &d, &digest));         inside the act's
 */
struct bytes_draft {
	bool open;
	int fd;
	char *path; /* in the arena of the cx that began */
	int64_t length;
	struct hasher hasher;
	bool hashed; /* `digest` is there */
	struct digest digest;
};
#define BYTES_DRAFT __attribute__((cleanup(bytes_discard))) struct bytes_draft
enum err bytes_begin(struct cx *cx, struct db *db, struct bytes_draft *d) MUST_USE;
enum err bytes_add(struct cx *cx, struct bytes_draft *d, struct str part) MUST_USE;
void bytes_discard(struct bytes_draft *d);

/* What the digest of an open draft will be, in cx->arena; nothing is added afterwards. */
struct str bytes_digest(struct cx *cx, struct bytes_draft *d);

/* Makes the draft permanent in `log` and gives its digest (64 hex digits, in cx->arena).
 * On disk before it returns on SQLite, with the transaction on PostgreSQL. What is
 * already there is left as it is. The draft is spent. */
enum err bytes_keep(struct cx *cx, struct db *db, struct str log, struct bytes_draft *d,
    struct str *digest) MUST_USE;

/* The length of a stored file; ERR_NOT_FOUND when the log does not hold it. */
enum err bytes_have(struct cx *cx, struct db *db, struct str log, struct str digest,
    int64_t *length) MUST_USE;
/* At most n bytes from `from` on, fewer only at the end, in cx->arena. */
enum err bytes_read(struct cx *cx, struct db *db, struct str log, struct str digest,
    int64_t from, size_t n, struct str *out) MUST_USE;
/* Reads the whole file and compares its digest: ERR_INPUT when it is another one. */
enum err bytes_check(struct cx *cx, struct db *db, struct str log, struct str digest)
    MUST_USE;
/* Lawful destruction: the file goes, at once on SQLite. ERR_NOT_FOUND when it is not
 * there. */
enum err bytes_forget(struct cx *cx, struct db *db, struct str log, struct str digest)
    MUST_USE;

/* Deletes drafts that nobody finished within a day, as a killed process leaves them;
 * cx->now_ms is the real time here. *n counts them. */
enum err bytes_sweep(struct cx *cx, struct db *db, size_t *n) MUST_USE;

struct stored_file {
	struct str digest;
	int64_t length;
};
struct stored_files {
	struct stored_file *v; /* in byte order of the digests */
	size_t n, cap;
};

/* All files of a log, in cx->arena. */
enum err bytes_list(
    struct cx *cx, struct db *db, struct str log, struct stored_files *out) MUST_USE;
