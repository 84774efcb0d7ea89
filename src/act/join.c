/* A round ends when it is complete, refused or taken back; the next act begins another.
 */
#include "act/join.h"

static struct value
asked_of(struct work *w, const struct matter *m, const struct action_def *a)
{
	struct judge j;
	struct value of;

	work_judge(w, m, NULL, &j);
	of = judge_value(&j, a->join.of);
	w->needs |= j.needs;
	return of;
}

static bool
names_persons(const struct value *of)
{
	return str_eq(subject_family(value_str(value_at(of, 0))), S("persons"));
}

const struct value *
join_units(struct work *w, const struct matter *m, const struct action_def *a)
{
	struct value *of = arena_new(w->cx->arena, struct value);

	*of = asked_of(w, m, a);
	return names_persons(of) ? NULL : of;
}

static bool
has(const struct value *list, struct str who)
{
	for (size_t i = 0; i < value_count(list); i++)
		if (str_eq(value_str(value_at(list, i)), who))
			return true;
	return false;
}

/* In whose name the actor takes part: the unit of the post, or the person. */
static struct str
who_joins(struct work *w, const struct value *of)
{
	const struct value *post;

	if (of->kind != V_LIST || names_persons(of) || !w->post.n)
		return w->actor;
	post = facts_entry(w->facts, w->post, w->here ? w->done : cx_today(w->cx));
	if (!post) {
		w->needs = true;
		return S("");
	}
	return value_str(value_path(post, "values.unit"));
}

/* Of the round that is not over yet; an act that stands ended the one before. */
static struct value
joined(struct work *w, const struct matter *m, const struct action_def *a)
{
	const struct value *act = value_get(value_get(&m->state, S("acts")), a->id);
	const struct value *list = value_get(value_get(&m->state, S("joined")), a->id);

	if (!value_true(value_get(act, S("void"))) || list->kind != V_LIST)
		return value_list();
	return value_copy(w->cx->arena, list);
}

static bool
has_joined(const struct value *list, struct str who, bool agreeing)
{
	for (size_t i = 0; i < value_count(list); i++) {
		const struct value *one = value_at(list, i);

		if (str_eq(value_str(value_get(one, S("who"))), who) &&
		    !(agreeing && value_true(value_get(one, S("refused")))))
			return true;
	}
	return false;
}

void
join_guard(struct work *w, struct matter *m, const struct action_def *a)
{
	struct value of, before;
	struct str who;

	if (!a->join.given || w->needs || w->hard.n)
		return;
	of = asked_of(w, m, a);
	if (w->needs)
		return;
	who = who_joins(w, &of);
	if (w->needs)
		return;
	if (a->join.of && !w->act->is_setup && !has(&of, who))
		refuse(
		    w->cx, &w->hard, REFUSE_BY, S(""), "不在应当办理的单位或者人员之列");
	before = joined(w, m, a);
	if (has_joined(&before, who, false))
		refuse(w->cx, &w->hard, REFUSE_JOINED, S(""), "%s", "");
}

static bool
is_enough(const struct action_def *a, const struct value *of, const struct value *list)
{
	int64_t agreeing = 0;

	for (size_t i = 0; i < value_count(list); i++)
		agreeing += !value_true(value_get(value_at(list, i), S("refused")));
	if (a->join.needs)
		return agreeing >= a->join.needs;
	for (size_t i = 0; i < value_count(of); i++)
		if (!has_joined(list, value_str(value_at(of, i)), true))
			return false;
	return true;
}

static void
put_joined(struct work *w, struct matter *m, struct draft *d, struct str action,
    struct value list)
{
	struct arena *a = w->cx->arena;
	struct value of_event = value_copy(a, value_get(&d->open, S("joined")));
	struct value of_state = value_copy(a, value_get(&m->state, S("joined")));

	if (of_event.kind != V_MAP)
		of_event = value_map();
	if (of_state.kind != V_MAP)
		of_state = value_map();
	value_set(a, &of_event, action, list);
	value_set(a, &of_state, action, list);
	value_set(a, &d->open, S("joined"), of_event);
	value_set(a, &m->state, S("joined"), of_state);
}

enum join_result
join_take(struct work *w, struct matter *m, struct draft *d, const struct action_def *a)
{
	struct arena *ar = w->cx->arena;
	struct value list, of, one = value_map();
	enum verdict refused = VERDICT_NO;
	struct judge j;

	if (!a->join.given)
		return JOIN_DONE;
	list = joined(w, m, a);
	of = asked_of(w, m, a);
	work_judge(w, m, NULL, &j);
	if (a->join.refused)
		refused = judge_truth(&j, a->join.refused);
	w->needs |= j.needs;
	value_set_text(ar, &one, "who", who_joins(w, &of));
	if (refused == VERDICT_YES)
		value_set(ar, &one, S("refused"), value_bool(true));
	value_add(ar, &list, one);
	if (w->needs)
		return JOIN_OPEN;
	if (refused == VERDICT_YES && a->join.then.n) {
		put_joined(w, m, d, a->id, value_list());
		return JOIN_REFUSED;
	}
	put_joined(w, m, d, a->id, list);
	return is_enough(a, &of, &list) ? JOIN_DONE : JOIN_OPEN;
}

void
join_forget(struct work *w, struct matter *m, struct draft *d, struct str action)
{
	if (value_count(value_get(value_get(&m->state, S("joined")), action)))
		put_joined(w, m, d, action, value_list());
}
