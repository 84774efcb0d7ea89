/* Texts that people wrote: plans, statutes, questions. */
#include "runs.h"

#include "base/map.h"
#include "intake/plan.h"
#include "intake/statute.h"
#include "lang/canon.h"
#include "lang/citation.h"
#include "lang/diff.h"
#include "read/search_rank.h"

const char *
run_plan(struct cx *cx, struct str input)
{
	struct plan *plan = NULL;

	return plan_read(cx, input, &plan) == ERR_OK && !plan ? "accepted without a plan"
							      : NULL;
}

static struct str
any_name(struct str name, void *self)
{
	(void)self;
	return name.n && name.n < 40 ? name : S("");
}

/* Citations stand one behind the other and never begin or end within a character. */
static const char *
check_citations(struct cx *cx, struct str text)
{
	struct citations all = { 0 };
	size_t at = 0;

	citations_find(cx->arena, text, any_name, NULL, &all);
	for (size_t i = 0; i < all.n; i++) {
		const struct citation *c = &all.v[i];

		if (c->from < at || c->to <= c->from || c->to > text.n)
			return "citations that overlap";
		if (!str_is_utf8(str_sub(text, c->from, c->to)))
			return "a citation that cuts a character";
		at = c->to;
	}
	return NULL;
}

/* Any text; and the number of an article reads back as itself. */
const char *
run_citation(struct cx *cx, struct str input)
{
	const struct str key = citation_key(cx->arena, input);
	const struct str label = citation_label(cx->arena, key);

	if (!str_is_utf8(input))
		return NULL;
	if (!str_eq(key, input) && !str_eq(citation_key(cx->arena, label), key))
		return "an article that is called otherwise";
	return check_citations(cx, input);
}

const char *
run_statute(struct cx *cx, struct str input)
{
	struct statute_text t;
	struct map keys = { 0 };

	if (statute_read(cx, S("x(2020-01-01).md"), input, &t) != ERR_OK)
		return cx->why.n ? NULL : "refused without a message";
	if (!t.name.n || !t.articles.n)
		return "a statute without name or articles";
	for (size_t i = 0; i < t.articles.n; i++) {
		const char *wrong = check_citations(cx, t.articles.v[i].text);

		if (wrong)
			return wrong;
		if (map_find(&keys, t.articles.v[i].key))
			return "an article twice";
		map_put(cx->arena, &keys, t.articles.v[i].key, &t);
	}
	const struct value v = statute_value(cx, &t);
	return canon_str(cx->arena, &v).n ? NULL : "nothing to keep";
}

/* Words stand where they are found, marks inside the text and in its order. */
const char *
run_query(struct cx *cx, struct str input)
{
	const struct search_query q = search_query_parse(cx->arena, input);
	const struct search_hit unit = { .title = input, .place = S(""), .body = input };
	struct search_pieces pieces;
	struct buf whole = { .arena = cx->arena };
	int64_t score = 0;

	if (q.n > SEARCH_WORDS_MAX || q.wanted > q.n)
		return "more words than are read";
	for (size_t i = 0; i < q.n; i++)
		if (!q.v[i].cut.n || cut_find(&q.v[i].cut, &q.v[i].cut, 0) != 0)
			return "a word that is not in itself";
	if (search_rank(cx->arena, &q, 0, &unit, &score) && score < 0)
		return "a score below nothing";
	search_pieces(cx->arena, &q, input, 0, &pieces);
	for (size_t i = 0; i < pieces.n; i++)
		buf_put(&whole, pieces.v[i].text);
	return str_eq(buf_str(&whole), input) ? NULL : "pieces that are not the text";
}

/* Pieces make up both texts: the input before and behind its first line feed. */
const char *
run_diff(struct cx *cx, struct str input)
{
	struct buf x = { .arena = cx->arena }, y = { .arena = cx->arena };
	struct str after = input, before;
	struct diff d = { 0 };
	int likeness;

	str_split(&after, S("\n"), &before);
	if (!str_is_utf8(input))
		return NULL;
	diff_texts(cx->arena, before, after, &d);
	for (size_t i = 0; i < d.n; i++) {
		if (!str_is_utf8(d.v[i].text))
			return "a piece that cuts a character";
		if (d.v[i].kind != DIFF_NEW)
			buf_put(&x, d.v[i].text);
		if (d.v[i].kind != DIFF_GONE)
			buf_put(&y, d.v[i].text);
	}
	if (!str_eq(buf_str(&x), before) || !str_eq(buf_str(&y), after))
		return "pieces that are not the texts";
	likeness = text_likeness(cx->arena, before, after);
	if (likeness < 0 || likeness > 100 ||
	    likeness != text_likeness(cx->arena, after, before))
		return "a likeness that is none";
	return NULL;
}
