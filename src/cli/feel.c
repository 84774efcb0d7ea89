/*
 * feel EXPR [--context CONTEXT] [--strict]: the value of an expression, as FEEL would
 * read it back. The context is JSON, which is also a context of FEEL; so days may stand
 * in it as @"2026-01-01".
 */
#include <stdio.h>

#include "cli/cli.h"
#include "cli/option.h"
#include "lang/feel.h"

struct asked {
	struct str expression, context;
	bool strict;
};

static enum err
options_read(struct cx *cx, int argc, char **argv, struct asked *out)
{
	bool named = false;

	*out = (struct asked){ 0 };
	for (int i = 0; i < argc; i++) {
		const struct str s = str_z(argv[i]);

		if (option_take(argc, argv, &i, "--context", &out->context))
			continue;
		if (str_eq(s, S("--strict")))
			out->strict = true;
		else if (str_starts(s, S("--")))
			return fail(cx, ERR_INPUT, "不认识的选项：%.*s", STR_ARG(s));
		else if (named)
			return fail(cx, ERR_INPUT, "多余的参数“%.*s”", STR_ARG(s));
		else {
			out->expression = s;
			named = true;
		}
	}
	if (!named)
		return fail(cx, ERR_INPUT,
		    "用法：zhunsheng feel 表达式 [--context JSON] [--strict]，例如 "
		    "zhunsheng feel 'sum(v) > 10' --context '{\"v\": [4, 8]}'");
	return ERR_OK;
}

static enum err
parse(struct cx *cx, struct str what, struct str text, const struct feel_scope *scope,
    const struct feel **out)
{
	struct messages m = { .arena = cx->arena, .file = what };

	if (feel_parse(cx, text, scope, out, &m) != ERR_OK)
		return messages_err(cx, &m);
	return ERR_OK;
}

/* Stopped for want of steps or depth: that is no null. */
static enum err
evaluate(struct cx *cx, struct feel_run *run, const struct feel *e, struct value *out)
{
	*out = feel_eval(run, e);
	if (run->exhausted)
		return fail(cx, ERR_INPUT, "超出上限：步数、层数或者结果太多，没有结果");
	return ERR_OK;
}

/* Names of the context become known to the scanner: they may be of several words. */
static enum err
read_context(struct cx *cx, struct str text, struct value *out, struct feel_scope *scope)
{
	struct feel_run run = { .arena = cx->arena };
	struct feel_name_list names = { 0 };
	const struct feel *e;

	*out = value_map();
	if (!text.n)
		return ERR_OK;
	TRY(parse(cx, S("--context"), text, NULL, &e));
	TRY(evaluate(cx, &run, e, out));
	if (out->kind != V_MAP)
		return fail(cx, ERR_INPUT, "--context 应当是 {…}");
	for (size_t i = 0; i < out->map.n; i++)
		*list_add(cx->arena, &names) = out->map.pairs[i].key;
	scope->names = names.v;
	scope->n = names.n;
	return ERR_OK;
}

static enum err
run(struct cx *cx, const struct asked *asked)
{
	struct feel_scope scope = { 0 };
	struct value context, value;
	const struct feel_vars vars = { .map = &context };
	struct feel_run run = { .arena = cx->arena,
		.vars = &vars,
		.now_ms = cx->now_ms,
		.strict = asked->strict };
	const struct feel *e;

	TRY(read_context(cx, asked->context, &context, &scope));
	TRY(parse(cx, S("表达式"), asked->expression, &scope, &e));
	TRY(evaluate(cx, &run, e, &value));
	printf("%.*s\n", STR_ARG(feel_literal(cx->arena, &value)));
	if (!value_is_null(&value))
		return ERR_OK;
	for (size_t i = 0; i < run.missing.n; i++)
		fprintf(stderr, "缺少：%.*s\n", STR_ARG(run.missing.v[i]));
	for (size_t i = 0; i < run.notes.n; i++)
		fprintf(stderr, "%.*s\n", STR_ARG(run.notes.v[i]));
	return ERR_OK;
}

int
cli_feel(struct cx *cx, int argc, char **argv)
{
	struct asked asked;
	enum err err = options_read(cx, argc, argv, &asked);

	if (err == ERR_OK)
		err = run(cx, &asked);
	return err == ERR_OK ? 0 : cli_failed(cx, err);
}
