/*
 * What is asked of the calculator of terms: read from the address, answered, and put into
 * an address again. What is wrong becomes refusals beside the fields.
 */
#pragma once

#include "procedure/term.h"
#include "web/exchange.h"

enum { STRETCHES = 2 };

/* Days that do not count, as typed: the first, and the last or nothing while it lasts. */
struct stretch {
	struct str from, to;
	struct str from_name, to_name; /* of the inputs */
};

struct question {
	struct str start, term, time, longer; /* as typed */
	struct stretch off[STRETCHES];
	int64_t day, minutes;
	struct term parsed;
	struct term_pause pauses[STRETCHES];
	size_t npauses;
	struct term_extension more;
	size_t nmore; /* 0 or 1 */
	struct term_end end;
};

/* What the address says, as typed. */
struct question question_typed(struct exchange *x);

/* Reads and answers it; false: x->cx.refusals say what is wrong. */
bool question_answer(struct exchange *x, struct question *q);

/* The same question at another address. */
struct str question_path(struct arena *a, struct str path, const struct question *q);
