/*
 * The convention of lines: each paragraph of a task is followed by lines 牵头单位: and
 * 责任单位:. A paragraph without a number of its own belongs to the number before it.
 */
#include "base/buf.h"
#include "intake/damage.h"
#include "intake/forms.h"
#include "intake/orphan.h"
#include "intake/units.h"
#include "intake/when.h"

enum { LIST_BYTES = 600 }; /* of a list that goes on on a line of its own */

/* A line that begins with a label; without the colon only beside one that has it. */
static enum role
label_of(const struct text *t, size_t i, size_t *n, bool *colon)
{
	const enum role role = label_at(t->v[i].f, n, colon);
	size_t other;
	bool beside = false;

	if (role == ROLE_NONE || *colon)
		return role;
	if (i > 0 && label_at(t->v[i - 1].f, &other, &beside) != ROLE_NONE && beside)
		return role;
	if (i + 1 < t->n && label_at(t->v[i + 1].f, &other, &beside) != ROLE_NONE &&
	    beside)
		return role;
	return ROLE_NONE;
}

/* A label inside a paragraph, behind its last sentence; SIZE_MAX when there is none. */
static size_t
label_inside(struct str f)
{
	int depth = 0;
	size_t n;
	bool colon;

	for (size_t i = 0; i < f.n;) {
		const uint32_t c = str_next(f, &i);

		depth += c == '(' || c == '[' ? 1 : c == ')' || c == ']' ? -1 : 0;
		if (depth <= 0 && (c == 0x3002 || c == ' ' || c == ';') &&
		    label_at(str_sub(f, i, f.n), &n, &colon) != ROLE_NONE && colon)
			return i;
	}
	return SIZE_MAX;
}

static bool
is_unit_role(enum role r)
{
	return r == ROLE_LEAD || r == ROLE_RESPONSIBLE || r == ROLE_UNITS;
}

size_t
lines_fit(struct cx *cx, const struct text *t)
{
	size_t fits = 0, n;
	bool colon = false, before = false;

	(void)cx;
	for (size_t i = 0; i < t->n; i++) {
		const enum role role = label_of(t, i, &n, &colon);
		const bool here = is_unit_role(role);

		/* The head of a table is a label alone, without anything behind it. */
		if (here && !before && n < t->v[i].f.n)
			fits++;
		if (!here && role == ROLE_NONE && label_inside(t->v[i].f) != SIZE_MAX)
			fits++;
		before = here;
	}
	return fits;
}

struct reading {
	struct outline o;
	LIST(size_t) waiting;  /* paragraphs since the last heading or block */
	enum number_kind item; /* the kind of number that tasks bear */
	int value;             /* of the item that is open */
	bool open;
	bool headed; /* the text of the last task is a heading only */
	bool first_leads;
	size_t no_rule, no_rule_line;
};

/* Of the lines since the block before: how many bear each kind of number, and the last.
 */
struct kinds {
	size_t n[NUMBER_KIND_COUNT_];
	enum number_kind last;
};

/* A block is one item: several numbers of a kind in it are its parts, and the item bears
 * the number above them. */
static enum number_kind
kind_of_block(const struct kinds *k)
{
	if (k->n[k->last] > 1)
		for (int above = (int)k->last - 1; above > NUMBER_HAN; above--)
			if (k->n[above] == 1)
				return (enum number_kind)above;
	return k->last;
}

/* The kind of the number before the labels, by majority. */
static enum number_kind
item_kind(const struct text *t)
{
	size_t counts[NUMBER_KIND_COUNT_] = { 0 }, n;
	enum number_kind best = NUMBER_NONE;
	struct kinds kinds = { .last = NUMBER_NONE };
	bool colon;

	for (size_t i = 0; i < t->n; i++) {
		const struct number num = t->v[i].num;

		if (num.kind != NUMBER_NONE) {
			kinds.last = num.kind;
			kinds.n[num.kind]++;
		}
		if (label_of(t, i, &n, &colon) == ROLE_NONE &&
		    label_inside(t->v[i].f) == SIZE_MAX)
			continue;
		counts[kind_of_block(&kinds)]++;
		kinds = (struct kinds){ .last = NUMBER_NONE };
	}
	for (int k = NUMBER_NONE + 1; k < NUMBER_KIND_COUNT_; k++)
		if (counts[k] > 0 && (best == NUMBER_NONE || counts[k] > counts[best]))
			best = (enum number_kind)k;
	return best;
}

static bool
is_heading(const struct reading *r, const struct line *l, const struct number *n)
{
	if (n->kind == NUMBER_NONE || n->kind == r->item)
		return false;
	return n->kind == NUMBER_HAN || n->kind == NUMBER_PART ||
	       (n->kind < r->item && !is_prose(l->f));
}

static void
read_heading(
    struct cx *cx, struct reading *r, struct plan *p, struct line *l, struct number n)
{
	if (n.kind == NUMBER_HAN || n.kind == NUMBER_PART)
		outline_section(&r->o, p, l, n);
	else
		outline_measure(&r->o, p, l, n);
	line_take_all(cx, l, CLAIM_HEADING);
	r->waiting.n = 0;
	r->open = false;
	r->value = 0;
}

