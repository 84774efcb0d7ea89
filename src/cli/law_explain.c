/*
 * law explain NAME: a procedure or a register in sentences that a lawyer can hold against
 * the statute. Every sentence is made from the definition; none is written by hand.
 */
#include <stdio.h>

#include "base/buf.h"
#include "base/date.h"
#include "cli/cli.h"
#include "cli/law.h"
#include "cli/law_explain_rule.h"
#include "cli/law_words.h"

struct prose {
	struct words w;
	struct buf b;
	int heading, number;
};

static void
heading(struct prose *t, const char *title)
{
	static const char *const numbers[] = { "一", "二", "三", "四", "五", "六", "七",
		"八", "九", "十" };

	buf_fmt(&t->b, "\n%s、%s\n", numbers[t->heading % 10], title);
	t->heading++;
	t->number = 0;
}

static void
put_basis(struct prose *t, struct str basis)
{
	const struct str cited = words_citations(&t->w, basis);

	if (cited.n)
		buf_fmt(&t->b, "依据：%.*s。", STR_ARG(cited));
}

static void
put_condition(struct prose *t, const char *before, const struct feel *e)
{
	const struct str said = words_condition(&t->w, e);

	buf_fmt(&t->b, "%s%.*s", before, STR_ARG(said));
}

static void
put_rule(struct prose *t, const struct rule *r)
{
	buf_fmt(&t->b, "     · %.*s。", STR_ARG(r->says));
	if (r->when)
		put_condition(t, "适用情形：", r->when);
	if (r->that)
		put_condition(t, r->when ? "；条件：" : "条件：", r->that);
	buf_put(&t->b, S("。"));
	put_basis(t, r->basis);
	if (r->ways.n)
		buf_fmt(&t->b, "不符合的，可以：%.*s。",
		    STR_ARG(str_replace(t->w.arena, r->ways, S(";"), S("；"))));
	buf_put_byte(&t->b, '\n');
}

static void
put_stages_of(struct prose *t, const struct action_def *a)
{
	if (a->at_new) {
		buf_put(&t->b, S("开始时"));
		return;
	}
	if (a->at_any) {
		buf_put(&t->b, S("办结前的任何阶段"));
		return;
	}
	buf_put(&t->b, S("在"));
	for (size_t i = 0; i < a->at.n; i++)
		buf_fmt(&t->b, "%s%.*s", i ? "、" : "",
		    STR_ARG(words_stage(&t->w, a->at.v[i])));
	buf_put(&t->b, S("阶段"));
}

static void
put_who(struct prose *t, const struct action_def *a)
{
	if (id_list_has(&a->by, S("system"))) {
		buf_put(&t->b, S("，由系统办理"));
		return;
	}
	buf_fmt(&t->b, "，由享有%.*s职权的人员办理",
	    STR_ARG(words_competences(&t->w, &a->by)));
	if (a->of)
		put_condition(t, "，其岗位属于", a->of);
	else if (a->of_any)
		buf_put(&t->b, S("，不限单位"));
	else if (t->w.of->unit.n)
		buf_fmt(&t->b, "，其岗位属于%.*s",
		    STR_ARG(words_field(&t->w, t->w.of->unit)));
	if (a->apart.n)
		buf_fmt(&t->b, "；办理过%.*s的人不得办理",
		    STR_ARG(words_actions(&t->w, &a->apart)));
}

static void
put_form(struct prose *t, const struct action_def *a)
{
	for (size_t i = 0; i < a->form.n; i++)
		buf_fmt(&t->b, "%s%.*s%s", i ? "、" : "     填写：",
		    STR_ARG(words_field(&t->w, a->form.v[i].field)),
		    a->form.v[i].optional ? "（可以不填）" : "");
	if (a->form.n)
		buf_put(&t->b, S("。\n"));
}

/* What is printed on paper and taken from a block, and what closing a hand-over moves. */
static void
put_paper(struct prose *t, const struct action_def *a)
{
	for (size_t i = 0; i < a->form.n; i++) {
		const struct field *f = field_find(&t->w.of->fields, a->form.v[i].field);

		if (f && f->is_numbered)
			buf_fmt(&t->b,
			    "     "
			    "%.*s填写“%.*"
			    "s”上印的号码，须在本单位领用的号段之内，每号只用一次，"
			    "办理时记入号段。\n",
			    STR_ARG(words_field(&t->w, f->id)),
			    STR_ARG(words_paper(&t->w, f->paper)));
	}
}

