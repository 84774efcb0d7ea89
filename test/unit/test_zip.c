/* Archives: what is packed comes back, twice the same bytes; growth and damage end early.
 */
#include "test.h"

#include <string.h>

#include "base/zip.h"

TEST(zip_round_trip)
{
	const struct zip_entry in[] = { { S("a/一.xml"), S("<甲/>") },
		{ S("empty.xml"), S("") }, { S("b.txt"), S("text") } };
	const struct str packed = zip_pack(cx, in, 3);
	struct zip_entries out = { 0 };

	CHECK_STR(packed, zip_pack(cx, in, 3));
	CHECK_OK(zip_unpack(cx, packed, S(""), 1000, &out));
	CHECK(out.n == 3);
	for (size_t i = 0; i < out.n; i++) {
		CHECK_STR(out.v[i].name, in[i].name);
		CHECK_STR(out.v[i].bytes, in[i].bytes);
	}
	CHECK_OK(zip_unpack(cx, packed, S(".xml"), 1000, &out));
	CHECK(
	    out.n == 2 && zip_find(&out, S("empty.xml")) && !zip_find(&out, S("b.txt")));
}

TEST(zip_growth_is_stopped)
{
	char *zeros = arena_alloc(cx->arena, 4 << 20);
	const struct zip_entry in[] = { { S("a"), { zeros, 4 << 20 } },
		{ S("b"), { zeros, 4 << 20 } } };
	const struct str packed = zip_pack(cx, in, 2);
	struct zip_entries out = { 0 };

	CHECK(packed.n < 20000);
	CHECK(zip_unpack(cx, packed, S(""), (8 << 20) - 1, &out) == ERR_INPUT);
	CHECK(str_has(cx->why, S("太大")) && out.n == 0);
	CHECK_OK(zip_unpack(cx, packed, S(""), 8 << 20, &out));
}

/* Every cut and every flipped byte is an answer, never a crash. */
TEST(zip_damage)
{
	const struct zip_entry in = { S("a.xml"), S("<a>甲乙丙丁甲乙丙丁</a>") };
	const struct str packed = zip_pack(cx, &in, 1);
	struct zip_entries out = { 0 };
	size_t refused = 0;

	for (size_t n = 0; n < packed.n; n++)
		CHECK(zip_unpack(cx, str_sub(packed, 0, n), S(""), 1000, &out) ==
		      ERR_INPUT);
	for (size_t i = 0; i < packed.n; i++) {
		char *bad = arena_copy(cx->arena, packed.p, packed.n);

		bad[i] = (char)(bad[i] ^ 0x55);
		if (zip_unpack(cx, (struct str){ bad, packed.n }, S(""), 1000, &out) !=
		    ERR_OK)
			refused++;
		else if (out.n)
			CHECK_STR(out.v[0].bytes, in.bytes);
	}
	CHECK(refused > 40);
	CHECK(zip_unpack(cx, S("text"), S(""), 1000, &out) == ERR_INPUT);
	CHECK(zip_unpack(cx, S(""), S(""), 1000, &out) == ERR_INPUT);
}
