/*
 * The convention of the flattened table: every cell became a line, and an empty cell left
 * no trace. Rows begin with a number; which column a cell belongs to is told by cells.c.
 * A row without any unit cell is one whose cells were merged with those of the row above:
 * it inherits every column it lacks. A row that lacks only its leader has none.
 */
#include "base/buf.h"
#include "intake/columns.h"
#include "intake/damage.h"
#include "intake/forms.h"
#include "intake/outline.h"
#include "intake/table_reading.h"
#include "intake/when.h"

static bool
find_head(struct cx *cx, const struct text *t, size_t from, size_t *at, size_t *n,
    struct columns *c)
{
	for (size_t i = from; i < t->n; i++)
		if ((*n = columns_at(cx, t, i, c)) > 0) {
			*at = i;
			return true;
		}
	return false;
}

static bool
is_bare_number(struct str f)
{
	int64_t v;

	return f.n <= 4 && str_int(f, &v) && v > 0;
}

static int
bare_value(struct str f)
{
	int64_t v = 0;

	(void)str_int(f, &v);
	return (int)v;
}

/* What can stand behind a table but not in it. */
static bool
is_footer(struct str f)
{
	static const char *const heads[] = { "抄送", "抄报", "责任编辑", "(责任编辑",
		"扫一扫", "打印本页", "上一篇", "下一篇", "附件", "[关闭", "关闭窗口",
		"[返回", "[打印", NULL };

	for (const char *const *w = heads; *w; w++)
		if (str_starts(f, str_z(*w)))
			return true;
	return str_ends(f, S("印发"));
}

static bool
has_role(const struct columns *c, enum role role)
{
	for (size_t i = 0; i < c->n; i++)
		if (c->v[i] == role)
			return true;
	return false;
}

/* The kind of number that rows bear: the one most often followed by cells. */
static void
learn_rows(const struct text *t, size_t from, struct reading *r)
{
	size_t counts[NUMBER_KIND_COUNT_] = { 0 }, bare = 0, best = 0;

	r->grid = from < t->n && from > 0 && t->v[from - 1].column;

	for (size_t i = t->n, cells = 0; i-- > from;) {
		const struct number n = t->v[i].num;

		if (is_bare_number(t->v[i].f))
			bare++;
		else if (n.kind != NUMBER_NONE && cells >= 2)
			counts[n.kind]++;
		cells = n.kind == NUMBER_NONE ? cells + 1 : 0;
	}
	for (int k = 0; k < NUMBER_KIND_COUNT_; k++)
		if (counts[k] > counts[best])
			best = (size_t)k;
	r->item = (enum number_kind)best;
	r->bare = bare > counts[best];
	r->plain = !r->grid && !r->bare && !counts[best] && from > 0 &&
		   !has_role(&r->columns, ROLE_NUMBER);
}

static bool starts_row(struct cx *cx, const struct reading *r, const struct line *l);

size_t
table_fits(struct cx *cx, const struct text *t)
{
	struct reading r = { 0 };
	size_t at, n, fits = 0;

	if (!find_head(cx, t, 0, &at, &n, &r.columns))
		return 0;
	learn_rows(t, at + n, &r);
	for (size_t i = at + n; i < t->n; i++)
		fits += r.grid    ? t->v[i].row
			: r.plain ? starts_row(cx, &r, &t->v[i])
			: r.bare  ? is_bare_number(t->v[i].f)
				  : r.item != NUMBER_NONE && t->v[i].num.kind == r.item;
	return fits;
}

/* Columns as the cells of a row see them: the text first where its line bears the number.
 */
static void
arrange(struct reading *r)
{
	struct columns c = { 0 };
	size_t from = 0;

	r->has_leaders = has_role(&r->columns, ROLE_LEADER);
	r->has_lead = has_role(&r->columns, ROLE_LEAD);
	r->has_helpers = has_role(&r->columns, ROLE_UNITS);
	if (r->grid)
		return;
	if (!r->bare) {
		c.v[c.n++] = ROLE_TEXT;
		for (size_t i = 0; i < r->columns.n; i++)
			if (r->columns.v[i] == ROLE_TEXT)
				from = i + 1;
	}
	for (size_t i = 0; i < r->columns.n; i++)
		if (r->columns.v[i] != ROLE_NUMBER &&
		    (i >= from || r->columns.v[i] != ROLE_TEXT))
			c.v[c.n++] = r->columns.v[i];
	c.texts = r->bare || r->plain ? r->columns.texts : 0;
	r->columns = c;
}

