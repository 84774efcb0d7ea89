/* Matching the articles of two editions (read/statute_compare.h). */
#include "read/statute_compare.h"

#include <stdlib.h>

#include "base/map.h"
#include "lang/diff.h"

enum {
	LIKE_MIN = 45,   /* below that two articles are different things */
	SAME_NUMBER = 20 /* how much more likely it is under its old number */
};

struct match {
	int score;
	size_t before, after;
};
struct matches {
	struct match *v;
	size_t n, cap;
};

/* The pairing while it is made: index + 1 of the other side, 0 = none yet. */
struct pairing {
	struct cx *cx;
	const struct articles *before, *after;
	size_t *new_of, *old_of;
};

static void
pair(struct pairing *p, size_t before, size_t after)
{
	p->new_of[before] = after + 1;
	p->old_of[after] = before + 1;
}

/* By number and text alone; then by text, if that is somebody's alone. */
static void
match_same(struct pairing *p)
{
	struct arena *a = p->cx->arena;
	struct map texts = { 0 }, keys = { 0 };

	for (size_t i = p->before->n; i-- > 0;) {
		struct article *one = &p->before->v[i];

		map_put(a, &texts, text_bare(a, one->text), one);
		map_put(a, &keys, one->key, one);
	}
	for (size_t j = 0; j < p->after->n; j++) {
		const struct article *now = &p->after->v[j];
		const struct article *was = map_find(&keys, now->key);

		if (was && str_eq(text_bare(a, was->text), text_bare(a, now->text)))
			pair(p, (size_t)(was - p->before->v), j);
	}
	for (size_t j = 0; j < p->after->n; j++) {
		const struct article *was = map_find(
		    &texts, text_bare(a, p->after->v[j].text));

		if (was && !p->old_of[j] && !p->new_of[was - p->before->v])
			pair(p, (size_t)(was - p->before->v), j);
	}
}

static int
match_cmp(const void *a, const void *b)
{
	const struct match *x = a, *y = b;

	if (x->score != y->score)
		return x->score > y->score ? -1 : 1;
	if (x->before != y->before)
		return x->before < y->before ? -1 : 1;
	return x->after < y->after ? -1 : x->after > y->after;
}

static void
match_like(struct pairing *p)
{
	struct matches found = { 0 };

	for (size_t i = 0; i < p->before->n; i++) {
		struct arena turn AUTO(arena_free) = { 0 };

		for (size_t j = 0; j < p->after->n && !p->new_of[i]; j++) {
			const struct article *x = &p->before->v[i], *y = &p->after->v[j];
			int score;

			if (p->old_of[j])
				continue;
			score = text_likeness(&turn, x->text, y->text);
			if (score >= LIKE_MIN)
				*list_add(p->cx->arena, &found) = (struct match){
					score +
					    (str_eq(x->key, y->key) ? SAME_NUMBER : 0),
					i, j
				};
			arena_free(&turn);
		}
	}
	if (found.n)
		qsort(found.v, found.n, sizeof *found.v, match_cmp);
	for (size_t k = 0; k < found.n; k++)
		if (!p->new_of[found.v[k].before] && !p->old_of[found.v[k].after])
			pair(p, found.v[k].before, found.v[k].after);
}

static void
pair_put(struct pairing *p, struct article_pairs *out, const struct article *before,
    const struct article *after)
{
	struct arena *a = p->cx->arena;
	enum article_change change = before ? ARTICLE_GONE : ARTICLE_ADDED;

	if (before && after) {
		const bool same = str_eq(
		    text_bare(a, before->text), text_bare(a, after->text));

		change = str_eq(before->key, after->key)
			     ? (same ? ARTICLE_SAME : ARTICLE_CHANGED)
			     : (same ? ARTICLE_MOVED : ARTICLE_MOVED_CHANGED);
	}
	*list_add(a, out) = (struct article_pair){ change, before, after };
	out->count[change]++;
}

/* What was dropped behind an old article, up to the next that lives on. */
static void
gone_put(struct pairing *p, struct article_pairs *out, size_t from)
{
	for (size_t i = from; i < p->before->n && !p->new_of[i]; i++)
		pair_put(p, out, &p->before->v[i], NULL);
}

void
articles_compare(struct cx *cx, const struct articles *before,
    const struct articles *after, struct article_pairs *out)
{
	struct pairing p = { .cx = cx, .before = before, .after = after };

	p.new_of = arena_array(cx->arena, size_t, before->n + 1);
	p.old_of = arena_array(cx->arena, size_t, after->n + 1);
	match_same(&p);
	match_like(&p);
	gone_put(&p, out, 0);
	for (size_t j = 0; j < after->n; j++) {
		const size_t was = p.old_of[j];

		pair_put(&p, out, was ? &before->v[was - 1] : NULL, &after->v[j]);
		if (was)
			gone_put(&p, out, was);
	}
}
