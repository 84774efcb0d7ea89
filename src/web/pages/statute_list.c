/* The library for everybody: which statutes there are, and one statute with its editions
 * and its table of contents. */
#include "base/date.h"
#include "lang/canon.h"
#include "web/component.h"
#include "web/layout.h"
#include "web/pages/page.h"
#include "web/pages/statute.h"
#include "web/site.h"
#include "web/word.h"

/* Whether a day fits ?day=; what is no day is today. */
static int64_t
day_asked(const struct exchange *x)
{
	int64_t day;

	return day_parse(query_get(x, S("day")), &day) ? day : cx_today(&x->cx);
}

static const struct edition *
edition_shown(const struct editions *all, int64_t day)
{
	const struct edition *found = edition_of_day(all, day);

	for (size_t i = 0; !found && i < all->n; i++)
		if (all->v[all->n - 1 - i].from <= day)
			found = &all->v[all->n - 1 - i];
	return found || !all->n ? found : &all->v[0];
}

bool
statute_find(struct view *v, struct str name, int64_t day, struct statute_page *p)
{
	struct exchange *x = v->x;

	*p = (struct statute_page){ .v = v, .day = day, .today = cx_today(&x->cx) };
	v->law_day = day;
	p->name = cite_name(v, name);
	if (!p->name.n) {
		x->res.cache = S("");
		respond_error(x, 404);
		return false;
	}
	p->cited = map_find(&v->defs->cited, p->name);
	if (!view_ok(v, editions_read(&x->cx, v->r.db, p->name, &p->editions)))
		return false;
	p->edition = edition_shown(&p->editions, p->day);
	p->in_force = edition_of_day(&p->editions, p->day) != NULL;
	p->title = p->edition                      ? p->edition->title
		   : p->cited && p->cited->title.n ? p->cited->title
						   : p->name;
	return true;
}

bool
statute_open(struct view *v, struct statute_page *p)
{
	struct exchange *x = v->x;
	int64_t version;

	return view_ok(v, statutes_version(&x->cx, v->r.db, &version)) &&
	       !view_unchanged(v, version) &&
	       statute_find(v, x->req.args[0], day_asked(x), p);
}

struct html *
statute_page_open(struct statute_page *p, struct str title, bool inner)
{
	struct exchange *x = p->v->x;
	const struct str own = cite_path(&x->arena, p->name, S(""), p->day, p->today);

	return page_open(x, .title = title, .section = S("/statutes"),
	    .crumbs = {
		{ W(statutes), S("/statutes") }, { inner ? p->title : S(""), own } });
}

struct str
statute_gist(const struct statute_page *p, struct str key)
{
	const struct str *gist = map_find(&p->v->defs->statutes,
	    str_fmt(&p->v->x->arena, "%.*s/%.*s", STR_ARG(p->name), STR_ARG(key)));

	return gist ? *gist : S("");
}

bool
statute_gist_next(
    const struct statute_page *p, size_t *i, struct str *key, struct str *gist)
{
	const struct map *all = &p->v->defs->statutes;
	const struct str head = str_fmt(&p->v->x->arena, "%.*s/", STR_ARG(p->name));

	for (; *i < all->n; ++*i) {
		const struct str whole = all->items[*i].key;

		if (!str_starts(whole, head))
			continue;
		*key = str_sub(whole, head.n, whole.n);
		*gist = *(const struct str *)all->items[(*i)++].value;
		return true;
	}
	return false;
}

struct str
statute_number(const struct statute_page *p)
{
	const struct edition *e = p->edition;

	if (e && !e->number.n && p->cited && p->cited->from == e->from)
		return p->cited->number;
	return e ? e->number : p->cited->number;
}

/* ---- the list ---- */

static void
list_row(struct grid *t, struct view *v, struct str name, struct str title,
    struct str number, int64_t from, int64_t articles)
{
	struct arena *a = &v->x->arena;
	const int64_t today = cx_today(&v->x->cx);

	row_open(t);
	cell(t, L("<a href=\""), U(cite_path(a, name, S(""), today, today)), L("\">"),
	    T(title), L("</a>"));
	cell(t, T(number));
	cell(t, T(from == DAY_NONE ? S("") : day_chinese(a, from)));
	cell(t, T(articles ? word_n(a, W(statute_n), articles) : W(statute_gists)));
	row_close(t);
}

