/* Automatic numbers of Word as text (intake/docx_number.h). */
#include "intake/docx_number.h"

#include "base/buf.h"
#include "lang/han.h"
#include "lang/xml.h"

enum { PART_MAX = 8 << 20, STYLES_DEEP = 20, VALUE_MAX = 9999 };

/* ---- what the parts say ---- */

struct str
word_attribute(const struct xml_attribute *v, size_t n, struct str name)
{
	for (size_t i = 0; i < n; i++) {
		const size_t at = str_find(v[i].name, S(":"), 0);

		if (str_eq(name, at == SIZE_MAX ? v[i].name
						: str_sub(v[i].name, at + 1, SIZE_MAX)))
			return v[i].value;
	}
	return S("");
}

static struct str
own(const struct xml_node *node, struct str name)
{
	return word_attribute(node->attributes, node->n_attributes, name);
}

static struct str
val(const struct xml_node *node, struct str child)
{
	const struct xml_node *c = node ? xml_find(node, child) : NULL;

	return c ? word_attribute(c->attributes, c->n_attributes, S("val")) : S("");
}

static int64_t
val_int(const struct xml_node *node, struct str child, int64_t absent)
{
	int64_t v;

	return str_int(val(node, child), &v) && v >= 0 && v <= VALUE_MAX ? v : absent;
}

static bool
val_true(const struct xml_node *node, struct str child)
{
	const struct str v = val(node, child);

	return xml_find(node, child) && !str_eq(v, S("0")) && !str_eq(v, S("false"));
}

static struct list_level
level_read(const struct xml_node *lvl)
{
	struct list_level l = { .format = val(lvl, S("numFmt")),
		.pattern = val(lvl, S("lvlText")),
		.style = val(lvl, S("pStyle")),
		.start = val_int(lvl, S("start"), 0),
		.restart = val_int(lvl, S("lvlRestart"), -1),
		.decimal = val_true(lvl, S("isLgl")),
		.blank = !str_eq(val(lvl, S("suff")), S("nothing")) };

	/* A format that an older program does not know stands in a choice of two. */
	if (!l.format.n && xml_find(lvl, S("AlternateContent"))) {
		const struct xml_node *alternate = xml_find(lvl, S("AlternateContent"));
		const struct xml_node *choice = xml_find(alternate, S("Choice"));

		l.format = val(choice, S("numFmt"));
	}
	return l;
}

static bool
level_number(const struct xml_node *node, size_t *out)
{
	int64_t i;

	if (!str_int(own(node, S("ilvl")), &i) || i < 0 || i >= LIST_LEVELS)
		return false;
	*out = (size_t)i;
	return true;
}

static void
kind_read(struct cx *cx, const struct xml_node *node, struct numbering *out)
{
	struct list_kind *k = arena_new(cx->arena, struct list_kind);
	size_t i;

	k->id = own(node, S("abstractNumId"));
	k->link = val(node, S("numStyleLink"));
	k->style_link = val(node, S("styleLink"));
	for (const struct xml_node *l = xml_find(node, S("lvl")); l; l = xml_again(l))
		if (level_number(l, &i))
			k->levels[i] = level_read(l);
	map_put(cx->arena, &out->kinds, k->id, k);
}

static void
list_read(struct cx *cx, const struct xml_node *node, struct numbering *out)
{
	struct list_one *one = arena_new(cx->arena, struct list_one);
	size_t i;

	one->kind = map_find(&out->kinds, val(node, S("abstractNumId")));
	for (i = 0; i < LIST_LEVELS; i++)
		one->start[i] = -1;
	for (const struct xml_node *o = xml_find(node, S("lvlOverride")); o;
	     o = xml_again(o)) {
		if (!level_number(o, &i))
			continue;
		one->start[i] = val_int(o, S("startOverride"), -1);
		if (xml_find(o, S("lvl"))) {
			struct list_level *l = arena_new(cx->arena, struct list_level);

			*l = level_read(xml_find(o, S("lvl")));
			one->own[i] = l;
		}
	}
	if (one->kind)
		map_put(cx->arena, &out->lists, own(node, S("numId")), one);
}

static void
style_read(struct cx *cx, const struct xml_node *node, struct numbering *out)
{
	const struct xml_node *ppr = xml_find(node, S("pPr"));
	const struct xml_node *num = ppr ? xml_find(ppr, S("numPr")) : NULL;
	struct word_style *s = arena_new(cx->arena, struct word_style);

	s->name = val(node, S("name"));
	s->above = val(node, S("basedOn"));
	s->num = val(num, S("numId"));
	s->level = val_int(num, S("ilvl"), -1);
	map_put(cx->arena, &out->styles, own(node, S("styleId")), s);
	if (str_eq(own(node, S("type")), S("paragraph")) &&
	    str_eq(own(node, S("default")), S("1")))
		out->plain = s;
}

static enum err
part_parse(struct cx *cx, struct str xml, struct xml_node **out)
{
	*out = NULL;
	if (!xml.n)
		return ERR_OK;
	if (xml.n > PART_MAX)
		return fail(cx, ERR_INPUT, "样式或者编号的定义太大");
	return xml_parse(cx, xml, out);
}

