/* Finding damage (intake/damage.h). Offsets are in folded text. */
#include "intake/damage.h"

#include <stdlib.h>

#include "intake/number.h"
#include "lang/han.h"

enum {
	DAMAGE_MANY = 200, /* entries of one kind; further ones are counted in the last */
	SHOWN = 90,        /* bytes of folded text in front of a lost bracket */
};

void
damage_add(struct cx *cx, struct plan *p, struct plan_damage d)
{
	struct plan_damaged *of = &p->damaged[d.why];

	/* A list nobody can read helps nobody: what is more only counts. */
	if (of->entries >= DAMAGE_MANY) {
		p->damage.v[of->last].count += d.count;
		return;
	}
	of->entries++;
	of->last = p->damage.n;
	*list_add(cx->arena, &p->damage) = d;
}

/* One more of a kind of which enough were listed: counted, and nothing made of it. */
static bool
only_counted(struct plan *p, enum plan_why why)
{
	if (p->damaged[why].entries < DAMAGE_MANY)
		return false;
	p->damage.v[p->damaged[why].last].count++;
	return true;
}

static int
by_line(const void *a, const void *b)
{
	const struct plan_damage *x = a, *y = b;

	if (x->line != y->line)
		return x->line < y->line ? -1 : 1;
	return (int)x->why - (int)y->why;
}

void
damage_sort(struct plan *p)
{
	if (p->damage.n)
		qsort(p->damage.v, p->damage.n, sizeof *p->damage.v, by_line);
}

static void
add(struct cx *cx, struct plan *p, const struct line *l, size_t from, size_t to,
    enum plan_why why, struct str suggest)
{
	if (!only_counted(p, why))
		damage_add(cx, p,
		    (struct plan_damage){
			l->no, why, line_cut(l, from, to), suggest, 1 });
}

static bool
is_digit(struct str f, size_t i)
{
	return i < f.n && f.p[i] >= '0' && f.p[i] <= '9';
}

static int
number_of(struct str digits)
{
	int64_t v;

	return str_int(digits, &v) ? (int)v : -1;
}

static bool
is_year(struct str digits)
{
	const int y = digits.n == 4 ? number_of(digits) : 0;

	return y >= 1949 && y <= 2099;
}

/* "16" behind a year is 1月6日; "112" is 1月12日 or 11月2日: all that are real days. */
static struct str
days_meant(struct cx *cx, struct str digits)
{
	const int year = number_of(str_sub(digits, 0, 4));
	const struct str rest = str_sub(digits, 4, digits.n);
	struct strs all = { 0 };

	for (size_t n = 1; n <= 2 && n < rest.n; n++) {
		const int m = number_of(str_sub(rest, 0, n));
		const int d = number_of(str_sub(rest, n, rest.n));

		if (rest.n - n > 2 || m < 1 || m > 12 || d < 1 ||
		    d > month_days(year, m) ||
		    (rest.n - n == 2 && rest.p[n] == '0' && rest.n == 3))
			continue;
		*list_add(cx->arena, &all) = str_fmt(
		    cx->arena, "%d年%d月%d日", year, m, d);
	}
	return str_join(cx->arena, all.v, all.n, S(" 或 "));
}

/* Two years without what stood between them: 20152020. */
static bool
two_years(struct str digits)
{
	return digits.n == 8 && is_year(str_sub(digits, 0, 4)) &&
	       is_year(str_sub(digits, 4, 8)) &&
	       number_of(str_sub(digits, 0, 4)) < number_of(str_sub(digits, 4, 8));
}

static bool
starts(struct str f, size_t i, const char *z)
{
	return str_starts(str_sub(f, i, f.n), str_z(z));
}

/* 〔2015592 or 发201627号: year and number of a document. */
static bool
document_number(struct cx *cx, struct str f, size_t from, size_t to, size_t *begin,
    size_t *end, struct str *suggest)
{
	const bool open = from > 0 && f.p[from - 1] == '[';
	const struct str digits = str_sub(f, from, to), before = str_sub(f, 0, from);
	const bool mark = starts(f, to, "号");

	if (!is_year(str_sub(digits, 0, 4)) || digits.n < 5 ||
	    (open && starts(f, to, "]")))
		return false;
	if (!open &&
	    !(mark && (str_ends(before, S("发")) || str_ends(before, S("函")) ||
			  str_ends(before, S("办")) || str_ends(before, S("字")))))
		return false;
	*begin = from - (open ? 1 : 0);
	*end = to + (mark ? S("号").n : 0);
	*suggest = str_fmt(cx->arena, "〔%.*s〕%.*s号", STR_ARG(str_sub(digits, 0, 4)),
	    STR_ARG(str_sub(digits, 4, digits.n)));
	return true;
}

/* A run of 5 to 8 digits that begins with a year and cannot be a plain number. */
static bool
run_together(
    struct cx *cx, struct str f, size_t from, size_t to, size_t *end, struct str *suggest)
{
	const struct str digits = str_sub(f, from, to), year = str_sub(digits, 0, 4);
	const int rest = number_of(str_sub(digits, 4, digits.n));

