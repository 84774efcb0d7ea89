/*
 * What a page asks again and again about statutes is read once for the page: names,
 * editions, the articles of an edition.
 */
#include "web/cite.h"

#include "act/defs.h"
#include "base/date.h"
#include "read/statute.h"
#include "web/exchange.h"
#include "web/form.h"
#include "web/word.h"

/* Of one statute. */
struct cited {
	struct editions editions;
	struct map keys; /* of editions asked for: "FROM" → struct map of its keys */
};

struct cites {
	struct map names; /* any name → struct str: the one it is kept under */
	struct map known; /* kept name → struct cited */
};

static void
name_put(struct view *v, struct str name, struct str kept)
{
	struct arena *a = &v->x->arena;
	struct str *s = arena_new(a, struct str);

	*s = kept;
	if (name.n && !map_find(&v->cites->names, name))
		map_put(a, &v->cites->names, name, s);
}

/* Names of law/statutes first: gists are looked up by them. */
static void
cites_open(struct view *v)
{
	struct statute_rows rows = { 0 };

	if (v->cites)
		return;
	v->cites = arena_new(&v->x->arena, struct cites);
	for (size_t i = 0; i < v->defs->cited.n; i++) {
		const struct cited_statute *c = v->defs->cited.items[i].value;

		name_put(v, c->name, c->name);
		name_put(v, citation_name(c->title), c->name);
	}
	/* A library that cannot be read leaves texts without links: they are still read.
	 */
	if (statutes_read(&v->x->cx, v->r.db, &rows) != ERR_OK)
		return;
	for (size_t i = 0; i < rows.n; i++) {
		name_put(v, rows.v[i].statute, rows.v[i].statute);
		name_put(v, citation_name(rows.v[i].title), rows.v[i].statute);
	}
}

static struct str
known_name(struct str name, void *self)
{
	const struct cites *c = self;
	const struct str *kept = map_find(&c->names, name);

	return kept ? *kept : S("");
}

struct str
cite_name(struct view *v, struct str given)
{
	cites_open(v);
	return known_name(citation_name(given), v->cites);
}

int64_t
cite_day(const struct view *v)
{
	return v->law_day ? v->law_day : cx_today(&v->x->cx);
}

/* ---- is it there ---- */

static struct cited *
cited_of(struct view *v, struct str statute)
{
	struct cited *c = map_find(&v->cites->known, statute);

	if (c)
		return c;
	c = arena_new(&v->x->arena, struct cited);
	if (editions_read(&v->x->cx, v->r.db, statute, &c->editions) != ERR_OK)
		c->editions = (struct editions){ 0 };
	map_put(&v->x->arena, &v->cites->known, statute, c);
	return c;
}

static bool
edition_has(struct view *v, struct cited *c, const struct edition *e, struct str key)
{
	struct arena *a = &v->x->arena;
	const struct str from = str_fmt(a, "%lld", (long long)e->from);
	struct map *keys = map_find(&c->keys, from);
	struct articles all = { 0 };

	if (!keys) {
		keys = arena_new(a, struct map);
		if (articles_read(&v->x->cx, v->r.db, e->statute, e->from, false, &all) !=
		    ERR_OK)
			return true;
		for (size_t i = 0; i < all.n; i++)
			map_put(a, keys, all.v[i].key, keys);
		map_put(a, &c->keys, from, keys);
	}
	return map_find(keys, key) != NULL;
}

/* What only law/statutes knows of. */
static enum cite_state
gist_state(struct view *v, struct str statute, struct str key, int64_t day)
{
	const struct cited_statute *c = map_find(&v->defs->cited, statute);

	if (c && c->to != DAY_NONE && day >= c->to)
		return CITE_REPEALED;
	return !key.n || map_find(&v->defs->statutes, str_fmt(&v->x->arena, "%.*s/%.*s",
							  STR_ARG(statute), STR_ARG(key)))
		   ? CITE_GOOD
		   : CITE_UNKNOWN;
}

/* On a day without an edition. Older ones may not have been imported: before the first
 * nothing is known, unless the statute had not even been passed. */
static enum cite_state
before_all(const struct edition *first, int64_t day)
{
	if (day >= first->from)
		return CITE_REPEALED;
	return first->passed != STATUTE_DAY_UNKNOWN && day < first->passed ? CITE_FUTURE
									   : CITE_UNKNOWN;
}

enum cite_state
cite_state(struct view *v, struct str statute, struct str key, int64_t day)
{
	const struct edition *now;
	struct cited *c;

	cites_open(v);
	c = cited_of(v, statute);
	if (!c->editions.n)
		return gist_state(v, statute, key, day);
	now = edition_of_day(&c->editions, day);
	if (!now)
		return before_all(&c->editions.v[0], day);
	if (!key.n || edition_has(v, c, now, key))
		return CITE_GOOD;
	for (size_t i = 0; i < c->editions.n && c->editions.v[i].from < now->from; i++)
		if (edition_has(v, c, &c->editions.v[i], key))
			return CITE_REPEALED;
	return CITE_MISSING;
}

