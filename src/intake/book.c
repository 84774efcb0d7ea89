/* Sheets of a foreign workbook to lines (intake/book.h). */
#include "intake/book.h"

#include "intake/merged.h"
#include "intake/text.h"
#include "lang/han.h"

enum { FILLED_MAX = 500000 }; /* cells that merging repeats; more is no sheet of tasks */

/* Rows by their numbers; between them empty ones. */
static void
rows_add(struct cx *cx, const struct xlsx_sheet *sheet, struct merged_table *t)
{
	for (size_t r = 0; r < sheet->rows.n; r++) {
		const struct xlsx_row *from = &sheet->rows.v[r];
		struct merged_row *row;

		while (t->rows.n + 1 < (size_t)from->no)
			(void)list_add(cx->arena, &t->rows);
		row = list_add(cx->arena, &t->rows);
		for (size_t i = 0; i < from->cells.n; i++)
			*list_add(cx->arena, &row->cells) = (struct merged_cell){
				from->cells.v[i].column, 1, false, from->cells.v[i].text
			};
	}
}

static struct merged_cell *
cell_at(struct merged_row *row, int column)
{
	for (size_t i = 0; i < row->cells.n; i++)
		if (row->cells.v[i].column == column)
			return &row->cells.v[i];
	return NULL;
}

static void
cell_insert(struct cx *cx, struct merged_row *row, struct merged_cell cell)
{
	size_t i;

	(void)list_add(cx->arena, &row->cells);
	for (i = row->cells.n - 1; i > 0 && row->cells.v[i - 1].column > cell.column; i--)
		row->cells.v[i] = row->cells.v[i - 1];
	row->cells.v[i] = cell;
}

/* Only the first cell of a merge is filled; the rows below it go on from there. */
static void
merge_apply(
    struct cx *cx, const struct xlsx_merge *m, struct merged_table *t, size_t *filled)
{
	const size_t first = (size_t)m->first_row - 1, last = (size_t)m->last_row;
	struct merged_cell *at;
	struct merged_cell below;

	if (m->last_column < m->first_column || first >= t->rows.n)
		return;
	at = cell_at(&t->rows.v[first], m->first_column);
	if (!at)
		return;
	at->columns = m->last_column - m->first_column + 1;
	below = *at;
	below.above = true;
	for (size_t r = first + 1; r < last && r < t->rows.n; r++) {
		if (++*filled > FILLED_MAX)
			return;
		if (!cell_at(&t->rows.v[r], m->first_column))
			cell_insert(cx, &t->rows.v[r], below);
	}
}

static bool
sheet_put(struct cx *cx, const struct xlsx_sheet *sheet, struct buf *out,
    struct merged_head *head)
{
	struct merged_table t = { 0 };
	size_t filled = 0;

	rows_add(cx, sheet, &t);
	for (size_t i = 0; i < sheet->merges.n; i++)
		merge_apply(cx, &sheet->merges.v[i], &t, &filled);
	return merged_put(cx, &t, head, out);
}

/* A sheet as it was read. */
struct page {
	struct str name, text;
	struct merged_head head;
	bool table;
};

static void
page_put(struct cx *cx, const struct page *page, struct str part, size_t *lines,
    struct buf *out, struct lefts *left)
{
	const struct merged_head *h = &page->head;

	if (part.n) {
		buf_fmt(out, "第%.*s部分 %.*s\n", STR_ARG(part), STR_ARG(page->name));
		++*lines;
	}
	buf_put(out, page->text);
	if (h->lost)
		left_add(cx, left,
		    (struct left){
			LEFT_COLUMNS, *lines + h->lost_row + 1, 1, h->lost_text });
	for (size_t i = 0; i < page->text.n; i++)
		*lines += page->text.p[i] == '\n';
}

bool
book_text(
    struct cx *cx, const struct xlsx_book *book, struct str *text, struct lefts *left)
{
	struct page *pages = arena_array(cx->arena, struct page, book->n + 1);
	struct buf all = { .arena = cx->arena };
	size_t tables = 0, part = 0, lines = 0;

	for (size_t i = 0; i < book->n; i++) {
		const struct xlsx_sheet *sheet = &book->sheets[i];
		struct buf one = { .arena = cx->arena };

		if (sheet->is_hidden || !sheet->rows.n)
			continue;
		pages[i].name = sheet->name;
		pages[i].table = sheet_put(cx, sheet, &one, &pages[i].head);
		pages[i].text = buf_str(&one);
		tables += pages[i].table;
		if (!pages[i].table)
			left_add(
			    cx, left, (struct left){ LEFT_SHEET, 1, 1, sheet->name });
	}
	for (size_t i = 0; i < book->n; i++) {
		if (!pages[i].table)
			continue;
		part++;
		page_put(cx, &pages[i],
		    tables > 1 ? han_write(cx->arena, (int64_t)part) : S(""), &lines,
		    &all, left);
	}
	*text = buf_str(&all);
	return tables > 0;
}
