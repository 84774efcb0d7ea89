/* Dates as plans write them (intake/when.h). */
#include "intake/when.h"

#include "intake/number.h"
#include "intake/text.h"
#include "lang/han.h"

struct found {
	size_t from, to; /* in folded text */
	int64_t by;
	bool bounded; /* says 前, 底, 末, 内: a limit wherever it stands */
	bool bare;    /* a year alone */
	bool start;   /* 起, 以来, the first half of a span: no limit */
};

static bool
take_any(struct str s, size_t *i, const char *const *list)
{
	for (; *list; list++)
		if (take(s, i, *list))
			return true;
	return false;
}

static bool
is_digit(struct str s, size_t i)
{
	return i < s.n && s.p[i] >= '0' && s.p[i] <= '9';
}

static int
digit_run(struct str s, size_t *i, size_t most)
{
	int v = 0;
	const size_t from = *i;

	while (is_digit(s, *i) && *i - from < most)
		v = v * 10 + (s.p[(*i)++] - '0');
	return *i == from || is_digit(s, *i) ? -1 : v;
}

static void
blanks(struct str s, size_t *i)
{
	while (*i < s.n && s.p[*i] == ' ')
		(*i)++;
}

/* A month or a day: 12, 十二; -1 when there is none. */
static int
small_number(struct str s, size_t *i)
{
	size_t to = *i;
	int v;

	if (is_digit(s, *i))
		return digit_run(s, i, 2);
	while (to < s.n && to - *i < 9 &&
	       str_has(S("一二三四五六七八九十"), str_sub(s, to, to + 3)))
		to += 3;
	v = (int)han_number(str_sub(s, *i, to));
	*i = to;
	return v ? v : -1;
}

/* Four digits, or 二〇二六: -1 when there are none. */
static int
year_number(struct str s, size_t *i)
{
	static const char *const digits[] = { "〇一二三四五六七八九",
		"○一二三四五六七八九", "零一二三四五六七八九" };
	int v = 0;

	if (is_digit(s, *i))
		return digit_run(s, i, 4);
	for (int k = 0; k < 4; k++) {
		size_t at = SIZE_MAX;

		for (int d = 0; d < 3 && at == SIZE_MAX; d++)
			at = str_find(str_z(digits[d]), str_sub(s, *i, *i + 3), 0);
		if (at == SIZE_MAX || *i + 3 > s.n)
			return -1;
		v = v * 10 + (int)(at / 3);
		*i += 3;
	}
	return v;
}

static int
quarter(struct str s, size_t *i)
{
	size_t j = *i;
	int q;

	(void)take(s, &j, "第");
	if (is_digit(s, j)) {
		q = digit_run(s, &j, 1);
	} else {
		q = j + 3 <= s.n ? (int)han_number(str_sub(s, j, j + 3)) : 0;
		j += 3;
	}
	if (q < 1 || q > 4 || !take(s, &j, "季度"))
		return 0;
	*i = j;
	return q;
}

/* Behind "2024年": a month and a day, a quarter, a half; the last day it means. */
static int64_t
within_year(struct str s, size_t *i, int year, struct found *f)
{
	size_t j = *i;
	int month, day;

	if ((month = quarter(s, i)) > 0)
		return day_of(year, month * 3, month_days(year, month * 3));
	if (take(s, i, "上半年"))
		return day_of(year, 6, 30);
	if (take(s, i, "下半年"))
		return day_of(year, 12, 31);
	month = small_number(s, &j);
	if (month < 1 || month > 12 || !take(s, &j, "月")) {
		f->bare = true;
		return day_of(year, 12, 31);
	}
	*i = j;
	blanks(s, &j);
	day = small_number(s, &j);
	if (day >= 1 && day <= month_days(year, month) &&
	    (take(s, &j, "日") || take(s, &j, "号"))) {
		*i = j;
		return day_of(year, month, day);
	}
	if (take(s, i, "上旬"))
		return day_of(year, month, 10);
	if (take(s, i, "中旬"))
		return day_of(year, month, 20);
	(void)(take(s, i, "下旬") || take(s, i, "份"));
	return day_of(year, month, month_days(year, month));
}