static void
put_hand_over(struct prose *t, const struct hand_over_def *d)
{
	if (!d->given)
		return;
	buf_fmt(&t->b,
	    "     "
	    "办结时交接：%.*s中由%.*s承办的各件改由%.*s承办，%.*"
	    "s的除外；每一件都按它自己的规定核对，"
	    "%.*s须有权更换其承办人员，有一件不符合规定的，都不交接。\n",
	    STR_ARG(words_field(&t->w, d->matters)), STR_ARG(words_field(&t->w, d->from)),
	    STR_ARG(words_field(&t->w, d->to)), STR_ARG(words_field(&t->w, d->left)),
	    STR_ARG(words_field(&t->w, d->by)));
}

/* 会签: who, how many of them, and what one refusal does. */
static void
put_join(struct prose *t, const struct join_def *j)
{
	if (!j->given)
		return;
	buf_put(&t->b, S("     共同办理："));
	if (j->of)
		put_condition(t, "", j->of);
	else
		buf_put(&t->b, S("有职权的人员"));
	if (j->needs)
		buf_fmt(&t->b, "中有%lld个办理才算办结", (long long)j->needs);
	else
		buf_put(&t->b, S("全部办理才算办结，各办一次"));
	if (j->refused)
		put_condition(t, "；不同意的情形：", j->refused);
	if (j->then.n)
		buf_fmt(&t->b, "，有一个不同意即进入%.*s阶段，从头办理",
		    STR_ARG(words_stage(&t->w, j->then)));
	else if (j->refused)
		buf_put(&t->b, S("，不同意的不计入"));
	buf_put(&t->b, S("。\n"));
}

/* 《决定书》, and from which series its number comes. */
static void
put_issued(struct prose *t, struct str document)
{
	const struct document_def *d = map_find(&t->w.defs->documents, document);

	buf_fmt(&t->b, "；制发《%.*s》", STR_ARG(d ? d->title : document));
	if (!d || !d->number_holes.n)
		return;
	buf_put(&t->b, S("，文号按"));
	if (d->number_per.n)
		buf_fmt(&t->b, "%.*s和", STR_ARG(words_field(&t->w, d->number_per)));
	buf_put(&t->b, S("年度连续编排"));
}

static void
put_turns(struct prose *t, const struct action_def *a)
{
	buf_put(&t->b, S("     办理后"));
	for (size_t i = 0; i < a->then.n; i++) {
		const struct turn *turn = &a->then.v[i];

		if (i)
			buf_put(&t->b, S("；"));
		if (turn->when)
			put_condition(t, "", turn->when);
		if (turn->when)
			buf_put(&t->b, S("的，"));
		else if (i)
			buf_put(&t->b, S("其他情形"));
		buf_fmt(&t->b, "进入%.*s阶段", STR_ARG(words_stage(&t->w, turn->stage)));
	}
	if (!a->then.n)
		buf_put(&t->b, S("阶段不变"));
	for (size_t i = 0; i < a->opens.n; i++)
		buf_fmt(&t->b, "；开启%.*s", STR_ARG(words_child(&t->w, a->opens.v[i])));
	if (a->issues.n)
		put_issued(t, a->issues);
	if (a->publishes.n)
		buf_fmt(&t->b, "；向社会公开%.*s",
		    STR_ARG(words_fields(&t->w, &a->publishes)));
	if (a->undoes.n)
		buf_fmt(&t->b, "；已经办理的%.*s不再有效",
		    STR_ARG(words_actions(&t->w, &a->undoes)));
	buf_put(&t->b, S("。\n"));
}

static void
put_action(struct prose *t, const struct action_def *a)
{
	buf_fmt(&t->b, "  %d. %.*s：", ++t->number, STR_ARG(a->title));
	put_stages_of(t, a);
	put_who(t, a);
	buf_put(&t->b, S("。"));
	put_basis(t, a->basis);
	buf_put_byte(&t->b, '\n');
	put_form(t, a);
	put_paper(t, a);
	put_join(t, &a->join);
	put_hand_over(t, &a->hand_over);
	if (a->require.n)
		buf_put(&t->b, S("     办理条件：\n"));
	for (size_t i = 0; i < a->require.n; i++)
		put_rule(t, &a->require.v[i]);
	if (a->warns.n)
		buf_put(&t->b, S("     只作提示：\n"));
	for (size_t i = 0; i < a->warns.n; i++)
		put_rule(t, &a->warns.v[i]);
	put_turns(t, a);
}

