/* Builtin functions on days, times and durations (DMN 1.5 10.3.4.1, 10.3.4.8). */
#include "lang/feel_builtin.h"

#include "base/date.h"

static const struct value_zone utc;

static int64_t
day_part(const struct value *v)
{
	const int64_t local = feel_local(v);

	return v->kind == V_DAY ? v->i : local / DAY_MS - (local % DAY_MS < 0);
}

static struct value
fn_date(struct feel_run *run, struct value *v, size_t n)
{
	int64_t y, m, d, day;

	if (n == 3) {
		if (!feel_arg_int(run, &v[0], &y) || !feel_arg_int(run, &v[1], &m) ||
		    !feel_arg_int(run, &v[2], &d))
			return value_null();
		if (y > 999999999 || y < -999999999 || m < 1 || m > 12 || d < 1 ||
		    d > month_days((int)y, (int)m))
			return feel_null(run, "没有这一天");
		return value_day(day_of((int)y, (int)m, (int)d));
	}
	if (n != 1)
		return feel_null(run, "date 的参数个数不对");
	if (v[0].kind == V_DAY)
		return v[0];
	if (v[0].kind == V_INSTANT)
		return value_day(day_part(&v[0]));
	if (v[0].kind == V_TEXT && feel_parse_day(v[0].s, &day))
		return value_day(day);
	return feel_null(run, "不是日期");
}

/* A zone from an offset; NULL for null. False: no duration, or too far. */
static bool
zone_of(struct feel_run *run, const struct value *v, const struct value_zone **out)
{
	struct value_zone *zone;

	*out = NULL;
	if (v->kind == V_NULL)
		return true;
	if (v->kind != V_DURATION || v->i > 18 * 3600000 || v->i < -18 * 3600000)
		return false;
	zone = arena_new(run->arena, struct value_zone);
	zone->offset_ms = v->i;
	*out = zone;
	return true;
}

static struct value
time_of_parts(struct feel_run *run, struct value *v, size_t n)
{
	const struct value_zone *zone = NULL;
	const struct decimal thousand = decimal_int(1000);
	struct decimal seconds;
	int64_t h, m, ms;

	if (!feel_arg_int(run, &v[0], &h) || !feel_arg_int(run, &v[1], &m) ||
	    !feel_arg_number(run, &v[2], &seconds))
		return value_null();
	if (n > 3 && !zone_of(run, &v[3], &zone))
		return feel_null(run, "时区偏移不对");
	if (!decimal_mul(&seconds, &thousand, &seconds) ||
	    !decimal_round(&seconds, 0, ROUND_DOWN, &seconds) ||
	    !decimal_to_int(&seconds, &ms) || h < 0 || h > 23 || m < 0 || m > 59 ||
	    ms < 0 || ms >= 60000)
		return feel_null(run, "没有这个时间");
	return (
	    struct value){ .kind = V_TIME, .at = { h * 3600000 + m * 60000 + ms, zone } };
}

static struct value
fn_time(struct feel_run *run, struct value *v, size_t n)
{
	struct value out;

	if (n >= 3)
		return time_of_parts(run, v, n);
	if (n != 1)
		return feel_null(run, "time 的参数个数不对");
	if (v[0].kind == V_TIME)
		return v[0];
	if (v[0].kind == V_DAY)
		return (struct value){ .kind = V_TIME, .at = { 0, &utc } };
	if (v[0].kind == V_INSTANT)
		return (struct value){ .kind = V_TIME,
			.at = { feel_local(&v[0]) - day_part(&v[0]) * DAY_MS,
			    v[0].at.zone } };
	if (v[0].kind == V_TEXT && feel_parse_time(run->arena, v[0].s, &out))
		return out;
	return feel_null(run, "不是时间");
}

static struct value
fn_date_and_time(struct feel_run *run, struct value *v, size_t n)
{
	struct value out;

	if (n == 1) {
		if (v[0].kind == V_INSTANT)
			return v[0];
		if (v[0].kind == V_DAY)
			return (struct value){ .kind = V_INSTANT,
				.at = { feel_local(&v[0]), &utc } };
		if (v[0].kind == V_TEXT && feel_parse_instant(run->arena, v[0].s, &out))
			return out;
		return feel_null(run, "不是日期和时间");
	}
	if ((v[0].kind != V_DAY && v[0].kind != V_INSTANT) || v[1].kind != V_TIME)
		return feel_null(run, "参数应当是日期和时间");
	out = (struct value){ .kind = V_INSTANT, .at = { 0, v[1].at.zone } };
	if (__builtin_mul_overflow(day_part(&v[0]), DAY_MS, &out.at.ms) ||
	    __builtin_add_overflow(out.at.ms, feel_utc(&v[1]), &out.at.ms))
		return feel_null(run, "日期超出范围");
	return out;
}

static struct value
fn_duration(struct feel_run *run, struct value *v, size_t n)
{
	struct value out;

	(void)n;
	if (v[0].kind == V_DURATION || v[0].kind == V_MONTHS)
		return v[0];
	if (v[0].kind == V_TEXT && feel_parse_duration(v[0].s, &out))
		return out;
	return feel_null(run, "不是时长");
}

