/*
 * Plans as Word files and as workbooks: the same text as typed, automatic numbers, merged
 * cells, what is left out, what is refused.
 */
#include "base/buf.h"
#include "base/zip.h"
#include "intake/number.h"
#include "intake/plan_source.h"
#include "intake/text.h"
#include "office.h"
#include "shared.h"
#include "test.h"
#include "web/pages/plan_json.h"

/* ---- a text as a Word file ---- */

static const struct {
	enum number_kind kind;
	const char *format, *pattern;
} levels[] = {
	{ NUMBER_PART, "chineseCountingThousand", "第%1章" },
	{ NUMBER_HAN, "japaneseCounting", "%2、" },
	{ NUMBER_HAN_BRACKET, "chineseCounting", "（%3）" },
	{ NUMBER_DOT, "decimal", "%4." },
	{ NUMBER_CIRCLED, "decimalEnclosedCircleChinese", "%5" },
};
enum { LEVELS = sizeof levels / sizeof *levels };

struct listing {
	struct buf body, nums;
	int count[LEVELS]; /* as Word counts by now */
	int num;           /* the list that goes on */
};

static struct str
numbering_of(struct cx *cx, struct str nums)
{
	struct buf b = { .arena = cx->arena };

	buf_put(&b, S("<w:abstractNum w:abstractNumId=\"7\">"));
	for (int i = 0; i < LEVELS; i++)
		buf_fmt(&b,
		    "<w:lvl w:ilvl=\"%d\"><w:start w:val=\"1\"/><w:numFmt w:val=\"%s\"/>"
		    "<w:suff w:val=\"nothing\"/><w:lvlText w:val=\"%s\"/></w:lvl>",
		    i, levels[i].format, levels[i].pattern);
	buf_put(&b, S("</w:abstractNum>"));
	buf_put(&b, nums);
	return buf_str(&b);
}

/* The list in which the level goes on with this value; a new one where it does not. */
static void
count_to(struct listing *l, int level, int value)
{
	if (!l->num || l->count[level] + 1 != value) {
		l->num++;
		buf_fmt(&l->nums,
		    "<w:num w:numId=\"%d\"><w:abstractNumId w:val=\"7\"/><w:lvlOverride "
		    "w:ilvl=\"%d\"><w:startOverride "
		    "w:val=\"%d\"/></w:lvlOverride></w:num>",
		    l->num, level, value);
	}
	l->count[level] = value;
	for (int i = level + 1; i < LEVELS; i++)
		l->count[i] = 0;
}

/* True where the number is spelled as the list would spell it, and was put so. */
static bool
put_counted(struct cx *cx, struct listing *l, struct str line)
{
	const struct line made = line_make(cx->arena, line);
	const struct number n = number_at(made.f);
	const struct str number = n.value ? line_cut(&made, 0, n.n) : S("");
	const struct str rest = str_sub(line, number.n, line.n);
	struct str open, pattern;

	for (int i = 0; i < LEVELS && number.n && str_starts(line, number); i++) {
		if (levels[i].kind != n.kind || n.value > 99)
			continue;
		pattern = str_z(levels[i].pattern);
		open = str_sub(pattern, 0, str_find(pattern, S("%"), 0));
		if (!str_starts(number, open) ||
		    !str_ends(number, str_sub(pattern, open.n + 2, pattern.n)) ||
		    str_starts(rest, S(" ")))
			return false;
		count_to(l, i, n.value);
		buf_put(&l->body, office_paragraph(cx,
				      str_fmt(cx->arena,
					  "<w:numPr><w:ilvl w:val=\"%d\"/><w:numId "
					  "w:val=\"%d\"/></w:numPr>",
					  i, l->num),
				      rest));
		return true;
	}
	return false;
}

/* Typed, or with each number that can be counted by Word. */
static struct str
as_word(struct cx *cx, struct str text, bool automatic, size_t *counted)
{
	struct listing l = { .body = { .arena = cx->arena },
		.nums = { .arena = cx->arena } };
	struct str line;

	*counted = 0;
	while (str_split(&text, S("\n"), &line)) {
		if (str_ends(line, S("\r")))
			line.n--;
		if (automatic && put_counted(cx, &l, line))
			++*counted;
		else
			buf_put(&l.body, office_paragraph(cx, S(""), line));
	}
	return office_word(cx, &(struct office_word){ .body = buf_str(&l.body),
				   .numbering = numbering_of(cx, buf_str(&l.nums)) });
}

