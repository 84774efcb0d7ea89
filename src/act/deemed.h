/*
 * What the law deems when a term runs out (视为…): the clock only notes that it waits for
 * a person, with a draft of the document. A person confirms it by an action (`confirms`),
 * or registers the proof that what the term waited for was done in time.
 *
 * In the state: deemed = list of { clock title due document? text? confirmed? }; what was
 * confirmed stays, for it still forbids the contrary act.
 */
#pragma once

#include "act/work.h"

/* The term has lapsed: its effect waits. */
void deemed_wait(
    struct work *w, struct draft *d, const struct clock_def *def, int64_t due);

void deemed_confirm(struct work *w, struct draft *d, struct str clock);
/* It never came to it: what the term waited for was done in time, or the term runs anew.
 */
void deemed_drop(struct work *w, struct draft *d, struct str clock);

/* Refuses to confirm what does not wait, and to do now what the law has deemed done
 * otherwise. */
void deemed_guard(struct work *w, struct matter *m, const struct action_def *a);
