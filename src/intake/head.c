/*
 * What stands around the tasks: the title, the 文号, a mark of secrecy, and, once the
 * tasks are read, a name for every line that is neither task nor heading. Lines that no
 * name fits stay in the remainder, so that a person sees that something was not
 * understood.
 */
#include <string.h>

#include "intake/forms.h"
#include "intake/number.h"
#include "intake/caption.h"

enum { HEAD_LINES = 40 };

bool
is_prose(struct str f)
{
	const struct number n = number_at(f);
	const size_t stop = str_find(f, S("。"), n.n);

	if (stop == SIZE_MAX)
		return str_chars(f) > 60;
	return stop + S("。").n < f.n || str_chars(f) > 40;
}

bool
is_sentence(struct str f)
{
	return is_prose(f) || str_ends(f, S("。"));
}

/* 秘密★1年, 机密 ★, or the word as a line of its own: only in the head of the document.
 */
static const char *
secrecy(struct cx *cx, const struct line *printed)
{
	/* 秘 密 ★ 1 年 */
	const struct str close = str_replace(cx->arena, printed->f, S(" "), S(""));
	const struct line narrow = { .f = close }, *l = &narrow;
	static const char *const grades[] = { "绝密", "机密", "秘密" };

	for (int k = 0; k < 3; k++) {
		const struct str w = str_z(grades[k]);
		const size_t at = str_find(l->f, w, 0);
		struct str rest;

		if (at == SIZE_MAX)
			continue;
		rest = str_trim(str_sub(l->f, at + w.n, l->f.n));
		if (str_starts(rest, S("★")) || str_starts(rest, S("☆")) ||
		    str_starts(rest, S("*")))
			return grades[k];
		if ((at == 0 || str_ends(str_sub(l->f, 0, at), S(":"))) &&
		    str_chars(l->f) <= 12 &&
		    (rest.n == 0 || (rest.p[0] >= '0' && rest.p[0] <= '9') ||
			str_starts(rest, S("特急")) || str_starts(rest, S("加急")) ||
			str_starts(rest, S("急件"))))
			return grades[k];
	}
	return NULL;
}

static bool
is_chrome(struct str f)
{
	static const char *const words[] = { "当前位置", "首页", "全文检索", "关闭窗口",
		"打印", "返回顶部", "扫一扫", "分享到", "责任编辑", "上一篇", "下一篇",
		"推荐访问", "最新信息", "相关信息", "相关链接", "微信", "微博",
		"网友投稿", "小编", "文件下载", "相关文档", "字体颜色", "背景色",
		"全真版", "公开发布", "-->", "<!--", "关闭", "无障碍", "附件下载",
		"版权所有", "主办单位:", "收藏", "浏览次数", NULL };

	return has_word(f, words) || str_starts(f, S("· ")) || str_starts(f, S("·")) ||
	       str_starts(f, S("["));
}

/* 泾发〔2022〕15号 in a line of the head. */
static struct str
document_number(const struct line *l)
{
	const size_t open = str_find(l->f, S("["), 0);
	const size_t end = open == SIZE_MAX ? open : str_find(l->f, S("号"), open);
	size_t from = open;

	if (end == SIZE_MAX || end - open > 20 || open < 3 || str_has(l->f, S("《")) ||
	    str_chars(l->f) > 60)
		return (struct str){ 0 };
	while (from > 0 && l->f.p[from - 1] != ' ' && l->f.p[from - 1] != ':' &&
	       l->f.p[from - 1] != '(')
		from--;
	return from < open ? line_cut(l, from, end + S("号").n) : (struct str){ 0 };
}

enum err
head_refuse_secret(struct cx *cx, const struct text *t)
{
	for (size_t i = 0; i < t->n && i < HEAD_LINES; i++) {
		const char *grade = secrecy(cx, &t->v[i]);

		if (grade)
			return fail(cx, ERR_INPUT,
			    "第 %zu "
			    "行标有“%s”。涉密文件不得在本系统存储、处理、传输（"
			    "保守国家秘密法），"
			    "已拒绝，没有写入任何内容；请按保密规定处理",
			    t->v[i].no, grade);
	}
	return ERR_OK;
}

enum err
head_read(struct cx *cx, struct text *t, struct plan *p)
{
	TRY(head_refuse_secret(cx, t));
	caption_find(cx, t, p);
	for (size_t i = 0; i < caption_end(t) && !p->number.n; i++)
		p->number = document_number(&t->v[i]);
	return ERR_OK;
}

static bool
is_date_line(struct str f)
{
	const size_t digits = f.n;
	size_t n = 0;

	if (str_chars(f) > 16)
		return false;
	for (size_t i = 0; i < digits; i++)
		n += f.p[i] >= '0' && f.p[i] <= '9';
	return n >= 4 ||
	       (str_has(f, S("年")) && str_has(f, S("月")) && str_has(f, S("日")));
}

/* In front of the first task or heading. */
static enum claim
name_in_front(struct cx *cx, const struct line *l, const struct plan *p)
{
	if (caption_is_meta(l->f))
		return CLAIM_OTHER + OTHER_META;
	if (caption_is(l) ||
	    (p->title.n && (str_has(p->title, caption_squeezed(cx, l->s)) ||
			       str_has(l->s, p->title))))
		return is_prose(l->f) ? CLAIM_OTHER + OTHER_BODY
				      : CLAIM_OTHER + OTHER_TITLE;
	if (is_chrome(l->f))
		return CLAIM_OTHER + OTHER_CHROME;
	if (is_prose(l->f))
		return CLAIM_OTHER + OTHER_BODY;
	return CLAIM_OTHER + OTHER_NOTICE;
}

