/* The warning about cited articles that are not there, beside the field that cites them.
 */
#include "web/cite.h"
#include "web/pages/act_form.h"
#include "web/word.h"

static struct str
faults_of(struct view *v, const struct field *field, const struct value *value)
{
	if (field->type != FIELD_TEXT && field->type != FIELD_LONG &&
	    field->type != FIELD_TEXTS && field->type != FIELD_CITATIONS)
		return S("");
	if (value->kind != V_TEXT && value->kind != V_LIST)
		return S("");
	return cite_faults(v, show_text(v, field, value));
}

static struct str
faults_all(struct view *v, const struct form *f, const struct value *taken)
{
	struct buf b = { .arena = &v->x->arena };

	for (size_t i = 0; i < f->fields.n; i++) {
		const struct field *field = f->fields.v[i].field;

		buf_put(&b, faults_of(v, field, value_get(taken, field->id)));
	}
	return buf_str(&b);
}

bool
form_cites_new(struct view *v, const struct form *f, const struct value *taken)
{
	const struct str wrong = faults_all(v, f, taken);

	return wrong.n && !str_eq(wrong, form_get(v->x, S("cited")));
}

void
form_cites_seen(
    struct html *h, struct view *v, const struct form *f, const struct value *taken)
{
	const struct str wrong = faults_all(v, f, taken);

	if (!wrong.n)
		return;
	html(h, L("<p class=\"cite-warn\">"), T(W(cite_again)), L("</p>\n"));
	field_hidden(h, S("cited"), wrong);
}

void
form_cites_put(
    struct html *h, struct view *v, const struct field *field, const struct value *value)
{
	const struct str wrong = faults_of(v, field, value);

	if (wrong.n)
		html(h, L("<p class=\"cite-warn\">"),
		    T(word_fill(&v->x->arena, W(cite_warn), wrong)), L("</p>\n"));
}
