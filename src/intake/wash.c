/* Traces of copying (intake/wash.h). */
#include "intake/wash.h"

#include "base/buf.h"
#include "base/map.h"
#include "intake/columns.h"
#include "intake/damage.h"
#include "intake/units.h"

enum {
	SPACED_MIN = 60, /* blanks between characters that make a document a spaced one */
	WRAPS_MIN = 6,   /* full lines that make a document a wrapped one */
	WIDTH_MIN = 40,  /* in half widths: narrower lines are cells */
	WIDTH_MAX = 130,
};

/* How often, and where first. */
struct trace {
	size_t count, line;
	struct str text;
};

static void
found(struct trace *f, const struct line *l, struct str what)
{
	if (f->count++ == 0) {
		f->line = l->no;
		f->text = what;
	}
}

/* The start of its line. */
static struct str
shown(const struct line *l)
{
	size_t i = 0;

	for (int k = 0; k < 20 && i < l->s.n; k++)
		(void)str_next(l->s, &i);
	return str_sub(l->s, 0, i);
}

static void
report(struct cx *cx, struct plan *p, const struct trace *f, struct str done)
{
	if (f->count)
		damage_add(cx, p,
		    (struct plan_damage){
			f->line, WHY_NOISE_REMOVED, f->text, done, f->count });
}

static bool
is_invisible(uint32_t c)
{
	return (c >= 0x200b && c <= 0x200f) || c == 0x2060 || c == 0xfeff || c == 0xad ||
	       (c >= 0x202a && c <= 0x202e);
}

/* &nbsp; or a tag at i: its length. */
static size_t
markup_at(struct str s, size_t i)
{
	static const char *const blanks[] = { "&nbsp;", "&ensp;", "&emsp;", "&#160;",
		"&#12288;", "&NBSP;", NULL };
	const struct str rest = str_sub(s, i, i + 200);
	size_t end;

	if (s.p[i] != '<' && s.p[i] != '&')
		return 0;
	for (const char *const *b = blanks; *b; b++)
		if (str_starts(rest, str_z(*b)))
			return str_z(*b).n;
	if (rest.n < 3 || rest.p[0] != '<' ||
	    !(rest.p[1] == '/' || (rest.p[1] >= 'a' && rest.p[1] <= 'z') ||
		(rest.p[1] >= 'A' && rest.p[1] <= 'Z')))
		return 0;
	end = str_find(rest, S(">"), 1);
	return end == SIZE_MAX || str_find(rest, S("<"), 1) < end ? 0 : end + 1;
}

static struct str
without_markup(
    struct cx *cx, const struct line *l, struct trace *unseen, struct trace *markup)
{
	struct buf b = { .arena = cx->arena };
	size_t kept = 0;

	for (size_t i = 0; i < l->s.n;) {
		const size_t from = i, n = markup_at(l->s, i);
		const uint32_t c = str_next(l->s, &i);

		if (n) {
			found(markup, l, str_sub(l->s, from, from + n));
			i = from + n;
		} else if (is_invisible(c)) {
			found(unseen, l, shown(l));
		} else {
			continue;
		}
		buf_put(&b, str_sub(l->s, kept, from));
		if (n)
			buf_put_byte(&b, ' ');
		kept = i;
	}
	if (!kept)
		return l->s;
	buf_put(&b, str_sub(l->s, kept, l->s.n));
	return text_trim(buf_str(&b));
}

/* A character of a Chinese sentence, or a digit in it. */
static bool
is_close(uint32_t c)
{
	return (c >= 0x4e00 && c <= 0x9fff) || (c >= 0x3001 && c <= 0x3015) ||
	       (c >= 0xff01 && c <= 0xff5e) || (c >= '0' && c <= '9') || c == 0x2014 ||
	       c == 0x201c || c == 0x201d;
}

/* One blank at i between two such characters: where the next one begins, else 0. */
static size_t
lone_blank(struct str s, size_t i, uint32_t before)
{
	size_t next = i, behind;
	uint32_t c;

	if (i >= s.n || !is_close(before) || str_next(s, &next) != ' ' || next >= s.n)
		return 0;
	behind = next;
	c = str_next(s, &behind);
	return is_close(c) && !(before < 0x80 && c < 0x80 && before == '.') ? next : 0;
}

