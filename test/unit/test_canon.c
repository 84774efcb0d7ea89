/* The canonical form: the vectors of docs/canon.md, and what must be refused. */
#include "test.h"

#include "base/crypto.h"
#include "lang/canon.h"

/* Reads, writes again: the same bytes must come back. */
static void
check_round(struct cx *cx, struct str bytes)
{
	struct value v;

	CHECK_OK(canon_parse(cx, bytes, &v));
	CHECK_STR(canon_str(cx->arena, &v), bytes);
}

TEST(canon_vectors_round)
{
	check_round(cx, S("null"));
	check_round(cx, S("true"));
	check_round(cx, S("false"));
	check_round(cx, S("0"));
	check_round(cx, S("-9007199254740991"));
	check_round(cx, S("9007199254740991"));
	check_round(cx, S("\"\""));
	check_round(cx, S("[]"));
	check_round(cx, S("{}"));
	check_round(cx, S("{\"a\":[true,null],\"b\":1}"));
	check_round(cx, S("{\"z\":0,\"乙\":2,\"甲\":1}"));
	check_round(cx, S("{\"Ａ\":1,\"𝐀\":2}"));
	check_round(cx, S("\"\\\"\\\\/\""));
	check_round(cx, S("\"\\b\\t\\n\\f\\r\\u0001\\u001f\x7f\""));
}

TEST(canon_put_sorts_and_escapes)
{
	struct value m = value_map(), list = value_list();

	value_add(cx->arena, &list, value_bool(true));
	value_add(cx->arena, &list, value_null());
	value_set_int(cx->arena, &m, "b", 1);
	value_set(cx->arena, &m, S("a"), list);
	CHECK_STR(canon_str(cx->arena, &m), S("{\"a\":[true,null],\"b\":1}"));
	m = value_map();
	value_set_int(cx->arena, &m, "𝐀", 2);
	value_set_int(cx->arena, &m, "Ａ", 1);
	CHECK_STR(canon_str(cx->arena, &m), S("{\"Ａ\":1,\"𝐀\":2}"));
	m = value_text(S("\"\\/\b\t\n\f\r\x01\x1f\x7f"));
	CHECK_STR(canon_str(cx->arena, &m),
	    S("\"\\\"\\\\/\\b\\t\\n\\f\\r\\u0001\\u001f\x7f\""));
}

TEST(canon_refuses_every_other_spelling)
{
	static const struct str others[] = { S(""), S(" 1"), S("1 "), S("01"), S("-01"),
		S("-0"), S("-"), S("+1"), S("1.0"), S("1e3"), S("9007199254740992"),
		S("-9007199254740992"), S("99999999999999999999"), S("\"\\u0041\""),
		S("\"\\/\""), S("\"\\u000a\""), S("\"\\u001F\""), S("\"\\u0000\""),
		S("\"\\u00"), S("\"\\"), S("\"a"), S("\"\n\""), S("\"\xC0\x80\""),
		S("\"\xED\xA0\x80\""), S("{\"b\":1,\"a\":2}"), S("{\"a\":1,\"a\":1}"),
		S("[1,]"), S("[1"), S("[,1]"), S("{\"a\"}"), S("{\"a\":}"), S("{a:1}"),
		S("{\"a\":1,}"), S("{\"a\" :1}"), S("nul"), S("nullx"), S("True"),
		S("1 2"), S("[1] ") };
	struct value v;

	for (size_t i = 0; i < sizeof others / sizeof *others; i++)
		if (canon_parse(cx, others[i], &v) != ERR_INPUT)
			test_fail_str(__FILE__, __LINE__, "accepted", others[i], S(""));
	CHECK(canon_parse(cx, S("{\"a\":1,\"a\":2}"), &v) == ERR_INPUT);
	CHECK_STR(cx->why,
	    S("not canonical at byte 10: keys must be in byte order, each once"));
}

TEST(canon_depth_is_32)
{
	struct buf b = { .arena = cx->arena };
	struct value v;

	for (int i = 0; i < 32; i++)
		buf_put_byte(&b, '[');
	for (int i = 0; i < 32; i++)
		buf_put_byte(&b, ']');
	check_round(cx, buf_str(&b));
	CHECK(canon_parse(cx, str_fmt(cx->arena, "[%.*s]", STR_ARG(buf_str(&b))), &v) ==
	      ERR_INPUT);
}

