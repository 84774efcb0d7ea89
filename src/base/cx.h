/*
 * cx: what every request carries. First argument, never stored. It may gain a field only
 * by losing one.
 */
#pragma once

#include <stdint.h>

#include "base/arena.h"
#include "base/err.h"
#include "base/list.h"
#include "base/str.h"

/*
 * "No, because": which rule refused, in plain Chinese, with its article and the lawful
 * ways out. `code` is API (a closed table in act/refuse.h), `field` names the form field
 * or is empty, `basis` and `ways` are joined texts and may be empty.
 */
struct refusal {
	struct str code, rule, field, message, basis, ways;
};

/* Where salts, codes and tokens come from: the kernel, or a seed in tests. */
struct entropy {
	bool (*fill)(void *self, void *out, size_t n);
	void *self;
};

/* A fill for scenarios and tests: self is a uint64_t seed, and the same seed gives the
 * same bytes. Never for what must not be guessed. */
bool entropy_repeat(void *self, void *out, size_t n);

struct refusal_list {
	struct refusal *v;
	size_t n, cap;
};

struct cx {
	struct arena *arena;
	int64_t now_ms; /* the only clock; tests set it */
	struct str why; /* of the last enum err other than ERR_OK and ERR_REFUSED */
	struct refusal_list refusals;
	const struct entropy *entropy;
};

/* Sets cx->why and returns err, so that `return fail(cx, ERR_STORE, "...")` reads as one.
 */
enum err fail(struct cx *cx, enum err err, const char *fmt, ...) PRINTF(3, 4) MUST_USE;

/* n random bytes into out; a source that cannot give them is a bug. */
void cx_random(struct cx *cx, void *out, size_t n);

int64_t cx_today(const struct cx *cx); /* the day of now at UTC+8 */
