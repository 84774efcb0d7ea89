/*
 * Between merged.c and merged_head.c: the names of a table's columns.
 */
#pragma once

#include "intake/columns.h"
#include "intake/merged.h"

enum { NAMES_MAX = 16 };

struct column_name {
	int from, to; /* columns of the grid, `to` excluded */
	struct str text;
	enum role role;
};

struct merged_columns {
	struct column_name v[NAMES_MAX];
	size_t n;
	int width; /* of the widest row, to tell a table that goes on */
};

int merged_width(const struct merged_row *row);
/* How many columns of from <= c < to the cell covers; not more than 0: none. */
int merged_overlap(const struct merged_cell *c, int from, int to);
bool merged_is_blank(struct str s);
/* A role that gives units: who leads, takes part, is responsible. */
bool role_gives_units(enum role r);

/* How many rows from r on are the head, 0, 1 or 2; its names. */
size_t merged_head_at(
    struct cx *cx, const struct merged_table *t, size_t r, struct merged_columns *out);
