/*
 * FEEL, the expression language of DMN 1.5 (OMG formal/2024-01-01, chapter 10.3): text to
 * a tree, a tree to a value. Numbers are exact decimals (V_INT where they are whole). An
 * error is null, as the standard wants, and `notes` and `missing` say why.
 *
 * Outside the standard, for law/:
 * - a text of the form "units/4" is a reference: `unit.kind` asks run->resolve; inside a
 *   filter its fields are names, as those of a context are;
 * - a function that is neither builtin nor in the library asks run->call;
 * - V_DAY is FEEL's date. V_INSTANT without a zone is a local date and time whose
 *   milliseconds count as if it were UTC; with a zone they are those of UTC.
 */
#pragma once

#include "base/cx.h"
#include "base/decimal.h"
#include "lang/messages.h"
#include "lang/value.h"

struct feel; /* a parsed expression; immutable, may be shared between threads */

enum feel_type_kind {
	FEEL_ANY, /* not known */
	FEEL_NULL,
	FEEL_BOOL,
	FEEL_NUMBER,
	FEEL_TEXT,
	FEEL_DAY,
	FEEL_TIME,
	FEEL_INSTANT,
	FEEL_DURATION, /* days and time */
	FEEL_MONTHS,   /* years and months */
	FEEL_RANGE,
	FEEL_LIST,
	FEEL_MAP,
	FEEL_ENTRY, /* a reference, see feel_check */
	FEEL_FUNCTION,
};

struct feel_type {
	enum feel_type_kind kind;
	const struct feel_type
	    *of;         /* of a list's items, a range's ends, a function's result */
	struct str name; /* FEEL_ENTRY: whatever the checker's `field` wants to see */
	const struct feel_field
	    *fields; /* of a map (NULL: not known), a function, a listed text */
	size_t n;
	/* Unary tests that its values pass (DMN's allowedValues); NULL: any. Only what
	 * converts to a type asks this, not the checker. */
	const struct feel *allowed;
};

struct feel_field {
	struct str name;
	const struct feel_type *type;
};

/* What the parser must know of the names around an expression. All may be zero. */
struct feel_scope {
	const struct str *names; /* those of several words or with an operator inside;
				    others need not be listed */
	size_t n;
	const struct feel_field *types; /* names for `instance of` */
	size_t n_types;
	int line, column; /* place of the text in its file, for messages; 0 = 1 */
};

/* The tree is in cx->arena and looks into `text`. ERR_INPUT with one message per fault
 * (at most 16 KiB of text, 100 deep). */
enum err feel_parse(struct cx *cx, struct str text, const struct feel_scope *scope,
    const struct feel **out, struct messages *m) MUST_USE;

/* Unary tests, as the cells of a decision table have them: `-`, `< 5, [7..9]`, `not(1)`.
 * The tree is to be evaluated with `?` as a variable. */
enum err feel_parse_tests(struct cx *cx, struct str text, const struct feel_scope *scope,
    const struct feel **out, struct messages *m) MUST_USE;

/* Functions written in FEEL (NAME.functions.yaml). A body sees its parameters, the
 * library and the run's callbacks, nothing else. */
struct feel_definition {
	struct str name;
	const struct str *params;
	size_t n;
	const struct feel *body;
	int line, column;
	struct str file; /* where it stands: of the messages when it was defined */
};
struct feel_library {
	struct feel_definition *v;
	size_t n, cap;
};
/* Parses `body` and adds it; a name given twice or a builtin's is a message too. Texts
 * are not copied. */
enum err feel_define(struct cx *cx, struct feel_library *lib, struct str name,
    const struct str *params, size_t n, struct str body, const struct feel_scope *scope,
    struct messages *m) MUST_USE;

/* Variables: maps, the innermost first. */
struct feel_vars {
	const struct value *map;
	/* A variable that is not in the map, made when it is first named; NULL: there is
	 * none. */
	const struct value *(*find)(void *self, struct str name);
	void *self;
	const struct feel_vars *up;
	struct str ref; /* inside: an item of a filter that is a reference */
};

struct feel_name_list {
	struct str *v;
	size_t n, cap;
};

