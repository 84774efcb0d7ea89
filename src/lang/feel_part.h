/*
 * Conditions taken apart, for who checks or explains definitions: what must hold for one
 * to be true.
 */
#pragma once

#include "lang/feel.h"

/* The parts that `and` joins; e itself when there is none. */
struct feel_part_list {
	const struct feel **v;
	size_t n, cap;
};
void feel_parts(struct arena *a, const struct feel *e, struct feel_part_list *out);
/* Is e passed("review"): a function called with one text and nothing else? */
bool feel_is_call(const struct feel *e, struct str *name, struct str *text);
/* Is e a comparison that only holds where root.middle.last is there, as
 * acts.notify.day != null? */
bool feel_wants(
    const struct feel *e, struct str root, struct str last, struct str *middle);
/* As it is written in the definition. */
struct str feel_text(const struct feel *e);

/* How many texts this process has parsed: an act parses none, its definitions are trees
 * from the moment they are loaded. */
uint64_t feel_parsed(void);
