/* What may come in: names against contents, programs, marks on the first page. */
#include "base/zip.h"
#include "intake/accept.h"
#include "test.h"

static enum accepted
judge(struct cx *cx, const char *name, struct str bytes, const char *says)
{
	struct str why = S("");
	const enum accepted is = accept_judge(cx, str_z(name), bytes, &why);

	CHECK((is == ACCEPTED) == (why.n == 0));
	if (says)
		CHECK(str_has(why, str_z(says)));
	return is;
}

/* A workbook, document … of one part with that text. */
static struct str
office(struct cx *cx, const char *main, const char *part, const char *xml)
{
	const struct zip_entry entries[] = { { S("[Content_Types].xml"), S("<Types/>") },
		{ str_z(main), S("<x/>") }, { str_z(part), str_z(xml) } };

	return zip_pack(cx, entries, 3);
}

static struct str
word(struct cx *cx, const char *body)
{
	const struct str xml = str_fmt(cx->arena,
	    "<w:document xmlns:w=\"w\"><w:body>%s</w:body></w:document>", body);
	const struct zip_entry one = { S("word/document.xml"), xml };

	return zip_pack(cx, &one, 1);
}

TEST(accept_what_names_say)
{
	CHECK(judge(cx, "证明.pdf", S("%PDF-1.7 x"), NULL) == ACCEPTED);
	CHECK(judge(cx, "照片.JPG", S("\xFF\xD8\xFF\xE0 x"), NULL) == ACCEPTED);
	CHECK(judge(cx, "说明.txt", S("正文\n"), NULL) == ACCEPTED);
	CHECK(judge(cx, "说明.txt", S("\xD5\xFD\xCE\xC4\n"), NULL) == ACCEPTED);
	CHECK(judge(cx, "旧.doc", S("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1 x"), NULL) ==
	      ACCEPTED);
	CHECK(judge(cx, "新.docx", word(cx, "<w:p><w:r><w:t>一</w:t></w:r></w:p>"),
		  NULL) == ACCEPTED);
	CHECK(judge(cx, "表.xlsx",
		  office(cx, "xl/workbook.xml", "xl/sharedStrings.xml",
		      "<sst><si><t>序号</t></si></sst>"),
		  NULL) == ACCEPTED);
}

TEST(accept_refuses_what_names_hide)
{
	CHECK(judge(cx, "证明.pdf", S("MZ\x90 x"), "程序") == ACCEPT_REFUSED);
	CHECK(judge(cx, "说明.txt", S("#!/bin/sh\n"), "程序") == ACCEPT_REFUSED);
	CHECK(judge(cx, "安装.exe", S("MZ\x90 x"), "不接受") == ACCEPT_REFUSED);
	CHECK(judge(cx, "证明.pdf", S("正文"), "内容却是纯文本") == ACCEPT_REFUSED);
	CHECK(judge(cx, "说明.txt", S("%PDF-1.7"), "PDF") == ACCEPT_REFUSED);
	CHECK(judge(cx, "说明.txt", S("a\0b"), "文本文件") == ACCEPT_REFUSED);
	CHECK(judge(cx, "材料.zip", word(cx, ""), "不接受") == ACCEPT_REFUSED);
	CHECK(judge(cx, "新.docx", S("PK\x03\x04 cut off"), "已损坏") == ACCEPT_REFUSED);
	CHECK(judge(cx, "新.docx", word(cx, "<w:p>"), "已损坏") == ACCEPT_REFUSED);
	CHECK(judge(cx, "表.xlsx", word(cx, ""), "文字文档") == ACCEPT_REFUSED);
	CHECK(
	    judge(cx, "表.xlsx", office(cx, "xl/workbook.xml", "xl/vbaProject.bin", "x"),
		"宏") == ACCEPT_REFUSED);
}

/* Programs and macros inside of what looks like a document. */
TEST(accept_refuses_what_would_run)
{
	static const char *const parts[] = { "xl/macrosheets/sheet1.xml",
		"xl/embeddings/setup.exe", "word/embeddings/a.js", "x/b.vbs" };

	for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
		CHECK(judge(cx, "表.xlsx", office(cx, "xl/workbook.xml", parts[i], "x"),
			  "程序") == ACCEPT_REFUSED);
	CHECK(judge(cx, "旧.xls",
		  S("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1.._\0V\0B\0A\0_\0P\0R\0O\0J\0E\0C"
		    "\0T\0."),
		  "宏") == ACCEPT_REFUSED);
	CHECK(judge(cx, "某.rtf", S("{\\rtf1 {\\object{\\*\\objdata 0105}}}"), "嵌入") ==
	      ACCEPT_REFUSED);
	CHECK(judge(cx, "某.rtf", S("{\\rtf1 text}"), NULL) == ACCEPTED);
}

/* What is two things at once counts as what its first bytes say, and by its last ending.
 */
