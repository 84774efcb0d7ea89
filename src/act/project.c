/*
 * Subjects in memory and their rows. What is in the database is remembered beside what is
 * in memory, so that a flush writes only the differences.
 */
#include "act/project.h"

#include "act/fold.h"
#include "act/rows.h"
#include "base/bug.h"
#include "lang/canon.h"

struct version {
	int64_t from_day, to_day, from_seq, to_seq;
	struct str key;
	struct value values;
	bool dirty;
};

struct projected {
	struct str subject;
	const struct table *table; /* of a matter or an entry, else NULL */
	bool loaded, dirty, is_series;
	bool unfiled;       /* as it is in the database: a document without its file */
	int64_t seq;        /* subject_seq; 0 = not asked yet */
	int64_t n;          /* of a series */
	struct value state; /* of a matter */
	LIST(struct version) versions;
	struct ref_rows refs; /* rows as they are in the database */
	struct clock_rows clocks;
	struct db_args place; /* of a matter's row in its indexes; none: no row yet */
};

void
projection_init(struct projection *p, struct arena *arena, struct db *db,
    const struct tables *tables, struct str log)
{
	*p = (struct projection){
		.arena = arena, .db = db, .tables = tables, .log = log
	};
}

static bool
has_rows(const struct projection *p, struct str subject)
{
	return str_starts(subject, S("series/")) ||
	       table_of(p->tables, subject_family(subject));
}

/* --- rows that are derived from a state or from versions --- */

static struct ref_rows
refs_now(struct arena *a, const struct projected *s)
{
	struct ref_rows refs = { 0 };

	if (!s->table)
		return refs;
	if (!s->table->is_register)
		refs_add(a, s->table, value_get(&s->state, S("fields")), &refs);
	for (size_t i = 0; i < s->versions.n; i++)
		if (s->versions.v[i].to_seq == SEQ_OPEN)
			refs_add(a, s->table, &s->versions.v[i].values, &refs);
	return refs;
}

/* What the indexes of a matter's table are made of, as far as it can change. */
static struct db_args
place_now(struct arena *a, const struct projected *s)
{
	const struct value *fields = value_get(&s->state, S("fields"));
	struct db_args place = { 0 };

	*list_add(a, &place) = column_arg(false, value_get(&s->state, S("unit")));
	*list_add(a, &place) = column_arg(true, value_get(&s->state, S("due")));
	*list_add(a, &place) = D_INT(value_true(value_get(&s->state, S("closed"))));
	for (size_t i = 0; i < s->table->columns.n; i++) {
		const struct column *c = &s->table->columns.v[i];

		if (c->indexed)
			*list_add(a, &place) = column_arg(
			    c->is_int, value_get(fields, c->field));
	}
	return place;
}

static bool
place_same(const struct db_args *a, const struct db_args *b)
{
	for (size_t i = 0; i < a->n && i < b->n; i++)
		if (a->v[i].i != b->v[i].i || !str_eq(a->v[i].s, b->v[i].s))
			return false;
	return a->n == b->n;
}

static bool
is_unfiled(const struct value *state)
{
	const struct value *issued = value_get(state, S("issued"));

	for (size_t i = 0; i < value_count(issued); i++)
		if (value_is_null(value_get(value_at(issued, i), S("file"))))
			return true;
	return false;
}

/* --- loading --- */

static enum err
load_state(struct cx *cx, struct projection *p, struct projected *s)
{
	DB_ROWS rows = { 0 };
	int stmt;

	TRY(db_prepare(cx, p->db, s->table->get, &stmt));
	TRY(db_ask(cx, p->db, &rows, stmt, D_TEXT(p->log), D_TEXT(s->subject)));
	if (db_next(&rows)) {
		TRY(canon_parse(cx, db_text(cx, &rows, 0), &s->state));
		s->place = place_now(p->arena, s);
	}
	s->seq = value_num(value_get(&s->state, S("seq")));
	s->unfiled = is_unfiled(&s->state);
	return db_end(cx, &rows);
}

