/*
 * The statute library as it is read: by pages, by the command line, by the index of the
 * search. One library for all logs of a store (sql/statute.sql, act/library.h). A store
 * without a single import answers as an empty library.
 *
 * A statute is named as it is cited, 行政处罚法; an article by its key: "54", "54-1" for
 * 第五十四条之一, "修正案-36", "序言", "附件一". Everything returned lives in cx->arena.
 */
#pragma once

#include "base/cx.h"

struct db;

#define STATUTE_DAY_UNKNOWN INT64_C(-9007199254740991)
#define STATUTE_DAY_OPEN INT64_C(2932897) /* `to` and `repealed` of what has no end */

struct statute_row {
	struct str statute, title;
	int64_t repealed; /* the first day on which it is no longer in force */
	struct str repealed_by;
	int64_t seq; /* of the library's log: the newest event about it */
};
struct statute_rows {
	struct statute_row *v;
	size_t n, cap;
};

struct edition {
	struct str statute, title, number, issuer;
	int64_t from, to;            /* in force on from <= day < to */
	int64_t passed, promulgated; /* or STATUTE_DAY_UNKNOWN */
	bool assumed;                /* `from` was concluded, not printed */
	struct str history;          /* lines under the title, between line feeds */
	struct str flags;            /* canonical list of texts: what looked damaged */
	struct str file, source;     /* where it came from: name, SM3 in hex */
	struct str digest;           /* of its articles */
	int64_t articles;
};
struct editions {
	struct edition *v;
	size_t n, cap;
};

struct article {
	int64_t n;             /* 1, 2, … in the edition */
	struct str key, label; /* "54", 第五十四条 */
	struct str part;       /* headings above it, outermost first, between " / " */
	struct str text;       /* a paragraph (款, or an item of one) a line */
};
struct articles {
	struct article *v;
	size_t n, cap;
};

enum err statutes_read(struct cx *cx, struct db *db, struct statute_rows *out) MUST_USE;

/* The newest event of the library that any statute shows; 0 for an empty one. */
enum err statutes_version(struct cx *cx, struct db *db, int64_t *out) MUST_USE;
/* What must be indexed again by who has seen everything up to version `since`: names and
 * seq, the rest of the rows is empty. All editions of a statute in it may have changed,
 * and some may be gone. */
enum err statutes_changed(
    struct cx *cx, struct db *db, int64_t since, struct statute_rows *out) MUST_USE;

/* Editions of a statute, the oldest first; none when the library does not hold it. */
enum err editions_read(
    struct cx *cx, struct db *db, struct str statute, struct editions *out) MUST_USE;
/* The one in force on the day. ERR_NOT_FOUND: none was, or there is no such statute. */
enum err edition_on(struct cx *cx, struct db *db, struct str statute, int64_t day,
    struct edition *out) MUST_USE;
/* Of a list that was read: in force on the day, or NULL. */
const struct edition *edition_of_day(const struct editions *all, int64_t day);

/* Articles of an edition in their order; `texts` false leaves the texts empty. */
enum err articles_read(struct cx *cx, struct db *db, struct str statute, int64_t from,
    bool texts, struct articles *out) MUST_USE;
/* ERR_NOT_FOUND: the edition has no such article. */
enum err article_read(struct cx *cx, struct db *db, struct str statute, int64_t from,
    struct str key, struct article *out) MUST_USE;

/* Every article of every edition of the statute, one at a time; for indexes. Each turn
 * has a scratch arena in cx->arena's place. Stops at the first err. */
typedef enum err statute_visit(
    struct cx *cx, const struct edition *e, const struct article *a, void *self);
enum err statute_each_article(struct cx *cx, struct db *db, struct str statute,
    statute_visit *visit, void *self) MUST_USE;
