/*
 * Reading: what pages, API and exports show, from the projections and the record. Nothing
 * here asks who reads: the caller leaves out what the reader may not see, masked fields
 * first (act_hidden), before it filters, sorts or counts by them.
 *
 * Everything returned lives in cx->arena. `known`: READ_NOW, or a seq: as the log knew it
 * then.
 */
#pragma once

#include "lang/value.h"
#include "record/record.h"
#include "register/definition.h"

struct tables; /* register/table.h */
struct keep;

#define READ_NOW INT64_C(9007199254740990)

struct reader {
	struct db *db; /* of this thread; DB_READ will do */
	const struct tables *tables;
	struct str log;
	struct keep *keep; /* read/keep.h; may be NULL */
};

/* The state of a matter (docs/events.md). ERR_NOT_FOUND. */
enum err read_matter(struct cx *cx, const struct reader *r, struct str subject,
    struct value *out) MUST_USE;

/* An entry's version on a day: { subject from to at values }. ERR_NOT_FOUND. */
enum err read_entry(struct cx *cx, const struct reader *r, struct str subject,
    int64_t day, int64_t known, struct value *out) MUST_USE;
/* By a field of its own column that is unique on the day, e.g. its key. */
enum err read_entry_by(struct cx *cx, const struct reader *r, struct str family,
    struct str field, struct str text, int64_t day, struct value *out) MUST_USE;

enum read_op {
	READ_IS,
	READ_NOT,
	READ_FROM,   /* at least */
	READ_TO,     /* at most, absent left out */
	READ_REFERS, /* a reference, a list of them or a column of rows ("parties.person")
		      * names value */
};
struct read_filter {
	struct str field; /* a field with a column; of matters also stage, unit, parent,
			   * opened, due, closed, title */
	enum read_op op;
	struct value value;
};
struct read_query {
	struct str family;
	const struct read_filter *filters;
	size_t n;
	struct str order; /* a column as above; empty: order of creation */
	bool descending;
	struct str search; /* part of the title, or of any text of an entry */
	size_t limit;      /* rows of a page; 0 = 50, at most 1000 */
	struct str after;  /* `next` of the page before, or empty */
};
struct read_page {
	struct value *v; /* matters: { subject state }; entries: versions */
	size_t n, cap;
	struct str next; /* empty on the last page */
};
/* Makes of a query one on a declared list: ordered as the list is unless it has an order.
 * ERR_INPUT: a filter that the list does not name. */
enum err read_by_list(struct cx *cx, const struct list_def *list, struct read_query *q)
    MUST_USE;
/* ERR_INPUT: the query names what is not there, or `after` is not a page's. */
enum err read_matters(struct cx *cx, const struct reader *r, const struct read_query *q,
    struct read_page *out) MUST_USE;
/* Versions in force on the day, as known now. */
enum err read_entries(struct cx *cx, const struct reader *r, const struct read_query *q,
    int64_t day, struct read_page *out) MUST_USE;
/* How many, counted up to `most`. */
enum err read_count(struct cx *cx, const struct reader *r, const struct read_query *q,
    int64_t day, size_t most, size_t *out) MUST_USE;

/* Clocks up to and including a day that run, or ran out and nothing has met since, of
 * matters that are not closed, the earliest first: { subject clock due state }. `wants`
 * (NULL: all) says which matters' clocks are shown. At most 10,000 are looked at. */
typedef bool read_wants(const struct value *state, void *self);
enum err read_due(struct cx *cx, const struct reader *r, int64_t until, size_t limit,
    read_wants *wants, void *self, struct read_page *out) MUST_USE;

/* The children of a matter of one procedure, in the order of opening: { subject state }.
 */
enum err read_children(struct cx *cx, const struct reader *r, struct str procedure,
    struct str parent, struct read_page *out) MUST_USE;

/* Subjects that refer to `target`, by the name of the reference ("posts.holder",
 * "penalty.parties.person") or, when empty, by any: { field subject }. */
enum err read_refs(struct cx *cx, const struct reader *r, struct str name,
    struct str target, struct read_page *out) MUST_USE;

/* The subject's events, oldest first: { seq recorded done kind actor behalf definition
 * open sealed: [names], gone: [names] }. Sealed parts are not opened here: that is
 * door_read_sealed, which notes who asked. */
enum err read_history(struct cx *cx, const struct reader *r, struct str subject,
    struct read_page *out) MUST_USE;
