/*
 * The state of a clock is one map, replaced whole whenever it changes. Days are computed
 * by procedure/term.c; here is only when a clock begins, stands still and ends.
 */
#include "act/clocks.h"

#include <string.h>

#include "base/date.h"

static const struct value *
clock_state(const struct matter *m, struct str id)
{
	return value_get(value_get(&m->state, S("clocks")), id);
}

static bool
state_is(const struct value *clock, const char *state)
{
	return str_eq(value_str(value_get(clock, S("state"))), str_z(state));
}

static bool
still_runs(const struct value *clock)
{
	return state_is(clock, "running") || state_is(clock, "waiting") ||
	       state_is(clock, "paused");
}

/* The clock's term with its number: from the definition, or a parameter as of the day. */
static bool
term_of(struct judge *j, const struct term_def *def, struct term *out)
{
	*out = def->term;
	if (!def->parameter.n)
		return out->number > 0;
	out->number = judge_parameter(j, def->parameter);
	return !j->needs && out->number > 0;
}

static struct value
notes_of(struct arena *a, const struct term *term, const struct term_end *end)
{
	struct value why = value_list();

	for (size_t i = 0; i < end->notes.n; i++)
		value_add(a, &why, value_text(term_note_text(a, term, &end->notes.v[i])));
	return why;
}

static void
put_warn(struct work *w, struct judge *j, const struct clock_def *def,
    struct value *clock, int64_t due)
{
	struct term warn;
	struct term_end end;

	if (!term_of(j, &def->warn, &warn))
		return;
	warn.is_backward = true;
	warn.roll = ROLL_NONE;
	if (term_from_day(w->cx, w->defs->calendar, &warn, due, &end) == ERR_OK)
		value_set_int(w->cx->arena, clock, "warn", end.day);
}

/* Hours run from the instant of recording when the act is of today, else from the first
 * instant of its day: nobody claimed an hour. */
static int64_t
start_instant(const struct work *w, int64_t start)
{
	return start == cx_today(w->cx) ? w->cx->now_ms : ms_of_day(start);
}

static enum err
term_count(struct work *w, const struct value *clock, const struct clock_def *def,
    const struct term *term, struct term_end *end)
{
	struct arena *a = w->cx->arena;
	const int64_t start = value_num(value_get(clock, S("start")));
	const struct value *paused = value_get(clock, S("pauses"));
	LIST(struct term_pause) pauses = { 0 };

	if (term->unit == TERM_HOURS)
		return term_from_instant(
		    w->cx, w->defs->calendar, term, start_instant(w, start), end);
	for (size_t i = 0; i < value_count(paused); i++) {
		const struct value *p = value_at(paused, i);
		const struct value *until = value_at(p, 1);

		*list_add(
		    a, &pauses) = (struct term_pause){ .from = value_num(value_at(p, 0)),
			.until = value_is_null(until) ? DAY_NONE : value_num(until),
			.reason = def->title,
			.basis = def->basis };
	}
	return term_with_pauses(
	    w->cx, w->defs->calendar, term, start, pauses.v, pauses.n, end);
}

/* The due day of the clock's term, less the days it was paused. */
static void
put_term(
    struct work *w, struct judge *j, const struct clock_def *def, struct value *clock)
{
	static const struct str counted[] = { S("term"), S("why"), S("provisional"),
		S("due"), S("instant"), S("warn") };
	struct arena *a = w->cx->arena;
	struct term term;
	struct term_end end;

	if (!term_of(j, &def->term, &term))
		return;
	if (term_count(w, clock, def, &term, &end) != ERR_OK) {
		refuse(w->cx, &w->hard, REFUSE_FORM, S(""), "期限“%.*s”无法计算：%.*s",
		    STR_ARG(def->title), STR_ARG(w->cx->why));
		return;
	}
	for (size_t i = 0; i < sizeof counted / sizeof *counted; i++)
		value_unset(clock, counted[i]);
	value_set(a, clock, S("term"), value_text(term_text(a, &term)));
	value_set(a, clock, S("why"), notes_of(a, &term, &end));
	if (end.is_provisional)
		value_set(a, clock, S("provisional"), value_bool(true));
	if (end.day == DAY_NONE)
		return;
	value_set_int(a, clock, "due", end.day);
	if (term.unit == TERM_HOURS)
		value_set_int(a, clock, "instant", end.at_ms);
	else if (!def->minimum)
		put_warn(w, j, def, clock, end.day);
}

