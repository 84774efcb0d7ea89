/* Assets: the few static files, inside the binary. Their addresses carry their digest, so
 * browsers may keep them for ever. */
#pragma once

#include "base/arena.h"
#include "base/str.h"

struct asset {
	struct str name, type, digest;
	const unsigned char *bytes;
	size_t n;
};

const struct asset *asset_find(struct str name); /* NULL when there is none */

/* "/static/zhunsheng.css?v=0a1b…"; a name that does not exist is a bug. */
struct str asset_url(struct arena *a, struct str name);
