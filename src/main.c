/*
 * Reads the command line, builds cx, starts. The only place besides web/mhd.c that asks
 * the machine for the time and for chance.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>
#include <time.h>

#include "cli/cli.h"
#include "cli/notify.h"

/* A command is one or two words; the longest match wins. */
static const struct command {
	const char *words;
	int (*run)(struct cx *cx, int argc, char **argv);
	const char *usage;
} commands[] = {
	{ "account set", cli_account_set,
	    "account set 登录名 --store 地址 [--person 人员]    "
	    "建立账号或者改密码，从标准输入读取密码" },
	{ "api describe", cli_api_describe,
	    "api describe [--law 目录]    打印接口说明（OpenAPI 3.1）" },
	{ "backup", cli_backup,
	    "backup --store 地址 --to 目录 [--log 日志] [--keys 另一目录]    "
	    "备份记录和文件，只补新增部分；密钥和账号备份到另一目录" },
	{ "clock", cli_clock,
	    "clock 起算日 期限 [--explain] [--json] [--law 目录]    计算期限届满日" },
	{ "coverage", cli_coverage, "coverage [--json] [编号]    各项要求的落实情况" },
	{ "feel", cli_feel,
	    "feel 表达式 [--context JSON] [--strict]    计算一个 FEEL 表达式" },
	{ "law check", cli_law_check, "law check [目录]    核对定义，列出全部错误" },
	{ "law holiday", cli_law_holiday,
	    "law holiday {--off 日期 [--work 日期] --title 节日 --notice 文号或网址 | "
	    "--withdraw 首日} --person 人员 --store 地址 [--log 日志]    "
	    "公布地方放假、调休安排或者收回；不写日期则列出现有的" },
	{ "law move", cli_law_move,
	    "law move {程序 --erratum --reason 理由 | --rule 过渡规则 [--dry-run] "
	    "[--limit 件数]} --person 人员 --store 地址 [--log 日志]    "
	    "未办结的事项改按更正后的版本或者按过渡规则办理" },
	{ "law mutate", cli_law_mutate,
	    "law mutate [目录] [名称]    逐条拿掉规则，每次都应有证明不再通过" },
	{ "law publish", cli_law_publish,
	    "law publish [目录] --store 地址 [--log 日志]    公布有变动的定义" },
	{ "law chart", cli_law_chart,
	    "law chart 程序 [--out 文件.svg] [--law 目录]    办事流程图；文件可以是 "
	    "svg、png、pdf、dot" },
	{ "law diff", cli_law_diff,
	    "law diff 旧目录 新目录；law diff [目录] --store 地址    公布后有哪些变化" },
	{ "law explain", cli_law_explain,
	    "law explain 程序或名录 [--law 目录]    用文字说明一份定义" },
	{ "law schema", cli_law_schema,
	    "law schema [种类] [--out 目录]    各种定义文件的 JSON "
	    "Schema，供编辑器使用" },
	{ "record rebuild", cli_record_rebuild,
	    "record rebuild --store 地址 [--log 日志] [--check]    按记录重建数据" },
	{ "search import", cli_search_import,
	    "search import 文件 --store 地址    导入供检索的法规条文（每行一条的 "
	    "JSON）" },
	{ "search rebuild", cli_search_rebuild,
	    "search rebuild --store 地址 [--log 日志]    重建检索目录" },
	{ "law table", cli_law_table,
	    "law table 表格.xlsx|csv [--against 名称.table.yaml]，law table "
	    "名称.table.yaml --xlsx 文件 [--law 目录]    "
	    "由表格得出决策表的定义，或者反过来" },
	{ "law test", cli_law_test,
	    "law test [目录] [--store-kind sqlite|postgres] [--pg 连接参数] [名称]    "
	    "运行各项证明" },
	{ "plan read", cli_plan_read,
	    "plan read 文件 [--json]    读方案，列出任务和疑点，不写入" },
	{ "record check-proof", cli_record_check_proof,
	    "record check-proof 文件 --key 验证公钥    核对一份证明，不需要数据库" },
	{ "record checkpoint", cli_record_checkpoint,
	    "record checkpoint [--store 地址] [--log 日志] [--append 文件]    "
	    "签出存证点" },
	{ "record copy", cli_record_copy,
	    "record copy --from 地址 --to 地址 [--log 日志]    把记录复制到另一个库" },
	{ "record export", cli_record_export,
	    "record export [--store 地址] [--log 日志] --to 文件    "
	    "把一份日志写成文本，供移交档案" },
	{ "record import", cli_record_import,
	    "record import 文件 --to 地址    把写成文本的日志读回一个库，逐条核对摘要" },
	{ "record key", cli_record_key,
	    "record key [--store 地址] [--log 日志]    打印验证公钥" },
	{ "record prove", cli_record_prove,
	    "record prove 编号 [--store 地址] [--log 日志]    打印一条记录的证明" },
	{ "record verify", cli_record_verify,
	    "record verify [--store 地址] [--log 日志] [--against 存证点文件] "
	    "[--key 验证公钥] [--without-files]    核验记录" },
	{ "plan adopt", cli_plan_adopt,
	    "plan adopt 文件 --create-units [--store 地址] [--today 日期]    "
	    "在空库中建立单位并登记方案" },
	{ "restore", cli_restore,
	    "restore --from 目录 --to 地址 [--against 存证点文件] [--keys 另一目录] "
	    "[--accept-loss 理由]    "
	    "从备份恢复，核验，并与存证点比对" },
	{ "run", cli_run,
	    "run [--data 目录] [--plan 文件] [--today 日期]    建立演示数据并运行" },
	{ "serve", cli_serve,
	    "serve --store 地址 [--port 端口] [--address 地址] [--today 日期] "
	    "[--checkpoints 存证点文件] [--calls 每账号每分钟点数]    "
	    "运行网站" },
	{ "token add", cli_token_add,
	    "token add 登录名 --store 地址 [--scope read|write|metrics] [--days 天数] "
	    "[--note 用途]    为账号建立访问令牌，只显示一次" },
	{ "token end", cli_token_end, "token end 编号 --store 地址    停用一个访问令牌" },
	{ "token list", cli_token_list, "token list --store 地址    列出有效的访问令牌" },
	{ "tck", cli_tck, "tck 目录 [--out 文件]    运行 DMN 兼容性测试，写出结果文件" },
	{ "statute import", cli_statute_import,
	    "statute import 文件… --store 地址 [--from 日期] [--replace --reason 理由]   "
	    " "
	    "法律法规文本入库，列出受影响的制度、条目和事项" },
	{ "statute list", cli_statute_list, "statute list --store 地址    列出法规库" },
	{ "statute show", cli_statute_show,
	    "statute show 名称 [第X条] [--on 日期] --store 地址    打印某日施行的文本" },
	{ "statute diff", cli_statute_diff,
	    "statute diff 名称 日期 日期 [--all] --store 地址    比较两日施行的文本" },
	{ "statute repeal", cli_statute_repeal,
	    "statute repeal 名称 --on 日期 --by 依据 --store 地址    登记不再施行" },
	{ "statute rebuild", cli_statute_rebuild,
	    "statute rebuild --store 地址 [--check]    按记录重建法规库" },
	{ "time confirm", cli_time_confirm,
	    "time confirm --store 地址 [--log 日志]    "
	    "确认系统时间无误，恢复登记期限届满" },
};

