/*
 * The parts of a workbook: list of sheets, shared texts, styles. The sheets themselves
 * are read by xlsx_sheet.c, event by event, because they may be large.
 */
#include "intake/xlsx.h"

#include "base/buf.h"
#include "base/zip.h"
#include "intake/xlsx_part.h"
#include "lang/xml.h"

enum { UNPACKED_MAX = 64 << 20, RELS_MAX = 1 << 20, SHEETS_MAX = 256 };

static enum err
part(struct cx *cx, const struct zip_entries *z, struct str name, struct str *out)
{
	const struct zip_entry *e = zip_find(z, name);

	if (!e)
		return fail(cx, ERR_INPUT, "工作簿已损坏：缺少 %.*s", STR_ARG(name));
	*out = e->bytes;
	return ERR_OK;
}

static bool
is_true(struct str s)
{
	return str_eq(s, S("1")) || str_eq(s, S("true"));
}

/* A number format shows a date when y, m, d or h stand in it outside quotes and brackets;
 * one without d and h shows a month or a year only, which is not its first day. */
static enum xlsx_shows
shown_by_code(struct str code)
{
	bool quoted = false, bracket = false, year = false, month = false;

	for (size_t i = 0; i < code.n; i++) {
		const char c = code.p[i];

		if (c == '\\' || c == '_' || c == '*')
			i++;
		else if (c == '"')
			quoted = !quoted;
		else if (!quoted && (c == '[' || c == ']'))
			bracket = c == '[';
		else if (!quoted && !bracket && strchr("dhDHsS", c))
			return XLSX_DAY;
		else if (!quoted && c == ';')
			break;
		else if (!quoted && !bracket) {
			year |= c == 'y' || c == 'Y';
			month |= c == 'm' || c == 'M';
		}
	}
	return year ? (month ? XLSX_MONTH : XLSX_YEAR) : month ? XLSX_DAY : XLSX_NUMBER;
}

/* The formats that have numbers instead of codes; 27-36 and 50-58 are East Asian dates,
 * of which a Chinese program shows some as 2025年6月. */
static enum xlsx_shows
shown_by_format(int64_t id)
{
	if (id == 17 || id == 27 || id == 36 || id == 50 || id == 52 || id == 57)
		return XLSX_MONTH;
	return (id >= 14 && id <= 22) || (id >= 28 && id <= 35) ||
		       (id >= 45 && id <= 47) || (id >= 51 && id <= 58)
		   ? XLSX_DAY
		   : XLSX_NUMBER;
}

static enum err
read_styles(struct cx *cx, struct str text, struct xlsx_parts *parts)
{
	struct xml_node *root;
	const struct xml_node *formats, *styles;
	struct map codes = { 0 };

	TRY(xml_parse(cx, text, &root));
	formats = xml_find(root, S("numFmts"));
	for (const struct xml_node *f = formats ? xml_find(formats, S("numFmt")) : NULL;
	     f; f = xml_again(f)) {
		struct str *code = arena_new(cx->arena, struct str);

		*code = xml_attribute(f, S("formatCode"));
		map_put(cx->arena, &codes, xml_attribute(f, S("numFmtId")), code);
	}
	styles = xml_find(root, S("cellXfs"));
	for (const struct xml_node *x = styles ? xml_find(styles, S("xf")) : NULL; x;
	     x = xml_again(x)) {
		const struct str id = xml_attribute(x, S("numFmtId"));
		const struct str *code = map_find(&codes, id);
		int64_t n = 0;

		*list_add(cx->arena, &parts->styles) = code ? shown_by_code(*code)
						       : str_int(id, &n)
							   ? shown_by_format(n)
							   : XLSX_NUMBER;
	}
	return ERR_OK;
}

/* Text of <t>, or of the <t> in runs <r>; what <rPh> says is only how to pronounce it. */
static struct str
rich_text(struct arena *a, const struct xml_node *node)
{
	struct buf b = { .arena = a };

	for (const struct xml_node *c = node->first; c; c = c->next) {
		if (str_eq(c->name, S("t")))
			xlsx_put_text(&b, c->text);
		if (!str_eq(c->name, S("r")))
			continue;
		for (const struct xml_node *t = xml_find(c, S("t")); t; t = xml_again(t))
			xlsx_put_text(&b, t->text);
	}
	return buf_str(&b);
}

static enum err
read_shared(struct cx *cx, struct str text, struct xlsx_parts *parts)
{
	struct xml_node *root;

	TRY(xml_parse(cx, text, &root));
	for (const struct xml_node *si = xml_find(root, S("si")); si; si = xml_again(si))
		*list_add(cx->arena, &parts->shared) = rich_text(cx->arena, si);
	return ERR_OK;
}

/* "worksheets/sheet1.xml" and "/xl/worksheets/sheet1.xml" are the same. */
static struct str
target_path(struct arena *a, struct str target)
{
	if (str_starts(target, S("/")))
		return str_sub(target, 1, target.n);
	return str_fmt(a, "xl/%.*s", STR_ARG(target));
}

