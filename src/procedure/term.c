/*
 * One walk, a day at a time, does all that skips days: workdays and pauses. Terms of
 * days, months and years without pauses need no walk and no calendar but for the last
 * day.
 */
#include "procedure/term.h"

#include "base/bug.h"
#include "base/date.h"

enum { NUMBER_MAX = 36500, FIRST_YEAR = 1900, LAST_YEAR = 2200 };

struct walk {
	struct cx *cx;
	const struct calendar *cal;
	const struct term *term;
	const struct term_pause *pauses;
	size_t npauses;
	int64_t step;      /* +1 or -1 */
	int64_t unsettled; /* the first day met whose notice is not published */
	struct term_end *out;
};

static void
note(struct walk *w, struct term_note n)
{
	struct term_note *last = w->out->notes.n ? &w->out->notes.v[w->out->notes.n - 1]
						 : NULL;

	n.to = n.from;
	n.count = n.count ? n.count : 1;
	if (last && last->kind == n.kind && last->to + w->step == n.from &&
	    str_eq(last->name, n.name) && str_eq(last->source, n.source)) {
		last->to = n.from;
		last->count++;
		return;
	}
	*list_add(w->cx->arena, &w->out->notes) = n;
}

/* Runs counted backwards come out last day first; the reader wants them in order. */
static void
put_runs_in_order(struct term_end *out)
{
	for (size_t i = 0; i < out->notes.n; i++) {
		struct term_note *n = &out->notes.v[i];

		if (n->to < n->from) {
			const int64_t from = n->from;

			n->from = n->to;
			n->to = from;
		}
	}
}

static enum err
look(struct walk *w, int64_t day, struct calendar_day *out)
{
	if (!w->cal)
		bug("a term that needs a calendar was computed without one");
	TRY(calendar_day(w->cx, w->cal, day, out));
	if (out->is_provisional && !w->out->is_provisional) {
		w->out->is_provisional = true;
		w->unsettled = day;
	}
	return ERR_OK;
}

static const struct term_pause *
pause_on(const struct walk *w, int64_t day)
{
	for (size_t i = 0; i < w->npauses; i++) {
		const struct term_pause *p = &w->pauses[i];

		if (p->from <= day && (p->until == DAY_NONE || day < p->until))
			return p;
	}
	return NULL;
}

static enum err
check(struct walk *w, int64_t start)
{
	const struct term *t = w->term;
	struct cx *cx = w->cx;

	if (t->number < 1 || t->number > NUMBER_MAX)
		return fail(cx, ERR_INPUT, "期限的数目应当在1至%d之间", NUMBER_MAX);
	if ((t->roll == ROLL_NEXT && t->is_backward) ||
	    (t->roll == ROLL_PREVIOUS && !t->is_backward))
		return fail(cx, ERR_INPUT, "顺延的方向与期限的方向不一致");
	if (t->is_backward && w->npauses)
		return fail(cx, ERR_INPUT, "倒算的期限不能中止");
	for (size_t i = 0; i < w->npauses; i++)
		if (w->pauses[i].until != DAY_NONE &&
		    w->pauses[i].until < w->pauses[i].from)
			return fail(cx, ERR_INPUT, "中止的恢复日早于中止日");
	if (day_civil(start).year < FIRST_YEAR || day_civil(start).year > LAST_YEAR)
		return fail(
		    cx, ERR_INPUT, "起算日应当在%d年至%d年之间", FIRST_YEAR, LAST_YEAR);
	return ERR_OK;
}

static enum err
check_reach(struct walk *w, int64_t day)
{
	const int year = day_civil(day).year;

	if (year < FIRST_YEAR || year > LAST_YEAR)
		return fail(
		    w->cx, ERR_INPUT, "期限届满日超出%d年至%d年", FIRST_YEAR, LAST_YEAR);
	return ERR_OK;
}

/* Counts `left` days that count; *day moves from the day before the first to the last. */
static enum err
count_days(struct walk *w, int64_t left, int64_t *day)
{
	const bool workdays = w->term->unit == TERM_WORKDAYS;
	const struct term_pause *pause;
	struct calendar_day d;

	while (left) {
		*day += w->step;
		TRY(check_reach(w, *day));
		pause = pause_on(w, *day);
		if (pause && pause->until == DAY_NONE) {
			note(w, (struct term_note){ NOTE_STANDING, *day, *day, left,
				    pause->reason, pause->basis });
			*day = DAY_NONE;
			return ERR_OK;
		}
		if (pause) {
			note(w, (struct term_note){ .kind = NOTE_PAUSED,
				    .from = *day,
				    .name = pause->reason,
				    .source = pause->basis });
			continue;
		}
		if (workdays) {
			TRY(look(w, *day, &d));
			if (!d.is_workday || d.is_makeup)
				note(w, (struct term_note){
					    .kind = d.is_makeup ? NOTE_MAKEUP : NOTE_OFF,
					    .from = *day,
					    .name = d.name,
					    .source = d.source });
			if (!d.is_workday)
				continue;
		}
		left--;
	}
	return ERR_OK;
}

/* How many calendar days a term that is not of workdays takes. */
static int64_t
plain_length(struct walk *w, int64_t start)
{
	const int64_t number = w->term->number;
	int64_t months, target;

	if (w->term->unit == TERM_DAYS)
		return number;
	months = w->term->unit == TERM_YEARS ? number * 12 : number;
	target = day_add_months(start, w->step * months);
	if (day_civil(target).day != day_civil(start).day)
		note(w, (struct term_note){ .kind = NOTE_MONTH_END, .from = target });
	return (target - start) * w->step;
}

