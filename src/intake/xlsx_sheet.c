/* One sheet of a workbook, read event by event into its filled cells. */
#include "base/list.h"
#include "intake/xlsx_part.h"
#include "lang/xml.h"

enum { COLUMNS_MAX = 1000, ROWS_MAX = 100000, MERGES_MAX = 100000 };

enum cell_type { TYPE_NUMBER, TYPE_SHARED, TYPE_TEXT, TYPE_BOOL };

struct reading {
	struct cx *cx;
	const struct xlsx_parts *parts;
	struct xlsx_sheet *sheet;
	struct arena scratch; /* of the two texts, which are used again for each cell */
	struct buf stored, shown;
	struct xlsx_row row; /* being read */
	int last_row, column;
	enum cell_type type;
	int64_t style;
	bool in_cell, in_value, in_phonetic;
	bool too_many_rows, too_many_columns; /* filled ones */
};

static void
reading_free(struct reading *r)
{
	arena_free(&r->scratch);
}

static struct str
find(const struct xml_attribute *v, size_t n, struct str name)
{
	for (size_t i = 0; i < n; i++)
		if (str_eq(v[i].name, name))
			return v[i].value;
	return S("");
}

/* "BC12": column 54, row 12; 0 for a part that is not there. */
static bool
parse_place(struct str s, int *column, int *row)
{
	size_t i = 0;
	int64_t n = 0;

	*column = *row = 0;
	for (; i < s.n && s.p[i] >= 'A' && s.p[i] <= 'Z' && i < 4; i++)
		*column = *column * 26 + (s.p[i] - 'A' + 1);
	if (!i || !str_int(str_sub(s, i, s.n), &n) || n < 1 || n > 1048576)
		return false;
	*row = (int)n;
	(*column)--;
	return true;
}

void
xlsx_put_text(struct buf *b, struct str s)
{
	static const char hex[] = "0123456789ABCDEF";

	for (size_t i = 0; i < s.n; i++) {
		uint32_t c = 0;
		size_t k = 0;

		if (s.p[i] == '_' && i + 6 < s.n && s.p[i + 1] == 'x' &&
		    s.p[i + 6] == '_')
			for (k = 2; k < 6; k++) {
				const char up = (char)(s.p[i + k] & ~0x20);
				const char *at = strchr(
				    hex, s.p[i + k] > '9' ? up : s.p[i + k]);

				if (!at || !*at)
					break;
				c = c * 16 + (uint32_t)(at - hex);
			}
		if (k != 6 || c == 0 || (c >= 0xD800 && c < 0xE000)) {
			buf_put_byte(b, s.p[i]);
			continue;
		}
		buf_put_char(b, c);
		i += 6;
	}
}

static const char *
open_row(struct reading *r, const struct xml_attribute *v, size_t n)
{
	int64_t no = 0;

	r->row = (struct xlsx_row){ .no = r->last_row + 1 };
	if (str_int(find(v, n, S("r")), &no))
		r->row.no = no > 0 && no <= 1048576 ? (int)no : 0;
	if (r->row.no <= r->last_row)
		return "行号混乱";
	r->last_row = r->row.no;
	r->column = -1;
	return NULL;
}

static const char *
open_cell(struct reading *r, const struct xml_attribute *v, size_t n)
{
	const struct str place = find(v, n, S("r")), type = find(v, n, S("t"));
	int column = r->column + 1, row = r->row.no;

	if (!r->row.no || (place.n && !parse_place(place, &column, &row)) ||
	    row != r->row.no || column <= r->column)
		return "单元格的位置混乱";
	r->column = column;
	r->style = -1;
	(void)str_int(find(v, n, S("s")), &r->style);
	r->type = str_eq(type, S("s"))              ? TYPE_SHARED
		  : str_eq(type, S("b"))            ? TYPE_BOOL
		  : !type.n || str_eq(type, S("n")) ? TYPE_NUMBER
						    : TYPE_TEXT;
	r->in_cell = true;
	r->stored.n = r->shown.n = 0;
	return NULL;
}

