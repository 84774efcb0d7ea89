/* The vocabulary itself: tables, in the order in which a lawyer meets them. */
#include "register/vocabulary.h"

#include "base/bug.h"

enum { SHAPE_KEYS_MAX = 40 };

/* --- what registers and procedures share --- */

static const struct shape_key field_keys[] = {
	{ "title", SHAPE_TEXT, MUST, NULL, "字段名称" },
	{ "type", SHAPE_TYPE, MUST, NULL, "类型" },
	{ "of", SHAPE_TARGET, MAY, &shape_field,
	    "引用哪个名录或者程序、用哪个选项表，行表则为各列" },
	{ "options", SHAPE_TITLES, MAY, NULL, "就地写明的选项，编号: 名称" },
	{ "required", SHAPE_BOOL, MAY, NULL, "必须填写" },
	{ "unique", SHAPE_BOOL, MAY, NULL, "在有效的条目中不得重复" },
	{ "personal", SHAPE_BOOL, MAY, NULL, "个人信息，密封保存，条件中不可使用" },
	{ "hint", SHAPE_TEXT, MAY, NULL, "填写提示" },
	{ "among", SHAPE_FEEL, MAY, NULL, "可选范围，只用于程序中的引用" },
	{ "value", SHAPE_MAP, MAY, &shape_value, "由决策表得出，不填写；只用于程序" },
	{ "numbers", SHAPE_ID, MAY, NULL,
	    "印在纸上的号码：哪一种纸质文书、票据，号段须已登记；只用于程序" },
};
SHAPE(field, NULL, "字段");

static const struct shape_key range_keys[] = {
	{ "from", SHAPE_FEEL, MAY, NULL, "该列是起点：此值达到它（含本数）" },
	{ "below", SHAPE_FEEL, MAY, NULL, "该列是终点：此值不满它（不含本数）" },
};
SHAPE(range, NULL, "行表中按范围查的列");

static const struct shape_key value_keys[] = {
	{ "table", SHAPE_ID, MUST, NULL,
	    "决策表编号；或者 字段.行表：该字段引用的条目中的行表" },
	{ "with", SHAPE_STEPS, MAY, &shape_range,
	    "决策表的输入: 表达式；不写的输入取同名字段。行表须写明按哪些列查，"
	    "列: 表达式，或者范围" },
};
SHAPE(value, NULL, "决策表得出的值");

static const struct shape_key list_keys[] = {
	{ "filters", SHAPE_IDS, MAY, NULL, "可以据以筛选的字段" },
	{ "order", SHAPE_ID, MAY, NULL, "排序的字段" },
};
SHAPE(list, NULL, "列表");

static const struct shape_key rule_keys[] = {
	{ "id", SHAPE_ID, MUST, NULL, "编号" },
	{ "that", SHAPE_FEEL, MUST, NULL, "必须成立的条件" },
	{ "when", SHAPE_FEEL, MAY, NULL, "只在此情形下适用" },
	{ "says", SHAPE_TEXT, MUST, NULL, "条件不成立时的提示" },
	{ "basis", SHAPE_IDS, MAY, NULL, "依据：法规名称/条" },
	{ "ways", SHAPE_TEXTS, MAY, NULL, "合法的出路" },
	{ "field", SHAPE_ID, MAY, NULL, "提示放在哪个字段旁" },
};
SHAPE(rule, NULL, "办理条件");

static const struct shape_key gate_keys[] = {
	{ "id", SHAPE_ID, MUST, NULL, "编号" },
	{ "before", SHAPE_IDS, MUST, NULL, "在哪些办理动作之前" },
	{ "require", SHAPE_FEEL, MUST, NULL, "必须成立的条件" },
	{ "when", SHAPE_FEEL, MAY, NULL, "只在此情形下适用" },
	{ "says", SHAPE_TEXT, MUST, NULL, "条件不成立时的提示" },
	{ "basis", SHAPE_IDS, MAY, NULL, "依据：法规名称/条" },
	{ "ways", SHAPE_TEXTS, MAY, NULL, "合法的出路" },
	{ "field", SHAPE_ID, MAY, NULL, "提示放在哪个字段旁" },
};
SHAPE(gate, NULL, "前置条件");

