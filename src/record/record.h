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
	EV_CLOCK_MOVED,    /* a provisional due day counted anew after the notice */
	EV_LAW_WITHDRAWN,  /* one definition: nothing begins under it any more */
	EV_STATUTE,        /* library log: an edition taken in or replaced, a repeal */
	EV_HANDED_OVER,  /* a matter: another person handles it, by a confirmed hand-over
			  */
	EV_PAPER_NUMBER, /* on the block: a printed number was used by an act elsewhere */
	EV_COUNT_,
};
struct str event_kind_name(enum event_kind kind);  /* "entry-put" */
struct str event_kind_title(enum event_kind kind); /* 清单条目入册 */
bool event_kind_find(struct str name, enum event_kind *out);

/* One part of a body: "open" for everybody, "p1".. sealed, one for each person. */
struct event_part {
	struct str name;
	struct str bytes; /* canonical (lang/canon.h); the open part is a map */
	/* 16 bytes, empty for "open"; record_append fills an empty one. */
	struct str salt;
	bool gone; /* on reading: destroyed; bytes and salt are empty */
	/* Raw; set by record_append, on reading of sealed parts only. */
	struct str digest;
};

struct event {
	/* the caller's */
	enum event_kind kind;
	struct str subject;    /* "task/17", "units/4", "series/penalty/2026", "log" */
	int64_t subject_seq;   /* 1, 2, … within the subject */
	int64_t done;          /* the day in the world: claimed, never after recorded */
	struct str actor;      /* "persons/12"; "clock"; "system" */
	struct str behalf;     /* "posts/3" or empty */
	struct str definition; /* hex digest of the one it was made under, or empty */
	/* Idempotency key, unique per actor; on the first event of its act only. */
	struct str key;
	LIST(struct event_part) parts; /* "open" first */

	/* the record's, set by record_append and on reading */
	int64_t seq;       /* 1, 2, … within the log */
	int64_t recorded;  /* ms, never falling */
	struct str digest; /* raw, 32 bytes */
	/* That of seq - 1; by record_append, record_walk and record_get. */
	struct str previous;
};

/* The head of a log, held by its writer: locking it is what makes a writer. */
struct record_head {
	struct str log;    /* permanent name, e.g. "990101/demo" */
	bool sm3;          /* else SHA-256 */
	int64_t seq;       /* of the newest event; 0 = empty */
	int64_t recorded;  /* its instant */
	int64_t offset_ms; /* of a demonstration's clock */
	struct str digest; /* of the newest event; 32 zero bytes when empty */
	/* What was appended since, and the right edge of the tree. */
	struct record_pending *pending;
};

/* Opens an empty log inside the caller's transaction; its first event is the caller's:
 * EV_LOG_OPENED. The name is parts of a-z 0-9 - . between slashes, else ERR_INPUT;
 * ERR_STORE when the log is already there. */
enum err record_create(
    struct cx *cx, struct db *db, struct str log, bool sm3, int64_t offset_ms) MUST_USE;

/* Locks the head row until the transaction ends and reads it. ERR_NOT_FOUND: no such log.
 */
enum err record_lock(
    struct cx *cx, struct db *db, struct str log, struct record_head *head) MUST_USE;
/* The same without a lock, for readers. */
enum err record_head(
    struct cx *cx, struct db *db, struct str log, struct record_head *head) MUST_USE;

/* Which digest a log is made with; also when its head is damaged. */
enum err record_is_sm3(struct cx *cx, struct db *db, struct str log, bool *out) MUST_USE;

/* Numbers, chains and buffers n events in memory; sets each event's record fields.
 * Nothing is in the database until record_flush: events and their texts must live until
 * then. recorded is max(cx->now_ms, head->recorded). What breaks a promise of struct
 * event (a body that is not canonical, a day later than recorded, an EV_DESTROYED without
 * {"parts":[{"part","seq"},…]}) is a bug: the door has decided. */
void record_append(
    struct cx *cx, struct record_head *head, struct event *const *events, size_t n);

/* Writes everything appended since record_lock, the tiles it completes and the new head,
 * in as few statements as the engine allows. Once a group, before the commit. */
enum err record_flush(struct cx *cx, struct db *db, struct record_head *head) MUST_USE;

/* Walks events from `from` to `to` (inclusive; 0 = the end) in order, with their parts.
 * Each turn has a scratch arena of its own in cx->arena's place: a visitor copies what it
 * keeps, and adds no refusals. Stops at the first err. */
typedef enum err record_visit(struct cx *cx, const struct event *e, void *self);
enum err record_walk(struct cx *cx, struct db *db, struct str log, int64_t from,
    int64_t to, record_visit *visit, void *self) MUST_USE;

struct event_list {
	struct event *v;
	size_t n, cap;
};

/* The next events, at most so many, of the log subject by subject: in byte order of the
 * subjects, those of one oldest first; only with their open parts, and without
 * `previous`, key and digest. They are added to the list, in cx->arena. `place`, zeroed
 * before the first, moves behind the last of them and lives as long as it. */
struct subject_place {
	struct str subject;
	int64_t subject_seq;
};
struct subject_place subject_place(const struct event *e);
enum err record_by_subject(struct cx *cx, struct db *db, struct str log,
    struct subject_place *place, size_t most, struct event_list *out) MUST_USE;

/* The events of one subject, oldest first, in cx->arena. */
enum err record_of_subject(struct cx *cx, struct db *db, struct str log,
    struct str subject, struct event_list *out) MUST_USE;
/* The newest subject_seq of a subject; 0 when it has no events. */
enum err record_subject_last(struct cx *cx, struct db *db, struct str log,
    struct str subject, int64_t *out) MUST_USE;
/* Names of the logs in this store, in byte order. */
struct log_names {
	struct str *v;
	size_t n, cap;
};
enum err record_logs(struct cx *cx, struct db *db, struct log_names *out) MUST_USE;
enum err record_get(struct cx *cx, struct db *db, struct str log, int64_t seq,
    struct event *out) MUST_USE;

/* The event that an actor's idempotency key made; ERR_NOT_FOUND when none did. */
enum err record_by_key(struct cx *cx, struct db *db, struct str log, struct str actor,
    struct str key, struct event *out) MUST_USE;

/* Deletes the bytes and salts of the named parts of event `seq`: only in the transaction
 * that appends the EV_DESTROYED event naming them, after its record_flush. ERR_NOT_FOUND
 * when a part is not there. */
enum err record_destroy(struct cx *cx, struct db *db, struct str log, int64_t seq,
    const struct str *parts, size_t n) MUST_USE;
