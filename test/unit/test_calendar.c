/* The calendar: our own data against published facts, and what is refused. */
#include "test.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/date.h"
#include "base/list.h"
#include "cli/lawdir.h"
#include "procedure/calendar.h"
#include "procedure/calendar_file.h"

static struct calendar *
ours(struct cx *cx)
{
	struct calendar *cal = NULL;

	CHECK_OK(lawdir_calendar(cx, S("law"), &cal));
	return cal;
}

static struct calendar_day
day(struct cx *cx, const struct calendar *cal, const char *iso)
{
	struct calendar_day d = { 0 };
	int64_t n = 0;

	CHECK(day_parse(str_z(iso), &n));
	CHECK_OK(calendar_day(cx, cal, n, &d));
	return d;
}

TEST(calendar_2026_as_published)
{
	struct calendar *cal = ours(cx);
	struct calendar_day d;
	int workdays = 0;

	for (int64_t n = day_of(2026, 1, 1); n <= day_of(2026, 12, 31); n++) {
		CHECK_OK(calendar_day(cx, cal, n, &d));
		workdays += d.is_workday;
	}
	CHECK(workdays == 248);
	d = day(cx, cal, "2026-10-10");
	CHECK(d.is_workday && d.is_makeup && str_eq(d.name, S("国庆节")));
	CHECK_STR(d.source,
	    S("https://www.gov.cn/zhengce/zhengceku/202511/content_7047091.htm"));
	d = day(cx, cal, "2026-09-25");
	CHECK(!d.is_workday && !d.is_provisional && str_eq(d.name, S("中秋节")));
	d = day(cx, cal, "2026-11-22");
	CHECK(!d.is_workday && !d.name.n && !d.source.n);
	CHECK(calendar_first_year(cal) == 2007 && calendar_last_year(cal) >= 2026);
}

/* What one year's notice says of the December before stands in that year's own file. */
TEST(calendar_december_of_the_year_before)
{
	struct calendar *cal = ours(cx);

	CHECK(day(cx, cal, "2007-12-29").is_makeup);
	CHECK(!day(cx, cal, "2007-12-31").is_workday);
	CHECK(day(cx, cal, "2011-12-31").is_makeup);
	CHECK(!day(cx, cal, "2018-12-31").is_workday);
	CHECK_STR(day(cx, cal, "2018-12-31").source,
	    S("http://www.gov.cn/zhengce/zhengceku/2018-12/06/content_5346276.htm"));
	CHECK(!day(cx, cal, "2022-12-31").is_workday);
}

TEST(calendar_beyond_the_last_notice_is_provisional)
{
	struct calendar_source source = { 0 };
	struct messages m = { .arena = cx->arena, .file = S("t") };
	struct calendar *cal;

	calendar_read(&m, S("year: 2026\nnotices: []\n"), &source);
	calendar_read(&m,
	    S("expected:\n"
	      "  basis: 放假办法\n"
	      "  every-year: { 劳动节: [05-01..05-02] }\n"
	      "  years:\n"
	      "    2027: { 春节: [02-05..02-08] }\n"),
	    &source);
	CHECK_OK(messages_err(cx, &m));
	CHECK_OK(calendar_build(cx, cx->arena, &source, &cal));
	CHECK(!day(cx, cal, "2026-12-28").is_provisional);
	CHECK(day(cx, cal, "2026-12-31").is_provisional);
	CHECK(day(cx, cal, "2026-12-31").is_workday);
	CHECK(!day(cx, cal, "2027-02-08").is_workday);
	CHECK(day(cx, cal, "2027-02-09").is_workday);
	CHECK(day(cx, cal, "2027-02-09").is_provisional);
	CHECK(!day(cx, cal, "2031-05-02").is_workday);
	CHECK_STR(day(cx, cal, "2031-05-01").source, S("放假办法"));
	CHECK(!day(cx, cal, "2031-05-04").is_workday);
}

TEST(calendar_past_without_data_is_refused)
{
	struct calendar *cal = ours(cx);
	struct calendar_day d;

	CHECK(calendar_day(cx, cal, day_of(2006, 12, 31), &d) == ERR_INPUT);
	CHECK(str_has(cx->why, S("2006年")));
}

