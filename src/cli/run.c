/*
 * run --data DIR [--plan FILE] [--today DAY]: what `make run` calls. The first time it
 * makes the store, publishes law/ into it and adopts the plan (the demo county's own when
 * none is named); then, and every time after, it serves. A second run keeps the data.
 *
 * plan adopt FILE --create-units --store URL: the first part alone, on an empty store.
 */
#include "cli/cli.h"

#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "act/install.h"
#include "base/crypto.h"
#include "base/date.h"
#include "base/file.h"
#include "cli/charts.h"
#include "cli/lawdir.h"
#include "cli/option.h"
#include "intake/title.h"
#include "store/bytes.h"
#include "web/pages/setup.h"

struct run_options {
	struct str data, plan, law, store;
	int64_t today; /* DAY_NONE: the real day */
	bool create_units;
};

#define LOG_NAME S("990101/demo")

enum { ACCOUNTS_MAX = 64 * 1024 };

static enum err
options_read(struct cx *cx, int argc, char **argv, struct run_options *o)
{
	struct str today = S("");

	*o = (struct run_options){ .today = DAY_NONE };
	for (int i = 0; i < argc; i++) {
		if (option_take(argc, argv, &i, "--data", &o->data) ||
		    option_take(argc, argv, &i, "--plan", &o->plan) ||
		    option_take(argc, argv, &i, "--law", &o->law) ||
		    option_take(argc, argv, &i, "--store", &o->store) ||
		    option_take(argc, argv, &i, "--today", &today))
			continue;
		if (strcmp(argv[i], "--create-units") == 0)
			o->create_units = true;
		else if (argv[i][0] != '-' && !o->plan.n)
			o->plan = str_z(argv[i]);
		else
			return fail(cx, ERR_INPUT, "不认识的选项：%s", argv[i]);
	}
	if (today.n && !day_parse(today, &o->today))
		return fail(cx, ERR_INPUT, "日期应写作 2018-06-01");
	return ERR_OK;
}

/* The log with the definitions of law/ in it; its clock begins on the day asked for. */
static enum err
log_make(struct cx *cx, const struct run_options *o, struct str url, struct str title)
{
	const struct install install = { .log = LOG_NAME,
		.title = title,
		.offset_ms = o->today == DAY_NONE
				 ? 0
				 : ms_of_day(o->today) - ms_of_day(cx_today(cx)) };
	struct db *db;
	enum err err;

	TRY(db_open(cx, url, DB_WRITE, &db));
	cx->now_ms += install.offset_ms;
	err = install_log(cx, db, &install);
	db_close(db);
	return err;
}

static enum err
law_publish(struct cx *cx, struct door *door, struct str named)
{
	struct source_list sources = { 0 };
	struct str dir;
	size_t published;

	TRY(lawdir_find(cx, named, &dir));
	TRY(sources_read(cx, dir, &sources));
	return door_publish(cx, door, S("system"), &sources, &published);
}

static enum err
accounts_write(struct cx *cx, struct str path, const struct setup_accounts *accounts)
{
	const mode_t before = umask(077);
	FILE *f = fopen(str_cz(cx->arena, path), "we");

	umask(before);
	if (!f)
		return fail(cx, ERR_STORE, "不能写入 %.*s", STR_ARG(path));
	fputs("演示账号（只能在本机使用；删除本文件前须停用这些账号）\n", f);
	for (size_t i = 0; i < accounts->n; i++) {
		const struct setup_account *a = &accounts->v[i];

		fprintf(f, "%-12.*s %.*s   %.*s   %.*s\n", STR_ARG(a->login),
		    STR_ARG(a->password), STR_ARG(a->unit), STR_ARG(a->role));
	}
	return fclose(f) == 0 ? ERR_OK : fail(cx, ERR_STORE, "不能写入演示账号");
}

