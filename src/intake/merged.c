/*
 * Merged cells to lines. The head is found first (merged_head.c); a cell of the body
 * belongs to the name it stands under, however the lines between columns run.
 */
#include "intake/merged.h"

#include "intake/merged_part.h"
#include "intake/text.h"

enum { HEAD_ROWS = 20 };

/* ---- a row ---- */

/* One value of a row, under each name. */
struct row_value {
	struct str text;
	bool above;
};

struct row {
	struct row_value v[NAMES_MAX];
	size_t own; /* cells with words of their own */
};

/* The name a cell stands under: the one it shares most columns with, the first of equals.
 */
static size_t
name_of(const struct merged_columns *c, const struct merged_cell *cell)
{
	size_t best = NAMES_MAX;
	int most = 0;

	for (size_t i = 0; i < c->n; i++) {
		const int n = merged_overlap(cell, c->v[i].from, c->v[i].to);

		if (n > most) {
			most = n;
			best = i;
		}
	}
	return best;
}

static size_t
last_text(const struct merged_columns *c)
{
	size_t last = NAMES_MAX;

	for (size_t i = 0; i < c->n; i++)
		if (c->v[i].role == ROLE_TEXT)
			last = i;
	return last;
}

static bool
ends_clause(struct str s)
{
	static const char *const marks[] = { "，", "、", "。", "；", "：", ",", ";", ":",
		"！", "？", "（", "(" };

	for (size_t i = 0; i < sizeof marks / sizeof *marks; i++)
		if (str_ends(s, str_z(marks[i])))
			return true;
	return false;
}

/* What stands between two lines of a cell. Units and persons on lines of their own are a
 * list; a name that was broken is not. */
static struct str
between(enum role role, struct str before, struct str next)
{
	const bool bracket = str_starts(next, S("（")) || str_starts(next, S("("));

	if (ends_clause(before) || bracket)
		return S("");
	switch (role) {
	case ROLE_LEADER:
		return S("、");
	case ROLE_LEAD:
	case ROLE_UNITS:
	case ROLE_RESPONSIBLE:
		return unit_shaped(before) && (unit_shaped(next) || unit_generic(next))
			   ? S("、")
			   : S("");
	case ROLE_NUMBER:
	case ROLE_DEADLINE:
		return S("");
	case ROLE_NONE:
	case ROLE_TEXT:
	case ROLE_CLASS:
	case ROLE_NOTE:
	case ROLE_COUNT_:
		break;
	}
	return S(" ");
}

/* The lines of a cell as one, without tabs. */
static struct str
one_line(struct cx *cx, enum role role, struct str s)
{
	struct buf b = { .arena = cx->arena };
	struct str line, last = S("");

	s = str_replace(cx->arena, s, S("\t"), S(" "));
	while (str_split(&s, S("\n"), &line)) {
		line = text_trim(line);
		if (!line.n)
			continue;
		if (b.n)
			buf_put(&b, between(role, last, line));
		buf_put(&b, line);
		last = line;
	}
	return buf_str(&b);
}

static void
lose(struct merged_head *head, size_t r, const struct merged_cell *cell)
{
	if (cell->above || merged_is_blank(cell->text))
		return;
	if (head->lost++)
		return;
	head->lost_row = r;
	head->lost_text = cell->text;
}

static void
row_read(struct cx *cx, struct merged_head *head, const struct merged_table *t, size_t r,
    struct row *out)
{
	const struct merged_columns *c = head->columns;
	const struct merged_row *from = &t->rows.v[r];

	*out = (struct row){ 0 };
	for (size_t i = 0; i < from->cells.n; i++) {
		const struct merged_cell *cell = &from->cells.v[i];
		const size_t k = name_of(c, cell);
		struct row_value *v;
		struct str text;

		if (k == NAMES_MAX) {
			lose(head, r, cell);
			continue;
		}
		v = &out->v[k];
		text = one_line(cx, c->v[k].role, cell->text);
		if (!text.n || (v->text.n && cell->above))
			continue;
		out->own += !cell->above;
		/* Two cells under one name: the head joined what the row parts. */
		if (v->text.n && !v->above)
			text = str_fmt(cx->arena, "%.*s%.*s%.*s", STR_ARG(v->text),
			    STR_ARG(between(c->v[k].role, v->text, text)), STR_ARG(text));
		*v = (struct row_value){ text, cell->above };
	}
}

/* Beside a task that spans it the row has units of its own, and nothing that would make
 * it another task: they belong to the row above. */
static bool
adds_units(const struct merged_columns *c, const struct row *row)
{
	const size_t text = last_text(c);

	if (text == NAMES_MAX || !row->v[text].text.n || !row->v[text].above)
		return false;
	for (size_t i = 0; i < c->n; i++)
		if (row->v[i].text.n && !row->v[i].above &&
		    !role_gives_units(c->v[i].role) && c->v[i].role != ROLE_LEADER)
			return false;
	return true;
}

