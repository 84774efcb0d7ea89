/*
 * Value: data of any shape. One type serves the bodies of events, the fields of forms and
 * the results of FEEL, so that nothing is converted on the way from a form to the record.
 *
 * What is stored is NULL, BOOL, INT, TEXT, LIST and MAP only (lang/canon.h): days and
 * instants are integers, a decimal is a text in its one spelling; the definition knows
 * which is meant. The further kinds live only while an expression is evaluated.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/str.h"

enum value_kind {
	V_NULL,
	V_BOOL,
	V_INT,  /* |i| < 2^53 when stored */
	V_TEXT, /* UTF-8, NFC since the door */
	V_LIST,
	V_MAP, /* keys unique; in byte order when canonical */
	/* evaluation only */
	V_DECIMAL,
	V_DAY,      /* i: day number */
	V_TIME,     /* i: milliseconds since midnight */
	V_INSTANT,  /* i: milliseconds since 1970 */
	V_MONTHS,   /* i: years-and-months duration */
	V_DURATION, /* i: days-and-time duration, milliseconds */
	V_RANGE,
	V_FUNCTION,
};

struct decimal;
struct value_zone;
struct value_pair;
struct feel_range;
struct feel_function;

struct value {
	enum value_kind kind;
	union {
		bool b;
		int64_t i;
		struct { /* V_TIME, V_INSTANT: ms is i */
			int64_t ms;
			const struct value_zone *zone; /* NULL: none */
		} at;
		struct str s;
		struct {
			struct value *items;
			size_t n, cap;
		} list;
		struct {
			struct value_pair *pairs;
			size_t n, cap;
		} map;
		const struct decimal *decimal;
		const struct feel_range *range;
		const struct feel_function *function;
	};
};

struct value_pair {
	struct str key;
	struct value value;
};

struct value value_null(void);
struct value value_bool(bool b);
struct value value_int(int64_t i);
struct value value_text(struct str s); /* not copied */
struct value value_list(void);
struct value value_map(void);
struct value value_day(int64_t day);

/* get cannot fail: what is absent, or asked of the wrong kind, is NULL, empty, 0 or
 * false. */
const struct value *value_get(const struct value *map, struct str key);
const struct value *value_at(const struct value *list, size_t i);
size_t value_count(const struct value *v); /* items of a list, pairs of a map, else 0 */
struct str value_str(const struct value *v);
int64_t value_num(const struct value *v);
bool value_true(const struct value *v);
bool value_is_null(const struct value *v);

/* value_get with a literal path: value_path(v, "state.stage"). */
const struct value *value_path(const struct value *v, const char *path);

struct value *value_add(struct arena *a, struct value *list, struct value item);
struct value *value_set(
    struct arena *a, struct value *map, struct str key, struct value item);
void value_unset(struct value *map, struct str key);

/* Shorthand for building maps from literals. */
#define value_set_text(a, m, key, s) value_set((a), (m), S(key), value_text(s))
#define value_set_int(a, m, key, i) value_set((a), (m), S(key), value_int(i))

bool value_eq(
    const struct value *a, const struct value *b); /* deep; INT 1 is not TEXT "1" */
struct value value_copy(struct arena *a, const struct value *v); /* deep, texts too */
/* Lists and maps of the first `depth` levels become the copy's own; what is below, and
 * all texts, stays shared: for those who only ever replace whole values there. */
struct value value_fork(struct arena *a, const struct value *v, int depth);
