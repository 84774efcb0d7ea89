/* The tree of an expression, for the feel_*.c files and for those that make trees from
 * other forms than text: dmn_*.c and procedure/decision*.c. */
#pragma once

#include "lang/feel.h"

enum feel_kind {
	F_LITERAL,  /* value */
	F_NAME,     /* name; "?" is the input of unary tests */
	F_LIST,     /* kids */
	F_CONTEXT,  /* names, kids; one kid more than names: the result, for which the
		       entries are there */
	F_RANGE,    /* two kids, either may be NULL; low_closed, high_closed */
	F_SPAN,     /* two kids: the numbers or days of an iteration, from..to */
	F_NEGATE,   /* kid */
	F_BINARY,   /* op, two kids */
	F_BETWEEN,  /* three kids */
	F_IN,       /* the value, then the tests */
	F_TEST,     /* op, kid: "< 5" against the input */
	F_TESTS,    /* kids: any of them; negated: none. No kids: "-", always true */
	F_INSTANCE, /* kid, type */
	F_IF,       /* three kids */
	F_FOR,      /* names, one kid for each, then the body */
	F_SOME,
	F_EVERY,
	F_FUNCTION, /* names (parameters), types, body */
	F_CALL,     /* the function, then the arguments; names where they are named */
	F_PATH,     /* kid, name */
	F_FILTER,   /* two kids */
	F_AS,       /* kid, type: converted to the type, else null */
	F_TABLE,    /* table; kids: every tree in it, for those who walk */
};

enum feel_op {
	OP_OR,
	OP_AND,
	OP_EQ,
	OP_NE,
	OP_LT,
	OP_LE,
	OP_GT,
	OP_GE,
	OP_ADD,
	OP_SUB,
	OP_MUL,
	OP_DIV,
	OP_POW,
};

struct feel {
	enum feel_kind kind;
	enum feel_op op;
	bool negated;                 /* F_TESTS */
	bool low_closed, high_closed; /* F_RANGE */
	bool uses_input;              /* `?` is somewhere inside */
	int line, column;
	struct str text; /* as written */
	struct str name;
	struct value value;
	const struct feel **kids;
	size_t n;
	const struct str *names;
	size_t n_names;
	const struct feel_type *type;
	const struct feel_type *const *types; /* of parameters, NULL where none */
	const struct feel_table *table;
};

/* The builtin functions, in feel_builtin.c. */
typedef struct value feel_builtin(struct feel_run *run, struct value *args, size_t n);
struct feel_builtin_row {
	struct str name;
	feel_builtin *run;
	size_t min, max; /* arguments; SIZE_MAX: any number */
	const char
	    *params;    /* "string,start position" for calls by name; alternatives after
			   '|'; NULL: none */
	bool forbidden; /* in law/: answers change with the clock, or regular expressions
			 */
	enum feel_type_kind result;
};
const struct feel_builtin_row *feel_builtin_find(struct str name);
size_t feel_builtin_count(void);
const struct feel_builtin_row *feel_builtin_at(size_t i);

struct feel_range {
	bool low_closed, high_closed;
	struct value low, high; /* null: open on that side */
};

/* A function that is neither FEEL text nor builtin: a decision service. */
struct feel_native {
	const struct str *params;
	const struct feel_type *const *types; /* of the parameters, NULL where any */
	size_t n;
	struct value (*call)(void *self, struct feel_run *run, const struct value *args);
	void *self;
};

struct feel_function {
	const struct feel_native *native;
	const struct feel *lambda;    /* F_FUNCTION */
	const struct feel_vars *vars; /* where it was written */
	const struct feel_builtin_row *builtin;
	const struct feel_definition *definition;
};

/* feel_eval.c */
PRINTF(2, 3) struct value feel_null(struct feel_run *run, const char *fmt, ...);
struct value feel_call(struct feel_run *run, const struct value *function,
    struct value *args, size_t n, const struct str *names);
bool feel_stopped(const struct feel_run *run);
/* feel_eval of one of several that do not hang on each other: a fact it lacks (*waits)
 * keeps the others from nothing, and all are asked for together. */
struct value feel_eval_beside(struct feel_run *run, const struct feel *e, bool *waits);
/* A variable or a function of that name. */
bool feel_find_callee(struct feel_run *run, struct str name, struct value *out);
/* Does v pass unary tests? 1 it does, 0 it does not, -1 null. In a strict run a missing v
 * is null to all but `-` and `null`. */
int feel_satisfies(struct feel_run *run, const struct feel *tests, const struct value *v);
/* Counts steps; false when they are used up. */
bool feel_spend(struct feel_run *run, size_t steps);

/* feel_call.c */
struct value feel_loop(struct feel_run *run, const struct feel *e);
struct value feel_eval_call(struct feel_run *run, const struct feel *e);
/* feel_range.c: (< 5) as a range of its own */
struct value feel_open_range(struct feel_run *run, const struct feel *e);

/* feel_op.c: one operator on two values; tests */
struct value feel_binary(
    struct feel_run *run, enum feel_op op, const struct value *a, const struct value *b);
struct value feel_negated(struct feel_run *run, const struct value *v);
/* -1, 0, 1; 2 where they have no order */
int feel_order(const struct value *a, const struct value *b);
/* 1 in, 0 not in, -1 null */
int feel_in_range(const struct value *v, const struct feel_range *r);
/* Can be copied and stored: not more than some 200,000 values when written out. */
bool feel_is_small(const struct value *v);
struct value feel_bool3(int three); /* -1 gives null */

/* feel_type.c */
bool feel_is_instance(const struct value *v, const struct feel_type *type);
struct value feel_convert(
    struct feel_run *run, struct value v, const struct feel_type *type);

/* feel_time.c: texts of days, times and durations; zones */
struct value_zone {
	struct str name;   /* "Europe/Paris"; empty: an offset */
	int64_t offset_ms; /* of local time from UTC */
};
bool feel_parse_day(struct str s, int64_t *out);
bool feel_parse_time(struct arena *a, struct str s, struct value *out);
bool feel_parse_instant(struct arena *a, struct str s, struct value *out);
bool feel_parse_duration(struct str s, struct value *out); /* V_MONTHS or V_DURATION */
/* `2021-07-15`, `08:00:00`, `P1D` …: whichever it is */
bool feel_parse_at(struct arena *a, struct str s, struct value *out);
struct str feel_time_str(struct arena *a, const struct value *v);
/* year, month, hour, time offset …; false: v has no such property */
bool feel_property(
    struct feel_run *run, const struct value *v, struct str name, struct value *out);
struct value feel_time_add(
    struct feel_run *run, const struct value *a, const struct value *b, int sign);
struct value feel_add_months(struct feel_run *run, const struct value *v, int64_t months);
int64_t feel_utc(const struct value *v);   /* ms on one line, for order */
int64_t feel_local(const struct value *v); /* ms as the wall clock shows */