/* 90日; where a parameter gives the number: its title and what it is by default. */
static struct str
term_words(struct prose *t, const struct term_def *d)
{
	const struct parameter_def *p = map_find(&t->w.defs->parameters, d->parameter);
	struct term term = d->term;

	if (p)
		term.number = p->value;
	return p ? str_fmt(t->w.arena, "%.*s（参数“%.*s”，可以在%lld至%lld之间确定）",
		       STR_ARG(term_text(t->w.arena, &term)), STR_ARG(p->title),
		       (long long)p->from, (long long)p->to)
		 : term_text(t->w.arena, &term);
}

/* Where the counting begins and where it ends. */
static void
put_clock_term(struct prose *t, const struct clock_def *k)
{
	if (k->at && !k->has_term) {
		put_condition(t, "至", k->at);
		return;
	}
	if (k->term.term.is_backward) {
		put_condition(t, "不迟于", k->at);
		buf_fmt(&t->b, "的%.*s", STR_ARG(term_words(t, &k->term)));
		return;
	}
	if (k->at)
		put_condition(t, "自", k->at);
	else
		buf_fmt(&t->b, "自%s%.*s之日", k->restart ? "每次" : "",
		    STR_ARG(words_actions(&t->w, &k->from)));
	buf_fmt(&t->b, "起%s%.*s", k->minimum ? "至少" : "",
	    STR_ARG(term_words(t, &k->term)));
}

/* What makes it longer, and what it costs to be late. */
static void
put_clock_length(struct prose *t, const struct clock_def *k)
{
	for (size_t i = 0; i < k->pauses.n; i++)
		buf_fmt(&t->b, "；%.*s未办结的日子不计入",
		    STR_ARG(words_child(&t->w, k->pauses.v[i])));
	for (size_t i = 0; i < k->stops.n; i++)
		buf_fmt(&t->b, "；自%.*s至%.*s的日子不计入",
		    STR_ARG(words_actions(&t->w, &k->stops.v[i].from)),
		    STR_ARG(words_actions(&t->w, &k->stops.v[i].until)));
	for (size_t i = 0; i < k->extensions.n; i++)
		buf_fmt(&t->b, "；%.*s的，延长%.*s，以一次为限",
		    STR_ARG(words_action(&t->w, k->extensions.v[i].action)),
		    STR_ARG(term_words(t, &k->extensions.v[i].more)));
	if (k->amount.of) {
		put_condition(t, "；逾期每日按", k->amount.of);
		buf_fmt(&t->b, "的%lld/%lld计算数额", (long long)k->amount.parts,
		    (long long)k->amount.whole);
		put_condition(t, "，不超过", k->amount.cap);
	}
}

static void
put_clock(struct prose *t, const struct clock_def *k)
{
	buf_fmt(&t->b, "  %d. %.*s：", ++t->number, STR_ARG(k->title));
	put_clock_term(t, k);
	if (k->before.n)
		buf_fmt(&t->b, "，%s不得办理%.*s", k->minimum ? "期满前" : "期满后",
		    STR_ARG(words_actions(&t->w, &k->before)));
	if (k->until.n)
		buf_fmt(
		    &t->b, "，办理%.*s即止", STR_ARG(words_actions(&t->w, &k->until)));
	else if (!k->minimum && !k->before.n)
		buf_put(&t->b, S("，到办结为止"));
	if (k->when)
		put_condition(t, "；只适用于", k->when);
	put_clock_length(t, k);
	if (k->has_warn)
		buf_fmt(&t->b, "；届满前%.*s提醒", STR_ARG(term_words(t, &k->warn)));
	if (k->lapse_stage.n)
		buf_fmt(&t->b, "；届满后进入%.*s阶段",
		    STR_ARG(words_stage(&t->w, k->lapse_stage)));
	if (k->deemed.n)
		buf_fmt(&t->b, "；届满后待人确认：%.*s", STR_ARG(k->deemed));
	buf_put(&t->b, S("。"));
	put_basis(t, k->basis);
	buf_put_byte(&t->b, '\n');
}

