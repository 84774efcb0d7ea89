/*
 * First what the file is, by its first bytes and, of containers, by what is inside; then
 * whether its name says the same; then what its first page is marked with.
 */
#include "intake/accept.h"

#include <string.h>

#include "base/buf.h"
#include "base/zip.h"
#include "intake/forms.h"
#include "intake/text.h"
#include "lang/xml.h"

enum file_kind {
	FILE_TEXT,
	FILE_PDF,
	FILE_OFD,
	FILE_WORD,
	FILE_SHEET,
	FILE_SLIDES,
	FILE_OLD_OFFICE, /* doc, xls, ppt and the like; also what is encrypted */
	FILE_RTF,
	FILE_PICTURE,
	FILE_ARCHIVE,
	FILE_PROGRAM,
	FILE_UNKNOWN,
};

static const char *const kind_titles[] = {
	[FILE_TEXT] = "纯文本",
	[FILE_PDF] = " PDF 文件",
	[FILE_OFD] = " OFD 文件",
	[FILE_WORD] = "文字文档",
	[FILE_SHEET] = "电子表格",
	[FILE_SLIDES] = "演示文稿",
	[FILE_OLD_OFFICE] = "旧格式或者加密的办公文档",
	[FILE_RTF] = " RTF 文档",
	[FILE_PICTURE] = "图片",
	[FILE_ARCHIVE] = "压缩包",
	[FILE_PROGRAM] = "程序",
	[FILE_UNKNOWN] = "无法识别的内容",
};

static const struct {
	struct str magic;
	enum file_kind kind;
} signatures[] = {
	{ S("%PDF-"), FILE_PDF },
	{ S("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"), FILE_OLD_OFFICE },
	{ S("{\\rtf"), FILE_RTF },
	{ S("\xFF\xD8\xFF"), FILE_PICTURE },
	{ S("\x89PNG\r\n\x1A\n"), FILE_PICTURE },
	{ S("GIF8"), FILE_PICTURE },
	{ S("II*\0"), FILE_PICTURE },
	{ S("MM\0*"), FILE_PICTURE },
	{ S("BM"), FILE_PICTURE },
	{ S("Rar!"), FILE_ARCHIVE },
	{ S("7z\xBC\xAF\x27\x1C"), FILE_ARCHIVE },
	{ S("\x1F\x8B"), FILE_ARCHIVE },
	{ S("MZ"), FILE_PROGRAM },
	{ S("\x7F"
	    "ELF"),
	    FILE_PROGRAM },
	{ S("\xCF\xFA\xED\xFE"), FILE_PROGRAM },
	{ S("\xCE\xFA\xED\xFE"), FILE_PROGRAM },
	{ S("\xCA\xFE\xBA\xBE"), FILE_PROGRAM },
	{ S("L\0\0\0\x01\x14\x02\0"), FILE_PROGRAM }, /* a shortcut of Windows */
	{ S("#!"), FILE_PROGRAM },
};

/* What a name may say, and what may stand behind it. */
static const struct {
	const char *ends;
	enum file_kind kinds[2];
} names[] = {
	{ ".txt", { FILE_TEXT, FILE_TEXT } },
	{ ".csv", { FILE_TEXT, FILE_TEXT } },
	{ ".pdf", { FILE_PDF, FILE_PDF } },
	{ ".ofd", { FILE_OFD, FILE_OFD } },
	{ ".doc", { FILE_OLD_OFFICE, FILE_RTF } },
	{ ".docx", { FILE_WORD, FILE_WORD } },
	{ ".wps", { FILE_OLD_OFFICE, FILE_WORD } },
	{ ".rtf", { FILE_RTF, FILE_RTF } },
	{ ".xls", { FILE_OLD_OFFICE, FILE_OLD_OFFICE } },
	{ ".xlsx", { FILE_SHEET, FILE_SHEET } },
	{ ".et", { FILE_OLD_OFFICE, FILE_SHEET } },
	{ ".ppt", { FILE_OLD_OFFICE, FILE_OLD_OFFICE } },
	{ ".pptx", { FILE_SLIDES, FILE_SLIDES } },
	{ ".dps", { FILE_OLD_OFFICE, FILE_SLIDES } },
	{ ".jpg", { FILE_PICTURE, FILE_PICTURE } },
	{ ".jpeg", { FILE_PICTURE, FILE_PICTURE } },
	{ ".png", { FILE_PICTURE, FILE_PICTURE } },
	{ ".gif", { FILE_PICTURE, FILE_PICTURE } },
	{ ".bmp", { FILE_PICTURE, FILE_PICTURE } },
	{ ".tif", { FILE_PICTURE, FILE_PICTURE } },
	{ ".tiff", { FILE_PICTURE, FILE_PICTURE } },
};