	*end = to;
	if (!is_year(year))
		return false;
	if (two_years(digits) && (starts(f, to, ")") || starts(f, to, "年"))) {
		const bool list = starts(f, to, "年");

		*end = to + (list ? S("年").n : 0);
		*suggest = str_fmt(cx->arena, list ? "%.*s、%.*s年" : "%.*s—%.*s",
		    STR_ARG(year), STR_ARG(str_sub(digits, 4, 8)));
		return true;
	}
	if (starts(f, to, "月") && rest >= 1 && rest <= 12 && digits.n <= 6) {
		*end = to + S("月").n;
		*suggest = str_fmt(cx->arena, "%.*s年%d月", STR_ARG(year), rest);
		return true;
	}
	if (starts(f, to, "日") || (from == 0 && to == f.n && digits.n >= 6)) {
		*suggest = days_meant(cx, digits);
		if (starts(f, to, "日"))
			*end = to + S("日").n;
		return suggest->n > 0;
	}
	return false;
}

/* 2016年630日: the 月 is lost. */
static bool
month_lost(struct cx *cx, struct str f, size_t from, size_t to, size_t *begin,
    struct str *suggest)
{
	const size_t mark = S("年").n;
	struct str whole;

	if (!starts(f, to, "日") || to - from < 2 || to - from > 4 || from < mark + 4 ||
	    !starts(f, from - mark, "年") ||
	    !is_year(str_sub(f, from - mark - 4, from - mark)))
		return false;
	if (to - from == 2 && number_of(str_sub(f, from, to)) <= 12)
		return false;
	*begin = from - mark - 4;
	whole = str_fmt(cx->arena, "%.*s%.*s", STR_ARG(str_sub(f, *begin, *begin + 4)),
	    STR_ARG(str_sub(f, from, to)));
	*suggest = days_meant(cx, whole);
	return suggest->n > 0;
}

static void
scan_digits(struct cx *cx, const struct line *l, struct plan *p)
{
	for (size_t i = 0; i < l->f.n; i++) {
		size_t to = i, begin = i, end;
		struct str suggest = { 0 };

		if (!is_digit(l->f, i))
			continue;
		while (is_digit(l->f, to))
			to++;
		end = to;
		if (to - i > 8)
			;
		else if (document_number(cx, l->f, i, to, &begin, &end, &suggest))
			add(cx, p, l, begin, end, WHY_BRACKET_LOST, suggest);
		else if (to - i > 4 && run_together(cx, l->f, i, to, &end, &suggest))
			add(cx, p, l, i, end, WHY_DATE_RUN_TOGETHER, suggest);
		else if (month_lost(cx, l->f, i, to, &begin, &suggest))
			add(cx, p, l, begin, end + S("日").n, WHY_DATE_RUN_TOGETHER,
			    suggest);
		i = to - 1;
	}
}

/* Letters of pinyin before i: where they begin; i when there are none. */
static size_t
letters_before(struct str f, size_t i)
{
	while (i > 0) {
		size_t j = i - 1, k;
		uint32_t c;

		while (j > 0 && ((unsigned char)f.p[j] & 0xc0) == 0x80)
			j--;
		k = j;
		c = str_next(f, &k);
		if (!((c >= 'a' && c <= 'z') || (c >= 0xe0 && c < 0x300)))
			break;
		i = j;
	}
	return i;
}

/* "?qū)嶋": characters read in the wrong pairs of bytes. Behind them the broken ones. */
static void
scan_broken(struct cx *cx, const struct line *l, struct plan *p)
{
	const struct str f = l->f;

	for (size_t i = 0; i < f.n; i++) {
		/* U+FFFD, what a wrong decoding made of it, and private characters. */
		const bool lost = starts(f, i, "\xef\xbf\xbd") ||
				  starts(f, i, "锟斤拷") ||
				  (unsigned char)f.p[i] == 0xee ||
				  ((unsigned char)f.p[i] == 0xef &&
				      (unsigned char)f.p[i + 1] < 0xa4);
		const size_t letters = f.p[i] == ')' ? letters_before(f, i) : i;
		size_t from = i, to = i;

		if (!lost && !(letters < i && letters > 0 && f.p[letters - 1] == '?'))
			continue;
		if (!lost)
			from = letters - 1;
		while (from > 0 && ((unsigned char)f.p[--from] & 0xc0) == 0x80)
			;
		for (int k = 0; k < 6 && to < f.n; k++)
			(void)str_next(f, &to);
		add(cx, p, l, from, to, WHY_MOJIBAKE, S("乱码处请对照原件补正"));
		i = to - 1;
	}
}

/* Closing brackets that nothing opened, but for those of numbers: 1) a) and broken text.
 */