static enum err
load_versions(struct cx *cx, struct projection *p, struct projected *s)
{
	DB_ROWS rows = { 0 };
	int stmt;

	TRY(db_prepare(cx, p->db, s->table->get, &stmt));
	TRY(db_ask(cx, p->db, &rows, stmt, D_TEXT(p->log), D_TEXT(s->subject)));
	while (db_next(&rows)) {
		struct version *v = list_add(p->arena, &s->versions);

		*v = (struct version){ .from_seq = db_int(&rows, 0),
			.from_day = db_int(&rows, 1),
			.to_day = db_int(&rows, 2),
			.to_seq = db_int(&rows, 3),
			.key = db_text(cx, &rows, 4) };
		TRY(canon_parse(cx, db_text(cx, &rows, 5), &v->values));
	}
	return db_end(cx, &rows);
}

static enum err
load_number(struct cx *cx, struct projection *p, struct str text, struct str subject,
    int64_t *out)
{
	DB_ROWS rows = { 0 };
	int stmt;

	TRY(db_prepare(cx, p->db, text, &stmt));
	TRY(db_ask(cx, p->db, &rows, stmt, D_TEXT(p->log), D_TEXT(subject)));
	*out = db_next(&rows) ? db_int(&rows, 0) : 0;
	return db_end(cx, &rows);
}

static enum err
load(struct cx *cx, struct projection *p, struct projected *s)
{
	if (!p->db) /* a rebuild: the tables are empty */
		return ERR_OK;
	if (s->is_series)
		return load_number(
		    cx, p, table_text(TABLE_SERIES_GET), s->subject, &s->n);
	if (!s->table)
		return ERR_OK;
	TRY(s->table->is_register ? load_versions(cx, p, s) : load_state(cx, p, s));
	s->refs = refs_now(p->arena, s);
	s->clocks = clocks_of(p->arena, &s->state);
	return ERR_OK;
}

/* The subject in memory; loaded unless it is new with this event. */
static enum err
subject_take(struct cx *cx, struct projection *p, struct str subject, bool is_new,
    struct projected **out)
{
	struct projected *s = map_find(&p->subjects, subject);
	struct arena *arena = cx->arena;
	enum err err = ERR_OK;

	if (!s) {
		s = arena_new(p->arena, struct projected);
		s->subject = str_copy(p->arena, subject);
		s->table = table_of(p->tables, subject_family(subject));
		s->is_series = str_starts(subject, S("series/"));
		map_put(p->arena, &p->subjects, s->subject, s);
	}
	*out = s;
	if (s->loaded || is_new)
		return ERR_OK;
	cx->arena = p->arena; /* what is loaded lives as long as the group */
	err = load(cx, p, s);
	cx->arena = arena;
	s->loaded = err == ERR_OK;
	return err;
}

/* --- applying --- */

/* From event `seq` on, nothing is known any more of [from, to): what stood there ends to
 * be known, what stood beside it goes on as versions of its own. */
static void
versions_cut(struct arena *a, struct projected *s, int64_t from, int64_t to, int64_t seq)
{
	const size_t n = s->versions.n;

	for (size_t i = 0; i < n; i++) {
		struct version v = s->versions.v[i];

		if (v.to_seq != SEQ_OPEN || v.to_day <= from || v.from_day >= to)
			continue;
		s->versions.v[i].to_seq = seq;
		s->versions.v[i].dirty = true;
		v.from_seq = seq;
		v.dirty = true;
		if (v.from_day < from) {
			struct version *left = list_add(a, &s->versions);

			*left = v;
			left->to_day = from;
		}
		if (v.to_day > to) {
			struct version *right = list_add(a, &s->versions);

			*right = v;
			right->from_day = to;
		}
	}
}

