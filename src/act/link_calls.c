/*
 * What a call of the engine names in quotes: families, fields, parameters, children. They
 * are names all the same and must be there.
 */
#include "act/link.h"

struct call {
	struct arena *arena;
	const struct defs *defs;
	const struct procedure_def *of; /* whose expression it is; NULL: a register's */
	struct str name;
	const struct str *literals;
};

static struct str
no_field(const struct call *c, struct str field)
{
	return str_fmt(
	    c->arena, "“%.*s”没有字段“%.*s”", STR_ARG(c->literals[0]), STR_ARG(field));
}

/* total("task", "sum:amount", { body: u, from: d, to: d }) */
static struct str
total_fault(const struct call *c, const struct field_list *fields, bool of_matters,
    const struct feel_type *conditions)
{
	struct str what = c->literals[1], how;

	if (what.n && !str_eq(what, S("count"))) {
		if (!str_split(&what, S(":"), &how) ||
		    !(str_eq(how, S("sum")) || str_eq(how, S("latest"))))
			return str_fmt(c->arena,
			    "不能统计“%.*s”，可以用 count、sum:字段、latest:字段",
			    STR_ARG(c->literals[1]));
		if (!field_can_order(fields, what, of_matters))
			return no_field(c, what);
	}
	for (size_t i = 0; conditions->kind == FEEL_MAP && i < conditions->n; i++) {
		const struct str key = conditions->fields[i].name;

		if (!str_eq(key, S("from")) && !str_eq(key, S("to")) &&
		    !field_can_order(fields, key, of_matters))
			return no_field(c, key);
	}
	return S("");
}

static bool
is_about_children(struct str name)
{
	static const struct str names[] = { S("passed"), S("open"), S("outcome"),
		S("all_closed"), S("children") };

	for (size_t i = 0; i < sizeof names / sizeof *names; i++)
		if (str_eq(names[i], name))
			return true;
	return false;
}

struct str
link_call_fault(struct arena *a, const struct defs *d, const struct procedure_def *of,
    struct str name, const struct str *literals, const struct feel_type *last)
{
	const struct call c = { a, d, of, name, literals };
	const struct register_def *r = defs_register(d, literals[0]);
	const struct procedure_def *p = defs_procedure(d, literals[0]);
	const struct field_list *fields = r ? &r->fields : p ? &p->fields : NULL;

	if (!literals[0].n)
		return S("");
	if (is_about_children(name) && of && !child_find(of, literals[0]))
		return str_fmt(a, "没有子程序“%.*s”", STR_ARG(literals[0]));
	if (str_eq(name, S("find")) && !r)
		return str_fmt(a, "没有名录“%.*s”", STR_ARG(literals[0]));
	if ((str_eq(name, S("entries")) || str_eq(name, S("total"))) && !fields)
		return str_fmt(a, "没有名录或者程序“%.*s”", STR_ARG(literals[0]));
	if (str_eq(name, S("entries")) && literals[1].n &&
	    !field_find(fields, literals[1]))
		return no_field(&c, literals[1]);
	if (str_eq(name, S("total")))
		return total_fault(&c, fields, p != NULL, last);
	if (str_eq(name, S("table")) && !map_find(&d->tables, literals[0]))
		return str_fmt(a, "没有决策表“%.*s”", STR_ARG(literals[0]));
	if (str_eq(name, S("decided")) && of &&
	    (!field_find(&of->fields, literals[0]) ||
		!field_find(&of->fields, literals[0])->table.n))
		return str_fmt(a, "“%.*s”不是由决策表得出的字段", STR_ARG(literals[0]));
	if (str_eq(name, S("param")) && !map_find(&d->parameters, literals[0]))
		return str_fmt(a, "没有参数“%.*s”", STR_ARG(literals[0]));
	return S("");
}
