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
