/* Running the queries, and reading single subjects. */
#include "read/read.h"

#include "lang/canon.h"
#include "read/query.h"

static const struct table *
family_table(const struct reader *r, struct str subject)
{
	const size_t slash = str_find(subject, S("/"), 0);

	return slash == SIZE_MAX ? NULL : table_of(r->tables, str_sub(subject, 0, slash));
}

static enum err
none(struct cx *cx, struct str subject)
{
	return fail(cx, ERR_NOT_FOUND, "没有%.*s", STR_ARG(subject));
}

enum err
read_matter(struct cx *cx, const struct reader *r, struct str subject, struct value *out)
{
	const struct table *t = family_table(r, subject);
	DB_ROWS rows = { 0 };
	bool found;
	int stmt;

	if (!t || t->is_register)
		return none(cx, subject);
	TRY(db_prepare(cx, r->db, t->get, &stmt));
	TRY(db_ask(cx, r->db, &rows, stmt, D_TEXT(r->log), D_TEXT(subject)));
	found = db_next(&rows);
	if (found)
		TRY(canon_parse(cx, db_text(cx, &rows, 0), out));
	TRY(db_end(cx, &rows));
	return found ? ERR_OK : none(cx, subject);
}

static enum err
row_version(struct cx *cx, const struct db_rows *rows, struct value *out)
{
	struct value v = value_map(), values;

	TRY(canon_parse(cx, db_text(cx, rows, 4), &values));
	value_set_text(cx->arena, &v, "subject", db_text(cx, rows, 0));
	value_set_int(cx->arena, &v, "from", db_int(rows, 1));
	value_set_int(cx->arena, &v, "to", db_int(rows, 2));
	value_set_int(cx->arena, &v, "at", db_int(rows, 3));
	value_set(cx->arena, &v, S("values"), values);
	*out = v;
	return ERR_OK;
}

static enum err
row_matter(struct cx *cx, const struct db_rows *rows, struct value *out)
{
	struct value v = value_map(), state;

	TRY(canon_parse(cx, db_text(cx, rows, 1), &state));
	value_set_text(cx->arena, &v, "subject", db_text(cx, rows, 0));
	value_set(cx->arena, &v, S("state"), state);
	*out = v;
	return ERR_OK;
}

/* The one version that the rows hold. */
static enum err
one_version(struct cx *cx, struct db_rows *rows, struct str asked, struct value *out)
{
	const bool found = db_next(rows);

	if (found)
		TRY(row_version(cx, rows, out));
	TRY(db_end(cx, rows));
	return found ? ERR_OK : none(cx, asked);
}

enum err
read_entry(struct cx *cx, const struct reader *r, struct str subject, int64_t day,
    int64_t known, struct value *out)
{
	const struct table *t = family_table(r, subject);
	DB_ROWS rows = { 0 };
	int stmt;

	if (!t || !t->is_register)
		return none(cx, subject);
	TRY(db_prepare(cx, r->db, t->as_of, &stmt));
	TRY(db_ask(cx, r->db, &rows, stmt, D_TEXT(r->log), D_TEXT(subject), D_INT(day),
	    D_INT(known)));
	return one_version(cx, &rows, subject, out);
}

enum err
read_entry_by(struct cx *cx, const struct reader *r, struct str family, struct str field,
    struct str text, int64_t day, struct value *out)
{
	const struct table *t = map_find(&r->tables->registers, family);
	DB_ROWS rows = { 0 };
	struct column c;
	int stmt;

	if (!t || !table_column(t, field, &c) || c.is_int)
		return fail(
		    cx, ERR_INPUT, "%.*s没有字段%.*s", STR_ARG(family), STR_ARG(field));
	TRY(db_prepare(cx, r->db, table_by_field(cx->arena, t, &c), &stmt));
	TRY(db_ask(cx, r->db, &rows, stmt, D_TEXT(r->log), D_TEXT(text), D_INT(day)));
	return one_version(cx, &rows, text, out);
}

