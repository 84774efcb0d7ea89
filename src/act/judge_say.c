/* What a rule says that does not hold, or of which it cannot be said. */
#include "act/judge.h"

/* A value that a table gives is missing because something of it is. */
static void
add_missing(
    const struct judge *j, struct arena *a, const struct field *f, struct str *titles)
{
	const struct decision_def *t = f->table.n ? defs_table(j->defs, f->table, j->done)
						  : NULL;
	bool any = false;

	for (size_t i = 0; t && i < t->inputs.n; i++) {
		const struct field *input = field_find(j->fields, t->inputs.v[i].id);

		if (!input || !value_is_null(value_get(&j->values, input->id)))
			continue;
		add_missing(j, a, input, titles);
		any = true;
	}
	if (!any)
		*titles = str_fmt(a, "%.*s%s%.*s", STR_ARG(*titles),
		    titles->n ? "、" : "", STR_ARG(f->title));
}

/* The titles of the fields among the missing names: nobody fills in an id. */
static struct str
missing_titles(const struct judge *j)
{
	struct arena *a = j->cx->arena;
	struct str titles = S("");

	for (size_t i = 0; j->fields && i < j->missing.n; i++)
		for (size_t k = 0; k < j->fields->n; k++) {
			const struct field *f = &j->fields->v[k];

			if (str_eq(f->name, j->missing.v[i]))
				add_missing(j, a, f, &titles);
		}
	return titles;
}

void
judge_refuse(struct judge *j, const struct rule *rule, enum verdict verdict,
    struct refusal_list *out)
{
	const struct str missing = verdict == VERDICT_UNKNOWN ? missing_titles(j) : S("");
	const struct str message = missing.n ? str_fmt(j->cx->arena, "%.*s（缺少：%.*s）",
						   STR_ARG(rule->says), STR_ARG(missing))
					     : rule->says;

	refuse_rule(j->cx, out, REFUSE_RULE, rule->id, rule->field, message, rule->basis,
	    rule->ways);
}
