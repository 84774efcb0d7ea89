/* Units and their tokens (read/search_index.h). */
#include "read/search_index.h"

#include "base/date.h"
#include "lang/cut.h"
#include "read/search.h"
#include "read/search_band.h"
#include "register/table.h"

enum { PART_CHARS = 2000, PARTS_MAX = 100, GROUP = 500 };

static const int64_t SUBJECTS = INT64_C(1) << 38;

int64_t
search_log_id(int64_t n)
{
	return n << 46;
}

int64_t
search_subject_id(int64_t n, int64_t first_seq)
{
	return search_log_id(n) + (SUBJECTS - 1 - first_seq) * SEARCH_SUBJECT_IDS;
}

int64_t
search_year(int64_t day)
{
	const int64_t year = day_civil(day).year;

	return year < SEARCH_YEAR_FIRST  ? SEARCH_YEAR_FIRST
	       : year > SEARCH_YEAR_LAST ? SEARCH_YEAR_LAST
					 : year;
}

struct str
search_scope_mark(struct arena *a, struct str scope)
{
	if (!scope.n)
		return S("");
	return str_fmt(a, "%.*s%.*s%.*s", STR_ARG(SEARCH_MARK_SCOPE), STR_ARG(scope),
	    STR_ARG(SEARCH_MARK_SCOPE));
}

/* Ids of subjects and families have signs that part words: they are left out. */
void
search_filter_put(struct buf *out, enum search_filter filter, struct str value)
{
	buf_put(out, SEARCH_MARK_FILTER);
	buf_put_byte(out, (char)filter);
	for (size_t i = 0; i < value.n; i++) {
		const char c = value.p[i];

		if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'))
			buf_put_byte(out, c);
	}
	buf_put_byte(out, ' ');
}

void
search_filter_put_int(struct buf *out, enum search_filter filter, int64_t value)
{
	search_filter_put(out, filter, str_fmt(out->arena, "%lld", (long long)value));
}

static struct str
marks_of(struct arena *a, const struct search_source *s, bool is_head)
{
	struct buf b = { .arena = a };

	search_filter_put(&b, SEARCH_KIND, s->kind);
	if (s->family.n)
		search_filter_put(&b, SEARCH_FAMILY, s->family);
	for (size_t i = 0; i < s->units.n; i++)
		search_filter_put(&b, SEARCH_UNIT, s->units.v[i]);
	if (s->stage.n)
		search_filter_put(&b, SEARCH_STAGE, s->stage);
	if (s->nameless)
		search_filter_put(&b, SEARCH_NAMELESS, S(""));
	if (s->article)
		search_filter_put_int(&b, SEARCH_ARTICLE, s->article);
	if (is_head)
		search_filter_put(&b, SEARCH_HEAD, S(""));
	return buf_str(&b);
}

/* The year, and its decade for those that ask for many years. */
static void
year_put(struct buf *out, enum search_filter filter, int64_t day)
{
	search_filter_put_int(out, filter, search_year(day));
	search_filter_put_int(out, filter, search_year(day) / 10);
}

/* The tokens of a unit as it stands; the same again when it is taken out. */
static struct str
tokens_of(
    struct arena *a, const struct db *db, const struct search_hit *u, struct str marks)
{
	const struct str scope = search_scope_mark(a, u->scope);
	const struct str titles = str_fmt(
	    a, "%.*s%.*s", STR_ARG(scope), STR_ARG(SEARCH_MARK_TITLE));
	const struct cut title = cut_text(a, u->title);
	const struct str parts[] = { u->place, u->body };
	struct buf b = { .arena = a };

	buf_put(&b, marks);
	if (u->day != ABSENT_INT)
		year_put(&b, SEARCH_YEAR, u->day);
	if (u->to_day != DAY_OPEN)
		year_put(&b, SEARCH_ENDED, u->to_day);
	if (db_is_postgres(db))
		search_band_put(&b, u->id);
	cut_tokens(&b, titles, &title);
	cut_tokens(&b, scope, &title);
	for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
		const struct cut t = cut_text(a, parts[i]);

		cut_tokens(&b, scope, &t);
	}
	return str_trim(buf_str(&b));
}