/* Where the task begins among the waiting paragraphs: at the last one that has a number.
 */
static size_t
task_start(const struct reading *r, const struct text *t, size_t upto)
{
	for (size_t k = r->waiting.n; k > 0; k--) {
		const struct line *l = &t->v[r->waiting.v[k - 1]];

		if (l->num.kind == r->item)
			return k - 1;
	}
	(void)upto;
	return 0;
}

/* The text of the task: the waiting paragraphs and the part of the line before the label.
 */
static struct plan_task *
read_text(struct cx *cx, struct reading *r, struct text *t, struct plan *p, size_t at,
    size_t inside)
{
	struct buf b = { .arena = cx->arena };
	struct plan_task *task;
	struct number n = { 0 };
	size_t start, first = at;

	if (inside)
		*list_add(cx->arena, &r->waiting) = at;
	start = task_start(r, t, at);
	for (size_t k = start; k < r->waiting.n; k++) {
		struct line *l = &t->v[r->waiting.v[k]];
		const size_t end = r->waiting.v[k] == at ? inside : l->f.n;

		if (k == start) {
			n = l->num;
			if (n.kind != r->item && n.kind != NUMBER_NONE &&
			    r->item != NUMBER_NONE)
				n = (struct number){ 0 };
			first = r->waiting.v[k];
		} else {
			buf_put_byte(&b, '\n');
		}
		buf_put(&b, line_cut(l, k == start ? n.n : 0, end));
		line_take(cx, l, 0, end, CLAIM_TASK);
	}
	if (n.kind != NUMBER_NONE) {
		r->value = n.value ? n.value : r->o.last_item + 1;
		r->o.last_item = r->value;
	}
	task = outline_task(
	    cx, &r->o, p, r->value, n.kind != NUMBER_NONE || !r->open, false);
	r->open = true;
	r->waiting.n = 0;
	task->text = buf_str(&b);
	task->line = t->v[first].no;
	r->headed = !inside && !is_sentence(task->text);
	when_sentences(cx, task->text, &task->milestones);
	return task;
}

/* The rest of a list on a line of its own, in front of the next label. */
static bool
goes_on_below(struct cx *cx, const struct text *t, size_t i)
{
	const struct line *l = &t->v[i];
	struct strs units = { 0 };
	size_t n;
	bool colon = false;

	if (i + 1 >= t->n || l->num.kind != NUMBER_NONE || l->f.n > LIST_BYTES ||
	    str_has(l->f, S("。")) || label_of(t, i + 1, &n, &colon) == ROLE_NONE ||
	    !colon)
		return false;
	units_split(cx, t->known, l->s, &units);
	for (size_t k = 0; k < units.n; k++)
		if (!unit_shaped(units.v[k]) && !unit_generic(units.v[k]))
			return false;
	return units.n > 0;
}

/* The lines of labels from i on as one text of labels; returns the line behind them. */
static size_t
gather_labels(
    struct cx *cx, struct text *t, struct plan *p, size_t i, size_t from, struct buf *b)
{
	struct plan_deadline limit;
	enum role before = ROLE_NONE;
	size_t n;
	bool colon;

	for (; i < t->n; i++, from = 0) {
		struct line *l = &t->v[i];
		const struct str rest = str_sub(l->f, from, l->f.n);
		const bool goes_on = b->n > 0 &&
				     (b->p[b->n - 1] == ',' || b->p[b->n - 1] == ';' ||
					 str_ends(buf_str(b), S("、")) ||
					 str_ends(buf_str(b), S("，")));
		const enum role role = from ? label_at(rest, &n, &colon)
					    : label_of(t, i, &n, &colon);

		if (role == ROLE_NONE && b->n && l->num.kind == NUMBER_NONE &&
		    when_clause(cx, l->f, &limit)) {
			buf_fmt(b, "；完成时限：%.*s", STR_ARG(line_cut(l, 0, l->f.n)));
			line_take(cx, l, 0, l->f.n, CLAIM_TASK);
			continue;
		}
		if (role == ROLE_NONE && !goes_on && b->n && is_unit_role(before) &&
		    goes_on_below(cx, t, i)) {
			buf_put_z(b, "、");
			buf_put(b, line_cut(l, 0, l->f.n));
			line_take(cx, l, 0, l->f.n, CLAIM_TASK);
			continue;
		}
		if (role == ROLE_NONE) {
			if (!goes_on || l->num.kind != NUMBER_NONE)
				break;
			buf_put(b, line_cut(l, 0, l->f.n));
			line_take(cx, l, 0, l->f.n, CLAIM_TASK);
			continue;
		}
		before = role;
		if (b->n)
			buf_put_byte(b, ';');
		buf_put(b, line_cut(l, from, from + n));
		if (!colon) {
			const struct str printed = line_cut(l, 0, from + n + 24);

			buf_put_byte(b, ':');
			damage_add(cx, p,
			    (struct plan_damage){ l->no, WHY_MARK_LOST, printed,
				str_fmt(cx->arena, "%.*s:%.*s",
				    STR_ARG(line_cut(l, 0, n)),
				    STR_ARG(line_cut(l, n, n + 24))),
				1 });
		}
		buf_put(b, line_cut(l, from + n, l->f.n));
		line_take(cx, l, from, l->f.n, CLAIM_TASK);
	}
	return i;
}

