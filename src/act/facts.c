/*
 * The table of facts: asking is by name, so that the same question is fetched once and
 * the event can say what it was judged on.
 */
#include "act/facts.h"

#include "base/bug.h"

static struct str
entry_name(struct facts *f, struct str subject, int64_t day)
{
	return str_fmt(f->arena, "%.*s@%lld", STR_ARG(subject), (long long)day);
}

void
facts_know(struct facts *f, const struct fact *refs)
{
	for (size_t i = 0; refs->form == FACT_REFS && i < value_count(&refs->value);
	     i++) {
		const struct value *entry = value_at(&refs->value, i);
		const struct str subject = value_str(value_get(entry, S("subject")));
		const struct str name = entry_name(f, subject, refs->day);
		struct fact *fact;

		if (!subject.n || map_find(&f->by_name, name))
			continue;
		fact = arena_new(f->arena, struct fact);
		*fact = (struct fact){ .form = FACT_ENTRY,
			.name = name,
			.family = refs->family,
			.argument = subject,
			.day = refs->day,
			.value = *entry,
			.known = true };
		map_put(f->arena, &f->by_name, name, fact);
	}
}

static struct fact *
fact_ask(struct facts *f, enum fact_form form, struct str name, struct str family,
    struct str field, struct str argument, int64_t day)
{
	struct fact *fact = map_find(&f->by_name, name);
	const struct value *at_hand;

	if (!fact) {
		fact = arena_new(f->arena, struct fact);
		*fact = (struct fact){ .form = form,
			.name = name,
			.family = str_copy(f->arena, family),
			.field = str_copy(f->arena, field),
			.argument = str_copy(f->arena, argument),
			.day = day };
		map_put(f->arena, &f->by_name, name, fact);
		at_hand = f->at_hand ? map_find(f->at_hand, name) : NULL;
		if (at_hand) {
			fact_give(fact, *at_hand);
			facts_know(f, fact);
		} else {
			*list_add(f->arena, &f->needs) = fact;
		}
	}
	fact->used = true;
	return fact;
}

void
facts_again(struct facts *f)
{
	for (size_t i = 0; i < f->by_name.n; i++)
		((struct fact *)f->by_name.items[i].value)->used = false;
}

static const struct value *
fact_value(const struct fact *fact)
{
	return fact->known ? &fact->value : NULL;
}

static struct str
family_of(struct str subject)
{
	const size_t slash = str_find(subject, S("/"), 0);

	return str_sub(subject, 0, slash == SIZE_MAX ? subject.n : slash);
}

const struct value *
facts_entry(struct facts *f, struct str subject, int64_t day)
{
	return fact_value(fact_ask(f, FACT_ENTRY, entry_name(f, subject, day),
	    family_of(subject), S(""), subject, day));
}

const struct value *
facts_key(
    struct facts *f, struct str family, struct str field, struct str text, int64_t day)
{
	return fact_value(fact_ask(f, FACT_KEY,
	    str_fmt(f->arena, "%.*s:%.*s=%.*s@%lld", STR_ARG(family), STR_ARG(field),
		STR_ARG(text), (long long)day),
	    family, field, text, day));
}

const struct value *
facts_refs(
    struct facts *f, struct str family, struct str field, struct str subject, int64_t day)
{
	return fact_value(fact_ask(f, FACT_REFS,
	    str_fmt(f->arena, "%.*s.%.*s=%.*s@%lld", STR_ARG(family), STR_ARG(field),
		STR_ARG(subject), (long long)day),
	    family, field, subject, day));
}

const struct value *
facts_matter(struct facts *f, struct str subject)
{
	return fact_value(fact_ask(f, FACT_MATTER, str_copy(f->arena, subject),
	    family_of(subject), S(""), subject, 0));
}

const struct value *
facts_total(struct facts *f, struct str family, struct str what, struct str conditions)
{
	return fact_value(fact_ask(f, FACT_TOTAL,
	    str_fmt(f->arena, "%.*s:%.*s:%.*s", STR_ARG(what), STR_ARG(family),
		STR_ARG(conditions)),
	    family, what, conditions, 0));
}

const struct value *
facts_next(struct facts *f, struct str series)
{
	return fact_value(fact_ask(f, FACT_NEXT,
	    str_fmt(f->arena, "next %.*s", STR_ARG(series)), S(""), S(""), series, 0));
}

const struct value *
facts_handled(struct facts *f, struct str procedure, struct str field, struct str by,
    struct str person)
{
	struct fact *fact = fact_ask(f, FACT_HANDLED,
	    str_fmt(f->arena, "handled %.*s.%.*s:%.*s=%.*s", STR_ARG(procedure),
		STR_ARG(field), STR_ARG(by), STR_ARG(person)),
	    procedure, field, person, 0);

	fact->by = by;
	return fact_value(fact);
}

const struct value *
facts_parts(struct facts *f, struct str subject)
{
	return fact_value(
	    fact_ask(f, FACT_PARTS, str_fmt(f->arena, "parts %.*s", STR_ARG(subject)),
		family_of(subject), S(""), subject, 0));
}

void
fact_give(struct fact *fact, struct value value)
{
	if (fact->known)
		bug("fact %.*s given twice", STR_ARG(fact->name));
	fact->value = value;
	fact->known = true;
}

struct value
facts_used(struct facts *f, struct arena *a)
{
	struct value used = value_map();

	for (size_t i = 0; i < f->by_name.n; i++) {
		const struct fact *fact = f->by_name.items[i].value;

		if (!fact->used || !fact->known || fact->form == FACT_NEXT)
			continue;
		if (fact->form == FACT_MATTER)
			value_set(
			    a, &used, fact->name, *value_get(&fact->value, S("at")));
		else if (fact->form == FACT_TOTAL)
			value_set(a, &used, fact->name, fact->value);
		else if (fact->form == FACT_REFS || fact->form == FACT_HANDLED)
			value_set(a, &used, fact->name,
			    value_int((int64_t)value_count(&fact->value)));
		else
			value_set(
			    a, &used, fact->name, *value_get(&fact->value, S("at")));
	}
	return used;
}
