/*
 * Whether 日 means days or workdays is the statute's own matter (行政处罚法 85,
 * 行政许可法 82, 行政强制法 69, 行政复议法 88) and differs by the number. A statute says
 * it once in its file; a clock that rests on it must be written the same way. Numbers
 * that come from a parameter are not the statute's.
 */
#include "act/link.h"

#include "register/vocabulary.h"

/* Below a statute: `days: { workdays: all | [2, 3, 5, 7], by: "85" }`. */
void
statute_days_load(
    struct messages *m, struct defs *d, struct str statute, const struct yaml_node *root)
{
	const struct yaml_node *node = yaml_get(root, S("days"));
	const struct yaml_node *workdays = yaml_get(node, S("workdays"));
	struct statute_days *days;

	if (node->kind == YAML_NONE)
		return;
	days = arena_new(d->arena, struct statute_days);
	shape_closed(m, node, &shape_days);
	days->article = yaml_str(yaml_get(node, S("by")));
	days->all = str_eq(yaml_str(workdays), S("all"));
	if (!yaml_find(yaml_get(root, S("articles")), days->article))
		yaml_fault(m, node, "days：没有条款“%.*s”", STR_ARG(days->article));
	if (!days->all && yaml_want(m, workdays, YAML_LIST))
		for (yaml_each(item, workdays)) {
			int64_t n = 0;

			if (yaml_int(m, item, &n))
				*list_add(d->arena, &days->numbers) = n;
		}
	map_put(d->arena, &d->statute_days, statute, days);
}

static bool
means_workdays(const struct statute_days *days, int64_t number)
{
	for (size_t i = 0; i < days->numbers.n; i++)
		if (days->numbers.v[i] == number)
			return true;
	return days->all;
}

static void
check_term(struct messages *m, const struct defs *d, const struct clock_def *c,
    const struct term_def *term, struct str basis, int line)
{
	const bool workdays = term->term.unit == TERM_WORKDAYS;
	struct str part;

	if (term->parameter.n || (!workdays && term->term.unit != TERM_DAYS))
		return;
	while (str_split(&basis, S("、"), &part)) {
		struct str statute = { 0 };
		const struct statute_days *days;

		str_split(&part, S("/"), &statute);
		days = map_find(&d->statute_days, statute);
		if (!days || means_workdays(days, term->term.number) == workdays)
			continue;
		message_put(m, line, 1,
		    "期限“%.*s”写作 %lld %s，而按%.*s第%.*s条，%lld日指%s，应当写作 %lld "
		    "%s；法律没有规定这个数目的，写作参数",
		    STR_ARG(c->id), (long long)term->term.number,
		    workdays ? "workdays" : "days", STR_ARG(statute),
		    STR_ARG(days->article), (long long)term->term.number,
		    workdays ? "自然日" : "工作日", (long long)term->term.number,
		    workdays ? "days" : "workdays");
		return;
	}
}

void
link_terms(struct messages *m, const struct defs *d, const struct procedure_def *p)
{
	for (size_t i = 0; i < p->clocks.n; i++) {
		const struct clock_def *c = &p->clocks.v[i];

		if (c->has_term)
			check_term(m, d, c, &c->term, c->basis, c->line);
		for (size_t k = 0; k < c->extensions.n; k++) {
			const struct clock_extension *e = &c->extensions.v[k];

			check_term(
			    m, d, c, &e->more, e->basis.n ? e->basis : c->basis, e->line);
		}
	}
}
