/* The floor: strings, buffers, maps, dates. */
#include "test.h"

#include "base/buf.h"
#include "base/date.h"
#include "base/map.h"

TEST(base_str_split_and_trim)
{
	struct str rest = S("甲、乙、、丙"), part;
	int n = 0;

	while (str_split(&rest, S("、"), &part))
		n++;
	CHECK(n == 4);
	CHECK_STR(str_trim(S(" \xC2\xA0\xE3\x80\x80甲 乙\xC2\xA0 ")), S("甲 乙"));
	CHECK_STR(str_replace(cx->arena, S("a,,b"), S(","), S("、")), S("a、、b"));
	CHECK(str_chars(S("准绳ab")) == 4);
	CHECK(!str_is_utf8(S("\xC0\x80")));
	CHECK(!str_is_utf8(S("\xED\xA0\x80")));
	CHECK(str_is_utf8(S("𠀀")));
}

TEST(base_str_int)
{
	int64_t v;

	CHECK(str_int(S("-9223372036854775808"), &v) && v == INT64_MIN);
	CHECK(!str_int(S("9223372036854775808"), &v));
	CHECK(!str_int(S(""), &v) && !str_int(S("-"), &v) && !str_int(S("1 "), &v));
}

TEST(base_date_civil)
{
	int64_t day;

	for (int64_t d = -30000; d < 90000; d += 7) {
		const struct civil c = day_civil(d);

		CHECK(day_of(c.year, c.month, c.day) == d);
	}
	CHECK(day_of(1970, 1, 1) == 0 && day_weekday(0) == 4);
	CHECK(day_weekday(day_of(2026, 9, 20)) == 7);
	CHECK(day_parse(S("2024-02-29"), &day) && !day_parse(S("2023-02-29"), &day));
	CHECK_STR(
	    day_iso(cx->arena, day_add_months(day_of(2026, 1, 31), 1)), S("2026-02-28"));
	CHECK_STR(day_iso(cx->arena, day_add_months(day_of(2026, 3, 15), -14)),
	    S("2025-01-15"));
	CHECK(day_of_ms(ms_of_day(20000)) == 20000 &&
	      day_of_ms(ms_of_day(20000) - 1) == 19999);
}

TEST(base_map_keeps_order)
{
	struct map m = { 0 };
	int values[100];

	for (int i = 0; i < 100; i++)
		map_put(cx->arena, &m, str_fmt(cx->arena, "k%d", i % 50), &values[i]);
	CHECK(
	    m.n == 50 && map_find(&m, S("k7")) == &values[57] && !map_find(&m, S("k50")));
	CHECK_STR(m.items[49].key, S("k49"));
}

TEST(base_buf_full_is_sticky)
{
	struct buf b = { .arena = cx->arena, .limit = 4 };

	buf_put(&b, S("abc"));
	buf_put(&b, S("de"));
	buf_put(&b, S("f"));
	CHECK(b.full);
	CHECK_STR(buf_str(&b), S("abc"));
}

static bool
is_utf8_slowly(struct str s)
{
	for (size_t i = 0; i < s.n;) {
		const size_t from = i;
		const uint32_t c = str_next(s, &i);

		if (c == 0 || (c == 0xFFFD && i - from == 1))
			return false;
	}
	return true;
}

/* The quick look at eight bytes, and at three, says the same as one character after the
 * other: every byte at every place of ASCII and of Chinese. */
TEST(str_is_utf8_at_every_place)
{
	static const char *const texts[] = { "abcdefghijklmnopqrstuvwxyz",
		"县政府办公室，一二三四五", "a县bc政府（办）公室，d" };
	char text[64];

	for (size_t t = 0; t < sizeof texts / sizeof *texts; t++) {
		const struct str whole = str_z(texts[t]);

		for (size_t i = 0; i < whole.n; i++)
			for (int c = 0; c < 256; c++) {
				memcpy(text, whole.p, whole.n);
				text[i] = (char)c;
				CHECK(str_is_utf8((struct str){ text, whole.n }) ==
				      is_utf8_slowly((struct str){ text, whole.n }));
				CHECK(str_is_utf8((struct str){ text, i + 1 }) ==
				      is_utf8_slowly((struct str){ text, i + 1 }));
			}
	}
}
