/*
 * The formula of docs/search.md. A word weighs the square of its length instead of its
 * rarity: how rare it is would have to be counted over everything, and what is counted
 * over everything tells of what the reader may not see.
 *
 * What has no name is called by words of others, which make no title.
 */
#include "read/search_rank.h"

#include "register/table.h"

enum {
	LENGTH_USUAL = 160, /* characters of a unit, about the mean of articles */
	TF_MAX = 10,
	WEIGHT_LENGTH_MAX = 8,
	ENDED_TENTHS = 6,    /* of its score keeps what is no longer in force */
	NAMELESS_TENTHS = 3, /* and what has no name: a few words, all of them others' */
};

static int64_t
weight(const struct search_word *w)
{
	const int64_t n = w->cut.n < WEIGHT_LENGTH_MAX ? (int64_t)w->cut.n
						       : WEIGHT_LENGTH_MAX;

	return n * n;
}

static int64_t
occurrences(const struct cut *text, const struct search_word *w)
{
	int64_t n = 0;

	for (size_t at = 0; n < TF_MAX; n++) {
		at = cut_find(text, &w->cut, at);
		if (at == SIZE_MAX)
			break;
		at += w->cut.n;
	}
	return n;
}

static int64_t
in_body(const struct cut *body, const struct search_word *w)
{
	const int64_t tf = occurrences(body, w);

	return weight(w) * 2200000 * tf /
	       (tf * 1000 + 300 + 900 * (int64_t)body->n / LENGTH_USUAL);
}

static int64_t
in_title(const struct cut *title, const struct search_word *w)
{
	if (cut_find(title, &w->cut, 0) == SIZE_MAX)
		return 0;
	return weight(w) * (title->n == w->cut.n ? 9000 : 3000);
}

/* From each place of the first word, how far it is to the last of the others behind or
 * before it: not the very shortest stretch, but one that a reader sees as near. */
static int64_t
near(const struct cut *body, const struct search_query *q)
{
	const struct search_word *first = NULL;
	int64_t all = 0, weights = 0, best = 0;
	size_t words = 0, at = 0;

	for (size_t i = 0; i < q->n; i++) {
		if (q->v[i].is_excluded || q->v[i].is_title)
			continue;
		first = first ? first : &q->v[i];
		all += (int64_t)q->v[i].cut.n;
		weights += weight(&q->v[i]);
		words++;
	}
	if (words < 2)
		return 0;
	for (int n = 0; n < TF_MAX; n++, at += first->cut.n) {
		size_t end = 0;

		at = cut_find(body, &first->cut, at);
		if (at == SIZE_MAX)
			break;
		for (size_t i = 0; i < q->n && end != SIZE_MAX; i++) {
			const struct search_word *w = &q->v[i];
			size_t place;

			if (w->is_excluded || w->is_title)
				continue;
			place = cut_find(body, &w->cut, at);
			if (place == SIZE_MAX)
				end = SIZE_MAX;
			else if (place + w->cut.n > end)
				end = place + w->cut.n;
		}
		if (end != SIZE_MAX && weights * 1000 * all / (int64_t)(end - at) > best)
			best = weights * 1000 * all / (int64_t)(end - at);
	}
	return best;
}

bool
search_rank(struct arena *a, const struct search_query *q, int64_t today,
    const struct search_hit *u, int64_t *score)
{
	const struct cut body = cut_text(a, u->body), title = cut_text(a, u->title);
	const struct cut place = cut_text(a, u->place);
	int64_t sum = 0;

	for (size_t i = 0; i < q->n; i++) {
		const struct search_word *w = &q->v[i];
		const int64_t of_title = in_title(&title, w);
		const int64_t of_body = w->is_title ? 0 : in_body(&body, w);
		const bool is_there = of_title || of_body ||
				      (!w->is_title &&
					  cut_find(&place, &w->cut, 0) != SIZE_MAX);

		if (is_there == w->is_excluded)
			return false;
		sum += (u->is_nameless ? 0 : of_title) + of_body;
	}
	sum += near(&body, q);
	if (u->to_day <= today)
		sum = sum * ENDED_TENTHS / 10;
	if (u->is_nameless)
		sum = sum * NAMELESS_TENTHS / 10;
	*score = sum;
	return true;
}
