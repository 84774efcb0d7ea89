/* Who may read what: a mask is open when its condition is exactly true for one of the
 * posts. */
#include "act/act.h"
#include "act/authority.h"
#include "act/entry.h"

static bool
opens_for(struct work *w, struct matter *m, const struct mask_def *mask, struct str post)
{
	struct judge j;
	enum verdict v;

	w->post = post;
	work_judge(w, m, NULL, &j);
	v = judge_truth(&j, mask->open);
	w->needs |= j.needs;
	return v == VERDICT_YES;
}

static bool
is_open(struct work *w, struct matter *m, const struct mask_def *mask,
    const struct id_list *posts)
{
	if (mask->off)
		return true;
	for (size_t i = 0; i < posts->n; i++)
		if (opens_for(w, m, mask, posts->v[i]))
			return true;
	return false;
}

enum err
act_hidden(struct cx *cx, const struct defs *defs, struct str actor, struct str subject,
    struct facts *facts, struct id_list *masks, struct id_list *fields)
{
	struct work w = work_look(cx, defs, facts, actor);
	struct matter *m = work_matter(&w, subject);
	struct id_list posts = { 0 };

	*masks = *fields = (struct id_list){ 0 };
	if (!m)
		return w.needs ? ERR_NEEDS : ERR_NOT_FOUND;
	if (!m->procedure->masks.n)
		return ERR_OK;
	if (actor.n)
		authority_posts(&w, actor, w.done, &posts);
	for (size_t i = 0; i < m->procedure->masks.n && !w.needs; i++) {
		const struct mask_def *mask = &m->procedure->masks.v[i];

		if (is_open(&w, m, mask, &posts))
			continue;
		*list_add(cx->arena, masks) = mask->id;
		for (size_t k = 0; k < mask->fields.n; k++)
			*list_add(cx->arena, fields) = mask->fields.v[k];
	}
	return w.needs || facts->needs.n ? ERR_NEEDS : ERR_OK;
}

enum err
act_may_unseal(struct cx *cx, const struct defs *defs, struct str actor,
    struct str subject, struct facts *facts, bool *out)
{
	struct work w = work_look(cx, defs, facts, actor);
	const struct register_def *r = defs_register(defs, subject_family(subject));
	const struct value *entry, *unit;
	struct matter *m;
	struct str post = S("");

	if (r) {
		entry = facts_entry(facts, subject, w.done);
		/* One that has ended is judged by what it was last. */
		if (entry && value_is_null(entry))
			entry = facts_parts(facts, subject);
		if (entry)
			post = entry_post(
			    &w, r, &r->unseals, value_get(entry, S("values")));
	} else {
		m = work_matter(&w, subject);
		if (!m)
			return w.needs ? ERR_NEEDS : ERR_NOT_FOUND;
		unit = matter_field(m, m->procedure->unit);
		post = authority_post(&w, actor, &m->procedure->unseals,
		    m->procedure->unit.n ? unit : NULL, w.done);
	}
	if (w.needs || facts->needs.n)
		return ERR_NEEDS;
	*out = post.n > 0;
	return ERR_OK;
}
