/*
 * Following a log: what its events have touched since the last time goes into the index,
 * in transactions of its own, a few hundred events each. What is put depends on the
 * subject's present state alone, so following again, or from the beginning, gives the
 * same index; a process that was killed goes on where it stopped.
 *
 * Indexed are open fields that no mask of any edition closes to anybody: sealed values
 * are not known here, masked ones are left out.
 */
#pragma once

#include "act/act.h"
#include "read/read.h"
#include "read/search_index.h"

/* The scope of what every account may read. */
#define SEARCH_INSIDE S("in")

struct search_from {
	struct reader r; /* its connection is DB_WRITE */
	const struct defs *defs;
	/* What a page shows the public of a matter besides what it has published itself,
	 * and what else must be looked at when this one has changed; may be NULL. */
	enum err (*open)(struct cx *cx, const struct search_from *from,
	    struct str subject, const struct value *state, struct search_source *out);
	enum err (*also)(struct cx *cx, const struct search_from *from,
	    struct str subject, const struct value *state, struct id_list *subjects);
};

/* What the index of a log depends on besides its record; of another it is not asked. */
struct str search_rules(struct arena *a, const struct defs *defs);

/* One step. *more: call again at once. */
enum err search_follow(struct cx *cx, const struct search_from *from, bool *more)
    MUST_USE;

/* The same for the statute library of the store: every article of every edition. */
#define SEARCH_LIBRARY S("installation/statutes")
enum err search_follow_library(struct cx *cx, struct db *db, bool *more) MUST_USE;

/* Inside read/: what there is to find of a subject, at most two sources. */
struct search_sources {
	struct search_source v[2];
	size_t n;
};
enum err search_sources_of(struct cx *cx, const struct search_from *from,
    struct str subject, struct search_sources *out, struct id_list *also) MUST_USE;
