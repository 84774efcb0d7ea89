/* law explain NAME: a definition in sentences (explain/prose.h). */
#include <stdio.h>

#include "cli/cli.h"
#include "cli/law.h"
#include "explain/prose.h"

static enum err
explain(struct cx *cx, const struct law_options *o)
{
	struct prose t = { .w = { .arena = cx->arena } };
	struct source_list sources = { 0 };
	struct defs *defs;

	TRY(law_read(cx, o->dir, &sources, &defs));
	t.w.defs = defs;
	if (defs_procedure(defs, o->name))
		prose_procedure(&t, defs_procedure(defs, o->name));
	else if (defs_register(defs, o->name))
		prose_register(&t, defs_register(defs, o->name));
	else if (defs_table(defs, o->name, IN_FORCE_END - 1))
		prose_table(&t, defs_table(defs, o->name, IN_FORCE_END - 1));
	else if (map_find(&defs->transitions, o->name))
		prose_transition(&t, map_find(&defs->transitions, o->name));
	else
		return fail(cx, ERR_INPUT, "没有程序、名录、决策表或者过渡规则“%.*s”",
		    STR_ARG(o->name));
	printf("%.*s", STR_ARG(prose_text(&t)));
	return ERR_OK;
}

int
cli_law_explain(struct cx *cx, int argc, char **argv)
{
	struct law_options o;
	enum err err = law_options_read(cx, argc, argv, &o);

	if (err == ERR_OK)
		err = explain(cx, &o);
	return err == ERR_OK ? 0 : cli_failed(cx, err);
}
