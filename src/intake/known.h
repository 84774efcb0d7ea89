/*
 * Known names: what this one document prints between two marks, and how often. Nobody
 * gives us a list of units; but a name that a plan prints whole in one place is the same
 * name in another, however much 和, 及 or 等 inside it looks like a joint (县和平镇委).
 */
#pragma once

#include "base/map.h"
#include "intake/text.h"

struct known {
	struct map
	    chunks; /* folded text between two marks; the keys look into the lines */
};

/* All chunks of all lines; the words that give a role (牵头, 负责) are cut off. */
void known_collect(struct cx *cx, struct known *k, const struct text *t);

/* How often it stands between marks, or alone on a line; k may be NULL. */
size_t known_count(const struct known *k, struct str f);
/* How often with a 、 or comma beside it: as one member of a list. */
size_t known_listed(const struct known *k, struct str f);

/*
 * The length of the name that begins at `from` and goes on over 和, 及 or 等, because the
 * document prints it so elsewhere; 0 when there is none. What the document also prints in
 * parts is a list.
 */
size_t known_name(const struct known *k, struct str f, size_t from);
