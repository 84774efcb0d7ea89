/* Reading statutes: small texts of our own in the three forms, then the real ones. */
#include "intake/statute.h"

#include "base/date.h"
#include "base/file.h"
#include "shared.h"
#include "test.h"

static struct statute_text
read_text(struct cx *cx, struct str bytes)
{
	struct statute_text t;

	CHECK_OK(statute_read(cx, S("x.md"), bytes, &t));
	return t;
}

static struct statute_article *
article_of(struct statute_text *t, struct str key)
{
	static struct statute_article none;

	for (size_t i = 0; i < t->articles.n; i++)
		if (str_eq(t->articles.v[i].key, key))
			return &t->articles.v[i];
	return &none;
}

static bool
has_flag(const struct statute_text *t, size_t line, struct str words)
{
	for (size_t i = 0; i < t->flags.n; i++)
		if (t->flags.v[i].line == line && str_has(t->flags.v[i].text, words))
			return true;
	return false;
}

/* The bold form with site metadata. */
TEST(statute_bold_form)
{
	struct statute_text t = read_text(
	    cx, S("---\nsidebar: auto\n---\n\n# 中华人民共和国养蜂法\n\n"
		  "2001年3月4日第九届全国人民代表大会常务委员会第二十次会议通过\n\n"
		  "2020年5月6日第十三届全国人民代表大会常务委员会第八次会议修订\n\n"
		  "## 第一章　总　则\n\n**第一条**　为了养蜂，制定本法。\n\n"
		  "### 第一节　蜂箱\n\n**第二条**　蜂箱分为下列几种：\n\n（一）大的；\n\n"
		  "（二）小的。\n\n违反前款规定的，不得养蜂。\n\n"
		  "**第二条之一**　小箱不得超过第一条规定的数量。\n\n## 附则\n\n"
		  "**第三条**　本法自2020年7月1日起施行。\n"));

	CHECK_STR(t.title, S("中华人民共和国养蜂法"));
	CHECK_STR(t.name, S("养蜂法"));
	CHECK_STR(t.issuer, S("全国人民代表大会常务委员会"));
	CHECK(t.passed == day_of(2001, 3, 4) && t.promulgated == day_of(2020, 5, 6));
	CHECK(t.in_force == day_of(2020, 7, 1) && !t.assumed);
	CHECK(t.articles.n == 4 && !t.flags.n);
	CHECK_STR(
	    article_of(&t, S("2"))->text, S("蜂箱分为下列几种：\n（一）大的；\n（二）小的"
					    "。\n违反前款规定的，不得养蜂。"));
	CHECK_STR(article_of(&t, S("2"))->part, S("第一章 总则 / 第一节 蜂箱"));
	CHECK_STR(article_of(&t, S("2-1"))->label, S("第二条之一"));
	CHECK_STR(article_of(&t, S("3"))->part, S("附则"));
	CHECK(article_of(&t, S("2"))->line == 17);
}

/* The plain form: front matter, a head closed by INFO END, a table of contents. */
TEST(statute_plain_form)
{
	struct statute_text t = read_text(cx,
	    S("---\ntitle: \"养蜂条例\"\npublish_date: \"2010-01-02\"\n"
	      "status: \"废止或失效\"\ncategory: \"行政法规\"\n---\n# 养蜂条例\n\n"
	      "2010年1月12日 中华人民共和国国务院令第900号公布\n\n"
	      "2015年2月3日 《国务院关于修改部分条例的决定》第一次修订）\n\n"
	      "<!-- INFO END -->\n\n目录\n\n第一章 总则\n\n第二章 罚则\n\n第一章 总则\n\n"
	      "第一条 制定本条例。\n\n第二章 罚则\n\n第二条 依照第一条 规定处罚。\n\n"
	      "第一条规定的情形除外。\n\n第三条本条例自2010年3月1日起施行。\n\n"
	      "附件：蜂种名录\n\n中蜂\n"));

	CHECK_STR(t.number, S("国务院令第900号"));
	CHECK_STR(t.issuer, S("国务院"));
	CHECK(t.promulgated == day_of(2015, 2, 3));
	CHECK(t.in_force == day_of(2015, 2, 3) && t.assumed);
	CHECK(has_flag(&t, 0, S("2015年2月3日修改")) && has_flag(&t, 4, S("废止")));
	CHECK(has_flag(&t, 11, S("括号不成对")) && has_flag(&t, 31, S("缺少空格")));
	CHECK(t.articles.n == 4);
	CHECK_STR(article_of(&t, S("1"))->part, S("第一章 总则"));
	CHECK_STR(article_of(&t, S("2"))->part, S("第二章 罚则"));
	CHECK_STR(article_of(&t, S("2"))->text,
	    S("依照第一条 规定处罚。\n第一条规定的情形除外。"));
	CHECK_STR(article_of(&t, S("3"))->text, S("本条例自2010年3月1日起施行。"));
	CHECK_STR(article_of(&t, S("附件"))->text, S("中蜂"));
}

