/*
 * A rule instead of a list: the lists of passwords that were lost are a few hundred words
 * and rows of keys with figures put around them. What is left when figures and signs are
 * taken away, and letters put back for the figures that stand for them, is looked up.
 */
#include "web/weak.h"

#include <string.h>

enum { LEFT_MAX = 64, OWN_LETTERS = 4 };

static const char *const words[] = { "password", "passwort", "passwd", "pass", "word",
	"admin", "administrator", "root", "user", "guest", "test", "tester", "demo",
	"login", "welcome", "hello", "letmein", "changeme", "secret", "default", "master",
	"system", "server", "manager", "office", "computer", "internet", "windows",
	"huawei", "alibaba", "tencent", "baidu", "wechat", "weixin", "qqqq", "iloveyou",
	"loveyou", "woaini", "woaiwojia", "wodemima", "mima", "nihao", "zhongguo",
	"china", "beijing", "shanghai", "gongan", "sifa", "sifaju", "zhengfu",
	"xianzhengfu", "fazhi", "zhunsheng", "guanli", "guanliyuan", "xitong", "anquan",
	"shenji", "dragon", "monkey", "sunshine", "princess", "football", "baseball",
	"superman", "batman", "michael", "shadow", "killer", "trustno", "freedom",
	"whatever", "qazwsx", "qazwsxedc", "zaqwsx", "asdf", "asdfgh", "asdfghjkl",
	"zxcv", "zxcvbn", "zxcvbnm", "qwer", "qwert", "qwerty", "qwertyuiop", "qwerasdf",
	"qweasd", "qweasdzxc", "abc", "abcd", "abcdef", "abcdefg", "aaa", "aabb", "xxx",
	"zzz", "love", "caonima", "feng", "wang", "zhang", "chen", "liu", "yang" };

static const char *const rows[] = { "01234567890", "1234567890", "0987654321",
	"abcdefghijklmnopqrstuvwxyz", "zyxwvutsrqponmlkjihgfedcba", "qwertyuiop",
	"poiuytrewq", "asdfghjkl", "lkjhgfdsa", "zxcvbnm", "mnbvcxz",
	"1qaz2wsx3edc4rfv5tgb6yhn7ujm", "1q2w3e4r5t6y7u8i9o0p", "qazwsxedcrfvtgbyhnujm",
	"147258369", "789456123", "159753", "!@#$%^&*()" };

static char
lower(char c)
{
	return (char)(c >= 'A' && c <= 'Z' ? c + ('a' - 'A') : c);
}

/* Letters alone; `stands` puts letters back for what is written in their place. */
static struct str
letters_of(struct cx *cx, struct str s, bool stands)
{
	static const char for_signs[] = "@4031!5$7+", letters[] = "aaoeiisstt";
	char *p = arena_alloc(cx->arena, s.n + 1);
	size_t n = 0;

	for (size_t i = 0; i < s.n; i++) {
		const char c = lower(s.p[i]);
		const char *at = c ? strchr(for_signs, c) : NULL;

		if (c >= 'a' && c <= 'z')
			p[n++] = c;
		else if (stands && at)
			p[n++] = letters[at - for_signs];
	}
	return (struct str){ p, n };
}

static bool
is_word(struct str s, struct str login)
{
	if (s.n >= OWN_LETTERS && str_eq(s, login))
		return true;
	for (size_t i = 0; i < sizeof words / sizeof *words; i++)
		if (str_eq(s, str_z(words[i])))
			return true;
	return false;
}

/* How long a piece of one row of keys stands at `at`. */
static size_t
row_at(struct str s, size_t at)
{
	size_t best = 1;

	for (size_t r = 0; r < sizeof rows / sizeof *rows; r++) {
		const struct str row = str_z(rows[r]);

		for (size_t from = 0; from < row.n; from++) {
			size_t n = 0;

			while (at + n < s.n && from + n < row.n &&
			       s.p[at + n] == row.p[from + n])
				n++;
			best = n > best ? n : best;
		}
	}
	return best;
}

static size_t
same_at(struct str s, size_t at)
{
	size_t n = 1;

	while (at + n < s.n && s.p[at + n] == s.p[at])
		n++;
	return n;
}

/* Nothing but rows of keys and repetition. */
static bool
is_rows(struct cx *cx, struct str s)
{
	struct str low = str_copy(cx->arena, s);
	char *p = arena_alloc(cx->arena, s.n + 1);
	size_t pieces = 0;

	for (size_t i = 0; i < s.n; i++)
		p[i] = lower(s.p[i]);
	low.p = p;
	for (size_t at = 0; at < low.n; pieces++) {
		const size_t row = row_at(low, at), same = same_at(low, at);

		at += row > same ? row : same;
	}
	return pieces * 3 <= low.n;
}

/* The first half again: abcabc, 12341234. */
static bool
is_twice(struct str s)
{
	for (size_t n = 1; n <= s.n / 2; n++)
		if (s.n % n == 0 && s.n / n > 1 && memcmp(s.p, s.p + n, s.n - n) == 0)
			return true;
	return false;
}

/* Without the figures and signs around it. */
static struct str
bare_ends(struct cx *cx, struct str s)
{
	size_t from = 0, to = s.n;

	while (from < to && !letters_of(cx, str_sub(s, from, from + 1), false).n)
		from++;
	while (to > from && !letters_of(cx, str_sub(s, to - 1, to), false).n)
		to--;
	return str_sub(s, from, to);
}

bool
password_is_weak(struct cx *cx, struct str password, struct str login)
{
	const struct str own = letters_of(cx, login, false);
	const struct str bare = letters_of(cx, password, false);

	if (str_eq(password, login) || is_twice(password) || is_rows(cx, password))
		return true;
	if (bare.n > LEFT_MAX)
		return false;
	/* Few letters among many figures are a birthday or a telephone number. */
	if (bare.n < OWN_LETTERS && password.n - bare.n == str_chars(password) - bare.n)
		return password.n < 12;
	return is_word(bare, own) || is_word(letters_of(cx, password, true), own) ||
	       is_word(letters_of(cx, bare_ends(cx, password), true), own);
}
