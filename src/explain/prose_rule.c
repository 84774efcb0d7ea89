/* Decision tables and transitional rules: a row is one sentence, with its article; so is
 * each part of a rule. */
#include "base/date.h"
#include "explain/prose.h"
#include "procedure/decision_text.h"

/* --- decision tables --- */

static void
put_rows(struct prose *t, const struct decision_def *d)
{
	struct arena *a = t->w.arena;
	const struct decision_names names = defs_names(t->w.defs);

	if (t->w.plain) {
		prose_line(t, PROSE_TABLE);
		t->lines.v[t->lines.n - 1].table = d;
		return;
	}
	for (size_t i = 0; i < d->table.n_rows; i++) {
		prose_line(t, PROSE_ITEM);
		prose_fmt(t, "%.*s。", STR_ARG(decision_row_text(a, &names, d, i)));
		prose_basis(t, d->notes.v[i].basis);
	}
	for (size_t i = 0; i < d->outputs.n; i++) {
		const struct feel *other = d->table.outputs[i].fallback;

		if (!other)
			continue;
		prose_line(t, PROSE_PLAIN);
		prose_fmt(t, "其他情形，“%.*s”为%.*s。", STR_ARG(d->outputs.v[i].title),
		    STR_ARG(decision_result_text(a, &names, d, &d->outputs.v[i], other)));
	}
	if (!d->gap.n)
		return;
	prose_line(t, PROSE_PLAIN);
	prose_fmt(t, "没有一行符合的例子：%.*s。", STR_ARG(d->gap));
}

static void
put_since(struct prose *t, const struct decision_def *d)
{
	prose_fmt(t, "自%.*s起施行。", STR_ARG(day_chinese(t->w.arena, d->from_day)));
	prose_basis(t, d->basis);
	prose_fmt(t, "%.*s。", STR_ARG(decision_hit_text(d->table.hit)));
}

void
prose_table(struct prose *t, const struct decision_def *d)
{
	prose_line(t, PROSE_TITLE);
	prose_named(t, d->title, d->id);
	prose_line(t, PROSE_LEAD);
	prose_say(t, "决策表。");
	put_since(t, d);
	put_rows(t, d);
}