static enum err
apply_entry(struct cx *cx, struct projection *p, struct projected *s,
    const struct event *e, const struct value *open)
{
	const struct value *to = value_get(open, S("to"));
	const int64_t to_day = to->kind == V_INT ? to->i : DAY_OPEN;
	const int64_t from = value_num(value_get(open, S("from")));

	if (!s->table || !s->table->is_register)
		return fail(
		    cx, ERR_INPUT, "%.*s不属于任何已公布的登记簿", STR_ARG(s->subject));
	if (e->kind == EV_ENTRY_ENDED) {
		versions_cut(p->arena, s, to_day, INT64_MAX, e->seq);
		return ERR_OK;
	}
	versions_cut(p->arena, s, from, to_day, e->seq);
	*list_add(p->arena, &s->versions) = (struct version){ .from_day = from,
		.to_day = to_day,
		.from_seq = e->seq,
		.to_seq = SEQ_OPEN,
		.key = value_str(value_get(open, S("key"))),
		.values = *value_get(open, S("values")),
		.dirty = true };
	return ERR_OK;
}

static enum err
apply_body(
    struct cx *cx, struct projection *p, struct projected *s, const struct event *e)
{
	struct value open;

	TRY(event_results(cx, p->arena, e, &open));
	if (e->kind == EV_NUMBER_GIVEN) {
		s->n = value_num(value_get(&open, S("n")));
		return ERR_OK;
	}
	if (event_of_entry(e->kind))
		return apply_entry(cx, p, s, e, &open);
	if (e->kind == EV_DESTROYED && s->table && s->table->is_register)
		return ERR_OK; /* the entry keeps pointing at a part that is gone */
	if (!event_of_matter(e->kind) && e->kind != EV_DESTROYED)
		return ERR_OK;
	if (!s->table || s->table->is_register)
		return fail(
		    cx, ERR_INPUT, "%.*s不属于任何已公布的程序", STR_ARG(s->subject));
	fold_body(p->arena, &s->state, e, &open);
	return ERR_OK;
}

enum err
project_apply(struct cx *cx, struct projection *p, const struct event *e)
{
	struct projected *s;

	TRY(subject_take(cx, p, e->subject, e->subject_seq == 1, &s));
	s->loaded = true;
	s->seq = e->subject_seq;
	TRY(apply_body(cx, p, s, e));
	if (event_of_entry(e->kind) || e->kind == EV_DESTROYED)
		p->fetched = (struct map){ 0 };
	if (!s->dirty && has_rows(p, s->subject)) {
		*list_add(p->arena, &p->dirty) = s;
		s->dirty = true;
	}
	return ERR_OK;
}

/* --- writing --- */

#define PUT(cx, to, ...)                                                    \
	do {                                                                \
		struct batch *put_batch_ = (to);                            \
		const struct db_arg put_args_[] = { __VA_ARGS__ };          \
		const size_t put_n_ = sizeof put_args_ / sizeof *put_args_; \
		for (size_t put_i_ = 0; put_i_ < put_n_; put_i_++)          \
			batch_put((cx), put_batch_, put_args_[put_i_]);     \
	} while (0)

static void
put_fields(struct cx *cx, struct batch *b, const struct table *t,
    const struct value *fields, bool indexed)
{
	for (size_t i = 0; i < t->columns.n; i++)
		if (indexed || !t->columns.v[i].indexed)
			batch_put(cx, b,
			    column_arg(t->columns.v[i].is_int,
				value_get(fields, t->columns.v[i].field)));
}

static void
write_refs(struct cx *cx, const struct projection *p, struct projected *s,
    struct batches *batches)
{
	const struct ref_rows now = refs_now(p->arena, s);