enum { COMMANDS = sizeof commands / sizeof *commands };

static bool
kernel_fill(void *self, void *out, size_t n)
{
	unsigned char *p = out;

	(void)self;
	while (n) {
		const ssize_t got = getrandom(p, n, 0);

		if (got <= 0)
			return false;
		p += got;
		n -= (size_t)got;
	}
	return true;
}

/* How many words of argv the command takes; 0 when it is another one. */
static int
matches(const struct command *c, int argc, char **argv)
{
	const char *rest = c->words;
	int n = 1;

	for (; n < argc; n++) {
		const size_t len = strlen(argv[n]);

		if (strncmp(rest, argv[n], len) != 0 || (rest[len] && rest[len] != ' '))
			return 0;
		rest += len;
		if (!*rest)
			return n;
		rest++;
	}
	return 0;
}

static int
usage(void)
{
	fputs("用法：\n", stderr);
	for (int i = 0; i < COMMANDS; i++)
		fprintf(stderr, "  zhunsheng %s\n", commands[i].usage);
	return 2;
}

int
main(int argc, char **argv)
{
	struct arena arena AUTO(arena_free) = { 0 };
	const struct entropy entropy = { kernel_fill, NULL };
	struct timespec now;
	struct cx cx = { .arena = &arena, .entropy = &entropy };

	clock_gettime(CLOCK_REALTIME, &now);
	notify_to(getenv("NOTIFY_SOCKET"));
	cx.now_ms = (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
	for (int i = 0; i < COMMANDS; i++) {
		const int taken = matches(&commands[i], argc, argv);

		if (taken)
			return commands[i].run(&cx, argc - 1 - taken, argv + 1 + taken);
	}
	return usage();
}
