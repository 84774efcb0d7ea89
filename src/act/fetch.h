/*
 * Fetching: the facts that a decision asked for, from the projections, what the group has
 * not yet written included. Both engines give the same answers.
 */
#pragma once

#include "act/facts.h"
#include "act/project.h"

/* How often a decision may ask. A definition whose conditions follow references of
 * references more often than this is a fault of the definition. */
enum { FACT_ROUNDS = 12 };

/* Gives every need of the table its value and empties the list. ERR_INPUT: a total over
 * something that is not a column. Values live in the projection's arena. */
enum err facts_fetch(struct cx *cx, struct projection *p, struct facts *facts) MUST_USE;
