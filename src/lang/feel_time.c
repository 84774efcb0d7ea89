/*
 * Days, times and durations of FEEL: their texts (ISO 8601, XML Schema's spelling), their
 * properties, their arithmetic. There are no zone files here: a named zone is kept as a
 * name, and compares only with itself.
 */
#include "lang/feel_tree.h"

#include "base/buf.h"
#include "base/date.h"

enum { YEAR_MAX = 999999999, HOUR_MS = 3600000, MINUTE_MS = 60000 };
#define INSTANT_DAYS ((int64_t)100000000000) /* whose milliseconds fit */

struct reader {
	struct str s;
	size_t at;
};

static bool
take(struct reader *r, char c)
{
	if (r->at >= r->s.n || r->s.p[r->at] != c)
		return false;
	r->at++;
	return true;
}

/* At least `min`, at most `max` digits. */
static bool
take_digits(struct reader *r, size_t min, size_t max, int64_t *out)
{
	const size_t from = r->at;

	while (r->at < r->s.n && r->at - from < max && r->s.p[r->at] >= '0' &&
	       r->s.p[r->at] <= '9')
		r->at++;
	return r->at - from >= min && str_int(str_sub(r->s, from, r->at), out);
}

/* Milliseconds of ".123"; more digits are cut. */
static bool
take_fraction(struct reader *r, int64_t *ms)
{
	int64_t unit = 100;

	*ms = 0;
	if (!take(r, '.'))
		return true;
	if (r->at >= r->s.n || r->s.p[r->at] < '0' || r->s.p[r->at] > '9')
		return false;
	for (; r->at < r->s.n && r->s.p[r->at] >= '0' && r->s.p[r->at] <= '9'; r->at++) {
		*ms += (r->s.p[r->at] - '0') * unit;
		unit /= 10;
	}
	return true;
}

static bool
take_day(struct reader *r, int64_t *out)
{
	const bool negative = take(r, '-');
	const size_t from = r->at;
	int64_t y, m, d;

	if (!take_digits(r, 4, 9, &y) || (r->at - from > 4 && r->s.p[from] == '0') ||
	    !take(r, '-') || !take_digits(r, 2, 2, &m) || !take(r, '-') ||
	    !take_digits(r, 2, 2, &d))
		return false;
	if (negative)
		y = -y;
	if (m < 1 || m > 12 || d < 1 || d > month_days((int)y, (int)m))
		return false;
	*out = day_of((int)y, (int)m, (int)d);
	return true;
}

static bool
take_zone(struct arena *a, struct reader *r, const struct value_zone **out)
{
	struct value_zone *zone = arena_new(a, struct value_zone);
	int64_t h, m, s = 0;
	bool negative;

	if (r->at == r->s.n)
		return true;
	*out = zone;
	if (take(r, 'Z') || take(r, 'z'))
		return r->at == r->s.n;
	if (take(r, '@')) {
		zone->name = str_sub(r->s, r->at, r->s.n);
		r->at = r->s.n;
		return zone->name.n > 2 && zone->name.p[0] >= 'A' &&
		       zone->name.p[0] <= 'Z';
	}
	negative = r->s.p[r->at] == '-';
	if ((!take(r, '+') && !take(r, '-')) || !take_digits(r, 2, 2, &h) ||
	    !take(r, ':') || !take_digits(r, 2, 2, &m) ||
	    (take(r, ':') && !take_digits(r, 2, 2, &s)))
		return false;
	if (h > 18 || m > 59 || s > 59)
		return false;
	zone->offset_ms = (h * 3600 + m * 60 + s) * (negative ? -1000 : 1000);
	return r->at == r->s.n;
}

static bool
take_time(struct arena *a, struct reader *r, int64_t *ms, const struct value_zone **zone)
{
	int64_t h, m, s, fraction;

	if (!take_digits(r, 2, 2, &h) || !take(r, ':') || !take_digits(r, 2, 2, &m) ||
	    !take(r, ':') || !take_digits(r, 2, 2, &s) || !take_fraction(r, &fraction) ||
	    h > 23 || m > 59 || s > 59)
		return false;
	*ms = h * HOUR_MS + m * MINUTE_MS + s * 1000 + fraction;
	return take_zone(a, r, zone);
}

