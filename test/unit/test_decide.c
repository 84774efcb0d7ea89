/*
 * act_decide on facts made by hand, without a store: what a form may hold, field by field
 * and at every limit; rows that keep their sealed part; doubts that are settled.
 */
#include "test.h"

#include <string.h>

#include "act/act.h"
#include "base/date.h"
#include "lang/canon.h"

static const struct source LAW[] = {
	{ .path = S("competences.choices.yaml"),
	    .text = S("choices: competences\ntitle: 权限\nitems: { write: 办理 }\n") },
	{ .path = S("units.register.yaml"),
	    .text = S("register: units\ntitle: 单位\nkey: name\nfields:\n"
		      "  name: { title: 名称, type: text, required: true }\n"
		      "  phone: { title: 电话, type: text, personal: true }\n"
		      "by: write\nof: any\n") },
	{ .path = S("paper.procedure.yaml"),
	    .text = S(
		"procedure: paper\ntitle: 试件\nin_force: { from: 2000-01-01 }\nfields:\n"
		"  text: { title: 短文, type: text, required: true }\n"
		"  long: { title: 长文, type: long }\n"
		"  code: { title: 编码, type: code }\n"
		"  int: { title: 件数, type: int }\n"
		"  money: { title: 金额, type: money }\n"
		"  decimal: { title: 比率, type: decimal }\n"
		"  day: { title: 日期, type: day }\n"
		"  bool: { title: 是否, type: bool }\n"
		"  choice: { title: 类别, type: choice, options: { a: 甲, b: 乙 } }\n"
		"  entry: { title: 单位, type: entry, of: units }\n"
		"  entries: { title: 各单位, type: entries, of: units }\n"
		"  matter: { title: 前件, type: matter, of: paper }\n"
		"  matters: { title: 各前件, type: matters, of: paper }\n"
		"  texts: { title: 各项, type: texts }\n"
		"  rows:\n    title: 人员\n    type: rows\n    of:\n"
		"      label: { title: 称谓, type: text, required: true }\n"
		"      day: { title: 日期, type: day }\n"
		"      name: { title: 姓名, type: text, personal: true, required: true "
		"}\n"
		"  citations: { title: 依据, type: citations }\n"
		"  files: { title: 附件, type: files }\n"
		"stages: { open: 办理中, closed: 已办结 }\nfinal: [closed]\nactions:\n"
		"  begin:\n    title: 收件\n    at: new\n    by: write\n    form: [text, "
		"\"long?\", "
		"\"code?\", \"int?\", \"money?\", \"decimal?\", \"day?\", \"bool?\",\n"
		"      \"choice?\", \"entry?\", \"entries?\", \"matter?\", \"matters?\", "
		"\"texts?\", "
		"\"rows?\", \"citations?\", \"files?\"]\n    then: open\n"
		"  edit: { title: 修改, at: open, by: write, form: [\"text?\", "
		"\"rows?\"] }\n"
		"  end: { title: 办结, at: open, by: write, then: closed }\n"
		"  weigh:\n    title: 核定\n    at: open\n    by: write\n    require:\n"
		"      - { id: heavy, that: \"money > 100 and decimal > 1 and "
		"acts.edit.day > done\", says: 金额不足 }\n"
		"corrects: write\n") },
};

struct desk {
	const struct defs *defs;
	struct value matter; /* state of paper/7, or V_NULL */
};

static struct value
parsed(struct cx *cx, const char *text)
{
	struct value v;

	CHECK_OK(
	    canon_parse(cx, str_replace(cx->arena, str_z(text), S("'"), S("\"")), &v));
	return v;
}

static bool
desk_open(struct cx *cx, struct desk *d)
{
	struct messages messages = { .arena = cx->arena };
	struct source_list sources = { 0 };
	struct defs *defs = NULL;

	for (size_t i = 0; i < sizeof LAW / sizeof *LAW; i++)
		*list_add(cx->arena, &sources) = LAW[i];
	CHECK_OK(defs_load(cx, &sources, &messages, &defs));
	*d = (struct desk){ .defs = defs, .matter = value_null() };
	return defs != NULL;
}

