/*
 * Cells of a flattened table: which column each belongs to. Nothing marks the columns and
 * an empty cell left no trace, so it is told by what a cell looks like and by the order
 * of the columns: the cheapest way to lay the cells of a row into the columns, left to
 * right.
 */
#pragma once

#include "intake/units.h"

struct cell {
	struct str s;    /* as printed, wrapped lines joined */
	size_t from, to; /* lines it was printed on, indexes, to excluded */
	int column;      /* in columns; -1 = fits nowhere */
};

struct cells {
	struct cell *v;
	size_t n, cap;
};

struct columns {
	enum role v[16];
	size_t n;
	size_t texts; /* names of text columns that stand side by side and became one */
};

struct evidence;

/* True when `next` is the rest of the cell before it (区纪委 + (区监察局), 长期 + 坚持).
 */
bool cell_goes_on(
    struct cx *cx, const struct known *known, struct str before, struct str next);

/*
 * Sets cell.column for each. `text_open`: the text of the row is printed already and
 * stands in column 0, which is ROLE_TEXT then; its last sentence may still go on.
 */
void cells_lay(struct cx *cx, const struct evidence *e, const struct columns *c,
    struct cells *cells, bool text_open, bool text_ended);

size_t class_at(struct str f, size_t i); /* 一类 … 九类 at i: its length */
bool has_separator(struct str f);        /* 、 , ; outside brackets */

/* 一类、三类(…): the classes, and what else the cell says. */
bool cell_classes(struct cx *cx, struct str cell, struct strs *out, struct str *rest);
