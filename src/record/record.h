/*
 * The record: what happened, in one order per log, chained and hashed. Only act/ calls
 * record_append. Formats: docs/record.md (headers, bodies, tree, checkpoints, proofs).
 */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "base/cx.h"
#include "base/list.h"
#include "store/db.h"

/* For ever: add kinds, never change one. record/kind.c has name, version and body schema.
 */
enum event_kind {
	EV_LOG_OPENED, /* name, digest algorithm, offset of the demonstration's clock */
	EV_LAW_PUBLISHED, /* one definition: id, kind, text; subject law/<id> */
	EV_ENTRY_PUT,     /* a whole new version of a register's entry */
	EV_ENTRY_ENDED,   /* its last day */
	EV_MATTER_OPENED, /* a matter begins: its first act */
	EV_ACTED,         /* an act done here, past every gate */
	EV_REGISTERED,   /* an act done elsewhere, entered as it happened, with its doubts
			  */
	EV_CLOCK_LAPSED, /* a term ran out */
	EV_CHILD_CHANGED, /* on the parent: a child opened, closed or lapsed */
	EV_RESULT_LAPSED, /* on the child: what its result covered has changed */
	EV_CORRECTED, /* a value of an earlier act was wrong; the old one stays visible */
	EV_DOUBT_SETTLED,  /* a doubt of a registered act was dealt with */
	EV_NUMBER_GIVEN,   /* the next of a series; subject series/<id>/<year> */
	EV_ISSUED,         /* a document: number, day, template, fields, code */
	EV_RENDERED,       /* the digest of its file */
	EV_PUBLISHED,      /* masked text put on a channel by a person */
	EV_UNPUBLISHED,    /* and taken from it */
	EV_DESTROYED,      /* sealed parts lawfully destroyed: which, why */
	EV_TIME_CONFIRMED, /* an administrator confirms a jump of the clock */
	EV_EDITION_MOVED,  /* running matters moved to another edition */
	EV_ACCESS,         /* companion log: a login, a sealed field read, an export */
	EV_COUNT_,
};
struct str event_kind_name(enum event_kind kind); /* "entry-put" */
bool event_kind_find(struct str name, enum event_kind *out);

/* One part of a body: part "open" for everybody, "p1".. sealed, one for each person. */
struct event_part {
	struct str name;
	struct str bytes; /* canonical (lang/canon.h) */
	struct str salt;  /* 16 bytes; empty for "open" */
	bool gone;        /* on reading: destroyed, bytes and salt are empty */
	struct str digest;
};

struct event {
	/* the caller's */
	enum event_kind kind;
	struct str subject;  /* "task/17", "units/4", "series/penalty/2026", "log" */
	int64_t subject_seq; /* 1, 2, … within the subject */
	int64_t
	    done; /* day it was done in the world: claimed, never later than recorded */
	struct str actor;  /* "persons/12"; "clock"; "system" */
	struct str behalf; /* "posts/3" or empty */
	struct str
	    definition; /* hex digest of the definition it was made under, or empty */
	struct str key; /* idempotency key, unique per actor, or empty */
	LIST(struct event_part) parts; /* "open" first */
	/* the record's, set by record_append and record_walk */
	int64_t seq;                 /* 1, 2, … within the log */
	int64_t recorded;            /* ms, never falling */
	struct str previous, digest; /* raw digests, 32 bytes */
};

/* The head of a log, held by its writer: locking it is what makes a writer. */
struct record_head {
	struct str log;    /* permanent name, e.g. "990101/demo" */
	bool sm3;          /* else SHA-256 */
	int64_t seq;       /* of the newest event; 0 = empty */
	int64_t recorded;  /* its instant */
	int64_t offset_ms; /* of a demonstration's clock */
	struct str digest; /* of the newest event; 32 zero bytes when empty */
	void *tree;        /* the right edge, record/tree.c's own */
};

/* Opens an empty log (its first event is the caller's: EV_LOG_OPENED). ERR_REFUSED when
 * it is already there. */
enum err record_create(
    struct cx *cx, struct db *db, struct str log, bool sm3, int64_t offset_ms) MUST_USE;

/* Locks the head row until the transaction ends and reads it. ERR_NOT_FOUND: no such log.
 */
enum err record_lock(
    struct cx *cx, struct db *db, struct str log, struct record_head *head) MUST_USE;
/* The same without a lock, for readers. */
enum err record_head(
    struct cx *cx, struct db *db, struct str log, struct record_head *head) MUST_USE;

/* Numbers, chains and buffers n events in memory; sets each event's record fields.
 * Nothing is in the database until record_flush. recorded is max(cx->now_ms,
 * head->recorded). */
void record_append(
    struct cx *cx, struct record_head *head, struct event *const *events, size_t n);

/* Writes everything appended since record_lock, the tiles it completes and the new head,
 * in as few statements as the engine allows. Once a group, before the commit. */
enum err record_flush(struct cx *cx, struct db *db, struct record_head *head) MUST_USE;

/* Walks events from `from` to `to` (inclusive; 0 = the end) in order, with their parts.
 * Each turn has a scratch arena of its own in cx->arena's place. Stops at the first err.
 */
typedef enum err record_visit(struct cx *cx, const struct event *e, void *self);
enum err record_walk(struct cx *cx, struct db *db, struct str log, int64_t from,
    int64_t to, record_visit *visit, void *self) MUST_USE;

/* The events of one subject, oldest first, in cx->arena. */
struct event_list {
	struct event *v;
	size_t n, cap;
};
enum err record_of_subject(struct cx *cx, struct db *db, struct str log,
    struct str subject, struct event_list *out) MUST_USE;
enum err record_get(struct cx *cx, struct db *db, struct str log, int64_t seq,
    struct event *out) MUST_USE;

/* The event that an actor's idempotency key made; ERR_NOT_FOUND when none did. */
enum err record_by_key(struct cx *cx, struct db *db, struct str log, struct str actor,
    struct str key, struct event *out) MUST_USE;

/* Deletes the bytes and salts of the named parts of event `seq`: only in the transaction
 * that appends the EV_DESTROYED event naming them. */
enum err record_destroy(struct cx *cx, struct db *db, struct str log, int64_t seq,
    const struct str *parts, size_t n) MUST_USE;
