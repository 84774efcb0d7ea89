/*
 * XLSX in: sheets of rows of cells, every cell as the text a person sees. Dates come as
 * 2026-09-21 (with a time: 2026-09-21 08:30; shown without a day: 2026年9月), numbers in
 * plain decimal with at most 15 digits, truth values as TRUE and FALSE. Formulas give the
 * result stored with them.
 *
 * Refused in Chinese (ERR_INPUT): what is no workbook (.xls and encrypted files with an
 * advice), damage, more than 64 MiB unpacked, a filled cell beyond column 1,000 or row
 * 100,000.
 */
#pragma once

#include "base/cx.h"
#include "base/list.h"

struct xlsx_cell {
	int column; /* from 0 */
	struct str text;
};

struct xlsx_row {
	int no;                       /* as shown, from 1 */
	LIST(struct xlsx_cell) cells; /* filled ones, by column */
};

struct xlsx_merge { /* rows from 1, columns from 0; only the first cell is filled */
	int first_row, first_column, last_row, last_column;
};

struct xlsx_sheet {
	struct str name;
	bool is_hidden;
	LIST(struct xlsx_row) rows; /* those with a filled cell, by number */
	LIST(struct xlsx_merge) merges;
};

struct xlsx_book {
	struct xlsx_sheet *sheets;
	size_t n;
};

/* In cx->arena; looks into `bytes` nowhere. */
enum err xlsx_read(struct cx *cx, struct str bytes, struct xlsx_book *out) MUST_USE;

struct str xlsx_at(const struct xlsx_row *row, int column); /* "" when empty */
const struct xlsx_sheet *xlsx_sheet(
    const struct xlsx_book *b, struct str name); /* NULL */

/* What out/xlsx.h carries hidden: the value of a mark of a sheet, "" when there is none.
 */
struct str xlsx_mark(const struct xlsx_book *b, struct str sheet, struct str key);
