/*
 * Table: rows and columns as the encoders take them. One model for the page, the
 * workbook, the text file and the printed document; whoever fills it knows the domain,
 * nobody here does.
 *
 *     struct table t = { .title = S("任务分工"), .columns = columns, .n_columns = 3 };
 *     table_add(a, &t, (struct cell[]){ cell_int(1), cell_text(name), cell_day(due) });
 *
 * Everything is a view; the table owns its rows only.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/date.h"
#include "base/list.h"
#include "base/str.h"

enum column_kind { COLUMN_TEXT, COLUMN_INT, COLUMN_DAY };

struct column {
	struct str title;
	int width; /* in half-width characters, 1..200; 0 = 12 */
	enum column_kind kind;
	bool
	    is_hidden; /* carried along, not shown: codes by which a form is recognised */
	bool is_input; /* may be filled in when the sheet is protected */
	/* What may be chosen; none = anything. Offered in a workbook when they have no
	 * comma and at most 255 characters in all. */
	const struct str *choices;
	size_t n_choices;
};

enum cell_kind { CELL_EMPTY, CELL_TEXT, CELL_INT, CELL_DAY };

struct cell {
	enum cell_kind kind;
	struct str text;
	int64_t number; /* |n| < 2^53, or a day number */
};

enum table_paper { PAPER_A4, PAPER_A3 };

/* A value carried in a hidden place of the workbook: which form this is, whose, when. */
struct table_mark {
	struct str key, value;
};

struct table {
	struct str name;  /* of the sheet; empty: the title */
	struct str title; /* above the columns; empty: none */
	const struct column *columns;
	size_t n_columns; /* 1..1000 */
	LIST(struct cell) cells;
	const struct str *notes; /* below the rows, a line each */
	size_t n_notes;
	const struct table_mark *marks;
	size_t n_marks;
	enum table_paper paper;
	bool is_portrait;
	bool is_protected; /* only columns with is_input can be changed */
};

static inline struct cell
cell_text(struct str s)
{
	return (struct cell){ .kind = s.n ? CELL_TEXT : CELL_EMPTY, .text = s };
}

static inline struct cell
cell_int(int64_t n)
{
	return (struct cell){ .kind = CELL_INT, .number = n };
}

/* DAY_NONE gives an empty cell. */
static inline struct cell
cell_day(int64_t day)
{
	return (struct cell){ .kind = day == DAY_NONE ? CELL_EMPTY : CELL_DAY,
		.number = day };
}

/* One row: n_columns cells. */
static inline void
table_add(struct arena *a, struct table *t, const struct cell *row)
{
	for (size_t i = 0; i < t->n_columns; i++)
		*list_add(a, &t->cells) = row[i];
}

static inline size_t
table_rows(const struct table *t)
{
	return t->n_columns ? t->cells.n / t->n_columns : 0;
}

static inline const struct cell *
table_cell(const struct table *t, size_t row, size_t column)
{
	return &t->cells.v[row * t->n_columns + column];
}

/* As text: integers in decimal, days as 2026-09-21. */
static inline struct str
cell_str(struct arena *a, const struct cell *c)
{
	switch (c->kind) {
	case CELL_EMPTY:
		break;
	case CELL_TEXT:
		return c->text;
	case CELL_INT:
		return str_fmt(a, "%lld", (long long)c->number);
	case CELL_DAY:
		return day_iso(a, c->number);
	}
	return S("");
}
