/* Legal grounds in words: definitions cite by short names and numbers, readers do not. */
#include "web/view.h"
#include "web/word.h"

static bool
is_number(struct str s, int64_t *n)
{
	return str_int(s, n) && *n > 0 && *n < 10000;
}

/* The i-th sign of a word of CJK signs, each of three bytes. */
static struct str
sign(struct str signs, int64_t i)
{
	return str_sub(signs, (size_t)i * 3, (size_t)i * 3 + 3);
}

/* 54 → 五十四, 123 → 一百二十三, 1024 → 一千零二十四. */
static struct str
numeral(struct arena *a, int64_t n)
{
	struct buf b = { .arena = a };
	bool zero = false;

	for (int64_t place = 3, base = 1000; place >= 0; place--, base /= 10) {
		const int64_t d = n / base % 10;

		if (!d) {
			zero = b.n > 0;
			continue;
		}
		if (zero)
			buf_put(&b, sign(W(digits), 0));
		zero = false;
		if (!(place == 1 && d == 1 && !b.n))
			buf_put(&b, sign(W(digits), d));
		if (place)
			buf_put(&b, sign(W(places), place - 1));
	}
	return buf_str(&b);
}

static struct str
one_text(const struct defs *defs, struct arena *a, struct str part)
{
	const size_t slash = str_find(part, S("/"), 0);
	const struct requirement *r = map_find(&defs->covered, part);
	struct str article;
	int64_t n;

	if (slash == SIZE_MAX)
		return r ? r->title : part;
	article = str_sub(part, slash + 1, part.n);
	if (is_number(article, &n))
		article = word_fill(a, W(article_n), numeral(a, n));
	return word_fill(a, W(article_of), str_sub(part, 0, slash), article);
}

struct str
basis_text(const struct defs *defs, struct arena *a, struct str basis)
{
	LIST(struct str) parts = { 0 };
	struct str part;

	while (str_split(&basis, W(list_sign), &part)) {
		const struct str text = one_text(defs, a, part);
		bool known = false;

		for (size_t i = 0; i < parts.n; i++)
			known |= str_eq(parts.v[i], text);
		if (!known && text.n)
			*list_add(a, &parts) = text;
	}
	return str_join(a, parts.v, parts.n, W(list_sign));
}
