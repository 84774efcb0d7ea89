/*
 * What lists made from definitions have in common, of entries (unit_list.c) and of
 * matters (matter_list.c): the columns, what a list may be narrowed by, the way on.
 */
#pragma once

#include "web/component.h"
#include "web/view.h"

enum { LIST_COLUMNS = 6, LIST_ROWS = 100 };

struct list_columns {
	const struct field *fields[LIST_COLUMNS];
	struct grid_column columns[LIST_COLUMNS];
	size_t n;
};
/* Adds the field's column where it fits a row and there is room: no personal values, no
 * tables, no files, no machine's codes. */
void list_column(struct list_columns *c, const struct field *f);

struct list_filters {
	struct read_filter *v;
	size_t n, cap;
};
/* What the address asks for, by the names of the fields; whether the list may be narrowed
 * by them is the list's own word (read_by_list). */
struct list_filters list_filters_given(struct view *v, const struct field_list *fields);
/* The declared filters that are choices, as a form; a reference is followed by a link. */
void list_filters_put(struct html *h, struct view *v, const struct field_list *fields,
    const struct list_def *list, struct str path);

/* To the first page and to the next one, with the same filters. */
void list_pager(struct html *h, struct view *v, const struct read_query *q,
    struct str path, struct str next);