static struct value
clock_new(struct work *w, const struct clock_def *def, int64_t start)
{
	struct arena *a = w->cx->arena;
	struct value clock = value_map();

	value_set(a, &clock, S("state"),
	    value_text(def->minimum ? S("waiting") : S("running")));
	value_set(a, &clock, S("title"), value_text(def->title));
	value_set_int(a, &clock, "start", start);
	if (def->basis.n)
		value_set(a, &clock, S("basis"), value_text(def->basis));
	if (def->minimum)
		value_set(a, &clock, S("minimum"), value_bool(true));
	if (def->quiet)
		value_set(a, &clock, S("quiet"), value_bool(true));
	return clock;
}

static void
set_state(struct work *w, struct draft *d, struct str id, const char *state)
{
	struct value clock = value_copy(w->cx->arena, clock_state(d->matter, id));

	value_set(w->cx->arena, &clock, S("state"), value_text(str_z(state)));
	if (strcmp(state, "ended") == 0)
		value_set_int(w->cx->arena, &clock, "ended", w->done);
	work_clock(w, d, id, clock);
}

int64_t
clock_end_ms(const struct value *clock)
{
	const struct value *instant = value_get(clock, S("instant"));

	return value_is_null(instant)
		   ? ms_of_day(value_num(value_get(clock, S("due"))) + 1)
		   : instant->i;
}

/* Is what is done on this day after the term? On the last day of a term of hours only an
 * act that is recorded the same day is known to be. */
static bool
clock_is_over(const struct work *w, const struct value *clock)
{
	const int64_t due = value_num(value_get(clock, S("due")));

	if (w->done != due || due != cx_today(w->cx))
		return w->done > due;
	return w->cx->now_ms >= clock_end_ms(clock);
}

/* An act that ends the clock: in time, or late by what was claimed as its day. */
static void
clock_meet(struct work *w, struct draft *d, const struct clock_def *def)
{
	struct value clock = value_copy(w->cx->arena, clock_state(d->matter, def->id));
	const bool late = !def->minimum && clock_is_over(w, &clock);

	value_set(
	    w->cx->arena, &clock, S("state"), value_text(late ? S("late") : S("met")));
	value_set_int(w->cx->arena, &clock, "met", w->done);
	/* What was written when nobody knew of the act yet: it had been done in time. */
	if (!late)
		value_unset(&clock, S("lapsed"));
	work_clock(w, d, def->id, clock);
}

static bool
any_open(const struct matter *m, const struct id_list *kinds)
{
	for (size_t k = 0; k < kinds->n; k++) {
		const struct value *list = value_get(
		    value_get(&m->state, S("children")), kinds->v[k]);

		for (size_t i = 0; i < value_count(list); i++)
			if (str_eq(value_str(value_get(value_at(list, i), S("state"))),
				S("open")))
				return true;
	}
	return false;
}

static void
clock_pause(struct work *w, struct draft *d, const struct clock_def *def, struct judge *j)
{
	struct arena *a = w->cx->arena;
	struct value clock = value_copy(a, clock_state(d->matter, def->id));
	struct value pauses = value_copy(a, value_get(&clock, S("pauses")));
	const bool open = any_open(d->matter, &def->pauses),
		   paused = state_is(&clock, "paused");

	if (open == paused || !still_runs(&clock))
		return;
	if (pauses.kind != V_LIST)
		pauses = value_list();
	if (open) {
		struct value one = value_list();

		value_add(a, &one, value_int(w->done));
		value_add(a, &one, value_null());
		value_add(a, &pauses, one);
	} else {
		struct value *last = &pauses.list.items[pauses.list.n - 1];

		last->list.items[1] = value_int(w->done);
	}
	value_set(a, &clock, S("pauses"), pauses);
	value_set(a, &clock, S("state"), value_text(open ? S("paused") : S("running")));
	put_term(w, j, def, &clock);
	work_clock(w, d, def->id, clock);
}

