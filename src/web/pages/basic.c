/* What every site has: static files, and the switch of the type's size. */
#include "web/asset.h"
#include "web/pages/page.h"
#include "web/site.h"
#include "web/word.h"

void
page_static(struct exchange *x)
{
	const struct asset *asset = asset_find(x->req.args[0]);

	if (!asset) {
		respond_error(x, 404);
		return;
	}
	respond(
	    x, 200, asset->type, (struct str){ (const char *)asset->bytes, asset->n });
	if (str_eq(query_get(x, S("v")), asset->digest))
		x->res.cache = S("public, max-age=31536000, immutable");
	else
		x->res.cache = S("no-cache");
}

/* A preference of the browser and not of the account, so it needs no login and no post.
 */
void
page_type(struct exchange *x)
{
	const bool large = str_eq(query_get(x, S("size")), S("large"));
	const struct str back = query_get(x, S("back"));

	respond_cookie(x, S("type"), large ? S("large") : S("normal"), 365 * 86400);
	respond_redirect(x, path_is_own(back) ? back : S("/"));
}
