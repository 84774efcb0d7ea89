/*
 * The convention of closing brackets: (A、B、C负责), (A牵头,B配合). One task a bracket.
 * That the first unit leads is true only from where the document says so. Beside them, in
 * the same plan, pilots: 项目:单位、单位。
 */
#include "base/buf.h"
#include "base/map.h"
#include "intake/damage.h"
#include "intake/forms.h"
#include "intake/limit.h"
#include "intake/orphan.h"
#include "intake/units.h"
#include "intake/when.h"

enum {
	WORDS_BYTES = 3000, /* of a bracket; what is longer names no units */
	PILOT_BYTES = 600,
	PILOTS = 20, /* neighbours that are asked */
};

/* A bracket that assigns: from and to are its outer marks in folded text. */
struct bracket {
	size_t from, to;   /* to is behind the mark and the 。 that may follow */
	size_t words, end; /* what stands inside */
};

/* What decides whether a bracket assigns. */
struct ways {
	char mark;        /* the opening mark that this document assigns with; 0 = any */
	bool first_leads; /* the document said so before */
	const struct known *known;
};

/* Behind a sentence, or before its full stop or the end: not in the middle of one. */
static bool
closes_sentence(struct str f, size_t from, size_t *to)
{
	const struct str before = str_sub(f, 0, from), behind = str_sub(f, *to, f.n);
	const bool after_stop = from == 0 || str_ends(before, S("。")) ||
				str_ends(before, S(";")) || str_ends(before, S("”")) ||
				str_ends(before, S(":"));

	if (str_starts(behind, S("。"))) {
		*to += S("。").n;
		return true;
	}
	if (str_starts(behind, S(";"))) {
		*to += 1;
		return true;
	}
	return behind.n == 0 || after_stop;
}

/* Words that open an explanation, not an assignment. */
static bool
explains(struct str words)
{
	static const char *const heads[] = { "具体", "其中", "以下", "如", "包括", "含",
		"详见", "即", "指", "注", "见", "另", NULL };

	for (const char *const *w = heads; *w; w++)
		if (str_starts(words, str_z(*w)))
			return true;
	return false;
}

static bool
sane(const struct assignment *a)
{
	const struct strs *const lists[] = { &a->lead, &a->units };

	for (int k = 0; k < 2; k++)
		for (size_t i = 0; i < lists[k]->n; i++) {
			const struct str s = lists[k]->v[i];

			if (str_has(s, S("。")) ||
			    (str_chars(s) > 45 && !unit_generic(s)))
				return false;
		}
	return true;
}

/* Behind a full stop, a bracket that holds nothing but units: (县司法局、县公安局) */
static bool
only_units(struct cx *cx, const struct line *l, const struct bracket *b,
    const struct ways *ways, struct assignment *out)
{
	struct assignment a = { .deadline = { DEADLINE_NONE, DAY_NONE } };
	const struct str words = limit_cut(cx, line_cut(l, b->words, b->end), &a);
	struct strs units = { 0 };

	/* Units and a time limit assign wherever a sentence closes; units alone may
	 * only explain a word, but not behind a full stop. */
	if (a.deadline.kind == DEADLINE_NONE &&
	    !str_ends(str_sub(l->f, 0, b->from), S("。")))
		return false;
	units_split(cx, ways->known, words, &units);
	for (size_t i = 0; i < units.n; i++)
		if (str_chars(units.v[i]) > 30 || str_has(units.v[i], S("。")) ||
		    !(unit_shaped(units.v[i]) || unit_generic(units.v[i])))
			return false;
	*out = a;
	for (size_t i = 0; i < units.n; i++)
		strs_add(cx, ways->first_leads && i == 0 ? &out->lead : &out->units,
		    units.v[i]);
	return units.n > 0;
}

static bool
assigns(struct cx *cx, const struct line *l, struct bracket *b, const struct ways *ways,
    struct assignment *out)
{
	const struct str words = str_sub(l->f, b->words, b->end);

	if (words.n == 0 || explains(words) || !closes_sentence(l->f, b->from, &b->to))
		return false;
	if (assignment_parse(
		cx, ways->known, line_cut(l, b->words, b->end), ways->first_leads, out))
		return sane(out);
	return only_units(cx, l, b, ways, out);
}

