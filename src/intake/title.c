/*
 * Titles are formulas: PLACE (ORGAN) SUBJECT KIND (YEARS). Only the two ends are read
 * here.
 */
#include "intake/title.h"

#include "base/date.h"

/* The first four-digit year of the title, or the last; 0 when there is none. */
static int64_t
year_in(struct str title, bool last)
{
	int64_t found = 0;

	for (size_t i = 0; i + 4 <= title.n; i++) {
		int64_t year;

		if (title.p[i] < '1' || title.p[i] > '2' ||
		    !str_int(str_sub(title, i, i + 4), &year) || year < 1990 ||
		    year > 2099)
			continue;
		if (!found || last)
			found = year;
		i += 3;
	}
	return found;
}

int64_t
title_first_day(struct str title)
{
	const int64_t year = year_in(title, false);

	return year ? day_of((int)year, 1, 1) : DAY_NONE;
}

int64_t
title_last_day(struct str title)
{
	const int64_t year = year_in(title, true);

	return year ? day_of((int)year, 12, 31) : DAY_NONE;
}

/* What a place's name ends with, and what comes after a place in a title: the subject of
 * a plan may hold such characters again (…促进市场…). */
static const char *const ends[] = { "省", "市", "县", "区", "旗", "州", "盟" };
static const char *const subjects[] = { "法治", "依法", "人民政府", "党政", "关于",
	"推进", "创建", "建设", "贯彻", "落实", "全面", "实施" };

static size_t
subject_begin(struct str title)
{
	size_t first = title.n;

	for (size_t i = 0; i < sizeof subjects / sizeof *subjects; i++) {
		const size_t at = str_find(title, str_z(subjects[i]), 0);

		if (at < first)
			first = at;
	}
	for (size_t i = 0; i < first; i++)
		if ((unsigned char)title.p[i] < 0x80) /* 2026年…, a blank, a bracket */
			return i;
	return first;
}

struct str
title_place(struct str title)
{
	const struct str head = str_sub(title, 0, subject_begin(title));
	size_t end = 0;

	for (size_t i = 0; i < sizeof ends / sizeof *ends; i++) {
		const size_t at = str_rfind(head, str_z(ends[i]));

		if (at != SIZE_MAX && at && at + strlen(ends[i]) > end)
			end = at + strlen(ends[i]);
	}
	return str_sub(head, 0, end);
}
