/* What a plan's title says of place and years. */
#include "base/date.h"
#include "intake/title.h"
#include "test.h"

static bool
place_is(const char *title, const char *place)
{
	return str_eq(title_place(str_z(title)), str_z(place));
}

TEST(title_places)
{
	CHECK(place_is("安和县法治政府建设实施方案(2026—2030年)", "安和县"));
	CHECK(place_is("宁远市安和区2027年法治政府建设工作要点", "宁远市安和区"));
	CHECK(place_is("北原省人民政府关于促进市场发展的意见", "北原省"));
	CHECK(place_is("南山旗全面推进依法行政工作方案", "南山旗"));
	CHECK(place_is("市区依法行政工作方案", "市区"));
	CHECK(place_is("关于推进社区建设的意见", ""));
	CHECK(place_is("法治政府建设工作方案", ""));
	CHECK(place_is("县", ""));
	CHECK(place_is("", ""));
}

TEST(title_years)
{
	const struct str two = S("安和县法治政府建设实施方案(2026—2030年)");

	CHECK(title_first_day(two) == day_of(2026, 1, 1));
	CHECK(title_last_day(two) == day_of(2030, 12, 31));
	CHECK(title_last_day(S("2027年工作要点")) == day_of(2027, 12, 31));
	CHECK(title_first_day(S("第1234号令的实施方案")) == DAY_NONE);
	CHECK(title_last_day(S("实施方案")) == DAY_NONE);
}
