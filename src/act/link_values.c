/*
 * Fields that nobody fills in: what gives them their value must be there, and nothing
 * else may. A table is one of law/, or a field of rows of an entry that the matter names.
 */
#include "act/link.h"

static void
never_set(struct messages *m, const struct field *f, const struct set_def_list *set)
{
	for (size_t i = 0; i < set->n; i++)
		if (str_eq(set->v[i].field, f->id))
			message_put(m, set->v[i].line, 1,
			    "字段“%.*s”由决策表得出，不能另外设定", STR_ARG(f->id));
}

void
link_computed(struct messages *m, const struct procedure_def *p, const struct field *f)
{
	for (size_t i = 0; i < p->actions.n; i++) {
		const struct action_def *a = &p->actions.v[i];

		for (size_t k = 0; k < a->form.n; k++)
			if (str_eq(a->form.v[k].field, f->id))
				message_put(m, a->line, 1,
				    "字段“%.*s”由决策表得出，不能填写", STR_ARG(f->id));
		never_set(m, f, &a->set);
	}
	for (size_t i = 0; i < p->clocks.n; i++)
		never_set(m, f, &p->clocks.v[i].lapse_set);
}

/* The rows it is looked up in; NULL: there are none such. */
static const struct field *
rows_of(const struct defs *d, const struct procedure_def *p, const struct field *f)
{
	struct str rows = f->table, entry;
	const struct field *chosen, *found;
	const struct register_def *r;

	str_split(&rows, S("."), &entry);
	chosen = field_find(&p->fields, entry);
	if (!chosen || chosen->type != FIELD_ENTRY || chosen->of.n != 1)
		return NULL;
	r = defs_register(d, chosen->of.v[0]);
	found = r ? field_find(&r->fields, rows) : NULL;
	return found && found->type == FIELD_ROWS ? found : NULL;
}

static bool
is_plain(const struct field *column)
{
	return column && field_is_scalar(column) && !column->personal;
}

/* A range needs numbers in an order that the stored value has too. */
static bool
is_ordered(const struct field *column)
{
	return column->type == FIELD_INT || column->type == FIELD_MONEY ||
	       column->type == FIELD_DAY;
}

static void
link_column(struct messages *m, const struct field *f, const struct field *rows,
    const struct field_input *with)
{
	const struct field *column = field_find(&rows->columns, with->input);

	if (!is_plain(column))
		message_put(m, with->line, with->column, "行表“%.*s”没有列“%.*s”",
		    STR_ARG(f->table), STR_ARG(with->input));
	else if (with->match != MATCH_EQUAL && !is_ordered(column))
		message_put(m, with->line, with->column,
		    "列“%.*s”的类型不分大小，不能按范围查", STR_ARG(with->input));
}

const struct field *
link_entry_table(struct messages *m, const struct defs *d, const struct procedure_def *p,
    const struct field *f)
{
	const struct field *rows = rows_of(d, p, f);
	const struct field *gives = rows ? field_find(&rows->columns, f->id) : NULL;

	if (!rows) {
		message_put(m, f->line, f->column,
		    "“%.*s”应为引用一个名录的字段和该名录的行表", STR_ARG(f->table));
		return NULL;
	}
	if (!is_plain(gives) || gives->type != f->type)
		message_put(m, f->line, f->column,
		    "行表“%.*s”没有与字段“%.*s”同名同类型的列", STR_ARG(f->table),
		    STR_ARG(f->id));
	if (!f->with.n)
		message_put(m, f->line, f->column, "没有写明按哪一列查“%.*s”：缺少 with",
		    STR_ARG(f->table));
	for (size_t i = 0; i < f->with.n; i++)
		link_column(m, f, rows, &f->with.v[i]);
	return rows;
}
