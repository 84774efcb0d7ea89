/*
 * Regular expressions for FEEL's matches, replace and split (XPath's flavour as far as
 * PCRE2 shares it). Never reachable from law/: a pattern's cost is not bounded by its
 * size, so here it is bounded by PCRE2's own counters.
 */
#pragma once

#include "lang/value.h"

/* 1, 0; -1: the pattern or a flag (of s, m, i, x) is wrong, or the search gave up. */
int regex_matches(struct str s, struct str pattern, struct str flags);
/* $1 … in `with` are groups. */
bool regex_replace(struct arena *a, struct str s, struct str pattern, struct str with,
    struct str flags, struct str *out);
bool regex_split(struct arena *a, struct str s, struct str pattern, struct value *out);
