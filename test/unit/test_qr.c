/* QR codes: well-formed, a quiet zone, the three corners; what does not fit is refused.
 * Whether a reader understands them is the affair of test/rights/account.sh. */
#include "test.h"

#include "lang/xml.h"
#include "out/qr.h"

TEST(qr_is_drawn)
{
	struct xml_node *root = NULL;
	struct str svg;

	CHECK_OK(qr_svg(cx, S("otpauth://totp/a:b?secret=ABC"), S("甲 & 乙"), &svg));
	CHECK_OK(xml_parse(cx, svg, &root));
	CHECK_STR(xml_attribute(root, S("aria-label")), S("甲 & 乙"));
	/* Version 3 has 29 modules; a corner is seven squares wide, behind the zone. */
	CHECK_STR(xml_attribute(root, S("viewBox")), S("0 0 37 37"));
	CHECK(str_has(svg, S("M4 4h7v1h-7z")));
	CHECK(str_has(svg, S("M26 4h7v1h-7z")));
	CHECK(str_has(svg, S("M4 32h7v1h-7z")));
	CHECK(!str_has(svg, S("M3 ")));
}

TEST(qr_refuses_what_does_not_fit)
{
	const struct str long_one = { arena_alloc(cx->arena, 1001), 1001 };
	struct str svg;

	CHECK(qr_svg(cx, S(""), S("x"), &svg) == ERR_INPUT);
	CHECK(qr_svg(cx, long_one, S("x"), &svg) == ERR_INPUT);
}
