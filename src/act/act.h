/*
 * The act: the only thing that changes anything. What is decided is decided in
 * act_decide, which is pure; act/door.h takes acts in and writes what was decided.
 */
#pragma once

#include "act/defs.h"
#include "act/facts.h"
#include "record/record.h"

struct act {
	struct str actor;  /* "persons/12", "clock", "system" */
	struct str behalf; /* "posts/3", or empty: the program picks the post that fits */
	struct str subject; /* of an existing matter or entry; empty: a new one */
	struct str family;  /* procedure or register of a new subject */
	struct str action; /* of the procedure; of a register: "put", "end"; engine's own:
			    * "correct", "settle", "destroy" */
	struct value form; /* map: field id → value as stored (value.h) */
	int64_t done;      /* day number */
	int64_t to_day;    /* register put: exclusive last day, 0 = open */
	bool registered;   /* 登记: it happened elsewhere */
	bool is_setup; /* by "system" while a store is being set up: no authority asked */
	struct str key; /* idempotency, or empty */
	int64_t seen;   /* subject_seq the form was filled from; 0 = not stated */
};

struct act_result {
	int64_t seq;        /* of the act's first event */
	struct str subject; /* new or changed */
	struct str number;  /* of an issued document, or empty */
	size_t events;
	bool replayed; /* the key had been used for the same act */
};

/*
 * Decides one act: events to append, in order, with subject, subject_seq, done, actor,
 * behalf, definition, key and parts set; refusals go to cx->refusals (ERR_REFUSED);
 * ERR_NEEDS when facts are missing (facts->needs lists them: fetch and call again).
 * `next_seq` is the number the first event will get. Pure: no database, no clock but
 * cx->now_ms.
 */
enum err act_decide(struct cx *cx, const struct defs *defs, const struct act *act,
    struct facts *facts, int64_t next_seq, struct event_list *out) MUST_USE;

/* Digest of what an act asks for, personal values left out: stands as `asked` in the
 * event that carries the key. */
struct str act_asked(struct cx *cx, const struct defs *defs, const struct act *act);

/*
 * The terms of one matter that ran out before cx->now_ms, as events, and their effects;
 * none gives an empty list. ERR_NEEDS as above.
 */
enum err act_lapse(struct cx *cx, const struct defs *defs, struct str subject,
    struct facts *facts, int64_t next_seq, struct event_list *out) MUST_USE;

/* The provisional terms of one matter, counted anew with the calendar of `defs`: an event
 * for each that moved or is certain now. `notice`: the published file that made it so.
 * ERR_NEEDS as above. */
enum err act_recount(struct cx *cx, const struct defs *defs, struct str subject,
    struct str notice, struct facts *facts, int64_t next_seq, struct event_list *out)
    MUST_USE;

/* What an actor may do now on a matter or with a new one: for the pages. The same
 * judgement as act_decide, with an empty form and without what the form must still give.
 */
struct act_choice {
	const struct action_def *action;
	bool allowed; /* competence, stage, apart and gates hold */
	bool may;     /* competence holds: show it, with why it is not yet possible */
	struct refusal *refusals;
	size_t refusal_count;
};
struct act_choices {
	struct act_choice *v;
	size_t n, cap;
};
enum err act_choices(struct cx *cx, const struct defs *defs, struct str actor,
    struct str subject, struct str family, struct facts *facts, struct act_choices *out)
    MUST_USE;

/* What a field with `among` may take on a matter (or on a new one of the family) whose
 * form holds `form` so far: list of subjects. Null when the field may take anything.
 * ERR_NEEDS as above. */
enum err act_among(struct cx *cx, const struct defs *defs, struct str subject,
    struct str family, const struct value *form, const struct field *field,
    struct facts *facts, struct value *out) MUST_USE;

/* The masks (docs/language.md) that are closed to this reader: ids, and the fields they
 * hide. A person reads with each of their posts; empty actor: the public, to whom every
 * mask is closed. ERR_NEEDS as above. */
enum err act_hidden(struct cx *cx, const struct defs *defs, struct str actor,
    struct str subject, struct facts *facts, struct id_list *masks,
    struct id_list *fields) MUST_USE;

/* May this person open the personal values of the subject: `unseals` of its definition,
 * with a post of the unit that the matter belongs to. ERR_NEEDS as above. */
enum err act_may_unseal(struct cx *cx, const struct defs *defs, struct str actor,
    struct str subject, struct facts *facts, bool *out) MUST_USE;