/* `least`: how many numbers Word counts at least; 0 = all are typed. */
static void
same_as_text(struct cx *cx, const char *path, size_t least)
{
	struct plan *p = NULL, *q = NULL;
	struct str bytes, utf8;
	size_t counted;

	CHECK_OK(text_load(cx, path, PLAN_FILE_MAX, &bytes));
	CHECK_OK(text_decode(cx, bytes, &utf8));
	CHECK_OK(plan_read(cx, bytes, &p));
	for (int automatic = 0; automatic < (least ? 2 : 1); automatic++) {
		CHECK_OK(plan_read(cx, as_word(cx, utf8, automatic, &counted), &q));
		CHECK(counted >= (automatic ? least : 0));
		CHECK(p && q && str_eq(plan_json(cx, q), plan_json(cx, p)));
	}
}

TEST(office_word_reads_as_its_text)
{
	same_as_text(cx, "test/golden/plans/brackets.txt", 3);
	same_as_text(cx, "test/golden/plans/lines.txt", 3);
	same_as_text(cx, "test/golden/plans/lines-circled.txt", 1);
	same_as_text(cx, "test/golden/plans/items.txt", 3);
	same_as_text(cx, "test/golden/plans/table.txt", 0);
	same_as_text(cx, "test/golden/plans/grid-tabs.txt", 0);
}

TEST(office_word_of_real_plans)
{
	struct str probe;

	if (!shared_read(cx,
		"plans/"
		"01-广东省人民政府办公厅关于印发广东省推进涉烟打假打私工作方案的通知.txt",
		&probe))
		return;
	same_as_text(cx, "../shared/sources/000_b97c4419305f3b6d.txt", 10);
	same_as_text(cx, "../shared/sources/002_4e84aac5f35be19d.txt", 0);
	same_as_text(cx, "../shared/sources/003_0a28174be0e00f4e.txt", 10);
	same_as_text(cx, "../shared/sources/004_977136e14aa6108a.txt", 10);
	same_as_text(cx,
	    "../shared/data/plans/"
	    "02-重庆市人民政府办公厅关于促进内外贸一体化发展的实施意见.txt",
	    10);
}

/* ---- numbers ---- */

#define LEVEL(i, format, text)                                                    \
	"<w:lvl w:ilvl=\"" i "\"><w:start w:val=\"1\"/><w:numFmt w:val=\"" format \
	"\"/><w:lvlText w:val=\"" text "\"/></w:lvl>"
#define NUM(id, kind) \
	"<w:num w:numId=\"" id "\"><w:abstractNumId w:val=\"" kind "\"/></w:num>"
#define LIST_P(num, level, text)                                                  \
	"<w:p><w:pPr><w:numPr><w:ilvl w:val=\"" level "\"/><w:numId w:val=\"" num \
	"\"/></w:numPr></w:pPr><w:r><w:t>" text "</w:t></w:r></w:p>"
#define STYLE_P(style, text)                                                 \
	"<w:p><w:pPr><w:pStyle w:val=\"" style "\"/></w:pPr><w:r><w:t>" text \
	"</w:t></w:r></w:p>"
#define P(inside) "<w:p>" inside "</w:p>"
#define T(text) "<w:r><w:t>" text "</w:t></w:r>"

static struct docx
word(struct cx *cx, struct office_word w)
{
	struct docx d = { 0 };

	CHECK_OK(docx_read(cx, office_word(cx, &w), &d));
	return d;
}

TEST(office_word_counts_levels)
{
	const struct docx d = word(
	    cx, (struct office_word){
		    .body = S(LIST_P("1", "0", "甲") LIST_P("1", "1", "乙") LIST_P(
			"1", "1", "丙") LIST_P("1", "2", "丁") LIST_P("1", "0", "戊")
			    LIST_P("1", "1", "己") LIST_P("2", "0", "另") LIST_P("0", "0",
				"无") LIST_P("3", "0", "点") LIST_P("9", "0", "缺")),
		    .numbering = S("<w:abstractNum w:abstractNumId=\"0\">" LEVEL(
			"0", "chineseCounting", "%1、") LEVEL("1", "decimal",
			"%1.%2") "<w:lvl w:ilvl=\"2\"><w:start w:val=\"1\"/><w:numFmt "
				 "w:val=\"lowerLetter\"/><w:isLgl/><w:lvlText "
				 "w:val=\"%1.%2.%3\"/></w:lvl></w:abstractNum>"
				 "<w:abstractNum w:abstractNumId=\"1\">" LEVEL("0",
				     "bullet", "\xEF\x82\xB7") "</w:abstractNum>" NUM("1",
				     "0") "<w:num w:numId=\"2\"><w:abstractNumId "
					  "w:val=\"0\"/><w:lvlOverride "
					  "w:ilvl=\"0\"><w:startOverride "
					  "w:val=\"1\"/></w:lvlOverride></w:num>" NUM(
					      "3", "1")) });

	CHECK_STR(d.text, S("一、甲\n一.1 乙\n一.2 丙\n1.2.1 丁\n二、戊\n二.1 "
			    "己\n一、另\n无\n点\n缺\n"));
}

