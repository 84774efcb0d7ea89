/* The vocabulary of scenarios: what is given, done and expected. */
#include "cli/scenario_vocabulary.h"

static const struct shape_key scenario_given_keys[] = {
	{ "put", SHAPE_ID, MAY, NULL, "登记到哪个名录" },
	{ "person", SHAPE_ID, MAY, NULL, "人员，连同岗位和职权一起建立" },
	{ "as", SHAPE_ID, MAY, NULL, "以后用 @名称 引用" },
	{ "name", SHAPE_TEXT, MAY, NULL, "人员姓名" },
	{ "unit", SHAPE_TEXT, MAY, NULL, "所在单位" },
	{ "can", SHAPE_IDS, MAY, NULL, "享有的职权" },
	{ "title", SHAPE_TEXT, MAY, NULL, "岗位名称" },
	{ "from", SHAPE_DAY, MAY, NULL, "从哪天起" },
	{ "to", SHAPE_DAY, MAY, NULL, "到哪天止" },
	{ "values", SHAPE_ANY, MAY, NULL, "条目的内容" },
	{ "all", SHAPE_ID, MAY, NULL, "照搬一份场景准备（*.given.yaml）" },
};
SHAPE(scenario_given, NULL, "开始之前已有的");

static const struct shape_key scenario_expect_keys[] = {
	{ "refused", SHAPE_IDS, MAY, NULL, "被哪些规则拒绝" },
	{ "stage", SHAPE_ID, MAY, NULL, "所在阶段" },
	{ "due", SHAPE_ANY, MAY, NULL, "期限届满日，编号: 日期" },
	{ "fields", SHAPE_ANY, MAY, NULL, "字段的值" },
	{ "children", SHAPE_ANY, MAY, NULL, "子程序的状态" },
	{ "tables", SHAPE_ANY, MAY, NULL, "字段: 它的决策表中符合的行" },
	{ "lapsed", SHAPE_IDS, MAY, NULL, "已经届满的期限" },
	{ "doubts", SHAPE_IDS, MAY, NULL, "待处理的疑点" },
	{ "number", SHAPE_TEXT, MAY, NULL, "编出的文号" },
	{ "published", SHAPE_ANY, MAY, NULL, "公开的内容" },
	{ "warned", SHAPE_IDS, MAY, NULL, "给出的提示" },
	{ "destroyed", SHAPE_IDS, MAY, NULL, "已依法销毁的内容" },
	{ "hidden", SHAPE_IDS, MAY, NULL, "不能查阅的内容" },
	{ "replayed", SHAPE_BOOL, MAY, NULL, "重复提交，得到原来的答复" },
	{ "missing", SHAPE_IDS, MAY, NULL, "缺少的字段" },
	{ "sealed", SHAPE_IDS, MAY, NULL, "密封保存的内容" },
	{ "deemed", SHAPE_IDS, MAY, NULL, "届满视为的效果待确认或者已确认的期限" },
	{ "instead", SHAPE_TEXT, MAY, NULL, "代谁办理" },
	{ "moved", SHAPE_IDS, MAY, NULL, "移动了的事项" },
	{ "kept", SHAPE_ANY, MAY, NULL, "仍按旧版本办理的事项: 理由" },
	{ "clocks", SHAPE_ANY, MAY, NULL, "期限的状态，编号: 状态" },
	{ "undone", SHAPE_IDS, MAY, NULL, "办过而不再有效的动作" },
};
SHAPE(scenario_expect, NULL, "应有的结果");

static const struct shape_key scenario_step_keys[] = {
	{ "do", SHAPE_ID, MAY, NULL, "程序.动作，或者动作" },
	{ "on", SHAPE_TEXT, MAY, NULL, "在哪件事项上" },
	{ "look", SHAPE_TEXT, MAY, NULL, "只看，不办" },
	{ "put", SHAPE_TEXT, MAY, NULL, "登记到哪个名录，或者修改哪个条目" },
	{ "as", SHAPE_ID, MAY, NULL, "以后用 @名称 引用" },
	{ "by", SHAPE_TEXT, MAY, NULL, "由谁办理" },
	{ "with", SHAPE_ANY, MAY, NULL, "填写的内容" },
	{ "values", SHAPE_ANY, MAY, NULL, "条目的内容" },
	{ "from", SHAPE_DAY, MAY, NULL, "条目从哪天起" },
	{ "to", SHAPE_DAY, MAY, NULL, "条目到哪天止" },
	{ "day", SHAPE_DAY, MAY, NULL, "办理的日期" },
	{ "now", SHAPE_DAY, MAY, NULL, "系统日期走到这天" },
	{ "tick", SHAPE_BOOL, MAY, NULL, "由系统查看期限" },
	{ "registered", SHAPE_BOOL, MAY, NULL, "事后登记" },
	{ "seen", SHAPE_ANY, MAY, NULL, "办理人看到的版本" },
	{ "key", SHAPE_TEXT, MAY, NULL, "防止重复提交的标记" },
	{ "publish", SHAPE_ID, MAY, NULL, "此时公布程序的现行版本" },
	{ "move", SHAPE_ID, MAY, NULL, "按这一过渡规则移动未办结的事项" },
	{ "limit", SHAPE_INT, MAY, NULL, "至多移动几件" },
	{ "expect", SHAPE_MAP, MAY, &shape_scenario_expect, "应有的结果" },
	{ "all", SHAPE_ID, MAY, NULL, "照搬一份场景准备中的各步" },
};
SHAPE(scenario_step, NULL, "一步");

static const struct shape_key scenario_keys[] = {
	{ "scenario", SHAPE_TEXT, MUST, NULL, "场景名称" },
	{ "proves", SHAPE_IDS, MAY, NULL, "证明落实了哪些要求" },
	{ "today", SHAPE_DAY, MUST, NULL, "开始时的系统日期" },
	{ "former", SHAPE_LIST, MAY, NULL, "先按旧版本办理的程序，到 publish 为止" },
	{ "given", SHAPE_MAPS, MAY, &shape_scenario_given,
	    "开始之前已有的单位、人员、条目" },
	{ "steps", SHAPE_MAPS, MUST, &shape_scenario_step, "各步" },
};
SHAPE(scenario, "*.scenario.yaml", "场景");

static const struct shape_key given_keys[] = {
	{ "given", SHAPE_ID, MUST, NULL, "场景准备的名称" },
	{ "items", SHAPE_MAPS, MAY, &shape_scenario_given, "单位、人员、条目" },
	{ "steps", SHAPE_MAPS, MAY, &shape_scenario_step, "各步" },
};
SHAPE(given, "*.given.yaml", "场景准备");