static enum err
adopt_into(struct cx *cx, const struct run_options *o, struct str url,
    const struct plan *plan, struct setup_accounts *accounts)
{
	const struct door_config config = {
		.url = url, .log = LOG_NAME, .entropy = cx->entropy
	};
	struct sessions *sessions = NULL;
	struct door *door = NULL;
	enum err err;

	TRY(log_make(cx, o, url, title_place(plan->title)));
	err = door_open(cx, &config, &door);
	if (err == ERR_OK)
		err = law_publish(cx, door, o->law);
	if (err == ERR_OK)
		charts_keep(cx, door);
	if (err == ERR_OK)
		err = sessions_open(cx, url, &sessions);
	if (err == ERR_OK)
		err = setup_from_plan(cx, door, sessions, plan, o->plan, accounts);
	sessions_close(sessions);
	door_close(door);
	return err;
}

/* The file of a SQLite store; empty for another engine. */
static struct str
store_file(struct str url)
{
	return str_starts(url, S("sqlite:")) ? str_sub(url, 7, url.n) : S("");
}

static bool
store_is_new(struct cx *cx, struct str url)
{
	const struct str file = store_file(url);

	return file.n && access(str_cz(cx->arena, file), F_OK) != 0;
}

/* A store that this command began and could not finish is taken away whole. */
static void
store_remove(struct cx *cx, struct str url)
{
	static const char *const ends[] = { "", "-wal", "-shm" };
	const struct str file = store_file(url);

	for (size_t i = 0; i < sizeof ends / sizeof *ends; i++)
		unlink(str_fmt(cx->arena, "%.*s%s", STR_ARG(file), ends[i]).p);
}

/* Only an empty store can be begun with a plan; into another it is imported on the page.
 */
static enum err
store_must_be_empty(struct cx *cx, struct str url)
{
	struct record_head head;
	struct db *db;
	enum err err;

	if (store_is_new(cx, url))
		return ERR_OK;
	err = db_open(cx, url, DB_READ, &db);
	/* A server's database without our tables is empty; another's file is not ours. */
	if (err == ERR_NOT_FOUND && !store_file(url).n)
		return ERR_OK;
	TRY(err);
	err = record_head(cx, db, LOG_NAME, &head);
	db_close(db);
	if (err == ERR_NOT_FOUND)
		return ERR_OK;
	TRY(err);
	return fail(cx, ERR_INPUT,
	    "存储中已有数据，没有写入任何内容；本命令只用于空的存储，其他方案请在网页“规"
	    "划方案"
	    "”中导入");
}

int
cli_plan_adopt(struct cx *cx, int argc, char **argv)
{
	struct setup_accounts accounts = { 0 };
	struct run_options o;
	struct plan *plan;
	bool is_new;
	enum err err;

	if (options_read(cx, argc, argv, &o) != ERR_OK)
		return cli_failed(cx, ERR_INPUT);
	if (!o.create_units || !o.plan.n) {
		fputs("用法:zhunsheng plan adopt 文件 --create-units --store 地址\n",
		    stderr);
		return 2;
	}
	if (!o.store.n)
		o.store = S("sqlite:var/zhunsheng.db");
	if (plan_read_file(cx, str_cz(cx->arena, o.plan), &plan) != ERR_OK)
		return cli_failed(cx, ERR_INPUT);
	err = store_must_be_empty(cx, o.store);
	if (err != ERR_OK)
		return cli_failed(cx, err);
	is_new = store_is_new(cx, o.store);
	if (adopt_into(cx, &o, o.store, plan, &accounts) != ERR_OK) {
		if (is_new)
			store_remove(cx, o.store);
		return cli_failed(cx, ERR_STORE);
	}
	for (size_t i = 0; i < accounts.n; i++)
		printf("%.*s %.*s %.*s\n", STR_ARG(accounts.v[i].login),
		    STR_ARG(accounts.v[i].password), STR_ARG(accounts.v[i].unit));
	return 0;
}

/* A store that is there keeps its own day: the same --today again is fine, another is
 * not. */
static enum err
today_check(struct cx *cx, const struct run_options *o, struct str url)
{
	struct record_head head;
	struct event first;
	struct db *db;
	enum err err;

	TRY(db_open(cx, url, DB_READ, &db));
	err = record_head(cx, db, LOG_NAME, &head);
	if (err == ERR_OK)
		err = record_get(cx, db, LOG_NAME, 1, &first);
	db_close(db);
	TRY(err);
	if (o->today != DAY_NONE && day_of_ms(first.recorded) != o->today)
		return fail(cx, ERR_INPUT,
		    "已有数据的演示日期从%.*s开始，不能改用另一个日期；请换一个数据目录",
		    STR_ARG(day_chinese(cx->arena, day_of_ms(first.recorded))));
	return ERR_OK;
}

