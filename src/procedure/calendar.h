/*
 * Calendar: which day is a workday. Saturday and Sunday are off unless the yearly notice
 * of the State Council's General Office (国务院办公厅关于节假日安排的通知) says
 * otherwise; other days are workdays unless it says otherwise. The calendar is data and
 * immutable once built.
 *
 * A year whose notice is not known yet is answered from weekends and from what the law
 * itself fixes (全国年节及纪念日放假办法), and every such answer is provisional. So are
 * the last three days of the last year known: five times so far the next year's notice
 * moved them. A year before the first one known is refused: there is nothing to answer
 * from.
 *
 * What a region decides for itself (its feasts, a day off for an emergency) stands over
 * both, whenever its notice comes.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/cx.h"
#include "base/list.h"

/* One day that a notice names, or one that the law fixes. */
struct calendar_entry {
	int64_t day;
	bool is_off;       /* false: a make-up workday (调休上班) */
	struct str name;   /* 国庆节 */
	struct str source; /* the notice's address, or the article that fixes the day */
};

/* A day that is off in every year without notice, such as 1 January. */
struct calendar_fixed {
	int month, day;
	struct str name, source;
};

/* What a calendar is built from; calendar_file.h fills it. Zeroed is the empty one. */
struct calendar_source {
	LIST(int) years; /* those whose notice is known; without gaps, any order */
	LIST(struct calendar_entry) listed;
	LIST(struct calendar_entry) expected; /* of years whose notice is not known */
	LIST(struct calendar_fixed) fixed;
	LIST(struct calendar_entry) local; /* a region's own days, over all others */
};

struct calendar;

struct calendar_day {
	bool is_workday;
	bool is_makeup;      /* a weekend day that is worked */
	bool is_provisional; /* 暂定: the notice that decides is not published yet */
	struct str name;     /* of the holiday; empty for plain workdays and weekends */
	struct str source;   /* empty where nothing but the weekday decides */
};

/*
 * The calendar lives in `keep` and looks into the texts of the source. Refused
 * (ERR_INPUT): no year, a gap between years, a listed day outside of them, a day listed
 * twice, a region that makes people work on a day that the nation has off.
 */
enum err calendar_build(struct cx *cx, struct arena *keep,
    const struct calendar_source *source, struct calendar **out) MUST_USE;

/* ERR_INPUT for a day before the first year known. Any later day is answered. */
enum err calendar_day(struct cx *cx, const struct calendar *cal, int64_t day,
    struct calendar_day *out) MUST_USE;

/* The first day of which the two do not say the same; DAY_NONE when there is none. */
int64_t calendar_difference(
    struct cx *cx, const struct calendar *a, const struct calendar *b);

int calendar_first_year(const struct calendar *cal);
int calendar_last_year(const struct calendar *cal); /* the last whose notice is known */