/* 2024.12.31, 2024-12, 2024/6: only where nothing but a date may stand. */
static bool
with_marks(struct str s, size_t *i, int year, struct found *f)
{
	size_t j = *i;
	int month, day;
	const char mark = j < s.n ? s.p[j] : 0;

	if (mark != '.' && mark != '-' && mark != '/')
		return false;
	j++;
	month = digit_run(s, &j, 2);
	if (month < 1 || month > 12)
		return false;
	f->by = day_of(year, month, month_days(year, month));
	*i = j;
	if (j < s.n && s.p[j] == mark) {
		j++;
		day = digit_run(s, &j, 2);
		if (day >= 1 && day <= month_days(year, month)) {
			f->by = day_of(year, month, day);
			*i = j;
		}
	}
	return true;
}

/* A date that begins at `from`, with the words of limit behind it. */
static bool
date_at(struct str s, size_t from, bool marks, struct found *f)
{
	static const char *const ends[] = { "年年底", "年底", "年末", "年终", "底", "末",
		"年内", "内", NULL };
	static const char *const limits[] = { "之前", "以前", "前", "止", NULL };
	static const char *const starts[] = { "起", "以来", "开始", "初起", "至", "-",
		"—", "~", "到", "以后", "之后", "后", "年度", "度", NULL };
	const bool han = !is_digit(s, from);
	size_t i = from;
	int year;

	*f = (struct found){ .from = from };
	if (from && (is_digit(s, from - 1)))
		return false;
	year = year_number(s, &i);
	if (year < 1990 || year > 2150 || i - from != (han ? S("二〇二六").n : 4u))
		return false;
	blanks(s, &i);
	if (take(s, &i, "年")) {
		blanks(s, &i);
		f->by = within_year(s, &i, year, f);
	} else if (!marks || !with_marks(s, &i, year, f)) {
		return false;
	}
	if (take_any(s, &i, ends))
		f->bounded = true;
	if (take_any(s, &i, limits))
		f->bounded = true;
	f->to = i;
	f->start = !f->bounded && take_any(s, &i, starts);
	return true;
}

/* 6月底前, 第三季度, 年底前: a limit that leaves its year to the document. */
static bool
unsaid_at(struct str s, size_t from, struct found *f)
{
	static const char *const years[] = { "今年", "本年", "当年", NULL };
	static const char *const ends[] = { "底", "末", "内", "份", NULL };
	static const char *const limits[] = { "之前", "以前", "前", NULL };
	size_t i = from;

	*f = (struct found){ .from = from, .bounded = true };
	(void)take_any(s, &i, years);
	if (take(s, &i, "年底") || take(s, &i, "年末") || take(s, &i, "年内")) {
		f->by = day_of(YEAR_UNSAID, 12, 31);
	} else {
		f->by = within_year(s, &i, YEAR_UNSAID, f);
		if (f->bare)
			return false;
		(void)take_any(s, &i, ends);
	}
	(void)take_any(s, &i, limits);
	f->to = i;
	return true;
}

bool
when_unsaid(int64_t day)
{
	return day != DAY_NONE && day_civil(day).year == YEAR_UNSAID;
}

bool
when_settle(int64_t *day, int year)
{
	struct civil c;

	if (!when_unsaid(*day) || !year)
		return false;
	c = day_civil(*day);
	if (c.day > month_days(year, c.month))
		c.day = month_days(year, c.month);
	*day = day_of(year, c.month, c.day);
	return true;
}

static bool
is_continuous(struct str f)
{
	static const char *const words[] = { "长期", "持续", "每年", "常态", "常年",
		"全年", "经常", "贯穿", "每月", "每季", "每半年", "日常", "年度", "逐年",
		"适时", NULL };

	return has_word(f, words);
}

static size_t
skip_words(struct str s, size_t i)
{
	static const char *const words[] = { "截至", "截止", "到", "至", "于", "在",
		"完成", "前", "底", "之", "实施", "落实", "并", "年", ",", "、", "。",
		";", " ", "-", "—", "~", "(", ")", "分别", "各", "一次", "次", NULL };

	while (take_any(s, &i, words))
		;
	return i;
}

/* Only words of continuity: nothing of a unit or a sentence among them. */
static bool
only_continuous(struct str f)
{
	static const char *const words[] = { "长期坚持", "长期推进", "长期实施",
		"长期任务", "长期落实", "长期开展", "长期", "持续推进", "持续坚持",
		"持续实施", "持续开展", "持续深化", "持续落实", "持续", "常态化推进",
		"常态化开展", "常态化", "常态推进", "经常性工作", "经常性", "常年坚持",
		"常年", "全年", "每年", "每半年", "每季度", "每月", "日常工作", "年度",
		"逐年推进", "贯穿全过程", "并", "坚持", "推进", "实施", "底前", "前",
		"完成", "次", "开展", "一", "两", ",", "、", "。", ";", " ", NULL };
	size_t i = 0;
	bool any = false;

	if (!is_continuous(f))
		return false;
	while (i < f.n) {
		if (take_any(f, &i, words)) {
			any = true;
			continue;
		}
		if (is_digit(f, i)) {
			(void)digit_run(f, &i, 2);
			if (take(f, &i, "月") || take(f, &i, "日") || take(f, &i, "次"))
				continue;
		}
		return false;
	}
	return any;
}