enum { UNIT_COLUMNS = 11, MATCH_COLUMNS = 2, BATCH_MOST = 500 };

void
search_batch_free(struct search_batch *b)
{
	arena_free(&b->arena);
}

enum err
search_flush(struct cx *cx, struct search_batch *b)
{
	const size_t n = b->units.n / UNIT_COLUMNS;

	if (!n)
		return ERR_OK;
	TRY(db_run_many(cx, b->db, Q_SEARCH_UNIT_PUT, b->units.v, UNIT_COLUMNS, n, NULL));
	TRY(db_run_many(
	    cx, b->db, Q_SEARCH_MATCH_PUT, b->matches.v, MATCH_COLUMNS, n, NULL));
	arena_free(&b->arena);
	*b = (struct search_batch){ .db = b->db };
	return ERR_OK;
}

/* Copied: what waits outlives the caller's texts. */
static enum err
unit_put(
    struct cx *cx, struct search_batch *b, const struct search_hit *u, struct str marks)
{
	struct arena *a = &b->arena;
	const struct db_arg unit[UNIT_COLUMNS] = { D_INT(u->id),
		D_TEXT(str_copy(a, u->log)), D_TEXT(str_copy(a, u->subject)),
		D_TEXT(str_copy(a, u->scope)), D_TEXT(str_copy(a, u->kind)),
		D_TEXT(str_copy(a, u->title)), D_TEXT(str_copy(a, u->place)),
		D_INT(u->day), D_INT(u->to_day), D_TEXT(str_copy(a, u->body)),
		D_TEXT(str_copy(a, marks)) };

	for (size_t i = 0; i < UNIT_COLUMNS; i++)
		*list_add(a, &b->units) = unit[i];
	*list_add(a, &b->matches) = D_INT(u->id);
	*list_add(a, &b->matches) = D_TEXT(tokens_of(a, b->db, u, marks));
	return b->units.n < BATCH_MOST * UNIT_COLUMNS ? ERR_OK : search_flush(cx, b);
}

void
search_row(
    struct cx *cx, const struct db_rows *rows, struct search_hit *u, struct str *marks)
{
	struct buf nameless = { .arena = cx->arena };

	search_filter_put(&nameless, SEARCH_NAMELESS, S(""));
	*u = (struct search_hit){ .id = db_int(rows, 0),
		.log = db_text(cx, rows, 1),
		.subject = db_text(cx, rows, 2),
		.scope = db_text(cx, rows, 3),
		.kind = db_text(cx, rows, 4),
		.title = db_text(cx, rows, 5),
		.place = db_text(cx, rows, 6),
		.day = db_int(rows, 7),
		.to_day = db_int(rows, 8),
		.body = db_text(cx, rows, 9),
		.is_nameless = str_has(db_view(rows, 10), buf_str(&nameless)) };
	if (marks)
		*marks = db_text(cx, rows, 10);
}

/* The units from `from` up to `to`, at most `limit`, with the tokens their bodies cut to;
 * each of them through `stmt`, which puts a match or drops it. */
static enum err
units_through(struct cx *cx, struct db *db, int64_t from, int64_t to, int64_t limit,
    int stmt, int64_t *last, size_t *n)
{
	LIST(struct db_arg) matches = { 0 };
	DB_ROWS rows = { 0 };

	TRY(db_ask(
	    cx, db, &rows, Q_SEARCH_UNIT_RANGE, D_INT(from), D_INT(to), D_INT(limit)));
	while (db_next(&rows)) {
		struct search_hit u;
		struct str marks;

		search_row(cx, &rows, &u, &marks);
		*last = u.id;
		*list_add(cx->arena, &matches) = D_INT(u.id);
		*list_add(cx->arena, &matches) = D_TEXT(
		    tokens_of(cx->arena, db, &u, marks));
	}
	*n = rows.seen;
	TRY(db_end(cx, &rows));
	return *n ? db_run_many(cx, db, stmt, matches.v, MATCH_COLUMNS, *n, NULL)
		  : ERR_OK;
}

