/* Fields show what was posted, what was wrong, and read days as people write them. */
#include "test.h"
#include "web/exchange.h"
#include "web/field.h"

static struct exchange *
posted(struct cx *cx)
{
	struct exchange *x = arena_new(cx->arena, struct exchange);

	x->cx = *cx;
	x->req.method = HTTP_POST;
	return x;
}

TEST(field_keeps_what_was_typed_and_says_what_is_wrong)
{
	struct exchange *x = posted(cx);
	struct html *h = html_new(cx->arena, x);

	params_add(cx->arena, &x->req.form, S("text"), S("<b>"));
	*list_add(cx->arena, &x->cx.refusals) = (struct refusal){ .field = S("text"),
		.message = S("太短") };
	error_summary(h);
	field_text(h, .name = S("text"), .label = S("内容"), .value = S("stored"),
	    .basis = S("某法/1"));
	const struct str page = html_done(h).trusted;
	CHECK(str_has(page, S("value=\"&lt;b&gt;\"")));
	CHECK(str_has(page, S("href=\"#text\"")));
	CHECK(str_has(page, S("aria-describedby=\"text-error text-basis\"")));
	CHECK(str_has(page, S("aria-invalid=\"true\"")));
	CHECK(!str_has(page, S("stored")));
}

TEST(field_password_is_never_shown_again)
{
	struct exchange *x = posted(cx);
	struct html *h = html_new(cx->arena, x);

	params_add(cx->arena, &x->req.form, S("password"), S("secret"));
	field_password(h, .name = S("password"), .label = S("密码"));
	CHECK(!str_has(html_done(h).trusted, S("secret")));
}

static int64_t
day(struct str s)
{
	int64_t out = DAY_NONE;

	day_read(s, &out);
	return out;
}

TEST(day_read_as_people_write)
{
	const int64_t want = day_of(2026, 9, 1);

	CHECK(day(S("2026-09-01")) == want);
	CHECK(day(S("2026-9-1")) == want);
	CHECK(day(S("20260901")) == want);
	CHECK(day(S(" 2026.9.1 ")) == want);
	CHECK(day(S("2026/09/01")) == want);
	CHECK(day(S("2026年9月1日")) == want);
	CHECK(day(S("２０２６年９月１日")) == want);
}

TEST(day_read_refuses)
{
	static const char *const bad[] = { "", "2026", "2026-9", "2026-02-30", "26-9-1",
		"2026-9-1-1", "20260931", "2026-09-01x", "2026年9月1日日", "--",
		"2026--1", "202609011", "1899-12-31" };

	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
		if (day(str_z(bad[i])) != DAY_NONE)
			test_fail_str(
			    __FILE__, __LINE__, "taken as a day", str_z(bad[i]), S(""));
}
