/*
 * A table that a jurisdiction made itself, as rows of an entry (裁量权基准): the first
 * row whose named columns are what the matter says, or begin or end a range that holds
 * it, an empty cell being anything. The event holds the row as it was read, so that
 * nobody has to find the version again.
 */
#include "act/tables_entry.h"

#include "base/crypto.h"
#include "lang/canon.h"

bool
field_table_entry(const struct field *f, struct str *chosen, struct str *rows)
{
	*rows = f->table;
	return str_has(f->table, S(".")) && str_split(rows, S("."), chosen);
}

/* What the matter says to each column, as it would stand in a row; a column that is not
 * known is left out. */
static struct value
asked(struct judge *j, const struct field *f, const struct field_list *columns)
{
	struct value out = value_map();

	for (size_t i = 0; i < f->with.n; i++) {
		const struct field *column = field_find(columns, f->with.v[i].input);
		struct value v = judge_value(j, f->with.v[i].value), stored;

		if (column && !value_is_null(&v) &&
		    judge_export(j->cx->arena, column, &v, &stored))
			value_set(j->cx->arena, &out, column->id, stored);
	}
	return out;
}

/* What the matter says against one cell. */
static bool
cell_fits(enum match match, const struct value *cell, const struct value *said)
{
	switch (match) {
	case MATCH_EQUAL:
		return value_eq(cell, said);
	case MATCH_FROM:
		return value_num(said) >= value_num(cell);
	case MATCH_BELOW:
		return value_num(said) < value_num(cell);
	}
	return false;
}

/* UNKNOWN: whether the row fits hangs on what the matter does not say. */
static enum verdict
row_fits(const struct field *f, const struct value *row, const struct value *given)
{
	enum verdict v = VERDICT_YES;

	for (size_t i = 0; i < f->with.n; i++) {
		const struct value *cell = value_get(row, f->with.v[i].input);
		const struct value *said = value_get(given, f->with.v[i].input);

		if (value_is_null(cell))
			continue;
		if (value_is_null(said))
			v = VERDICT_UNKNOWN;
		else if (!cell_fits(f->with.v[i].match, cell, said))
			return VERDICT_NO;
	}
	return v;
}

/* From 1; 0: none fits, or a row before may. */
static size_t
row_that_fits(const struct field *f, const struct value *rows, const struct value *given)
{
	for (size_t i = 0; i < value_count(rows); i++) {
		const enum verdict v = row_fits(f, value_at(rows, i), given);

		if (v != VERDICT_NO)
			return v == VERDICT_YES ? i + 1 : 0;
	}
	return 0;
}

static struct value
recorded(struct arena *a, struct str ref, struct str field, const struct value *rows,
    size_t row, struct value given)
{
	const struct digest d = digest_of(DIGEST_SM3, canon_str(a, rows));
	struct value one = value_map(), numbers = value_list();

	if (row) {
		value_add(a, &numbers, value_int((int64_t)row));
		value_set(a, &one, S("row"), *value_at(rows, row - 1));
	}
	value_set_text(a, &one, "table", ref);
	value_set_text(a, &one, "field", field);
	value_set_text(a, &one, "edition", digest_hex(a, &d));
	value_set(a, &one, S("rows"), numbers);
	value_set(a, &one, S("inputs"), given);
	return one;
}

void
tables_compute_entry(struct work *w, struct draft *d, const struct field *f)
{
	struct arena *a = w->cx->arena;
	struct matter *m = d->matter;
	const struct value *before = value_get(value_get(&m->state, S("tables")), f->id);
	const struct value *entry = NULL, *rows;
	const struct register_def *r;
	const struct field *table;
	struct str chosen = S(""), id, ref;
	struct value given, stored = value_null();
	struct judge j;
	size_t row;

	field_table_entry(f, &chosen, &id);
	ref = value_str(matter_field(m, chosen));
	if (!ref.n && !value_str(value_get(before, S("table"))).n)
		return;
	r = defs_register(w->defs, subject_family(ref));
	table = r ? field_find(&r->fields, id) : NULL;
	work_judge(w, m, NULL, &j);
	given = table ? asked(&j, f, &table->columns) : value_map();
	if (ref.n)
		entry = facts_entry(w->facts, ref, w->done);
	w->needs |= j.needs || (ref.n && !entry);
	if (w->needs || (str_eq(ref, value_str(value_get(before, S("table")))) &&
			    value_eq(&given, value_get(before, S("inputs")))))
		return;
	rows = value_get(value_get(entry, S("values")), id);
	row = row_that_fits(f, rows, &given);
	if (row)
		stored = *value_get(value_at(rows, row - 1), f->id);
	if (!value_eq(&stored, matter_field(m, f->id)))
		work_set(w, d, f->id, stored);
	work_table(w, d, f->id, recorded(a, ref, id, rows, row, given));
}
