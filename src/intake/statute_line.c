/*
 * What a line of a statute begins: an article, a heading, an annex. Paragraphs that only
 * speak of an article (第五条规定的…) are told apart by the blank that a number has
 * behind it; where that was lost the caller decides by the number that is expected.
 */
#include "intake/statute_parts.h"

#include "intake/number.h"
#include "intake/text.h"
#include "lang/han.h"

enum { HEADING_BYTES = 150 }; /* a longer line is text */

/* 第五十四条 or 第五十四条之一, which ends at *end. */
static bool
article_take(struct str s, struct statute_mark *m, size_t *end)
{
	size_t i = 0;

	if (!take(s, &i, "第") || !han_take(s, &i, &m->number) || !m->number ||
	    !take(s, &i, "条"))
		return false;
	*end = i;
	if (take(s, &i, "之") && han_take(s, &i, &m->under) && m->under)
		*end = i;
	else
		m->under = 0;
	return true;
}

static bool
article_mark(struct str line, struct statute_mark *m)
{
	const bool bold = str_starts(line, S("**"));
	const struct str s = bold ? str_sub(line, 2, line.n) : line;
	size_t end;

	if (!article_take(s, m, &end))
		return false;
	m->kind = STATUTE_ARTICLE;
	m->head = str_sub(s, 0, end);
	m->rest = str_sub(s, end, s.n);
	if (bold && !str_starts(m->rest, S("**")))
		return false;
	if (bold)
		m->rest = str_sub(m->rest, 2, m->rest.n);
	m->glued = !bold && m->rest.n && text_trim(m->rest).p == m->rest.p;
	m->rest = text_trim(m->rest);
	return true;
}

/* 第一编, 第二分编, 第三章, 第四节: its level, 0 for anything else. */
static int
numbered_level(struct str s, size_t *end)
{
	static const char *const words[] = { "编", "分编", "章", "节" };
	size_t i = 0;
	int64_t n;

	if (!take(s, &i, "第") || !han_take(s, &i, &n) || !n)
		return 0;
	for (int level = 0; level < 4; level++) {
		if (!take(s, &i, words[level]))
			continue;
		*end = i;
		return level + 1;
	}
	return 0;
}

static bool
is_annex(struct str s)
{
	return str_starts(s, S("附件")) || str_starts(s, S("附表")) ||
	       str_starts(s, S("附录")) || str_has(s, S("修正案"));
}

struct statute_mark
statute_mark(struct str line)
{
	struct statute_mark m = { 0 };
	const bool marked = str_starts(line, S("#"));
	size_t end = 0;

	while (str_starts(line, S("#")))
		line = str_sub(line, 1, line.n);
	line = text_trim(line);
	if (!marked && article_mark(line, &m))
		return m;
	m = (struct statute_mark){ .level = 1, .rest = line };
	if (line.n > HEADING_BYTES || str_has(line, S("。")))
		return m;
	if ((m.level = numbered_level(line, &end))) {
		m.kind = STATUTE_HEADING;
		m.head = str_sub(line, 0, end);
		m.rest = text_trim(str_sub(line, end, line.n));
		return m;
	}
	m.level = 1;
	if (is_annex(line) && (marked || !str_has(line, S("，"))))
		m.kind = STATUTE_ANNEX;
	else if (str_eq(line, S("序言")) || str_eq(line, S("序　言")))
		m.kind = STATUTE_PREAMBLE;
	else if (marked)
		m.kind = STATUTE_HEADING;
	return m;
}
