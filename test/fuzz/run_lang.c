/* Languages: YAML, FEEL, canonical values, XML, terms. What is read is held against what
 * it was read from. */
#include "runs.h"

#include "lang/canon.h"
#include "lang/feel.h"
#include "lang/xml.h"
#include "lang/yaml.h"
#include "procedure/term.h"

/* A tree of YAML refers only to lines that the text has. */
static bool
yaml_places(const struct yaml_node *node, int lines)
{
	if (node->line < 0 || node->line > lines)
		return false;
	for (yaml_each(child, node))
		if (!yaml_places(child, lines))
			return false;
	return true;
}

const char *
run_yaml(struct cx *cx, struct str input)
{
	struct messages m = { .arena = cx->arena };
	struct yaml_node *root = NULL;
	int lines = 1;

	for (size_t i = 0; i < input.n; i++)
		lines += input.p[i] == '\n' || input.p[i] == '\r';
	const enum err e = yaml_parse(&m, input, &root);
	if (!root)
		return "no tree, not even an empty one";
	if ((e == ERR_OK) != (m.n == 0))
		return "a fault without a message, or a message without a fault";
	/* NEL, LS and PS end lines in YAML 1.1 too; there can be no more than bytes. */
	return yaml_places(root, lines + (int)input.n) ? NULL
						       : "a place outside the text";
}

const char *
run_feel(struct cx *cx, struct str input)
{
	struct messages m = { .arena = cx->arena };
	const struct feel *e = NULL;
	const struct feel_scope scope = { 0 };

	if (feel_parse(cx, input, &scope, &e, &m) != ERR_OK)
		return m.n ? NULL : "refused without a message";
	for (int strict = 0; strict < 2; strict++) {
		struct feel_run run = { .arena = cx->arena, .strict = strict };
		const struct value v = feel_eval(&run, e);

		if (run.exhausted && v.kind != V_NULL)
			return "a result although the steps had run out";
	}
	return NULL;
}

/* What is accepted is the canonical spelling already: writing it again gives the same.
 * Passing over a member gives what taking it out of the whole gives. */
const char *
run_canon(struct cx *cx, struct str input)
{
	const struct str passed = S("a");
	const bool taken = canon_parse_without(
			       cx, input, &passed, 1, &(struct value){ 0 }) == ERR_OK;
	struct value v, rest;

	if (canon_parse(cx, input, &v) != ERR_OK)
		return NULL;
	if (!str_eq(canon_str(cx->arena, &v), input))
		return "it was read, and is written otherwise";
	if (!taken || canon_parse_without(cx, input, &passed, 1, &rest) != ERR_OK)
		return "it was read, and not without a member";
	value_unset(&v, passed);
	return value_eq(&v, &rest) ? NULL : "without a member it is another value";
}

const char *
run_xml(struct cx *cx, struct str input)
{
	struct xml_node *root = NULL;

	return xml_parse(cx, input, &root) == ERR_OK && !root ? "accepted without a tree"
							      : NULL;
}

/* What a term is called is read back as the same term. */
const char *
run_term(struct cx *cx, struct str input)
{
	struct term t, again;

	if (term_parse(cx, input, &t) != ERR_OK)
		return NULL;
	if (term_parse(cx, term_text(cx->arena, &t), &again) != ERR_OK)
		return "a name that is not understood";
	return t.number == again.number && t.unit == again.unit && t.roll == again.roll &&
		       t.is_backward == again.is_backward
		   ? NULL
		   : "a name of another term";
}