/* 放假办法 4: a region's own feast stands in the year's file beside the national notice.
 */
TEST(calendar_takes_a_local_notice_beside_the_national_one)
{
	struct calendar_source source = { 0 };
	struct messages m = { .arena = cx->arena, .file = S("t") };
	struct calendar *cal;

	calendar_read(&m,
	    S("year: 2026\nnotices:\n  - address: https://n\n"
	      "    off: { 元旦: [2026-01-01..2026-01-03] }\n"
	      "  - address: https://region\n    off: { 某民族节日: [2026-03-31] }\n"
	      "    work: { 某民族节日: [2026-03-28] }\n"),
	    &source);
	CHECK_OK(messages_err(cx, &m));
	CHECK_OK(calendar_build(cx, cx->arena, &source, &cal));
	CHECK(!day(cx, cal, "2026-01-02").is_workday);
	CHECK(!day(cx, cal, "2026-03-31").is_workday);
	CHECK(day(cx, cal, "2026-03-28").is_makeup);
	CHECK_STR(day(cx, cal, "2026-03-31").source, S("https://region"));
}

static bool
loads(struct cx *cx, const char *const *files, size_t n)
{
	struct calendar_source source = { 0 };
	struct messages m = { .arena = cx->arena, .file = S("t") };
	struct calendar *cal;

	for (size_t i = 0; i < n; i++)
		calendar_read(&m, str_z(files[i]), &source);
	return messages_err(cx, &m) == ERR_OK &&
	       calendar_build(cx, cx->arena, &source, &cal) == ERR_OK;
}

#define LOADS(...)                                      \
	loads(cx, (const char *const[]){ __VA_ARGS__ }, \
	    sizeof((const char *const[]){ __VA_ARGS__ }) / sizeof(char *))
#define NOTICE "notices:\n  - address: https://n\n"

TEST(calendar_bad_data_is_refused)
{
	CHECK(
	    LOADS("year: 2026\n" NOTICE "    off: { 元旦: [2026-01-01..2026-01-03] }\n"));
	/* a gap, a year twice, none */
	CHECK(!LOADS("year: 2024\nnotices: []\n", "year: 2026\nnotices: []\n"));
	CHECK(str_has(cx->why, S("缺少2025年")));
	CHECK(!LOADS("year: 2026\nnotices: []\n", "year: 2026\nnotices: []\n"));
	CHECK(!loads(cx, NULL, 0));
	/* a day of another year, a day twice, no day, a span backwards, an unknown key */
	CHECK(!LOADS("year: 2026\n" NOTICE "    off: { 元旦: [2025-12-31] }\n"));
	CHECK(!LOADS("year: 2026\n" NOTICE
		     "    off: { 元旦: [2026-01-01], 春节: [2026-01-01] }\n"));
	CHECK(!LOADS("year: 2026\n" NOTICE "    off: { 元旦: [2026-02-30] }\n"));
	CHECK(!LOADS(
	    "year: 2026\n" NOTICE "    off: { 元旦: [2026-01-03..2026-01-01] }\n"));
	CHECK(!LOADS("year: 2026\n" NOTICE "    on: { 元旦: [2026-01-01] }\n"));
	/* a make-up workday that is a workday anyway; a notice without address */
	CHECK(!LOADS("year: 2026\n" NOTICE "    work: { 元旦: [2026-01-05] }\n"));
	CHECK(!LOADS("year: 2026\nnotices: [{ off: { 元旦: [2026-01-01] } }]\n"));
}

#define FEAST "title: 某民族节日\nnotice: 某州政办发〔2026〕9号\n"
#define NEW_YEAR                                                                          \
	"year: 2026\n" NOTICE "    off: { 元旦: [2026-01-01..2026-01-03] }\n    work: " \
	"{ 元旦: [2026-01-04] }\n"