/* --- registers --- */

static const struct shape_key register_rule_keys[] = {
	{ "id", SHAPE_ID, MUST, NULL, "编号" },
	{ "require", SHAPE_FEEL, MUST, NULL, "必须成立的条件" },
	{ "when", SHAPE_FEEL, MAY, NULL, "只在此情形下适用" },
	{ "says", SHAPE_TEXT, MUST, NULL, "条件不成立时的提示" },
	{ "basis", SHAPE_IDS, MAY, NULL, "依据：法规名称/条" },
	{ "ways", SHAPE_TEXTS, MAY, NULL, "合法的出路" },
	{ "field", SHAPE_ID, MAY, NULL, "提示放在哪个字段旁" },
};
SHAPE(register_rule, NULL, "名录规则");

static const struct shape_key register_keys[] = {
	{ "register", SHAPE_ID, MUST, NULL, "名录编号" },
	{ "title", SHAPE_TEXT, MUST, NULL, "名录名称" },
	{ "covers", SHAPE_IDS, MAY, NULL, "落实哪些要求" },
	{ "key", SHAPE_ID, MAY, NULL, "识别条目的字段，在有效的条目中不得重复" },
	{ "called", SHAPE_TEXT, MAY, NULL,
	    "条目的名称：文字和{字段}；默认为 key 或者第一个文字字段" },
	{ "fields", SHAPE_NAMED, MUST, &shape_field, "字段" },
	{ "by", SHAPE_IDS, MUST, NULL, "哪些职权可以登记和终止条目" },
	{ "of", SHAPE_FEEL, MAY, NULL, "岗位须属于哪个单位，默认 any" },
	{ "destroys", SHAPE_IDS, MAY, NULL, "哪些职权可以依法销毁个人信息" },
	{ "unseals", SHAPE_IDS, MAY, NULL, "哪些职权可以查看个人信息" },
	{ "rules", SHAPE_MAPS, MAY, &shape_register_rule, "登记时须符合的规则" },
	{ "lists", SHAPE_NAMED, MAY, &shape_list, "列表" },
};
SHAPE(register, "*.register.yaml", "名录");

/* --- procedures --- */

static const struct shape_key in_force_keys[] = {
	{ "from", SHAPE_DAY, MUST, NULL, "施行日期" },
	{ "to", SHAPE_DAY, MAY, NULL, "失效日期，当日起不再适用" },
};
SHAPE(in_force, NULL, "效力期间");

static const struct shape_key child_keys[] = {
	{ "procedure", SHAPE_ID, MUST, NULL, "子程序的编号" },
	{ "covers", SHAPE_IDS, MAY, NULL, "这些字段改变后，已办的子程序失效" },
	{ "for", SHAPE_ID, MAY, NULL, "行表字段，每行开启一件" },
	{ "with", SHAPE_FEELS, MAY, NULL, "开启时填入的字段" },
	{ "loose", SHAPE_BOOL, MAY, NULL, "开启后各自办理，不影响本程序" },
};
SHAPE(child, NULL, "子程序");

static const struct shape_key turn_keys[] = {
	{ "when", SHAPE_FEEL, MAY, NULL, "在此情形下" },
	{ "stage", SHAPE_ID, MUST, NULL, "进入的阶段" },
};
SHAPE(turn, NULL, "去向");

static const struct shape_key mandatory_keys[] = {
	{ "steps", SHAPE_IDS, MUST, NULL, "必经的动作" },
	{ "basis", SHAPE_IDS, MUST, NULL, "依据：法规名称/条" },
};
SHAPE(mandatory, NULL, "必经的步骤");

static const struct shape_key join_keys[] = {
	{ "of", SHAPE_FEEL, MAY, NULL, "须办理的单位或者人员；不写则为任何有职权的人员" },
	{ "needs", SHAPE_COUNT, MAY, NULL, "all 全部、any 任一，或者几个；默认全部" },
	{ "refused", SHAPE_FEEL, MAY, NULL, "在此情形下为不同意" },
	{ "then", SHAPE_ID, MAY, NULL, "有一个不同意时进入的阶段；不写则只是不计入" },
};
SHAPE(join, NULL, "会签");