static void
add_milestone(struct cx *cx, struct milestones *out, int64_t by, struct str text)
{
	for (size_t i = 0; i < out->n; i++)
		if (out->v[i].by == by && str_eq(out->v[i].text, text))
			return;
	*list_add(cx->arena, out) = (struct plan_milestone){ by, text };
}

/* Nearly all that is asked has nothing of a time in it: digits, or a character that all
 * words of time have one of. */
static bool
may_be_time(struct str f)
{
	static const char *const marks[] = { "年", "月", "期", "续", "每", "常", "季",
		"贯", "时", "半", NULL };

	for (size_t i = 0; i < f.n; i++) {
		if (is_digit(f, i))
			return true;
		if ((unsigned char)f.p[i] < 0xe0)
			continue;
		for (const char *const *m = marks; *m; m++)
			if (word_at(f, i, *m))
				return true;
		i += 2;
	}
	return false;
}

/* 各1期, 2次 */
static bool
counts_at(struct str f, size_t *i)
{
	static const char *const units[] = { "期", "次", "场", "批", NULL };
	size_t j = *i;

	if (digit_run(f, &j, 2) < 1 || !take_any(f, &j, units))
		return false;
	*i = j;
	return true;
}

/* when_whole(); the earlier of several dates become milestones. */
static bool
whole(struct cx *cx, const struct line *line, struct plan_deadline *out,
    struct milestones *others)
{
	static const char *const next_years[] = { "次年", "翌年", "明年", "下年",
		"下一年", NULL };
	const struct line l = *line;
	struct found f, last = { .by = DAY_NONE };
	size_t i = 0;
	bool continuous = false;

	*out = (struct plan_deadline){ DEADLINE_NONE, DAY_NONE };
	/* 次年3月底前 is of no year that the document names. */
	if (l.f.n == 0 || !may_be_time(l.f) || has_word(l.f, next_years))
		return false;
	if (only_continuous(l.f)) {
		out->kind = DEADLINE_CONTINUOUS;
		return true;
	}
	while (i < l.f.n) {
		/* 年底前 itself begins with words that may stand around dates. */
		if (!unsaid_at(l.f, i, &f) && (i = skip_words(l.f, i)) == l.f.n)
			break;
		if (unsaid_at(l.f, i, &f) || date_at(l.f, i, true, &f)) {
			if (others && last.by != DAY_NONE && !last.start)
				add_milestone(cx, others, last.by,
				    line_cut(&l, last.from, last.to));
			last = f;
			i = f.to;
			continue;
		}
		if (counts_at(l.f, &i))
			continue;
		/* "2022-2025年", "2022—2025年": the end counts. */
		if (is_digit(l.f, i) && i + 4 < l.f.n && skip_words(l.f, i + 4) > i + 4) {
			i += 4;
			continue;
		}
		if (only_continuous(str_sub(l.f, i, l.f.n))) {
			continuous = true;
			break;
		}
		return false;
	}
	if (last.by == DAY_NONE)
		return false;
	out->kind = continuous ? DEADLINE_CONTINUOUS : DEADLINE_DATE;
	out->by = continuous ? DAY_NONE : last.by;
	return true;
}

bool
when_whole(struct cx *cx, struct str s, struct plan_deadline *out)
{
	const struct line l = line_make(cx->arena, s);

	return whole(cx, &l, out, NULL);
}

bool
when_clause(struct cx *cx, struct str s, struct plan_deadline *out)
{
	static const char *const heads[] = { "持续", "长期", "常态化", "常年", NULL };
	const struct line l = line_make(cx->arena, s);
	size_t i = 0;
	struct found f;

	if (when_whole(cx, s, out))
		return true;
	while (i < l.f.n && !is_digit(l.f, i) && i < S("截止到").n)
		(void)str_next(l.f, &i);
	if (skip_words(l.f, 0) >= i && date_at(l.f, i, true, &f) && f.bounded &&
	    !str_has(l.f, S("、"))) {
		*out = (struct plan_deadline){ DEADLINE_DATE, f.by };
		return true;
	}
	i = 0;
	if (str_chars(l.f) > 10 || !take_any(l.f, &i, heads))
		return false;
	*out = (struct plan_deadline){ DEADLINE_CONTINUOUS, DAY_NONE };
	return true;
}