/* Where the first page of a container stands, in which elements, what ends a line. */
static const struct {
	enum file_kind kind;
	struct str part;
	struct str text, line;
} pages[] = {
	{ FILE_WORD, S("word/header1.xml"), S("t"), S("p") },
	{ FILE_WORD, S("word/header2.xml"), S("t"), S("p") },
	{ FILE_WORD, S("word/document.xml"), S("t"), S("p") },
	{ FILE_SHEET, S("xl/sharedStrings.xml"), S("t"), S("si") },
	{ FILE_SHEET, S("xl/worksheets/sheet1.xml"), S("t"), S("c") },
	{ FILE_SLIDES, S("ppt/slides/slide1.xml"), S("t"), S("p") },
	{ FILE_OFD, S("Pages/Page_0/Content.xml"), S("TextCode"), S("TextObject") },
};

enum { LINES_MAX = 40, PART_MAX = 64 << 20 };

struct looking {
	struct cx *cx;
	struct str bytes;
	enum file_kind kind;
	LIST(struct line) lines; /* of the first page, as far as it can be read */
};

/* ---- what it is ---- */

static bool
zip_holds(struct cx *cx, struct str bytes, struct str suffix)
{
	struct zip_entries found = { 0 };

	return zip_unpack(cx, bytes, suffix, PART_MAX, &found) == ERR_OK && found.n > 0;
}

/* Macros of today, macro sheets of 1992 that still run, programs packed as objects. */
static const struct str inside_programs[] = { S("vbaProject.bin"),
	S("macrosheets/sheet1.xml"), S(".exe"), S(".dll"), S(".js"), S(".vbs"),
	S(".hta") };

/* The name of the folder of macros as the directory of an old office file has it. */
static const struct str old_macros = S("_\0V\0B\0A\0_\0P\0R\0O\0J\0E\0C\0T\0");

static enum file_kind
kind_of_zip(struct cx *cx, struct str bytes)
{
	struct zip_entries none = { 0 };

	/* A suffix that nothing has: only the list of entries is read. */
	if (zip_unpack(cx, bytes, S("/\n"), PART_MAX, &none) != ERR_OK)
		return FILE_UNKNOWN;
	for (size_t i = 0; i < sizeof inside_programs / sizeof *inside_programs; i++)
		if (zip_holds(cx, bytes, inside_programs[i]))
			return FILE_PROGRAM;
	if (zip_holds(cx, bytes, S("word/document.xml")))
		return FILE_WORD;
	if (zip_holds(cx, bytes, S("xl/workbook.xml")))
		return FILE_SHEET;
	if (zip_holds(cx, bytes, S("ppt/presentation.xml")))
		return FILE_SLIDES;
	return zip_holds(cx, bytes, S("OFD.xml")) ? FILE_OFD : FILE_ARCHIVE;
}

static enum file_kind
kind_of_old(struct str bytes, enum file_kind kind)
{
	if (kind == FILE_OLD_OFFICE && str_has(bytes, old_macros))
		return FILE_PROGRAM;
	if (kind == FILE_RTF && str_has(bytes, S("\\objdata")))
		return FILE_PROGRAM;
	return kind;
}

static enum file_kind
kind_of(struct cx *cx, struct str bytes)
{
	struct str text;

	if (str_starts(bytes, S("PK\x03\x04")))
		return kind_of_zip(cx, bytes);
	for (size_t i = 0; i < sizeof signatures / sizeof *signatures; i++)
		if (str_starts(bytes, signatures[i].magic))
			return kind_of_old(bytes, signatures[i].kind);
	return text_decode(cx, bytes, &text) == ERR_OK ? FILE_TEXT : FILE_UNKNOWN;
}

/* ---- what its name says ---- */

static struct str
lower(struct cx *cx, struct str s)
{
	char *p = arena_alloc(cx->arena, s.n + 1);

	for (size_t i = 0; i < s.n; i++)
		p[i] = (char)(s.p[i] >= 'A' && s.p[i] <= 'Z' ? s.p[i] + ('a' - 'A')
							     : s.p[i]);
	return (struct str){ p, s.n };
}