/* The last sentence before an unopened bracket at the end: its opening mark is lost. */
static size_t
lost_opening(struct str f, size_t from, size_t close)
{
	size_t start = from;

	for (size_t i = from; i < close;) {
		const uint32_t c = str_next(f, &i);

		if ((c == 0x3002 || c == ';') && i < close)
			start = i;
	}
	return start;
}

/* The next bracket from `from` on that assigns something. */
static bool
next_bracket(struct cx *cx, const struct line *l, size_t from, const struct ways *ways,
    struct bracket *b, struct assignment *a)
{
	const char mark = ways->mark;
	size_t open[16], depth = 0;

	for (size_t i = from; i < l->f.n; i++) {
		const char c = l->f.p[i];

		if (c == '(' || c == '[') {
			if (depth < 16)
				open[depth] = i;
			depth++;
		} else if (c == ')' || c == ']') {
			const bool closed = depth > 0 && --depth < 16;
			size_t at;

			if (depth > 0 || (!closed && i + 4 < l->f.n))
				continue;
			at = closed ? open[depth] : lost_opening(l->f, from, i);
			if (i - at > WORDS_BYTES ||
			    (closed && mark && l->f.p[at] != mark))
				continue;
			*b = (struct bracket){ at, i + 1, at + closed, i };
			if (assigns(cx, l, b, ways, a))
				return true;
		}
	}
	/* The closing mark is lost at the end of the paragraph. */
	if (depth == 1 && open[0] > from && l->f.n - open[0] < WORDS_BYTES &&
	    (!mark || l->f.p[open[0]] == mark)) {
		*b = (struct bracket){ open[0], l->f.n, open[0] + 1, l->f.n };
		return assigns(cx, l, b, ways, a);
	}
	return false;
}

struct reading {
	struct outline o;
	enum number_kind item;
	LIST(size_t) waiting; /* paragraphs of an item whose bracket comes later */
	struct ways ways;
	struct map names; /* units that were given a task */
	uint8_t *pilots;  /* of each line: what pilot_units() said of it as a neighbour */
	size_t no_rule, no_rule_line;
};

/*
 * One pair of marks assigns in a document. The other pair, where it reads alike, is not
 * taken in silence: the paragraph stays prose and is named (odd_mark).
 */
void
brackets_survey(struct cx *cx, const struct text *t, struct survey *out)
{
	size_t counts[NUMBER_KIND_COUNT_] = { 0 }, square = 0;
	enum number_kind last = NUMBER_NONE;
	const struct ways ways = { .known = t->known };
	struct bracket b;
	struct assignment a;

	*out = (struct survey){ .assigned = arena_array(cx->arena, uint8_t, t->n + 1) };
	for (size_t i = 0; i < t->n; i++) {
		const struct line *l = &t->v[i];

		if (l->num.kind != NUMBER_NONE)
			last = l->num.kind;
		if (!next_bracket(cx, l, 0, &ways, &b, &a))
			continue;
		counts[last]++;
		out->fits++;
		out->assigned[i] = 1;
		square += l->f.p[b.from] == '[';
	}
	out->mark = square * 2 > out->fits ? '[' : '(';
	for (int k = NUMBER_NONE + 1; k < NUMBER_KIND_COUNT_; k++)
		if (counts[k] > 0 &&
		    (out->item == NUMBER_NONE || counts[k] > counts[out->item]))
			out->item = (enum number_kind)k;
}

static void
give_units(
    struct cx *cx, struct reading *r, struct plan_task *task, const struct assignment *a)
{
	task->leaders = a->leaders;
	task->lead = a->lead;
	task->units = a->units;
	task->classes = a->classes;
	if (a->deadline.kind != DEADLINE_NONE)
		task->deadline = a->deadline;
	for (size_t i = 0; i < a->milestones.n; i++)
		*list_add(cx->arena, &task->milestones) = a->milestones.v[i];
	r->ways.first_leads |= a->rule;
	for (size_t i = 0; i < a->lead.n; i++)
		map_put(cx->arena, &r->names, a->lead.v[i], task);
	for (size_t i = 0; i < a->units.n; i++)
		map_put(cx->arena, &r->names, a->units.v[i], task);
	if (a->lead.n == 0 && r->no_rule++ == 0)
		r->no_rule_line = task->line;
}

