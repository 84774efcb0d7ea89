/*
 * The listed days stand sorted in one array; a look-up is a binary search, and a day that
 * is not found is decided by its weekday.
 */
#include "procedure/calendar.h"

#include <stdlib.h>

#include "base/bug.h"
#include "base/date.h"

struct calendar {
	int first_year, last_year;
	const struct calendar_entry *listed, *expected, *local; /* by day */
	size_t nlisted, nexpected, nlocal;
	const struct calendar_fixed *fixed;
	size_t nfixed;
};

/* The notice of a year may move rest days of the December before (2007, 2011, 2018,
 * 2022). */
enum { UNSETTLED_FROM_DECEMBER = 29 };

static int
by_day(const void *a, const void *b)
{
	const struct calendar_entry *x = a, *y = b;

	return (x->day > y->day) - (x->day < y->day);
}

static int
by_year(const void *a, const void *b)
{
	const int *x = a, *y = b;

	return (*x > *y) - (*x < *y);
}

static const struct calendar_entry *
sorted(struct arena *keep, const struct calendar_entry *v, size_t n)
{
	struct calendar_entry *copy = arena_array(keep, struct calendar_entry, n);

	if (n) {
		memcpy(copy, v, n * sizeof *v);
		qsort(copy, n, sizeof *copy, by_day);
	}
	return copy;
}

static enum err
check_years(struct cx *cx, const struct calendar_source *source, struct calendar *cal)
{
	const size_t n = source->years.n;
	int *years = arena_array(cx->arena, int, n ? n : 1);

	if (!n)
		return fail(cx, ERR_INPUT, "没有任何年度的放假安排数据");
	memcpy(years, source->years.v, n * sizeof *years);
	qsort(years, n, sizeof *years, by_year);
	for (size_t i = 1; i < n; i++) {
		if (years[i] == years[i - 1])
			return fail(cx, ERR_INPUT, "%d年的放假安排重复", years[i]);
		if (years[i] != years[i - 1] + 1)
			return fail(
			    cx, ERR_INPUT, "缺少%d年的放假安排", years[i - 1] + 1);
	}
	cal->first_year = years[0];
	cal->last_year = years[n - 1];
	return ERR_OK;
}

static enum err
check_listed(struct cx *cx, const struct calendar *cal)
{
	for (size_t i = 0; i < cal->nlisted; i++) {
		const struct calendar_entry *e = &cal->listed[i];
		const int year = day_civil(e->day).year;
		const struct str iso = day_iso(cx->arena, e->day);

		if (year < cal->first_year || year > cal->last_year)
			return fail(cx, ERR_INPUT, "%.*s 不在放假安排数据的年度之内",
			    STR_ARG(iso));
		if (i && cal->listed[i - 1].day == e->day)
			return fail(cx, ERR_INPUT, "%.*s 在放假安排中重复", STR_ARG(iso));
	}
	return ERR_OK;
}

static const struct calendar_entry *
find(const struct calendar_entry *v, size_t n, int64_t day)
{
	const struct calendar_entry key = { .day = day };

	return n ? bsearch(&key, v, n, sizeof *v, by_day) : NULL;
}

static enum err
check_local(struct cx *cx, const struct calendar *cal)
{
	for (size_t i = 0; i < cal->nlocal; i++) {
		const struct calendar_entry *e = &cal->local[i];
		const struct calendar_entry *listed = find(
		    cal->listed, cal->nlisted, e->day);
		const struct str iso = day_iso(cx->arena, e->day);

		if (i && cal->local[i - 1].day == e->day)
			return fail(
			    cx, ERR_INPUT, "%.*s 在地方放假安排中重复", STR_ARG(iso));
		if (!e->is_off && listed && listed->is_off)
			return fail(cx, ERR_INPUT,
			    "%.*s 国家已安排放假（%.*s），地方不能改为上班", STR_ARG(iso),
			    STR_ARG(listed->name));
	}
	return ERR_OK;
}

