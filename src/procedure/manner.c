/*
 * Manners of actions in a definition. What is common to all actions (who, where, what
 * must hold) is loaded with them; here is what a manner adds and what it forbids.
 */
#include "procedure/definition.h"

static const struct str manners[] = {
	[MANNER_PLAIN] = { "", 0 },
	[MANNER_WITHDRAW] = S("withdraw"),
	[MANNER_RETURN] = S("return"),
	[MANNER_REOPEN] = S("reopen"),
};
_Static_assert(
    sizeof manners / sizeof *manners == MANNER_COUNT_, "a manner without its name");

void
manner_load(
    struct cx *cx, struct messages *m, const struct yaml_node *node, struct action_def *a)
{
	const struct yaml_node *manner = yaml_get(node, S("manner"));
	const struct str name = yaml_str(manner);

	ids_load(cx, m, yaml_get(node, S("undoes")), &a->undoes);
	ids_load(cx, m, yaml_get(node, S("until")), &a->until);
	ids_load(cx, m, yaml_get(node, S("resumes")), &a->resumes);
	for (int i = 0; name.n && i < MANNER_COUNT_; i++)
		if (str_eq(manners[i], name))
			a->manner = (enum manner)i;
	a->asks_reason = a->manner != MANNER_PLAIN;
	if (name.n && a->manner == MANNER_PLAIN)
		yaml_fault(m, manner, "没有办理方式“%.*s”", STR_ARG(name));
}

static void
fault(struct messages *m, const struct action_def *a, const char *what)
{
	message_put(m, a->line, 1, "“%.*s”%s", STR_ARG(a->id), what);
}

static void
names_check(struct messages *m, const struct procedure_def *p, const struct action_def *a)
{
	const struct id_list *lists[] = { &a->undoes, &a->until };

	for (size_t k = 0; k < 2; k++)
		for (size_t i = 0; i < lists[k]->n; i++)
			if (!action_find(p, lists[k]->v[i]))
				message_put(m, a->line, 1, "%s：没有办理动作“%.*s”",
				    k ? "until" : "undoes", STR_ARG(lists[k]->v[i]));
	for (size_t i = 0; i < a->resumes.n; i++)
		if (!clock_find(p, a->resumes.v[i]))
			message_put(m, a->line, 1, "resumes：没有期限“%.*s”",
			    STR_ARG(a->resumes.v[i]));
}

static size_t
stage_place(const struct procedure_def *p, struct str id)
{
	size_t i = 0;

	while (i < p->stages.n && !str_eq(p->stages.v[i].id, id))
		i++;
	return i;
}

/* Back means: to a stage that stands before every one it is returned from. */
static void
return_check(
    struct messages *m, const struct procedure_def *p, const struct action_def *a)
{
	for (size_t t = 0; t < a->then.n; t++)
		for (size_t i = 0; i < a->at.n; i++)
			if (stage_place(p, a->then.v[t].stage) >=
			    stage_place(p, a->at.v[i])) {
				fault(m, a, "是退回，then 须为 at 之前的阶段");
				return;
			}
}

static void
reopen_check(
    struct messages *m, const struct procedure_def *p, const struct action_def *a)
{
	bool fits = a->at.n > 0;

	for (size_t i = 0; i < a->at.n; i++) {
		const struct stage_def *s = stage_find(p, a->at.v[i]);

		fits &= s && s->final;
	}
	for (size_t i = 0; i < a->then.n; i++) {
		const struct stage_def *s = stage_find(p, a->then.v[i].stage);

		fits &= s && !s->final;
	}
	if (!fits)
		fault(m, a, "是重新办理，须从终结阶段回到未终结的阶段");
}

void
manner_check(
    struct messages *m, const struct procedure_def *p, const struct action_def *a)
{
	names_check(m, p, a);
	if (a->manner == MANNER_PLAIN) {
		if (a->undoes.n || a->until.n)
			fault(m, a, "没有 manner，不能有 undoes、until");
		if (id_list_has(&a->by, S("actor")))
			fault(m, a, "没有 manner，不能由原办理人（actor）办理");
		return;
	}
	if (!a->then.n)
		fault(m, a, "缺少 then：回到哪个阶段");
	if (a->at_new)
		fault(m, a, "有 manner 的动作不能是开始的动作");
	for (size_t i = 0; i < a->form.n; i++)
		if (str_eq(a->form.v[i].field, S("reason")))
			fault(m, a, "的理由由系统统一填写，form 不列 reason");
	if (id_list_has(&a->by, S("actor")) && !a->undoes.n)
		fault(m, a, "由原办理人（actor）办理的，须有 undoes");
	if (a->manner == MANNER_WITHDRAW && !a->undoes.n)
		fault(m, a, "是撤回，缺少 undoes：撤回哪个办理动作");
	if (a->manner != MANNER_WITHDRAW && a->until.n)
		fault(m, a, "不是撤回，不能有 until");
	if (a->manner == MANNER_RETURN)
		return_check(m, p, a);
	if (a->manner == MANNER_REOPEN)
		reopen_check(m, p, a);
}
