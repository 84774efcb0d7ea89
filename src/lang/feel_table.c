/*
 * The answer of a decision table. Every row is looked at, so that a table promised to be
 * unique is found out when it is not; tables are short.
 */
#include "lang/feel_table.h"

#include "lang/feel_tree.h"

struct hit {
	size_t row;
	struct value result;
};

struct judging {
	struct feel_run *run;
	const struct feel_table *t;
	const struct value *inputs;
	LIST(struct hit) hits;
	bool unknown;       /* a row that cannot be decided was met */
	bool unknown_first; /* … before any row that fits */
};

bool
feel_hit_parse(struct str s, enum feel_hit *out)
{
	static const char *const names[] = {
		[HIT_UNIQUE] = "U",
		[HIT_ANY] = "A",
		[HIT_PRIORITY] = "P",
		[HIT_FIRST] = "F",
		[HIT_OUTPUT_ORDER] = "O",
		[HIT_RULE_ORDER] = "R",
		[HIT_COLLECT] = "C",
		[HIT_SUM] = "C+",
		[HIT_MIN] = "C<",
		[HIT_MAX] = "C>",
		[HIT_COUNT] = "C#",
	};

	for (size_t i = 0; i < sizeof names / sizeof *names; i++)
		if (str_eq(s, str_z(names[i]))) {
			*out = (enum feel_hit)i;
			return true;
		}
	return false;
}

bool
feel_hit_lists(enum feel_hit hit)
{
	return hit == HIT_OUTPUT_ORDER || hit == HIT_RULE_ORDER || hit == HIT_COLLECT;
}

/* 1 the row fits, 0 it does not, -1 it cannot be said. */
static int
row_fits(const struct judging *j, const struct feel_table_row *row)
{
	int fits = 1;

	for (size_t i = 0; i < j->t->n_inputs && fits != 0; i++) {
		const int one = feel_satisfies(j->run, row->tests[i], &j->inputs[i]);

		fits = one == 0 ? 0 : one < 0 ? -1 : fits;
	}
	return fits;
}

static struct value
converted(struct judging *j, const struct feel *e, const struct feel_type *type)
{
	return feel_convert(j->run, feel_eval(j->run, e), type);
}

static struct value
row_result(struct judging *j, const struct feel_table_row *row)
{
	const struct feel_table *t = j->t;
	struct value map = value_map();

	if (t->n_outputs == 1)
		return converted(j, row->results[0], t->outputs[0].type);
	for (size_t i = 0; i < t->n_outputs; i++)
		value_set(j->run->arena, &map, t->outputs[i].name,
		    converted(j, row->results[i], t->outputs[i].type));
	return map;
}

static struct value
fallback(struct judging *j)
{
	const struct feel_table *t = j->t;
	struct value map = value_map();
	bool any = false;

	for (size_t i = 0; i < t->n_outputs; i++) {
		const struct feel *e = t->outputs[i].fallback;
		const struct value v = e ? converted(j, e, t->outputs[i].type)
					 : value_null();

		any = any || e;
		if (t->n_outputs == 1)
			return v;
		value_set(j->run->arena, &map, t->outputs[i].name, v);
	}
	return any ? map : value_null();
}

/* The place of a result in its output's order; what is not there comes last. */
static size_t
rank(struct judging *j, const struct feel_table_output *output, const struct value *v)
{
	const struct feel *order = output->order;

	for (size_t i = 0; i < order->n; i++) {
		const struct feel *one = order->kids[i];
		const struct feel test = {
			.kind = F_TESTS, .kids = &one, .n = 1, .uses_input = true
		};

		if (feel_satisfies(j->run, &test, v) == 1)
			return i;
	}
	return order->n;
}

static bool
comes_before(struct judging *j, const struct hit *a, const struct hit *b)
{
	const struct feel_table *t = j->t;

	for (size_t i = 0; i < t->n_outputs; i++) {
		const struct feel_table_output *o = &t->outputs[i];
		const bool one = t->n_outputs == 1;
		size_t x, y;

		if (!o->order)
			continue;
		x = rank(j, o, one ? &a->result : value_get(&a->result, o->name));
		y = rank(j, o, one ? &b->result : value_get(&b->result, o->name));
		if (x != y)
			return x < y;
	}
	return false;
}

/* By insertion: stable, and hits are few. */
static void
sort_hits(struct judging *j)
{
	for (size_t i = 1; i < j->hits.n; i++)
		for (size_t k = i; k && comes_before(j, &j->hits.v[k], &j->hits.v[k - 1]);
		     k--) {
			const struct hit other = j->hits.v[k];

			j->hits.v[k] = j->hits.v[k - 1];
			j->hits.v[k - 1] = other;
		}
}

static struct value
all_results(struct judging *j)
{
	struct value list = value_list();

	for (size_t i = 0; i < j->hits.n; i++)
		value_add(j->run->arena, &list, j->hits.v[i].result);
	return list;
}

