/* Citations found in running text, and the names of articles. */
#include "lang/citation.h"

#include "base/buf.h"
#include "test.h"

static struct str
known(struct str name, void *self)
{
	static const char *const names[] = { "行政处罚法", "行政复议法",
		"行政复议法实施条例", "规定" };

	(void)self;
	for (size_t i = 0; i < sizeof names / sizeof *names; i++)
		if (str_eq(name, str_z(names[i])))
			return name;
	return S("");
}

/* "statute/key[.clause[.item]]=text;" of each. */
static struct str
found(struct cx *cx, struct str text)
{
	struct citations all = { 0 };
	struct buf b = { .arena = cx->arena };

	citations_find(cx->arena, text, known, NULL, &all);
	for (size_t i = 0; i < all.n; i++) {
		const struct citation *c = &all.v[i];

		buf_fmt(&b, "%.*s/%.*s", STR_ARG(c->statute), STR_ARG(c->key));
		if (c->clause)
			buf_fmt(&b, ".%lld", (long long)c->clause);
		if (c->item)
			buf_fmt(&b, ".%lld", (long long)c->item);
		buf_fmt(&b, "=%.*s;", STR_ARG(str_sub(text, c->from, c->to)));
	}
	return buf_str(&b);
}

TEST(citation_forms)
{
	CHECK_STR(
	    found(cx, S("依据《中华人民共和国行政处罚法》第五十四条第二款、第五十七条"
			"第一款第（三）项的规定")),
	    S("行政处罚法/54.2=《中华人民共和国行政处罚法》第五十四条第二款;"
	      "行政处罚法/57.1.3=第五十七条第一款第（三）项;"));
	CHECK_STR(found(cx, S("行政复议法实施条例第三条之一和第4条")),
	    S("行政复议法实施条例/3-1=行政复议法实施条例第三条之一;"
	      "行政复议法实施条例/4=第4条;"));
	CHECK_STR(found(cx, S("《行政复议法》（以下简称复议法）第二十条至第二十二条")),
	    S("行政复议法/20=《行政复议法》（以下简称复议法）第二十条;"
	      "行政复议法/22=第二十二条;"));
	CHECK_STR(
	    found(cx, S("《行政处罚法》已经修订")), S("行政处罚法/=《行政处罚法》;"));
}

TEST(citation_left_alone)
{
	CHECK_STR(found(cx, S("本法第五条、前款、第六条")), S(""));
	CHECK_STR(found(cx, S("《某办法》第五条，行政处罚法有规定")), S(""));
	CHECK_STR(found(cx, S("《行政处罚法")), S(""));
	CHECK_STR(found(cx, S("第")), S(""));
	CHECK_STR(found(cx, S("")), S(""));
	/* Half a character is no place to begin a name. */
	CHECK_STR(found(cx, S("按照规定第三条")), S("规定/3=规定第三条;"));
}

TEST(citation_items)
{
	CHECK(citation_is_item(S("（十一）其他")) && citation_is_item(S("(二)其他")));
	CHECK(!citation_is_item(S("（见附件）其他")) && !citation_is_item(S("前款")));
}

TEST(citation_names)
{
	CHECK_STR(citation_name(S("《中华人民共和国行政处罚法》")), S("行政处罚法"));
	CHECK_STR(citation_name(S("中华人民共和国")), S("中华人民共和国"));
	CHECK_STR(citation_key(cx->arena, S("第五十四条之一")), S("54-1"));
	CHECK_STR(citation_key(cx->arena, S("54")), S("54"));
	CHECK_STR(citation_key(cx->arena, S("三")), S("三"));
	CHECK_STR(citation_label(cx->arena, S("54-1")), S("第五十四条之一"));
	CHECK_STR(citation_label(cx->arena, S("54")), S("第五十四条"));
	CHECK_STR(citation_label(cx->arena, S("序言")), S("序言"));
	CHECK_STR(citation_label(cx->arena, S("修正案-3")), S("修正案-3"));
	CHECK_STR(citation_label(cx->arena, S("99999")), S("99999"));
	CHECK_STR(citation_text(cx->arena, S("行政处罚法/54-1")),
	    S("《行政处罚法》第五十四条之一"));
	CHECK_STR(
	    citation_text(cx->arena, S("三项制度/十一")), S("《三项制度》第十一项"));
	CHECK_STR(citation_text(cx->arena, S("意见/适用")), S("《意见》（适用）"));
	CHECK_STR(citation_text(cx->arena, S("行政处罚法")), S("《行政处罚法》"));
}
