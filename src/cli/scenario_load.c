/* Reading proofs: the form of scenarios is checked here, what they say when they run. */
#include "cli/scenario.h"
#include "cli/scenario_vocabulary.h"

static bool
steps_check(struct messages *m, const struct yaml_node *steps)
{
	const size_t before = m->n;

	if (!yaml_want(m, steps, YAML_LIST))
		return false;
	for (yaml_each(step, steps)) {
		shape_closed(m, step, &shape_scenario_step);
		if (yaml_find(step, S("expect")))
			shape_closed(
			    m, yaml_get(step, S("expect")), &shape_scenario_expect);
	}
	return m->n == before;
}

static bool
given_check(struct messages *m, const struct yaml_node *given)
{
	const size_t before = m->n;

	if (yaml_is_null(given))
		return true;
	if (!yaml_want(m, given, YAML_LIST))
		return false;
	for (yaml_each(item, given))
		shape_closed(m, item, &shape_scenario_given);
	return m->n == before;
}

static void
scenario_load(struct cx *cx, struct messages *m, const struct source *source,
    struct scenario_list *out)
{
	struct scenario s = { .arena = cx->arena, .path = source->path };
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
	s.given = yaml_get(root, S("given"));
	s.steps = yaml_get(root, S("steps"));
	if (given_check(m, s.given) && steps_check(m, s.steps) && m->n == before)
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

	TRY(proofs_read(cx, dir, &sources));
	for (size_t i = 0; i < sources.n; i++) {
		if (str_has(sources.v[i].path, S(".no/")))
			faulty_load(cx, m, &sources.v[i], faulties);
		else if (str_ends(sources.v[i].path, S(".scenario.yaml")))
			scenario_load(cx, m, &sources.v[i], scenarios);
	}
	return ERR_OK;
}