/* One evaluation. Zero what is not used. */
struct feel_run {
	struct arena *arena;
	const struct feel_vars *vars;
	const struct feel_library *library;
	int64_t now_ms; /* for now() and today() */
	/* Missing is never false: `=`, `!=` and `in` with a missing value are null,
	 * unless null itself is asked for (`x = null`); a condition of `if` or of a
	 * filter that is null makes the whole null. The standard says false in these
	 * places. For law/. */
	bool strict;
	/* The field of the entry `ref`; false: not at hand, stop here (needs is set). */
	bool (*resolve)(void *self, struct str ref, struct str field, struct value *out);
	/* A function FEEL does not know; false as above. */
	bool (*call)(void *self, struct str name, const struct value *args, size_t n,
	    struct value *out);
	void *self;
	/* what came of it */
	int steps;      /* of at most 10,000 */
	bool needs;     /* a callback said false: fetch and evaluate again */
	bool exhausted; /* out of steps or too deep */
	struct feel_name_list
	    missing; /* names and paths that were null, as written, each once */
	LIST(struct str) notes; /* why something is null */
	int depth;
};

/* Stops at once and gives null when needs or exhausted is set. What it gives can be
 * copied and stored: a value of more than some 200,000 parts counts as exhausted. */
struct value feel_eval(struct feel_run *run, const struct feel *e);

/* Free names: variables first used in e that e itself does not bind, each once. Paths are
 * not followed: of `unit.kind` it is `unit`. */
void feel_names(struct arena *a, const struct feel *e, struct feel_name_list *out);
/* Functions called by name that are neither builtin nor bound by e. */
void feel_calls(struct arena *a, const struct feel *e, struct feel_name_list *out);

/* Checking before anything runs. */
struct feel_signature { /* of a function that run->call answers */
	struct str name;
	size_t min, max;
	const struct feel_type *result;
};
struct feel_check {
	const struct feel_field *names; /* the variables */
	size_t n;
	const struct feel_signature *calls;
	size_t n_calls;
	const struct feel_library *library;
	/* The type of a field of the entries that type->name means; NULL: there is none.
	 */
	const struct feel_type *(*field)(
	    void *self, const struct feel_type *entry, struct str field);
	/* What is wrong with the arguments of one of `calls`, or empty. Two literals,
	 * empty where there is none; `last`: type of the last. May be NULL. */
	struct str (*argument_fault)(void *self, struct str call,
	    const struct str *literals, const struct feel_type *last);
	void *self;
	bool lenient;     /* no checks that came later: an older edition */
	int line, column; /* of the whole, for messages; 0: where it begins */
};
/* Messages at the places that feel_parse gave the tree: unknown names and functions,
 * forbidden ones (now, today, matches, replace, split, is), wrong numbers of arguments,
 * types that can never fit. `want` FEEL_ANY: anything. Gives the type as far as it is
 * known. */
struct feel_type feel_check(const struct feel_check *check, const struct feel *e,
    enum feel_type_kind want, struct messages *m);
/* The same for unary tests of an input of this type, which may name `?`. */
void feel_check_tests(const struct feel_check *check, const struct feel *tests,
    const struct feel_type *input, struct messages *m);
/* Bodies of the library, and that none calls itself, directly or through others. */
void feel_check_library(const struct feel_check *check, struct messages *m);

/* Numbers: an int where it is whole and fits, else a V_DECIMAL in the arena. */
struct value feel_number(struct arena *a, const struct decimal *d);
bool feel_decimal(const struct value *v, struct decimal *out); /* false: not a number */
struct str feel_type_name(enum feel_type_kind kind);           /* in Chinese */

/* FEEL's equality; -1 where it is null (kinds that cannot be compared). */
int feel_equal(const struct value *a, const struct value *b);
/* Text as string() gives it, cut off at 1 MiB. */
struct str feel_string(struct arena *a, const struct value *v);
/* As FEEL reads it back: "text", @"2026-01-01", {"key": 1}; the same cut. A function has
 * no such form: "function". */
struct str feel_literal(struct arena *a, const struct value *v);
/* Is a text a reference: lower-case letters, digits, '-', then '/', then digits. */
bool feel_is_ref(struct str s);