TEST(office_word_spells_numbers)
{
	static const struct {
		const char *format, *eleventh;
	} formats[] = { { "chineseCountingThousand", "十一" },
		{ "ideographDigital", "一一" }, { "chineseLegalSimplified", "壹" },
		{ "ideographTraditional", "甲" }, { "decimalEnclosedCircle", "⑪" },
		{ "decimalEnclosedParen", "⑾" }, { "decimalZero", "11" },
		{ "upperLetter", "K" }, { "lowerRoman", "xi" }, { "other", "11" } };

	for (size_t i = 0; i < sizeof formats / sizeof *formats; i++) {
		const struct docx d = word(
		    cx, (struct office_word){ .body = S(LIST_P("1", "0", "甲")),
			    .numbering = str_fmt(cx->arena,
				"<w:abstractNum w:abstractNumId=\"0\"><w:lvl "
				"w:ilvl=\"0\"><w:start w:val=\"11\"/><w:numFmt "
				"w:val=\"%s\"/><w:lvlText "
				"w:val=\"%%1)\"/></w:lvl></w:abstractNum>" NUM("1", "0"),
				formats[i].format) });

		CHECK_STR(d.text, str_fmt(cx->arena, "%s)甲\n", formats[i].eleventh));
	}
}

TEST(office_word_counts_by_styles)
{
	const struct docx d = word(
	    cx, (struct office_word){
		    .body = S(STYLE_P("a", "总则") STYLE_P("b", "目的")
			    STYLE_P("c", "依据") STYLE_P("a", "职责")
				STYLE_P("TOC1", "目录里的一行") STYLE_P("11", "又一行")),
		    .numbering = S(
			"<w:abstractNum w:abstractNumId=\"0\"><w:lvl "
			"w:ilvl=\"0\"><w:start w:val=\"1\"/><w:numFmt "
			"w:val=\"chineseCounting\"/><w:pStyle "
			"w:val=\"a\"/><w:lvlText w:val=\"第%1章\"/></w:lvl><w:lvl "
			"w:ilvl=\"1\"><w:start w:val=\"1\"/><w:numFmt "
			"w:val=\"chineseCounting\"/><w:pStyle "
			"w:val=\"b\"/><w:lvlText "
			"w:val=\"（%2）\"/></w:lvl></w:abstractNum>" NUM("1", "0")),
		    .styles = S(
			"<w:style w:type=\"paragraph\" "
			"w:styleId=\"a\"><w:pPr><w:numPr><w:numId "
			"w:val=\"1\"/></w:numPr></w:pPr></w:style><w:style "
			"w:styleId=\"b\"><w:pPr><w:numPr><w:ilvl w:val=\"1\"/><w:numId "
			"w:val=\"1\"/></w:numPr></w:pPr></w:style><w:style "
			"w:styleId=\"c\"><w:basedOn w:val=\"b\"/></w:style><w:style "
			"w:styleId=\"11\"><w:name w:val=\"toc 1\"/></w:style>") });

	CHECK_STR(d.text, S("第一章 总则\n（一）目的\n（二）依据\n第二章 职责\n"));
	CHECK(d.left.n == 1 && d.left.v[0].kind == LEFT_CONTENTS &&
	      d.left.v[0].count == 2 && d.left.v[0].line == 5);
}

/* ---- what is kept and what is left out ---- */

