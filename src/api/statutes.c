/* The statute library for programs: what is held, the editions of one, an article as of a
 * day. The same readers as the public pages, and as open. */
#include "api/operation.h"
#include "api/query.h"
#include "base/date.h"
#include "web/pages/statute.h"
#include "web/word.h"

/* What is not said is left out; the last day itself counts. */
static void
day_put(struct json *j, struct arena *a, const char *key, int64_t day)
{
	if (day != STATUTE_DAY_UNKNOWN && day != DAY_NONE)
		put_day(j, a, key, day);
}

static void
force_put(struct json *j, struct arena *a, int64_t from, int64_t to)
{
	day_put(j, a, "from", from);
	if (to != STATUTE_DAY_OPEN && to != DAY_NONE)
		put_day(j, a, "last_day", to - 1);
}

static struct str
state_name(enum cite_state state)
{
	switch (state) {
	case CITE_GOOD:
		return S("good");
	case CITE_UNKNOWN:
		return S("unknown");
	case CITE_MISSING:
		return S("missing");
	case CITE_REPEALED:
		return S("repealed");
	case CITE_FUTURE:
		return S("future");
	}
	return S("");
}

/* ---- the library ---- */

static void
row_put(struct json *j, struct arena *a, const struct statute_page *p)
{
	const struct edition *e = p->edition;

	json_open(j, '{');
	put_str(j, "name", p->name);
	put_str(j, "title", p->title);
	put_text(j, "number", statute_number(p));
	if (e)
		force_put(j, a, e->from, e->to);
	else
		force_put(j, a, p->cited->from, p->cited->to);
	put_str(j, "state", state_name(cite_state(p->v, p->name, S(""), p->day)));
	put_int(j, "editions", (int64_t)p->editions.n);
	json_close(j, '}');
}

void
api_statutes(struct exchange *x)
{
	struct statute_rows rows = { 0 };
	struct statute_page p;
	struct id_list names = { 0 };
	struct reply r;
	VIEW v = { 0 };

	if (!query_only_none(x) || !view_open(x, &v) ||
	    !view_ok(&v, statutes_read(&x->cx, v.r.db, &rows)))
		return;
	for (size_t i = 0; i < rows.n; i++)
		*list_add(&x->arena, &names) = rows.v[i].statute;
	for (size_t i = 0; i < v.defs->cited.n; i++)
		if (!id_list_has(&names, v.defs->cited.items[i].key))
			*list_add(&x->arena, &names) = v.defs->cited.items[i].key;
	reply_open(&r, x);
	json_key(&r.j, "statutes");
	json_open(&r.j, '[');
	for (size_t i = 0; i < names.n; i++) {
		if (!statute_find(&v, names.v[i], cx_today(&x->cx), &p))
			return;
		row_put(&r.j, &x->arena, &p);
	}
	json_close(&r.j, ']');
	reply_send(&r, 200);
}

/* ---- one ---- */

static bool
find_asked(struct exchange *x, struct view *v, struct statute_page *p)
{
	int64_t day;

	return query_only(x, "day") && query_day(x, S("day"), &day) && view_open(x, v) &&
	       statute_find(v, x->req.args[0], day, p);
}

static void
edition_put(struct json *j, struct arena *a, const struct edition *e)
{
	json_open(j, '{');
	put_text(j, "number", e->number);
	put_text(j, "issuer", e->issuer);
	day_put(j, a, "passed", e->passed);
	day_put(j, a, "promulgated", e->promulgated);
	force_put(j, a, e->from, e->to);
	put_bool(j, "from_concluded", e->assumed);
	put_int(j, "articles", e->articles);
	put_text(j, "file", e->file);
	put_str(j, "file_digest", e->source);
	json_close(j, '}');
}

static void
article_open(struct json *j, struct arena *a, struct str key)
{
	json_open(j, '{');
	put_str(j, "key", key);
	put_str(j, "label", citation_label(a, key));
}

static enum err
contents_put(struct json *j, struct statute_page *p)
{
	struct exchange *x = p->v->x;
	struct articles all = { 0 };

	if (p->edition)
		TRY(articles_read(
		    &x->cx, p->v->r.db, p->name, p->edition->from, false, &all));
	json_key(j, "contents");
	json_open(j, '[');
	for (size_t i = 0; i < all.n; i++) {
		article_open(j, &x->arena, all.v[i].key);
		put_text(j, "part", all.v[i].part);
		json_close(j, '}');
	}
	json_close(j, ']');
	return ERR_OK;
}

static void
gists_put(struct json *j, const struct statute_page *p)
{
	struct str key, gist;
	size_t i = 0;

	json_key(j, "gists");
	json_open(j, '[');
	while (statute_gist_next(p, &i, &key, &gist)) {
		article_open(j, &p->v->x->arena, key);
		put_str(j, "gist", gist);
		json_close(j, '}');
	}
	json_close(j, ']');
}

void
api_statute(struct exchange *x)
{
	struct arena *a = &x->arena;
	struct statute_page p;
	struct reply r;
	VIEW v = { 0 };

	if (!find_asked(x, &v, &p))
		return;
	reply_open(&r, x);
	put_str(&r.j, "name", p.name);
	put_str(&r.j, "title", p.title);
	put_text(&r.j, "number", statute_number(&p));
	put_day(&r.j, a, "day", p.day);
	put_str(&r.j, "state", state_name(cite_state(&v, p.name, S(""), p.day)));
	if (p.edition)
		put_day(&r.j, a, "shown", p.edition->from);
	json_key(&r.j, "editions");
	json_open(&r.j, '[');
	for (size_t i = 0; i < p.editions.n; i++)
		edition_put(&r.j, a, &p.editions.v[i]);
	json_close(&r.j, ']');
	if (!view_ok(&v, contents_put(&r.j, &p)))
		return;
	gists_put(&r.j, &p);
	reply_send(&r, 200);
}

/* ---- an article as of a day ---- */

/* Without a text where only our gist is held. ERR_NOT_FOUND: neither. */
static enum err
article_find(struct statute_page *p, struct str key, struct article *out)
{
	struct cx *cx = &p->v->x->cx;
	enum err err = ERR_NOT_FOUND;

	*out = (struct article){ .key = key };
	if (p->edition)
		err = article_read(cx, p->v->r.db, p->name, p->edition->from, key, out);
	if (err != ERR_NOT_FOUND)
		return err;
	if (!statute_gist(p, key).n)
		return word_fail(cx, ERR_NOT_FOUND, W(api_no_article));
	return ERR_OK;
}

void
api_article(struct exchange *x)
{
	struct arena *a = &x->arena;
	struct statute_page p;
	struct article one;
	struct str key;
	struct reply r;
	VIEW v = { 0 };

	if (!find_asked(x, &v, &p))
		return;
	key = citation_key(a, x->req.args[1]);
	if (!view_ok(&v, article_find(&p, key, &one)))
		return;
	reply_open(&r, x);
	put_str(&r.j, "statute", p.name);
	put_str(&r.j, "title", p.title);
	put_str(&r.j, "key", key);
	put_str(&r.j, "label", citation_label(a, key));
	put_day(&r.j, a, "day", p.day);
	put_str(&r.j, "state", state_name(cite_state(&v, p.name, key, p.day)));
	if (one.text.n) {
		force_put(&r.j, a, p.edition->from, p.edition->to);
		put_text(&r.j, "part", one.part);
		put_str(&r.j, "text", one.text);
	}
	put_text(&r.j, "gist", statute_gist(&p, key));
	reply_send(&r, 200);
}
