/* Escaping by type, words with holes, and the checker of markup. */
#include "test.h"
#include "web/html.h"
#include "web/word.h"

TEST(html_escapes_by_type)
{
	struct html *h = html_new(cx->arena, NULL);

	html(h, L("<a href=\""), U(S("/task?a=1&b=\"2\"")), L("\">"), T(S("<甲> & 'o'")),
	    L("</a>"), N(-7));
	CHECK_STR(html_done(h).trusted,
	    S("<a href=\"/task?a=1&amp;b=&quot;2&quot;\">&lt;甲&gt; &amp; "
	      "&#39;o&#39;</a>-7"));
}

TEST(html_say_fills_holes_in_order)
{
	struct html *h = html_new(cx->arena, NULL);

	html_say(h, S("共 {} 项,<{}>"), N(3), T(S("a&b")));
	CHECK_STR(html_done(h).trusted, S("共 3 项,&lt;a&amp;b&gt;"));
}

TEST(html_markup_is_put_as_it_is)
{
	struct html *inner = html_new(cx->arena, NULL), *h = html_new(cx->arena, NULL);

	html(inner, L("<b>"), T(S("x")), L("</b>"));
	html(h, L("<p>"), M(html_done(inner)), L("</p>"));
	CHECK_STR(html_done(h).trusted, S("<p><b>x</b></p>"));
}

static bool
faulty(struct cx *cx, struct str markup, struct str says)
{
	return str_starts(html_fault(cx->arena, markup), says);
}

TEST(html_fault_finds_what_is_wrong)
{
	CHECK_STR(html_fault(cx->arena,
		      S("<!doctype html><p id=\"a\">1<br>2<img src=\"/x\" alt=\"\"></p>"
			"<svg><path d=\"M0\"/></svg>")),
	    S(""));
	CHECK(faulty(cx, S("<p><b>x</p></b>"), S("closed out of order")));
	CHECK(faulty(cx, S("<ul><li>x</li>"), S("never closed")));
	CHECK(faulty(cx, S("x</p>"), S("closed out of order")));
	CHECK(faulty(cx, S("<p class=a>x</p>"), S("attribute without quotes")));
	CHECK(faulty(cx, S("<p id=\"a\"></p><p id=\"a\"></p>"), S("id given twice")));
	CHECK(faulty(cx, S("<p class=\"a>x</p>"), S("quote not closed")));
	CHECK(faulty(cx, S("a < b"), S("tag without a name")));
}

TEST(word_table)
{
	CHECK_STR(W(product), S("准绳"));
	CHECK_STR(word(WORD_NONE), S(""));
}
