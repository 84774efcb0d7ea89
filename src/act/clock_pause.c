/*
 * When a clock stands still and when it goes on: while a child of a kind is open, or from
 * one act until another. A pause that is registered after the clock lapsed shows that it
 * had not: `behind` means that what stops it may have begun before this act.
 */
#include "act/clock_inside.h"

#include "act/deemed.h"

/* What may make the clock stand still, and whether it does now. */
struct stop {
	struct str source, reason, basis;
	int64_t since; /* the first day that does not count, while it holds */
	bool holds;
};

/* The day on which the first open child of the kind was opened; DAY_NONE without one. Of
 * a clock that runs it is the day of this act, and no child need be fetched. */
static int64_t
opened_on(struct work *w, const struct matter *m, struct str kind, bool behind)
{
	const struct value *list = value_get(value_get(&m->state, S("children")), kind);
	int64_t first = DAY_NONE;

	for (size_t i = 0; i < value_count(list); i++) {
		const struct value *one = value_at(list, i);
		const struct matter *child = NULL;
		int64_t day = w->done;

		if (!str_eq(value_str(value_get(one, S("state"))), S("open")))
			continue;
		if (behind)
			child = work_matter(w, value_str(value_get(one, S("subject"))));
		if (child)
			day = value_num(value_get(&child->state, S("opened")));
		if (first == DAY_NONE || day < first)
			first = day;
	}
	return first;
}

/* The number in the log of the newest of these acts; 0 when none was done. */
static int64_t
newest_of(const struct matter *m, const struct id_list *actions, struct str *which)
{
	const struct value *acts = value_get(&m->state, S("acts"));
	int64_t newest = 0;

	for (size_t i = 0; i < actions->n; i++) {
		const struct value *act = value_get(acts, actions->v[i]);
		const int64_t seq = value_num(value_get(act, S("seq")));

		if (seq > newest && !value_true(value_get(act, S("void")))) {
			newest = seq;
			*which = actions->v[i];
		}
	}
	return newest;
}

static struct stop
stop_by_child(struct work *w, const struct matter *m, struct str kind, bool behind)
{
	const struct child_def *child = child_find(m->procedure, kind);
	const struct procedure_def *p = child ? defs_procedure(w->defs, child->procedure)
					      : NULL;
	const int64_t since = opened_on(w, m, kind, behind);

	return (struct stop){ .source = kind,
		.reason = p ? p->title : S(""),
		.since = since,
		.holds = since != DAY_NONE };
}

static struct stop
stop_by_act(
    struct work *w, const struct matter *m, const struct clock_stop *def, bool behind)
{
	struct str began = def->from.v[0], ended;
	const int64_t from = newest_of(m, &def->from, &began);
	const struct action_def *a = action_find(m->procedure, began);
	const struct value *act = value_get(value_get(&m->state, S("acts")), began);

	return (struct stop){ .source = str_fmt(
				  w->cx->arena, "act/%.*s", STR_ARG(def->from.v[0])),
		.reason = a ? a->title : S(""),
		.basis = def->basis,
		.since = behind ? value_num(value_get(act, S("day"))) : w->done,
		.holds = from > newest_of(m, &def->until, &ended) };
}

/* The pause in the list that this began and that lasts; NULL when none does. */
static struct value *
lasting(struct value *pauses, struct str source)
{
	for (size_t i = 0; i < value_count(pauses); i++) {
		struct value *p = &pauses->list.items[i];

		if (value_is_null(value_at(p, PAUSE_UNTIL)) &&
		    str_eq(value_str(value_at(p, PAUSE_SOURCE)), source))
			return p;
	}
	return NULL;
}

/* Begins or ends the pause that this makes; true when something changed. */
static bool
pause_follow(struct work *w, struct value *pauses, const struct stop *stop)
{
	struct arena *a = w->cx->arena;
	struct value *now = lasting(pauses, stop->source), one = value_list();

	if ((now != NULL) == stop->holds)
		return false;
	if (now) {
		now->list.items[PAUSE_UNTIL] = value_int(w->done);
		return true;
	}
	value_add(a, &one, value_int(stop->since));
	value_add(a, &one, value_null());
	value_add(a, &one, value_text(stop->reason));
	value_add(a, &one, value_text(stop->source));
	value_add(a, &one, value_text(stop->basis));
	value_add(a, pauses, one);
	return true;
}

static bool
any_lasting(const struct value *pauses)
{
	for (size_t i = 0; i < value_count(pauses); i++)
		if (value_is_null(value_at(value_at(pauses, i), PAUSE_UNTIL)))
			return true;
	return false;
}

static bool
stops_follow(struct work *w, const struct matter *m, const struct clock_def *def,
    struct value *pauses, bool behind)
{
	bool changed = false;

	for (size_t i = 0; i < def->pauses.n; i++) {
		const struct stop stop = stop_by_child(w, m, def->pauses.v[i], behind);

		changed |= pause_follow(w, pauses, &stop);
	}
	for (size_t i = 0; i < def->stops.n; i++) {
		const struct stop stop = stop_by_act(w, m, &def->stops.v[i], behind);

		changed |= pause_follow(w, pauses, &stop);
	}
	return changed;
}

void
clock_pause(struct work *w, struct draft *d, const struct clock_def *def, struct judge *j)
{
	struct arena *a = w->cx->arena;
	struct value clock = value_copy(a, clock_state(d->matter, def->id));
	struct value pauses = value_copy(a, value_get(&clock, S("pauses")));
	const bool lapsed = clock_is(&clock, "lapsed");

	if (!clock_still_runs(&clock) && (!lapsed || clock_is_over(w, &clock)))
		return;
	if (pauses.kind != V_LIST)
		pauses = value_list();
	if (!stops_follow(w, d->matter, def, &pauses, lapsed))
		return;
	if (lapsed) {
		value_unset(&clock, S("lapsed"));
		deemed_drop(w, d, def->id);
	}
	value_set(a, &clock, S("pauses"), pauses);
	value_set_text(a, &clock, "state",
	    any_lasting(&pauses) ? S("paused")
	    : def->minimum       ? S("waiting")
				 : S("running"));
	clock_put_term(w, j, def, &clock);
	work_clock(w, d, def->id, clock);
}
