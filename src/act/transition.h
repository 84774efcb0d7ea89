/*
 * One open matter under a transitional rule: pure, as every decision. What comes of it is
 * results in one edition-moved event, so that a rebuild needs neither rule nor editions.
 */
#pragma once

#include "act/act.h"
#include "procedure/transition.h"

struct transition_ask {
	const struct transition_def *rule;
	struct str subject, person; /* person: who signs */
};

/* The event, or none and in *why the reason for which the matter stays under its edition;
 * neither: it is under the new one already, or closed. ERR_NEEDS: facts are missing. */
enum err act_transition(struct cx *cx, const struct defs *defs,
    const struct transition_ask *ask, struct facts *facts, int64_t next_seq,
    struct event_list *out, struct str *why) MUST_USE;
