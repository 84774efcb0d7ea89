/* Normal forms. */
#include "test.h"

#include "lang/nfc.h"

TEST(nfc_composes_and_refuses)
{
	struct str out;

	CHECK_OK(nfc(cx, S("e\xCC\x81 \xE1\x84\x80\xE1\x85\xA1"), &out));
	CHECK_STR(out, S("é 가"));
	CHECK_OK(nfc(cx, S(""), &out));
	CHECK_STR(out, S(""));
	CHECK_OK(nfc(cx, S("第(一)条ＡＢ"), &out));
	CHECK_STR(out, S("第(一)条ＡＢ"));
	CHECK(nfc(cx, S("\xC3"), &out) == ERR_INPUT);
	CHECK(nfc(cx, S("a\0b"), &out) == ERR_INPUT);
}

TEST(nfc_fold_for_search)
{
	CHECK_STR(nfkc_fold(cx->arena, S("ＡＢｃ（１）㈠")), S("abc(1)(一)"));
}
