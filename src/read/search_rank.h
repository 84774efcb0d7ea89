/*
 * What a unit is worth for a query: one formula over its text, in whole numbers, the same
 * for both engines. Inside read/.
 */
#pragma once

#include "read/search.h"

/* false: a word is missing after all, or one left out is there. */
bool search_rank(struct arena *a, const struct search_query *q, int64_t today,
    const struct search_hit *u, int64_t *score);
