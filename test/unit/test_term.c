/* Terms: the vectors of the statutes' readers, each rule with a case that breaks it. */
#include "test.h"

#include "base/date.h"
#include "base/list.h"
#include "cli/lawdir.h"
#include "procedure/term.h"

static struct term_end
end_of(struct cx *cx, const char *start, const char *text,
    const struct term_pause *pauses, size_t n)
{
	struct calendar *cal = NULL;
	struct term term = { 0 };
	struct term_end end = { 0 };
	int64_t day = 0;

	CHECK(day_parse(str_z(start), &day));
	CHECK_OK(lawdir_calendar(cx, S("law"), &cal));
	CHECK_OK(term_parse(cx, str_z(text), &term));
	CHECK_OK(term_with_pauses(cx, cal, &term, day, pauses, n, &end));
	return end;
}

static struct str
ends(struct cx *cx, const char *start, const char *text)
{
	return day_iso(cx->arena, end_of(cx, start, text, NULL, 0).day);
}

static const struct term_note *
find_note(const struct term_end *end, enum term_note_kind kind)
{
	for (size_t i = 0; i < end->notes.n; i++)
		if (end->notes.v[i].kind == kind)
			return &end->notes.v[i];
	return NULL;
}

TEST(term_vectors_of_autumn_2026)
{
	CHECK_STR(ends(cx, "2026-09-21", "5 workdays"), S("2026-09-29"));
	CHECK_STR(ends(cx, "2026-09-21", "7 workdays"), S("2026-10-08"));
	CHECK_STR(ends(cx, "2026-09-21", "20 workdays"), S("2026-10-26"));
	CHECK_STR(ends(cx, "2026-09-21", "15 days"), S("2026-10-08"));
	CHECK_STR(ends(cx, "2026-09-21", "60 days"), S("2026-11-20"));
	CHECK_STR(ends(cx, "2026-09-21", "90 days"), S("2026-12-21"));
}

TEST(term_vectors_of_spring_2026)
{
	CHECK_STR(ends(cx, "2026-02-10", "5 workdays"), S("2026-02-24"));
	CHECK_STR(ends(cx, "2026-02-10", "7 workdays"), S("2026-02-26"));
	CHECK_STR(ends(cx, "2026-02-10", "10 workdays"), S("2026-03-02"));
	CHECK_STR(ends(cx, "2026-02-10", "15 days"), S("2026-02-25"));
}

/* A real case: filed 2024-09-09, decided 2024-12-11. The 90th day is Sunday 12-08. */
TEST(term_decision_of_2024_12_11_is_late)
{
	const struct term_end end = end_of(cx, "2024-09-09", "90 days", NULL, 0);

	CHECK_STR(day_iso(cx->arena, end.counted), S("2024-12-08"));
	CHECK_STR(day_iso(cx->arena, end.day), S("2024-12-09"));
	CHECK(end.at_ms == ms_of_day(day_of(2024, 12, 10)));
	CHECK(day_of(2024, 12, 11) > end.day && !end.is_provisional);
	CHECK(find_note(&end, NOTE_ROLLED) && find_note(&end, NOTE_MOVED));
}

TEST(term_months_and_years)
{
	struct term_end end;

	CHECK_STR(ends(cx, "2026-01-31", "1 months"), S("2026-02-28"));
	CHECK_STR(ends(cx, "2024-01-31", "1 months"), S("2024-02-29"));
	CHECK_STR(ends(cx, "2024-02-29", "1 years"), S("2025-02-28"));
	CHECK_STR(ends(cx, "2024-02-29", "一年"), S("2025-02-28"));
	CHECK_STR(ends(cx, "2026-03-16", "3 months"), S("2026-06-16"));
	CHECK_STR(ends(cx, "2026-07-03", "3个月"), S("2026-10-08"));
	end = end_of(cx, "2026-08-31", "1 months", NULL, 0);
	CHECK_STR(day_iso(cx->arena, end.day), S("2026-09-30"));
	CHECK(find_note(&end, NOTE_MONTH_END));
	end = end_of(cx, "2026-08-30", "1 months", NULL, 0);
	CHECK(!find_note(&end, NOTE_MONTH_END));
}

TEST(term_counted_backwards)
{
	/* back from Thursday 10-15: 14 13 12 10 (make-up Saturday) 9 8, then 09-30 */
	CHECK_STR(ends(cx, "2026-10-15", "7个工作日前"), S("2026-09-30"));
	CHECK_STR(ends(cx, "2026-10-15", "-7 workdays"), S("2026-09-30"));
	CHECK_STR(ends(cx, "2026-10-15", "5 workdays before"), S("2026-10-09"));
	CHECK_STR(ends(cx, "2026-10-31", "30 days before"), S("2026-10-01"));
	CHECK_STR(ends(cx, "2026-03-31", "1个月前"), S("2026-02-28"));
}