static const struct shape_key hand_over_keys[] = {
	{ "from", SHAPE_ID, MUST, NULL, "移交人所在的字段" },
	{ "to", SHAPE_ID, MUST, NULL, "接收人所在的字段" },
	{ "by", SHAPE_ID, MUST, NULL, "监交人所在的字段；逐件须有改派该事项的职权" },
	{ "matters", SHAPE_ID, MUST, NULL, "移交事项清单所在的字段" },
	{ "left", SHAPE_ID, MAY, NULL, "另行交接的事项所在的字段" },
	{ "reason", SHAPE_ID, MUST, NULL, "交接事由所在的字段" },
};
SHAPE(hand_over, NULL, "工作交接");

static const struct shape_key action_keys[] = {
	{ "title", SHAPE_TEXT, MUST, NULL, "动作名称" },
	{ "at", SHAPE_IDS, MUST, NULL,
	    "在哪些阶段可以办理；new 为开始，any 为任何未终结阶段" },
	{ "by", SHAPE_IDS, MUST, NULL, "由哪些职权办理；system 为系统自动" },
	{ "of", SHAPE_FEEL, MAY, NULL, "岗位须属于哪个单位，默认本程序的 unit" },
	{ "form", SHAPE_TEXTS, MAY, NULL, "填写的字段；末尾加 ? 为选填" },
	{ "require", SHAPE_MAPS, MAY, &shape_rule, "办理条件" },
	{ "warns", SHAPE_MAPS, MAY, &shape_rule, "只提示不阻止的条件" },
	{ "apart", SHAPE_IDS, MAY, NULL, "办过这些动作的人不得办理本动作" },
	{ "set", SHAPE_FEELS, MAY, NULL, "由系统算出的字段" },
	{ "opens", SHAPE_IDS, MAY, NULL, "开启哪些子程序" },
	{ "issues", SHAPE_ID, MAY, NULL, "制发的文书" },
	{ "publishes", SHAPE_IDS, MAY, NULL, "公开的字段" },
	{ "unpublishes", SHAPE_BOOL, MAY, NULL, "撤下已经公开的内容" },
	{ "then", SHAPE_TURNS, MAY, &shape_turn, "办理后进入的阶段；不写则不变" },
	{ "says", SHAPE_TEXT, MAY, NULL, "按钮旁的办理提示" },
	{ "basis", SHAPE_IDS, MAY, NULL, "依据：法规名称/条" },
	{ "manner", SHAPE_ID, MAY, NULL,
	    "办理方式：withdraw 撤回、return 退回补充、reopen "
	    "重新办理、reassign 改派；系统统一要求写明理由" },
	{ "undoes", SHAPE_IDS, MAY, NULL, "哪些已办的动作不再有效" },
	{ "until", SHAPE_IDS, MAY, NULL, "撤回：其后办过这些动作的，不能再撤回" },
	{ "join", SHAPE_MAP, MAY, &shape_join, "会签、多人确认：几人都办才算办成" },
	{ "hands_over", SHAPE_MAP, MAY, &shape_hand_over,
	    "会签办成时，清单上的事项改由接收人承办" },
	{ "confirms", SHAPE_IDS, MAY, NULL, "确认哪些期限届满后法律视为的效果" },
	{ "resumes", SHAPE_IDS, MAY, NULL, "哪些已经结束的期限继续计算" },
};
SHAPE(action, NULL, "办理动作");

static const struct shape_key lapse_keys[] = {
	{ "then", SHAPE_ID, MAY, NULL, "期限届满后进入的阶段" },
	{ "set", SHAPE_FEELS, MAY, NULL, "期限届满时由系统算出的字段" },
	{ "deemed", SHAPE_TEXT, MAY, NULL,
	    "法律视为的效果，如：视为送达；届满时只记为待确认，由人确认" },
	{ "draft", SHAPE_ID, MAY, NULL, "届满时拟出哪个文书的草稿" },
	{ "unpublishes", SHAPE_BOOL, MAY, NULL, "撤下已经公开的内容" },
};
SHAPE(lapse, NULL, "期限届满的后果");

