/* The tables of builtin functions and what they share; for feel_builtin*.c only. */
#pragma once

#include "lang/feel_tree.h"

struct feel_builtin_table {
	const struct feel_builtin_row *v;
	size_t n;
};
extern const struct feel_builtin_table feel_text_builtins, feel_number_builtins,
    feel_list_builtins, feel_context_builtins, feel_time_builtins, feel_range_builtins;

/* Arguments as what a function wants; false with a note when they are something else. A
 * list of one is its item. */
bool feel_arg_text(struct feel_run *run, const struct value *v, struct str *out);
bool feel_arg_number(struct feel_run *run, const struct value *v, struct decimal *out);
bool feel_arg_int(struct feel_run *run, const struct value *v, int64_t *out);
bool feel_arg_list(struct feel_run *run, const struct value *v, struct value *out);

#define TABLE(rows)                                   \
	{                                             \
		(rows), sizeof(rows) / sizeof *(rows) \
	}
