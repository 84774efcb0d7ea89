/*
 * Terms in words, both ways. The sentences of the explanation stand here and nowhere
 * else, so that the page, the printed line and the command line say the same.
 */
#include "base/buf.h"
#include "base/bug.h"
#include "base/date.h"
#include "procedure/term.h"

/* Longest first: 工作日 ends in 日. */
static const struct unit_word {
	struct str word;
	enum term_unit unit;
} unit_words[] = {
	{ S("个工作日"), TERM_WORKDAYS },
	{ S("工作日"), TERM_WORKDAYS },
	{ S("workdays"), TERM_WORKDAYS },
	{ S("workday"), TERM_WORKDAYS },
	{ S("个自然日"), TERM_DAYS },
	{ S("自然日"), TERM_DAYS },
	{ S("日"), TERM_DAYS },
	{ S("天"), TERM_DAYS },
	{ S("days"), TERM_DAYS },
	{ S("day"), TERM_DAYS },
	{ S("个月"), TERM_MONTHS },
	{ S("months"), TERM_MONTHS },
	{ S("month"), TERM_MONTHS },
	{ S("年"), TERM_YEARS },
	{ S("years"), TERM_YEARS },
	{ S("year"), TERM_YEARS },
	{ S("个小时"), TERM_HOURS },
	{ S("小时"), TERM_HOURS },
	{ S("hours"), TERM_HOURS },
	{ S("hour"), TERM_HOURS },
};

/* What may stand behind the unit; the last four count backwards. */
static const struct str inside_words[] = { S(""), S("内"), S("以内"), S("之内") };
static const struct str before_words[] = { S("before"), S("前"), S("之前"), S("以前") };

static bool
take(struct str *rest, struct str head)
{
	if (!str_starts(*rest, head))
		return false;
	*rest = str_sub(*rest, head.n, rest->n);
	return true;
}

static int
chinese_digit(struct str *rest)
{
	static const struct {
		struct str sign;
		int value;
	} digits[] = { { S("一"), 1 }, { S("二"), 2 }, { S("两"), 2 }, { S("三"), 3 },
		{ S("四"), 4 }, { S("五"), 5 }, { S("六"), 6 }, { S("七"), 7 },
		{ S("八"), 8 }, { S("九"), 9 } };

	for (size_t i = 0; i < sizeof digits / sizeof *digits; i++)
		if (take(rest, digits[i].sign))
			return digits[i].value;
	return 0;
}

/* 一 to 九百九十九, as laws write their terms. */
static bool
take_chinese(struct str *rest, int64_t *out)
{
	struct str s = *rest;
	int64_t total = 0;
	int digit = chinese_digit(&s);

	if (digit && take(&s, S("百"))) {
		const bool zero = take(&s, S("零")) || take(&s, S("〇"));

		total = digit * 100;
		digit = chinese_digit(&s);
		if (zero && !digit)
			return false;
	}
	if (take(&s, S("十"))) {
		total += (digit ? digit : 1) * 10;
		digit = chinese_digit(&s);
	}
	total += digit;
	*rest = s;
	*out = total;
	return total > 0;
}

static bool
take_number(struct str *rest, int64_t *out)
{
	size_t n = 0;

	while (n < rest->n && rest->p[n] >= '0' && rest->p[n] <= '9')
		n++;
	if (!n)
		return take_chinese(rest, out);
	if (!str_int(str_sub(*rest, 0, n), out))
		return false;
	*rest = str_sub(*rest, n, rest->n);
	return true;
}

static bool
is_one_of(struct str s, const struct str *words, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (str_eq(s, words[i]))
			return true;
	return false;
}

static bool
parse(struct str rest, struct term *out)
{
	struct term t = { 0 };
	bool known = false;

	rest = str_trim(rest);
	t.is_backward = take(&rest, S("-"));
	if (!take_number(&rest, &t.number) || t.number < 1 || t.number > 36500)
		return false;
	rest = str_trim(rest);
	for (size_t i = 0; i < sizeof unit_words / sizeof *unit_words && !known; i++) {
		known = take(&rest, unit_words[i].word);
		t.unit = unit_words[i].unit;
	}
	rest = str_trim(rest);
	if (is_one_of(rest, before_words, 4) && !t.is_backward)
		t.is_backward = true;
	else if (!is_one_of(rest, inside_words, 4))
		return false;
	t.roll = t.is_backward || t.unit == TERM_WORKDAYS || t.unit == TERM_HOURS
		     ? ROLL_NONE
		     : ROLL_NEXT;
	*out = t;
	return known;
}

enum err
term_parse(struct cx *cx, struct str text, struct term *out)
{
	if (!parse(text, out))
		return fail(cx, ERR_INPUT,
		    "看不懂期限“%.*s”，请写作 20个工作日、15日、3个月、2年、24小时，"
		    "倒推的写作 7个工作日前",
		    STR_ARG(text));
	return ERR_OK;
}

static const char *
unit_chinese(enum term_unit unit)
{
	switch (unit) {
	case TERM_HOURS:
		return "小时";
	case TERM_DAYS:
		return "日";
	case TERM_WORKDAYS:
		return "个工作日";
	case TERM_MONTHS:
		return "个月";
	case TERM_YEARS:
		return "年";
	}
	bug("unit %d", (int)unit);
}

