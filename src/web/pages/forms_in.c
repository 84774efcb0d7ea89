/*
 * A returned file: a workbook, or separated values saved from it. It is taken as it came;
 * what is wrong with its rows is found when they are merged (forms_merge.c).
 */
#include "intake/csv.h"
#include "web/pages/forms.h"
#include "web/word.h"

struct reading {
	struct round *r;
	const struct xlsx_book *book; /* NULL: separated values */
	const struct xlsx_sheet *sheet;
	size_t head;
	int column[FORM_COLUMN_MAX];
};

static bool
head_fits(struct reading *g, const struct xlsx_row *row)
{
	size_t found = 0;

	for (size_t c = 0; c < g->r->n_titles; c++) {
		g->column[c] = -1;
		for (size_t i = 0; i < row->cells.n; i++)
			if (str_eq(str_trim(row->cells.v[i].text), g->r->titles[c]))
				g->column[c] = row->cells.v[i].column;
		found += g->column[c] >= 0;
	}
	return found >= 3;
}

static bool
find_head(struct reading *g, const struct xlsx_sheet *sheets, size_t n)
{
	for (size_t s = 0; s < n; s++)
		for (size_t r = 0; !sheets[s].is_hidden && r < sheets[s].rows.n && r < 20;
		     r++)
			if (head_fits(g, &sheets[s].rows.v[r])) {
				g->sheet = &sheets[s];
				g->head = r;
				return true;
			}
	return false;
}

static struct str
at(const struct reading *g, const struct xlsx_row *row, size_t c)
{
	return g->column[c] < 0 ? S("") : str_trim(xlsx_at(row, g->column[c]));
}

static void
row_keep(struct reading *g, const struct xlsx_row *row, struct value *rows)
{
	struct arena *a = &g->r->v->x->arena;
	struct value one = value_map(), evidence = value_list();

	value_set_int(a, &one, "row", row->no);
	value_set_text(a, &one, "code", at(g, row, FORM_CODE));
	value_set_text(a, &one, "text", at(g, row, FORM_TEXT));
	value_set_text(a, &one, "report", at(g, row, FORM_REPORT));
	value_set_text(a, &one, "status", at(g, row, FORM_STATUS));
	for (size_t c = FORM_EVIDENCE; c < g->r->n_titles; c++)
		value_add(a, &evidence, value_text(at(g, row, c)));
	value_set(a, &one, S("evidence"), evidence);
	value_add(a, rows, one);
}

/* Notes below the rows stand in the first column, where the code would be. */
static bool
is_row(const struct reading *g, const struct xlsx_row *row)
{
	struct form_code code;

	return at(g, row, FORM_TEXT).n ||
	       form_code_read(&g->r->v->x->arena, at(g, row, FORM_CODE), &code);
}

static struct str
missing_columns(const struct reading *g)
{
	LIST(struct str) names = { 0 };

	for (size_t c = 0; c < g->r->n_titles; c++)
		if (g->column[c] < 0 && (c == FORM_CODE || c == FORM_REPORT))
			*list_add(&g->r->v->x->arena, &names) = g->r->titles[c];
	return str_join(&g->r->v->x->arena, names.v, names.n, W(list_comma));
}

static enum err
sheets_of(struct cx *cx, struct str bytes, struct xlsx_book *book, bool *is_book)
{
	*is_book = str_starts(bytes, S("PK")) || str_starts(bytes, S("\xD0\xCF\x11\xE0"));
	if (*is_book)
		return xlsx_read(cx, bytes, book);
	book->sheets = arena_new(cx->arena, struct xlsx_sheet);
	book->n = 1;
	return csv_read(cx, bytes, book->sheets);
}

/* The unit of most rows: separated values carry no marks. */
static struct str
unit_of_rows(struct arena *a, const struct value *rows)
{
	struct str best = S("");
	size_t most = 0;

	for (size_t i = 0; i < value_count(rows); i++) {
		struct form_code mine, other;
		size_t n = 0;

		if (!form_code_read(
			a, value_str(value_get(value_at(rows, i), S("code"))), &mine))
			continue;
		for (size_t k = 0; k < value_count(rows); k++)
			n += form_code_read(a,
				 value_str(value_get(value_at(rows, k), S("code"))),
				 &other) &&
			     str_eq(mine.unit, other.unit);
		if (n > most) {
			most = n;
			best = mine.unit;
		}
	}
	return best;
}

struct value
form_read(struct round *r, struct str name, struct str bytes)
{
	struct cx *cx = &r->v->x->cx;
	struct arena *a = cx->arena;
	struct reading g = { .r = r };
	struct value file = value_map(), rows = value_list();
	struct xlsx_book book = { 0 };
	struct str error = S(""), unit = S("");
	bool is_book;

	if (sheets_of(cx, bytes, &book, &is_book) != ERR_OK)
		error = cx->why;
	else if (!find_head(&g, book.sheets, book.n))
		error = W(forms_no_head);
	else if (missing_columns(&g).n)
		error = word_fill(a, W(forms_no_column), missing_columns(&g));
	for (size_t i = error.n ? SIZE_MAX - 1 : g.head + 1;
	     g.sheet && i < g.sheet->rows.n; i++)
		if (is_row(&g, &g.sheet->rows.v[i]))
			row_keep(&g, &g.sheet->rows.v[i], &rows);
	if (!error.n && !value_count(&rows))
		error = W(forms_no_rows);
	if (is_book && g.sheet)
		unit = xlsx_mark(&book, g.sheet->name, S("unit"));
	value_set_text(a, &file, "name", name);
	value_set_text(a, &file, "error", error);
	value_set_text(a, &file, "unit", unit.n ? unit : unit_of_rows(a, &rows));
	value_set(a, &file, S("rows"), rows);
	return file;
}