/* Fills a page; the row too many only says that there is a next one. */
static enum err
page_fill(struct cx *cx, const struct reader *r, const struct read_query *q, int64_t day,
    bool versions, struct read_page *out)
{
	const bool is_int = query_order_is_int(r, q);
	const int order = versions ? 5 : 2;
	struct read_page page = { 0 };
	struct db_args args = { 0 };
	struct value last = value_null();
	DB_ROWS rows = { 0 };
	int64_t n = 0;
	struct str sql;
	int stmt;

	TRY(query_sql(cx, r, q, day, &sql, &args));
	TRY(db_prepare(cx, r->db, sql, &stmt));
	TRY(db_ask_args(cx, r->db, &rows, stmt, args.v, args.n));
	while (db_next(&rows)) {
		struct value row;

		if (page.n == query_limit(q)) {
			page.next = query_cursor(cx, &last, n);
			break;
		}
		TRY(versions ? row_version(cx, &rows, &row)
			     : row_matter(cx, &rows, &row));
		*list_add(cx->arena, &page) = row;
		last = is_int ? value_int(db_int(&rows, order))
			      : value_text(db_text(cx, &rows, order));
		n = db_int(&rows, order + 1);
	}
	TRY(db_end(cx, &rows));
	*out = page;
	return ERR_OK;
}

enum err
read_by_list(struct cx *cx, const struct list_def *list, struct read_query *q)
{
	for (size_t i = 0; i < q->n; i++)
		if (!id_list_has(&list->filters, q->filters[i].field))
			return fail(cx, ERR_INPUT, "列表“%.*s”不能按“%.*s”筛选",
			    STR_ARG(list->id), STR_ARG(q->filters[i].field));
	if (!q->order.n)
		q->order = list->order;
	return ERR_OK;
}

enum err
read_matters(struct cx *cx, const struct reader *r, const struct read_query *q,
    struct read_page *out)
{
	if (!map_find(&r->tables->procedures, q->family))
		return fail(cx, ERR_INPUT, "没有公布过程序%.*s", STR_ARG(q->family));
	return page_fill(cx, r, q, 0, false, out);
}

enum err
read_entries(struct cx *cx, const struct reader *r, const struct read_query *q,
    int64_t day, struct read_page *out)
{
	if (!map_find(&r->tables->registers, q->family))
		return fail(cx, ERR_INPUT, "没有公布过登记簿%.*s", STR_ARG(q->family));
	return page_fill(cx, r, q, day, true, out);
}

enum err
read_count(struct cx *cx, const struct reader *r, const struct read_query *q, int64_t day,
    size_t most, size_t *out)
{
	struct db_args args = { 0 };
	DB_ROWS rows = { 0 };
	struct str sql;
	int stmt;

	TRY(query_count_sql(cx, r, q, day, most, &sql, &args));
	TRY(db_prepare(cx, r->db, sql, &stmt));
	TRY(db_ask_args(cx, r->db, &rows, stmt, args.v, args.n));
	*out = db_next(&rows) ? (size_t)db_int(&rows, 0) : 0;
	return db_end(cx, &rows);
}

enum { DUE_LOOKED_AT = 10000 };

static enum err
due_row(struct cx *cx, const struct reader *r, const struct db_rows *rows,
    read_wants *wants, void *self, struct read_page *page)
{
	const struct str subject = db_text(cx, rows, 0);
	struct value row = value_map(), state;

	TRY(read_matter(cx, r, subject, &state));
	if (value_true(value_get(&state, S("closed"))) || (wants && !wants(&state, self)))
		return ERR_OK;
	value_set_text(cx->arena, &row, "subject", subject);
	value_set_text(cx->arena, &row, "clock", db_text(cx, rows, 1));
	value_set_int(cx->arena, &row, "due", db_int(rows, 2));
	value_set(cx->arena, &row, S("state"), state);
	*list_add(cx->arena, page) = row;
	return ERR_OK;
}

