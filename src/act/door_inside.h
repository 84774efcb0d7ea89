/* The door's inside, for the files of act/ that are parts of it. */
#pragma once

#include <pthread.h>
#include <stdatomic.h>

#include "act/door.h"
#include "act/project.h"
#include "act/refuse.h"

struct snapshot {
	struct arena arena; /* owns both */
	const struct defs *defs;
	struct tables *tables;
	struct snapshot *older;
};

struct door_item {
	struct arena arena;
	struct act act;
	int64_t now_ms;
	door_done *done;
	void *self;
	struct door_item *next;
};

struct door {
	struct arena arena;
	struct door_config config;
	struct str access; /* the companion log */

	pthread_mutex_t writing; /* guards everything up to the queue's mutex */
	struct db *db;
	struct snapshot *snapshot;
	int64_t followed;     /* the snapshot knows every definition up to this seq */
	atomic_bool in_doubt; /* pages read it without the lock */
	int64_t base_ms;      /* wall clock minus monotonic clock */
	int64_t doubt_from, doubt_to;

	pthread_mutex_t queue;
	pthread_cond_t filled;
	struct door_item *first, **last;
	bool running, stopping;
	bool unfiled;      /* documents were issued that may have no file yet */
	int64_t newest_ms; /* of what was taken in: the writer has no clock of its own */
	pthread_t writer;
};

/* One transaction of the door. */
struct group {
	struct cx *cx; /* its arena lives as long as the group */
	struct door *door;
	struct db_tx tx;
	struct record_head head;
	struct projection projection;
	struct map keys; /* "actor\nkey" → what it made in this group */
	LIST(const struct event *) destroyed;
	bool wrote, issued;
};
#define GROUP __attribute__((cleanup(group_drop))) struct group

/* Begins the transaction and locks the log; the scope's end rolls back. */
enum err group_begin(struct cx *cx, struct door *door, struct str log, struct group *g)
    MUST_USE;
void group_drop(struct group *g);
/* Everything written, then the commit. */
enum err group_commit(struct group *g) MUST_USE;

/* Numbers, chains and projects events; those without a subject_seq get the next one. */
enum err group_append(struct group *g, struct event_list *events) MUST_USE;

/* One act within the group: refusals and failures that concern it alone are in the
 * result; what is returned fails the group. */
enum err group_act(struct group *g, const struct act *act, struct door_result *r)
    MUST_USE;

/* The lapses of one matter; *n (may be NULL) counts the events. */
enum err group_lapse(struct group *g, struct str subject, size_t *n) MUST_USE;

/* Terms of every matter that run counted anew: the calendar was `before`, it is now that
 * of `defs`. Those that moved are added to `moves`. */
enum err group_recount(struct group *g, const struct calendar *before,
    const struct defs *defs, struct str notice, struct clock_moves *moves) MUST_USE;

/* Open matters of a procedure, and whether this person may sign that they move, or for a
 * county's own days. */
enum err move_subjects(struct group *g, struct str procedure, struct id_list *out)
    MUST_USE;
enum err move_signer(struct group *g, struct str person) MUST_USE;

/* An event by the program or an administrator, its open part from a map. */
struct event *group_event(struct group *g, struct event_list *events,
    enum event_kind kind, struct str subject, struct str actor, const struct value *open);

/* Makes the files of a few documents that have none; *more: there are others. */
enum err files_make(struct cx *cx, struct door *door, bool *more) MUST_USE;

/* Compares the act with the event that its key made before. */
bool act_same(
    struct cx *cx, const struct defs *defs, const struct act *act, const struct event *e);
/* Fields changed on the subject since subject_seq `seen` that the act wants to change. */
enum err act_seen(struct cx *cx, struct group *g, const struct act *act) MUST_USE;

/* A snapshot's tables are shared by all logs of the store: those of its own definitions,
 * all editions of procedures, united with those of every other log's published ones.
 * `defs` must outlive the snapshot. */
enum err snapshot_of(struct cx *cx, struct db *db, struct str log,
    const struct defs *defs, struct snapshot **out) MUST_USE;
/* What is about to be published. */
struct law_change {
	struct source_list put;
	LIST(struct law_gone {
		struct str name; /* "procedure/penalty" */
		const struct source *source;
	}) withdrawn;
};
/* Definitions published in the log, with `change` (may be NULL) applied: ERR_INPUT when
 * the whole is not good. */
enum err snapshot_load(struct cx *cx, struct db *db, struct str log,
    const struct law_change *change, struct snapshot **out) MUST_USE;
void snapshot_free(struct snapshot *s);
/* Another process may have published since: what it did is in force here too. */
enum err snapshot_follow(struct cx *cx, struct door *door, const struct record_head *head)
    MUST_USE;

/* Whether definitions were ever published in the log. */
enum err log_has_laws(struct cx *cx, struct db *db, struct str log, bool *out) MUST_USE;

/* Makes the database's projections those of these tables, and fills them when they were
 * not: those of the door's own log and of every log with definitions of its own. Inside a
 * transaction. */
enum err door_bring_tables(struct cx *cx, struct door *door, const struct tables *tables)
    MUST_USE;

/* Whether the clock is to be believed, when the door opens and before it writes. */
enum err door_time_start(struct cx *cx, struct door *door) MUST_USE;
enum err door_time_look(struct cx *cx, struct door *door) MUST_USE;

/* "procedure/penalty": kind and id of a definition; ERR_INPUT when it begins with
 * nothing known. */
enum err law_name(struct cx *cx, const struct source *source, struct str *out) MUST_USE;
