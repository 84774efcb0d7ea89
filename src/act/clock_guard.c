/*
 * What clocks forbid: an act before a minimum term has run, after the last day of a term
 * that guards it, and an extension that the law does not give.
 */
#include "act/clock_inside.h"

#include "base/date.h"

static void
refuse_clock(
    struct work *w, const struct clock_def *def, struct str basis, struct str message)
{
	refuse_rule(w->cx, &w->broken, REFUSE_CLOCK,
	    str_fmt(w->cx->arena, "clock:%.*s", STR_ARG(def->id)), S(""), message,
	    basis.n ? basis : def->basis, S(""));
}

static void
guard_minimum(struct work *w, const struct clock_def *def, const struct value *clock)
{
	struct arena *a = w->cx->arena;
	const struct value *due = value_get(clock, S("due"));
	const char *title = str_cz(a, def->title);

	if (!value_is_null(clock) && clock_is_over(w, clock))
		return;
	if (value_is_null(clock))
		refuse_clock(w, def, S(""), str_fmt(a, "“%s”的最短期限尚未起算", title));
	else if (due->kind != V_INT)
		refuse_clock(
		    w, def, S(""), str_fmt(a, "“%s”的最短期限中止计算，尚未届满", title));
	else
		refuse_clock(w, def, S(""),
		    str_fmt(a, "“%s”的最短期限至%.*s届满", title,
			STR_ARG(day_chinese(a, due->i))));
}

/* A clock that counts from a day is counted from what the form says of that day. */
static void
guard_last_day(struct work *w, struct judge *j, const struct clock_def *def,
    const struct value *clock, bool undecided)
{
	struct arena *a = w->cx->arena;
	struct value now;
	int64_t base;

	if (def->at) {
		if (!clock_from_day(w, j, def, &base, &now)) {
			if (undecided && !j->needs)
				refuse_clock(w, def, S(""),
				    str_fmt(a, "“%.*s”的起算日尚未确定",
					STR_ARG(def->title)));
			return;
		}
		clock = value_is_null(value_get(clock, S("extended"))) &&
				value_is_null(value_get(clock, S("pauses")))
			    ? &now
			    : clock;
	}
	if (!clock_is_over(w, clock))
		return;
	refuse_clock(w, def, S(""),
	    str_fmt(a, "“%.*s”应当不迟于%.*s", STR_ARG(def->title),
		STR_ARG(day_chinese(a, value_num(value_get(clock, S("due")))))));
}

static bool
was_extended_by(const struct value *clock, struct str action)
{
	const struct value *list = value_get(clock, S("extended"));

	for (size_t i = 0; i < value_count(list); i++)
		if (str_eq(value_str(value_get(value_at(list, i), S("action"))), action))
			return true;
	return false;
}

/* In time, once, and only a term that was begun and not yet met. */
static void
guard_extension(struct work *w, const struct clock_def *def,
    const struct clock_extension *e, const struct value *clock)
{
	struct arena *a = w->cx->arena;
	const char *title = str_cz(a, def->title);

	if (was_extended_by(clock, e->action))
		refuse_clock(
		    w, def, e->basis, str_fmt(a, "“%s”已经延长过，不能再次延长", title));
	else if (!clock_still_runs(clock) && !clock_is(clock, "lapsed"))
		refuse_clock(
		    w, def, e->basis, str_fmt(a, "“%s”不在计算之中，不能延长", title));
	else if (clock_is_over(w, clock))
		refuse_clock(w, def, e->basis,
		    str_fmt(a, "“%s”已于%.*s届满，不能延长", title,
			STR_ARG(day_chinese(a, value_num(value_get(clock, S("due")))))));
}

/* A term that the definition makes hang on a condition guards nothing where the condition
 * is known not to hold; what is not known guards. */
static bool
guards(struct judge *j, const struct clock_def *def, struct str action)
{
	return id_list_has(&def->before, action) &&
	       (!def->when || judge_truth(j, def->when) != VERDICT_NO);
}

void
clocks_guard(struct work *w, struct matter *m, struct str action, bool undecided)
{
	const struct procedure_def *p = m->procedure;
	struct judge j;

	if (!p->clocks.n)
		return;
	work_judge(w, m, NULL, &j);
	for (size_t i = 0; i < p->clocks.n; i++) {
		const struct clock_def *def = &p->clocks.v[i];
		const struct value *clock = clock_state(m, def->id);

		if (def->off)
			continue;
		if (guards(&j, def, action)) {
			if (def->minimum)
				guard_minimum(w, def, clock);
			else
				guard_last_day(w, &j, def, clock, undecided);
		}
		for (size_t k = 0; k < def->extensions.n; k++)
			if (str_eq(def->extensions.v[k].action, action))
				guard_extension(w, def, &def->extensions.v[k], clock);
	}
	w->needs |= j.needs;
}
