/* Records of separated values (RFC 4180), as liberally as spreadsheets write them. */
#include "intake/csv.h"

#include "base/buf.h"
#include "intake/text.h"

enum { COLUMNS_MAX = 1000, ROWS_MAX = 100000 };

struct reading {
	struct cx *cx;
	struct str s;
	size_t i, line;
	char separator;
	struct xlsx_sheet *sheet;
	struct xlsx_row row;
	int column;
};

static char
separator_of(struct str s)
{
	const size_t end = str_find(s, S("\n"), 0);
	const struct str first = str_sub(s, 0, end);

	return str_has(first, S("\t")) && !str_has(first, S(",")) ? '\t' : ',';
}

static bool
at_end(const struct reading *r)
{
	return r->i >= r->s.n || r->s.p[r->i] == r->separator || r->s.p[r->i] == '\n' ||
	       r->s.p[r->i] == '\r';
}

static enum err
read_quoted(struct reading *r, struct str *out)
{
	const size_t line = r->line, from = ++r->i;
	struct str s;

	for (; r->i < r->s.n; r->i++) {
		if (r->s.p[r->i] == '\n')
			r->line++;
		if (r->s.p[r->i] != '"')
			continue;
		if (r->i + 1 < r->s.n && r->s.p[r->i + 1] == '"') {
			r->i++;
			continue;
		}
		s = str_sub(r->s, from, r->i++);
		if (!at_end(r))
			return fail(
			    r->cx, ERR_INPUT, "第%zu行：引号之后还有文字", r->line);
		*out = str_replace(r->cx->arena, s, S("\"\""), S("\""));
		return ERR_OK;
	}
	return fail(r->cx, ERR_INPUT, "第%zu行：引号没有结束", line);
}

static struct str
without_apostrophe(struct str s)
{
	static const struct str signs[] = { S("="), S("+"), S("-"), S("@"), S("\t"),
		S("＝"), S("＋"), S("－"), S("＠") };
	struct str rest = s;

	while (str_starts(rest, S("'")))
		rest = str_sub(rest, 1, rest.n);
	for (size_t i = 0; rest.n < s.n && i < sizeof signs / sizeof *signs; i++)
		if (str_starts(rest, signs[i]))
			return str_sub(s, 1, s.n);
	return s;
}

static enum err
read_field(struct reading *r)
{
	struct str s;

	if (r->i < r->s.n && r->s.p[r->i] == '"') {
		TRY(read_quoted(r, &s));
	} else {
		const size_t from = r->i;

		while (!at_end(r))
			r->i++;
		s = str_sub(r->s, from, r->i);
	}
	s = without_apostrophe(s);
	if (s.n && r->column >= COLUMNS_MAX)
		return fail(r->cx, ERR_INPUT, "第%zu行超过%d列", r->line, COLUMNS_MAX);
	if (s.n)
		*list_add(
		    r->cx->arena, &r->row.cells) = (struct xlsx_cell){ r->column, s };
	r->column++;
	return ERR_OK;
}

static enum err
end_row(struct reading *r)
{
	if (r->i < r->s.n && r->s.p[r->i] == '\r')
		r->i++;
	if (r->i < r->s.n && r->s.p[r->i] == '\n')
		r->i++;
	r->line++;
	if (r->row.cells.n) {
		if (r->row.no > ROWS_MAX)
			return fail(r->cx, ERR_INPUT, "超过%d行", ROWS_MAX);
		*list_add(r->cx->arena, &r->sheet->rows) = r->row;
	}
	r->row = (struct xlsx_row){ .no = r->row.no + 1 };
	r->column = 0;
	return ERR_OK;
}

enum err
csv_read(struct cx *cx, struct str bytes, struct xlsx_sheet *out)
{
	struct xlsx_sheet sheet = { .name = S("") };
	struct reading r = { .cx = cx, .line = 1, .sheet = &sheet, .row = { .no = 1 } };

	TRY(text_decode(cx, bytes, &r.s));
	r.separator = separator_of(r.s);
	while (r.i < r.s.n) {
		TRY(read_field(&r));
		if (r.i < r.s.n && r.s.p[r.i] == r.separator)
			r.i++;
		else
			TRY(end_row(&r));
	}
	if (r.row.cells.n)
		TRY(end_row(&r));
	*out = sheet;
	return ERR_OK;
}
