/*
 * What can never come before or after what it names. A condition that waits for
 * something that cannot have happened refuses for ever; a term whose end cannot come
 * never ends.
 */
#include "procedure/check.h"

static const struct action_def *
action_named(const struct checking *c, struct str name)
{
	for (size_t i = 0; i < c->p->actions.n; i++)
		if (str_eq(field_name_of(c->cx->arena, c->p->actions.v[i].id), name))
			return &c->p->actions.v[i];
	return NULL;
}

void
check_needs_of(const struct checking *c, const struct feel *that, struct check_needs *out)
{
	struct feel_part_list parts = { 0 };

	if (!that)
		return;
	feel_parts(c->cx->arena, that, &parts);
	for (size_t i = 0; i < parts.n; i++) {
		const struct action_def *done = NULL;
		struct str name, text;

		if (feel_wants(parts.v[i], S("acts"), S("day"), &name) ||
		    feel_wants(parts.v[i], S("acts"), S("actor"), &name))
			done = action_named(c, name);
		if (done)
			list_add(c->cx->arena, out)->action = done->id;
		else if (feel_is_call(parts.v[i], &name, &text) &&
			 (str_eq(name, S("passed")) || str_eq(name, S("all_closed"))) &&
			 child_find(c->p, text))
			list_add(c->cx->arena, out)->kind = text;
	}
}

static bool
opens_before(const struct checking *c, struct str kind, const struct action_def *a)
{
	for (size_t i = 0; i < c->p->actions.n; i++) {
		const struct action_def *x = &c->p->actions.v[i];

		if (id_list_has(&x->opens, kind) && check_precedes(c, x, a))
			return true;
	}
	return false;
}

static void
check_rule(struct checking *c, const struct rule *r, const struct action_def *a)
{
	struct check_needs needs = { 0 };

	check_needs_of(c, r->that, &needs);
	for (size_t i = 0; i < needs.n; i++) {
		const struct check_need *need = &needs.v[i];
		const struct action_def *x = need->action.n
						 ? action_find(c->p, need->action)
						 : NULL;

		if (x && !check_precedes(c, x, a))
			message_put(c->m, r->line, 1,
			    "规则“%.*s”的条件永远不能满足：“%.*s”之前不可能办理“%.*s”",
			    STR_ARG(r->id), STR_ARG(a->title), STR_ARG(x->title));
		if (need->kind.n && !opens_before(c, need->kind, a))
			message_put(c->m, r->line, 1,
			    "规则“%.*s”的条件永远不能满足：“%.*s”之前不可能开启子程序“%.*"
			    "s”",
			    STR_ARG(r->id), STR_ARG(a->title), STR_ARG(need->kind));
	}
}

static bool
follows_any(
    const struct checking *c, const struct id_list *from, const struct action_def *a)
{
	for (size_t i = 0; i < from->n; i++) {
		const struct action_def *x = action_find(c->p, from->v[i]);

		if (!x || check_precedes(c, x, a))
			return true; /* an unknown one was told */
	}
	return !from->n;
}

static void
check_after(struct checking *c, const struct clock_def *k, const struct id_list *ids,
    const char *key)
{
	for (size_t i = 0; i < ids->n; i++) {
		const struct action_def *a = action_find(c->p, ids->v[i]);

		if (a && !follows_any(c, &k->from, a))
			message_put(c->m, k->line, 1,
			    "期限“%.*s”的 %s：“%.*s”不可能在起算之后办理", STR_ARG(k->id),
			    key, STR_ARG(a->id));
	}
}

/* Somebody kept apart from what cannot have been done before is kept apart from nothing.
 */
static void
check_apart(struct checking *c, const struct action_def *a)
{
	for (size_t i = 0; i < a->apart.n; i++) {
		const struct action_def *x = action_find(c->p, a->apart.v[i]);

		if (x && !check_precedes(c, x, a))
			message_put(c->m, a->line, 1,
			    "apart：“%.*s”不可能在“%.*s”之前办理", STR_ARG(x->id),
			    STR_ARG(a->id));
	}
}

static bool
side_by_side(
    const struct checking *c, const struct action_def *a, const struct action_def *b)
{
	if (a->at_new || b->at_new)
		return a->at_new && b->at_new;
	for (size_t s = 0; s < c->n; s++)
		if (check_starts_at(a, &c->p->stages.v[s]) &&
		    check_starts_at(b, &c->p->stages.v[s]))
			return true;
	return false;
}

/* Two buttons with the same words on one page. */
static void
check_titles(struct checking *c)
{
	for (size_t i = 0; i < c->p->actions.n; i++)
		for (size_t k = 0; k < i; k++) {
			const struct action_def *a = &c->p->actions.v[i];
			const struct action_def *b = &c->p->actions.v[k];

			if (a->title.n && str_eq(a->title, b->title) &&
			    side_by_side(c, a, b))
				message_put(c->m, a->line, 1,
				    "“%.*s”与“%.*s”名称相同，在同一阶段分不清",
				    STR_ARG(a->id), STR_ARG(b->id));
		}
}

void
check_order(struct checking *c)
{
	for (size_t i = 0; i < c->p->actions.n; i++) {
		const struct action_def *a = &c->p->actions.v[i];

		for (size_t k = 0; k < a->require.n; k++)
			check_rule(c, &a->require.v[k], a);
		check_apart(c, a);
	}
	for (size_t i = 0; i < c->p->gates.n; i++) {
		const struct gate_def *g = &c->p->gates.v[i];

		for (size_t k = 0; k < g->before.n; k++) {
			const struct action_def *a = action_find(c->p, g->before.v[k]);

			if (a)
				check_rule(c, &g->rule, a);
		}
	}
	for (size_t i = 0; i < c->p->clocks.n; i++) {
		const struct clock_def *k = &c->p->clocks.v[i];

		check_after(c, k, &k->until, "until");
		check_after(c, k, &k->before, "before");
	}
	check_titles(c);
}
