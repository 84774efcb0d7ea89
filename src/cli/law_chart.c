/*
 * law chart PROCEDURE [--out FILE]: the course of a procedure as a flow chart. Without
 * --out as text for Graphviz on stdout, with a .dot file as it is, with .svg, .png or
 * .pdf drawn. What the pages show was drawn when it was published (charts_keep).
 */
#include <stdio.h>

#include "base/file.h"
#include "cli/cli.h"
#include "cli/dot.h"
#include "cli/law.h"
#include "explain/chart.h"

static enum err
write_out(struct cx *cx, struct str file, struct str dot)
{
	static const struct str formats[] = { S("svg"), S("png"), S("pdf") };
	struct str drawn;

	if (str_ends(file, S(".dot")))
		return file_write(cx, file, dot);
	for (size_t i = 0; i < sizeof formats / sizeof *formats; i++) {
		if (!str_ends(file, str_fmt(cx->arena, ".%.*s", STR_ARG(formats[i]))))
			continue;
		TRY(dot_draw(cx, formats[i], dot, &drawn));
		return file_write(cx, file, drawn);
	}
	return fail(cx, ERR_INPUT, "文件名须以 .svg、.png、.pdf 或者 .dot 结尾");
}

static enum err
chart(struct cx *cx, const struct law_options *o)
{
	const struct procedure_def *p;
	struct source_list sources = { 0 };
	struct defs *defs;
	struct str dot;

	TRY(law_read(cx, o->dir, &sources, &defs));
	p = defs_procedure(defs, o->name);
	if (!p)
		return fail(cx, ERR_INPUT, "没有程序“%.*s”", STR_ARG(o->name));
	dot = chart_dot(cx->arena, defs, p);
	if (o->out.n)
		return write_out(cx, o->out, dot);
	printf("%.*s", STR_ARG(dot));
	return ERR_OK;
}

int
cli_law_chart(struct cx *cx, int argc, char **argv)
{
	struct law_options o;
	enum err err = law_options_read(cx, argc, argv, &o);

	if (err == ERR_OK)
		err = chart(cx, &o);
	return err == ERR_OK ? 0 : cli_failed(cx, err);
}