static void
row_join(
    struct cx *cx, const struct merged_columns *c, const struct row *more, struct row *to)
{
	for (size_t i = 0; i < c->n; i++)
		if (more->v[i].text.n && !more->v[i].above)
			to->v[i].text = to->v[i].text.n ? str_fmt(cx->arena, "%.*s、%.*s",
							      STR_ARG(to->v[i].text),
							      STR_ARG(more->v[i].text))
							: more->v[i].text;
}

/* Whether the words of the row above stand in this one too: a measure is said once, and a
 * remark belongs where it is. */
static bool
repeats(const struct merged_columns *c, size_t i)
{
	switch (c->v[i].role) {
	case ROLE_NUMBER:
	case ROLE_LEADER:
	case ROLE_LEAD:
	case ROLE_UNITS:
	case ROLE_RESPONSIBLE:
	case ROLE_DEADLINE:
	case ROLE_CLASS:
		return true;
	case ROLE_TEXT:
		return i == last_text(c);
	case ROLE_NONE:
	case ROLE_NOTE:
	case ROLE_COUNT_:
		break;
	}
	return false;
}

/* The row has something of its own that makes it a task. */
static bool
is_task(const struct merged_columns *c, const struct row *row)
{
	for (size_t i = 0; i < c->n; i++)
		if (row->v[i].text.n && !row->v[i].above && repeats(c, i) &&
		    c->v[i].role != ROLE_NUMBER)
			return true;
	return false;
}

/* A lone cell is a line: a heading between the rows, or a title above them. */
static void
row_put(const struct merged_columns *c, const struct row *row, struct buf *out)
{
	const bool task = is_task(c, row);
	size_t filled = 0;

	for (size_t i = 0; i < c->n; i++)
		filled += row->v[i].text.n > 0;
	for (size_t i = 0; i < c->n; i++) {
		if (i && filled > 1)
			buf_put_byte(out, '\t');
		if (!row->v[i].above || (task && repeats(c, i)))
			buf_put(out, row->v[i].text);
	}
}

static void
head_put(const struct merged_columns *c, struct buf *out)
{
	for (size_t i = 0; i < c->n; i++) {
		if (i)
			buf_put_byte(out, '\t');
		buf_put(out, c->v[i].text);
	}
}

static void
plain_put(struct cx *cx, const struct merged_row *row, struct buf *out)
{
	bool any = false;

	for (size_t i = 0; i < row->cells.n; i++) {
		const struct str text = one_line(cx, ROLE_TEXT, row->cells.v[i].text);

		if (row->cells.v[i].above || !text.n)
			continue;
		if (any)
			buf_put_byte(out, '\t');
		buf_put(out, text);
		any = true;
	}
}

/* ---- the table ---- */

struct putting {
	struct cx *cx;
	struct buf *out;
	const struct merged_columns *c;
	struct row open; /* the row that may still get units */
	size_t waiting;  /* empty lines to put behind it; 0 = none is open */
};

static void
close_row(struct putting *p)
{
	if (!p->waiting)
		return;
	row_put(p->c, &p->open, p->out);
	for (; p->waiting; p->waiting--)
		buf_put_byte(p->out, '\n');
}

static void
body_row(
    struct putting *p, struct merged_head *head, const struct merged_table *t, size_t r)
{
	struct row row;

	row_read(p->cx, head, t, r, &row);
	if (p->waiting && row.own && adds_units(p->c, &row)) {
		row_join(p->cx, p->c, &row, &p->open);
		p->waiting++;
		return;
	}
	close_row(p);
	p->open = row;
	p->waiting = 1;
	if (!row.own) /* of merged cells alone: nothing new */
		p->open = (struct row){ 0 };
}

bool
merged_put(struct cx *cx, const struct merged_table *t, struct merged_head *head,
    struct buf *out)
{
	struct merged_columns found = { 0 };
	struct putting p = { .cx = cx, .out = out };
	size_t names = 0;

	head->lost = 0;
	if (head->columns && t->rows.n &&
	    merged_width(&t->rows.v[0]) == head->columns->width)
		p.c = head->columns;
	for (size_t r = 0; r < t->rows.n; r += names ? names : 1) {
		names = !p.c && r >= HEAD_ROWS ? 0 : merged_head_at(cx, t, r, &found);
		if (names) {
			close_row(&p);
			head->columns = arena_new(cx->arena, struct merged_columns);
			*head->columns = found;
			p.c = head->columns;
			head_put(p.c, out);
			for (size_t k = 0; k < names; k++)
				buf_put_byte(out, '\n');
		} else if (p.c) {
			body_row(&p, head, t, r);
		} else {
			plain_put(cx, &t->rows.v[r], out);
			buf_put_byte(out, '\n');
		}
	}
	close_row(&p);
	return p.c != NULL;
}
