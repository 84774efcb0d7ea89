/*
 * 期限计算说明: how one due day of a matter was computed, on one sheet that can be put
 * into a file. It shows what the record holds and computes nothing again; who may read
 * the matter may read it.
 */
#include "act/clocks.h"
#include "base/date.h"
#include "web/layout.h"
#include "web/pages/matter.h"
#include "web/pages/page.h"
#include "web/site.h"
#include "web/word.h"

struct annex {
	struct matter_page m;
	struct str id;
	const struct value *clock;
};

/* "2026年3月24日" of a day in the clock, or what says that there is none. */
static struct str
day_in(struct annex *x, const char *key, struct str none)
{
	const struct value *day = value_get(x->clock, str_z(key));

	return day->kind == V_INT ? day_chinese(&x->m.v->x->arena, day->i) : none;
}

static struct str
basis_in(struct annex *x, const struct value *of)
{
	return basis_text(x->m.v->defs, &x->m.v->x->arena, value_str(of));
}

static void
start_put(struct html *h, struct annex *x)
{
	const struct action_def *a = action_find(
	    x->m.procedure, value_str(value_get(x->clock, S("act"))));

	if (value_is_null(value_get(x->clock, S("term")))) {
		fact(h, W(annex_start), T(W(annex_fixed)));
		return;
	}
	fact_open(h, W(annex_start));
	html(h, T(day_in(x, "start", S(""))));
	if (a)
		html(h, L(" "), T(a->title));
	fact_close(h);
}

static void
pauses_put(struct html *h, struct annex *x)
{
	struct arena *a = &x->m.v->x->arena;
	const struct value *pauses = value_get(x->clock, S("pauses"));

	if (!value_count(pauses))
		return;
	fact_open(h, W(annex_pauses));
	for (size_t i = 0; i < value_count(pauses); i++) {
		const struct value *p = value_at(pauses, i);
		const struct value *until = value_at(p, 1);
		const struct str basis = basis_in(x, value_at(p, 4));

		html(h, L("<p>"),
		    T(word_fill(a, W(annex_pause),
			day_chinese(a, value_num(value_at(p, 0))),
			until->kind == V_INT ? day_chinese(a, until->i - 1)
					     : W(annex_now))),
		    L(" "), T(value_str(value_at(p, 2))));
		if (basis.n)
			html(h, L(" <span class=\"basis\">"), T(W(basis_is)), T(basis),
			    L("</span>"));
		html(h, L("</p>\n"));
	}
	fact_close(h);
}

static void
extensions_put(struct html *h, struct annex *x)
{
	struct arena *a = &x->m.v->x->arena;
	const struct value *list = value_get(x->clock, S("extended"));

	if (!value_count(list))
		return;
	fact_open(h, W(annex_extended));
	for (size_t i = 0; i < value_count(list); i++) {
		const struct value *e = value_at(list, i);
		const struct str basis = basis_in(x, value_get(e, S("basis")));

		html(h, L("<p>"),
		    T(word_fill(a, W(annex_extension),
			day_chinese(a, value_num(value_get(e, S("day")))),
			show_name(x->m.v, value_str(value_get(e, S("actor")))),
			value_str(value_get(e, S("term"))))));
		if (basis.n)
			html(h, L(" <span class=\"basis\">"), T(W(basis_is)), T(basis),
			    L("</span>"));
		html(h, L("</p>\n"));
	}
	fact_close(h);
}

static void
amount_put(struct html *h, struct annex *x)
{
	struct arena *a = &x->m.v->x->arena;
	const int64_t today = cx_today(&x->m.v->x->cx);
	const int64_t fen = clock_amount(x->clock, today);

	if (value_is_null(value_get(x->clock, S("amount"))))
		return;
	fact(h, W(annex_amount),
	    T(word_fill(a, W(annex_amount_is), day_chinese(a, today),
		str_fmt(
		    a, "%lld.%02lld", (long long)(fen / 100), (long long)(fen % 100)))));
}

/* The numbers of what was issued, which is how a file is named on paper. */
static void
numbers_put(struct html *h, struct annex *x)
{
	const struct value *issued = value_get(&x->m.state, S("issued"));

	for (size_t i = 0; i < value_count(issued); i++) {
		const struct str number = value_str(
		    value_get(value_at(issued, i), S("number")));

		if (number.n)
			fact(h, W(document_number), T(number));
	}
}

static void
facts_put(struct html *h, struct annex *x)
{
	const struct str basis = basis_in(x, value_get(x->clock, S("basis")));
	const struct str term = value_str(value_get(x->clock, S("term")));
	const struct str title = value_str(value_get(&x->m.state, S("title")));

	facts_open(h);
	fact(h, W(annex_matter), T(title.n ? title : x->m.procedure->title));
	numbers_put(h, x);
	fact(h, W(annex_clock), T(value_str(value_get(x->clock, S("title")))));
	start_put(h, x);
	if (term.n)
		fact(h, W(annex_term), T(term));
	if (basis.n)
		fact(h, W(annex_basis), T(basis));
	pauses_put(h, x);
	extensions_put(h, x);
	amount_put(h, x);
	facts_close(h);
}

static void
why_put(struct html *h, struct annex *x)
{
	const struct value *why = value_get(x->clock, S("why"));

	if (!value_count(why))
		return;
	html(h, L("<h2>"), T(W(clock_why)), L("</h2>\n<ol class=\"steps\">\n"));
	for (size_t i = 0; i < value_count(why); i++)
		html(h, L("<li>"), T(value_str(value_at(why, i))), L("</li>\n"));
	html(h, L("</ol>\n"));
}

static void
annex_put(struct exchange *e, struct annex *x)
{
	struct arena *a = &e->arena;
	const struct str back = show_path(a, x->m.subject);
	struct html *h = page_open(e, .title = W(annex), .above = W(annex_above),
	    .crumbs = { { W(home), S("/") }, { x->m.procedure->title, back } });

	facts_put(h, x);
	html(h, L("<div class=\"panel\">\n<p>"), T(W(annex_result)),
	    L("</p>\n<p class=\"answer\">"), T(day_in(x, "due", W(annex_standing))),
	    L("</p>\n"));
	if (value_true(value_get(x->clock, S("provisional"))))
		html(h, L("<p>"), T(W(clock_provisional)), L("</p>\n"));
	html(h, L("</div>\n"));
	why_put(h, x);
	html(h, L("<p class=\"hint\">"),
	    T(word_fill(a, W(annex_printed), day_chinese(a, cx_today(&e->cx)),
		word_n(a, W(annex_record), value_num(value_get(&x->m.state, S("at")))))),
	    L("</p>\n"));
	page_close(e, h, 200);
}

void
page_clock_annex(struct exchange *e)
{
	struct annex x = { .id = e->req.args[2] };
	VIEW v = { 0 };

	if (!view_open(e, &v))
		return;
	if (!show_subject(e, 0, 1).n) {
		respond_error(e, 404);
		return;
	}
	if (!view_ok(&v, matter_load(&v, show_subject(e, 0, 1), &x.m)))
		return;
	x.clock = value_get(value_get(&x.m.state, S("clocks")), x.id);
	if (value_is_null(x.clock))
		respond_error(e, 404);
	else
		annex_put(e, &x);
}
