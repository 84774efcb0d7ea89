#include "base/arena.h"
#include "test.h"
#include "web/mhd.h"
#include "web/shelf.h"

static bool
kept(struct shelf *s, struct str key, struct ready **page)
{
	struct exchange x = { 0 };
	const bool found = shelf_take(s, &x, key);

	CHECK(found == (x.res.ready != NULL) && (!found || x.res.status == 200));
	if (page)
		*page = x.res.ready;
	ready_drop(x.res.ready);
	arena_free(&x.arena);
	return found;
}

TEST(shelf_gives_back_what_was_kept_under_the_same_key_only)
{
	struct exchange x = { 0 };
	struct shelf *s = shelf_open();
	struct ready *first, *again;

	respond(&x, 200, S("text/html"), S("page"));
	shelf_keep(s, &x, S("7 /open"));
	CHECK(kept(s, S("7 /open"), &first));
	CHECK(kept(s, S("7 /open"), &again) && first == again);
	CHECK(!kept(s, S("8 /open"), NULL));
	CHECK(!kept(s, S(""), NULL));
	shelf_close(s);
	arena_free(&x.arena);
}

/* 0: by its key only; else what it is answered with. */
static int
now(struct shelf *s, struct str target, const struct shelf_moment *moment, struct str has)
{
	struct exchange x = { .moment = moment, .req.target = target };

	if (has.n)
		params_add(&x.arena, &x.req.headers, S("if-none-match"), has);
	shelf_take_now(s, &x);
	ready_drop(x.res.ready);
	arena_free(&x.arena);
	return x.res.status;
}

TEST(shelf_answers_at_once_while_nothing_was_committed)
{
	struct shelf_moment kept_at = { .mark = { "a" }, .day = 7 }, later = kept_at,
			    tomorrow = kept_at;
	struct exchange x = { .moment = &kept_at, .req.target = S("/open") };
	struct shelf *s = shelf_open();

	later.mark.b[DB_MARK_SIZE - 1] = 1;
	tomorrow.day = 8;
	respond(&x, 200, S("text/html"), S("page"));
	respond_header(&x, S("ETag"), S("\"7\""));
	shelf_keep(s, &x, S("7 /open"));
	CHECK(now(s, S("/open"), &kept_at, S("")) == 200);
	CHECK(now(s, S("/open"), &kept_at, S("\"7\"")) == 304);
	CHECK(now(s, S("/open"), &kept_at, S("\"6\"")) == 200);
	CHECK(now(s, S("/open/1"), &kept_at, S("")) == 0);
	CHECK(now(s, S("/open"), &later, S("")) == 0);
	CHECK(now(s, S("/open"), &tomorrow, S("")) == 0);
	CHECK(now(s, S("/open"), NULL, S("")) == 0);
	/* Found by its key after a commit that changed nothing of it: true of now again.
	 */
	x.moment = &later;
	CHECK(shelf_take(s, &x, S("7 /open")));
	ready_drop(x.res.ready);
	CHECK(now(s, S("/open"), &later, S("")) == 200);
	CHECK(now(s, S("/open"), &kept_at, S("")) == 0);
	shelf_close(s);
	arena_free(&x.arena);
}

TEST(shelf_keeps_no_failures_and_nothing_too_large)
{
	struct exchange x = { 0 };
	struct shelf *s = shelf_open();

	respond(&x, 500, S("text/html"), S("failed"));
	shelf_keep(s, &x, S("a"));
	CHECK(!kept(s, S("a"), NULL));
	respond(&x, 200, S("text/html"),
	    (struct str){
		arena_alloc(cx->arena, SHELF_PAGE_MAX + 1), SHELF_PAGE_MAX + 1 });
	shelf_keep(s, &x, S("a"));
	CHECK(!kept(s, S("a"), NULL));
	shelf_close(s);
	arena_free(&x.arena);
}

TEST(shelf_gives_up_the_place_used_longest_ago)
{
	struct exchange x = { 0 };
	struct shelf *s = shelf_open();

	respond(&x, 200, S("text/html"), S("page"));
	for (int i = 0; i < SHELF_PLACES; i++)
		shelf_keep(s, &x, str_fmt(cx->arena, "%d", i));
	CHECK(kept(s, S("0"), NULL)); /* used again: 1 is the oldest now */
	shelf_keep(s, &x, S("one more"));
	CHECK(kept(s, S("0"), NULL));
	CHECK(!kept(s, S("1"), NULL));
	CHECK(kept(s, S("one more"), NULL));
	shelf_close(s);
	arena_free(&x.arena);
}
