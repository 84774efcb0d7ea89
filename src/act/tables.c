/* Asking decision tables of law/, for expressions and for fields. */
#include "act/tables.h"

#include "act/tables_entry.h"

enum { TABLES_DEEP = 4 };

bool
judge_table(
    struct judge *j, struct str id, const struct value *given, struct table_answer *out)
{
	const struct decision_def *t = defs_table(j->defs, id, j->done);
	const struct feel_vars vars = { .map = given };
	struct feel_run run = judge_run(j, &vars);
	struct value *inputs;

	if (!t || j->tables >= TABLES_DEEP)
		return false;
	inputs = arena_array(j->cx->arena, struct value, t->inputs.n);
	for (size_t i = 0; i < t->inputs.n; i++)
		inputs[i] = *value_get(given, t->inputs.v[i].name);
	out->table = t;
	j->tables++;
	feel_table_judge(&run, &t->table, inputs, &out->answer);
	j->tables--;
	j->needs |= run.needs;
	return true;
}

/* What the table is told: by the names of its inputs. */
static struct value
inputs_of(struct judge *j, const struct field *f, const struct decision_def *t)
{
	struct arena *a = j->cx->arena;
	struct value given = value_map();

	for (size_t i = 0; i < t->inputs.n; i++) {
		const struct field *input = &t->inputs.v[i];
		const struct field *same = field_find(j->fields, input->id);
		const struct feel *with = NULL;
		struct value v = value_null();

		for (size_t k = 0; k < f->with.n; k++)
			if (str_eq(f->with.v[k].input, input->id))
				with = f->with.v[k].value;
		if (with)
			v = judge_value(j, with);
		else if (same)
			v = judge_import(a, same, value_get(&j->values, same->id));
		value_set(a, &given, input->name, v);
	}
	return given;
}

/* As it is recorded; what cannot be is left out. */
static struct value
inputs_stored(struct arena *a, const struct decision_def *t, const struct value *given)
{
	struct value out = value_map();

	for (size_t i = 0; i < t->inputs.n; i++) {
		const struct field *f = &t->inputs.v[i];
		const struct value *v = value_get(given, f->name);
		struct value stored;

		if (!value_is_null(v) && judge_export(a, f, v, &stored))
			value_set(a, &out, f->id, stored);
	}
	return out;
}

/* Of several outputs the one that has the field's name. */
static struct value
output_for(const struct field *f, const struct table_answer *answer)
{
	const struct value *v = &answer->answer.value;

	return answer->table->outputs.n == 1 ? *v : *value_get(v, f->name);
}

static struct value
answer_recorded(struct arena *a, const struct table_answer *answer, struct value inputs)
{
	struct value one = value_map(), rows = value_list();

	for (size_t i = 0; i < answer->answer.n_rows; i++)
		value_add(a, &rows, value_int((int64_t)answer->answer.rows[i] + 1));
	value_set_text(a, &one, "table", answer->table->id);
	value_set_text(a, &one, "edition", answer->table->digest);
	value_set(a, &one, S("rows"), rows);
	value_set(a, &one, S("inputs"), inputs);
	return one;
}

static void
compute(struct work *w, struct draft *d, const struct field *f)
{
	struct arena *a = w->cx->arena;
	struct matter *m = d->matter;
	const struct decision_def *t = defs_table(w->defs, f->table, w->done);
	const struct value *before = value_get(value_get(&m->state, S("tables")), f->id);
	struct table_answer answer;
	struct value given, inputs, feel, stored;
	struct judge j;

	if (!t)
		return;
	work_judge(w, m, NULL, &j);
	given = inputs_of(&j, f, t);
	inputs = inputs_stored(a, t, &given);
	if (j.needs || value_eq(&inputs, value_get(before, S("inputs"))) ||
	    (!inputs.map.n && value_is_null(before))) {
		w->needs |= j.needs;
		return;
	}
	if (!judge_table(&j, f->table, &given, &answer))
		return;
	w->needs |= j.needs;
	if (w->needs || (answer.answer.undecided && value_is_null(before)))
		return;
	feel = output_for(f, &answer);
	if (!judge_export(a, f, &feel, &stored)) {
		refuse(w->cx, &w->hard, REFUSE_FORM, f->id, "“%.*s”无法按决策表得出",
		    STR_ARG(f->title));
		return;
	}
	if (!value_eq(&stored, matter_field(m, f->id)))
		work_set(w, d, f->id, stored);
	work_table(w, d, f->id, answer_recorded(a, &answer, inputs));
}

void
tables_compute(struct work *w, struct draft *d)
{
	const struct field_list *fields = &d->matter->procedure->fields;

	for (size_t i = 0; i < fields->n && !w->needs; i++)
		if (str_has(fields->v[i].table, S(".")))
			tables_compute_entry(w, d, &fields->v[i]);
		else if (fields->v[i].table.n)
			compute(w, d, &fields->v[i]);
}