TEST(canon_texts_look_into_the_bytes)
{
	const struct str bytes = S("[\"甲\",\"a\\n\"]");
	struct value v;

	CHECK_OK(canon_parse(cx, bytes, &v));
	CHECK(value_str(value_at(&v, 0)).p == bytes.p + 2);
	CHECK_STR(value_str(value_at(&v, 1)), S("a\n"));
}

/* What nobody asks for is passed over to its end, whatever stands in it; only of the
 * outermost map, and a text that has no end is still seen. */
TEST(canon_passes_over_what_is_not_wanted)
{
	const struct str keys[] = { S("b"), S("d") };
	const struct str bytes = S("{\"a\":{\"b\":1},\"b\":{\"x\":[\"}\\\"]\",{}]},"
				   "\"c\":2,\"d\":\"\\\\\"}");
	static const struct str cut[] = { S("{\"b\":"), S("{\"b\":\"x"),
		S("{\"b\":\"x\\"), S("{\"b\":\"x\\\""), S("{\"b\":[1"), S("{\"b\":1"),
		S("{\"b\":1]"), S("{\"b\":1,") };
	struct value v;

	CHECK_OK(canon_parse_without(cx, bytes, keys, 2, &v));
	CHECK_STR(canon_str(cx->arena, &v), S("{\"a\":{\"b\":1},\"c\":2}"));
	CHECK_OK(canon_parse_without(cx, S("{\"b\":[],\"d\":1}"), keys, 2, &v));
	CHECK_STR(canon_str(cx->arena, &v), S("{}"));
	for (size_t i = 0; i < sizeof cut / sizeof *cut; i++)
		CHECK(canon_parse_without(cx, str_copy(cx->arena, cut[i]), keys, 2, &v) ==
		      ERR_INPUT);
}

/* More members and items than the reader has room for at first, nested and behind. */
TEST(canon_reads_many_members)
{
	struct value list = value_list(), map = value_map(), back;
	struct str bytes;

	for (int i = 0; i < 300; i++) {
		value_add(cx->arena, &list, value_int(i));
		value_set(cx->arena, &map, str_fmt(cx->arena, "k%d", 300 - i),
		    i % 7 ? value_int(i) : list);
	}
	bytes = canon_str(cx->arena, &map);
	CHECK_OK(canon_parse(cx, bytes, &back));
	CHECK(value_count(&back) == 300);
	CHECK_STR(canon_str(cx->arena, &back), bytes);
}

TEST(canon_digests_of_the_page)
{
	const struct str bytes = S("{\"a\":[true,null],\"b\":1}");
	const struct digest sha256 = digest_of(DIGEST_SHA256, bytes);
	const struct digest sm3 = digest_of(DIGEST_SM3, bytes);

	CHECK_STR(digest_hex(cx->arena, &sha256),
	    S("51705a2c9eb3e7e410a58f696a770c3ac3885a0cf43eb7fc88f5e47c11d4d30d"));
	CHECK_STR(digest_hex(cx->arena, &sm3),
	    S("4d1d617dc83ee77ad7e6f13e96be28777f5abf827b2ee70643b079a871ceec05"));
}

/* Eight bytes are looked at in one go: what is special is found wherever it stands, and
 * what stands beside it is not taken for it. */
TEST(canon_finds_what_is_special_anywhere)
{
	static const unsigned char bytes[] = { 0x01, 0x1F, 0x20, '!', '"', '#', '[', '\\',
		']', 0x7F };
	char text[24];
	struct str s = { text, sizeof text };

	for (size_t i = 0; i + 1 < sizeof text; i++)
		for (size_t k = 0; k < sizeof bytes * sizeof bytes; k++) {
			struct value v = value_text(s), back;

			memset(text, 'x', sizeof text);
			text[i] = (char)bytes[k / sizeof bytes];
			text[i + 1] = (char)bytes[k % sizeof bytes];
			CHECK_OK(canon_parse(cx, canon_str(cx->arena, &v), &back));
			CHECK_STR(value_str(&back), s);
		}
}