bool
feel_parse_day(struct str s, int64_t *out)
{
	struct reader r = { s, 0 };

	return take_day(&r, out) && r.at == s.n;
}

bool
feel_parse_time(struct arena *a, struct str s, struct value *out)
{
	struct reader r = { s, 0 };
	const struct value_zone *zone = NULL;
	int64_t ms;

	if (!take_time(a, &r, &ms, &zone))
		return false;
	*out = (struct value){ .kind = V_TIME, .at = { ms, zone } };
	return true;
}

/* From a wall clock; false where the milliseconds would not fit. */
static bool
instant(int64_t day, int64_t ms, const struct value_zone *zone, struct value *out)
{
	if (day > INSTANT_DAYS || day < -INSTANT_DAYS)
		return false;
	ms += day * DAY_MS - (zone ? zone->offset_ms : 0);
	*out = (struct value){ .kind = V_INSTANT, .at = { ms, zone } };
	return true;
}

bool
feel_parse_instant(struct arena *a, struct str s, struct value *out)
{
	const struct value_zone *zone = NULL;
	struct reader r = { s, 0 };
	int64_t day, ms;

	if (!take_day(&r, &day))
		return false;
	if (r.at == s.n)
		return instant(day, 0, NULL, out);
	if (!take(&r, 'T'))
		return false;
	/* ISO 8601 also calls the end of a day 24:00:00 */
	if (str_starts(str_sub(s, r.at, s.n), S("24:00:00"))) {
		r.at += 8;
		return take_zone(a, &r, &zone) && instant(day + 1, 0, zone, out);
	}
	return take_time(a, &r, &ms, &zone) && instant(day, ms, zone, out);
}

/* One part "12H"; false when its letter does not come next. */
static bool
take_part(struct reader *r, char letter, int64_t unit, int64_t *sum, bool *any)
{
	const size_t from = r->at;
	int64_t n;

	if (!take_digits(r, 1, 18, &n) || !take(r, letter)) {
		r->at = from;
		return true;
	}
	*any = true;
	return !__builtin_mul_overflow(n, unit, &n) &&
	       !__builtin_add_overflow(*sum, n, sum);
}

static bool
take_seconds(struct reader *r, int64_t *sum, bool *any)
{
	const size_t from = r->at;
	int64_t n, fraction;

	if (!take_digits(r, 1, 15, &n) || !take_fraction(r, &fraction) || !take(r, 'S')) {
		r->at = from;
		return true;
	}
	*any = true;
	return !__builtin_add_overflow(*sum, n * 1000 + fraction, sum);
}

bool
feel_parse_duration(struct str s, struct value *out)
{
	struct reader r = { s, 0 };
	const bool negative = take(&r, '-');
	int64_t months = 0, ms = 0;
	bool any_months = false, any_ms = false, any_time = false;

	if (!take(&r, 'P') || !take_part(&r, 'Y', 12, &months, &any_months) ||
	    !take_part(&r, 'M', 1, &months, &any_months) ||
	    !take_part(&r, 'D', DAY_MS, &ms, &any_ms))
		return false;
	if (take(&r, 'T')) {
		if (!take_part(&r, 'H', HOUR_MS, &ms, &any_time) ||
		    !take_part(&r, 'M', MINUTE_MS, &ms, &any_time) ||
		    !take_seconds(&r, &ms, &any_time) || !any_time)
			return false;
	}
	if (r.at != s.n || any_months == (any_ms || any_time))
		return false;
	*out = (struct value){ .kind = any_months ? V_MONTHS : V_DURATION,
		.i = (any_months ? months : ms) * (negative ? -1 : 1) };
	return true;
}

