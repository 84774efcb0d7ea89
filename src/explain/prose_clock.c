/* The terms of a procedure in sentences: from when, how long, until what. */
#include "explain/prose.h"

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
put_term(struct prose *t, const struct clock_def *k)
{
	if (k->at && !k->has_term) {
		prose_condition(t, "至", k->at, "规定的日期");
		return;
	}
	if (k->term.term.is_backward) {
		prose_condition(t, "不迟于", k->at, "规定的日期之前");
		prose_fmt(t, "的%.*s", STR_ARG(term_words(t, &k->term)));
		return;
	}
	if (k->at)
		prose_condition(t, "自", k->at, "规定的日期");
	else
		prose_fmt(t, "自%s%.*s之日", k->restart ? "每次" : "",
		    STR_ARG(words_actions(&t->w, &k->from)));
	prose_fmt(
	    t, "起%s%.*s", k->minimum ? "至少" : "", STR_ARG(term_words(t, &k->term)));
}

/* What makes it longer, and what it costs to be late. */
static void
put_length(struct prose *t, const struct clock_def *k)
{
	for (size_t i = 0; i < k->pauses.n; i++)
		prose_fmt(t, "；%.*s未办结的日子不计入",
		    STR_ARG(words_child(&t->w, k->pauses.v[i])));
	for (size_t i = 0; i < k->stops.n; i++)
		prose_fmt(t, "；自%.*s至%.*s的日子不计入",
		    STR_ARG(words_actions(&t->w, &k->stops.v[i].from)),
		    STR_ARG(words_actions(&t->w, &k->stops.v[i].until)));
	for (size_t i = 0; i < k->extensions.n; i++)
		prose_fmt(t, "；%.*s的，延长%.*s，以一次为限",
		    STR_ARG(words_action(&t->w, k->extensions.v[i].action)),
		    STR_ARG(term_words(t, &k->extensions.v[i].more)));
	if (k->amount.of) {
		prose_condition(t, "；逾期每日按", k->amount.of, "规定的数额");
		prose_fmt(t, "的%lld/%lld计算数额", (long long)k->amount.parts,
		    (long long)k->amount.whole);
		prose_condition(t, "，不超过", k->amount.cap, "规定的上限");
	}
}

static void
put_clock(struct prose *t, const struct clock_def *k)
{
	prose_line(t, PROSE_ITEM);
	prose_fmt(t, "%.*s：", STR_ARG(k->title));
	put_term(t, k);
	if (k->before.n)
		prose_fmt(t, "，%s不得办理%.*s", k->minimum ? "期满前" : "期满后",
		    STR_ARG(words_actions(&t->w, &k->before)));
	if (k->until.n)
		prose_fmt(t, "，办理%.*s即止", STR_ARG(words_actions(&t->w, &k->until)));
	else if (!k->minimum && !k->before.n)
		prose_say(t, "，到办结为止");
	if (k->when)
		prose_condition(t, "；只适用于", k->when, "规定的情形");
	put_length(t, k);
	if (k->has_warn)
		prose_fmt(t, "；届满前%.*s提醒", STR_ARG(term_words(t, &k->warn)));
	if (k->lapse_stage.n)
		prose_fmt(t, "；届满后进入%.*s阶段",
		    STR_ARG(words_stage(&t->w, k->lapse_stage)));
	if (k->deemed.n)
		prose_fmt(t, "；届满后待人确认：%.*s", STR_ARG(k->deemed));
	prose_say(t, "。");
	prose_basis(t, k->basis);
}

void
prose_clocks(struct prose *t, const struct procedure_def *p)
{
	prose_heading(t, S("期限"));
	for (size_t i = 0; i < p->clocks.n; i++)
		put_clock(t, &p->clocks.v[i]);
}
