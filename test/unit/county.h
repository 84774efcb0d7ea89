/*
 * A county of one unit, one person and one procedure (note: begin, edit, reply), open for
 * acts on either engine: for tests of the door and of what goes through it.
 */
#pragma once

#include "county_log.h"
#include "store.h"

extern int64_t county_monotonic; /* the door's other clock, ms */

/* Log test/door. false: this engine is not here. */
bool county_open(struct cx *cx, int engine, struct test_store *store, struct county *out);
/* Compares live and rebuilt projections before it closes. */
void county_close(struct cx *cx, struct county *f);

/* An act by the person that opens a note. */
struct act county_begin(
    struct cx *cx, const struct county *f, const char *text, const char *key);
int64_t county_head(struct cx *cx, struct county *f); /* seq of the newest event */
