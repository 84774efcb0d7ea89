/* Chinese numerals: a digit before each place, 零 where places are left out. */
#include "lang/han.h"

#include "base/buf.h"

static const char digits[] = "零一二三四五六七八九";

enum { SIGN = 3 }; /* bytes of each sign */

static bool
sign_take(struct str s, size_t *i, struct str sign)
{
	if (!str_eq(str_sub(s, *i, *i + sign.n), sign))
		return false;
	*i += sign.n;
	return true;
}

/* 0..9; -1 for anything else. */
static int64_t
digit_take(struct str s, size_t *i)
{
	if (*i + SIGN > s.n || (unsigned char)s.p[*i] < 0xe3)
		return -1;
	if (sign_take(s, i, S("〇")))
		return 0;
	for (int d = 0; d <= 9; d++)
		if (sign_take(s, i, (struct str){ digits + d * SIGN, SIGN }))
			return d;
	return -1;
}

/* Takes "三百" into *value, and the 零 that may follow it. *d is the digit that stands
 * before the place and becomes the one behind it. */
static bool
place_take(
    struct str s, size_t *i, struct str place, int64_t times, int64_t *d, int64_t *value)
{
	const bool bare = *d < 0 && times == 10; /* 十五, without 一 */

	if ((*d <= 0 && !bare) || !sign_take(s, i, place))
		return false;
	*value += (bare ? 1 : *d) * times;
	(void)sign_take(s, i, S("零"));
	(void)sign_take(s, i, S("〇"));
	*d = digit_take(s, i);
	return true;
}

bool
han_take(struct str s, size_t *i, int64_t *out)
{
	const size_t from = *i;
	int64_t value = 0, d = digit_take(s, i);

	(void)place_take(s, i, S("千"), 1000, &d, &value);
	(void)place_take(s, i, S("百"), 100, &d, &value);
	(void)place_take(s, i, S("十"), 10, &d, &value);
	if (*i == from)
		return false;
	*out = value + (d > 0 ? d : 0);
	return true;
}

int64_t
han_number(struct str s)
{
	size_t i = 0;
	int64_t n;

	return han_take(s, &i, &n) && i == s.n ? n : 0;
}

struct str
han_write(struct arena *a, int64_t n)
{
	static const char places[] = "千百十";
	struct buf b = { .arena = a };
	bool zero = false;

	for (int64_t place = 0, base = 1000; base; place++, base /= 10) {
		const int64_t d = n / base % 10;

		if (!d) {
			zero = b.n > 0;
			continue;
		}
		if (zero)
			buf_put(&b, S("零"));
		zero = false;
		if (!(base == 10 && d == 1 && !b.n))
			buf_put(&b, (struct str){ digits + d * SIGN, SIGN });
		if (base > 1)
			buf_put(&b, (struct str){ places + place * SIGN, SIGN });
	}
	return b.n ? buf_str(&b) : S("零");
}
