/*
 * The calculator of terms, for everybody: no login, everything in the address, so that a
 * result can be kept as a bookmark or sent on. The answer first, then each day that was
 * skipped and why. What the calculator does is procedure/term.h; this page only asks and
 * shows.
 */
#include "base/date.h"
#include "procedure/term.h"
#include "web/component.h"
#include "web/field.h"
#include "web/layout.h"
#include "web/pages/page.h"
#include "web/site.h"
#include "web/word.h"

struct question {
	struct str start, term, time; /* as typed */
	int64_t day, minutes;
	struct term parsed;
};

static struct str
day_full(struct arena *a, int64_t day)
{
	static const enum word names[] = { WORD_NONE, WORD_weekday_1, WORD_weekday_2,
		WORD_weekday_3, WORD_weekday_4, WORD_weekday_5, WORD_weekday_6,
		WORD_weekday_7 };

	return word_fill(
	    a, W(clock_weekday), day_chinese(a, day), word(names[day_weekday(day)]));
}

/* "08:30", also with the Chinese colon; empty is the day's first moment. */
static bool
time_read(struct arena *a, struct str s, int64_t *minutes)
{
	int64_t hour = 0, minute = 0;
	struct str left;

	s = str_replace(a, str_trim(s), W(sign_colon), S(":"));
	*minutes = 0;
	if (s.n == 0)
		return true;
	if (!str_split(&s, S(":"), &left) || !str_int(left, &hour) ||
	    !str_int(s, &minute) || hour < 0 || hour > 23 || minute < 0 || minute > 59)
		return false;
	*minutes = hour * 60 + minute;
	return true;
}

/* Reads what was asked; what is wrong becomes refusals beside the fields. */
static void
question_read(struct exchange *x, struct question *q)
{
	q->start = query_get(x, S("start"));
	q->term = query_get(x, S("term"));
	q->time = query_get(x, S("time"));
	if (str_trim(q->start).n == 0)
		form_refuse(x, S("start"), W(clock_day_empty));
	else if (!day_read(q->start, &q->day))
		form_refuse(x, S("start"), W(clock_day_wrong));
	if (str_trim(q->term).n == 0)
		form_refuse(x, S("term"), W(clock_term_empty));
	else if (term_parse(&x->cx, str_trim(q->term), &q->parsed) != ERR_OK)
		form_refuse(x, S("term"), x->cx.why);
	if (!time_read(&x->arena, q->time, &q->minutes))
		form_refuse(x, S("time"), W(clock_time_wrong));
}

/* "2026年10月26日（星期一）", for hours with the minute. */
static struct str
answer_text(struct arena *a, const struct question *q, const struct term_end *end)
{
	if (q->parsed.unit != TERM_HOURS)
		return day_full(a, end->day);
	return str_fmt(a, "%.*s %.*s", STR_ARG(day_full(a, day_of_ms(end->at_ms))),
	    STR_ARG(str_sub(ms_iso(a, end->at_ms), 11, 16)));
}

/* A notice is named by its address; on a page that becomes a link. */
static void
note_put(struct html *h, struct arena *a, const struct term *term, struct term_note note)
{
	const struct str source = note.source;
	const bool link = str_starts(source, S("https://"));

	if (link)
		note.source = S("");
	html(h, L("<li>"), T(term_note_text(a, term, &note)));
	if (link)
		html(h, L(" <a href=\""), X(source), L("\" rel=\"noopener\">"),
		    T(W(clock_notice)), L("</a>"));
	html(h, L("</li>\n"));
}

static void
answer_put(struct html *h, struct exchange *x, const struct question *q,
    const struct term_end *end)
{
	struct arena *a = &x->arena;
	const struct str term = term_text(a, &q->parsed);
	const struct str answer = answer_text(a, q, end);
	const bool back = q->parsed.is_backward;

	html(h, L("<div class=\"panel\" role=\"status\">\n<p>"));
	html_say(h, back ? W(clock_ends_before) : W(clock_ends),
	    T(word_fill(a, W(clock_from_to), day_chinese(a, q->day), term)));
	html(h, L("</p>\n<p class=\"answer\">"), T(answer), L("</p>\n</div>\n"));
	if (end->is_provisional) {
		notice_open(h, TONE_WARN, S(""));
		html(h, L("<p>"), T(W(clock_provisional)), L("</p>\n"));
		notice_close(h);
	}
	html(h, L("<h2>"), T(W(clock_why)), L("</h2>\n<ol class=\"steps\">\n"));
	for (size_t i = 0; i < end->notes.n; i++)
		note_put(h, a, &q->parsed, end->notes.v[i]);
	html(h, L("</ol>\n"));
	copy_text(h, S("sentence"), W(clock_copy),
	    word_fill(a, back ? W(clock_copy_back) : W(clock_copy_text),
		day_chinese(a, q->day), term, answer));
}

static void
form_put(struct html *h, const struct question *q)
{
	form_open_search(h, S("/clock"));
	field_day(h, .name = S("start"), .label = W(clock_start),
	    .hint = W(clock_start_hint), .value = q->start);
	field_text(h, .name = S("term"), .label = W(clock_term),
	    .hint = W(clock_term_hint), .value = q->term, .narrow = true);
	field_text(h, .name = S("time"), .label = W(clock_time),
	    .hint = W(clock_time_hint), .value = q->time, .narrow = true,
	    .optional = true);
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

void
page_clock(struct exchange *x)
{
	const bool asked = params_has(&x->req.query, S("term"));
	struct question q = { .start = day_iso(&x->arena, cx_today(&x->cx)) };
	struct term_end end = { 0 };

	if (!x->site->calendar) {
		respond_error(x, 404);
		return;
	}
	if (asked)
		question_read(x, &q);
	if (asked && x->cx.refusals.n == 0 &&
	    term_from_instant(&x->cx, x->site->calendar, &q.parsed,
		ms_of_day(q.day) + q.minutes * 60000, &end) != ERR_OK)
		form_refuse(x, S("start"), x->cx.why);
	struct html *h = page_open(x, .title = W(clock));
	error_summary(h);
	if (asked && x->cx.refusals.n == 0) {
		answer_put(h, x, &q, &end);
	} else {
		html(h, L("<p class=\"lead\">"), T(W(clock_lead)), L("</p>\n"));
	}
	form_put(h, &q);
	common_put(h, x, q.start);
	page_close(x, h, x->cx.refusals.n ? 422 : 200);
}
