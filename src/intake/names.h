/*
 * A unit as a plan prints it against the units that are known: pure, and never a guess in
 * silence. What is not certain comes back as candidates, and a person settles it once;
 * the printed spelling then becomes an alias.
 */
#pragma once

#include "intake/plan.h"

struct known_name {
	struct str name;
	struct strs aliases;
};

enum name_match {
	NAME_UNKNOWN,    /* nothing is even like it */
	NAME_EXACT,      /* the name itself; width of marks and blanks do not count */
	NAME_ALIAS,      /* one of its aliases */
	NAME_BRACKET,    /* one body under two names: 区纪委(区监察局) */
	NAME_CANDIDATES, /* a person must say: 区政府办, 区政府办公室 */
};

struct name_result {
	enum name_match how;
	size_t index; /* into known; for exact, alias and bracket */
	struct {
		size_t *v;
		size_t n, cap;
	} candidates; /* indexes, the likeliest first, at most NAME_CANDIDATES_MAX */
};

enum { NAME_CANDIDATES_MAX = 5 };

struct name_result name_match(
    struct cx *cx, const struct known_name *known, size_t n, struct str printed);