/* units/1 is there until 2100, paper/7 when the desk has it; nothing else is. */
static enum err
decide(struct cx *cx, struct desk *d, const struct act *act, struct event_list *out)
{
	struct facts facts = { .arena = cx->arena };
	enum err err = ERR_NEEDS;

	for (int round = 0; err == ERR_NEEDS && round < 8; round++) {
		cx->refusals = (struct refusal_list){ 0 };
		*out = (struct event_list){ 0 };
		err = act_decide(cx, d->defs, act, &facts, 100, out);
		for (size_t i = 0; err == ERR_NEEDS && i < facts.needs.n; i++) {
			struct fact *f = facts.needs.v[i];
			const bool unit = str_eq(f->argument, S("units/1"));

			if (f->form == FACT_MATTER && str_eq(f->argument, S("paper/7")))
				fact_give(f, d->matter);
			else
				fact_give(
				    f, unit ? parsed(cx, "{'subject':'units/1','values':"
							 "{'name':'某局'}}")
					    : value_null());
		}
		facts.needs.n = 0;
	}
	return err;
}

static struct act
begin(struct cx *cx, const char *field, struct value v)
{
	struct act act = { .actor = S("system"),
		.family = S("paper"),
		.action = S("begin"),
		.form = value_map(),
		.done = cx_today(cx),
		.is_setup = true };

	value_set_text(cx->arena, &act.form, "text", S("甲"));
	value_set(cx->arena, &act.form, str_z(field), v);
	return act;
}

/* The one refusal, or how many there were. */
static struct str
refused(struct cx *cx, struct desk *d, struct act act)
{
	struct event_list events;
	const enum err err = decide(cx, d, &act, &events);

	if (err == ERR_OK)
		return S("");
	if (err != ERR_REFUSED || cx->refusals.n != 1)
		return str_fmt(
		    cx->arena, "error %d, %zu refusals", (int)err, cx->refusals.n);
	return str_fmt(cx->arena, "%.*s %.*s %.*s", STR_ARG(cx->refusals.v[0].rule),
	    STR_ARG(cx->refusals.v[0].field), STR_ARG(cx->refusals.v[0].message));
}

#define DIGEST64 "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"

