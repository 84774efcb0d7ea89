/*
 * The calculator of terms, for everybody: no login, everything in the address, so that a
 * result can be kept as a bookmark or sent on. The answer first, then each day that was
 * skipped and why; the same as a sheet for the file. What the calculator does is
 * procedure/term.h; these pages only ask and show.
 */
#include "base/date.h"
#include "out/docx.h"
#include "web/component.h"
#include "web/field.h"
#include "web/layout.h"
#include "web/pages/clock_ask.h"
#include "web/pages/page.h"
#include "web/pages/sheet.h"
#include "web/site.h"
#include "web/word.h"

static struct str
day_full(struct arena *a, int64_t day)
{
	static const enum word names[] = { WORD_NONE, WORD_weekday_1, WORD_weekday_2,
		WORD_weekday_3, WORD_weekday_4, WORD_weekday_5, WORD_weekday_6,
		WORD_weekday_7 };

	return word_fill(
	    a, W(clock_weekday), day_chinese(a, day), word(names[day_weekday(day)]));
}

/* "2026年10月26日（星期一）", for hours with the minute; while it stands still, that. */
static struct str
answer_text(struct arena *a, const struct question *q)
{
	const struct term_end *end = &q->end;

	if (end->day == DAY_NONE)
		return W(annex_standing);
	if (q->parsed.unit != TERM_HOURS)
		return day_full(a, end->day);
	return str_fmt(a, "%.*s %.*s", STR_ARG(day_full(a, day_of_ms(end->at_ms))),
	    STR_ARG(str_sub(ms_iso(a, end->at_ms), 11, 16)));
}

static struct sheet_steps
steps_of(struct arena *a, const struct question *q)
{
	struct sheet_steps steps = { 0 };

	for (size_t i = 0; i < q->end.notes.n; i++)
		*list_add(a, &steps) = term_note_text(a, &q->parsed, &q->end.notes.v[i]);
	return steps;
}

/* "30日（延长30日，扣除不计入的期间）" */
static struct str
term_said(struct arena *a, const struct question *q)
{
	const struct str term = term_text(a, &q->parsed);
	const struct str longer = q->nmore ? word_fill(a, W(clock_longer_by),
						 term_text(a, &q->more.term))
					   : S("");

	if (!q->nmore && !q->npauses)
		return term;
	return str_fmt(a, "%.*s%.*s%.*s%.*s%.*s%.*s", STR_ARG(term),
	    STR_ARG(W(sign_open)), STR_ARG(longer),
	    STR_ARG(q->nmore && q->npauses ? W(sign_comma) : S("")),
	    STR_ARG(q->npauses ? W(clock_less) : S("")), STR_ARG(W(sign_close)));
}

static void
answer_put(struct html *h, struct exchange *x, const struct question *q)
{
	struct arena *a = &x->arena;
	const struct str term = term_said(a, q);
	const struct str answer = answer_text(a, q);
	const struct sheet_steps steps = steps_of(a, q);
	const bool back = q->parsed.is_backward;

	html(h, L("<div class=\"panel\" role=\"status\">\n<p>"));
	html_say(h,
	    q->end.day == DAY_NONE ? W(clock_stands)
	    : back                 ? W(clock_ends_before)
				   : W(clock_ends),
	    T(word_fill(a, W(clock_from_to), day_chinese(a, q->day), term)));
	html(h, L("</p>\n<p class=\"answer\">"), T(answer), L("</p>\n</div>\n"));
	if (q->end.is_provisional) {
		notice_open(h, TONE_WARN, S(""));
		html(h, L("<p>"), T(W(clock_provisional)), L("</p>\n"));
		notice_close(h);
	}
	html(h, L("<h2>"), T(W(clock_why)), L("</h2>\n"));
	steps_put(h, &steps);
	button_row_open(h);
	button_link(h, question_path(a, S("/clock/sheet"), q), W(annex_open));
	button_row_close(h);
	if (q->end.day != DAY_NONE)
		copy_text(h, S("sentence"), W(clock_copy),
		    word_fill(a, back ? W(clock_copy_back) : W(clock_copy_text),
			day_chinese(a, q->day), term, answer));
}

/* What few terms have; open when something stands in it. */
static void
more_put(struct html *h, struct exchange *x, const struct question *q)
{
	bool any = q->longer.n;

	for (size_t i = 0; i < STRETCHES; i++)
		any |= q->off[i].from.n || q->off[i].to.n;
	details_open_if(h, W(clock_more), any);
	for (size_t i = 0; i < STRETCHES; i++) {
		const struct stretch *s = &q->off[i];

		html(h, L("<fieldset class=\"pair\"><legend>"),
		    T(word_n(&x->arena, W(clock_off), (int64_t)i + 1)), L("</legend>\n"));
		field_day(h, .name = s->from_name, .label = W(clock_off_from),
		    .hint = W(clock_off_hint), .value = s->from, .optional = true);
		field_day(h, .name = s->to_name, .label = W(clock_off_to),
		    .hint = W(clock_off_to_hint), .value = s->to, .optional = true);
		html(h, L("</fieldset>\n"));
	}
	field_text(h, .name = S("longer"), .label = W(clock_longer),
	    .hint = W(clock_longer_hint), .value = q->longer, .narrow = true,
	    .optional = true);
	details_close(h);
}