struct str
term_text(struct arena *a, const struct term *term)
{
	return str_fmt(a, "%lld%s%s", (long long)term->number, unit_chinese(term->unit),
	    term->is_backward ? "前" : "");
}

static void
put_day(struct buf *b, int64_t day)
{
	static const char *const names[] = { "一", "二", "三", "四", "五", "六", "日" };

	buf_put(b, day_iso(b->arena, day));
	buf_fmt(b, "（星期%s）", names[day_weekday(day) - 1]);
}

static void
put_days(struct buf *b, const struct term_note *n)
{
	put_day(b, n->from);
	if (n->to != n->from) {
		buf_put_z(b, "至 ");
		put_day(b, n->to);
	}
}

/* 国庆节放假 with its notice; 双休日 where nothing but the weekday decides. */
static void
put_holiday(struct buf *b, const struct term_note *n)
{
	if (!n->name.n)
		buf_put_z(b, "双休日");
	else
		buf_fmt(b, "%.*s放假", STR_ARG(n->name));
}

static void
put_source(struct buf *b, const struct term_note *n)
{
	if (str_has(n->source, S("://")))
		buf_fmt(b, "（放假通知：%.*s）", STR_ARG(n->source));
	else if (n->source.n)
		buf_fmt(b, "（%.*s）", STR_ARG(n->source));
}

static void
put_pause(struct buf *b, const struct term_note *n)
{
	buf_put_z(b, n->name.n ? "因" : "");
	buf_put(b, n->name);
	if (n->source.n)
		buf_fmt(b, "（%.*s）", STR_ARG(n->source));
}

static void
put_extension(struct buf *b, const struct term_note *n)
{
	if (n->from != DAY_NONE) {
		buf_put_z(b, "原期限至 ");
		put_day(b, n->from);
		buf_put_z(b, "为止，");
	}
	buf_fmt(b, "延长%.*s", STR_ARG(n->name));
	if (n->source.n)
		buf_fmt(b, "（%.*s）", STR_ARG(n->source));
	buf_put_z(
	    b, n->from == DAY_NONE ? "，恢复计算后接续计算" : "，自其次日起接续计算");
}

/* Days that were passed over, or counted though they looked as if they would not be. */
static void
put_passed(struct buf *b, const struct term *term, const struct term_note *n)
{
	if (n->kind == NOTE_STANDING) {
		put_day(b, n->from);
		buf_put_z(b, "起");
		put_pause(b, n);
		buf_fmt(b, "中止计算，尚未恢复，剩余%lld%s", (long long)n->count,
		    term->unit == TERM_WORKDAYS ? "个工作日" : "日");
		return;
	}
	put_days(b, n);
	if (n->kind == NOTE_PAUSED) {
		put_pause(b, n);
		buf_put_z(b, "中止计算，恢复后补足");
		return;
	}
	if (n->kind == NOTE_MAKEUP)
		buf_fmt(b, "%.*s调休上班，计入工作日", STR_ARG(n->name));
	else
		put_holiday(b, n);
	if (n->kind == NOTE_OFF)
		buf_put_z(b, "，不计入工作日");
	if (n->kind == NOTE_ROLLED)
		buf_put_z(b, "，不作为期间的最后一日");
	put_source(b, n);
}

struct str
term_note_text(struct arena *a, const struct term *term, const struct term_note *n)
{
	const bool back = term->is_backward;
	struct buf b = { .arena = a };

	switch (n->kind) {
	case NOTE_START:
		put_day(&b, n->from);
		buf_put_z(
		    &b, back ? "当日不计入，自前一日起倒算（民法典第二百零一条）"
			     : "开始的当日不计入，自次日起计算（民法典第二百零一条）");
		break;
	case NOTE_MOMENT:
		put_day(&b, n->from);
		buf_put_z(&b, "按照小时计算，自该时刻起连续计算，不扣除节假日（民法典第二"
			      "百零一条）");
		break;
	case NOTE_OFF:
	case NOTE_MAKEUP:
	case NOTE_PAUSED:
	case NOTE_STANDING:
	case NOTE_ROLLED:
		put_passed(&b, term, n);
		break;
	case NOTE_MONTH_END:
		buf_put_z(&b, "该月没有对应日，以月末 ");
		put_day(&b, n->from);
		buf_put_z(&b, "为到期日（民法典第二百零二条）");
		break;
	case NOTE_EXTENDED:
		put_extension(&b, n);
		break;
	case NOTE_LAST:
		buf_put(&b, term_text(a, term));
		buf_put_z(&b, n->count > 1 ? "连同延长的期限，" : "");
		buf_put_z(&b, back ? "为 " : "届满之日为 ");
		put_day(&b, n->from);
		break;
	case NOTE_MOVED:
		buf_put_z(&b,
		    back ? "提前至其前的最后一个工作日 " : "顺延至其后的第一个工作日 ");
		put_day(&b, n->from);
		buf_put_z(&b, back ? "" : "（民法典第二百零三条）");
		break;
	case NOTE_PROVISIONAL:
		buf_put_z(
		    &b, "暂定，待放假通知：所涉日期的放假安排尚未公布，公布后重新计算");
		break;
	}
	return buf_str(&b);
}