TEST(decide_each_type_of_field_takes_its_own_and_refuses_the_rest)
{
	static const struct {
		const char *field, *value, *says;
	} cases[] = {
		{ "text", "1", "form text “短文”须为文字" },
		{ "text", "['甲']", "form text “短文”须为文字" },
		{ "long", "true", "form long “长文”须为文字" },
		{ "code", "7", "form code “编码”须为文字" },
		{ "int", "-7", "" },
		{ "int", "'7'", "form int “件数”须为整数" },
		{ "money", "100", "" },
		{ "money", "'1.00'", "form money “金额”须为整数" },
		{ "decimal", "'-0.5'", "" },
		{ "decimal", "'12'", "" },
		{ "decimal", "12", "form decimal “比率”须为数字" },
		{ "decimal", "'1.50'", "form decimal “比率”须为数字" },
		{ "decimal", "'007'", "form decimal “比率”须为数字" },
		{ "decimal", "'1e3'", "form decimal “比率”须为数字" },
		{ "decimal", "'１'", "form decimal “比率”须为数字" },
		{ "decimal", "'.'", "form decimal “比率”须为数字" },
		{ "day", "20000", "" },
		{ "day", "100001", "form day “日期”须为日期" },
		{ "day", "'2026-01-01'", "form day “日期”须为日期" },
		{ "bool", "false", "" },
		{ "bool", "'true'", "form bool “是否”须选择是或否" },
		{ "bool", "1", "form bool “是否”须选择是或否" },
		{ "choice", "'b'", "" },
		{ "choice", "'c'", "form choice “类别”不在可选范围内" },
		{ "choice", "'甲'", "form choice “类别”不在可选范围内" },
		{ "choice", "['a']", "form choice “类别”不在可选范围内" },
		{ "entry", "'units/1'", "" },
		{ "entry", "'units/2'", "form entry “单位”所选对象在发生之日并不有效" },
		{ "entry", "'paper/7'", "form entry “单位”所选对象不符" },
		{ "entry", "'某局'", "form entry “单位”所选对象不符" },
		{ "entry", "{'a':1}", "form entry “单位”所选对象不符" },
		{ "entries", "['units/1']", "" },
		{ "entries", "'units/1'",
		    "form entries “各单位”须为列表，且不超过2000项" },
		{ "entries", "['units/1','units/2']",
		    "form entries “各单位”所选对象在发生之日并不有效" },
		{ "matter", "'paper/7'", "form matter “前件”所选对象在发生之日并不有效" },
		{ "matter", "'units/1'", "form matter “前件”所选对象不符" },
		{ "matters", "[7]", "form matters “各前件”所选对象不符" },
		{ "texts", "['甲','乙']", "" },
		{ "texts", "'甲'", "form texts “各项”须为列表，且不超过2000项" },
		{ "texts", "['甲',1]", "form texts “各项”须为文字" },
		{ "rows", "[{'day':20000,'label':'甲','name':'张三'}]", "" },
		{ "rows", "{'label':'甲'}", "form rows “人员”须为列表，且不超过2000行" },
		{ "rows", "['甲']", "form rows “人员”有一行不完整" },
		{ "rows", "[{'label':'甲','name':'张三','other':1}]",
		    "form rows “人员”有多余的列" },
		{ "rows", "[{'name':'张三'}]", "required rows “人员”的每一行须填写称谓" },
		{ "rows", "[{'label':'甲'}]", "required rows “人员”的每一行须填写姓名" },
		{ "rows", "[{'day':'x','label':'甲','name':'张三'}]",
		    "form day “日期”须为日期" },
		{ "rows", "[{'label':'甲','sealed':'3:p1'}]",
		    "form rows “人员”有一行不完整" },
		{ "citations", "['行政处罚法/42']", "" },
		{ "citations", "['']",
		    "form citations “依据”的依据须写明法规名称和条款" },
		{ "citations", "'行政处罚法/42'",
		    "form citations “依据”须为列表，且不超过2000项" },
		{ "files", "[{'digest':'" DIGEST64 "','name':'a','size':1}]", "" },
		{ "files", "[{'digest':'00','name':'a','size':1}]",
		    "form files “附件”有一个文件不完整" },
		{ "files", "[{'digest':'" DIGEST64 "','name':'','size':1}]",
		    "form files “附件”有一个文件不完整" },
		{ "files", "[{'digest':'" DIGEST64 "','name':'a','size':0}]",
		    "form files “附件”有一个文件不完整" },
		{ "files", "'a'", "form files “附件”须为列表，且不超过2000项" },
		{ "other", "'x'", "form other “收件”不填写此项" },
		{ "text", "null", "required text 请填写“短文”" },
		{ "text", "''", "required text 请填写“短文”" },
	};
	struct desk d;

	cx->now_ms = ms_of_day(20000);
	if (!desk_open(cx, &d))
		return;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		const struct act act = begin(
		    cx, cases[i].field, parsed(cx, cases[i].value));

		CHECK_STR(refused(cx, &d, act), str_z(cases[i].says));
	}
}

static struct value
long_text(struct cx *cx, size_t chars)
{
	char *p = arena_alloc(cx->arena, chars * 3);

	for (size_t i = 0; i < chars; i++)
		memcpy(p + i * 3, "字", 3);
	return value_text((struct str){ p, chars * 3 });
}

static struct value
long_list(struct cx *cx, size_t n, struct value item)
{
	struct value out = value_list();

	for (size_t i = 0; i < n; i++)
		value_add(cx->arena, &out, item);
	return out;
}

