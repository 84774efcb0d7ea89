/*
 * Tables of Word files and workbooks, whose cells may be merged, as lines of a text: a
 * row a line, its cells parted by tabs, as grid.h reads them. What merging says is kept:
 * a cell that spans rows belongs to each of them, and several units in rows of their own
 * beside one task are the units of that task. Nothing else is decided here.
 */
#pragma once

#include "base/buf.h"
#include "base/cx.h"
#include "base/list.h"

struct merged_cell {
	int column, columns; /* the first, from 0, and how many it spans */
	bool above;          /* goes on from the row above */
	struct str text;     /* lines of it parted by \n; of an `above` the first one's */
};

struct merged_row {
	LIST(struct merged_cell) cells; /* by column; empty ones may be left out */
};

struct merged_table {
	LIST(struct merged_row) rows;
};

/* What is kept from table to table: the columns, so that one that goes on without a head
 * (behind a page) is read as the one before it. */
struct merged_head {
	struct merged_columns *columns; /* NULL: no table had a head yet */
	/* Of the last table: cells that stand under no name, and the first of them. */
	size_t lost, lost_row; /* row from 0 */
	struct str lost_text;
};

/* Appends a line for each row, an empty one where a row says nothing of its own. True
 * when the table has the head of a plan's table, or goes on from one. */
bool merged_put(struct cx *cx, const struct merged_table *t, struct merged_head *head,
    struct buf *out);