/* The waiting paragraphs become the front of the task's text. */
static void
put_waiting(struct cx *cx, struct reading *r, struct text *t, struct buf *b,
    size_t *first, struct number *n)
{
	for (size_t k = 0; k < r->waiting.n; k++) {
		struct line *l = &t->v[r->waiting.v[k]];

		if (k == 0) {
			*first = l->no;
			*n = l->num;
		}
		buf_put(b, line_cut(l, k == 0 ? n->n : 0, l->f.n));
		buf_put_byte(b, '\n');
		line_take(cx, l, 0, l->f.n, CLAIM_TASK);
	}
	r->waiting.n = 0;
}

/* All brackets of one paragraph. False when it has none. */
static bool
read_paragraph(
    struct cx *cx, struct reading *r, struct text *t, struct plan *p, size_t at)
{
	struct line *l = &t->v[at];
	struct number n = l->num;
	struct plan_task *task = NULL;
	struct bracket b;
	struct assignment a;
	size_t from = n.n, done = 0;
	bool first = true;

	while (from < l->f.n && next_bracket(cx, l, from, &r->ways, &b, &a)) {
		struct buf text = { .arena = cx->arena };
		size_t line = l->no;

		if (first && n.kind == NUMBER_NONE)
			put_waiting(cx, r, t, &text, &line, &n);
		buf_put(&text, line_cut(l, from, b.from));
		if (first && n.kind != NUMBER_NONE)
			r->o.last_item = n.value ? n.value : r->o.last_item + 1;
		task = outline_task(
		    cx, &r->o, p, r->o.last_item, first && n.kind != NUMBER_NONE, false);
		/* A condition inside the bracket stays where it can be read. */
		if (a.rest.n)
			buf_fmt(&text, "（%.*s）", STR_ARG(a.rest));
		task->text = text_trim(buf_str(&text));
		task->line = line;
		(void)limit_bracket(cx, task->text, &a);
		if (a.deadline.kind == DEADLINE_NONE)
			(void)limit_bracket(
			    cx, text_trim(str_sub(l->f, b.to, l->f.n)), &a);
		when_sentences(cx, task->text, &task->milestones);
		give_units(cx, r, task, &a);
		from = done = b.to;
		first = false;
	}
	if (!task)
		return false;
	/* Words behind the last bracket belong to its task. */
	if (chars_without_blanks(str_sub(l->f, done, l->f.n)))
		task->text = str_fmt(cx->arena, "%.*s%.*s", STR_ARG(task->text),
		    STR_ARG(line_cut(l, done, l->f.n)));
	line_take(cx, l, 0, l->f.n, CLAIM_TASK);
	return true;
}

enum { UNASKED, NO_PILOT, MAY_PILOT, IS_PILOT };

/* 项目:单位、单位。 with nothing else in the paragraph. It is a pilot when all of them
 * look like units, or one was given a task before; else it may be one. */
static int
pilot_units(struct cx *cx, const struct reading *r, const struct line *l, size_t *colon,
    struct strs *units)
{
	size_t end = l->f.n, at = SIZE_MAX, shaped = 0, assigned = 0;
	int depth = 0;

	while (
	    str_ends(str_sub(l->f, 0, end), S("。")) || (end && l->f.p[end - 1] == ' '))
		end -= l->f.p[end - 1] == ' ' ? 1 : S("。").n;
	for (size_t i = l->num.n; i < end; i++) {
		depth += l->f.p[i] == '(' ? 1 : l->f.p[i] == ')' ? -1 : 0;
		if (l->f.p[i] == ':' && depth == 0)
			at = i;
	}
	if (l->num.kind == NUMBER_NONE || at == SIZE_MAX || at == l->num.n ||
	    end - at > PILOT_BYTES || str_has(str_sub(l->f, l->num.n, end), S("。")))
		return NO_PILOT;
	units_split(cx, r->ways.known, line_cut(l, at + 1, end), units);
	for (size_t i = 0; i < units->n; i++) {
		if (str_chars(units->v[i]) > 25)
			return NO_PILOT;
		shaped += unit_shaped(units->v[i]);
		assigned += map_find(&r->names, units->v[i]) != NULL;
	}
	*colon = at;
	return units->n < 2                         ? NO_PILOT
	       : shaped == units->n || assigned > 0 ? IS_PILOT
						    : MAY_PILOT;
}

