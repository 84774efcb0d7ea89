/*
 * The order of articles. Some files put the last part first, some put a preamble last:
 * articles are sorted, and whatever did not stand in its place is flagged once.
 */
#include "intake/statute_parts.h"

#include <stdlib.h>

#include "base/map.h"
#include "lang/han.h"

/* Preamble, the articles by number, annexes in the order in which they stand. */
struct place {
	int group; /* 0 preamble, 1 articles, 2 annexes */
	int64_t number, under;
	size_t at;
	struct statute_article article;
};

static struct place
place_of(const struct statute_article *a, size_t at)
{
	struct place p = { .group = 2, .at = at, .article = *a };
	struct str rest = a->key, number;

	if (str_eq(a->key, S("序言")))
		p.group = 0;
	else if (str_split(&rest, S("-"), &number) && str_int(number, &p.number))
		p.group = 1;
	if (p.group == 1)
		(void)str_int(rest, &p.under);
	return p;
}

static int
place_cmp(const void *a, const void *b)
{
	const struct place *x = a, *y = b;

	if (x->group != y->group)
		return x->group < y->group ? -1 : 1;
	if (x->number != y->number)
		return x->number < y->number ? -1 : 1;
	if (x->under != y->under)
		return x->under < y->under ? -1 : 1;
	return x->at < y->at ? -1 : x->at > y->at;
}

static enum err
want_once(struct cx *cx, const struct statute_text *t)
{
	struct map seen = { 0 };

	for (size_t i = 0; i < t->articles.n; i++) {
		struct statute_article *a = &t->articles.v[i];
		const struct statute_article *before = map_find(&seen, a->key);

		if (before)
			return fail(cx, ERR_INPUT, "第%zu行: %.*s在第%zu行已经有了",
			    a->line, STR_ARG(a->label), before->line);
		map_put(cx->arena, &seen, a->key, a);
	}
	return ERR_OK;
}

static void
flag_gaps(struct cx *cx, struct statute_text *t, const struct place *v, size_t n)
{
	int64_t last = 0;

	for (size_t i = 0; i < n; i++) {
		if (v[i].group != 1)
			continue;
		if (v[i].number > last + 1)
			statute_flag_put(cx, t, v[i].article.line, "缺少第%.*s条%s%.*s%s",
			    STR_ARG(han_write(cx->arena, last + 1)),
			    v[i].number > last + 2 ? "至第" : "",
			    STR_ARG(v[i].number > last + 2
					? han_write(cx->arena, v[i].number - 1)
					: S("")),
			    v[i].number > last + 2 ? "条" : "");
		last = v[i].number;
	}
}

enum err
statute_order(struct cx *cx, struct statute_text *t)
{
	const size_t n = t->articles.n;
	struct place *v = arena_array(cx->arena, struct place, n);
	bool moved = false;

	TRY(want_once(cx, t));
	for (size_t i = 0; i < n; i++)
		v[i] = place_of(&t->articles.v[i], i);
	qsort(v, n, sizeof *v, place_cmp);
	for (size_t i = 0; i < n; i++) {
		if (v[i].at != i && !moved)
			statute_flag_put(cx, t, v[i].article.line,
			    "%.*s没有排在应在的位置，已按条号排列",
			    STR_ARG(v[i].article.label));
		moved |= v[i].at != i;
		t->articles.v[i] = v[i].article;
	}
	flag_gaps(cx, t, v, n);
	return ERR_OK;
}
