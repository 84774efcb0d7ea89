/*
 * How the stages of a procedure follow each other: every stage must be reached from the
 * beginning, be left by somebody, and lead to an end.
 */
#include "procedure/check.h"

bool
check_starts_at(const struct action_def *a, const struct stage_def *s)
{
	if (s->final)
		return a->manner == MANNER_REOPEN && id_list_has(&a->at, s->id);
	return a->at_any || id_list_has(&a->at, s->id);
}

bool
check_leads(const struct checking *c, const struct action_def *a, size_t at, size_t to)
{
	bool stays = true; /* no turn is taken for sure */

	if (at == SIZE_MAX ? !a->at_new : !check_starts_at(a, &c->p->stages.v[at]))
		return false;
	for (size_t i = 0; i < a->then.n; i++) {
		if (str_eq(a->then.v[i].stage, c->p->stages.v[to].id))
			return true;
		stays = stays && a->then.v[i].when;
	}
	if (str_eq(a->join.then, c->p->stages.v[to].id))
		return true; /* one of several has refused */
	return stays && at == to;
}

/* A term that runs out may carry the matter on from wherever it is. */
static bool
lapses_to(const struct checking *c, size_t from, size_t to)
{
	if (c->p->stages.v[from].final)
		return false;
	for (size_t i = 0; i < c->p->clocks.n; i++)
		if (str_eq(c->p->clocks.v[i].lapse_stage, c->p->stages.v[to].id))
			return true;
	return false;
}

static bool
steps_to(const struct checking *c, size_t from, size_t to)
{
	for (size_t i = 0; i < c->p->actions.n; i++)
		if (check_leads(c, &c->p->actions.v[i], from, to))
			return true;
	return from != SIZE_MAX && lapses_to(c, from, to);
}

static void
close_over(struct checking *c)
{
	const size_t n = c->n;

	c->reached = arena_array(c->cx->arena, bool, n + 1);
	c->follows = arena_array(c->cx->arena, bool, n *n + 1);
	for (size_t s = 0; s < n; s++)
		for (size_t t = 0; t < n; t++)
			c->follows[s * n + t] = s == t || steps_to(c, s, t);
	for (size_t k = 0; k < n; k++)
		for (size_t s = 0; s < n; s++)
			for (size_t t = 0; t < n; t++)
				c->follows[s * n + t] |= c->follows[s * n + k] &&
							 c->follows[k * n + t];
	for (size_t s = 0; s < n; s++)
		for (size_t t = 0; t < n && steps_to(c, SIZE_MAX, s); t++)
			c->reached[t] |= c->follows[s * n + t];
}

static void
say_stage(struct checking *c, size_t s, const char *why)
{
	const struct stage_def *stage = &c->p->stages.v[s];

	message_put(c->m, stage->line, 1, "阶段“%.*s”%s", STR_ARG(stage->id), why);
}

/* Left by a person: what only the system can leave hangs when nobody may help it on. */
static void
check_left(struct checking *c, size_t s)
{
	bool leaves = false, by_people = false;

	for (size_t t = 0; t < c->n; t++) {
		leaves |= t != s && lapses_to(c, s, t);
		for (size_t i = 0; i < c->p->actions.n && t != s; i++) {
			const struct action_def *a = &c->p->actions.v[i];
			const bool leads = check_leads(c, a, s, t);

			leaves |= leads;
			by_people |= leads && !id_list_has(&a->by, S("system"));
		}
	}
	if (!leaves)
		say_stage(c, s, "没有出口，也不是终结阶段");
	else if (!by_people)
		say_stage(c, s, "只能由系统转出，没有人可以办理");
}

static bool
ends_somewhere(const struct checking *c, size_t s)
{
	for (size_t t = 0; t < c->n; t++)
		if (c->follows[s * c->n + t] && c->p->stages.v[t].final)
			return true;
	return false;
}

/* Stages that lead on and on but to no end, said once, of the first. */
static void
check_ends(struct checking *c)
{
	for (size_t s = 0; s < c->n; s++) {
		bool moves = false;

		for (size_t t = 0; t < c->n; t++)
			moves |= t != s && c->follows[s * c->n + t];
		if (!c->reached[s] || !moves || ends_somewhere(c, s))
			continue;
		say_stage(c, s, "到不了任何终结阶段，事项永远不能办结");
		return;
	}
}

void
check_graph(struct checking *c)
{
	c->n = c->p->stages.n;
	close_over(c);
	for (size_t s = 0; s < c->n; s++) {
		if (!c->reached[s])
			say_stage(c, s, "无法到达");
		if (!c->p->stages.v[s].final)
			check_left(c, s);
	}
	check_ends(c);
}

bool
check_precedes(
    const struct checking *c, const struct action_def *x, const struct action_def *a)
{
	for (size_t at = 0; at <= c->n; at++) {
		const size_t from = at == c->n ? SIZE_MAX : at;

		if (from != SIZE_MAX && !c->reached[from])
			continue;
		for (size_t to = 0; to < c->n; to++) {
			if (!check_leads(c, x, from, to))
				continue;
			for (size_t t = 0; t < c->n; t++)
				if (c->follows[to * c->n + t] &&
				    check_starts_at(a, &c->p->stages.v[t]))
					return true;
		}
	}
	return false;
}