/* A clock that ends on a day which the matter itself gives. */
static void
clock_absolute(
    struct work *w, struct draft *d, const struct clock_def *def, struct judge *j)
{
	const struct value *was = clock_state(d->matter, def->id);
	const struct value day = judge_value(j, def->at);
	struct value clock;

	if (j->needs)
		return;
	if (day.kind != V_DAY) {
		if (still_runs(was) || state_is(was, "lapsed"))
			set_state(w, d, def->id, "ended");
		return;
	}
	/* One that ended because its condition did not hold runs again when it does. */
	if (!value_is_null(was) && value_num(value_get(was, S("due"))) == day.i &&
	    (!state_is(was, "ended") ||
		value_true(value_get(&d->matter->state, S("closed")))))
		return;
	clock = clock_new(w, def, w->done);
	value_set_int(w->cx->arena, &clock, "due", day.i);
	put_warn(w, j, def, &clock, day.i);
	work_clock(w, d, def->id, clock);
}

static void
clock_update(struct work *w, struct draft *d, const struct clock_def *def,
    struct str action, struct judge *j)
{
	const struct value *was = clock_state(d->matter, def->id);
	enum verdict when;

	if (def->off)
		return;
	when = def->when ? judge_truth(j, def->when) : VERDICT_YES;
	if (when != VERDICT_YES) {
		if (still_runs(was))
			set_state(w, d, def->id, "ended");
		return;
	}
	if (action.n && id_list_has(&def->until, action) &&
	    (still_runs(was) || state_is(was, "lapsed"))) {
		clock_meet(w, d, def);
		return;
	}
	if (def->at) {
		clock_absolute(w, d, def, j);
	} else if (action.n && id_list_has(&def->from, action) &&
		   (value_is_null(was) || def->restart)) {
		struct value clock = clock_new(w, def, w->done);

		put_term(w, j, def, &clock);
		work_clock(w, d, def->id, clock);
	}
	if (def->pauses.n && !value_is_null(clock_state(d->matter, def->id)))
		clock_pause(w, d, def, j);
}

void
clocks_update(struct work *w, struct draft *d, struct str action)
{
	const struct procedure_def *p = d->matter->procedure;
	struct judge j;

	if (!p->clocks.n)
		return;
	work_judge(w, d->matter, NULL, &j);
	for (size_t i = 0; i < p->clocks.n; i++)
		clock_update(w, d, &p->clocks.v[i], action, &j);
	w->needs |= j.needs;
}

/* One that had run out before it was met late is late again. */
static void
clock_resume(
    struct work *w, struct draft *d, const struct clock_def *def, struct judge *j)
{
	struct arena *a = w->cx->arena;
	const struct value *was = clock_state(d->matter, def->id);
	const struct value *stop = value_get(was, S("met"));
	struct value clock = value_copy(a, was), pauses, one = value_list();

	if (def->off || value_is_null(was) || still_runs(was) || state_is(was, "lapsed"))
		return;
	if (value_is_null(stop))
		stop = value_get(was, S("ended"));
	value_unset(&clock, S("met"));
	value_unset(&clock, S("ended"));
	if (!value_is_null(value_get(was, S("lapsed")))) {
		value_set(a, &clock, S("state"), value_text(S("lapsed")));
	} else {
		value_set(a, &clock, S("state"),
		    value_text(def->minimum ? S("waiting") : S("running")));
		if (!def->at && !value_is_null(stop) && w->done > stop->i) {
			pauses = value_copy(a, value_get(was, S("pauses")));
			if (pauses.kind != V_LIST)
				pauses = value_list();
			value_add(a, &one, *stop);
			value_add(a, &one, value_int(w->done));
			value_add(a, &pauses, one);
			value_set(a, &clock, S("pauses"), pauses);
			put_term(w, j, def, &clock);
		}
	}
	work_clock(w, d, def->id, clock);
}

