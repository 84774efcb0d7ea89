/* api describe [--law DIR]: the description of the interface, from law/ as it stands. */
#include <stdio.h>

#include "api/describe.h"
#include "cli/cli.h"
#include "cli/law.h"

int
cli_api_describe(struct cx *cx, int argc, char **argv)
{
	struct source_list sources = { 0 };
	struct law_options o;
	struct defs *defs;
	enum err err = law_options_read(cx, argc, argv, &o);

	if (err == ERR_OK)
		err = law_read(cx, o.dir, &sources, &defs);
	if (err != ERR_OK)
		return cli_failed(cx, err);
	const struct str text = describe(cx->arena, defs);
	return fwrite(text.p, 1, text.n, stdout) == text.n ? 0 : 1;
}
