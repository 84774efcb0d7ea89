/* Workbooks: what out/xlsx.c writes is read back by intake/xlsx.c; others' are read too.
 */
#include "test.h"

#include <unistd.h>

#include "base/zip.h"
#include "intake/xlsx.h"
#include "out/xlsx.h"

static const struct str choices[] = { S("已完成"), S("推进中"), S("未启动") };
static const struct column columns[] = {
	{ .title = S("任务代码"), .is_hidden = true },
	{ .title = S("序号"), .kind = COLUMN_INT, .width = 6 },
	{ .title = S("任务"), .width = 40 },
	{ .title = S("完成时限"), .kind = COLUMN_DAY },
	{ .title = S("状态"), .is_input = true, .choices = choices, .n_choices = 3 },
	{ .title = S("进展"), .is_input = true, .width = 50 },
};
static const struct table_mark marks[] = { { S("form"), S("f-2026-1") },
	{ S("unit"), S("司法局") } };
static const struct str texts[] = { S("=1+1"), S("+1"), S("-1"), S("@a"), S("00012"),
	S("440701199001011234"), S("  两端空格  "), S("第一行\n第二行"), S("<b>&\"'"),
	S("𠀀_x000D_"), S("\t制表") };

static struct table
sample(struct cx *cx)
{
	static const struct str notes[] = { S("注：期限以文件为准。") };
	struct table t = { .name = S("司法局[1]"),
		.title = S("任务推进情况表"),
		.columns = columns,
		.n_columns = 6,
		.notes = notes,
		.n_notes = 1,
		.marks = marks,
		.n_marks = 2,
		.paper = PAPER_A3,
		.is_protected = true };

	for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
		table_add(cx->arena, &t,
		    (struct cell[]){
			cell_text(str_fmt(cx->arena, "task/%zu", i)),
			cell_int((int64_t)i - 3),
			cell_text(texts[i]),
			cell_day(i == 2 ? DAY_NONE : day_of(2026, 2, 28) + (int64_t)i),
			cell_text(choices[i % 3]),
			cell_text(S("")),
		    });
	return t;
}

TEST(xlsx_round_trip)
{
	const struct table t = sample(cx);
	struct str bytes;
	struct xlsx_book book = { 0 };
	const struct xlsx_sheet *s;

	CHECK_OK(xlsx_write(cx, &t, 1, 1789000000000, &bytes));
	CHECK_OK(xlsx_read(cx, bytes, &book));
	CHECK(book.n == 2 && book.sheets[1].is_hidden && !book.sheets[0].is_hidden);
	s = xlsx_sheet(&book, S("司法局_1_"));
	if (!s) {
		test_fail(__FILE__, __LINE__, "sheet");
		return;
	}
	CHECK_STR(xlsx_at(&s->rows.v[0], 0), S("任务推进情况表"));
	CHECK(s->merges.n == 2 && s->merges.v[0].last_column == 5);
	for (int c = 0; c < 6; c++)
		CHECK_STR(xlsx_at(&s->rows.v[1], c), columns[c].title);
	CHECK(s->rows.n == 2 + table_rows(&t) + 1 && s->rows.v[1].no == 2);
	for (size_t r = 0; r < table_rows(&t); r++)
		for (size_t c = 0; c < 6; c++)
			CHECK_STR(xlsx_at(&s->rows.v[r + 2], (int)c),
			    cell_str(cx->arena, table_cell(&t, r, c)));
	CHECK_STR(xlsx_mark(&book, s->name, S("unit")), S("司法局"));
	CHECK_STR(xlsx_mark(&book, s->name, S("other")), S(""));
}

/* XML cannot hold every character of a text; the rest of the text stays readable. */
TEST(xlsx_what_xml_forbids)
{
	struct table t = { .name = S("x"), .columns = columns, .n_columns = 1 };
	struct xlsx_book book = { 0 };
	struct str bytes;

	table_add(cx->arena, &t,
	    (struct cell[]){ cell_text(S("前\xEF\xBF\xBE"
					 "后\x01\xEF\xBF\xBF")) });
	CHECK_OK(xlsx_write(cx, &t, 1, 1789000000000, &bytes));
	CHECK_OK(xlsx_read(cx, bytes, &book));
	CHECK_STR(xlsx_at(&book.sheets[0].rows.v[1], 0), S("前\xEF\xBF\xBD"
							   "后\x01\xEF\xBF\xBD"));
}

static struct str
sheet_xml(struct cx *cx, struct str bytes)
{
	struct zip_entries z = { 0 };
	const struct zip_entry *e;

	CHECK_OK(zip_unpack(cx, bytes, S(".xml"), 1 << 20, &z));
	e = zip_find(&z, S("xl/worksheets/sheet1.xml"));
	return e ? e->bytes : S("");
}

