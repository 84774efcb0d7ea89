/*
 * Manners of actions in a definition, and the other shapes that the engine gives them:
 * joint actions, the confirmation of what the law deems. What is common to all actions
 * (who, where, what must hold) is loaded with them; here is what these add and forbid.
 */
#include "procedure/manner.h"

#include "procedure/parts.h"
#include "register/vocabulary.h"

static const struct str manners[] = {
	[MANNER_PLAIN] = { "", 0 },
	[MANNER_WITHDRAW] = S("withdraw"),
	[MANNER_RETURN] = S("return"),
	[MANNER_REOPEN] = S("reopen"),
	[MANNER_REASSIGN] = S("reassign"),
};
_Static_assert(
    sizeof manners / sizeof *manners == MANNER_COUNT_, "a manner without its name");

static void
join_load(struct cx *cx, struct messages *m, const struct yaml_node *node,
    struct join_def *join)
{
	const struct yaml_node *needs = yaml_get(node, S("needs"));
	const struct str n = yaml_str(needs);

	if (node->kind == YAML_NONE || !shape_closed(m, node, &shape_join))
		return;
	join->given = true;
	join->of = expression_load(cx, m, yaml_get(node, S("of")));
	join->refused = expression_load(cx, m, yaml_get(node, S("refused")));
	join->then = yaml_str(yaml_get(node, S("then")));
	if (str_eq(n, S("any")))
		join->needs = 1;
	else if (n.n && !str_eq(n, S("all")) &&
		 (!str_int(n, &join->needs) || join->needs < 1))
		yaml_fault(m, needs, "needs：须为 all、any 或者正整数");
	if (!join->needs && !join->of)
		yaml_fault(m, node, "join：须全部办理的，要有 of：哪些单位或者人员");
	if (join->then.n && !join->refused)
		yaml_fault(m, node, "join：有 then 的，要有 refused：何谓不同意");
	if (join->refused && !join->needs && !join->then.n)
		yaml_fault(
		    m, node, "join：须全部同意的，要有 then：有一个不同意时怎么办");
}

static void
hand_over_load(
    struct messages *m, const struct yaml_node *node, struct hand_over_def *out)
{
	if (node->kind == YAML_NONE || !shape_closed(m, node, &shape_hand_over))
		return;
	*out = (struct hand_over_def){ .given = true,
		.from = yaml_str(yaml_get(node, S("from"))),
		.to = yaml_str(yaml_get(node, S("to"))),
		.by = yaml_str(yaml_get(node, S("by"))),
		.matters = yaml_str(yaml_get(node, S("matters"))),
		.left = yaml_str(yaml_get(node, S("left"))),
		.reason = yaml_str(yaml_get(node, S("reason"))) };
}

void
manner_load(
    struct cx *cx, struct messages *m, const struct yaml_node *node, struct action_def *a)
{
	const struct yaml_node *manner = yaml_get(node, S("manner"));
	const struct str name = yaml_str(manner);

