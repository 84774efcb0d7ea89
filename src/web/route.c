/* Matching addresses with patterns: few routes, so a walk through the table is enough. */
#include "web/route.h"

/* What stands before the first {…}, byte by byte: here nearly every pattern is done with.
 */
static bool
begins_alike(const char *pattern, struct str path)
{
	size_t i = 0;

	while (i < path.n && pattern[i] && pattern[i] != '{' && pattern[i] == path.p[i])
		i++;
	return pattern[i] == '{' || (!pattern[i] && i == path.n);
}

static bool
pattern_fits(struct str pattern, struct str path, struct str args[4])
{
	struct str want, have;
	size_t n = 0;

	while (str_split(&pattern, S("/"), &want)) {
		if (!str_split(&path, S("/"), &have))
			return false;
		if (!str_starts(want, S("{"))) {
			if (!str_eq(want, have))
				return false;
		} else if (have.n == 0 || n == 4) {
			return false;
		} else {
			args[n++] = have;
		}
	}
	return path.p == NULL;
}

const struct route *
route_find(const struct route_table *table, enum http_method method, struct str path,
    struct str args[4], bool *other_method)
{
	*other_method = false;
	if (method == HTTP_HEAD)
		method = HTTP_GET;
	for (size_t i = 0; i < table->n; i++) {
		const struct route *r = &table->v[i];

		if (!begins_alike(r->pattern, path) ||
		    !pattern_fits(str_z(r->pattern), path, args))
			continue;
		if (r->method == method)
			return r;
		*other_method = true;
	}
	return NULL;
}
