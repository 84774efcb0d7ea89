/*
 * Shelf: public pages already made. Such a page is the same for everybody who is not
 * logged in until the record grows, the day changes or other definitions come into force;
 * all that stands in its key (view_unchanged), so that nothing has to be taken down: a
 * key that is not asked for any more makes room.
 *
 * To learn the key the record is asked. While nothing at all was committed since a page
 * was kept or found, its address alone finds it (shelf_moment). Safe from any thread.
 */
#pragma once

#include "store/db.h"
#include "web/exchange.h"

struct shelf;

enum { SHELF_PLACES = 64, SHELF_PAGE_MAX = 256 << 10 };

/* All that a public page depends on beside its address, as of one moment. */
struct shelf_moment {
	struct db_mark mark;
	const void *defs;
	int64_t day;
	bool large; /* type */
};

struct shelf *shelf_open(void);
void shelf_close(struct shelf *s); /* NULL is fine */

/* Answers with the page kept for this address, or with 304 to who has it, if x->moment is
 * still the one it was kept or found at; false: ask for it by its key. */
bool shelf_take_now(struct shelf *s, struct exchange *x);

/* Answers with the page kept under this key; false: there is none. */
bool shelf_take(struct shelf *s, struct exchange *x, struct str key);

/* Keeps the answer: a page of at most SHELF_PAGE_MAX bytes with status 200. The place
 * used longest ago is given up for it. */
void shelf_keep(struct shelf *s, const struct exchange *x, struct str key);
