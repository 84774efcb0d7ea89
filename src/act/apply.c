/* The order here is the order of the law: who, when, what was given, what must hold, what
 * follows. */
#include "act/apply.h"

#include "act/authority.h"
#include "act/children.h"
#include "act/clocks.h"
#include "act/deemed.h"
#include "act/form.h"
#include "act/hand_over.h"
#include "act/issue.h"
#include "act/join.h"
#include "act/manner.h"
#include "act/tables.h"
#include "base/bug.h"

bool
apply_stage_fits(const struct matter *m, const struct action_def *a)
{
	const bool reopens = a->manner == MANNER_REOPEN;

	if (value_true(value_get(&m->state, S("closed"))) != reopens)
		return false;
	if (reopens && value_true(value_get(&m->state, S("lapsed"))))
		return false; /* what its result rested on has changed */
	return a->at_any || id_list_has(&a->at, matter_stage(m));
}

static bool
names(const struct value *list, struct str one)
{
	for (size_t i = 0; i < value_count(list); i++)
		if (str_eq(value_str(value_at(list, i)), one))
			return true;
	return false;
}

bool
apply_has_done(const struct matter *m, struct str action, struct str person)
{
	const struct value *handed = value_get(&m->state, S("handed"));

	if (names(value_get(
		      value_get(value_get(&m->state, S("acts")), action), S("actors")),
		person))
		return true;
	for (size_t i = 0; i < value_count(handed); i++) {
		const struct value *one = value_at(handed, i);

		if (str_eq(value_str(value_get(one, S("to"))), person) &&
		    names(value_get(one, S("did")), action))
			return true;
	}
	return false;
}

/* The first action of a matter is judged on what its form gives, for the matter has
 * nothing yet; on an empty form (what could be opened?) the unit is still open. */
const struct value *
apply_units(struct work *w, const struct matter *m, const struct action_def *a)
{
	struct value *units = arena_new(w->cx->arena, struct value);
	struct matter asked = *m;
	struct judge j;

	if (a->join.of)
		return join_units(w, m, a);
	if (a->of_any || (!a->of && !m->procedure->unit.n))
		return NULL;
	if (a->at_new) {
		if (w->act->form.kind != V_MAP)
			return NULL;
		asked.state = value_fork(w->cx->arena, &m->state, 1);
		value_set(w->cx->arena, &asked.state, S("fields"), w->act->form);
	}
	if (a->of) {
		work_judge(w, &asked, NULL, &j);
		*units = judge_value(&j, a->of);
		w->needs |= j.needs;
	} else {
		*units = *matter_field(&asked, m->procedure->unit);
	}
	return units;
}

static void
authority_guard(struct work *w, struct matter *m, const struct action_def *a)
{
	/* What is registered is registered today, by whoever may do it today. */
	const int64_t day = w->here ? w->done : cx_today(w->cx);
	const struct value *units;

	if (a->by_off || w->act->is_setup)
		return;
	if (id_list_has(&a->by, S("system"))) {
		if (str_starts(w->actor, S("persons/")))
			refuse(w->cx, &w->hard, REFUSE_BY, S(""), "此事由系统按规则办理");
		return;
	}
	units = apply_units(w, m, a);
	if (w->needs || manner_own_actor(w, m, a, day))
		return;
	w->post = authority_post(w, w->actor, &a->by, units, day);
	if (!w->needs && !w->post.n)
		refuse(w->cx, &w->hard, REFUSE_BY, S(""), "%s", "");
}

void
apply_guard(struct work *w, struct matter *m, const struct action_def *a)
{
	if (!a->at_new && !apply_stage_fits(m, a))
		refuse(w->cx, &w->hard, REFUSE_AT, S(""), "当前阶段不能办理“%.*s”",
		    STR_ARG(a->title));
	authority_guard(w, m, a);
	manner_guard(w, m, a);
	join_guard(w, m, a);
	deemed_guard(w, m, a);
	for (size_t i = 0; i < a->apart.n; i++) {
		if (!apply_has_done(m, a->apart.v[i], w->actor))
			continue;
		refuse(w->cx, &w->broken, REFUSE_APART, S(""), "%s", "");
		break;
	}
	hand_over_guard(w, m, a);
}

