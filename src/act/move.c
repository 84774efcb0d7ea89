/*
 * A published definition had an error: its open matters move to the corrected edition, by
 * an event on each, all in one transaction. Only what leaves every state meaningful is
 * moved: where the matter stands, what was done and what runs must mean the same in both.
 * A transitional rule, which maps stages and counts terms anew, is act/move_rule.c.
 */
#include "act/door_inside.h"

static enum err
differs(struct cx *cx, const struct procedure_def *old, const char *what, struct str id)
{
	return fail(cx, ERR_INPUT,
	    "“%.*s”的新旧版本%s“%.*s”不同；更正只能用于阶段、办理事项、期限和字段都不减少"
	    "也不改变的版本，其他修改由原有事项按原版本办完",
	    STR_ARG(old->title), what, STR_ARG(id));
}

static enum err
stages_same(
    struct cx *cx, const struct procedure_def *old, const struct procedure_def *fresh)
{
	for (size_t i = 0; i < old->stages.n; i++) {
		const struct stage_def *s = &old->stages.v[i];
		const struct stage_def *now = stage_find(fresh, s->id);

		if (!now || now->final != s->final)
			return differs(cx, old, "阶段", s->id);
	}
	for (size_t i = 0; i < fresh->stages.n; i++)
		if (!stage_find(old, fresh->stages.v[i].id))
			return differs(cx, old, "阶段", fresh->stages.v[i].id);
	return ERR_OK;
}

static enum err
actions_same(
    struct cx *cx, const struct procedure_def *old, const struct procedure_def *fresh)
{
	for (size_t i = 0; i < old->actions.n; i++) {
		const struct action_def *a = &old->actions.v[i];
		const struct action_def *now = action_find(fresh, a->id);

		if (!now || now->at_new != a->at_new)
			return differs(cx, old, "办理事项", a->id);
	}
	for (size_t i = 0; i < fresh->actions.n; i++)
		if (!action_find(old, fresh->actions.v[i].id))
			return differs(cx, old, "办理事项", fresh->actions.v[i].id);
	return ERR_OK;
}

/* A term that runs must be one the new edition can end; a new one would never begin. */
static enum err
clocks_same(
    struct cx *cx, const struct procedure_def *old, const struct procedure_def *fresh)
{
	for (size_t i = 0; i < old->clocks.n; i++)
		if (!clock_find(fresh, old->clocks.v[i].id))
			return differs(cx, old, "期限", old->clocks.v[i].id);
	for (size_t i = 0; i < fresh->clocks.n; i++)
		if (!clock_find(old, fresh->clocks.v[i].id))
			return differs(cx, old, "期限", fresh->clocks.v[i].id);
	return ERR_OK;
}

static enum err
children_same(
    struct cx *cx, const struct procedure_def *old, const struct procedure_def *fresh)
{
	for (size_t i = 0; i < old->children.n; i++) {
		const struct child_def *c = &old->children.v[i];
		const struct child_def *now = child_find(fresh, c->kind);

		if (!now || !str_eq(now->procedure, c->procedure))
			return differs(cx, old, "子事项", c->kind);
	}
	return ERR_OK;
}

/* What is sealed stays sealed, and what is open was never meant to be. */
static enum err
fields_same(struct cx *cx, const struct procedure_def *old, const struct field_list *was,
    const struct field_list *fields)
{
	for (size_t i = 0; i < was->n; i++) {
		const struct field *f = &was->v[i];
		const struct field *now = field_find(fields, f->id);

		if (!now || now->type != f->type || now->personal != f->personal)
			return differs(cx, old, "字段", f->id);
		TRY(fields_same(cx, old, &f->columns, &now->columns));
	}
	return ERR_OK;
}

static enum err
is_erratum(
    struct cx *cx, const struct procedure_def *old, const struct procedure_def *fresh)
{
	TRY(stages_same(cx, old, fresh));
	TRY(actions_same(cx, old, fresh));
	TRY(clocks_same(cx, old, fresh));
	TRY(children_same(cx, old, fresh));
	return fields_same(cx, old, &old->fields, &fresh->fields);
}

