/*
 * A definition in sentences, for who holds it against the statute: a procedure, a
 * register, a decision table, a transitional rule. Every sentence is made from the
 * definition; none is written by hand. The same lines are printed by law explain and
 * shown on the page of the definition.
 */
#pragma once

#include "base/buf.h"
#include "explain/words.h"

enum prose_kind {
	PROSE_TITLE,   /* what is explained */
	PROSE_LEAD,    /* of the whole: since when, by which articles */
	PROSE_HEADING, /* one part */
	PROSE_PLAIN,   /* a paragraph of the part */
	PROSE_ITEM,    /* the next in number of the part */
	PROSE_SUB,     /* a line below an item */
	PROSE_POINT,   /* one of several below it */
	PROSE_TABLE,   /* all rows of a table, where it is drawn and not told (plain) */
};

struct prose_line {
	enum prose_kind kind;
	int number; /* of headings and items, from 1 */
	struct buf text;
	const struct decision_def *table;
};

struct prose {
	struct words w;
	LIST(struct prose_line) lines;
	int heading, number;
};

void prose_procedure(struct prose *t, const struct procedure_def *p);
void prose_register(struct prose *t, const struct register_def *r);
void prose_table(struct prose *t, const struct decision_def *d);
void prose_transition(struct prose *t, const struct transition_def *rule);

/* As it is printed: numbered and indented. */
struct str prose_text(const struct prose *t);

/* For the files that write prose: a new line begins; what is put follows on it. */
void prose_line(struct prose *t, enum prose_kind kind);
void prose_say(struct prose *t, const char *text);
PRINTF(2, 3) void prose_fmt(struct prose *t, const char *fmt, ...);
void prose_heading(struct prose *t, struct str title);
void prose_basis(struct prose *t, struct str basis);
/* The title, and behind it the id where ids are wanted. */
void prose_named(struct prose *t, struct str title, struct str id);
/* A condition behind `before`. What has no words is `instead` for who reads no code;
 * where that is NULL nothing is said, `before` neither. */
void prose_condition(
    struct prose *t, const char *before, const struct feel *e, const char *instead);

void prose_clocks(struct prose *t, const struct procedure_def *p);
/* The same inside the explanation of something else. */
void prose_table_part(struct prose *t, const struct decision_def *d);
void prose_transition_part(struct prose *t, const struct transition_def *rule);
