/* What a form asks for: read from the definition of the act, or of the engine's own acts
 * (correct, settle, destroy), which every matter has. */
#include "act/fold.h"
#include "lang/canon.h"
#include "web/pages/act_form.h"
#include "web/word.h"

static void
add_field(struct view *v, struct form *out, const struct field *f, bool optional)
{
	*list_add(&v->x->arena, &out->fields) = (struct form_field){
		.field = f, .optional = optional, .among = value_null()
	};
}

/* A field that no definition has: the engine's own acts ask for these. */
static void
add_own(struct view *v, struct form *out, struct str id, struct str title, bool is_long)
{
	struct field *f = arena_new(&v->x->arena, struct field);

	*f = (struct field){ .id = id,
		.name = id,
		.title = title,
		.type = is_long ? FIELD_LONG : FIELD_TEXT,
		.required = true };
	add_field(v, out, f, false);
}

/* The rows of which the act opens a matter each: what stands there was opened before. */
static bool
opens_rows(const struct form *f, const struct action_def *a, struct str id)
{
	for (size_t i = 0; i < a->opens.n; i++) {
		const struct child_def *c = child_find(f->procedure, a->opens.v[i]);

		if (c && str_eq(c->for_rows, id))
			return true;
	}
	return false;
}

/* Only the office of the ledger enters what a unit sent back on paper. */
static bool
speaks_for_others(struct view *v)
{
	bool may = false;

	return ask_can(&v->x->cx, &v->r, v->person, S("supervise-task"), &may) ==
		   ERR_OK &&
	       may;
}

static void
of_action(struct view *v, const struct action_def *a, struct form *out)
{
	out->def = a;
	out->title = a->title;
	out->says = a->says;
	out->may_register = action_may_register(out->procedure, a);
	for (size_t i = 0; i < a->form.n; i++) {
		const struct field *f = field_find(
		    &out->procedure->fields, a->form.v[i].field);

		if (!f || (str_eq(f->id, S("for-unit")) && !speaks_for_others(v)))
			continue;
		add_field(v, out, f, a->form.v[i].optional || !f->required);
		out->fields.v[out->fields.n - 1].is_fresh = opens_rows(out, a, f->id);
	}
	if (a->asks_reason)
		add_own(v, out, S("reason"), W(act_reason), true);
}

/* A field that the matter has and this reader sees. */
static bool
is_correctable(const struct form *f, const struct field *field)
{
	const struct value *value = value_get(&f->current, field->id);

	return !value_is_null(value) && value->kind != V_MAP &&
	       (field->type != FIELD_ROWS || !id_list_has(&f->hidden, field->id));
}

/* One row: nothing else is on its page. False when there is no such row. */
static bool
of_row(struct view *v, struct form *out, struct str asked)
{
	for (size_t i = 0; i < out->procedure->fields.n; i++) {
		const struct field *f = &out->procedure->fields.v[i];
		size_t row = 0;

		if (!is_correctable(out, f) || !form_row_is(asked, f, &row) ||
		    row > value_count(value_get(&out->current, f->id)))
			continue;
		add_field(v, out, f, true);
		out->fields.v[0].is_one = true;
		out->fields.v[0].row = row;
		return true;
	}
	return false;
}

/* Everything a matter already says may be corrected, but not what was sealed. */
static bool
of_correction(struct view *v, struct form *out)
{
	const struct str row = form_row_asked(v->x);

	out->kind = FORM_CORRECT;
	out->title = W(act_correct);
	if (row.n && !of_row(v, out, row))
		return false;
	for (size_t i = 0; !row.n && i < out->procedure->fields.n; i++) {
		const struct field *f = &out->procedure->fields.v[i];

		if (!is_correctable(out, f))
			continue;
		if (f->type == FIELD_ROWS)
			*list_add(&v->x->arena, &out->rows) = f;
		else
			add_field(v, out, f, true);
	}
	add_own(v, out, S("reason"), W(act_reason), true);
	return true;
}

static bool
of_own(struct view *v, struct form *out)
{
	if (str_eq(out->action, S("correct"))) {
		return of_correction(v, out);
	} else if (str_eq(out->action, S("settle"))) {
		out->kind = FORM_SETTLE;
		out->title = W(act_settle);
		add_own(v, out, S("reason"), W(act_reason), true);
	} else if (str_eq(out->action, S("destroy"))) {
		out->kind = FORM_DESTROY;
		out->title = W(act_destroy);
		add_own(v, out, S("reason"), W(act_reason), true);
	} else {
		return false;
	}
	return true;
}