/* A kind that stands for a style takes the levels of the kind that style counts with. */
static void
links_follow(struct numbering *n)
{
	for (size_t i = 0; i < n->kinds.n; i++) {
		struct list_kind *k = n->kinds.items[i].value;

		for (size_t j = 0; k->link.n && j < n->kinds.n; j++) {
			const struct list_kind *other = n->kinds.items[j].value;

			if (str_eq(other->style_link, k->link))
				memcpy(k->levels, other->levels, sizeof k->levels);
		}
	}
}

enum err
numbering_read(
    struct cx *cx, struct str numbering_xml, struct str styles_xml, struct numbering *out)
{
	struct xml_node *numbering, *styles;

	*out = (struct numbering){ 0 };
	TRY(part_parse(cx, numbering_xml, &numbering));
	TRY(part_parse(cx, styles_xml, &styles));
	for (const struct xml_node *k = numbering ? xml_find(numbering, S("abstractNum"))
						  : NULL;
	     k; k = xml_again(k))
		kind_read(cx, k, out);
	links_follow(out);
	for (const struct xml_node *l = numbering ? xml_find(numbering, S("num")) : NULL;
	     l; l = xml_again(l))
		list_read(cx, l, out);
	for (const struct xml_node *s = styles ? xml_find(styles, S("style")) : NULL; s;
	     s = xml_again(s))
		style_read(cx, s, out);
	return ERR_OK;
}

/* ---- numerals ---- */

static void
put_letters(struct buf *b, int64_t n, char first)
{
	/* Behind z comes aa, bb. */
	for (int64_t i = 0; i <= (n - 1) / 26 && i < 10; i++)
		buf_put_byte(b, (char)(first + (n - 1) % 26));
}

static void
put_roman(struct buf *b, int64_t n, bool upper)
{
	static const struct {
		int value;
		const char *upper, *lower;
	} parts[] = { { 1000, "M", "m" }, { 900, "CM", "cm" }, { 500, "D", "d" },
		{ 400, "CD", "cd" }, { 100, "C", "c" }, { 90, "XC", "xc" },
		{ 50, "L", "l" }, { 40, "XL", "xl" }, { 10, "X", "x" }, { 9, "IX", "ix" },
		{ 5, "V", "v" }, { 4, "IV", "iv" }, { 1, "I", "i" } };

	for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
		for (; n >= parts[i].value; n -= parts[i].value)
			buf_put_z(b, upper ? parts[i].upper : parts[i].lower);
}

/* 一〇 for ten: digit by digit. */
static void
put_digits(struct buf *b, int64_t n)
{
	static const char *const digits[] = { "〇", "一", "二", "三", "四", "五", "六",
		"七", "八", "九" };

	for (int64_t unit = 1000; unit; unit /= 10)
		if (n >= unit)
			buf_put_z(b, digits[n / unit % 10]);
}

static void
put_one_of(struct buf *b, int64_t n, struct str list)
{
	const int64_t all = (int64_t)str_chars(list);
	size_t i = 0;
	uint32_t c = 0;

	for (int64_t k = 0; all && k <= (n - 1) % all; k++)
		c = str_next(list, &i);
	if (c)
		buf_put_char(b, c);
}

static bool
counts_in_han(struct str format)
{
	static const char *const names[] = { "chineseCountingThousand", "chineseCounting",
		"japaneseCounting", "taiwaneseCountingThousand", "taiwaneseCounting",
		"koreanCounting", NULL };

	for (const char *const *n = names; *n; n++)
		if (str_eq(format, str_z(*n)))
			return true;
	return false;
}

/* One code point for each number up to `most`; beyond, digits between brackets. */
static void
put_enclosed(struct buf *b, int64_t n, uint32_t first, int64_t most)
{
	if (n >= 1 && n <= most)
		buf_put_char(b, first + (uint32_t)n - 1);
	else
		buf_fmt(b, "（%lld）", (long long)n);
}

static void
put_numeral(struct cx *cx, struct buf *b, struct str format, int64_t n)
{
	if (counts_in_han(format))
		buf_put(b, han_write(cx->arena, n));
	else if (str_eq(format, S("ideographDigital")) ||
		 str_eq(format, S("japaneseDigitalTenThousand")) ||
		 str_eq(format, S("taiwaneseDigital")))
		put_digits(b, n);
	else if (str_eq(format, S("chineseLegalSimplified")) ||
		 str_eq(format, S("ideographLegalTraditional")))
		put_one_of(b, n, S("壹贰叁肆伍陆柒捌玖拾"));
	else if (str_eq(format, S("ideographTraditional")))
		put_one_of(b, n, S("甲乙丙丁戊己庚辛壬癸"));
	else if (str_eq(format, S("ideographZodiac")))
		put_one_of(b, n, S("子丑寅卯辰巳午未申酉戌亥"));
	else if (str_starts(format, S("decimalEnclosedCircle")))
		put_enclosed(b, n, 0x2460, 20);
	else if (str_eq(format, S("decimalEnclosedParen")))
		put_enclosed(b, n, 0x2474, 20);
	else if (str_eq(format, S("decimalEnclosedFullstop")))
		buf_fmt(b, "%lld.", (long long)n);
	else if (str_eq(format, S("upperLetter")) && n > 0)
		put_letters(b, n, 'A');
	else if (str_eq(format, S("lowerLetter")) && n > 0)
		put_letters(b, n, 'a');
	else if (str_eq(format, S("upperRoman")) || str_eq(format, S("lowerRoman")))
		put_roman(b, n, str_eq(format, S("upperRoman")));
	else if (str_eq(format, S("decimalZero")))
		buf_fmt(b, "%02lld", (long long)n);
	else
		buf_put_int(b, n);
}