TEST(accept_polyglots_and_double_endings)
{
	const struct str zip = word(cx, "<w:p/>");
	const struct str svg = S(
	    "<svg xmlns=\"http://www.w3.org/2000/svg\"><script/></svg>");

	CHECK(judge(cx, "报告.pdf.exe", S("%PDF-1.7"), "不接受") == ACCEPT_REFUSED);
	CHECK(judge(cx, "报告.pdf.js", S("%PDF-1.7"), "不接受") == ACCEPT_REFUSED);
	CHECK(judge(cx, "报告.pdf.", S("%PDF-1.7"), "不接受") == ACCEPT_REFUSED);
	CHECK(judge(cx, "报告\u202Efdp.exe", S("%PDF-1.7"), NULL) == ACCEPT_REFUSED);
	CHECK(judge(cx, "报告\u202Exslx.pdf", S("%PDF-1.7"), "看不见") == ACCEPT_REFUSED);
	CHECK(judge(cx, "报告\n.pdf", S("%PDF-1.7"), "看不见") == ACCEPT_REFUSED);
	CHECK(judge(cx, "图.svg", svg, "不接受") == ACCEPT_REFUSED);
	CHECK(judge(cx, "图.png", svg, "纯文本") == ACCEPT_REFUSED);
	CHECK(judge(cx, "页.html", S("<html>"), "不接受") == ACCEPT_REFUSED);
	CHECK(judge(cx, "图.gif", S("GIF89a/*<script>*/"), NULL) == ACCEPTED);
	CHECK(judge(cx, "图.docx", str_fmt(cx->arena, "GIF89a%.*s", STR_ARG(zip)),
		  "图片") == ACCEPT_REFUSED);
	CHECK(judge(cx, "新.docx", str_fmt(cx->arena, "MZ%.*s", STR_ARG(zip)), "程序") ==
	      ACCEPT_REFUSED);
}

/* A part that unpacks to more than may be read is damage, and is never held whole. */
TEST(accept_refuses_bombs)
{
	const size_t n = (size_t)65 << 20;
	char *zeros = arena_alloc(cx->arena, n);
	struct zip_entry e[2] = { { S("xl/workbook.xml"), S("<x/>") },
		{ S("xl/sharedStrings.xml"), { zeros, n } } };

	memset(zeros, ' ', n);
	const struct str bomb = zip_pack(cx, e, 2);
	CHECK(bomb.n < 1 << 20);
	CHECK(judge(cx, "表.xlsx", bomb, "已损坏") == ACCEPT_REFUSED);
	e[0].name = S("word/settings.xml");
	e[1].name = S("word/document.xml");
	CHECK(judge(cx, "文.docx", zip_pack(cx, e, 2), "不符") == ACCEPT_REFUSED);
}

TEST(accept_refuses_secrets)
{
	/* In a document a mark may be cut into runs. */
	CHECK(
	    judge(cx, "某.docx",
		word(cx, "<w:p><w:r><w:t>机密</w:t></w:r><w:r><w:t>★1年</w:t></w:r></w:p>"
			 "<w:p><w:r><w:t>关于某事</w:t></w:r></w:p>"),
		"机密") == ACCEPT_REFUSED);
	CHECK(judge(cx, "某.xlsx",
		  office(cx, "xl/workbook.xml", "xl/sharedStrings.xml",
		      "<sst><si><t>秘密★</t></si></sst>"),
		  "秘密") == ACCEPT_REFUSED);
	CHECK(judge(cx, "某.ofd",
		  office(cx, "OFD.xml", "Doc_0/Pages/Page_0/Content.xml",
		      "<ofd:P "
		      "xmlns:ofd=\"o\"><ofd:TextObject><ofd:TextCode>绝密★</ofd:TextCode>"
		      "</ofd:TextObject></ofd:P>"),
		  "绝密") == ACCEPT_REFUSED);
	CHECK(judge(cx, "某.txt", S("秘密★1年\n关于某事\n"), "秘密") == ACCEPT_REFUSED);
	CHECK(judge(cx, "某.doc",
		  S("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1..\xD8\x79\xC6\x5B\x05\x26"),
		  "密级") == ACCEPT_REFUSED);
	CHECK(judge(cx, "（秘密）某.pdf", S("%PDF-1.7"), "密级") == ACCEPT_REFUSED);
	CHECK(judge(cx, "绝密.pdf", S("%PDF-1.7"), "密级") == ACCEPT_REFUSED);
	/* To speak of secrets is none. */
	CHECK(judge(cx, "保守国家秘密法宣传方案.pdf", S("%PDF-1.7"), NULL) == ACCEPTED);
	CHECK(judge(cx, "某.txt", S("关于学习保守国家秘密法的通知\n一、总体要求\n"),
		  NULL) == ACCEPTED);
}

TEST(accept_asks_before_internal_papers)
{
	CHECK(
	    judge(cx, "某.txt", S("内部资料  注意保存\n正文\n"), "确认") == ACCEPT_ASKS);
	CHECK(judge(cx, "内部资料.pdf", S("%PDF-1.7"), "确认") == ACCEPT_ASKS);
	CHECK(judge(cx, "某.docx", word(cx, "<w:p><w:r><w:t>工作秘密</w:t></w:r></w:p>"),
		  "确认") == ACCEPT_ASKS);
	CHECK(judge(cx, "某.txt",
		  S("本方案不含国家秘密和工作秘密，各单位可以在内部资料室查阅。\n"),
		  NULL) == ACCEPTED);
}