	ids_load(cx, m, yaml_get(node, S("undoes")), &a->undoes);
	ids_load(cx, m, yaml_get(node, S("until")), &a->until);
	ids_load(cx, m, yaml_get(node, S("resumes")), &a->resumes);
	ids_load(cx, m, yaml_get(node, S("confirms")), &a->confirms);
	join_load(cx, m, yaml_get(node, S("join")), &a->join);
	hand_over_load(m, yaml_get(node, S("hands_over")), &a->hand_over);
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
want_actions(struct messages *m, const struct procedure_def *p,
    const struct action_def *a, const struct id_list *ids, const char *where)
{
	for (size_t i = 0; i < ids->n; i++)
		if (!action_find(p, ids->v[i]))
			message_put(m, a->line, 1, "%s：没有办理动作“%.*s”", where,
			    STR_ARG(ids->v[i]));
}

static void
want_clocks(struct messages *m, const struct procedure_def *p, const struct action_def *a,
    const struct id_list *ids, const char *where)
{
	for (size_t i = 0; i < ids->n; i++)
		if (!clock_find(p, ids->v[i]))
			message_put(m, a->line, 1, "%s：没有期限“%.*s”", where,
			    STR_ARG(ids->v[i]));
}

static void
names_check(struct messages *m, const struct procedure_def *p, const struct action_def *a)
{
	want_actions(m, p, a, &a->undoes, "undoes");
	want_actions(m, p, a, &a->until, "until");
	want_clocks(m, p, a, &a->resumes, "resumes");
	want_clocks(m, p, a, &a->confirms, "confirms");
	if (a->join.then.n && !stage_find(p, a->join.then))
		message_put(m, a->line, 1, "join：没有阶段“%.*s”", STR_ARG(a->join.then));
	for (size_t i = 0; i < a->confirms.n; i++) {
		const struct clock_def *c = clock_find(p, a->confirms.v[i]);

		if (c && !c->deemed.n)
			message_put(m, a->line, 1,
			    "confirms：期限“%.*s”届满没有视为的效果", STR_ARG(c->id));
	}
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

static void
plain_check(struct messages *m, const struct action_def *a)
{
	if (a->undoes.n || a->until.n)
		fault(m, a, "没有 manner，不能有 undoes、until");
	if (id_list_has(&a->by, S("actor")))
		fault(m, a, "没有 manner，不能由原办理人（actor）办理");
}

static bool
is_of_persons(const struct field *f)
{
	return f && f->type == FIELD_ENTRY && f->of.n == 1 &&
	       str_eq(f->of.v[0], S("persons"));
}

/* What is handed over is judged once all have confirmed it, so all must be asked. */
static void
hand_over_check(
    struct messages *m, const struct procedure_def *p, const struct action_def *a)
{
	const struct hand_over_def *h = &a->hand_over;
	const struct str persons[] = { h->from, h->to, h->by };
	const struct str lists[] = { h->matters, h->left };
	const struct field *reason = field_find(&p->fields, h->reason);

	if (!h->given)
		return;
	for (size_t i = 0; i < sizeof persons / sizeof *persons; i++)
		if (!is_of_persons(field_find(&p->fields, persons[i])))
			message_put(m, a->line, 1,
			    "hands_over：“%.*s”不是指向一名人员的字段",
			    STR_ARG(persons[i]));
	for (size_t i = 0; i < sizeof lists / sizeof *lists; i++) {
		const struct field *f = field_find(&p->fields, lists[i]);

		if (lists[i].n && (!f || f->type != FIELD_MATTERS))
			message_put(m, a->line, 1, "hands_over：“%.*s”不是事项清单的字段",
			    STR_ARG(lists[i]));
	}
	if (!reason || reason->type != FIELD_TEXT || reason->personal)
		message_put(m, a->line, 1, "hands_over：“%.*s”不是文字的字段",
		    STR_ARG(h->reason));
	if (!a->join.given || a->join.needs)
		fault(m, a, "是工作交接，须由几人全部确认（join）");
}

/* Who handles a matter is changed by the engine: the form is its field. */
static void
reassign_check(
    struct messages *m, const struct procedure_def *p, const struct action_def *a)
{
	if (!p->handlers.n)
		fault(m, a, "是改派，程序须有 handlers：承办人员所在的字段");
	else if (a->form.n != 1 || !str_eq(a->form.v[0].field, p->handlers) ||
		 a->form.v[0].optional)
		fault(m, a, "是改派，form 须为承办人员的字段");
}

void
manner_check(
    struct messages *m, const struct procedure_def *p, const struct action_def *a)
{
	names_check(m, p, a);
	hand_over_check(m, p, a);
	if (a->join.given && (a->at_new || a->manner != MANNER_PLAIN))
		fault(m, a, "是会签，不能是开始的动作，也不能有 manner");
	if (a->manner == MANNER_PLAIN) {
		plain_check(m, a);
		return;
	}
	if (!a->then.n && a->manner != MANNER_REASSIGN)
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
	if (a->manner == MANNER_REASSIGN)
		reassign_check(m, p, a);
}

void
handlers_check(struct messages *m, const struct procedure_def *p)
{
	const struct field *f = field_find(&p->fields, p->handlers);

	if (p->handlers.n && (!f || !field_is_reference(f)))
		message_put(
		    m, 1, 1, "handlers：“%.*s”不是指向人员的字段", STR_ARG(p->handlers));
}

static bool
clock_is_confirmed(const struct procedure_def *p, struct str clock)
{
	for (size_t i = 0; i < p->actions.n; i++)
		if (id_list_has(&p->actions.v[i].confirms, clock))
			return true;
	return false;
}

/* What the law deems is never made by the clock: a person makes it so. */
void
deemed_check(struct messages *m, const struct procedure_def *p, const struct clock_def *c)
{
	if (!c->deemed.n) {
		if (c->draft.n)
			message_put(m, c->line, 1, "lapse：有 draft 的，要有 deemed");
		return;
	}
	if (c->minimum || c->lapse_stage.n || c->lapse_set.n)
		message_put(m, c->line, 1,
		    "期限“%.*s”届满的效果由人确认，不能同时有 "
		    "then、set，也不能是最短期限",
		    STR_ARG(c->id));
	if (!clock_is_confirmed(p, c->id))
		message_put(m, c->line, 1,
		    "期限“%.*s”届满视为的效果没有动作确认（confirms）", STR_ARG(c->id));
}