TEST(office_word_takes_what_is_shown)
{
	const struct docx d = word(cx,
	    (struct office_word){
		.body = S(P("<w:pPr><w:tabs><w:tab w:pos=\"1\"/></w:tabs></w:pPr>" T(
		    "一") "<w:ins>" T("二") "</w:ins><w:del><w:r><w:delText>删"
					    "</w:delText></w:r></w:del>" T("三"))
			P("<w:moveFrom>" T("移") "</w:moveFrom><w:moveTo>" T(
			    "到") "</w:moveTo><w:r><w:rPr><w:vanish/></w:rPr><w:t>藏</"
				  "w:t>"
				  "</w:r><w:r><w:br/><w:t>行</w:t><w:tab/>"
				  "<w:noBreakHyphen/></w:r>")
			    P("<w:pPr><w:rPr><w:del/>"
			      "</w:rPr></w:pPr>" T("前")) P(T("后"))
				P("<w:pPr><w:pPrChange><w:pPr><w:numPr><w:numId "
				  "w:val=\"1\"/></w:numPr></w:pPr></w:pPrChange></"
				  "w:pPr>" T("今") "<w:r><w:drawing><a><txbxContent>" P(
				      T("框")) "</txbxContent></a></w:drawing></w:r><w:r>"
					       "<w:pict><imagedata/></w:pict></w:r>")),
		.numbering = S("<w:abstractNum w:abstractNumId=\"0\">" LEVEL(
		    "0", "decimal", "%1.") "</w:abstractNum>" NUM("1", "0")),
		.part_name = S("word/footnotes.xml"),
		.part = S("<n xmlns:w=\"x\"><w:footnote w:type=\"separator\"/>"
			  "<w:footnote><w:p><w:r><w:t>注</w:t></w:r></w:p></w:footnote>"
			  "</n>") });
	static const struct {
		enum left_kind kind;
		size_t line;
		const char *text;
	} left[] = { { LEFT_DELETED, 1, "删" }, { LEFT_HIDDEN, 2, "藏" },
		{ LEFT_BOX, 5, "框" }, { LEFT_PICTURE, 5, "" }, { LEFT_NOTE, 6, "注" } };

	CHECK_STR(d.text, S("一二三\n到\n行\t-\n前后\n今\n"));
	CHECK(d.left.n == 5);
	for (size_t i = 0; i < 5 && i < d.left.n; i++) {
		CHECK(d.left.v[i].kind == left[i].kind && d.left.v[i].count == 1);
		CHECK(d.left.v[i].line == left[i].line);
		CHECK_STR(d.left.v[i].text, str_z(left[i].text));
	}
	CHECK_STR(d.aside, S("框\n注\n"));
}

/* ---- tables ---- */

static struct str
listed(struct cx *cx, const struct strs *list)
{
	return str_join(cx->arena, list->v, list->n, S("/"));
}

/* line no|measure|text|leaders|lead|units|limit, a line a task; then the damage. */
static struct str
told(struct cx *cx, const struct plan *p)
{
	struct buf b = { .arena = cx->arena };

	if (!p)
		return cx->why;
	for (size_t i = 0; i < p->tasks.n; i++) {
		const struct plan_task *t = &p->tasks.v[i];
		struct str measure = S("");

		for (size_t m = 0; m < p->measures.n; m++)
			if (str_eq(p->measures.v[m].no, t->measure))
				measure = p->measures.v[m].title;
		buf_fmt(&b, "%zu %.*s|%.*s|%.*s|", t->line, STR_ARG(t->no),
		    STR_ARG(measure), STR_ARG(t->text));
		buf_fmt(&b, "%.*s|%.*s|%.*s|", STR_ARG(listed(cx, &t->leaders)),
		    STR_ARG(listed(cx, &t->lead)), STR_ARG(listed(cx, &t->units)));
		buf_put(&b, t->deadline.kind == DEADLINE_DATE
				? day_iso(cx->arena, t->deadline.by)
				: str_z(plan_deadline_name(t->deadline.kind)));
		buf_put_byte(&b, '\n');
	}
	for (size_t i = 0; i < p->damage.n; i++)
		buf_fmt(&b, "! %zu %s %.*s\n", p->damage.v[i].line,
		    plan_why_name(p->damage.v[i].why), STR_ARG(p->damage.v[i].text));
	return buf_str(&b);
}

