/* Reading proofs: the form of scenarios is checked here, what they say when they run. */
#include "cli/scenario.h"
#include "cli/scenario_vocabulary.h"

/* What several scenarios begin with: NAME.given.yaml, `given: NAME`, `items: […]` for
 * `given:` and `steps: […]` for `steps:`. */
struct given_set {
	struct str name;
	const struct yaml_node *items, *steps;
};
struct given_sets {
	struct given_set *v;
	size_t n, cap;
};

static const struct given_set *
set_find(const struct given_sets *sets, struct str name)
{
	for (size_t i = 0; i < sets->n; i++)
		if (str_eq(sets->v[i].name, name))
			return &sets->v[i];
	return NULL;
}

/* The rows of a list, those of the sets it names (`{ all: NAME }`) in their place. A set
 * names no other: `sets` is empty inside one. */
static bool
rows_take(struct arena *a, struct messages *m, const struct yaml_node *rows,
    const struct given_sets *sets, bool is_steps, struct node_list *out)
{
	const size_t before = m->n;

	if (!yaml_want(m, rows, YAML_LIST))
		return false;
	for (yaml_each(row, rows)) {
		const struct yaml_node *name = yaml_find(row, S("all"));
		const struct given_set *set = name ? set_find(sets, name->text) : NULL;

		shape_closed(
		    m, row, is_steps ? &shape_scenario_step : &shape_scenario_given);
		if (is_steps && yaml_find(row, S("expect")))
			shape_closed(
			    m, yaml_get(row, S("expect")), &shape_scenario_expect);
		if (name && !set)
			yaml_fault(
			    m, name, "没有名为“%.*s”的场景准备", STR_ARG(name->text));
		else if (name)
			for (yaml_each(inner, is_steps ? set->steps : set->items))
				*list_add(a, out) = inner;
		else
			*list_add(a, out) = row;
	}
	return m->n == before;
}

static void
set_load(struct cx *cx, struct messages *m, const struct source *source,
    struct given_sets *out)
{
	const struct given_sets none = { 0 };
	struct node_list rows = { 0 };
	struct given_set set = { 0 };
	struct yaml_node *root;
	const size_t before = m->n;

	m->file = source->path;
	if (yaml_parse(m, source->text, &root) != ERR_OK)
		return;
	shape_closed(m, root, &shape_given);
	set.name = yaml_str(yaml_get(root, S("given")));
	set.items = yaml_get(root, S("items"));
	set.steps = yaml_get(root, S("steps"));
	if (!yaml_is_null(set.items))
		rows_take(cx->arena, m, set.items, &none, false, &rows);
	if (!yaml_is_null(set.steps))
		rows_take(cx->arena, m, set.steps, &none, true, &rows);
	if (m->n == before)
		*list_add(cx->arena, out) = set;
}

static void
scenario_load(struct cx *cx, struct messages *m, const struct source *source,
    const struct given_sets *sets, struct scenario_list *out)
{
	struct scenario s = { .arena = cx->arena, .path = source->path };
	const struct yaml_node *given;
	struct yaml_node *root;
	const size_t before = m->n;

	m->file = source->path;
	if (yaml_parse(m, source->text, &root) != ERR_OK)
		return;
	shape_closed(m, root, &shape_scenario);
	s.title = yaml_str(yaml_get(root, S("scenario")));
	yaml_day(m, yaml_get(root, S("today")), &s.today);
	for (yaml_each(id, yaml_get(root, S("proves"))))
		*list_add(cx->arena, &s.proves) = id->text;
	for (yaml_each(id, yaml_get(root, S("former"))))
		*list_add(cx->arena, &s.former) = id->text;
	given = yaml_get(root, S("given"));
	if (!yaml_is_null(given))
		rows_take(cx->arena, m, given, sets, false, &s.given);
	rows_take(cx->arena, m, yaml_get(root, S("steps")), sets, true, &s.steps);
	if (m->n == before)
		*list_add(cx->arena, out) = s;
}

static void
faulty_load(struct cx *cx, struct messages *m, const struct source *source,
    struct faulty_list *out)
{
	const struct str head = S("# refuses:");
	const size_t end = str_find(source->text, S("\n"), 0);

	m->file = source->path;
	if (!str_starts(source->text, head) || end == SIZE_MAX)
		message_put(m, 1, 1, "第一行应写明 # refuses: 提示中的文字");
	else
		*list_add(cx->arena, out) = (struct faulty){ *source,
			str_trim(str_sub(source->text, head.n, end)) };
}

enum err
scenarios_load(struct cx *cx, struct str dir, struct messages *m,
    struct scenario_list *scenarios, struct faulty_list *faulties)
{
	struct source_list sources = { 0 };
	struct given_sets sets = { 0 };

	TRY(proofs_read(cx, dir, &sources));
	for (size_t i = 0; i < sources.n; i++)
		if (str_ends(sources.v[i].path, S(".given.yaml")))
			set_load(cx, m, &sources.v[i], &sets);
	for (size_t i = 0; i < sources.n; i++) {
		if (str_has(sources.v[i].path, S(".no/")))
			faulty_load(cx, m, &sources.v[i], faulties);
		else if (str_ends(sources.v[i].path, S(".scenario.yaml")))
			scenario_load(cx, m, &sources.v[i], &sets, scenarios);
	}
	return ERR_OK;
}
