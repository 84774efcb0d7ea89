/* A decision table of law/ as the sheet that cli/table_sheet.c reads. */
#include "cli/table_sheet.h"
#include "lang/yaml.h"
#include "out/xlsx.h"

struct workbook {
	struct cx *cx;
	const struct decision_def *table; /* titles of options */
	const struct yaml_node *root, *inputs, *outputs;
	size_t width;
	struct table out;
};

static void
put_row(struct workbook *w, const struct str *texts, size_t n)
{
	struct cell *row = arena_array(w->cx->arena, struct cell, w->width);

	for (size_t i = 0; i < w->width; i++)
		row[i] = cell_text(i < n ? texts[i] : S(""));
	table_add(w->cx->arena, &w->out, row);
}

static struct str
joined(struct arena *a, const struct yaml_node *node)
{
	struct str out = yaml_str(node);

	for (yaml_each(item, node))
		out = str_fmt(a, "%.*s%s%.*s", STR_ARG(out), out.n ? "、" : "",
		    STR_ARG(item->text));
	return out;
}

/* Options by their titles, everything else as it is written. */
static struct str
cell_of(struct workbook *w, const struct field *f, const struct yaml_node *node)
{
	struct arena *a = w->cx->arena;
	struct str out = S("");

	if (!f || f->type != FIELD_CHOICE)
		return joined(a, node);
	if (node->kind == YAML_SCALAR)
		return str_eq(node->text, S("-")) ? node->text
						  : choice_title(f, node->text);
	for (yaml_each(item, node))
		out = str_fmt(a, "%.*s%s%.*s", STR_ARG(out), out.n ? "；" : "",
		    STR_ARG(choice_title(f, item->text)));
	return out;
}

static struct str
type_of_column(struct arena *a, const struct yaml_node *column)
{
	const struct str type = yaml_str(yaml_get(column, S("type")));
	const struct str of = yaml_str(yaml_get(column, S("of")));
	struct str options = S("");

	for (yaml_each(o, yaml_get(column, S("options"))))
		options = str_fmt(a, "%.*s%s%.*s=%.*s", STR_ARG(options),
		    options.n ? "、" : "", STR_ARG(o->key), STR_ARG(o->text));
	if (!of.n && !options.n)
		return type;
	return str_fmt(a, "%.*s %.*s", STR_ARG(type), STR_ARG(of.n ? of : options));
}

/* Of P and O: the results from the highest, as they are written in the rows. */
static void
put_order(struct workbook *w)
{
	const struct yaml_node *order = yaml_get(w->root, S("order"));
	struct arena *a = w->cx->arena;
	struct str *row = arena_array(a, struct str, w->width);
	size_t n = 0;

	if (order->kind != YAML_MAP)
		return;
	row[n++] = S("次序");
	n += w->inputs->n;
	for (yaml_each(c, w->outputs)) {
		const struct field *f = field_find(&w->table->outputs, c->key);
		struct str all = S("");

		for (yaml_each(one, yaml_get(order, c->key)))
			all = str_fmt(a, "%.*s%s%.*s", STR_ARG(all), all.n ? "；" : "",
			    STR_ARG(cell_of(w, f, one)));
		row[n++] = all;
	}
	put_row(w, row, n);
}

static void
put_headings(struct workbook *w)
{
	struct arena *a = w->cx->arena;
	struct str *titles = arena_array(a, struct str, w->width);
	struct str *ids = arena_array(a, struct str, w->width);
	struct str *types = arena_array(a, struct str, w->width);
	size_t n = 1;

	titles[0] = yaml_str(yaml_get(w->root, S("hit")));
	ids[0] = S("编号");
	types[0] = S("类型");
	for (int outputs = 0; outputs < 2; outputs++)
		for (yaml_each(c, outputs ? w->outputs : w->inputs)) {
			titles[n] = str_fmt(a, "%s%.*s", outputs ? "结果：" : "输入：",
			    STR_ARG(yaml_str(yaml_get(c, S("title")))));
			ids[n] = c->key;
			types[n++] = type_of_column(a, c);
		}
	titles[n] = S("依据");
	put_row(w, titles, n + 1);
	put_row(w, ids, n);
	put_row(w, types, n);
	put_order(w);
}

static void
put_rule(struct workbook *w, struct str first, const struct yaml_node *when,
    const struct yaml_node *then, const struct yaml_node *basis)
{
	struct str *row = arena_array(w->cx->arena, struct str, w->width);
	size_t n = 0;

	row[n++] = first;
	for (yaml_each(c, w->inputs))
		row[n++] = cell_of(
		    w, field_find(&w->table->inputs, c->key), yaml_get(when, c->key));
	for (yaml_each(c, w->outputs))
		row[n++] = cell_of(
		    w, field_find(&w->table->outputs, c->key), yaml_get(then, c->key));
	row[n++] = joined(w->cx->arena, basis);
	put_row(w, row, n);
}

static void
put_head(struct workbook *w, struct str key, struct str text)
{
	if (text.n)
		put_row(w, (struct str[]){ key, text }, 2);
}

static void
put_table(struct workbook *w)
{
	static const struct yaml_node none = { .kind = YAML_NONE };
	const struct yaml_node *in_force = yaml_get(w->root, S("in_force"));
	const struct yaml_node *otherwise = yaml_get(w->root, S("otherwise"));
	size_t no = 0;

	put_head(w, S("编号"), yaml_str(yaml_get(w->root, S("table"))));
	put_head(w, S("名称"), yaml_str(yaml_get(w->root, S("title"))));
	put_head(w, S("施行日期"), yaml_str(yaml_get(in_force, S("from"))));
	put_head(w, S("失效日期"), yaml_str(yaml_get(in_force, S("to"))));
	put_head(w, S("依据"), joined(w->cx->arena, yaml_get(w->root, S("basis"))));
	put_headings(w);
	for (yaml_each(row, yaml_get(w->root, S("rows"))))
		put_rule(w, str_fmt(w->cx->arena, "%zu", ++no), yaml_get(row, S("when")),
		    yaml_get(row, S("then")), yaml_get(row, S("basis")));
	if (otherwise->kind == YAML_MAP)
		put_rule(w, S("其他"), &none, otherwise, &none);
}

enum err
table_sheet_write(
    struct cx *cx, struct str yaml, const struct defs *defs, struct str *xlsx)
{
	struct messages m = { .arena = cx->arena, .file = S("table") };
	struct workbook w = { .cx = cx };
	const struct decision_list *list;
	struct yaml_node *root;
	struct column *columns;

	if (yaml_parse(&m, yaml, &root) != ERR_OK)
		return messages_err(cx, &m);
	list = map_find(&defs->tables, yaml_str(yaml_get(root, S("table"))));
	if (!list)
		return fail(cx, ERR_INPUT, "定义目录中没有决策表“%.*s”",
		    STR_ARG(yaml_str(yaml_get(root, S("table")))));
	w.table = list->v[list->n - 1];
	w.root = root;
	w.inputs = yaml_get(root, S("inputs"));
	w.outputs = yaml_get(root, S("outputs"));
	w.width = w.inputs->n + w.outputs->n + 2;
	columns = arena_array(cx->arena, struct column, w.width);
	for (size_t i = 0; i < w.width; i++)
		columns[i].width = i ? 24 : 12;
	w.out = (struct table){
		.name = S("决策表"), .columns = columns, .n_columns = w.width
	};
	put_table(&w);
	return xlsx_write(cx, &w.out, 1, cx->now_ms, xlsx);
}