/* A sentence of a task, not a unit, a name or a date. */
static bool
reads_as_text(struct cx *cx, const struct line *l)
{
	struct plan_deadline when;

	if (str_has(l->f, S("。")))
		return true;
	return str_chars(l->f) >= 8 && !unit_shaped(l->f) && !unit_generic(l->f) &&
	       !str_has(l->f, S("、")) &&
	       !when_cell(cx, l->f, &when, &(struct milestones){ 0 });
}

/* A bare number that goes on counting: the next one, 1 behind a heading, or a later one
 * in front of a text (the rows between are lost). */
static bool
counts_on(struct cx *cx, const struct reading *r, const struct line *l)
{
	int64_t v;

	if (!is_bare_number(l->f) || !str_int(l->f, &v))
		return false;
	if (v == r->last_bare + 1 || (v == 1 && r->restarted))
		return true;
	return !l->final && v > r->last_bare && v < r->last_bare + 50 &&
	       reads_as_text(cx, l + 1);
}

/* 完善制度 in front of what is to be done, where two columns of text stand side by side
 * and the last column holds no words of its own. */
static bool
heads_text(struct cx *cx, const struct reading *r, const struct line *l)
{
	const enum role last = r->columns.v[r->columns.n - 1];
	struct plan_deadline when;

	return r->columns.texts > 1 && last != ROLE_LEADER && last != ROLE_NOTE &&
	       !l->final && l->num.kind == NUMBER_NONE && l[1].num.kind == NUMBER_NONE &&
	       str_chars(l->f) <= 12 && !str_has(l->f, S("、")) && !unit_shaped(l->f) &&
	       !unit_generic(l->f) &&
	       !when_cell(cx, l->f, &when, &(struct milestones){ 0 }) &&
	       !reads_as_text(cx, l) && reads_as_text(cx, l + 1);
}

static bool
starts_row(struct cx *cx, const struct reading *r, const struct line *l)
{
	if (r->grid)
		return l->row;
	if (r->plain && heads_text(cx, r, l))
		return true;
	if (r->plain)
		return l->num.kind == NUMBER_NONE && reads_as_text(cx, l) &&
		       !reads_as_text(cx, l - 1) && !heads_text(cx, r, l - 1);
	if (r->bare)
		return counts_on(cx, r, l);
	return r->item != NUMBER_NONE && l->num.kind == r->item;
}

static bool
starts_heading(const struct reading *r, const struct line *l)
{
	const struct number n = l->num;

	if (l->column)
		return false;
	return n.kind != NUMBER_NONE &&
	       (n.kind < r->item || r->bare || r->grid || r->plain) && !is_prose(l->f);
}

/* The lines of one row as cells; wrapped ones joined. Returns the line behind the row. */
static size_t
gather(struct cx *cx, const struct reading *r, const struct text *t, size_t i,
    struct cells *cells)
{
	bool full = false;

	for (; i < t->n; i++) {
		const struct line *l = &t->v[i];
		struct cell *last = cells->n ? &cells->v[cells->n - 1] : NULL;
		struct strs classes = { 0 };
		struct columns head;
		struct str rest;

		if (starts_row(cx, r, l) || starts_heading(r, l) || is_footer(l->f) ||
		    columns_at(cx, t, i, &head))
			break;
		if (r->grid && !l->column)
			break;
		if (!r->grid && last && cell_goes_on(cx, t->known, last->s, l->s)) {
			last->s = str_fmt(
			    cx->arena, "%.*s%.*s", STR_ARG(last->s), STR_ARG(l->s));
			last->to = i + 1;
			continue;
		}
		/* Behind the classes, the last column, only the next row can follow. */
		if (!r->grid && full && r->columns.v[r->columns.n - 1] == ROLE_CLASS)
			break;
		full = cell_classes(cx, l->s, &classes, &rest);
		*list_add(cx->arena, cells) = (struct cell){ l->s, i, i + 1, -1 };
	}
	return i;
}

