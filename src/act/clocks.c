/*
 * The state of a clock is one map, replaced whole whenever it changes. Days are computed
 * by procedure/term.c; here is only when a clock begins, stands still and ends.
 */
#include "act/clock_inside.h"

#include <string.h>

#include "act/deemed.h"
#include "base/date.h"

static void
set_state(struct work *w, struct draft *d, struct str id, const char *state)
{
	struct value clock = value_copy(w->cx->arena, clock_state(d->matter, id));

	value_set(w->cx->arena, &clock, S("state"), value_text(str_z(state)));
	if (strcmp(state, "ended") == 0)
		value_set_int(w->cx->arena, &clock, "ended", w->done);
	work_clock(w, d, id, clock);
}

static bool
clock_is_open(const struct value *clock)
{
	return clock_still_runs(clock) || clock_is(clock, "lapsed");
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
	if (!late) /* the proof that it was done in time */
		deemed_drop(w, d, def->id);
}

/* ---- extensions, money ---- */

/* Guarded before (act/clock_guard.c). A term that lapsed because nobody knew runs on. */
static void
clock_extend(struct work *w, struct draft *d, const struct clock_def *def,
    const struct clock_extension *e, struct judge *j)
{
	struct arena *a = w->cx->arena;
	struct value clock = value_copy(a, clock_state(d->matter, def->id));
	struct value list = value_copy(a, value_get(&clock, S("extended")));
	struct value one = value_map();
	struct term more;

	if (value_is_null(&clock) || !clock_term(j, &e->more, &more))
		return;
	if (list.kind != V_LIST)
		list = value_list();
	value_set_int(a, &one, "day", w->done);
	value_set_text(a, &one, "action", e->action);
	value_set_text(a, &one, "actor", w->actor);
	value_set_text(a, &one, "post", w->post);
	value_set_text(a, &one, "basis", e->basis.n ? e->basis : def->basis);
	value_set_text(a, &one, "term", term_text(a, &more));
	value_add(a, &list, one);
	value_set(a, &clock, S("extended"), list);
	if (clock_is(&clock, "lapsed") && !clock_is_over(w, &clock)) {
		value_set_text(a, &clock, "state", S("running"));
		value_unset(&clock, S("lapsed"));
	}
	clock_put_term(w, j, def, &clock);
	work_clock(w, d, def->id, clock);
}

/* What the money is computed of stands in the state, so that whoever reads needs no
 * expression. */
static void
clock_price(struct work *w, struct draft *d, const struct clock_def *def, struct judge *j)
{
	struct arena *a = w->cx->arena;
	const struct value *was = clock_state(d->matter, def->id);
	const struct value of = judge_value(j, def->amount.of);
	const struct value cap = judge_value(j, def->amount.cap);
	struct value clock, amount = value_map();

	if (of.kind != V_INT || cap.kind != V_INT || j->needs)
		return;
	value_set_int(a, &amount, "of", of.i);
	value_set_int(a, &amount, "cap", cap.i);
	value_set_int(a, &amount, "parts", def->amount.parts);
	value_set_int(a, &amount, "whole", def->amount.whole);
	if (value_eq(&amount, value_get(was, S("amount"))))
		return;
	clock = value_copy(a, was);
	value_set(a, &clock, S("amount"), amount);
	work_clock(w, d, def->id, clock);
}

/* ---- each act ---- */

/* A clock that ends on a day which the matter itself gives, or counts from one. */
static void
clock_absolute(
    struct work *w, struct draft *d, const struct clock_def *def, struct judge *j)
{
	const struct value *was = clock_state(d->matter, def->id);
	const struct str stays = def->has_term ? S("start") : S("due");
	struct value clock;
	int64_t base;

	if (!clock_from_day(w, j, def, &base, &clock)) {
		if (!j->needs && !w->hard.n && clock_is_open(was))
			set_state(w, d, def->id, "ended");
		return;
	}
	/* One that ended because its condition did not hold runs again when it does. */
	if (!value_is_null(was) && value_num(value_get(was, stays)) == base &&
	    (!clock_is(was, "ended") ||
		value_true(value_get(&d->matter->state, S("closed")))))
		return;
	work_clock(w, d, def->id, clock);
}

/* What a term has to come before ends it as well; a minimum has it come after. */
static bool
meets(const struct clock_def *def, struct str action)
{
	return action.n && (id_list_has(&def->until, action) ||
			       (!def->minimum && id_list_has(&def->before, action)));
}

/* Does the action begin the term, for the first time or anew? One that ends a term and
 * begins the next (a review every two years) begins none where it ends the matter. */