static const char drawn
    [] = "云岭县法治建设任务分工表|<|<|<|<|<|<\n"
	 "序号|重点任务|具体/举措|责任单位|<|责任领导|完成日期\n"
	 "^|^|^|牵头|配合|^|^\n"
	 "一、依法决策|<|<|<|<|<|<\n"
	 "1|完善清单制度|公布权责清单|县委编办|县司法局/县财政局|周明|2025年6月底前\n"
	 "2|^|动态调整清单|^|^|^|长期坚持\n"
	 "二、规范执法|<|<|<|<|<|<\n"
	 "3|规范执法|开展案卷评查；/通报结果|县司法局||李一航/王芳|2025年\n"
	 "^|^|培训执法人员|县市场监督/管理局|县司法局|^|^\n"
	 "4|加强监督|开展督察|县司法局|县公安局|赵国强|2025年12月\n"
	 "^|^|^|^|县财政局|^|^\n";

static const char told_of_drawn
    [] = "5 1|完善清单制度|公布权责清单|周明|县委编办|县司法局/县财政局|2025-06-30\n"
	 "6 2|完善清单制度|动态调整清单|周明|县委编办|县司法局/县财政局|continuous\n"
	 "8 3a|规范执法|开展案卷评查；通报结果|李一航/王芳|县司法局||2025-12-31\n"
	 "9 3b|规范执法|培训执法人员|李一航/王芳|县市场监督管理局|县司法局|2025-12-31\n"
	 "10 4|加强监督|开展督察|赵国强|县司法局|县公安局/县财政局|2025-12-31\n";

TEST(office_merged_cells_belong_to_their_rows)
{
	const struct office_sheet sheet = { "Sheet1", drawn, false };
	struct plan *p = NULL;

	CHECK_OK(plan_read(cx,
	    office_word(
		cx, &(struct office_word){ .body = office_word_table(cx, drawn) }),
	    &p));
	CHECK_STR(told(cx, p), str_z(told_of_drawn));
	CHECK_STR(p ? p->title : cx->why, S("云岭县法治建设任务分工表"));
	CHECK(p && p->sections.n == 2 && p->remainder == 0);
	CHECK_OK(plan_read(cx, office_book(cx, &sheet, 1), &p));
	CHECK_STR(told(cx, p), str_z(told_of_drawn));
	CHECK_STR(p ? p->title : cx->why, S("云岭县法治建设任务分工表"));
	CHECK(p && p->sections.n == 2 && p->remainder == 0);
}

TEST(office_table_goes_on_behind_a_page)
{
	const struct str body = str_fmt(cx->arena, "%.*s%.*s%.*s%.*s%.*s",
	    STR_ARG(office_paragraph(cx, S(""), S("某县2025年工作要点任务分工方案"))),
	    STR_ARG(office_word_table(cx, "序号|工作任务|牵头单位|完成时限\n"
					  "1|公布清单|县委编办|6月底\n")),
	    STR_ARG(office_paragraph(cx, S(""), S(""))),
	    STR_ARG(office_word_table(cx, "2|评查案卷|县司法局|年底前\n")),
	    STR_ARG(office_word_table(cx, "序号|责任单位|工作任务|时间节点\n"
					  "3|县公安局|培训人员|长期\n")));
	struct plan *p = NULL;

	CHECK_OK(
	    plan_read(cx, office_word(cx, &(struct office_word){ .body = body }), &p));
	CHECK_STR(told(cx, p),
	    S("3 1||公布清单||县委编办||2025-06-30\n5 2||评查案卷||县司法局||2025-12-31\n"
	      "7 3||培训人员|||县公安局|continuous\n! 7 no-lead-rule "
	      "责任单位没有写明谁牵头\n"));
}

TEST(office_sheets_of_a_county)
{
	static const struct office_sheet sheets[] = {
		{ "填表说明", "请各单位对照填写。\n", false },
		{ "依法决策",
		    "附件1|<|<|<\n云岭县2025年法治工作任务清单|<|<|<\n"
		    "序号|工作内容|责任单位/（列第一的为牵头单位）|完成时间|\n"
		    "1|公布目录|县政府办、县司法局|@46022|甲\n"
		    "2|听证|县司法局|@m45809\n",
		    false },
		{ "规范执法",
		    "序号|工作内容|责任单位|完成时间\n1|评查案卷|县司法局，县公安局|"
		    "尽快\n",
		    false },
		{ "旧", "序号|工作内容|责任单位|完成时间\n9|作废|县司法局|长期\n", true },
	};
	struct plan_source source;
	struct plan *p = NULL;

	CHECK_OK(plan_source_open(cx, office_book(cx, sheets, 4), &source));
	CHECK(source.kind == PLAN_SOURCE_SHEET);
	CHECK_OK(plan_read_source(cx, &source, &p));
	CHECK_STR(told(cx, p), S("5 1-1||公布目录||县政府办|县司法局|2025-12-31\n"
				 "6 1-2||听证||县司法局||2025-06-30\n"
				 "9 2-1||评查案卷（尽快）||县司法局|县公安局|none\n"
				 "! 1 left-out 其他工作表：填表说明\n"
				 "! 5 left-out 表头之外的单元格：甲\n"));
	CHECK_STR(p ? p->title : cx->why, S("云岭县2025年法治工作任务清单"));
	CHECK(p && p->sections.n == 2);
	if (p)
		CHECK_STR(p->sections.v[1].title, S("规范执法"));
}

