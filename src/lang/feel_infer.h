/* Between feel_check.c, feel_check_call.c and feel_check_op.c only. */
#pragma once

#include "lang/feel_tree.h"

/* A name bound inside the expression; or, with `fields`, an item of a filter whose fields
 * are names. */
struct known {
	struct str name;
	const struct feel_type *type;
	bool fields;
	const struct known *up;
};

struct checker {
	const struct feel_check *check;
	struct messages *m;
	int depth;  /* of library functions followed */
	bool quiet; /* a library body met again from a call: it was checked on its own */
};

const struct feel_type *feel_simple(enum feel_type_kind kind);
const struct feel_type *feel_list_of(struct checker *c, const struct feel_type *of);
const struct feel_type *feel_infer(
    struct checker *c, const struct feel *e, const struct known *scope);
const struct feel_type *feel_infer_call(
    struct checker *c, const struct feel *e, const struct known *scope);
const struct feel_type *feel_infer_binary(
    struct checker *c, const struct feel *e, const struct known *scope);
const struct feel_type *feel_infer_between(
    struct checker *c, const struct feel *e, const struct known *scope);
/* a range of what its ends are; of `(< 5)` there is one */
const struct feel_type *feel_infer_range(
    struct checker *c, const struct feel *e, const struct known *scope);
const struct feel_type *feel_infer_negated(
    struct checker *c, const struct feel *e, const struct known *scope);
/* Could a value of `is` be one of `want`? */
bool feel_fits(const struct feel_type *is, enum feel_type_kind want);
PRINTF(3, 4)
void feel_wrong(struct checker *c, const struct feel *e, const char *fmt, ...);
/* a message when it surely is not of this kind */
void feel_must_be(struct checker *c, const struct feel *e, const struct feel_type *is,
    enum feel_type_kind want);
const struct feel_definition *feel_find_definition(
    const struct feel_library *lib, struct str name);
