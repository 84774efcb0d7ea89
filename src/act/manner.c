/* Undoing is never deleting: the event stays and says that it stands no longer. */
#include "act/manner.h"

#include "act/authority.h"
#include "act/children.h"
#include "act/join.h"

static const struct value *
act_of(const struct matter *m, struct str action)
{
	return value_get(value_get(&m->state, S("acts")), action);
}

static bool
stands(const struct matter *m, struct str action)
{
	const struct value *act = act_of(m, action);

	return !value_is_null(act) && !value_true(value_get(act, S("void")));
}

/* The newest standing act of these; NULL when none stands. */
static const struct value *
newest(const struct matter *m, const struct id_list *actions)
{
	const struct value *found = NULL;

	for (size_t i = 0; i < actions->n; i++) {
		const struct value *act = act_of(m, actions->v[i]);

		if (stands(m, actions->v[i]) &&
		    (!found || value_num(value_get(act, S("seq"))) >
				   value_num(value_get(found, S("seq")))))
			found = act;
	}
	return found;
}

static void
withdraw_guard(struct work *w, const struct matter *m, const struct action_def *a)
{
	const struct value *undone = newest(m, &a->undoes);

	if (!undone) {
		refuse(w->cx, &w->hard, REFUSE_AT, S(""), "没有可以撤回的办理");
		return;
	}
	for (size_t i = 0; i < a->until.n; i++) {
		const struct action_def *later = action_find(m->procedure, a->until.v[i]);

		if (!stands(m, a->until.v[i]) ||
		    value_num(value_get(act_of(m, a->until.v[i]), S("seq"))) <
			value_num(value_get(undone, S("seq"))))
			continue;
		refuse_rule(w->cx, &w->broken, REFUSE_UNTIL, S("until"), S(""),
		    str_fmt(w->cx->arena, "已经办理“%.*s”，不能再撤回",
			STR_ARG(later->title)),
		    a->basis, S(""));
		return;
	}
}

/* Under a closed parent nothing opens. */
static void
reopen_guard(struct work *w, const struct matter *m)
{
	const struct str subject = value_str(value_get(&m->state, S("parent")));
	const struct matter *parent;

	if (!subject.n || value_true(value_get(&m->state, S("loose"))))
		return;
	parent = work_matter(w, subject);
	if (parent && value_true(value_get(&parent->state, S("closed"))))
		refuse(w->cx, &w->hard, REFUSE_AT, S(""),
		    "所属事项已经办结，须先重新办理所属事项");
}

void
manner_guard(struct work *w, struct matter *m, const struct action_def *a)
{
	switch (a->manner) {
	case MANNER_WITHDRAW:
		withdraw_guard(w, m, a);
		break;
	case MANNER_REOPEN:
		reopen_guard(w, m);
		break;
	case MANNER_PLAIN:
	case MANNER_RETURN:
	case MANNER_REASSIGN:
	case MANNER_COUNT_:
		break;
	}
}

bool
manner_own_actor(
    struct work *w, const struct matter *m, const struct action_def *a, int64_t day)
{
	const struct value *act = newest(m, &a->undoes);
	struct id_list posts = { 0 };
	struct str post;

	if (!act || !id_list_has(&a->by, S("actor")) ||
	    !str_eq(value_str(value_get(act, S("actor"))), w->actor))
		return false;
	post = value_str(value_get(act, S("post")));
	authority_posts(w, w->actor, day, &posts);
	if (w->needs || !id_list_has(&posts, post))
		return false;
	w->post = post;
	return true;
}

void
manner_reason(
    struct work *w, struct draft *d, const struct action_def *a, const struct value *form)
{
	struct str reason;

	if (!a->asks_reason)
		return;
	reason = str_trim(value_str(value_get(form, S("reason"))));
	if (!reason.n && w->here)
		refuse(w->cx, &w->hard, REFUSE_REQUIRED, S("reason"), "请写明理由");
	if (reason.n)
		value_set_text(w->cx->arena, &d->open, "reason", reason);
}

void
manner_reassign(struct work *w, struct matter *m, struct draft *d,
    const struct action_def *a, const struct value *form)
{
	const struct str handlers = m->procedure->handlers;
	const struct value *before = matter_field(m, handlers);
	struct value was = value_map();

	if (a->manner != MANNER_REASSIGN)
		return;
	if (value_eq(value_get(form, handlers), before))
		refuse(w->cx, &w->hard, REFUSE_FORM, handlers, "与现在的承办人员相同");
	value_set(w->cx->arena, &was, handlers, *before);
	value_set(w->cx->arena, &d->open, S("was"), was);
}

void
manner_undo(struct work *w, struct matter *m, struct draft *d, const struct action_def *a)
{
	for (size_t i = 0; i < a->undoes.n; i++) {
		const struct action_def *was = action_find(m->procedure, a->undoes.v[i]);

		join_forget(w, m, d, was->id);
		if (!stands(m, was->id))
			continue;
		work_void(w, m, d, was->id);
		for (size_t k = 0; k < was->opens.n; k++)
			children_lapse(w, d, child_find(m->procedure, was->opens.v[k]),
			    &(struct value){ .kind = V_LIST });
	}
}
