/*
 * A small WordprocessingML of our own: no library in Debian writes it, and what an
 * official document needs is few elements. Lengths are twips (1/20 pt), sizes half
 * points.
 */
#include "out/docx.h"

#include "base/buf.h"
#include "base/zip.h"
#include "out/markup.h"

#define XML "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n"
#define W "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
#define R "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
#define PACKAGE "http://schemas.openxmlformats.org/package/2006/"
#define MAIN_TYPE "application/vnd.openxmlformats-officedocument.wordprocessingml."

void
doc_add(struct arena *a, struct doc *d, enum doc_block_kind kind, struct str text)
{
	*list_add(a, &d->blocks) = (struct doc_block){ .kind = kind, .text = text };
}

void
doc_add_table(struct arena *a, struct doc *d, const struct table *t)
{
	*list_add(a, &d->blocks) = (struct doc_block){ .kind = DOC_TABLE, .table = t };
}

static const char content_types[] = XML
    "<Types xmlns=\"" PACKAGE "content-types\">"
    "<Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package."
    "relationships+xml\"/><Default Extension=\"xml\" ContentType=\"application/xml\"/>"
    "<Override PartName=\"/word/document.xml\" ContentType=\"" MAIN_TYPE
    "document.main+xml\"/>"
    "<Override PartName=\"/word/styles.xml\" ContentType=\"" MAIN_TYPE "styles+xml\"/>"
    "<Override PartName=\"/word/settings.xml\" ContentType=\"" MAIN_TYPE
    "settings+xml\"/>"
    "<Override PartName=\"/word/odd.xml\" ContentType=\"" MAIN_TYPE "footer+xml\"/>"
    "<Override PartName=\"/word/even.xml\" ContentType=\"" MAIN_TYPE "footer+xml\"/>"
    "</Types>";

static const char package_rels[] = XML "<Relationships xmlns=\"" PACKAGE
				       "relationships\">"
				       "<Relationship Id=\"rId1\" Type=\"" R
				       "/officeDocument\" Target=\"word/document.xml\"/>"
				       "</Relationships>";

static const char document_rels[] = XML
    "<Relationships xmlns=\"" PACKAGE "relationships\">"
    "<Relationship Id=\"rId1\" Type=\"" R "/styles\" Target=\"styles.xml\"/>"
    "<Relationship Id=\"rId2\" Type=\"" R "/settings\" Target=\"settings.xml\"/>"
    "<Relationship Id=\"rId3\" Type=\"" R "/footer\" Target=\"odd.xml\"/>"
    "<Relationship Id=\"rId4\" Type=\"" R "/footer\" Target=\"even.xml\"/>"
    "</Relationships>";

static const char settings[] = XML
    "<w:settings xmlns:w=\"" W "\"><w:evenAndOddHeaders/>"
    "<w:characterSpacingControl w:val=\"compressPunctuation\"/>"
    "</w:settings>";

#define FONT(name)                                                           \
	"<w:rFonts w:ascii=\"Times New Roman\" w:hAnsi=\"Times New Roman\" " \
	"w:eastAsia=\"" name "\"/>"
#define SIZE(half_points) \
	"<w:sz w:val=\"" half_points "\"/><w:szCs w:val=\"" half_points "\"/>"
/* 225 mm in 22 lines */
#define LINE \
	"<w:spacing w:before=\"0\" w:after=\"0\" w:line=\"579\" w:lineRule=\"exact\"/>"
#define STYLE(id, paragraph, run)                                           \
	"<w:style w:type=\"paragraph\" w:customStyle=\"1\" w:styleId=\"" id \
	"\"><w:name w:val=\"Zs " id                                         \
	"\"/><w:basedOn w:val=\"a\"/><w:qFormat/><w:pPr>" paragraph         \
	"</w:pPr><w:rPr>" run "</w:rPr></w:style>"
#define TWO_CHARACTERS "<w:ind w:firstLineChars=\"200\" w:firstLine=\"640\"/>"

