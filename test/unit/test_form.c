/* Forms, cookies and addresses as they come from outside. */
#include "test.h"
#include "web/form.h"

TEST(form_reads_pairs)
{
	struct params p = { 0 };

	CHECK_OK(form_parse(cx, S("a=1&b=%E4%B8%AD+%2B&a=2&&c&d=x%0D%0Ay"), &p));
	CHECK(p.n == 5);
	CHECK_STR(params_get(&p, S("a")), S("1"));
	CHECK(params_has_value(&p, S("a"), S("2")));
	CHECK_STR(params_get(&p, S("b")), S("中 +"));
	CHECK(params_has(&p, S("c")) && !params_has(&p, S("e")));
	CHECK_STR(params_get(&p, S("d")), S("x\ny"));
}

TEST(form_refuses_what_is_not_text)
{
	struct params p = { 0 };

	CHECK(form_parse(cx, S("a=%E4%B8"), &p) == ERR_INPUT);
	CHECK(form_parse(cx, S("a=%00"), &p) == ERR_INPUT);
	CHECK(form_parse(cx, S("a=%4"), &p) == ERR_INPUT);
	CHECK(form_parse(cx, S("a=%zz"), &p) == ERR_INPUT);
}

TEST(form_limits_the_number_of_fields)
{
	struct buf b = { .arena = cx->arena };
	struct params p = { 0 };

	for (int i = 0; i <= FIELDS_MAX; i++)
		buf_put_z(&b, "a=1&");
	CHECK(form_parse(cx, buf_str(&b), &p) == ERR_INPUT);
}

TEST(cookies_are_read_leniently)
{
	struct params p = { 0 };

	cookies_parse(cx->arena, S("type=large; session=ab=c; junk;x= y "), &p);
	CHECK_STR(params_get(&p, S("type")), S("large"));
	CHECK_STR(params_get(&p, S("session")), S("ab=c"));
	CHECK_STR(params_get(&p, S("x")), S("y"));
	CHECK(p.n == 3);
}

TEST(url_of_pairs)
{
	CHECK_STR(url_query(cx->arena, S("/ledger"), { S("unit"), S("司 局") },
		      { S("q"), S("") }, { S("n"), S("1&2") }),
	    S("/ledger?unit=%E5%8F%B8%20%E5%B1%80&n=1%262"));
}

TEST(path_of_our_own)
{
	CHECK(path_is_own(S("/")) && path_is_own(S("/a?b=c")));
	CHECK(!path_is_own(S("//evil.example")) && !path_is_own(S("/\\evil")) &&
	      !path_is_own(S("http://x")) && !path_is_own(S("/a\r\nb")) &&
	      !path_is_own(S("")));
}
