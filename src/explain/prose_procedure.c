/* A procedure in sentences: its stages, what may be done at each, by whom and when. */
#include "base/date.h"
#include "explain/prose.h"

/* What is said when it does not hold; the condition itself only for who reads law/. */
static void
put_rule(struct prose *t, const struct rule *r)
{
	prose_line(t, PROSE_POINT);
	prose_fmt(t, "%.*s。", STR_ARG(r->says));
	if (!t->w.plain) {
		if (r->when)
			prose_condition(t, "适用情形：", r->when, NULL);
		if (r->that)
			prose_condition(
			    t, r->when ? "；条件：" : "条件：", r->that, NULL);
		prose_say(t, "。");
	}
	prose_basis(t, r->basis);
	if (r->ways.n)
		prose_fmt(t, "不符合的，可以：%.*s。",
		    STR_ARG(str_replace(t->w.arena, r->ways, S(";"), S("；"))));
}

static void
put_stages_of(struct prose *t, const struct action_def *a)
{
	if (a->at_new) {
		prose_say(t, "开始时");
		return;
	}
	if (a->at_any) {
		prose_say(t, "办结前的任何阶段");
		return;
	}
	prose_say(t, "在");
	for (size_t i = 0; i < a->at.n; i++)
		prose_fmt(
		    t, "%s%.*s", i ? "、" : "", STR_ARG(words_stage(&t->w, a->at.v[i])));
	prose_say(t, "阶段");
}

static void
put_who(struct prose *t, const struct action_def *a)
{
	if (id_list_has(&a->by, S("system"))) {
		prose_say(t, "，由系统办理");
		return;
	}
	prose_fmt(
	    t, "，由享有%.*s职权的人员办理", STR_ARG(words_competences(&t->w, &a->by)));
	if (a->of)
		prose_condition(t, "，其岗位属于", a->of, "规定的单位");
	else if (a->of_any)
		prose_say(t, "，不限单位");
	else if (t->w.of->unit.n)
		prose_fmt(
		    t, "，其岗位属于%.*s", STR_ARG(words_field(&t->w, t->w.of->unit)));
	if (a->apart.n)
		prose_fmt(t, "；办理过%.*s的人不得办理",
		    STR_ARG(words_actions(&t->w, &a->apart)));
}

static void
put_form(struct prose *t, const struct action_def *a)
{
	if (!a->form.n)
		return;
	prose_line(t, PROSE_SUB);
	for (size_t i = 0; i < a->form.n; i++)
		prose_fmt(t, "%s%.*s%s", i ? "、" : "填写：",
		    STR_ARG(words_field(&t->w, a->form.v[i].field)),
		    a->form.v[i].optional ? "（可以不填）" : "");
	prose_say(t, "。");
}

/* What is printed on paper and taken from a block. */
static void
put_paper(struct prose *t, const struct action_def *a)
{
	for (size_t i = 0; i < a->form.n; i++) {
		const struct field *f = field_find(&t->w.of->fields, a->form.v[i].field);

		if (!f || !f->is_numbered)
			continue;
		prose_line(t, PROSE_SUB);
		prose_fmt(t, "%.*s填写“%.*s”上印的号码，",
		    STR_ARG(words_field(&t->w, f->id)),
		    STR_ARG(words_paper(&t->w, f->paper)));
		prose_say(t, "须在本单位领用的号段之内，每号只用一次，办理时记入号段。");
	}
}

/* What closing a hand-over moves. */
static void
put_hand_over(struct prose *t, const struct hand_over_def *d)
{
	if (!d->given)
		return;
	prose_line(t, PROSE_SUB);
	prose_fmt(t, "办结时交接：%.*s中由%.*s承办的各件改由%.*s承办，",
	    STR_ARG(words_field(&t->w, d->matters)), STR_ARG(words_field(&t->w, d->from)),
	    STR_ARG(words_field(&t->w, d->to)));
	prose_fmt(t, "%.*s除外；", STR_ARG(words_field(&t->w, d->left)));
	prose_say(t, "每一件都按它自己的规定核对，");
	prose_fmt(t, "%.*s须有权更换其承办人员，", STR_ARG(words_field(&t->w, d->by)));
	prose_say(t, "有一件不符合规定的，都不交接。");
}