/* Also over days that are paused: a last day cannot be one that does not count. */
static enum err
roll(struct walk *w, int64_t *day)
{
	struct calendar_day d;

	if (w->term->roll == ROLL_NONE)
		return ERR_OK;
	for (;;) {
		const struct term_pause *pause = pause_on(w, *day);

		if (pause && pause->until == DAY_NONE) {
			note(w, (struct term_note){ NOTE_STANDING, *day, *day, 1,
				    pause->reason, pause->basis });
			*day = DAY_NONE;
			return ERR_OK;
		}
		TRY(look(w, *day, &d));
		if (d.is_workday && !pause)
			return ERR_OK;
		note(w, (struct term_note){ .kind = pause ? NOTE_PAUSED : NOTE_ROLLED,
			    .from = *day,
			    .name = pause ? pause->reason : d.name,
			    .source = pause ? pause->basis : d.source });
		*day += w->step;
		TRY(check_reach(w, *day));
	}
}

static enum err
finish(struct walk *w, int64_t counted, size_t extensions)
{
	struct term_end *out = w->out;

	out->counted = out->day = counted;
	if (counted != DAY_NONE) {
		note(w, (struct term_note){ .kind = NOTE_LAST, .from = counted });
		out->notes.v[out->notes.n - 1].count += (int64_t)extensions;
		TRY(roll(w, &out->day));
	}
	put_runs_in_order(out);
	if (out->day == DAY_NONE)
		return ERR_OK;
	if (out->day != counted)
		note(w, (struct term_note){ .kind = NOTE_MOVED, .from = out->day });
	out->at_ms = ms_of_day(out->day + 1);
	if (out->is_provisional)
		note(w,
		    (struct term_note){ .kind = NOTE_PROVISIONAL, .from = w->unsettled });
	return ERR_OK;
}

/* *day moves from the day before the first of w->term to its last. */
static enum err
count_term(struct walk *w, int64_t *day)
{
	int64_t length;

	if (w->term->unit == TERM_WORKDAYS)
		return count_days(w, w->term->number, day);
	length = plain_length(w, *day);
	if (w->npauses)
		TRY(count_days(w, length, day));
	else
		*day += w->step * length;
	return *day == DAY_NONE ? ERR_OK : check_reach(w, *day);
}

static enum err
extend(struct walk *w, const struct term_extension *more, int64_t *day)
{
	const bool is_backward = w->term->is_backward;

	if (more->term.unit == TERM_HOURS || more->term.is_backward != is_backward)
		return fail(w->cx, ERR_INPUT, "延长的期限与原期限的算法不一致");
	w->term = &more->term;
	note(w, (struct term_note){ .kind = NOTE_EXTENDED,
		    .from = *day,
		    .name = term_text(w->cx->arena, w->term),
		    .source = more->basis });
	if (*day == DAY_NONE)
		return ERR_OK;
	TRY(check(w, *day));
	return count_term(w, day);
}

enum err
term_with_extensions(struct cx *cx, const struct calendar *cal, const struct term *term,
    int64_t start, const struct term_pause *pauses, size_t npauses,
    const struct term_extension *extensions, size_t nextensions, struct term_end *out)
{
	struct term_end end = { 0 };
	struct walk w = { cx, cal, term, pauses, npauses, term->is_backward ? -1 : 1, 0,
		&end };
	int64_t day = start;

	if (term->unit == TERM_HOURS)
		return fail(cx, ERR_INPUT, "按小时计算的期限须有起算的时刻，且不能中止");
	TRY(check(&w, start));
	note(&w, (struct term_note){ .kind = NOTE_START, .from = start });
	TRY(count_term(&w, &day));
	for (size_t i = 0; i < nextensions; i++)
		TRY(extend(&w, &extensions[i], &day));
	TRY(finish(&w, day, nextensions));
	*out = end;
	return ERR_OK;
}

enum err
term_with_pauses(struct cx *cx, const struct calendar *cal, const struct term *term,
    int64_t start, const struct term_pause *pauses, size_t npauses, struct term_end *out)
{
	return term_with_extensions(cx, cal, term, start, pauses, npauses, NULL, 0, out);
}

enum err
term_from_day(struct cx *cx, const struct calendar *cal, const struct term *term,
    int64_t start, struct term_end *out)
{
	return term_with_extensions(cx, cal, term, start, NULL, 0, NULL, 0, out);
}

enum { HOUR_MS = 3600 * 1000 };

enum err
term_from_instant(struct cx *cx, const struct calendar *cal, const struct term *term,
    int64_t start_ms, struct term_end *out)
{
	struct term_end end = { 0 };
	struct walk w = { cx, cal, term, NULL, 0, term->is_backward ? -1 : 1, 0, &end };

	if (term->unit != TERM_HOURS)
		return term_from_day(cx, cal, term, day_of_ms(start_ms), out);
	TRY(check(&w, day_of_ms(start_ms)));
	note(&w, (struct term_note){ .kind = NOTE_MOMENT, .from = day_of_ms(start_ms) });
	end.at_ms = start_ms + w.step * term->number * HOUR_MS;
	end.day = end.counted = day_of_ms(end.at_ms);
	TRY(check_reach(&w, end.day));
	*out = end;
	return ERR_OK;
}