/* Of lines that stand together and read alike, one that is a pilot tells of all. */
static bool
is_pilot(struct cx *cx, const struct reading *r, const struct text *t, size_t at,
    size_t *colon, struct strs *units)
{
	const int here = pilot_units(cx, r, &t->v[at], colon, units);

	for (int step = -1; here == MAY_PILOT && step <= 1; step += 2)
		for (size_t k = 1; k <= PILOTS; k++) {
			const size_t i = step < 0 ? at - k : at + k;
			struct strs theirs = { 0 };
			size_t mark;

			if (i >= t->n || t->v[i].num.kind != t->v[at].num.kind)
				break;
			if (r->pilots[i] == UNASKED)
				r->pilots[i] = (uint8_t)pilot_units(
				    cx, r, &t->v[i], &mark, &theirs);
			if (r->pilots[i] == IS_PILOT)
				return true;
			if (r->pilots[i] == NO_PILOT)
				break;
		}
	return here == IS_PILOT;
}

static bool
read_pilot(struct cx *cx, struct reading *r, struct plan *p, struct text *t, size_t at)
{
	struct line *l = &t->v[at];
	const struct number n = l->num;
	struct strs units = { 0 };
	struct plan_task *task;
	size_t colon;

	if (!is_pilot(cx, r, t, at, &colon, &units))
		return false;
	task = outline_task(cx, &r->o, p, n.value, true, true);
	task->text = line_cut(l, n.n, colon);
	task->units = units;
	task->line = l->no;
	if (r->no_rule++ == 0)
		r->no_rule_line = l->no;
	line_take(cx, l, 0, l->f.n, CLAIM_TASK);
	return true;
}

static void
odd_mark(struct cx *cx, const struct reading *r, struct plan *p, const struct line *l)
{
	const struct ways any = { 0, r->ways.first_leads, r->ways.known };
	struct bracket b;
	struct assignment a;

	if (!next_bracket(cx, l, 0, &any, &b, &a))
		return;
	damage_add(cx, p,
	    (struct plan_damage){ l->no, WHY_BRACKET_LOST, line_cut(l, b.from, b.to),
		r->ways.mark == '(' ? S("括号与全文不同，这一段未列为任务；核对后改用圆括"
					"号（），再读一次")
				    : S("括号与全文不同，这一段未列为任务；核对后改用方括"
					"号〔〕，再读一次"),
		1 });
}

static void
read_other(struct cx *cx, struct reading *r, struct text *t, struct plan *p, size_t at,
    bool assigned)
{
	struct line *l = &t->v[at];
	const struct number n = l->num;
	const bool top = n.kind == NUMBER_HAN || n.kind == NUMBER_PART;

	if (l->orphan) {
		r->o.last_item = n.value;
		r->waiting.n = 0;
		orphan_read(cx, &r->o, p, l);
		return;
	}
	if (assigned)
		odd_mark(cx, r, p, l);
	if (has_lead_rule(l->f))
		r->ways.first_leads = true;
	if (read_pilot(cx, r, p, t, at))
		return;
	if (top || (n.kind != NUMBER_NONE && n.kind < r->item && !is_prose(l->f))) {
		r->waiting.n = 0;
		if (top)
			outline_section(&r->o, p, l, n);
		else
			outline_measure(&r->o, p, l, n);
		line_take_all(cx, l, CLAIM_HEADING);
		return;
	}
	if (n.kind != NUMBER_NONE && n.kind <= r->item)
		r->waiting.n = 0;
	if (n.kind == r->item || r->waiting.n)
		*list_add(cx->arena, &r->waiting) = at;
}

void
brackets_read(struct cx *cx, struct text *t, const struct survey *survey, struct plan *p)
{
	struct reading r = { .item = survey->item,
		.ways = { .mark = survey->mark, .known = t->known } };

	orphans_mark(cx, t, survey->item, survey->assigned);
	r.pilots = arena_array(cx->arena, uint8_t, t->n + 1);
	for (size_t i = 0; i < t->n; i++)
		if (!survey->assigned[i] || !read_paragraph(cx, &r, t, p, i))
			read_other(cx, &r, t, p, i, survey->assigned[i]);
	p->first_leads = r.ways.first_leads;
	if (r.no_rule)
		damage_add(cx, p,
		    (struct plan_damage){ r.no_rule_line, WHY_NO_LEAD_RULE,
			S("并列的单位没有写明谁牵头"), S("请在采用前逐项确定牵头单位"),
			r.no_rule });
	outline_finish(cx, &r.o, p);
}
