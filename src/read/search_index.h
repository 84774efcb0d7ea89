/*
 * The index: what is searched, put there unit by unit. It belongs to no log's record;
 * what a log says is found again by following it (search_follow.h), what is of a
 * collection was imported. Every call is one step inside the caller's transaction on a
 * DB_WRITE connection.
 */
#pragma once

#include "base/buf.h"
#include "base/cx.h"
#include "base/list.h"
#include "register/definition.h"
#include "store/db.h"

/* Ids of units: whose, which subject, which part of it. A log's newest subjects come
 * first; statutes come behind all logs, collections behind statutes in the order of their
 * import. */
enum { SEARCH_LIBRARY_NUMBER = 0x3000, SEARCH_COLLECTION_NUMBER = 0x4000 };
#define SEARCH_STATUTES ((int64_t)SEARCH_LIBRARY_NUMBER << 46)
#define SEARCH_COLLECTIONS ((int64_t)SEARCH_COLLECTION_NUMBER << 46)
int64_t search_log_id(int64_t n); /* the first of the log with this number */
int64_t search_subject_id(int64_t n, int64_t first_seq);
enum { SEARCH_SUBJECT_IDS = 256 }; /* from there on are its own */

/* Something to be found: all of one subject that the same readers may read. Cut into
 * parts of at most 2,000 characters; of more than 100 the rest is left out. */
struct search_source {
	struct str scope;        /* empty: public; else [a-z0-9]+ */
	struct str kind, family; /* filters; family may be empty */
	struct str title, place, body;
	struct id_list units; /* subjects: a filter */
	struct str stage;     /* of a matter, or empty: a filter */
	int64_t day, to_day;  /* ABSENT_INT; DAY_OPEN */
	int64_t article;      /* its number, or 0 */
	bool goes_on; /* what stands before it has this title: no suggestion of its own */
	bool nameless; /* its title is made of what it holds: it is no suggestion, and
			  comes behind what has a name */
};

/* Puts the subject in place of what stood at its ids; n may be 0. */
enum err search_put(struct cx *cx, struct db *db, struct str log, struct str subject,
    int64_t id, const struct search_source *sources, size_t n) MUST_USE;

/* Units on their way: on PostgreSQL many of them go in one pipeline instead of two
 * answers each. SEARCH_BATCH b = { .db = db }; what was added is there after
 * search_flush, in the transaction of its caller. */
struct search_batch {
	struct db *db;
	struct arena arena;
	LIST(struct db_arg) units, matches;
};
#define SEARCH_BATCH __attribute__((cleanup(search_batch_free))) struct search_batch
void search_batch_free(struct search_batch *b);
enum err search_flush(struct cx *cx, struct search_batch *b) MUST_USE;
/* Puts the subject where nothing stands. */
enum err search_add(struct cx *cx, struct search_batch *b, struct str log,
    struct str subject, int64_t id, const struct search_source *sources, size_t n)
    MUST_USE;

/* Many thousands are put between these: PostgreSQL sorts the tokens of many units into
 * its index at once, at each step, instead of one unit's after the other. Outside of
 * transactions. What was not closed is closed by the next load. */
enum err search_load_open(struct cx *cx, struct db *db) MUST_USE;
enum err search_load_step(struct cx *cx, struct db *db) MUST_USE;
enum err search_load_close(struct cx *cx, struct db *db) MUST_USE;

enum err search_drop(struct cx *cx, struct db *db, int64_t from, int64_t to) MUST_USE;

/* The next free id of the collections. */
enum err search_next_id(struct cx *cx, struct db *db, int64_t *id) MUST_USE;

/* What follows takes its own transactions, short ones: call again while *more. */

/* A step of taking out everything of the log with this number, or of the library, or of
 * all collections. */
enum err search_clear(struct cx *cx, struct db *db, int64_t n, bool *more) MUST_USE;

/* A step of making the tokens of all units anew where they are not of this program's
 * cutting; nothing may be put before that is done. */
enum err search_recut(struct cx *cx, struct db *db, bool *more) MUST_USE;

/* The rules of what depends on no definition: of statutes, of the tokens as a whole. */
struct str search_cut_rules(struct arena *a);

/* Up to where the log's events are in the index, and by which rules; n is 0 for one not
 * yet known. */
struct search_cursor {
	int64_t n, seq;
	struct str rules;
};
enum err search_cursor(
    struct cx *cx, struct db *db, struct str log, struct search_cursor *out) MUST_USE;
/* The same inside a transaction, held until its end; a new log is given a number. */
enum err search_cursor_lock(
    struct cx *cx, struct db *db, struct str log, struct search_cursor *out) MUST_USE;

/* What follows next makes everything anew: no rules are these. */
enum err search_forget(struct cx *cx, struct db *db) MUST_USE;

/* Marks on tokens, for who asks. */
#define SEARCH_MARK_SCOPE S("\xEE\x80\x81")
#define SEARCH_MARK_TITLE S("\xEE\x80\x82")
#define SEARCH_MARK_FILTER S("\xEE\x80\x83")
enum search_filter {
	SEARCH_KIND = 'k',
	SEARCH_FAMILY = 'f',
	SEARCH_UNIT = 'u',
	SEARCH_STAGE = 's',
	SEARCH_NAMELESS = 'n',
	SEARCH_YEAR = 'y',
	SEARCH_ENDED = 'e',
	SEARCH_ARTICLE = 'a',
	SEARCH_HEAD = 'h', /* the first of its title */
	SEARCH_BAND = 'b', /* these on PostgreSQL (search_band.h) */
	SEARCH_BAND_WIDE = 'c',
	SEARCH_BAND_WIDEST = 'd',
	SEARCH_PART = 'p',
};
/* A filter as a token, followed by a blank. */
void search_filter_put(struct buf *out, enum search_filter filter, struct str value);
void search_filter_put_int(struct buf *out, enum search_filter filter, int64_t value);
/* The mark of all tokens that only readers with this scope may match. */
struct str search_scope_mark(struct arena *a, struct str scope);

enum { SEARCH_YEAR_FIRST = 1949, SEARCH_YEAR_LAST = 2100 };
int64_t search_year(int64_t day); /* within these two */