enum err
move_subjects(struct group *g, struct str procedure, struct id_list *out)
{
	const struct table *t = table_of(g->projection.tables, procedure);
	DB_ROWS rows = { 0 };
	int stmt;

	if (!t)
		return ERR_OK;
	TRY(db_prepare(g->cx, g->door->db, t->not_closed, &stmt));
	TRY(db_ask(g->cx, g->door->db, &rows, stmt, D_TEXT(g->head.log)));
	while (db_next(&rows))
		*list_add(g->cx->arena, out) = db_text(g->cx, &rows, 0);
	return db_end(g->cx, &rows);
}

/* One matter, its lapsed terms first: they ran out under the edition it leaves. */
static enum err
move_one(struct group *g, const struct procedure_def *fresh, struct str person,
    struct str reason, struct str subject, struct law_moves *out)
{
	struct arena *a = g->cx->arena;
	struct event_list events = { 0 };
	struct value open = value_map(), state;
	struct str from;

	TRY(project_state(g->cx, &g->projection, subject, &state));
	from = value_str(value_get(&state, S("edition")));
	if (str_eq(from, fresh->digest))
		return ERR_OK;
	TRY(is_erratum(
	    g->cx, defs_edition(g->door->snapshot->defs, from, fresh->id), fresh));
	if (!g->door->in_doubt)
		TRY(group_lapse(g, subject, NULL));
	TRY(project_state(g->cx, &g->projection, subject, &state));
	if (value_true(value_get(&state, S("closed"))))
		return ERR_OK;
	value_set_text(a, &open, "by", S("erratum"));
	value_set_text(a, &open, "from", from);
	value_set_text(a, &open, "reason", reason);
	group_event(g, &events, EV_EDITION_MOVED, subject, person, &open)
	    ->definition = fresh->digest;
	TRY(group_append(g, &events));
	*list_add(a, out) = (struct law_moved){ .subject = subject,
		.title = str_copy(a, value_str(value_get(&state, S("title")))),
		.from = str_copy(a, from) };
	return ERR_OK;
}

enum err
move_signer(struct group *g, struct str person)
{
	struct value version = value_null();

	if (str_eq(subject_family(person), S("persons")))
		TRY(project_version(
		    g->cx, &g->projection, person, cx_today(g->cx), &version));
	if (version.kind == V_MAP)
		return ERR_OK;
	return fail(g->cx, ERR_INPUT, "签署人“%.*s”不是今天在册的人员", STR_ARG(person));
}

static enum err
move_locked(struct cx *cx, struct door *door, struct str person, struct str procedure,
    struct str reason, struct law_moves *out)
{
	const struct procedure_def *fresh;
	struct id_list subjects = { 0 };
	GROUP g = { 0 };

	TRY(group_begin(cx, door, door->config.log, &g));
	fresh = defs_procedure(door->snapshot->defs, procedure);
	if (!fresh || fresh->withdrawn)
		return fail(
		    cx, ERR_INPUT, "没有现行有效的程序“%.*s”", STR_ARG(procedure));
	if (!reason.n)
		return fail(cx, ERR_INPUT, "请写明更正的理由");
	TRY(move_signer(&g, person));
	TRY(move_subjects(&g, procedure, &subjects));
	for (size_t i = 0; i < subjects.n; i++)
		TRY(move_one(&g, fresh, person, reason, subjects.v[i], out));
	return group_commit(&g);
}

enum err
door_move_edition(struct cx *cx, struct door *door, struct str person,
    struct str procedure, struct str reason, struct law_moves *out)
{
	enum err err;

	*out = (struct law_moves){ 0 };
	pthread_mutex_lock(&door->writing);
	err = door_time_look(cx, door);
	if (err == ERR_OK)
		err = move_locked(cx, door, person, procedure, str_trim(reason), out);
	pthread_mutex_unlock(&door->writing);
	return err;
}
