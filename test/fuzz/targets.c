/* The parsers that read what others wrote, and for each what must hold of its result. */
#include "fuzz.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/zip.h"
#include "intake/csv.h"
#include "base/map.h"
#include "intake/plan.h"
#include "intake/statute.h"
#include "intake/text.h"
#include "intake/xlsx.h"
#include "lang/canon.h"
#include "lang/citation.h"
#include "lang/feel.h"
#include "lang/xml.h"
#include "lang/yaml.h"
#include "procedure/term.h"
#include "read/search_rank.h"
#include "web/form.h"
#include "web/multipart.h"

/* A tree of YAML refers only to lines that the text has. */
static bool
yaml_places(const struct yaml_node *node, int lines)
{
	if (node->line < 0 || node->line > lines)
		return false;
	for (yaml_each(child, node))
		if (!yaml_places(child, lines))
			return false;
	return true;
}

static const char *
run_yaml(struct cx *cx, struct str input)
{
	struct messages m = { .arena = cx->arena };
	struct yaml_node *root = NULL;
	int lines = 1;

	for (size_t i = 0; i < input.n; i++)
		lines += input.p[i] == '\n' || input.p[i] == '\r';
	const enum err e = yaml_parse(&m, input, &root);
	if (!root)
		return "no tree, not even an empty one";
	if ((e == ERR_OK) != (m.n == 0))
		return "a fault without a message, or a message without a fault";
	/* NEL, LS and PS end lines in YAML 1.1 too; there can be no more than bytes. */
	return yaml_places(root, lines + (int)input.n) ? NULL
						       : "a place outside the text";
}

static const char *
run_feel(struct cx *cx, struct str input)
{
	struct messages m = { .arena = cx->arena };
	const struct feel *e = NULL;
	const struct feel_scope scope = { 0 };

	if (feel_parse(cx, input, &scope, &e, &m) != ERR_OK)
		return m.n ? NULL : "refused without a message";
	for (int strict = 0; strict < 2; strict++) {
		struct feel_run run = { .arena = cx->arena, .strict = strict };
		const struct value v = feel_eval(&run, e);

		if (run.exhausted && v.kind != V_NULL)
			return "a result although the steps had run out";
	}
	return NULL;
}

/* What is accepted is the canonical spelling already: writing it again gives the same. */
static const char *
run_canon(struct cx *cx, struct str input)
{
	struct value v;

	if (canon_parse(cx, input, &v) != ERR_OK)
		return NULL;
	return str_eq(canon_str(cx->arena, &v), input) ? NULL
						       : "two spellings of one value";
}

static const char *
run_xml(struct cx *cx, struct str input)
{
	struct xml_node *root = NULL;

	return xml_parse(cx, input, &root) == ERR_OK && !root ? "accepted without a tree"
							      : NULL;
}

static const char *
run_form(struct cx *cx, struct str input)
{
	struct params form = { 0 }, cookies = { 0 };
	struct buf again = { .arena = cx->arena };
	struct str back;

	cookies_parse(cx->arena, input, &cookies);
	url_put(&again, input);
	if (!url_decode(cx->arena, buf_str(&again), false, &back) || !str_eq(back, input))
		return "what was encoded does not decode to itself";
	if (form_parse(cx, input, &form) != ERR_OK)
		return NULL;
	if (form.n > FIELDS_MAX)
		return "more fields than admitted";
	for (size_t i = 0; i < form.n; i++)
		if (!str_is_utf8(form.v[i].value) || !str_is_utf8(form.v[i].name) ||
		    memchr(form.v[i].value.p, '\r', form.v[i].value.n))
			return "a text that is not fit for use";
	return NULL;
}

static const char *
run_multipart(struct cx *cx, struct str input)
{
	const char *tmp = getenv("TMPDIR");
	const struct str folder = str_z(tmp ? tmp : "/tmp");
	struct request req = { 0 };
	struct multipart *m = NULL;
	const char *broken = NULL;
	enum err e;

	e = multipart_begin(
	    cx, S("multipart/form-data; boundary=XX"), folder, 65536, &req, &m);
	/* In pieces, as from the network; the first byte says how large they are. */
	const size_t piece = input.n ? (unsigned char)input.p[0] % 64 + 1 : 1;
	for (size_t at = 0; e == ERR_OK && at < input.n; at += piece) {
		const size_t end = at + piece < input.n ? at + piece : input.n;

		e = multipart_put(cx, m, str_sub(input, at, end));
	}
	if (e == ERR_OK)
		e = multipart_end(cx, m);
	multipart_close(m);
	for (size_t i = 0; i < req.files.n; i++) {
		const struct upload *u = &req.files.v[i];

		if (u->size > 65536 || memchr(u->filename.p, '/', u->filename.n))
			broken = "a file larger or called worse than admitted";
		unlink(str_cz(cx->arena, u->path));
	}
	return broken;
}

static const char *
run_plan(struct cx *cx, struct str input)
{
	struct plan *plan = NULL;

	return plan_read(cx, input, &plan) == ERR_OK && !plan ? "accepted without a plan"
							      : NULL;
}