/* A sheet with two of our titles and more of its own is not ours. */
TEST(office_sheet_like_ours)
{
	static const struct office_sheet sheet = { "a",
		"某县任务分工\n序号|具体任务|牵头单位|配合单位|完成时限\n"
		"1|开展案卷评查|县司法局|县公安局、县财政局|2025-12-31\n",
		false };
	struct plan *p = NULL;

	CHECK_OK(plan_read(cx, office_book(cx, &sheet, 1), &p));
	CHECK_STR(
	    told(cx, p), S("3 1||开展案卷评查||县司法局|县公安局/县财政局|2025-12-31\n"));
}

/* ---- refusals ---- */

static void
refused(struct cx *cx, struct str bytes, const char *word)
{
	struct plan *p;

	CHECK(plan_read(cx, bytes, &p) == ERR_INPUT);
	if (!str_has(cx->why, str_z(word)))
		CHECK_STR(cx->why, str_z(word));
}

TEST(office_refuses_what_no_plan_can_be)
{
	const struct zip_entry macros[] = { { S("word/document.xml"), S("<a/>") },
		{ S("word/vbaProject.bin"), S("x") } };
	const struct zip_entry book[] = { { S("xl/workbook.xml"), S("<a/>") },
		{ S("xl/vbaProject.bin"), S("x") } };
	const struct zip_entry broken = { S("word/document.xml"), S("<w:p>") };
	const struct zip_entry other = { S("word/document2.xml"), S("<a/>") };
	struct buf deep = { .arena = cx->arena }, wide = { .arena = cx->arena };
	char *much = arena_alloc(cx->arena, 65 << 20);
	const struct zip_entry bomb = { S("word/document.xml"), { much, 65 << 20 } };

	for (int i = 0; i < 300; i++)
		buf_put(&deep, S("<w:sdt>"));
	for (int i = 0; i < 300; i++)
		buf_put(&deep, S("</w:sdt>"));
	for (int i = 0; i < 50002; i++)
		buf_put(&wide, S("<w:p/>"));
	refused(cx, zip_pack(cx, macros, 2), "宏");
	refused(cx, zip_pack(cx, book, 2), "宏");
	refused(cx, zip_pack(cx, &broken, 1), "打不开");
	refused(cx, zip_pack(cx, &other, 1), "缺少 word/document.xml");
	refused(cx, zip_pack(cx, &bomb, 1), "太大");
	refused(
	    cx, office_word(cx, &(struct office_word){ .body = buf_str(&deep) }), "太深");
	refused(
	    cx, office_word(cx, &(struct office_word){ .body = buf_str(&wide) }), "太多");
	refused(cx, S("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 old"), ".docx");
	refused(cx,
	    S("\xd0\xcf\x11\xe0 E\0n\0c\0r\0y\0p\0t\0e\0d\0P\0a\0c\0k\0a\0g\0e\0"),
	    "密码");
}

TEST(office_word_marked_secret)
{
	const struct str body = office_paragraph(
	    cx, S(""), S("1.做事。（县司法局负责）"));

	refused(cx,
	    office_word(cx, &(struct office_word){ .body = body,
				.part_name = S("word/header1.xml"),
				.part = S("<w:hdr xmlns:w=\"x\"><w:p><w:r><w:t>机密★1年"
					  "</w:t></w:r></w:p></w:hdr>") }),
	    "密级");
	refused(cx,
	    office_word(cx, &(struct office_word){ .body = str_fmt(cx->arena, "%.*s%.*s",
						       STR_ARG(office_paragraph(
							   cx, S(""), S("秘密★3年"))),
						       STR_ARG(body)) }),
	    "秘密");
}
