/* Checking values against fields. One function a shape; each refusal names its field. */
#include "act/form.h"

#include "base/decimal.h"

enum { TEXT_MAX = 500, LONG_MAX_CHARS = 20000, LIST_MAX = 2000 };

static void
wrong(struct work *w, const struct field *f, const char *what)
{
	refuse(w->cx, &w->hard, REFUSE_FORM, f->id, "“%.*s”%s", STR_ARG(f->title), what);
}

static void
text_check(struct work *w, const struct field *f, const struct value *v)
{
	const size_t most = f->type == FIELD_LONG ? LONG_MAX_CHARS : TEXT_MAX;

	if (v->kind != V_TEXT || !str_is_utf8(v->s))
		wrong(w, f, "须为文字");
	else if (str_chars(v->s) > most)
		refuse(w->cx, &w->hard, REFUSE_FORM, f->id, "“%.*s”不得超过%zu个字",
		    STR_ARG(f->title), most);
}

static void
choice_check(struct work *w, const struct field *f, const struct value *v)
{
	for (size_t i = 0; v->kind == V_TEXT && i < f->options.n; i++)
		if (str_eq(f->options.v[i].id, v->s))
			return;
	wrong(w, f, "不在可选范围内");
}

static void
reference_check(struct work *w, const struct field *f, const struct value *v)
{
	const struct str ref = value_str(v);
	const struct value *found;

	if (v->kind != V_TEXT || !field_takes(f, subject_family(ref))) {
		wrong(w, f, "所选对象不符");
		return;
	}
	found = defs_register(w->defs, subject_family(ref))
		    ? facts_entry(w->facts, ref, w->done)
		    : facts_matter(w->facts, ref);
	if (!found)
		w->needs = true;
	else if (value_is_null(found))
		wrong(w, f, "所选对象在发生之日并不有效");
}

/* A row that keeps a sealed part must be one that had it. */
static bool
seal_is_known(const struct value *row, const struct value *old)
{
	const struct value *sealed = value_get(row, S("sealed"));

	if (value_is_null(sealed))
		return true;
	for (size_t i = 0; old && i < value_count(old); i++)
		if (value_eq(value_get(value_at(old, i), S("sealed")), sealed))
			return true;
	return false;
}

static void
row_check(struct work *w, const struct field *f, const struct value *row,
    const struct value *old)
{
	if (row->kind != V_MAP || !seal_is_known(row, old)) {
		wrong(w, f, "有一行不完整");
		return;
	}
	for (size_t i = 0; i < row->map.n; i++) {
		const struct str key = row->map.pairs[i].key;

		if (!field_find(&f->columns, key) && !str_eq(key, S("sealed")))
			wrong(w, f, "有多余的列");
	}
	for (size_t i = 0; i < f->columns.n; i++) {
		const struct field *c = &f->columns.v[i];
		const struct value *v = value_get(row, c->id);

		if (!value_is_null(v))
			form_check(w, c, v, NULL);
		else if (c->required &&
			 !(c->personal && !value_is_null(value_get(row, S("sealed")))))
			refuse(w->cx, &w->hard, REFUSE_REQUIRED, f->id,
			    "“%.*s”的每一行须填写%.*s", STR_ARG(f->title),
			    STR_ARG(c->title));
	}
}

static void
file_check(struct work *w, const struct field *f, const struct value *v)
{
	if (value_str(value_get(v, S("name"))).n == 0 ||
	    value_str(value_get(v, S("digest"))).n != 64 ||
	    value_num(value_get(v, S("size"))) <= 0)
		wrong(w, f, "有一个文件不完整");
}

static void
decimal_check(struct work *w, const struct field *f, const struct value *v)
{
	struct decimal d;

	/* In its one spelling: what is hashed and compared is the text. */
	if (v->kind != V_TEXT || !decimal_parse(v->s, &d) ||
	    !str_eq(decimal_str(w->cx->arena, &d), v->s))
		wrong(w, f, "须为数字");
}

static void
citation_check(struct work *w, const struct field *f, const struct value *v)
{
	const struct str s = value_str(v);

	if (v->kind != V_TEXT || !s.n || str_chars(s) > TEXT_MAX)
		wrong(w, f, "的依据须写明法规名称和条款");
}

static void
list_check(struct work *w, const struct field *f, const struct value *v,
    void (*item)(struct work *, const struct field *, const struct value *))
{
	if (v->kind != V_LIST || v->list.n > LIST_MAX) {
		wrong(w, f, "须为列表，且不超过2000项");
		return;
	}
	for (size_t i = 0; i < v->list.n; i++)
		item(w, f, &v->list.items[i]);
}

void
form_check(
    struct work *w, const struct field *f, const struct value *v, const struct value *old)
{
	switch (f->type) {
	case FIELD_TEXT:
	case FIELD_LONG:
	case FIELD_CODE:
		text_check(w, f, v);
		break;
	case FIELD_INT:
	case FIELD_MONEY:
		if (v->kind != V_INT)
			wrong(w, f, "须为整数");
		break;
	case FIELD_DECIMAL:
		decimal_check(w, f, v);
		break;
	case FIELD_DAY:
		if (v->kind != V_INT || v->i < -100000 || v->i > 100000)
			wrong(w, f, "须为日期");
		break;
	case FIELD_BOOL:
		if (v->kind != V_BOOL)
			wrong(w, f, "须选择是或否");
		break;
	case FIELD_CHOICE:
		choice_check(w, f, v);
		break;
	case FIELD_ENTRY:
	case FIELD_MATTER:
		reference_check(w, f, v);
		break;
	case FIELD_ENTRIES:
	case FIELD_MATTERS:
		list_check(w, f, v, reference_check);
		break;
	case FIELD_TEXTS:
		list_check(w, f, v, text_check);
		break;
	case FIELD_CITATIONS:
		list_check(w, f, v, citation_check);
		break;
	case FIELD_FILES:
		list_check(w, f, v, file_check);
		break;
	case FIELD_ROWS:
		if (v->kind != V_LIST || v->list.n > LIST_MAX) {
			wrong(w, f, "须为列表，且不超过2000行");
			break;
		}
		for (size_t i = 0; i < value_count(v); i++)
			row_check(w, f, value_at(v, i), old);
		break;
	case FIELD_COUNT_:
		break;
	}
}
