/* Chinese numerals, both ways. */
#include "lang/han.h"
#include "test.h"

TEST(han_both_ways)
{
	for (int64_t n = 0; n <= HAN_MAX; n++) {
		const struct str s = han_write(cx->arena, n);
		size_t i = 0;
		int64_t back = -1;

		CHECK(han_take(s, &i, &back) && i == s.n && back == n);
	}
	CHECK_STR(han_write(cx->arena, 10), S("十"));
	CHECK_STR(han_write(cx->arena, 54), S("五十四"));
	CHECK_STR(han_write(cx->arena, 101), S("一百零一"));
	CHECK_STR(han_write(cx->arena, 110), S("一百一十"));
	CHECK_STR(han_write(cx->arena, 1260), S("一千二百六十"));
	CHECK_STR(han_write(cx->arena, 1024), S("一千零二十四"));
	CHECK_STR(han_write(cx->arena, 2005), S("二千零五"));
}

TEST(han_stops_where_the_numeral_ends)
{
	size_t i = 0;
	int64_t n = -1;

	CHECK(han_take(S("五十四条"), &i, &n) && n == 54 && i == 9);
	i = 0;
	CHECK(!han_take(S("条"), &i, &n) && i == 0);
	CHECK(!han_take(S(""), &i, &n));
	CHECK(han_number(S("一百十")) == 110);
	CHECK(han_number(S("十条")) == 0);
	CHECK(han_number(S("百")) == 0);
	CHECK(han_number(S("〇")) == 0);
}
