/*
 * Counting one clock: what the definition, the parameters of the day, the pauses and the
 * extensions in its state make of it. The arithmetic is procedure/term.c.
 */
#include "act/clock_inside.h"

#include "base/date.h"
#include "lang/citation.h"
#include "procedure/surcharge.h"

enum { MINUTE_MS = 60 * 1000 };

const struct value *
clock_state(const struct matter *m, struct str id)
{
	return value_get(value_get(&m->state, S("clocks")), id);
}

bool
clock_is(const struct value *clock, const char *state)
{
	return str_eq(value_str(value_get(clock, S("state"))), str_z(state));
}

bool
clock_still_runs(const struct value *clock)
{
	return clock_is(clock, "running") || clock_is(clock, "waiting") ||
	       clock_is(clock, "paused");
}

bool
clock_term(struct judge *j, const struct term_def *def, struct term *out)
{
	*out = def->term;
	if (!def->parameter.n)
		return out->number > 0;
	out->number = judge_parameter(j, def->parameter);
	return !j->needs && out->number > 0;
}

struct value
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

static struct value
notes_of(struct arena *a, const struct term *term, const struct term_end *end)
{
	struct value why = value_list();

	for (size_t i = 0; i < end->notes.n; i++)
		value_add(a, &why, value_text(term_note_text(a, term, &end->notes.v[i])));
	return why;
}

void
clock_put_warn(struct work *w, struct judge *j, const struct clock_def *def,
    struct value *clock, int64_t due)
{
	struct term warn;
	struct term_end end;

	if (!clock_term(j, &def->warn, &warn))
		return;
	warn.is_backward = true;
	warn.roll = ROLL_NONE;
	if (term_from_day(w->cx, w->defs->calendar, &warn, due, &end) == ERR_OK)
		value_set_int(w->cx->arena, clock, "warn", end.day);
}

/* "08:05" as minutes; also with the sign that Chinese keyboards give. */
static bool
minutes_read(struct arena *a, struct str s, int64_t *out)
{
	int64_t hour, minute;
	struct str first;

	s = str_replace(a, str_trim(s), S("："), S(":"));
	if (!str_split(&s, S(":"), &first) || first.n > 2 || s.n != 2 ||
	    !str_int(first, &hour) || !str_int(s, &minute) || hour < 0 || hour > 23 ||
	    minute < 0 || minute > 59)
		return false;
	*out = hour * 60 + minute;
	return true;
}

/* Hours run from the moment the form gives; without one from the instant of recording
 * when the act is of today, else from the first instant of its day: nobody claimed an
 * hour. What was once begun is not begun anew. */
static bool
start_instant(struct work *w, struct judge *j, const struct clock_def *def,
    const struct value *clock, int64_t start, int64_t *out)
{
	const struct value *begun = value_get(clock, S("begun"));
	const struct str moment = value_str(value_get(&j->values, def->moment));
	int64_t minutes;

	*out = start == cx_today(w->cx) ? w->cx->now_ms : ms_of_day(start);
	if (!value_is_null(begun)) {
		*out = begun->i;
	} else if (moment.n) {
		if (!minutes_read(w->cx->arena, moment, &minutes) ||
		    ms_of_day(start) + minutes * MINUTE_MS > w->cx->now_ms) {
			refuse(w->cx, &w->hard, REFUSE_FORM, def->moment,
			    "时刻写作 14:05，且不得晚于现在");
			return false;
		}
		*out = ms_of_day(start) + minutes * MINUTE_MS;
	}
	return true;
}

struct pause_list {
	struct term_pause *v;
	size_t n, cap;
};
struct extension_list {
	struct term_extension *v;
	size_t n, cap;
};

static void
pauses_of(struct arena *a, const struct clock_def *def, const struct value *clock,
    struct pause_list *out)
{
	const struct value *list = value_get(clock, S("pauses"));

	for (size_t i = 0; i < value_count(list); i++) {
		const struct value *p = value_at(list, i);
		const struct value *until = value_at(p, PAUSE_UNTIL);
		const struct str reason = value_str(value_at(p, PAUSE_REASON));
		const struct str basis = value_str(value_at(p, PAUSE_BASIS));

		*list_add(a, out) = (struct term_pause){
			.from = value_num(value_at(p, PAUSE_FROM)),
			.until = value_is_null(until) ? DAY_NONE : value_num(until),
			.reason = reason,
			.basis = citation_texts(a, basis.n ? basis : def->basis),
		};
	}
}

/* An extension keeps the term it was given with, as text: a parameter may change. */
static enum err
extensions_of(struct work *w, const struct value *clock, struct extension_list *out)
{
	const struct value *list = value_get(clock, S("extended"));

	for (size_t i = 0; i < value_count(list); i++) {
		const struct value *e = value_at(list, i);
		struct term_extension *more = list_add(w->cx->arena, out);

		more->basis = citation_texts(
		    w->cx->arena, value_str(value_get(e, S("basis"))));
		TRY(term_parse(w->cx, value_str(value_get(e, S("term"))), &more->term));
	}
	return ERR_OK;
}

