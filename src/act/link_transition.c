/*
 * A transitional rule held against the editions it speaks of: nothing of the old one may
 * be left without a word, and what it leads to must be there in the new one. The old
 * editions are those of the record, or of NAME.former.yaml beside the rule.
 */
#include "act/link.h"

#include "base/date.h"

struct bridge {
	struct messages *m;
	const struct transition_def *t;
	const struct procedure_def *old, *fresh;
};

static void
check_stages(const struct bridge *b)
{
	for (size_t i = 0; i < b->old->stages.n; i++) {
		const struct stage_def *s = &b->old->stages.v[i];

		if (!s->final && !stage_move_find(b->t, s->id))
			message_put(b->m, 1, 1, "旧版本的阶段“%.*s”没有写明移到哪里",
			    STR_ARG(s->id));
	}
	for (size_t i = 0; i < b->t->stages.n; i++) {
		const struct stage_move *move = &b->t->stages.v[i];
		const struct stage_def *from = stage_find(b->old, move->from);
		const struct stage_def *to = stage_find(b->fresh, move->to);

		if (!from || from->final)
			message_put(b->m, move->line, 1, "旧版本没有未办结的阶段“%.*s”",
			    STR_ARG(move->from));
		if (move->to.n && !to)
			message_put(b->m, move->line, 1, "新版本没有阶段“%.*s”",
			    STR_ARG(move->to));
		else if (to && to->final)
			message_put(b->m, move->line, 1,
			    "阶段“%.*s”是办结的阶段，移动不能办结事项",
			    STR_ARG(move->to));
	}
}

static void
check_term(const struct bridge *b, const struct term_move *move)
{
	const struct clock_def *was = clock_find(b->old, move->clock);
	const struct clock_def *now = clock_find(b->fresh, move->clock);

	if (!was && !now)
		message_put(b->m, move->line, 1, "新旧版本都没有期限“%.*s”",
		    STR_ARG(move->clock));
	else if (!now && move->fate != TERM_ENDED)
		message_put(b->m, move->line, 1,
		    "新版本没有期限“%.*s”，只能终止（ended）", STR_ARG(move->clock));
	else if (move->fate == TERM_KEPT && (!was || was->minimum != now->minimum))
		message_put(b->m, move->line, 1,
		    "旧版本没有同样的期限“%.*s”，不能照旧计算（kept）",
		    STR_ARG(move->clock));
}

static void
check_terms(const struct bridge *b)
{
	for (size_t i = 0; i < b->t->clocks.n; i++)
		check_term(b, &b->t->clocks.v[i]);
	for (size_t i = 0; i < b->old->clocks.n; i++)
		if (!term_move_find(b->t, b->old->clocks.v[i].id))
			message_put(b->m, 1, 1, "旧版本的期限“%.*s”没有写明如何衔接",
			    STR_ARG(b->old->clocks.v[i].id));
	/* One that an act begins would never begin where the act lies behind; what `at`
	 * gives is computed with each act. */
	for (size_t i = 0; i < b->fresh->clocks.n; i++) {
		const struct clock_def *c = &b->fresh->clocks.v[i];

		if (!c->at && !clock_find(b->old, c->id) && !term_move_find(b->t, c->id))
			message_put(b->m, 1, 1, "新版本的期限“%.*s”没有写明如何衔接",
			    STR_ARG(c->id));
	}
}

static const struct set_def *
assigned(const struct transition_def *t, struct str field)
{
	for (size_t i = 0; i < t->fields.n; i++)
		if (str_eq(t->fields.v[i].field, field))
			return &t->fields.v[i];
	return NULL;
}

static bool
same_field(const struct field *was, const struct field *now)
{
	if (was->type != now->type || was->personal != now->personal)
		return false;
	for (size_t i = 0; i < was->columns.n; i++) {
		const struct field *c = field_find(&now->columns, was->columns.v[i].id);

		if (!c || !same_field(&was->columns.v[i], c))
			return false;
	}
	return true;
}

