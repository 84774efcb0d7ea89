/*
 * One transaction: acts are decided one after another, each on what the ones before have
 * left, and written together.
 */
#include "act/door_inside.h"
#include "act/fetch.h"
#include "base/bug.h"
#include "lang/canon.h"
#include "lang/nfc.h"

enum err
group_begin(struct cx *cx, struct door *door, struct str log, struct group *g)
{
	*g = (struct group){ .cx = cx, .door = door };
	TRY(db_begin(cx, door->db, &g->tx));
	TRY(record_lock(cx, door->db, log, &g->head));
	TRY(snapshot_follow(cx, door, &g->head));
	projection_init(&g->projection, cx->arena, door->db, door->snapshot->tables, log);
	return ERR_OK;
}

void
group_drop(struct group *g)
{
	db_rollback(&g->tx);
}

/* Sealed parts named by a destruction go in the transaction that appended it. */
static enum err
destroy_parts(struct group *g)
{
	for (size_t i = 0; i < g->destroyed.n; i++) {
		struct value open;
		const struct value *parts;

		TRY(canon_parse(g->cx, g->destroyed.v[i]->parts.v[0].bytes, &open));
		parts = value_get(&open, S("parts"));
		for (size_t k = 0; k < value_count(parts); k++) {
			const struct value *part = value_at(parts, k);
			const struct str name = value_str(value_get(part, S("part")));

			TRY(record_destroy(g->cx, g->door->db, g->head.log,
			    value_num(value_get(part, S("seq"))), &name, 1));
		}
	}
	return ERR_OK;
}

enum err
group_commit(struct group *g)
{
	if (!g->wrote)
		return ERR_OK; /* nothing but refusals: the scope's end rolls back */
	TRY(project_flush(g->cx, &g->projection));
	TRY(record_flush(g->cx, g->door->db, &g->head));
	TRY(destroy_parts(g));
	TRY(db_commit(g->cx, &g->tx));
	if (str_eq(g->head.log, g->door->config.log))
		g->door->followed = g->head.seq;
	if (g->issued) {
		pthread_mutex_lock(&g->door->queue);
		g->door->unfiled = true;
		pthread_cond_signal(&g->door->filled);
		pthread_mutex_unlock(&g->door->queue);
	}
	return ERR_OK;
}

enum err
group_append(struct group *g, struct event_list *events)
{
	for (size_t i = 0; i < events->n; i++) {
		struct event *e = arena_new(g->cx->arena, struct event);
		int64_t seq;

		*e = events->v[i];
		TRY(project_subject_seq(g->cx, &g->projection, e->subject, &seq));
		if (!e->subject_seq)
			e->subject_seq = seq + 1;
		if (e->subject_seq != seq + 1)
			bug("%.*s: event %lld after %lld", STR_ARG(e->subject),
			    (long long)e->subject_seq, (long long)seq);
		record_append(g->cx, &g->head, &e, 1);
		TRY(project_apply(g->cx, &g->projection, e));
		events->v[i] = *e;
		if (e->kind == EV_DESTROYED)
			*list_add(g->cx->arena, &g->destroyed) = e;
		g->issued = g->issued || e->kind == EV_ISSUED;
		g->wrote = true;
	}
	return ERR_OK;
}

struct event *
group_event(struct group *g, struct event_list *events, enum event_kind kind,
    struct str subject, struct str actor, const struct value *open)
{
	struct event *e = list_add(g->cx->arena, events);
	struct event_part *part;

	*e = (struct event){
		.kind = kind, .subject = subject, .done = cx_today(g->cx), .actor = actor
	};
	part = list_add(g->cx->arena, &e->parts);
	part->name = S("open");
	part->bytes = canon_str(g->cx->arena, open);
	return e;
}

static struct facts
facts_open(struct group *g)
{
	return (struct facts){ .arena = g->cx->arena, .at_hand = &g->projection.fetched };
}

enum err
group_lapse(struct group *g, struct str subject, size_t *n)
{
	const struct defs *defs = g->door->snapshot->defs;
	struct facts facts = facts_open(g);
	struct event_list events;
	enum err err;

	do {
		events = (struct event_list){ 0 };
		err = act_lapse(g->cx, defs, subject, &facts, g->head.seq + 1, &events);
	} while (facts_more(g->cx, &g->projection, &facts, &err));
	TRY(err);
	if (n)
		*n += events.n;
	return group_append(g, &events);
}

static enum err
decide(struct group *g, const struct act *act, struct event_list *out)
{
	const struct defs *defs = g->door->snapshot->defs;
	struct facts facts = facts_open(g);
	enum err err;

	if (act->subject.n && defs_procedure(defs, subject_family(act->subject)) &&
	    !facts_matter(&facts, act->subject))
		TRY(facts_fetch(g->cx, &g->projection, &facts)); /* in any case */
	do {
		*out = (struct event_list){ 0 };
		facts_again(&facts);
		g->cx->refusals = (struct refusal_list){ 0 };
		err = act_decide(g->cx, defs, act, &facts, g->head.seq + 1, out);
	} while (facts_more(g->cx, &g->projection, &facts, &err));
	return err;
}

