/*
 * Each input is judged by itself first, so that all that is wrong is said at once; only a
 * whole question is counted.
 */
#include "web/pages/clock_ask.h"

#include "base/date.h"
#include "web/field.h"
#include "web/site.h"
#include "web/word.h"

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

static void
day_ask(struct exchange *x, struct str name, struct str typed, struct str empty,
    struct str wrong, int64_t *day)
{
	if (str_trim(typed).n == 0)
		form_refuse(x, name, empty);
	else if (!day_read(typed, day))
		form_refuse(x, name, wrong);
}

/* One stretch of days that do not count; a pause is half open (term.h). */
static void
stretch_ask(struct exchange *x, struct question *q, const struct stretch *s)
{
	struct term_pause *p = &q->pauses[q->npauses];
	const size_t refused = x->cx.refusals.n;
	int64_t last = 0;

	if (str_trim(s->from).n + str_trim(s->to).n == 0)
		return;
	*p = (struct term_pause){ .until = DAY_NONE };
	day_ask(x, s->from_name, s->from, W(clock_off_empty), W(clock_day_bad), &p->from);
	if (str_trim(s->to).n && !day_read(s->to, &last))
		form_refuse(x, s->to_name, W(clock_day_bad));
	else if (str_trim(s->to).n)
		p->until = last + 1;
	if (x->cx.refusals.n > refused)
		return;
	if (p->until != DAY_NONE && p->until <= p->from)
		form_refuse(x, s->to_name, W(clock_off_before));
	else if (q->parsed.unit == TERM_HOURS || q->parsed.is_backward)
		form_refuse(x, s->from_name, W(clock_off_none));
	else if (p->until != DAY_NONE && p->until <= q->day + 1)
		form_refuse(x, s->from_name, W(clock_off_early));
	else
		q->npauses++;
}

static void
longer_ask(struct exchange *x, struct question *q)
{
	struct term *more = &q->more.term;

	if (str_trim(q->longer).n == 0)
		return;
	if (term_parse(&x->cx, str_trim(q->longer), more) != ERR_OK)
		form_refuse(x, S("longer"), x->cx.why);
	else if (q->parsed.unit == TERM_HOURS || q->parsed.is_backward)
		form_refuse(x, S("longer"), W(clock_longer_none));
	else if (more->unit == TERM_HOURS || more->is_backward)
		form_refuse(x, S("longer"), W(clock_longer_wrong));
	else
		q->nmore = 1;
}

struct question
question_typed(struct exchange *x)
{
	struct question q = { .start = query_get(x, S("start")),
		.term = query_get(x, S("term")),
		.time = query_get(x, S("time")),
		.longer = query_get(x, S("longer")) };

	for (size_t i = 0; i < STRETCHES; i++) {
		struct stretch *s = &q.off[i];

		s->from_name = str_fmt(&x->arena, "off%zu", i + 1);
		s->to_name = str_fmt(&x->arena, "to%zu", i + 1);
		s->from = query_get(x, s->from_name);
		s->to = query_get(x, s->to_name);
	}
	return q;
}

static enum err
question_count(struct exchange *x, struct question *q)
{
	const struct calendar *cal = site_calendar(x->site);

	if (q->parsed.unit == TERM_HOURS)
		return term_from_instant(&x->cx, cal, &q->parsed,
		    ms_of_day(q->day) + q->minutes * 60000, &q->end);
	return term_with_extensions(&x->cx, cal, &q->parsed, q->day, q->pauses,
	    q->npauses, &q->more, q->nmore, &q->end);
}

bool
question_answer(struct exchange *x, struct question *q)
{
	*q = question_typed(x);
	day_ask(x, S("start"), q->start, W(clock_day_empty), W(clock_day_wrong), &q->day);
	if (str_trim(q->term).n == 0)
		form_refuse(x, S("term"), W(clock_term_empty));
	else if (term_parse(&x->cx, str_trim(q->term), &q->parsed) != ERR_OK)
		form_refuse(x, S("term"), x->cx.why);
	if (!time_read(&x->arena, q->time, &q->minutes))
		form_refuse(x, S("time"), W(clock_time_wrong));
	for (size_t i = 0; i < STRETCHES; i++)
		stretch_ask(x, q, &q->off[i]);
	longer_ask(x, q);
	if (x->cx.refusals.n == 0 && question_count(x, q) != ERR_OK)
		form_refuse(x, S("start"), x->cx.why);
	return x->cx.refusals.n == 0;
}

struct str
question_path(struct arena *a, struct str path, const struct question *q)
{
	return url_query(a, path, { S("start"), q->start }, { S("term"), q->term },
	    { S("time"), q->time }, { q->off[0].from_name, q->off[0].from },
	    { q->off[0].to_name, q->off[0].to }, { q->off[1].from_name, q->off[1].from },
	    { q->off[1].to_name, q->off[1].to }, { S("longer"), q->longer });
}
