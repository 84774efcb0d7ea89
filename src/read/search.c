/*
 * Finding: of the units that may match (search_match.c) what holds every word, ranked.
 * The formula is in search_rank.c.
 */
#include "read/search.h"

#include <stdlib.h>

#include "read/search_index.h"
#include "read/search_match.h"
#include "read/search_rank.h"
#include "record/record.h"
#include "register/table.h"

/* ---- candidates ---- */

struct finding {
	struct cx *cx;
	struct db *db;
	const struct search_ask *ask;
	struct search_answer *out;
	struct map seen; /* subject → its hit's place + 1 */
	int64_t last;    /* id looked at */
};

/* A subject stands in the answer once, with the part of it that says most. */
static void
keep(struct finding *f, const struct search_hit *hit)
{
	const struct str name = str_fmt(
	    f->cx->arena, "%.*s %.*s", STR_ARG(hit->log), STR_ARG(hit->subject));
	const uintptr_t at = (uintptr_t)map_find(&f->seen, name);

	if (at && f->out->v[at - 1].score >= hit->score)
		return;
	if (at) {
		f->out->v[at - 1] = *hit;
		return;
	}
	*list_add(f->cx->arena, f->out) = *hit;
	map_put(f->cx->arena, &f->seen, name, (void *)f->out->n);
}

static bool
fits(const struct search_ask *ask, const struct search_hit *u)
{
	if (ask->from_day != ABSENT_INT &&
	    (u->day == ABSENT_INT || u->day < ask->from_day))
		return false;
	if (ask->to_day != ABSENT_INT && (u->day == ABSENT_INT || u->day > ask->to_day))
		return false;
	return !ask->in_force || u->to_day > ask->today;
}

static void
visit(struct cx *cx, const struct db_rows *rows, void *self)
{
	struct arena scratch AUTO(arena_free) = { 0 };
	struct finding *f = self;
	struct search_hit u;

	search_row(cx, rows, &u, NULL);
	f->last = u.id;
	if (fits(f->ask, &u) &&
	    search_rank(&scratch, &f->ask->query, f->ask->today, &u, &u.score))
		keep(f, &u);
}

/* One stretch of ids: those whose title has the words, and the first that have them
 * anywhere. */
static enum err
stretch(struct finding *f, int64_t from, int64_t to)
{
	struct arena *a = f->cx->arena;
	struct search_match m = { .db = f->db,
		.expression = search_expression(a, f->db, f->ask, false),
		.from = from,
		.to = to };
	const size_t before = f->out->n;
	int64_t last;
	size_t seen, more;

	if (f->ask->titles) {
		m.expression = search_expression(a, f->db, f->ask, true);
		return search_match_units(f->cx, &m, SEARCH_TITLES, visit, f, &seen);
	}
	TRY(search_match_units(f->cx, &m, SEARCH_LOOK, visit, f, &seen));
	if (seen < SEARCH_LOOK) {
		f->out->count += f->out->n - before;
		return ERR_OK;
	}
	last = f->last;
	m.expression = search_expression(a, f->db, f->ask, true);
	TRY(search_match_units(f->cx, &m, SEARCH_TITLES, visit, f, &more));
	/* Matches are units: of a log several may be one subject's. */
	if (!search_is_exact(a, f->ask) || from < SEARCH_STATUTES) {
		f->out->count += f->out->n - before;
		f->out->at_least = true;
		return ERR_OK;
	}
	m.expression = search_expression(a, f->db, f->ask, false);
	m.from = last + 1;
	TRY(search_match_count(f->cx, &m, SEARCH_COUNTS + 1 - SEARCH_LOOK, &more));
	f->out->count += seen + more;
	return ERR_OK;
}

/* The stretch of the own log, from its newest subject on, when its index was made by the
 * rules in force; *n is the log's number, or 0. */
static enum err
own_stretch(struct cx *cx, struct db *db, const struct search_ask *ask, int64_t *n,
    int64_t *from, bool *is_behind)
{
	struct record_head head;
	struct search_cursor c;

	*n = 0;
	*from = 0;
	*is_behind = false;
	if (!ask->log.n)
		return ERR_OK;
	TRY(search_cursor(cx, db, ask->log, &c));
	if (str_eq(c.rules, ask->rules))
		*n = c.n;
	*from = search_subject_id(c.n, c.seq);
	TRY(record_head(cx, db, ask->log, &head));
	*is_behind = !*n || c.seq < head.seq;
	return ERR_OK;
}

static int
better(const void *a, const void *b)
{
	const struct search_hit *x = a, *y = b;

	if (x->score != y->score)
		return x->score > y->score ? -1 : 1;
	if (x->day != y->day)
		return x->day > y->day ? -1 : 1;
	return x->id < y->id ? -1 : x->id > y->id;
}

static void
page_of(const struct search_ask *ask, struct search_answer *out)
{
	const size_t limit = ask->limit ? ask->limit : SEARCH_PAGE;
	const size_t from = ask->skip < out->n ? ask->skip : out->n;

	if (out->n)
		qsort(out->v, out->n, sizeof *out->v, better);
	out->has_next = out->n - from > limit;
	out->v += from;
	out->n = out->has_next ? limit : out->n - from;
	if (out->count > SEARCH_COUNTS) {
		out->count = SEARCH_COUNTS;
		out->at_least = true;
	}
}

enum err
search_find(
    struct cx *cx, struct db *db, const struct search_ask *ask, struct search_answer *out)
{
	struct finding f = { .cx = cx, .db = db, .ask = ask, .out = out };
	int64_t n, from;

	*out = (struct search_answer){ .v = NULL };
	if (!ask->query.wanted)
		return ERR_OK;
	TRY(own_stretch(cx, db, ask, &n, &from, &out->is_behind));
	if (n)
		TRY(stretch(&f, from, search_log_id(n + 1)));
	TRY(stretch(&f, SEARCH_STATUTES, INT64_MAX));
	page_of(ask, out);
	return ERR_OK;
}

static bool
may_read(const struct search_ask *ask, struct str scope)
{
	bool may = !scope.n;

	for (size_t i = 0; i < ask->nscopes; i++)
		may |= str_eq(scope, ask->scopes[i]);
	return may;
}

enum err
search_unit(struct cx *cx, struct db *db, const struct search_ask *ask, int64_t id,
    struct search_hit *out)
{
	bool is_behind, found;
	int64_t n, from;
	DB_ROWS rows = { 0 };

	TRY(own_stretch(cx, db, ask, &n, &from, &is_behind));
	TRY(db_ask(cx, db, &rows, Q_SEARCH_UNIT_GET, D_INT(id)));
	found = db_next(&rows);
	if (found)
		search_row(cx, &rows, out, NULL);
	TRY(db_end(cx, &rows));
	if (!found || !may_read(ask, out->scope) ||
	    (id < SEARCH_STATUTES && (!n || !str_eq(out->log, ask->log))))
		return fail(cx, ERR_NOT_FOUND, "没有这一条");
	return ERR_OK;
}