/* 会签: who, how many of them, and what one refusal does. */
static void
put_join(struct prose *t, const struct join_def *j)
{
	if (!j->given)
		return;
	prose_line(t, PROSE_SUB);
	prose_say(t, "共同办理：");
	if (j->of)
		prose_condition(t, "", j->of, "规定的各方");
	else
		prose_say(t, "有职权的人员");
	if (j->needs)
		prose_fmt(t, "中有%lld个办理才算办结", (long long)j->needs);
	else
		prose_say(t, "全部办理才算办结，各办一次");
	if (j->refused)
		prose_condition(t, "；不同意的情形：", j->refused, NULL);
	if (j->then.n)
		prose_fmt(t, "，有一个不同意即进入%.*s阶段，从头办理",
		    STR_ARG(words_stage(&t->w, j->then)));
	else if (j->refused)
		prose_say(t, "，不同意的不计入");
	prose_say(t, "。");
}

/* 《决定书》, and from which series its number comes. */
static void
put_issued(struct prose *t, struct str document)
{
	const struct document_def *d = map_find(&t->w.defs->documents, document);

	prose_fmt(t, "；制发《%.*s》", STR_ARG(d ? d->title : document));
	if (!d || !d->number_holes.n)
		return;
	prose_say(t, "，文号按");
	if (d->number_per.n)
		prose_fmt(t, "%.*s和", STR_ARG(words_field(&t->w, d->number_per)));
	prose_say(t, "年度连续编排");
}

static void
put_turns(struct prose *t, const struct action_def *a)
{
	prose_line(t, PROSE_SUB);
	prose_say(t, "办理后");
	for (size_t i = 0; i < a->then.n; i++) {
		const struct turn *turn = &a->then.v[i];

		if (i)
			prose_say(t, "；");
		if (turn->when) {
			prose_condition(t, "", turn->when, "符合规定情形");
			prose_say(t, "的，");
		} else if (i) {
			prose_say(t, "其他情形");
		}
		prose_fmt(t, "进入%.*s阶段", STR_ARG(words_stage(&t->w, turn->stage)));
	}
	if (!a->then.n)
		prose_say(t, "阶段不变");
	for (size_t i = 0; i < a->opens.n; i++)
		prose_fmt(t, "；开启%.*s", STR_ARG(words_child(&t->w, a->opens.v[i])));
	if (a->issues.n)
		put_issued(t, a->issues);
	if (a->publishes.n)
		prose_fmt(
		    t, "；向社会公开%.*s", STR_ARG(words_fields(&t->w, &a->publishes)));
	if (a->undoes.n)
		prose_fmt(t, "；已经办理的%.*s不再有效",
		    STR_ARG(words_actions(&t->w, &a->undoes)));
	prose_say(t, "。");
}

static void
put_rules(struct prose *t, const char *title, const struct rule *rules, size_t n)
{
	if (!n)
		return;
	prose_line(t, PROSE_SUB);
	prose_say(t, title);
	for (size_t i = 0; i < n; i++)
		put_rule(t, &rules[i]);
}

static void
put_action(struct prose *t, const struct action_def *a)
{
	prose_line(t, PROSE_ITEM);
	prose_fmt(t, "%.*s：", STR_ARG(a->title));
	put_stages_of(t, a);
	put_who(t, a);
	prose_say(t, "。");
	prose_basis(t, a->basis);
	put_form(t, a);
	put_paper(t, a);
	put_join(t, &a->join);
	put_hand_over(t, &a->hand_over);
	put_rules(t, t->w.plain ? "办理条件，不符合的提示如下：" : "办理条件：",
	    a->require.v, a->require.n);
	put_rules(t, "只作提示：", a->warns.v, a->warns.n);
	put_turns(t, a);
}

