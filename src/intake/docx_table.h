/*
 * A table of a Word file while it is read, element by element. One inside a cell is text
 * of that cell: only what is `deep` 1 has rows. Inside docx.c's reading.
 */
#pragma once

#include "intake/merged.h"

struct word_table {
	struct arena *arena;     /* set before the first element */
	int deep;                /* tables that are open */
	struct merged_table of;  /* the rows so far; whoever takes them empties it */
	struct merged_head head; /* from table to table */

	struct merged_row row;
	struct merged_cell cell;
	struct buf cell_text;
	bool row_deleted, cell_goes_left;
};

/* tbl, tr, tc; others are nothing to it. */
void word_table_open(struct word_table *t, struct str name);
/* A property of the row (how far in it begins, that it was deleted) or of the cell. */
void word_table_property(
    struct word_table *t, struct str name, struct str val, bool of_row);
/* A paragraph of the cell. */
void word_table_text(struct word_table *t, struct str paragraph);
/* true: the outermost table has ended. */
bool word_table_close(struct word_table *t, struct str name);
