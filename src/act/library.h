/*
 * The statute library of the installation: which editions of which statutes were taken
 * in, by whom, from which file. It belongs to no county's log: its truth is a log of its
 * own in the same store, chained, signed and copied like any other, whose events hold
 * each text whole (docs/events.md); the tables of sql/statute.sql are its projection.
 *
 * No act is ever decided by it: definitions cite articles and carry gists of our own, so
 * what a matter went through can be told without the library. read/statute.h reads it.
 */
#pragma once

#include "base/cx.h"
#include "lang/value.h"

struct db;

#define LIBRARY_LOG S("installation/statutes")

enum library_outcome {
	LIBRARY_ADDED,
	LIBRARY_SAME, /* the edition is there with this text: nothing was written */
	LIBRARY_REPLACED,
};

/* One file to take in. */
struct library_file {
	struct str name, bytes;      /* of the file as it came */
	const struct value *statute; /* intake/statute.h makes it; `from` is a day */
	bool replace;                /* an edition that is there with another text */
	struct str reason;           /* why; wanted for a replacement */
};

/* All of them in one transaction, outcomes[i] for files[i]; the log is made at first use.
 * ERR_INPUT names the first that cannot be taken in, and nothing is written: no day from
 * which it is in force; another text for an edition that is there, or the text of an
 * edition under another day, without `replace` and a reason. */
enum err library_adopt(struct cx *cx, struct db *db, struct str actor,
    const struct library_file *files, size_t n, enum library_outcome *outcomes) MUST_USE;

/* From `day` on the statute is no longer in force; `by` says which decision ended it.
 * DAY_OPEN takes that back. ERR_NOT_FOUND: the library does not hold it. */
enum err library_repeal(struct cx *cx, struct db *db, struct str actor,
    struct str statute, int64_t day, struct str by) MUST_USE;

/* Drops the tables' rows and folds the log again; *same: they were what they became. With
 * `keep` false they are left as they were. */
enum err library_rebuild(struct cx *cx, struct db *db, bool keep, bool *same) MUST_USE;
