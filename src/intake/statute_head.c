/*
 * Number, issuer and days of a statute, from the lines under its title and its last
 * articles. An amendment says in its own decision, not in the text, from which day it is
 * in force: then the day of the decision is taken, and said to be taken.
 */
#include "intake/statute_parts.h"

#include "base/date.h"
#include "intake/number.h"
#include "intake/text.h"

/* What the head's lines tell. */
struct head {
	int64_t in_force; /* 2019年5月15日 施行 */
	int64_t newest;   /* of all days of passing, promulgation and change */
	int64_t changed;  /* the last amendment or revision */
	bool revised;     /* it was a revision, which gives a text of its own */
};

static bool
digits_take(struct str s, size_t *i, size_t most, int *out)
{
	const size_t from = *i;

	*out = 0;
	while (*i < s.n && *i - from < most && s.p[*i] >= '0' && s.p[*i] <= '9')
		*out = *out * 10 + (s.p[(*i)++] - '0');
	return *i > from;
}

bool
statute_date(struct str s, size_t *i, int64_t *day, size_t *from)
{
	for (size_t at = *i; at < s.n; at++) {
		size_t k = at;
		int y, m, d;

		if (at && s.p[at - 1] >= '0' && s.p[at - 1] <= '9')
			continue;
		if (!digits_take(s, &k, 4, &y) || y < 1900 || y > 2200 ||
		    !take(s, &k, "年") || !digits_take(s, &k, 2, &m) ||
		    !take(s, &k, "月") || !digits_take(s, &k, 2, &d) ||
		    !take(s, &k, "日") || m < 1 || m > 12 || d < 1 ||
		    d > month_days(y, m))
			continue;
		*from = at;
		*day = day_of(y, m, d);
		*i = k;
		return true;
	}
	return false;
}

static int64_t
later(int64_t a, int64_t b)
{
	return a > b ? a : b;
}

/* 国务院令第711号 out of 中华人民共和国国务院令第711号公布. */
static void
number_take(struct statute_text *t, struct str segment)
{
	const struct str country = S("中华人民共和国");
	const size_t order = str_find(segment, S("令第"), 0);
	const size_t end = str_find(segment, S("号"), order == SIZE_MAX ? 0 : order);
	struct str number;

	if (order == SIZE_MAX || end == SIZE_MAX)
		return;
	number = text_trim(str_sub(segment, 0, end + 3));
	if (str_starts(number, country))
		number = str_sub(number, country.n, number.n);
	if (number.n > 120)
		return;
	t->number = number;
	t->issuer = str_sub(number, 0, str_find(number, S("令第"), 0));
}

/* Without a number: who is named beside the newest day. */
static void
issuer_take(struct statute_text *t, struct str segment)
{
	static const char *const names[] = { "全国人民代表大会常务委员会",
		"全国人民代表大会", "中共中央、国务院", "国务院" };

	for (size_t i = 0; i < sizeof names / sizeof *names && !t->issuer.n; i++)
		if (str_has(segment, str_z(names[i])))
			t->issuer = str_z(names[i]);
}

/* From one day of a line to the next. */
static void
segment_read(
    struct statute_text *t, struct head *h, struct str segment, bool by, int64_t day)
{
	const bool changes = by || str_has(segment, S("修订")) ||
			     str_has(segment, S("修正")) || str_has(segment, S("修改"));
	const bool passed = str_has(segment, S("通过")) || str_has(segment, S("批准"));
	const bool promulgated = str_has(segment, S("公布")) ||
				 str_has(segment, S("发布"));

	if (str_has(segment, S("施行")) && !changes && !passed && !promulgated) {
		h->in_force = later(h->in_force, day);
		return;
	}
	if (!changes && !passed && !promulgated)
		return;
	if (passed)
		t->passed = later(t->passed, day);
	if (changes && day >= h->changed) {
		h->changed = day;
		h->revised = str_has(segment, S("修订")) && !str_has(segment, S("决定"));
	}
	number_take(t, segment);
	if (day >= h->newest) {
		h->newest = day;
		if (!t->number.n)
			t->issuer = S("");
		issuer_take(t, segment);
	}
}

static void
history_read(struct statute_text *t, struct head *h)
{
	for (size_t k = 0; k < t->history.n; k++) {
		const struct str line = t->history.v[k].text;
		const bool by = str_starts(line, S("根据"));
		size_t i = 0, from, next;
		int64_t day, following;
		bool more = statute_date(line, &i, &day, &from);

		while (more) {
			const size_t start = i;

			more = statute_date(line, &i, &following, &next);
			segment_read(
			    t, h, str_sub(line, start, more ? next : line.n), by, day);
			day = following;
		}
	}
}

/* 本法自2021年7月15日起施行; DAY_NONE when the text names no day. */
static int64_t
printed_day(const struct statute_text *t, bool *at_once)
{
	*at_once = false;
	for (size_t k = t->articles.n; k-- > 0;) {
		const struct str s = t->articles.v[k].text;
		const size_t end = str_find(s, S("起施行"), 0);
		size_t i = 0, from;
		int64_t day;

		if (end == SIZE_MAX || !str_starts(s, S("本")) ||
		    t->articles.v[k].key.p[0] > '9')
			continue;
		if (statute_date(str_sub(s, 0, end), &i, &day, &from) && i == end)
			return day;
		*at_once = str_has(str_sub(s, 0, end), S("布之日"));
		if (*at_once)
			return DAY_NONE;
	}
	return DAY_NONE;
}

static void
in_force_conclude(struct cx *cx, struct statute_text *t, const struct head *h)
{
	bool at_once;
	int64_t base = later(printed_day(t, &at_once), h->in_force);

	if (base == DAY_NONE && at_once && (h->changed == DAY_NONE || h->revised))
		base = h->newest;
	t->in_force = base;
	if (base != DAY_NONE && base >= h->changed)
		return;
	t->in_force = h->changed == DAY_NONE ? h->newest : h->changed;
	t->assumed = true;
	if (t->in_force == DAY_NONE)
		statute_flag_put(cx, t, 0, "没有读出施行日期，请用 --from 日期 指明");
	else
		statute_flag_put(cx, t, 0,
		    "%.*s修改，修改后的文本自何日起施行没有写明，暂按该日；"
		    "可以用 --from 日期 指明",
		    STR_ARG(day_chinese(cx->arena, t->in_force)));
}

static void
flag_brackets(struct cx *cx, struct statute_text *t)
{
	for (size_t k = 0; k < t->history.n; k++) {
		const struct statute_note *line = &t->history.v[k];
		int depth = 0;

		for (size_t i = 0; i < line->text.n && depth >= 0;) {
			const uint32_t c = str_next(line->text, &i);

			depth += c == '(' || c == 0xff08;
			depth -= c == ')' || c == 0xff09;
		}
		if (depth)
			statute_flag_put(
			    cx, t, line->line, "括号不成对：%.*s", STR_ARG(line->text));
	}
}

void
statute_dates(struct cx *cx, struct statute_text *t, int64_t published, int64_t in_force)
{
	struct head h = { .in_force = in_force, .newest = DAY_NONE, .changed = DAY_NONE };

	history_read(t, &h);
	flag_brackets(cx, t);
	/* A later day than any in the head is a change that the head does not tell. */
	if (published > h.newest) {
		if (h.newest != DAY_NONE)
			h.changed = published;
		h.newest = published;
		h.revised = false;
	}
	t->promulgated = h.newest;
	if (t->promulgated == DAY_NONE)
		statute_flag_put(cx, t, 0, "没有读出公布日期");
	in_force_conclude(cx, t, &h);
}