/* What all rows together teach about their cells. */
static void
learn_cells(struct cx *cx, const struct text *t, size_t from, struct reading *r)
{
	for (size_t i = from; i < t->n;) {
		struct cells cells = { 0 };

		if (!starts_row(cx, r, &t->v[i])) {
			r->restarted |= starts_heading(r, &t->v[i]);
			i++;
			continue;
		}
		if (r->bare)
			r->last_bare = bare_value(t->v[i].f);
		r->restarted = false;
		i = gather(cx, r, t, i + 1, &cells);
		evidence_add(cx, &r->evidence, &cells);
	}
	r->last_bare = 0;
	r->restarted = false;
}

static void
read_class(struct cx *cx, struct reading *r, struct plan_task *task,
    const struct known *known, const struct line *l, struct str s)
{
	const size_t before = task->milestones.n;
	struct str rest;

	if (!cell_classes(cx, s, &task->classes, &rest)) {
		units_split(cx, known, s, &task->classes);
		return;
	}
	when_sentences(cx, rest, &task->milestones);
	if (task->milestones.n > before && r->seconds++ == 0) {
		r->second_line = l->no;
		r->second_text = s;
	}
}

static void
read_cell(struct cx *cx, struct reading *r, struct plan_task *task, struct text *t,
    const struct cell *c, struct sources *src, int self)
{
	struct buf text = { .arena = cx->arena };
	struct plan_deadline when;

	switch (r->columns.v[c->column]) {
	case ROLE_TEXT:
		buf_put(&text, task->text);
		/* 任务 and 具体措施 side by side: two cells, not one that was broken. */
		if (r->columns.texts > 1 && task->text.n &&
		    !str_ends(task->text, S("，")) && !str_has(task->text, S("\n")))
			buf_put_byte(&text, '\n');
		buf_put(&text, c->s);
		task->text = buf_str(&text);
		break;
	case ROLE_LEADER:
		cell_persons(cx, c->s, &task->leaders);
		src->from[F_LEADERS] = self;
		break;
	case ROLE_LEAD:
		units_split(cx, t->known, c->s, &task->lead);
		src->from[F_LEAD] = self;
		break;
	case ROLE_UNITS:
		units_split(cx, t->known, c->s, &task->units);
		src->from[F_UNITS] = self;
		break;
	case ROLE_RESPONSIBLE:
		units_split(cx, t->known, c->s,
		    r->has_helpers && !r->has_lead ? &task->lead : &task->units);
		src->from[r->has_helpers && !r->has_lead ? F_LEAD : F_UNITS] = self;
		break;
	case ROLE_DEADLINE:
		if (when_cell(cx, c->s, &when, &task->milestones)) {
			task->deadline = when;
			src->from[F_DEADLINE] = self;
		} else { /* 立即: no day, but said */
			task->text = str_fmt(cx->arena, "%.*s（%.*s）",
			    STR_ARG(task->text), STR_ARG(c->s));
		}
		break;
	case ROLE_CLASS:
		read_class(cx, r, task, t->known, &t->v[c->from], c->s);
		src->from[F_CLASSES] = self;
		break;
	case ROLE_NOTE:
		when_sentences(cx, c->s, &task->milestones);
		break;
	case ROLE_NONE:
	case ROLE_NUMBER:
	case ROLE_COUNT_:
		break;
	}
}

/* A row whose cells know their columns; blanks that hid an empty cell leave it to costs.
 */
static void
place_cells(
    struct cx *cx, const struct reading *r, const struct text *t, struct cells *cells)
{
	for (size_t i = 0; i < cells->n; i++) {
		const int column = t->v[cells->v[i].from].column;

		if (column == CELL_SOMEWHERE) {
			cells_lay(cx, &r->evidence, &r->columns, cells, false, false);
			return;
		}
		cells->v[i].column = column <= (int)r->columns.n ? column - 1 : -1;
	}
}