static enum err
imported_put(struct grid *t, struct view *v, const struct statute_rows *rows)
{
	for (size_t i = 0; i < rows->n; i++) {
		struct editions all = { 0 };
		const struct edition *e;

		TRY(editions_read(&v->x->cx, v->r.db, rows->v[i].statute, &all));
		e = edition_shown(&all, cx_today(&v->x->cx));
		if (e) {
			const struct statute_page p = { .edition = e,
				.cited = map_find(&v->defs->cited, rows->v[i].statute) };

			list_row(t, v, rows->v[i].statute, e->title, statute_number(&p),
			    e->from, e->articles);
		}
	}
	return ERR_OK;
}

static bool
is_imported(const struct statute_rows *rows, struct str name)
{
	for (size_t i = 0; i < rows->n; i++)
		if (str_eq(rows->v[i].statute, name))
			return true;
	return false;
}

void
page_statutes(struct exchange *x)
{
	const struct grid_column columns[] = {
		{ .title = W(statute_name), .head = true, .wide = true },
		{ .title = W(statute_number) }, { .title = W(statute_from), .day = true },
		{ .title = W(statute_articles), .state = true }
	};
	struct statute_rows rows = { 0 };
	int64_t version;
	VIEW v = { 0 };
	struct html *h;
	struct grid t;

	if (!view_open(x, &v) ||
	    !view_ok(&v, statutes_version(&x->cx, v.r.db, &version)) ||
	    view_unchanged(&v, version) ||
	    !view_ok(&v, statutes_read(&x->cx, v.r.db, &rows)))
		return;
	h = page_open(x, .title = W(statutes));
	html(h, L("<p class=\"lead\">"), T(W(statutes_lead)), L("</p>\n"));
	html(h, L("<p><a href=\"/law\">"), T(W(law)), L("</a></p>\n"));
	t = grid_open(h, W(statutes_kept), columns, 4);
	if (!view_ok(&v, imported_put(&t, &v, &rows)))
		return;
	for (size_t i = 0; i < v.defs->cited.n; i++) {
		const struct cited_statute *c = v.defs->cited.items[i].value;

		if (!is_imported(&rows, c->name))
			list_row(&t, &v, c->name, c->title.n ? c->title : c->name,
			    c->number, c->from, 0);
	}
	grid_close(&t);
	page_close(x, h, 200);
}

/* ---- one statute ---- */

static void
day_fact(struct html *h, struct statute_page *p, struct str label, int64_t day)
{
	if (day != STATUTE_DAY_UNKNOWN && day != DAY_NONE)
		fact(h, label, T(day_chinese(&p->v->x->arena, day)));
}

static void
force_put(struct html *h, struct statute_page *p, int64_t from, int64_t to)
{
	struct arena *a = &p->v->x->arena;

	fact_open(h, W(statute_force));
	if (p->today < from)
		badge(h, TONE_REST, W(statute_not_yet));
	else if (p->today < to)
		badge(h, TONE_DONE, W(statute_in_force));
	else
		badge(h, TONE_WARN, word_fill(a, W(statute_old), day_chinese(a, to)));
	fact_close(h);
}

static void
facts_put(struct html *h, struct statute_page *p)
{
	const struct edition *e = p->edition;
	struct arena *a = &p->v->x->arena;

	facts_open(h);
	if (statute_number(p).n)
		fact(h, W(statute_number), T(statute_number(p)));
	if (e->issuer.n)
		fact(h, W(statute_issuer), T(e->issuer));
	day_fact(h, p, W(statute_passed), e->passed);
	day_fact(h, p, W(statute_published), e->promulgated);
	fact(h, W(statute_from), T(day_chinese(a, e->from)),
	    T(e->assumed ? W(statute_assumed) : S("")));
	force_put(h, p, e->from, e->to);
	facts_close(h);
}

