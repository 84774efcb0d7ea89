/*
 * The door: every change goes through it (web, API, command line, clock, import). It
 * holds the one writing connection of this process, the definitions in force and a queue;
 * whoever holds the log's head row is the log's writer, so any number of processes may
 * each have a door.
 *
 * Acts are taken in groups: one durable transaction for many acts, one after another. A
 * refused act writes nothing; if a statement fails the group is rolled back and each act
 * is run again alone. No answer, not even a refusal, is given before the commit.
 *
 * All functions may be called from any thread; the door takes one at a time.
 */
#pragma once

#include "act/act.h"

struct door;
struct tables; /* register/table.h */

struct door_config {
	struct str url, log;
	const struct entropy *entropy; /* must outlive the door */
	/* A clock that nobody sets, or NULL: then a jump of the wall clock while running
	 * is not seen. */
	int64_t (*monotonic_ms)(void);
	const struct defs *defs; /* NULL: those published in the log */
	struct db *db; /* a connection for writing to take over, or NULL: one to `url` */
};

/* Opens the log for writing: definitions from the record, projections filled anew when
 * they are of another shape. ERR_NOT_FOUND: there is no such log (act/install.h makes
 * it). */
enum err door_open(struct cx *cx, const struct door_config *config, struct door **out)
    MUST_USE;
void door_close(struct door *door); /* ends the writer thread first; NULL is fine */

/* What is in force now. A snapshot stays until the door closes, also when another has
 * taken its place. */
const struct defs *door_defs(struct door *door);
const struct tables *door_tables(struct door *door);
struct str door_log(const struct door *door);
struct str door_url(const struct door *door);

struct door_result {
	enum err err; /* OK, REFUSED, STALE (with a refusal `seen`), or why it failed */
	struct act_result act;
	struct refusal_list refusals;
	struct str why;
};

/* One group: results[i] answers acts[i], in cx->arena. Nothing else is returned: what
 * failed is said in each result. */
void door_do(struct cx *cx, struct door *door, const struct act *acts, size_t n,
    struct door_result *results);
/* One act; its refusals in cx->refusals. */
enum err door_do_one(struct cx *cx, struct door *door, const struct act *act,
    struct act_result *out) MUST_USE;

/* The same without waiting: `done` is called by the writer thread after the commit; the
 * result is gone when it returns. The act is copied. door_start begins the thread. */
typedef void door_done(const struct door_result *result, void *self);
enum err door_start(struct cx *cx, struct door *door) MUST_USE;
void door_submit(
    struct cx *cx, struct door *door, const struct act *act, door_done *done, void *self);

/* Writes the lapses of terms that ran out on matters nobody touches; *lapsed counts their
 * events. Nothing while the clock is in doubt. */
enum err door_tick(struct cx *cx, struct door *door, size_t *lapsed) MUST_USE;

/* The wall clock left the other clock by more than a day, or stood more than 30 days
 * after the newest event at the start: no lapse is written until a person confirms it,
 * through this door or another. Never waits. */
bool door_time_in_doubt(struct door *door);
enum err door_confirm_time(
    struct cx *cx, struct door *door, struct str actor, struct str behalf) MUST_USE;

/* Notes in the companion log who looked at what: `what` is "login", "sealed", "export" …,
 * `more` a map or null. Durable when it returns: show nothing before. */
enum err door_access(struct cx *cx, struct door *door, struct str actor, struct str what,
    struct str subject, const struct value *more) MUST_USE;

/* One sealed part of an event of the subject, { field: value }, by its place "12:p1";
 * noted before it is given. ERR_REFUSED: this person may not open it; ERR_NOT_FOUND: no
 * such part, or it was destroyed. */
enum err door_read_sealed(struct cx *cx, struct door *door, struct str actor,
    struct str subject, struct str place, struct value *out) MUST_USE;

/* Keeps the file at `path` among the log's stored files, for an act that will cite it;
 * gives its digest and length. A file that no act cites afterwards is swept in a few
 * days (record/offer.h). */