/* Form values into the matter: only the action's own fields, each checked. */
static void
take_form(struct work *w, struct matter *m, struct draft *d, const struct action_def *a,
    const struct value *form)
{
	for (size_t i = 0; form->kind == V_MAP && i < form->map.n; i++) {
		bool listed = false;

		for (size_t k = 0; k < a->form.n; k++)
			listed |= str_eq(a->form.v[k].field, form->map.pairs[i].key);
		listed |= a->asks_reason && str_eq(form->map.pairs[i].key, S("reason"));
		if (!listed)
			refuse(w->cx, &w->hard, REFUSE_FORM, form->map.pairs[i].key,
			    "“%.*s”不填写此项", STR_ARG(a->title));
	}
	for (size_t i = 0; i < a->form.n; i++) {
		const struct field *f = field_find(
		    &m->procedure->fields, a->form.v[i].field);
		const struct value *v = value_get(form, a->form.v[i].field);
		const struct value *old = matter_field(m, a->form.v[i].field);
		const bool empty = value_is_null(v) || (v->kind == V_TEXT && !v->s.n) ||
				   ((v->kind == V_LIST || v->kind == V_MAP) &&
				       !value_count(v));

		if (!f)
			bug("form of %.*s: no field %.*s", STR_ARG(a->id),
			    STR_ARG(a->form.v[i].field));
		if (empty && f->required && !a->form.v[i].optional && w->here)
			refuse(w->cx, &w->hard, REFUSE_REQUIRED, f->id, "请填写“%.*s”",
			    STR_ARG(f->title));
		if (value_is_null(v))
			continue;
		if (!empty)
			form_check(w, f, v, old);
		if (!value_eq(v, old))
			work_set(
			    w, d, f->id, empty ? value_null() : work_seal(w, d, f, v));
	}
}

void
apply_rules(struct work *w, struct judge *j, const struct rule_list *rules,
    struct refusal_list *out)
{
	for (size_t i = 0; i < rules->n; i++) {
		const enum verdict v = judge_rule(j, &rules->v[i]);

		if (v == VERDICT_NO || v == VERDICT_UNKNOWN)
			judge_refuse(j, &rules->v[i], v, out);
	}
	w->needs |= j->needs;
}

void
apply_gates(struct work *w, struct judge *j, const struct matter *m, struct str action,
    bool undecided)
{
	for (size_t i = 0; i < m->procedure->gates.n; i++) {
		const struct gate_def *g = &m->procedure->gates.v[i];
		enum verdict v;

		if (!id_list_has(&g->before, action))
			continue;
		v = judge_rule(j, &g->rule);
		if (v == VERDICT_NO || (undecided && v == VERDICT_UNKNOWN))
			judge_refuse(j, &g->rule, v, &w->broken);
	}
	w->needs |= j->needs;
}

/* What the form of this action gives; what an earlier one gave was judged then. */
static void
judge_chosen(struct work *w, struct judge *j, const struct matter *m,
    const struct action_def *a, const struct value *form)
{
	for (size_t i = 0; i < a->form.n; i++) {
		const struct field *f = field_find(
		    &m->procedure->fields, a->form.v[i].field);
		const struct value *chosen = value_get(form, f->id);

		if ((chosen->kind == V_TEXT && !chosen->s.n) ||
		    judge_among(j, f, chosen) != VERDICT_NO)
			continue;
		refuse_rule(w->cx, &w->broken, REFUSE_FORM,
		    str_fmt(w->cx->arena, "among:%.*s", STR_ARG(f->id)), f->id,
		    str_fmt(w->cx->arena, "“%.*s”所选的不在本事项可选的范围内",
			STR_ARG(f->title)),
		    a->basis.n ? a->basis : m->procedure->basis, S(""));
	}
}

static void
judge_rules(struct work *w, struct matter *m, struct draft *d, const struct action_def *a,
    const struct value *form, const struct value *old)
{
	struct refusal_list warned = { 0 };
	struct judge j;

	work_judge(w, m, old, &j);
	judge_chosen(w, &j, m, a, form);
	apply_rules(w, &j, &a->require, &w->broken);
	apply_gates(w, &j, m, a->id, true);
	apply_rules(w, &j, &a->warns, &warned);
	w->needs |= j.needs;
	if (warned.n && !w->needs)
		work_put(w, d, S("warnings"), work_rules_value(w, &warned));
	clocks_guard(w, m, a->id, true);
}

void
apply_set(struct work *w, struct draft *d, const struct set_def_list *set,
    const struct value *old)
{
	struct judge j;

	/* All see the values from before the first of them. */
	work_judge(w, d->matter, old, &j);
	for (size_t i = 0; i < set->n; i++) {
		const struct field *f = field_find(
		    &d->matter->procedure->fields, set->v[i].field);
		struct value feel, stored;

		feel = judge_value(&j, set->v[i].value);
		w->needs |= j.needs;
		if (w->needs || !f)
			return;
		if (!judge_export(w->cx->arena, f, &feel, &stored)) {
			refuse(w->cx, &w->hard, REFUSE_FORM, f->id,
			    "“%.*s”无法按规则算出", STR_ARG(f->title));
			return;
		}
		if (!value_eq(&stored, matter_field(d->matter, f->id)))
			work_extend(w, d, f->id, stored);
	}
	if (set->n)
		tables_compute(w, d);
}

