/* Legal grounds in words: definitions cite by short names and numbers, readers do not. */
#include "lang/han.h"
#include "web/view.h"
#include "web/word.h"

static bool
is_number(struct str s, int64_t *n)
{
	return str_int(s, n) && *n > 0 && *n < 10000;
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
		article = word_fill(a, W(article_n), han_write(a, n));
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