	for (size_t i = 0; i < s->refs.n; i++) {
		const struct ref_row *r = &s->refs.v[i];

		if (!ref_in(&now, r))
			PUT(cx, batch_of(cx, batches, table_text(TABLE_REF_DROP)),
			    D_TEXT(p->log), D_TEXT(r->field), D_TEXT(r->target),
			    D_TEXT(s->subject));
	}
	for (size_t i = 0; i < now.n; i++) {
		const struct ref_row *r = &now.v[i];

		if (p->gather)
			gather_put(p->gather, s->subject, r->field, r->target);
		else if (!ref_in(&s->refs, r))
			PUT(cx, batch_of(cx, batches, table_text(TABLE_REF_PUT)),
			    D_TEXT(p->log), D_TEXT(r->target), D_TEXT(r->field),
			    D_TEXT(s->subject));
	}
	s->refs = now;
}

static void
write_clocks(struct cx *cx, const struct projection *p, struct projected *s,
    struct batches *batches)
{
	const struct clock_rows now = clocks_of(p->arena, &s->state);

	for (size_t i = 0; i < s->clocks.n; i++)
		if (!clock_row_find(&now, s->clocks.v[i].id))
			PUT(cx, batch_of(cx, batches, table_text(TABLE_CLOCK_DROP)),
			    D_TEXT(p->log), D_TEXT(s->subject),
			    D_TEXT(s->clocks.v[i].id));
	for (size_t i = 0; i < now.n; i++) {
		const struct clock_row *row = &now.v[i];
		const struct clock_row *was = clock_row_find(&s->clocks, row->id);

		if (was && was->due == row->due && str_eq(was->state, row->state))
			continue;
		PUT(cx, batch_of(cx, batches, table_text(TABLE_CLOCK_PUT)),
		    D_TEXT(p->log), D_TEXT(s->subject), D_TEXT(row->id),
		    D_TEXT(row->state), D_INT(row->due));
	}
	s->clocks = now;
}

static void
write_matter(struct cx *cx, const struct projection *p, struct projected *s,
    struct batches *batches)
{
	const struct value *v = &s->state, *fields = value_get(v, S("fields"));
	const struct db_args place = place_now(p->arena, s);
	const bool stays = place_same(&place, &s->place);
	struct batch *b = batch_of(cx, batches, stays ? s->table->change : s->table->put);

	if (stays)
		PUT(cx, b, D_TEXT(p->log), D_TEXT(s->subject), D_INT(s->seq),
		    column_arg(false, value_get(v, S("stage"))),
		    column_arg(false, value_get(v, S("title"))),
		    D_TEXT(canon_str(cx->arena, v)));
	else
		PUT(cx, b, D_TEXT(p->log), D_TEXT(s->subject),
		    D_INT(subject_number(s->subject)), D_INT(s->seq),
		    column_arg(false, value_get(v, S("stage"))),
		    column_arg(false, value_get(v, S("title"))), place.v[0],
		    column_arg(false, value_get(v, S("parent"))),
		    column_arg(true, value_get(v, S("opened"))), place.v[1], place.v[2],
		    D_TEXT(canon_str(cx->arena, v)));
	put_fields(cx, b, s->table, fields, !stays);
	s->place = place;
	if (is_unfiled(v) == s->unfiled)
		return;
	s->unfiled = !s->unfiled;
	PUT(cx,
	    batch_of(cx, batches,
		table_text(s->unfiled ? TABLE_UNFILED_PUT : TABLE_UNFILED_DROP)),
	    D_TEXT(p->log), D_TEXT(s->subject));
}

static void
write_versions(struct cx *cx, const struct projection *p, struct projected *s,
    struct batches *batches)
{
	size_t kept = 0;

	for (size_t i = 0; i < s->versions.n; i++) {
		struct version *v = &s->versions.v[i];

		if (v->dirty) {
			struct batch *b = batch_of(cx, batches, s->table->put);

			PUT(cx, b, D_TEXT(p->log), D_TEXT(s->subject), D_INT(v->from_seq),
			    D_INT(v->from_day), D_INT(subject_number(s->subject)),
			    D_INT(v->to_day), D_INT(v->to_seq), D_TEXT(v->key),
			    D_TEXT(canon_str(cx->arena, &v->values)));
			put_fields(cx, b, s->table, &v->values, true);
			v->dirty = false;
		}
		if (v->to_seq == SEQ_OPEN)
			s->versions.v[kept++] = *v;
	}
	s->versions.n = kept;
}

