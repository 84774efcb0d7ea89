/* Tables: CSV, workbooks, the archive around them. */
#include "runs.h"

#include "base/zip.h"
#include "intake/csv.h"
#include "intake/xlsx.h"

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

/* The input is the parts themselves, each behind a line `== NAME`. */
static const char *const part_names[] = { "xl/workbook.xml", "xl/_rels/workbook.xml.rels",
	"xl/styles.xml", "xl/sharedStrings.xml", "xl/s.xml", "xl/t.xml" };
enum { PARTS = sizeof part_names / sizeof *part_names };

static struct zip_entry *
part_of(struct zip_entry *parts, struct str line)
{
	for (size_t i = 0; i < PARTS; i++)
		if (str_eq(parts[i].name, str_sub(line, 3, line.n)))
			return &parts[i];
	return NULL;
}

const char *
run_xlsx(struct cx *cx, struct str input)
{
	struct zip_entry parts[PARTS], *now = NULL;
	struct xlsx_book book = { 0 };
	struct str rest = input, line;

	for (size_t i = 0; i < PARTS; i++)
		parts[i] = (struct zip_entry){ str_z(part_names[i]), S("") };
	while (str_split(&rest, S("\n"), &line)) {
		if (str_starts(line, S("== ")))
			now = part_of(parts, line);
		else if (now)
			now->bytes = str_fmt(
			    cx->arena, "%.*s%.*s\n", STR_ARG(now->bytes), STR_ARG(line));
	}
	if (xlsx_read(cx, zip_pack(cx, parts, PARTS), &book) != ERR_OK)
		return NULL;
	for (size_t i = 0; i < book.n; i++) {
		const char *broken = check_rows(&book.sheets[i]);

		if (broken)
			return broken;
	}
	return NULL;
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
