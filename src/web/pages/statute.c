/* One article for everybody: its text as of a day, our gist, its neighbours, the other
 * editions that have it. */
#include "web/pages/statute.h"

#include "base/date.h"
#include "web/component.h"
#include "web/layout.h"
#include "web/pages/page.h"
#include "web/word.h"

static void
text_put(struct html *h, struct view *v, struct str text)
{
	struct str line;
	int64_t clause = 0;

	html(h, L("<div class=\"statute\">\n"));
	while (str_split(&text, S("\n"), &line)) {
		if (citation_is_item(line))
			html(h, L("<p class=\"item\">"));
		else
			html(h, L("<p id=\"k"), N(++clause), L("\">"));
		cite_put(h, v, line);
		html(h, L("</p>\n"));
	}
	html(h, L("</div>\n"));
}

static void
gist_put(struct html *h, struct statute_page *p, struct str key)
{
	const struct str gist = statute_gist(p, key);

	if (!gist.n)
		return;
	notice_open(h, TONE_PLAIN, W(statute_gist));
	html(h, L("<p>"), T(gist), L("<br><span class=\"hint\">"),
	    T(W(statute_gist_note)), L("</span></p>\n"));
	notice_close(h);
}

static void
edition_put(struct html *h, struct statute_page *p)
{
	const struct edition *e = p->edition;
	struct arena *a = &p->v->x->arena;

	html(h, L("<p class=\"hint\">"),
	    T(word_fill(a, W(statute_was), day_chinese(a, e->from))));
	if (e->to != STATUTE_DAY_OPEN)
		html(h, T(W(list_semicolon)),
		    T(word_fill(a, W(statute_old), day_chinese(a, e->to))));
	if (statute_number(p).n)
		html(h, T(W(list_semicolon)), T(statute_number(p)));
	html(h, L("</p>\n"));
}

static void
neighbour_put(
    struct html *h, struct statute_page *p, struct str word, const struct article *one)
{
	html(h, T(word), L(" <a href=\""),
	    U(cite_path(&p->v->x->arena, p->name, one->key, p->day, p->today)), L("\">"),
	    T(one->label), L("</a>"));
}

static void
around_put(struct html *h, struct statute_page *p, const struct articles *all, int64_t n)
{
	const bool first = n < 2, last = (size_t)n >= all->n;

	if (first && last)
		return;
	html(h, L("<nav aria-label=\""), T(W(statute_around)), L("\"><p>"));
	if (!first)
		neighbour_put(h, p, W(statute_before), &all->v[n - 2]);
	if (!first && !last)
		html(h, T(W(list_semicolon)));
	if (!last)
		neighbour_put(h, p, W(statute_after), &all->v[n]);
	html(h, L("</p></nav>\n"));
}

/* Editions that hold an article of this number; the one shown is left out. */
static enum err
elsewhere_put(struct html *h, struct statute_page *p, struct str key)
{
	struct arena *a = &p->v->x->arena;
	bool any = false;

	for (size_t i = p->editions.n; i-- > 0;) {
		const struct edition *e = &p->editions.v[i];
		struct article one;
		const enum err err = article_read(
		    &p->v->x->cx, p->v->r.db, p->name, e->from, key, &one);

		if (err == ERR_NOT_FOUND || (e == p->edition && err == ERR_OK))
			continue;
		TRY(err);
		if (!any)
			html(h, L("<h2>"), T(W(statute_editions)), L("</h2>\n<p>"),
			    T(W(statute_elsewhere)), L("</p>\n<ul>\n"));
		any = true;
		html(h, L("<li><a href=\""),
		    U(cite_path(a, p->name, key, e->from, p->today)), L("\">"),
		    T(word_fill(a, W(statute_edition), day_chinese(a, e->from))),
		    L("</a></li>\n"));
	}
	if (any)
		html(h, L("</ul>\n"));
	return ERR_OK;
}

static void
wrong_put(struct html *h, struct statute_page *p, struct str key)
{
	const struct str wrong = cite_state_word(cite_state(p->v, p->name, key, p->day));

	if (!wrong.n)
		return;
	notice_open(h, TONE_WARN, wrong);
	html(h, L("<p>"),
	    T(word_fill(
		&p->v->x->arena, W(statute_on), day_chinese(&p->v->x->arena, p->day))),
	    L("</p>\n"));
	notice_close(h);
}

/* The article in the edition shown; its title alone when that has none. */
static enum err
article_put(struct html *h, struct statute_page *p, struct str key, bool *found)
{
	struct cx *cx = &p->v->x->cx;
	struct articles all = { 0 };
	struct article one;
	enum err err = ERR_NOT_FOUND;

	wrong_put(h, p, key);
	if (p->edition)
		err = article_read(cx, p->v->r.db, p->name, p->edition->from, key, &one);
	if (err != ERR_OK && err != ERR_NOT_FOUND)
		return err;
	*found = err == ERR_OK;
	if (*found) {
		edition_put(h, p);
		if (one.part.n)
			html(h, L("<p>"), T(one.part), L("</p>\n"));
		text_put(h, p->v, one.text);
	} else if (!p->edition) {
		notice_open(h, TONE_PLAIN, W(statute_no_text));
		html(h, L("<p>"), T(W(statute_no_text_w)), L("</p>\n"));
		notice_close(h);
	}
	gist_put(h, p, key);
	if (*found) {
		TRY(articles_read(
		    cx, p->v->r.db, p->name, p->edition->from, false, &all));
		around_put(h, p, &all, one.n);
	}
	return elsewhere_put(h, p, key);
}

void
page_statute_article(struct exchange *x)
{
	struct statute_page p;
	struct str key, label;
	bool found = false;
	VIEW v = { 0 };
	struct html *h;

	if (!view_open(x, &v) || !statute_open(&v, &p))
		return;
	key = citation_key(&x->arena, x->req.args[1]);
	label = citation_label(&x->arena, key);
	h = statute_page_open(
	    &p, word_fill(&x->arena, W(statute_article_of), p.name, label), true);
	if (!view_ok(&v, article_put(h, &p, key, &found)))
		return;
	page_close(x, h, found || statute_gist(&p, key).n ? 200 : 404);
}
