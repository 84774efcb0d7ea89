/*
 * Decision tables (DMN 1.5, chapter 8): inputs, rows of unary tests, results, and a hit
 * policy that says what becomes of several rows that fit. Trees are what feel_parse and
 * feel_parse_tests give; a table is immutable once made and may be shared.
 *
 * Missing is never false here either: in a strict run a row whose tests cannot be decided
 * makes the answer null, unless the answer is the same with and without that row.
 */
#pragma once

#include "lang/feel.h"

enum feel_hit {
	HIT_UNIQUE, /* U: at most one row fits */
	HIT_ANY,    /* A: several may, with the same results */
	HIT_PRIORITY,
	HIT_FIRST,
	HIT_OUTPUT_ORDER, /* O: all, the highest result first */
	HIT_RULE_ORDER,   /* R: all, as written */
	HIT_COLLECT,      /* C: all */
	HIT_SUM,          /* C+ */
	HIT_MIN,          /* C< */
	HIT_MAX,          /* C> */
	HIT_COUNT,        /* C# */
};

/* "U", "C+" …; false: there is no such policy. */
bool feel_hit_parse(struct str s, enum feel_hit *out);
bool feel_hit_lists(enum feel_hit hit); /* O, R, C: the answer is a list */

struct feel_table_input {
	struct str name;              /* as recorded; of a model the expression's text */
	const struct feel *value;     /* NULL: the caller gives the values */
	const struct feel_type *type; /* what the value is converted to; NULL: nothing */
	const struct feel *allowed;   /* tests that every value passes; NULL: any */
};

struct feel_table_output {
	struct str name;              /* may be empty where there is one */
	const struct feel_type *type; /* as above */
	const struct feel *order;    /* tests, the highest result first; NULL: no order */
	const struct feel *fallback; /* where no row fits; NULL: null */
};

struct feel_table_row {
	const struct feel **tests;   /* one for each input */
	const struct feel **results; /* one for each output */
	bool off;                    /* taken out by a mutation */
};

struct feel_table {
	enum feel_hit hit;
	const struct feel_table_input *inputs;
	size_t n_inputs;
	const struct feel_table_output *outputs;
	size_t n_outputs;
	const struct feel_table_row *rows;
	size_t n_rows;
};

/* What a table answered: of one output its value, of several a map; a list for O, R and
 * C. */
struct feel_table_answer {
	struct value value;
	struct value *inputs; /* n_inputs, converted */
	size_t *rows;         /* from 0: those the answer comes from, in its order */
	size_t n_rows;        /* 0: no row fitted, or it is not known which */
	bool undecided;       /* strict, and something was missing */
};

/* `given`: one value for each input, or NULL: they are evaluated in run->vars. */
void feel_table_judge(struct feel_run *run, const struct feel_table *t,
    const struct value *given, struct feel_table_answer *out);