/* A region's notice of its own: over the national one and beyond the last year known. */
TEST(calendar_puts_what_a_region_decides_over_the_rest)
{
	static const char *const files[] = { NEW_YEAR,
		"local: 2026-01-04\n" FEAST "off: [2026-01-04..2026-01-05]\n"
		"work: [2026-01-10]\n",
		"local: 2027-03-31\n" FEAST "off: [2027-03-31]\n" };
	struct calendar_source source = { 0 };
	struct messages m = { .arena = cx->arena, .file = S("t") };
	struct calendar_day d;
	struct calendar *cal;

	for (size_t i = 0; i < sizeof files / sizeof *files; i++)
		calendar_read(&m, str_z(files[i]), &source);
	CHECK_OK(messages_err(cx, &m));
	CHECK_OK(calendar_build(cx, cx->arena, &source, &cal));
	CHECK(!day(cx, cal, "2026-01-04").is_workday);
	CHECK(!day(cx, cal, "2026-01-05").is_workday);
	CHECK(day(cx, cal, "2026-01-06").is_workday);
	CHECK(day(cx, cal, "2026-01-10").is_makeup);
	CHECK_STR(day(cx, cal, "2026-01-05").source, S("某州政办发〔2026〕9号"));
	d = day(cx, cal, "2027-03-31");
	CHECK(!d.is_workday && d.is_provisional);
}

TEST(calendar_refuses_a_bad_local_notice)
{
	CHECK(LOADS(NEW_YEAR, "local: 2026-03-31\n" FEAST "off: [2026-03-31]\n"));
	/* called by another day, no day, nothing that says so, an unknown key */
	CHECK(!LOADS(NEW_YEAR, "local: 2026-03-30\n" FEAST "off: [2026-03-31]\n"));
	CHECK(!LOADS(NEW_YEAR, "local: 2026-03-31\n" FEAST));
	CHECK(!LOADS(NEW_YEAR, "local: 2026-03-31\ntitle: 某节\noff: [2026-03-31]\n"));
	CHECK(!LOADS(NEW_YEAR, "local: 2026-03-31\n" FEAST "on: [2026-03-31]\n"));
	/* work on a workday, or on a day that the nation has off; a day in two notices */
	CHECK(!LOADS(NEW_YEAR, "local: 2026-03-31\n" FEAST "work: [2026-03-31]\n"));
	CHECK(!LOADS(NEW_YEAR, "local: 2026-01-03\n" FEAST "work: [2026-01-03]\n"));
	CHECK(str_has(cx->why, S("地方不能改为上班")));
	CHECK(!LOADS(NEW_YEAR, "local: 2026-03-31\n" FEAST "off: [2026-03-31]\n",
	    "local: 2026-03-30\n" FEAST "off: [2026-03-30..2026-03-31]\n"));
}

/* The published lists, day by day: `listed ? isOffDay : weekday`. */
struct listed {
	int64_t day;
	bool is_off;
};
struct listed_days {
	struct listed *v;
	size_t n, cap;
};

static bool
read_published(struct cx *cx, int year, struct listed_days *out)
{
	struct str path = str_fmt(cx->arena, "../shared/data/holidays/%d.json", year);
	FILE *f = fopen(str_cz(cx->arena, path), "re");
	char *text = arena_alloc(cx->arena, 65536);
	struct str rest, item;

	if (!f)
		return false;
	rest = (struct str){ text, fread(text, 1, 65536, f) };
	fclose(f);
	while (str_split(&rest, S("\"date\": \""), &item))
		if (rest.n > 10) {
			struct listed l = { 0 };

			CHECK(day_parse(str_sub(rest, 0, 10), &l.day));
			l.is_off = str_has(str_sub(rest, 0, 50), S("true"));
			*list_add(cx->arena, out) = l;
		}
	return true;
}

TEST(calendar_agrees_with_the_published_lists)
{
	struct calendar *cal = ours(cx);
	struct listed_days published = { 0 };
	struct calendar_day d;
	int compared = 0;

	for (int year = 2007; year <= 2026; year++)
		if (!read_published(cx, year, &published)) {
			test_skip("../shared/data is absent");
			return;
		}
	for (int64_t n = day_of(2007, 1, 1); n <= day_of(2026, 12, 31); n++) {
		bool off = day_weekday(n) > 5;

		for (size_t i = 0; i < published.n; i++)
			if (published.v[i].day == n)
				off = published.v[i].is_off;
		CHECK_OK(calendar_day(cx, cal, n, &d));
		CHECK(d.is_workday == !off);
		compared++;
	}
	CHECK(compared == 7305 && published.n > 600);
}