static bool
is_spaced(const struct text *t)
{
	size_t blanks = 0, all = 0;

	for (size_t k = 0; k < t->n; k++) {
		const struct str s = t->v[k].s;
		uint32_t before = 0;

		for (size_t i = 0; i < s.n;) {
			blanks += lone_blank(s, i, before) > 0;
			before = str_next(s, &i);
			all += is_close(before);
		}
	}
	return blanks >= SPACED_MIN && blanks * 2 > all;
}

static struct str
without_blanks(struct cx *cx, const struct line *l, struct trace *blanks)
{
	struct buf b = { .arena = cx->arena };
	uint32_t before = 0;

	for (size_t i = 0; i < l->s.n;) {
		const size_t from = i, next = lone_blank(l->s, i, before);

		before = str_next(l->s, &i);
		if (next)
			found(blanks, l, shown(l));
		else
			buf_put(&b, str_sub(l->s, from, i));
	}
	return buf_str(&b);
}

void
wash_lines(struct cx *cx, struct text *t, struct plan *p)
{
	struct trace unseen = { 0 }, markup = { 0 }, blanks = { 0 };

	for (size_t k = 0; k < t->n; k++) {
		struct line *l = &t->v[k];
		const size_t before = chars_without_blanks(l->s);

		l->s = without_markup(cx, l, &unseen, &markup);
		t->noise += before - chars_without_blanks(l->s);
	}
	if (is_spaced(t))
		for (size_t k = 0; k < t->n; k++)
			t->v[k].s = without_blanks(cx, &t->v[k], &blanks);
	report(cx, p, &unseen, S("已略去看不见的字符"));
	report(cx, p, &markup, S("已略去网页标记"));
	report(cx, p, &blanks, S("已略去字与字之间的空格"));
}

/* ---- lines broken at the width of a page ---- */

/* In halves of a Chinese character. */
static size_t
width(struct str s)
{
	size_t n = 0;

	for (size_t i = 0; i < s.n;)
		n += str_next(s, &i) < 0x1100 ? 1 : 2;
	return n;
}

static bool
ends_paragraph(struct str s)
{
	static const char *const ends[] = { "。", "；", ";", "：", ":", "！", NULL };

	for (const char *const *e = ends; *e; e++)
		if (str_ends(s, str_z(*e)))
			return true;
	return false;
}

/* The width that lines of this text are broken at; 0 when they are not. */
static size_t
page_width(const struct text *t)
{
	size_t widest = 0, full = 0, open = 0, lines = 0;

	for (size_t k = 0; k < t->n; k++) {
		const size_t w = width(t->v[k].s);

		widest = w > widest ? w : widest;
		lines += w > 0;
	}
	if (widest < WIDTH_MIN || widest > WIDTH_MAX)
		return 0;
	for (size_t k = 0; k < t->n; k++)
		if (width(t->v[k].s) + 6 > widest) {
			full++;
			open += !ends_paragraph(t->v[k].s);
		}
	return full >= WRAPS_MIN && full * 5 >= lines && open * 2 > full ? widest : 0;
}

static bool
opens_paragraph(struct cx *cx, struct str s)
{
	const struct line l = line_make(cx->arena, s);
	size_t n;
	bool colon = false;

	return number_at(l.f).kind != NUMBER_NONE ||
	       (label_at(l.f, &n, &colon) != ROLE_NONE && colon);
}

void
wash_wraps(struct cx *cx, struct text *t)
{
	const size_t full = page_width(t);
	struct line *open = NULL;
	bool goes_on = false;

	for (size_t k = 0; full && k < t->n; k++) {
		struct line *l = &t->v[k];
		const size_t w = width(l->s);
		const bool bracket = str_starts(l->s, S("（")) ||
				     str_starts(l->s, S("("));

		if (!l->s.n) {
			open = NULL;
			continue;
		}
		if (open && goes_on && !opens_paragraph(cx, l->s) &&
		    (bracket || !ends_paragraph(open->s)) &&
		    open->s.n < TEXT_LINE_BYTES_MAX) {
			open->s = str_fmt(
			    cx->arena, "%.*s%.*s", STR_ARG(open->s), STR_ARG(l->s));
			open->last = l->no;
			l->s = (struct str){ 0 };
		} else {
			open = l;
		}
		goes_on = w + 6 > full;
	}
}

/* ---- pages ---- */

