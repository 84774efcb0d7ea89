/*
 * Work: one act while it is being decided. It touches one or more subjects; each change
 * is put into the event being drafted and into the subject's state together, so that
 * later steps of the same act see it.
 */
#pragma once

#include "act/act.h"
#include "act/judge.h"

struct matter {
	struct str subject;
	const struct procedure_def *procedure;
	struct value state; /* docs/events.md */
	int64_t seq;        /* subject_seq of its newest event */
	bool was_closed;    /* before this act */
};

/* An event being written. Its number in the log is known from the start. */
struct draft {
	enum event_kind kind;
	struct matter *matter; /* or NULL: an entry, a series */
	struct str subject, definition;
	int64_t seq, subject_seq, done;
	struct value open;
	LIST(struct value) sealed; /* maps of personal values; part p1 is the first */
	bool has_key; /* carries the act's idempotency key: the first event only */
};

struct work {
	struct cx *cx;
	const struct defs *defs;
	struct facts *facts;
	const struct act *act;
	int64_t done, next_seq;
	struct str actor, post; /* post: the one that fits, or empty */
	struct str instead;     /* of whom the actor stands in for, or empty */
	bool here;
	bool needs; /* facts are missing: all that follows is void */
	LIST(struct draft *) drafts;
	LIST(struct matter *) matters;
	struct refusal_list
	    broken;               /* rules broken: refusals, or doubts when registered */
	struct refusal_list hard; /* refusals also when registered */
};

/* Work that only looks, today, for this actor (may be empty): what may be done and read.
 */
struct work work_look(
    struct cx *cx, const struct defs *defs, struct facts *facts, struct str actor);

/* Work that nobody asked for: a clock ran out or is counted anew. Whoever drafts sets the
 * day. */
struct work work_by_clock(
    struct cx *cx, const struct defs *defs, struct facts *facts, int64_t next_seq);

struct draft *work_draft(struct work *w, enum event_kind kind, struct matter *m);
struct draft *work_draft_subject(
    struct work *w, enum event_kind kind, struct str subject, int64_t subject_seq);

/* The matter's state from the facts, or as this act has left it; NULL when it does not
 * exist or facts are missing (w->needs). */
struct matter *work_matter(struct work *w, struct str subject);
struct matter *work_new_matter(struct work *w, const struct procedure_def *p);

/* Results: into the draft and the state. */
void work_put(struct work *w, struct draft *d, struct str key, struct value v);
void work_set(struct work *w, struct draft *d, struct str field, struct value v);
/* The same for what was computed: of a list that only grew the event holds what is new.
 */
void work_extend(struct work *w, struct draft *d, struct str field, struct value v);
void work_clock(struct work *w, struct draft *d, struct str id, struct value clock);
void work_table(struct work *w, struct draft *d, struct str field, struct value answer);
/* The whole list; the event holds what differs. */
void work_children(struct work *w, struct draft *d, struct str kind, struct value list);

/* The newest act of this action does not stand: no expression sees it. */
void work_void(struct work *w, struct matter *m, struct draft *d, struct str action);

/* Takes the personal values out of a form value of this field: sealed parts of the draft.
 */
struct value work_seal(
    struct work *w, struct draft *d, const struct field *f, const struct value *v);

/* A judge over the matter as it stands in this act; `old` are the fields before, or NULL.
 */
void work_judge(
    struct work *w, const struct matter *m, const struct value *old, struct judge *out);

/* The judge of a matter sees its clocks as they are now. */
void work_judge_clocks(struct judge *j);

/* Rules as data for an event: list of { rule, message, basis }. */
struct value work_rules_value(struct work *w, const struct refusal_list *rules);

const struct value *matter_field(const struct matter *m, struct str field);
struct str matter_stage(const struct matter *m);

/* All drafts as events; the earliest due day of each matter is put first. */
void work_finish(struct work *w, struct event_list *out);
