/*
 * Finding: the query as the engine's expression, the units that may match in the order of
 * their ids, and of these what holds every word, ranked. The formula is in search_rank.c.
 */
#include "read/search.h"

#include <stdlib.h>

#include "read/search_index.h"
#include "read/search_rank.h"
#include "record/record.h"
#include "register/table.h"

/* How an engine writes an expression over tokens. Tokens hold nothing that would need
 * escaping (lang/cut.h). */
struct dialect {
	struct str quote, and, or, and_not;
};
static const struct dialect FTS5 = { S("\""), S(" AND "), S(" OR "), S(" NOT ") };
static const struct dialect TSQUERY = { S("'"), S(" & "), S(" | "), S(" & !") };

struct expression {
	const struct dialect *d;
	struct buf b;
	const struct search_ask *ask;
};

static void
quoted(struct expression *e, struct str mark, struct str token)
{
	buf_put(&e->b, e->d->quote);
	buf_put(&e->b, mark);
	buf_put(&e->b, token);
	buf_put(&e->b, e->d->quote);
}

/* One token in any of the reader's scopes: the scope is part of the token, so what is not
 * readable does not match, and is not counted. */
static void
scoped(struct expression *e, struct str mark, struct str token)
{
	struct arena *a = e->b.arena;

	buf_put_byte(&e->b, '(');
	quoted(e, mark, token);
	for (size_t i = 0; i < e->ask->nscopes && i < SEARCH_SCOPES; i++) {
		const struct str scope = search_scope_mark(a, e->ask->scopes[i]);

		buf_put(&e->b, e->d->or);
		quoted(e, str_fmt(a, "%.*s%.*s", STR_ARG(scope), STR_ARG(mark)), token);
	}
	buf_put_byte(&e->b, ')');
}

static void
tokens_each(struct expression *e, struct str tokens, struct str mark)
{
	struct str token;

	while (str_split(&tokens, S(" "), &token)) {
		if (!token.n)
			continue;
		if (e->b.n)
			buf_put(&e->b, e->d->and);
		scoped(e, mark, token);
	}
}

static struct str
word_tokens(struct arena *a, const struct search_word *w)
{
	struct buf b = { .arena = a };

	cut_word(&b, &w->cut);
	return str_trim(buf_str(&b));
}

/* A word of one token is matched by the engine alone; of more, only verified. */
static bool
is_one_token(struct arena *a, const struct search_word *w)
{
	return str_find(word_tokens(a, w), S(" "), 0) == SIZE_MAX;
}

static void
filter_put(struct expression *e, enum search_filter filter, struct str value)
{
	struct buf b = { .arena = e->b.arena };

	search_filter_put(&b, filter, value);
	buf_put(&e->b, e->d->and);
	quoted(e, S(""), str_trim(buf_str(&b)));
}

/* (y2016 OR y2017 …), behind AND or NOT. */
static void
years_put(struct expression *e, struct str before, enum search_filter filter,
    int64_t from, int64_t to)
{
	for (int64_t y = from; y <= to; y++) {
		struct buf b = { .arena = e->b.arena };

		search_filter_put_int(&b, filter, y);
		buf_put(&e->b, y == from ? before : e->d->or);
		if (y == from)
			buf_put_byte(&e->b, '(');
		quoted(e, S(""), str_trim(buf_str(&b)));
	}
	if (from <= to)
		buf_put_byte(&e->b, ')');
}

static void
filters_put(struct expression *e)
{
	const struct search_ask *ask = e->ask;
	struct arena *a = e->b.arena;
	const bool has_from = ask->from_day != ABSENT_INT;
	const bool has_to = ask->to_day != ABSENT_INT;

	if (ask->kind.n)
		filter_put(e, SEARCH_KIND, ask->kind);
	if (ask->unit.n)
		filter_put(e, SEARCH_UNIT, ask->unit);
	if (ask->query.article)
		filter_put(
		    e, SEARCH_ARTICLE, str_fmt(a, "%lld", (long long)ask->query.article));
	if (has_from || has_to)
		years_put(e, e->d->and, SEARCH_YEAR,
		    has_from ? search_year(ask->from_day) : SEARCH_YEAR_FIRST,
		    has_to ? search_year(ask->to_day) : SEARCH_YEAR_LAST);
	if (ask->in_force)
		years_put(e, e->d->and_not, SEARCH_ENDED, SEARCH_YEAR_FIRST,
		    search_year(ask->today) - 1);
}

/* Words left out that are one token; longer ones are looked for in what was found. */
static void
excluded_put(struct expression *e)
{
	const struct search_query *q = &e->ask->query;

	for (size_t i = 0; i < q->n; i++) {
		if (!q->v[i].is_excluded || !is_one_token(e->b.arena, &q->v[i]))
			continue;
		buf_put(&e->b, e->d->and_not);
		scoped(e, S(""), word_tokens(e->b.arena, &q->v[i]));
	}
}

/* All wanted words, or those of them that a title must have. */
static struct str
expression_of(
    struct arena *a, const struct db *db, const struct search_ask *ask, bool in_title)
{
	struct expression e = { .d = db_is_postgres(db) ? &TSQUERY : &FTS5,
		.b = { .arena = a },
		.ask = ask };

