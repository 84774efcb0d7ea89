/*
 * Search: words over what is public, over collections, and inside, over what every
 * account may read. The engines only match tokens (sql/search.sql); words are verified,
 * ranked and cut out here, so that both engines give the same answers in the same order.
 * docs/search.md has the language, the formula and the limits.
 */
#pragma once

#include "read/search_query.h"
#include "store/db.h"

enum {
	SEARCH_LOOK = 300,   /* units of a log, and of the collections, that are ranked */
	SEARCH_TITLES = 100, /* and so many more whose title has the words */
	SEARCH_COUNTS = 1000, /* beyond it there is no exact number */
	SEARCH_PAGE = 10,
	SEARCH_SCOPES = 32,
};

/* Everything in it is of the answer's arena. */
struct search_hit {
	int64_t id;
	struct str log, subject; /* log empty: of a collection */
	struct str scope;        /* empty: public */
	struct str kind;         /* "statute", "public", or the family of the subject */
	struct str title, place, body;
	int64_t day, to_day; /* ABSENT_INT; DAY_OPEN: no end known */
	bool is_nameless;    /* its title is no name of its own */
	int64_t score;
};

struct search_ask {
	struct search_query query;
	struct str log;           /* own log; empty: collections only */
	const struct str *scopes; /* besides what is public; [a-z0-9]+ */
	size_t nscopes;
	struct str rules;             /* of the definitions in force: search_rules() */
	struct str kind, unit, stage; /* stage: of matters of this kind */
	int64_t from_day, to_day;     /* inclusive, ABSENT_INT: not asked */
	bool in_force;
	bool titles; /* suggestions: the words in the title, each title about once; no
			count */
	int64_t today;
	size_t skip, limit; /* limit 0: SEARCH_PAGE */
};

struct search_answer {
	struct search_hit *v;
	size_t n, cap;
	size_t count;   /* subjects found; exact unless at_least */
	bool at_least;  /* there are more than were counted */
	bool has_next;  /* of what was ranked */
	bool is_behind; /* the index does not know the newest of the log: count nothing */
};

/* A query without words gives an empty answer. */
enum err search_find(struct cx *cx, struct db *db, const struct search_ask *ask,
    struct search_answer *out) MUST_USE;

/* One unit, when it is public or of one of the scopes, and of the log or a collection.
 * ERR_NOT_FOUND. */
enum err search_unit(struct cx *cx, struct db *db, const struct search_ask *ask,
    int64_t id, struct search_hit *out) MUST_USE;

/* A text in pieces, what was asked for marked: the whole, or the `chars` characters in
 * which most of it stands. */
struct search_piece {
	struct str text;
	bool is_hit;
};
struct search_pieces {
	struct search_piece *v;
	size_t n, cap;
	bool cut_before, cut_after;
};
void search_pieces(struct arena *a, const struct search_query *q, struct str text,
    size_t chars, struct search_pieces *out);

/* Inside read/: a row of search_unit as the statements give it; marks may be NULL. */
void search_row(
    struct cx *cx, const struct db_rows *rows, struct search_hit *u, struct str *marks);
