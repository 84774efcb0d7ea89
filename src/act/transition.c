/* The matter is judged under the edition it leaves, its terms under the one it goes to.
 */
#include "act/transition.h"

#include "act/apply.h"
#include "act/clock_inside.h"
#include "act/tables.h"
#include "base/date.h"

/* A matter on its way; `why` once it cannot go. */
struct passage {
	struct work w;
	const struct transition_def *t;
	const struct procedure_def *old, *fresh;
	struct matter *m;
	struct draft *d;
	struct str why;
};

/* --- what holds it back --- */

static bool
source_known(const struct clock_def *def, struct str source)
{
	struct str rest = source, act;

	if (id_list_has(&def->pauses, source))
		return true;
	str_split(&rest, S("/"), &act);
	for (size_t i = 0; str_eq(act, S("act")) && i < def->stops.n; i++)
		if (str_eq(def->stops.v[i].from.v[0], rest))
			return true;
	return false;
}

/* A term that stands still must be one that the new edition lets go on. */
static bool
pauses_known(const struct clock_def *def, const struct value *clock)
{
	const struct value *pauses = value_get(clock, S("pauses"));

	for (size_t i = 0; i < value_count(pauses); i++) {
		const struct value *p = value_at(pauses, i);

		if (value_count(p) > PAUSE_SOURCE &&
		    value_is_null(value_at(p, PAUSE_UNTIL)) &&
		    !source_known(def, value_str(value_at(p, PAUSE_SOURCE))))
			return false;
	}
	return true;
}

static void
held_by_children(struct passage *p)
{
	const struct value *kinds = value_get(&p->m->state, S("children"));

	for (size_t i = 0; kinds->kind == V_MAP && i < kinds->map.n; i++) {
		const struct str kind = kinds->map.pairs[i].key;
		const struct value *list = &kinds->map.pairs[i].value;
		const struct child_def *was = child_find(p->old, kind);
		const struct child_def *now = child_find(p->fresh, kind);
		bool open = false;

		for (size_t k = 0; k < value_count(list); k++)
			open |= str_eq(
			    value_str(value_get(value_at(list, k), S("state"))),
			    S("open"));
		if (open && (!was || !now || !str_eq(was->procedure, now->procedure)))
			p->why = str_fmt(p->w.cx->arena,
			    "新版本没有正在办理的子事项“%.*s”", STR_ARG(kind));
	}
}

static void
held_by_joins(struct passage *p)
{
	const struct value *rounds = value_get(&p->m->state, S("joined"));

	for (size_t i = 0; rounds->kind == V_MAP && i < rounds->map.n; i++) {
		const struct str id = rounds->map.pairs[i].key;
		const struct action_def *was = action_find(p->old, id);
		const struct action_def *now = action_find(p->fresh, id);

		if (value_count(&rounds->map.pairs[i].value) &&
		    (!now || !now->join.given))
			p->why = str_fmt(p->w.cx->arena,
			    "“%.*s”正由几方共同办理，新版本没有这一动作",
			    STR_ARG(was ? was->title : id));
	}
}

static void
held_by_deemed(struct passage *p)
{
	const struct value *list = value_get(&p->m->state, S("deemed"));

	for (size_t i = 0; i < value_count(list); i++) {
		const struct value *one = value_at(list, i);
		const struct clock_def *now = clock_find(
		    p->fresh, value_str(value_get(one, S("clock"))));

		if (!value_true(value_get(one, S("confirmed"))) &&
		    (!now || !now->deemed.n))
			p->why = str_fmt(p->w.cx->arena, "“%.*s”尚待确认",
			    STR_ARG(value_str(value_get(one, S("title")))));
	}
}

static void
held_by_stage(struct passage *p)
{
	const struct str stage = matter_stage(p->m);
	const struct stage_move *move = stage_move_find(p->t, stage);

	if (!move)
		p->why = str_fmt(
		    p->w.cx->arena, "没有写明阶段“%.*s”移到哪里", STR_ARG(stage));
	else if (!move->to.n)
		p->why = move->stays;
}

static void
held_by_condition(struct passage *p)
{
	struct judge j;
	enum verdict v;

	if (!p->t->when)
		return;
	work_judge(&p->w, p->m, NULL, &j);
	v = judge_truth(&j, p->t->when);
	p->w.needs |= j.needs;
	if (v == VERDICT_NO)
		p->why = S("不属于本规则移动的事项");
	else if (v == VERDICT_UNKNOWN)
		p->why = S("缺少数据，无法判断是否属于本规则移动的事项");
}

/* --- what it takes along --- */