/* In front of the last column of text stand the measures that its rows belong to. */
static bool
is_measure_cell(const struct reading *r, const struct cells *cells, size_t i)
{
	if (r->columns.v[cells->v[i].column] != ROLE_TEXT)
		return false;
	for (size_t k = i + 1; k < cells->n; k++)
		if (cells->v[k].column >= 0 &&
		    r->columns.v[cells->v[k].column] == ROLE_TEXT)
			return true;
	return false;
}

/* False where the row bears the number of the row above: a number over merged rows. */
static bool
read_grid_heads(struct cx *cx, struct reading *r, struct text *t, struct plan *p,
    const struct cells *cells)
{
	const int above = r->restarted ? 0 : r->o.last_item;
	bool numbered = false;
	int64_t v = 0;

	r->o.last_item++;
	for (size_t i = 0; i < cells->n; i++) {
		struct line *l = &t->v[cells->v[i].from];
		const int column = cells->v[i].column;

		if (column < 0)
			continue;
		if (r->columns.v[column] == ROLE_NUMBER) {
			numbered = true;
			if (l->num.value)
				r->o.last_item = l->num.value;
			else if (str_int(l->f, &v) && v > 0 && v < 100000)
				r->o.last_item = (int)v;
		} else if (is_measure_cell(r, cells, i)) {
			outline_measure(&r->o, p, l, l->num);
			line_take_all(cx, l, CLAIM_HEADING);
		}
	}
	return !numbered || r->o.last_item != above;
}

/* One row of a grid: its task, whose cells stand in order. */
static size_t
read_grid_row(struct cx *cx, struct reading *r, struct text *t, struct plan *p, size_t at)
{
	struct cells cells = { 0 };
	struct sources *src;
	struct plan_task *task;
	const int self = (int)p->tasks.n;
	size_t next = at + 1;
	bool is_new;

	*list_add(cx->arena, &cells) = (struct cell){ t->v[at].s, at, at + 1, -1 };
	next = gather(cx, r, t, next, &cells);
	place_cells(cx, r, t, &cells);
	if (cells.n == 1)
		return next; /* a lone cell is no row: it stays in the remainder */
	is_new = read_grid_heads(cx, r, t, p, &cells);
	src = list_add(cx->arena, &r->sources);
	for (int f = 0; f < FIELD_COUNT_; f++)
		src->from[f] = -1;
	task = outline_task(cx, &r->o, p, r->o.last_item, is_new, false);
	task->line = t->v[at].no;
	for (size_t i = 0; i < cells.n; i++) {
		const int column = cells.v[i].column;

		if (column < 0 || r->columns.v[column] == ROLE_NONE ||
		    is_measure_cell(r, &cells, i))
			continue;
		read_cell(cx, r, task, t, &cells.v[i], src, self);
		line_take_all(cx, &t->v[cells.v[i].from], CLAIM_TASK);
	}
	when_sentences(cx, task->text, &task->milestones);
	table_settle_lead(cx, r, task);
	table_inherit(r, p, task, src);
	return next;
}

static void
say_gap(struct cx *cx, struct plan *p, const struct line *l, int last, int value)
{
	damage_add(cx, p,
	    (struct plan_damage){ l->no, WHY_NUMERAL_LOST, line_cut(l, 0, l->f.n),
		str_fmt(cx->arena, "序号由 %d 跳到 %d,请核对中间是否缺行", last, value),
		1 });
}