/* Amendments number their articles anew; a preamble and a last part in the wrong place
 * go where they belong; a gap is told. */
TEST(statute_order_and_amendments)
{
	struct statute_text t = read_text(
	    cx, S("# 养蜂规\n\n# 附则\n\n**第四条**　本规自公布之日起施行。\n\n# "
		  "第一编　总则\n\n"
		  "**第一条**　甲。\n\n**第二条**　乙。\n\n# 修正案\n\n"
		  "## 养蜂规修正案（1988年）\n\n**第一条**　第二条改为：乙乙。\n\n"
		  "## 养蜂规修正案（1993年）\n\n**第二条**　删去第三条。\n\n# "
		  "序言\n\n从前。\n"));

	CHECK(t.articles.n == 6 && t.in_force == DAY_NONE);
	CHECK_STR(t.articles.v[0].key, S("序言"));
	CHECK_STR(t.articles.v[0].text, S("从前。"));
	CHECK_STR(t.articles.v[3].key, S("4"));
	CHECK_STR(t.articles.v[4].key, S("修正案-1"));
	CHECK_STR(t.articles.v[5].part, S("养蜂规修正案（1993年）"));
	CHECK(has_flag(&t, 0, S("没有读出施行日期")));
	CHECK(has_flag(&t, 5, S("缺少第三条")));
	CHECK(has_flag(&t, 23, S("没有排在应在的位置")));
}

static void
refused(struct cx *cx, struct str bytes, struct str why)
{
	struct statute_text t;

	CHECK(statute_read(cx, S("x.md"), bytes, &t) == ERR_INPUT);
	if (!str_has(cx->why, why))
		CHECK_STR(cx->why, why);
}

TEST(statute_refusals)
{
	refused(cx, S(""), S("空"));
	refused(cx, S("---\n---\n"), S("没有标题"));
	refused(cx, S("# 养蜂法\n\n没有条文。\n"), S("第一条"));
	refused(cx, S("---\ntitle: x\n"), S("元数据"));
	refused(cx, S("# 养蜂法\n第一条 甲。\n第二条 乙。\n第一条 丙。\n"), S("第4行"));
	refused(cx, S("PK\x03\x04zip"), S(""));
	refused(cx,
	    (struct str){
		arena_alloc(cx->arena, STATUTE_BYTES_MAX + 1), STATUTE_BYTES_MAX + 1 },
	    S("4兆"));
}

/* A day in the file's name is one of promulgation; where it is later than the head's it
 * is a change that the head does not tell. */
TEST(statute_day_in_the_name)
{
	struct statute_text t;
	const struct str text = S("# 养蜂办法\n2010年1月2日 农业部令第3号公布\n"
				  "第一条 本办法自公布之日起施行。\n");

	CHECK_OK(statute_read(cx, S("办法(2010-01-02).md"), text, &t));
	CHECK(t.in_force == day_of(2010, 1, 2) && !t.assumed);
	CHECK_STR(t.issuer, S("农业部"));
	CHECK_OK(statute_read(cx, S("办法(2012-05-06).md"), text, &t));
	CHECK(t.in_force == day_of(2012, 5, 6) && t.assumed);
}

/* ---- the real ones ---- */

/* Where our count differs from MANIFEST.tsv, by how many and why. */
static const struct {
	const char *name;
	int64_t more;
	const char *why;
} differs[] = {
	{ "宪法", 1, "the preamble is kept as an article of its own" },
};

