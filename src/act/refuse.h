/*
 * Refusals of the engine itself: the closed table of codes. Definitions add their own
 * rules under the code `rule`, with the rule's id.
 */
#pragma once

#include "base/cx.h"

enum refuse {
	REFUSE_BY,         /* no post of the actor has the competence for this unit */
	REFUSE_AT,         /* not at this stage */
	REFUSE_UNTIL,      /* what it takes back has been built upon */
	REFUSE_JOINED,     /* has done this joint action already */
	REFUSE_HAND_OVER,  /* the list is not what the giver handles, or nobody fits */
	REFUSE_DEEMED,     /* the law deems otherwise, or nothing waits; "deemed:CLOCK" */
	REFUSE_APART,      /* the same person did what must be apart */
	REFUSE_FORM,       /* a value is not what its field takes */
	REFUSE_REQUIRED,   /* a value is missing */
	REFUSE_SEEN,       /* somebody changed it meanwhile */
	REFUSE_KEY,        /* the idempotency key was used for another act */
	REFUSE_IN_FORCE,   /* the procedure is not in force on that day */
	REFUSE_DOUBT_OPEN, /* a document cannot issue while a doubt is open */
	REFUSE_CLOCK,      /* a minimum term has not run yet; rule is "clock:ID" */
	REFUSE_NUMBER,     /* no number can be given */
	REFUSE_UNKNOWN,    /* no such procedure, register, action or subject */
	REFUSE_DAY,        /* the day lies in the future, or before the matter began */
	REFUSE_UNIQUE,     /* another entry has this key */
	REFUSE_WITHDRAWN,  /* the definition was taken out of force */
	REFUSE_RULE,       /* a rule of a definition */
	REFUSE_COUNT_,
};

/* Appends to out; `field` and the printf text may be empty. The rule id is the code's
 * own. */
void refuse(struct cx *cx, struct refusal_list *out, enum refuse code, struct str field,
    const char *fmt, ...) PRINTF(5, 6);
void refuse_rule(struct cx *cx, struct refusal_list *out, enum refuse code,
    struct str rule, struct str field, struct str message, struct str basis,
    struct str ways);
