/*
 * The registers behind this, posts and competences, are law/kernel/: the only definitions
 * whose names the engine knows.
 */
#include "act/authority.h"

struct post_list {
	const struct value **v;
	size_t n, cap;
};

static bool
unit_fits(const struct value *units, const struct value *unit)
{
	if (!units)
		return true;
	if (units->kind == V_TEXT)
		return value_eq(units, unit);
	for (size_t i = 0; i < value_count(units); i++)
		if (value_eq(value_at(units, i), unit))
			return true;
	return false;
}

static bool
post_can(struct work *w, struct str post, const struct id_list *competences, int64_t day)
{
	const struct value *grants = facts_refs(
	    w->facts, S("competences"), S("post"), post, day);

	if (!grants) {
		w->needs = true;
		return false;
	}
	for (size_t i = 0; i < value_count(grants); i++)
		if (id_list_has(competences,
			value_str(value_path(value_at(grants, i), "values.what"))))
			return true;
	return false;
}

/* The post entries of a person, as holder or deputy. */
static void
posts_of(struct work *w, struct str actor, int64_t day, struct post_list *out)
{
	static const struct str roles[] = { S("holder"), S("deputy") };

	for (size_t r = 0; r < 2; r++) {
		const struct value *posts = facts_refs(
		    w->facts, S("posts"), roles[r], actor, day);

		if (!posts) {
			w->needs = true;
			continue;
		}
		for (size_t i = 0; i < value_count(posts); i++)
			*list_add(w->cx->arena, out) = value_at(posts, i);
	}
}

void
authority_posts(struct work *w, struct str actor, int64_t day, struct id_list *out)
{
	struct post_list posts = { 0 };

	posts_of(w, actor, day, &posts);
	for (size_t i = 0; i < posts.n; i++)
		*list_add(w->cx->arena, out) = value_str(
		    value_get(posts.v[i], S("subject")));
}

struct str
authority_post(struct work *w, struct str actor, const struct id_list *competences,
    const struct value *units, int64_t day)
{
	struct post_list posts = { 0 };
	struct str found = S("");

	posts_of(w, actor, day, &posts);
	for (size_t i = 0; i < posts.n; i++) {
		const struct str subject = value_str(value_get(posts.v[i], S("subject")));

		if (!unit_fits(units, value_path(posts.v[i], "values.unit")) ||
		    !post_can(w, subject, competences, day))
			continue;
		if (!found.n || str_eq(subject, w->act->behalf))
			found = subject;
	}
	return w->needs ? S("") : found;
}
