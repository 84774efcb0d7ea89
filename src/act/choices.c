/*
 * What may be done now, for the pages: the judgement of act_decide on an empty form,
 * without what the form itself would give.
 */
#include "act/act.h"
#include "act/apply.h"
#include "act/clocks.h"
#include "base/date.h"

static bool
is_of(const struct refusal_list *l, const char *code)
{
	for (size_t i = 0; i < l->n; i++)
		if (str_eq(l->v[i].code, str_z(code)))
			return true;
	return false;
}

/* The action's own rules may be met by what its form gives; without a form nothing more
 * will come. */
static void
judge_known(struct work *w, struct matter *m, const struct action_def *a)
{
	struct judge j;

	work_judge(w, m, NULL, &j);
	if (!a->form.n)
		apply_rules(w, &j, &a->require, &w->broken);
	apply_gates(w, &j, m, a->id, false);
	clocks_guard(w, m, a->id, false);
}

static void
choose(struct work *base, struct matter *m, const struct action_def *a,
    struct act_choices *out)
{
	struct work w = *base;
	struct act_choice *c;

	w.hard = w.broken = (struct refusal_list){ 0 };
	w.needs = false;
	apply_guard(&w, m, a);
	if (!w.needs)
		judge_known(&w, m, a);
	base->needs |= w.needs;
	if (w.needs)
		return;
	for (size_t i = 0; i < w.broken.n; i++)
		*list_add(w.cx->arena, &w.hard) = w.broken.v[i];
	c = list_add(w.cx->arena, out);
	*c = (struct act_choice){ .action = a,
		.allowed = w.hard.n == 0,
		.may = !is_of(&w.hard, "by"),
		.refusals = w.hard.v,
		.refusal_count = w.hard.n };
}

enum err
act_choices(struct cx *cx, const struct defs *defs, struct str actor, struct str subject,
    struct str family, struct facts *facts, struct act_choices *out)
{
	struct work w = work_look(cx, defs, facts, actor);
	const struct procedure_def *p;
	struct matter *m;

	*out = (struct act_choices){ 0 };
	if (subject.n) {
		m = work_matter(&w, subject);
		if (!m)
			return w.needs ? ERR_NEEDS : ERR_NOT_FOUND;
	} else {
		p = defs_procedure(defs, family);
		if (!p || p->withdrawn)
			return ERR_NOT_FOUND;
		m = work_new_matter(&w, p);
	}
	p = m->procedure;
	for (size_t i = 0; i < p->actions.n; i++)
		if (p->actions.v[i].at_new == !subject.n)
			choose(&w, m, &p->actions.v[i], out);
	return w.needs || facts->needs.n ? ERR_NEEDS : ERR_OK;
}

enum err
act_among(struct cx *cx, const struct defs *defs, struct str subject, struct str family,
    const struct value *form, const struct field *field, struct facts *facts,
    struct value *out)
{
	struct work w = work_look(cx, defs, facts, S(""));
	const struct procedure_def *p = defs_procedure(defs, family);
	struct value fields;
	struct matter m, *known;
	struct judge j;

	*out = value_null();
	if (!field->is_limited)
		return ERR_OK;
	known = subject.n ? work_matter(&w, subject) : p ? work_new_matter(&w, p) : NULL;
	if (!known)
		return w.needs ? ERR_NEEDS : ERR_NOT_FOUND;
	m = *known;
	m.state = value_fork(cx->arena, &m.state, 1);
	fields = value_fork(cx->arena, value_get(&m.state, S("fields")), 1);
	for (size_t i = 0; form->kind == V_MAP && i < form->map.n; i++)
		value_set(
		    cx->arena, &fields, form->map.pairs[i].key, form->map.pairs[i].value);
	value_set(cx->arena, &m.state, S("fields"), fields);
	work_judge(&w, &m, NULL, &j);
	*out = judge_value(&j, field->among);
	if (out->kind != V_LIST)
		*out = value_list();
	return j.needs || facts->needs.n ? ERR_NEEDS : ERR_OK;
}