bool
feel_parse_at(struct arena *a, struct str s, struct value *out)
{
	int64_t day;

	if (feel_parse_day(s, &day)) {
		*out = value_day(day);
		return true;
	}
	return feel_parse_duration(s, out) || feel_parse_instant(a, s, out) ||
	       feel_parse_time(a, s, out);
}

int64_t
feel_local(const struct value *v)
{
	if (v->kind == V_DAY)
		return v->i > INSTANT_DAYS || v->i < -INSTANT_DAYS ? 0 : v->i * DAY_MS;
	if (v->kind == V_INSTANT && v->at.zone)
		return v->at.ms + v->at.zone->offset_ms;
	return v->i;
}

int64_t
feel_utc(const struct value *v)
{
	if (v->kind == V_TIME && v->at.zone)
		return v->at.ms - v->at.zone->offset_ms;
	return v->kind == V_DAY ? feel_local(v) : v->i;
}

static int64_t
floor_div(int64_t a, int64_t b)
{
	return a / b - (a % b < 0);
}

/* The day and the milliseconds within it, as the wall clock shows. */
static int64_t
split(const struct value *v, int64_t *ms)
{
	const int64_t local = feel_local(v);
	const int64_t day = v->kind == V_DAY ? v->i : floor_div(local, DAY_MS);

	*ms = v->kind == V_DAY ? 0 : local - day * DAY_MS;
	return day;
}

static void
put_day(struct buf *b, int64_t day)
{
	const struct civil c = day_civil(day);
	const int year = c.year < 0 ? -c.year : c.year;

	buf_fmt(b, "%s%04d-%02d-%02d", c.year < 0 ? "-" : "", year, c.month, c.day);
}

static void
put_fraction(struct buf *b, int64_t ms)
{
	if (ms % 100 == 0)
		buf_fmt(b, ".%d", (int)(ms / 100));
	else if (ms % 10 == 0)
		buf_fmt(b, ".%02d", (int)(ms / 10));
	else
		buf_fmt(b, ".%03d", (int)ms);
}

static void
put_zone(struct buf *b, const struct value_zone *zone)
{
	int64_t s;

	if (!zone)
		return;
	if (zone->name.n) {
		buf_fmt(b, "@%.*s", STR_ARG(zone->name));
		return;
	}
	if (!zone->offset_ms) {
		buf_put_byte(b, 'Z');
		return;
	}
	s = (zone->offset_ms < 0 ? -zone->offset_ms : zone->offset_ms) / 1000;
	buf_fmt(b, "%c%02d:%02d", zone->offset_ms < 0 ? '-' : '+', (int)(s / 3600),
	    (int)(s / 60 % 60));
	if (s % 60)
		buf_fmt(b, ":%02d", (int)(s % 60));
}

static void
put_time(struct buf *b, int64_t ms, const struct value_zone *zone)
{
	buf_fmt(b, "%02d:%02d:%02d", (int)(ms / HOUR_MS), (int)(ms / MINUTE_MS % 60),
	    (int)(ms / 1000 % 60));
	if (ms % 1000)
		put_fraction(b, ms % 1000);
	put_zone(b, zone);
}

static void
put_months(struct buf *b, int64_t months)
{
	const uint64_t n = months < 0 ? -(uint64_t)months : (uint64_t)months;

	buf_put_z(b, months < 0 ? "-P" : "P");
	if (n / 12)
		buf_fmt(b, "%lluY", (unsigned long long)(n / 12));
	if (n % 12 || !n)
		buf_fmt(b, "%lluM", (unsigned long long)(n % 12));
}

static void
put_duration(struct buf *b, int64_t ms)
{
	const uint64_t n = ms < 0 ? -(uint64_t)ms : (uint64_t)ms;
	const uint64_t day = (uint64_t)DAY_MS, in_day = n % day;

	buf_put_z(b, ms < 0 ? "-P" : "P");
	if (n / day)
		buf_fmt(b, "%lluD", (unsigned long long)(n / day));
	if (!in_day && n)
		return;
	buf_put_byte(b, 'T');
	if (in_day / HOUR_MS)
		buf_fmt(b, "%dH", (int)(in_day / HOUR_MS));
	if (in_day / MINUTE_MS % 60)
		buf_fmt(b, "%dM", (int)(in_day / MINUTE_MS % 60));
	if (in_day % MINUTE_MS || !n) {
		buf_fmt(b, "%d", (int)(in_day % MINUTE_MS / 1000));
		if (in_day % 1000)
			put_fraction(b, (int64_t)(in_day % 1000));
		buf_put_byte(b, 'S');
	}
}

