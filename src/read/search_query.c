/* From the box to words (read/search_query.h). */
#include "read/search_query.h"

#include "base/list.h"

enum { /* signs by their code points: words of people are kept out of here */
	TITLE_OPEN = 0x300A,
	TITLE_CLOSE = 0x300B,
	QUOTE_OPEN = 0x201C,
	QUOTE_CLOSE = 0x201D,
	QUOTE_SINGLE_OPEN = 0x2018,
	QUOTE_SINGLE_CLOSE = 0x2019,
	CORNER_OPEN = 0x300C,
	CORNER_CLOSE = 0x300D,
	CORNER_WHITE_OPEN = 0x300E,
	CORNER_WHITE_CLOSE = 0x300F,
	QUOTE_WIDE = 0xFF02,
	MINUS_WIDE = 0xFF0D,
	MINUS_SIGN = 0x2212,
	ORDINAL = 0x7B2C,
	PARAGRAPH = 0x6B3E,
	ITEM = 0x9879,
	CLAUSE_MAX = 8, /* characters of 第十二项, brackets counted */
	BLANK_WIDE = 0x3000,
	BLANK_FIXED = 0xA0,
};

static bool
is_blank(uint32_t c)
{
	return c <= ' ' || c == BLANK_WIDE || c == BLANK_FIXED;
}

static bool
is_minus(uint32_t c)
{
	return c == '-' || c == MINUS_WIDE || c == MINUS_SIGN;
}

/* What ends the phrase that begins with c; 0: c begins none. */
static uint32_t
closing(uint32_t c)
{
	static const struct {
		uint32_t open, close;
	} pairs[] = { { TITLE_OPEN, TITLE_CLOSE }, { QUOTE_OPEN, QUOTE_CLOSE },
		{ QUOTE_SINGLE_OPEN, QUOTE_SINGLE_CLOSE }, { CORNER_OPEN, CORNER_CLOSE },
		{ CORNER_WHITE_OPEN, CORNER_WHITE_CLOSE }, { '"', '"' },
		{ QUOTE_WIDE, QUOTE_WIDE } };

	for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++)
		if (pairs[i].open == c)
			return pairs[i].close;
	return 0;
}

/* Whether nothing but paragraphs and items (第X款第Y项) stands from `at` on: they are
 * found with their article. */
static bool
is_clauses(const struct cut *c, size_t at)
{
	while (at < c->n) {
		size_t i = at + 1;

		if (c->c[at] != ORDINAL)
			return false;
		while (i < c->n && i < at + CLAUSE_MAX && c->c[i] != PARAGRAPH &&
		       c->c[i] != ITEM)
			i++;
		if (i == c->n || i == at + CLAUSE_MAX)
			return false;
		at = i + 1;
	}
	return true;
}

/* 行政处罚法第54条 and 行政处罚法/54 ask for a word and for the number of an article. */
static void
take_article(struct search_query *q, struct search_word *w)
{
	struct cut *c = &w->cut;
	size_t taken = 0, at = 0;
	int64_t n = 0;

	if (w->is_excluded || w->is_title)
		return;
	for (; at < c->n && !(n = cut_article(c, at, &taken)); at++)
		;
	if (n && !is_clauses(c, at + taken))
		return;
	if (!n) {
		const size_t slash = str_rfind(w->written, S("/"));

		if (slash == SIZE_MAX || !slash ||
		    !str_int(str_sub(w->written, slash + 1, w->written.n), &n) || n < 1 ||
		    n > 9999)
			return;
		for (at = c->n; at && c->at[at - 1] > slash; at--)
			;
	}
	while (at && !c->c[at - 1])
		at--;
	if (at && !cut_is_han(c->c[at - 1])) /* 2026/05 is a date */
		return;
	q->article = n;
	c->n = at;
}

static void
word_add(struct arena *a, struct search_query *q, struct search_word w)
{
	w.cut = cut_text(a, w.written);
	if (!w.cut.n)
		return;
	take_article(q, &w);
	if (!w.cut.n)
		return;
	if (q->n == SEARCH_WORDS_MAX) {
		q->is_cut = true;
		return;
	}
	*list_add(a, q) = w;
	q->wanted += !w.is_excluded;
}

/* The place behind the phrase that begins at *i with its closing sign `end`; what is
 * never closed goes to the end. */
static struct str
phrase_take(struct str typed, size_t *i, uint32_t end)
{
	const size_t from = *i;

	while (*i < typed.n) {
		const size_t to = *i;

		if (str_next(typed, i) == end)
			return str_sub(typed, from, to);
	}
	return str_sub(typed, from, typed.n);
}

/* Up to a blank or to where a phrase begins. */
static struct str
plain_take(struct str typed, size_t *i)
{
	const size_t from = *i;

	while (*i < typed.n) {
		const size_t at = *i;
		const uint32_t c = str_next(typed, i);

		if (is_blank(c) || closing(c)) {
			*i = at;
			break;
		}
	}
	return str_sub(typed, from, *i);
}

static struct str
bounded(struct str typed, bool *is_cut)
{
	size_t i = 0;

	for (size_t n = 0; i < typed.n && n < SEARCH_QUERY_MAX; n++)
		str_next(typed, &i);
	*is_cut = i < typed.n;
	return str_sub(typed, 0, i);
}

struct search_query
search_query_parse(struct arena *a, struct str typed)
{
	struct search_query q = { .v = NULL };

	typed = bounded(str_trim(typed), &q.is_cut);
	for (size_t i = 0; i < typed.n;) {
		struct search_word w = { .is_title = false };
		size_t at = i;
		uint32_t c = str_next(typed, &i);

		if (is_blank(c))
			continue;
		if (is_minus(c) && i < typed.n) {
			w.is_excluded = true;
			at = i;
			c = str_next(typed, &i);
		}
		if (closing(c)) {
			w.is_title = c == TITLE_OPEN;
			w.written = phrase_take(typed, &i, closing(c));
		} else {
			i = at;
			w.written = plain_take(typed, &i);
			if (i == at) /* a blank behind a minus */
				str_next(typed, &i);
		}
		word_add(a, &q, w);
	}
	return q;
}
