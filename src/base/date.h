/*
 * Days are numbers since 1970-01-01, at UTC+8 (China has one zone and no summer time);
 * instants are milliseconds since 1970-01-01T00:00Z. No time_t, no zone files, no locale.
 */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/str.h"

enum { DAY_NONE = INT32_MIN }; /* "no day" where a day may be absent */
#define DAY_MS ((int64_t)86400000)

struct civil {
	int year, month, day; /* 1..12, 1..31 */
};

int64_t day_of(
    int year, int month, int day); /* proleptic Gregorian; arguments must be valid */
struct civil day_civil(int64_t day);
int day_weekday(int64_t day); /* 1 Monday .. 7 Sunday */
int month_days(int year, int month);
int64_t day_of_ms(int64_t ms);  /* the day at UTC+8 */
int64_t ms_of_day(int64_t day); /* its first instant at UTC+8 */

/* Same-numbered day of the target month, or its last (民法典 202). */
int64_t day_add_months(int64_t day, int64_t months);

/* "2026-09-21"; false when it is not a real day of the years 1900..2200. */
bool day_parse(struct str s, int64_t *out);
struct str day_iso(struct arena *a, int64_t day);     /* 2026-09-21 */
struct str day_chinese(struct arena *a, int64_t day); /* 2026年9月21日 */
struct str ms_iso(struct arena *a, int64_t ms);       /* 2026-09-21 08:05:00 at UTC+8 */
