#include "base/arena.h"
#include "test.h"
#include "web/shelf.h"

static bool
kept(struct cx *cx, struct shelf *s, struct str key, struct str *body)
{
	struct exchange x = { 0 };
	const bool found = shelf_take(s, &x, key);

	*body = str_copy(cx->arena, x.res.body);
	arena_free(&x.arena);
	return found;
}

TEST(shelf_gives_back_what_was_kept_under_the_same_key_only)
{
	struct exchange x = { 0 };
	struct shelf *s = shelf_open();
	struct str body;

	respond(&x, 200, S("text/html"), S("first"));
	shelf_keep(s, &x, S("7 /open"));
	CHECK(kept(cx, s, S("7 /open"), &body));
	CHECK_STR(body, S("first"));
	CHECK(!kept(cx, s, S("8 /open"), &body));
	CHECK(!kept(cx, s, S(""), &body));
	respond(&x, 200, S("text/html"), S("second"));
	shelf_keep(s, &x, S("7 /open"));
	CHECK(kept(cx, s, S("7 /open"), &body));
	CHECK_STR(body, S("second"));
	shelf_close(s);
	arena_free(&x.arena);
}

TEST(shelf_keeps_no_failures_and_nothing_too_large)
{
	struct exchange x = { 0 };
	struct shelf *s = shelf_open();
	struct str body;

	respond(&x, 500, S("text/html"), S("failed"));
	shelf_keep(s, &x, S("a"));
	CHECK(!kept(cx, s, S("a"), &body));
	respond(&x, 200, S("text/html"),
	    (struct str){
		arena_alloc(cx->arena, SHELF_PAGE_MAX + 1), SHELF_PAGE_MAX + 1 });
	shelf_keep(s, &x, S("a"));
	CHECK(!kept(cx, s, S("a"), &body));
	shelf_close(s);
	arena_free(&x.arena);
}

TEST(shelf_gives_up_the_place_used_longest_ago)
{
	struct exchange x = { 0 };
	struct shelf *s = shelf_open();
	struct str body;

	respond(&x, 200, S("text/html"), S("page"));
	for (int i = 0; i < SHELF_PLACES; i++)
		shelf_keep(s, &x, str_fmt(cx->arena, "%d", i));
	CHECK(kept(cx, s, S("0"), &body)); /* used again: 1 is the oldest now */
	shelf_keep(s, &x, S("one more"));
	CHECK(kept(cx, s, S("0"), &body));
	CHECK(!kept(cx, s, S("1"), &body));
	CHECK(kept(cx, s, S("one more"), &body));
	shelf_close(s);
	arena_free(&x.arena);
}