static enum err
of_matter(struct view *v, struct form *out)
{
	struct cx *cx = &v->x->cx;
	struct id_list masks;
	const struct action_def *a;

	TRY(read_matter(cx, &v->r, out->subject, &out->state));
	out->procedure = show_procedure(v, &out->state);
	if (!out->procedure)
		return word_fail(cx, ERR_NOT_FOUND, W(none_procedure));
	out->current = *value_get(&out->state, S("fields"));
	out->seq = value_num(value_get(&out->state, S("seq")));
	TRY(ask_hidden(
	    cx, &v->r, v->defs, v->person, out->subject, &masks, &out->hidden));
	if (of_own(v, out))
		return ERR_OK;
	a = action_find(out->procedure, out->action);
	if (!a || a->at_new)
		return word_fail(cx, ERR_NOT_FOUND, W(none_matter));
	out->kind = FORM_ACTION;
	of_action(v, a, out);
	return ERR_OK;
}

static void
of_register(struct view *v, struct form *out)
{
	const bool is_new = !out->subject.n;

	if (str_eq(out->action, S("destroy"))) {
		out->kind = FORM_DESTROY;
		out->title = W(act_destroy);
		add_own(v, out, S("reason"), W(act_reason), true);
		return;
	}
	if (str_eq(out->action, S("end"))) {
		out->kind = FORM_END;
		out->title = word_fill(&v->x->arena, W(act_end), out->reg->title);
		add_own(v, out, S("reason"), W(act_reason), true);
		return;
	}
	out->kind = FORM_PUT;
	out->title = word_fill(
	    &v->x->arena, is_new ? W(act_put_new) : W(act_put), out->reg->title);
	for (size_t i = 0; i < out->reg->fields.n; i++)
		add_field(
		    v, out, &out->reg->fields.v[i], !out->reg->fields.v[i].required);
}

static enum err
of_entry(struct view *v, struct form *out)
{
	struct cx *cx = &v->x->cx;
	const bool destroys = str_eq(out->action, S("destroy"));
	struct value entry = value_null();
	struct read_page history;

	if (!destroys && !str_eq(out->action, S("put")) && !str_eq(out->action, S("end")))
		return word_fail(cx, ERR_NOT_FOUND, W(none_matter));
	/* What an entry held can go after its end too. */
	if (!destroys)
		TRY(read_entry(cx, &v->r, out->subject, cx_today(cx), READ_NOW, &entry));
	TRY(read_history(cx, &v->r, out->subject, &history));
	if (!history.n)
		return word_fail(cx, ERR_NOT_FOUND, W(none_matter));
	out->current = *value_get(&entry, S("values"));
	out->seq = (int64_t)history.n;
	of_register(v, out);
	return ERR_OK;
}

enum err
form_of_subject(struct view *v, struct str subject, struct str action, struct form *out)
{
	const struct str family = subject_family(subject);

	*out = (struct form){ .subject = subject,
		.family = family,
		.action = action,
		.state = value_null(),
		.current = value_map(),
		.reg = defs_register(v->defs, family) };
	return out->reg ? of_entry(v, out) : of_matter(v, out);
}

enum err
form_of_new(struct view *v, struct str family, struct str action, struct form *out)
{
	const struct action_def *a;

	*out = (struct form){ .family = family,
		.action = action,
		.state = value_null(),
		.current = value_map(),
		.reg = defs_register(v->defs, family),
		.procedure = defs_procedure(v->defs, family) };
	if (out->reg && str_eq(action, S("put"))) {
		of_register(v, out);
		return ERR_OK;
	}
	a = out->procedure ? action_find(out->procedure, action) : NULL;
	if (!a || !a->at_new)
		return word_fail(&v->x->cx, ERR_NOT_FOUND, W(none_matter));
	out->kind = FORM_NEW;
	of_action(v, a, out);
	return ERR_OK;
}

enum err
form_values_at(struct view *v, const struct form *f, int64_t seq, struct value *out)
{
	struct read_page history;
	struct value values = value_map();

	if (!f->subject.n || seq <= 0 || seq >= f->seq) {
		*out = f->current;
		return ERR_OK;
	}
	TRY(read_history(&v->x->cx, &v->r, f->subject, &history));
	for (size_t i = 0; i < history.n && (int64_t)i < seq; i++) {
		const struct value *open = value_get(&history.v[i], S("open"));

		if (f->reg && value_get(open, S("values"))->kind == V_MAP)
			values = *value_get(open, S("values"));
		if (!f->reg)
			fold_fields(&v->x->arena, &values, open);
	}
	*out = values;
	return ERR_OK;
}

enum err
form_among(struct view *v, struct form *f, const struct value *values)
{
	for (size_t i = 0; i < f->fields.n; i++) {
		struct form_field *ff = &f->fields.v[i];

		if (f->procedure)
			TRY(ask_among(&v->x->cx, &v->r, v->defs, f->subject, f->family,
			    values, ff->field, &ff->among));
	}
	return ERR_OK;
}
