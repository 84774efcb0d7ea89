/*
 * References of a rebuild: gathered until all are known, then written in the order of
 * their table. A rebuild goes from subject to subject, and the table stands in the order
 * of what they refer to: adding each row where it belongs took longer than all else
 * together.
 *
 * Subjects come in byte order, so those that name one target in one field come in theirs:
 * only the targets and the fields need sorting.
 */
#pragma once

#include "base/list.h"
#include "base/map.h"
#include "store/db.h"

struct gather {
	struct arena arena;
	struct map targets;        /* → struct gathered_target */
	LIST(struct str) subjects; /* of all references */
	size_t n;                  /* references */
};

/* `field` is known by where it lies and must outlive the gathering; the others are
 * copied. */
void gather_put(
    struct gather *g, struct str subject, struct str field, struct str target);
/* So many that they should be written before more come. */
bool gather_full(const struct gather *g);
/* Writes and forgets them all. None of them may stand in the table. */
enum err gather_write(struct cx *cx, struct db *db, struct str log, struct gather *g)
    MUST_USE;
void gather_free(struct gather *g);
