/* A new edition comes into force in the middle of a scenario without being loaded again.
 */
#include "cli/scenario_edition.h"

static struct procedure_def *
former_of(const struct defs *all, const struct procedure_def *newest)
{
	struct procedure_def *former = NULL;

	for (size_t i = 0; i < all->editions.n; i++) {
		struct procedure_def *p = all->editions.items[i].value;

		if (p != newest && str_eq(p->id, newest->id))
			former = p;
	}
	return former;
}

const struct defs *
scenario_edition(struct arena *a, const struct defs *now, const struct defs *all,
    struct str procedure, bool former)
{
	struct procedure_def *edition = defs_procedure(all, procedure);
	struct defs *out = arena_new(a, struct defs);

	if (edition && former)
		edition = former_of(all, edition);
	if (!edition)
		return NULL;
	*out = *now;
	out->procedures = (struct map){ 0 };
	for (size_t i = 0; i < now->procedures.n; i++) {
		const struct str id = now->procedures.items[i].key;

		map_put(a, &out->procedures, id,
		    str_eq(id, procedure) ? edition : defs_procedure(now, id));
	}
	return out;
}
