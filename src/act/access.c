/*
 * The companion log: who looked at what, kept like any other record. And the reading of
 * sealed parts, which is why it exists.
 */
#include "act/door_inside.h"
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

static enum err
sealed_locked(
    struct cx *cx, struct door *door, struct str actor, int64_t seq, struct value *out)
{
	struct value open = value_map(), parts = value_map();
	struct event e;

	TRY(record_get(cx, door->db, door->config.log, seq, &e));
	value_set_int(cx->arena, &open, "seq", seq);
	TRY(access_locked(cx, door, actor, S("sealed"), e.subject, &open));
	for (size_t i = 1; i < e.parts.n; i++) {
		struct value part = value_text(S("gone"));

		if (!e.parts.v[i].gone)
			TRY(canon_parse(cx, e.parts.v[i].bytes, &part));
		value_set(cx->arena, &parts, e.parts.v[i].name, part);
	}
	*out = parts;
	return ERR_OK;
}

enum err
door_read_sealed(
    struct cx *cx, struct door *door, struct str actor, int64_t seq, struct value *out)
{
	enum err err;

	pthread_mutex_lock(&door->writing);
	err = sealed_locked(cx, door, actor, seq, out);
	pthread_mutex_unlock(&door->writing);
	return err;
}
