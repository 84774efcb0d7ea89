/*
 * Routes: one table says which address does what, who may call it, and what the page is
 * called in the navigation. Read from top to bottom, the first that fits wins, so
 * "/task/new" stands before "/task/{id}".
 */
#pragma once

#include "web/allowance.h"
#include "web/exchange.h"
#include "web/word.h"

struct route {
	enum http_method method; /* HTTP_GET answers HEAD too */
	const char *pattern; /* "{…}" stands for one segment, in req.args in order */
	void (*run)(struct exchange *x);
	enum word title;
	enum cost cost; /* of the account's allowance; 0: COST_PAGE, nothing where open */
	bool open;      /* no login needed */
	bool uploads;   /* takes files */
	bool own; /* of one's own account: also while a password or a second factor is
		   * still to be chosen */
	bool nav; /* stands in the main navigation, in the table's order */
	const char *can; /* in the navigation only for who has this competence */
	bool style;      /* only when the site shows its style page */
};

struct route_table {
	const struct route *v;
	size_t n;
};

/* Puts the segments into args. NULL when no pattern fits; *other_method then tells
 * whether one would have fitted with another method (405 rather than 404). */
const struct route *route_find(const struct route_table *table, enum http_method method,
    struct str path, struct str args[4], bool *other_method);
