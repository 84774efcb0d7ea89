/*
 * The plainest convention: numbered paragraphs, and nobody is named. Only the title tells
 * them from any other document with numbers (head_is_plan).
 */
#include "base/buf.h"
#include "intake/forms.h"
#include "intake/outline.h"
#include "intake/when.h"

enum { FEW = 3 };

/* General parts say why and how, not what is to be done. */
static bool
is_general(struct str title)
{
	static const char *const words[] = { "总体要求", "指导思想", "总体目标",
		"基本原则", "工作目标", "目标要求", "总体思路", "衡量标准", "指导原则",
		"主要目标", NULL };

	for (const char *const *w = words; *w; w++)
		if (str_has(title, str_z(*w)))
			return true;
	return false;
}

/* The lowest kind of number that stands before prose often enough. */
static enum number_kind
item_kind(const struct text *t)
{
	size_t counts[NUMBER_KIND_COUNT_] = { 0 };
	bool general = false;

	for (size_t i = 0; i < t->n; i++) {
		const struct number n = t->v[i].num;

		if (n.kind == NUMBER_HAN || n.kind == NUMBER_PART)
			general = is_general(t->v[i].f);
		else if (n.kind != NUMBER_NONE && !general && is_prose(t->v[i].f))
			counts[n.kind]++;
	}
	if (counts[NUMBER_DOT] >= FEW)
		return NUMBER_DOT;
	if (counts[NUMBER_HAN_BRACKET] >= FEW)
		return NUMBER_HAN_BRACKET;
	return counts[NUMBER_BRACKET] >= FEW ? NUMBER_BRACKET : NUMBER_NONE;
}

size_t
items_fit(struct cx *cx, const struct text *t)
{
	const enum number_kind kind = item_kind(t);
	size_t fits = 0;

	(void)cx;
	for (size_t i = 0; kind != NUMBER_NONE && i < t->n; i++)
		fits += t->v[i].num.kind == kind;
	return fits;
}

/* The last line that bears the number of an item: behind it, prose closes the plan. */
static size_t
last_item(const struct text *t, enum number_kind kind)
{
	for (size_t i = t->n; i > 0; i--)
		if (t->v[i - 1].num.kind == kind)
			return i - 1;
	return 0;
}

static void
go_on(struct cx *cx, struct plan_task *task, struct line *l)
{
	task->text = str_fmt(cx->arena, "%.*s\n%.*s", STR_ARG(task->text),
	    STR_ARG(line_cut(l, 0, l->f.n)));
	line_take_all(cx, l, CLAIM_TASK);
}

void
items_read(struct cx *cx, struct text *t, struct plan *p)
{
	const enum number_kind kind = item_kind(t);
	const size_t last = last_item(t, kind);
	struct outline o = { 0 };
	struct plan_task *task = NULL;
	bool general = false;

	for (size_t i = 0; i < t->n; i++) {
		struct line *l = &t->v[i];
		const struct number n = l->num;

		if (n.kind == NUMBER_HAN || n.kind == NUMBER_PART) {
			outline_section(&o, p, l, n);
			general = is_general(o.section.title);
			line_take_all(cx, l, CLAIM_HEADING);
			task = NULL;
		} else if (n.kind == kind && !general) {
			o.last_item = n.value ? n.value : o.last_item + 1;
			task = outline_task(cx, &o, p, o.last_item, true, false);
			task->text = line_cut(l, n.n, l->f.n);
			task->line = l->no;
			line_take_all(cx, l, CLAIM_TASK);
		} else if (n.kind != NUMBER_NONE && n.kind < kind) {
			if (!is_prose(l->f)) {
				outline_measure(&o, p, l, n);
				line_take_all(cx, l, CLAIM_HEADING);
			}
			task = NULL;
		} else if (task && is_sentence(l->f) &&
			   (n.kind != NUMBER_NONE || i < last ||
			       !is_sentence(task->text))) {
			go_on(cx, task, l);
		}
	}
	for (size_t i = 0; i < p->tasks.n; i++)
		when_sentences(cx, p->tasks.v[i].text, &p->tasks.v[i].milestones);
	outline_finish(cx, &o, p);
}
