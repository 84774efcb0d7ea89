/* Numbers at the start of a line (intake/number.h). */
#include "intake/number.h"

#include "lang/han.h"

/* 十, 十五, 二十, 二十三, 一百零八; 0 when none stands at *i. */
static int
han_run(struct str s, size_t *i)
{
	int64_t value = 0;

	return han_take(s, i, &value) ? (int)value : 0;
}

static int
digit_run(struct str s, size_t *i)
{
	int v = 0;
	const size_t from = *i;

	while (*i < s.n && s.p[*i] >= '0' && s.p[*i] <= '9' && *i - from < 4)
		v = v * 10 + (s.p[(*i)++] - '0');
	return v;
}

static bool
digit_follows(struct str s, size_t i)
{
	return i < s.n && s.p[i] >= '0' && s.p[i] <= '9';
}

/* (一) 一) () ) (1) 1): *i stands behind an opening bracket, if there is one. */
static bool
bracketed(struct str f, bool open, struct number *out)
{
	size_t i = open ? 1 : 0;
	const size_t from = i;
	int v;

	while (i < f.n && f.p[i] == ' ')
		i++;
	v = digit_run(f, &i);
	out->kind = NUMBER_BRACKET;
	if (v == 0) {
		v = han_run(f, &i);
		out->kind = NUMBER_HAN_BRACKET;
	}
	while (i < f.n && f.p[i] == ' ')
		i++;
	if (i >= f.n || f.p[i] != ')')
		return false;
	if (v == 0 && i != from)
		return false;
	i++;
	(void)(take(f, &i, "、") || take(f, &i, "."));
	while (i < f.n && f.p[i] == ' ')
		i++;
	/* A number is followed by words; "()" alone is only damage. */
	if (v == 0 && (i >= f.n || (unsigned char)f.p[i] < 0x80))
		return false;
	out->value = v;
	out->no_open = !open;
	out->no_numeral = v == 0;
	out->n = i;
	return true;
}

static bool
part(struct str f, struct number *out)
{
	size_t i = 0;

	if (!take(f, &i, "第"))
		return false;
	out->value = han_run(f, &i);
	if (out->value == 0 ||
	    !(take(f, &i, "部分") || take(f, &i, "章") || take(f, &i, "编")))
		return false;
	while (take(f, &i, " ") || take(f, &i, "、") || take(f, &i, ":"))
		;
	out->kind = NUMBER_PART;
	out->n = i;
	return true;
}

/* 一、 and its damaged spellings 一, 一,、 */
static bool
han(struct str f, struct number *out)
{
	size_t i = 0;
	bool mark = false;

	out->value = han_run(f, &i);
	if (out->value == 0)
		return false;
	while (
	    take(f, &i, "、") || take(f, &i, ",") || take(f, &i, ".") || take(f, &i, "."))
		mark = true;
	out->kind = NUMBER_HAN;
	while (take(f, &i, " "))
		;
	out->n = i;
	return mark;
}

static bool
dot(struct str f, struct number *out)
{
	size_t i = 0;

	out->value = digit_run(f, &i);
	if (out->value == 0)
		return false;
	if (take(f, &i, ".")) {
		if (digit_follows(f, i))
			return false;
	} else if (!take(f, &i, "、")) {
		return false;
	}
	while (take(f, &i, " "))
		;
	out->kind = NUMBER_DOT;
	out->n = i;
	return true;
}

static bool
circled(struct str f, struct number *out)
{
	size_t i = 0;
	const uint32_t c = f.n ? str_next(f, &i) : 0;

	if (c < 0x2460 || c > 0x2473)
		return false;
	while (take(f, &i, " "))
		;
	out->kind = NUMBER_CIRCLED;
	out->value = (int)(c - 0x2460) + 1;
	out->n = i;
	return true;
}

/* 一是, as officials count aloud. */
static bool
spoken(struct str f, struct number *out)
{
	size_t i = 0;

	out->value = han_run(f, &i);
	if (out->value == 0 || out->value > 30 || !take(f, &i, "是"))
		return false;
	while (take(f, &i, ",") || take(f, &i, ":") || take(f, &i, " "))
		;
	out->kind = NUMBER_SPOKEN;
	out->n = i;
	return true;
}

/* 问题一: 任务3: with a mark behind it. */
static bool
named(struct str f, struct number *out)
{
	static const char *const words[] = { "问题", "任务", "举措", "事项", "措施",
		"项目", "行动", "专项", NULL };
	size_t i = 0;

	for (const char *const *w = words; *w && !i; w++)
		(void)take(f, &i, *w);
	if (!i)
		return false;
	out->value = digit_run(f, &i);
	if (!out->value)
		out->value = han_run(f, &i);
	if (!out->value || !(take(f, &i, ":") || take(f, &i, "、") || take(f, &i, ".")))
		return false;
	while (take(f, &i, " "))
		;
	out->kind = NUMBER_NAMED;
	out->n = i;
	return true;
}

struct number
number_at(struct str f)
{
	struct number n = { 0 };
	bool found;

	if (f.n && f.p[0] == '(')
		found = bracketed(f, true, &n);
	else
		found = part(f, &n) || han(f, &n) || dot(f, &n) || circled(f, &n) ||
			spoken(f, &n) || named(f, &n) || bracketed(f, false, &n);
	return found ? n : (struct number){ 0 };
}
