/* Two editions of a statute side by side, article by article. */
#include "base/date.h"
#include "lang/diff.h"
#include "read/statute_compare.h"
#include "web/component.h"
#include "web/layout.h"
#include "web/pages/page.h"
#include "web/pages/statute.h"
#include "web/word.h"

static void
lines_put(struct html *h, struct str text)
{
	struct str line;
	bool first = true;

	while (str_split(&text, S("\n"), &line)) {
		if (!first)
			html(h, L("<br>"));
		html(h, T(line));
		first = false;
	}
}

static void
changed_put(struct html *h, struct view *v, struct str before, struct str after)
{
	struct diff d = { 0 };

	diff_texts(&v->x->arena, before, after, &d);
	html(h, L("<p>"));
	for (size_t i = 0; i < d.n; i++) {
		switch (d.v[i].kind) {
		case DIFF_SAME:
			lines_put(h, d.v[i].text);
			break;
		case DIFF_GONE:
			html(h, L("<del>"));
			lines_put(h, d.v[i].text);
			html(h, L("</del>"));
			break;
		case DIFF_NEW:
			html(h, L("<ins>"));
			lines_put(h, d.v[i].text);
			html(h, L("</ins>"));
			break;
		}
	}
	html(h, L("</p>\n"));
}

static struct str
pair_title(struct arena *a, const struct article_pair *p)
{
	switch (p->change) {
	case ARTICLE_SAME:
		break;
	case ARTICLE_CHANGED:
		return word_fill(a, W(statute_changed), p->after->label);
	case ARTICLE_MOVED:
		return word_fill(a, W(statute_moved), p->before->label, p->after->label);
	case ARTICLE_MOVED_CHANGED:
		return word_fill(a, W(statute_both), p->before->label, p->after->label);
	case ARTICLE_ADDED:
		return word_fill(a, W(statute_added), p->after->label);
	case ARTICLE_GONE:
		return word_fill(a, W(statute_gone), p->before->label);
	}
	return S("");
}

static void
pair_put(struct html *h, struct view *v, const struct article_pair *p)
{
	if (p->change == ARTICLE_SAME)
		return;
	html(h, L("<h3>"), T(pair_title(&v->x->arena, p)), L("</h3>\n"));
	if (p->change == ARTICLE_CHANGED || p->change == ARTICLE_MOVED_CHANGED) {
		changed_put(h, v, p->before->text, p->after->text);
	} else if (p->change == ARTICLE_ADDED) {
		html(h, L("<p><ins>"));
		lines_put(h, p->after->text);
		html(h, L("</ins></p>\n"));
	} else if (p->change == ARTICLE_GONE) {
		html(h, L("<p><del>"));
		lines_put(h, p->before->text);
		html(h, L("</del></p>\n"));
	}
}

static void
counts_put(struct html *h, const struct article_pairs *pairs)
{
	const size_t *n = pairs->count;

	figures_open(h);
	figure(h, TONE_PLAIN, (int64_t)n[ARTICLE_SAME], W(statute_same_n), S(""));
	figure(h, TONE_PLAIN, (int64_t)(n[ARTICLE_CHANGED] + n[ARTICLE_MOVED_CHANGED]),
	    W(statute_changed_n), S(""));
	figure(h, TONE_PLAIN, (int64_t)(n[ARTICLE_MOVED] + n[ARTICLE_MOVED_CHANGED]),
	    W(statute_moved_n), S(""));
	figure(h, TONE_PLAIN, (int64_t)n[ARTICLE_ADDED], W(statute_added_n), S(""));
	figure(h, TONE_PLAIN, (int64_t)n[ARTICLE_GONE], W(statute_gone_n), S(""));
	figures_close(h);
}

/* The editions of the two days asked for; without them the two newest. */
static bool
editions_pick(
    struct statute_page *p, const struct edition **old, const struct edition **now)
{
	const struct editions *all = &p->editions;
	int64_t from, to;

	*old = all->n > 1 ? &all->v[all->n - 2] : NULL;
	*now = all->n ? &all->v[all->n - 1] : NULL;
	if (day_parse(query_get(p->v->x, S("from")), &from))
		*old = edition_of_day(all, from);
	if (day_parse(query_get(p->v->x, S("to")), &to))
		*now = edition_of_day(all, to);
	return *old && *now && *old != *now;
}

void
page_statute_compare(struct exchange *x)
{
	struct articles before = { 0 }, after = { 0 };
	struct article_pairs pairs = { 0 };
	const struct edition *old, *now;
	struct statute_page p;
	VIEW v = { 0 };
	struct html *h;

	if (!view_open(x, &v) || !statute_open(&v, &p))
		return;
	h = statute_page_open(
	    &p, word_fill(&x->arena, W(statute_compared), p.name), true);
	if (!editions_pick(&p, &old, &now)) {
		html(h, L("<p>"), T(W(statute_one)), L("</p>\n"));
		page_close(x, h, 200);
		return;
	}
	if (!view_ok(
		&v, articles_read(&x->cx, v.r.db, p.name, old->from, true, &before)) ||
	    !view_ok(&v, articles_read(&x->cx, v.r.db, p.name, now->from, true, &after)))
		return;
	articles_compare(&x->cx, &before, &after, &pairs);
	html(h, L("<p class=\"lead\">"),
	    T(word_fill(&x->arena, W(statute_between), day_chinese(&x->arena, now->from),
		day_chinese(&x->arena, old->from))),
	    L("</p>\n"));
	counts_put(h, &pairs);
	for (size_t i = 0; i < pairs.n; i++)
		pair_put(h, &v, &pairs.v[i]);
	page_close(x, h, 200);
}