static void
take_fields(struct passage *p)
{
	struct arena *a = p->w.cx->arena;
	LIST(struct value) values = { 0 };
	struct judge j;

	/* All see the matter as it was. */
	work_judge(&p->w, p->m, NULL, &j);
	for (size_t i = 0; i < p->t->fields.n; i++) {
		const struct set_def *set = &p->t->fields.v[i];
		const struct field *f = field_find(&p->fresh->fields, set->field);
		const struct value feel = judge_value(&j, set->value);

		if (!f || !judge_export(a, f, &feel, list_add(a, &values))) {
			p->why = str_fmt(a, "“%.*s”无法按规则算出",
			    STR_ARG(f ? f->title : set->field));
			break;
		}
	}
	p->w.needs |= j.needs;
	if (p->why.n || p->w.needs)
		return;
	for (size_t i = 0; i < values.n; i++)
		if (!value_eq(&values.v[i], matter_field(p->m, p->t->fields.v[i].field)))
			work_set(&p->w, p->d, p->t->fields.v[i].field, values.v[i]);
	for (size_t i = 0; i < p->t->drops.n; i++)
		if (!value_is_null(matter_field(p->m, p->t->drops.v[i])))
			work_set(&p->w, p->d, p->t->drops.v[i], value_null());
}

/* The day on which an act that begins the term was last done; false: none was. */
static bool
began_on(
    const struct matter *m, const struct clock_def *def, int64_t *day, struct str *action)
{
	const struct value *acts = value_get(&m->state, S("acts"));
	bool found = false;

	for (size_t i = 0; i < def->from.n; i++) {
		const struct value *act = value_get(acts, def->from.v[i]);
		const int64_t done = value_num(value_get(act, S("day")));

		if (value_is_null(act) || value_true(value_get(act, S("void"))) ||
		    (found && done <= *day))
			continue;
		*day = done;
		*action = def->from.v[i];
		found = true;
	}
	return found;
}

static void
note_change(struct passage *p, const struct term_move *move, const struct value *was,
    struct value *clock)
{
	struct arena *a = p->w.cx->arena;
	struct value why = value_copy(a, value_get(clock, S("why")));
	const struct value *due = value_get(was, S("due"));

	if (why.kind != V_LIST)
		why = value_list();
	value_add(a, &why,
	    value_text(str_fmt(a, "按过渡规则“%.*s”%s：%.*s%s%.*s", STR_ARG(p->t->title),
		move->fate == TERM_ANEW ? "重新起算" : "换算", STR_ARG(move->reason),
		due->kind == V_INT ? "；原届满日为" : "",
		STR_ARG(due->kind == V_INT ? day_chinese(a, due->i) : S("")))));
	value_set(a, clock, S("why"), why);
}

/* A term of the new edition from `start`: all that was counted before falls away, but the
 * time for which it stood still and what made it longer stay. */
static void
put_converted(struct passage *p, const struct clock_def *def, struct judge *j,
    const struct value *was, struct value *clock)
{
	static const struct str stays[] = { S("pauses"), S("extended"), S("act"),
		S("begun") };
	struct arena *a = p->w.cx->arena;
	int64_t start = 0;
	struct str act = S("");

	if (value_is_null(was) && !began_on(p->m, def, &start, &act))
		return;
	if (!value_is_null(was))
		start = value_num(value_get(was, S("start")));
	*clock = clock_new(&p->w, def, start);
	if (act.n)
		value_set_text(a, clock, "act", act);
	for (size_t i = 0; i < sizeof stays / sizeof *stays; i++)
		if (!value_is_null(value_get(was, stays[i])))
			value_set(a, clock, stays[i], *value_get(was, stays[i]));
	if (clock_is(was, "paused"))
		value_set_text(a, clock, "state", S("paused"));
	clock_put_term(&p->w, j, def, clock);
}

static void
put_anew(struct passage *p, const struct clock_def *def, struct judge *j,
    const struct value *was, struct value *clock)
{
	int64_t day;
	struct str act;

	/* Nobody has done yet what begins it: it will begin by itself. */
	if (value_is_null(was) && !began_on(p->m, def, &day, &act))
		return;
	*clock = clock_new(&p->w, def, p->w.done);
	clock_put_term(&p->w, j, def, clock);
}

