/*
 * What only the whole of a definition shows: names that lead nowhere, stages that cannot
 * be reached or left, gates and clocks over actions that do not exist.
 */
#include "procedure/check.h"

#include "procedure/parts.h"

static void
want_field(struct checking *c, struct str id, int line, const char *where)
{
	if (id.n && !field_find(&c->p->fields, id))
		message_put(c->m, line, 1, "%s：没有字段“%.*s”", where, STR_ARG(id));
}

static void
want_action(struct checking *c, struct str id, int line, const char *where)
{
	if (!action_find(c->p, id))
		message_put(c->m, line, 1, "%s：没有办理动作“%.*s”", where, STR_ARG(id));
}

static void
want_actions(struct checking *c, const struct id_list *ids, int line, const char *where)
{
	for (size_t i = 0; i < ids->n; i++)
		want_action(c, ids->v[i], line, where);
}

static void
want_stage(struct checking *c, struct str id, int line, const char *where)
{
	if (!stage_find(c->p, id))
		message_put(c->m, line, 1, "%s：没有阶段“%.*s”", where, STR_ARG(id));
}

/* A condition that asks for no fact and is not true can never hold. */
static void
want_satisfiable(struct checking *c, const struct rule *r)
{
	struct feel_run run = { .arena = c->cx->arena, .strict = true };
	struct feel_name_list asked = { 0 };
	struct value v;

	if (!r->that)
		return;
	feel_names(c->cx->arena, r->that, &asked);
	feel_calls(c->cx->arena, r->that, &asked);
	if (asked.n)
		return;
	v = feel_eval(&run, r->that);
	if (!value_true(&v))
		message_put(
		    c->m, r->line, 1, "规则“%.*s”的条件永远不能满足", STR_ARG(r->id));
}

/* What a page may hide from officials is not for everybody. */
static void
check_published(struct checking *c, const struct action_def *a, const struct field *f)
{
	bool sealed = f->personal;

	for (size_t i = 0; i < f->columns.n; i++)
		sealed |= f->columns.v[i].personal;
	if (sealed)
		message_put(c->m, a->line, 1, "publishes：“%.*s”是个人信息，不得公开",
		    STR_ARG(f->id));
	if (procedure_masks(c->p, f->id))
		message_put(c->m, a->line, 1, "publishes：“%.*s”限制查阅，不得公开",
		    STR_ARG(f->id));
}

static void
check_form(struct checking *c, const struct action_def *a)
{
	for (size_t i = 0; i < a->form.n; i++)
		want_field(c, a->form.v[i].field, a->line, "form");
	for (size_t i = 0; i < a->publishes.n; i++) {
		const struct field *f = field_find(&c->p->fields, a->publishes.v[i]);

		want_field(c, a->publishes.v[i], a->line, "publishes");
		if (f)
			check_published(c, a, f);
	}
	for (size_t i = 0; i < a->set.n; i++) {
		const struct field *f = field_find(&c->p->fields, a->set.v[i].field);

		want_field(c, a->set.v[i].field, a->set.v[i].line, "set");
		if (f && f->personal)
			message_put(
			    c->m, a->set.v[i].line, 1, "set：个人信息不能由规则算出");
	}
	for (size_t i = 0; i < a->require.n; i++) {
		want_field(c, a->require.v[i].field, a->require.v[i].line, "field");
		want_satisfiable(c, &a->require.v[i]);
	}
}

static void
check_action(struct checking *c, const struct action_def *a)
{
	check_form(c, a);
	for (size_t i = 0; i < a->at.n; i++) {
		const struct stage_def *s = stage_find(c->p, a->at.v[i]);

		want_stage(c, a->at.v[i], a->line, "at");
		if (s && s->final && a->manner != MANNER_REOPEN)
			message_put(c->m, a->line, 1, "at：“%.*s”是终结阶段，不能再办理",
			    STR_ARG(s->id));
	}
	for (size_t i = 0; i < a->then.n; i++)
		want_stage(c, a->then.v[i].stage, a->line, "then");
	if (a->at_new && !a->then.n)
		message_put(
		    c->m, a->line, 1, "“%.*s”是开始的动作，须有 then", STR_ARG(a->id));
	want_actions(c, &a->apart, a->line, "apart");
	manner_check(c->m, c->p, a);
	for (size_t i = 0; i < a->opens.n; i++)
		if (!child_find(c->p, a->opens.v[i]))
			message_put(c->m, a->line, 1, "opens：没有子程序“%.*s”",
			    STR_ARG(a->opens.v[i]));
}

static void
check_clock(struct checking *c, const struct clock_def *k)
{
	want_actions(c, &k->from, k->line, "from");
	want_actions(c, &k->until, k->line, "until");
	want_actions(c, &k->before, k->line, "before");
	if (k->minimum && !k->before.n)
		message_put(
		    c->m, k->line, 1, "最短期限“%.*s”缺少 before", STR_ARG(k->id));
	if (!k->id.n || !k->title.n)
		message_put(c->m, k->line, 1, "期限须有 id 和 title");
	clock_check(c->m, c->p, k);
	if (k->term.term.unit == TERM_HOURS && k->has_term && k->has_warn)
		message_put(c->m, k->line, 1, "期限“%.*s”按小时连续计算，不能有 warn",
		    STR_ARG(k->id));
	if (k->has_warn && k->warn.term.unit == TERM_HOURS)
		message_put(
		    c->m, k->line, 1, "期限“%.*s”的提醒不能按小时", STR_ARG(k->id));
	deemed_check(c->m, c->p, k);
	if (k->lapse_stage.n)
		want_stage(c, k->lapse_stage, k->line, "lapse");
	for (size_t i = 0; i < k->lapse_set.n; i++)
		want_field(c, k->lapse_set.v[i].field, k->lapse_set.v[i].line, "lapse");
	for (size_t i = 0; i < k->pauses.n; i++)
		if (!child_find(c->p, k->pauses.v[i]))
			message_put(c->m, k->line, 1, "pauses：没有子程序“%.*s”",
			    STR_ARG(k->pauses.v[i]));
}

