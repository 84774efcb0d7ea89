/*
 * Cells of a flattened table: which column each belongs to. Nothing marks the columns and
 * an empty cell left no trace, so it is told by what a cell looks like and by the order
 * of the columns: the cheapest way to lay the cells of a row into the columns, left to
 * right.
 */
#pragma once

#include "base/map.h"
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
};

/* What the whole table teaches before its rows are read. */
struct evidence {
	struct map seen;  /* struct seen of each short cell */
	struct map units; /* names seen inside lists: no persons */
	uint32_t level; /* 区, 县, 旗 … that units of this plan begin with; 0 = none */
};

/*
 * Where a short cell stood over all rows. A person stands in front of two cells or more
 * and nowhere else, however much the name looks like that of an office.
 */
struct seen {
	size_t leading, elsewhere;
};

/* Collects what one row of the table teaches; evidence_close() after the last. */
void evidence_add(struct cx *cx, struct evidence *e, const struct cells *row);
void evidence_close(struct evidence *e);

/* True when `next` is the rest of the cell before it (区纪委 + (区监察局), 长期 + 坚持).
 */
bool cell_goes_on(struct cx *cx, struct str before, struct str next);

/*
 * Sets cell.column for each. `text_open`: the text of the row is printed already and
 * stands in column 0, which is ROLE_TEXT then; its last sentence may still go on.
 */
void cells_lay(struct cx *cx, const struct evidence *e, const struct columns *c,
    struct cells *cells, bool text_open, bool text_ended);

/* 一类、三类(…): the classes, and what else the cell says. */
bool cell_classes(struct cx *cx, struct str cell, struct strs *out, struct str *rest);

/* Names of persons in one cell: 文良印、罗清泉 */
void cell_persons(struct cx *cx, struct str cell, struct strs *out);
