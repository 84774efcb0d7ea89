/*
 * The head of a table, on one row or two (责任单位 over 牵头 and 配合). Its names say
 * which columns a cell that spans rows is repeated in.
 */
#include "intake/merged_part.h"

#include "intake/text.h"

bool
role_gives_units(enum role r)
{
	return r == ROLE_LEAD || r == ROLE_UNITS || r == ROLE_RESPONSIBLE;
}

bool
merged_is_blank(struct str s)
{
	return chars_without_blanks(s) == 0;
}

int
merged_width(const struct merged_row *row)
{
	const struct merged_cell *last = row->cells.n ? &row->cells.v[row->cells.n - 1]
						      : NULL;

	return last ? last->column + last->columns : 0;
}

int
merged_overlap(const struct merged_cell *c, int from, int to)
{
	const int a = c->column > from ? c->column : from;
	const int end = c->column + c->columns, b = end < to ? end : to;

	return b - a;
}

/* 责任\n单位 and 序  号 are one name. */
static void
name_add(struct cx *cx, struct merged_columns *c, const struct merged_cell *cell,
    struct str text)
{
	if (c->n == NAMES_MAX)
		return;
	c->v[c->n++] = (struct column_name){ cell->column, cell->column + cell->columns,
		text_without_blanks(cx->arena, text),
		column_role(text_without_blanks(cx->arena, text)) };
}

static bool
is_head(const struct merged_columns *c)
{
	size_t known = 0;
	bool text = false, unit = false;

	for (size_t i = 0; i < c->n; i++) {
		known += c->v[i].role != ROLE_NONE;
		text |= c->v[i].role == ROLE_TEXT;
		unit |= role_gives_units(c->v[i].role);
	}
	return known >= 3 && known * 2 > c->n && text && unit;
}

/* The names that stand under one that spans them, each with it where it says too little
 * alone (责任单位 over 牵头). */
static bool
names_below(struct cx *cx, struct merged_columns *c, const struct merged_cell *upper,
    const struct merged_row *below)
{
	const size_t before = c->n;

	for (size_t i = 0; i < below->cells.n; i++) {
		const struct merged_cell *cell = &below->cells.v[i];
		struct str text = text_without_blanks(cx->arena, cell->text);

		if (cell->above || merged_is_blank(text) ||
		    merged_overlap(cell, upper->column, upper->column + upper->columns) <=
			0)
			continue;
		if (column_role(text) == ROLE_NONE)
			text = str_fmt(cx->arena, "%.*s%.*s",
			    STR_ARG(text_without_blanks(cx->arena, upper->text)),
			    STR_ARG(text));
		name_add(cx, c, cell, text);
	}
	return c->n > before;
}

/* A second row of the head has names only under such as span columns: 牵头 | 配合. */
static bool
is_second(const struct merged_row *head, const struct merged_row *below)
{
	size_t under = 0, names = 0;

	for (size_t i = 0; i < head->cells.n; i++)
		names += !merged_is_blank(head->cells.v[i].text);
	if (names < 3) /* a title spans all columns */
		return false;
	for (size_t i = 0; i < below->cells.n; i++) {
		const struct merged_cell *cell = &below->cells.v[i];
		bool spanned = false;

		if (cell->above || merged_is_blank(cell->text))
			continue;
		for (size_t k = 0; k < head->cells.n; k++) {
			const struct merged_cell *h = &head->cells.v[k];

			spanned |= h->columns > cell->columns &&
				   merged_overlap(cell, h->column,
				       h->column + h->columns) == cell->columns;
		}
		if (!spanned)
			return false;
		under++;
	}
	return under >= 2;
}

size_t
merged_head_at(
    struct cx *cx, const struct merged_table *t, size_t r, struct merged_columns *out)
{
	const struct merged_row *row = &t->rows.v[r];
	const bool two = r + 1 < t->rows.n && is_second(row, &t->rows.v[r + 1]);

	*out = (struct merged_columns){ 0 };
	for (size_t i = 0; i < row->cells.n; i++) {
		const struct merged_cell *cell = &row->cells.v[i];

		if (merged_is_blank(cell->text))
			continue;
		if (!two || cell->columns == 1 ||
		    !names_below(cx, out, cell, &t->rows.v[r + 1]))
			name_add(cx, out, cell, cell->text);
	}
	if (!is_head(out))
		return 0;
	for (size_t k = r; k < t->rows.n; k++)
		if (merged_width(&t->rows.v[k]) > out->width)
			out->width = merged_width(&t->rows.v[k]);
	return two ? 2 : 1;
}