struct str
feel_time_str(struct arena *a, const struct value *v)
{
	struct buf b = { .arena = a };
	int64_t ms;

	if (v->kind == V_MONTHS) {
		put_months(&b, v->i);
	} else if (v->kind == V_DURATION) {
		put_duration(&b, v->i);
	} else if (v->kind == V_TIME) {
		put_time(&b, v->at.ms, v->at.zone);
	} else {
		put_day(&b, split(v, &ms));
		if (v->kind == V_INSTANT) {
			buf_put_byte(&b, 'T');
			put_time(&b, ms, v->at.zone);
		}
	}
	return buf_str(&b);
}

static bool
duration_property(const struct value *v, struct str name, struct value *out)
{
	static const struct {
		struct str name;
		enum value_kind kind;
		int64_t unit, modulus;
	} rows[] = {
		{ S("years"), V_MONTHS, 12, 0 },
		{ S("months"), V_MONTHS, 1, 12 },
		{ S("days"), V_DURATION, DAY_MS, 0 },
		{ S("hours"), V_DURATION, HOUR_MS, 24 },
		{ S("minutes"), V_DURATION, MINUTE_MS, 60 },
		{ S("seconds"), V_DURATION, 1000, 60 },
	};

	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
		if (v->kind == rows[i].kind && str_eq(name, rows[i].name)) {
			const int64_t n = v->i / rows[i].unit;

			*out = value_int(rows[i].modulus ? n % rows[i].modulus : n);
			return true;
		}
	return false;
}

static bool
clock_property(const struct value *v, struct str name, struct value *out)
{
	int64_t ms;

	split(v, &ms);
	if (str_eq(name, S("hour")))
		*out = value_int(ms / HOUR_MS);
	else if (str_eq(name, S("minute")))
		*out = value_int(ms / MINUTE_MS % 60);
	else if (str_eq(name, S("second")))
		*out = value_int(ms / 1000 % 60);
	else if (str_eq(name, S("time offset")))
		*out = v->at.zone && !v->at.zone->name.n
			   ? (struct value){ .kind = V_DURATION,
				     .i = v->at.zone->offset_ms }
			   : value_null();
	else if (str_eq(name, S("timezone")))
		*out = v->at.zone && v->at.zone->name.n ? value_text(v->at.zone->name)
							: value_null();
	else
		return false;
	return true;
}

static bool
day_property(const struct value *v, struct str name, struct value *out)
{
	int64_t ms;
	const int64_t day = split(v, &ms);
	const struct civil c = day_civil(day);

	if (str_eq(name, S("year")))
		*out = value_int(c.year);
	else if (str_eq(name, S("month")))
		*out = value_int(c.month);
	else if (str_eq(name, S("day")))
		*out = value_int(c.day);
	else if (str_eq(name, S("weekday")))
		*out = value_int(day_weekday(day));
	else
		return false;
	return true;
}

static bool
range_property(const struct feel_range *r, struct str name, struct value *out)
{
	if (str_eq(name, S("start")))
		*out = r->low;
	else if (str_eq(name, S("end")))
		*out = r->high;
	else if (str_eq(name, S("start included")))
		*out = value_bool(r->low_closed);
	else if (str_eq(name, S("end included")))
		*out = value_bool(r->high_closed);
	else
		return false;
	return true;
}