/* Whole months from a to b. */
static struct value
fn_months(struct feel_run *run, struct value *v, size_t n)
{
	struct civil a, b;
	int64_t months;

	(void)n;
	if ((v[0].kind != V_DAY && v[0].kind != V_INSTANT) ||
	    (v[1].kind != V_DAY && v[1].kind != V_INSTANT))
		return feel_null(run, "参数应当是日期");
	a = day_civil(day_part(&v[0]));
	b = day_civil(day_part(&v[1]));
	months = ((int64_t)b.year - a.year) * 12 + b.month - a.month;
	if (months > 0 && b.day < a.day)
		months--;
	else if (months < 0 && b.day > a.day)
		months++;
	return (struct value){ .kind = V_MONTHS, .i = months };
}

static bool
arg_day(struct feel_run *run, const struct value *v, int64_t *day)
{
	if (v->kind != V_DAY && v->kind != V_INSTANT) {
		feel_null(run, "参数应当是日期");
		return false;
	}
	*day = day_part(v);
	return true;
}

static struct value
fn_day_of_year(struct feel_run *run, struct value *v, size_t n)
{
	int64_t day;

	(void)n;
	if (!arg_day(run, v, &day))
		return value_null();
	return value_int(day - day_of(day_civil(day).year, 1, 1) + 1);
}

static struct value
fn_day_of_week(struct feel_run *run, struct value *v, size_t n)
{
	static const struct str names[] = { S("Monday"), S("Tuesday"), S("Wednesday"),
		S("Thursday"), S("Friday"), S("Saturday"), S("Sunday") };
	int64_t day;

	(void)n;
	if (!arg_day(run, v, &day))
		return value_null();
	return value_text(names[day_weekday(day) - 1]);
}

static struct value
fn_month_of_year(struct feel_run *run, struct value *v, size_t n)
{
	static const struct str names[] = { S("January"), S("February"), S("March"),
		S("April"), S("May"), S("June"), S("July"), S("August"), S("September"),
		S("October"), S("November"), S("December") };
	int64_t day;

	(void)n;
	if (!arg_day(run, v, &day))
		return value_null();
	return value_text(names[day_civil(day).month - 1]);
}

/* ISO 8601: a week belongs to the year that holds its Thursday. */
static struct value
fn_week_of_year(struct feel_run *run, struct value *v, size_t n)
{
	int64_t day, thursday;

	(void)n;
	if (!arg_day(run, v, &day))
		return value_null();
	thursday = day - day_weekday(day) + 4;
	return value_int((thursday - day_of(day_civil(thursday).year, 1, 1)) / 7 + 1);
}

static struct value
fn_now(struct feel_run *run, struct value *v, size_t n)
{
	static const struct value_zone china = { .offset_ms = 8 * 3600000 };

	(void)v;
	(void)n;
	return (struct value){ .kind = V_INSTANT, .at = { run->now_ms, &china } };
}

static struct value
fn_today(struct feel_run *run, struct value *v, size_t n)
{
	(void)v;
	(void)n;
	return value_day(day_of_ms(run->now_ms));
}

/* The same kind, value, and zone: 12:00Z is not 13:00+01:00 here, though they are equal.
 */
static struct value
fn_is(struct feel_run *run, struct value *v, size_t n)
{
	const struct value_zone *a, *b;

	(void)run;
	(void)n;
	if (v[0].kind != v[1].kind)
		return value_bool(false);
	if (v[0].kind != V_TIME && v[0].kind != V_INSTANT)
		return value_bool(feel_equal(&v[0], &v[1]) == 1);
	a = v[0].at.zone;
	b = v[1].at.zone;
	if (v[0].at.ms != v[1].at.ms || !a != !b)
		return value_bool(false);
	return value_bool(
	    !a || (a->offset_ms == b->offset_ms && str_eq(a->name, b->name)));
}

static const struct feel_builtin_row rows[] = {
	{ S("date"), fn_date, 1, 3, "from|year,month,day", false, FEEL_DAY },
	{ S("time"), fn_time, 1, 4, "from|hour,minute,second,offset", false, FEEL_TIME },
	{ S("date and time"), fn_date_and_time, 1, 2, "from|date,time", false,
	    FEEL_INSTANT },
	{ S("duration"), fn_duration, 1, 1, "from", false, FEEL_ANY },
	{ S("years and months duration"), fn_months, 2, 2, "from,to", false,
	    FEEL_MONTHS },
	{ S("day of year"), fn_day_of_year, 1, 1, "date", false, FEEL_NUMBER },
	{ S("day of week"), fn_day_of_week, 1, 1, "date", false, FEEL_TEXT },
	{ S("month of year"), fn_month_of_year, 1, 1, "date", false, FEEL_TEXT },
	{ S("week of year"), fn_week_of_year, 1, 1, "date", false, FEEL_NUMBER },
	{ S("now"), fn_now, 0, 0, NULL, true, FEEL_INSTANT },
	{ S("today"), fn_today, 0, 0, NULL, true, FEEL_DAY },
	{ S("is"), fn_is, 2, 2, "value1,value2", true, FEEL_BOOL },
};
const struct feel_builtin_table feel_time_builtins = TABLE(rows);
