/* Tables and documents: CSV, workbooks, Word files, the archive around them. */
#include "runs.h"

#include "base/zip.h"
#include "intake/book.h"
#include "intake/csv.h"
#include "intake/plan.h"

/* Rows by number, cells by column, none of them empty. */
static const char *
check_rows(const struct xlsx_sheet *sheet)
{
	for (size_t r = 0; r < sheet->rows.n; r++) {
		const struct xlsx_row *row = &sheet->rows.v[r];

		if (!row->cells.n || (r && row->no <= sheet->rows.v[r - 1].no))
			return "an empty row, or rows out of order";
		for (size_t c = 0; c < row->cells.n; c++)
			if (!row->cells.v[c].text.n ||
			    (c && row->cells.v[c].column <= row->cells.v[c - 1].column))
				return "an empty cell, or cells out of order";
	}
	return NULL;
}

const char *
run_csv(struct cx *cx, struct str input)
{
	struct xlsx_sheet sheet = { 0 };

	return csv_read(cx, input, &sheet) == ERR_OK ? check_rows(&sheet) : NULL;
}

/* The input is the sheet; what stands around it is sound. */
const char *
run_sheet(struct cx *cx, struct str input)
{
	const struct zip_entry parts[] = {
		{ S("xl/workbook.xml"),
		    S("<workbook><sheets><sheet name='a' r:id='r1' xmlns:r='r'/></sheets>"
		      "</workbook>") },
		{ S("xl/_rels/workbook.xml.rels"),
		    S("<R><Relationship Id='r1' Target='s.xml'/></R>") },
		{ S("xl/styles.xml"), S("<s><cellXfs><xf numFmtId='0'/><xf "
					"numFmtId='14'/></cellXfs></s>") },
		{ S("xl/sharedStrings.xml"), S("<sst><si><t>x</t></si></sst>") },
		{ S("xl/s.xml"), input },
	};
	struct xlsx_book book = { 0 };

	if (xlsx_read(cx, zip_pack(cx, parts, 5), &book) != ERR_OK)
		return NULL;
	return book.n == 1 ? check_rows(&book.sheets[0]) : "not one sheet";
}

/* The input is the parts themselves, each behind a line `== NAME`; of these names only.
 */
static struct str
packed(struct cx *cx, struct str input, const char *const *names, size_t n)
{
	struct zip_entry *parts = arena_array(cx->arena, struct zip_entry, n),
			 *now = NULL;
	struct str line;

	for (size_t i = 0; i < n; i++)
		parts[i] = (struct zip_entry){ str_z(names[i]), S("") };
	while (str_split(&input, S("\n"), &line)) {
		if (!str_starts(line, S("== "))) {
			if (now)
				now->bytes = str_fmt(cx->arena, "%.*s%.*s\n",
				    STR_ARG(now->bytes), STR_ARG(line));
			continue;
		}
		now = NULL;
		for (size_t i = 0; i < n; i++)
			if (str_eq(parts[i].name, str_sub(line, 3, line.n)))
				now = &parts[i];
	}
	return zip_pack(cx, parts, n);
}

/* What was left out stands in one of the lines, or behind the last. */
static const char *
check_text(struct str text, const struct lefts *left)
{
	size_t lines = 0;

	for (size_t i = 0; i < text.n; i++)
		lines += text.p[i] == '\n';
	for (size_t i = 0; i < left->n; i++)
		if (!left->v[i].line || left->v[i].line > lines + 1 || !left->v[i].count)
			return "something was left out of no line";
	return str_is_utf8(text) ? NULL : "a text that is no UTF-8";
}

static const char *const book_parts[] = { "xl/workbook.xml", "xl/_rels/workbook.xml.rels",
	"xl/styles.xml", "xl/sharedStrings.xml", "xl/s.xml", "xl/t.xml" };
enum { BOOK_PARTS = sizeof book_parts / sizeof *book_parts };

const char *
run_xlsx(struct cx *cx, struct str input)
{
	struct xlsx_book book = { 0 };
	struct lefts left = { 0 };
	struct str text;

	if (xlsx_read(cx, packed(cx, input, book_parts, BOOK_PARTS), &book) != ERR_OK)
		return NULL;
	for (size_t i = 0; i < book.n; i++) {
		const char *broken = check_rows(&book.sheets[i]);

		if (broken)
			return broken;
	}
	(void)book_text(cx, &book, &text, &left);
	return check_text(text, &left);
}

static const char *const word_parts[] = { "word/document.xml", "word/numbering.xml",
	"word/styles.xml", "word/footnotes.xml", "word/header1.xml", "_rels/.rels" };
enum { WORD_PARTS = sizeof word_parts / sizeof *word_parts };

/* A Word file; what can be read of it is a plan or is refused. */
const char *
run_word(struct cx *cx, struct str input)
{
	const struct str file = packed(cx, input, word_parts, WORD_PARTS);
	const char *broken;
	struct plan *plan;
	struct docx d;

	if (docx_read(cx, file, &d) != ERR_OK)
		return NULL;
	broken = check_text(d.text, &d.left);
	if (!broken && plan_read(cx, file, &plan) == ERR_OK && !plan->tasks.n)
		broken = "a plan without a task";
	return broken;
}

const char *
run_zip(struct cx *cx, struct str input)
{
	struct zip_entries z = { 0 };
	size_t sum = 0;

	if (zip_unpack(cx, input, S(""), 65536, &z) != ERR_OK)
		return NULL;
	for (size_t i = 0; i < z.n; i++)
		sum += z.v[i].bytes.n;
	return sum <= 65536 ? NULL : "more unpacked than admitted";
}