static const char *
open_merge(struct reading *r, const struct xml_attribute *v, size_t n)
{
	struct str rest = find(v, n, S("ref")), first;
	struct xlsx_merge m;

	if (r->sheet->merges.n == MERGES_MAX)
		return "合并的单元格太多";
	if (str_split(&rest, S(":"), &first) &&
	    parse_place(first, &m.first_column, &m.first_row) &&
	    parse_place(rest, &m.last_column, &m.last_row))
		*list_add(r->cx->arena, &r->sheet->merges) = m;
	return NULL;
}

static const char *
on_open(void *self, struct str name, const struct xml_attribute *v, size_t n, int line)
{
	struct reading *r = self;

	(void)line;
	if (str_eq(name, S("c")))
		return open_cell(r, v, n);
	if (str_eq(name, S("row")))
		return open_row(r, v, n);
	if (str_eq(name, S("mergeCell")))
		return open_merge(r, v, n);
	if (str_eq(name, S("rPh")))
		r->in_phonetic = true;
	r->in_value = r->in_cell && !r->in_phonetic &&
		      (str_eq(name, S("v")) || str_eq(name, S("t")));
	return NULL;
}

static const char *
on_text(void *self, struct str piece)
{
	struct reading *r = self;

	if (r->in_value)
		buf_put(&r->stored, piece);
	return NULL;
}

static void
put_shown(struct reading *r, struct buf *b)
{
	const struct str stored = buf_str(&r->stored);
	const enum xlsx_shows shows = r->style >= 0 &&
					      (size_t)r->style < r->parts->styles.n
					  ? r->parts->styles.v[r->style]
					  : XLSX_NUMBER;

	switch (r->type) {
	case TYPE_SHARED:
		break; /* close_cell shares them */
	case TYPE_BOOL:
		buf_put_z(b, str_eq(str_trim(stored), S("1")) ? "TRUE" : "FALSE");
		break;
	case TYPE_NUMBER:
		if (shows == XLSX_NUMBER ||
		    !xlsx_put_date(b, stored, r->parts->from_1904, shows))
			xlsx_put_number(b, stored);
		break;
	case TYPE_TEXT:
		xlsx_put_text(b, stored);
		break;
	}
}

static void
close_cell(struct reading *r)
{
	const struct str stored = str_trim(buf_str(&r->stored));
	struct str s = S("");
	int64_t i;

	r->in_cell = false;
	if (!r->stored.n)
		return;
	if (r->type != TYPE_SHARED) {
		put_shown(r, &r->shown);
		s = buf_str(&r->shown);
	} else if (str_int(stored, &i) && i >= 0 && (size_t)i < r->parts->shared.n) {
		s = r->parts->shared.v[i];
	}
	if (!s.n)
		return;
	if (r->column >= COLUMNS_MAX)
		r->too_many_columns = true;
	else if (r->row.no > ROWS_MAX)
		r->too_many_rows = true;
	else
		*list_add(r->cx->arena, &r->row.cells) = (struct xlsx_cell){ r->column,
			r->type == TYPE_SHARED ? s : str_copy(r->cx->arena, s) };
}

static void
on_close(void *self, struct str name)
{
	struct reading *r = self;

	r->in_value = false;
	if (str_eq(name, S("rPh")))
		r->in_phonetic = false;
	if (str_eq(name, S("c")) && r->in_cell)
		close_cell(r);
	if (str_eq(name, S("row")) && r->row.cells.n)
		*list_add(r->cx->arena, &r->sheet->rows) = r->row;
}

enum err
xlsx_read_sheet(
    struct cx *cx, struct str xml, const struct xlsx_parts *parts, struct xlsx_sheet *out)
{
	struct reading r AUTO(reading_free) = { .cx = cx, .parts = parts, .sheet = out };
	const struct xml_sink sink = { &r, on_open, on_text, on_close };

	r.stored.arena = r.shown.arena = &r.scratch;
	TRY(xml_scan(cx, xml, &sink));
	if (r.too_many_rows)
		return fail(
		    cx, ERR_INPUT, "工作表“%.*s”超过%d行", STR_ARG(out->name), ROWS_MAX);
	if (r.too_many_columns)
		return fail(cx, ERR_INPUT, "工作表“%.*s”超过%d列", STR_ARG(out->name),
		    COLUMNS_MAX);
	return ERR_OK;
}