void
apply_stage(struct work *w, struct draft *d, struct str stage)
{
	const struct stage_def *s = stage_find(d->matter->procedure, stage);

	if (!s)
		bug("no stage %.*s", STR_ARG(stage));
	if (!str_eq(stage, matter_stage(d->matter)))
		work_put(w, d, S("stage"), value_text(stage));
	if (s->final == value_true(value_get(&d->matter->state, S("closed"))))
		return;
	if (!s->final) { /* only what reopens it is done on a closed matter */
		work_put(w, d, S("closed"), value_bool(false));
		return;
	}
	clocks_end(w, d);
	work_put(w, d, S("closed"), value_bool(true));
}

static void
turn(struct work *w, struct draft *d, const struct action_def *a)
{
	struct judge j;

	work_judge(w, d->matter, NULL, &j);
	for (size_t i = 0; i < a->then.n; i++) {
		if (a->then.v[i].when &&
		    judge_truth(&j, a->then.v[i].when) != VERDICT_YES)
			continue;
		apply_stage(w, d, a->then.v[i].stage);
		break;
	}
	w->needs |= j.needs;
}

void
apply_title(struct work *w, struct matter *m, struct draft *d)
{
	const struct value *title = matter_field(m, m->procedure->name);
	const struct value *unit = matter_field(m, m->procedure->unit);

	if (title->kind == V_TEXT && !value_eq(title, value_get(&m->state, S("title"))))
		work_put(w, d, S("title"), *title);
	if (unit->kind == V_TEXT && !value_eq(unit, value_get(&m->state, S("unit"))))
		work_put(w, d, S("unit"), *unit);
}

/* What the acts map of the state will hold: later expressions of this act see it too. */
static void
note_act(struct work *w, struct matter *m, struct draft *d, const struct action_def *a)
{
	struct arena *ar = w->cx->arena;
	struct value acts = value_copy(ar, value_get(&m->state, S("acts")));
	struct value act = value_copy(ar, value_get(&acts, a->id)), actors;

	if (act.kind != V_MAP)
		act = value_map();
	actors = value_copy(ar, value_get(&act, S("actors")));
	if (actors.kind != V_LIST)
		actors = value_list();
	value_add(ar, &actors, value_text(w->actor));
	value_set_int(ar, &act, "day", w->done);
	value_set_int(ar, &act, "seq", d->seq);
	value_set_text(ar, &act, "actor", w->actor);
	value_set_text(ar, &act, "post", w->post);
	value_set(ar, &act, S("actors"), actors);
	value_unset(&act, S("void"));
	value_set(ar, &acts, a->id, act);
	value_set(ar, &m->state, S("acts"), acts);
}

/* One of several has done it, and it does not count as done. */
static void
not_done(struct work *w, struct matter *m, struct draft *d, const struct action_def *a,
    enum join_result joined)
{
	work_void(w, m, d, a->id);
	if (joined == JOIN_REFUSED)
		apply_stage(w, d, a->join.then);
}

/* What follows from an action that is done. */
static void
follow(struct work *w, struct matter *m, struct draft *d, const struct action_def *a)
{
	for (size_t i = 0; i < a->opens.n; i++)
		children_open(w, d, child_find(m->procedure, a->opens.v[i]));
	clocks_update(w, d, a->id);
	clocks_resume(w, d, &a->resumes);
	for (size_t i = 0; i < a->confirms.n; i++)
		deemed_confirm(w, d, a->confirms.v[i]);
	if (a->publishes.n && w->here)
		issue_publication(w, m, a);
	if (a->unpublishes)
		issue_unpublication(w, m);
	if (a->issues.n && w->here)
		issue_document(w, m, a);
	hand_over_take(w, m, a);
}

void
apply_action(struct work *w, struct matter *m, struct draft *d,
    const struct action_def *a, const struct value *form)
{
	const struct value before = value_fork(
	    w->cx->arena, value_get(&m->state, S("fields")), 1);
	enum join_result joined;

	value_set_text(w->cx->arena, &d->open, "action", a->id);
	value_set(w->cx->arena, &d->open, S("here"), value_bool(w->here));
	manner_reason(w, d, a, form);
	manner_reassign(w, m, d, a, form);
	take_form(w, m, d, a, form);
	if (w->needs || w->hard.n)
		return;
	tables_compute(w, d);
	if (w->needs)
		return;
	judge_rules(w, m, d, a, form, &before);
	if (w->needs || (w->broken.n && w->here))
		return;
	joined = join_take(w, m, d, a);
	note_act(w, m, d, a);
	manner_undo(w, m, d, a);
	apply_set(w, d, &a->set, &before);
	apply_title(w, m, d);
	if (joined == JOIN_DONE)
		turn(w, d, a);
	else
		not_done(w, m, d, a, joined);
	children_cover(w, d, &before);
	if (joined == JOIN_DONE)
		follow(w, m, d, a);
	else
		clocks_update(w, d, S(""));
	if (value_true(value_get(&m->state, S("closed"))) != m->was_closed)
		children_tell_parent(w, m);
}