/* The plan named is another than the store's: it is served all the same, but nobody shall
 * think that his plan came in. A store keeps the file of every plan it ever took. */
static enum err
plan_look(struct cx *cx, const struct run_options *o, struct str url)
{
	struct str bytes, digest;
	struct digest d;
	struct db *db;
	int64_t length;
	enum err err;

	if (!o->plan.n)
		return ERR_OK;
	TRY(file_read(cx, o->plan, PLAN_FILE_MAX, &bytes));
	d = digest_of(DIGEST_SM3, bytes);
	digest = digest_hex(cx->arena, &d);
	TRY(db_open(cx, url, DB_READ, &db));
	err = bytes_have(cx, db, LOG_NAME, digest, &length);
	db_close(db);
	if (err != ERR_NOT_FOUND)
		return err;
	printf("没有导入 %.*s：%.*s 中已有另一方案的数据，仍按原有数据运行。\n"
	       "要把它并列导入，请登录后在“规划方案”页点“导入规划方案”；要单独打开，"
	       "请换一个数据目录（make run 用 DATA=目录）。\n",
	    STR_ARG(o->plan), STR_ARG(o->data));
	return ERR_OK;
}

static int
make_and_serve(struct cx *cx, struct run_options *o, struct str url, struct str flag)
{
	struct setup_accounts accounts = { 0 };
	const struct str file = str_fmt(cx->arena, "%.*s/zhunsheng.db", STR_ARG(o->data));
	const struct str dir = o->law.n ? o->law : S("demo");
	struct cx setup = *cx;
	struct plan *plan;

	if (access(str_cz(cx->arena, file), F_OK) == 0) {
		if (today_check(cx, o, url) != ERR_OK || plan_look(cx, o, url) != ERR_OK)
			return cli_failed(cx, ERR_INPUT);
	} else {
		if (!o->plan.n)
			o->plan = str_fmt(cx->arena, "%.*s/plan.txt", STR_ARG(dir));
		if (plan_read_file(cx, str_cz(cx->arena, o->plan), &plan) != ERR_OK)
			return cli_failed(cx, ERR_INPUT);
		if (adopt_into(&setup, o, url, plan, &accounts) != ERR_OK) {
			store_remove(cx, url);
			return cli_failed(&setup, ERR_STORE);
		}
		if (accounts_write(cx, flag, &accounts) != ERR_OK)
			return cli_failed(cx, ERR_STORE);
	}
	return -1;
}

/* Who wants to look around needs them at hand, at the first start and at each later one.
 */
static void
accounts_show(struct cx *cx, struct str path)
{
	struct str text;

	if (access(str_cz(cx->arena, path), F_OK) != 0 ||
	    file_read(cx, path, ACCOUNTS_MAX, &text) != ERR_OK)
		return;
	printf("%.*s以上账号保存在 %.*s\n", STR_ARG(text), STR_ARG(path));
}

int
cli_run(struct cx *cx, int argc, char **argv)
{
	struct run_options o;
	struct str url, flag;
	int status;

	if (options_read(cx, argc, argv, &o) != ERR_OK)
		return cli_failed(cx, ERR_INPUT);
	if (!o.data.n)
		o.data = S("var");
	if (mkdir(str_cz(cx->arena, o.data), 0700) != 0 &&
	    access(str_cz(cx->arena, o.data), W_OK) != 0) {
		fprintf(stderr, "不能使用数据目录 %.*s\n", STR_ARG(o.data));
		return 1;
	}
	url = str_fmt(cx->arena, "sqlite:%.*s/zhunsheng.db", STR_ARG(o.data));
	flag = str_fmt(cx->arena, "%.*s/demo-accounts.txt", STR_ARG(o.data));
	status = make_and_serve(cx, &o, url, flag);
	if (status >= 0)
		return status;
	accounts_show(cx, flag);
	return cli_serve(cx, 4,
	    (char *[]){ str_cz(cx->arena, S("--store")), str_cz(cx->arena, url),
		str_cz(cx->arena, S("--demo-accounts")), str_cz(cx->arena, flag), NULL });
}
