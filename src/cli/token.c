/*
 * token add LOGIN | list | end ID: access of programs. What opens is printed once, alone
 * on the standard output, so that it can go straight into the file of the program.
 */
#include <stdio.h>

#include "base/date.h"
#include "cli/cli.h"
#include "cli/option.h"
#include "web/token.h"

enum { DAYS = 90 };

struct asked {
	struct str store, word, scope, days, note;
};

static enum err
asked_read(struct cx *cx, int argc, char **argv, struct asked *a)
{
	*a = (struct asked){ .scope = S("read") };
	for (int i = 0; i < argc; i++) {
		if (option_take(argc, argv, &i, "--store", &a->store) ||
		    option_take(argc, argv, &i, "--scope", &a->scope) ||
		    option_take(argc, argv, &i, "--days", &a->days) ||
		    option_take(argc, argv, &i, "--note", &a->note))
			continue;
		if (a->word.n || argv[i][0] == '-')
			return fail(cx, ERR_INPUT, "不认识的参数：%s", argv[i]);
		a->word = str_z(argv[i]);
	}
	return a->store.n ? ERR_OK : fail(cx, ERR_INPUT, "缺少 --store");
}

static enum err
add(struct cx *cx, const struct asked *a, struct tokens *t)
{
	enum token_scope scope;
	int64_t days = DAYS;
	struct str id, secret;

	if (!a->word.n)
		return fail(
		    cx, ERR_INPUT, "用法：zhunsheng token add 登录名 --store 地址");
	if (!token_scope_find(a->scope, &scope))
		return fail(cx, ERR_INPUT, "--scope 须为 read、write 或者 metrics");
	if (a->days.n && !str_int(a->days, &days))
		return fail(cx, ERR_INPUT, "--days 须为整数");
	TRY(token_add(cx, t, a->word, scope, days, a->note, &id, &secret));
	printf("%.*s\n", STR_ARG(secret));
	fprintf(stderr, "编号 %.*s，有效至 %.*s。令牌只显示这一次，请妥善保存。\n",
	    STR_ARG(id), STR_ARG(day_iso(cx->arena, cx_today(cx) + days)));
	return ERR_OK;
}

static enum err
list(struct cx *cx, struct tokens *t)
{
	struct token_list all;

	TRY(token_all(cx, t, S(""), &all));
	for (size_t i = 0; i < all.n; i++) {
		const struct token *one = &all.v[i];

		printf("%.*s  %.*s  %.*s  有效至 %.*s  %s%.*s  %.*s\n", STR_ARG(one->id),
		    STR_ARG(one->login), STR_ARG(token_scope_name(one->scope)),
		    STR_ARG(day_iso(cx->arena, day_of_ms(one->until) - 1)),
		    one->seen ? "最近使用 " : "没有用过",
		    STR_ARG(one->seen ? day_iso(cx->arena, day_of_ms(one->seen)) : S("")),
		    STR_ARG(one->note));
	}
	return ERR_OK;
}

static enum err
end(struct cx *cx, const struct asked *a, struct tokens *t)
{
	if (!a->word.n)
		return fail(cx, ERR_INPUT, "用法：zhunsheng token end 编号 --store 地址");
	TRY(token_drop(cx, t, S(""), a->word));
	printf("已停用\n");
	return ERR_OK;
}

enum what { ADD, LIST_ALL, END };

static int
run(struct cx *cx, int argc, char **argv, enum what what)
{
	struct tokens *t = NULL;
	struct asked a;
	enum err err = asked_read(cx, argc, argv, &a);

	if (err == ERR_OK)
		err = tokens_open(cx, a.store, &t);
	if (err == ERR_OK)
		err = what == ADD   ? add(cx, &a, t)
		      : what == END ? end(cx, &a, t)
				    : list(cx, t);
	tokens_close(t);
	return err == ERR_OK ? 0 : cli_failed(cx, err);
}

int
cli_token_add(struct cx *cx, int argc, char **argv)
{
	return run(cx, argc, argv, ADD);
}

int
cli_token_list(struct cx *cx, int argc, char **argv)
{
	return run(cx, argc, argv, LIST_ALL);
}

int
cli_token_end(struct cx *cx, int argc, char **argv)
{
	return run(cx, argc, argv, END);
}
