/*
 * clock: the day on which a term ends, and why. The first date printed is the answer; the
 * reasons follow only when asked for.
 */
#include <stdio.h>

#include "base/date.h"
#include "cli/cli.h"
#include "cli/lawdir.h"
#include "lang/canon.h"
#include "procedure/term.h"

struct asked {
	struct str start, term, law;
	bool explain, json;
};

static enum err
read_arguments(struct cx *cx, int argc, char **argv, struct asked *out)
{
	struct asked a = { 0 };
	int words = 0;

	for (int i = 0; i < argc; i++) {
		const struct str s = str_z(argv[i]);

		if (str_eq(s, S("--explain")))
			a.explain = true;
		else if (str_eq(s, S("--json")))
			a.json = true;
		else if (str_eq(s, S("--law")) && i + 1 < argc)
			a.law = str_z(argv[++i]);
		else if (str_starts(s, S("--")))
			return fail(cx, ERR_INPUT, "没有选项 %.*s", STR_ARG(s));
		else if (words == 0 && ++words)
			a.start = s;
		else if (words == 1 && ++words)
			a.term = s;
		else
			return fail(cx, ERR_INPUT, "多余的参数“%.*s”", STR_ARG(s));
	}
	if (words < 2)
		return fail(cx, ERR_INPUT,
		    "用法：zhunsheng clock 起算日 期限 [--explain] [--json] [--law "
		    "目录]，"
		    "例如 zhunsheng clock 2026-09-21 20个工作日 --explain");
	*out = a;
	return ERR_OK;
}

/* "2026-09-21" or "2026-09-21 08:30"; without a moment the day's first instant. */
static enum err
read_start(struct cx *cx, struct str s, int64_t *ms)
{
	int64_t day, hour = 0, minute = 0;
	struct str time;

	s = str_trim(s);
	time = str_sub(s, 11, s.n);
	if (!day_parse(str_sub(s, 0, 10), &day) || s.n == 11 ||
	    (s.n > 10 && s.p[10] != ' ' && s.p[10] != 'T') ||
	    (time.n &&
		(time.n != 5 || time.p[2] != ':' ||
		    !str_int(str_sub(time, 0, 2), &hour) || hour < 0 || hour > 23 ||
		    !str_int(str_sub(time, 3, 5), &minute) || minute < 0 || minute > 59)))
		return fail(cx, ERR_INPUT,
		    "看不懂起算日“%.*s”；请写作 2026-09-21，按小时计算的写作 “2026-09-21 "
		    "08:30”",
		    STR_ARG(s));
	*ms = ms_of_day(day) + (hour * 60 + minute) * 60000;
	return ERR_OK;
}

static struct str
answer(struct cx *cx, const struct term *term, const struct term_end *end)
{
	if (term->unit == TERM_HOURS)
		return str_sub(ms_iso(cx->arena, end->at_ms), 0, 16);
	return day_iso(cx->arena, end->day);
}

static void
print_json(struct cx *cx, const struct term *term, const struct term_end *end)
{
	struct arena *a = cx->arena;
	struct value out = value_map(), reasons = value_list();

	for (size_t i = 0; i < end->notes.n; i++) {
		const struct term_note *n = &end->notes.v[i];
		struct value reason = value_map();

		value_set_text(a, &reason, "from", day_iso(a, n->from));
		value_set_text(a, &reason, "to", day_iso(a, n->to));
		value_set_text(a, &reason, "name", n->name);
		value_set_text(a, &reason, "source", n->source);
		value_set_text(a, &reason, "text", term_note_text(a, term, n));
		value_add(a, &reasons, reason);
	}
	value_set_text(a, &out, "answer", answer(cx, term, end));
	value_set_text(a, &out, "term", term_text(a, term));
	value_set(a, &out, S("provisional"), value_bool(end->is_provisional));
	value_set(a, &out, S("reasons"), reasons);
	printf("%.*s\n", STR_ARG(canon_str(a, &out)));
}

static void
print_text(struct cx *cx, const struct asked *asked, const struct term *term,
    const struct term_end *end, bool moment_assumed)
{
	printf("%.*s%s\n", STR_ARG(answer(cx, term, end)),
	    end->is_provisional ? "（暂定，待放假通知）" : "");
	if (!asked->explain)
		return;
	if (moment_assumed)
		puts("起算的时刻没有写明，按当日 00:00 起算");
	for (size_t i = 0; i < end->notes.n; i++)
		printf(
		    "%.*s\n", STR_ARG(term_note_text(cx->arena, term, &end->notes.v[i])));
}

static enum err
run(struct cx *cx, int argc, char **argv)
{
	struct asked asked = { 0 };
	struct term term;
	struct term_end end;
	struct calendar *calendar;
	struct str law;
	int64_t start_ms = 0;

	TRY(read_arguments(cx, argc, argv, &asked));
	TRY(read_start(cx, asked.start, &start_ms));
	TRY(term_parse(cx, asked.term, &term));
	TRY(lawdir_find(cx, asked.law, &law));
	TRY(lawdir_calendar(cx, law, &calendar));
	TRY(term_from_instant(cx, calendar, &term, start_ms, &end));
	if (asked.json)
		print_json(cx, &term, &end);
	else
		print_text(cx, &asked, &term, &end,
		    term.unit == TERM_HOURS && str_trim(asked.start).n == 10);
	return ERR_OK;
}

int
cli_clock(struct cx *cx, int argc, char **argv)
{
	const enum err err = run(cx, argc, argv);

	if (err == ERR_OK)
		return 0;
	fprintf(stderr, "%.*s\n", STR_ARG(cx->why));
	return err == ERR_INPUT ? 2 : 1;
}