static const struct shape_key pause_keys[] = {
	{ "from", SHAPE_IDS, MUST, NULL, "由哪些动作中止" },
	{ "until", SHAPE_IDS, MUST, NULL, "由哪些动作恢复" },
	{ "basis", SHAPE_IDS, MAY, NULL, "依据：法规名称/条" },
};
SHAPE(pause, NULL, "不计入期限的时间");

static const struct shape_key extension_keys[] = {
	{ "with", SHAPE_ID, MUST, NULL, "由哪个动作延长" },
	{ "for", SHAPE_TERM, MUST, NULL, "延长多久，如 30 days" },
	{ "basis", SHAPE_IDS, MAY, NULL, "依据：法规名称/条" },
};
SHAPE(extension, NULL, "期限的延长");

static const struct shape_key amount_keys[] = {
	{ "rate", SHAPE_TEXT, MUST, NULL, "每日的份额，如 3/100" },
	{ "of", SHAPE_FEEL, MUST, NULL, "按什么金额计算" },
	{ "cap", SHAPE_FEEL, MUST, NULL, "不得超过的金额" },
};
SHAPE(amount, NULL, "逾期每日增加的金额");

static const struct shape_key clock_keys[] = {
	{ "id", SHAPE_ID, MUST, NULL, "编号" },
	{ "title", SHAPE_TEXT, MUST, NULL, "期限名称" },
	{ "from", SHAPE_IDS, MAY, NULL, "从哪些动作起算" },
	{ "within", SHAPE_TERM, MAY, NULL, "最长期限，如 90 days" },
	{ "at_least", SHAPE_TERM, MAY, NULL, "最短期限，如 5 workdays" },
	{ "ahead", SHAPE_TERM, MAY, NULL, "提前多久，自 at 的日期倒算，如 7 workdays" },
	{ "at", SHAPE_FEEL, MAY, NULL, "届满的日期；有期限的，是起算的日期" },
	{ "roll", SHAPE_TEXT, MAY, NULL,
	    "末日休息时：none 不动，next 顺延，previous 提前" },
	{ "moment", SHAPE_ID, MAY, NULL, "写明时刻的字段，如 14:05；用于按小时的期限" },
	{ "when", SHAPE_FEEL, MAY, NULL, "只在此情形下有此期限" },
	{ "until", SHAPE_IDS, MAY, NULL, "以哪些动作结束；不写则到办结为止" },
	{ "before", SHAPE_IDS, MAY, NULL, "最短期限内、其他期限届满后不得办理的动作" },
	{ "pauses", SHAPE_ANY, MAY, &shape_pause,
	    "不计入的日子：子程序，或者 { from, until }" },
	{ "extends", SHAPE_MAPS, MAY, &shape_extension, "由哪些动作延长，各一次" },
	{ "amount", SHAPE_MAP, MAY, &shape_amount, "逾期每日增加的金额" },
	{ "restart", SHAPE_BOOL, MAY, NULL, "每次办理都重新起算" },
	{ "quiet", SHAPE_BOOL, MAY, NULL, "只显示，不提醒" },
	{ "warn", SHAPE_TERM, MAY, NULL, "提前多久提醒" },
	{ "lapse", SHAPE_MAP, MAY, &shape_lapse, "届满的后果；不写则记为超期" },
	{ "basis", SHAPE_IDS, MAY, NULL, "依据：法规名称/条" },
};
SHAPE(clock, NULL, "期限");

static const struct shape_key mask_keys[] = {
	{ "id", SHAPE_ID, MUST, NULL, "编号" },
	{ "fields", SHAPE_IDS, MUST, NULL, "限制查阅的字段" },
	{ "open", SHAPE_FEEL, MUST, NULL, "可以查阅的条件" },
	{ "says", SHAPE_TEXT, MAY, NULL, "不能查阅时的说明" },
	{ "basis", SHAPE_IDS, MAY, NULL, "依据：法规名称/条" },
};
SHAPE(mask, NULL, "查阅限制");

