/* Made from the recorded answer: the row of the edition it names, or the row it holds. */
#include "act/tables_say.h"

#include "base/buf.h"

static void
put_numbers(struct buf *b, const struct value *rows)
{
	for (size_t i = 0; i < value_count(rows); i++)
		buf_fmt(b, "%s第%lld行", i ? "、" : "",
		    (long long)value_num(value_at(rows, i)));
}

static void
put_cell(struct buf *b, const struct field *column, const struct value *cell)
{
	const int64_t n = value_num(cell);

	buf_fmt(b, "“%.*s”为", STR_ARG(column->title));
	if (column->type == FIELD_MONEY && n % 100)
		buf_fmt(b, "%lld.%02lld元", (long long)(n / 100), (long long)(n % 100));
	else if (column->type == FIELD_MONEY)
		buf_fmt(b, "%lld元", (long long)(n / 100));
	else if (column->type == FIELD_DAY)
		buf_put(b, day_chinese(b->arena, n));
	else if (column->type == FIELD_BOOL)
		buf_put(b, value_true(cell) ? S("是") : S("否"));
	else if (column->type == FIELD_CHOICE)
		buf_fmt(b, "“%.*s”", STR_ARG(choice_title(column, value_str(cell))));
	else if (cell->kind == V_INT)
		buf_put_int(b, n);
	else
		buf_put(b, value_str(cell));
}

/* The cells of the row, in the order of the columns. */
static void
put_entry_row(struct buf *b, const struct field *rows, const struct value *row)
{
	const size_t from = b->n;

	for (size_t i = 0; i < rows->columns.n; i++) {
		const struct field *column = &rows->columns.v[i];
		const struct value *cell = value_get(row, column->id);

		if (value_is_null(cell) || column->personal)
			continue;
		if (b->n > from)
			buf_put(b, S("，"));
		put_cell(b, column, cell);
	}
}

static struct str
entry_said(
    struct arena *a, const struct defs *defs, const struct value *one, struct str name)
{
	const struct register_def *r = defs_register(
	    defs, subject_family(value_str(value_get(one, S("table")))));
	const struct field *rows = r ? field_find(&r->fields,
					   value_str(value_get(one, S("field"))))
				     : NULL;
	struct buf b = { .arena = a };

	if (!rows)
		return S("");
	buf_fmt(&b, "%.*s“%.*s”", STR_ARG(r->title), STR_ARG(name));
	put_numbers(&b, value_get(one, S("rows")));
	buf_put(&b, S("："));
	put_entry_row(&b, rows, value_get(one, S("row")));
	return buf_str(&b);
}

struct str
tables_said(
    struct arena *a, const struct defs *defs, const struct value *one, struct str name)
{
	const struct value *rows = value_get(one, S("rows"));
	const struct decision_names names = defs_names(defs);
	const struct decision_def *d;
	struct buf b = { .arena = a };

	if (!value_count(rows))
		return S("");
	if (!value_is_null(value_get(one, S("field"))))
		return entry_said(a, defs, one, name);
	d = defs_table_edition(defs, value_str(value_get(one, S("table"))),
	    value_str(value_get(one, S("edition"))));
	if (!d)
		return S("");
	buf_fmt(&b, "决策表“%.*s”", STR_ARG(d->title));
	put_numbers(&b, rows);
	for (size_t i = 0; i < value_count(rows); i++) {
		const int64_t row = value_num(value_at(rows, i));

		if (row < 1 || (size_t)row > d->table.n_rows)
			continue;
		buf_put(&b, i ? S("；") : S("："));
		buf_put(&b, decision_row_text(a, &names, d, (size_t)row - 1));
	}
	return buf_str(&b);
}
