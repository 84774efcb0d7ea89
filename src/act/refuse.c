/* The table of the engine's refusals: what each is called in the API and what it says. */
#include "act/refuse.h"

#include <stdarg.h>

static const struct {
	const char *code, *message, *ways;
} refusals[] = {
	[REFUSE_BY] = { "by", "您在该单位没有办理此事的职权",
	    "由有职权的人员办理；请单位和人员管理人员核对岗位职权" },
	[REFUSE_AT] = { "at", "当前阶段不能办理此事", "" },
	[REFUSE_UNTIL] = { "until", "后续环节已经办理，不能再撤回", "" },
	[REFUSE_JOINED] = { "joined", "已经办理过，等待其他单位或者人员", "" },
	[REFUSE_HAND_OVER] = { "hand-over", "清单与移交人承办的事项不一致",
	    "退回修改清单；不能移交给接收人的事项列为另行交接" },
	[REFUSE_DEEMED] = { "deemed", "期限已经届满，依法视为的效果待确认", "" },
	[REFUSE_APART] = { "apart", "办理过前一环节的人员不得办理本环节",
	    "由其他人员办理；请求协作审核或者由上级指派" },
	[REFUSE_FORM] = { "form", "填写的内容不符合要求", "" },
	[REFUSE_REQUIRED] = { "required", "此项必须填写", "" },
	[REFUSE_SEEN] = { "seen", "他人刚刚更新了同一内容，请核对后重新提交", "" },
	[REFUSE_KEY] = { "key", "同一提交编号已用于另一次办理", "刷新页面后重新提交" },
	[REFUSE_IN_FORCE] = { "in-force", "该程序在所填日期尚未施行或者已经失效",
	    "按当时有效的程序登记" },
	[REFUSE_DOUBT_OPEN] = { "doubt-open", "尚有疑点未处理，不得制发文书",
	    "先处理疑点" },
	[REFUSE_CLOCK] = { "clock", "法定最短期限尚未届满", "" },
	[REFUSE_NUMBER] = { "number", "不能编号：制发单位没有登记用于文号的简称",
	    "在单位资料中登记简称，例如某县司法局的“某司”" },
	[REFUSE_UNKNOWN] = { "unknown", "没有这一事项", "" },
	[REFUSE_DAY] = { "day", "发生日期不能晚于登记日期", "" },
	[REFUSE_UNIQUE] = { "unique", "已有同名的有效条目", "" },
	[REFUSE_WITHDRAWN] = { "withdrawn", "该项制度已经撤下，不再办理新的事项",
	    "已经开始的事项按原来的规定办完" },
	[REFUSE_RULE] = { "rule", "", "" },
};
_Static_assert(
    sizeof refusals / sizeof *refusals == REFUSE_COUNT_, "a code without its row");

void
refuse_rule(struct cx *cx, struct refusal_list *out, enum refuse code, struct str rule,
    struct str field, struct str message, struct str basis, struct str ways)
{
	*list_add(cx->arena, out) = (struct refusal){ .code = str_z(refusals[code].code),
		.rule = rule,
		.field = field,
		.message = message,
		.basis = basis,
		.ways = ways };
}

void
refuse(struct cx *cx, struct refusal_list *out, enum refuse code, struct str field,
    const char *fmt, ...)
{
	struct str message = str_z(refusals[code].message);
	struct str own;
	va_list ap;

	va_start(ap, fmt);
	own = str_vfmt(cx->arena, fmt, ap);
	va_end(ap);
	if (own.n)
		message = own;
	refuse_rule(cx, out, code, str_z(refusals[code].code), field, message, S(""),
	    str_z(refusals[code].ways));
}
