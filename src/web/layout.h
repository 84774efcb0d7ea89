/*
 * Pages: head, navigation, way back, foot. Plain words first, one primary action a page.
 *
 *     struct html *h = page_open(x, .title = task->title, .section = S("/ledger"),
 *         .crumbs = { { W(ledger), S("/ledger") } });
 *     ...
 *     page_close(x, h, 200);
 */
#pragma once

#include "web/html.h"

struct crumb {
	struct str label, href;
};

struct page {
	struct str section; /* address of the navigation's item this belongs to, if not
			       its own */
	struct str title;   /* of the window and, unless no_heading, the h1 */
	struct str above;   /* small line above the heading: where this belongs */
	struct crumb
	    crumbs[4]; /* from the outside in; the page itself is not among them */
	bool wide;     /* tables of many columns: the whole width */
	bool no_heading;
	bool print_landscape; /* a ledger of many columns: A3 landscape on paper */
};

#define page_open(x, ...) page_open_((x), &(const struct page){ __VA_ARGS__ })

struct html *page_open_(struct exchange *x, const struct page *page);
void page_close(struct exchange *x, struct html *h, int status);

bool type_is_large(const struct exchange *x);
