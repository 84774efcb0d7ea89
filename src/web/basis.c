/* Legal grounds in words: definitions cite by short names and numbers, readers do not. */
#include "lang/citation.h"
#include "web/view.h"
#include "web/word.h"

static struct str
one_text(const struct defs *defs, struct arena *a, struct str part)
{
	const struct requirement *r = map_find(&defs->covered, part);

	if (str_has(part, S("/")))
		return citation_text(a, part);
	return r ? r->title : part;
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