/* The sentence around a place: between 。 ; or the ends. */
static struct str
sentence_around(const struct line *l, size_t from, size_t to)
{
	size_t a = 0, b = l->f.n;

	for (size_t i = 0; i < l->f.n;) {
		const size_t here = i;
		const uint32_t c = str_next(l->f, &i);

		if (c != 0x3002 && c != ';' && c != '!')
			continue;
		if (i <= from)
			a = i;
		else if (here >= to) {
			b = here;
			break;
		}
	}
	return line_cut(l, a, b);
}

/* How deep in 《》 each place stands is asked seldom: counted from the start. */
static bool
in_title(struct str f, size_t at)
{
	int depth = 0;

	for (size_t i = 0; i < at;) {
		const uint32_t c = str_next(f, &i);

		depth += c == 0x300a ? 1 : c == 0x300b ? -1 : 0;
	}
	return depth > 0;
}

static bool
is_limit(const struct line *l, const struct found *f)
{
	const struct str before = str_sub(l->f, 0, f->from);
	const struct str behind = str_sub(l->f, f->to, l->f.n);
	const bool opens = before.n == 0 || str_ends(before, S("。")) ||
			   str_ends(before, S(";"));

	if (f->start || in_title(l->f, f->from) ||
	    (f->bare && (str_ends(before, S("对")) || str_ends(before, S("将")) ||
			    str_ends(before, S("把")))) ||
	    str_ends(before, S("从")) || str_ends(before, S("自")) ||
	    str_ends(before, S("—")) || str_ends(before, S("-")))
		return false;
	if (f->bounded || str_ends(before, S("到")) || str_ends(before, S("至")))
		return true;
	return (f->bare && str_starts(behind, S(","))) ||
	       (opens && !str_starts(behind, S("的")));
}

/* 6月底前 at the start of a clause; elsewhere another word may give it its year. */
static bool
unsaid_limit(struct str f, size_t i, struct found *found)
{
	const struct str before = str_sub(f, 0, i);

	return (i == 0 || before.p[i - 1] == ',' || before.p[i - 1] == ';' ||
		   str_ends(before, S("。")) || str_ends(before, S("于"))) &&
	       unsaid_at(f, i, found) && str_ends(str_sub(f, i, found->to), S("前"));
}

void
when_sentences(struct cx *cx, struct str s, struct milestones *out)
{
	const struct line l = line_make(cx->arena, s);
	struct found f;
	size_t span = 0; /* where the second half of a span would begin */

	for (size_t i = 0; i < l.f.n; i++) {
		if (is_digit(l.f, i) && unsaid_limit(l.f, i, &f)) {
			add_milestone(cx, out, f.by, sentence_around(&l, f.from, f.to));
			i = f.to - 1;
			continue;
		}
		if ((!is_digit(l.f, i) && !str_starts(str_sub(l.f, i, l.f.n), S("二"))) ||
		    !date_at(l.f, i, false, &f))
			continue;
		if (is_limit(&l, &f) && (span == 0 || i > span || f.bounded))
			add_milestone(cx, out, f.by, sentence_around(&l, f.from, f.to));
		span = f.start ? f.to + S("至").n : 0;
		i = f.to - 1;
	}
}

bool
when_cell(
    struct cx *cx, struct str s, struct plan_deadline *out, struct milestones *others)
{
	struct milestones all = { 0 };
	const struct line l = line_make(cx->arena, s);
	int64_t last = DAY_NONE;

	if (whole(cx, &l, out, others))
		return true;
	when_sentences(cx, s, &all);
	for (size_t i = 0; i < all.n; i++)
		if (all.v[i].by > last)
			last = all.v[i].by;
	if (is_continuous(l.f)) {
		*out = (struct plan_deadline){ DEADLINE_CONTINUOUS, DAY_NONE };
		last = DAY_NONE;
	} else if (last != DAY_NONE) {
		*out = (struct plan_deadline){ DEADLINE_DATE, last };
	} else {
		return false;
	}
	for (size_t i = 0; i < all.n; i++)
		if (all.v[i].by != last)
			add_milestone(cx, others, all.v[i].by, all.v[i].text);
	return true;
}