TEST(term_backwards_moves_only_when_asked)
{
	struct term term = { 30, TERM_DAYS, ROLL_PREVIOUS, true };
	struct calendar *cal = NULL;
	struct term_end end = { 0 };

	CHECK_OK(lawdir_calendar(cx, S("law"), &cal));
	CHECK_OK(term_from_day(cx, cal, &term, day_of(2026, 10, 31), &end));
	CHECK_STR(day_iso(cx->arena, end.day), S("2026-09-30"));
	term.roll = ROLL_NEXT;
	CHECK(term_from_day(cx, cal, &term, day_of(2026, 10, 31), &end) == ERR_INPUT);
}

TEST(term_hours_run_through)
{
	const struct term term = { 24, TERM_HOURS, ROLL_NONE, false };
	const int64_t start = ms_of_day(day_of(2026, 9, 30)) + 17 * 3600000;
	struct term_end end = { 0 };

	CHECK_OK(term_from_instant(cx, NULL, &term, start, &end));
	CHECK_STR(ms_iso(cx->arena, end.at_ms), S("2026-10-01 17:00:00"));
	CHECK(end.day == day_of(2026, 10, 1) && find_note(&end, NOTE_MOMENT));
	CHECK(term_from_day(cx, NULL, &term, day_of(2026, 9, 30), &end) == ERR_INPUT);
}

TEST(term_without_roll_needs_no_calendar)
{
	const struct term term = { 2, TERM_YEARS, ROLL_NONE, false };
	struct term_end end = { 0 };

	CHECK_OK(term_from_day(cx, NULL, &term, day_of(2003, 5, 1), &end));
	CHECK_STR(day_iso(cx->arena, end.day), S("2005-05-01"));
}

TEST(term_names_what_it_skips)
{
	const struct term_end end = end_of(cx, "2026-09-21", "20 workdays", NULL, 0);
	const struct term_note *off = find_note(&end, NOTE_OFF);
	const struct term_note *makeup = find_note(&end, NOTE_MAKEUP);
	const struct term term = { 20, TERM_WORKDAYS, ROLL_NONE, false };
	int64_t skipped = 0;

	CHECK(off && str_eq(off->name, S("中秋节")) && off->count == 3);
	CHECK(off && off->from == day_of(2026, 9, 25) && off->to == day_of(2026, 9, 27));
	CHECK(makeup && makeup->from == day_of(2026, 10, 10));
	for (size_t i = 0; i < end.notes.n; i++)
		if (end.notes.v[i].kind == NOTE_OFF)
			skipped += end.notes.v[i].count;
	CHECK(end.day - day_of(2026, 9, 21) == 20 + skipped);
	CHECK_STR(term_note_text(cx->arena, &term, off),
	    S("2026-09-25（星期五）至 2026-09-27（星期日）中秋节放假，不计入工作日"
	      "（放假通知：https://www.gov.cn/zhengce/zhengceku/202511/"
	      "content_7047091.htm）"));
}

TEST(term_provisional_beyond_the_notices)
{
	const struct term_end end = end_of(cx, "2049-12-20", "20 workdays", NULL, 0);
	const struct term_end far = end_of(cx, "2024-06-03", "5 workdays", NULL, 0);

	CHECK(end.is_provisional && find_note(&end, NOTE_PROVISIONAL));
	CHECK(!far.is_provisional && !find_note(&far, NOTE_PROVISIONAL));
}

TEST(term_pauses_are_a_union)
{
	/* 20 workdays from 2026-03-02 (Monday) end 2026-03-30; 03-09..03-13 and
	 * 03-11..03-17 together are seven workdays, and 04-04..04-06 are off */
	const struct term_pause pauses[] = {
		{ day_of(2026, 3, 11), day_of(2026, 3, 18), S("专家评审"),
		    S("许可法45") },
		{ day_of(2026, 3, 9), day_of(2026, 3, 14), S("听证"), S("许可法45") },
	};
	struct term_end end = end_of(cx, "2026-03-02", "20 workdays", NULL, 0);

	CHECK_STR(day_iso(cx->arena, end.day), S("2026-03-30"));
	end = end_of(cx, "2026-03-02", "20 workdays", pauses, 2);
	CHECK_STR(day_iso(cx->arena, end.day), S("2026-04-09"));
	/* calendar days: nine days paused (03-09..03-17), 04-01 + 9 = 04-10, Friday */
	end = end_of(cx, "2026-03-02", "30 days", pauses, 2);
	CHECK_STR(day_iso(cx->arena, end.day), S("2026-04-10"));
	end = end_of(cx, "2026-03-02", "1个月", pauses, 2);
	CHECK_STR(day_iso(cx->arena, end.counted), S("2026-04-11"));
	CHECK_STR(day_iso(cx->arena, end.day), S("2026-04-13"));
	CHECK(find_note(&end, NOTE_PAUSED));
}