/* Why content of this kind does not stand behind that end of a name. */
static struct str
misfit(struct looking *l, struct str name, size_t i)
{
	struct arena *a = l->cx->arena;

	if (l->kind == FILE_PROGRAM)
		return str_fmt(
		    a, "“%.*s”是程序，或者含有宏、嵌入的程序，不能上传", STR_ARG(name));
	if (l->kind == FILE_UNKNOWN && names[i].kinds[0] == FILE_TEXT)
		return str_fmt(a, "“%.*s”：%.*s", STR_ARG(name),
		    STR_ARG(l->cx->why)); /* of text_decode */
	if (l->kind == FILE_UNKNOWN)
		return str_fmt(a,
		    "“%.*s”已损坏，不能打开。请用原来的软件打开后重新保存，再上传",
		    STR_ARG(name));
	return str_fmt(a,
	    "“%.*s”的内容与文件名不符：文件名以 %s 结尾，内容却是%s。"
	    "请用原来的软件打开后重新保存，再上传",
	    STR_ARG(name), names[i].ends, kind_titles[l->kind]);
}

/* Marks that turn the direction of writing make 报告\u202Efdp.exe look like 报告exe.pdf.
 */
static bool
name_is_plain(struct str name)
{
	for (size_t i = 0; i < name.n;) {
		const uint32_t c = str_next(name, &i);

		if (c < 0x20 || c == 0x7f || c == 0x200e || c == 0x200f ||
		    (c >= 0x202a && c <= 0x202e) || (c >= 0x2066 && c <= 0x2069))
			return false;
	}
	return true;
}

static bool
name_fits(struct looking *l, struct str name, struct str *why)
{
	const struct str small = lower(l->cx, name);

	if (!name_is_plain(name)) {
		*why = S("文件名含有看不见的字符，请改名后再上传");
		return false;
	}
	for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
		if (!str_ends(small, str_z(names[i].ends)))
			continue;
		if (l->kind == names[i].kinds[0] || l->kind == names[i].kinds[1])
			return true;
		*why = misfit(l, name, i);
		return false;
	}
	*why = str_fmt(l->cx->arena,
	    "不接受“%.*s”这种文件。可以上传 PDF、OFD、WPS 和 Office 文档、表格、"
	    "纯文本和图片",
	    STR_ARG(name));
	return false;
}

/* ---- its first page ---- */

struct page_sink {
	struct looking *l;
	struct str text, line;
	struct buf now;
	bool in_text, enough;
};

static const char *
sink_open(void *self, struct str name, const struct xml_attribute *v, size_t n, int line)
{
	struct page_sink *s = self;

	(void)v;
	(void)n;
	(void)line;
	s->in_text = str_eq(name, s->text);
	s->enough = s->l->lines.n >= LINES_MAX;
	return s->enough ? "enough" : NULL;
}

static const char *
sink_text(void *self, struct str piece)
{
	struct page_sink *s = self;

	if (s->in_text)
		buf_put(&s->now, piece);
	return NULL;
}

static void
line_add(struct looking *l, struct str s)
{
	struct line *line;

	if (!text_trim(s).n)
		return;
	line = list_add(l->cx->arena, &l->lines);
	*line = line_make(l->cx->arena, text_trim(s));
	line->no = l->lines.n;
}

static void
sink_close(void *self, struct str name)
{
	struct page_sink *s = self;

	s->in_text = false;
	if (!str_eq(name, s->line))
		return;
	line_add(s->l, str_copy(s->l->cx->arena, buf_str(&s->now)));
	s->now = (struct buf){ .arena = s->l->cx->arena };
}

static bool
part_read(struct looking *l, struct str xml, struct str text, struct str line)
{
	struct page_sink own = { .l = l, .text = text, .line = line };
	const struct xml_sink sink = { &own, sink_open, sink_text, sink_close };

	own.now.arena = l->cx->arena;
	l->lines.n = 0; /* each part has a head of its own */
	return xml_scan(l->cx, xml, &sink) == ERR_OK || own.enough;
}

static void
text_read(struct looking *l)
{
	struct str text, line;

	if (text_decode(l->cx, l->bytes, &text) != ERR_OK)
		return;
	while (l->lines.n < LINES_MAX && str_split(&text, S("\n"), &line))
		line_add(l, line);
}

/* ---- marks ---- */

static const struct str grades[] = { S("绝密"), S("机密"), S("秘密") };
/* The same with the star, in the two encodings of old office files. */
static const struct str starred[] = { S("\xDD\x7E\xC6\x5B\x05\x26"),
	S("\x3A\x67\xC6\x5B\x05\x26"), S("\xD8\x79\xC6\x5B\x05\x26"),
	S("\xBE\xF8\xC3\xDC\xA1\xEF"), S("\xBB\xFA\xC3\xDC\xA1\xEF"),
	S("\xC3\xD8\xC3\xDC\xA1\xEF") };

static const char
    advice[] = "涉及国家秘密的文件不得在本系统存储、处理、传输（保守国家秘密法），"
	       "没有保存任何内容；请按保密规定处理，成果材料可以改填文号";

