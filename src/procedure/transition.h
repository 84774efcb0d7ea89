/*
 * A transitional rule (过渡规则): what becomes of the matters that were open when a new
 * edition of their procedure came into force. Read from NAME.transition.yaml
 * (docs/language.md); lives as long as the snapshot of definitions it belongs to, never
 * changes. What it says is held against both editions by act/link_transition.c.
 */
#pragma once

#include "procedure/definition.h"

/* Where a matter at this stage goes on. */
struct stage_move {
	struct str from;
	struct str to;    /* empty: it stays under its edition, */
	struct str stays; /* for this reason */
	int line;
};

/* What becomes of a term. One that was met, or has run out, is what it was. */
enum term_fate {
	TERM_KEPT,      /* runs on as it was counted */
	TERM_ANEW,      /* begins on the day of the move, as the new edition has it */
	TERM_CONVERTED, /* from its own beginning, as the new edition has it */
	TERM_ENDED,     /* does not run any more, or never begins */
};

struct term_move {
	struct str clock, reason; /* reason: empty when kept */
	enum term_fate fate;
	int line;
};

struct transition_def {
	struct str id, title, file, digest, procedure, basis;
	struct str edition;      /* it leaves the one of this digest; or empty: */
	int64_t before_day;      /* those in force from before this day */
	int64_t to_day;          /* for the one in force from this day */
	const struct feel *when; /* which matters; NULL: all */
	LIST(struct stage_move) stages;
	struct set_def_list
	    fields;           /* of the new edition, from the matter under the old */
	struct id_list drops; /* fields that the new edition has no more */
	LIST(struct term_move) clocks;
	bool withdrawn;
	bool recorded; /* read from the record: a county may never have had the old one */
};

void transition_load(struct cx *cx, struct messages *messages,
    const struct yaml_node *root, struct transition_def *out);

/* Does the rule speak of matters of this edition? */
bool transition_leaves(
    const struct transition_def *t, const struct procedure_def *edition);

const struct stage_move *stage_move_find(
    const struct transition_def *t, struct str stage);
const struct term_move *term_move_find(const struct transition_def *t, struct str clock);