static int64_t
more_of(struct str name)
{
	for (size_t i = 0; i < sizeof differs / sizeof *differs; i++)
		if (str_eq(name, str_z(differs[i].name)))
			return differs[i].more;
	return 0;
}

TEST(statute_real_counts)
{
	struct str manifest, line;
	size_t rows = 0;

	if (!shared_read(cx, "laws/MANIFEST.tsv", &manifest))
		return;
	(void)str_split(&manifest, S("\n"), &line);
	while (str_split(&manifest, S("\n"), &line)) {
		struct str kind, name, version, count = S(""), file;
		struct statute_text t;
		int64_t want = 0;

		if (!line.n)
			continue;
		CHECK(str_split(&line, S("\t"), &kind) &&
		      str_split(&line, S("\t"), &name) &&
		      str_split(&line, S("\t"), &version) &&
		      str_split(&line, S("\t"), &count) && str_int(count, &want));
		if (!shared_read(
			cx, str_fmt(cx->arena, "laws/%.*s.md", STR_ARG(name)).p, &file))
			return;
		CHECK_OK(statute_read(
		    cx, str_fmt(cx->arena, "%.*s.md", STR_ARG(name)), file, &t));
		CHECK_STR(t.name, name);
		if ((int64_t)t.articles.n != want + more_of(name))
			test_fail_str(__FILE__, __LINE__, "articles",
			    str_fmt(cx->arena, "%.*s %zu", STR_ARG(name), t.articles.n),
			    count);
		rows++;
	}
	CHECK(rows == 79);
}

/* Days as MANIFEST.tsv or the statutes themselves give them. */
static const struct {
	const char *file, *promulgated, *in_force;
	bool assumed;
} days[] = {
	{ "行政处罚法.md", "2021-01-22", "2021-07-15", false },
	{ "行政复议法.md", "2023-09-01", "2024-01-01", false },
	{ "行政复议法(2017-09-01).md", "2017-09-01", "2017-09-01", true },
	{ "行政复议法实施条例(2007-05-29).md", "2007-05-29", "2007-08-01", false },
	{ "行政复议法实施条例(2026-04-29).md", "2026-04-29", "2026-07-01", false },
	{ "行政许可法.md", "2019-04-23", "2019-04-23", true },
	{ "政府信息公开条例.md", "2019-04-03", "2019-05-15", false },
	{ "行政执法监督条例(2025-12-17).md", "2025-12-17", "2026-02-01", false },
	{ "信访工作条例.md", "2022-02-25", "2022-05-01", false },
	{ "民法典.md", "2020-05-28", "2021-01-01", false },
};

TEST(statute_real_days)
{
	for (size_t i = 0; i < sizeof days / sizeof *days; i++) {
		struct statute_text t;
		struct str file;

		if (!shared_read(
			cx, str_fmt(cx->arena, "laws/%s", days[i].file).p, &file))
			return;
		CHECK_OK(statute_read(cx, str_z(days[i].file), file, &t));
		CHECK_STR(day_iso(cx->arena, t.promulgated), str_z(days[i].promulgated));
		CHECK_STR(day_iso(cx->arena, t.in_force), str_z(days[i].in_force));
		CHECK(t.assumed == days[i].assumed);
	}
}

/* Every file is read, none with text that no article took but the prefaces of the
 * constitution's amendments. */
TEST(statute_real_all)
{
	const struct str folder = str_fmt(cx->arena, "%s/laws", shared_folder());
	struct file_names names = { 0 };
	size_t lost = 0;

	if (!folder_is(cx, folder)) {
		test_skip("../shared/data is absent");
		return;
	}
	CHECK_OK(folder_list(cx, folder, S(".md"), &names));
	CHECK(names.n == 86);
	for (size_t i = 0; i < names.n; i++) {
		struct statute_text t;
		struct str bytes;

		CHECK_OK(file_read(cx,
		    str_fmt(cx->arena, "%.*s/%.*s", STR_ARG(folder), STR_ARG(names.v[i])),
		    STATUTE_BYTES_MAX, &bytes));
		CHECK_OK(statute_read(cx, names.v[i], bytes, &t));
		CHECK(t.in_force != DAY_NONE);
		for (size_t k = 0; k < t.flags.n; k++)
			lost += str_has(t.flags.v[k].text, S("不属于任何一条"));
	}
	CHECK(lost == 5);
}