TEST(xlsx_is_ready_to_print_and_to_fill_in)
{
	const struct table t = sample(cx);
	struct str bytes, xml;

	CHECK_OK(xlsx_write(cx, &t, 1, 1789000000000, &bytes));
	xml = sheet_xml(cx, bytes);
	CHECK(str_has(xml, S("paperSize=\"8\"")) && str_has(xml, S("landscape")));
	CHECK(str_has(xml, S("state=\"frozen\"")) && str_has(xml, S("ySplit=\"2\"")));
	CHECK(str_has(xml, S("<sheetProtection ")) && str_has(xml, S("hidden=\"1\"")));
	CHECK(str_has(xml, S("fitToWidth")) || str_has(xml, S("fitToHeight=\"0\"")));
	CHECK(str_has(xml, S("type=\"list\"")) && str_has(xml, S("sqref=\"E3:E13\"")));
	CHECK(str_has(xml, S("已完成,推进中,未启动")));
	CHECK(!str_has(xml, S("<f>"))); /* no text became a formula */
	/* two lines of text have a row of two lines */
	CHECK(
	    str_has(xml, S("<row r=\"10\" spans=\"1:6\" ht=\"34\" customHeight=\"1\">")));
	CHECK(str_has(xml, S("<row r=\"9\" spans=\"1:6\">")));
}

TEST(xlsx_same_tables_same_bytes)
{
	const struct table t = sample(cx);
	struct str a, b;

	CHECK_OK(xlsx_write(cx, &t, 1, 1789000000000, &a));
	usleep(2100 * 1000); /* the times in archives have steps of two seconds */
	CHECK_OK(xlsx_write(cx, &t, 1, 1789000000000, &b));
	CHECK(str_eq(a, b));
	CHECK_OK(xlsx_write(cx, &t, 1, 1789000001000, &b));
	CHECK(!str_eq(a, b));
}

TEST(xlsx_sheets_get_names_of_their_own)
{
	struct table t[3] = { sample(cx), sample(cx), sample(cx) };
	struct str bytes;
	struct xlsx_book book = { 0 };

	t[0].name = t[1].name = S(
	    "一二三四五六七八九十一二三四五六七八九十一二三四五六七八九十一二三");
	t[2].name = S("zs");
	CHECK_OK(xlsx_write(cx, t, 3, 0, &bytes));
	CHECK_OK(xlsx_read(cx, bytes, &book));
	CHECK(book.n == 4 && str_chars(book.sheets[0].name) == 31);
	CHECK(xlsx_sheet(&book, S("zs-2")) != NULL);
	for (size_t i = 0; i < book.n; i++)
		CHECK(xlsx_sheet(&book, book.sheets[i].name) == &book.sheets[i]);
}

TEST(xlsx_too_long_a_text_is_refused)
{
	struct table t = sample(cx);
	char *x = arena_alloc(cx->arena, 40000);
	struct str bytes = S("untouched");

	memset(x, 'x', 40000);
	table_add(cx->arena, &t,
	    (struct cell[]){ cell_text((struct str){ x, 40000 }), cell_int(1),
		cell_text(S("")), cell_day(1), cell_text(S("")), cell_text(S("")) });
	CHECK(xlsx_write(cx, &t, 1, 0, &bytes) == ERR_INPUT);
	CHECK_STR(bytes, S("untouched"));
}

/* A workbook as others write it. */
#define PARTS(sheet, properties)                                                           \
	{ S("xl/workbook.xml"), S("<w:workbook xmlns:w='m' xmlns:r='n'>" properties        \
				  "<w:sheets><w:sheet name='表一' "                      \
				  "r:id='rId7'/></w:sheets></w:workbook>") },              \
	    { S("xl/_rels/workbook.xml.rels"),                                             \
		    S("<Relationships><Relationship Id='rId7' Target='/xl/a.xml'/>"        \
		      "</Relationships>") },                                               \
	    { S("xl/a.xml"),                                                               \
		    S("<worksheet><sheetData>" sheet "</sheetData></worksheet>") },        \
	    { S("xl/styles.xml"),                                                          \
		    S("<styleSheet><numFmts><numFmt numFmtId='164' "                       \
		      "formatCode='\"第\"0\"day\"'/>"                                     \
		      "<numFmt numFmtId='165' formatCode='[$-804]yyyy\"年\"m\"月\";@'/>" \
		      "</numFmts><cellXfs><xf numFmtId='0'/><xf numFmtId='14'/>"           \
		      "<xf numFmtId='164'/><xf numFmtId='165'/><xf numFmtId='31'/>"        \
		      "</cellXfs></styleSheet>") },                                        \
	{                                                                                  \
		S("xl/sharedStrings.xml"),                                                 \
		    S("<sst><si><r><t>甲</t></r><r><t>乙_x000A_丙</t></r>"              \
		      "<rPh><t>jia</t></rPh></si><si><t xml:space='preserve'> 丁 "        \
		      "</t></si></sst>")                                                   \
	}

static struct xlsx_book
read_parts(struct cx *cx, const struct zip_entry *parts)
{
	struct xlsx_book book = { 0 };

	CHECK_OK(xlsx_read(cx, zip_pack(cx, parts, 5), &book));
	return book;
}