static bool
is_number_mark(struct str f, size_t at)
{
	size_t i = at;

	while (i > 0 && (is_digit(f, i - 1) || (f.p[i - 1] >= 'a' && f.p[i - 1] <= 'z') ||
			    ((unsigned char)f.p[i - 1] >= 0x80 && at - i < 9 &&
				han_number(str_sub(f, i - 3 < i ? i - 3 : 0, at)))))
		i -= (unsigned char)f.p[i - 1] >= 0x80 ? 3 : 1;
	if (letters_before(f, at) < at)
		return true;
	return i < at && (i == 0 || f.p[i - 1] == ';' || f.p[i - 1] == ' ' ||
			     str_ends(str_sub(f, 0, i), S("。")) ||
			     str_ends(str_sub(f, 0, i), S(":")));
}

static bool
already_said(const struct plan *p, const struct line *l, enum plan_why why)
{
	for (size_t i = 0; i < p->damage.n; i++)
		if (p->damage.v[i].line == l->no && p->damage.v[i].why == why)
			return true;
	return false;
}

static void
scan_brackets(struct cx *cx, const struct line *l, struct plan *p)
{
	const struct number head = l->num;
	const size_t first = head.no_open ? head.n : 0;
	int depth = 0;

	for (size_t i = first; i < l->f.n; i++) {
		if (l->f.p[i] == '(') {
			depth++;
		} else if (l->f.p[i] == ')' && depth > 0) {
			depth--;
		} else if (l->f.p[i] == ')' && !is_number_mark(l->f, i) &&
			   !already_said(p, l, WHY_MOJIBAKE)) {
			size_t from = i;

			if (only_counted(p, WHY_BRACKET_LOST))
				continue;
			while (from > first && i - from < SHOWN &&
			       l->f.p[from - 1] != ',' &&
			       !str_ends(str_sub(l->f, 0, from), S("。")))
				from--;
			while (((unsigned char)l->f.p[from] & 0xc0) == 0x80)
				from++;
			add(cx, p, l, from, i + 1, WHY_BRACKET_LOST,
			    str_fmt(
				cx->arena, "(%.*s", STR_ARG(line_cut(l, from, i + 1))));
		}
	}
}

struct style {
	size_t open, no_open;
};

/* Numbers of lines: which kind is normally bracketed on both sides. */
static void
count_styles(const struct text *t, struct style styles[NUMBER_KIND_COUNT_])
{
	for (size_t i = 0; i < t->n; i++) {
		const struct number n = t->v[i].num;

		if (n.no_open)
			styles[n.kind].no_open++;
		else
			styles[n.kind].open++;
	}
}

static struct str
number_meant(struct cx *cx, const struct number *n, int value)
{
	if (n->kind == NUMBER_HAN_BRACKET && value > 0 && value < 100)
		return str_fmt(cx->arena, "(%.*s)", STR_ARG(han_write(cx->arena, value)));
	return value > 0 ? str_fmt(cx->arena, "(%d)", value) : S("(序号)");
}

/* The next number of this kind, when it tells that exactly one was lost. Looks a little
 * ahead only: behind many lost numbers the next one says nothing of this one. */
static int
value_behind(const struct text *t, size_t i, enum number_kind kind)
{
	for (size_t k = i + 1; k < t->n && k < i + 200; k++) {
		const struct number n = t->v[k].num;

		if (n.kind == kind)
			return n.value > 1 ? n.value - 1 : 0;
	}
	return 0;
}

static void
scan_numbers(struct cx *cx, const struct text *t, struct plan *p)
{
	struct style styles[NUMBER_KIND_COUNT_] = { 0 };
	struct plan_damage empty = { .why = WHY_NUMERAL_LOST,
		.suggest = S("括号内的序号，请按出现的先后补上") };
	int last = 0;

	count_styles(t, styles);
	for (size_t i = 0; i < t->n; i++) {
		const struct line *l = &t->v[i];
		const struct number n = l->num;
		const size_t shown = n.n + 18;

		if (n.kind == NUMBER_HAN_BRACKET && n.value)
			last = n.value;
		if (n.no_numeral && !n.no_open) {
			if (empty.count++ == 0) {
				empty.line = l->no;
				empty.text = line_cut(l, 0, n.n);
			}
		} else if (n.no_numeral) {
			const int behind = value_behind(t, i, n.kind);
			const struct str meant = number_meant(
			    cx, &n, behind ? behind : last + 1);

			add(cx, p, l, 0, shown, WHY_NUMERAL_LOST,
			    str_fmt(cx->arena, "%.*s%.*s", STR_ARG(meant),
				STR_ARG(line_cut(l, n.n, shown))));
			last++;
		} else if (n.no_open && styles[n.kind].open > styles[n.kind].no_open) {
			const struct str meant = number_meant(cx, &n, n.value);

			add(cx, p, l, 0, shown, WHY_BRACKET_LOST,
			    str_fmt(cx->arena, "%.*s%.*s", STR_ARG(meant),
				STR_ARG(line_cut(l, n.n, shown))));
		}
	}
	if (empty.count)
		damage_add(cx, p, empty);
}

void
damage_scan(struct cx *cx, const struct text *t, struct plan *p)
{
	for (size_t i = 0; i < t->n; i++) {
		scan_digits(cx, &t->v[i], p);
		scan_broken(cx, &t->v[i], p);
		scan_brackets(cx, &t->v[i], p);
	}
	scan_numbers(cx, t, p);
}
