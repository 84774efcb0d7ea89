/*
 * The registers behind this, posts and competences, are law/kernel/: the only definitions
 * whose names the engine knows.
 */
#include "act/authority.h"

struct held_post {
	const struct value *entry;
	struct str
	    instead; /* of whom: the absent person, the holder of a deputy's post */
};
struct post_list {
	struct held_post *v;
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

static void
add_posts(struct work *w, struct str role, struct str person, int64_t day,
    struct str instead, struct str only, struct post_list *out)
{
	const struct value *posts = facts_refs(w->facts, S("posts"), role, person, day);

	if (!posts) {
		w->needs = true;
		return;
	}
	for (size_t i = 0; i < value_count(posts); i++) {
		const struct value *post = value_at(posts, i);

		if (only.n && !str_eq(value_str(value_get(post, S("subject"))), only))
			continue;
		*list_add(w->cx->arena, out) = (struct held_post){ post,
			str_eq(role, S("deputy"))
			    ? value_str(value_path(post, "values.holder"))
			    : instead };
	}
}

/* The posts of those who are absent and for whom this person stands in: one step, nobody
 * stands in for a stand-in. */
static void
add_absent(struct work *w, struct str actor, int64_t day, struct post_list *out)
{
	const struct value *entries;

	if (!defs_register(w->defs, S("stand-ins")))
		return;
	entries = facts_refs(w->facts, S("stand-ins"), S("stand-in"), actor, day);
	if (!entries) {
		w->needs = true;
		return;
	}
	for (size_t i = 0; i < value_count(entries); i++) {
		const struct value *values = value_get(value_at(entries, i), S("values"));
		const struct str absent = value_str(value_get(values, S("absent")));

		if (day < value_num(value_get(values, S("first"))) ||
		    day > value_num(value_get(values, S("last"))))
			continue;
		add_posts(w, S("holder"), absent, day, absent,
		    value_str(value_get(values, S("post"))), out);
	}
}

/* The post entries of a person: their own first, then those they act on for others. */
static void
posts_of(struct work *w, struct str actor, int64_t day, struct post_list *out)
{
	add_posts(w, S("holder"), actor, day, S(""), S(""), out);
	add_posts(w, S("deputy"), actor, day, S(""), S(""), out);
	add_absent(w, actor, day, out);
}

void
authority_posts(struct work *w, struct str actor, int64_t day, struct id_list *out)
{
	struct post_list posts = { 0 };

	posts_of(w, actor, day, &posts);
	for (size_t i = 0; i < posts.n; i++)
		*list_add(w->cx->arena, out) = value_str(
		    value_get(posts.v[i].entry, S("subject")));
}

struct str
authority_post(struct work *w, struct str actor, const struct id_list *competences,
    const struct value *units, int64_t day)
{
	struct post_list posts = { 0 };
	struct str found = S("");

	posts_of(w, actor, day, &posts);
	for (size_t i = 0; i < posts.n; i++) {
		const struct value *post = posts.v[i].entry;
		const struct str subject = value_str(value_get(post, S("subject")));

		if (!unit_fits(units, value_path(post, "values.unit")) ||
		    !post_can(w, subject, competences, day))
			continue;
		if (!found.n || str_eq(subject, w->act->behalf)) {
			found = subject;
			w->instead = posts.v[i].instead;
		}
	}
	return w->needs ? S("") : found;
}
