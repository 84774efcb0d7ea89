/* Addresses against a table of routes. */
#include "test.h"
#include "web/route.h"

static void
nothing(struct exchange *x)
{
	(void)x;
}

static const struct route v[] = {
	{ HTTP_GET, "/", nothing, .title = WORD_NONE },
	{ HTTP_GET, "/task/new", nothing, .title = WORD_NONE },
	{ HTTP_GET, "/task/{id}", nothing, .title = WORD_NONE },
	{ HTTP_POST, "/task/{id}/{action}", nothing, .title = WORD_NONE },
};
static const struct route_table table = { v, 4 };

TEST(route_first_that_fits)
{
	struct str args[4] = { 0 };
	bool other;

	CHECK(route_find(&table, HTTP_GET, S("/"), args, &other) == &v[0]);
	CHECK(route_find(&table, HTTP_GET, S("/task/new"), args, &other) == &v[1]);
	CHECK(route_find(&table, HTTP_HEAD, S("/task/17"), args, &other) == &v[2]);
	CHECK_STR(args[0], S("17"));
	CHECK(route_find(&table, HTTP_POST, S("/task/17/report"), args, &other) == &v[3]);
	CHECK_STR(args[1], S("report"));
}

TEST(route_tells_wrong_method_from_nothing)
{
	struct str args[4] = { 0 };
	bool other;

	CHECK(!route_find(&table, HTTP_POST, S("/task/17"), args, &other) && other);
	CHECK(!route_find(&table, HTTP_GET, S("/task/"), args, &other) && !other);
	CHECK(!route_find(&table, HTTP_GET, S("/task"), args, &other) && !other);
	CHECK(!route_find(&table, HTTP_GET, S("/task/1/2/3"), args, &other) && !other);
}
