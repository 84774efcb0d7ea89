/* Definitions and decision models: many files at once, and what they are made to do. */
#include "runs.h"

#include "act/defs.h"
#include "lang/dmn_tests.h"
#include "lang/feel.h"
#include "lang/xml.h"

#define MARK S("== ")

/* The input is several files, each behind a line `== PATH`. */
static void
sources_cut(struct arena *a, struct str input, struct source_list *out)
{
	struct str rest = input, line;
	struct source *now = NULL;

	while (str_split(&rest, S("\n"), &line)) {
		if (str_starts(line, MARK) && str_is_utf8(line)) {
			now = list_add(a, out);
			*now = (struct source){ .path = str_sub(line, MARK.n, line.n) };
			continue;
		}
		if (!now) {
			now = list_add(a, out);
			*now = (struct source){ .path = S("a.yaml") };
		}
		if (!now->text.n)
			now->text.p = line.p;
		now->text.n = (size_t)(line.p + line.n - now->text.p);
	}
}

static bool
is_source(const struct source_list *sources, struct str file)
{
	for (size_t i = 0; i < sources->n; i++)
		if (str_eq(sources->v[i].path, file))
			return true;
	return str_eq(file, S("workdays"));
}

/* A set without a fault can be asked: every table, knowing nothing. */
static void
tables_ask(struct cx *cx, const struct defs *d)
{
	for (size_t i = 0; i < d->tables.n; i++) {
		const struct decision_list *editions = d->tables.items[i].value;

		for (size_t k = 0; k < editions->n; k++) {
			const struct feel_table *t = &editions->v[k]->table;
			struct feel_run run = {
				.arena = cx->arena, .library = &d->library, .strict = true
			};
			struct value *given = arena_array(
			    cx->arena, struct value, t->n_inputs + 1);
			struct feel_table_answer answer;

			feel_table_judge(&run, t, given, &answer);
		}
	}
}

const char *
run_law(struct cx *cx, struct str input)
{
	struct source_list sources = { 0 };
	struct messages m = { .arena = cx->arena };
	struct defs *d = NULL;
	enum err err;

	sources_cut(cx->arena, input, &sources);
	err = defs_load(cx, &sources, &m, &d);
	if ((err == ERR_OK) != (m.n == 0))
		return "a fault without a message, or a message without a fault";
	for (size_t i = 0; i < m.n; i++) {
		if (!is_source(&sources, m.v[i].file))
			return "a message about a file that was not given";
		if (!m.v[i].text.n || !str_is_utf8(m.v[i].text))
			return "a message that says nothing";
	}
	if (err == ERR_OK)
		tables_ask(cx, d);
	return NULL;
}

/* Every decision is asked without a single input: null, a value, but an end. */
static void
decisions_ask(struct cx *cx, const struct dmn *model, const struct xml_node *root)
{
	const struct value inputs = value_map();

	for (const struct xml_node *c = root->first; c; c = c->next) {
		const struct str name = xml_attribute(c, S("name"));
		const struct value v = dmn_decide(cx->arena, model, name, &inputs);

		feel_string(cx->arena, &v);
	}
}

const char *
run_dmn(struct cx *cx, struct str input)
{
	struct messages m = { .arena = cx->arena };
	const struct dmn *model = NULL;
	struct dmn_tests tests;
	struct dmn_verdicts verdicts = { 0 };
	struct xml_node *root;
	const enum err err = dmn_load(cx, &input, 1, &model, &m);

	if (err == ERR_OK && !model)
		return "accepted without a model";
	if (err == ERR_OK && xml_parse(cx, input, &root) == ERR_OK)
		decisions_ask(cx, model, root);
	if (dmn_tests_read(cx, input, &tests) != ERR_OK)
		return NULL;
	dmn_tests_run(cx, &tests, NULL, &verdicts);
	for (size_t i = 0; i < verdicts.n; i++)
		if (verdicts.v[i].passed)
			return "a case that passes without a model";
	return NULL;
}