static enum err
count_days(struct work *w, const struct clock_def *def, const struct value *clock,
    const struct term *term, struct term_end *end)
{
	const int64_t start = value_num(value_get(clock, S("start")));
	struct pause_list pauses = { 0 };
	struct extension_list more = { 0 };

	pauses_of(w->cx->arena, def, clock, &pauses);
	TRY(extensions_of(w, clock, &more));
	return term_with_extensions(w->cx, w->defs->calendar, term, start, pauses.v,
	    pauses.n, more.v, more.n, end);
}

static void
put_end(struct work *w, struct judge *j, const struct clock_def *def, struct value *clock,
    const struct term *term, const struct term_end *end)
{
	static const struct str counted[] = { S("term"), S("why"), S("provisional"),
		S("due"), S("instant"), S("warn") };
	struct arena *a = w->cx->arena;

	for (size_t i = 0; i < sizeof counted / sizeof *counted; i++)
		value_unset(clock, counted[i]);
	value_set(a, clock, S("term"), value_text(term_text(a, term)));
	value_set(a, clock, S("why"), notes_of(a, term, end));
	if (end->is_provisional)
		value_set(a, clock, S("provisional"), value_bool(true));
	if (end->day == DAY_NONE)
		return;
	value_set_int(a, clock, "due", end->day);
	if (term->unit == TERM_HOURS)
		value_set_int(a, clock, "instant", end->at_ms);
	else if (!def->minimum)
		clock_put_warn(w, j, def, clock, end->day);
}

/* A term is as long as it was on the day it began, also when it is counted again. */
static bool
term_of_start(
    struct judge *j, const struct clock_def *def, int64_t start, struct term *out)
{
	struct judge then = *j;
	bool known;

	if (def->from.n)
		then.done = start;
	known = clock_term(&then, &def->term, out);
	j->needs |= then.needs;
	return known;
}

void
clock_put_term(
    struct work *w, struct judge *j, const struct clock_def *def, struct value *clock)
{
	const int64_t start = value_num(value_get(clock, S("start")));
	struct term_end end;
	struct term term;
	enum err err;
	int64_t ms;

	if (!term_of_start(j, def, start, &term))
		return;
	if (term.unit == TERM_HOURS) {
		if (!start_instant(w, j, def, clock, start, &ms))
			return;
		value_set_int(w->cx->arena, clock, "begun", ms);
		err = term_from_instant(w->cx, w->defs->calendar, &term, ms, &end);
	} else {
		err = count_days(w, def, clock, &term, &end);
	}
	if (err == ERR_OK)
		put_end(w, j, def, clock, &term, &end);
	else
		refuse(w->cx, &w->hard, REFUSE_FORM, S(""), "期限“%.*s”无法计算：%.*s",
		    STR_ARG(def->title), STR_ARG(w->cx->why));
}

bool
clock_from_day(struct work *w, struct judge *j, const struct clock_def *def,
    int64_t *base, struct value *out)
{
	const struct value day = judge_value(j, def->at);

	if (j->needs || day.kind != V_DAY)
		return false;
	*base = day.i;
	*out = clock_new(w, def, def->has_term ? day.i : w->done);
	if (def->has_term) {
		clock_put_term(w, j, def, out);
		return !j->needs && !w->hard.n;
	}
	value_set_int(w->cx->arena, out, "due", day.i);
	clock_put_warn(w, j, def, out, day.i);
	return true;
}

int64_t
clock_end_ms(const struct value *clock)
{
	const struct value *instant = value_get(clock, S("instant"));

	return value_is_null(instant)
		   ? ms_of_day(value_num(value_get(clock, S("due"))) + 1)
		   : instant->i;
}

bool
clock_is_over(const struct work *w, const struct value *clock)
{
	const struct value *due = value_get(clock, S("due"));

	if (due->kind != V_INT)
		return false;
	if (w->done != due->i || due->i != cx_today(w->cx))
		return w->done > due->i;
	return w->cx->now_ms >= clock_end_ms(clock);
}

int64_t
clock_amount(const struct value *clock, int64_t day)
{
	const struct value *amount = value_get(clock, S("amount"));
	const struct value *met = value_get(clock, S("met"));
	const struct surcharge s = { .of = value_num(value_get(amount, S("of"))),
		.cap = value_num(value_get(amount, S("cap"))),
		.parts = value_num(value_get(amount, S("parts"))),
		.whole = value_num(value_get(amount, S("whole"))) };
	const struct value *due = value_get(clock, S("due"));

	if (value_is_null(amount) || due->kind != V_INT)
		return 0;
	if (met->kind == V_INT && met->i < day)
		day = met->i;
	return surcharge_after(&s, day - due->i);
}