TEST(xlsx_of_others)
{
	const struct zip_entry parts[] = { PARTS(
	    "<row r='2'><c r='A2' t='s'><v>0</v></c><c r='C2' t='s'><v>1</v></c>"
	    "<c t='inlineStr'><is><r><t>戊</t></r><rPh><t>wu</t></rPh><t>己</t></is></c>"
	    "<c t='b'><v>1</v></c><c t='e'><v>#N/A</v></c>"
	    "<c t='str'><f>A1</f><v>庚</v></c></row>"
	    "<row><c s='1'><v>46286</v></c><c s='2'><v>46286</v></c>"
	    "<c s='3'><v>46286.354166666664</v></c><c s='4'><v>1</v></c><c "
	    "s='1'><v>60</v></c>"
	    "<c s='1'><v>0.5</v></c><c><v>0.30000000000000004</v></c>"
	    "<c><v>1.2E+3</v></c><c><v>4.4070119900101E+17</v></c><c><v>-1E-3</v></c>"
	    "<c s='4'><v>46286.354166666664</v></c></row>"
	    "<row r='5'><c r='A5'/><c r='B5' s='1'/></row>",
	    "") };
	const struct xlsx_book book = read_parts(cx, parts);
	static const struct str first[] = { S("甲乙\n丙"), S(""), S(" 丁 "), S("戊己"),
		S("TRUE"), S("#N/A"), S("庚") };
	static const struct str second[] = { S("2026-09-21"), S("46286"), S("2026年9月"),
		S("1900-01-01"), S("60"), S("12:00"), S("0.3"), S("1200"),
		S("440701199001010000"), S("-0.001"), S("2026-09-21 08:30") };

	if (book.n != 1 || book.sheets[0].rows.n != 2) {
		test_fail(__FILE__, __LINE__, "one sheet of two filled rows");
		return;
	}
	CHECK(book.sheets[0].rows.v[0].no == 2 && book.sheets[0].rows.v[1].no == 3);
	for (int i = 0; i < 7; i++)
		CHECK_STR(xlsx_at(&book.sheets[0].rows.v[0], i), first[i]);
	for (int i = 0; i < 11; i++)
		CHECK_STR(xlsx_at(&book.sheets[0].rows.v[1], i), second[i]);
}

TEST(xlsx_days_from_1904)
{
	const struct zip_entry parts[] = { PARTS(
	    "<row><c s='1'><v>44824</v></c></row>", "<w:workbookPr date1904='1'/>") };
	const struct xlsx_book book = read_parts(cx, parts);

	CHECK_STR(xlsx_at(&book.sheets[0].rows.v[0], 0), S("2026-09-21"));
}

static enum err
read_sheet(struct cx *cx, struct str sheet)
{
	struct zip_entry parts[] = { PARTS("", "") };
	struct xlsx_book book = { 0 };

	parts[2].bytes = sheet;
	return xlsx_read(cx, zip_pack(cx, parts, 5), &book);
}

TEST(xlsx_limits_and_damage)
{
	const struct table t = sample(cx);
	struct xlsx_book book = { 0 };
	struct str bytes;

	CHECK(read_sheet(cx, S("<a><row r='100001'><c><v>1</v></c></row></a>")) ==
	      ERR_INPUT);
	CHECK(str_has(cx->why, S("100000行")));
	CHECK_OK(read_sheet(cx, S("<a><row r='100001'><c s='1'/></row></a>")));
	CHECK(
	    read_sheet(cx, S("<a><row><c r='ALM1'><v>1</v></c></row></a>")) == ERR_INPUT);
	CHECK(str_has(cx->why, S("1000列")));
	CHECK_OK(read_sheet(cx, S("<a><row><c r='ALL1'><v>1</v></c></row></a>")));
	CHECK(read_sheet(cx, S("<a><row r='2'/><row r='2'/></a>")) == ERR_INPUT);
	CHECK(read_sheet(cx, S("<a><row><c r='B1'/><c r='A1'/></row></a>")) == ERR_INPUT);
	CHECK(read_sheet(cx, S("<a><row>")) == ERR_INPUT);
	CHECK(read_sheet(cx, S("<!DOCTYPE a [<!ENTITY x 'y'>]><a/>")) == ERR_INPUT);
	CHECK(xlsx_read(cx, S("\xD0\xCF\x11\xE0..."), &book) == ERR_INPUT);
	CHECK(str_has(cx->why, S("另存为 .xlsx")));
	CHECK(xlsx_read(cx, S(""), &book) == ERR_INPUT);
	CHECK_OK(xlsx_write(cx, &t, 1, 0, &bytes));
	for (size_t n = 0; n < bytes.n; n += 97)
		CHECK(xlsx_read(cx, str_sub(bytes, 0, n), &book) == ERR_INPUT);
	CHECK(book.n == 0);
}
