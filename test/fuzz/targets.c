/* What is fuzzed, and the pieces that each format likes. */
#include "fuzz.h"

#include <string.h>

#include "runs.h"

const struct target targets[] = {
	{ "yaml", run_yaml, ": - { } [ ] , ' \" | > # \n \t & * ! ~ true 2026-01-01" },
	{ "feel", run_feel,
	    "if then else for in return some every satisfies and or not ( ) [ ] { } .. = "
	    "!= "
	    "<= ** - 1e999 0.1 null date(\"2026-01-01\") duration(\"P1D\") \"x\" @\" ? : "
	    "," },
	{ "canon", run_canon,
	    "{ } [ ] : , \" \\u0000 \\n null true 9007199254740993 -0 1e5" },
	{ "xml", run_xml,
	    "< > </ /> & &amp; &#0; <!DOCTYPE <![CDATA[ ]]> <?xml ?> = \" xmlns" },
	{ "form", run_form, "& = + % %00 %E4%B8%AD %zz ; %0D%0A" },
	{ "multipart", run_multipart,
	    "\r\n --XX --XX-- Content-Disposition: form-data; name=\"a\" "
	    "filename=\"b.txt\" \r\n\r\n" },
	{ "plan", run_plan,
	    "( ) （ ） 、 牵头 配合 负责 责任单位: 牵头单位: 2016年年底前 长期坚持 1. "
	    "(一) 一、 \n \t ， 。" },
	{ "csv", run_csv, ", \" \"\" \t \n \r\n ' = 甲" },
	{ "sheet", run_sheet,
	    "<row> </row> <row r='7'> <c> </c> <c r='B7' t='s' s='1'> <v> </v> <is> <t> "
	    "</t> </is> 45000.5 1E+3 0 _x000D_ <mergeCell ref='A1:B2'/> 60" },
	{ "zip", run_zip, "PK\x03\x04 PK\x01\x02 PK\x05\x06" },
	{ "statute", run_statute,
	    "# ## ** --- \n \t 　 第一条 第二条 第十条之一 第一章 附则 序言 附件 修正案 "
	    "目录 "
	    "自2020年1月1日起施行 2020年1月1日 通过 修订 修正 《 》 （ ） "
	    "国务院令第1号公布 "
	    "title: \"x\"" },
	{ "term", run_term,
	    "- 20 九十 一百 个 工作日 日 个月 年 小时 内 前 workdays before" },
	{ "query", run_query,
	    "- － \" “ ” 《 》 / 第 条 五十四 54 行政 处罚 ＡＢ ① 〔1981〕 \xEE\x80\x81 "
	    "𠮷 "
	    "\xE2\x80\x8B" },
	{ "law", run_law,
	    "== a.procedure.yaml == b.register.yaml == c.table.yaml == d.functions.yaml "
	    "procedure: register: document: choices: parameters: functions: table: "
	    "statute: names: coverage: title: fields: type: text day money choice ref "
	    "rows stages: actions: by: at: form: then: require: when: says: basis: "
	    "children: clocks: gates: inputs: outputs: hit: rows: in_force: from: to: "
	    "items: { } [ ] : - \n \" | ~ <= = null" },
	{ "dmn", run_dmn,
	    "<definitions> </definitions> <decision> <inputData> <itemDefinition> "
	    "<decisionTable> <literalExpression> <text> <invocation> <context> <list> "
	    "<relation> <functionDefinition> <businessKnowledgeModel> <decisionService> "
	    "<informationRequirement> <requiredDecision> href=\"# id=\" name=\" "
	    "typeRef=\" hitPolicy=\"COLLECT\" <testCases> <testCase> <expected> "
	    "<conditional> <filter> <every> <for> /> </text>" },
	{ "target", run_target, "/ // ? & = % %2F %00 %E4%B8%AD \\ # + .. /task/" },
	{ "json", run_json,
	    "{ } [ ] : , \" \\u0000 \\ud800 \\n null true 9007199254740993 -0 1e5 "
	    "\r\n \xE4\xB8\xAD" },
	{ "xlsx", run_xlsx,
	    "== xl/workbook.xml xl/_rels/workbook.xml.rels xl/styles.xml "
	    "xl/sharedStrings.xml xl/s.xml <sst> <si> <t> <r> <rPh> <numFmts> <numFmt "
	    "formatCode='yyyy' numFmtId='164' <cellXfs> <xf Target='/xl/s.xml' "
	    "state='hidden' r:id='r1'" },
	{ "word", run_word,
	    "== word/document.xml word/numbering.xml word/styles.xml <p> </p> <pPr> "
	    "</pPr> "
	    "<numPr> <numId w:val='1' <ilvl w:val='8' <pStyle w:val='a' <r> <t> </t> "
	    "</r> "
	    "<tab/> <br/> <tbl> </tbl> <tr> </tr> <tc> </tc> <tcPr> <gridSpan w:val='3' "
	    "<vMerge/> <vMerge w:val='restart' <del> </del> <drawing> <txbxContent> "
	    "<abstractNum <lvl <lvlText w:val='%1、' <startOverride w:val='9999' "
	    "牵头单位 "
	    "责任单位 序号 任务" },
	{ "docx", run_docx, "\n \t \r < > & \" ]]> \x01 \xEF\xBF\xBE 一、 （一）" },
	{ "table", run_table, "\n \t \r = + - @ \" ' , < & _x000D_ \x01 \xEF\xBF\xBE" },
	{ "citation", run_citation,
	    "《 》 第 条 款 项 之一 一 十 百 零 五十四 54 、 和 至 行政处罚法 "
	    "中华人民共和国 本法" },
	{ "diff", run_diff, "\n 一 二 行政 处罚 12 ab ， ,  " },
	{ "proof", run_proof,
	    "c2sp.org/tlog-proof@v1 zhunsheng/tlog-proof-sm3@v1 \nextra \nindex 0 4 "
	    "9223372036854775807 \n\n = AAAA a/sm3" },
	{ "checkpoint", run_checkpoints, "\n \n\n \xE2\x80\x94 a a/sm3 0 01 1 = -" },
	{ "verifier", run_verifier, "+ AQ AR = a a/sm3 /" },
	{ NULL, NULL, NULL },
};

static bool
fill(void *self, void *out, size_t n)
{
	(void)self;
	memset(out, 7, n);
	return true;
}

const char *
target_run(const struct target *t, struct str input)
{
	struct arena arena AUTO(arena_free) = { .limit = 512 << 20 };
	const struct entropy entropy = { fill, NULL };
	struct cx cx = { .arena = &arena, .now_ms = 1789000000000, .entropy = &entropy };

	return t->run(&cx, input);
}
