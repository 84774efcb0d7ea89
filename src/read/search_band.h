/*
 * Bands: PostgreSQL's index gives no first matches, it finds all of them and looks at
 * each of them before it sorts. So there a unit has tokens of where its id lies, in
 * stretches of three widths, and a query asks for one group of stretches after the other
 * until it has seen enough. Inside read/.
 */
#pragma once

#include "base/buf.h"

/* The tokens of the stretches in which the unit lies and of the part of the index: its
 * log, the library, the collections. */
void search_band_put(struct buf *out, int64_t id);

/* Ids from <= id < to of one part, asked for at once. */
struct search_group {
	int64_t from, to;
	bool is_rest; /* asked for by the part: ids before `from` match too */
};

/* The next group of ids from <= id < to, after those from `begin` on held `found` of the
 * `most` that are wanted: as many as are likely to hold the others. */
struct search_group search_group_next(
    int64_t begin, int64_t from, int64_t to, size_t found, size_t most);

/* What PostgreSQL is asked for: a tsquery of tokens of which each unit of the group has
 * one, and no unit outside has, but as said above. */
struct str search_group_place(struct arena *a, const struct search_group *g);

/* The first id behind the part that holds this one. */
int64_t search_part_end(int64_t id);
