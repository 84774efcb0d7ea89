/*
 * What the commands share: taking options off the command line, finding the log they are
 * about, and the way into it.
 */
#pragma once

#include "base/cx.h"

struct db;
struct door;

/* "--name value" at argv[*i], which moves on to the value; false when it is another word
 * or its value is missing. */
bool option_take(int argc, char **argv, int *i, const char *name, struct str *out);

/* Where a command works: --store URL, --log NAME, --checkpoints FILE. */
struct place {
	struct str store, log;
	struct str checkpoints; /* empty: checkpoints_path() of the store */
};
bool place_take(int argc, char **argv, int *i, struct place *out);

/* The log named, else the only one that is no companion; ERR_NOT_FOUND when the store
 * holds none, ERR_INPUT when it holds several. */
enum err place_log(
    struct cx *cx, struct db *db, const struct place *place, struct str *out) MUST_USE;

/* A door to that log with the definitions in force, once the log is no shorter and no
 * other than its checkpoint outside the store says. cx->now_ms becomes the time of the
 * log, which is another than ours in a demonstration. */
enum err place_door(struct cx *cx, const struct place *place, struct door **out) MUST_USE;

/* Says why, refusals first; the exit status: 2 for what was given, else 1. */
int cli_failed(const struct cx *cx, enum err err);
