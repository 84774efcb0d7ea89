/* The state holds the list whole, replaced whenever it changes. */
#include "act/deemed.h"

#include "act/issue.h"

static const struct value *
deemed_of(const struct matter *m, struct str clock)
{
	const struct value *list = value_get(&m->state, S("deemed"));

	for (size_t i = 0; i < value_count(list); i++)
		if (str_eq(value_str(value_get(value_at(list, i), S("clock"))), clock))
			return value_at(list, i);
	return NULL;
}

static bool
waits(const struct matter *m, struct str clock)
{
	const struct value *one = deemed_of(m, clock);

	return one && !value_true(value_get(one, S("confirmed")));
}

static struct value
without(struct arena *a, const struct value *list, struct str clock)
{
	struct value rest = value_list();

	for (size_t i = 0; i < value_count(list); i++)
		if (!str_eq(value_str(value_get(value_at(list, i), S("clock"))), clock))
			value_add(a, &rest, *value_at(list, i));
	return rest;
}

void
deemed_wait(struct work *w, struct draft *d, const struct clock_def *def, int64_t due)
{
	struct arena *a = w->cx->arena;
	struct value list, one = value_map();

	if (!def->deemed.n)
		return;
	list = without(a, value_get(&d->matter->state, S("deemed")), def->id);
	value_set_text(a, &one, "clock", def->id);
	value_set_text(a, &one, "title", def->deemed);
	value_set_int(a, &one, "due", due);
	if (def->draft.n) {
		value_set_text(a, &one, "document", def->draft);
		value_set_text(a, &one, "text", issue_draft(w, d->matter, def->draft));
	}
	value_add(a, &list, one);
	work_put(w, d, S("deemed"), list);
}

void
deemed_confirm(struct work *w, struct draft *d, struct str clock)
{
	struct arena *a = w->cx->arena;
	struct value list = without(a, value_get(&d->matter->state, S("deemed")), clock);
	struct value one = value_copy(a, deemed_of(d->matter, clock));

	value_set(a, &one, S("confirmed"), value_bool(true));
	value_add(a, &list, one);
	work_put(w, d, S("deemed"), list);
}

void
deemed_drop(struct work *w, struct draft *d, struct str clock)
{
	if (deemed_of(d->matter, clock))
		work_put(w, d, S("deemed"),
		    without(
			w->cx->arena, value_get(&d->matter->state, S("deemed")), clock));
}

/* Done after the term by what is claimed: here always, for what is done in time and only
 * entered now is registered with its proof. */
static bool
comes_late(const struct work *w, const struct matter *m, const struct clock_def *c)
{
	const struct value *due = value_path(
	    value_get(value_get(&m->state, S("clocks")), c->id), "due");

	return w->here || w->done > value_num(due);
}

void
deemed_guard(struct work *w, struct matter *m, const struct action_def *a)
{
	struct arena *ar = w->cx->arena;

	for (size_t i = 0; i < m->procedure->clocks.n; i++) {
		const struct clock_def *c = &m->procedure->clocks.v[i];
		const bool confirms = id_list_has(&a->confirms, c->id);

		if (confirms && !waits(m, c->id))
			refuse_rule(w->cx, &w->hard, REFUSE_DEEMED,
			    str_fmt(ar, "deemed:%.*s", STR_ARG(c->id)), S(""),
			    str_fmt(ar, "期限“%.*s”没有届满待确认", STR_ARG(c->title)),
			    c->basis, S(""));
		if (!confirms && id_list_has(&c->until, a->id) && deemed_of(m, c->id) &&
		    comes_late(w, m, c))
			refuse_rule(w->cx, &w->broken, REFUSE_DEEMED,
			    str_fmt(ar, "deemed:%.*s", STR_ARG(c->id)), S(""),
			    str_fmt(ar, "期限“%.*s”已经届满，依法%.*s", STR_ARG(c->title),
				STR_ARG(c->deemed)),
			    c->basis, S("确认法律视为的效果、登记期限内已经办理的证明"));
	}
}
