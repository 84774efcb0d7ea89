/* Components as functions; their looks are in static/zhunsheng.css. */
#include "web/component.h"

#include "base/bug.h"
#include "web/word.h"

static struct str
tone_class(enum tone tone)
{
	switch (tone) {
	case TONE_PLAIN:
		return S("plain");
	case TONE_GOING:
		return S("going");
	case TONE_DONE:
		return S("done");
	case TONE_WARN:
		return S("warn");
	case TONE_LATE:
		return S("late");
	case TONE_REST:
		return S("rest");
	}
	bug("tone %d", (int)tone);
}

void
badge(struct html *h, enum tone tone, struct str text)
{
	html(h, L("<span class=\"badge "), T(tone_class(tone)), L("\">"), T(text),
	    L("</span>"));
}

/* ---- tables ---- */

static struct str
column_class(const struct grid_column *c)
{
	if (c->number)
		return S("number");
	if (c->day)
		return S("day");
	if (c->names)
		return S("names");
	if (c->state)
		return S("state");
	return c->wide ? S("long") : S("");
}

/* The roles are written out because cards on a phone are no tables to some browsers. */
static void
column_put(struct html *h, const struct grid_column *c)
{
	html(h, L("<th scope=\"col\" role=\"columnheader\" class=\""), T(column_class(c)),
	    L("\""));
	if (c->sorted)
		html(h, L(" aria-sort=\""),
		    T(c->sorted > 0 ? S("ascending") : S("descending")), L("\""));
	html(h, L(">"));
	if (c->sort.n)
		html(h, L("<a class=\"sort\" href=\""), U(c->sort), L("\">"), T(c->title),
		    L("</a>"));
	else
		html(h, T(c->title));
	if (c->tick.n) /* shown by the script that makes it work */
		html(h, L(" <input type=\"checkbox\" hidden data-tick-all=\""),
		    T(c->tick), L("\" aria-label=\""), T(W(tick_all)), L("\">"));
	html(h, L("</th>\n"));
}

/* A name and its number stand side by side on any phone. */
static bool
needs_cards(const struct grid_column *columns, size_t n)
{
	return n != 2 || !columns[1].number;
}

static struct grid
table_start(struct html *h, struct str caption, const struct grid_column *columns,
    size_t n, bool scroll)
{
	if (scroll)
		html(h,
		    L("<div class=\"scroll\" role=\"region\" tabindex=\"0\" "
		      "aria-label=\""),
		    T(caption), L("\">\n"));
	html(h, L("<table role=\"table\" class=\""),
	    T(needs_cards(columns, n) ? S("cards") : S("")), L("\">\n<caption>"),
	    T(caption), L("</caption>\n<thead role=\"rowgroup\"><tr role=\"row\">\n"));
	for (size_t i = 0; i < n; i++)
		column_put(h, &columns[i]);
	html(h, L("</tr></thead>\n<tbody role=\"rowgroup\">\n"));
	return (struct grid){ h, columns, n, 0, scroll };
}

struct grid
grid_open(struct html *h, struct str caption, const struct grid_column *columns, size_t n)
{
	return table_start(h, caption, columns, n, false);
}

struct grid
grid_open_scroll(
    struct html *h, struct str caption, const struct grid_column *columns, size_t n)
{
	return table_start(h, caption, columns, n, true);
}

void
row_open(struct grid *t)
{
	html(t->h, L("<tr role=\"row\">"));
	t->at = 0;
}

void
cell_open(struct grid *t)
{
	if (t->at == t->n)
		bug("more cells than columns");
	const struct grid_column *c = &t->columns[t->at];

	if (c->head)
		html(t->h, L("<th scope=\"row\" role=\"rowheader\""));
	else
		html(t->h, L("<td role=\"cell\""));
	html(t->h, L(" class=\""), T(column_class(c)), L("\" data-label=\""), T(c->title),
	    L("\"><div>"));
}

void
cell_close(struct grid *t)
{
	if (t->columns[t->at].head)
		html(t->h, L("</div></th>\n"));
	else
		html(t->h, L("</div></td>\n"));
	t->at++;
}

void
tick_box(struct html *h, struct str name, struct str value, struct str label, bool on)
{
	html(h, L("<input type=\"checkbox\" name=\""), T(name), L("\" value=\""),
	    T(value), L("\" aria-label=\""), T(label), L("\""));
	if (on)
		html(h, L(" checked"));
	html(h, L(">"));
}

void
row_close(struct grid *t)
{
	if (t->at != t->n)
		bug("%zu cells in a row of %zu columns", t->at, t->n);
	html(t->h, L("</tr>\n"));
}

void
row_title(struct grid *t, struct str title)
{
	html(t->h, L("<tr role=\"row\" class=\"part\"><th role=\"cell\" colspan=\""),
	    N((int64_t)t->n), L("\">"), T(title), L("</th></tr>\n"));
}

void
grid_close(struct grid *t)
{
	html(t->h, L("</tbody>\n</table>\n"));
	if (t->scroll)
		html(t->h, L("</div>\n"));
}

/* ---- facts ---- */

void
facts_open(struct html *h)
{
	html(h, L("<dl class=\"facts\">\n"));
}

void
fact_open(struct html *h, struct str label)
{
	html(h, L("<div><dt>"), T(label), L("</dt><dd>"));
}

void
fact_close(struct html *h)
{
	html(h, L("</dd></div>\n"));
}

