/* Lists from definitions: which columns, narrowed by what. */
#include "web/pages/list.h"

#include "web/field.h"
#include "web/word.h"

static bool
is_listed(const struct field *f)
{
	return !f->personal && f->type != FIELD_ROWS && f->type != FIELD_FILES &&
	       f->type != FIELD_LONG && (f->type != FIELD_CODE || str_eq(f->id, S("id")));
}

void
list_column(struct list_columns *c, const struct field *f)
{
	if (c->n == LIST_COLUMNS || !is_listed(f))
		return;
	c->fields[c->n] = f;
	c->columns[c->n] = (struct grid_column){
		.title = f->title, .head = c->n == 0, .day = f->type == FIELD_DAY
	};
	c->n++;
}

struct list_filters
list_filters_given(struct view *v, const struct field_list *fields)
{
	struct arena *a = &v->x->arena;
	struct list_filters out = { 0 };

	for (size_t i = 0; i < fields->n; i++) {
		const struct field *f = &fields->v[i];
		const struct str value = query_get(v->x, f->id);

		if (value.n)
			*list_add(a, &out) = (struct read_filter){ f->id,
				field_is_reference(f) ? READ_REFERS : READ_IS,
				value_text(value) };
	}
	return out;
}

static void
choice_put(struct html *h, struct view *v, const struct field *f)
{
	struct option *o = arena_array(&v->x->arena, struct option, f->options.n + 1);

	o[0] = (struct option){ S(""), W(filter_any), S("") };
	for (size_t k = 0; k < f->options.n; k++)
		o[k + 1] = (struct option){ f->options.v[k].id, f->options.v[k].title,
			S("") };
	field_select(h, .name = f->id, .label = f->title, .choices = o,
	    .n = f->options.n + 1, .value = query_get(v->x, f->id));
}

void
list_filters_put(struct html *h, struct view *v, const struct field_list *fields,
    const struct list_def *list, struct str path)
{
	size_t shown = 0;

	for (size_t i = 0; i < list->filters.n; i++) {
		const struct field *f = field_find(fields, list->filters.v[i]);

		if (!f || f->type != FIELD_CHOICE)
			continue;
		if (!shown++)
			form_open_search(h, path);
		choice_put(h, v, f);
	}
	if (!shown)
		return;
	button_primary(h, W(filter_go));
	form_close(h);
}

/* The address of this list with its filters, from a row on. */
static struct str
list_url(struct view *v, const struct read_query *q, struct str path, struct str after)
{
	struct str url = url_query(
	    &v->x->arena, path, { S("q"), q->search }, { S("after"), after });

	for (size_t i = 0; i < q->n; i++)
		url = url_query(&v->x->arena, url,
		    { q->filters[i].field, value_str(&q->filters[i].value) });
	return url;
}

void
list_pager(struct html *h, struct view *v, const struct read_query *q, struct str path,
    struct str next)
{
	if (next.n || q->after.n)
		pager(h, q->after.n ? list_url(v, q, path, S("")) : S(""),
		    next.n ? list_url(v, q, path, next) : S(""), S(""));
}