static bool
begins(const struct draft *d, const struct clock_def *def, struct str action)
{
	if (def->at || !action.n || !id_list_has(&def->from, action))
		return false;
	if (value_is_null(clock_state(d->matter, def->id)))
		return true;
	return def->restart && !(meets(def, action) &&
				   value_true(value_get(&d->matter->state, S("closed"))));
}

static void
clock_begin(struct work *w, struct draft *d, const struct clock_def *def,
    struct str action, struct judge *j)
{
	struct value clock;

	clock = clock_new(w, def, w->done);
	value_set_text(w->cx->arena, &clock, "act", action);
	clock_put_term(w, j, def, &clock);
	work_clock(w, d, def->id, clock);
	deemed_drop(w, d, def->id);
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
		if (clock_still_runs(was))
			set_state(w, d, def->id, "ended");
		return;
	}
	if (def->at)
		clock_absolute(w, d, def, j);
	if (meets(def, action) && clock_is_open(clock_state(d->matter, def->id))) {
		clock_meet(w, d, def);
		if (!begins(d, def, action))
			return;
	}
	if (begins(d, def, action))
		clock_begin(w, d, def, action, j);
	if (value_is_null(clock_state(d->matter, def->id)))
		return;
	if (def->pauses.n || def->stops.n)
		clock_pause(w, d, def, j);
	for (size_t i = 0; action.n && i < def->extensions.n; i++)
		if (str_eq(def->extensions.v[i].action, action))
			clock_extend(w, d, def, &def->extensions.v[i], j);
	if (def->amount.of)
		clock_price(w, d, def, j);
}

void
clocks_update(struct work *w, struct draft *d, struct str action)
{
	const struct procedure_def *p = d->matter->procedure;
	struct judge j;

	if (!p->clocks.n)
		return;
	work_judge(w, d->matter, NULL, &j);
	for (size_t i = 0; i < p->clocks.n; i++) {
		clock_update(w, d, &p->clocks.v[i], action, &j);
		work_judge_clocks(&j); /* one may count from another's due day */
	}
	w->needs |= j.needs;
}

static bool
can_pause(const struct clock_def *def)
{
	return def->has_term && def->term.term.unit != TERM_HOURS &&
	       !def->term.term.is_backward;
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

	if (def->off || value_is_null(was) || clock_is_open(was))
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
		if (can_pause(def) && !value_is_null(stop) && w->done > stop->i) {
			pauses = value_copy(a, value_get(was, S("pauses")));
			if (pauses.kind != V_LIST)
				pauses = value_list();
			value_add(a, &one, *stop);
			value_add(a, &one, value_int(w->done));
			value_add(a, &pauses, one);
			value_set(a, &clock, S("pauses"), pauses);
			clock_put_term(w, j, def, &clock);
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
		if (def && !def->off && meets(def, action) && clock_is_open(clock))
			clock_meet(w, d, def);
		else if (clock_still_runs(clock))
			set_state(w, d, clocks->map.pairs[i].key, "ended");
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

		if (def->off || !clock_is(clock, "running") || end > now_ms ||
		    end >= first_end)
			continue;
		first = def;
		first_end = end;
	}
	return first;
}

/* Counted again from the same day; false when no day comes of it. */
static bool
count_again(struct work *w, const struct matter *m, const struct clock_def *def,
    struct value *clock)
{
	struct value day = value_null();
	struct judge j;

	if (def->from.n)
		w->done = value_num(value_get(clock, S("start")));
	work_judge(w, m, NULL, &j);
	if (def->at) {
		day = judge_value(&j, def->at);
		if (day.kind == V_DAY)
			value_set(w->cx->arena, clock,
			    def->has_term ? S("start") : S("due"), value_int(day.i));
	}
	if (def->has_term)
		clock_put_term(w, &j, def, clock);
	else if (day.kind == V_DAY)
		clock_put_warn(w, &j, def, clock, day.i);
	w->needs |= j.needs;
	return def->from.n || day.kind == V_DAY;
}

bool
clock_recount(struct work *w, const struct matter *m, const struct clock_def *def,
    struct value *out)
{
	static const struct str days[] = { S("due"), S("warn"), S("provisional") };
	const struct value *was = clock_state(m, def->id);

	if (def->off || !(clock_is(was, "running") || clock_is(was, "waiting")))
		return false;
	*out = value_copy(w->cx->arena, was);
	if (!count_again(w, m, def, out) || w->needs)
		return false;
	for (size_t i = 0; i < sizeof days / sizeof *days; i++)
		if (!value_eq(value_get(was, days[i]), value_get(out, days[i])))
			return true;
	return false;
}