static void
editions_put(struct html *h, struct statute_page *p)
{
	struct arena *a = &p->v->x->arena;

	if (p->editions.n < 2)
		return;
	html(h, L("<h2>"), T(W(statute_editions)), L("</h2>\n<ul>\n"));
	for (size_t i = p->editions.n; i-- > 0;) {
		const struct edition *e = &p->editions.v[i];
		const struct str shown = word_fill(
		    a, W(statute_edition), day_chinese(a, e->from));

		html(h, L("<li>"));
		if (e == p->edition)
			html(h, T(shown), T(W(statute_shown)));
		else
			html(h, L("<a href=\""),
			    U(cite_path(a, p->name, S(""), e->from, p->today)), L("\">"),
			    T(shown), L("</a>"));
		if (i)
			html(h, L(" <a href=\""),
			    U(url_query(a,
				str_fmt(a, "%.*s/compare",
				    STR_ARG(cite_path(
					a, p->name, S(""), p->today, p->today))),
				{ S("from"), day_iso(a, e[-1].from) },
				{ S("to"), day_iso(a, e->from) })),
			    L("\">"), T(W(statute_compare)), L("</a>"));
		html(h, L("</li>\n"));
	}
	html(h, L("</ul>\n"));
}

static void
contents_put(struct html *h, struct statute_page *p, const struct articles *all)
{
	struct arena *a = &p->v->x->arena;

	html(h, L("<h2>"), T(W(statute_contents)), L("</h2>\n"));
	for (size_t i = 0; i < all->n; i++) {
		const struct article *one = &all->v[i];
		const bool begins = !i || !str_eq(one->part, all->v[i - 1].part);

		if (begins && i)
			html(h, L("</ul>\n"));
		if (begins && one->part.n)
			html(h, L("<h3>"), T(one->part), L("</h3>\n"));
		if (begins)
			html(h, L("<ul class=\"articles\">\n"));
		html(h, L("<li><a href=\""),
		    U(cite_path(a, p->name, one->key, p->day, p->today)), L("\">"),
		    T(one->label), L("</a></li>\n"));
	}
	if (all->n)
		html(h, L("</ul>\n"));
}

/* Where the text came from and what looked damaged in it. */
static void
origin_put(struct html *h, struct statute_page *p)
{
	const struct edition *e = p->edition;
	struct str rest = e->history, line;
	struct value flags;

	details_open(h, W(statute_history));
	while (str_split(&rest, S("\n"), &line))
		if (line.n)
			html(h, L("<p>"), T(line), L("</p>\n"));
	facts_open(h);
	fact(h, W(statute_source), T(e->file));
	fact(
	    h, W(statute_digest), L("<span class=\"code\">"), T(e->source), L("</span>"));
	facts_close(h);
	if (canon_parse(&p->v->x->cx, e->flags, &flags) == ERR_OK &&
	    value_count(&flags)) {
		html(h, L("<p>"), T(W(statute_damage)), L("</p>\n<ul>\n"));
		for (size_t i = 0; i < value_count(&flags); i++)
			html(h, L("<li>"), T(value_str(value_at(&flags, i))),
			    L("</li>\n"));
		html(h, L("</ul>\n"));
	}
	details_close(h);
}

/* The gists of what is cited, where there is no text. */
static void
gists_put(struct html *h, struct statute_page *p)
{
	struct str key, gist;
	size_t i = 0;

	notice_open(h, TONE_PLAIN, W(statute_no_text));
	html(h, L("<p>"), T(W(statute_no_text_w)), L("</p>\n"));
	notice_close(h);
	facts_open(h);
	if (statute_number(p).n)
		fact(h, W(statute_number), T(statute_number(p)));
	day_fact(h, p, W(statute_from), p->cited->from);
	while (statute_gist_next(p, &i, &key, &gist))
		fact(h, citation_label(&p->v->x->arena, key), T(gist));
	facts_close(h);
}

void
page_statute(struct exchange *x)
{
	struct articles all = { 0 };
	struct statute_page p;
	VIEW v = { 0 };
	struct html *h;

	if (!view_open(x, &v) || !statute_open(&v, &p))
		return;
	if (p.edition && !view_ok(&v, articles_read(&x->cx, v.r.db, p.name,
					  p.edition->from, false, &all)))
		return;
	h = statute_page_open(&p, p.title, false);
	if (p.edition) {
		facts_put(h, &p);
		editions_put(h, &p);
		contents_put(h, &p, &all);
		origin_put(h, &p);
	} else {
		gists_put(h, &p);
	}
	page_close(x, h, 200);
}