static void
result_from(struct group *g, const struct event_list *events, struct act_result *out)
{
	const struct event *first = &events->v[0];

	*out = (struct act_result){
		.seq = first->seq, .subject = first->subject, .events = events->n
	};
	for (size_t i = 0; i < events->n; i++) {
		struct value open;

		if (events->v[i].kind != EV_NUMBER_GIVEN || out->number.n ||
		    canon_parse(g->cx, events->v[i].parts.v[0].bytes, &open) != ERR_OK)
			continue;
		out->number = value_str(value_get(&open, S("number")));
	}
}

/* The act's events follow each other in the log: the number given is in one of them. */
static enum err
replay_number(struct cx *cx, const struct event *e, void *self)
{
	struct str *number = self;
	struct value open;

	if (e->kind != EV_NUMBER_GIVEN || number->n)
		return ERR_OK;
	TRY(canon_parse(cx, e->parts.v[0].bytes, &open));
	*number = value_str(value_get(&open, S("number")));
	return ERR_OK;
}

struct replay {
	struct arena *arena;
	const struct event *first;
	struct act_result *out;
	bool over;
};

static enum err
replay_visit(struct cx *cx, const struct event *e, void *self)
{
	struct replay *r = self;
	struct str number = S("");

	r->over = r->over || e->recorded != r->first->recorded ||
		  !str_eq(e->actor, r->first->actor) ||
		  (e->key.n && e->seq != r->first->seq);
	if (r->over)
		return ERR_OK;
	r->out->events++;
	TRY(replay_number(cx, e, &number));
	if (number.n && !r->out->number.n)
		r->out->number = str_copy(r->arena, number);
	return ERR_OK;
}

enum { ACT_EVENTS_MAX = 2000 };

static enum err
replay(struct group *g, const struct event *e, struct act_result *out)
{
	struct replay r = { .arena = g->cx->arena, .first = e, .out = out };

	*out = (struct act_result){
		.seq = e->seq, .subject = e->subject, .replayed = true
	};
	return record_walk(g->cx, g->door->db, g->head.log, e->seq,
	    e->seq + ACT_EVENTS_MAX, replay_visit, &r);
}

/* An act of this group that carried a key. */
struct used_key {
	const struct event *first;
	struct act_result result;
};

static struct str
key_name(struct group *g, const struct act *act)
{
	return str_fmt(
	    g->cx->arena, "%.*s\n%.*s", STR_ARG(act->actor), STR_ARG(act->key));
}

/* *used when the key made an event before: then the result is that act's, or a refusal.
 */
static enum err
key_look(struct group *g, const struct act *act, struct act_result *out, bool *used)
{
	const struct defs *defs = g->door->snapshot->defs;
	const struct used_key *known = map_find(&g->keys, key_name(g, act));
	struct event e = { 0 };
	enum err err;

	if (known && act_same(g->cx, defs, act, known->first)) {
		*out = known->result;
		out->replayed = *used = true;
		return ERR_OK;
	}
	if (!known) {
		err = record_by_key(
		    g->cx, g->door->db, g->head.log, act->actor, act->key, &e);
		if (err == ERR_NOT_FOUND)
			return ERR_OK;
		TRY(err);
		if (act_same(g->cx, defs, act, &e)) {
			*used = true;
			return replay(g, &e, out);
		}
	}
	refuse(g->cx, &g->cx->refusals, REFUSE_KEY, S(""), "%s", "");
	return ERR_REFUSED;
}

/* Up to the decision: nothing has been appended for the act itself. */
static enum err
prepare(struct group *g, const struct act *act, struct act_result *out,
    struct event_list *events)
{
	bool used = false;

	if (act->key.n)
		TRY(key_look(g, act, out, &used));
	if (used)
		return ERR_OK;
	if (act->seen && act->subject.n)
		TRY(act_seen(g->cx, g, act));
	TRY(decide(g, act, events));
	if (!events->n)
		return fail(g->cx, ERR_INPUT, "“%.*s”没有产生记录", STR_ARG(act->action));
	return ERR_OK;
}

enum err
group_act(struct group *g, const struct act *given, struct door_result *r)
{
	struct event_list events = { 0 };
	struct act normal = *given;
	const struct act *const act = &normal;

	*r = (struct door_result){ 0 };
	g->cx->refusals = (struct refusal_list){ 0 };
	r->err = nfc_value(g->cx, &given->form, &normal.form);
	r->why = r->err == ERR_OK ? S("") : g->cx->why;
	if (r->err != ERR_OK)
		return ERR_OK;
	if (act->subject.n && !g->door->in_doubt &&
	    defs_procedure(g->door->snapshot->defs, subject_family(act->subject)))
		TRY(group_lapse(g, act->subject, NULL));
	r->err = prepare(g, act, &r->act, &events);
	if (r->err == ERR_STORE)
		return r->err;
	r->refusals = g->cx->refusals;
	r->why = r->err == ERR_OK ? S("") : g->cx->why;
	if (r->err != ERR_OK || !events.n)
		return ERR_OK;
	TRY(group_append(g, &events));
	result_from(g, &events, &r->act);
	if (act->key.n) {
		struct used_key *used = arena_new(g->cx->arena, struct used_key);

		used->first = &events.v[0];
		used->result = r->act;
		map_put(g->cx->arena, &g->keys, key_name(g, act), used);
	}
	return ERR_OK;
}
