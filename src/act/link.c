/* References between files: choices, registers, procedures, documents, citations. */
#include "act/link.h"

static void
link_fields(struct messages *m, struct defs *d, struct field_list *fields)
{
	for (size_t i = 0; i < fields->n; i++) {
		struct field *f = &fields->v[i];

		if (f->type == FIELD_CHOICE && f->choices.n) {
			const struct choice_list *c = map_find(&d->choices, f->choices);

			if (!c)
				message_put(m, f->line, f->column, "没有选项表“%.*s”",
				    STR_ARG(f->choices));
			for (size_t k = 0; c && k < c->n; k++)
				*list_add(d->arena, &f->options) = c->v[k];
		}
		for (size_t k = 0; field_is_reference(f) && k < f->of.n; k++)
			if (!defs_register(d, f->of.v[k]) &&
			    !defs_procedure(d, f->of.v[k]))
				message_put(m, f->line, f->column,
				    "没有名录或者程序“%.*s”", STR_ARG(f->of.v[k]));
		link_fields(m, d, &f->columns);
	}
}

/* Each cited article must be in statutes/, or be an id of the requirements. */
static void
link_basis(struct messages *m, struct defs *d, struct str basis, int line)
{
	struct str rest = basis, one;

	if (!basis.n)
		return;
	while (str_split(&rest, S("、"), &one))
		if (!map_find(&d->statutes, one) && !map_find(&d->covered, one))
			message_put(m, line, 1, "依据“%.*s”不在法规库中", STR_ARG(one));
}

static void
link_rules(struct messages *m, struct defs *d, const struct rule_list *rules)
{
	for (size_t i = 0; i < rules->n; i++)
		link_basis(m, d, rules->v[i].basis, rules->v[i].line);
}

static void
link_covers(struct messages *m, struct defs *d, const struct id_list *covers)
{
	for (size_t i = 0; i < covers->n; i++)
		if (d->covered.n && !map_find(&d->covered, covers->v[i]))
			message_put(m, covers->line, 1, "没有要求编号“%.*s”",
			    STR_ARG(covers->v[i]));
}

static void
link_competences(struct messages *m, struct defs *d, const struct id_list *by, int line)
{
	const struct choice_list *all = map_find(&d->choices, S("competences"));

	for (size_t i = 0; i < by->n; i++) {
		bool known = str_eq(by->v[i], S("system")) ||
			     str_eq(by->v[i], S("actor"));

		for (size_t k = 0; all && k < all->n; k++)
			known |= str_eq(all->v[k].id, by->v[i]);
		if (!known)
			message_put(m, line, 1, "没有职权“%.*s”", STR_ARG(by->v[i]));
	}
}

static void
link_children(struct messages *m, struct defs *d, const struct procedure_def *p)
{
	for (size_t i = 0; i < p->children.n; i++) {
		const struct child_def *c = &p->children.v[i];
		const struct procedure_def *child = defs_procedure(d, c->procedure);
		bool opens = false;

		if (!child) {
			message_put(
			    m, c->line, 1, "没有程序“%.*s”", STR_ARG(c->procedure));
			continue;
		}
		for (size_t k = 0; k < child->actions.n; k++)
			opens |= child->actions.v[k].at_new;
		if (!opens)
			message_put(m, c->line, 1, "程序“%.*s”没有 at: new 的办理动作",
			    STR_ARG(c->procedure));
		for (size_t k = 0; k < c->with.n; k++)
			if (!field_find(&child->fields, c->with.v[k].field))
				message_put(m, c->with.v[k].line, 1,
				    "程序“%.*s”没有字段“%.*s”", STR_ARG(c->procedure),
				    STR_ARG(c->with.v[k].field));
	}
}