static bool
holds_personal(const struct field *f)
{
	for (size_t i = 0; i < f->columns.n; i++)
		if (f->columns.v[i].personal)
			return true;
	return f->personal;
}

/* What is sealed is moved by nobody: expressions do not see it. */
static void
check_old_field(const struct bridge *b, const struct field *was)
{
	const struct field *now = field_find(&b->fresh->fields, was->id);
	const bool stays = now && same_field(was, now);

	if (stays)
		return;
	if (holds_personal(was) || (now && holds_personal(now)))
		message_put(
		    b->m, 1, 1, "含有个人信息的字段“%.*s”应当原样保留", STR_ARG(was->id));
	else if (now && !assigned(b->t, was->id))
		message_put(b->m, 1, 1, "字段“%.*s”的类型变了，fields 中没有写明怎样换算",
		    STR_ARG(was->id));
	else if (!now && !id_list_has(&b->t->drops, was->id))
		message_put(b->m, 1, 1, "新版本没有字段“%.*s”，drops 中没有写明不再保留",
		    STR_ARG(was->id));
}

static void
check_fields(const struct bridge *b)
{
	for (size_t i = 0; i < b->old->fields.n; i++)
		check_old_field(b, &b->old->fields.v[i]);
	for (size_t i = 0; i < b->t->fields.n; i++) {
		const struct set_def *set = &b->t->fields.v[i];
		const struct field *f = field_find(&b->fresh->fields, set->field);

		if (!f)
			message_put(b->m, set->line, 1, "新版本没有字段“%.*s”",
			    STR_ARG(set->field));
		else if (holds_personal(f) || f->table.n)
			message_put(b->m, set->line, 1,
			    "字段“%.*s”含有个人信息或者由决策表得出，不能换算",
			    STR_ARG(set->field));
	}
	for (size_t i = 0; i < b->t->drops.n; i++)
		if (!field_find(&b->old->fields, b->t->drops.v[i]) ||
		    field_find(&b->fresh->fields, b->t->drops.v[i]))
			message_put(b->m, b->t->drops.line, 1,
			    "drops：“%.*s”不是新版本不再有的字段",
			    STR_ARG(b->t->drops.v[i]));
}

static const struct procedure_def *
target(struct cx *cx, struct messages *m, const struct defs *d,
    const struct transition_def *t)
{
	const struct procedure_def *fresh = defs_procedure(d, t->procedure);

	if (!fresh || fresh->withdrawn) {
		message_put(m, 1, 1, "没有现行有效的程序“%.*s”", STR_ARG(t->procedure));
		return NULL;
	}
	if (fresh->from_day == t->to_day)
		return fresh;
	message_put(m, 1, 1, "to：现行版本自%.*s起施行，不是%.*s",
	    STR_ARG(day_chinese(cx->arena, fresh->from_day)),
	    STR_ARG(day_chinese(cx->arena, t->to_day)));
	return NULL;
}

static void
link_one(
    struct cx *cx, struct messages *m, struct defs *d, const struct transition_def *t)
{
	const struct procedure_def *fresh;
	size_t known = 0;

	m->file = t->file;
	link_cited(m, d, t->basis, 1);
	fresh = target(cx, m, d, t);
	for (size_t i = 0; fresh && i < d->editions.n; i++) {
		const struct procedure_def *old = d->editions.items[i].value;
		const struct bridge b = { m, t, old, fresh };

		if (old == fresh || !transition_leaves(t, old))
			continue;
		known++;
		check_stages(&b);
		check_terms(&b);
		check_fields(&b);
		link_transition_types(cx, m, d, t, old, fresh);
	}
	if (fresh && !known && !t->recorded)
		message_put(m, 1, 1,
		    "没有可以对照的旧版本：旧版本的文本应当放在同一目录的 "
		    "名称.former.yaml 中");
}

void
link_transitions(struct cx *cx, struct messages *m, struct defs *d)
{
	for (size_t i = 0; i < d->transitions.n; i++) {
		const struct transition_def *t = d->transitions.items[i].value;

		if (!t->withdrawn)
			link_one(cx, m, d, t);
	}
}