static void
put_child(struct prose *t, const struct child_def *c)
{
	prose_line(t, PROSE_ITEM);
	prose_named(t, words_child(&t->w, c->kind), c->procedure);
	if (c->for_rows.n)
		prose_fmt(t, "：%.*s的每一行开启一件",
		    STR_ARG(words_field(&t->w, c->for_rows)));
	if (c->covers.n)
		prose_fmt(t, "。%.*s有改动的，正在办理的和已经通过的一并失效，须重新办理",
		    STR_ARG(words_fields(&t->w, &c->covers)));
	if (c->loose)
		prose_say(t, "，开启后各自办理");
	prose_say(t, "。");
}

static void
put_competence(struct prose *t, const struct id_list *by, const char *what)
{
	if (!by->n)
		return;
	prose_line(t, PROSE_ITEM);
	prose_fmt(
	    t, "享有%.*s职权的，可以%s。", STR_ARG(words_competences(&t->w, by)), what);
}

static void
put_stages(struct prose *t, const struct procedure_def *p)
{
	prose_heading(t, S("阶段"));
	prose_line(t, PROSE_PLAIN);
	for (size_t i = 0; i < p->stages.n; i++)
		prose_fmt(t, "%s%.*s%s", i ? "、" : "", STR_ARG(p->stages.v[i].title),
		    p->stages.v[i].final ? "（终结）" : "");
	prose_say(t, "。");
	if (p->handlers.n) {
		prose_line(t, PROSE_PLAIN);
		prose_fmt(t, "由%.*s承办；承办人员离岗的，通过工作交接移交。",
		    STR_ARG(words_field(&t->w, p->handlers)));
	}
	for (size_t i = 0; i < p->mandatory.n; i++) {
		prose_line(t, PROSE_PLAIN);
		prose_fmt(t, "进入%.*s阶段，必须经过%.*s。",
		    STR_ARG(words_stage(&t->w, p->mandatory.v[i].stage)),
		    STR_ARG(words_actions(&t->w, &p->mandatory.v[i].steps)));
		prose_basis(t, p->mandatory.v[i].basis);
	}
}

static const struct decision_def *
newest_table(const struct prose *t, struct str id)
{
	return defs_table(t->w.defs, id, IN_FORCE_END - 1);
}

/* From the rows of an entry that the matter names, by the columns it answers. */
static void
put_from_entry(struct prose *t, const struct procedure_def *p, const struct field *f)
{
	static const char *const held[] = {
		[MATCH_EQUAL] = "", [MATCH_FROM] = "达到", [MATCH_BELOW] = "不满"
	};
	struct str rows = f->table, chosen;
	const struct field *entry, *table = NULL;
	const struct register_def *r;

	str_split(&rows, S("."), &chosen);
	entry = field_find(&p->fields, chosen);
	r = entry && entry->of.n ? defs_register(t->w.defs, entry->of.v[0]) : NULL;
	if (r)
		table = field_find(&r->fields, rows);
	prose_fmt(t, "“%.*s”由%.*s的“%.*s”", STR_ARG(f->title),
	    STR_ARG(words_field(&t->w, chosen)), STR_ARG(table ? table->title : rows));
	for (size_t i = 0; table && i < f->with.n; i++) {
		const struct field *column = field_find(
		    &table->columns, f->with.v[i].input);

		if (column)
			prose_fmt(t, "%s%s“%.*s”", i ? "、" : "按",
			    held[f->with.v[i].match], STR_ARG(column->title));
	}
	prose_say(t, "查得，第一个符合的行为准。");
}

/* What nobody fills in, and the rows it comes from. A table that gives several fields is
 * said once. */
static void
put_computed(struct prose *t, const struct procedure_def *p)
{
	struct id_list said = { 0 };
	bool any = false;

	for (size_t i = 0; i < p->fields.n; i++) {
		const struct field *f = &p->fields.v[i];
		const struct decision_def *table = newest_table(t, f->table);

		if (!f->table.n)
			continue;
		if (!any)
			prose_heading(t, S("由决策表得出"));
		any = true;
		prose_line(t, PROSE_ITEM);
		if (str_has(f->table, S("."))) {
			put_from_entry(t, p, f);
			continue;
		}
		prose_fmt(t, "“%.*s”由决策表“", STR_ARG(f->title));
		prose_named(t, table ? table->title : f->table, f->table);
		prose_say(t, "”得出。");
		if (table)
			prose_basis(t, table->basis);
		if (!id_list_has(&said, f->table))
			*list_add(t->w.arena, &said) = f->table;
	}
	for (size_t i = 0; i < said.n; i++)
		if (newest_table(t, said.v[i]))
			prose_table_part(t, newest_table(t, said.v[i]));
}

