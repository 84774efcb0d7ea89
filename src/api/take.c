/* Values inwards. What can be understood goes on to the door, which says whether it is
 * allowed; what cannot is refused here, beside its field. */
#include "api/values.h"

#include "base/date.h"
#include "web/session.h"
#include "web/site.h"
#include "web/upload.h"
#include "web/word.h"

struct taking {
	struct view *v;
	const struct field *f;       /* of the form: where a refusal stands */
	const struct value *current; /* of that field */
};

static enum err
wrong(struct taking *t, const struct field *f, struct str pattern, struct value *out)
{
	struct arena *a = &t->v->x->arena;

	form_refuse(t->v->x, t->f->id, word_fill(a, pattern, f->title));
	*out = value_null();
	return ERR_OK;
}

static bool
is_sealed(const struct value *sent)
{
	return sent->kind == V_MAP && value_count(sent) == 1 &&
	       value_get(sent, S("sealed"))->kind == V_TEXT;
}

/* ---- files ---- */

static enum err
file_take(
    struct taking *t, const struct field *f, const struct value *sent, struct value *out)
{
	struct exchange *x = t->v->x;
	const struct str digest = value_str(value_get(sent, S("digest")));
	const struct str name = value_str(value_get(sent, S("name")));
	int64_t size;
	bool own;

	if (sent->kind != V_MAP || digest.n != 64 || !name.n || str_chars(name) > 200)
		return wrong(t, f, W(api_file_wrong), out);
	TRY(upload_is_own(t->v, t->current, digest, &own, &size));
	if (!own)
		return wrong(t, f, W(api_file_unknown), out);
	*out = value_map();
	value_set_text(&x->arena, out, "digest", digest);
	value_set_text(&x->arena, out, "name", name);
	value_set_int(&x->arena, out, "size", size);
	return ERR_OK;
}

/* ---- by shape ---- */

static enum err take(
    struct taking *t, const struct field *f, const struct value *sent, struct value *out);

static enum err
row_take(
    struct taking *t, const struct field *f, const struct value *sent, struct value *out)
{
	struct arena *a = &t->v->x->arena;

	if (sent->kind != V_MAP)
		return wrong(t, f, W(api_row_wrong), out);
	*out = value_map();
	for (size_t i = 0; i < sent->map.n; i++) {
		const struct str key = sent->map.pairs[i].key;
		const struct field *c = field_find(&f->columns, key);
		struct value value = sent->map.pairs[i].value;

		if (c)
			TRY(take(t, c, &sent->map.pairs[i].value, &value));
		/* What no column is (but "sealed") the door refuses with its words. */
		if (!value_is_null(&value))
			value_set(a, out, key, value);
	}
	return ERR_OK;
}

static enum err
text_take(
    struct taking *t, const struct field *f, const struct value *sent, struct value *out)
{
	if (sent->kind != V_TEXT)
		return wrong(t, f, W(api_text_wrong), out);
	*out = *sent;
	return ERR_OK;
}

static enum err
list_take(struct taking *t, const struct field *f, const struct value *sent,
    enum err (*item)(
	struct taking *, const struct field *, const struct value *, struct value *),
    struct value *out)
{
	if (sent->kind != V_LIST)
		return wrong(t, f, W(api_list_wrong), out);
	*out = value_list();
	for (size_t i = 0; i < sent->list.n; i++) {
		struct value one;

		TRY(item(t, f, &sent->list.items[i], &one));
		if (!value_is_null(&one))
			value_add(&t->v->x->arena, out, one);
	}
	return ERR_OK;
}

static enum err
plain_take(
    struct taking *t, const struct field *f, const struct value *sent, struct value *out)
{
	int64_t day;

	*out = *sent;
	switch (f->type) {
	case FIELD_INT:
	case FIELD_MONEY:
		return sent->kind == V_INT ? ERR_OK : wrong(t, f, W(api_int_wrong), out);
	case FIELD_BOOL:
		return sent->kind == V_BOOL ? ERR_OK
					    : wrong(t, f, W(api_bool_wrong), out);
	case FIELD_DAY:
		if (sent->kind != V_TEXT || !day_parse(sent->s, &day))
			return wrong(t, f, W(api_day_wrong), out);
		*out = value_int(day);
		return ERR_OK;
	case FIELD_TEXT:
	case FIELD_LONG:
	case FIELD_CODE:
	case FIELD_DECIMAL:
	case FIELD_CHOICE:
	case FIELD_ENTRY:
	case FIELD_MATTER:
		return text_take(t, f, sent, out);
	case FIELD_ENTRIES:
	case FIELD_MATTERS:
	case FIELD_TEXTS:
	case FIELD_CITATIONS:
		return list_take(t, f, sent, text_take, out);
	case FIELD_FILES:
		return list_take(t, f, sent, file_take, out);
	case FIELD_ROWS:
		return list_take(t, f, sent, row_take, out);
	case FIELD_COUNT_:
		break;
	}
	return wrong(t, f, W(api_text_wrong), out);
}

static enum err
take(struct taking *t, const struct field *f, const struct value *sent, struct value *out)
{
	*out = *sent;
	if (value_is_null(sent) || (f->personal && is_sealed(sent)))
		return ERR_OK;
	return plain_take(t, f, sent, out);
}

enum err
value_take(struct view *v, const struct field *f, const struct value *sent,
    const struct value *current, struct value *out)
{
	struct taking t = { v, f, current };

	TRY(take(&t, f, sent, out));
	if (value_is_null(sent))
		*out = value_text(S(""));
	return ERR_OK;
}
