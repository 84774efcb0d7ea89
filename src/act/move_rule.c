/*
 * A transitional rule applied to every open matter it speaks of, some of them to a
 * transaction: what was interrupted is begun again and does the rest only, for a matter
 * that has moved is under the new edition.
 */
#include "act/door_inside.h"
#include "act/fetch.h"
#include "act/transition.h"

enum { BATCH = 100 };

/* One run over the open matters. */
struct crossing {
	struct door *door;
	const struct law_move_ask *ask;
	struct law_moves *out; /* lives as long as the caller */
	struct arena *arena;   /* the caller's */
};

static enum err
rule_of(struct group *g, struct str id, const struct transition_def **out)
{
	*out = map_find(&g->door->snapshot->defs->transitions, id);
	if (!*out || (*out)->withdrawn)
		return fail(g->cx, ERR_INPUT, "没有公布过渡规则“%.*s”", STR_ARG(id));
	return ERR_OK;
}

static enum err
ask_rule(struct group *g, const struct transition_ask *ask, struct event_list *events,
    struct str *why)
{
	struct facts facts = { .arena = g->cx->arena };
	enum err err;

	do
		err = act_transition(g->cx, g->door->snapshot->defs, ask, &facts,
		    g->head.seq + 1, events, why);
	while (facts_more(g->cx, &g->projection, &facts, &err));
	return err;
}

/* Its lapsed terms first: they ran out under the edition it leaves. */
static enum err
cross_one(struct crossing *c, struct group *g, const struct transition_ask *ask)
{
	struct event_list events = { 0 };
	struct value state;
	struct str why, title, from;

	TRY(group_lapse(g, ask->subject, NULL));
	TRY(ask_rule(g, ask, &events, &why));
	if (!events.n && !why.n)
		return ERR_OK;
	TRY(project_state(g->cx, &g->projection, ask->subject, &state));
	title = str_copy(c->arena, value_str(value_get(&state, S("title"))));
	from = str_copy(c->arena, value_str(value_get(&state, S("edition"))));
	if (why.n) {
		*list_add(c->arena, &c->out->kept) = (struct law_kept){
			.subject = str_copy(c->arena, ask->subject),
			.title = title,
			.why = str_copy(c->arena, why)
		};
		return ERR_OK;
	}
	TRY(group_append(g, &events));
	*list_add(c->arena, c->out) = (struct law_moved){
		.subject = str_copy(c->arena, ask->subject), .title = title, .from = from
	};
	return ERR_OK;
}

/* *next: the first subject that this transaction has not looked at. */
static enum err
cross_some(
    struct crossing *c, struct cx *cx, const struct id_list *subjects, size_t *next)
{
	struct transition_ask ask = { .person = c->ask->person };
	const size_t before = c->out->n;
	size_t i = *next;
	GROUP g = { 0 };

	TRY(group_begin(cx, c->door, c->door->config.log, &g));
	TRY(rule_of(&g, c->ask->rule, &ask.rule));
	for (; i < subjects->n && c->out->n - before < BATCH; i++) {
		if (c->ask->limit && c->out->n >= c->ask->limit)
			break;
		ask.subject = subjects->v[i];
		TRY(cross_one(c, &g, &ask));
	}
	if (!c->ask->only_show)
		TRY(group_commit(&g));
	*next = i;
	return ERR_OK;
}

static enum err
begin(struct crossing *c, struct cx *cx, struct id_list *subjects)
{
	const struct transition_def *rule;
	GROUP g = { 0 };

	TRY(door_time_look(cx, c->door));
	if (c->door->in_doubt)
		return fail(cx, ERR_INPUT, "系统时间尚待确认，暂不能移动事项");
	TRY(group_begin(cx, c->door, c->door->config.log, &g));
	TRY(rule_of(&g, c->ask->rule, &rule));
	TRY(move_signer(&g, c->ask->person));
	return move_subjects(&g, rule->procedure, subjects);
}

/* The lock is given back between transactions: others act meanwhile. */
static enum err
cross_batch(
    struct crossing *c, struct cx *cx, const struct id_list *subjects, size_t *next)
{
	struct arena turn AUTO(arena_free) = { 0 };
	struct cx own = *cx;
	const size_t moved = c->out->n, kept = c->out->kept.n;
	enum err err;

	own.arena = &turn;
	pthread_mutex_lock(&c->door->writing);
	err = cross_some(c, &own, subjects, next);
	pthread_mutex_unlock(&c->door->writing);
	cx->why = str_copy(cx->arena, own.why);
	if (err != ERR_OK) { /* taken back with the transaction */
		c->out->n = moved;
		c->out->kept.n = kept;
	}
	return err;
}

enum err
door_move_by_rule(struct cx *cx, struct door *door, const struct law_move_ask *ask,
    struct law_moves *out)
{
	struct crossing c = { door, ask, out, cx->arena };
	struct id_list subjects = { 0 };
	size_t next = 0;
	enum err err;

	*out = (struct law_moves){ 0 };
	pthread_mutex_lock(&door->writing);
	err = begin(&c, cx, &subjects);
	pthread_mutex_unlock(&door->writing);
	while (err == ERR_OK && next < subjects.n && (!ask->limit || out->n < ask->limit))
		err = cross_batch(&c, cx, &subjects, &next);
	out->rest = subjects.n - next;
	return err;
}