static const struct shape_key procedure_keys[] = {
	{ "procedure", SHAPE_ID, MUST, NULL, "程序编号" },
	{ "title", SHAPE_TEXT, MUST, NULL, "程序名称" },
	{ "in_force", SHAPE_MAP, MAY, &shape_in_force, "效力期间，按开始办理之日判断" },
	{ "basis", SHAPE_IDS, MAY, NULL, "依据：法规名称/条" },
	{ "covers", SHAPE_IDS, MAY, NULL, "落实哪些要求" },
	{ "unit", SHAPE_ID, MAY, NULL, "办理机关所在的字段" },
	{ "name", SHAPE_ID, MAY, NULL, "用作事项名称的字段" },
	{ "fields", SHAPE_NAMED, MUST, &shape_field, "字段" },
	{ "stages", SHAPE_TITLES, MUST, NULL, "阶段，编号: 名称" },
	{ "final", SHAPE_IDS, MAY, NULL, "终结阶段" },
	{ "mandatory", SHAPE_STEPS, MAY, &shape_mandatory,
	    "进入该阶段必经的动作，阶段: 动作，或者连同依据" },
	{ "handlers", SHAPE_ID, MAY, NULL, "承办人员所在的字段，改派、交接时更换" },
	{ "outcome", SHAPE_ID, MAY, NULL, "子程序的结果字段" },
	{ "passes", SHAPE_FEEL, MAY, NULL, "子程序何谓通过" },
	{ "children", SHAPE_NAMED, MAY, &shape_child, "子程序" },
	{ "actions", SHAPE_NAMED, MUST, &shape_action, "办理动作" },
	{ "gates", SHAPE_MAPS, MAY, &shape_gate, "几个动作共同的前置条件" },
	{ "clocks", SHAPE_MAPS, MAY, &shape_clock, "期限" },
	{ "masks", SHAPE_MAPS, MAY, &shape_mask, "查阅限制" },
	{ "corrects", SHAPE_IDS, MAY, NULL, "哪些职权可以更正" },
	{ "destroys", SHAPE_IDS, MAY, NULL, "哪些职权可以依法销毁个人信息" },
	{ "unseals", SHAPE_IDS, MAY, NULL, "哪些职权可以查看个人信息" },
	{ "registers", SHAPE_IDS, MAY, NULL,
	    "哪些动作可以事后登记；不写则由人办理的都可以" },
	{ "lists", SHAPE_NAMED, MAY, &shape_list, "列表" },
};
SHAPE(procedure, "*.procedure.yaml", "程序");

static const struct shape_key transition_from_keys[] = {
	{ "before", SHAPE_DAY, MAY, NULL, "这一天之前起施行的各个版本" },
	{ "edition", SHAPE_TEXT, MAY, NULL, "或者这一版本：它的摘要值" },
};
SHAPE(transition_from, NULL, "从哪个版本");

static const struct shape_key transition_stage_keys[] = {
	{ "stays", SHAPE_TEXT, MUST, NULL, "不移的理由" },
};
SHAPE(transition_stage, NULL, "不移的阶段");

static const struct shape_key transition_clock_keys[] = {
	{ "how", SHAPE_ID, MUST, NULL,
	    "kept 照旧、anew 自移动之日重新起算、converted 从原起算日按新版本换算、"
	    "ended 终止或者不起算" },
	{ "reason", SHAPE_TEXT, MAY, NULL, "不照旧计算的理由" },
};
SHAPE(transition_clock, NULL, "期限的衔接");