/* A paragraph's children stand in the order of the schema: keepNext, spacing, ind, jc. */
static const char styles[] = XML
    "<w:styles xmlns:w=\"" W "\"><w:docDefaults><w:rPrDefault><w:rPr>" FONT("仿宋_GB2312")
	SIZE("32") "<w:lang w:val=\"en-US\" w:eastAsia=\"zh-CN\"/>"
		   "</w:rPr></w:rPrDefault></w:docDefaults>"
		   "<w:style w:type=\"paragraph\" w:default=\"1\" w:styleId=\"a\">"
		   "<w:name w:val=\"Normal\"/><w:qFormat/><w:pPr>" LINE
		   "<w:jc w:val=\"both\"/></w:pPr></w:style>" STYLE("Title",
		       "<w:spacing w:before=\"0\" w:after=\"579\" w:line=\"640\" "
		       "w:lineRule=\"exact\"/>"
		       "<w:jc w:val=\"center\"/>",
		       FONT("方正小标宋简体") SIZE("44")) STYLE("Heading",
		       "<w:keepNext/>" TWO_CHARACTERS "<w:outlineLvl w:val=\"0\"/>",
		       FONT("黑体")) STYLE("Subheading",
		       "<w:keepNext/>" TWO_CHARACTERS "<w:outlineLvl w:val=\"1\"/>",
		       FONT("楷体_GB2312")) STYLE("Body", TWO_CHARACTERS, "")
		       STYLE("Plain", "", "") STYLE(
			   "Centred", "<w:jc w:val=\"center\"/>", "") STYLE("Signature",
			   "<w:ind w:right=\"640\"/><w:jc w:val=\"right\"/>", "")
			   STYLE("Cell",
			       "<w:spacing w:before=\"20\" w:after=\"20\" w:line=\"280\" "
			       "w:lineRule=\"atLeast\"/>"
			       "<w:jc w:val=\"left\"/>",
			       SIZE("21")) STYLE("CellHead",
			       "<w:spacing w:before=\"20\" w:after=\"20\" w:line=\"280\" "
			       "w:lineRule=\"atLeast\"/>"
			       "<w:jc w:val=\"center\"/>",
			       FONT("黑体") SIZE("21"))
			       STYLE("Footer", "", FONT("宋体") SIZE("28")) "</w:styles>";

/* "— 1 —", one character from the outer edge: right on odd pages, left on even ones. */
#define FOOTER(side)                                                                    \
	XML "<w:ftr xmlns:w=\"" W "\"><w:p><w:pPr><w:pStyle w:val=\"Footer\"/>"         \
	    "<w:ind w:left=\"280\" w:right=\"280\"/><w:jc w:val=\"" side "\"/></w:pPr>" \
	    "<w:r><w:t xml:space=\"preserve\">— </w:t></w:r>"                         \
	    "<w:fldSimple w:instr=\" PAGE \"><w:r><w:t>1</w:t></w:r></w:fldSimple>"     \
	    "<w:r><w:t xml:space=\"preserve\"> —</w:t></w:r></w:p></w:ftr>"
static const char odd[] = FOOTER("right"), even[] = FOOTER("left");

/* Margins leave 156 by 225 mm; lying on the side, the same sheet is turned. */
/* How the paper lies from here on. */
enum lie { UPRIGHT, LYING, LYING_A3 };

