/* A row of a table is one sentence, with its article; so is each part of a rule. */
#include "cli/law_explain_rule.h"

#include "base/date.h"
#include "lang/feel_part.h"
#include "lang/feel_tree.h"

static void
put_basis(struct buf *b, const struct words *w, struct str basis)
{
	const struct str cited = words_citations(w, basis);

	if (cited.n)
		buf_fmt(b, "依据：%.*s。", STR_ARG(cited));
}

/* --- decision tables --- */

static const char *
hit_words(enum feel_hit hit)
{
	switch (hit) {
	case HIT_UNIQUE:
		return "至多有一行符合";
	case HIT_ANY:
		return "符合的各行结果相同";
	case HIT_FIRST:
		return "依次看，第一个符合的行为准";
	case HIT_PRIORITY:
		return "符合的各行中，结果次序在前的为准";
	case HIT_OUTPUT_ORDER:
		return "符合的各行，按结果的次序全部列出";
	case HIT_RULE_ORDER:
		return "符合的各行，按行的次序全部列出";
	case HIT_COLLECT:
		return "符合的各行全部列出";
	case HIT_SUM:
		return "符合的各行相加";
	case HIT_MIN:
		return "取符合的各行中最小的";
	case HIT_MAX:
		return "取符合的各行中最大的";
	case HIT_COUNT:
		return "符合的行数";
	}
	return "";
}

static void
put_option(struct buf *b, const struct field *f, const struct feel *e)
{
	if (e->kind == F_LITERAL && e->value.kind == V_TEXT)
		buf_put(b, choice_title(f, e->value.s));
	else if (e->kind == F_LITERAL && e->value.kind == V_BOOL)
		buf_put(b, value_true(&e->value) ? S("是") : S("否"));
	else
		buf_put(b, feel_text(e));
}

static void
put_test(struct buf *b, const struct field *f, const struct feel *e)
{
	buf_fmt(b, "“%.*s”", STR_ARG(f->title));
	if (f->type != FIELD_CHOICE) {
		buf_fmt(b, "符合 %.*s ", STR_ARG(feel_text(e)));
		return;
	}
	buf_put(b, S("为"));
	for (size_t i = 0; i < e->n; i++) {
		buf_put(b, i ? S("、“") : S("“"));
		put_option(b, f, e->kids[i]);
		buf_put(b, S("”"));
	}
}

/* An input that asks nothing is not named. */
static bool
asks(const struct field *f, const struct feel *e)
{
	if (f->type == FIELD_CHOICE)
		return e->n > 0;
	return feel_text(e).n && !str_eq(feel_text(e), S("-"));
}

static void
put_results(
    struct buf *b, const struct decision_def *t, const struct feel *const *results)
{
	for (size_t i = 0; i < t->outputs.n; i++) {
		buf_fmt(b, "%s“%.*s”为", i ? "，" : "", STR_ARG(t->outputs.v[i].title));
		put_option(b, &t->outputs.v[i], results[i]);
	}
}

static void
put_row(struct buf *b, const struct words *w, const struct decision_def *t, size_t row)
{
	bool any = false;

	buf_fmt(b, "  %zu. ", row + 1);
	for (size_t i = 0; i < t->inputs.n; i++) {
		if (!asks(&t->inputs.v[i], t->rows[row].tests[i]))
			continue;
		buf_put(b, any ? S("，并且") : S(""));
		put_test(b, &t->inputs.v[i], t->rows[row].tests[i]);
		any = true;
	}
	buf_put(b, any ? S("的，") : S("任何情形，"));
	put_results(b, t, t->rows[row].results);
	buf_put(b, S("。"));
	put_basis(b, w, t->notes.v[row].basis);
	buf_put_byte(b, '\n');
}

void
explain_table(struct buf *b, const struct words *w, const struct decision_def *t)
{
	buf_fmt(b, "%.*s（%.*s）\n自%.*s起施行。", STR_ARG(t->title), STR_ARG(t->id),
	    STR_ARG(day_chinese(w->arena, t->from_day)));
	put_basis(b, w, t->basis);
	buf_fmt(b, "\n决策表：%s。\n\n", hit_words(t->table.hit));
	for (size_t i = 0; i < t->table.n_rows; i++)
		put_row(b, w, t, i);
	for (size_t i = 0; i < t->outputs.n; i++) {
		if (!t->table.outputs[i].fallback)
			continue;
		buf_fmt(b, "  其他情形，“%.*s”为", STR_ARG(t->outputs.v[i].title));
		put_option(b, &t->outputs.v[i], t->table.outputs[i].fallback);
		buf_put(b, S("。\n"));
	}
	if (t->gap.n)
		buf_fmt(b, "  没有一行符合的例子：%.*s。\n", STR_ARG(t->gap));
}