static void
form_put(struct html *h, struct exchange *x, const struct question *q)
{
	form_open_search(h, S("/clock"));
	field_day(h, .name = S("start"), .label = W(clock_start),
	    .hint = W(clock_start_hint), .value = q->start);
	field_text(h, .name = S("term"), .label = W(clock_term),
	    .hint = W(clock_term_hint), .value = q->term, .narrow = true);
	field_text(h, .name = S("time"), .label = W(clock_time),
	    .hint = W(clock_time_hint), .value = q->time, .narrow = true,
	    .optional = true);
	more_put(h, x, q);
	button_primary(h, W(clock_compute));
	form_close(h);
}

/* The terms that are asked for most, for the day that stands in the form. */
static void
common_put(struct html *h, struct exchange *x, struct str start)
{
	static const char *const terms[] = { "5 workdays", "7 workdays", "10 workdays",
		"15 workdays", "20 workdays", "10 days", "15 days", "30 days", "60 days",
		"90 days", "3 months", "6 months", "2 years" };

	html(h, L("<h2>"), T(W(clock_common)), L("</h2>\n<ul class=\"picks\">\n"));
	for (size_t i = 0; i < sizeof terms / sizeof *terms; i++) {
		struct term term;

		if (term_parse(&x->cx, str_z(terms[i]), &term) != ERR_OK)
			continue;
		const struct str text = term_text(&x->arena, &term);
		html(h, L("<li><a href=\""),
		    U(url_query(&x->arena, S("/clock"), { S("start"), start },
			{ S("term"), text })),
		    L("\">"), T(text), L("</a></li>\n"));
	}
	html(h, L("</ul>\n"));
}

static void
ask_put(struct exchange *x, const struct question *q, bool answered)
{
	struct html *h = page_open(x, .title = W(clock));

	error_summary(h);
	if (answered)
		answer_put(h, x, q);
	else
		html(h, L("<p class=\"lead\">"), T(W(clock_lead)), L("</p>\n"));
	form_put(h, x, q);
	common_put(h, x, q->start);
	page_close(x, h, x->cx.refusals.n ? 422 : 200);
}

void
page_clock(struct exchange *x)
{
	struct question q = { 0 };
	bool answered = false;

	if (!site_calendar(x->site)) {
		respond_error(x, 404);
		return;
	}
	if (params_has(&x->req.query, S("term"))) {
		answered = question_answer(x, &q);
	} else {
		q = question_typed(x);
		q.start = day_iso(&x->arena, cx_today(&x->cx));
	}
	ask_put(x, &q, answered);
}

/* ---- the sheet ---- */

static struct str
stretches_text(struct arena *a, const struct question *q)
{
	struct buf b = { .arena = a };

	for (size_t i = 0; i < q->npauses; i++) {
		const struct term_pause *p = &q->pauses[i];

		if (i)
			buf_put_byte(&b, '\n');
		buf_put(
		    &b, p->until == DAY_NONE
			    ? word_fill(a, W(clock_off_since), day_chinese(a, p->from))
			    : word_fill(a, W(clock_off_days), day_chinese(a, p->from),
				  day_chinese(a, p->until - 1),
				  word_int(a, p->until - p->from)));
	}
	return buf_str(&b);
}

static struct sheet
question_sheet(struct exchange *x, const struct question *q)
{
	struct arena *a = &x->arena;
	const bool hours = q->parsed.unit == TERM_HOURS;
	struct sheet s = { .answer = answer_text(a, q),
		.is_provisional = q->end.is_provisional,
		.steps = steps_of(a, q) };

	sheet_fact(a, &s, W(clock_start),
	    hours ? str_fmt(a, "%.*s %02lld:%02lld", STR_ARG(day_chinese(a, q->day)),
			(long long)(q->minutes / 60), (long long)(q->minutes % 60))
		  : day_chinese(a, q->day));
	sheet_fact(a, &s, W(clock_term), term_text(a, &q->parsed));
	sheet_fact(a, &s, W(annex_pauses), stretches_text(a, q));
	sheet_fact(
	    a, &s, W(annex_extended), q->nmore ? term_text(a, &q->more.term) : S(""));
	s.foot = word_fill(a, W(clock_sheet_foot), day_chinese(a, cx_today(&x->cx)));
	return s;
}

/* What cannot be answered is asked again, with what is wrong beside it. */
static bool
sheet_ready(struct exchange *x, struct question *q)
{
	if (!site_calendar(x->site))
		respond_error(x, 404);
	else if (!question_answer(x, q))
		ask_put(x, q, false);
	else
		return true;
	return false;
}

void
page_clock_sheet(struct exchange *x)
{
	struct question q;
	struct sheet s;
	struct html *h;

	if (!sheet_ready(x, &q))
		return;
	s = question_sheet(x, &q);
	h = page_open(x, .title = W(annex), .section = S("/clock"),
	    .crumbs = { { W(clock), question_path(&x->arena, S("/clock"), &q) } });
	sheet_put(h, &s);
	button_row_open(h);
	button_link(
	    h, question_path(&x->arena, S("/clock/sheet.docx"), &q), W(annex_docx));
	button_row_close(h);
	page_close(x, h, 200);
}

void
page_clock_sheet_docx(struct exchange *x)
{
	struct question q;
	struct sheet s;

	if (!sheet_ready(x, &q))
		return;
	s = question_sheet(x, &q);
	respond_download(x, DOCX_TYPE, word_fill(&x->arena, W(annex_file), W(annex)),
	    sheet_docx(&x->cx, &s));
}
