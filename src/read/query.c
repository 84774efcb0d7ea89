/*
 * SQL from checked names and closed operators; every value is bound. Pages follow each
 * other by key (the value ordered by, then the subject's number), so that a page costs
 * the same however far behind it stands.
 */
#include "read/query.h"

#include "base/buf.h"
#include "lang/canon.h"

enum { LIMIT = 50, LIMIT_MAX = 1000 };

struct query {
	struct cx *cx;
	const struct reader *r;
	const struct table *t;
	struct buf where;
	struct db_args *args;
};

static size_t
bind(struct query *q, struct db_arg arg)
{
	*list_add(q->cx->arena, q->args) = arg;
	return q->args->n;
}

static enum err
column_of(struct query *q, struct str name, struct column *out)
{
	if (table_column(q->t, name, out))
		return ERR_OK;
	return fail(q->cx, ERR_INPUT, "%.*s没有可以查询的字段%.*s", STR_ARG(q->t->family),
	    STR_ARG(name));
}

/* The rows that refer to the value by this name: found through the one index that all
 * references share, not by asking each row. */
static void
put_by_reference(struct query *q, struct str name, const struct value *v)
{
	const size_t target = bind(q, D_TEXT(value_str(v)));
	const size_t field = bind(q, D_TEXT(name));

	buf_fmt(&q->where,
	    " AND t.subject IN (SELECT r.subject FROM p_ref r WHERE r.log = ?1 "
	    "AND r.target = ?%zu AND r.field = ?%zu)",
	    target, field);
}

static enum err
put_refers(struct query *q, const struct read_filter *f)
{
	const struct str name = str_fmt(
	    q->cx->arena, "%.*s.%.*s", STR_ARG(q->t->family), STR_ARG(f->field));

	for (size_t i = 0; i < q->t->references.n; i++) {
		if (!str_eq(q->t->references.v[i].name, name))
			continue;
		put_by_reference(q, name, &f->value);
		return ERR_OK;
	}
	return fail(q->cx, ERR_INPUT, "%.*s不是引用", STR_ARG(name));
}

/* Columns of references have no index of their own: the row is found as above, and the
 * filter itself follows. */
static void
put_found_by_reference(struct query *q, const struct read_filter *f)
{
	for (size_t i = 0; i < q->t->references.n; i++) {
		const struct reference *r = &q->t->references.v[i];

		if (str_eq(r->field, f->field) && !r->column.n && value_str(&f->value).n)
			put_by_reference(q, r->name, &f->value);
	}
}

static enum err
put_filter(struct query *q, const struct read_filter *f)
{
	const char *op = NULL;
	struct column c;

	switch (f->op) {
	case READ_REFERS:
		return put_refers(q, f);
	case READ_IS:
		op = "=";
		break;
	case READ_NOT:
		op = "<>";
		break;
	case READ_FROM:
		op = ">=";
		break;
	case READ_TO:
		op = "<=";
		break;
	}
	TRY(column_of(q, f->field, &c));
	if (f->op == READ_IS)
		put_found_by_reference(q, f);
	buf_fmt(&q->where, " AND t.%.*s %s ?%zu", STR_ARG(c.name), op,
	    bind(q, column_arg(c.is_int, &f->value)));
	if (f->op == READ_TO && c.is_int)
		buf_fmt(&q->where, " AND t.%.*s <> -9007199254740991", STR_ARG(c.name));
	return ERR_OK;
}

/* "Contains" that both engines mean alike: taking the part out changes the text. */
static void
put_search(struct query *q, struct str search)
{
	const size_t part = bind(q, D_TEXT(search));
	bool any = false;

	if (!q->t->is_register) {
		buf_fmt(&q->where, " AND REPLACE(t.title, ?%zu, '') <> t.title", part);
		return;
	}
	buf_put(&q->where, S(" AND ("));
	for (size_t i = 0; i < q->t->columns.n; i++) {
		const struct column *c = &q->t->columns.v[i];

		if (c->is_int)
			continue;
		buf_fmt(&q->where, "%sREPLACE(t.%.*s, ?%zu, '') <> t.%.*s",
		    any ? " OR " : "", STR_ARG(c->name), part, STR_ARG(c->name));
		any = true;
	}
	buf_put(&q->where, any ? S(")") : S("1 = 0)"));
}

static enum err
put_where(struct query *q, const struct read_query *asked, int64_t day)
{
	bind(q, D_TEXT(q->r->log));
	if (q->t->is_register) {
		const size_t d = bind(q, D_INT(day));

		buf_fmt(&q->where,
		    " AND t.from_day <= ?%zu AND t.to_day > ?%zu "
		    "AND t.to_seq = 9007199254740991",
		    d, d);
	}
	for (size_t i = 0; i < asked->n; i++)
		TRY(put_filter(q, &asked->filters[i]));
	if (asked->search.n)
		put_search(q, asked->search);
	return ERR_OK;
}

