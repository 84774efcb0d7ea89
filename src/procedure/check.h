/* The files that check one procedure (check.c and check_*.c). Inside procedure/. */
#pragma once

#include "lang/feel_part.h"
#include "procedure/definition.h"

struct checking {
	struct cx *cx;
	struct messages *m;
	const struct procedure_def *p;
	/* How stages follow each other, over actions and lapses: made by check_graph. */
	size_t n;      /* stages */
	bool *reached; /* from an opening action */
	bool *follows; /* n × n: t comes after s, or is s */
};

/* Stages that cannot be reached or left, or from which nothing ends the matter. */
void check_graph(struct checking *c);
/* What can never come before or after what it names: conditions that can never be met,
 * terms whose end cannot come, persons kept apart from nothing. */
void check_order(struct checking *c);
/* Mandatory steps that can be walked around; shows the way. */
void check_mandatory(struct checking *c);

bool check_starts_at(const struct action_def *a, const struct stage_def *s);
/* Where an action taken at stage `at` may lead; `at` SIZE_MAX: it begins the matter.
 * false where it cannot. */
bool check_leads(
    const struct checking *c, const struct action_def *a, size_t at, size_t to);
/* Can x have been done before a? */
bool check_precedes(
    const struct checking *c, const struct action_def *x, const struct action_def *a);
/* Is this among what an action always asks for: acts.X.day of another action, or what
 * only a child of that kind gives? */
struct check_need {
	struct str action; /* id, or empty */
	struct str kind;   /* of a child, or empty */
};
struct check_needs {
	struct check_need *v;
	size_t n, cap;
};
void check_needs_of(
    const struct checking *c, const struct feel *that, struct check_needs *out);
