/*
 * account set LOGIN --store URL [--person SUBJECT]: makes an account or gives it a new
 * password, read from the first line of the standard input, so that it stands in no list
 * of processes.
 */
#include <stdio.h>
#include <string.h>

#include "cli/cli.h"
#include "cli/option.h"
#include "web/session.h"

static enum err
account_set(struct cx *cx, struct str store, struct str login, struct str person)
{
	char line[1024] = { 0 };
	struct sessions *sessions;

	if (!fgets(line, sizeof line, stdin))
		return fail(cx, ERR_INPUT, "标准输入中没有密码");
	const struct str password = str_trim(str_z(line));
	TRY(sessions_open(cx, store, &sessions));
	const enum err err = account_put(cx, sessions, login, password, person, false);
	sessions_close(sessions);
	return err;
}

int
cli_account_set(struct cx *cx, int argc, char **argv)
{
	struct str store = { 0 }, login = { 0 }, person = { 0 };
	enum err err = ERR_OK;

	for (int i = 0; i < argc && err == ERR_OK; i++) {
		if (option_take(argc, argv, &i, "--store", &store) ||
		    option_take(argc, argv, &i, "--person", &person))
			continue;
		if (login.n == 0 && argv[i][0] != '-')
			login = str_z(argv[i]);
		else
			err = fail(cx, ERR_INPUT, "不认识的参数：%s", argv[i]);
	}
	if (err == ERR_OK && (store.n == 0 || login.n == 0))
		err = fail(cx, ERR_INPUT,
		    "用法：zhunsheng account set 登录名 --store 地址 [--person 人员]");
	if (err == ERR_OK)
		err = account_set(cx, store, login, person);
	return err == ERR_OK ? 0 : cli_failed(cx, err);
}