static void
put_section(struct buf *b, enum lie lie)
{
	buf_put_z(b, "<w:sectPr><w:footerReference w:type=\"default\" r:id=\"rId3\"/>"
		     "<w:footerReference w:type=\"even\" r:id=\"rId4\"/>"
		     "<w:type w:val=\"nextPage\"/>");
	if (lie == LYING_A3)
		buf_put_z(b,
		    "<w:pgSz w:w=\"23811\" w:h=\"16838\" w:orient=\"landscape\"/>"
		    "<w:pgMar w:top=\"1134\" w:right=\"1134\" w:bottom=\"1134\""
		    " w:left=\"1134\" w:header=\"567\" w:footer=\"567\""
		    " w:gutter=\"0\"/>");
	else if (lie == LYING)
		buf_put_z(b,
		    "<w:pgSz w:w=\"16838\" w:h=\"11906\" w:orient=\"landscape\"/>"
		    "<w:pgMar w:top=\"1587\" w:right=\"2098\" w:bottom=\"1474\""
		    " w:left=\"1984\" w:header=\"851\" w:footer=\"1021\""
		    " w:gutter=\"0\"/>");
	else
		buf_put_z(b, "<w:pgSz w:w=\"11906\" w:h=\"16838\"/>"
			     "<w:pgMar w:top=\"2098\" w:right=\"1474\" w:bottom=\"1984\""
			     " w:left=\"1587\" w:header=\"851\" w:footer=\"1304\""
			     " w:gutter=\"0\"/>");
	buf_put_z(b, "</w:sectPr>");
}

static void
put_run(struct buf *b, struct str s)
{
	size_t from = 0;

	buf_put_z(b, "<w:r><w:t xml:space=\"preserve\">");
	for (size_t i = 0; i <= s.n; i++) {
		const char c = i < s.n ? s.p[i] : '\0';

		if (i < s.n && c != '\n' && c != '\t' && c != '\r')
			continue;
		markup_put(b, str_sub(s, from, i));
		from = i + 1;
		if (c == '\n' || c == '\t')
			buf_fmt(b, "</w:t><w:%s/><w:t xml:space=\"preserve\">",
			    c == '\n' ? "br" : "tab");
	}
	buf_put_z(b, "</w:t></w:r>");
}

static void
put_paragraph(struct buf *b, const char *style, struct str s)
{
	buf_fmt(b, "<w:p><w:pPr><w:pStyle w:val=\"%s\"/></w:pPr>", style);
	if (s.n)
		put_run(b, s);
	buf_put_z(b, "</w:p>");
}

static int
width_of(const struct column *c)
{
	return c->width > 0 ? c->width : 12;
}

/* `whole` twips divided in proportion to the widths of the shown columns. */
static void
put_grid(struct buf *b, const struct table *t, int whole, int total)
{
	buf_fmt(b,
	    "<w:tbl><w:tblPr><w:tblW w:w=\"%d\" w:type=\"dxa\"/><w:jc w:val=\"center\"/>"
	    "<w:tblBorders>",
	    whole);
	for (size_t i = 0; i < 6; i++) {
		static const char *const sides[] = { "top", "left", "bottom", "right",
			"insideH", "insideV" };

		buf_fmt(b,
		    "<w:%s w:val=\"single\" w:sz=\"4\" w:space=\"0\" "
		    "w:color=\"000000\"/>",
		    sides[i]);
	}
	buf_put_z(
	    b, "</w:tblBorders><w:tblLayout w:type=\"fixed\"/></w:tblPr><w:tblGrid>");
	for (size_t c = 0; c < t->n_columns; c++)
		if (!t->columns[c].is_hidden)
			buf_fmt(b, "<w:gridCol w:w=\"%d\"/>",
			    whole * width_of(&t->columns[c]) / total);
	buf_put_z(b, "</w:tblGrid>");
}

static void
put_cell(struct buf *b, int width, const char *style, struct str s)
{
	buf_fmt(b,
	    "<w:tc><w:tcPr><w:tcW w:w=\"%d\" w:type=\"dxa\"/><w:vAlign "
	    "w:val=\"center\"/></w:tcPr>",
	    width);
	put_paragraph(b, style, s);
	buf_put_z(b, "</w:tc>");
}

