/* What is shown of a text that was found: the stretch that says most, what was asked for
 * marked in it. */
#include "base/list.h"
#include "read/search.h"

enum { BEFORE = 24, MARKS_MAX = 200 }; /* characters before the first mark, at most */

/* A stretch of the cut text, [from, to). */
struct stretch {
	size_t from, to;
};
struct stretches {
	struct stretch v[MARKS_MAX];
	size_t n;
};

static void
insert(struct stretches *all, struct stretch s)
{
	size_t i = all->n;

	if (all->n == MARKS_MAX)
		return;
	for (; i && all->v[i - 1].from > s.from; i--)
		all->v[i] = all->v[i - 1];
	all->v[i] = s;
	all->n++;
}

static void
marks_find(const struct search_query *q, const struct cut *t, struct stretches *all)
{
	for (size_t i = 0; i < q->n; i++) {
		const struct search_word *w = &q->v[i];
		size_t at = 0;

		while (!w->is_excluded && all->n < MARKS_MAX) {
			at = cut_find(t, &w->cut, at);
			if (at == SIZE_MAX)
				break;
			insert(all, (struct stretch){ at, at + w->cut.n });
			at += w->cut.n;
		}
	}
}

/* The stretch of `chars` characters that holds most marks; the first of equals. */
static struct stretch
best_stretch(const struct cut *t, const struct stretches *marks, size_t chars)
{
	const size_t before = chars / 4 < BEFORE ? chars / 4 : BEFORE;
	size_t from = 0, most = 0;

	if (!chars || t->n <= chars)
		return (struct stretch){ 0, t->n };
	for (size_t i = 0; i < marks->n; i++) {
		const size_t start = marks->v[i].from > before ? marks->v[i].from - before
							       : 0;
		size_t n = 0;

		for (size_t k = i; k < marks->n && marks->v[k].to <= start + chars; k++)
			n += marks->v[k].to - marks->v[k].from;
		if (n > most) {
			most = n;
			from = start;
		}
	}
	if (from + chars > t->n)
		from = t->n - chars;
	return (struct stretch){ from, from + chars };
}

/* The end in the text of the character before `to`. */
static size_t
byte_end(const struct cut *t, struct str text, size_t to)
{
	size_t i = t->at[to - 1];

	str_next(text, &i);
	return i;
}

static void
piece_add(struct arena *a, struct search_pieces *out, struct str text, bool is_hit)
{
	if (text.n)
		*list_add(a, out) = (struct search_piece){ text, is_hit };
}

void
search_pieces(struct arena *a, const struct search_query *q, struct str text,
    size_t chars, struct search_pieces *out)
{
	const struct cut t = cut_text(a, text);
	struct stretches marks = { .n = 0 };
	struct stretch shown;
	size_t at, end;

	*out = (struct search_pieces){ .v = NULL };
	marks_find(q, &t, &marks);
	shown = best_stretch(&t, &marks, chars);
	at = shown.from ? t.at[shown.from] : 0;
	end = shown.to < t.n ? t.at[shown.to] : text.n;
	out->cut_before = shown.from > 0;
	out->cut_after = shown.to < t.n;
	for (size_t i = 0; i < marks.n; i++) {
		const struct stretch m = marks.v[i];
		size_t from, to;

		if (m.from < shown.from || m.to > shown.to)
			continue;
		from = t.at[m.from] > at ? t.at[m.from] : at;
		to = byte_end(&t, text, m.to);
		if (to <= from)
			continue;
		piece_add(a, out, str_sub(text, at, from), false);
		piece_add(a, out, str_sub(text, from, to), true);
		at = to;
	}
	piece_add(a, out, str_sub(text, at, end), false);
}
