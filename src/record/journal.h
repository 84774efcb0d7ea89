/*
 * The journal of a store: what was done with it as a whole, copies and verifications. It
 * is no part of the record (a backup that is copied again must not differ from what it
 * was copied from) and losing it loses nothing but the answer to "when was the last".
 */
#pragma once

#include "base/cx.h"
#include "lang/value.h"

struct db;

enum { JOURNAL_MAX = 20 }; /* of a kind; older ones go */

/* Adds a map under `kind` ("copy", "verify") for the log; `at` (ms, the log's own clock)
 * is put in from cx->now_ms. In no transaction of the caller's. */
enum err journal_note(struct cx *cx, struct db *db, struct str log, struct str kind,
    const struct value *note) MUST_USE;
/* A list, the newest first; empty when there is none. */
enum err journal_read(struct cx *cx, struct db *db, struct str log, struct str kind,
    struct value *out) MUST_USE;