/* SQLite wants the tokens back of what it is to forget. */
static enum err
matches_drop(struct cx *cx, struct db *db, int64_t from, int64_t to)
{
	int64_t last;
	size_t n;

	if (db_is_postgres(db))
		return db_run(cx, db, Q_SEARCH_MATCH_DROP_RANGE, D_INT(from), D_INT(to));
	return units_through(cx, db, from, to, INT32_MAX, Q_SEARCH_MATCH_DROP, &last, &n);
}

/* In an arena of its own: a statute has thousands of units. */
enum err
search_drop(struct cx *cx, struct db *db, int64_t from, int64_t to)
{
	struct arena scratch AUTO(arena_free) = { 0 };
	struct cx own = *cx;
	enum err err;

	own.arena = &scratch;
	err = matches_drop(&own, db, from, to);
	if (err == ERR_OK)
		err = db_run(&own, db, Q_SEARCH_UNIT_DROP, D_INT(from), D_INT(to));
	return err == ERR_OK ? ERR_OK : fail(cx, err, "%.*s", STR_ARG(own.why));
}

/* The next part, at most PART_CHARS characters, ended at a line where there is one in its
 * second half. */
static void
part_take(struct str *rest, struct str *out)
{
	size_t i = 0, line = 0;

	for (size_t n = 0; i < rest->n && n < PART_CHARS; n++)
		if (str_next(*rest, &i) == '\n' && n > PART_CHARS / 2)
			line = i;
	if (i < rest->n && line)
		i = line;
	*out = str_sub(*rest, 0, i);
	*rest = str_sub(*rest, i, rest->n);
}

static enum err
source_put(struct cx *cx, struct search_batch *b, struct search_hit *u,
    const struct search_source *s, int64_t end)
{
	struct str marks = marks_of(cx->arena, s, !s->goes_on && !s->nameless);
	struct str rest = s->body, body = S("");
	bool more = true;

	u->scope = s->scope;
	u->kind = s->kind;
	u->title = s->title;
	u->place = s->place;
	u->day = s->day;
	u->to_day = s->to_day;
	while (more && u->id < end) {
		part_take(&rest, &body);
		u->body = body;
		TRY(unit_put(cx, b, u, marks));
		u->id++;
		marks = marks_of(cx->arena, s, false);
		more = rest.n > 0;
	}
	return ERR_OK;
}

enum err
search_put(struct cx *cx, struct db *db, struct str log, struct str subject, int64_t id,
    const struct search_source *sources, size_t n)
{
	SEARCH_BATCH b = { .db = db };

	TRY(search_drop(cx, db, id, id + SEARCH_SUBJECT_IDS));
	TRY(search_add(cx, &b, log, subject, id, sources, n));
	return search_flush(cx, &b);
}

enum err
search_add(struct cx *cx, struct search_batch *b, struct str log, struct str subject,
    int64_t id, const struct search_source *sources, size_t n)
{
	struct search_hit u = { .id = id, .log = log, .subject = subject };

	for (size_t i = 0; i < n; i++) {
		struct arena scratch AUTO(arena_free) = { 0 };
		struct cx own = *cx;

		own.arena = &scratch;
		const enum err err = source_put(
		    &own, b, &u, &sources[i], u.id + PARTS_MAX);
		if (err != ERR_OK)
			return fail(cx, err, "%.*s", STR_ARG(own.why));
	}
	return ERR_OK;
}

enum err
search_load_open(struct cx *cx, struct db *db)
{
	return db_is_postgres(db) ? db_run0(cx, db, Q_SEARCH_LOAD_OPEN) : ERR_OK;
}

enum err
search_load_step(struct cx *cx, struct db *db)
{
	DB_ROWS rows = { 0 };

	if (!db_is_postgres(db))
		return ERR_OK;
	TRY(db_ask0(cx, db, &rows, Q_SEARCH_LOAD_STEP));
	while (db_next(&rows))
		;
	return db_end(cx, &rows);
}

enum err
search_load_close(struct cx *cx, struct db *db)
{
	TRY(search_load_step(cx, db));
	if (db_is_postgres(db))
		TRY(db_run0(cx, db, Q_SEARCH_LOAD_CLOSE));
	return db_run0(cx, db, Q_SEARCH_MATCH_TIDY);
}

