/*
 * Reading a decision table. Cells are unary tests and expressions of FEEL; where the
 * column is a choice its options are named as they are, without quotes.
 */
#include "procedure/decision.h"

#include "lang/feel_tree.h"
#include "procedure/parts.h"
#include "register/vocabulary.h"

struct reader {
	struct cx *cx;
	struct messages *m;
	struct decision_def *d;
};

static struct feel *
node(struct reader *r, const struct yaml_node *at, enum feel_kind kind, size_t n)
{
	struct feel *e = arena_new(r->cx->arena, struct feel);

	e->kind = kind;
	e->line = at->line;
	e->column = at->column;
	e->text = at->text;
	e->kids = arena_array(r->cx->arena, const struct feel *, n);
	return e;
}

static const struct feel *
option(struct reader *r, const struct yaml_node *at)
{
	struct feel *e = node(r, at, F_LITERAL, 0);

	yaml_want(r->m, at, YAML_SCALAR);
	e->value = value_text(at->text);
	return e;
}

/* One option, or a list of them. */
static const struct feel *
options(struct reader *r, const struct yaml_node *at)
{
	struct feel *e = node(r, at, F_TESTS, at->kind == YAML_LIST ? at->n : 1);

	if (at->kind != YAML_LIST) {
		if (!str_eq(at->text, S("-")))
			e->kids[e->n++] = option(r, at);
		return e;
	}
	for (yaml_each(item, at))
		e->kids[e->n++] = option(r, item);
	return e;
}

static const struct feel *
any(struct reader *r, const struct yaml_node *at)
{
	return node(r, at, F_TESTS, 0);
}

static const struct feel *
test(struct reader *r, const struct field *f, const struct yaml_node *at)
{
	const struct feel_scope scope = { .line = at->line, .column = at->column };
	const struct feel *e;

	if (at->kind == YAML_NONE)
		return any(r, at);
	if (f->type == FIELD_CHOICE)
		return options(r, at);
	if (!yaml_want(r->m, at, YAML_SCALAR) ||
	    feel_parse_tests(r->cx, at->text, &scope, &e, r->m) != ERR_OK)
		return any(r, at);
	return e;
}

static const struct feel *
result(struct reader *r, const struct field *f, const struct yaml_node *at)
{
	const struct feel *e;

	if (f->type == FIELD_CHOICE)
		return option(r, at);
	e = expression_load(r->cx, r->m, at);
	return e ? e : node(r, at, F_LITERAL, 0);
}

/* Keys must be columns. */
static void
want_columns(struct reader *r, const struct yaml_node *map,
    const struct field_list *fields, const char *what)
{
	if (map->kind == YAML_NONE || !yaml_want(r->m, map, YAML_MAP))
		return;
	for (yaml_each(item, map))
		if (!field_find(fields, item->key))
			yaml_fault_key(
			    r->m, item, "没有%s“%.*s”", what, STR_ARG(item->key));
}

static void
columns_load(struct reader *r, const struct yaml_node *node, const char *what,
    struct field_list *out)
{
	fields_load(r->cx, r->m, node, out);
	matter_keys_are_none(r->m, node, out);
	if (!out->n)
		yaml_fault(r->m, node, "决策表没有%s", what);
	for (size_t i = 0; i < out->n; i++) {
		const struct field *f = &out->v[i];

		if (!field_is_scalar(f) || f->required || f->unique)
			message_put(r->m, f->line, f->column,
			    "%s“%.*s”只能是单个的值，不能有 required、unique、personal",
			    what, STR_ARG(f->id));
	}
}

static void
row_load(struct reader *r, const struct yaml_node *at, struct feel_table_row *row)
{
	struct decision_def *d = r->d;
	const struct yaml_node *when = yaml_get(at, S("when"));
	const struct yaml_node *then = yaml_get(at, S("then"));
	struct decision_row *note = list_add(r->cx->arena, &d->notes);

	shape_closed(r->m, at, &shape_table_row);
	want_columns(r, when, &d->inputs, "输入列");
	want_columns(r, then, &d->outputs, "结果列");
	row->tests = arena_array(r->cx->arena, const struct feel *, d->inputs.n);
	row->results = arena_array(r->cx->arena, const struct feel *, d->outputs.n);
	for (size_t i = 0; i < d->inputs.n; i++)
		row->tests[i] = test(
		    r, &d->inputs.v[i], yaml_get(when, d->inputs.v[i].id));
	for (size_t i = 0; i < d->outputs.n; i++) {
		const struct yaml_node *cell = yaml_get(then, d->outputs.v[i].id);

		if (cell->kind == YAML_NONE)
			yaml_fault(r->m, at, "这一行没有结果“%.*s”",
			    STR_ARG(d->outputs.v[i].id));
		row->results[i] = result(r, &d->outputs.v[i], cell);
	}
	*note = (struct decision_row){ ids_joined(r->cx, r->m, yaml_get(at, S("basis"))),
		at->line };
}

static void
rows_load(struct reader *r, const struct yaml_node *rows)
{
	struct decision_def *d = r->d;

	if (!yaml_want(r->m, rows, YAML_LIST))
		return;
	d->rows = arena_array(r->cx->arena, struct feel_table_row, rows->n);
	for (yaml_each(row, rows))
		row_load(r, row, &d->rows[d->table.n_rows++]);
	d->table.rows = d->rows;
}

