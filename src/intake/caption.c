/* What a document calls itself (intake/caption.h). */
#include "intake/caption.h"

#include "base/buf.h"
#include "intake/forms.h"
#include "intake/number.h"
#include "intake/units.h"

enum { HEAD_LINES = 40 };

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
bool
caption_is(const struct line *l)
{
	struct str f = l->f;
	const size_t n = str_chars(f);
	size_t kind;

	if (l->column || n < 6 || n > 80 || str_has(f, S("。")) || str_has(f, S(";")) ||
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

bool
caption_is_meta(struct str f)
{
	static const char *const heads[] = { "索引号", "索 引 号", "主题分类", "发文机关",
		"成文日期", "成文时间", "发布日期", "发布时间", "发文字号", "标题",
		"标    题", "标　　题", "主题词", "主 题 词", "公开类别", "信息名称",
		"有效性", "时间:", "来源:", "作者:", "日期:", "字体", "字号", "点击",
		"浏览", "阅读", "http", "所属主题", "文号", "生效日期", "废止日期",
		"公文种类", "名称:", "发布机构", "组配分类", "体裁", NULL };

	for (const char *const *w = heads; *w; w++)
		if (word_at(f, 0, *w))
			return true;
	return str_has(f, S("点击数")) || str_has(f, S("来源:"));
}

/* 实  施  意  见 is printed wide: as many blanks as characters but one. */
struct str
caption_squeezed(struct cx *cx, struct str s)
{
	const size_t all = chars_without_blanks(s);
	const struct line l = line_make(cx->arena, s);
	size_t words = 0;

	for (size_t i = 0; i < l.f.n; i++)
		words += l.f.p[i] != ' ' && (i == 0 || l.f.p[i - 1] == ' ');
	if (all < 2 || words != all)
		return s;
	return text_without_blanks(cx->arena, s);
}

static bool
opens_title(const struct line *l)
{
	return (str_has(l->f, S("关于")) || str_has(l->f, S("印发"))) &&
	       last_of(l->f, plan_words) != l->f.n && !str_ends(l->f, S("通知")) &&
	       !str_has(l->f, S("。")) && str_chars(l->f) < 60 &&
	       l->num.kind == NUMBER_NONE && !caption_is_meta(l->f);
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
		    STR_ARG(caption_squeezed(cx, t->v[k].s)));
		joined = line_make(cx->arena, all);
		if (k > i && caption_is(&joined))
			return all;
		if (k > i && (str_has(t->v[k].f, S("。")) || caption_is(&t->v[k])))
			break;
	}
	return (struct str){ 0 };
}

/* The first number of a section, or the first long prose: there the head ends. */
size_t
caption_end(const struct text *t)
{
	size_t i;

	for (i = 0; i < t->n && i < HEAD_LINES; i++)
		if (t->v[i].num.kind == NUMBER_HAN)
			break;
	return i;
}

void
caption_find(struct cx *cx, const struct text *t, struct plan *p)
{
	const size_t end = caption_end(t);
	struct str plain = { 0 };

	for (size_t i = 0; i < end && !p->title.n; i++) {
		const struct line *l = &t->v[i];
		const struct str lines = title_of_lines(cx, t, i, end);

		if (lines.n) {
			const struct line both = line_make(cx->arena, lines);

			p->title = out_of_notice(&both);
			if (!p->title.n)
				p->title = plain_title(&both);
		} else if (caption_is(l)) {
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
