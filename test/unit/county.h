/*
 * A county of one unit, one person and one procedure (note: begin, edit, reply), open for
 * acts on either engine: for tests of the door and of what goes through it.
 */
#pragma once

#include "act/door.h"
#include "store.h"

struct county {
	struct door *door;
	struct str unit, person;
};

extern int64_t county_monotonic; /* the door's other clock, ms */

/* Its definitions, and the workdays known up to 2026. */
void county_sources(struct cx *cx, struct source_list *out);

/* Log test/door. false: this engine is not here. */
bool county_open(struct cx *cx, int engine, struct test_store *store, struct county *out);
/* Compares live and rebuilt projections before it closes. */
void county_close(struct cx *cx, struct county *f);

/* An entry put by the system; the form canonical, with ' for ". */
struct str county_given(
    struct cx *cx, struct door *door, const char *family, const char *form);
/* An act by the person that opens a note. */
struct act county_begin(
    struct cx *cx, const struct county *f, const char *text, const char *key);
int64_t county_head(struct cx *cx, struct county *f); /* seq of the newest event */
