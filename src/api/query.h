/*
 * What is asked in an address: checked names, typed values. Whatever is wrong is answered
 * here (400) and the caller goes home.
 */
#pragma once

#include "api/reply.h"
#include "read/read.h"

enum { QUERY_LIMIT = 50, QUERY_LIMIT_MAX = 200 };
#define QUERY_FILTER "filter." /* before a field's id */

/* false: a parameter that is none of these, or came twice; answered. */
#define query_only(x, ...)                                     \
	query_only_((x), (const char *const[]){ __VA_ARGS__ }, \
	    sizeof((const char *const[]){ __VA_ARGS__ }) / sizeof(char *))
bool query_only_(struct exchange *x, const char *const *names, size_t n);
bool query_only_none(struct exchange *x);

/* Which fields an address may filter by: every declared list's. */
struct id_list query_filters(struct arena *a, const struct list_def_list *lists);

/* What can be asked of one family. */
struct query_of {
	struct str family;
	const struct list_def_list *lists;
	const struct field_list *fields;
	const struct procedure_def *procedure; /* NULL: a register */
};
/* A query from list, filter.*, search, after, limit; false: answered. What a mask of the
 * procedure hides from anybody is no filter, order or search: an answer that is empty
 * would tell what it hides. */
bool query_take(struct view *v, const struct query_of *of, struct read_query *out);

/* A day of the address, today when it is not there; false: answered. */
bool query_day(struct exchange *x, struct str name, int64_t *out);
