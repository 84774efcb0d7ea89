/* Word files and workbooks made of a few words (office.h). */
#include "office.h"

#include "base/buf.h"
#include "base/list.h"
#include "base/zip.h"

#define WORD_NS "xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\""

struct str
office_escaped(struct cx *cx, struct str s)
{
	s = str_replace(cx->arena, s, S("&"), S("&amp;"));
	return str_replace(cx->arena, s, S("<"), S("&lt;"));
}

static struct str
whole(struct cx *cx, const char *element, struct str inside)
{
	return str_fmt(cx->arena, "<?xml version=\"1.0\"?><w:%s " WORD_NS ">%.*s</w:%s>",
	    element, STR_ARG(inside), element);
}

struct str
office_word(struct cx *cx, const struct office_word *w)
{
	struct zip_entry parts[6] = {
		{ S("[Content_Types].xml"), S("<Types/>") },
		{ S("_rels/.rels"),
		    S("<Relationships><Relationship Id=\"r1\" Type=\"http://x/"
		      "officeDocument\" "
		      "Target=\"word/document.xml\"/></Relationships>") },
		{ S("word/document.xml"),
		    whole(cx, "document",
			str_fmt(cx->arena, "<w:body>%.*s<w:sectPr/></w:body>",
			    STR_ARG(w->body))) },
	};
	size_t n = 3;

	if (w->numbering.n)
		parts[n++] = (struct zip_entry){ S("word/numbering.xml"),
			whole(cx, "numbering", w->numbering) };
	if (w->styles.n)
		parts[n++] = (struct zip_entry){ S("word/styles.xml"),
			whole(cx, "styles", w->styles) };
	if (w->part_name.n)
		parts[n++] = (struct zip_entry){ w->part_name, w->part };
	return zip_pack(cx, parts, n);
}

struct str
office_paragraph(struct cx *cx, struct str properties, struct str line)
{
	const struct str text = str_replace(cx->arena, office_escaped(cx, line), S("\t"),
	    S("</w:t><w:tab/><w:t xml:space=\"preserve\">"));

	return str_fmt(cx->arena,
	    "<w:p><w:pPr>%.*s</w:pPr><w:r><w:t "
	    "xml:space=\"preserve\">%.*s</w:t></w:r></w:p>"
	    "\n",
	    STR_ARG(properties), STR_ARG(text));
}

/* ---- drawn tables ---- */

struct drawing {
	LIST(struct str) cells; /* of all rows, `columns` each */
	size_t rows, columns;
};

static struct drawing
draw(struct cx *cx, const char *drawn)
{
	struct drawing d = { 0 };
	struct str rest = str_z(drawn), row, cell;

	while (str_split(&rest, S("\n"), &row)) {
		size_t n = 0;

		while (str_split(&row, S("|"), &cell))
			n++;
		d.columns = n > d.columns ? n : d.columns;
	}
	for (rest = str_z(drawn); str_split(&rest, S("\n"), &row) && row.n; d.rows++) {
		while (str_split(&row, S("|"), &cell))
			*list_add(cx->arena, &d.cells) = cell;
		while (d.cells.n < (d.rows + 1) * d.columns)
			*list_add(cx->arena, &d.cells) = S("");
	}
	return d;
}

static struct str
cell_of(const struct drawing *d, size_t r, size_t c)
{
	return r < d->rows && c < d->columns ? d->cells.v[r * d->columns + c] : S("");
}

static size_t
span_right(const struct drawing *d, size_t r, size_t c)
{
	size_t n = 1;

	while (c + n < d->columns && str_eq(cell_of(d, r, c + n), S("<")))
		n++;
	return n;
}

struct str
office_word_table(struct cx *cx, const char *drawn)
{
	const struct drawing d = draw(cx, drawn);
	struct buf b = { .arena = cx->arena };

	buf_put(&b, S("<w:tbl><w:tblPr/>"));
	for (size_t r = 0; r < d.rows; r++) {
		buf_put(&b, S("<w:tr>"));
		for (size_t c = 0; c < d.columns; c += span_right(&d, r, c)) {
			struct str cell = cell_of(&d, r, c), line;
			const bool above = str_eq(cell, S("^"));
			const bool below = str_eq(cell_of(&d, r + 1, c), S("^"));

			buf_fmt(&b,
			    "<w:tc><w:tcPr><w:gridSpan w:val=\"%zu\"/>%s</w:tcPr>",
			    span_right(&d, r, c),
			    above   ? "<w:vMerge/>"
			    : below ? "<w:vMerge w:val=\"restart\"/>"
				    : "");
			cell = above ? S("") : cell;
			if (!cell.n)
				buf_put(&b, S("<w:p/>"));
			while (str_split(&cell, S("/"), &line))
				buf_put(&b, office_paragraph(cx, S(""), line));
			buf_put(&b, S("</w:tc>"));
		}
		buf_put(&b, S("</w:tr>"));
	}
	buf_put(&b, S("</w:tbl>"));
	return buf_str(&b);
}