enum err
read_due(struct cx *cx, const struct reader *r, int64_t until, size_t limit,
    read_wants *wants, void *self, struct read_page *out)
{
	struct read_page page = { 0 };
	DB_ROWS rows = { 0 };
	int stmt;

	TRY(db_prepare(cx, r->db, table_text(TABLE_CLOCK_OPEN), &stmt));
	TRY(db_ask(cx, r->db, &rows, stmt, D_TEXT(r->log), D_INT(until + 1),
	    D_INT(DUE_LOOKED_AT)));
	while (page.n < limit && db_next(&rows))
		TRY(due_row(cx, r, &rows, wants, self, &page));
	TRY(db_end(cx, &rows));
	*out = page;
	return ERR_OK;
}

enum err
read_children(struct cx *cx, const struct reader *r, struct str procedure,
    struct str parent, struct read_page *out)
{
	const struct table *t = map_find(&r->tables->procedures, procedure);
	struct read_page page = { 0 };
	DB_ROWS rows = { 0 };
	int stmt;

	if (!t)
		return fail(cx, ERR_INPUT, "没有公布过程序%.*s", STR_ARG(procedure));
	TRY(db_prepare(cx, r->db, t->by_parent, &stmt));
	TRY(db_ask(cx, r->db, &rows, stmt, D_TEXT(r->log), D_TEXT(parent)));
	while (db_next(&rows))
		TRY(row_matter(cx, &rows, list_add(cx->arena, &page)));
	TRY(db_end(cx, &rows));
	*out = page;
	return ERR_OK;
}

enum err
read_refs(struct cx *cx, const struct reader *r, struct str name, struct str target,
    struct read_page *out)
{
	struct read_page page = { 0 };
	DB_ROWS rows = { 0 };
	int stmt;

	TRY(db_prepare(cx, r->db, table_text(TABLE_REF_FIND), &stmt));
	TRY(db_ask(cx, r->db, &rows, stmt, D_TEXT(r->log), D_TEXT(target), D_TEXT(name)));
	while (db_next(&rows)) {
		struct value *row = list_add(cx->arena, &page);

		*row = value_map();
		value_set_text(cx->arena, row, "field", db_text(cx, &rows, 0));
		value_set_text(cx->arena, row, "subject", db_text(cx, &rows, 1));
	}
	TRY(db_end(cx, &rows));
	*out = page;
	return ERR_OK;
}

static enum err
history_row(struct cx *cx, const struct event *e, struct value *out)
{
	struct value v = value_map(), open, sealed = value_list(), gone = value_list();
	struct arena *a = cx->arena;

	TRY(canon_parse(cx, e->parts.v[0].bytes, &open));
	for (size_t i = 1; i < e->parts.n; i++)
		value_add(a, e->parts.v[i].gone ? &gone : &sealed,
		    value_text(e->parts.v[i].name));
	value_set_int(a, &v, "seq", e->seq);
	value_set_int(a, &v, "recorded", e->recorded);
	value_set_int(a, &v, "done", e->done);
	value_set_text(a, &v, "kind", event_kind_name(e->kind));
	value_set_text(a, &v, "actor", e->actor);
	value_set_text(a, &v, "behalf", e->behalf);
	value_set_text(a, &v, "definition", e->definition);
	value_set(a, &v, S("open"), open);
	value_set(a, &v, S("sealed"), sealed);
	value_set(a, &v, S("gone"), gone);
	*out = v;
	return ERR_OK;
}

enum err
read_history(
    struct cx *cx, const struct reader *r, struct str subject, struct read_page *out)
{
	struct event_list events = { 0 };
	struct read_page page = { 0 };

	TRY(record_of_subject(cx, r->db, r->log, subject, &events));
	for (size_t i = 0; i < events.n; i++)
		TRY(history_row(cx, &events.v[i], list_add(cx->arena, &page)));
	*out = page;
	return ERR_OK;
}
