/* Options of the statute commands. */
#include "cli/statute.h"

#include <string.h>

#include "base/date.h"

static enum err
day_take(struct cx *cx, struct str text, int64_t *out)
{
	return day_parse(text, out)
		   ? ERR_OK
		   : fail(cx, ERR_INPUT, "日期应写作 2026-07-01：%.*s", STR_ARG(text));
}

enum err
statute_options_read(struct cx *cx, int argc, char **argv, struct statute_options *o)
{
	*o = (struct statute_options){ .from = DAY_NONE, .on = DAY_NONE };
	o->files = arena_array(cx->arena, struct str, argc + 1);
	for (int i = 0; i < argc; i++) {
		struct str v;

		if (place_take(argc, argv, &i, &o->place) ||
		    option_take(argc, argv, &i, "--person", &o->person) ||
		    option_take(argc, argv, &i, "--reason", &o->reason) ||
		    option_take(argc, argv, &i, "--by", &o->by))
			continue;
		if (option_take(argc, argv, &i, "--from", &v))
			TRY(day_take(cx, v, &o->from));
		else if (option_take(argc, argv, &i, "--on", &v))
			TRY(day_take(cx, v, &o->on));
		else if (strcmp(argv[i], "--replace") == 0)
			o->replace = true;
		else if (strcmp(argv[i], "--check") == 0)
			o->check = true;
		else if (strcmp(argv[i], "--all") == 0)
			o->all = true;
		else if (argv[i][0] == '-')
			return fail(cx, ERR_INPUT, "不认识的选项：%s", argv[i]);
		else
			o->files[o->n_files++] = str_z(argv[i]);
	}
	return o->place.store.n ? ERR_OK : fail(cx, ERR_INPUT, "缺少 --store");
}