/* A pause that begins inside the time another one added counts as well. */
TEST(term_pause_within_the_added_time)
{
	const struct term_pause pauses[] = {
		{ day_of(2026, 3, 10), day_of(2026, 3, 20), S("鉴定"), S("") },
		{ day_of(2026, 4, 6), day_of(2026, 4, 8), S("鉴定"), S("") },
	};
	const struct term_end end = end_of(cx, "2026-03-02", "30 days", pauses, 2);

	CHECK_STR(day_iso(cx->arena, end.counted), S("2026-04-13"));
}

TEST(term_standing_still)
{
	const struct term_pause open = { day_of(2026, 3, 5), DAY_NONE, S("中止审理"),
		S("") };
	const struct term_end end = end_of(cx, "2026-03-02", "5 workdays", &open, 1);
	const struct term_note *note = find_note(&end, NOTE_STANDING);

	CHECK(end.day == DAY_NONE && end.at_ms == 0);
	CHECK(note && note->count == 3 && note->from == day_of(2026, 3, 5));
	/* it ended before the pause began */
	CHECK_STR(
	    day_iso(cx->arena, end_of(cx, "2026-02-25", "5 workdays", &open, 1).day),
	    S("2026-03-03"));
}

TEST(term_refuses)
{
	struct calendar *cal = NULL;
	struct term t = { 5, TERM_WORKDAYS, ROLL_NONE, true };
	const struct term_pause backwards = { 100, 90, S(""), S("") };
	struct term_end end = { 0 };

	CHECK_OK(lawdir_calendar(cx, S("law"), &cal));
	CHECK(term_with_pauses(cx, cal, &t, 20600, &backwards, 1, &end) == ERR_INPUT);
	t.is_backward = false;
	CHECK(term_with_pauses(cx, cal, &t, 20600, &backwards, 1, &end) == ERR_INPUT);
	CHECK(term_from_day(cx, cal, &t, day_of(2005, 1, 3), &end) == ERR_INPUT);
	t = (struct term){ 36500, TERM_YEARS, ROLL_NEXT, false };
	CHECK(term_from_day(cx, cal, &t, 20600, &end) == ERR_INPUT);
	CHECK(end.notes.n == 0);
}

static bool
reads_as(struct cx *cx, const char *text, int64_t number, enum term_unit unit, bool back,
    enum term_roll roll)
{
	struct term t = { 0 };

	return term_parse(cx, str_z(text), &t) == ERR_OK && t.number == number &&
	       t.unit == unit && t.is_backward == back && t.roll == roll;
}

TEST(term_parses)
{
	CHECK(reads_as(cx, "20 workdays", 20, TERM_WORKDAYS, false, ROLL_NONE));
	CHECK(reads_as(cx, "20个工作日内", 20, TERM_WORKDAYS, false, ROLL_NONE));
	CHECK(reads_as(cx, "二十个工作日", 20, TERM_WORKDAYS, false, ROLL_NONE));
	CHECK(reads_as(cx, " 90日 ", 90, TERM_DAYS, false, ROLL_NEXT));
	CHECK(reads_as(cx, "九十日", 90, TERM_DAYS, false, ROLL_NEXT));
	CHECK(reads_as(cx, "十五日以内", 15, TERM_DAYS, false, ROLL_NEXT));
	CHECK(reads_as(cx, "一百八十日", 180, TERM_DAYS, false, ROLL_NEXT));
	CHECK(reads_as(cx, "1 day", 1, TERM_DAYS, false, ROLL_NEXT));
	CHECK(reads_as(cx, "六个月", 6, TERM_MONTHS, false, ROLL_NEXT));
	CHECK(reads_as(cx, "两年", 2, TERM_YEARS, false, ROLL_NEXT));
	CHECK(reads_as(cx, "24小时内", 24, TERM_HOURS, false, ROLL_NONE));
	CHECK(reads_as(cx, "七个工作日前", 7, TERM_WORKDAYS, true, ROLL_NONE));
	CHECK(reads_as(cx, "30日前", 30, TERM_DAYS, true, ROLL_NONE));
	CHECK(reads_as(cx, "-7 workdays", 7, TERM_WORKDAYS, true, ROLL_NONE));
}

TEST(term_parse_refuses)
{
	static const char *const bad[] = { "", "20", "days", "0 days",
		"-7 workdays before", "20 weeks", "3月", "36501 days",
		"99999999999999999999 days", "20 days ago", "十百日", "1.5 days",
		"- 7 days", "20 workdays 5" };
	struct term t;

	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
		if (term_parse(cx, str_z(bad[i]), &t) == ERR_OK)
			test_fail(__FILE__, __LINE__, bad[i]);
	CHECK(str_has(cx->why, S("看不懂")));
}

TEST(term_in_words)
{
	const struct term a = { 20, TERM_WORKDAYS, ROLL_NONE, false };
	const struct term b = { 30, TERM_DAYS, ROLL_NONE, true };

	CHECK_STR(term_text(cx->arena, &a), S("20个工作日"));
	CHECK_STR(term_text(cx->arena, &b), S("30日前"));
}
