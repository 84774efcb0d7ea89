/*
 * A field: the one notion of "a named, typed thing that a person fills in", shared by
 * entries of registers and matters of procedures.
 */
#pragma once

#include "base/cx.h"
#include "base/map.h"
#include "lang/messages.h"
#include "lang/value.h"
#include "lang/yaml.h"

enum field_type {
	FIELD_TEXT,
	FIELD_LONG,
	FIELD_CODE,
	FIELD_INT,
	FIELD_MONEY, /* integer fen */
	FIELD_DECIMAL,
	FIELD_DAY,
	FIELD_BOOL,
	FIELD_CHOICE,
	FIELD_ENTRY,
	FIELD_ENTRIES,
	FIELD_MATTER,
	FIELD_MATTERS,
	FIELD_TEXTS,
	FIELD_ROWS,
	FIELD_CITATIONS,
	FIELD_FILES,
	FIELD_COUNT_,
};

struct feel;

struct choice {
	struct str id, title;
};

struct field_list {
	struct field *v;
	size_t n, cap;
};

/* How a column of the rows of an entry is held against what the matter says. */
enum match {
	MATCH_EQUAL,
	MATCH_FROM,  /* it is where a range begins: 以上, the number belongs to it */
	MATCH_BELOW, /* it is where one ends: 不满, the number does not */
};

/* An input of the decision table that gives a field its value, or a column of the rows.
 */
struct field_input {
	struct str input;
	const struct feel *value;
	enum match match; /* MATCH_EQUAL in a decision table */
	int line, column;
};

struct field {
	struct str id;   /* as in law/: kebab-case */
	struct str name; /* as in expressions and columns: '-' became '_' */
	struct str title, hint;
	enum field_type type;
	bool required, unique, personal; /* a register's key is unique */
	LIST(struct str) of;         /* registers or procedures a reference may name */
	struct str choices;          /* id of the choice list, when not given in place */
	LIST(struct choice) options; /* of a choice: filled when the set is linked */
	struct field_list columns;   /* of rows */
	const struct feel
	    *among;      /* of a matter's reference: what may be chosen, or NULL */
	bool is_limited; /* by among; cleared by a mutation */
	/* of a matter: a number printed on this kind of paper, which its block accounts
	 * for; or empty */
	struct str paper;
	bool is_numbered; /* by paper; cleared by a mutation */
	struct str
	    table; /* of a matter: the decision table that gives the value, or empty */
	LIST(struct field_input)
	with; /* what it is given other than fields of its names */
	int line, column;
};

/* Reads `fields:` (a map) into out; faults go to messages. */
void fields_load(struct cx *cx, struct messages *messages, const struct yaml_node *node,
    struct field_list *out);
/* Faults for those with what only fields of a matter may have: `among`, `value`,
 * `numbers`. */
void matter_keys_are_none(struct messages *messages, const struct yaml_node *node,
    const struct field_list *fields);
struct field *field_find(
    const struct field_list *fields, struct str id); /* NULL when absent */
struct str field_type_name(enum field_type type);    /* as in law/ */
bool field_is_reference(const struct field *f);      /* entry, entries, matter, matters */
bool field_takes(
    const struct field *f, struct str family); /* a reference of this family, or of any */
/* `of: handled`, until the set is linked: matters of every procedure with handlers. */
bool field_is_handled(const struct field *f);
bool field_is_scalar(const struct field *f);              /* has a column of its own */
struct str field_name_of(struct arena *a, struct str id); /* '-' to '_' */
struct str choice_title(
    const struct field *f, struct str id); /* the id itself when unknown */