/* Characters are counted, not bytes; the last that fits is taken. */
TEST(decide_limits_of_a_form)
{
	const struct value row = parsed(cx, "{'label':'甲','name':'张三'}");
	struct desk d;

	cx->now_ms = ms_of_day(20000);
	if (!desk_open(cx, &d))
		return;
	CHECK_STR(refused(cx, &d, begin(cx, "text", long_text(cx, 500))), S(""));
	CHECK_STR(refused(cx, &d, begin(cx, "text", long_text(cx, 501))),
	    S("form text “短文”不得超过500个字"));
	CHECK_STR(refused(cx, &d, begin(cx, "code", long_text(cx, 501))),
	    S("form code “编码”不得超过500个字"));
	CHECK_STR(refused(cx, &d, begin(cx, "long", long_text(cx, 20000))), S(""));
	CHECK_STR(refused(cx, &d, begin(cx, "long", long_text(cx, 20001))),
	    S("form long “长文”不得超过20000个字"));
	CHECK_STR(
	    refused(cx, &d, begin(cx, "texts", long_list(cx, 2000, value_text(S("甲"))))),
	    S(""));
	CHECK_STR(
	    refused(cx, &d, begin(cx, "texts", long_list(cx, 2001, value_text(S("甲"))))),
	    S("form texts “各项”须为列表，且不超过2000项"));
	CHECK_STR(
	    refused(cx, &d, begin(cx, "texts", long_list(cx, 1, long_text(cx, 501)))),
	    S("form texts “各项”不得超过500个字"));
	CHECK_STR(refused(cx, &d, begin(cx, "rows", long_list(cx, 2001, row))),
	    S("form rows “人员”须为列表，且不超过2000行"));
}

/* paper/7 as it stands: two rows, the names sealed in event 5; two doubts. */
static void
desk_matter(struct cx *cx, struct desk *d)
{
	const struct procedure_def *p = defs_procedure(d->defs, S("paper"));

	d->matter = parsed(cx, "{'acts':{},'at':7,'children':{},'clocks':{},"
			       "'doubts':[{'basis':'','message':'无','rule':'r1'},"
			       "{'basis':'','message':'无','rule':'r2'}],"
			       "'fields':{'rows':[{'label':'甲','sealed':'5:p1'},"
			       "{'label':'乙','sealed':'5:p2'}],'text':'甲'},"
			       "'opened':19000,'seq':3,'stage':'open'}");
	value_set_text(cx->arena, &d->matter, "edition", p->digest);
}

static struct act
on_matter(struct cx *cx, const char *action, const char *form)
{
	return (struct act){ .actor = S("system"),
		.subject = S("paper/7"),
		.action = str_z(action),
		.form = parsed(cx, form),
		.done = cx_today(cx),
		.is_setup = true };
}

/* A row that says nothing new about its person keeps the part it has; a new person gets a
 * part of this event; a part of another matter cannot be claimed. */
TEST(decide_rows_keep_their_sealed_part)
{
	struct event_list events;
	struct value open, part;
	struct act act;
	struct desk d;

	cx->now_ms = ms_of_day(20000);
	if (!desk_open(cx, &d))
		return;
	desk_matter(cx, &d);
	act = on_matter(cx, "edit",
	    "{'rows':[{'label':'乙改','sealed':'5:p2'},{'label':'丙','name':'李四'}]}");
	CHECK_OK(decide(cx, &d, &act, &events));
	CHECK(events.n == 1 && events.v[0].parts.n == 2);
	CHECK_OK(canon_parse(cx, events.v[0].parts.v[0].bytes, &open));
	CHECK(!str_has(events.v[0].parts.v[0].bytes, S("李四")));
	CHECK_STR(canon_str(cx->arena, value_path(&open, "set.rows")),
	    S("[{\"label\":\"乙改\",\"sealed\":\"5:p2\"},"
	      "{\"label\":\"丙\",\"sealed\":\"100:p1\"}]"));
	CHECK_OK(canon_parse(cx, events.v[0].parts.v[1].bytes, &part));
	CHECK_STR(value_str(value_get(&part, S("name"))), S("李四"));
	CHECK(events.v[0].parts.v[1].salt.n == 16);
	/* Said anew, it is a new part: the old one stays what it was. */
	act = on_matter(
	    cx, "edit", "{'rows':[{'label':'乙','name':'孙某','sealed':'5:p2'}]}");
	CHECK_OK(decide(cx, &d, &act, &events));
	CHECK_OK(canon_parse(cx, events.v[0].parts.v[0].bytes, &open));
	CHECK_STR(canon_str(cx->arena, value_path(&open, "set.rows")),
	    S("[{\"label\":\"乙\",\"sealed\":\"100:p1\"}]"));
	act = on_matter(cx, "edit", "{'rows':[{'label':'乙','sealed':'6:p1'}]}");
	CHECK_STR(refused(cx, &d, act), S("form rows “人员”有一行不完整"));
}