/* The rules under which open matters go on under this edition. */
static void
put_transitions(struct prose *t, const struct procedure_def *p)
{
	for (size_t i = 0; i < t->w.defs->transitions.n; i++) {
		const struct transition_def *rule = t->w.defs->transitions.items[i].value;

		if (!rule->withdrawn && str_eq(rule->procedure, p->id))
			prose_transition_part(t, rule);
	}
}

static void
put_rest(struct prose *t, const struct procedure_def *p)
{
	prose_heading(t, S("查阅、更正和个人信息"));
	for (size_t i = 0; i < p->masks.n; i++) {
		const struct mask_def *m = &p->masks.v[i];

		prose_line(t, PROSE_ITEM);
		prose_fmt(t, "%.*s只有符合下列条件的岗位可以查阅：",
		    STR_ARG(words_fields(&t->w, &m->fields)));
		prose_condition(t, "", m->open, "负有查阅该项内容的职责");
		prose_say(t, "。");
		prose_basis(t, m->basis);
	}
	put_competence(t, &p->corrects, "更正已经填写的内容");
	put_competence(t, &p->unseals, "查看个人信息，每次查看都有记录");
	put_competence(t, &p->destroys, "依法销毁个人信息");
	if (t->number)
		return;
	prose_line(t, PROSE_PLAIN);
	prose_say(t, "没有规定。");
}

void
prose_procedure(struct prose *t, const struct procedure_def *p)
{
	t->w.of = p;
	t->w.fields = &p->fields;
	prose_line(t, PROSE_TITLE);
	prose_named(t, p->title, p->id);
	prose_line(t, PROSE_LEAD);
	prose_fmt(t, "自%.*s起施行。", STR_ARG(day_chinese(t->w.arena, p->from_day)));
	prose_basis(t, p->basis);
	put_stages(t, p);
	prose_heading(t, S("办理动作"));
	for (size_t i = 0; i < p->actions.n; i++)
		put_action(t, &p->actions.v[i]);
	if (p->gates.n)
		prose_heading(t, S("前置条件"));
	for (size_t i = 0; i < p->gates.n; i++) {
		prose_line(t, PROSE_ITEM);
		prose_fmt(t, "办理%.*s之前：",
		    STR_ARG(words_actions(&t->w, &p->gates.v[i].before)));
		put_rule(t, &p->gates.v[i].rule);
	}
	if (p->clocks.n)
		prose_clocks(t, p);
	if (p->children.n)
		prose_heading(t, S("子程序"));
	for (size_t i = 0; i < p->children.n; i++)
		put_child(t, &p->children.v[i]);
	put_computed(t, p);
	put_transitions(t, p);
	put_rest(t, p);
}

void
prose_register(struct prose *t, const struct register_def *r)
{
	t->w.fields = &r->fields;
	prose_line(t, PROSE_TITLE);
	prose_named(t, r->title, r->id);
	prose_line(t, PROSE_LEAD);
	prose_fmt(t, "享有%.*s职权的，可以登记、修改和终止条目。",
	    STR_ARG(words_competences(&t->w, &r->by)));
	prose_heading(t, S("字段"));
	for (size_t i = 0; i < r->fields.n; i++) {
		const struct field *f = &r->fields.v[i];

		prose_line(t, PROSE_ITEM);
		prose_fmt(t, "%.*s%s%s%s", STR_ARG(f->title),
		    f->required ? "，必须填写" : "", f->unique ? "，不得重复" : "",
		    f->personal ? "，个人信息，密封保存" : "");
	}
	if (r->rules.n)
		prose_heading(t, S("登记时须符合"));
	for (size_t i = 0; i < r->rules.n; i++)
		put_rule(t, &r->rules.v[i]);
}