	for (size_t i = 0; i < ask->query.n; i++) {
		const struct search_word *w = &ask->query.v[i];

		if (!w->is_excluded)
			tokens_each(&e, word_tokens(a, w),
			    in_title || w->is_title ? SEARCH_MARK_TITLE : S(""));
	}
	filters_put(&e);
	excluded_put(&e);
	return buf_str(&e.b);
}

/* ---- candidates ---- */

struct finding {
	struct cx *cx;
	struct db *db;
	const struct search_ask *ask;
	struct search_answer *out;
	struct map seen; /* subject → its hit's place + 1 */
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

static enum err
look(struct finding *f, struct str expression, int64_t from, int64_t to, int64_t most,
    size_t *seen)
{
	struct cx *cx = f->cx;
	DB_ROWS rows = { 0 };

	*seen = 0;
	TRY(db_ask(cx, f->db, &rows, Q_SEARCH_FIND, D_TEXT(expression), D_INT(from),
	    D_INT(to), D_INT(most)));
	while (db_next(&rows)) {
		struct arena scratch AUTO(arena_free) = { 0 };
		struct search_hit u;

		++*seen;
		search_row(cx, &rows, &u, NULL);
		if (fits(f->ask, &u) &&
		    search_rank(&scratch, &f->ask->query, f->ask->today, &u, &u.score))
			keep(f, &u);
	}
	return db_end(cx, &rows);
}

/* Whether the number of matches is the number of hits: nothing is left to verify. */
static bool
is_exact(struct arena *a, const struct search_ask *ask)
{
	for (size_t i = 0; i < ask->query.n; i++)
		if (!is_one_token(a, &ask->query.v[i]))
			return false;
	return ask->from_day == ABSENT_INT && ask->to_day == ABSENT_INT && !ask->in_force;
}

static enum err
count(struct finding *f, struct str expression, int64_t from, int64_t to, size_t *n)
{
	DB_ROWS rows = { 0 };

	TRY(db_ask(f->cx, f->db, &rows, Q_SEARCH_COUNT, D_TEXT(expression), D_INT(from),
	    D_INT(to), D_INT(SEARCH_COUNTS + 1)));
	*n = db_next(&rows) ? (size_t)db_int(&rows, 0) : 0;
	return db_end(f->cx, &rows);
}

/* One stretch of ids: those whose title has the words, and the first that have them
 * anywhere. */
static enum err
stretch(struct finding *f, int64_t from, int64_t to)
{
	struct arena *a = f->cx->arena;
	const struct str all = expression_of(a, f->db, f->ask, false);
	const size_t before = f->out->n;
	size_t seen, more;

	TRY(look(f, all, from, to, SEARCH_LOOK, &seen));
	if (seen < SEARCH_LOOK) {
		f->out->count += f->out->n - before;
		return ERR_OK;
	}
	TRY(look(
	    f, expression_of(a, f->db, f->ask, true), from, to, SEARCH_TITLES, &more));
	/* Matches are units: of a log several may be one subject's. */
	if (!is_exact(a, f->ask) || from < SEARCH_STATUTES) {
		f->out->count += f->out->n - before;
		f->out->at_least = true;
		return ERR_OK;
	}
	TRY(count(f, all, from, to, &seen));
	f->out->count += seen;
	return ERR_OK;
}

/* The stretch of the own log, when its index was made by the rules in force. */
static enum err
own_stretch(struct cx *cx, struct db *db, const struct search_ask *ask, int64_t *n,
    bool *is_behind)
{
	struct record_head head;
	struct search_cursor c;

	*n = 0;
	*is_behind = false;
	if (!ask->log.n)
		return ERR_OK;
	TRY(search_cursor(cx, db, ask->log, &c));
	if (str_eq(c.rules, ask->rules))
		*n = c.n;
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

/* On PostgreSQL, planning for each word anew or as the engine likes it. */
static enum err
plan(struct cx *cx, struct db *db, struct str mode)
{
	DB_ROWS rows = { 0 };

	if (!db_is_postgres(db))
		return ERR_OK;
	TRY(db_ask(cx, db, &rows, Q_SEARCH_PLAN, D_TEXT(mode)));
	while (db_next(&rows))
		;
	return db_end(cx, &rows);
}

enum err
search_find(
    struct cx *cx, struct db *db, const struct search_ask *ask, struct search_answer *out)
{
	struct finding f = { .cx = cx, .db = db, .ask = ask, .out = out };
	int64_t n;

	*out = (struct search_answer){ .v = NULL };
	if (!ask->query.wanted)
		return ERR_OK;
	TRY(own_stretch(cx, db, ask, &n, &out->is_behind));
	TRY(plan(cx, db, S("force_custom_plan")));
	if (n)
		TRY(stretch(&f, search_log_id(n), search_log_id(n + 1)));
	TRY(stretch(&f, SEARCH_STATUTES, INT64_MAX));
	TRY(plan(cx, db, S("auto")));
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
	int64_t n;
	DB_ROWS rows = { 0 };

	TRY(own_stretch(cx, db, ask, &n, &is_behind));
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