void
prose_table_part(struct prose *t, const struct decision_def *d)
{
	prose_heading(t, str_fmt(t->w.arena, "决策表“%.*s”", STR_ARG(d->title)));
	prose_line(t, PROSE_PLAIN);
	put_since(t, d);
	put_rows(t, d);
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

/* Both editions a rule speaks of; a county may never have had the old one. */
struct sides {
	const struct transition_def *rule;
	const struct procedure_def *old, *fresh;
	bool inside; /* the explanation is part of the procedure's */
};

static void
part(struct prose *t, const struct sides *s, struct str title)
{
	if (!s->inside) {
		prose_heading(t, title);
		return;
	}
	prose_line(t, PROSE_PLAIN);
	prose_fmt(t, "%.*s：", STR_ARG(title));
	t->number = 0;
}

static struct str
title_or(const struct prose *t, struct str title, struct str id)
{
	return title.n ? title : t->w.plain ? S("原版本的内容") : id;
}

static void
put_stage_moves(struct prose *t, const struct sides *s)
{
	part(t, s, S("阶段"));
	for (size_t i = 0; i < s->rule->stages.n; i++) {
		const struct stage_move *m = &s->rule->stages.v[i];
		const struct stage_def *from = s->old ? stage_find(s->old, m->from)
						      : NULL;
		const struct stage_def *to = stage_find(s->fresh, m->to);

		prose_line(t, PROSE_ITEM);
		prose_fmt(t, "处在“%.*s”的，",
		    STR_ARG(title_or(t, from ? from->title : S(""), m->from)));
		if (m->to.n)
			prose_fmt(t, "移到“%.*s”。", STR_ARG(to ? to->title : m->to));
		else
			prose_fmt(t, "不移，按原版本办完：%.*s。", STR_ARG(m->stays));
	}
}

static struct str
clock_title(const struct sides *s, struct str id)
{
	const struct clock_def *k = clock_find(s->fresh, id);

	if (!k && s->old)
		k = clock_find(s->old, id);
	return k ? k->title : S("");
}

static void
put_term_moves(struct prose *t, const struct sides *s)
{
	static const char *const fates[] = { [TERM_KEPT] = "照旧计算",
		[TERM_ANEW] = "自移动之日起重新起算",
		[TERM_CONVERTED] = "从原起算日按新版本换算",
		[TERM_ENDED] = "不再计算" };

	part(t, s, S("期限"));
	for (size_t i = 0; i < s->rule->clocks.n; i++) {
		const struct term_move *c = &s->rule->clocks.v[i];

		prose_line(t, PROSE_ITEM);
		prose_fmt(t, "%.*s：%s%s%.*s。",
		    STR_ARG(title_or(t, clock_title(s, c->clock), c->clock)),
		    fates[c->fate], c->reason.n ? "。理由：" : "", STR_ARG(c->reason));
	}
	if (!s->rule->clocks.n) {
		prose_line(t, PROSE_PLAIN);
		prose_say(t, "没有期限。");
	}
	prose_line(t, PROSE_PLAIN);
	prose_say(t, "已经办结、届满的期限不变；换算后已经届满的事项不移。");
}

static void
put_field_moves(struct prose *t, const struct sides *s)
{
	const struct transition_def *rule = s->rule;

	if (!rule->fields.n && !rule->drops.n)
		return;
	part(t, s, S("字段"));
	for (size_t i = 0; i < rule->fields.n; i++) {
		const struct field *f = field_find(
		    &s->fresh->fields, rule->fields.v[i].field);

		prose_line(t, PROSE_ITEM);
		prose_fmt(t, "“%.*s”",
		    STR_ARG(title_or(t, f ? f->title : S(""), rule->fields.v[i].field)));
		prose_condition(t, "按", rule->fields.v[i].value, "规定的方法");
		prose_say(t, "计算。");
	}
	for (size_t i = 0; i < rule->drops.n; i++) {
		const struct field *f = s->old ? field_find(
						     &s->old->fields, rule->drops.v[i])
					       : NULL;

		prose_line(t, PROSE_ITEM);
		prose_fmt(t, "“%.*s”不再保留。",
		    STR_ARG(title_or(t, f ? f->title : S(""), rule->drops.v[i])));
	}
}

/* Conditions are read under the edition the matters leave. */
static void
put_moves(struct prose *t, const struct sides *s)
{
	const struct words own = t->w;

	t->w.of = s->old ? s->old : s->fresh;
	t->w.fields = &t->w.of->fields;
	if (s->rule->when) {
		prose_line(t, s->inside ? PROSE_PLAIN : PROSE_LEAD);
		prose_condition(
		    t, "只移符合下列条件的事项：", s->rule->when, "规定的情形");
		prose_say(t, "。");
	}
	put_stage_moves(t, s);
	put_term_moves(t, s);
	put_field_moves(t, s);
	t->w = own;
}

static void
put_scope(struct prose *t, const struct sides *s)
{
	prose_fmt(t, "过渡规则：“%.*s”未办结的事项，改按自%.*s起施行的版本办理。",
	    STR_ARG(s->fresh->title), STR_ARG(day_chinese(t->w.arena, s->rule->to_day)));
	prose_basis(t, s->rule->basis);
}

static struct sides
sides_of(const struct prose *t, const struct transition_def *rule, bool inside)
{
	return (struct sides){ rule, old_edition(t->w.defs, rule),
		defs_procedure(t->w.defs, rule->procedure), inside };
}

void
prose_transition(struct prose *t, const struct transition_def *rule)
{
	const struct sides s = sides_of(t, rule, false);

	prose_line(t, PROSE_TITLE);
	prose_named(t, rule->title, rule->id);
	prose_line(t, PROSE_LEAD);
	put_scope(t, &s);
	put_moves(t, &s);
}

void
prose_transition_part(struct prose *t, const struct transition_def *rule)
{
	const struct sides s = sides_of(t, rule, true);

	prose_heading(t, S(""));
	prose_say(t, "过渡规则：");
	prose_named(t, rule->title, rule->id);
	prose_line(t, PROSE_PLAIN);
	put_scope(t, &s);
	put_moves(t, &s);
}
