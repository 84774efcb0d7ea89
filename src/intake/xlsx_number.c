/*
 * Numbers of workbooks. They are stored as shortest texts of binary fractions, so they
 * are handled as digits and an exponent, never as a double.
 */
#include "base/date.h"
#include "intake/xlsx_part.h"

enum { DIGITS_MAX = 15, STORED_MAX = 40, PLAIN_MAX = 24 };

/* value = 0.d1d2d3… × 10^point */
struct digits {
	char d[STORED_MAX];
	int n, point;
	bool negative;
};

static bool
parse_digits(struct str s, struct digits *out)
{
	struct digits x = { 0 };
	size_t i = 0, e;
	bool after_point = false, any = false;
	int64_t exponent = 0;

	if (s.n > STORED_MAX)
		return false;
	if (i < s.n && (s.p[i] == '-' || s.p[i] == '+'))
		x.negative = s.p[i++] == '-';
	for (; i < s.n && ((s.p[i] >= '0' && s.p[i] <= '9') || s.p[i] == '.'); i++) {
		if (s.p[i] == '.') {
			if (after_point)
				return false;
			after_point = true;
			continue;
		}
		any = true;
		if (x.n || s.p[i] != '0') {
			x.d[x.n++] = s.p[i];
			x.point += !after_point;
		} else {
			x.point -= after_point;
		}
	}
	if (!any)
		return false;
	if (i < s.n && (s.p[i] == 'e' || s.p[i] == 'E')) {
		e = i + 1 < s.n && s.p[i + 1] == '+' ? i + 2 : i + 1;
		if (!str_int(str_sub(s, e, s.n), &exponent) || exponent > 400 ||
		    exponent < -400)
			return false;
		i = s.n;
	}
	x.point += (int)exponent;
	*out = x;
	return i == s.n;
}

/* Half up at the 15th digit, then without zeros at the end. */
static void
round_digits(struct digits *x)
{
	int i = DIGITS_MAX;

	if (x->n > DIGITS_MAX) {
		const bool up = x->d[DIGITS_MAX] >= '5';

		x->n = DIGITS_MAX;
		while (up && i > 0 && ++x->d[--i] > '9')
			x->d[i] = '0';
		if (up && x->d[0] == '0') { /* 99…9 became 100…0 */
			x->d[0] = '1';
			x->point++;
		}
	}
	while (x->n && x->d[x->n - 1] == '0')
		x->n--;
}

void
xlsx_put_number(struct buf *b, struct str stored)
{
	struct digits x;

	stored = str_trim(stored);
	if (!parse_digits(stored, &x)) {
		buf_put(b, stored);
		return;
	}
	round_digits(&x);
	if (!x.n || x.point > PLAIN_MAX || x.point < -PLAIN_MAX) {
		buf_put(b, x.n ? stored : S("0"));
		return;
	}
	buf_put_z(b, x.negative ? "-" : "");
	if (x.point <= 0)
		buf_put_z(b, "0.");
	for (int i = x.point; i < 0; i++)
		buf_put_byte(b, '0');
	for (int i = 0; i < x.n || i < x.point; i++) {
		if (i && i == x.point)
			buf_put_byte(b, '.');
		buf_put_byte(b, i < x.n ? x.d[i] : '0');
	}
}

enum {
	DAY_1899_12_30 = -25569,
	DAY_1904_01_01 = -24107,
	FAKE_LEAP_DAY = 60,
	DAYS_MAX = 2958465
};

/* Minutes of the fraction of a day, rounded, from its first nine digits. */
static int64_t
minutes_of(const struct digits *x)
{
	int64_t billionths = 0;

	for (int i = 0; i < 9; i++) {
		const int at = x->point + i;

		billionths = billionths * 10 +
			     (at >= 0 && at < x->n ? x->d[at] - '0' : 0);
	}
	return (billionths * 1440 + 500000000) / 1000000000;
}

bool
xlsx_put_date(struct buf *b, struct str stored, bool from_1904, enum xlsx_shows shows)
{
	struct digits x;
	int64_t serial = 0, minutes;
	struct civil c;

	if (!parse_digits(str_trim(stored), &x) || x.negative || x.point > 8)
		return false;
	for (int i = 0; i < x.point; i++)
		serial = serial * 10 + (i < x.n ? x.d[i] - '0' : 0);
	minutes = minutes_of(&x);
	serial += minutes / 1440;
	minutes %= 1440;
	if (serial > DAYS_MAX || (!from_1904 && serial == FAKE_LEAP_DAY))
		return false;
	if (serial == 0 && !from_1904) { /* a time of no day */
		buf_fmt(b, "%02d:%02d", (int)(minutes / 60), (int)(minutes % 60));
		return true;
	}
	/* Excel believes that 1900 was a leap year, so the days before March are one off.
	 */
	if (!from_1904 && serial < FAKE_LEAP_DAY)
		serial++;
	serial += from_1904 ? DAY_1904_01_01 : DAY_1899_12_30;
	c = day_civil(serial);
	if (shows == XLSX_MONTH || shows == XLSX_YEAR) {
		buf_fmt(b, "%04d年", c.year);
		if (shows == XLSX_MONTH)
			buf_fmt(b, "%d月", c.month);
		return true;
	}
	buf_fmt(b, "%04d-%02d-%02d", c.year, c.month, c.day);
	if (minutes)
		buf_fmt(b, " %02d:%02d", (int)(minutes / 60), (int)(minutes % 60));
	return true;
}
