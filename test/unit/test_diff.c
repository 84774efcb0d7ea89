/* What changed between two texts, and between two editions of a statute. */
#include "lang/diff.h"

#include "base/buf.h"
#include "read/statute_compare.h"
#include "test.h"

static struct str
shown(struct cx *cx, struct str before, struct str after)
{
	struct buf b = { .arena = cx->arena }, x = { .arena = cx->arena },
		   y = { .arena = cx->arena };
	struct diff d = { 0 };

	diff_texts(cx->arena, before, after, &d);
	for (size_t i = 0; i < d.n; i++) {
		const char *marks[] = { "", "-", "+" };

		buf_fmt(&b, "[%s%.*s]", marks[d.v[i].kind], STR_ARG(d.v[i].text));
		if (d.v[i].kind != DIFF_NEW)
			buf_put(&x, d.v[i].text);
		if (d.v[i].kind != DIFF_GONE)
			buf_put(&y, d.v[i].text);
	}
	CHECK_STR(buf_str(&x), before);
	CHECK_STR(buf_str(&y), after);
	return buf_str(&b);
}

TEST(diff_pieces)
{
	CHECK_STR(shown(cx, S("甲乙丙丁"), S("甲乙丙丁")), S("[甲乙丙丁]"));
	CHECK_STR(shown(cx, S("罚款三十元以下"), S("罚款三百元以下")),
	    S("[罚款][-三十][+三百][元以下]"));
	CHECK_STR(shown(cx, S("具体行政行为违法"), S("行政行为违法")),
	    S("[-具体][行政行为违法]"));
	CHECK_STR(shown(cx, S(""), S("新")), S("[+新]"));
	CHECK_STR(shown(cx, S("旧"), S("")), S("[-旧]"));
	CHECK_STR(shown(cx, S(""), S("")), S(""));
	/* One character alike between two changes is no landmark. */
	CHECK_STR(shown(cx, S("甲乙的丙丁。"), S("戊己的庚辛。")),
	    S("[-甲乙的丙丁][+戊己的庚辛][。]"));
}

TEST(diff_of_long_texts)
{
	struct buf x = { .arena = cx->arena }, y = { .arena = cx->arena };

	for (int i = 0; i < 3000; i++) {
		buf_put_char(&x, 0x4e00 + (uint32_t)i);
		buf_put_char(&y, 0x7e00 + (uint32_t)(i % 1000));
	}
	(void)shown(cx, buf_str(&x), buf_str(&y));
}

TEST(diff_likeness)
{
	CHECK(text_likeness(cx->arena, S("甲乙丙丁"), S("甲乙丙丁")) == 100);
	CHECK(text_likeness(cx->arena, S("(一)甲乙"), S("（一） 甲乙")) == 100);
	CHECK(text_likeness(cx->arena, S("甲乙丙丁"), S("戊己庚辛")) == 0);
	CHECK(text_likeness(cx->arena, S(""), S("")) == 100);
	CHECK(text_likeness(cx->arena, S(""), S("甲")) == 0);
}

/* ---- editions ---- */

static void
put(struct cx *cx, struct articles *all, const char *key, const char *text)
{
	*list_add(cx->arena, all) = (struct article){ .n = (int64_t)all->n + 1,
		.key = str_z(key),
		.label = str_z(key),
		.text = str_z(text) };
}

static void
pair_is(const struct article_pairs *all, size_t i, enum article_change change,
    const char *before, const char *after)
{
	const struct article_pair *p = &all->v[i];

	CHECK(i < all->n && p->change == change);
	CHECK_STR(p->before ? p->before->key : S(""), str_z(before));
	CHECK_STR(p->after ? p->after->key : S(""), str_z(after));
}

TEST(diff_of_editions)
{
	struct articles old = { 0 }, now = { 0 };
	struct article_pairs pairs = { 0 };

	put(cx, &old, "1", "为了规范养蜂，制定本办法。");
	put(cx, &old, "2", "养蜂人应当在春天以前把蜂箱搬到山上。");
	put(cx, &old, "3", "蜂箱由县里统一编号。");
	put(cx, &old, "4", "违反本办法的，处五十元以下罚款。");
	put(cx, &old, "5", "本办法自公布之日起施行。");
	put(cx, &now, "1", "为了规范养蜂，制定本办法。");
	put(cx, &now, "2", "县里每年公布可以放蜂的山场。");
	put(cx, &now, "3", "养蜂人应当在夏天以前把蜂箱搬到山上。");
	put(cx, &now, "4", "违反本办法的，处五百元以下罚款。");
	put(cx, &now, "6", "本办法自公布之日起施行。");
	articles_compare(cx, &old, &now, &pairs);
	CHECK(pairs.n == 6);
	pair_is(&pairs, 0, ARTICLE_SAME, "1", "1");
	pair_is(&pairs, 1, ARTICLE_ADDED, "", "2");
	pair_is(&pairs, 2, ARTICLE_MOVED_CHANGED, "2", "3");
	pair_is(&pairs, 3, ARTICLE_GONE, "3", "");
	pair_is(&pairs, 4, ARTICLE_CHANGED, "4", "4");
	pair_is(&pairs, 5, ARTICLE_MOVED, "5", "6");
	CHECK(pairs.count[ARTICLE_SAME] == 1 && pairs.count[ARTICLE_GONE] == 1);
}

TEST(diff_against_nothing)
{
	struct articles none = { 0 }, now = { 0 };
	struct article_pairs pairs = { 0 };

	put(cx, &now, "1", "甲");
	articles_compare(cx, &none, &now, &pairs);
	CHECK(pairs.n == 1 && pairs.count[ARTICLE_ADDED] == 1);
}