static const struct shape_key transition_keys[] = {
	{ "transition", SHAPE_ID, MUST, NULL, "过渡规则编号" },
	{ "title", SHAPE_TEXT, MUST, NULL, "过渡规则名称" },
	{ "procedure", SHAPE_ID, MUST, NULL, "哪个程序" },
	{ "from", SHAPE_MAP, MUST, &shape_transition_from, "从哪个版本" },
	{ "to", SHAPE_DAY, MUST, NULL, "移到哪天起施行的版本" },
	{ "basis", SHAPE_IDS, MUST, NULL, "依据：法规名称/条" },
	{ "when", SHAPE_FEEL, MAY, NULL, "移哪些事项；不写则全部" },
	{ "stages", SHAPE_STEPS, MUST, &shape_transition_stage,
	    "旧版本的每个未办结阶段: 新版本的阶段，或者不移的理由" },
	{ "fields", SHAPE_FEELS, MAY, NULL, "新版本的字段: 从旧事项算出的表达式" },
	{ "drops", SHAPE_IDS, MAY, NULL, "新版本不再保留的字段" },
	{ "clocks", SHAPE_STEPS, MAY, &shape_transition_clock,
	    "期限: kept，或者怎样衔接" },
};
SHAPE(transition, "*.transition.yaml", "过渡规则");

/* --- documents, choices, parameters, functions --- */

static const struct shape_key number_keys[] = {
	{ "format", SHAPE_TEXT, MUST, NULL, "文号的写法，须含 {n}" },
	{ "per", SHAPE_ID, MAY, NULL, "按此字段的每个值和年度各编一个序列" },
};
SHAPE(number, NULL, "文号");

static const struct shape_key document_keys[] = {
	{ "document", SHAPE_ID, MUST, NULL, "文书编号" },
	{ "title", SHAPE_TEXT, MUST, NULL, "文书名称" },
	{ "number", SHAPE_MAP, MAY, &shape_number, "文号" },
	{ "text", SHAPE_TEXT, MUST, NULL, "正文，{} 内为字段或者表达式" },
};
SHAPE(document, "*.document.yaml", "文书");

static const struct shape_key choices_keys[] = {
	{ "choices", SHAPE_ID, MUST, NULL, "选项表编号" },
	{ "title", SHAPE_TEXT, MAY, NULL, "选项表名称" },
	{ "items", SHAPE_TITLES, MUST, NULL, "选项，编号: 名称" },
};
SHAPE(choices, "*.choices.yaml", "选项表");

static const struct shape_key parameter_keys[] = {
	{ "title", SHAPE_TEXT, MAY, NULL, "参数名称" },
	{ "type", SHAPE_TYPE, MAY, NULL, "类型" },
	{ "default", SHAPE_INT, MUST, NULL, "默认值" },
	{ "from", SHAPE_INT, MUST, NULL, "可以设定的最小值" },
	{ "to", SHAPE_INT, MUST, NULL, "可以设定的最大值" },
	{ "basis", SHAPE_IDS, MAY, NULL, "依据：法规名称/条" },
};
SHAPE(parameter, NULL, "参数");

static const struct shape_key parameters_keys[] = {
	{ "parameters", SHAPE_ID, MUST, NULL, "参数表编号" },
	{ "title", SHAPE_TEXT, MAY, NULL, "参数表名称" },
	{ "items", SHAPE_NAMED, MUST, &shape_parameter, "参数" },
};
SHAPE(parameters, "*.parameters.yaml", "参数表");

static const struct shape_key function_keys[] = {
	{ "params", SHAPE_IDS, MAY, NULL, "输入的名称" },
	{ "is", SHAPE_FEEL, MUST, NULL, "结果" },
};
SHAPE(function, NULL, "函数");

static const struct shape_key functions_keys[] = {
	{ "functions", SHAPE_ID, MUST, NULL, "函数表编号" },
	{ "title", SHAPE_TEXT, MAY, NULL, "函数表名称" },
	{ "items", SHAPE_NAMED, MUST, &shape_function, "函数" },
};
SHAPE(functions, "*.functions.yaml", "函数表");

/* --- decision tables --- */

static const struct shape_key table_row_keys[] = {
	{ "when", SHAPE_ANY, MAY, NULL,
	    "输入: 条件；不写的输入不论，选项直接写编号，几个写成列表" },
	{ "then", SHAPE_ANY, MUST, NULL, "结果列: 值；选项直接写编号" },
	{ "basis", SHAPE_IDS, MAY, NULL, "依据：法规名称/条" },
};
SHAPE(table_row, NULL, "决策表的一行");

