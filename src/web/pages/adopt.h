/*
 * Adopting a plan that was read: its units become the register where there is none yet,
 * its tasks the matters of the programme. The only place that knows both the form of a
 * read plan (intake/plan.h) and the definitions of the programme in law/.
 */
#pragma once

#include "act/door.h"
#include "intake/plan.h"

/* A name printed in the plan, and what it stands for. */
struct adopt_name {
	struct str text;
	struct str subject; /* of the unit or group; empty: nobody has said yet */
	struct str kind;   /* as its form suggests: an id of the unit kinds, or "group" */
	struct str role;   /* justice, government-office …; or empty */
	bool made;         /* no unit of the plan has the role: 演示补建 */
	size_t leads;      /* tasks it leads */
	size_t takes_part; /* tasks it stands in at all */
};
struct adopt_names {
	struct adopt_name *v;
	size_t n, cap;
};

/* The kind that law/kernel's table suggests for a name; "group" for a generic one. */
struct str adopt_kind(const struct defs *defs, struct str name);

/* Whether a reform gave the work of the printed body to this unit, by the ends of both
 * names and what stands before them; *reform is what it is called. */
bool adopt_succeeds(
    const struct defs *defs, struct str printed, struct str unit, struct str *reform);

/* Every name of the plan once, in the order of its first appearance, with the kind that
 * law/kernel's table of names suggests. */
void adopt_names(struct cx *cx, const struct defs *defs, const struct plan *plan,
    struct adopt_names *out);
struct adopt_name *adopt_name_find(struct adopt_names *names, struct str text);

/* One row of a table of names: { is | ends | starts | has: text or texts, … }. */
bool adopt_row_fits(const struct yaml_node *row, struct str name);
/* Where the word that stands under this key of the row begins in the name; SIZE_MAX. */
size_t adopt_row_at(const struct yaml_node *row, const char *key, struct str name);

/* What the adoption needs besides the plan itself. */
struct adoption {
	const struct plan *plan;
	const struct adopt_names *names; /* all with a subject */
	struct str title, kind, level;   /* of the plan; choices of its register */
	int64_t starts, ends;            /* DAY_NONE: not known */
	bool first_leads; /* the document itself says that the first listed leads */
	bool asks_measures;
	struct str office, substitute; /* units; substitute may be empty */
	struct str actor;              /* persons/…, or "system" while setting up */
	struct str file, digest; /* name and digest of the file that was read and kept */
	int64_t size;
	struct value amended; /* words put right in the review: rows of the register */
	int64_t day;          /* the day of taking over */
	int64_t outer;        /* outer limit, DAY_NONE: none was set */
	/* As printed; what the paper does not print stays empty: 无数据. */
	struct str meeting, number;
	int64_t adopted_on;
	bool registered; /* adopted on paper before; false: drafted here */
	struct str key;  /* idempotency: the acts add their own ends; or empty */
};

/* What the reading itself says; actor, names, units, file and day are the caller's. */
struct adoption adoption_of(const struct plan *plan);

/* The form values of the tasks, as the rows of the procedure take them. */
struct value adopt_rows(struct cx *cx, const struct adoption *a);

/* The three acts, each on what the one before it made. */
struct act adopt_act_plan(struct cx *cx, const struct adoption *a);
struct act adopt_act_import(struct cx *cx, const struct adoption *a, struct str plan);
struct act adopt_act_adopt(struct cx *cx, const struct adoption *a, struct str adoption);

/* All three, one after another, for who may wait. Refusals of any of them in
 * cx->refusals. *subject is the adoption. */
enum err adopt_plan(struct cx *cx, struct door *door, const struct adoption *a,
    struct str *subject) MUST_USE;
