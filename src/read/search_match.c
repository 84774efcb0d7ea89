/*
 * The query as the engine's expression, and the units that match it in the order of their
 * ids (read/search_match.h). FTS5 gives the first of them and stops; PostgreSQL is asked
 * for one group of ids after the other (read/search_band.h).
 */
#include "read/search_match.h"

#include "base/buf.h"
#include "read/search_band.h"
#include "read/search_index.h"
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

/* (y2016 OR … OR y202 OR y2030 …), behind AND or NOT: whole decades by one token. */
static void
years_put(struct expression *e, struct str before, enum search_filter filter,
    int64_t from, int64_t to)
{
	for (int64_t y = from; y <= to;) {
		const bool is_decade = y % 10 == 0 && y + 9 <= to;
		struct buf b = { .arena = e->b.arena };

		search_filter_put_int(&b, filter, is_decade ? y / 10 : y);
		buf_put(&e->b, y == from ? before : e->d->or);
		if (y == from)
			buf_put_byte(&e->b, '(');
		quoted(e, S(""), str_trim(buf_str(&b)));
		y += is_decade ? 10 : 1;
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
	if (ask->stage.n)
		filter_put(e, SEARCH_STAGE, ask->stage);
	if (ask->titles)
		filter_put(e, SEARCH_HEAD, S(""));
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
struct str
search_expression(
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

bool
search_is_exact(struct arena *a, const struct search_ask *ask)
{
	for (size_t i = 0; i < ask->query.n; i++)
		if (!is_one_token(a, &ask->query.v[i]))
			return false;
	return ask->from_day == ABSENT_INT && ask->to_day == ABSENT_INT && !ask->in_force;
}

/* ---- groups of ids ---- */

/* A group's answer: *seen gets how many of the `most` it gave. */
typedef enum err group_ask(struct cx *cx, const struct search_match *m,
    const struct search_group *g, size_t most, void *self, size_t *seen);

/* The end of what there is from <= id < to: behind it nothing need be asked for. */
static enum err
end_of(struct cx *cx, struct db *db, int64_t to, int64_t *end)
{
	DB_ROWS rows = { 0 };

	TRY(db_ask(cx, db, &rows, Q_SEARCH_UNIT_LAST, D_INT(to)));
	*end = db_next(&rows) ? db_int(&rows, 0) + 1 : 0;
	return db_end(cx, &rows);
}

static enum err
part_each(struct cx *cx, const struct search_match *m, int64_t from, int64_t to,
    size_t most, group_ask *ask, void *self, size_t *seen)
{
	struct search_group g = { .to = from };
	int64_t end;
	size_t n;

	*seen = 0;
	TRY(end_of(cx, m->db, to, &end));
	while (g.to < end && *seen < most) {
		g = search_group_next(from, g.to, end, *seen, most);
		TRY(ask(cx, m, &g, most - *seen, self, &n));
		*seen += n;
	}
	return ERR_OK;
}

/* One part after the other until `most` are seen. */
static enum err
groups_each(struct cx *cx, const struct search_match *m, size_t most, group_ask *ask,
    void *self, size_t *seen)
{
	const struct search_group all = { m->from, m->to, true };
	int64_t from = m->from;
	size_t n;

	*seen = 0;
	if (!db_is_postgres(m->db))
		return ask(cx, m, &all, most, self, seen);
	if (from < SEARCH_COLLECTIONS && m->to > SEARCH_COLLECTIONS) {
		TRY(part_each(cx, m, from, search_part_end(from), most, ask, self, seen));
		from = SEARCH_COLLECTIONS;
	}
	if (*seen == most)
		return ERR_OK;
	TRY(part_each(cx, m, from, m->to, most - *seen, ask, self, &n));
	*seen += n;
	return ERR_OK;
}

/* ---- units, or how many ---- */

static struct str
place(struct arena *a, const struct db *db, const struct search_group *g)
{
	return db_is_postgres(db) ? search_group_place(a, g) : S("");
}

struct visiting {
	search_visit *visit;
	void *self;
};

static enum err
units_ask(struct cx *cx, const struct search_match *m, const struct search_group *g,
    size_t most, void *self, size_t *seen)
{
	const struct visiting *v = self;
	DB_ROWS rows = { 0 };

	TRY(db_ask(cx, m->db, &rows, Q_SEARCH_FIND, D_TEXT(m->expression), D_INT(g->from),
	    D_INT(g->to), D_INT((int64_t)most), D_TEXT(place(cx->arena, m->db, g))));
	while (db_next(&rows))
		v->visit(cx, &rows, v->self);
	*seen = rows.seen;
	return db_end(cx, &rows);
}

enum err
search_match_units(struct cx *cx, const struct search_match *m, size_t most,
    search_visit *visit, void *self, size_t *seen)
{
	struct visiting v = { visit, self };

	return groups_each(cx, m, most, units_ask, &v, seen);
}

static enum err
count_ask(struct cx *cx, const struct search_match *m, const struct search_group *g,
    size_t most, void *self, size_t *seen)
{
	DB_ROWS rows = { 0 };

	(void)self;
	TRY(db_ask(cx, m->db, &rows, Q_SEARCH_COUNT, D_TEXT(m->expression),
	    D_INT(g->from), D_INT(g->to), D_INT((int64_t)most),
	    D_TEXT(place(cx->arena, m->db, g))));
	*seen = db_next(&rows) ? (size_t)db_int(&rows, 0) : 0;
	return db_end(cx, &rows);
}

enum err
search_match_count(struct cx *cx, const struct search_match *m, size_t most, size_t *n)
{
	return groups_each(cx, m, most, count_ask, NULL, n);
}
