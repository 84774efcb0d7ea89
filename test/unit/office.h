/*
 * Word files and workbooks as other programs write them, made of a few words: for the
 * tests of what is read out of them.
 */
#pragma once

#include "base/cx.h"

/* Parts of a Word file; empty ones are left out. */
struct office_word {
	struct str body; /* inside <w:body> */
	struct str numbering, styles;
	struct str part, part_name; /* one more, with its path */
};

struct str office_word(struct cx *cx, const struct office_word *w);

struct str office_escaped(struct cx *cx, struct str s);
/* <w:p> of one line, tabs as Word has them; `properties` stands in <w:pPr>. */
struct str office_paragraph(struct cx *cx, struct str properties, struct str line);

/*
 * A table drawn with characters: a row a line, its cells parted by |, lines of a cell by
 * /. A cell ^ goes on from the one above it, a cell < from the one to the left.
 */
struct str office_word_table(struct cx *cx, const char *drawn);

struct office_sheet {
	const char *name, *drawn;
	bool hidden;
};

/* The same as sheets of a workbook; a cell @46022 is a date, @m46022 one that shows year
 * and month. */
struct str office_book(struct cx *cx, const struct office_sheet *v, size_t n);
