/*
 * Copying a log to another store, of either engine: backup, restore and moving house.
 * Only the record goes; projections are rebuilt from it.
 */
#pragma once

#include "record/record.h"

struct copy_report {
	int64_t events, files; /* copied now */
	int64_t size;          /* of the log at its new place */
};

/* Brings `to` up to `from`: only what is missing is copied, in transactions of its own.
 * Every digest is computed again on the way; destructions and forgotten files are
 * repeated. ERR_STORE when the source is damaged (verify it first), ERR_STALE when `to`
 * holds other events. */
enum err record_copy(struct cx *cx, struct db *from, struct db *to, struct str log,
    struct copy_report *out) MUST_USE;
