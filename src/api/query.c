/* Reading addresses. */
#include "api/query.h"

#include "base/date.h"
#include "procedure/definition.h"
#include "web/site.h"
#include "web/word.h"

static bool
wrong(struct exchange *x, struct str name, struct str why)
{
	form_refuse(x, name, why);
	respond_error(x, 400);
	return false;
}

bool
query_only_(struct exchange *x, const char *const *names, size_t n)
{
	const struct params *ps = &x->req.query;

	for (size_t i = 0; i < ps->n; i++) {
		bool known = false, again = false;

		for (size_t k = 0; k < n && !known; k++) {
			const struct str name = str_z(names[k]);

			known = str_ends(name, S(".")) ? str_starts(ps->v[i].name, name)
						       : str_eq(ps->v[i].name, name);
		}
		for (size_t k = 0; k < i; k++)
			again |= str_eq(ps->v[k].name, ps->v[i].name);
		if (!known || again)
			return wrong(x, ps->v[i].name,
			    known ? W(api_query_wrong) : W(api_query_unknown));
	}
	return true;
}

bool
query_only_none(struct exchange *x)
{
	return query_only_(x, NULL, 0);
}

bool
query_day(struct exchange *x, struct str name, int64_t *out)
{
	const struct str asked = query_get(x, name);

	*out = cx_today(&x->cx);
	if (!params_has(&x->req.query, name) || day_parse(asked, out))
		return true;
	return wrong(x, name, W(api_query_wrong));
}

struct id_list
query_filters(struct arena *a, const struct list_def_list *lists)
{
	struct id_list all = { 0 };

	for (size_t i = 0; i < lists->n; i++)
		for (size_t k = 0; k < lists->v[i].filters.n; k++)
			if (!id_list_has(&all, lists->v[i].filters.v[k]))
				*list_add(a, &all) = lists->v[i].filters.v[k];
	return all;
}

static bool
is_masked(const struct query_of *of, struct str field)
{
	const struct procedure_def *p = of->procedure;
	/* A matter's title is the field that names it. */
	const bool names = p && str_eq(field, S("title")) && p->name.n;
	const struct str first = names ? p->name
				       : str_sub(field, 0, str_find(field, S("."), 0));

	return p && procedure_masks(p, first);
}

static bool
is_day(const struct field *f, struct str id)
{
	return f ? f->type == FIELD_DAY : str_eq(id, S("opened")) || str_eq(id, S("due"));
}

static bool
is_bool(const struct field *f, struct str id)
{
	return f ? f->type == FIELD_BOOL : str_eq(id, S("closed"));
}

static bool
is_number(const struct field *f)
{
	return f && (f->type == FIELD_INT || f->type == FIELD_MONEY);
}

static bool
filter_take(const struct query_of *of, struct str text, struct read_filter *f)
{
	const struct field *field = field_find(of->fields, f->field);
	int64_t n;

	f->op = READ_IS;
	f->value = value_text(text);
	if (text.n > 500)
		return false;
	if ((field && field->type != FIELD_ENTRY && field->type != FIELD_MATTER &&
		field_is_reference(field)) ||
	    str_has(f->field, S("."))) {
		f->op = READ_REFERS;
	} else if (is_day(field, f->field)) {
		f->value = value_int(0);
		return day_parse(text, &f->value.i);
	} else if (is_bool(field, f->field)) {
		f->value = value_bool(str_eq(text, S("true")));
		return f->value.b || str_eq(text, S("false"));
	} else if (is_number(field)) {
		f->value = value_int(0);
		if (!str_int(text, &n) || n > INT64_C(9007199254740991) ||
		    n < -INT64_C(9007199254740991))
			return false;
		f->value.i = n;
	}
	return true;
}

static bool
filters_take(struct view *v, const struct query_of *of, struct read_query *q)
{
	struct exchange *x = v->x;
	const struct params *ps = &x->req.query;
	struct read_filter *filters = arena_array(
	    &x->arena, struct read_filter, ps->n + 1);

	q->filters = filters;
	for (size_t i = 0; i < ps->n; i++) {
		struct read_filter *f = &filters[q->n];

		if (!str_starts(ps->v[i].name, S(QUERY_FILTER)))
			continue;
		f->field = str_sub(
		    ps->v[i].name, sizeof QUERY_FILTER - 1, ps->v[i].name.n);
		if (is_masked(of, f->field))
			return wrong(x, ps->v[i].name, W(api_filter_masked));
		if (!filter_take(of, ps->v[i].value, f))
			return wrong(x, ps->v[i].name, W(api_query_wrong));
		q->n++;
	}
	return true;
}

static const struct list_def *
list_find(const struct list_def_list *lists, struct str id)
{
	for (size_t i = 0; i < lists->n; i++)
		if (str_eq(lists->v[i].id, id))
			return &lists->v[i];
	return NULL;
}

/* Without a list's name: each filter that any list has, in the order of creation. */
static bool
list_take(struct view *v, const struct query_of *of, struct read_query *q)
{
	struct exchange *x = v->x;
	const struct str asked = query_get(x, S("list"));
	const struct list_def any = { .filters = query_filters(&x->arena, of->lists) };
	const struct list_def *list = asked.n ? list_find(of->lists, asked) : &any;

	if (!list)
		return wrong(x, S("list"), W(api_list_none));
	if (read_by_list(&x->cx, list, q) != ERR_OK) {
		respond_error(x, 400);
		return false;
	}
	if (is_masked(of, q->order))
		q->order = S("");
	return true;
}

bool
query_take(struct view *v, const struct query_of *of, struct read_query *out)
{
	struct exchange *x = v->x;
	const struct str limit = query_get(x, S("limit"));
	int64_t n = QUERY_LIMIT;

	*out = (struct read_query){ .family = of->family,
		.search = query_get(x, S("search")),
		.after = query_get(x, S("after")) };
	if (params_has(&x->req.query, S("limit")) &&
	    (!str_int(limit, &n) || n < 1 || n > QUERY_LIMIT_MAX))
		return wrong(x, S("limit"), W(api_query_wrong));
	if (out->search.n > 500 || out->after.n > 2000)
		return wrong(x, out->search.n > 500 ? S("search") : S("after"),
		    W(api_query_wrong));
	if (out->search.n && of->procedure && is_masked(of, S("title")))
		return wrong(x, S("search"), W(api_filter_masked));
	out->limit = (size_t)n;
	return filters_take(v, of, out) && list_take(v, of, out);
}
