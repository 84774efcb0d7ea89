/* References between files: choices, registers, procedures, documents, citations. */
#include "act/link.h"

#include "base/date.h"

/* Every procedure that says who handles its matters. */
static void
handled_open(struct defs *d, struct field *f)
{
	f->of.n = 0;
	for (size_t i = 0; i < d->procedures.n; i++) {
		const struct procedure_def *p = d->procedures.items[i].value;

		if (p->handlers.n)
			*list_add(d->arena, &f->of) = p->id;
	}
}

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
		if (field_is_handled(f))
			handled_open(d, f);
		for (size_t k = 0; field_is_reference(f) && k < f->of.n; k++)
			if (!defs_register(d, f->of.v[k]) &&
			    !defs_procedure(d, f->of.v[k]))
				message_put(m, f->line, f->column,
				    "没有名录或者程序“%.*s”", STR_ARG(f->of.v[k]));
		link_fields(m, d, &f->columns);
	}
}

/* What cites, and from when to when it is in force; registers and parameters always. */
struct citing {
	struct messages *m;
	struct defs *d;
	int64_t from_day, to_day;
};

/* A statute that ended before what cites it began, or ends while that goes on, is no
 * ground for it: the definition ends with it or cites another. */
static void
link_force(const struct citing *c, struct str citation, int line)
{
	struct str article = citation, name;
	const struct cited_statute *s;

	str_split(&article, S("/"), &name);
	s = map_find(&c->d->cited, name);
	if (s && id_list_has(&s->repealed, article))
		message_put(c->m, line, 1, "依据“%.*s”已经废止", STR_ARG(citation));
	else if (s && s->to != DAY_NONE && s->to < c->to_day) {
		const struct str to = day_chinese(c->d->arena, s->to);

		message_put(c->m, line, 1, "依据“%.*s”自%.*s起失效，%s",
		    STR_ARG(citation), STR_ARG(to),
		    s->to <= c->from_day ? "早于本定义施行之日" : "本定义此后仍在施行");
	}
}

/* Each cited article must be in statutes/, or be an id of the requirements. */
static void
link_citation(const struct citing *c, struct str one, int line)
{
	if (map_find(&c->d->statutes, one))
		link_force(c, one, line);
	else if (!map_find(&c->d->covered, one))
		message_put(c->m, line, 1, "依据“%.*s”不在法规库中", STR_ARG(one));
}

static void
link_basis(const struct citing *c, struct str basis, int line)
{
	struct str rest = basis, one;

	if (!basis.n)
		return;
	while (str_split(&rest, S("、"), &one))
		link_citation(c, one, line);
}

void
link_cited(struct messages *m, struct defs *d, struct str basis, int line)
{
	const struct citing c = { m, d, INT64_MIN, IN_FORCE_END };

	link_basis(&c, basis, line);
}

static void
link_rules(const struct citing *c, const struct rule_list *rules)
{
	for (size_t i = 0; i < rules->n; i++)
		link_basis(c, rules->v[i].basis, rules->v[i].line);
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
		if (a->issues.n && !map_find(&d->documents, a->issues))
			message_put(m, a->line, 1, "没有文书“%.*s”", STR_ARG(a->issues));
	}
	for (size_t i = 0; i < p->clocks.n; i++) {
		const struct clock_def *c = &p->clocks.v[i];

		if (c->draft.n && !map_find(&d->documents, c->draft))
			message_put(m, c->line, 1, "没有文书“%.*s”", STR_ARG(c->draft));
		if (c->term.parameter.n && !map_find(&d->parameters, c->term.parameter))
			message_put(
			    m, c->line, 1, "没有参数“%.*s”", STR_ARG(c->term.parameter));
	}
	link_competences(m, d, &p->corrects, p->corrects.line);
	link_competences(m, d, &p->destroys, p->destroys.line);
	link_competences(m, d, &p->unseals, p->unseals.line);
}

static void
link_citations(struct messages *m, struct defs *d, const struct procedure_def *p)
{
	const struct citing c = { m, d, p->from_day, p->to_day };

	link_basis(&c, p->basis, 1);
	for (size_t i = 0; i < p->actions.n; i++) {
		link_rules(&c, &p->actions.v[i].require);
		link_rules(&c, &p->actions.v[i].warns);
		link_basis(&c, p->actions.v[i].basis, p->actions.v[i].line);
	}
	for (size_t i = 0; i < p->gates.n; i++)
		link_basis(&c, p->gates.v[i].rule.basis, p->gates.v[i].rule.line);
	for (size_t i = 0; i < p->clocks.n; i++) {
		const struct clock_def *k = &p->clocks.v[i];

		link_basis(&c, k->basis, k->line);
		for (size_t n = 0; n < k->extensions.n; n++)
			link_basis(&c, k->extensions.v[n].basis, k->extensions.v[n].line);
		for (size_t n = 0; n < k->stops.n; n++)
			link_basis(&c, k->stops.v[n].basis, k->stops.v[n].line);
	}
	for (size_t i = 0; i < p->masks.n; i++)
		link_basis(&c, p->masks.v[i].basis, p->masks.v[i].line);
	for (size_t i = 0; i < p->mandatory.n; i++)
		link_basis(&c, p->mandatory.v[i].basis, p->mandatory.v[i].line);
}