bool
feel_property(
    struct feel_run *run, const struct value *v, struct str name, struct value *out)
{
	(void)run;
	if (v->kind == V_RANGE)
		return range_property(v->range, name, out);
	if (v->kind == V_MONTHS || v->kind == V_DURATION)
		return duration_property(v, name, out);
	if ((v->kind == V_DAY || v->kind == V_INSTANT) && day_property(v, name, out))
		return true;
	return (v->kind == V_TIME || v->kind == V_INSTANT) &&
	       clock_property(v, name, out);
}

struct value
feel_add_months(struct feel_run *run, const struct value *v, int64_t months)
{
	int64_t ms;
	const int64_t day = split(v, &ms), year = day_civil(day).year + months / 12;
	struct value out;

	if (months > 12LL * YEAR_MAX || months < -12LL * YEAR_MAX || year >= YEAR_MAX ||
	    year <= -YEAR_MAX)
		return feel_null(run, "日期超出范围");
	if (v->kind == V_DAY)
		return value_day(day_add_months(day, months));
	if (!instant(day_add_months(day, months), ms, v->at.zone, &out))
		return feel_null(run, "日期超出范围");
	return out;
}

static struct value
shifted(struct feel_run *run, const struct value *v, int64_t ms)
{
	struct value out = *v;
	int64_t days;

	switch (v->kind) {
	case V_DAY:
		days = v->i + floor_div(ms, DAY_MS);
		return days > 365LL * YEAR_MAX || days < -365LL * YEAR_MAX
			   ? feel_null(run, "日期超出范围")
			   : value_day(days);
	case V_TIME:
		out.at.ms = (v->at.ms + ms % DAY_MS + DAY_MS) % DAY_MS;
		return out;
	case V_INSTANT:
		if (__builtin_add_overflow(v->at.ms, ms, &out.at.ms) ||
		    out.at.ms > INSTANT_DAYS * DAY_MS ||
		    out.at.ms < -INSTANT_DAYS * DAY_MS)
			return feel_null(run, "日期超出范围");
		return out;
	case V_NULL:
	case V_BOOL:
	case V_INT:
	case V_DECIMAL:
	case V_TEXT:
	case V_LIST:
	case V_MAP:
	case V_MONTHS:
	case V_DURATION:
	case V_RANGE:
	case V_FUNCTION:
		break;
	}
	return feel_null(run, "这个值不能加减时长");
}

/* Where a named zone's clock stands from another's nobody here knows. */
static bool
zones_known(const struct value *a, const struct value *b)
{
	const struct str x = a->kind != V_DAY && a->at.zone ? a->at.zone->name : S("");
	const struct str y = b->kind != V_DAY && b->at.zone ? b->at.zone->name : S("");

	return str_eq(x, y);
}

/* a - b, both points in time. */
static struct value
difference(struct feel_run *run, const struct value *a, const struct value *b)
{
	const bool zoned_a = a->kind == V_DAY || a->at.zone;
	const bool zoned_b = b->kind == V_DAY || b->at.zone;
	int64_t ms;

	if ((a->kind == V_TIME) != (b->kind == V_TIME) || zoned_a != zoned_b ||
	    !zones_known(a, b))
		return feel_null(run, "这两个值不能相减");
	if (__builtin_sub_overflow(feel_utc(a), feel_utc(b), &ms))
		return feel_null(run, "时长太大");
	return (struct value){ .kind = V_DURATION, .i = ms };
}

static bool
is_point(const struct value *v)
{
	return v->kind == V_DAY || v->kind == V_TIME || v->kind == V_INSTANT;
}

struct value
feel_time_add(
    struct feel_run *run, const struct value *a, const struct value *b, int sign)
{
	if (sign < 0 && is_point(a) && is_point(b))
		return difference(run, a, b);
	if (is_point(a) && b->kind == V_DURATION && b->i != INT64_MIN)
		return shifted(run, a, sign * b->i);
	if ((a->kind == V_DAY || a->kind == V_INSTANT) && b->kind == V_MONTHS &&
	    b->i != INT64_MIN)
		return feel_add_months(run, a, sign * b->i);
	return feel_null(run, "这两种值不能相加减");
}
