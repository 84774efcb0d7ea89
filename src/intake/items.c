/*
 * The plainest convention: numbered paragraphs without brackets or labels. Only the title
 * tells them from any other document with numbers (head_is_plan).
 */
#include "base/buf.h"
#include "intake/damage.h"
#include "intake/forms.h"
#include "intake/limit.h"
#include "intake/outline.h"
#include "intake/units.h"
#include "intake/when.h"

enum { FEW = 3, CLAUSE_BYTES = 200 };

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

/* The lowest kind of number that stands often enough before prose, or else before short
 * sentences. */
static enum number_kind
kind_before(const struct text *t, bool (*counts_as)(struct str f))
{
	size_t counts[NUMBER_KIND_COUNT_] = { 0 };
	bool general = false;

	for (size_t i = 0; i < t->n; i++) {
		const struct number n = t->v[i].num;

		if (n.kind == NUMBER_HAN || n.kind == NUMBER_PART)
			general = is_general(t->v[i].f);
		else if (n.kind != NUMBER_NONE && !general && counts_as(t->v[i].f))
			counts[n.kind]++;
	}
	if (counts[NUMBER_DOT] >= FEW)
		return NUMBER_DOT;
	if (counts[NUMBER_HAN_BRACKET] >= FEW)
		return NUMBER_HAN_BRACKET;
	if (counts[NUMBER_BRACKET] >= FEW)
		return NUMBER_BRACKET;
	return counts[NUMBER_SPOKEN] >= FEW ? NUMBER_SPOKEN : NUMBER_NONE;
}

static enum number_kind
item_kind(const struct text *t)
{
	const enum number_kind kind = kind_before(t, is_prose);

	return kind != NUMBER_NONE ? kind : kind_before(t, is_sentence);
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

/* ,由X负责, in a sentence: the clause that begins with 由 and gives a role. */
static bool
clause_assigns(
    struct cx *cx, const struct known *known, struct str text, struct assignment *a)
{
	const struct line l = line_make(cx->arena, text);
	size_t from = 0;

	for (size_t i = 0; i <= l.f.n;) {
		const size_t here = i;
		const uint32_t c = i < l.f.n ? str_next(l.f, &i) : 0;

		if (c && c != ',' && c != ';' && c != 0x3002)
			continue;
		if (word_at(l.f, from, "由") && here - from < CLAUSE_BYTES &&
		    assignment_parse(cx, known, line_cut(&l, from, here), false, a))
			return true;
		from = i;
		if (!c)
			break;
	}
	return false;
}

/* Where most items say in their sentence who does it and until when, it is taken. A few
 * that do only tell of it. */
static void
read_clauses(struct cx *cx, const struct text *t, struct plan *p)
{
	struct assignment *all = arena_array(
	    cx->arena, struct assignment, p->tasks.n + 1);
	size_t assigned = 0, no_rule = 0, line = 0;

	for (size_t i = 0; i < p->tasks.n; i++)
		assigned += clause_assigns(cx, t->known, p->tasks.v[i].text, &all[i]);
	if (assigned < FEW || assigned * 5 < p->tasks.n * 4)
		return;
	for (size_t i = 0; i < p->tasks.n; i++) {
		struct plan_task *task = &p->tasks.v[i];
		struct assignment when = { .deadline = { DEADLINE_NONE, DAY_NONE } };

		task->lead = all[i].lead;
		task->units = all[i].units;
		(void)limit_cut(cx, task->text, &when);
		task->deadline = when.deadline;
		if (!task->lead.n && task->units.n && no_rule++ == 0)
			line = task->line;
	}
	if (no_rule)
		damage_add(cx, p,
		    (struct plan_damage){ line, WHY_NO_LEAD_RULE,
			S("并列的单位没有写明谁牵头"), S("请在采用前逐项确定牵头单位"),
			no_rule });
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
	read_clauses(cx, t, p);
	outline_finish(cx, &o, p);
}
