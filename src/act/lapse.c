/*
 * Terms that ran out: written before anything else touches the matter, each with the
 * instant at which it lapsed, one after the other, since the effect of the first may end
 * the next.
 */
#include "act/apply.h"
#include "act/children.h"
#include "act/clocks.h"
#include "act/deemed.h"
#include "act/issue.h"
#include "base/date.h"

static void
lapse_one(struct work *w, struct matter *m, const struct clock_def *def)
{
	struct arena *a = w->cx->arena;
	struct value clock = value_copy(
	    a, value_get(value_get(&m->state, S("clocks")), def->id));
	const int64_t due = value_num(value_get(&clock, S("due")));
	const int64_t end = clock_end_ms(&clock);
	struct draft *d;

	w->done = day_of_ms(end); /* what follows is judged on the day after the term */
	d = work_draft(w, EV_CLOCK_LAPSED, m);
	value_set_text(a, &d->open, "clock", def->id);
	value_set_int(a, &d->open, "due", due);
	value_set_int(a, &d->open, "at", end);
	value_set_text(a, &clock, "state", S("lapsed"));
	value_set_int(a, &clock, "lapsed", end);
	work_clock(w, d, def->id, clock);
	deemed_wait(w, d, def, due);
	apply_set(w, d, &def->lapse_set, NULL);
	if (def->lapse_stage.n && !w->needs) {
		apply_stage(w, d, def->lapse_stage);
		clocks_update(w, d, S(""));
	}
	if (def->lapse_unpublishes)
		issue_unpublication(w, m);
	if (value_true(value_get(&m->state, S("closed"))))
		children_tell_parent(w, m);
}

enum err
act_lapse(struct cx *cx, const struct defs *defs, struct str subject, struct facts *facts,
    int64_t next_seq, struct event_list *out)
{
	struct work w = work_by_clock(cx, defs, facts, next_seq);
	const struct clock_def *def;
	struct matter *m;

	if (!defs_procedure(defs, subject_family(subject)))
		return ERR_OK; /* an entry: it has no clocks */
	m = work_matter(&w, subject);
	if (w.needs)
		return ERR_NEEDS;
	while (m && (def = clocks_lapsed(m, cx->now_ms))) {
		lapse_one(&w, m, def);
		if (w.needs)
			return ERR_NEEDS;
	}
	work_finish(&w, out);
	return ERR_OK;
}