static void
put_child(struct prose *t, const struct child_def *c)
{
	buf_fmt(&t->b, "  %d. %.*s（%.*s）", ++t->number,
	    STR_ARG(words_child(&t->w, c->kind)), STR_ARG(c->procedure));
	if (c->for_rows.n)
		buf_fmt(&t->b, "：%.*s的每一行开启一件",
		    STR_ARG(words_field(&t->w, c->for_rows)));
	if (c->covers.n)
		buf_fmt(&t->b,
		    "。%.*s有改动的，正在办理的和已经通过的一并失效，须重新办理",
		    STR_ARG(words_fields(&t->w, &c->covers)));
	if (c->loose)
		buf_put(&t->b, S("，开启后各自办理"));
	buf_put(&t->b, S("。\n"));
}

static void
put_competence(struct prose *t, const struct id_list *by, const char *what)
{
	if (by->n)
		buf_fmt(&t->b, "  %d. 享有%.*s职权的，可以%s。\n", ++t->number,
		    STR_ARG(words_competences(&t->w, by)), what);
}

static void
put_stages(struct prose *t, const struct procedure_def *p)
{
	heading(t, "阶段");
	buf_put(&t->b, S("  "));
	for (size_t i = 0; i < p->stages.n; i++)
		buf_fmt(&t->b, "%s%.*s%s", i ? "、" : "", STR_ARG(p->stages.v[i].title),
		    p->stages.v[i].final ? "（终结）" : "");
	buf_put(&t->b, S("。\n"));
	if (p->handlers.n)
		buf_fmt(&t->b, "  由%.*s承办；承办人员离岗的，通过工作交接移交。\n",
		    STR_ARG(words_field(&t->w, p->handlers)));
	for (size_t i = 0; i < p->mandatory.n; i++) {
		buf_fmt(&t->b, "  进入%.*s阶段，必须经过%.*s。",
		    STR_ARG(words_stage(&t->w, p->mandatory.v[i].stage)),
		    STR_ARG(words_actions(&t->w, &p->mandatory.v[i].steps)));
		put_basis(t, p->mandatory.v[i].basis);
		buf_put(&t->b, S("\n"));
	}
}

/* What nobody fills in. */
static void
put_computed(struct prose *t, const struct procedure_def *p)
{
	bool any = false;

	for (size_t i = 0; i < p->fields.n; i++) {
		const struct field *f = &p->fields.v[i];
		const struct decision_def *table = defs_table(
		    t->w.defs, f->table, IN_FORCE_END - 1);

		if (!f->table.n)
			continue;
		if (!any)
			heading(t, "由决策表得出");
		any = true;
		buf_fmt(&t->b, "  %d. “%.*s”由决策表“%.*s”（%.*s）得出。", ++t->number,
		    STR_ARG(f->title), STR_ARG(table ? table->title : f->table),
		    STR_ARG(f->table));
		if (table)
			put_basis(t, table->basis);
		buf_put_byte(&t->b, '\n');
	}
}

/* The rules under which open matters go on under this edition. */
static void
put_transitions(struct prose *t, const struct procedure_def *p)
{
	bool any = false;

	for (size_t i = 0; i < t->w.defs->transitions.n; i++) {
		const struct transition_def *rule = t->w.defs->transitions.items[i].value;

		if (rule->withdrawn || !str_eq(rule->procedure, p->id))
			continue;
		if (!any)
			heading(t, "过渡规则");
		any = true;
		buf_fmt(&t->b, "  %d. %.*s（%.*s）。", ++t->number, STR_ARG(rule->title),
		    STR_ARG(rule->id));
		put_basis(t, rule->basis);
		buf_put_byte(&t->b, '\n');
	}
}

static void
put_rest(struct prose *t, const struct procedure_def *p)
{
	heading(t, "查阅、更正和个人信息");
	for (size_t i = 0; i < p->masks.n; i++) {
		const struct mask_def *m = &p->masks.v[i];

		buf_fmt(&t->b, "  %d. %.*s只有符合下列条件的岗位可以查阅：", ++t->number,
		    STR_ARG(words_fields(&t->w, &m->fields)));
		put_condition(t, "", m->open);
		buf_put(&t->b, S("。"));
		put_basis(t, m->basis);
		buf_put_byte(&t->b, '\n');
	}
	put_competence(t, &p->corrects, "更正已经填写的内容");
	put_competence(t, &p->unseals, "查看个人信息，每次查看都有记录");
	put_competence(t, &p->destroys, "依法销毁个人信息");
	if (!t->number)
		buf_put(&t->b, S("  没有规定。\n"));
}

