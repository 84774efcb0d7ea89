/*
 * Lists of units as plans print them, and the sentences that give them roles: separators
 * 、 , ; 及 和 等, groups kept verbatim (各镇人民政府、街道办事处), brackets inside
 * brackets, X牵头,Y配合; A、B等按职责分工负责. Forms only: which units there are, nobody
 * knows here.
 */
#pragma once

#include "intake/plan.h"

struct known;

/* What a bracket or a line says about who does it. */
struct assignment {
	struct strs leaders, lead, units;
	bool lead_named; /* the words themselves say who leads */
	bool rule;       /* it also says that the first listed leads, from here on */
	struct plan_deadline deadline;
	struct str limit;             /* the deadline as printed */
	struct milestones milestones; /* earlier limits beside it */
	struct strs classes;
	struct str rest; /* words that give nobody a role and no day: a condition */
};

/* Roles that a label (牵头单位:) or the head of a column can name. */
enum role {
	ROLE_NONE,
	ROLE_NUMBER,
	ROLE_TEXT,
	ROLE_LEADER,
	ROLE_LEAD,
	ROLE_UNITS,       /* 配合单位 */
	ROLE_RESPONSIBLE, /* 责任单位: the others beside a 牵头单位, all of them without
			     one */
	ROLE_DEADLINE,
	ROLE_CLASS,
	ROLE_NOTE,
	ROLE_COUNT_,
};

void strs_add(struct cx *cx, struct strs *list, struct str s); /* not twice */

/*
 * Appends the members of a list; the words of a role must have been cut off. `known`:
 * what the document prints elsewhere (intake/known.h); NULL = nothing is known.
 */
void units_split(
    struct cx *cx, const struct known *known, struct str list, struct strs *out);

/*
 * The words of a closing bracket, without its brackets. False when they do not assign
 * anything: then nothing is written to *out. `first_leads` is the rule in force before.
 */
bool assignment_parse(struct cx *cx, const struct known *known, struct str words,
    bool first_leads, struct assignment *out);

/* Folded text without the words at its end that give a role: 等按职责分工负责 */
struct str without_role(struct str f);

bool has_lead_rule(struct str f); /* 列第一的为牵头单位 and its like, in folded text */

/* Ends as a unit does (局, 委, 办, 人民政府 …); a bracket behind it does not count. */
bool unit_shaped(struct str s);
/* A kind of units rather than one: 各…, 有关…, …部门, …单位 */
bool unit_generic(struct str s);

/*
 * A label at the start of folded text: 牵头单位: and its like, also without the colon.
 * *n is its length with the colon, *colon whether there was one.
 */
enum role label_at(struct str f, size_t *n, bool *colon);
