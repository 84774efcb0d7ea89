/*
 * The log of a small county: one unit, one person who may write, and the procedure `note`
 * with a term of five days, a document, and a personal field. Without anything of the
 * unit tests, for programs that are killed.
 */
#pragma once

#include "act/door.h"

struct county {
	struct door *door;
	struct str unit, person;
	struct arena *arena; /* of the two; county_again's */
};

/* Its definitions, and the workdays known up to 2026. */
enum err county_laws(struct cx *cx, struct source_list *out) MUST_USE;

/* Makes the log that the config names, publishes the definitions, enters unit and person.
 * What was opened is in out->door also when it fails. */
enum err county_make(struct cx *cx, const struct door_config *config, struct county *out)
    MUST_USE;

/* The same log again, as a process that was killed finds it. */
enum err county_again(struct cx *cx, const struct door_config *config, struct county *out)
    MUST_USE;

/* The act that begins a note. */
struct act county_note(
    struct cx *cx, const struct county *c, struct str text, struct str key);

/* Whether the projections are what a rebuild makes of the record. */
bool county_rebuilds(struct cx *cx, struct door *door);
