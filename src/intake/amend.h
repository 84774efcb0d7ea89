/*
 * Amending a plan before it is adopted: a person has looked at a damaged place and says
 * what the paper meant. The reading is never changed directly: the words are changed in
 * the text and the whole is read again, so that a bracket put back also gives the units
 * that stand behind it.
 */
#pragma once

#include "intake/plan_source.h"

struct amend {
	size_t line;         /* as in plan_damage */
	struct str text, to; /* the printed words and what stands for them; one line */
};

/* Makes the amendments in the text of a source, line numbers unchanged. ERR_INPUT when
 * one of them does not stand in its line. */
enum err plan_amend(
    struct cx *cx, struct plan_source *source, const struct amend *v, size_t n) MUST_USE;

/* can[i]: the words of the i-th damage can be found in the line again (what was removed
 * as noise cannot). True when any can. */
bool plan_can_amend(struct cx *cx, const struct plan_source *source,
    const struct plan_damage *v, size_t n, bool *can);

/* The suggestion is itself what would be printed, not an advice. */
bool plan_suggests_words(const struct plan_damage *d);
