/*
 * What is: the definition of a register. Read from NAME.register.yaml; lives as long as
 * the snapshot of definitions it belongs to, never changes.
 */
#pragma once

#include "register/field.h"

struct feel;
struct shape;

/* A condition with its sentence: of a register, an action, a gate. */
struct rule {
	struct str id;
	const struct feel *that, *when; /* when may be NULL */
	struct str source;              /* the text of `that`, for explanations */
	struct str says, field;
	struct str basis, ways; /* joined with "、" and ";" for showing */
	bool off;               /* taken out by a mutation */
	int line;
};

struct rule_list {
	struct rule *v;
	size_t n, cap;
};

struct id_list {
	struct str *v;
	size_t n, cap;
	int line; /* where a definition has it; 0: made otherwise */
};
bool id_list_has(const struct id_list *l, struct str id);

struct list_def {
	struct str id;
	struct id_list filters;
	struct str order;
	int line;
};
struct list_def_list {
	struct list_def *v;
	size_t n, cap;
};

struct register_def {
	struct str id, title, file, digest; /* digest: hex, of the file's text */
	struct str key;                     /* id of the key field */
	struct str called; /* what an entry is called, with {field}s; or empty */
	struct field_list fields;
	struct id_list by;
	struct id_list unseals;  /* who may open personal values; none: nobody */
	struct id_list destroys; /* who may destroy them; none: nobody */
	const struct feel *of;   /* NULL: a post of any unit */
	struct rule_list rules;
	struct id_list covers;
	struct list_def_list lists;
	bool withdrawn; /* entries stay and may end; none is put */
};

/* messages gets every fault of the file; *out is set also then. */
void register_load(struct cx *cx, struct messages *messages, const struct yaml_node *root,
    struct register_def *out);

/* Takes the next piece of `called` from *rest: the words before a field, and the field's
 * id, empty behind the last. false: nothing is left. */
bool called_next(struct str *rest, struct str *words, struct str *field);

/* Shared with procedure/: `covers: [..]`, `basis: [..]`, rules. `shape` is
 * one of the three shapes of a rule: its condition is `that` in an action, else
 * `require`. */
void ids_load(struct cx *cx, struct messages *messages, const struct yaml_node *node,
    struct id_list *out);
void rules_load(struct cx *cx, struct messages *messages, const struct yaml_node *node,
    const struct shape *shape, struct rule_list *out);
/* Has a column that can be sorted and counted by: a single value that is not personal, or
 * what every matter has. */
bool field_can_order(const struct field_list *fields, struct str id, bool of_matters);
/* Filters must name fields that can be found by (columns, references; of matters also
 * what every matter has), orders what can be sorted by. */
void lists_check(struct messages *messages, const struct list_def_list *lists,
    const struct field_list *fields, bool of_matters);
void lists_load(struct cx *cx, struct messages *messages, const struct yaml_node *node,
    struct list_def_list *out);
const struct feel *expression_load(
    struct cx *cx, struct messages *messages, const struct yaml_node *node);
enum { IN_FORCE_END = 84006 }; /* 2200-01-01: no end is known */
/* `in_force: { from, to }`; without it from the beginning, without `to` without end. */
void in_force_load(struct messages *messages, const struct yaml_node *node,
    int64_t *from_day, int64_t *to_day);
