/* What is kept (read/keep.h). It grows up to a bound and is then forgotten as a whole: a
 * store has as many names as it has entries, a page asks for a few dozen. */
#include "read/keep.h"

#include <string.h>

enum { KEEP_MOST = 1 << 20 }; /* bytes */

void
keep_free(struct keep *k)
{
	arena_free(&k->arena);
	*k = (struct keep){ 0 };
}

void
keep_begin(struct keep *k, struct db *db, const struct defs *defs, int64_t day)
{
	struct db_mark mark = { 0 };
	const bool known = db_mark(db, &mark);

	if (k->is_open && known && k->defs == defs && k->day == day &&
	    k->arena.used < KEEP_MOST && !memcmp(&mark, &k->mark, sizeof mark))
		return;
	keep_free(k);
	k->mark = mark;
	k->defs = defs;
	k->day = day;
	k->is_open = known;
}

static bool
serves(const struct cx *cx, const struct keep *k, const struct defs *defs)
{
	return k && k->is_open && k->defs == defs && k->day == cx_today(cx);
}

static struct str
key(struct arena *a, struct str what, struct str of)
{
	return str_fmt(a, "%.*s %.*s", STR_ARG(what), STR_ARG(of));
}

static void
texts_copy(struct arena *a, const struct id_list *from, struct id_list *to)
{
	for (size_t i = 0; i < from->n; i++)
		*list_add(a, to) = str_copy(a, from->v[i]);
}

bool
keep_find(struct cx *cx, struct keep *k, const struct defs *defs, struct str what,
    struct str of, struct id_list *out)
{
	const struct id_list *kept = serves(cx, k, defs)
					 ? map_find(&k->texts, key(cx->arena, what, of))
					 : NULL;

	*out = (struct id_list){ 0 };
	if (kept)
		texts_copy(cx->arena, kept, out);
	return kept;
}

void
keep_put(struct cx *cx, struct keep *k, const struct defs *defs, struct str what,
    struct str of, const struct id_list *texts)
{
	struct id_list *kept;

	if (!serves(cx, k, defs) || k->arena.used >= KEEP_MOST)
		return;
	kept = arena_new(&k->arena, struct id_list);
	texts_copy(&k->arena, texts, kept);
	map_put(&k->arena, &k->texts, key(&k->arena, what, of), kept);
}
