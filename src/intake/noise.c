/* Taking noise out (intake/noise.h), before lines are folded. */
#include "intake/noise.h"

#include "base/buf.h"
#include "intake/damage.h"
#include "intake/t2s.h"

enum { PLENTY = 10 }; /* fewer are slips of the writer: they stay */

static bool
is_han(uint32_t c)
{
	return (c >= 0x4e00 && c <= 0x9fff) || (c >= 0x3400 && c <= 0x4dbf) ||
	       (c >= 0x20000 && c <= 0x3ffff);
}

static bool
is_pinyin_letter(uint32_t c)
{
	return (c >= 'a' && c <= 'z') || (c >= 0xe0 && c <= 0xfc) ||
	       (c >= 0x100 && c <= 0x1dc) || c == 0x251 || c == 0x261;
}

/* "(guān)" behind a Han character: its length, 0 when there is none at i. */
static size_t
pinyin_at(struct str s, size_t i, bool behind_han)
{
	size_t letters = 0;
	uint32_t c;

	if (!behind_han || i >= s.n)
		return 0;
	for (size_t j = i;;) {
		if (j >= s.n)
			return 0;
		c = str_next(s, &j);
		if (letters == 0 && (c == '(' || c == 0xff08)) {
			letters = 1;
			continue;
		}
		if (letters > 1 && letters < 8 && (c == ')' || c == 0xff09))
			return j - i;
		if (letters == 0 || !is_pinyin_letter(c))
			return 0;
		letters++;
	}
}

/* A comma that stands before another mark. */
static size_t
comma_at(struct str s, size_t i)
{
	size_t j = i;
	uint32_t c = str_next(s, &j), next;
	const size_t n = j - i;

	if ((c != ',' && c != 0xff0c) || j >= s.n)
		return 0;
	next = str_next(s, &j);
	return next == ',' || next == 0xff0c || next == 0x3001 || next == 0x3002 ||
		       next == ';' || next == 0xff1b
		   ? n
		   : 0;
}

struct noise {
	size_t count, line; /* how many, where first */
	struct str text;
	size_t chars;
};

struct findings {
	struct noise pinyin, commas, tags, script;
};

static void
found(struct noise *n, const struct line *l, size_t from, size_t to)
{
	/* The sample shows the character in front of it too. */
	size_t a = from;

	while (a > 0 && ((unsigned char)l->s.p[--a] & 0xc0) == 0x80)
		;
	if (n->count++ == 0) {
		n->line = l->no;
		n->text = str_sub(l->s, a, to);
	}
	n->chars += chars_without_blanks(str_sub(l->s, from, to));
}

static size_t
tag_end(struct str s)
{
	static const char *const tails[] = { "'>", "\">", "'/>", "\"/>", NULL };

	for (const char *const *t = tails; *t; t++)
		if (str_ends(s, str_z(*t)))
			return str_z(*t).n;
	return 0;
}

static void
look(const struct text *t, struct findings *f)
{
	for (size_t k = 0; k < t->n; k++) {
		const struct line *l = &t->v[k];
		bool han = false;

		for (size_t i = 0; i < l->s.n;) {
			const size_t from = i, p = pinyin_at(l->s, i, han);
			const size_t c = comma_at(l->s, i);

			if (p)
				found(&f->pinyin, l, from, from + p);
			if (c)
				found(&f->commas, l, from, from + c);
			han = is_han(str_next(l->s, &i));
			if (p)
				i = from + p;
		}
		if (tag_end(l->s))
			found(&f->tags, l, l->s.n - tag_end(l->s), l->s.n);
	}
}

static struct str
cleaned(struct cx *cx, struct str s, const struct findings *f)
{
	struct buf b = { .arena = cx->arena };
	const bool pinyin = f->pinyin.count >= PLENTY, commas = f->commas.count >= PLENTY;
	bool han = false;

	s.n -= tag_end(s);
	for (size_t i = 0; i < s.n;) {
		const size_t from = i, p = pinyin ? pinyin_at(s, i, han) : 0;

		if (p) {
			i += p;
			han = false;
			continue;
		}
		if (commas && comma_at(s, i)) {
			i += comma_at(s, i);
			continue;
		}
		han = is_han(str_next(s, &i));
		buf_put(&b, str_sub(s, from, i));
	}
	return buf_str(&b);
}

/* The commonest characters that are written differently: a document is Traditional when
 * it prints more of these than of their Simplified forms; rare characters in names do not
 * make it so. */
static bool
is_traditional(const struct text *t)
{
	static const char
	    often[] = "國會務設實權責關進為時對發說個們學業東體點過還這開長門間規職專辦";
	static const char
	    plain[] = "国会务设实权责关进为时对发说个们学业东体点过还这开长门间规职专办";
	size_t n[4] = { 0 };
	uint8_t kinds[0x10000 / 4] = { 0 };

	for (int k = 0; k < 2; k++)
		for (size_t i = 0; i < sizeof often - 1;) {
			const uint32_t c = str_next(str_z(k ? plain : often), &i);

			kinds[c / 4] |= (uint8_t)((k + 1) << (c % 4 * 2));
		}
	for (size_t k = 0; k < t->n; k++)
		for (size_t i = 0; i < t->v[k].s.n;) {
			const uint32_t c = str_next(t->v[k].s, &i);

			if (c < 0x10000)
				n[kinds[c / 4] >> (c % 4 * 2) & 3]++;
		}
	return n[1] >= PLENTY && n[1] > n[2];
}

static enum err
to_simplified(struct cx *cx, struct text *t, struct noise *n)
{
	struct t2s *t2s AUTO(t2s_close) = NULL;

	TRY(t2s_open(cx, &t2s));
	for (size_t k = 0; k < t->n; k++) {
		struct line *l = &t->v[k];
		const struct str after = t2s_convert(cx, t2s, l->s);

		for (size_t i = 0, j = 0; i < l->s.n && j < after.n;) {
			const size_t from = i, to = j;

			if (str_next(l->s, &i) == str_next(after, &j))
				continue;
			if (n->count++ == 0) {
				n->line = l->no;
				n->text = str_fmt(cx->arena, "%.*s→%.*s",
				    STR_ARG(str_sub(l->s, from, i)),
				    STR_ARG(str_sub(after, to, j)));
			}
		}
		l->s = after;
	}
	return ERR_OK;
}

static void
report(struct cx *cx, struct plan *p, const struct noise *n, const char *done)
{
	if (n->count)
		damage_add(cx, p,
		    (struct plan_damage){
			n->line, WHY_NOISE_REMOVED, n->text, str_z(done), n->count });
}

enum err
noise_clean(struct cx *cx, struct text *t, struct plan *p)
{
	struct findings f = { 0 };

	look(t, &f);
	if (f.pinyin.count < PLENTY)
		f.pinyin = (struct noise){ 0 };
	if (f.commas.count < PLENTY)
		f.commas = (struct noise){ 0 };
	if (f.pinyin.count || f.commas.count || f.tags.count)
		for (size_t k = 0; k < t->n; k++) {
			const struct str before = t->v[k].s;

			t->v[k].s = text_trim(cleaned(cx, before, &f));
			t->noise += chars_without_blanks(before) -
				    chars_without_blanks(t->v[k].s);
		}
	if (is_traditional(t))
		TRY(to_simplified(cx, t, &f.script));
	report(cx, p, &f.pinyin, "已略去括号内的注音");
	report(cx, p, &f.commas, "已略去重复的逗号");
	report(cx, p, &f.tags, "已略去网页标记");
	report(cx, p, &f.script, "已转为简体字");
	return ERR_OK;
}
