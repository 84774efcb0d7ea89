/*
 * Merged cells to lines. The head is found first, on one row or two (责任单位 over 牵头
 * and 配合): its names say which columns a cell that spans rows is repeated in, and a
 * cell of the body belongs to the name it stands under, however the lines between columns
 * run.
 */
#include "intake/merged.h"

#include "intake/columns.h"
#include "intake/text.h"

enum { NAMES_MAX = 16, HEAD_ROWS = 20 };

struct name {
	int from, to; /* columns of the grid, `to` excluded */
	struct str text;
	enum role role;
};

struct merged_columns {
	struct name v[NAMES_MAX];
	size_t n;
	int width; /* of the widest row, to tell a table that goes on */
};

static bool
is_unit_role(enum role r)
{
	return r == ROLE_LEAD || r == ROLE_UNITS || r == ROLE_RESPONSIBLE;
}

/* 责任\n单位 and 序  号 are one name. */
static struct str
squeezed(struct cx *cx, struct str s)
{
	struct buf b = { .arena = cx->arena };

	for (size_t i = 0; i < s.n;) {
		const size_t from = i;

		(void)str_next(s, &i);
		if (chars_without_blanks(str_sub(s, from, i)))
			buf_put(&b, str_sub(s, from, i));
	}
	return buf_str(&b);
}

static bool
is_blank(struct str s)
{
	return chars_without_blanks(s) == 0;
}

static int
width_of(const struct merged_row *row)
{
	const struct merged_cell *last = row->cells.n ? &row->cells.v[row->cells.n - 1]
						      : NULL;

	return last ? last->column + last->columns : 0;
}

static int
overlap(const struct merged_cell *c, int from, int to)
{
	const int a = c->column > from ? c->column : from;
	const int end = c->column + c->columns, b = end < to ? end : to;

	return b - a;
}

/* ---- the head ---- */

static void
name_add(struct cx *cx, struct merged_columns *c, const struct merged_cell *cell,
    struct str text)
{
	if (c->n == NAMES_MAX)
		return;
	c->v[c->n++] = (struct name){ cell->column, cell->column + cell->columns,
		squeezed(cx, text), column_role(squeezed(cx, text)) };
}

static bool
is_head(const struct merged_columns *c)
{
	size_t known = 0;
	bool text = false, unit = false;

	for (size_t i = 0; i < c->n; i++) {
		known += c->v[i].role != ROLE_NONE;
		text |= c->v[i].role == ROLE_TEXT;
		unit |= is_unit_role(c->v[i].role);
	}
	return known >= 3 && known * 2 > c->n && text && unit;
}

/* The names that stand under one that spans them, each with it where it says too little
 * alone (责任单位 over 牵头). */
static bool
names_below(struct cx *cx, struct merged_columns *c, const struct merged_cell *upper,
    const struct merged_row *below)
{
	const size_t before = c->n;

	for (size_t i = 0; i < below->cells.n; i++) {
		const struct merged_cell *cell = &below->cells.v[i];
		struct str text = squeezed(cx, cell->text);

		if (cell->above || is_blank(text) ||
		    overlap(cell, upper->column, upper->column + upper->columns) <= 0)
			continue;
		if (column_role(text) == ROLE_NONE)
			text = str_fmt(cx->arena, "%.*s%.*s",
			    STR_ARG(squeezed(cx, upper->text)), STR_ARG(text));
		name_add(cx, c, cell, text);
	}
	return c->n > before;
}

/* A second row of the head has names only under such as span columns: 牵头 | 配合. */
static bool
is_second(const struct merged_row *head, const struct merged_row *below)
{
	size_t under = 0, names = 0;

	for (size_t i = 0; i < head->cells.n; i++)
		names += !is_blank(head->cells.v[i].text);
	if (names < 3) /* a title spans all columns */
		return false;
	for (size_t i = 0; i < below->cells.n; i++) {
		const struct merged_cell *cell = &below->cells.v[i];
		bool spanned = false;

		if (cell->above || is_blank(cell->text))
			continue;
		for (size_t k = 0; k < head->cells.n; k++) {
			const struct merged_cell *h = &head->cells.v[k];

			spanned |= h->columns > cell->columns &&
				   overlap(cell, h->column, h->column + h->columns) ==
				       cell->columns;
		}
		if (!spanned)
			return false;
		under++;
	}
	return under >= 2;
}

/* How many rows from r on are the head: 0, 1 or 2. */
static size_t
head_at(struct cx *cx, const struct merged_table *t, size_t r, struct merged_columns *out)
{
	const struct merged_row *row = &t->rows.v[r];
	const bool two = r + 1 < t->rows.n && is_second(row, &t->rows.v[r + 1]);

	*out = (struct merged_columns){ 0 };
	for (size_t i = 0; i < row->cells.n; i++) {
		const struct merged_cell *cell = &row->cells.v[i];

		if (is_blank(cell->text))
			continue;
		if (!two || cell->columns == 1 ||
		    !names_below(cx, out, cell, &t->rows.v[r + 1]))
			name_add(cx, out, cell, cell->text);
	}
	for (size_t k = r; k < t->rows.n; k++)
		if (width_of(&t->rows.v[k]) > out->width)
			out->width = width_of(&t->rows.v[k]);
	return is_head(out) ? (two ? 2 : 1) : 0;
}

/* ---- a row ---- */

/* One value of a row, under each name. */
struct value {
	struct str text;
	bool above;
};

struct row {
	struct value v[NAMES_MAX];
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
		const int n = overlap(cell, c->v[i].from, c->v[i].to);

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
	if (cell->above || is_blank(cell->text))
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
		struct value *v;
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
		*v = (struct value){ text, cell->above };
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
		if (row->v[i].text.n && !row->v[i].above && !is_unit_role(c->v[i].role) &&
		    c->v[i].role != ROLE_LEADER)
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
	if (head->columns && t->rows.n && width_of(&t->rows.v[0]) == head->columns->width)
		p.c = head->columns;
	for (size_t r = 0; r < t->rows.n; r += names ? names : 1) {
		names = !p.c && r >= HEAD_ROWS ? 0 : head_at(cx, t, r, &found);
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
