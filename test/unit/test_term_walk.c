/*
 * Terms against a second implementation that knows nothing but to walk: a table of days,
 * one step a day, months by counting days of a civil calendar of its own. Random starts,
 * units, pauses, extensions and rolls from 2007 to 2026 and into the years without
 * notice.
 */
#include "test.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/date.h"
#include "cli/lawdir.h"
#include "procedure/term.h"

enum { FIRST_YEAR = 2007, LAST_YEAR = 2040, DAYS = (LAST_YEAR - FIRST_YEAR + 1) * 366 };
enum { CASES = 100000, PER_ARENA = 2000, PAUSES = 4, EXTENSIONS = 2 };

struct civil_day {
	int year, month, day;
	bool work, provisional;
};

struct almanac {
	int64_t first; /* day number of days[0] */
	int n;
	struct civil_day days[DAYS];
};

static int
days_of_month(int year, int month)
{
	static const int days[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };
	const bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;

	return days[month - 1] + (month == 2 && leap);
}

static void
almanac_fill(struct cx *cx, const struct calendar *cal, struct almanac *a)
{
	struct civil_day c = { FIRST_YEAR, 1, 1, false, false };

	a->first = day_of(FIRST_YEAR, 1, 1);
	for (a->n = 0; c.year <= LAST_YEAR; a->n++) {
		struct calendar_day d = { 0 };

		CHECK_OK(calendar_day(cx, cal, a->first + a->n, &d));
		c.work = d.is_workday;
		c.provisional = d.is_provisional;
		a->days[a->n] = c;
		if (++c.day > days_of_month(c.year, c.month)) {
			c.day = 1;
			if (++c.month > 12) {
				c.month = 1;
				c.year++;
			}
		}
	}
}

struct question {
	struct term term;
	int64_t start;
	struct term_pause pauses[PAUSES];
	size_t npauses;
	struct term_extension more[EXTENSIONS];
	size_t nmore;
};

struct answer {
	int64_t counted, day;
	bool provisional;
};

/* 0: counts, 1: paused, 2: paused and nobody knows until when. */
static int
paused(const struct question *q, int64_t day)
{
	int is = 0;

	for (size_t i = 0; i < q->npauses && !is; i++)
		if (day >= q->pauses[i].from &&
		    (q->pauses[i].until == DAY_NONE || day < q->pauses[i].until))
			is = q->pauses[i].until == DAY_NONE ? 2 : 1;
	return is;
}

/* How many days lie between a day and the day of that number some months on. */
static int64_t
month_steps(const struct almanac *a, int64_t day, int64_t months, int step)
{
	struct civil_day c = a->days[day - a->first];
	int64_t n = 0;

	for (int64_t i = 0; i < months; i++) {
		c.month += step;
		if (c.month > 12 || c.month < 1) {
			c.year += step;
			c.month = c.month < 1 ? 12 : 1;
		}
	}
	if (c.day > days_of_month(c.year, c.month))
		c.day = days_of_month(c.year, c.month);
	for (;; n++) {
		const struct civil_day *at = &a->days[day + n * step - a->first];

		if (at->year == c.year && at->month == c.month && at->day == c.day)
			return n;
	}
}

static bool
walk(const struct almanac *a, const struct question *q, const struct term *t,
    struct answer *out)
{
	const int step = t->is_backward ? -1 : 1;
	int64_t left = t->number, day = out->counted;

	if (t->unit == TERM_MONTHS || t->unit == TERM_YEARS)
		left = month_steps(
		    a, day, t->unit == TERM_YEARS ? 12 * t->number : t->number, step);
	while (left) {
		const struct civil_day *c = &a->days[(day += step) - a->first];
		const int pause = paused(q, day);

		if (pause == 2)
			return false;
		if (pause)
			continue;
		if (t->unit == TERM_WORKDAYS) {
			out->provisional |= c->provisional;
			left -= c->work;
		} else {
			left--;
		}
	}
	out->counted = day;
	return true;
}

