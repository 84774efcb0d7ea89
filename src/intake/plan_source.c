/* From bytes to the text of a plan, whatever program wrote them (intake/plan_source.h).
 */
#include "intake/plan_source.h"

#include "base/zip.h"
#include "intake/book.h"
#include "intake/damage.h"
#include "intake/forms.h"
#include "intake/sheet.h"
#include "intake/text.h"

static const struct {
	const char *what, *advice;
} lefts[] = {
	[LEFT_BOX] = { "文本框",
	    "文本框里的文字没有读入，其中有任务的，请移到正文里再上传" },
	[LEFT_PICTURE] = { "图片",
	    "图片里的文字没有读入，其中有任务的，请录入正文再上传" },
	[LEFT_NOTE] = { "脚注、尾注", "脚注、尾注没有读入，请核对其中有没有任务、时限" },
	[LEFT_HIDDEN] = { "隐藏文字", "隐藏的文字没有读入" },
	[LEFT_DELETED] = { "修订中删除的文字",
	    "按接受修订后的文字读入，请核对修订是否已经定稿" },
	[LEFT_CONTENTS] = { "目录", "目录没有读入" },
	[LEFT_SHEET] = { "其他工作表", "这个工作表里没有任务表，没有读入" },
	[LEFT_COLUMNS] = { "表头之外的单元格",
	    "这些单元格上方没有列名，没有读入；请补上列名再上传" },
};
_Static_assert(sizeof lefts / sizeof *lefts == LEFT_KIND_COUNT_, "words for each");

/* A program inside a document of Office, of any name. */
static bool
has_macros(struct str bytes)
{
	return str_has(bytes, S("vbaProject.bin"));
}

static enum err
refuse_macros(struct cx *cx, const char *kind)
{
	return fail(cx, ERR_INPUT,
	    "这份文件含有宏，不能读取；请用 WPS 或 Word、Excel 打开，“另存为”不含宏的 "
	    "%s 再读取",
	    kind);
}

/* Lines that stand beside the text bear marks too. */
static enum err
aside_refuse(struct cx *cx, struct str aside)
{
	LIST(struct line) lines = { 0 };
	struct str one;

	while (str_split(&aside, S("\n"), &one))
		if (text_trim(one).n) {
			struct line *l = list_add(cx->arena, &lines);

			*l = line_make(cx->arena, one);
		}
	if (head_refuse_secret(cx, &(struct text){ .v = lines.v, .n = lines.n }) ==
	    ERR_OK)
		return ERR_OK;
	return fail(cx, ERR_INPUT,
	    "页眉、页脚、文本框或者脚注里标有密级。涉密文件不得在本系统存储、处理、传输（"
	    "保守国家秘密法），已拒绝，没有写入任何内容；请按保密规定处理");
}

static enum err
word_open(struct cx *cx, struct str bytes, struct plan_source *out)
{
	struct docx d;

	if (has_macros(bytes))
		return refuse_macros(cx, ".docx");
	if (docx_read(cx, bytes, &d) != ERR_OK)
		return fail(cx, ERR_INPUT,
		    "这份 .docx 文件打不开：%.*s；请用 WPS 或 Word "
		    "打开后“另存为”.docx 或者纯文本（.txt）再读取",
		    STR_ARG(cx->why));
	TRY(aside_refuse(cx, d.aside));
	*out = (struct plan_source){
		.kind = PLAN_SOURCE_WORD, .text = d.text, .left = d.left
	};
	return ERR_OK;
}

static enum err
book_open(struct cx *cx, struct str bytes, struct plan_source *out)
{
	struct plan_source s = { .kind = PLAN_SOURCE_LEDGER };

	if (has_macros(bytes))
		return refuse_macros(cx, ".xlsx");
	if (xlsx_read(cx, bytes, &s.book) != ERR_OK)
		return fail(cx, ERR_INPUT,
		    "这份 .xlsx 表格打不开：%.*s；请用 WPS 或 Excel "
		    "打开后“另存为”再读取，"
		    "或者把表格复制到记事本，保存为纯文本（.txt）",
		    STR_ARG(cx->why));
	if (!sheet_is_ledger(&s.book) && book_text(cx, &s.book, &s.text, &s.left))
		s.kind = PLAN_SOURCE_SHEET;
	*out = s;
	return ERR_OK;
}

/* Files of the time before 2007, and files with a password, are containers of one kind.
 */
static enum err
refuse_old(struct cx *cx, struct str bytes)
{
	if (str_has(bytes, S("E\0n\0c\0r\0y\0p\0t\0e\0d\0P\0a\0c\0k\0a\0g\0e")))
		return fail(cx, ERR_INPUT,
		    "文件加了密码，不能读取；请用 WPS 或 Office 打开，去掉密码，"
		    "“另存为”.docx 或者 .xlsx 再读取");
	if (str_has(bytes, S("W\0o\0r\0k\0b\0o\0o\0k")))
		return fail(cx, ERR_INPUT,
		    "这是旧格式的 .xls 或 .et 表格，不能直接读取；请用 WPS 或 Excel "
		    "打开，“另存为”.xlsx 再读取");
	return fail(cx, ERR_INPUT,
	    "这是旧格式的 .doc 或 .wps 文件，不能直接读取；请用 WPS 或 Word 打开，"
	    "“另存为”.docx 或者纯文本（.txt）再读取");
}

enum err
plan_source_open(struct cx *cx, struct str bytes, struct plan_source *out)
{
	if (bytes.n > PLAN_FILE_MAX)
		return fail(cx, ERR_INPUT,
		    "文件超过 16 兆字节的上限；请只保留方案正文和分工表再试");
	if (str_starts(bytes, S("PK\3\4")) && str_has(bytes, S("xl/workbook.xml")))
		return book_open(cx, bytes, out);
	if (str_starts(bytes, S("PK\3\4")) && str_has(bytes, S("word/document")))
		return word_open(cx, bytes, out);
	if (str_starts(bytes, S("\xd0\xcf\x11\xe0")))
		return refuse_old(cx, bytes);
	*out = (struct plan_source){ 0 };
	return text_decode(cx, bytes, &out->text);
}

/* What was not taken over is said like damage, so that a person looks. */
static void
lefts_say(struct cx *cx, const struct plan_source *s, struct plan *p)
{
	for (size_t i = 0; i < s->left.n; i++) {
		const struct left *l = &s->left.v[i];

		damage_add(cx, p,
		    (struct plan_damage){ l->line, WHY_LEFT_OUT,
			str_fmt(cx->arena, l->text.n ? "%s：%.*s" : "%s%.*s",
			    lefts[l->kind].what, STR_ARG(l->text)),
			str_z(lefts[l->kind].advice), l->count });
	}
	damage_sort(p);
}

enum err
plan_read_source(struct cx *cx, const struct plan_source *source, struct plan **out)
{
	switch (source->kind) {
	case PLAN_SOURCE_LEDGER:
		return sheet_read_plan(cx, &source->book, out);
	case PLAN_SOURCE_TEXT:
	case PLAN_SOURCE_WORD:
	case PLAN_SOURCE_SHEET:
		break;
	}
	TRY(plan_read_text(cx, source->text, out));
	lefts_say(cx, source, *out);
	return ERR_OK;
}

enum err
plan_read(struct cx *cx, struct str bytes, struct plan **out)
{
	struct plan_source source;

	TRY(plan_source_open(cx, bytes, &source));
	return plan_read_source(cx, &source, out);
}