static struct value
aggregated(struct judging *j, const char *function)
{
	struct value list = all_results(j);

	return feel_builtin_find(str_z(function))->run(j->run, &list, 1);
}

static struct value
one_of(struct judging *j)
{
	const bool any = j->t->hit == HIT_ANY;

	for (size_t i = 1; i < j->hits.n; i++)
		if (!any || feel_equal(&j->hits.v[0].result, &j->hits.v[i].result) != 1)
			return feel_null(
			    j->run, "决策表有 %zu 行同时符合，结果不唯一", j->hits.n);
	return j->hits.v[0].result;
}

static struct value
answer(struct judging *j)
{
	switch (j->t->hit) {
	case HIT_UNIQUE:
	case HIT_ANY:
		return one_of(j);
	case HIT_PRIORITY:
		sort_hits(j);
		return j->hits.v[0].result;
	case HIT_FIRST:
		return j->hits.v[0].result;
	case HIT_OUTPUT_ORDER:
		sort_hits(j);
		return all_results(j);
	case HIT_RULE_ORDER:
	case HIT_COLLECT:
		return all_results(j);
	case HIT_SUM:
		return aggregated(j, "sum");
	case HIT_MIN:
		return aggregated(j, "min");
	case HIT_MAX:
		return aggregated(j, "max");
	case HIT_COUNT:
		return aggregated(j, "count");
	}
	return value_null();
}

/* Collecting nothing gives an empty list, counting nothing 0. */
static struct value
answer_without_hit(struct judging *j)
{
	bool has_fallback = false;

	for (size_t i = 0; i < j->t->n_outputs; i++)
		has_fallback = has_fallback || j->t->outputs[i].fallback;
	if (has_fallback)
		return fallback(j);
	if (j->t->hit == HIT_COLLECT || j->t->hit == HIT_COUNT)
		return answer(j);
	return feel_null(j->run, "决策表没有一行符合");
}

/* Does a row that cannot be decided leave the answer open? Of a unique table the one row
 * that fits is the answer whatever the others are. */
static bool
is_open(const struct judging *j)
{
	if (!j->run->strict || !j->unknown)
		return false;
	if (j->t->hit == HIT_FIRST)
		return j->unknown_first;
	return !j->hits.n || (j->t->hit != HIT_UNIQUE && j->t->hit != HIT_ANY);
}

static bool
read_inputs(struct judging *j, const struct value *given, struct value *inputs)
{
	for (size_t i = 0; i < j->t->n_inputs; i++) {
		const struct feel_table_input *in = &j->t->inputs[i];
		const struct value v = given ? given[i] : feel_eval(j->run, in->value);

		inputs[i] = feel_convert(j->run, v, in->type);
		if (in->allowed && !value_is_null(&inputs[i]) &&
		    feel_satisfies(j->run, in->allowed, &inputs[i]) != 1) {
			feel_null(j->run, "决策表不接受这样的 %.*s", STR_ARG(in->name));
			return false;
		}
	}
	return true;
}

static void
tell_rows(struct judging *j, struct feel_table_answer *out)
{
	const bool single = j->t->hit == HIT_UNIQUE || j->t->hit == HIT_PRIORITY ||
			    j->t->hit == HIT_FIRST || j->t->hit == HIT_ANY;

	out->n_rows = single && j->hits.n ? 1 : j->hits.n;
	out->rows = arena_array(j->run->arena, size_t, out->n_rows);
	for (size_t i = 0; i < out->n_rows; i++)
		out->rows[i] = j->hits.v[i].row;
}

void
feel_table_judge(struct feel_run *run, const struct feel_table *t,
    const struct value *given, struct feel_table_answer *out)
{
	struct value *inputs = arena_array(run->arena, struct value, t->n_inputs);
	struct judging j = { .run = run, .t = t, .inputs = inputs };

	*out = (struct feel_table_answer){ .value = value_null(), .inputs = inputs };
	if (!read_inputs(&j, given, inputs))
		return;
	for (size_t i = 0; i < t->n_rows && !feel_stopped(run); i++) {
		const int fits = t->rows[i].off ? 0 : row_fits(&j, &t->rows[i]);

		if (fits < 0) {
			j.unknown = true;
			j.unknown_first = j.unknown_first || !j.hits.n;
		}
		if (fits == 1)
			*list_add(run->arena, &j.hits) = (struct hit){ i,
				row_result(&j, &t->rows[i]) };
	}
	if (feel_stopped(run))
		return;
	if (is_open(&j)) {
		out->undecided = true;
		feel_null(run, "决策表缺少条件，无法确定");
		return;
	}
	out->value = j.hits.n ? answer(&j) : answer_without_hit(&j);
	if (!value_is_null(&out->value))
		tell_rows(&j, out);
}
