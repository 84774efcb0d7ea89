/* DOCX: every part is XML, what was put in stands in it, and in the right order. */
#include "test.h"

#include "base/buf.h"
#include "base/zip.h"
#include "lang/xml.h"
#include "out/docx.h"

static struct table
sample(struct cx *cx)
{
	static const struct column columns[] = {
		{ .title = S("代码"), .is_hidden = true },
		{ .title = S("序号"), .kind = COLUMN_INT, .width = 6 },
		{ .title = S("事项 <重点>"), .width = 30 },
	};
	struct table t = { .title = S("附表"), .columns = columns, .n_columns = 3 };

	for (int i = 1; i <= 3; i++)
		table_add(cx->arena, &t,
		    (struct cell[]){ cell_text(S("secret")), cell_int(i),
			cell_text(S("甲 & 乙\n第二行")) });
	return t;
}

static struct doc
document(struct cx *cx, const struct table *t)
{
	struct doc d = { 0 };

	doc_add(cx->arena, &d, DOC_TITLE, S("关于推进情况的报告"));
	doc_add(cx->arena, &d, DOC_PLAIN, S("县人民政府："));
	doc_add(cx->arena, &d, DOC_HEADING, S("一、总体情况"));
	doc_add(cx->arena, &d, DOC_PARAGRAPH, S("共<174>项，\"已办结\"21项\x01。"));
	doc_add(cx->arena, &d, DOC_RIGHT, S("2026年9月21日"));
	doc_add(cx->arena, &d, DOC_LANDSCAPE, S(""));
	doc_add_table(cx->arena, &d, t);
	return d;
}

static struct xml_node *
part(struct cx *cx, const struct zip_entries *z, struct str name)
{
	const struct zip_entry *e = zip_find(z, name);
	struct xml_node *root = NULL;

	CHECK(e != NULL);
	if (e)
		CHECK_OK(xml_parse(cx, e->bytes, &root));
	return root;
}

/* Counts elements of a name anywhere below, and collects their texts. */
static size_t
count(const struct xml_node *node, struct str name, struct buf *texts)
{
	size_t n = str_eq(node->name, name);

	if (n && texts)
		buf_put(texts, node->text);
	for (const struct xml_node *c = node->first; c; c = c->next)
		n += count(c, name, texts);
	return n;
}

TEST(docx_parts_are_xml)
{
	const struct table t = sample(cx);
	const struct doc d = document(cx, &t);
	struct zip_entries z = { 0 };
	struct buf texts = { .arena = cx->arena };
	const struct xml_node *root;

	CHECK_OK(zip_unpack(cx, docx_write(cx, &d), S(""), 1 << 20, &z));
	CHECK(z.n == 8 && str_eq(z.v[0].name, S("[Content_Types].xml")));
	for (size_t i = 0; i < z.n; i++)
		part(cx, &z, z.v[i].name);
	root = part(cx, &z, S("word/document.xml"));
	if (!root)
		return;
	CHECK(count(root, S("tr"), NULL) == 4 && count(root, S("tc"), NULL) == 8);
	CHECK(count(root, S("tblHeader"), NULL) == 1);
	CHECK(count(root, S("br"), NULL) == 3);
	CHECK(count(root, S("sectPr"), NULL) == 2);
	count(root, S("t"), &texts);
	CHECK(str_has(buf_str(&texts), S("共<174>项，\"已办结\"21项\xEF\xBF\xBD。")));
	CHECK(str_has(buf_str(&texts), S("事项 <重点>")));
	CHECK(!str_has(buf_str(&texts), S("secret")));
}

/* The relations and types name parts that are there, and no style is missing. */
TEST(docx_references_resolve)
{
	const struct table t = sample(cx);
	const struct doc d = document(cx, &t);
	struct zip_entries z = { 0 };
	struct xml_node *root;
	const struct zip_entry *styles;
	struct str rest, item;

	CHECK_OK(zip_unpack(cx, docx_write(cx, &d), S(""), 1 << 20, &z));
	root = part(cx, &z, S("[Content_Types].xml"));
	for (const struct xml_node *o = xml_find(root, S("Override")); o;
	     o = xml_again(o)) {
		const struct str name = xml_attribute(o, S("PartName"));

		CHECK(zip_find(&z, str_sub(name, 1, name.n)) != NULL);
	}
	root = part(cx, &z, S("word/_rels/document.xml.rels"));
	for (const struct xml_node *r = xml_find(root, S("Relationship")); r;
	     r = xml_again(r))
		CHECK(zip_find(&z, str_fmt(cx->arena, "word/%.*s",
				       STR_ARG(xml_attribute(r, S("Target"))))) != NULL);
	styles = zip_find(&z, S("word/styles.xml"));
	rest = zip_find(&z, S("word/document.xml"))->bytes;
	str_split(&rest, S("<w:pStyle w:val=\""), &item);
	while (rest.n && str_split(&rest, S("<w:pStyle w:val=\""), &item)) {
		const struct str id = str_sub(item, 0, str_find(item, S("\""), 0));

		CHECK(str_has(styles->bytes,
		    str_fmt(cx->arena, "w:styleId=\"%.*s\"", STR_ARG(id))));
	}
}

/* Portrait part first, then the annex on turned sheets; the last properties close the
 * body. */
TEST(docx_annex_is_landscape)
{
	const struct table t = sample(cx);
	struct doc d = document(cx, &t);
	struct zip_entries z = { 0 };
	struct str xml;
	size_t upright, turned;

	CHECK_OK(zip_unpack(cx, docx_write(cx, &d), S(""), 1 << 20, &z));
	xml = zip_find(&z, S("word/document.xml"))->bytes;
	upright = str_find(xml, S("w:h=\"16838\""), 0);
	turned = str_find(xml, S("w:orient=\"landscape\""), 0);
	CHECK(upright != SIZE_MAX && turned != SIZE_MAX && upright < turned);
	CHECK(str_ends(xml, S("</w:sectPr></w:body></w:document>")));
	CHECK_STR(docx_write(cx, &d), docx_write(cx, &d));
}

/* The annex of a ledger: its own sheets, wider ones. */
TEST(docx_annex_on_a3)
{
	const struct table t = sample(cx);
	struct doc d = { 0 };
	struct zip_entries z = { 0 };
	struct str xml;
	size_t upright, turned;

	doc_add(cx->arena, &d, DOC_PARAGRAPH, S("正文"));
	doc_add(cx->arena, &d, DOC_LANDSCAPE_A3, S(""));
	doc_add_table(cx->arena, &d, &t);
	CHECK_OK(zip_unpack(cx, docx_write(cx, &d), S(""), 1 << 20, &z));
	xml = zip_find(&z, S("word/document.xml"))->bytes;
	upright = str_find(xml, S("w:h=\"16838\"/>"), 0);
	turned = str_find(
	    xml, S("w:w=\"23811\" w:h=\"16838\" w:orient=\"landscape\""), 0);
	CHECK(upright != SIZE_MAX && turned != SIZE_MAX && upright < turned);
	CHECK(str_has(xml, S("<w:tblHeader/>")));
}