static void
link_actions(struct messages *m, struct defs *d, const struct procedure_def *p)
{
	for (size_t i = 0; i < p->actions.n; i++) {
		const struct action_def *a = &p->actions.v[i];

		link_competences(m, d, &a->by, a->line);
		link_rules(m, d, &a->require);
		link_rules(m, d, &a->warns);
		link_basis(m, d, a->basis, a->line);
		if (a->issues.n && !map_find(&d->documents, a->issues))
			message_put(m, a->line, 1, "没有文书“%.*s”", STR_ARG(a->issues));
	}
	for (size_t i = 0; i < p->gates.n; i++)
		link_basis(m, d, p->gates.v[i].rule.basis, p->gates.v[i].rule.line);
	for (size_t i = 0; i < p->clocks.n; i++) {
		const struct clock_def *c = &p->clocks.v[i];

		link_basis(m, d, c->basis, c->line);
		if (c->draft.n && !map_find(&d->documents, c->draft))
			message_put(m, c->line, 1, "没有文书“%.*s”", STR_ARG(c->draft));
		if (c->term.parameter.n && !map_find(&d->parameters, c->term.parameter))
			message_put(
			    m, c->line, 1, "没有参数“%.*s”", STR_ARG(c->term.parameter));
		for (size_t k = 0; k < c->extensions.n; k++)
			link_basis(
			    m, d, c->extensions.v[k].basis, c->extensions.v[k].line);
		for (size_t k = 0; k < c->stops.n; k++)
			link_basis(m, d, c->stops.v[k].basis, c->stops.v[k].line);
	}
	link_competences(m, d, &p->corrects, p->corrects.line);
	link_competences(m, d, &p->destroys, p->destroys.line);
	link_competences(m, d, &p->unseals, p->unseals.line);
}

static void
link_tables(struct cx *cx, struct messages *m, struct defs *d)
{
	for (size_t i = 0; i < d->tables.n; i++) {
		const struct decision_list *list = d->tables.items[i].value;

		for (size_t k = 0; k < list->n; k++) {
			struct decision_def *t = list->v[k];

			m->file = t->file;
			link_fields(m, d, &t->inputs);
			link_fields(m, d, &t->outputs);
			link_basis(m, d, t->basis, 1);
			for (size_t r = 0; r < t->notes.n; r++)
				link_basis(m, d, t->notes.v[r].basis, t->notes.v[r].line);
			link_table(cx, m, d, t);
		}
	}
}

void
defs_link(struct cx *cx, struct messages *m, struct defs *d)
{
	for (size_t i = 0; i < d->registers.n; i++) {
		struct register_def *r = d->registers.items[i].value;

		m->file = r->file;
		link_fields(m, d, &r->fields);
		link_rules(m, d, &r->rules);
		link_covers(m, d, &r->covers);
		link_competences(m, d, &r->by, r->by.line);
		link_competences(m, d, &r->unseals, r->unseals.line);
		lists_check(m, &r->lists, &r->fields, false);
	}
	/* The newest only: what was once published stays readable. */
	for (size_t i = 0; i < d->procedures.n; i++) {
		const struct procedure_def *p = d->procedures.items[i].value;

		m->file = p->file;
		lists_check(m, &p->lists, &p->fields, true);
		link_terms(m, d, p);
	}
	/* All editions, so that an old one's choices are known too. */
	for (size_t i = 0; i < d->editions.n; i++) {
		struct procedure_def *p = d->editions.items[i].value;

		m->file = p->file;
		link_fields(m, d, &p->fields);
		link_covers(m, d, &p->covers);
		link_basis(m, d, p->basis, 1);
		link_children(m, d, p);
		link_actions(m, d, p);
		procedure_check(cx, m, p);
	}
	link_tables(cx, m, d);
	link_function_types(cx, m, d);
	for (size_t i = 0; i < d->registers.n; i++)
		link_register_types(cx, m, d, d->registers.items[i].value);
	for (size_t i = 0; i < d->editions.n; i++)
		link_procedure_types(cx, m, d, d->editions.items[i].value);
}