static enum err
put_after(struct query *q, const struct read_query *asked, const struct column *order)
{
	const char *than = asked->descending ? "<" : ">";
	struct value cursor;
	size_t last, n;

	if (!asked->after.n)
		return ERR_OK;
	if (canon_parse(q->cx, asked->after, &cursor) != ERR_OK ||
	    value_count(&cursor) != 2 || value_at(&cursor, 1)->kind != V_INT ||
	    value_at(&cursor, 0)->kind != (order->is_int ? V_INT : V_TEXT))
		return fail(q->cx, ERR_INPUT, "翻页的位置无效");
	last = bind(q, column_arg(order->is_int, value_at(&cursor, 0)));
	n = bind(q, D_INT(value_num(value_at(&cursor, 1))));
	buf_fmt(&q->where, " AND (t.%.*s %s ?%zu OR (t.%.*s = ?%zu AND t.n %s ?%zu))",
	    STR_ARG(order->name), than, last, STR_ARG(order->name), last, than, n);
	return ERR_OK;
}

static enum err
query_start(struct cx *cx, const struct reader *r, const struct read_query *asked,
    struct db_args *args, struct query *q)
{
	*q = (struct query){ .cx = cx,
		.r = r,
		.t = table_of(r->tables, asked->family),
		.where = { .arena = cx->arena },
		.args = args };
	if (!q->t)
		return fail(cx, ERR_INPUT, "没有公布过%.*s", STR_ARG(asked->family));
	return ERR_OK;
}

static enum err
order_of(struct query *q, const struct read_query *asked, struct column *out)
{
	if (asked->order.n)
		return column_of(q, asked->order, out);
	*out = (struct column){ .name = S("n"), .is_int = true };
	return ERR_OK;
}

/* What comes before the number in ORDER BY. The number named twice would hide from SQLite
 * that the index on it is in this order already: it would sort the states themselves. */
static struct str
order_before(struct cx *cx, const struct column *order, const char *direction)
{
	if (str_eq(order->name, S("n")))
		return S("");
	return str_fmt(cx->arena, "t.%.*s %s, ", STR_ARG(order->name), direction);
}

size_t
query_limit(const struct read_query *q)
{
	return q->limit == 0 ? LIMIT : q->limit > LIMIT_MAX ? LIMIT_MAX : q->limit;
}

bool
query_order_is_int(const struct reader *r, const struct read_query *q)
{
	const struct table *t = table_of(r->tables, q->family);
	struct column c = { .is_int = true };

	return !q->order.n || (t && table_column(t, q->order, &c) && c.is_int);
}

struct str
query_cursor(struct cx *cx, const struct value *last, int64_t n)
{
	struct value cursor = value_list();

	value_add(cx->arena, &cursor, *last);
	value_add(cx->arena, &cursor, value_int(n));
	return canon_str(cx->arena, &cursor);
}

enum err
query_sql(struct cx *cx, const struct reader *r, const struct read_query *asked,
    int64_t day, struct str *sql, struct db_args *args)
{
	const char *direction = asked->descending ? "DESC" : "ASC";
	struct column order;
	struct query q;
	size_t limit;

	TRY(query_start(cx, r, asked, args, &q));
	TRY(order_of(&q, asked, &order));
	TRY(put_where(&q, asked, day));
	TRY(put_after(&q, asked, &order));
	limit = bind(&q, D_INT((int64_t)query_limit(asked) + 1));
	*sql = str_fmt(cx->arena,
	    "SELECT %s, t.%.*s, t.n FROM %.*s t WHERE t.log = ?1%.*s "
	    "ORDER BY %.*st.n %s LIMIT ?%zu",
	    q.t->is_register ? "t.subject, t.from_day, t.to_day, t.from_seq, t.body"
			     : "t.subject, t.state",
	    STR_ARG(order.name), STR_ARG(q.t->name), STR_ARG(buf_str(&q.where)),
	    STR_ARG(order_before(cx, &order, direction)), direction, limit);
	return ERR_OK;
}

enum err
query_count_sql(struct cx *cx, const struct reader *r, const struct read_query *asked,
    int64_t day, size_t most, struct str *sql, struct db_args *args)
{
	struct query q;
	size_t limit;

	TRY(query_start(cx, r, asked, args, &q));
	TRY(put_where(&q, asked, day));
	limit = bind(&q, D_INT((int64_t)most));
	*sql = str_fmt(cx->arena,
	    "SELECT COUNT(*) FROM (SELECT 1 FROM %.*s t WHERE t.log = ?1%.*s LIMIT ?%zu) "
	    "c",
	    STR_ARG(q.t->name), STR_ARG(buf_str(&q.where)), limit);
	return ERR_OK;
}
