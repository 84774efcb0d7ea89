/*
 * A decision table in words: what a cell asks, what it gives, what a row says. Made from
 * the cells; where an expression has no words it stands as it is written, in 「」.
 */
#pragma once

#include "procedure/decision.h"

/* How what a table names from outside is called: a parameter's title; empty: unknown. */
struct decision_names {
	struct str (*parameter)(const void *self, struct str id);
	const void *self;
};

/* “罚款”、“没收” or 不少于5000元; empty: the cell asks nothing. */
struct str decision_test_text(struct arena *a, const struct decision_names *names,
    const struct decision_def *d, const struct field *input, const struct feel *test);
/* 是, “从轻”, 5000元. */
struct str decision_result_text(struct arena *a, const struct decision_names *names,
    const struct decision_def *d, const struct field *output, const struct feel *result);
/* “处罚种类”为“罚款”的，“应当告知听证权利”为是。 `row` from 0. */
struct str decision_row_text(struct arena *a, const struct decision_names *names,
    const struct decision_def *d, size_t row);
/* What the hit policy means. */
struct str decision_hit_text(enum feel_hit hit);