static struct str
place(struct cx *cx, size_t r, size_t c)
{
	return str_fmt(cx->arena, "%c%zu", (char)('A' + c), r + 1);
}

static void
sheet_cell(struct cx *cx, struct buf *b, struct str at, struct str cell)
{
	if (!cell.n || str_eq(cell, S("^")) || str_eq(cell, S("<")))
		return;
	if (str_starts(cell, S("@m")))
		buf_fmt(b, "<c r=\"%.*s\" s=\"2\"><v>%.*s</v></c>", STR_ARG(at),
		    STR_ARG(str_sub(cell, 2, cell.n)));
	else if (str_starts(cell, S("@")))
		buf_fmt(b, "<c r=\"%.*s\" s=\"1\"><v>%.*s</v></c>", STR_ARG(at),
		    STR_ARG(str_sub(cell, 1, cell.n)));
	else
		buf_fmt(b, "<c r=\"%.*s\" t=\"inlineStr\"><is><t>%.*s</t></is></c>",
		    STR_ARG(at),
		    STR_ARG(str_replace(
			cx->arena, office_escaped(cx, cell), S("/"), S("\n"))));
}

static struct str
sheet_xml(struct cx *cx, const char *drawn)
{
	const struct drawing d = draw(cx, drawn);
	struct buf b = { .arena = cx->arena }, merges = { .arena = cx->arena };

	buf_put(&b, S("<worksheet><sheetData>"));
	for (size_t r = 0; r < d.rows; r++) {
		buf_fmt(&b, "<row r=\"%zu\">", r + 1);
		for (size_t c = 0; c < d.columns; c++) {
			const size_t right = span_right(&d, r, c);
			size_t down = 1;

			sheet_cell(cx, &b, place(cx, r, c), cell_of(&d, r, c));
			if (str_eq(cell_of(&d, r, c), S("^")) ||
			    str_eq(cell_of(&d, r, c), S("<")))
				continue;
			while (str_eq(cell_of(&d, r + down, c), S("^")))
				down++;
			if (right > 1 || down > 1)
				buf_fmt(&merges, "<mergeCell ref=\"%.*s:%.*s\"/>",
				    STR_ARG(place(cx, r, c)),
				    STR_ARG(place(cx, r + down - 1, c + right - 1)));
		}
		buf_put(&b, S("</row>"));
	}
	buf_fmt(&b, "</sheetData><mergeCells>%.*s</mergeCells></worksheet>",
	    STR_ARG(buf_str(&merges)));
	return buf_str(&b);
}

struct str
office_book(struct cx *cx, const struct office_sheet *v, size_t n)
{
	struct zip_entry *parts = arena_array(cx->arena, struct zip_entry, n + 3);
	struct buf sheets = { .arena = cx->arena }, rels = { .arena = cx->arena };

	for (size_t i = 0; i < n; i++) {
		buf_fmt(&sheets, "<sheet name=\"%s\" r:id=\"r%zu\"%s/>", v[i].name, i,
		    v[i].hidden ? " state=\"hidden\"" : "");
		buf_fmt(&rels,
		    "<Relationship Id=\"r%zu\" Target=\"worksheets/s%zu.xml\"/>", i, i);
		parts[i] = (struct zip_entry){ str_fmt(cx->arena,
						   "xl/worksheets/s%zu.xml", i),
			sheet_xml(cx, v[i].drawn) };
	}
	parts[n] = (struct zip_entry){ S("xl/workbook.xml"),
		str_fmt(cx->arena,
		    "<workbook xmlns:r=\"x\"><sheets>%.*s</sheets></workbook>",
		    STR_ARG(buf_str(&sheets))) };
	parts[n + 1] = (struct zip_entry){ S("xl/_rels/workbook.xml.rels"),
		str_fmt(cx->arena, "<Relationships>%.*s</Relationships>",
		    STR_ARG(buf_str(&rels))) };
	parts[n + 2] = (struct zip_entry){ S("xl/styles.xml"),
		S("<styleSheet><numFmts><numFmt numFmtId=\"164\" "
		  "formatCode=\"yyyy&quot;年&quot;m&quot;月&quot;\"/></"
		  "numFmts><cellXfs><xf "
		  "numFmtId=\"0\"/><xf numFmtId=\"14\"/><xf numFmtId=\"164\"/></cellXfs>"
		  "</styleSheet>") };
	return zip_pack(cx, parts, n + 3);
}