TEST(decide_settles_one_doubt_with_a_reason)
{
	struct event_list events;
	struct value open;
	struct act act;
	struct desk d;

	cx->now_ms = ms_of_day(20000);
	if (!desk_open(cx, &d))
		return;
	desk_matter(cx, &d);
	act = on_matter(cx, "settle", "{'reason':'已核对原件','rule':'r1'}");
	CHECK_OK(decide(cx, &d, &act, &events));
	CHECK(events.n == 1 && events.v[0].kind == EV_DOUBT_SETTLED);
	CHECK(events.v[0].subject_seq == 4);
	CHECK_OK(canon_parse(cx, events.v[0].parts.v[0].bytes, &open));
	CHECK_STR(canon_str(cx->arena, &open),
	    S("{\"doubts\":[{\"basis\":\"\",\"message\":\"无\",\"rule\":\"r2\"}],"
	      "\"reason\":\"已核对原件\",\"rule\":\"r1\"}"));
	CHECK_STR(refused(cx, &d, on_matter(cx, "settle", "{'reason':' ','rule':'r1'}")),
	    S("required reason 请写明理由"));
	CHECK_STR(refused(cx, &d, on_matter(cx, "settle", "{'reason':'无','rule':'r3'}")),
	    S("unknown rule 没有这一疑点"));
	act = on_matter(cx, "settle", "{'reason':'无','rule':'r1'}");
	act.actor = S("persons/2");
	act.is_setup = false;
	CHECK_STR(refused(cx, &d, act), S("by  您在该单位没有办理此事的职权"));
}

/* People read titles; ids are for definitions. */
TEST(decide_names_what_is_missing_by_its_title)
{
	struct desk d;

	cx->now_ms = ms_of_day(20000);
	if (!desk_open(cx, &d))
		return;
	desk_matter(cx, &d);
	CHECK_STR(refused(cx, &d, on_matter(cx, "weigh", "{}")),
	    S("heavy  金额不足（缺少：金额、比率）"));
}

TEST(decide_corrects_what_is_there)
{
	struct desk d;

	cx->now_ms = ms_of_day(20000);
	if (!desk_open(cx, &d))
		return;
	desk_matter(cx, &d);
	CHECK_STR(
	    refused(cx, &d, on_matter(cx, "correct", "{'reason':'笔误','text':'乙'}")),
	    S(""));
	CHECK_STR(refused(cx, &d, on_matter(cx, "correct", "{'reason':'笔误','text':1}")),
	    S("form text “短文”须为文字"));
	CHECK_STR(refused(cx, &d,
		      on_matter(cx, "correct", "{'none':1,'reason':'笔误','text':'乙'}")),
	    S("form none 没有这一项"));
	CHECK_STR(refused(cx, &d, on_matter(cx, "correct", "{'reason':'笔误'}")),
	    S("required  请填写要更正的内容"));
	CHECK_STR(refused(cx, &d, on_matter(cx, "correct", "{'text':'乙'}")),
	    S("required reason 请写明理由"));
}

/* Of an entry too: nothing beyond its fields, its personal values sealed. */
TEST(decide_entry_seals_and_refuses)
{
	struct act act = { .actor = S("system"),
		.family = S("units"),
		.action = S("put"),
		.done = 20000,
		.is_setup = true };
	struct event_list events;
	struct desk d;

	cx->now_ms = ms_of_day(20000);
	if (!desk_open(cx, &d))
		return;
	act.form = parsed(cx, "{'name':'新局','phone':'110'}");
	CHECK_OK(decide(cx, &d, &act, &events));
	CHECK(events.v[0].parts.n == 2);
	CHECK(!str_has(events.v[0].parts.v[0].bytes, S("110")));
	act.form = parsed(cx, "{'name':'新局','other':'x'}");
	CHECK_STR(refused(cx, &d, act), S("form other “单位”没有这一项"));
	act.form = parsed(cx, "{'phone':'110'}");
	CHECK_STR(refused(cx, &d, act), S("required name 请填写“名称”"));
	act.done = 20001;
	act.form = parsed(cx, "{'name':'新局'}");
	CHECK_STR(refused(cx, &d, act), S("day done 发生日期不能晚于登记日期"));
}
