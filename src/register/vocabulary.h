/*
 * The closed vocabulary of law/: which keys each map of a file may hold and what stands
 * behind each. One table for all who need it: the loaders refuse what is not in it, `law
 * schema` prints it as JSON Schema for editors, a test wants each key explained in
 * docs/law-language.md. A new keyword is one row here.
 */
#pragma once

#include "lang/yaml.h"

enum shape_kind {
	SHAPE_TEXT,  /* words in Chinese, or whatever is read as text */
	SHAPE_ID,    /* the id of a definition, a stage, an action, a field … */
	SHAPE_IDS,   /* one id or a list of them */
	SHAPE_TEXTS, /* one text or a list of them */
	SHAPE_LIST,  /* a list of texts */
	SHAPE_BOOL,
	SHAPE_INT,
	SHAPE_COUNT,  /* a number, or a word for one: 2, all */
	SHAPE_DAY,    /* 2026-03-02 */
	SHAPE_FEEL,   /* an expression */
	SHAPE_TERM,   /* 90 days; comment-days days */
	SHAPE_TYPE,   /* the type of a field */
	SHAPE_TARGET, /* what a field refers to: ids, or the columns of rows */
	SHAPE_TURNS,  /* a stage, or a list of maps */
	SHAPE_MAP,    /* one map of the shape `of` */
	SHAPE_MAPS,   /* a list of such maps */
	SHAPE_NAMED,  /* id: map of the shape `of` */
	SHAPE_TITLES, /* id: text */
	SHAPE_FEELS,  /* id: expression */
	SHAPE_STEP,   /* one id, a list of them, or a map of the shape `of` */
	SHAPE_STEPS,  /* id: SHAPE_STEP */
	SHAPE_SPANS,  /* name: list of days or first..last */
	SHAPE_YEARS,  /* year: SHAPE_SPANS */
	SHAPE_ANY,    /* checked when it is used */
};

struct shape_key {
	const char *key;
	enum shape_kind kind;
	enum { MAY, MUST } presence; /* MUST: the loader refuses without it */
	const struct shape *of;      /* SHAPE_MAP and those after it that need it */
	const char *says;            /* for who writes law/, in Chinese */
};

struct shape {
	const char *name;  /* "action" */
	const char *files; /* of a whole file: "*.procedure.yaml"; NULL: a part of one */
	const char *title; /* what it is, in Chinese */
	const struct shape_key *keys;
	size_t n;
};

/* static const struct shape_key action_keys[] = { … };  SHAPE(action, NULL, "…"); */
#define SHAPE(id, pattern, what)                                         \
	const struct shape shape_##id = { #id, pattern, what, id##_keys, \
		sizeof id##_keys / sizeof *id##_keys }

extern const struct shape shape_register, shape_field, shape_value, shape_range,
    shape_register_rule, shape_list;
extern const struct shape shape_procedure, shape_in_force, shape_child, shape_action,
    shape_join, shape_hand_over, shape_turn, shape_rule, shape_gate, shape_clock,
    shape_lapse, shape_mask, shape_mandatory;
extern const struct shape shape_transition, shape_transition_from, shape_transition_stage,
    shape_transition_clock;
extern const struct shape shape_pause, shape_extension, shape_amount, shape_days;
extern const struct shape shape_document, shape_number, shape_choices, shape_parameters,
    shape_parameter, shape_functions, shape_function, shape_table, shape_table_row;
extern const struct shape shape_statute, shape_coverage, shape_requirement, shape_names,
    shape_names_role, shape_names_kind, shape_names_successor;
extern const struct shape shape_workdays, shape_notice, shape_local, shape_expected_file,
    shape_expected;

/* Every kind of file, in the order in which docs/law-language.md explains them. */
const struct shape *shape_file(size_t i); /* NULL behind the last */

/* A map with no other keys than the shape has; a message for each that is none. */
bool shape_closed(
    struct messages *m, const struct yaml_node *map, const struct shape *shape);
