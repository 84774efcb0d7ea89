/* What every page has around it. The head is a link home, not a logo: nothing is loaded
 * but the sheets of styles and one optional script. */
#include "web/layout.h"

#include "act/door.h"
#include "base/bug.h"
#include "base/date.h"
#include "web/asset.h"
#include "web/session.h"
#include "web/site.h"
#include "web/word.h"

bool
type_is_large(const struct exchange *x)
{
	return str_eq(params_get(&x->req.cookies, S("type")), S("large"));
}

/* The window below which tables become cards: larger type and a ledger's nine columns
 * need more room. */
static int
cards_below_em(bool large, bool ledger)
{
	if (large && ledger)
		return 100;
	return large || ledger ? 64 : 48;
}

static void
sheets_put(struct html *h, struct exchange *x, const struct page *page)
{
	html(h, L("<link rel=\"stylesheet\" href=\""),
	    U(asset_url(&x->arena, S("zhunsheng.css"))),
	    L("\">\n<link rel=\"stylesheet\" media=\"screen and (max-width: "),
	    N(cards_below_em(type_is_large(x), page->print_landscape)),
	    L("em)\" href=\""), U(asset_url(&x->arena, S("cards.css"))), L("\">\n"));
}

static void
head_put(struct html *h, struct exchange *x, const struct page *page)
{
	const bool large = type_is_large(x);

	html(h, L("<!doctype html>\n<html lang=\"zh-CN\" class=\""),
	    T(large ? S("large") : S("normal")),
	    L("\">\n<head>\n<meta charset=\"utf-8\">\n<title>"), T(page->title), L(" - "),
	    T(W(product)),
	    L("</title>\n<meta name=\"viewport\" content=\"width=device-width, "
	      "initial-scale=1\">\n"
	      "<meta name=\"format-detection\" content=\"telephone=no\">\n"
	      "<link rel=\"icon\" type=\"image/svg+xml\" href=\""),
	    U(asset_url(&x->arena, S("zhunsheng.svg"))), L("\">\n"));
	sheets_put(h, x, page);
	html(h, L("<script src=\""), U(asset_url(&x->arena, S("zhunsheng.js"))),
	    L("\" defer></script>\n</head>\n<body class=\""),
	    T(page->wide ? S("wide") : S("")),
	    T(page->print_landscape ? S(" landscape") : S("")),
	    L("\">\n<a class=\"skip\" href=\"#main\">"), T(W(skip)), L("</a>\n"));
}

static void
type_switch_put(struct html *h, struct exchange *x)
{
	const bool large = type_is_large(x);
	const struct str here = x->req.method == HTTP_POST ? S("/") : x->req.target;
	const struct str url = url_query(&x->arena, S("/type"),
	    { S("size"), large ? S("normal") : S("large") }, { S("back"), here });

	html(h, L("<a href=\""), U(url), L("\">"),
	    T(large ? W(type_normal) : W(type_large)), L("</a>"));
}

/* The box for everything, on every page but its own. */
static void
find_put(struct html *h, struct exchange *x)
{
	if (str_eq(x->req.path, S("/search")))
		return;
	html(h,
	    L("<form class=\"find\" role=\"search\" action=\"/search\">"
	      "<input type=\"search\" name=\"q\" aria-label=\""),
	    T(W(search_label)), L("\" placeholder=\""), T(W(search_label)),
	    L("\" data-suggest=\""), T(W(search_suggested)), L("\"><button>"),
	    T(W(search_go)), L("</button></form>"));
}

static void
banner_put(struct html *h, struct exchange *x)
{
	const struct session *s = x->session;

	html(h,
	    L("<header class=\"head\"><div class=\"width\">\n"
	      "<a class=\"product\" href=\"/\">"),
	    T(W(product)), L("</a>"));
	if (x->site->place.n)
		html(h, L("<span class=\"place\">"), T(x->site->place), L("</span>"));
	if (x->site->door)
		find_put(h, x);
	html(h, L("<div class=\"who\">"));
	if (s) {
		html(h, L("<span>"), T(s->unit), L(" <a href=\"/me\">"),
		    T(s->name.n ? s->name : s->login), L("</a></span>"));
		html(h,
		    L("<form method=\"post\" action=\"/logout\">"
		      "<input type=\"hidden\" name=\"csrf\" value=\""),
		    T(s->csrf), L("\"><button class=\"plain\">"), T(W(logout)),
		    L("</button></form>"));
	} else if (x->site->sessions && !str_eq(x->req.path, S("/login"))) {
		html(h, L("<a href=\"/login\">"), T(W(login)), L("</a>"));
	}
	type_switch_put(h, x);
	html(h, L("</div>\n</div>\n"));
	if (x->site->offset_ms) {
		html(h, L("<div class=\"demo\"><div class=\"width\">"));
		html_say(h, W(demo_day), T(day_chinese(&x->arena, cx_today(&x->cx))));
		html(h, L("</div></div>\n"));
	}
	if (s && x->site->door && door_time_in_doubt(x->site->door))
		html(h, L("<div class=\"demo\" role=\"status\"><div class=\"width\">"),
		    T(W(time_in_doubt)), L("</div></div>\n"));
	html(h, L("</header>\n"));
}

