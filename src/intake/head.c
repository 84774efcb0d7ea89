/*
 * What stands around the tasks: the title, the 文号, a mark of secrecy, and, once the
 * tasks are read, a name for every line that is neither task nor heading. Lines that no
 * name fits stay in the remainder, so that a person sees that something was not
 * understood.
 */
#include <string.h>

#include "base/buf.h"
#include "intake/forms.h"
#include "intake/number.h"
#include "intake/units.h"

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

static bool
starts_any(struct str f, const char *const *words)
{
	for (; *words; words++)
		if (word_at(f, 0, *words))
			return true;
	return false;
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

/* The kinds of document that set tasks, and those that only tell of them. */
static const char *const plan_words[] = { "方案", "意见", "规划", "计划", "要点", "纲要",
	"任务", "措施", "清单", "分工", "安排", "行动", "台账", "举措", "目标",
	"重点工作", "工作表", "分工表", "分解表", "任务书", "一览表", "实施细则", NULL };
static const char *const report_words[] = { "报告", "总结", "汇报", "通报", "工作情况",
	"简报", "公报", "讲话", "解读", "答复", "述职", "综述", NULL };

/* Where the last of the words ends in s; 0 when none is there. */
static size_t
last_of(struct str s, const char *const *words)
{
	size_t last = 0;

	for (; *words; words++) {
		const size_t at = str_rfind(s, str_z(*words));

		if (at != SIZE_MAX && at + str_z(*words).n > last)
			last = at + str_z(*words).n;
	}
	return last;
}

/* 政府工作报告任务分工 is a plan, 实施方案落实情况报告 is a report: the last word
 * decides. */
bool
head_is_plan(const struct plan *p)
{
	const size_t plan = last_of(p->title, plan_words),
		     report = last_of(p->title, report_words);

	return plan > report;
}

/* A line that can be a title: short, one clause, names a kind of document at its end. */
static bool
is_title(const struct line *l)
{
	struct str f = l->f;
	const size_t n = str_chars(f);
	size_t kind;

	if (n < 6 || n > 80 || str_has(f, S("。")) || str_has(f, S(";")) ||
	    str_has(f, S("http")) || number_at(f).kind != NUMBER_NONE ||
	    str_ends(f, S(":")) || str_has(f, S("附件:")))
		return false;
	if (f.n && f.p[f.n - 1] == ')') {
		const size_t open = str_rfind(f, S("("));

		f.n = open == SIZE_MAX ? f.n : open;
	}
	f = str_trim(f);
	if (str_ends(f, S("通知")))
		return str_has(f, S("关于")) || str_has(f, S("印发"));
	kind = last_of(f, plan_words);
	if (last_of(f, report_words) > kind)
		kind = last_of(f, report_words);
	return kind == f.n || (kind && kind + 6 >= f.n);
}

/* X of 印发《X》的通知 or 印发X的通知: the plan itself. */
static struct str
out_of_notice(const struct line *l)
{
	const size_t at = str_find(l->f, S("印发"), 0);
	const size_t open = at == SIZE_MAX ? at : str_find(l->f, S("《"), at);
	const size_t close = open == SIZE_MAX ? open : str_rfind(l->f, S("》"));
	const size_t end = str_rfind(l->f, S("的通知"));

	if (open != SIZE_MAX && close != SIZE_MAX && close > open)
		return line_cut(l, open + S("《").n, close);
	if (at != SIZE_MAX && end != SIZE_MAX && end > at)
		return line_cut(l, at + S("印发").n, end);
	return (struct str){ 0 };
}

/* 【法制方案】, folded, in front of a title belongs to the site, # and ** to Markdown. */
static struct str
plain_title(const struct line *l)
{
	const size_t close = str_find(l->f, S("]"), 0);
	size_t from = str_starts(l->f, S("[")) && close != SIZE_MAX ? close + 1 : 0;
	size_t to = l->f.n;

	while (from < to &&
	       (l->f.p[from] == '#' || l->f.p[from] == '*' || l->f.p[from] == ' '))
		from++;
	while (to > from && (l->f.p[to - 1] == '*' || l->f.p[to - 1] == ' '))
		to--;
	return line_cut(l, from, to);
}

static bool
is_meta(struct str f)
{
	static const char *const heads[] = { "索引号", "索 引 号", "主题分类", "发文机关",
		"成文日期", "成文时间", "发布日期", "发布时间", "发文字号", "标题",
		"标    题", "标　　题", "主题词", "主 题 词", "公开类别", "信息名称",
		"有效性", "时间:", "来源:", "作者:", "日期:", "字体", "字号", "点击",
		"浏览", "阅读", "http", "所属主题", "文号", "生效日期", "废止日期",
		"公文种类", "名称:", "发布机构", "组配分类", "体裁", NULL };
	const size_t mark = str_find(f, S("〕"), 0);

	(void)mark;
	return starts_any(f, heads) || str_has(f, S("点击数")) || str_has(f, S("来源:"));
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

/* 实  施  意  见 is printed wide: as many blanks as characters but one. */
static struct str
squeezed(struct cx *cx, struct str s)
{
	const size_t all = chars_without_blanks(s);
	const struct line l = line_make(cx->arena, s);
	struct buf b = { .arena = cx->arena };
	size_t words = 0;

	for (size_t i = 0; i < l.f.n; i++)
		words += l.f.p[i] != ' ' && (i == 0 || l.f.p[i - 1] == ' ');
	if (all < 2 || words != all)
		return s;
	for (size_t i = 0; i < s.n;) {
		const size_t from = i;

		(void)str_next(s, &i);
		if (chars_without_blanks(str_sub(s, from, i)))
			buf_put(&b, str_sub(s, from, i));
	}
	return buf_str(&b);
}

static bool
opens_title(const struct line *l)
{
	return (str_has(l->f, S("关于")) || str_has(l->f, S("印发"))) &&
	       last_of(l->f, plan_words) != l->f.n && !str_ends(l->f, S("通知")) &&
	       !str_has(l->f, S("。")) && str_chars(l->f) < 60 &&
	       l->num.kind == NUMBER_NONE && !is_meta(l->f);
}

enum { TITLE_LINES = 4 };

/* One title on several lines: 关于…加快建设 / 法治政府的 / 实 施 意 见. Empty where
 * lines from i on are none; what stands on one line is left to others. */
static struct str
title_of_lines(struct cx *cx, const struct text *t, size_t i, size_t end)
{
	struct str all = t->v[i].s;
	const size_t first = i;

	/* The body that issues it, on a line of its own. */
	if (i + 1 < end && unit_shaped(t->v[i].f) && str_starts(t->v[i + 1].f, S("关于")))
		i++;
	if (!opens_title(&t->v[i]))
		return (struct str){ 0 };
	for (size_t k = first + 1; k < end && k < first + TITLE_LINES; k++) {
		struct line joined;

		if (t->v[k].no - t->v[k - 1].no > 2 || t->v[k].num.kind != NUMBER_NONE)
			break;
		all = str_fmt(cx->arena, "%.*s%.*s", STR_ARG(all),
		    STR_ARG(squeezed(cx, t->v[k].s)));
		joined = line_make(cx->arena, all);
		if (k > i && is_title(&joined))
			return all;
		if (k > i && (str_has(t->v[k].f, S("。")) || is_title(&t->v[k])))
			break;
	}
	return (struct str){ 0 };
}

/* The first number of a section, or the first long prose: there the head ends. */
static size_t
head_end(const struct text *t)
{
	size_t i;

	for (i = 0; i < t->n && i < HEAD_LINES; i++)
		if (t->v[i].num.kind == NUMBER_HAN)
			break;
	return i;
}

static void
find_title(struct cx *cx, const struct text *t, struct plan *p)
{
	const size_t end = head_end(t);
	struct str plain = { 0 };

	for (size_t i = 0; i < end && !p->title.n; i++) {
		const struct line *l = &t->v[i];
		const struct str lines = title_of_lines(cx, t, i, end);

		if (lines.n) {
			const struct line both = line_make(cx->arena, lines);

			p->title = out_of_notice(&both);
			if (!p->title.n)
				p->title = plain_title(&both);
		} else if (is_title(l)) {
			p->title = out_of_notice(l);
			if (!p->title.n && !plain.n)
				plain = plain_title(l);
		}
	}
	/* A notice that prints the plan names it; else the first line that looks like
	 * one. */
	if (!p->title.n || (plain.n && !last_of(p->title, plan_words)))
		p->title = plain;
	p->title = str_copy(cx->arena, p->title);
}

enum err
head_refuse_secret(struct cx *cx, const struct text *t)
{
	for (size_t i = 0; i < t->n && i < HEAD_LINES; i++) {
		const char *grade = secrecy(cx, &t->v[i]);

		if (grade)
			return fail(cx, ERR_INPUT,
			    "第 %zu "
			    "行标有“%s”。涉密文件不得在本系统存储、处理、传输("
			    "保守国家秘密法),"
			    "已拒绝,没有写入任何内容;请按保密规定处理",
			    t->v[i].no, grade);
	}
	return ERR_OK;
}

enum err
head_read(struct cx *cx, struct text *t, struct plan *p)
{
	TRY(head_refuse_secret(cx, t));
	find_title(cx, t, p);
	for (size_t i = 0; i < head_end(t) && !p->number.n; i++)
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
	if (is_meta(l->f))
		return CLAIM_OTHER + OTHER_META;
	if (is_title(l) || (p->title.n && (str_has(p->title, squeezed(cx, l->s)) ||
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
	if (is_title(l))
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