static const struct feel *
order_load(struct reader *r, const struct field *f, const struct yaml_node *at)
{
	struct feel *e;

	if (at->kind == YAML_NONE || !yaml_want(r->m, at, YAML_LIST))
		return NULL;
	e = node(r, at, F_TESTS, at->n);
	for (yaml_each(item, at))
		e->kids[e->n++] = result(r, f, item);
	return e;
}

static void
outputs_load(struct reader *r, const struct yaml_node *root)
{
	struct decision_def *d = r->d;
	struct feel_table_output *outputs = arena_array(
	    r->cx->arena, struct feel_table_output, d->outputs.n);
	const struct yaml_node *order = yaml_get(root, S("order"));
	const struct yaml_node *otherwise = yaml_get(root, S("otherwise"));
	const bool ranked = d->table.hit == HIT_PRIORITY ||
			    d->table.hit == HIT_OUTPUT_ORDER;

	want_columns(r, order, &d->outputs, "结果列");
	want_columns(r, otherwise, &d->outputs, "结果列");
	for (size_t i = 0; i < d->outputs.n; i++) {
		const struct field *f = &d->outputs.v[i];
		const struct yaml_node *other = yaml_get(otherwise, f->id);

		outputs[i].name = f->name;
		outputs[i].order = order_load(r, f, yaml_get(order, f->id));
		if (other->kind != YAML_NONE)
			outputs[i].fallback = result(r, f, other);
	}
	if (ranked != (order->kind != YAML_NONE))
		yaml_fault(r->m, ranked ? root : order,
		    ranked ? "hit 是 P 或者 O 时须有 order"
			   : "hit 不是 P 或者 O，不需要 order");
	d->table.outputs = outputs;
	d->table.n_outputs = d->outputs.n;
}

static void
hit_load(struct reader *r, const struct yaml_node *node)
{
	const enum feel_hit *hit = &r->d->table.hit;

	if (!feel_hit_parse(yaml_str(node), &r->d->table.hit)) {
		yaml_fault(r->m, node, "hit 应为 U A P F R O C C+ C< C> C# 之一");
		return;
	}
	if (*hit >= HIT_SUM && r->d->outputs.n > 1)
		yaml_fault(r->m, node, "汇总的决策表只能有一个结果列");
}

void
decision_load(struct cx *cx, struct messages *m, const struct yaml_node *root,
    struct decision_def *d)
{
	struct reader r = { cx, m, d };
	struct feel_table_input *inputs;

	shape_closed(m, root, &shape_table);
	d->id = yaml_str(yaml_get(root, S("table")));
	d->title = yaml_str(yaml_get(root, S("title")));
	if (!d->title.n)
		yaml_fault(m, root, "决策表缺少名称 title");
	d->basis = ids_joined(cx, m, yaml_get(root, S("basis")));
	in_force_load(m, yaml_get(root, S("in_force")), &d->from_day, &d->to_day);
	columns_load(&r, yaml_get(root, S("inputs")), "输入列", &d->inputs);
	columns_load(&r, yaml_get(root, S("outputs")), "结果列", &d->outputs);
	inputs = arena_array(cx->arena, struct feel_table_input, d->inputs.n);
	for (size_t i = 0; i < d->inputs.n; i++)
		inputs[i].name = d->inputs.v[i].title;
	d->table.inputs = inputs;
	d->table.n_inputs = d->inputs.n;
	hit_load(&r, yaml_get(root, S("hit")));
	outputs_load(&r, root);
	rows_load(&r, yaml_get(root, S("rows")));
}

/* Of the literals among these. */
static void
want_options(
    struct messages *m, const struct field *f, const struct feel *const *cells, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		bool known = false;

		for (size_t k = 0; k < f->options.n; k++)
			known |= str_eq(f->options.v[k].id, value_str(&cells[i]->value));
		if (!known)
			message_put(m, cells[i]->line, cells[i]->column,
			    "“%.*s”没有选项“%.*s”", STR_ARG(f->title),
			    STR_ARG(cells[i]->text));
	}
}

void
decision_options(struct messages *m, const struct decision_def *d)
{
	for (size_t r = 0; r < d->table.n_rows; r++) {
		for (size_t i = 0; i < d->inputs.n; i++)
			if (d->inputs.v[i].type == FIELD_CHOICE)
				want_options(m, &d->inputs.v[i],
				    d->rows[r].tests[i]->kids, d->rows[r].tests[i]->n);
		for (size_t i = 0; i < d->outputs.n; i++)
			if (d->outputs.v[i].type == FIELD_CHOICE)
				want_options(
				    m, &d->outputs.v[i], &d->rows[r].results[i], 1);
	}
	for (size_t i = 0; i < d->outputs.n; i++) {
		const struct feel_table_output *o = &d->table.outputs[i];

		if (d->outputs.v[i].type != FIELD_CHOICE)
			continue;
		if (o->fallback)
			want_options(m, &d->outputs.v[i], &o->fallback, 1);
		if (o->order)
			want_options(m, &d->outputs.v[i], o->order->kids, o->order->n);
	}
}