/* Who handles a matter is a person, or an entry that means one. */
static void
link_handlers(struct messages *m, struct defs *d, const struct procedure_def *p)
{
	const struct field *f = field_find(&p->fields, p->handlers);

	for (size_t i = 0; f && i < f->of.n; i++)
		if (!str_eq(f->of.v[i], S("persons")) &&
		    !defs_person_field(d, f->of.v[i]))
			message_put(m, 1, 1,
			    "handlers：“%.*s”没有指向人员的字段，不知道承办的是谁",
			    STR_ARG(f->of.v[i]));
}

/* A maximum from its opening on, in every case. */
static bool
has_maximum(const struct procedure_def *p)
{
	for (size_t i = 0; i < p->clocks.n; i++) {
		const struct clock_def *k = &p->clocks.v[i];

		if (k->minimum || k->when)
			continue;
		for (size_t f = 0; f < k->from.n; f++) {
			const struct action_def *a = action_find(p, k->from.v[f]);

			if (a && a->at_new)
				return true;
		}
	}
	return false;
}

/* What stops another term must end itself, or the other would never end. */
static void
link_pauses(struct messages *m, struct defs *d, const struct procedure_def *p)
{
	for (size_t i = 0; i < p->clocks.n; i++) {
		const struct clock_def *k = &p->clocks.v[i];

		for (size_t n = 0; n < k->pauses.n; n++) {
			const struct child_def *kind = child_find(p, k->pauses.v[n]);
			const struct procedure_def *child = kind ? defs_procedure(
								       d, kind->procedure)
								 : NULL;

			if (child && !has_maximum(child))
				message_put(m, k->line, 1,
				    "期限“%.*s”因“%.*s”中止，而程序“%.*"
				    "s”自己没有最长期限",
				    STR_ARG(k->id), STR_ARG(kind->kind),
				    STR_ARG(child->id));
		}
	}
}

static void
link_tables(struct cx *cx, struct messages *m, struct defs *d)
{
	const struct citing c = { m, d, INT64_MIN, IN_FORCE_END };

	for (size_t i = 0; i < d->tables.n; i++) {
		const struct decision_list *list = d->tables.items[i].value;

		for (size_t k = 0; k < list->n; k++) {
			struct decision_def *t = list->v[k];

			m->file = t->file;
			link_fields(m, d, &t->inputs);
			link_fields(m, d, &t->outputs);
			link_basis(&c, t->basis, 1);
			for (size_t r = 0; r < t->notes.n; r++)
				link_basis(&c, t->notes.v[r].basis, t->notes.v[r].line);
			link_table(cx, m, d, t);
		}
	}
}

static void
link_parameters(struct messages *m, struct defs *d)
{
	const struct citing c = { m, d, INT64_MIN, IN_FORCE_END };

	for (size_t i = 0; i < d->parameters.n; i++) {
		const struct parameter_def *p = d->parameters.items[i].value;

		m->file = p->file;
		for (size_t k = 0; k < p->basis.n; k++)
			link_citation(&c, p->basis.v[k], p->line);
	}
}

/* The newest edition, from which matters begin. What was published before is readable
 * for ever: it is not judged by checks that came later. */
static bool
is_current(const struct defs *d, const struct procedure_def *p)
{
	return !p->withdrawn && defs_procedure(d, p->id) == p;
}

void
defs_link(struct cx *cx, struct messages *m, struct defs *d)
{
	for (size_t i = 0; i < d->registers.n; i++) {
		struct register_def *r = d->registers.items[i].value;

		const struct citing c = { m, d, INT64_MIN, IN_FORCE_END };

		m->file = r->file;
		link_fields(m, d, &r->fields);
		link_rules(&c, &r->rules);
		link_covers(m, d, &r->covers);
		link_competences(m, d, &r->by, r->by.line);
		link_competences(m, d, &r->destroys, r->destroys.line);
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
		link_children(m, d, p);
		link_actions(m, d, p);
		if (!is_current(d, p))
			continue;
		link_handlers(m, d, p);
		link_citations(m, d, p);
		link_pauses(m, d, p);
		procedure_check(cx, m, p);
	}
	link_parameters(m, d);
	link_tables(cx, m, d);
	link_function_types(cx, m, d);
	for (size_t i = 0; i < d->registers.n; i++)
		link_register_types(cx, m, d, d->registers.items[i].value);
	for (size_t i = 0; i < d->editions.n; i++)
		link_procedure_types(cx, m, d, d->editions.items[i].value);
	link_transitions(cx, m, d);
}