static const struct shape_key table_keys[] = {
	{ "table", SHAPE_ID, MUST, NULL, "决策表编号" },
	{ "title", SHAPE_TEXT, MUST, NULL, "决策表名称" },
	{ "in_force", SHAPE_MAP, MAY, &shape_in_force, "效力期间，按办理之日判断" },
	{ "basis", SHAPE_IDS, MAY, NULL, "依据：法规名称/条" },
	{ "hit", SHAPE_ID, MUST, NULL,
	    "几行同时符合时如何取值：U A P F R O C C+ C< C> C#" },
	{ "inputs", SHAPE_NAMED, MUST, &shape_field, "输入列" },
	{ "outputs", SHAPE_NAMED, MUST, &shape_field, "结果列" },
	{ "order", SHAPE_ANY, MAY, NULL, "结果列: 从先到后的值，P 和 O 按此排列" },
	{ "rows", SHAPE_MAPS, MUST, &shape_table_row, "各行" },
	{ "otherwise", SHAPE_ANY, MAY, NULL, "没有一行符合时的结果列: 值" },
};
SHAPE(table, "*.table.yaml", "决策表");

/* --- what is cited, what was asked --- */

static const struct shape_key days_keys[] = {
	{ "workdays", SHAPE_ANY, MUST, NULL, "哪些数目的日是工作日：all，或者列出" },
	{ "by", SHAPE_TEXT, MUST, NULL, "规定此事的条" },
};
SHAPE(days, NULL, "法规所称的日");

static const struct shape_key statute_keys[] = {
	{ "statute", SHAPE_TEXT, MUST, NULL, "引用时用的简称" },
	{ "title", SHAPE_TEXT, MAY, NULL, "全称" },
	{ "number", SHAPE_TEXT, MAY, NULL, "文号" },
	{ "in_force", SHAPE_MAP, MAY, &shape_in_force, "效力期间" },
	{ "articles", SHAPE_TITLES, MAY, NULL, "条款，条: 要旨" },
	{ "repealed", SHAPE_TEXTS, MAY, NULL, "已经废止的条款" },
	{ "days", SHAPE_MAP, MAY, &shape_days, "日是工作日还是自然日" },
	{ "unverified", SHAPE_TEXTS, MAY, NULL, "要旨尚未对照原文的条款" },
};
SHAPE(statute, "statutes/*.yaml", "法规");

static const struct shape_key requirement_keys[] = {
	{ "title", SHAPE_TEXT, MAY, NULL, "要求的名称" },
	{ "nature", SHAPE_TEXT, MAY, NULL, "系统的性质" },
	{ "code", SHAPE_TEXT, MAY, NULL, "规则的性质" },
	{ "use", SHAPE_TEXT, MAY, NULL, "数字的用途" },
};
SHAPE(requirement, NULL, "要求");

static const struct shape_key coverage_keys[] = {
	{ "coverage", SHAPE_ID, MUST, NULL, "要求表编号" },
	{ "items", SHAPE_NAMED, MUST, &shape_requirement, "要求" },
};
SHAPE(coverage, "coverage/*.yaml", "要求表");

static const struct shape_key names_role_keys[] = {
	{ "is", SHAPE_TEXTS, MAY, NULL, "名称就是" },
	{ "has", SHAPE_TEXTS, MAY, NULL, "名称中有" },
	{ "starts", SHAPE_TEXTS, MAY, NULL, "名称开头是" },
	{ "ends", SHAPE_TEXTS, MAY, NULL, "名称末尾是" },
	{ "role", SHAPE_ID, MAY, NULL, "承担的职责" },
	{ "short", SHAPE_TEXT, MAY, NULL, "文号中的简称" },
};
SHAPE(names_role, NULL, "按名称认职责");

static const struct shape_key names_kind_keys[] = {
	{ "is", SHAPE_TEXTS, MAY, NULL, "名称就是" },
	{ "has", SHAPE_TEXTS, MAY, NULL, "名称中有" },
	{ "starts", SHAPE_TEXTS, MAY, NULL, "名称开头是" },
	{ "ends", SHAPE_TEXTS, MAY, NULL, "名称末尾是" },
	{ "kind", SHAPE_ID, MAY, NULL, "单位类型" },
};
SHAPE(names_kind, NULL, "按名称认类型");

