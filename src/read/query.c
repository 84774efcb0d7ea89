/*
 * SQL of lists: the one place beside register/table.c that makes any. Names come from the
 * definitions' tables, operators are closed, every value is bound.
 */
#include "read/query.h"

#include "base/buf.h"

enum { LIST_MOST = 1000 };

/* Columns that every matter's table has besides those of its fields. */
static const char *
common_column(struct str field, bool *is_int)
{
	static const struct {
		const char *field;
		bool is_int;
	} commons[] = { { "stage", false }, { "unit", false }, { "parent", false },
		{ "closed", true } };

	for (size_t i = 0; i < sizeof commons / sizeof *commons; i++) {
		if (!str_eq(field, str_z(commons[i].field)))
			continue;
		*is_int = commons[i].is_int;
		return commons[i].field;
	}
	return NULL;
}

static enum err
put_filter(struct cx *cx, const struct table *t, const struct read_filter *f,
    struct buf *sql, struct query_args *args)
{
	bool is_int = false;
	const char *common = common_column(f->field, &is_int);
	struct column c = { .name = common ? str_z(common) : S(""), .is_int = is_int };
	struct db_arg *arg;

	if (!common && !table_column(t, f->field, &c))
		return fail(cx, ERR_INPUT, "不能按“%.*s”筛选", STR_ARG(f->field));
	arg = list_add(cx->arena, args);
	*arg = c.is_int ? D_INT(f->is.kind == V_BOOL ? f->is.b : value_num(&f->is))
			: D_TEXT(value_str(&f->is));
	buf_fmt(sql, " AND %.*s = ?%zu", STR_ARG(c.name), args->n);
	return ERR_OK;
}

enum err
query_matters(struct cx *cx, const struct table *t, struct str log,
    const struct read_list *list, struct str *out, struct query_args *args)
{
	struct buf sql = { .arena = cx->arena };
	const size_t most = list->most && list->most < LIST_MOST ? list->most : LIST_MOST;

	*list_add(cx->arena, args) = D_TEXT(log);
	*list_add(cx->arena, args) = D_INT(subject_number(list->after));
	buf_fmt(
	    &sql, "SELECT subject, state FROM %.*s WHERE log = ?1 AND n > ?2", STR_ARG(t->name));
	for (size_t i = 0; i < list->n; i++)
		TRY(put_filter(cx, t, &list->filters[i], &sql, args));
	buf_fmt(&sql, " ORDER BY n LIMIT %zu", most);
	*out = buf_str(&sql);
	return ERR_OK;
}

struct str
query_entries(struct cx *cx, const struct table *t)
{
	return str_fmt(cx->arena,
	    "SELECT subject, from_day, to_day, from_seq, body FROM %.*s WHERE log = ?1 "
	    "AND "
	    "from_day <= ?2 AND to_day > ?2 AND to_seq = ?3 ORDER BY key, n",
	    STR_ARG(t->name));
}
