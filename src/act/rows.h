/*
 * Rows of the tables that all families share (p_ref, p_clock), derived from one subject.
 * There are a dozen of them, rarely a hundred: looking through the list is quicker than
 * keeping a map.
 */
#pragma once

#include "lang/value.h"
#include "register/table.h"

struct clock_row {
	struct str id, state;
	int64_t due;
};
struct clock_rows {
	struct clock_row *v;
	size_t n, cap;
};

struct ref_row {
	struct str field, target;
};
struct ref_rows {
	struct ref_row *v;
	size_t n, cap;
};

/* Adds what these fields refer to, each once. Texts are not copied. */
void refs_add(struct arena *a, const struct table *t, const struct value *fields,
    struct ref_rows *out);
bool ref_in(const struct ref_rows *refs, const struct ref_row *row);

struct clock_rows clocks_of(struct arena *a, const struct value *state);
const struct clock_row *clock_row_find(
    const struct clock_rows *clocks, struct str id); /* or NULL */