static struct str
related(struct arena *a, const struct xml_node *rels, struct str id)
{
	for (const struct xml_node *r = xml_find(rels, S("Relationship")); r;
	     r = xml_again(r))
		if (str_eq(xml_attribute(r, S("Id")), id))
			return target_path(a, xml_attribute(r, S("Target")));
	return S("");
}

static enum err
read_sheets(struct cx *cx, const struct zip_entries *z, const struct xml_node *workbook,
    const struct xml_node *rels, const struct xlsx_parts *parts, struct xlsx_book *out)
{
	const struct xml_node *list = xml_find(workbook, S("sheets"));
	const struct xml_node *s = list ? xml_find(list, S("sheet")) : NULL;

	if (!list || list->first == NULL)
		return fail(cx, ERR_INPUT, "工作簿里没有工作表");
	out->sheets = arena_array(cx->arena, struct xlsx_sheet, SHEETS_MAX);
	for (; s; s = xml_again(s)) {
		struct xlsx_sheet *sheet;
		struct str text;

		if (out->n == SHEETS_MAX)
			return fail(cx, ERR_INPUT, "工作表超过%d个", SHEETS_MAX);
		sheet = &out->sheets[out->n++];
		sheet->name = xml_attribute(s, S("name"));
		sheet->is_hidden = str_starts(
				       xml_attribute(s, S("state")), S("hidden")) ||
				   str_eq(xml_attribute(s, S("state")), S("veryHidden"));
		TRY(part(
		    cx, z, related(cx->arena, rels, xml_attribute(s, S("r:id"))), &text));
		TRY(xlsx_read_sheet(cx, text, parts, sheet));
	}
	return ERR_OK;
}

static enum err
read_parts(struct cx *cx, const struct zip_entries *z, const struct zip_entries *rels,
    struct xlsx_book *out)
{
	struct xlsx_parts parts = { 0 };
	struct xml_node *workbook, *relations;
	const struct xml_node *properties;
	struct str text;

	TRY(part(cx, z, S("xl/workbook.xml"), &text));
	TRY(xml_parse(cx, text, &workbook));
	TRY(part(cx, rels, S("xl/_rels/workbook.xml.rels"), &text));
	TRY(xml_parse(cx, text, &relations));
	properties = xml_find(workbook, S("workbookPr"));
	parts.from_1904 = properties && is_true(xml_attribute(properties, S("date1904")));
	if (zip_find(z, S("xl/styles.xml")))
		TRY(read_styles(cx, zip_find(z, S("xl/styles.xml"))->bytes, &parts));
	if (zip_find(z, S("xl/sharedStrings.xml")))
		TRY(read_shared(
		    cx, zip_find(z, S("xl/sharedStrings.xml"))->bytes, &parts));
	return read_sheets(cx, z, workbook, relations, &parts, out);
}

enum err
xlsx_read(struct cx *cx, struct str bytes, struct xlsx_book *out)
{
	struct zip_entries z = { 0 }, rels = { 0 };
	struct xlsx_book book = { 0 };

	if (str_starts(bytes, S("\xD0\xCF\x11\xE0")))
		return fail(cx, ERR_INPUT,
		    "不是 .xlsx 工作簿：旧版 .xls 或者 .et 文件请另存为 "
		    ".xlsx；加了密码的请先去掉密码");
	if (!str_starts(bytes, S("PK")))
		return fail(
		    cx, ERR_INPUT, "不是 .xlsx 工作簿，请用 Excel 或者 WPS 另存为 .xlsx");
	TRY(zip_unpack(cx, bytes, S(".xml"), UNPACKED_MAX, &z));
	TRY(zip_unpack(cx, bytes, S(".rels"), RELS_MAX, &rels));
	TRY(read_parts(cx, &z, &rels, &book));
	*out = book;
	return ERR_OK;
}

struct str
xlsx_at(const struct xlsx_row *row, int column)
{
	for (size_t i = 0; i < row->cells.n && row->cells.v[i].column <= column; i++)
		if (row->cells.v[i].column == column)
			return row->cells.v[i].text;
	return S("");
}

const struct xlsx_sheet *
xlsx_sheet(const struct xlsx_book *b, struct str name)
{
	for (size_t i = 0; i < b->n; i++)
		if (str_eq(b->sheets[i].name, name))
			return &b->sheets[i];
	return NULL;
}

struct str
xlsx_mark(const struct xlsx_book *b, struct str sheet, struct str key)
{
	const struct xlsx_sheet *marks = xlsx_sheet(b, S("zs"));

	for (size_t i = 0; marks && i < marks->rows.n; i++) {
		const struct xlsx_row *row = &marks->rows.v[i];

		if (str_eq(xlsx_at(row, 0), sheet) && str_eq(xlsx_at(row, 1), key))
			return xlsx_at(row, 2);
	}
	return S("");
}