/* The page itself asks again; this only keeps the navigation short. */
static bool
may_see(const struct session *session, const struct route *r)
{
	bool can = !r->can;

	for (size_t i = 0; session && r->can && i < session->ncan; i++)
		can |= str_eq(session->can[i], str_z(r->can));
	return can;
}

static bool
in_nav(struct exchange *x, const struct route *r)
{
	return r->nav && (r->open || x->session) && (!r->style || x->site->style) &&
	       may_see(x->session, r);
}

static void
nav_list_put(struct html *h, struct exchange *x, struct str here)
{
	html(h, L("<ul>\n"));
	for (size_t i = 0; i < x->site->routes.n; i++) {
		const struct route *r = &x->site->routes.v[i];

		if (!in_nav(x, r))
			continue;
		html(h, L("<li><a href=\""), U(str_z(r->pattern)), L("\""));
		if (str_eq(str_z(r->pattern), here))
			html(h, L(" aria-current=\"page\""));
		html(h, L(">"), T(word(r->title)), L("</a></li>\n"));
	}
	html(h, L("</ul>\n"));
}

/* The list twice, the sheet of styles shows one: a row on a desk, behind a word on a
 * phone, where it would fill half the window. */
static void
nav_put(struct html *h, struct exchange *x, const struct page *page)
{
	const struct str here = page->section.n ? page->section
				: x->route      ? str_z(x->route->pattern)
						: S("");
	size_t n = 0;

	for (size_t i = 0; i < x->site->routes.n; i++)
		n += in_nav(x, &x->site->routes.v[i]);
	if (!n)
		return;
	html(h, L("<nav class=\"nav\" aria-label=\""), T(W(nav_label)),
	    L("\"><div class=\"width\">\n"));
	nav_list_put(h, x, here);
	if (n > 3) {
		html(h, L("<details class=\"menu\"><summary>"), T(W(nav_menu)),
		    L("</summary>\n"));
		nav_list_put(h, x, here);
		html(h, L("</details>\n"));
	}
	html(h, L("</div></nav>\n"));
}

static void
crumbs_put(struct html *h, const struct page *page)
{
	if (page->crumbs[0].label.n == 0)
		return;
	html(h, L("<nav class=\"crumbs\" aria-label=\""), T(W(crumbs_label)),
	    L("\"><ol>"));
	for (size_t i = 0; i < 4 && page->crumbs[i].label.n; i++)
		html(h, L("<li><a href=\""), U(page->crumbs[i].href), L("\">"),
		    T(page->crumbs[i].label), L("</a></li>"));
	html(h, L("</ol></nav>\n"));
}

struct html *
page_open_(struct exchange *x, const struct page *page)
{
	struct html *h = html_new(&x->arena, x);

	head_put(h, x, page);
	banner_put(h, x);
	nav_put(h, x, page);
	html(h, L("<div class=\"width\">\n"));
	crumbs_put(h, page);
	html(h, L("<main id=\"main\">\n"));
	if (page->above.n)
		html(h, L("<p class=\"above\">"), T(page->above), L("</p>\n"));
	if (!page->no_heading)
		html(h, L("<h1>"), T(page->title), L("</h1>\n"));
	return h;
}

#ifdef ARENA_DEBUG
/* One primary action a page: with two of them nobody knows which is meant. */
static void
primary_check(const struct exchange *x, struct str page)
{
	const struct str primary = S("<button class=\"button\">");
	const size_t first = str_find(page, primary, 0);

	if (first != SIZE_MAX && str_find(page, primary, first + 1) != SIZE_MAX)
		bug("two primary actions on %.*s", STR_ARG(x->req.path));
}
#endif

void
page_close(struct exchange *x, struct html *h, int status)
{
	html(h, L("</main>\n</div>\n<footer class=\"foot\"><div class=\"width\">"),
	    T(W(product_full)), L("</div></footer>\n</body>\n</html>\n"));
	const struct str whole = html_done(h).trusted;
#ifdef ARENA_DEBUG
	primary_check(x, whole);
#endif
	respond(x, status, S("text/html; charset=utf-8"), whole);
}
