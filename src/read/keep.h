/*
 * Keep: short texts that pages ask for again and again, such as what units are called,
 * kept beside a connection for as long as nobody has committed anything (db_mark). On an
 * engine that cannot say so without being asked nothing is kept.
 *
 * A keep is its connection's, so of one thread at a time. What is kept was read through
 * this connection after the mark was taken, so it is never older than what a statement
 * would have given at keep_begin. What it gives is copied: it may outlive the connection.
 */
#pragma once

#include "base/cx.h"
#include "base/list.h"
#include "base/map.h"
#include "register/definition.h"
#include "store/db.h"

struct defs; /* act/defs.h */

struct keep {
	struct arena arena;
	struct map texts; /* what, a blank, of whom → struct id_list */
	struct db_mark mark;
	const struct defs *defs;
	int64_t day;
	bool is_open; /* false: nothing is found and nothing kept */
};

/* Before a page reads anything: forgets all that may not be true any more, by what was
 * committed, by the definitions in force or by the day. */
void keep_begin(struct keep *k, struct db *db, const struct defs *defs, int64_t day);
void keep_free(struct keep *k);

/* k may be NULL, and another page's definitions or day than it began with find nothing.
 * `what` says which question was answered: two of them need not know of each other. */
bool keep_find(struct cx *cx, struct keep *k, const struct defs *defs, struct str what,
    struct str of, struct id_list *out);
void keep_put(struct cx *cx, struct keep *k, const struct defs *defs, struct str what,
    struct str of, const struct id_list *texts);