static bool
is_one_of(struct str s, const struct str *list, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (str_starts(s, list[i]))
			return true;
	return false;
}

/* 秘密★1年.doc, （机密）某某.doc, 绝密.doc; but not 保守国家秘密法宣传方案.doc. */
static bool
name_is_secret(struct str name)
{
	static const struct str stars[] = { S("★"), S("☆"), S("*"), S("）"), S(")"),
		S("】"), S("]"), S("〕"), S("-"), S("_") };

	for (size_t g = 0; g < sizeof grades / sizeof *grades; g++) {
		const size_t at = str_find(name, grades[g], 0);
		struct str rest;

		if (at == SIZE_MAX)
			continue;
		rest = str_sub(name, at + grades[g].n, name.n);
		if ((at == 0 && str_find(rest, S("."), 0) == 0) ||
		    is_one_of(rest, stars, sizeof stars / sizeof *stars))
			return true;
	}
	return false;
}

static bool
old_office_is_secret(struct str bytes)
{
	for (size_t i = 0; i < sizeof starred / sizeof *starred; i++)
		if (str_has(bytes, starred[i]))
			return true;
	return false;
}

/* 内部资料 注意保存, 工作秘密: a line of its own in the head, or part of the name. */
static bool
is_internal(const struct looking *l, struct str name)
{
	static const struct str marks[] = { S("内部资料"), S("内部文件"), S("工作秘密"),
		S("内部事项") };

	for (size_t m = 0; m < sizeof marks / sizeof *marks; m++) {
		if (str_has(name, marks[m]))
			return true;
		for (size_t i = 0; i < l->lines.n; i++)
			if (str_has(l->lines.v[i].f, marks[m]) &&
			    str_chars(l->lines.v[i].f) <= 16)
				return true;
	}
	return false;
}

/* The lines read so far: false when they are marked. */
static bool
lines_fit_in(struct looking *l, struct str *why)
{
	const struct text head = { .v = l->lines.v, .n = l->lines.n };

	if (head_refuse_secret(l->cx, &head) == ERR_OK)
		return true;
	*why = l->cx->why;
	return false;
}

static enum accepted
first_page(struct looking *l, struct str name, bool *internal, struct str *why)
{
	if (l->kind == FILE_TEXT) {
		text_read(l);
		*internal |= is_internal(l, name);
		return lines_fit_in(l, why) ? ACCEPTED : ACCEPT_REFUSED;
	}
	for (size_t i = 0; i < sizeof pages / sizeof *pages; i++) {
		struct zip_entries found = { 0 };

		if (pages[i].kind != l->kind)
			continue;
		if (zip_unpack(l->cx, l->bytes, pages[i].part, PART_MAX, &found) !=
			ERR_OK ||
		    (found.n &&
			!part_read(l, found.v[0].bytes, pages[i].text, pages[i].line))) {
			*why = str_fmt(l->cx->arena,
			    "“%.*s”已损坏，不能打开，请重新保存后再上传", STR_ARG(name));
			return ACCEPT_REFUSED;
		}
		*internal |= found.n && is_internal(l, name);
		if (found.n && !lines_fit_in(l, why))
			return ACCEPT_REFUSED;
	}
	return ACCEPTED;
}

enum accepted
accept_judge(struct cx *cx, struct str name, struct str bytes, struct str *why)
{
	struct looking l = { .cx = cx, .bytes = bytes };
	bool internal;

	if (bytes.n > ACCEPT_BYTES_MAX) {
		*why = str_fmt(cx->arena,
		    "“%.*s”超过 %d 兆字节的上限，请压缩图片或者拆分后再上传",
		    STR_ARG(name), ACCEPT_BYTES_MAX >> 20);
		return ACCEPT_REFUSED;
	}
	l.kind = kind_of(cx, bytes);
	if (name_is_secret(name) ||
	    (l.kind == FILE_OLD_OFFICE && old_office_is_secret(bytes))) {
		*why = str_fmt(cx->arena, "“%.*s”标有密级。%s", STR_ARG(name), advice);
		return ACCEPT_REFUSED;
	}
	if (!name_fits(&l, name, why))
		return ACCEPT_REFUSED;
	internal = is_internal(&l, name);
	if (first_page(&l, name, &internal, why) == ACCEPT_REFUSED)
		return ACCEPT_REFUSED;
	if (!internal)
		return ACCEPTED;
	*why = str_fmt(cx->arena,
	    "“%.*s”标有“内部”字样。确认不含国家秘密和工作秘密的，"
	    "请重新选择文件并勾选确认",
	    STR_ARG(name));
	return ACCEPT_ASKS;
}