enum err
calendar_build(struct cx *cx, struct arena *keep, const struct calendar_source *source,
    struct calendar **out)
{
	struct calendar *cal = arena_new(keep, struct calendar);
	struct calendar_fixed *fixed = arena_array(
	    keep, struct calendar_fixed, source->fixed.n);

	TRY(check_years(cx, source, cal));
	cal->listed = sorted(keep, source->listed.v, source->listed.n);
	cal->nlisted = source->listed.n;
	TRY(check_listed(cx, cal));
	cal->local = sorted(keep, source->local.v, source->local.n);
	cal->nlocal = source->local.n;
	TRY(check_local(cx, cal));
	cal->expected = sorted(keep, source->expected.v, source->expected.n);
	cal->nexpected = source->expected.n;
	if (source->fixed.n)
		memcpy(fixed, source->fixed.v, source->fixed.n * sizeof *fixed);
	cal->fixed = fixed;
	cal->nfixed = source->fixed.n;
	*out = cal;
	return ERR_OK;
}

static struct calendar_day
decided(const struct calendar_entry *e)
{
	return (struct calendar_day){ .is_workday = !e->is_off,
		.is_makeup = !e->is_off && day_weekday(e->day) > 5,
		.name = e->name,
		.source = e->source };
}

static struct calendar_day
settled(const struct calendar *cal, int64_t day)
{
	const struct calendar_entry *e = find(cal->listed, cal->nlisted, day);

	return e ? decided(e)
		 : (struct calendar_day){ .is_workday = day_weekday(day) <= 5 };
}

static struct calendar_day
expected(const struct calendar *cal, int64_t day)
{
	const struct calendar_entry *e = find(cal->expected, cal->nexpected, day);
	const struct civil c = day_civil(day);

	if (e)
		return (struct calendar_day){ .name = e->name, .source = e->source };
	for (size_t i = 0; i < cal->nfixed; i++) {
		const struct calendar_fixed *f = &cal->fixed[i];

		if (f->month == c.month && f->day == c.day)
			return (
			    struct calendar_day){ .name = f->name, .source = f->source };
	}
	return (struct calendar_day){ .is_workday = day_weekday(day) <= 5 };
}

enum err
calendar_day(
    struct cx *cx, const struct calendar *cal, int64_t day, struct calendar_day *out)
{
	const struct calendar_entry *local = find(cal->local, cal->nlocal, day);
	const struct civil c = day_civil(day);

	if (c.year < cal->first_year)
		return fail(cx, ERR_INPUT,
		    "没有%d年的放假安排数据（数据自%d年起），不能计算", c.year,
		    cal->first_year);
	if (c.year > cal->last_year) {
		*out = local ? decided(local) : expected(cal, day);
		out->is_provisional = true;
		return ERR_OK;
	}
	*out = local ? decided(local) : settled(cal, day);
	out->is_provisional = c.year == cal->last_year && c.month == 12 &&
			      c.day >= UNSETTLED_FROM_DECEMBER;
	return ERR_OK;
}

enum { HORIZON_YEAR = 2060 }; /* further feasts are in no file */

int64_t
calendar_difference(struct cx *cx, const struct calendar *a, const struct calendar *b)
{
	const int first = a->first_year > b->first_year ? a->first_year : b->first_year;
	const int64_t end = day_of(HORIZON_YEAR, 1, 1);

	for (int64_t day = day_of(first, 1, 1); day < end; day++) {
		struct calendar_day x = { 0 }, y = { 0 };

		if (calendar_day(cx, a, day, &x) != ERR_OK ||
		    calendar_day(cx, b, day, &y) != ERR_OK)
			return day;
		if (x.is_workday != y.is_workday || x.is_provisional != y.is_provisional)
			return day;
	}
	return DAY_NONE;
}

int
calendar_first_year(const struct calendar *cal)
{
	return cal->first_year;
}

int
calendar_last_year(const struct calendar *cal)
{
	return cal->last_year;
}
