/* What is written for others: any text goes in, and comes back out of the finished file.
 */
#include "runs.h"

#include <string.h>

#include "base/buf.h"
#include "base/zip.h"
#include "intake/csv.h"
#include "intake/xlsx.h"
#include "lang/xml.h"
#include "out/csv.h"
#include "out/docx.h"
#include "out/markup.h"
#include "out/xlsx.h"

enum { UNPACKED_MAX = 16 << 20, COLUMNS = 3 };

/* The texts of all elements of that name, joined. */
static void
texts_put(struct buf *b, const struct xml_node *node, struct str name)
{
	if (str_eq(node->name, name))
		buf_put(b, node->text);
	for (const struct xml_node *c = node->first; c; c = c->next)
		texts_put(b, c, name);
}

/* As XML can hold it: what it forbids became U+FFFD; without what ends lines. */
static struct str
holdable(struct cx *cx, struct str s)
{
	struct buf b = { .arena = cx->arena };
	struct xml_node *root;
	struct str rest, line, all = S("");

	buf_put_z(&b, "<t>");
	markup_put(&b, s);
	buf_put_z(&b, "</t>");
	if (xml_parse(cx, buf_str(&b), &root) != ERR_OK)
		return S("?");
	b = (struct buf){ .arena = cx->arena };
	rest = root->text;
	while (str_split(&rest, S("\n"), &line))
		buf_put(&b, line);
	rest = buf_str(&b);
	b = (struct buf){ .arena = cx->arena };
	while (str_split(&rest, S("\t"), &line))
		buf_put(&b, line);
	all = buf_str(&b);
	return all;
}

/* Every part of an office file is sound XML. */
static const char *
check_parts(struct cx *cx, struct str file, struct zip_entries *z)
{
	struct xml_node *root;

	if (zip_unpack(cx, file, S(""), UNPACKED_MAX, z) != ERR_OK)
		return "an archive that cannot be read";
	for (size_t i = 0; i < z->n; i++)
		if (xml_parse(cx, z->v[i].bytes, &root) != ERR_OK)
			return "a part that is no XML";
	return NULL;
}

const char *
run_docx(struct cx *cx, struct str input)
{
	struct doc d = { 0 };
	struct zip_entries z = { 0 };
	struct buf b = { .arena = cx->arena };
	struct xml_node *root;
	const struct zip_entry *body;
	const char *broken;

	if (!str_is_utf8(input))
		return NULL;
	doc_add(cx->arena, &d,
	    input.n ? (enum doc_block_kind)(input.p[0] & 3) : DOC_TITLE, input);
	broken = check_parts(cx, docx_write(cx, &d), &z);
	if (broken)
		return broken;
	body = zip_find(&z, S("word/document.xml"));
	if (!body || xml_parse(cx, body->bytes, &root) != ERR_OK)
		return "a document without its text";
	texts_put(&b, root, S("t"));
	return str_eq(buf_str(&b), holdable(cx, input)) ? NULL : "another text";
}

/* Cells between tabs, rows between line feeds. */
static void
table_fill(struct arena *a, struct str input, struct table *t)
{
	struct str rest = input, line;

	while (str_split(&rest, S("\n"), &line)) {
		struct cell row[COLUMNS] = { 0 };
		struct str piece;

		for (size_t i = 0; i < COLUMNS && str_split(&line, S("\t"), &piece); i++)
			row[i] = cell_text(piece);
		table_add(a, t, row);
	}
}

static const struct xlsx_row *
row_of(const struct xlsx_sheet *sheet, int no)
{
	static const struct xlsx_row none;

	for (size_t i = 0; i < sheet->rows.n; i++)
		if (sheet->rows.v[i].no == no)
			return &sheet->rows.v[i];
	return &none;
}

/* What XML forbids came back as U+FFFD. */
static bool
cells_came_back(struct cx *cx, const struct table *t, const struct xlsx_sheet *sheet)
{
	for (size_t r = 0; r < table_rows(t); r++) {
		const struct xlsx_row *row = row_of(sheet, (int)r + 2);

		for (size_t c = 0; c < COLUMNS; c++) {
			struct str s = cell_str(cx->arena, table_cell(t, r, c));

			s = str_replace(
			    cx->arena, s, S("\xEF\xBF\xBE"), S("\xEF\xBF\xBD"));
			s = str_replace(
			    cx->arena, s, S("\xEF\xBF\xBF"), S("\xEF\xBF\xBD"));
			if (!str_eq(str_trim(xlsx_at(row, (int)c)), str_trim(s)))
				return false;
		}
	}
	return true;
}

/* Bytes below the blank mean that a file is no text: no CSV is read from them. */
static bool
is_plain(struct str s)
{
	for (size_t i = 0; i < s.n; i++)
		if ((unsigned char)s.p[i] < ' ' && !memchr("\t\n\r", s.p[i], 3))
			return false;
	return true;
}

const char *
run_table(struct cx *cx, struct str input)
{
	static const struct column columns[COLUMNS] = { { .title = S("a") },
		{ .title = S("b") }, { .title = S("c") } };
	struct table t = { .name = S("x"), .columns = columns, .n_columns = COLUMNS };
	struct zip_entries z = { 0 };
	struct xlsx_book book = { 0 };
	struct xlsx_sheet sheet = { 0 };
	struct str file;
	const char *broken;

	if (!str_is_utf8(input))
		return NULL;
	table_fill(cx->arena, input, &t);
	if (is_plain(input) && csv_read(cx, csv_str(cx, &t, CSV_UTF8), &sheet) != ERR_OK)
		return "CSV of our own is refused";
	if (xlsx_write(cx, &t, 1, cx->now_ms, &file) != ERR_OK)
		return NULL;
	broken = check_parts(cx, file, &z);
	if (broken)
		return broken;
	if (xlsx_read(cx, file, &book) != ERR_OK || book.n < 1)
		return "a workbook of our own is refused";
	return cells_came_back(cx, &t, &book.sheets[0]) ? NULL : "another cell";
}