/* Between the first and the last: only what can be told. */
static enum claim
name_between(const struct line *l)
{
	if (l->num.kind != NUMBER_NONE)
		return is_prose(l->f) ? CLAIM_OTHER + OTHER_BODY
				      : CLAIM_OTHER + OTHER_HEADING;
	if (is_sentence(l->f) || str_ends(l->f, S(":")))
		return CLAIM_OTHER + OTHER_BODY;
	if (caption_is(l))
		return CLAIM_OTHER + OTHER_TITLE;
	if (is_chrome(l->f))
		return CLAIM_OTHER + OTHER_CHROME;
	if (str_starts(l->f, S("附件")))
		return CLAIM_OTHER + OTHER_TITLE;
	return CLAIM_NONE;
}

static enum claim
name_behind(const struct line *l)
{
	if (is_chrome(l->f))
		return CLAIM_OTHER + OTHER_CHROME;
	if (l->num.kind != NUMBER_NONE || is_prose(l->f) || str_ends(l->f, S("。")))
		return CLAIM_OTHER + OTHER_BODY;
	return CLAIM_OTHER + OTHER_FOOTER;
}

static bool
taken_as(const struct line *l, enum claim what)
{
	return l->f.n && l->taken[0] == what;
}

/* The first and the last line of the part that holds headings and tasks. */
static void
find_core(const struct text *t, size_t *first, size_t *first_task, size_t *last)
{
	*first = *first_task = t->n;
	*last = 0;
	for (size_t i = 0; i < t->n; i++) {
		const bool task = taken_as(&t->v[i], CLAIM_TASK);

		if (*first == t->n && (task || taken_as(&t->v[i], CLAIM_HEADING) ||
					  t->v[i].num.kind == NUMBER_HAN))
			*first = i;
		if (task) {
			if (*first_task == t->n)
				*first_task = i;
			*last = i;
		}
	}
}

static const char *const other_names[] = {
	[OTHER_CHROME] = "chrome",
	[OTHER_META] = "meta",
	[OTHER_TITLE] = "title",
	[OTHER_NOTICE] = "notice",
	[OTHER_BODY] = "body",
	[OTHER_HEADING] = "heading",
	[OTHER_MEASURE] = "measure-text",
	[OTHER_COLUMN_HEADS] = "column-heads",
	[OTHER_FOOTER] = "footer",
};
_Static_assert(
    sizeof other_names / sizeof *other_names == OTHER_KIND_COUNT_, "a name for each");

/* Consecutive lines of the same kind are one range. */
static void
list_ranges(struct cx *cx, const struct text *t, struct plan *p)
{
	int open = -1;

	for (size_t i = 0; i < t->n; i++) {
		const struct line *l = &t->v[i];
		const int kind = l->f.n && l->taken[0] >= CLAIM_OTHER
				     ? l->taken[0] - CLAIM_OTHER
				     : -1;

		if (kind >= 0 && kind == open) {
			p->other.v[p->other.n - 1].to = l->last ? l->last : l->no;
			continue;
		}
		open = kind;
		if (kind >= 0)
			*list_add(cx->arena, &p->other) = (struct plan_other){ l->no,
				l->last ? l->last : l->no, str_z(other_names[kind]) };
	}
}

/* Headings taken for a section or measure that got no task are headings only. */
static void
free_empty_headings(struct text *t, const struct plan *p)
{
	size_t section = 0, measure = 0; /* both lists are in the order of lines */

	for (size_t i = 0; i < t->n; i++) {
		struct line *l = &t->v[i];
		bool used = p->sections.n + p->measures.n == 0;

		if (!taken_as(l, CLAIM_HEADING))
			continue;
		while (section < p->sections.n && p->sections.v[section].line < l->no)
			section++;
		while (measure < p->measures.n && p->measures.v[measure].line < l->no)
			measure++;
		used |= section < p->sections.n && p->sections.v[section].line == l->no;
		used |= measure < p->measures.n && p->measures.v[measure].line == l->no;
		/* Printed again: behind the measure that it goes on with. */
		used |= measure && str_has(l->s, p->measures.v[measure - 1].title);
		if (!used)
			memset(l->taken, CLAIM_OTHER + OTHER_HEADING, l->f.n);
	}
}

void
head_name_rest(struct cx *cx, struct text *t, struct plan *p)
{
	size_t first, first_task, last;

	free_empty_headings(t, p);
	find_core(t, &first, &first_task, &last);
	for (size_t i = 0; i < t->n; i++) {
		struct line *l = &t->v[i];
		enum claim what = CLAIM_NONE;

		if (!line_free(l))
			continue;
		if (i < first)
			what = name_in_front(cx, l, p);
		else if (i > last)
			what = name_behind(l);
		else
			what = name_between(l);
		if (what == CLAIM_NONE && i < first_task && is_date_line(l->f))
			what = CLAIM_OTHER + OTHER_NOTICE;
		if (what != CLAIM_NONE)
			line_take_all(cx, l, what);
	}
	list_ranges(cx, t, p);
}
