/*
 * Shelf: public pages already made. Such a page is the same for everybody who is not
 * logged in until the record grows, the day changes or other definitions come into force;
 * all that stands in its key (view_unchanged), so that nothing has to be taken down: a
 * key that is not asked for any more makes room. Safe from any thread.
 */
#pragma once

#include "web/exchange.h"

struct shelf;

enum { SHELF_PLACES = 64, SHELF_PAGE_MAX = 256 << 10 };

struct shelf *shelf_open(void);
void shelf_close(struct shelf *s); /* NULL is fine */

/* Answers with the page kept under this key, copied; false: there is none. */
bool shelf_take(struct shelf *s, struct exchange *x, struct str key);

/* Keeps the answer: a page of at most SHELF_PAGE_MAX bytes with status 200. The place
 * used longest ago is given up for it. */
void shelf_keep(struct shelf *s, const struct exchange *x, struct str key);