static void
write_subject(struct cx *cx, const struct projection *p, struct projected *s,
    struct batches *batches)
{
	if (!s->table || s->table->is_register)
		PUT(cx, batch_of(cx, batches, table_text(TABLE_SUBJECT_PUT)),
		    D_TEXT(p->log), D_TEXT(s->subject), D_INT(s->seq));
	if (s->is_series)
		PUT(cx, batch_of(cx, batches, table_text(TABLE_SERIES_PUT)),
		    D_TEXT(p->log), D_TEXT(s->subject), D_INT(s->n));
	if (s->table) {
		if (s->table->is_register)
			write_versions(cx, p, s, batches);
		else
			write_matter(cx, p, s, batches);
		write_refs(cx, p, s, batches);
		write_clocks(cx, p, s, batches);
	}
	s->dirty = false;
}

void
project_rows(struct cx *cx, struct projection *p, struct batches *out)
{
	for (size_t i = 0; i < p->dirty.n; i++)
		write_subject(cx, p, p->dirty.v[i], out);
	p->dirty.n = 0;
}

enum err
project_flush(struct cx *cx, struct projection *p)
{
	struct batches batches = { 0 };

	project_rows(cx, p, &batches);
	return batches_run(cx, p->db, &batches);
}

enum err
project_flush_family(struct cx *cx, struct projection *p, struct str family)
{
	for (size_t i = 0; i < p->dirty.n; i++)
		if (str_eq(subject_family(p->dirty.v[i]->subject), family))
			return project_flush(cx, p);
	return ERR_OK;
}

/* --- asking --- */

enum err
project_state(struct cx *cx, struct projection *p, struct str subject, struct value *out)
{
	struct projected *s;

	TRY(subject_take(cx, p, subject, false, &s));
	*out = s->table && !s->table->is_register ? s->state : value_null();
	return ERR_OK;
}

enum err
project_version(struct cx *cx, struct projection *p, struct str subject, int64_t day,
    struct value *out)
{
	struct projected *s;
	int64_t seq;

	*out = value_null();
	TRY(subject_take(cx, p, subject, false, &s));
	TRY(project_subject_seq(cx, p, subject, &seq));
	for (size_t i = 0; i < s->versions.n; i++) {
		const struct version *v = &s->versions.v[i];

		if (v->to_seq != SEQ_OPEN || v->from_day > day || day >= v->to_day)
			continue;
		*out = version_value(
		    p->arena, s->subject, v->from_day, v->to_day, v->from_seq, v->values);
		value_set_int(p->arena, out, "seq", seq);
	}
	return ERR_OK;
}

enum err
project_series(struct cx *cx, struct projection *p, struct str series, int64_t *out)
{
	struct projected *s;

	TRY(subject_take(cx, p, series, false, &s));
	*out = s->n;
	return ERR_OK;
}

enum err
project_subject_seq(struct cx *cx, struct projection *p, struct str subject, int64_t *out)
{
	struct projected *s = map_find(&p->subjects, subject);
	const struct table *table = table_of(p->tables, subject_family(subject));

	if (s && s->seq) {
		*out = s->seq;
		return ERR_OK;
	}
	/* A log's own subjects (log, law/...) have no rows: they exist before the tables.
	 */
	if (has_rows(p, subject))
		TRY(load_number(cx, p,
		    table ? table->last : table_text(TABLE_SUBJECT_GET), subject, out));
	else
		TRY(record_subject_last(cx, p->db, p->log, subject, out));
	if (s)
		s->seq = *out;
	return ERR_OK;
}
