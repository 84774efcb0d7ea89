/* Linking and checking a whole set of definitions: what one file alone cannot know. */
#pragma once

#include "act/defs.h"

/* Faults go to messages. Fields get their choices; every reference, citation, document
 * and expression is checked against the rest of the set. */
void defs_link(struct cx *cx, struct messages *m, struct defs *d);

/* Are these articles in the library, and in force for good? */
void link_cited(struct messages *m, struct defs *d, struct str basis, int line);

/* Transitional rules, against the editions they speak of (act/link_transition.c). */
void link_transitions(struct cx *cx, struct messages *m, struct defs *d);

/* Types of expressions over a register's or procedure's fields (act/link_types.c). */
void link_register_types(
    struct cx *cx, struct messages *m, struct defs *d, struct register_def *r);
/* A table's cells, and its rows held against each other. */
void link_table(
    struct cx *cx, struct messages *m, struct defs *d, struct decision_def *t);
void link_function_types(struct cx *cx, struct messages *m, struct defs *d);
void link_transition_types(struct cx *cx, struct messages *m, struct defs *d,
    const struct transition_def *t, const struct procedure_def *old,
    const struct procedure_def *fresh);
void link_procedure_types(
    struct cx *cx, struct messages *m, struct defs *d, struct procedure_def *p);

/* What is wrong with what a call of the engine names in quotes, empty: nothing. `of` is
 * the procedure whose expression it is, NULL for a register's (act/link_calls.c). */
struct str link_call_fault(struct arena *a, const struct defs *d,
    const struct procedure_def *of, struct str name, const struct str *literals,
    const struct feel_type *last);

/* What a statute says of its days (act/link_terms.c), and the clocks that rest on it. */
void statute_days_load(
    struct messages *m, struct defs *d, struct str statute, const struct yaml_node *root);
void link_terms(struct messages *m, const struct defs *d, const struct procedure_def *p);

/* Of a field with `value:`: nobody fills it in; and what gives it its value is there,
 * where that is a table of an entry. */
void link_computed(
    struct messages *m, const struct procedure_def *p, const struct field *f);
const struct field *link_entry_table(struct messages *m, const struct defs *d,
    const struct procedure_def *p, const struct field *f);