static const struct shape_key names_successor_keys[] = {
	{ "was", SHAPE_TEXTS, MUST, NULL, "原来的名称末尾是" },
	{ "now", SHAPE_TEXTS, MUST, NULL, "现在的名称末尾是" },
	{ "reform", SHAPE_TEXT, MUST, NULL, "哪一次改革" },
};
SHAPE(names_successor, NULL, "机构改革前后的名称");

static const struct shape_key names_keys[] = {
	{ "names", SHAPE_ID, MUST, NULL, "名称表编号" },
	{ "roles", SHAPE_MAPS, MAY, &shape_names_role, "按名称认职责，先符合者为准" },
	{ "successors", SHAPE_MAPS, MAY, &shape_names_successor,
	    "机构改革后由谁承接，供人确认" },
	{ "created", SHAPE_TITLES, MAY, NULL, "没有这种职责的单位时补建的名称" },
	{ "kinds", SHAPE_MAPS, MAY, &shape_names_kind, "按名称认类型，先符合者为准" },
};
SHAPE(names, "*.names.yaml", "名称表");

/* --- workdays --- */

static const struct shape_key notice_keys[] = {
	{ "address", SHAPE_TEXT, MUST, NULL, "放假通知的网址" },
	{ "off", SHAPE_SPANS, MAY, NULL, "放假的日期" },
	{ "work", SHAPE_SPANS, MAY, NULL, "调休上班的日期" },
};
SHAPE(notice, NULL, "放假通知");

static const struct shape_key workdays_keys[] = {
	{ "year", SHAPE_INT, MUST, NULL, "年份" },
	{ "notices", SHAPE_MAPS, MUST, &shape_notice, "放假通知" },
};
SHAPE(workdays, "workdays/2*.yaml", "一年的放假安排");

static const struct shape_key local_keys[] = {
	{ "local", SHAPE_DAY, MUST, NULL, "所列日期中最早的一日，作为编号" },
	{ "title", SHAPE_TEXT, MUST, NULL, "节日或者事由" },
	{ "notice", SHAPE_TEXT, MUST, NULL, "公布的文件：文号或者网址" },
	{ "off", SHAPE_LIST, MAY, NULL, "放假的日期：一日，或者 首日..末日" },
	{ "work", SHAPE_LIST, MAY, NULL, "调休上班的日期" },
};
SHAPE(local, "local/workdays/2*.yaml", "地方的放假安排");

static const struct shape_key expected_keys[] = {
	{ "basis", SHAPE_IDS, MAY, NULL, "依据：法规名称/条" },
	{ "every-year", SHAPE_SPANS, MAY, NULL, "每年都放假的日期" },
	{ "years", SHAPE_YEARS, MUST, NULL, "每年日期不同的节日" },
};
SHAPE(expected, NULL, "预计的放假日期");

static const struct shape_key expected_file_keys[] = {
	{ "expected", SHAPE_MAP, MUST, &shape_expected, "没有通知的年度预计的放假日期" },
};
SHAPE(expected_file, "workdays/expected.yaml", "预计的放假安排");

const struct shape *
shape_file(size_t i)
{
	static const struct shape *const files[] = { &shape_register, &shape_procedure,
		&shape_transition, &shape_document, &shape_choices, &shape_parameters,
		&shape_functions, &shape_table, &shape_statute, &shape_coverage,
		&shape_names, &shape_workdays, &shape_local, &shape_expected_file };

	return i < sizeof files / sizeof *files ? files[i] : NULL;
}

bool
shape_closed(struct messages *m, const struct yaml_node *map, const struct shape *shape)
{
	const char *keys[SHAPE_KEYS_MAX];

	if (shape->n > SHAPE_KEYS_MAX)
		bug("%s has more than %d keys", shape->name, SHAPE_KEYS_MAX);
	for (size_t i = 0; i < shape->n; i++)
		keys[i] = shape->keys[i].key;
	return yaml_closed(m, map, keys, shape->n);
}
