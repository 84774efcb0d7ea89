/* What the commands about law/ share. Inside cli/. */
#pragma once

#include "cli/option.h"
#include "cli/scenario.h"

struct law_options {
	struct str dir;  /* law/ */
	struct str name; /* part of a path or id, or empty */
	struct str kind; /* "sqlite", "postgres" or empty: SQLite, and --pg when given */
	struct str pg;   /* conninfo */
	struct str out;  /* a file to write, or empty */
	struct place place; /* a real store */
	bool json, check;
};
enum err law_options_read(struct cx *cx, int argc, char **argv, struct law_options *out)
    MUST_USE;

/* All of law/; ERR_INPUT with every fault in cx->why. */
enum err law_read(struct cx *cx, struct str dir, struct source_list *sources,
    struct defs **defs) MUST_USE;

/* The terms that a notice moved, as a table; nothing when none did. */
struct clock_moves;
void print_clock_moves(struct cx *cx, const struct clock_moves *moves);

struct law_stages {
	struct law_stage {
		struct stage *stage;
		struct str name;
		int64_t run; /* part of the logs' names: the same on every engine */
	} v[2];
	size_t n;
};
#define LAW_STAGES __attribute__((cleanup(law_stages_close))) struct law_stages
enum err law_stages_open(struct cx *cx, const struct law_options *o,
    const struct defs *defs, struct law_stages *out) MUST_USE;
void law_stages_close(struct law_stages *stages);
