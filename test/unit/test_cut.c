/* What a text is cut into, and where a word stands in it. */
#include "test.h"

#include "lang/cut.h"

static struct str
tokens(struct cx *cx, struct str text)
{
	const struct cut t = cut_text(cx->arena, text);
	struct buf b = { .arena = cx->arena };

	cut_tokens(&b, S(""), &t);
	return str_trim(buf_str(&b));
}

static struct str
word(struct cx *cx, struct str text)
{
	const struct cut t = cut_text(cx->arena, text);
	struct buf b = { .arena = cx->arena };

	cut_word(&b, &t);
	return str_trim(buf_str(&b));
}

static size_t
place(struct cx *cx, struct str text, struct str part)
{
	const struct cut t = cut_text(cx->arena, text), p = cut_text(cx->arena, part);

	return cut_find(&t, &p, 0);
}

static int64_t
article(struct cx *cx, struct str text)
{
	const struct cut t = cut_text(cx->arena, text);
	size_t taken = 0;

	return cut_article(&t, 0, &taken);
}

TEST(cut_han_into_characters_and_neighbours)
{
	CHECK_STR(tokens(cx, S("行政处罚")), S("行 行政 政 政处 处 处罚 罚"));
	CHECK_STR(tokens(cx, S("应当，依法")), S("应 应当 当 依 依法 法"));
	CHECK_STR(tokens(cx, S("")), S(""));
	CHECK_STR(tokens(cx, S("，。 \"'*")), S(""));
	CHECK_STR(tokens(cx, S("𠮷野家")), S("𠮷 𠮷野 野 野家 家"));
}

TEST(cut_gives_one_spelling)
{
	CHECK_STR(tokens(cx, S("行政處罰")), tokens(cx, S("行政处罚")));
	CHECK_STR(tokens(cx, S("ＧＢ／Ｔ３２９０５")), S("gb t32905"));
	CHECK_STR(tokens(cx, S("㈠①Ⅳ")), S("一 1iv"));
	CHECK_STR(tokens(cx, S("豫政〔1981〕184号")),
	    tokens(cx, S("豫政［１９８１］１８４號")));
	CHECK_STR(tokens(cx, S("行\xE2\x80\x8B政")), tokens(cx, S("行政")));
	CHECK_STR(tokens(cx, S("\xEE\x80\x80行\xEE\x80\x81")), S("行"));
	CHECK_STR(tokens(cx, S("\xEF\xA4\x80")), tokens(cx, S("豈")));
}

TEST(cut_asks_a_word_for_no_more_than_it_needs)
{
	CHECK_STR(word(cx, S("法")), S("法"));
	CHECK_STR(word(cx, S("处罚")), S("处罚"));
	CHECK_STR(word(cx, S("行政法")), S("行政 政法"));
	CHECK_STR(word(cx, S("行政处罚")), S("行政 处罚"));
	CHECK_STR(word(cx, S("行政处罚法")), S("行政 处罚 罚法"));
	CHECK_STR(word(cx, S("第54条")), S("第 54 条"));
}

TEST(cut_finds_whole_words)
{
	CHECK(place(cx, S("依照行政處罰法"), S("行政处罚")) == 2);
	CHECK(place(cx, S("行政、处罚"), S("行政处罚")) == SIZE_MAX);
	CHECK(place(cx, S("共154项"), S("54")) == SIZE_MAX);
	CHECK(place(cx, S("共154项"), S("154")) == 1);
	CHECK(place(cx, S("A1b 1"), S("1")) == 4);
	CHECK(place(cx, S("豫政〔1981〕184号"), S("豫政(1981)184号")) == 0);
	CHECK(place(cx, S("行政"), S("")) == SIZE_MAX);
	CHECK(place(cx, S(""), S("行")) == SIZE_MAX);
}

TEST(cut_knows_where_a_character_stood)
{
	const struct str text = S("（一）①号");
	const struct cut t = cut_text(cx->arena, text);

	CHECK(t.n == 4 && t.c[0] == U'一' && !t.c[1] && t.c[2] == '1');
	CHECK(t.at[0] == 3 && t.at[2] == 9 && t.at[3] == 12 && t.at[4] == 15);
}

TEST(cut_reads_the_number_of_an_article)
{
	CHECK(article(cx, S("第五十四条")) == 54);
	CHECK(article(cx, S("第54條")) == 54);
	CHECK(article(cx, S("第十条")) == 10);
	CHECK(article(cx, S("第一百零二条")) == 102);
	CHECK(article(cx, S("第一千二百六十条")) == 1260);
	CHECK(article(cx, S("第条")) == 0);
	CHECK(article(cx, S("第五十四")) == 0);
	CHECK(article(cx, S("第零条")) == 0);
	CHECK(article(cx, S("五十四条")) == 0);
	CHECK(article(cx, S("第99999999999999条")) == 0);
}
