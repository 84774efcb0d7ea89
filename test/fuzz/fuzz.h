/*
 * What is thrown at the parsers. A target takes bytes as they would come from outside and
 * must neither crash nor hang nor break what it promises; the arena and its limit are new
 * for each input.
 */
#pragma once

#include "base/cx.h"
#include "base/str.h"

struct target {
	const char *name; /* also of the folder of its seeds */
	/* NULL when all is well, else which promise is broken. */
	const char *(*run)(struct cx *cx, struct str input);
	const char *words; /* pieces that the format likes, parted by blanks */
};

extern const struct target targets[]; /* ends with a NULL name */

/* One input, with an arena, a clock and a source of randomness that are always the same.
 */
const char *target_run(const struct target *t, struct str input);
