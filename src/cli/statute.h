/* What the statute commands share. */
#pragma once

#include "act/defs.h"
#include "cli/option.h"
#include "read/statute_compare.h"

struct db;
struct door;

struct statute_options {
	struct place place;
	struct str
	    *files; /* what stands without an option: files; or name, article, days */
	size_t n_files;
	struct str person, reason, by;
	int64_t from, on; /* DAY_NONE: not given */
	bool replace, check, all;
};

enum err statute_options_read(
    struct cx *cx, int argc, char **argv, struct statute_options *o) MUST_USE;

/* What the new edition touches in one log, as lines: definitions, gists, entries, open
 * matters; empty when nothing. `before` is the edition it follows, NULL for the first. */
enum err statute_touched(struct cx *cx, struct db *db, struct door *door,
    const struct edition *before, const struct edition *now, struct str *out) MUST_USE;
