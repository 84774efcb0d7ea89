/* Values outwards. */
#include "api/values.h"

#include "base/date.h"
#include "web/pages/show.h"

struct putting {
	struct json *j;
	struct view *v;
	struct subject_list *named;
};

static void
subject_put(struct putting *p, struct str subject)
{
	json_str(p->j, subject);
	if (p->named)
		*list_add(&p->v->x->arena, p->named) = subject;
}

static void
file_put(struct putting *p, const struct value *file)
{
	json_open(p->j, '{');
	put_str(p->j, "digest", value_str(value_get(file, S("digest"))));
	put_str(p->j, "name", value_str(value_get(file, S("name"))));
	put_int(p->j, "size", value_num(value_get(file, S("size"))));
	json_close(p->j, '}');
}

static bool
is_empty(const struct value *value)
{
	return value_is_null(value) || (value->kind == V_TEXT && !value->s.n) ||
	       ((value->kind == V_LIST || value->kind == V_MAP) && !value_count(value));
}

static void fields_put(struct putting *p, const struct field_list *fields,
    const struct value *values, const struct id_list *hidden);

static void
list_put(struct putting *p, const struct field *f, const struct value *list)
{
	json_open(p->j, '[');
	for (size_t i = 0; i < value_count(list); i++) {
		const struct value *one = value_at(list, i);

		if (f->type == FIELD_ROWS)
			fields_put(p, &f->columns, one, NULL);
		else if (f->type == FIELD_FILES)
			file_put(p, one);
		else if (field_is_reference(f))
			subject_put(p, value_str(one));
		else
			json_str(p->j, value_str(one));
	}
	json_close(p->j, ']');
}

static void
sealed_put(struct putting *p, const struct value *value)
{
	json_open(p->j, '{');
	put_str(p->j, "sealed", value_str(value_get(value, S("sealed"))));
	json_close(p->j, '}');
}

static void
value_put(struct putting *p, const struct field *f, const struct value *value)
{
	if (value->kind == V_MAP) {
		sealed_put(p, value);
		return;
	}
	switch (f->type) {
	case FIELD_TEXT:
	case FIELD_LONG:
	case FIELD_CODE:
	case FIELD_CHOICE:
	case FIELD_DECIMAL:
		json_str(p->j, value_str(value));
		break;
	case FIELD_INT:
	case FIELD_MONEY:
		json_int(p->j, value_num(value));
		break;
	case FIELD_DAY:
		json_str(p->j, day_iso(&p->v->x->arena, value_num(value)));
		break;
	case FIELD_BOOL:
		json_bool(p->j, value_true(value));
		break;
	case FIELD_ENTRY:
	case FIELD_MATTER:
		subject_put(p, value_str(value));
		break;
	case FIELD_ENTRIES:
	case FIELD_MATTERS:
	case FIELD_TEXTS:
	case FIELD_CITATIONS:
	case FIELD_FILES:
	case FIELD_ROWS:
		list_put(p, f, value);
		break;
	case FIELD_COUNT_:
		break;
	}
}

/* Also of one row: what of it is sealed stands in one part. */
static void
fields_put(struct putting *p, const struct field_list *fields, const struct value *values,
    const struct id_list *hidden)
{
	json_open(p->j, '{');
	for (size_t i = 0; i < fields->n; i++) {
		const struct field *f = &fields->v[i];
		const struct value *value = value_get(values, f->id);

		if (is_empty(value) || (hidden && id_list_has(hidden, f->id)) ||
		    (f->personal && value->kind != V_MAP))
			continue;
		json_key_str(p->j, f->id);
		value_put(p, f, value);
	}
	if (!field_find(fields, S("sealed")))
		put_text(p->j, "sealed", value_str(value_get(values, S("sealed"))));
	json_close(p->j, '}');
}

void
values_put(struct json *j, struct view *v, const struct field_list *fields,
    const struct value *values, const struct id_list *hidden, struct subject_list *named)
{
	struct putting p = { j, v, named };

	fields_put(&p, fields, values, hidden);
}

void
names_put(struct json *j, struct view *v, const struct subject_list *named)
{
	struct map seen = { 0 };

	json_key(j, "names");
	json_open(j, '{');
	for (size_t i = 0; i < named->n; i++) {
		if (!str_has(named->v[i], S("/")) || map_find(&seen, named->v[i]))
			continue;
		map_put(&v->x->arena, &seen, named->v[i], &seen);
		json_key_str(j, named->v[i]);
		json_str(j, show_name(v, named->v[i]));
	}
	json_close(j, '}');
}
