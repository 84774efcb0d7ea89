/* Step by step behind a log (read/search_follow.h). */
#include "read/search_follow.h"

#include "read/search.h"
#include "read/statute.h"
#include "record/record.h"
#include "register/table.h"

enum { EVENTS = 500, REFERRING_MOST = 2000, SUBJECTS_MOST = 5000 };

/* Changes with what is taken of a subject (search_source.c). */
enum { SOURCE_VERSION = 2 };

struct str
search_rules(struct arena *a, const struct defs *defs)
{
	const struct map *maps[] = { &defs->registers, &defs->procedures };
	struct buf b = { .arena = a };

	buf_fmt(&b, "%d.%d", CUT_VERSION, SOURCE_VERSION);
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

/* The same as far as it was kept: a long text has been cut into parts. */
static bool
is_same(const struct search_hit *was, const struct search_source *now)
{
	return str_eq(was->title, now->title) &&
	       str_eq(was->body, str_sub(now->body, 0, was->body.n));
}

/* A new name is looked for under all that refer to it, and so is a post in another unit.
 * What was not indexed before has not been referred to before. */
static enum err
renamed(struct touched *t, const struct search_from *from, struct str subject, int64_t id,
    const struct search_sources *now)
{
	struct cx *cx = t->cx;
	struct read_page refs;
	struct search_hit was = { .id = 0 };
	DB_ROWS rows = { 0 };

	if (!now->n || !defs_register(from->defs, subject_family(subject)))
		return ERR_OK;
	TRY(db_ask(cx, from->r.db, &rows, Q_SEARCH_UNIT_RANGE, D_INT(id),
	    D_INT(id + SEARCH_SUBJECT_IDS), D_INT(1)));
	if (db_next(&rows))
		search_row(cx, &rows, &was, NULL);
	TRY(db_end(cx, &rows));
	if (!was.id || is_same(&was, &now->v[0]))
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
	const int64_t id = search_subject_id(n, subject_number(subject));
	struct id_list also = { 0 };
	struct search_sources s;

	TRY(search_sources_of(t->cx, from, subject, &s, &also));
	TRY(renamed(t, from, subject, id, &s));
	for (size_t i = 0; i < also.n; i++)
		touch(t, also.v[i]);
	return search_put(t->cx, from->r.db, from->r.log, subject, id, s.v, s.n);
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

/* What was indexed by other rules goes first, a step each time; meanwhile that part of
 * the index is not asked (search.c). */
static enum err
outdated(
    struct cx *cx, struct db *db, struct str log, int64_t n, struct str rules, bool *more)
{
	DB_TX tx = { 0 };

	TRY(search_clear(cx, db, n, more));
	if (*more)
		return ERR_OK;
	*more = true;
	TRY(db_begin(cx, db, &tx));
	TRY(db_run(
	    cx, db, Q_SEARCH_CURSOR_PUT, D_TEXT(log), D_INT(n), D_INT(0), D_TEXT(rules)));
	return db_commit(cx, &tx);
}

/* ---- the library: every article of every edition ---- */

struct articles_put {
	struct search_batch *batch;
	int64_t id;
};

static enum err
article_put(struct cx *cx, const struct edition *e, const struct article *a, void *self)
{
	struct articles_put *p = self;
	const struct cut label = cut_text(cx->arena, a->label);
	const struct search_source s = { .kind = S("statute"),
		.title = e->title,
		.place = str_trim(
		    str_fmt(cx->arena, "%.*s %.*s", STR_ARG(a->part), STR_ARG(a->label))),
		.body = a->text,
		.day = e->from,
		.to_day = e->to,
		.article = cut_article(&label, 0, &(size_t){ 0 }),
		.goes_on = a->n > 1 };
	const struct str subject = str_fmt(cx->arena, "statute/%.*s/%.*s/%lld",
	    STR_ARG(e->statute), STR_ARG(a->key), (long long)e->from);

	TRY(search_add(cx, p->batch, SEARCH_LIBRARY, subject, p->id, &s, 1));
	p->id += SEARCH_SUBJECT_IDS;
	return ERR_OK;
}

enum { STATUTES = 10, STATUTE_UNITS = 1 << 18 }; /* a step; articles of a statute */

static enum err
statute_put(struct cx *cx, struct db *db, struct str statute)
{
	const struct str subject = str_fmt(cx->arena, "statute/%.*s", STR_ARG(statute));
	const int64_t most = (int64_t)STATUTE_UNITS * SEARCH_SUBJECT_IDS;
	SEARCH_BATCH batch = { .db = db };
	struct articles_put put = { .batch = &batch };
	DB_ROWS rows = { 0 };
	int64_t first;

	TRY(db_ask(
	    cx, db, &rows, Q_SEARCH_FIRST, D_TEXT(SEARCH_LIBRARY), D_TEXT(subject)));
	first = db_next(&rows) ? db_int(&rows, 0) : 0;
	TRY(db_end(cx, &rows));
	put.id = SEARCH_STATUTES + first * most;
	TRY(search_drop(cx, db, put.id, put.id + most));
	TRY(statute_each_article(cx, db, statute, article_put, &put));
	return search_flush(cx, &batch);
}

static enum err
library_advance(
    struct cx *cx, struct db *db, struct search_cursor *c, struct str rules, bool *more)
{
	struct statute_rows changed = { 0 };
	size_t n;

	TRY(statutes_changed(cx, db, c->seq, &changed));
	n = changed.n < STATUTES ? changed.n : STATUTES;
	for (size_t i = 0; i < n; i++)
		TRY(statute_put(cx, db, changed.v[i].statute));
	*more = n < changed.n;
	return n ? db_run(cx, db, Q_SEARCH_CURSOR_PUT, D_TEXT(SEARCH_LIBRARY),
		       D_INT(SEARCH_LIBRARY_NUMBER), D_INT(changed.v[n - 1].seq),
		       D_TEXT(rules))
		 : ERR_OK;
}

enum err
search_follow_library(struct cx *cx, struct db *db, bool *more)
{
	const struct str rules = search_cut_rules(cx->arena);
	struct search_cursor c;
	int64_t version;
	DB_TX tx = { 0 };

	TRY(search_recut(cx, db, more));
	if (*more)
		return ERR_OK;
	TRY(statutes_version(cx, db, &version));
	TRY(search_cursor(cx, db, SEARCH_LIBRARY, &c));
	if (c.seq >= version && (!version || str_eq(c.rules, rules)))
		return ERR_OK;
	if (!str_eq(c.rules, rules))
		return outdated(
		    cx, db, SEARCH_LIBRARY, SEARCH_LIBRARY_NUMBER, rules, more);
	TRY(db_begin(cx, db, &tx));
	TRY(search_cursor_lock(cx, db, SEARCH_LIBRARY, &c));
	TRY(library_advance(cx, db, &c, rules, more));
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
		return outdated(cx, from->r.db, from->r.log, c.n, rules, more);
	}
	TRY(advance(cx, from, &c, rules, more));
	return db_commit(cx, &tx);
}