static void
put_procedure(struct prose *t, const struct procedure_def *p)
{
	buf_fmt(&t->b, "%.*s（%.*s）\n自%.*s起施行。", STR_ARG(p->title), STR_ARG(p->id),
	    STR_ARG(day_chinese(t->w.arena, p->from_day)));
	put_basis(t, p->basis);
	buf_put_byte(&t->b, '\n');
	put_stages(t, p);
	heading(t, "办理动作");
	for (size_t i = 0; i < p->actions.n; i++)
		put_action(t, &p->actions.v[i]);
	if (p->gates.n)
		heading(t, "前置条件");
	for (size_t i = 0; i < p->gates.n; i++) {
		buf_fmt(&t->b, "  %d. 办理%.*s之前：\n", ++t->number,
		    STR_ARG(words_actions(&t->w, &p->gates.v[i].before)));
		put_rule(t, &p->gates.v[i].rule);
	}
	if (p->clocks.n)
		heading(t, "期限");
	for (size_t i = 0; i < p->clocks.n; i++)
		put_clock(t, &p->clocks.v[i]);
	if (p->children.n)
		heading(t, "子程序");
	for (size_t i = 0; i < p->children.n; i++)
		put_child(t, &p->children.v[i]);
	put_computed(t, p);
	put_transitions(t, p);
	put_rest(t, p);
}

static void
put_register(struct prose *t, const struct register_def *r)
{
	buf_fmt(&t->b, "%.*s（%.*s）\n享有%.*s职权的，可以登记、修改和终止条目。\n",
	    STR_ARG(r->title), STR_ARG(r->id), STR_ARG(words_competences(&t->w, &r->by)));
	heading(t, "字段");
	for (size_t i = 0; i < r->fields.n; i++) {
		const struct field *f = &r->fields.v[i];

		buf_fmt(&t->b, "  %d. %.*s%s%s%s\n", ++t->number, STR_ARG(f->title),
		    f->required ? "，必须填写" : "", f->unique ? "，不得重复" : "",
		    f->personal ? "，个人信息，密封保存" : "");
	}
	if (r->rules.n)
		heading(t, "登记时须符合");
	for (size_t i = 0; i < r->rules.n; i++)
		put_rule(t, &r->rules.v[i]);
}

static enum err
explain(struct cx *cx, const struct law_options *o)
{
	struct prose t = { .w = { .arena = cx->arena }, .b = { .arena = cx->arena } };
	struct source_list sources = { 0 };
	struct defs *defs;

	TRY(law_read(cx, o->dir, &sources, &defs));
	t.w.defs = defs;
	if (defs_procedure(defs, o->name)) {
		t.w.of = defs_procedure(defs, o->name);
		t.w.fields = &t.w.of->fields;
		put_procedure(&t, t.w.of);
	} else if (defs_register(defs, o->name)) {
		t.w.fields = &defs_register(defs, o->name)->fields;
		put_register(&t, defs_register(defs, o->name));
	} else if (defs_table(defs, o->name, IN_FORCE_END - 1)) {
		explain_table(&t.b, &t.w, defs_table(defs, o->name, IN_FORCE_END - 1));
	} else if (map_find(&defs->transitions, o->name)) {
		explain_transition(&t.b, &t.w, map_find(&defs->transitions, o->name));
	} else {
		return fail(cx, ERR_INPUT, "没有程序、名录、决策表或者过渡规则“%.*s”",
		    STR_ARG(o->name));
	}
	printf("%.*s", STR_ARG(buf_str(&t.b)));
	return ERR_OK;
}

int
cli_law_explain(struct cx *cx, int argc, char **argv)
{
	struct law_options o;
	enum err err = law_options_read(cx, argc, argv, &o);

	if (err == ERR_OK)
		err = explain(cx, &o);
	return err == ERR_OK ? 0 : cli_failed(cx, err);
}
