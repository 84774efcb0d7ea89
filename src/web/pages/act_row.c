/*
 * A correction of rows goes row by row: a plan has some two hundred of a dozen columns
 * each, which nobody reads as one form. The form of a correction lists them; the address
 * with ?row=FIELD.N has that row alone, and the others stay as they are.
 */
#include "base/date.h"
#include "web/component.h"
#include "web/pages/act_form.h"
#include "web/site.h"
#include "web/word.h"

enum { TEXT_CHARS = 60 };

struct str
form_row_asked(const struct exchange *x)
{
	return x->req.method == HTTP_POST ? form_get(x, S("row"))
					  : query_get(x, S("row"));
}

bool
form_row_is(struct str asked, const struct field *field, size_t *row)
{
	struct str id;
	int64_t n;

	if (field->type != FIELD_ROWS || !str_split(&asked, S("."), &id) ||
	    !str_eq(id, field->id) || !str_int(asked, &n) || n < 0)
		return false;
	*row = (size_t)n;
	return true;
}

/* What a row is known by: its first column, and what its text says. */
static struct str
row_says(struct view *v, const struct field *rows, const struct value *row)
{
	struct arena *a = &v->x->arena;
	struct str first = S(""), text = S("");
	size_t i = 0;

	for (size_t k = 0; k < rows->columns.n; k++) {
		const struct field *c = &rows->columns.v[k];
		const struct str says = c->personal
					    ? S("")
					    : show_text(v, c, value_get(row, c->id));

		if (!first.n)
			first = says;
		else if (!text.n || c->type == FIELD_LONG)
			text = says.n ? says : text;
	}
	for (int n = 0; i < text.n && n < TEXT_CHARS; n++)
		(void)str_next(text, &i);
	return str_fmt(a, "%.*s %.*s%s", STR_ARG(first), (int)i, text.p ? text.p : "",
	    i < text.n ? "…" : "");
}

static void
link_put(
    struct html *h, struct view *v, const struct field *f, size_t row, struct str text)
{
	html(h, L("<li><a href=\""),
	    U(str_fmt(&v->x->arena, "%.*s?row=%.*s.%zu", STR_ARG(v->x->req.path),
		STR_ARG(f->id), row)),
	    L("\">"), T(text), L("</a></li>\n"));
}

void
form_rows_links(struct html *h, struct view *v, const struct form *f)
{
	for (size_t i = 0; i < f->rows.n; i++) {
		const struct field *field = f->rows.v[i];
		const struct value *rows = value_get(&f->current, field->id);
		const size_t n = value_count(rows);

		details_open(h, word_fill(&v->x->arena, W(act_rows_of), field->title,
				    str_fmt(&v->x->arena, "%zu", n)));
		html(h, L("<ul>\n"));
		for (size_t k = 0; k < n; k++)
			link_put(h, v, field, k, row_says(v, field, value_at(rows, k)));
		link_put(h, v, field, n, W(act_row_add));
		html(h, L("</ul>\n"));
		details_close(h);
	}
}

void
form_row_merge(struct view *v, const struct form *f, const struct form_field *ff,
    const struct value *posted, const struct value *shown, struct value *out)
{
	struct arena *a = &v->x->arena;
	const struct value *now = value_get(&f->current, ff->field->id);
	const struct value *was = value_at(shown, ff->row), *is = value_at(now, ff->row);
	const struct value *mine = value_at(posted, ff->row);
	struct value all = value_list();

	if (value_eq(mine, was))
		return;
	if (!value_eq(is, was) && !value_eq(is, mine)) {
		form_refuse(v->x, ff->field->id,
		    word_fill(a, W(act_seen), ff->field->title,
			value_is_null(is) ? W(act_nothing) : row_says(v, ff->field, is)));
		return;
	}
	for (size_t i = 0; i < value_count(now) || i <= ff->row; i++) {
		const struct value *one = i == ff->row ? mine : value_at(now, i);

		if (!value_is_null(one))
			value_add(a, &all, *one);
	}
	value_set(a, out, ff->field->id, all);
}
