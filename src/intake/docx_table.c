/* Rows and cells of Word, into those of merged.h. */
#include "intake/docx_table.h"

enum { GRID_MAX = 256 }; /* columns */

static void
row_open(struct word_table *t)
{
	t->row = (struct merged_row){ 0 };
	t->cell = (struct merged_cell){ 0 };
	t->row_deleted = false;
}

static void
cell_open(struct word_table *t)
{
	t->cell.columns = 1;
	t->cell.above = t->cell_goes_left = false;
	t->cell_text = (struct buf){ .arena = t->arena };
}

void
word_table_open(struct word_table *t, struct str name)
{
	if (str_eq(name, S("tbl")))
		t->deep++;
	else if (t->deep == 1 && str_eq(name, S("tr")))
		row_open(t);
	else if (t->deep == 1 && str_eq(name, S("tc")))
		cell_open(t);
}

void
word_table_property(struct word_table *t, struct str name, struct str val, bool of_row)
{
	int64_t many = 0;

	if (t->deep != 1)
		return;
	if (str_eq(name, S("gridBefore")) && str_int(val, &many) && many > 0 &&
	    many < GRID_MAX)
		t->cell.column = (int)many;
	else if (str_eq(name, S("gridSpan")) && str_int(val, &many) && many > 0 &&
		 many < GRID_MAX)
		t->cell.columns = (int)many;
	else if (str_eq(name, S("vMerge")))
		t->cell.above = !str_eq(val, S("restart"));
	else if (str_eq(name, S("hMerge")))
		t->cell_goes_left = !str_eq(val, S("restart"));
	else if (str_eq(name, S("del")) && of_row)
		t->row_deleted = true;
}

void
word_table_text(struct word_table *t, struct str paragraph)
{
	t->cell_text.arena = t->arena; /* also where no cell was opened */
	if (t->cell_text.n)
		buf_put_byte(&t->cell_text, '\n');
	buf_put(&t->cell_text, paragraph);
}

/* The words of the cell that this one goes on from, in the rows above. */
static struct str
text_above(const struct word_table *t)
{
	const size_t n = t->of.rows.n;
	const struct merged_row *row = n ? &t->of.rows.v[n - 1] : NULL;

	for (size_t i = 0; row && i < row->cells.n; i++)
		if (row->cells.v[i].column == t->cell.column)
			return row->cells.v[i].text;
	return S("");
}

static void
cell_close(struct word_table *t)
{
	t->cell.text = t->cell.above ? text_above(t) : buf_str(&t->cell_text);
	if (t->cell_goes_left && t->row.cells.n)
		t->row.cells.v[t->row.cells.n - 1].columns += t->cell.columns;
	else if (t->cell.column < GRID_MAX)
		*list_add(t->arena, &t->row.cells) = t->cell;
	if (t->cell.column < GRID_MAX)
		t->cell.column += t->cell.columns;
}

bool
word_table_close(struct word_table *t, struct str name)
{
	if (t->deep == 1 && str_eq(name, S("tc")))
		cell_close(t);
	else if (t->deep == 1 && str_eq(name, S("tr")) && !t->row_deleted)
		*list_add(t->arena, &t->of.rows) = t->row;
	else if (str_eq(name, S("tbl")))
		return t->deep-- == 1;
	return false;
}
