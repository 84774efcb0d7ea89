/*
 * Suggestions while a query is typed: names of statutes, of the definitions a reader
 * works with, and titles of what he may find, each with the page it leads to. It is asked
 * by zhunsheng.js; without it the box is searched as ever. What is suggested comes
 * through the same door as what is found (read/search.h), so it tells nobody of what he
 * may not read.
 */
#include "out/json.h"
#include "read/search_follow.h"
#include "read/statute.h"
#include "web/cite.h"
#include "web/pages/page.h"
#include "web/pages/search.h"
#include "web/view.h"
#include "web/word.h"

enum { SHOWN = 8, CHARS_MAX = 40 };

struct suggestion {
	struct str title, kind, href;
	bool begins; /* with what was typed */
};

struct suggest {
	struct view *v;
	struct search_ask ask;
	struct cut typed;
	struct map titles; /* each once */
	LIST(struct suggestion) found;
};

static void
take(struct suggest *s, struct str title, struct str kind, struct str href)
{
	struct arena *a = &s->v->x->arena;
	const struct cut cut = cut_text(a, title);
	const size_t at = cut_find(&cut, &s->typed, 0);
	const struct str name = citation_name(title);

	if (!title.n || map_find(&s->titles, name))
		return;
	map_put(a, &s->titles, name, s);
	*list_add(a, &s->found) = (struct suggestion){
		.title = title, .kind = kind, .href = href, .begins = !at
	};
}

static bool
has_typed(struct suggest *s, struct str name)
{
	const struct cut cut = cut_text(&s->v->x->arena, name);

	return cut_find(&cut, &s->typed, 0) != SIZE_MAX;
}

static void
statute_take(struct suggest *s, struct str name, struct str title)
{
	struct arena *a = &s->v->x->arena;

	if (has_typed(s, title) || has_typed(s, name))
		take(s, citation_name(title), W(search_statute),
		    cite_path(a, name, S(""), s->ask.today, s->ask.today));
}

static enum err
statutes_take(struct suggest *s)
{
	const struct defs *d = s->v->defs;
	struct statute_rows rows = { 0 };

	TRY(statutes_read(&s->v->x->cx, s->v->r.db, &rows));
	for (size_t i = 0; i < rows.n; i++)
		statute_take(s, rows.v[i].statute, rows.v[i].title);
	for (size_t i = 0; i < d->cited.n; i++) {
		const struct cited_statute *c = d->cited.items[i].value;

		statute_take(s, c->name, c->title.n ? c->title : c->name);
	}
	return ERR_OK;
}

/* Of procedures and registers: everything of that kind, which is the filter of the search
 * and, for a register, its list. */
static void
definitions_take(struct suggest *s)
{
	const struct defs *d = s->v->defs;
	struct arena *a = &s->v->x->arena;

	if (!s->v->person.n)
		return;
	for (size_t i = 0; i < d->registers.n; i++) {
		const struct register_def *def = d->registers.items[i].value;

		if (has_typed(s, def->title))
			take(s, def->title, W(search_definition),
			    str_fmt(a, "/register/%.*s", STR_ARG(def->id)));
	}
	for (size_t i = 0; i < d->procedures.n; i++) {
		const struct procedure_def *def = d->procedures.items[i].value;

		if (has_typed(s, def->title))
			take(s, def->title, W(search_definition),
			    url_query(a, S("/search"), { S("q"), def->title },
				{ S("kind"), def->id }));
	}
}

/* A title of the collections stands for all articles under it. */
static struct str
title_path(struct suggest *s, const struct search_hit *hit)
{
	struct arena *a = &s->v->x->arena;

	if (hit->log.n && !str_eq(hit->log, SEARCH_LIBRARY))
		return search_hit_path(s->v, hit);
	return url_query(
	    a, S("/search"), { S("q"), word_fill(a, W(search_in_title), hit->title) });
}

static enum err
titles_take(struct suggest *s)
{
	struct search_answer found;

	s->ask.titles = true;
	s->ask.limit = SEARCH_TITLES;
	TRY(search_find(&s->v->x->cx, s->v->r.db, &s->ask, &found));
	for (size_t i = 0; i < found.n && s->found.n < SEARCH_TITLES; i++)
		if (search_is_open(s->v, &found.v[i]))
			take(s, found.v[i].title,
			    search_kind_title(s->v, found.v[i].kind),
			    title_path(s, &found.v[i]));
	return ERR_OK;
}

/* First what begins with it, in the order in which it was taken. */
static struct str
answer(struct suggest *s)
{
	struct buf b = { .arena = &s->v->x->arena };
	struct json j = { .b = &b };
	size_t shown = 0;

	json_open(&j, '[');
	for (int begins = 1; begins >= 0; begins--)
		for (size_t i = 0; i < s->found.n && shown < SHOWN; i++) {
			const struct suggestion *one = &s->found.v[i];

			if (one->begins != begins)
				continue;
			shown++;
			json_open(&j, '{');
			json_key(&j, "title");
			json_str(&j, one->title);
			json_key(&j, "kind");
			json_str(&j, one->kind);
			json_key(&j, "href");
			json_str(&j, one->href);
			json_close(&j, '}');
		}
	json_close(&j, ']');
	return buf_str(&b);
}

void
page_search_suggest(struct exchange *x)
{
	VIEW v = { 0 };
	struct suggest s = { .v = &v };
	struct str typed;

	if (!view_open(x, &v))
		return;
	search_ask_open(&v, &s.ask);
	typed = str_trim(query_get(x, S("q")));
	s.ask.query = search_query_parse(&x->arena, typed);
	s.typed = cut_text(&x->arena, typed);
	if (s.ask.query.wanted && s.typed.n <= CHARS_MAX) {
		if (!view_ok(&v, statutes_take(&s)))
			return;
		definitions_take(&s);
		if (!view_ok(&v, titles_take(&s)))
			return;
	}
	respond(x, 200, S("application/json; charset=utf-8"), answer(&s));
}
