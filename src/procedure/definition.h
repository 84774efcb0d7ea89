/*
 * What is done: the definition of a procedure. Read from NAME.procedure.yaml
 * (docs/language.md); lives as long as the snapshot of definitions it belongs to, never
 * changes.
 */
#pragma once

#include "procedure/manner.h"
#include "procedure/term.h"
#include "register/definition.h"

struct stage_def {
	struct str id, title;
	bool final;
	int line;
};

/* Where an action leads: the first whose `when` is true (NULL: always). */
struct turn {
	const struct feel *when;
	struct str stage;
};

struct set_def {
	struct str field;
	const struct feel *value;
	int line;
};
struct set_def_list {
	struct set_def *v;
	size_t n, cap;
};

struct action_def {
	struct str id, title, says;
	enum manner manner;
	bool asks_reason;        /* why: the engine asks for it, no form lists it */
	struct id_list undoes;   /* actions whose newest act stands no longer */
	struct id_list until;    /* withdraw: not once one of these was done after it */
	struct id_list confirms; /* clocks whose deemed effect it makes one */
	struct join_def join;
	struct hand_over_def hand_over;
	struct id_list resumes; /* clocks that had ended and go on */
	bool at_new, at_any;
	struct id_list at;     /* stages */
	struct id_list by;     /* competences; ["system"] */
	const struct feel *of; /* NULL: the procedure's unit field */
	bool of_any;
	LIST(struct form_item {
		struct str field;
		bool optional;
	}) form;
	struct rule_list require, warns;
	struct id_list apart, opens, publishes;
	bool unpublishes; /* what was published is taken back */
	struct set_def_list set;
	struct str issues; /* document id or empty */
	LIST(struct turn) then;
	struct str basis;
	bool by_off; /* taken out by a mutation */
	int line;
};

struct gate_def {
	struct rule rule; /* that, when, says … */
	struct id_list before;
};

/* A term whose number the law gives or leaves to a parameter. */
struct term_def {
	struct term term;     /* number 0 when a parameter gives it */
	struct str parameter; /* or empty */
};

/* A time that does not count, from one act until another (中止, 恢复). */
struct clock_stop {
	struct id_list from, until; /* actions */
	struct str basis;
	int line;
};

/* An act that makes the term longer, once. */
struct clock_extension {
	struct str action;
	struct term_def more;
	struct str basis;
	int line;
};

/* Money that grows with each day after the term: 加处罚款, 滞纳金. */
struct clock_amount {
	int64_t parts, whole;  /* of `of` each day: 3 of 100 */
	const struct feel *of; /* in fen; NULL: the clock has no amount */
	const struct feel *cap;
};

struct clock_def {
	struct str id, title, basis;
	struct id_list from, until, before;
	struct id_list pauses; /* kinds of children */
	LIST(struct clock_stop) stops;
	LIST(struct clock_extension) extensions;
	struct clock_amount amount;
	struct str moment; /* field that says the time of the day, or empty */
	bool restart, minimum, quiet;
	const struct feel *at,
	    *when; /* at: the day itself, or what the term counts from */
	bool has_term, has_warn;
	struct term_def term, warn; /* warn.term.number 0 and no parameter: none */
	struct str lapse_stage;     /* or empty */
	bool lapse_unpublishes;
	struct set_def_list lapse_set;
	struct str deemed; /* what the law attaches to the lapse: a person confirms it */
	struct str draft;  /* of this document, or empty */
	bool off;          /* taken out by a mutation */
	int line;
};

struct child_def {
	struct str kind; /* the key under children: */
	struct str procedure;
	struct id_list covers;
	struct str for_rows; /* field of type rows, or empty */
	struct set_def_list with;
	bool loose;
	int line;
};

/* Steps without which no way may lead into a stage. */
struct mandatory_def {
	struct str stage, basis;
	struct id_list steps; /* actions */
	int line;
};

/* Fields that only some may read: others see that there is something. */
struct mask_def {
	struct str id, says, basis;
	struct id_list fields;
	const struct feel *open; /* exactly true for the post that reads */
	int line;
	bool off; /* taken out by a mutation */
};

struct procedure_def {
	struct str id, title, file, digest;
	int64_t from_day, to_day; /* in force; to_day exclusive */
	struct str basis;
	struct id_list covers;
	struct str unit, name, outcome, handlers; /* field ids or empty */
	const struct feel *passes;
	struct field_list fields;
	LIST(struct stage_def) stages;
	LIST(struct child_def) children;
	LIST(struct action_def) actions;
	LIST(struct gate_def) gates;
	LIST(struct clock_def) clocks;
	LIST(struct mask_def) masks;
	LIST(struct mandatory_def) mandatory;
	struct id_list corrects, destroys, unseals, registers;
	bool registers_given;
	struct list_def_list lists;
	bool withdrawn; /* matters go on; none is opened */
};

void procedure_load(struct cx *cx, struct messages *messages,
    const struct yaml_node *root, struct procedure_def *out);
struct action_def *action_find(const struct procedure_def *p, struct str id);
/* May it be entered afterwards as done elsewhere: what `registers` lists; without it,
 * all that people do. */
bool action_may_register(const struct procedure_def *p, const struct action_def *a);
struct stage_def *stage_find(const struct procedure_def *p, struct str id);
struct child_def *child_find(const struct procedure_def *p, struct str kind);
/* Does a mask close the field to anybody? */
bool procedure_masks(const struct procedure_def *p, struct str field);
struct clock_def *clock_find(const struct procedure_def *p, struct str id);

/* Faults that show only in the whole of one definition (check.c, check_*.c). */
void procedure_check(
    struct cx *cx, struct messages *messages, const struct procedure_def *p);