enum err door_keep_file(struct cx *cx, struct door *door, struct str path,
    struct str *digest, int64_t *length) MUST_USE;
enum err door_keep_bytes(
    struct cx *cx, struct door *door, struct str bytes, struct str *digest) MUST_USE;

/* Puts changed definitions into the record and into force. A set with faults is refused
 * whole: ERR_INPUT, all of them in cx->why. *published counts the files. */
enum err door_publish(struct cx *cx, struct door *door, struct str actor,
    const struct source_list *sources, size_t *published) MUST_USE;

/* A running term that a notice of holidays moved: one clock-moved event each. */
struct clock_move {
	int64_t seq;
	struct str subject, matter, clock; /* matter, clock: their titles */
	int64_t was, now;                  /* due days */
};
struct clock_moves {
	struct clock_move *v;
	size_t n, cap;
};

/* The same with a set that is all there is: what is in force and not in it is withdrawn.
 * Matters begun under it go on under their edition, entries stay; nothing new begins.
 * ERR_INPUT also when what stays needs what goes, or the program itself does (kernel/).
 */
struct law_published {
	size_t published;
	struct id_list withdrawn; /* paths */
	struct clock_moves moves; /* also in the journal, under "recount" */
};
enum err door_publish_whole(struct cx *cx, struct door *door, struct str actor,
    const struct source_list *sources, struct law_published *out) MUST_USE;

/*
 * Days off and make-up workdays that a county's own region decided, as procedure/
 * calendar_file.h has them: published beside what law/ holds, signed, and not withdrawn
 * with it. Terms follow as with the year's notice. ERR_INPUT: nobody in force signs, the
 * days are wrong or contradict others, or there is nothing to take back.
 */
struct local_days {
	struct str person; /* persons/..., in force today */
	struct str first;  /* 2026-05-27: what it is called by */
	struct str text;   /* empty: takes it back */
};
enum err door_local_days(struct cx *cx, struct door *door, const struct local_days *days,
    struct clock_moves *moves) MUST_USE;

/*
 * Moves the open matters of a procedure to its newest edition: an erratum. Their editions
 * must have the same stages, actions, terms and children, and lose no field; else
 * ERR_INPUT says what differs and nothing is written. Terms that run stay as they were
 * counted. `person` (persons/...) signs, with a reason; it must be in force today.
 */
struct law_moved {
	struct str subject, title, from; /* from: digest of the edition it leaves */
};
struct law_kept {
	struct str subject, title, why; /* why it stays under its edition */
};
struct law_moves {
	struct law_moved *v;
	size_t n, cap;
	LIST(struct law_kept) kept; /* by a rule only */
	size_t rest;                /* open matters that were not looked at: a limit */
};
enum err door_move_edition(struct cx *cx, struct door *door, struct str person,
    struct str procedure, struct str reason, struct law_moves *out) MUST_USE;

/*
 * Applies a published transitional rule to the open matters it speaks of, a transaction
 * for some of them: what was moved before an interruption is moved, and the next run does
 * the rest. ERR_INPUT: no such rule in force, nobody signs, or the clock is in doubt;
 * what does not fit the rule is listed in out->kept.
 */
struct law_move_ask {
	struct str person, rule;
	bool only_show; /* every transaction is taken back */
	size_t limit;   /* matters to move at most; 0: all */
};
enum err door_move_by_rule(struct cx *cx, struct door *door,
    const struct law_move_ask *ask, struct law_moves *out) MUST_USE;

/* Writes the files of a matter's documents that have none yet: bytes into the store,
 * their digest as a `rendered` event. Nobody needs to call it: after the commit the door
 * makes the files of what was issued, at once without door_start, else when no act waits.
 */
enum err door_render(struct cx *cx, struct door *door, struct str subject) MUST_USE;

/* For the runner of scenarios, which makes a log for each in one store and looks at it
 * between acts: nobody else may use the door meanwhile. */
void door_use(struct door *door, struct str log);
/* The same: what is in force from now on, of the editions that the door was opened with.
 */
void door_define(struct door *door, const struct defs *defs);
struct db *door_store(struct door *door);
