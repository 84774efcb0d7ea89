/*
 * The companion log: who looked at what, kept like any other record. And the reading of
 * sealed parts, which is why it exists.
 */
#include "act/amend.h"
#include "act/door_inside.h"
#include "act/fetch.h"
#include "lang/canon.h"

static enum err
note(struct cx *cx, struct door *door, struct str actor, const struct value *open)
{
	struct event *e = arena_new(cx->arena, struct event);
	struct event_part *part;
	struct record_head head;
	DB_TX tx = { 0 };

	TRY(db_begin(cx, door->db, &tx));
	TRY(record_lock(cx, door->db, door->access, &head));
	*e = (struct event){ .kind = EV_ACCESS,
		.subject = S("access"),
		.subject_seq = head.seq, /* all but the log's first event are on it */
		.done = cx_today(cx),
		.actor = actor };
	part = list_add(cx->arena, &e->parts);
	part->name = S("open");
	part->bytes = canon_str(cx->arena, open);
	record_append(cx, &head, &e, 1);
	TRY(record_flush(cx, door->db, &head));
	return db_commit(cx, &tx);
}

static enum err
access_locked(struct cx *cx, struct door *door, struct str actor, struct str what,
    struct str subject, const struct value *more)
{
	struct value open = value_map();

	for (size_t i = 0; more && more->kind == V_MAP && i < more->map.n; i++)
		value_set(
		    cx->arena, &open, more->map.pairs[i].key, more->map.pairs[i].value);
	value_set_text(cx->arena, &open, "what", what);
	value_set_text(cx->arena, &open, "subject", subject);
	return note(cx, door, actor, &open);
}

enum err
door_access(struct cx *cx, struct door *door, struct str actor, struct str what,
    struct str subject, const struct value *more)
{
	enum err err;

	pthread_mutex_lock(&door->writing);
	err = access_locked(cx, door, actor, what, subject, more);
	pthread_mutex_unlock(&door->writing);
	return err;
}

/* ---- sealed parts ---- */

/* The judgement of the pages, on facts read through the door's connection. */
static enum err
unseal_judge(struct cx *cx, struct door *door, struct str actor, struct str subject,
    bool *may, struct id_list *hidden)
{
	const struct defs *defs = door->snapshot->defs;
	struct facts facts = { .arena = cx->arena };
	struct projection p;
	struct id_list masks;
	enum err err;

	projection_init(
	    &p, cx->arena, door->db, door->snapshot->tables, door->config.log);
	do {
		err = act_may_unseal(cx, defs, actor, subject, &facts, may);
		if (err == ERR_OK && !defs_register(defs, subject_family(subject)))
			err = act_hidden(
			    cx, defs, actor, subject, &facts, &masks, hidden);
	} while (facts_more(cx, &p, &facts, &err));
	return err;
}

/* Whether a mask that is closed to the reader covers what the part holds: the field
 * itself, or the rows that have it as a column. */
static bool
is_masked(
    const struct procedure_def *p, const struct id_list *hidden, const struct value *part)
{
	for (size_t i = 0; p && i < hidden->n; i++) {
		const struct field *f = field_find(&p->fields, hidden->v[i]);

		for (size_t k = 0; f && k < part->map.n; k++)
			if (str_eq(part->map.pairs[k].key, f->id) ||
			    field_find(&f->columns, part->map.pairs[k].key))
				return true;
	}
	return false;
}

static enum err
part_find(struct cx *cx, struct door *door, struct str subject, struct str place,
    struct event *e, struct value *out)
{
	struct str name;
	int64_t seq;

	if (!part_place(place, &seq, &name))
		return fail(cx, ERR_NOT_FOUND, "没有这一份个人信息");
	TRY(record_get(cx, door->db, door->config.log, seq, e));
	for (size_t i = 1; i < e->parts.n && str_eq(e->subject, subject); i++)
		if (str_eq(e->parts.v[i].name, name))
			return e->parts.v[i].gone
				   ? fail(cx, ERR_NOT_FOUND, "这份个人信息已依法销毁")
				   : canon_parse(cx, e->parts.v[i].bytes, out);
	return fail(cx, ERR_NOT_FOUND, "没有这一份个人信息");
}

static enum err
not_yours(struct cx *cx)
{
	refuse(cx, &cx->refusals, REFUSE_BY, S(""), "您没有查阅这份个人信息的职权");
	return ERR_REFUSED;
}

static enum err
sealed_locked(struct cx *cx, struct door *door, struct str actor, struct str subject,
    struct str place, struct value *out)
{
	const struct defs *defs = door->snapshot->defs;
	struct value more = value_map(), part;
	struct id_list hidden = { 0 };
	struct event e;
	bool may = false;

	TRY(unseal_judge(cx, door, actor, subject, &may, &hidden));
	if (!may)
		return not_yours(cx);
	TRY(part_find(cx, door, subject, place, &e, &part));
	if (is_masked(defs_edition(defs, e.definition, subject_family(subject)), &hidden,
		&part))
		return not_yours(cx);
	value_set_int(cx->arena, &more, "seq", e.seq);
	value_set_text(cx->arena, &more, "part", place);
	TRY(access_locked(cx, door, actor, S("sealed"), subject, &more));
	*out = part;
	return ERR_OK;
}

enum err
door_read_sealed(struct cx *cx, struct door *door, struct str actor, struct str subject,
    struct str place, struct value *out)
{
	enum err err;

	pthread_mutex_lock(&door->writing);
	err = sealed_locked(cx, door, actor, subject, place, out);
	pthread_mutex_unlock(&door->writing);
	return err;
}