struct str
cite_state_word(enum cite_state state)
{
	switch (state) {
	case CITE_GOOD:
	case CITE_UNKNOWN:
		break;
	case CITE_MISSING:
		return W(cite_missing);
	case CITE_REPEALED:
		return W(cite_repealed);
	case CITE_FUTURE:
		return W(cite_future);
	}
	return S("");
}

/* ---- links ---- */

struct str
cite_path(struct arena *a, struct str statute, struct str key, int64_t day, int64_t today)
{
	struct buf b = { .arena = a };

	buf_put(&b, S("/statutes/"));
	url_put(&b, statute);
	if (key.n) {
		buf_put_byte(&b, '/');
		url_put(&b, key);
	}
	if (day != today)
		buf_fmt(&b, "?day=%.*s", STR_ARG(day_iso(a, day)));
	return buf_str(&b);
}

static void
link_put(struct html *h, struct view *v, const struct citation *c, struct str shown)
{
	const int64_t day = cite_day(v);
	const enum cite_state state = cite_state(v, c->statute, c->key, day);
	const struct str wrong = cite_state_word(state);
	struct str path = cite_path(
	    &v->x->arena, c->statute, c->key, day, cx_today(&v->x->cx));

	if (c->clause)
		path = str_fmt(
		    &v->x->arena, "%.*s#k%lld", STR_ARG(path), (long long)c->clause);
	html(h, L("<a class=\"cite\" href=\""), U(path), L("\">"));
	if (wrong.n)
		html(h, L("<s>"), T(shown), L("</s>"));
	else
		html(h, T(shown));
	html(h, L("</a>"));
	if (wrong.n)
		html(h, L("<span class=\"cite-wrong\">"), T(wrong), L("</span>"));
}

void
cite_put(struct html *h, struct view *v, struct str text)
{
	struct citations all = { 0 };
	size_t at = 0;

	cites_open(v);
	citations_find(&v->x->arena, text, known_name, v->cites, &all);
	for (size_t i = 0; i < all.n; i++) {
		html(h, T(str_sub(text, at, all.v[i].from)));
		link_put(h, v, &all.v[i], str_sub(text, all.v[i].from, all.v[i].to));
		at = all.v[i].to;
	}
	html(h, T(str_sub(text, at, text.n)));
}

void
cite_here(struct html *h, struct str text)
{
	if (h->x && h->x->view)
		cite_put(h, h->x->view, text);
	else
		html(h, T(text));
}

void
cite_list(struct html *h, struct view *v, struct str label, struct str text)
{
	struct citations all = { 0 };

	cites_open(v);
	citations_find(&v->x->arena, text, known_name, v->cites, &all);
	if (!all.n)
		return;
	html(h, L("<p class=\"basis\">"), T(label));
	for (size_t i = 0; i < all.n; i++) {
		if (i)
			html(h, T(W(list_semicolon)));
		link_put(h, v, &all.v[i],
		    word_fill(&v->x->arena, W(cite_one), all.v[i].statute,
			all.v[i].key.n ? citation_label(&v->x->arena, all.v[i].key)
				       : S("")));
	}
	html(h, L("</p>\n"));
}

struct str
cite_held(struct view *v, struct str title, struct str label, int64_t day)
{
	struct arena *a = &v->x->arena;
	const int64_t today = cx_today(&v->x->cx);
	const struct str name = cite_name(v, title), key = citation_key(a, label);
	const struct edition *e;
	struct cited *c;

	if (!name.n || !key.n || str_eq(key, label))
		return S("");
	c = cited_of(v, name);
	e = edition_of_day(&c->editions, day);
	if (!e || !edition_has(v, c, e, key))
		return S("");
	return cite_path(
	    a, name, key, edition_of_day(&c->editions, today) == e ? today : day, today);
}

void
cite_basis(struct html *h, struct view *v, struct str basis)
{
	html(h, L("<span class=\"basis\">"), T(W(basis_is)));
	cite_put(h, v, basis);
	html(h, L("</span>"));
}

struct str
cite_faults(struct view *v, struct str text)
{
	struct arena *a = &v->x->arena;
	struct citations all = { 0 };
	LIST(struct str) wrong = { 0 };

	cites_open(v);
	citations_find(a, text, known_name, v->cites, &all);
	for (size_t i = 0; i < all.n; i++) {
		const struct citation *c = &all.v[i];
		const struct str what = cite_state_word(
		    cite_state(v, c->statute, c->key, cite_day(v)));

		if (what.n)
			*list_add(a, &wrong) = word_fill(a, W(cite_fault), c->statute,
			    c->key.n ? citation_label(a, c->key) : S(""), what);
	}
	return str_join(a, wrong.v, wrong.n, W(list_semicolon));
}
