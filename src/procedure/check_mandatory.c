/*
 * Steps that the law does not let anybody leave out: `mandatory: { STAGE: [ACTIONS] }`.
 * No way may lead into the stage without each of them; if one does, it is shown. A way is
 * a chain of actions, each at a stage where the one before has led. An action that always
 * asks for the step (acts.STEP.day, a child that only the step opens) is no way around
 * it.
 */
#include "base/buf.h"
#include "procedure/check.h"

/* The only one that opens this kind. */
static bool
alone_opens(const struct checking *c, struct str kind, const struct action_def *step)
{
	for (size_t i = 0; i < c->p->actions.n; i++)
		if (&c->p->actions.v[i] != step &&
		    id_list_has(&c->p->actions.v[i].opens, kind))
			return false;
	return id_list_has(&step->opens, kind);
}

static bool
rule_asks(const struct checking *c, const struct rule *r, const struct action_def *step)
{
	struct check_needs needs = { 0 };

	if (r->when)
		return false;
	check_needs_of(c, r->that, &needs);
	for (size_t i = 0; i < needs.n; i++)
		if (str_eq(needs.v[i].action, step->id) ||
		    (needs.v[i].kind.n && alone_opens(c, needs.v[i].kind, step)))
			return true;
	return false;
}

static bool
always_asks(
    const struct checking *c, const struct action_def *a, const struct action_def *step)
{
	for (size_t i = 0; i < a->require.n; i++)
		if (rule_asks(c, &a->require.v[i], step))
			return true;
	for (size_t i = 0; i < c->p->gates.n; i++)
		if (id_list_has(&c->p->gates.v[i].before, a->id) &&
		    rule_asks(c, &c->p->gates.v[i].rule, step))
			return true;
	return false;
}

struct way {
	struct str title; /* of the action or the term that led here */
	size_t from;      /* SIZE_MAX: the beginning */
	bool known;
};

struct search {
	const struct checking *c;
	const struct action_def *step;
	struct way *ways; /* to each stage without the step */
	size_t *queue, n;
};

static void
arrive(struct search *s, size_t to, size_t from, struct str title)
{
	if (s->ways[to].known)
		return;
	s->ways[to] = (struct way){ title, from, true };
	s->queue[s->n++] = to;
}

static void
go_on(struct search *s, size_t from)
{
	const struct procedure_def *p = s->c->p;

	for (size_t i = 0; i < p->actions.n; i++) {
		const struct action_def *a = &p->actions.v[i];

		if (a == s->step || always_asks(s->c, a, s->step))
			continue;
		for (size_t to = 0; to < s->c->n; to++)
			if (check_leads(s->c, a, from, to))
				arrive(s, to, from, a->title);
	}
	for (size_t i = 0; from != SIZE_MAX && i < p->clocks.n; i++)
		for (size_t to = 0; to < s->c->n; to++)
			if (!p->stages.v[from].final &&
			    str_eq(p->clocks.v[i].lapse_stage, p->stages.v[to].id))
				arrive(s, to, from, p->clocks.v[i].title);
}

static void
put_way(struct buf *b, const struct search *s, size_t to)
{
	if (s->ways[to].from != SIZE_MAX) {
		put_way(b, s, s->ways[to].from);
		buf_put(b, S(" → "));
	}
	buf_put(b, s->ways[to].title);
}

static void
check_step(struct checking *c, const struct mandatory_def *m, size_t stage,
    const struct action_def *step)
{
	struct search s = { .c = c,
		.step = step,
		.ways = arena_array(c->cx->arena, struct way, c->n + 1),
		.queue = arena_array(c->cx->arena, size_t, c->n + 1) };
	struct buf way = { .arena = c->cx->arena };

	go_on(&s, SIZE_MAX);
	for (size_t i = 0; i < s.n; i++)
		go_on(&s, s.queue[i]);
	if (!s.ways[stage].known)
		return;
	put_way(&way, &s, stage);
	message_put(c->m, m->line, 1, "不经“%.*s”也能进入“%.*s”：%.*s",
	    STR_ARG(step->title), STR_ARG(c->p->stages.v[stage].title),
	    STR_ARG(buf_str(&way)));
}

void
check_mandatory(struct checking *c)
{
	const struct procedure_def *p = c->p;

	for (size_t i = 0; i < p->mandatory.n; i++) {
		const struct mandatory_def *m = &p->mandatory.v[i];
		const struct stage_def *stage = stage_find(p, m->stage);

		if (!stage)
			message_put(c->m, m->line, 1, "mandatory：没有阶段“%.*s”",
			    STR_ARG(m->stage));
		for (size_t k = 0; k < m->steps.n; k++) {
			const struct action_def *step = action_find(p, m->steps.v[k]);

			if (!step)
				message_put(c->m, m->line, 1,
				    "mandatory：没有办理动作“%.*s”",
				    STR_ARG(m->steps.v[k]));
			else if (stage)
				check_step(c, m, (size_t)(stage - p->stages.v), step);
		}
	}
}