/* - 3 -, — 3 —, 第3页, 第 3 页 共 10 页, 3/10, 续表, (此页无正文). */
static bool
is_page_mark(struct str f)
{
	static const char *const words[] = { "续表", "(续表)", "续上表", "(续上表)",
		"接上表", "接上页", "(此页无正文)", "此页无正文", "(本页无正文)", NULL };
	static const char *const marks[] = { "第", "页", "共", "-", "—", "–", "·", "/",
		" ", NULL };
	size_t digits = 0, pages = 0, i = 0;

	for (const char *const *w = words; *w; w++)
		if (str_eq(f, str_z(*w)))
			return true;
	while (i < f.n && str_chars(f) <= 16) {
		const size_t from = i;

		for (const char *const *m = marks; *m && i == from; m++)
			if (str_starts(str_sub(f, i, f.n), str_z(*m))) {
				i += str_z(*m).n;
				pages += **m != ' ';
			}
		if (i == from && f.p[i] >= '0' && f.p[i] <= '9') {
			digits++;
			i++;
		} else if (i == from) {
			return false;
		}
	}
	return i == f.n && digits > 0 && digits <= 8 && pages > 1;
}

enum {
	PAGE_HEADS = 3,  /* lines around the mark of a page that may stand on each */
	HEAD_LINES = 10, /* where such a line stands for the first time */
};

/* What can be the head of a page: no number, sentence, label or name of a column. */
static bool
may_head_page(const struct line *l)
{
	const size_t n = str_chars(l->f);

	return !l->column && l->num.kind == NUMBER_NONE && n >= 5 && n <= 40 &&
	       !str_has(l->f, S("。")) && !str_has(l->f, S(":")) &&
	       column_role(l->f) == ROLE_NONE && !is_page_mark(l->f);
}

/* Lines of the head of the document that are printed again beside every other mark. */
static void
find_page_heads(struct cx *cx, const struct text *t, struct map *heads)
{
	size_t marks = 0, n = 0;

	for (size_t i = 0; i < t->n && i < HEAD_LINES; i++)
		if (may_head_page(&t->v[i]))
			map_put(
			    cx->arena, heads, t->v[i].f, arena_new(cx->arena, size_t));
	for (size_t i = 0; i < t->n; i++) {
		if (!is_page_mark(t->v[i].f))
			continue;
		marks++;
		for (size_t k = i > PAGE_HEADS ? i - PAGE_HEADS : 0;
		     k < t->n && k <= i + PAGE_HEADS; k++) {
			size_t *seen = map_find(heads, t->v[k].f);

			if (seen)
				++*seen;
		}
	}
	for (size_t i = 0; i < heads->n; i++)
		if (*(size_t *)heads->items[i].value < 2 ||
		    *(size_t *)heads->items[i].value * 2 < marks)
			heads->items[i].value = NULL;
		else
			n++;
	if (!n)
		*heads = (struct map){ 0 };
}

void
wash_pages(struct cx *cx, struct text *t, struct text *pages)
{
	LIST(struct line) aside = { 0 };
	struct map heads = { 0 }, seen = { 0 };
	size_t n = 0;

	find_page_heads(cx, t, &heads);
	for (size_t i = 0; i < t->n; i++) {
		const struct str f = t->v[i].f;
		const bool head = map_find(&heads, f) != NULL;

		if ((!t->v[i].column && is_page_mark(f)) ||
		    (head && map_find(&seen, f))) {
			*list_add(cx->arena, &aside) = t->v[i];
			continue;
		}
		if (head) /* for the first time: it may be the title */
			map_put(cx->arena, &seen, f, &heads);
		t->v[n++] = t->v[i];
	}
	t->n = n;
	if (n)
		t->v[n - 1].final = true;
	*pages = (struct text){ .v = aside.v, .n = aside.n };
}

static struct line
aside(struct cx *cx, struct line *l)
{
	line_take_all(cx, l, CLAIM_OTHER + OTHER_CHROME);
	return *l;
}

void
wash_pages_back(struct cx *cx, struct text *t, const struct text *pages)
{
	struct line *all = arena_array(cx->arena, struct line, t->n + pages->n + 1);
	size_t n = 0, k = 0;

	for (size_t i = 0; i < t->n; i++) {
		while (k < pages->n && pages->v[k].no < t->v[i].no)
			all[n++] = aside(cx, &pages->v[k++]);
		all[n++] = t->v[i];
	}
	while (k < pages->n)
		all[n++] = aside(cx, &pages->v[k++]);
	t->v = all;
	t->n = n;
}
