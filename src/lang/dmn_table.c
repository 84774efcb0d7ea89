/* Decision tables of a model: cells become trees, the table one node. */
#include "lang/dmn_model.h"

#include "lang/feel_table.h"

/* Trees in the table, which become the node's kids. */
struct trees {
	const struct feel **v;
	size_t n, cap;
};

struct table_reader {
	struct dmn_reader *r;
	struct trees trees;
};

static const struct feel *
kept(struct table_reader *t, const struct feel *e)
{
	if (e)
		*list_add(t->r->cx->arena, &t->trees) = e;
	return e;
}

static const struct feel *
expression(struct table_reader *t, const struct xml_node *e)
{
	const struct feel_scope scope = t->r->file->scope;
	struct feel_scope here = scope;
	const struct str text = dmn_text(e);
	const struct feel *out = NULL;
	struct feel *none;

	if (text.n) {
		here.line = e->line;
		if (feel_parse(t->r->cx, text, &here, &out, t->r->m) == ERR_OK)
			return kept(t, out);
	}
	none = arena_new(t->r->cx->arena, struct feel);
	none->kind = F_LITERAL;
	return kept(t, none);
}

/* An empty cell is "-"; a faulty one is null, which fits nothing. */
static const struct feel *
cell(struct table_reader *t, const struct xml_node *e)
{
	const struct feel *out = dmn_tests(t->r, e);
	struct feel *other;

	if (out)
		return kept(t, out);
	other = arena_new(t->r->cx->arena, struct feel);
	other->kind = dmn_text(e).n ? F_LITERAL : F_TESTS;
	return kept(t, other);
}

static enum feel_hit
hit_policy(const struct xml_node *e)
{
	static const struct {
		struct str policy, aggregation;
		enum feel_hit hit;
	} rows[] = {
		{ S("ANY"), S(""), HIT_ANY },
		{ S("PRIORITY"), S(""), HIT_PRIORITY },
		{ S("FIRST"), S(""), HIT_FIRST },
		{ S("OUTPUT ORDER"), S(""), HIT_OUTPUT_ORDER },
		{ S("RULE ORDER"), S(""), HIT_RULE_ORDER },
		{ S("COLLECT"), S(""), HIT_COLLECT },
		{ S("COLLECT"), S("SUM"), HIT_SUM },
		{ S("COLLECT"), S("MIN"), HIT_MIN },
		{ S("COLLECT"), S("MAX"), HIT_MAX },
		{ S("COLLECT"), S("COUNT"), HIT_COUNT },
	};
	const struct str policy = xml_attribute(e, S("hitPolicy"));
	const struct str by = xml_attribute(e, S("aggregation"));

	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
		if (str_eq(policy, rows[i].policy) && str_eq(by, rows[i].aggregation))
			return rows[i].hit;
	return HIT_UNIQUE;
}

static void
read_inputs(struct table_reader *t, const struct xml_node *e, struct feel_table *out)
{
	LIST(struct feel_table_input) inputs = { 0 };

	for (DMN_EACH(input, e, "input")) {
		const struct xml_node *x = xml_find(input, S("inputExpression"));
		const struct xml_node *values = xml_find(input, S("inputValues"));
		struct feel_table_input *in = list_add(t->r->cx->arena, &inputs);

		*in = (struct feel_table_input){ .name = dmn_text(x) };
		in->value = expression(t, x ? x : input);
		if (x)
			in->type = dmn_type(t->r, xml_attribute(x, S("typeRef")));
		if (values)
			in->allowed = kept(t, dmn_tests(t->r, values));
	}
	out->inputs = inputs.v;
	out->n_inputs = inputs.n;
}

static void
read_outputs(struct table_reader *t, const struct xml_node *e, struct feel_table *out)
{
	LIST(struct feel_table_output) outputs = { 0 };

	for (DMN_EACH(output, e, "output")) {
		const struct xml_node *values = xml_find(output, S("outputValues"));
		const struct xml_node *other = xml_find(output, S("defaultOutputEntry"));
		struct feel_table_output *o = list_add(t->r->cx->arena, &outputs);

		*o = (struct feel_table_output){ .name = xml_attribute(output, S("name")),
			.type = dmn_type(t->r, xml_attribute(output, S("typeRef"))) };
		if (values)
			o->order = kept(t, dmn_tests(t->r, values));
		if (other)
			o->fallback = expression(t, other);
	}
	out->outputs = outputs.v;
	out->n_outputs = outputs.n;
}

static void
read_row(struct table_reader *t, const struct xml_node *rule, struct feel_table *table,
    struct feel_table_row *row)
{
	struct arena *a = t->r->cx->arena;
	const struct xml_node *in = xml_find(rule, S("inputEntry"));
	const struct xml_node *out = xml_find(rule, S("outputEntry"));

	row->tests = arena_array(a, const struct feel *, table->n_inputs);
	row->results = arena_array(a, const struct feel *, table->n_outputs);
	for (size_t i = 0; i < table->n_inputs; i++) {
		row->tests[i] = cell(t, in ? in : rule);
		in = in ? xml_again(in) : NULL;
	}
	for (size_t i = 0; i < table->n_outputs; i++) {
		row->results[i] = expression(t, out ? out : rule);
		out = out ? xml_again(out) : NULL;
	}
}

const struct feel *
dmn_table(struct dmn_reader *r, const struct xml_node *e)
{
	struct table_reader t = { .r = r };
	struct feel_table *table = arena_new(r->cx->arena, struct feel_table);
	LIST(struct feel_table_row) rows = { 0 };
	struct feel *out = arena_new(r->cx->arena, struct feel);

	table->hit = hit_policy(e);
	read_inputs(&t, e, table);
	read_outputs(&t, e, table);
	for (DMN_EACH(rule, e, "rule"))
		read_row(&t, rule, table, list_add(r->cx->arena, &rows));
	table->rows = rows.v;
	table->n_rows = rows.n;
	if (!table->n_outputs) {
		dmn_fault(r, e, "决策表没有结果列");
		return NULL;
	}
	out->kind = F_TABLE;
	out->line = e->line;
	out->column = 1;
	out->text = e->name;
	out->table = table;
	out->kids = t.trees.v;
	out->n = t.trees.n;
	return out;
}