static void
check_opened(struct checking *c, const struct child_def *k)
{
	for (size_t i = 0; i < c->p->actions.n; i++)
		if (id_list_has(&c->p->actions.v[i].opens, k->kind))
			return;
	message_put(c->m, k->line, 1, "子程序“%.*s”没有办理动作开启", STR_ARG(k->kind));
}

static void
check_children(struct checking *c)
{
	for (size_t i = 0; i < c->p->children.n; i++) {
		const struct child_def *k = &c->p->children.v[i];
		const struct field *rows = field_find(&c->p->fields, k->for_rows);

		check_opened(c, k);
		for (size_t f = 0; f < k->covers.n; f++)
			want_field(c, k->covers.v[f], k->covers.line, "covers");
		want_field(c, k->for_rows, k->line, "for");
		if (rows && rows->type != FIELD_ROWS)
			message_put(
			    c->m, k->line, 1, "for：“%.*s”不是行表", STR_ARG(rows->id));
	}
}

static void
never_set(struct checking *c, const struct field *f, const struct set_def_list *set)
{
	for (size_t i = 0; i < set->n; i++)
		if (str_eq(set->v[i].field, f->id))
			message_put(c->m, set->v[i].line, 1,
			    "字段“%.*s”是印在纸上的号码，不能由规则设定", STR_ARG(f->id));
}

/* A printed number is filled in by who holds the paper, for the unit that was given it.
 */
static void
check_numbered(struct checking *c, const struct field *f)
{
	if (!c->p->unit.n)
		message_put(c->m, f->line, f->column,
		    "字段“%.*s”登记印制号码，程序要写明承办单位 unit", STR_ARG(f->id));
	for (size_t i = 0; i < c->p->actions.n; i++)
		never_set(c, f, &c->p->actions.v[i].set);
	for (size_t i = 0; i < c->p->clocks.n; i++)
		never_set(c, f, &c->p->clocks.v[i].lapse_set);
}

static void
want_once(struct checking *c, struct id_list *seen, struct str id, int line)
{
	if (id_list_has(seen, id))
		message_put(c->m, line, 1, "“%.*s”写了两次", STR_ARG(id));
	*list_add(c->cx->arena, seen) = id;
}

/* What lists name by an id must be told apart: in refusals, doubts and states. */
static void
check_twice(struct checking *c)
{
	const struct procedure_def *p = c->p;
	struct id_list gates = { 0 }, clocks = { 0 }, masks = { 0 };

	for (size_t i = 0; i < p->actions.n; i++) {
		const struct action_def *a = &p->actions.v[i];
		struct id_list rules = { 0 }, form = { 0 };

		for (size_t k = 0; k < a->require.n; k++)
			want_once(c, &rules, a->require.v[k].id, a->require.v[k].line);
		for (size_t k = 0; k < a->form.n; k++)
			want_once(c, &form, a->form.v[k].field, a->line);
	}
	for (size_t i = 0; i < p->gates.n; i++)
		want_once(c, &gates, p->gates.v[i].rule.id, p->gates.v[i].rule.line);
	for (size_t i = 0; i < p->clocks.n; i++)
		want_once(c, &clocks, p->clocks.v[i].id, p->clocks.v[i].line);
	for (size_t i = 0; i < p->masks.n; i++)
		want_once(c, &masks, p->masks.v[i].id, p->masks.v[i].line);
}

static bool
has_faults(const struct messages *m, struct str file)
{
	for (size_t i = 0; i < m->n; i++)
		if (str_eq(m->v[i].file, file))
			return true;
	return false;
}

void
procedure_check(struct cx *cx, struct messages *m, const struct procedure_def *p)
{
	struct checking c = { .cx = cx, .m = m, .p = p };
	bool opens = false;

	if (!p->title.n)
		message_put(m, 1, 1, "程序缺少标题 title");
	for (size_t i = 0; i < p->actions.n; i++) {
		check_action(&c, &p->actions.v[i]);
		opens |= p->actions.v[i].at_new;
	}
	if (!opens)
		message_put(m, 1, 1, "程序没有开始的办理动作 at: new");
	for (size_t i = 0; i < p->gates.n; i++) {
		want_actions(
		    &c, &p->gates.v[i].before, p->gates.v[i].rule.line, "before");
		want_satisfiable(&c, &p->gates.v[i].rule);
	}
	for (size_t i = 0; i < p->clocks.n; i++)
		check_clock(&c, &p->clocks.v[i]);
	for (size_t i = 0; i < p->masks.n; i++)
		for (size_t f = 0; f < p->masks.v[i].fields.n; f++)
			want_field(
			    &c, p->masks.v[i].fields.v[f], p->masks.v[i].line, "masks");
	for (size_t i = 0; i < p->fields.n; i++)
		if (p->fields.v[i].is_numbered)
			check_numbered(&c, &p->fields.v[i]);
	handlers_check(m, p);
	want_actions(&c, &p->registers, p->registers.line, "registers");
	check_twice(&c);
	check_children(&c);
	if (has_faults(m, p->file))
		return; /* what follows from a fault is not told beside it */
	check_graph(&c);
	check_order(&c);
	check_mandatory(&c);
}
