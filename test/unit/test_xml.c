/* XML of others into a tree. */
#include "test.h"
#include "base/buf.h"

#include "lang/xml.h"

TEST(xml_tree)
{
	struct xml_node *root;
	const struct xml_node *c;

	CHECK_OK(xml_parse(cx,
	    S("<?xml version=\"1.0\"?><x:a xmlns:x='u' r:id='7'>\n<b>一 &amp; 二</b><c/>"
	      "<b><![CDATA[<三>]]></b></x:a>"),
	    &root));
	CHECK_STR(root->name, S("a"));
	CHECK_STR(xml_attribute(root, S("r:id")), S("7"));
	CHECK_STR(xml_attribute(root, S("none")), S(""));
	c = xml_find(root, S("b"));
	CHECK_STR(c->text, S("一 & 二"));
	CHECK(c->line == 2);
	c = xml_again(c);
	CHECK_STR(c->text, S("<三>"));
	CHECK(!xml_again(c) && !xml_find(root, S("d")));
}

TEST(xml_refuses)
{
	struct buf b = { .arena = cx->arena };
	struct xml_node *root;

	CHECK(xml_parse(cx, S("<!DOCTYPE a [<!ENTITY e 'x'>]><a>&e;</a>"), &root) ==
	      ERR_INPUT);
	CHECK(str_has(cx->why, S("不允许有文档类型声明")));
	CHECK(xml_parse(cx, S("<a><b></a>"), &root) == ERR_INPUT);
	CHECK(xml_parse(cx, S(""), &root) == ERR_INPUT);
	for (int i = 0; i < 257; i++)
		buf_put(&b, S("<a>"));
	CHECK(xml_parse(cx, buf_str(&b), &root) == ERR_INPUT);
	CHECK(str_has(cx->why, S("嵌套太深")));
}
