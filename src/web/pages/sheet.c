/*
 * The two forms of a sheet. What is said stands in the sheet; here is only how it looks.
 */
#include "web/pages/sheet.h"

#include "out/docx.h"
#include "web/cite.h"
#include "web/component.h"
#include "web/layout.h"
#include "web/word.h"

void
sheet_fact(struct arena *a, struct sheet *s, struct str label, struct str text)
{
	if (text.n)
		*list_add(a, &s->facts) = (struct sheet_fact){ label, text };
}

/* "…（放假通知：https://…）": the words before the address become the link's. */
static void
step_put(struct html *h, struct str step)
{
	const struct str notice = W(clock_notice), colon = W(sign_colon);
	struct str rest = step, before = { 0 }, address = { 0 };

	if (!str_has(step, S("https://"))) {
		cite_here(h, step);
		return;
	}
	str_split(&rest, S("https://"), &before);
	rest = str_sub(step, before.n, step.n);
	str_split(&rest, W(sign_close), &address);
	if (str_ends(before, colon))
		before = str_sub(before, 0, before.n - colon.n);
	if (str_ends(before, notice))
		before = str_sub(before, 0, before.n - notice.n);
	html(h, T(before), L("<a href=\""), X(address), L("\" rel=\"noopener\">"),
	    T(notice), L("</a>"), T(W(sign_close)), T(rest));
}

void
steps_put(struct html *h, const struct sheet_steps *steps)
{
	html(h, L("<ol class=\"steps\">\n"));
	for (size_t i = 0; i < steps->n; i++) {
		html(h, L("<li>"));
		step_put(h, steps->v[i]);
		html(h, L("</li>\n"));
	}
	html(h, L("</ol>\n"));
}

static void
fact_put(struct html *h, const struct sheet_fact *f)
{
	struct str rest = f->text, line;

	fact_open(h, f->label);
	while (str_split(&rest, S("\n"), &line)) {
		html(h, L("<p>"));
		cite_here(h, line);
		html(h, L("</p>\n"));
	}
	fact_close(h);
}

void
sheet_put(struct html *h, const struct sheet *s)
{
	facts_open(h);
	for (size_t i = 0; i < s->facts.n; i++)
		fact_put(h, &s->facts.v[i]);
	facts_close(h);
	html(h, L("<div class=\"panel\">\n<p>"), T(W(annex_result)),
	    L("</p>\n<p class=\"answer\">"), T(s->answer), L("</p>\n"));
	if (s->is_provisional)
		html(h, L("<p>"), T(W(clock_provisional)), L("</p>\n"));
	html(h, L("</div>\n"));
	if (s->steps.n) {
		html(h, L("<h2>"), T(W(clock_why)), L("</h2>\n"));
		steps_put(h, &s->steps);
	}
	html(h, L("<p class=\"hint\">"), T(s->foot), L("</p>\n"));
}

struct str
sheet_docx(struct cx *cx, const struct sheet *s)
{
	struct arena *a = cx->arena;
	struct doc d = { 0 };

	doc_add(a, &d, DOC_TITLE, W(annex));
	for (size_t i = 0; i < s->facts.n; i++) {
		struct str rest = s->facts.v[i].text, line;
		struct str label = s->facts.v[i].label;

		while (str_split(&rest, S("\n"), &line)) {
			doc_add(a, &d, DOC_PARAGRAPH,
			    label.n ? word_fill(a, W(annex_line), label, line) : line);
			label = S("");
		}
	}
	doc_add(a, &d, DOC_PARAGRAPH,
	    word_fill(a, W(annex_line), W(annex_result), s->answer));
	if (s->is_provisional)
		doc_add(a, &d, DOC_PARAGRAPH, W(clock_provisional));
	if (s->steps.n)
		doc_add(a, &d, DOC_HEADING, W(clock_why));
	for (size_t i = 0; i < s->steps.n; i++)
		doc_add(a, &d, DOC_PARAGRAPH,
		    str_fmt(a, "%zu. %.*s", i + 1, STR_ARG(s->steps.v[i])));
	doc_add(a, &d, DOC_PLAIN, S(""));
	doc_add(a, &d, DOC_PLAIN, s->foot);
	return docx_write(cx, &d);
}
