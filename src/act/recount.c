/*
 * A notice of holidays came, or was changed: every term that runs and whose days are not
 * what they were is counted anew, by an event of its own on each matter.
 */
#include "act/clocks.h"
#include "act/door_inside.h"
#include "act/fetch.h"
#include "base/date.h"
#include "lang/canon.h"

enum { STRETCH = 200 };

static void
recount_one(struct work *w, struct matter *m, const struct clock_def *def,
    struct str notice, struct value clock)
{
	struct arena *a = w->cx->arena;
	const struct value *old = value_get(value_get(&m->state, S("clocks")), def->id);
	const struct value *due = value_get(&clock, S("due"));
	struct value why = value_copy(a, value_get(&clock, S("why")));
	struct draft *d;

	value_add(a, &why,
	    value_text(str_fmt(a, "放假安排公布后重新计算，原届满日为%.*s%s",
		STR_ARG(day_chinese(a, value_num(value_get(old, S("due"))))),
		value_true(value_get(old, S("provisional"))) ? "（暂定）" : "")));
	value_set(a, &clock, S("why"), why);
	w->done = cx_today(w->cx);
	d = work_draft(w, EV_CLOCK_MOVED, m);
	value_set_text(a, &d->open, "clock", def->id);
	value_set_text(a, &d->open, "notice", notice);
	value_set(a, &d->open, S("was"), *value_get(old, S("due")));
	value_set(a, &d->open, S("now"), *due);
	work_clock(w, d, def->id, clock);
}

enum err
act_recount(struct cx *cx, const struct defs *defs, struct str subject, struct str notice,
    struct facts *facts, int64_t next_seq, struct event_list *out)
{
	struct work w = work_by_clock(cx, defs, facts, next_seq);
	struct matter *m = work_matter(&w, subject);

	for (size_t i = 0; m && i < m->procedure->clocks.n; i++) {
		const struct clock_def *def = &m->procedure->clocks.v[i];
		struct value clock;

		if (clock_recount(&w, m, def, &clock))
			recount_one(&w, m, def, notice, clock);
	}
	if (w.needs)
		return ERR_NEEDS;
	if (w.hard.n)
		return fail(cx, ERR_INPUT, "%.*s:%.*s", STR_ARG(subject),
		    STR_ARG(w.hard.v[0].message));
	work_finish(&w, out);
	return ERR_OK;
}

/* `a` outlives the stretch. */
static enum err
note_moves(struct group *g, struct arena *a, const struct defs *defs, struct facts *facts,
    struct str subject, const struct event_list *events, struct clock_moves *moves)
{
	const struct procedure_def *p = defs_procedure(defs, subject_family(subject));
	const struct str named = value_str(
	    value_get(facts_matter(facts, subject), S("title")));
	const struct str title = named.n || !p ? named : p->title;

	for (size_t i = 0; i < events->n; i++) {
		struct clock_move *move = list_add(a, moves);
		struct value open;
		struct str id;

		TRY(canon_parse(g->cx, events->v[i].parts.v[0].bytes, &open));
		id = value_str(value_get(&open, S("clock")));
		*move = (struct clock_move){ .seq = events->v[i].seq,
			.subject = subject,
			.matter = str_copy(a, title),
			.clock = str_copy(
			    a, value_str(
				   value_get(value_get(value_get(&open, S("clocks")), id),
				       S("title")))),
			.was = value_num(value_get(&open, S("was"))),
			.now = value_num(value_get(&open, S("now"))) };
	}
	return ERR_OK;
}

static enum err
recount_matter(struct group *g, struct arena *a, const struct defs *defs,
    struct str notice, struct str subject, struct clock_moves *moves)
{
	struct facts facts = { .arena = g->cx->arena };

	struct event_list events;
	enum err err;

	do {
		events = (struct event_list){ 0 };
		err = act_recount(
		    g->cx, defs, subject, notice, &facts, g->head.seq + 1, &events);
	} while (facts_more(g->cx, &g->projection, &facts, &err));
	TRY(err);
	TRY(group_append(g, &events));
	return note_moves(g, a, defs, &facts, subject, &events, moves);
}

/* A notice may move the terms of every open matter, in one transaction: a few hundred at
 * a time are in memory. */
static enum err
recount_stretch(struct group *g, const struct defs *defs, struct str notice,
    const struct str *subjects, size_t n, struct clock_moves *moves)
{
	struct arena stretch AUTO(arena_free) = { 0 };
	struct arena *outer = g->cx->arena;
	enum err err = ERR_OK;

	g->cx->arena = &stretch;
	projection_init(&g->projection, &stretch, g->door->db, g->projection.tables,
	    g->projection.log);
	for (size_t i = 0; i < n && err == ERR_OK; i++)
		err = recount_matter(g, outer, defs, notice, subjects[i], moves);
	if (err == ERR_OK)
		err = project_flush(g->cx, &g->projection);
	if (err == ERR_OK)
		err = record_flush(g->cx, g->door->db, &g->head);
	if (err != ERR_OK)
		g->cx->why = str_copy(outer, g->cx->why);
	g->cx->arena = outer;
	projection_init(
	    &g->projection, outer, g->door->db, g->projection.tables, g->projection.log);
	return err;
}

/* A term whose last day lies before the first day that changed is what it was; one that
 * is counted backwards lies before the days it counts, by less than this. */
enum { BACKWARDS_DAYS = 400 };

enum err
group_recount(struct group *g, const struct calendar *before, const struct defs *defs,
    struct str notice, struct clock_moves *moves)
{
	LIST(struct str) subjects = { 0 };
	DB_ROWS rows = { 0 };
	int64_t from;
	int stmt;

	if (!before)
		return ERR_OK;
	from = calendar_difference(g->cx, before, defs->calendar);
	if (from == DAY_NONE)
		return ERR_OK;
	TRY(db_prepare(g->cx, g->door->db, table_text(TABLE_CLOCK_FROM), &stmt));
	TRY(db_ask(g->cx, g->door->db, &rows, stmt, D_TEXT(g->head.log),
	    D_INT(from - BACKWARDS_DAYS)));
	while (db_next(&rows))
		*list_add(g->cx->arena, &subjects) = db_text(g->cx, &rows, 0);
	TRY(db_end(g->cx, &rows));
	TRY(project_flush(g->cx, &g->projection));
	TRY(record_flush(g->cx, g->door->db, &g->head));
	for (size_t i = 0; i < subjects.n; i += STRETCH) {
		const size_t rest = subjects.n - i;

		TRY(recount_stretch(g, defs, notice, subjects.v + i,
		    rest < STRETCH ? rest : STRETCH, moves));
	}
	return ERR_OK;
}