/* --- transitional rules --- */

static const struct procedure_def *
old_edition(const struct defs *d, const struct transition_def *t)
{
	const struct procedure_def *found = NULL;

	for (size_t i = 0; i < d->editions.n; i++) {
		const struct procedure_def *p = d->editions.items[i].value;

		if (p != defs_procedure(d, t->procedure) && transition_leaves(t, p))
			found = p;
	}
	return found;
}

static struct str
clock_words(
    const struct procedure_def *old, const struct procedure_def *fresh, struct str id)
{
	const struct clock_def *k = clock_find(fresh, id);

	if (!k && old)
		k = clock_find(old, id);
	return k ? k->title : id;
}

static void
put_stage_moves(struct buf *b, const struct transition_def *t,
    const struct procedure_def *old, const struct procedure_def *fresh)
{
	buf_put(b, S("\n一、阶段\n"));
	for (size_t i = 0; i < t->stages.n; i++) {
		const struct stage_move *s = &t->stages.v[i];
		const struct stage_def *from = old ? stage_find(old, s->from) : NULL;
		const struct stage_def *to = stage_find(fresh, s->to);

		buf_fmt(b, "  %zu. 处在“%.*s”的，", i + 1,
		    STR_ARG(from ? from->title : s->from));
		if (s->to.n)
			buf_fmt(b, "移到“%.*s”。\n", STR_ARG(to ? to->title : s->to));
		else
			buf_fmt(b, "不移，按原版本办完：%.*s。\n", STR_ARG(s->stays));
	}
}

static void
put_term_moves(struct buf *b, const struct transition_def *t,
    const struct procedure_def *old, const struct procedure_def *fresh)
{
	static const char *const fates[] = { "照旧计算", "自移动之日起重新起算",
		"从原起算日按新版本换算", "不再计算" };

	buf_put(b, S("\n二、期限\n"));
	for (size_t i = 0; i < t->clocks.n; i++) {
		const struct term_move *c = &t->clocks.v[i];
		const struct str title = clock_words(old, fresh, c->clock);

		buf_fmt(b, "  %zu. %.*s：%s%s%.*s。\n", i + 1, STR_ARG(title),
		    fates[c->fate], c->reason.n ? "。理由：" : "", STR_ARG(c->reason));
	}
	if (!t->clocks.n)
		buf_put(b, S("  没有期限。\n"));
	buf_put(b, S("  已经办结、届满的期限不变；换算后已经届满的事项不移。\n"));
}

static void
put_field_moves(struct buf *b, const struct words *w, const struct transition_def *t,
    const struct procedure_def *old, const struct procedure_def *fresh)
{
	if (!t->fields.n && !t->drops.n)
		return;
	buf_put(b, S("\n三、字段\n"));
	for (size_t i = 0; i < t->fields.n; i++) {
		const struct field *f = field_find(&fresh->fields, t->fields.v[i].field);
		const struct str said = words_condition(w, t->fields.v[i].value);

		buf_fmt(b, "  %zu. “%.*s”按%.*s计算。\n", i + 1,
		    STR_ARG(f ? f->title : t->fields.v[i].field), STR_ARG(said));
	}
	for (size_t i = 0; i < t->drops.n; i++) {
		const struct field *f = old ? field_find(&old->fields, t->drops.v[i])
					    : NULL;

		buf_fmt(b, "  %zu. “%.*s”不再保留。\n", t->fields.n + i + 1,
		    STR_ARG(f ? f->title : t->drops.v[i]));
	}
}

void
explain_transition(struct buf *b, const struct words *w, const struct transition_def *t)
{
	const struct procedure_def *fresh = defs_procedure(w->defs, t->procedure);
	const struct procedure_def *old = old_edition(w->defs, t);
	struct words was = *w;

	was.of = old ? old : fresh;
	was.fields = &was.of->fields;
	buf_fmt(b,
	    "%.*s（%.*s）\n过渡规则：“%.*s”未办结的事项，改按自%.*s起施行的版本办理。",
	    STR_ARG(t->title), STR_ARG(t->id), STR_ARG(fresh->title),
	    STR_ARG(day_chinese(w->arena, t->to_day)));
	put_basis(b, w, t->basis);
	buf_put_byte(b, '\n');
	if (t->when) {
		const struct str said = words_condition(&was, t->when);

		buf_fmt(b, "只移符合下列条件的事项：%.*s。\n", STR_ARG(said));
	}
	put_stage_moves(b, t, old, fresh);
	put_term_moves(b, t, old, fresh);
	put_field_moves(b, &was, t, old, fresh);
}
