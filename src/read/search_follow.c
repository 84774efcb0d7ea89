/* Step by step behind a log (read/search_follow.h). */
#include "read/search_follow.h"

#include "read/search.h"
#include "record/record.h"
#include "register/table.h"

enum { EVENTS = 500, REFERRING_MOST = 2000, SUBJECTS_MOST = 5000 };

struct str
search_rules(struct arena *a, const struct defs *defs)
{
	const struct map *maps[] = { &defs->registers, &defs->procedures };
	struct buf b = { .arena = a };

	buf_fmt(&b, "%d", CUT_VERSION);
	for (size_t i = 0; i < maps[0]->n; i++)
		buf_put(
		    &b, ((const struct register_def *)maps[0]->items[i].value)->digest);
	for (size_t i = 0; i < maps[1]->n; i++)
		buf_put(
		    &b, ((const struct procedure_def *)maps[1]->items[i].value)->digest);
	return str_fmt(a, "%016llx", (unsigned long long)str_hash(buf_str(&b)));
}

/* Subjects in the order in which they were met, each once. */
struct touched {
	struct cx *cx;
	struct map seen;
};

static void
touch(struct touched *t, struct str subject)
{
	if (subject_number(subject) && t->seen.n < SUBJECTS_MOST &&
	    !map_find(&t->seen, subject))
		map_put(t->cx->arena, &t->seen, subject, t);
}

static enum err
events_read(struct touched *t, const struct search_from *from, int64_t *seq, bool *more)
{
	struct cx *cx = t->cx;
	DB_ROWS rows = { 0 };

	TRY(db_ask(cx, from->r.db, &rows, Q_SEARCH_TOUCHED, D_TEXT(from->r.log),
	    D_INT(*seq), D_INT(EVENTS)));
	while (db_next(&rows)) {
		const struct str subject = db_view(&rows, 1);

		*seq = db_int(&rows, 0);
		if (table_of(from->r.tables, subject_family(subject)))
			touch(t, str_copy(cx->arena, subject));
	}
	*more = rows.seen == EVENTS;
	return db_end(cx, &rows);
}

/* A new name is looked for under all that refer to it. What was not indexed before has
 * not been referred to before. */
static enum err
renamed(struct touched *t, const struct search_from *from, struct str subject,
    const struct search_sources *now)
{
	struct cx *cx = t->cx;
	struct read_page refs;
	struct search_hit was = { .id = 0 };
	DB_ROWS rows = { 0 };

	if (!now->n || !defs_register(from->defs, subject_family(subject)))
		return ERR_OK;
	TRY(db_ask(cx, from->r.db, &rows, Q_SEARCH_UNIT_OF, D_TEXT(from->r.log),
	    D_TEXT(subject)));
	if (db_next(&rows))
		search_row(cx, &rows, &was, NULL);
	TRY(db_end(cx, &rows));
	if (!was.id || str_eq(was.title, now->v[0].title))
		return ERR_OK;
	TRY(read_refs(cx, &from->r, S(""), subject, &refs));
	for (size_t i = 0; i < refs.n && i < REFERRING_MOST; i++)
		touch(t, value_str(value_get(&refs.v[i], S("subject"))));
	return ERR_OK;
}

static enum err
subject_put(
    struct touched *t, const struct search_from *from, int64_t n, struct str subject)
{
	struct id_list also = { 0 };
	struct search_sources s;

	TRY(search_sources_of(t->cx, from, subject, &s, &also));
	TRY(renamed(t, from, subject, &s));
	for (size_t i = 0; i < also.n; i++)
		touch(t, also.v[i]);
	return search_put(t->cx, from->r.db, from->r.log, subject,
	    search_subject_id(n, subject_number(subject)), s.v, s.n);
}

static enum err
advance(struct cx *cx, const struct search_from *from, struct search_cursor *c,
    struct str rules, bool *more)
{
	struct touched t = { .cx = cx };

	TRY(events_read(&t, from, &c->seq, more));
	for (size_t i = 0; i < t.seen.n; i++) /* it may grow on the way */
		TRY(subject_put(&t, from, c->n, t.seen.items[i].key));
	return db_run(cx, from->r.db, Q_SEARCH_CURSOR_PUT, D_TEXT(from->r.log),
	    D_INT(c->n), D_INT(c->seq), D_TEXT(rules));
}

/* The index of other rules goes first, a step each time; meanwhile the log's part of it
 * is not asked (search.c). */
static enum err
outdated(struct cx *cx, const struct search_from *from, struct str rules, bool *more)
{
	struct search_cursor c;
	DB_TX tx = { 0 };

	TRY(search_clear(cx, from->r.db, from->r.log, more));
	if (*more)
		return ERR_OK;
	*more = true;
	TRY(db_begin(cx, from->r.db, &tx));
	TRY(search_cursor_lock(cx, from->r.db, from->r.log, &c));
	TRY(db_run(cx, from->r.db, Q_SEARCH_CURSOR_PUT, D_TEXT(from->r.log), D_INT(c.n),
	    D_INT(0), D_TEXT(rules)));
	return db_commit(cx, &tx);
}

/* Looked at every second: without a transaction while nothing has happened. */
enum err
search_follow(struct cx *cx, const struct search_from *from, bool *more)
{
	const struct str rules = search_rules(cx->arena, from->defs);
	struct record_head head;
	struct search_cursor c;
	DB_TX tx = { 0 };

	TRY(search_recut(cx, from->r.db, more));
	if (*more)
		return ERR_OK;
	TRY(record_head(cx, from->r.db, from->r.log, &head));
	TRY(search_cursor(cx, from->r.db, from->r.log, &c));
	if (str_eq(c.rules, rules) && c.seq >= head.seq)
		return ERR_OK;
	TRY(db_begin(cx, from->r.db, &tx));
	TRY(search_cursor_lock(cx, from->r.db, from->r.log, &c));
	if (!str_eq(c.rules, rules)) {
		db_rollback(&tx);
		return outdated(cx, from, rules, more);
	}
	TRY(advance(cx, from, &c, rules, more));
	return db_commit(cx, &tx);
}
