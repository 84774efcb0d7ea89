/*
 * act_decide: which kind of act this is, and what becomes of the rules it broke.
 * Everything that touches a matter is apply.c; entries are entry.c; the engine's own
 * actions amend.c.
 */
#include "act/amend.h"
#include "act/apply.h"
#include "act/entry.h"
#include "base/date.h"

static void
work_start(struct work *w, struct cx *cx, const struct defs *defs, const struct act *act,
    struct facts *facts, int64_t next_seq)
{
	*w = (struct work){ .cx = cx,
		.defs = defs,
		.facts = facts,
		.act = act,
		.done = act->done,
		.next_seq = next_seq,
		.actor = act->actor,
		.post = act->is_setup ? act->behalf : S(""),
		.here = !act->registered };
}

static void
put_doubts(struct work *w, struct draft *d)
{
	struct arena *a = w->cx->arena;
	struct value doubts = value_copy(a, value_get(&d->matter->state, S("doubts")));
	const struct value more = work_rules_value(w, &w->broken);

	if (!more.list.n)
		return;
	if (doubts.kind != V_LIST)
		doubts = value_list();
	for (size_t i = 0; i < more.list.n; i++)
		value_add(a, &doubts, more.list.items[i]);
	work_put(w, d, S("doubts"), doubts);
}

static void
put_facts(struct work *w, struct draft *d)
{
	const struct value used = facts_used(w->facts, w->cx->arena);

	if (used.map.n)
		value_set(w->cx->arena, &d->open, S("facts"), used);
}

static void
open_matter(struct work *w)
{
	const struct procedure_def *p = defs_procedure(w->defs, w->act->family);
	const struct action_def *a = p ? action_find(p, w->act->action) : NULL;
	struct matter *m;
	struct draft *d;

	if (!a || !a->at_new) {
		refuse(w->cx, &w->hard, REFUSE_UNKNOWN, S(""), "没有“%.*s”这一事项",
		    STR_ARG(w->act->action));
		return;
	}
	if (p->withdrawn)
		refuse(w->cx, &w->hard, REFUSE_WITHDRAWN, S(""),
		    "“%.*s”已经撤下，不再办理新的事项", STR_ARG(p->title));
	if (w->done < p->from_day || w->done >= p->to_day)
		refuse(w->cx, &w->broken, REFUSE_IN_FORCE, S(""), "%s", "");
	m = work_new_matter(w, p);
	apply_guard(w, m, a);
	d = work_draft(w, EV_MATTER_OPENED, m);
	work_put(w, d, S("procedure"), value_text(p->id));
	value_set_int(w->cx->arena, &m->state, "opened", w->done);
	apply_action(w, m, d, a, &w->act->form);
	put_doubts(w, d);
	put_facts(w, d);
}

static void
act_on_matter(struct work *w)
{
	struct matter *m = work_matter(w, w->act->subject);
	const struct action_def *a;
	struct draft *d;

	if (!m) {
		if (!w->needs)
			refuse(w->cx, &w->hard, REFUSE_UNKNOWN, S(""), "%s", "");
		return;
	}
	if (amend_is_own(w->act->action)) {
		amend(w, m);
		return;
	}
	a = action_find(m->procedure, w->act->action);
	if (!a || a->at_new || (!w->here && !action_may_register(m->procedure, a))) {
		refuse(w->cx, &w->hard, REFUSE_UNKNOWN, S(""), "没有“%.*s”这一事项",
		    STR_ARG(w->act->action));
		return;
	}
	if (w->done < value_num(value_get(&m->state, S("opened"))))
		refuse(w->cx, &w->broken, REFUSE_DAY, S("done"),
		    "发生日期早于本事项开始之日");
	apply_guard(w, m, a);
	d = work_draft(w, w->here ? EV_ACTED : EV_REGISTERED, m);
	apply_action(w, m, d, a, &w->act->form);
	put_doubts(w, d);
	put_facts(w, d);
}

static enum err
work_end(struct work *w, struct event_list *out)
{
	struct cx *cx = w->cx;

	if (w->needs || w->facts->needs.n)
		return ERR_NEEDS;
	for (size_t i = 0; i < w->hard.n; i++)
		*list_add(cx->arena, &cx->refusals) = w->hard.v[i];
	for (size_t i = 0; w->here && i < w->broken.n; i++)
		*list_add(cx->arena, &cx->refusals) = w->broken.v[i];
	if (cx->refusals.n)
		return ERR_REFUSED;
	work_finish(w, out);
	return ERR_OK;
}

enum err
act_decide(struct cx *cx, const struct defs *defs, const struct act *act,
    struct facts *facts, int64_t next_seq, struct event_list *out)
{
	const struct str family = act->subject.n ? subject_family(act->subject)
						 : act->family;
	struct work w;

	work_start(&w, cx, defs, act, facts, next_seq);
	if (act->done > cx_today(cx))
		refuse(cx, &w.hard, REFUSE_DAY, S("done"), "%s", "");
	if (defs_register(defs, family))
		entry_act(&w);
	else if (act->subject.n)
		act_on_matter(&w);
	else
		open_matter(&w);
	return work_end(&w, out);
}
