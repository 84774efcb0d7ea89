/* Civil calendar arithmetic on day numbers (Howard Hinnant's well-known era formulas). */
#include "base/date.h"

#include <stdint.h>

int64_t
day_of(int year, int month, int day)
{
	const int64_t y = month <= 2 ? year - 1 : year;
	const int64_t era = (y >= 0 ? y : y - 399) / 400;
	const int64_t yoe = y - era * 400;
	const int64_t doy = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
	const int64_t doe = yoe * 365 + yoe / 4 - yoe / 100 + doy;

	return era * 146097 + doe - 719468;
}

struct civil
day_civil(int64_t day)
{
	const int64_t z = day + 719468;
	const int64_t era = (z >= 0 ? z : z - 146096) / 146097;
	const int64_t doe = z - era * 146097;
	const int64_t yoe = (doe - doe / 1460 + doe / 36524 - doe / 146096) / 365;
	const int64_t doy = doe - (365 * yoe + yoe / 4 - yoe / 100);
	const int64_t mp = (5 * doy + 2) / 153;
	const int month = (int)(mp < 10 ? mp + 3 : mp - 9);

	return (struct civil){ (int)(yoe + era * 400) + (month <= 2), month,
		(int)(doy - (153 * mp + 2) / 5 + 1) };
}

static int64_t
floor_div(int64_t a, int64_t b)
{
	return a / b - (a % b < 0);
}

int
day_weekday(int64_t day)
{
	const int64_t d = day + 3;

	return (int)(d - floor_div(d, 7) * 7) + 1;
}

int
month_days(int year, int month)
{
	static const int days[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };

	if (month == 2 && year % 4 == 0 && (year % 100 != 0 || year % 400 == 0))
		return 29;
	return days[month - 1];
}

enum { ZONE_MS = 8 * 3600 * 1000 };

int64_t
day_of_ms(int64_t ms)
{
	return floor_div(ms + ZONE_MS, DAY_MS);
}

int64_t
ms_of_day(int64_t day)
{
	return day * DAY_MS - ZONE_MS;
}

int64_t
day_add_months(int64_t day, int64_t months)
{
	const struct civil c = day_civil(day);
	const int64_t m = (int64_t)c.year * 12 + c.month - 1 + months;
	const int year = (int)floor_div(m, 12);
	const int month = (int)(m - (int64_t)year * 12) + 1;
	const int last = month_days(year, month);

	return day_of(year, month, c.day < last ? c.day : last);
}

bool
day_parse(struct str s, int64_t *out)
{
	int64_t y, m, d;

	if (s.n != 10 || s.p[4] != '-' || s.p[7] != '-' ||
	    !str_int(str_sub(s, 0, 4), &y) || !str_int(str_sub(s, 5, 7), &m) ||
	    !str_int(str_sub(s, 8, 10), &d))
		return false;
	if (y < 1900 || y > 2200 || m < 1 || m > 12 || d < 1 ||
	    d > month_days((int)y, (int)m))
		return false;
	*out = day_of((int)y, (int)m, (int)d);
	return true;
}

struct str
day_iso(struct arena *a, int64_t day)
{
	const struct civil c = day_civil(day);

	return str_fmt(a, "%04d-%02d-%02d", c.year, c.month, c.day);
}

struct str
day_chinese(struct arena *a, int64_t day)
{
	const struct civil c = day_civil(day);

	return str_fmt(a, "%d年%d月%d日", c.year, c.month, c.day);
}

struct str
ms_iso(struct arena *a, int64_t ms)
{
	const struct civil c = day_civil(day_of_ms(ms));
	const int64_t s = (ms - ms_of_day(day_of_ms(ms))) / 1000;

	return str_fmt(a, "%04d-%02d-%02d %02d:%02d:%02d", c.year, c.month, c.day,
	    (int)(s / 3600), (int)(s / 60 % 60), (int)(s % 60));
}
