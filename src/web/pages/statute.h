/* What the pages of statutes share. */
#pragma once

#include "act/defs.h"
#include "read/statute.h"
#include "web/cite.h"

struct statute_page {
	struct view *v;
	struct str name;                   /* the one it is kept under */
	struct str title;                  /* of the edition, or as law/statutes has it */
	const struct cited_statute *cited; /* or NULL */
	struct editions editions;          /* none: only gists are held */
	const struct edition *edition;     /* of the day; or the newest before it, or the
					    * first; NULL without editions */
	int64_t day, today;
	bool in_force; /* on the day */
};

/* The statute of that name, in the edition of the day; false: it has been answered. */
bool statute_find(struct view *v, struct str name, int64_t day, struct statute_page *p);
/* The one of the address on the day of ?day=, unless the page that the reader has is as
 * new; false: it has been answered. */
bool statute_open(struct view *v, struct statute_page *p);

/* The way back: 法规库, and the statute when `inner`. */
struct html *statute_page_open(struct statute_page *p, struct str title, bool inner);

struct str statute_gist(const struct statute_page *p, struct str key); /* or empty */

/* The next of those that are held of it, in the order of law/statutes; *i from 0. */
bool statute_gist_next(
    const struct statute_page *p, size_t *i, struct str *key, struct str *gist);

/* Of the edition shown: its own, or the one law/statutes gives for that day. */
struct str statute_number(const struct statute_page *p);