/* ---- counting ---- */

static const struct word_style *
style_above(const struct numbering *n, const struct word_style *s)
{
	return s && s->above.n ? map_find(&n->styles, s->above) : NULL;
}

/* The list and the level of a paragraph; what it says itself counts before its style. */
static struct list_one *
list_of(const struct numbering *n, const struct numbered *p, size_t *level)
{
	const struct word_style *own = p->style.n ? map_find(&n->styles, p->style)
						  : n->plain;
	const struct word_style *s = own;
	struct str num = p->num;
	int64_t at = p->level;
	struct list_one *one;

	for (int deep = 0; s && deep < STYLES_DEEP && (!num.n || at < 0); deep++) {
		if (!num.n) {
			num = s->num;
			if (num.n && at < 0)
				at = s->level;
		}
		s = style_above(n, s);
	}
	one = num.n ? map_find(&n->lists, num) : NULL;
	for (size_t i = 0; one && at < 0 && p->style.n && i < LIST_LEVELS; i++)
		if (str_eq(one->kind->levels[i].style, p->style))
			at = (int64_t)i;
	*level = at < 0 ? 0 : at < LIST_LEVELS ? (size_t)at : LIST_LEVELS - 1;
	return one;
}

static const struct list_level *
level_of(const struct list_one *one, size_t i)
{
	return one->own[i] ? one->own[i] : &one->kind->levels[i];
}

static int64_t
start_of(const struct list_one *one, size_t i)
{
	return one->start[i] >= 0 ? one->start[i] : level_of(one, i)->start;
}

/* Lists of one kind count together; one that says where it starts does so once. */
static void
count_on(struct list_one *one, size_t level)
{
	struct list_kind *k = one->kind;

	for (size_t i = 0; i < level; i++)
		if (!k->counted[i]) {
			k->count[i] = start_of(one, i);
			k->counted[i] = true;
		}
	if (!k->counted[level] || (one->start[level] >= 0 && !one->started[level]))
		k->count[level] = start_of(one, level);
	else
		k->count[level] += k->count[level] < VALUE_MAX;
	k->counted[level] = one->started[level] = true;
	for (size_t i = level + 1; i < LIST_LEVELS; i++) {
		const int64_t restart = level_of(one, i)->restart;

		if (restart < 0 || (restart > 0 && (int64_t)level < restart))
			k->counted[i] = false;
	}
}

/* A number that ends with a mark stands close to its words, any other apart. */
static bool
ends_with_mark(struct str s)
{
	static const char *const marks[] = { "、", "．", ".", "）", ")", "：", ":", "，",
		",", "】", "]", "〕" };

	for (size_t i = 0; i < sizeof marks / sizeof *marks; i++)
		if (str_ends(s, str_z(marks[i])))
			return true;
	return false;
}

struct str
numbering_next(struct cx *cx, struct numbering *n, const struct numbered *paragraph)
{
	struct buf b = { .arena = cx->arena };
	const struct list_level *l;
	struct list_one *one;
	size_t level;

	one = list_of(n, paragraph, &level);
	if (!one)
		return S("");
	count_on(one, level);
	l = level_of(one, level);
	if (str_eq(l->format, S("bullet")) || str_eq(l->format, S("none")))
		return S("");
	for (size_t i = 0; i < l->pattern.n; i++) {
		const char c = l->pattern.p[i];
		const char digit = i + 1 < l->pattern.n ? l->pattern.p[i + 1] : 0;

		if (c != '%' || digit < '1' || digit > '9') {
			buf_put_byte(&b, c);
			continue;
		}
		put_numeral(cx, &b,
		    l->decimal ? S("decimal")
			       : level_of(one, (size_t)(digit - '1'))->format,
		    one->kind->count[digit - '1']);
		i++;
	}
	if (b.n && l->blank && !ends_with_mark(buf_str(&b)))
		buf_put_byte(&b, ' ');
	return buf_str(&b);
}

bool
numbering_is_contents(const struct numbering *n, struct str style)
{
	const struct word_style *s = style.n ? map_find(&n->styles, style) : NULL;

	return str_starts(style, S("TOC")) ||
	       (s && (str_starts(s->name, S("toc ")) || str_starts(s->name, S("TOC "))));
}