void
clocks_resume(struct work *w, struct draft *d, const struct id_list *ids)
{
	struct judge j;

	if (!ids->n)
		return;
	work_judge(w, d->matter, NULL, &j);
	for (size_t i = 0; i < ids->n; i++)
		clock_resume(w, d, clock_find(d->matter->procedure, ids->v[i]), &j);
	w->needs |= j.needs;
}

void
clocks_end(struct work *w, struct draft *d)
{
	const struct value *clocks = value_get(&d->matter->state, S("clocks"));

	const struct str action = value_str(value_get(&d->open, S("action")));

	for (size_t i = 0; clocks->kind == V_MAP && i < clocks->map.n; i++) {
		const struct value *clock = &clocks->map.pairs[i].value;
		const struct clock_def *def = clock_find(
		    d->matter->procedure, clocks->map.pairs[i].key);

		/* What closes the matter may be what the clock waited for. */
		if (def && !def->off && id_list_has(&def->until, action) &&
		    (still_runs(clock) || state_is(clock, "lapsed")))
			clock_meet(w, d, def);
		else if (still_runs(clock))
			set_state(w, d, clocks->map.pairs[i].key, "ended");
	}
}

/* A term that the definition makes hang on a condition guards nothing where the condition
 * is known not to hold; what is not known guards. */
static bool
guards(struct work *w, struct matter *m, const struct clock_def *def, struct str action)
{
	struct judge j;
	enum verdict when;

	if (def->off || !def->minimum || !id_list_has(&def->before, action))
		return false;
	if (!def->when)
		return true;
	work_judge(w, m, NULL, &j);
	when = judge_truth(&j, def->when);
	w->needs |= j.needs;
	return when != VERDICT_NO;
}

void
clocks_guard(struct work *w, struct matter *m, struct str action)
{
	const struct procedure_def *p = m->procedure;

	for (size_t i = 0; i < p->clocks.n; i++) {
		const struct clock_def *def = &p->clocks.v[i];
		const struct value *clock = clock_state(m, def->id);
		const int64_t due = value_num(value_get(clock, S("due")));
		struct arena *a = w->cx->arena;

		if (!guards(w, m, def, action) ||
		    (!value_is_null(clock) && clock_is_over(w, clock)))
			continue;
		refuse_rule(w->cx, &w->broken, REFUSE_CLOCK,
		    str_fmt(a, "clock:%.*s", STR_ARG(def->id)), S(""),
		    value_is_null(clock)
			? str_fmt(a, "“%.*s”的最短期限尚未起算", STR_ARG(def->title))
			: str_fmt(a, "“%.*s”的最短期限至%.*s届满", STR_ARG(def->title),
			      STR_ARG(day_chinese(a, due))),
		    def->basis, S(""));
	}
}

const struct clock_def *
clocks_lapsed(const struct matter *m, int64_t now_ms)
{
	const struct clock_def *first = NULL;
	int64_t first_end = INT64_MAX;

	for (size_t i = 0; i < m->procedure->clocks.n; i++) {
		const struct clock_def *def = &m->procedure->clocks.v[i];
		const struct value *clock = clock_state(m, def->id);
		const int64_t end = clock_end_ms(clock);

		if (def->off || !state_is(clock, "running") || end > now_ms ||
		    end >= first_end)
			continue;
		first = def;
		first_end = end;
	}
	return first;
}

bool
clock_recount(struct work *w, const struct matter *m, const struct clock_def *def,
    struct value *out)
{
	struct arena *a = w->cx->arena;
	const struct value *was = clock_state(m, def->id);
	struct judge j;

	if (!(state_is(was, "running") || state_is(was, "waiting")) ||
	    !value_true(value_get(was, S("provisional"))))
		return false;
	*out = value_copy(a, was);
	w->done = value_num(value_get(was, S("start"))); /* its parameters' day */
	work_judge(w, m, NULL, &j);
	put_term(w, &j, def, out);
	w->needs |= j.needs;
	return !w->needs && !value_eq(out, was);
}
