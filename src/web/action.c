/* The frame of a form: its token, its buttons, and what was wrong with it. Declared in
 * field.h, as no page uses one without the other. */
#include "web/exchange.h"
#include "web/field.h"

#include "web/cite.h"
#include "web/session.h"
#include "web/word.h"

static void
token_put(struct html *h)
{
	if (h->x && h->x->session)
		field_hidden(h, S("csrf"), h->x->session->csrf);
}

void
form_open(struct html *h, struct str action)
{
	html(h, L("<form method=\"post\" action=\""), U(action), L("\" novalidate>\n"));
	token_put(h);
}

void
form_open_files(struct html *h, struct str action)
{
	html(h, L("<form method=\"post\" action=\""), U(action),
	    L("\" enctype=\"multipart/form-data\" novalidate>\n"));
	token_put(h);
}

void
form_open_search(struct html *h, struct str action)
{
	html(h, L("<form method=\"get\" action=\""), U(action),
	    L("\" class=\"search\" role=\"search\">\n"));
}

void
form_close(struct html *h)
{
	html(h, L("</form>\n"));
}

void
button_primary(struct html *h, struct str label)
{
	html(h, L("<button class=\"button\">"), T(label), L("</button>\n"));
}

void
button_second(struct html *h, struct str name, struct str value, struct str label)
{
	html(h, L("<button class=\"button second\" name=\""), T(name), L("\" value=\""),
	    T(value), L("\">"), T(label), L("</button>\n"));
}

void
button_link(struct html *h, struct str href, struct str label)
{
	html(h, L("<a class=\"button second\" href=\""), U(href), L("\">"), T(label),
	    L("</a>\n"));
}

void
button_link_primary(struct html *h, struct str href, struct str label)
{
	html(h, L("<a class=\"button\" href=\""), U(href), L("\">"), T(label),
	    L("</a>\n"));
}

void
button_row_open(struct html *h)
{
	html(h, L("<div class=\"buttons\">\n"));
}

void
button_row_close(struct html *h)
{
	html(h, L("</div>\n"));
}

static void
refusal_put(struct html *h, const struct refusal *r)
{
	html(h, L("<li>"));
	if (r->field.n)
		html(
		    h, L("<a href=\"#"), T(r->field), L("\">"), T(r->message), L("</a>"));
	else
		html(h, T(r->message));
	if (r->basis.n) {
		html(h, L("<span class=\"basis\">"), T(W(basis_is)));
		cite_here(h, r->basis);
		html(h, L("</span>"));
	}
	if (r->ways.n)
		html(h, L("<span class=\"ways\">"), T(W(ways_are)), T(r->ways),
		    L("</span>"));
	html(h, L("</li>\n"));
}

void
error_summary(struct html *h)
{
	if (!h->x || h->x->cx.refusals.n == 0)
		return;
	html(h, L("<div class=\"summary\" role=\"alert\" tabindex=\"-1\">\n<h2>"));
	html_say(h, W(errors_n), N((int64_t)h->x->cx.refusals.n));
	html(h, L("</h2>\n<ul>\n"));
	for (size_t i = 0; i < h->x->cx.refusals.n; i++)
		refusal_put(h, &h->x->cx.refusals.v[i]);
	html(h, L("</ul>\n</div>\n"));
}
