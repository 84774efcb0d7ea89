/*
 * Fetching: the facts that a decision asked for, from the projections, what the group has
 * not yet written included. Both engines give the same answers.
 */
#pragma once

#include "act/facts.h"
#include "act/project.h"

/* Gives every need of the table its value and empties the list. ERR_INPUT: a total over
 * something that is not a column. Values live in the projection's arena. */
enum err facts_fetch(struct cx *cx, struct projection *p, struct facts *facts) MUST_USE;

/* Whether a question is to be put again: it answered ERR_NEEDS, and what it asked for has
 * been fetched. If not, *err is its answer or why there is none; ERR_INPUT also where it
 * asks without end, which is a fault of the definition.
 *
 *	do
 *		err = act_lapse(cx, ..., &facts, ...);
 *	while (facts_more(cx, &projection, &facts, &err));
 */
bool facts_more(struct cx *cx, struct projection *p, struct facts *facts, enum err *err)
    MUST_USE;
