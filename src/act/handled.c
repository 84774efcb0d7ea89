/*
 * The projections tell which open matters refer to a person (act/fetch.c); whether that
 * reference is the handlers' is for the edition under which the matter goes on.
 */
#include "act/handled.h"

bool
handlers_have(const struct value *handlers, struct str one)
{
	if (handlers->kind == V_TEXT)
		return str_eq(handlers->s, one);
	for (size_t i = 0; i < value_count(handlers); i++)
		if (str_eq(value_str(value_at(handlers, i)), one))
			return true;
	return false;
}

struct search {
	struct facts *facts;
	const struct defs *defs;
	struct arena *arena;
	struct str person, unit;
	int64_t day;
	struct id_list asked; /* facts of a procedure: its editions mostly agree */
	struct handled_list *out;
	bool needs;
};

/* Does the entry mean somebody else by now? */
static bool
is_anothers(struct search *s, struct str as)
{
	const struct field *person = defs_person_field(s->defs, subject_family(as));
	const struct value *entry;

	if (!person)
		return false;
	entry = facts_entry(s->facts, as, s->day);
	if (!entry) {
		s->needs = true;
		return true;
	}
	return !value_is_null(entry) &&
	       !str_eq(value_str(value_get(value_get(entry, S("values")), person->id)),
		   s->person);
}

static void
add(struct search *s, const struct value *found)
{
	const struct str subject = value_str(value_get(found, S("subject")));
	const struct str as = value_str(value_get(found, S("as")));
	const struct value *state = facts_matter(s->facts, subject);
	const bool other = is_anothers(s, as);
	const struct procedure_def *p;

	if (!state) {
		s->needs = true;
		return;
	}
	p = defs_edition(
	    s->defs, value_str(value_get(state, S("edition"))), subject_family(subject));
	if (other || !p || value_true(value_get(state, S("closed"))) ||
	    !str_eq(value_str(value_get(state, S("unit"))), s->unit) ||
	    !handlers_have(value_get(value_get(state, S("fields")), p->handlers), as))
		return;
	*list_add(s->arena, s->out) = (struct handled){ subject, as };
}

static void
add_found(struct search *s, const struct procedure_def *p, struct str by)
{
	const struct str name = str_fmt(s->arena, "%.*s.%.*s:%.*s", STR_ARG(p->id),
	    STR_ARG(p->handlers), STR_ARG(by));
	const struct value *found;

	if (id_list_has(&s->asked, name))
		return;
	*list_add(s->arena, &s->asked) = name;
	found = facts_handled(s->facts, p->id, p->handlers, by, s->person);
	s->needs |= !found;
	for (size_t i = 0; found && i < value_count(found); i++)
		add(s, value_at(found, i));
}

static void
add_edition(struct search *s, const struct procedure_def *p)
{
	const struct field *f = field_find(&p->fields, p->handlers);

	for (size_t i = 0; f && i < f->of.n; i++) {
		const struct field *person = defs_person_field(s->defs, f->of.v[i]);

		if (str_eq(f->of.v[i], S("persons")))
			add_found(s, p, S(""));
		else if (person)
			add_found(s, p,
			    str_fmt(s->arena, "%.*s.%.*s", STR_ARG(f->of.v[i]),
				STR_ARG(person->id)));
	}
}

bool
handled_find(struct facts *facts, const struct defs *defs, struct arena *a,
    struct str person, struct str unit, int64_t day, struct handled_list *out)
{
	struct search s = { .facts = facts,
		.defs = defs,
		.arena = a,
		.person = person,
		.unit = unit,
		.day = day,
		.out = out };

	*out = (struct handled_list){ 0 };
	for (size_t i = 0; i < defs->editions.n; i++)
		add_edition(&s, defs->editions.items[i].value);
	return !s.needs;
}

bool
handled_call(struct judge *j, const struct value *args, struct value *out)
{
	struct handled_list found;

	if (args[0].kind != V_TEXT || args[1].kind != V_TEXT)
		return true;
	if (!handled_find(
		j->facts, j->defs, j->cx->arena, args[0].s, args[1].s, j->done, &found))
		return false;
	*out = value_list();
	for (size_t i = 0; i < found.n; i++)
		if (!i || !str_eq(found.v[i].subject, found.v[i - 1].subject))
			value_add(j->cx->arena, out, value_text(found.v[i].subject));
	return true;
}
