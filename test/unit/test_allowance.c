/* The bucket: full at first, empty after what it holds, filled again by time alone, each
 * account by itself. */
#include "test.h"

#include "web/allowance.h"

TEST(allowance_ends_and_comes_again)
{
	static struct allowance a;
	const int64_t now = INT64_C(1700000000000);
	int64_t granted = 0;

	allowance_init(&a, 600);
	while (!allowance_take(&a, S("li"), COST_PAGE, now))
		granted++;
	CHECK(granted == 600);
	CHECK(allowance_take(&a, S("li"), COST_PAGE, now) == 1);
	CHECK(allowance_take(&a, S("li"), COST_EXPORT, now) == 5); /* ten a second */
	CHECK(allowance_take(&a, S("wang"), COST_EXPORT, now) == 0);
	CHECK(allowance_take(&a, S("li"), COST_EXPORT, now + 4999) == 1);
	CHECK(allowance_take(&a, S("li"), COST_EXPORT, now + 5000) == 0);
	CHECK(allowance_take(&a, S("li"), COST_PAGE, now + 5000) == 1);
	/* A clock that was set back brings nothing and takes nothing. */
	CHECK(allowance_take(&a, S("li"), COST_PAGE, now - 60000) == 1);
	CHECK(allowance_take(&a, S("li"), COST_PAGE, now - 59900) == 0);
}

TEST(allowance_of_any_amount)
{
	static struct allowance a;

	allowance_init(&a, 0);
	for (int i = 0; i < 10000; i++)
		if (allowance_take(&a, S("li"), COST_EXPORT, 1))
			CHECK(false);
}
