/* What a state or a version says in the shared tables: references and clocks. */
#include "act/rows.h"

bool
ref_in(const struct ref_rows *refs, const struct ref_row *row)
{
	for (size_t i = 0; i < refs->n; i++)
		if (str_eq(refs->v[i].target, row->target) &&
		    str_eq(refs->v[i].field, row->field))
			return true;
	return false;
}

static void
ref_put(
    struct arena *a, struct ref_rows *refs, struct str name, const struct value *target)
{
	const struct ref_row row = { name, value_str(target) };

	for (size_t i = 0; target->kind == V_LIST && i < value_count(target); i++)
		ref_put(a, refs, name, value_at(target, i));
	if (row.target.n && !ref_in(refs, &row))
		*list_add(a, refs) = row;
}

void
refs_add(struct arena *a, const struct table *t, const struct value *fields,
    struct ref_rows *out)
{
	for (size_t i = 0; i < t->references.n; i++) {
		const struct reference *r = &t->references.v[i];
		const struct value *v = value_get(fields, r->field);

		if (!r->column.n) {
			ref_put(a, out, r->name, v);
			continue;
		}
		for (size_t k = 0; k < value_count(v); k++)
			ref_put(a, out, r->name, value_get(value_at(v, k), r->column));
	}
}

const struct clock_row *
clock_row_find(const struct clock_rows *clocks, struct str id)
{
	for (size_t i = 0; i < clocks->n; i++)
		if (str_eq(clocks->v[i].id, id))
			return &clocks->v[i];
	return NULL;
}

struct clock_rows
clocks_of(struct arena *a, const struct value *state)
{
	const struct value *clocks = value_get(state, S("clocks"));
	struct clock_rows rows = { 0 };

	for (size_t i = 0; clocks->kind == V_MAP && i < clocks->map.n; i++) {
		const struct value *c = &clocks->map.pairs[i].value;
		const struct value *due = value_get(c, S("due"));

		*list_add(a, &rows) = (struct clock_row){ clocks->map.pairs[i].key,
			value_str(value_get(c, S("state"))),
			due->kind == V_INT ? due->i : ABSENT_INT };
	}
	return rows;
}
