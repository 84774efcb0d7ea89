/* Facts are fetched as at the door, round by round, through a projection that writes
 * nothing. */
#include "read/ask.h"

#include "act/fetch.h"

static bool
more(struct cx *cx, const struct reader *r, struct facts *facts, enum err *err)
{
	struct projection p;

	projection_init(&p, cx->arena, r->db, r->tables, r->log);
	return facts_more(cx, &p, facts, err);
}

void
asker_open(struct cx *cx, const struct reader *r, const struct defs *defs,
    struct str actor, struct asker *out)
{
	*out = (struct asker){
		.r = r, .defs = defs, .actor = actor, .facts = { .arena = cx->arena }
	};
}

void
asker_knows(struct asker *k, struct str subject, const struct value *state)
{
	if (facts_matter(&k->facts, subject))
		return;
	for (size_t i = 0; i < k->facts.needs.n; i++)
		fact_give(k->facts.needs.v[i], *state);
	k->facts.needs.n = 0;
}

enum err
asker_choices(struct cx *cx, struct asker *k, struct str subject, struct str family,
    struct act_choices *out)
{
	enum err err;

	do
		err = act_choices(cx, k->defs, k->actor, subject, family, &k->facts, out);
	while (more(cx, k->r, &k->facts, &err));
	return err;
}

enum err
asker_hidden(struct cx *cx, struct asker *k, struct str subject, struct id_list *masks,
    struct id_list *fields)
{
	enum err err;

	do
		err = act_hidden(
		    cx, k->defs, k->actor, subject, &k->facts, masks, fields);
	while (more(cx, k->r, &k->facts, &err));
	return err;
}

enum err
ask_choices(struct cx *cx, const struct reader *r, const struct defs *defs,
    struct str actor, struct str subject, struct str family, struct act_choices *out)
{
	struct asker k;

	asker_open(cx, r, defs, actor, &k);
	return asker_choices(cx, &k, subject, family, out);
}

enum err
ask_among(struct cx *cx, const struct reader *r, const struct defs *defs,
    struct str subject, struct str family, const struct value *form,
    const struct field *field, struct value *out)
{
	struct facts facts = { .arena = cx->arena };
	enum err err;

	do
		err = act_among(cx, defs, subject, family, form, field, &facts, out);
	while (more(cx, r, &facts, &err));
	return err;
}

enum err
ask_hidden(struct cx *cx, const struct reader *r, const struct defs *defs,
    struct str actor, struct str subject, struct id_list *masks, struct id_list *fields)
{
	struct asker k;

	asker_open(cx, r, defs, actor, &k);
	return asker_hidden(cx, &k, subject, masks, fields);
}

enum err
ask_may_unseal(struct cx *cx, const struct reader *r, const struct defs *defs,
    struct str actor, struct str subject, bool *out)
{
	struct facts facts = { .arena = cx->arena };
	enum err err;

	do
		err = act_may_unseal(cx, defs, actor, subject, &facts, out);
	while (more(cx, r, &facts, &err));
	return err;
}

enum err
ask_refs(struct cx *cx, const struct reader *r, struct str family, struct str field,
    struct str subject, struct read_page *out)
{
	struct facts facts = { .arena = cx->arena };
	const struct value *found;
	enum err err;

	do {
		found = facts_refs(&facts, family, field, subject, cx_today(cx));
		err = found ? ERR_OK : ERR_NEEDS;
	} while (more(cx, r, &facts, &err));
	TRY(err);
	for (size_t i = 0; i < value_count(found); i++)
		*list_add(cx->arena, out) = *value_at(found, i);
	return ERR_OK;
}

/* The posts of who is absent, as act/authority.c gives them to who stands in. */
static enum err
posts_instead(struct cx *cx, const struct reader *r, const struct value *stand_in,
    struct read_page *out)
{
	const struct str only = value_str(value_get(stand_in, S("post")));
	const int64_t today = cx_today(cx);
	struct read_page posts = { 0 };

	if (today < value_num(value_get(stand_in, S("first"))) ||
	    today > value_num(value_get(stand_in, S("last"))))
		return ERR_OK;
	TRY(ask_refs(cx, r, S("posts"), S("holder"),
	    value_str(value_get(stand_in, S("absent"))), &posts));
	for (size_t i = 0; i < posts.n; i++)
		if (!only.n ||
		    str_eq(value_str(value_get(&posts.v[i], S("subject"))), only))
			*list_add(cx->arena, out) = posts.v[i];
	return ERR_OK;
}

enum err
ask_posts(struct cx *cx, const struct reader *r, struct str person, struct read_page *out)
{
	struct read_page absent = { 0 };

	*out = (struct read_page){ 0 };
	TRY(ask_refs(cx, r, S("posts"), S("holder"), person, out));
	TRY(ask_refs(cx, r, S("posts"), S("deputy"), person, out));
	if (!table_of(r->tables, S("stand-ins")))
		return ERR_OK;
	TRY(ask_refs(cx, r, S("stand-ins"), S("stand-in"), person, &absent));
	for (size_t i = 0; i < absent.n; i++)
		TRY(posts_instead(cx, r, value_get(&absent.v[i], S("values")), out));
	return ERR_OK;
}

enum err
ask_granted(struct cx *cx, const struct reader *r, const struct read_page *posts,
    struct id_list *out)
{
	*out = (struct id_list){ 0 };
	for (size_t i = 0; i < posts->n; i++) {
		const struct str post = value_str(value_get(&posts->v[i], S("subject")));
		struct read_page grants = { 0 };

		TRY(ask_refs(cx, r, S("competences"), S("post"), post, &grants));
		for (size_t k = 0; k < grants.n; k++)
			*list_add(cx->arena, out) = value_str(
			    value_path(&grants.v[k], "values.what"));
	}
	return ERR_OK;
}

enum err
ask_can(struct cx *cx, const struct reader *r, struct str person, struct str competence,
    bool *out)
{
	struct read_page posts;
	struct id_list all;

	TRY(ask_posts(cx, r, person, &posts));
	TRY(ask_granted(cx, r, &posts, &all));
	*out = id_list_has(&all, competence);
	return ERR_OK;
}
