/* Rows on one line to cells on lines of their own (intake/grid.h). */
#include "intake/grid.h"

#include "base/buf.h"
#include "intake/columns.h"

enum { COLUMNS_MAX = 16, HEAD_BYTES = 600 };

enum gap { GAP_NONE, GAP_TAB, GAP_PIPE, GAP_BLANKS, GAP_COUNT_ };

struct parts {
	struct str v[COLUMNS_MAX];
	size_t n;
	size_t marks; /* | that stood between them */
};

/* Length of the gap at i; 0 when there is none. */
static size_t
gap_at(struct str s, size_t i, enum gap gap)
{
	size_t to = i, blanks = 0;

	switch (gap) {
	case GAP_TAB:
		return s.p[i] == '\t';
	case GAP_PIPE:
		return s.p[i] == '|'                             ? 1
		       : str_starts(str_sub(s, i, s.n), S("｜")) ? S("｜").n
								 : 0;
	case GAP_BLANKS:
		while (to < s.n) {
			size_t next = to;
			const uint32_t c = str_next(s, &next);

			if (c != ' ' && c != 0x3000 && c != 0xa0)
				break;
			blanks += c == 0x3000 ? 2 : 1;
			to = next;
		}
		return blanks >= 2 ? to - i : 0;
	case GAP_NONE:
	case GAP_COUNT_:
		break;
	}
	return 0;
}

static void
cut(struct str s, enum gap gap, struct parts *out)
{
	size_t from = 0;

	*out = (struct parts){ 0 };
	for (size_t i = 0; i <= s.n && out->n < COLUMNS_MAX;) {
		const size_t n = i < s.n ? gap_at(s, i, gap) : 1;

		if (n == 0) {
			(void)str_next(s, &i);
			continue;
		}
		out->marks += gap == GAP_PIPE && i < s.n;
		/* The frame of a row is no cell. */
		if (gap != GAP_PIPE || (i > 0 && i < s.n) || i > from)
			out->v[out->n++] = text_trim(str_sub(s, from, i));
		i += n;
		from = i;
	}
}

/* |---|:--:| under the names of columns. */
static bool
is_rule(struct str s)
{
	for (size_t i = 0; i < s.n; i++)
		if (s.p[i] != '|' && s.p[i] != '-' && s.p[i] != ':' && s.p[i] != ' ')
			return false;
	return s.n > 2;
}

static bool
names_columns(const struct parts *p)
{
	size_t known = 0;
	bool text = false, unit = false;

	for (size_t i = 0; i < p->n; i++) {
		const enum role role = column_role(p->v[i]);

		known += role != ROLE_NONE;
		text |= role == ROLE_TEXT;
		unit |= role == ROLE_LEAD || role == ROLE_UNITS ||
			role == ROLE_RESPONSIBLE;
	}
	return p->n >= 3 && known >= 3 && known * 2 > p->n && text && unit;
}

static enum gap
find_gap(const struct text *t)
{
	struct parts p;

	for (size_t i = 0; i < t->n; i++)
		for (int g = GAP_TAB; t->v[i].s.n < HEAD_BYTES && g < GAP_COUNT_; g++) {
			cut(t->v[i].s, (enum gap)g, &p);
			if (p.n >= 3 && names_columns(&p))
				return (enum gap)g;
		}
	return GAP_NONE;
}

enum { QUOTED_LINES = 40 }; /* of one cell */

/* A cell of a spreadsheet with line breaks in it is pasted as "…", a " inside as "". */
static bool
opens_quote(struct str s)
{
	size_t marks = 0;
	bool starts = false;

	for (size_t i = 0; i < s.n; i++) {
		starts |= s.p[i] == '"' && (i == 0 || s.p[i - 1] == '\t');
		marks += s.p[i] == '"';
	}
	return starts && marks % 2;
}

/* The marks that only hold the cell together go; broken lines stand behind a blank, where
 * the break is not one of a sentence. */
static struct str
unquoted(struct cx *cx, struct str s)
{
	struct buf b = { .arena = cx->arena };

	for (size_t i = 0; i < s.n; i++) {
		const bool twice = s.p[i] == '"' && i + 1 < s.n && s.p[i + 1] == '"';

		if (s.p[i] == '\n') {
			if (!str_ends(buf_str(&b), S("，")) &&
			    !str_ends(buf_str(&b), S("、")) &&
			    !str_ends(buf_str(&b), S("。")))
				buf_put_byte(&b, ' ');
			continue;
		}
		if (s.p[i] != '"' || twice)
			buf_put_byte(&b, s.p[i]);
		i += twice;
	}
	return buf_str(&b);
}

static void
join_quoted(struct cx *cx, struct text *t)
{
	for (size_t i = 0; i < t->n; i++) {
		struct line *l = &t->v[i];
		struct str all = l->s;
		size_t to = i;

		if (!str_has(l->s, S("\t")) || !opens_quote(l->s))
			continue;
		while (opens_quote(all) && to + 1 < t->n && to - i < QUOTED_LINES) {
			to++;
			all = str_fmt(
			    cx->arena, "%.*s\n%.*s", STR_ARG(all), STR_ARG(t->v[to].s));
		}
		if (opens_quote(all))
			continue; /* never closed: it is a mark of its own */
		t->noise += chars_without_blanks(all);
		l->s = unquoted(cx, all);
		t->noise -= chars_without_blanks(l->s);
		l->last = t->v[to].no;
		for (size_t k = i + 1; k <= to; k++)
			t->v[k].s = (struct str){ 0 };
		i = to;
	}
}

struct lines {
	struct line *v;
	size_t n, cap;
};

/* `lead`: empty cells in front, whose tabs were trimmed. */
static void
put_cells(struct cx *cx, struct lines *out, const struct line *l, const struct parts *p,
    size_t lead)
{
	bool first = true;

	for (size_t i = 0; i < p->n; i++) {
		struct line *cell;

		if (!p->v[i].n)
			continue;
		cell = list_add(cx->arena, out);
		*cell = (struct line){ .no = l->no, .s = p->v[i] };
		cell->column = (int)(lead + i) + 1;
		cell->row = first;
		first = false;
	}
}

void
grid_expand(struct cx *cx, struct text *t)
{
	const enum gap gap = find_gap(t);
	struct lines out = { 0 };
	size_t columns = 0;
	struct parts p;

	if (gap == GAP_NONE)
		return;
	if (gap == GAP_TAB)
		join_quoted(cx, t);
	for (size_t i = 0; i < t->n; i++) {
		const struct line *l = &t->v[i];
		const size_t lead = gap == GAP_TAB ? l->tabs : 0;

		cut(l->s, gap, &p);
		if (names_columns(&p))
			columns = p.n;
		/* Blanks leave no trace of an empty cell: only a full row tells. */
		if (columns && gap == GAP_PIPE && is_rule(l->s)) {
			t->noise += chars_without_blanks(l->s);
		} else if (columns && p.n >= 2 && lead + p.n <= COLUMNS_MAX &&
			   (gap != GAP_BLANKS || p.n > 2 || p.n == columns)) {
			t->noise += p.marks;
			put_cells(cx, &out, l, &p, lead);
			if (gap == GAP_BLANKS && p.n != columns)
				for (size_t k = 1; k <= p.n; k++)
					out.v[out.n - k].column = CELL_SOMEWHERE;
		} else {
			*list_add(cx->arena, &out) = *l;
		}
	}
	t->v = out.v;
	t->n = out.n;
}