/* One block: text, then labels. Returns the line behind it. */
static size_t
read_block(struct cx *cx, struct reading *r, struct text *t, struct plan *p, size_t at,
    size_t inside)
{
	struct plan_task *task = read_text(cx, r, t, p, at, inside);
	struct buf words = { .arena = cx->arena };
	struct assignment a = { 0 };
	const size_t next = gather_labels(cx, t, p, at, inside, &words);

	if (!assignment_parse(cx, t->known, buf_str(&words), r->first_leads, &a))
		return next;
	r->first_leads |= a.rule;
	task->leaders = a.leaders;
	task->lead = a.lead;
	task->units = a.units;
	task->classes = a.classes;
	if (a.rest.n)
		task->text = str_fmt(
		    cx->arena, "%.*s（%.*s）", STR_ARG(task->text), STR_ARG(a.rest));
	if (a.deadline.kind != DEADLINE_NONE)
		task->deadline = a.deadline;
	for (size_t i = 0; i < a.milestones.n; i++)
		*list_add(cx->arena, &task->milestones) = a.milestones.v[i];
	if (!a.lead.n && a.units.n && r->no_rule++ == 0)
		r->no_rule_line = task->line;
	return next;
}

/* Where the labels stand behind the heading of an item, what follows up to the next item
 * is its text. */
static void
read_behind(struct cx *cx, struct reading *r, struct text *t, struct plan *p)
{
	struct plan_task *task = p->tasks.n ? &p->tasks.v[p->tasks.n - 1] : NULL;

	if (!r->open || !r->headed || !task)
		return;
	for (size_t k = 0; k < r->waiting.n; k++) {
		struct line *l = &t->v[r->waiting.v[k]];
		const struct str s = line_cut(l, 0, l->f.n);

		task->text = str_fmt(
		    cx->arena, "%.*s\n%.*s", STR_ARG(task->text), STR_ARG(s));
		when_sentences(cx, s, &task->milestones);
		line_take(cx, l, 0, l->f.n, CLAIM_TASK);
	}
	r->waiting.n = 0;
}

static void
mark_orphans(struct cx *cx, struct text *t, enum number_kind item)
{
	uint8_t *assigned = arena_array(cx->arena, uint8_t, t->n + 1);
	size_t n;
	bool colon;

	for (size_t i = 0; i < t->n; i++)
		assigned[i] = label_of(t, i, &n, &colon) != ROLE_NONE ||
			      label_inside(t->v[i].f) != SIZE_MAX;
	orphans_mark(cx, t, item, assigned);
}

void
lines_read(struct cx *cx, struct text *t, struct plan *p)
{
	struct reading r = { .item = item_kind(t) };
	size_t n;
	bool colon;

	mark_orphans(cx, t, r.item);
	for (size_t i = 0; i < t->n;) {
		struct line *l = &t->v[i];
		const struct number num = l->num;
		const enum role role = label_of(t, i, &n, &colon);
		const size_t inside = role == ROLE_NONE ? label_inside(l->f) : 0;

		if (has_lead_rule(l->f))
			r.first_leads = true;
		if (num.kind != NUMBER_NONE && num.kind <= r.item)
			read_behind(cx, &r, t, p);
		if (role != ROLE_NONE && r.waiting.n) {
			i = read_block(cx, &r, t, p, i, 0);
			continue;
		}
		if (role == ROLE_NONE && inside != SIZE_MAX) {
			i = read_block(cx, &r, t, p, i, inside);
			continue;
		}
		if (l->orphan) {
			r.o.last_item = r.value = num.value;
			r.waiting.n = 0;
			r.open = false;
			orphan_read(cx, &r.o, p, l);
		} else if (is_heading(&r, l, &num)) {
			read_heading(cx, &r, p, l, num);
		} else {
			if (num.kind == r.item && num.value)
				r.o.last_item = num.value;
			if (is_sentence(l->f) || num.kind != NUMBER_NONE ||
			    (r.waiting.n && str_ends(l->f, S(":"))) ||
			    (i + 1 < t->n && label_of(t, i + 1, &n, &colon) != ROLE_NONE))
				*list_add(cx->arena, &r.waiting) = i;
		}
		i++;
	}
	read_behind(cx, &r, t, p);
	p->first_leads = r.first_leads;
	if (r.no_rule)
		damage_add(cx, p,
		    (struct plan_damage){ r.no_rule_line, WHY_NO_LEAD_RULE,
			S("责任单位没有写明谁牵头"), S("请在采用前逐项确定牵头单位"),
			r.no_rule });
	outline_finish(cx, &r.o, p);
}