static void
put_table(struct buf *b, const struct table *t, enum lie lie)
{
	/* 156, 225 or 380 mm */
	const int whole = lie == UPRIGHT ? 8844 : lie == LYING ? 12756 : 21543;
	int total = 0;

	for (size_t c = 0; c < t->n_columns; c++)
		total += t->columns[c].is_hidden ? 0 : width_of(&t->columns[c]);
	if (!total)
		return;
	if (t->title.n)
		put_paragraph(b, "Centred", t->title);
	put_grid(b, t, whole, total);
	buf_put_z(b, "<w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>");
	for (size_t c = 0; c < t->n_columns; c++)
		if (!t->columns[c].is_hidden)
			put_cell(b, whole * width_of(&t->columns[c]) / total, "CellHead",
			    t->columns[c].title);
	buf_put_z(b, "</w:tr>");
	for (size_t r = 0; r < table_rows(t); r++) {
		buf_put_z(b, "<w:tr><w:trPr><w:cantSplit/></w:trPr>");
		for (size_t c = 0; c < t->n_columns; c++)
			if (!t->columns[c].is_hidden)
				put_cell(b, whole * width_of(&t->columns[c]) / total,
				    "Cell", cell_str(b->arena, table_cell(t, r, c)));
		buf_put_z(b, "</w:tr>");
	}
	buf_put_z(b, "</w:tbl>");
	for (size_t i = 0; i < t->n_notes; i++)
		put_paragraph(b, "Plain", t->notes[i]);
	if (!t->n_notes) /* two tables that touch become one */
		put_paragraph(b, "Plain", S(""));
}

/* A section ends with the paragraph that carries its properties. */
static void
end_section(struct buf *b, enum lie lie)
{
	buf_put_z(b, "<w:p><w:pPr>");
	put_section(b, lie);
	buf_put_z(b, "</w:pPr></w:p>");
}

static void
put_block(struct buf *b, const struct doc_block *block, enum lie *lie, bool *any)
{
	static const char *const names[] = { [DOC_TITLE] = "Title",
		[DOC_HEADING] = "Heading",
		[DOC_SUBHEADING] = "Subheading",
		[DOC_PARAGRAPH] = "Body",
		[DOC_PLAIN] = "Plain",
		[DOC_CENTRED] = "Centred",
		[DOC_RIGHT] = "Signature" };
	const enum lie turned = block->kind == DOC_LANDSCAPE      ? LYING
				: block->kind == DOC_LANDSCAPE_A3 ? LYING_A3
								  : UPRIGHT;

	switch (block->kind) {
	case DOC_TITLE:
	case DOC_HEADING:
	case DOC_SUBHEADING:
	case DOC_PARAGRAPH:
	case DOC_PLAIN:
	case DOC_CENTRED:
	case DOC_RIGHT:
		put_paragraph(b, names[block->kind], block->text);
		break;
	case DOC_TABLE:
		put_table(b, block->table, *lie);
		break;
	case DOC_LANDSCAPE:
	case DOC_LANDSCAPE_A3:
	case DOC_PORTRAIT:
		if (turned != *lie && *any)
			end_section(b, *lie);
		*lie = turned;
		return;
	}
	*any = true;
}

struct str
docx_write(struct cx *cx, const struct doc *d)
{
	struct buf b = { .arena = cx->arena };
	enum lie lie = UPRIGHT;
	bool any = false;

	buf_put_z(&b, XML "<w:document xmlns:w=\"" W "\" xmlns:r=\"" R "\"><w:body>");
	for (size_t i = 0; i < d->blocks.n; i++)
		put_block(&b, &d->blocks.v[i], &lie, &any);
	put_section(&b, lie);
	buf_put_z(&b, "</w:body></w:document>");
	return zip_pack(cx,
	    (const struct zip_entry[]){
		{ S("[Content_Types].xml"), str_z(content_types) },
		{ S("_rels/.rels"), str_z(package_rels) },
		{ S("word/document.xml"), buf_str(&b) },
		{ S("word/_rels/document.xml.rels"), str_z(document_rels) },
		{ S("word/styles.xml"), str_z(styles) },
		{ S("word/settings.xml"), str_z(settings) },
		{ S("word/odd.xml"), str_z(odd) },
		{ S("word/even.xml"), str_z(even) },
	    },
	    8);
}