static size_t
read_row(struct cx *cx, struct reading *r, struct text *t, struct plan *p, size_t at)
{
	struct line *l = &t->v[at];
	const struct number n = r->bare ? (struct number){ .n = l->f.n } : l->num;
	struct sources *src = list_add(cx->arena, &r->sources);
	struct cells cells = { 0 };
	const int self = (int)p->tasks.n;
	struct plan_task *task;
	const int bare = r->bare ? bare_value(l->f) : 0;
	size_t next;

	if (bare > r->last_bare + 1)
		say_gap(cx, p, l, r->last_bare, bare);
	r->last_bare = bare;
	next = gather(cx, r, t, at + 1, &cells);
	r->o.last_item = n.value ? n.value : r->bare ? bare : r->o.last_item + 1;
	task = outline_task(cx, &r->o, p, r->o.last_item, true, false);
	task->text = line_cut(l, n.n, l->f.n);
	task->line = l->no;
	line_take(cx, l, 0, l->f.n, CLAIM_TASK);
	for (int f = 0; f < FIELD_COUNT_; f++)
		src->from[f] = -1;
	cells_lay(cx, &r->evidence, &r->columns, &cells, !r->bare,
	    str_ends(task->text, S("。")));
	for (size_t i = 0; i < cells.n; i++) {
		if (cells.v[i].column < 0)
			continue; /* fits no column: stays in the remainder */
		read_cell(cx, r, task, t, &cells.v[i], src, self);
		for (size_t k = cells.v[i].from; k < cells.v[i].to; k++)
			line_take(cx, &t->v[k], 0, t->v[k].f.n, CLAIM_TASK);
	}
	when_sentences(cx, task->text, &task->milestones);
	table_settle_lead(cx, r, task);
	table_inherit(r, p, task, src);
	return next;
}

static void
read_heading(struct cx *cx, struct reading *r, struct plan *p, struct line *l)
{
	const struct number n = l->num;

	if (n.kind == NUMBER_HAN || n.kind == NUMBER_PART)
		outline_section(&r->o, p, l, n);
	else
		outline_measure(&r->o, p, l, n);
	line_take_all(cx, l, CLAIM_HEADING);
}

/* The heading that a table stands under: just above it, or the part of the document, with
 * the title of the table between. */
static void
read_heading_above(
    struct cx *cx, struct reading *r, struct text *t, struct plan *p, size_t head)
{
	enum { FAR = 6 };

	for (size_t i = head; i > 0 && head - i < FAR && !is_sentence(t->v[i - 1].f);
	     i--) {
		const enum number_kind kind = t->v[i - 1].num.kind;

		if (kind == NUMBER_PART || (kind == NUMBER_HAN && i == head)) {
			read_heading(cx, r, p, &t->v[i - 1]);
			return;
		}
	}
}

void
table_read(struct cx *cx, struct text *t, struct plan *p)
{
	struct reading r = { 0 };
	size_t head, n, i;

	if (!find_head(cx, t, 0, &head, &n, &r.columns))
		return;
	learn_rows(t, head + n, &r);
	arrange(&r);
	for (i = 0; i < t->n; i++)
		r.first_leads |= has_lead_rule(t->v[i].f);
	if (!r.grid) {
		evidence_open(&r.evidence, t->known, &r.columns, !r.bare);
		learn_cells(cx, t, head + n, &r);
		evidence_close(&r.evidence);
	}
	if (r.grid)
		read_heading_above(cx, &r, t, p, head);
	for (i = head; i < t->n;) {
		struct columns again;
		const size_t names = columns_at(cx, t, i, &again);

		if (names) {
			for (size_t k = i; k < i + names; k++)
				line_take_all(
				    cx, &t->v[k], CLAIM_OTHER + OTHER_COLUMN_HEADS);
			if (r.grid && t->v[i].column) {
				r.columns = again;
				arrange(&r);
			}
			i += names;
		} else if (starts_row(cx, &r, &t->v[i])) {
			i = r.grid ? read_grid_row(cx, &r, t, p, i)
				   : read_row(cx, &r, t, p, i);
			r.restarted = false;
		} else {
			if (starts_heading(&r, &t->v[i])) {
				read_heading(cx, &r, p, &t->v[i]);
				r.restarted = true;
			}
			i++;
		}
	}
	p->first_leads = r.first_leads;
	outline_finish(cx, &r.o, p);
	table_name_inherited(cx, &r, p);
	outline_measure_texts(cx, t, p, head);
	table_report(cx, &r, p);
}