static struct answer
naive(const struct almanac *a, const struct question *q)
{
	struct answer out = { q->start, q->start, false };
	const struct term *last = &q->term;
	bool ends = walk(a, q, &q->term, &out);

	for (size_t i = 0; ends && i < q->nmore; i++) {
		last = &q->more[i].term;
		ends = walk(a, q, last, &out);
	}
	if (!ends)
		return (struct answer){ DAY_NONE, DAY_NONE, out.provisional };
	out.day = out.counted;
	while (last->roll != ROLL_NONE) {
		const struct civil_day *c = &a->days[out.day - a->first];
		const int pause = paused(q, out.day);

		if (pause == 2)
			return (struct answer){ out.counted, DAY_NONE, out.provisional };
		out.provisional |= c->provisional;
		if (c->work && !pause)
			break;
		out.day += last->is_backward ? -1 : 1;
	}
	return out;
}

static uint64_t
next(uint64_t *seed)
{
	*seed ^= *seed << 13;
	*seed ^= *seed >> 7;
	*seed ^= *seed << 17;
	return *seed;
}

static int64_t
below(uint64_t *seed, int64_t n)
{
	return (int64_t)(next(seed) % (uint64_t)n);
}

static struct term
random_term(uint64_t *seed, bool back)
{
	static const enum term_unit units[] = { TERM_DAYS, TERM_WORKDAYS, TERM_MONTHS,
		TERM_YEARS };
	static const int64_t most[] = { 90, 60, 13, 2 };
	const int64_t unit = below(seed, 4);
	struct term t = { .number = 1 + below(seed, most[unit]),
		.unit = units[unit],
		.is_backward = back };

	if (unit != 1 && below(seed, 5))
		t.roll = back ? ROLL_PREVIOUS : ROLL_NEXT;
	return t;
}

static struct question
random_question(const struct almanac *a, uint64_t *seed)
{
	const bool back = below(seed, 4) == 0;
	struct question q = { .term = random_term(seed, back) };

	/* Twenty years; backwards some later, so that no walk leaves the almanac. */
	q.start = a->first + 10 + (back ? 7 * 366 : 0) + below(seed, 20 * 365);
	q.npauses = back ? 0 : (size_t)below(seed, PAUSES + 1);
	for (size_t i = 0; i < q.npauses; i++) {
		const int64_t from = q.start - 10 + below(seed, 120);

		q.pauses[i] = (struct term_pause){ .from = from,
			.until = below(seed, 12) ? from + below(seed, 40) : DAY_NONE };
	}
	q.nmore = (size_t)below(seed, EXTENSIONS + 1);
	for (size_t i = 0; i < q.nmore; i++)
		q.more[i].term = random_term(seed, back);
	return q;
}

static bool
same(struct cx *cx, const struct calendar *cal, const struct almanac *a,
    const struct question *q)
{
	const struct answer want = naive(a, q);
	struct term_end is = { 0 };

	CHECK_OK(term_with_extensions(
	    cx, cal, &q->term, q->start, q->pauses, q->npauses, q->more, q->nmore, &is));
	return is.day == want.day && is.counted == want.counted &&
	       is.is_provisional == want.provisional &&
	       is.at_ms == (want.day == DAY_NONE ? 0 : ms_of_day(want.day + 1));
}

TEST(term_walk_agrees_with_a_naive_walker)
{
	const uint64_t first_seed = 20070101;
	struct almanac *a = arena_new(cx->arena, struct almanac);
	struct calendar *cal = NULL;
	uint64_t seed = first_seed;

	CHECK_OK(lawdir_calendar(cx, S("law"), &cal));
	almanac_fill(cx, cal, a);
	for (int i = 0; i < CASES; i += PER_ARENA) {
		struct arena turn AUTO(arena_free) = { 0 };
		struct cx own = { .arena = &turn };

		for (int k = 0; k < PER_ARENA; k++) {
			const struct question q = random_question(a, &seed);

			if (same(&own, cal, a, &q))
				continue;
			test_fail(__FILE__, __LINE__,
			    str_cz(cx->arena,
				str_fmt(cx->arena,
				    "seed %llu, case %d: %.*s from %.*s, %zu pauses, %zu "
				    "extensions",
				    (unsigned long long)first_seed, i + k,
				    STR_ARG(term_text(cx->arena, &q.term)),
				    STR_ARG(day_iso(cx->arena, q.start)), q.npauses,
				    q.nmore)));
			return;
		}
	}
}
