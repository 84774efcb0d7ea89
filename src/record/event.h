/*
 * What an event is as bytes: its parts' digests and its canonical header
 * (docs/record.md), and how its rows are read. Inside record/.
 */
#pragma once

#include "base/buf.h"
#include "base/crypto.h"
#include "record/record.h"
#include "record/tree.h"

/* The version of a kind's body, for ever in its headers. */
int event_kind_version(enum event_kind kind);
/* What is wrong with an open part of this kind, or empty: only what the record itself
 * relies on; the rest is the business of act/. */
struct str event_kind_fault(struct cx *cx, enum event_kind kind, struct str open);

/* What an event must not be, in our own words; empty when it may be appended. */
struct str event_fault(struct cx *cx, const struct event *e, int64_t recorded);

/* Bytes of the salt of a sealed part. */
enum { SALT_SIZE = 16 };

/* H(bytes) of the open part, H(salt || bytes) of a sealed one. */
struct digest event_part_digest(struct hasher *h, const struct event_part *part);

/* The canonical header. Every part's digest and e->previous must be set. */
void event_header(struct buf *b, struct str log, const struct event *e);
/* What an event's digest is made of: the header behind the mark of a leaf (RFC 6962). */
void event_leaf(struct buf *b, struct str log, const struct event *e);
/* That digest. `scratch` is emptied first and keeps its room. */
struct digest event_digest(
    struct hasher *h, struct buf *scratch, struct str log, const struct event *e);

/* The tree at a head; valid as long as the head. */
const struct tree *record_tree(const struct record_head *head);

/* The row of a statement whose columns are those of EVENT_RANGE; only the open part,
 * whose digest is not computed. An unknown kind is ERR_STORE. */
enum err event_from_row(struct cx *cx, const struct db_rows *rows, struct event *out)
    MUST_USE;

/* Events from <= seq <= to, at most `most`, with their sealed parts, in cx->arena.
 * Nothing is checked. */
enum err events_load(struct cx *cx, struct db *db, struct str log, int64_t from,
    int64_t to, int64_t most, struct event_list *out) MUST_USE;

/* The sealed parts of an event that has only its open one yet. */
enum err event_parts_load(struct cx *cx, struct db *db, struct str log, struct event *e)
    MUST_USE;

/* What an EV_DESTROYED event names, from its open part. */
struct destroyed_part {
	int64_t seq;
	struct str part;
};
struct destroyed_parts {
	struct destroyed_part *v;
	size_t n, cap;
};
enum err event_destroys(struct cx *cx, struct str open, struct destroyed_parts *out)
    MUST_USE;

/* The destructions among events that were just copied here: the parts they name may have
 * come with an older copy. Behind record_flush. */
enum err event_destroys_again(
    struct cx *cx, struct db *db, struct str log, const struct event_list *list) MUST_USE;