/* Rows by number, cells by column, none of them empty. */
static const char *
check_rows(const struct xlsx_sheet *sheet)
{
	for (size_t r = 0; r < sheet->rows.n; r++) {
		const struct xlsx_row *row = &sheet->rows.v[r];

		if (!row->cells.n || (r && row->no <= sheet->rows.v[r - 1].no))
			return "an empty row, or rows out of order";
		for (size_t c = 0; c < row->cells.n; c++)
			if (!row->cells.v[c].text.n ||
			    (c && row->cells.v[c].column <= row->cells.v[c - 1].column))
				return "an empty cell, or cells out of order";
	}
	return NULL;
}

static const char *
run_csv(struct cx *cx, struct str input)
{
	struct xlsx_sheet sheet = { 0 };

	return csv_read(cx, input, &sheet) == ERR_OK ? check_rows(&sheet) : NULL;
}

/* The input is the sheet; what stands around it is sound. */
static const char *
run_sheet(struct cx *cx, struct str input)
{
	const struct zip_entry parts[] = {
		{ S("xl/workbook.xml"),
		    S("<workbook><sheets><sheet name='a' r:id='r1' xmlns:r='r'/></sheets>"
		      "</workbook>") },
		{ S("xl/_rels/workbook.xml.rels"),
		    S("<R><Relationship Id='r1' Target='s.xml'/></R>") },
		{ S("xl/styles.xml"), S("<s><cellXfs><xf numFmtId='0'/><xf "
					"numFmtId='14'/></cellXfs></s>") },
		{ S("xl/sharedStrings.xml"), S("<sst><si><t>x</t></si></sst>") },
		{ S("xl/s.xml"), input },
	};
	struct xlsx_book book = { 0 };

	if (xlsx_read(cx, zip_pack(cx, parts, 5), &book) != ERR_OK)
		return NULL;
	return book.n == 1 ? check_rows(&book.sheets[0]) : "not one sheet";
}

static const char *
run_zip(struct cx *cx, struct str input)
{
	struct zip_entries z = { 0 };
	size_t sum = 0;

	if (zip_unpack(cx, input, S(""), 65536, &z) != ERR_OK)
		return NULL;
	for (size_t i = 0; i < z.n; i++)
		sum += z.v[i].bytes.n;
	return sum <= 65536 ? NULL : "more unpacked than admitted";
}

/* What a term is called is read back as the same term. */
static const char *
run_term(struct cx *cx, struct str input)
{
	struct term t, again;

	if (term_parse(cx, input, &t) != ERR_OK)
		return NULL;
	if (term_parse(cx, term_text(cx->arena, &t), &again) != ERR_OK)
		return "a name that is not understood";
	return t.number == again.number && t.unit == again.unit && t.roll == again.roll &&
		       t.is_backward == again.is_backward
		   ? NULL
		   : "a name of another term";
}

static struct str
any_name(struct str name, void *self)
{
	(void)self;
	return name.n && name.n < 40 ? name : S("");
}

/* Citations stand one behind the other and never begin or end within a character. */
static const char *
check_citations(struct cx *cx, struct str text)
{
	struct citations all = { 0 };
	size_t at = 0;

	citations_find(cx->arena, text, any_name, NULL, &all);
	for (size_t i = 0; i < all.n; i++) {
		const struct citation *c = &all.v[i];

		if (c->from < at || c->to <= c->from || c->to > text.n)
			return "citations that overlap";
		if (!str_is_utf8(str_sub(text, c->from, c->to)))
			return "a citation that cuts a character";
		at = c->to;
	}
	return NULL;
}

static const char *
run_statute(struct cx *cx, struct str input)
{
	struct statute_text t;
	struct map keys = { 0 };

	if (statute_read(cx, S("x(2020-01-01).md"), input, &t) != ERR_OK)
		return cx->why.n ? NULL : "refused without a message";
	if (!t.name.n || !t.articles.n)
		return "a statute without name or articles";
	for (size_t i = 0; i < t.articles.n; i++) {
		const char *wrong = check_citations(cx, t.articles.v[i].text);

		if (wrong)
			return wrong;
		if (map_find(&keys, t.articles.v[i].key))
			return "an article twice";
		map_put(cx->arena, &keys, t.articles.v[i].key, &t);
	}
	const struct value v = statute_value(cx, &t);
	return canon_str(cx->arena, &v).n ? NULL : "nothing to keep";
}

/* Words stand where they are found, marks inside the text and in its order. */
static const char *
run_query(struct cx *cx, struct str input)
{
	const struct search_query q = search_query_parse(cx->arena, input);
	const struct search_hit unit = { .title = input, .place = S(""), .body = input };
	struct search_pieces pieces;
	struct buf whole = { .arena = cx->arena };
	int64_t score = 0;

	if (q.n > SEARCH_WORDS_MAX || q.wanted > q.n)
		return "more words than are read";
	for (size_t i = 0; i < q.n; i++)
		if (!q.v[i].cut.n || cut_find(&q.v[i].cut, &q.v[i].cut, 0) != 0)
			return "a word that is not in itself";
	if (search_rank(cx->arena, &q, 0, &unit, &score) && score < 0)
		return "a score below nothing";
	search_pieces(cx->arena, &q, input, 0, &pieces);
	for (size_t i = 0; i < pieces.n; i++)
		buf_put(&whole, pieces.v[i].text);
	return str_eq(buf_str(&whole), input) ? NULL : "pieces that are not the text";
}

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
	{ NULL, NULL, NULL },
};