static void
change_term(struct passage *p, const struct term_move *move, const struct clock_def *def)
{
	const struct value *was = clock_state(p->m, move->clock);
	const struct value *due;
	struct value clock = value_null();
	struct judge j;
	int64_t base;

	work_judge(&p->w, p->m, NULL, &j);
	if (def->when && judge_truth(&j, def->when) != VERDICT_YES)
		return; /* clocks_update ends what ran */
	if (def->at)
		clock_from_day(&p->w, &j, def, &base, &clock);
	else if (move->fate == TERM_ANEW)
		put_anew(p, def, &j, was, &clock);
	else
		put_converted(p, def, &j, was, &clock);
	p->w.needs |= j.needs;
	if (p->w.needs || p->w.hard.n || value_is_null(&clock))
		return;
	due = value_get(&clock, S("due"));
	if (!def->minimum && due->kind == V_INT && due->i < p->w.done) {
		p->why = str_fmt(p->w.cx->arena, "期限“%.*s”换算后已于%.*s届满",
		    STR_ARG(def->title), STR_ARG(day_chinese(p->w.cx->arena, due->i)));
		return;
	}
	note_change(p, move, was, &clock);
	work_clock(&p->w, p->d, move->clock, clock);
}

static void
move_term(struct passage *p, const struct term_move *move)
{
	const struct clock_def *def = clock_find(p->fresh, move->clock);
	const struct value *was = clock_state(p->m, move->clock);
	struct value clock;

	if (!value_is_null(was) && !clock_still_runs(was))
		return; /* met, over or run out: what happened stays */
	if (def && move->fate != TERM_ENDED && !pauses_known(def, was)) {
		p->why = str_fmt(p->w.cx->arena,
		    "期限“%.*s”正在中止，新版本没有这一中止情形", STR_ARG(def->title));
		return;
	}
	switch (move->fate) {
	case TERM_KEPT:
		return;
	case TERM_ANEW:
	case TERM_CONVERTED:
		change_term(p, move, def);
		return;
	case TERM_ENDED:
		if (value_is_null(was))
			return;
		clock = value_copy(p->w.cx->arena, was);
		value_set_text(p->w.cx->arena, &clock, "state", S("ended"));
		value_set_int(p->w.cx->arena, &clock, "ended", p->w.done);
		work_clock(&p->w, p->d, move->clock, clock);
		return;
	}
}

static void
cross(struct passage *p, struct str from)
{
	struct arena *a = p->w.cx->arena;
	const struct str to = stage_move_find(p->t, matter_stage(p->m))->to;

	p->m->procedure = p->fresh;
	p->d = work_draft(&p->w, EV_EDITION_MOVED, p->m);
	value_set_text(a, &p->d->open, "by", S("transition"));
	value_set_text(a, &p->d->open, "from", from);
	value_set_text(a, &p->d->open, "reason", p->t->title);
	value_set_text(a, &p->d->open, "rule", p->t->id);
	value_set_text(a, &p->d->open, "text", p->t->digest);
	value_set_text(a, &p->d->open, "basis", p->t->basis);
	p->m->procedure = p->old;
	take_fields(p);
	p->m->procedure = p->fresh;
	if (p->why.n || p->w.needs)
		return;
	if (!str_eq(to, matter_stage(p->m)))
		work_put(&p->w, p->d, S("stage"), value_text(to));
	tables_compute(&p->w, p->d);
	apply_title(&p->w, p->m, p->d);
	for (size_t i = 0; !p->why.n && i < p->t->clocks.n; i++)
		move_term(p, &p->t->clocks.v[i]);
	if (!p->why.n && !p->w.needs)
		clocks_update(&p->w, p->d, S(""));
}

static void
hold_back(struct passage *p)
{
	static void (*const held[])(struct passage * p) = { held_by_stage,
		held_by_condition, held_by_children, held_by_joins, held_by_deemed };

	if (!transition_leaves(p->t, p->old))
		p->why = S("其版本不在本规则的范围内");
	for (size_t i = 0; !p->why.n && !p->w.needs && i < sizeof held / sizeof *held;
	     i++)
		held[i](p);
}

enum err
act_transition(struct cx *cx, const struct defs *defs, const struct transition_ask *ask,
    struct facts *facts, int64_t next_seq, struct event_list *out, struct str *why)
{
	struct passage p = { .w = work_by_clock(cx, defs, facts, next_seq),
		.t = ask->rule,
		.fresh = defs_procedure(defs, ask->rule->procedure) };

	*why = S("");
	p.w.actor = ask->person;
	p.w.done = cx_today(cx);
	p.m = work_matter(&p.w, ask->subject);
	if (p.w.needs)
		return ERR_NEEDS;
	if (!p.m || !p.fresh || p.m->was_closed || p.m->procedure == p.fresh)
		return ERR_OK;
	p.old = p.m->procedure;
	hold_back(&p);
	if (!p.why.n && !p.w.needs)
		cross(&p, p.old->digest);
	if (p.w.needs)
		return ERR_NEEDS;
	if (!p.why.n && p.w.hard.n)
		p.why = p.w.hard.v[0].message;
	*why = p.why;
	if (!p.why.n)
		work_finish(&p.w, out);
	return ERR_OK;
}