enum err
search_next_id(struct cx *cx, struct db *db, int64_t *id)
{
	DB_ROWS rows = { 0 };

	TRY(db_ask(cx, db, &rows, Q_SEARCH_UNIT_LAST, D_INT(INT64_MAX)));
	*id = db_next(&rows) ? db_int(&rows, 0) : 0;
	if (*id < SEARCH_COLLECTIONS)
		*id = SEARCH_COLLECTIONS;
	*id = (*id / SEARCH_SUBJECT_IDS + 1) * SEARCH_SUBJECT_IDS;
	return db_end(cx, &rows);
}

/* ---- how far it is ---- */

struct str
search_cut_rules(struct arena *a)
{
	return str_fmt(a, "cut-%d", CUT_VERSION);
}

static enum err
cursor_read(
    struct cx *cx, struct db *db, int stmt, struct str log, struct search_cursor *out)
{
	DB_ROWS rows = { 0 };

	*out = (struct search_cursor){ .seq = 0 };
	TRY(db_ask(cx, db, &rows, stmt, D_TEXT(log)));
	if (db_next(&rows))
		*out = (struct search_cursor){ db_int(&rows, 0), db_int(&rows, 1),
			db_text(cx, &rows, 2) };
	return db_end(cx, &rows);
}

enum err
search_cursor(struct cx *cx, struct db *db, struct str log, struct search_cursor *out)
{
	return cursor_read(cx, db, Q_SEARCH_CURSOR_GET, log, out);
}

enum err
search_cursor_lock(
    struct cx *cx, struct db *db, struct str log, struct search_cursor *out)
{
	DB_ROWS rows = { 0 };

	TRY(cursor_read(cx, db, Q_SEARCH_CURSOR_LOCK, log, out));
	if (out->n || !log.n)
		return ERR_OK;
	TRY(db_ask0(cx, db, &rows, Q_SEARCH_CURSOR_NEXT));
	out->n = db_next(&rows) ? db_int(&rows, 0) : 1;
	return db_end(cx, &rows);
}

/* ---- clearing and cutting anew, step by step: no transaction is long ---- */

enum err
search_clear(struct cx *cx, struct db *db, int64_t n, bool *more)
{
	const int64_t from = search_log_id(n), end = search_log_id(n + 1);
	int64_t to = from;
	DB_ROWS rows = { 0 };
	DB_TX tx = { 0 };

	TRY(db_begin(cx, db, &tx));
	TRY(db_ask(
	    cx, db, &rows, Q_SEARCH_UNIT_RANGE, D_INT(from), D_INT(end), D_INT(GROUP)));
	while (db_next(&rows))
		to = db_int(&rows, 0) + 1;
	*more = rows.seen == GROUP;
	TRY(db_end(cx, &rows));
	TRY(search_drop(cx, db, from, to));
	return db_commit(cx, &tx);
}

static enum err
units_match(struct cx *cx, struct db *db, int64_t *seq)
{
	int64_t last = 0;
	size_t n;

	TRY(units_through(cx, db, *seq, INT64_MAX, GROUP, Q_SEARCH_MATCH_PUT, &last, &n));
	*seq = n == GROUP ? last + 1 : INT64_MAX;
	return ERR_OK;
}

enum err
search_recut(struct cx *cx, struct db *db, bool *more)
{
	const struct str version = search_cut_rules(cx->arena);
	struct search_cursor c;
	DB_TX tx = { 0 };

	*more = false;
	TRY(search_cursor(cx, db, S(""), &c));
	if (str_eq(c.rules, version) && c.seq == INT64_MAX)
		return ERR_OK;
	TRY(db_begin(cx, db, &tx));
	TRY(search_cursor_lock(cx, db, S(""), &c));
	if (!str_eq(c.rules, version)) {
		TRY(db_run0(cx, db, Q_SEARCH_MATCH_CLEAR));
		c.seq = INT64_MIN;
	}
	TRY(units_match(cx, db, &c.seq));
	*more = c.seq != INT64_MAX;
	TRY(db_run(cx, db, Q_SEARCH_CURSOR_PUT, D_TEXT(S("")), D_INT(0), D_INT(c.seq),
	    D_TEXT(version)));
	return db_commit(cx, &tx);
}

enum err
search_forget(struct cx *cx, struct db *db)
{
	return db_run0(cx, db, Q_SEARCH_CURSOR_FORGET);
}