void
facts_close(struct html *h)
{
	html(h, L("</dl>\n"));
}

/* ---- timeline ---- */

void
timeline_open(struct html *h)
{
	html(h, L("<ol class=\"timeline\">\n"));
}

void
timeline_item_open(struct html *h, struct str when, struct str title)
{
	html(h, L("<li><p class=\"when\">"), T(when), L("</p><h3>"), T(title),
	    L("</h3>\n"));
}

void
timeline_item_close(struct html *h)
{
	html(h, L("</li>\n"));
}

void
timeline_close(struct html *h)
{
	html(h, L("</ol>\n"));
}

/* ---- boxes ---- */

void
notice_open(struct html *h, enum tone tone, struct str title)
{
	html(h, L("<div class=\"notice "), T(tone_class(tone)), L("\">\n"));
	if (title.n)
		html(h, L("<p class=\"title\">"), T(title), L("</p>\n"));
}

void
notice_close(struct html *h)
{
	html(h, L("</div>\n"));
}

void
details_open_if(struct html *h, struct str summary, bool open)
{
	html(h, L("<details"), T(open ? S(" open") : S("")), L("><summary>"), T(summary),
	    L("</summary>\n<div>\n"));
}

void
details_open(struct html *h, struct str summary)
{
	details_open_if(h, summary, false);
}

void
details_close(struct html *h)
{
	html(h, L("</div></details>\n"));
}

void
panel_open(struct html *h, struct str title, struct str text)
{
	html(h, L("<div class=\"panel\" role=\"status\">\n<h2>"), T(title),
	    L("</h2>\n<p>"), T(text), L("</p>\n"));
}

void
panel_close(struct html *h)
{
	html(h, L("</div>\n"));
}

void
empty_put(struct html *h, struct str title, struct str text)
{
	html(h, L("<div class=\"empty\"><p class=\"title\">"), T(title), L("</p>\n<p>"),
	    T(text), L("</p></div>\n"));
}

/* Enough lines for the text at the width of a phone, within reason. */
static int64_t
copy_rows(struct str text)
{
	int64_t rows = 0;
	struct str line;

	while (str_split(&text, S("\n"), &line))
		rows += 1 + (int64_t)str_chars(line) / 24;
	return rows < 3 ? 3 : rows > 16 ? 16 : rows;
}

void
copy_text(struct html *h, struct str id, struct str label, struct str text)
{
	html(h, L("<div class=\"copy field\"><label for=\""), T(id), L("\">"), T(label),
	    L("</label>\n<textarea readonly rows=\""), N(copy_rows(text)), L("\" id=\""),
	    T(id), L("\">\n"), T(text),
	    L("</textarea>\n<button type=\"button\" class=\"button second\" "
	      "data-copy=\""),
	    T(id), L("\" data-done=\""), T(W(copied)), L("\" hidden>"), T(W(copy)),
	    L("</button></div>\n"));
}

/* ---- ways on ---- */

void
tabs(struct html *h, struct str label, const struct tab *v, size_t n)
{
	html(h, L("<nav class=\"tabs\" aria-label=\""), T(label), L("\"><ul>\n"));
	for (size_t i = 0; i < n; i++) {
		html(h, L("<li><a href=\""), U(v[i].href), L("\""));
		if (v[i].current)
			html(h, L(" aria-current=\"true\""));
		html(h, L(">"), T(v[i].label));
		if (v[i].count >= 0)
			html(
			    h, L(" <span class=\"count\">"), N(v[i].count), L("</span>"));
		html(h, L("</a></li>\n"));
	}
	html(h, L("</ul></nav>\n"));
}

void
pager(struct html *h, struct str previous, struct str next, struct str shown)
{
	html(h, L("<nav class=\"pager\" aria-label=\""), T(W(pager_label)), L("\">\n"));
	if (previous.n)
		html(h, L("<a rel=\"prev\" href=\""), U(previous), L("\">"),
		    T(W(pager_previous)), L("</a>\n"));
	html(h, L("<span>"), T(shown), L("</span>\n"));
	if (next.n)
		html(h, L("<a rel=\"next\" href=\""), U(next), L("\">"), T(W(pager_next)),
		    L("</a>\n"));
	html(h, L("</nav>\n"));
}

/* ---- numbers ---- */

void
figures_open(struct html *h)
{
	html(h, L("<ul class=\"figures\">\n"));
}

void
figure(struct html *h, enum tone tone, int64_t n, struct str label, struct str href)
{
	html(h, L("<li class=\""), T(tone_class(n ? tone : TONE_PLAIN)), L("\">"));
	if (href.n)
		html(h, L("<a href=\""), U(href), L("\">"));
	html(h, L("<strong>"), N(n), L("</strong> <span>"), T(label), L("</span>"));
	if (href.n)
		html(h, L("</a>"));
	html(h, L("</li>\n"));
}

void
figures_close(struct html *h)
{
	html(h, L("</ul>\n"));
}

void
progress(struct html *h, struct str label, int64_t done, int64_t total)
{
	html(h, L("<div class=\"progress\"><span class=\"label\">"), T(label),
	    L("</span> <progress max=\""), N(total > 0 ? total : 1), L("\" value=\""),
	    N(done), L("\" aria-label=\""), T(label),
	    L("\"></progress> <span class=\"of\">"));
	html_say(h, W(done_of_total), N(done), N(total));
	html(h, L("</span></div>\n"));
}
