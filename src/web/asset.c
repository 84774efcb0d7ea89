/* The table of assets is made from src/web/static by tools/embed.sh. */
#include "web/asset.h"

#include "base/bug.h"
#include "web/assets.h"

const struct asset *
asset_find(struct str name)
{
	for (size_t i = 0; i < sizeof assets / sizeof *assets; i++)
		if (str_eq(assets[i].name, name))
			return &assets[i];
	return NULL;
}

struct str
asset_url(struct arena *a, struct str name)
{
	const struct asset *asset = asset_find(name);

	if (!asset)
		bug("no asset %.*s", STR_ARG(name));
	return str_fmt(a, "/static/%.*s?v=%.*s", STR_ARG(name), STR_ARG(asset->digest));
}
