/* Confirmed: the rows of a merge become acts, in one group, entered for the units. */
#include "web/pages/forms.h"
#include "web/pages/page.h"
#include "web/session.h"
#include "web/site.h"
#include "web/word.h"

struct taking {
	struct merge *m;
	struct round *r;
	struct exchange *x;
	LIST(struct act) acts;
	struct value sent; /* for each act: { file at last } or { unit } */
};

static struct act *
act_add(struct taking *k, struct str subject, struct str action, struct str unit,
    struct str key)
{
	struct act *act = list_add(&k->x->arena, &k->acts);

	*act = (struct act){ .actor = k->x->session->person,
		.subject = subject,
		.action = action,
		.form = value_map(),
		.done = cx_today(&k->x->cx),
		.key = str_fmt(&k->x->arena, "forms-%.*s-%.*s-%.*s",
		    STR_ARG(k->m->draft.id), STR_ARG(key), STR_ARG(action)) };
	value_set_text(&k->x->arena, &act->form, "for-unit", unit);
	return act;
}

static void
sent_add(struct taking *k, const struct merge_row *row, bool last)
{
	struct value one = value_map();

	if (row) {
		value_set_int(&k->x->arena, &one, "file", (int64_t)row->file);
		value_set_int(&k->x->arena, &one, "at", (int64_t)row->at);
	}
	value_set(&k->x->arena, &one, S("last"), value_bool(last));
	value_add(&k->x->arena, &k->sent, one);
}

static struct str
form_of_evidence(struct str text)
{
	if (str_starts(text, S("http://")) || str_starts(text, S("https://")))
		return S("link");
	return str_has(text, W(forms_number_sign)) ? S("number") : S("held");
}

/* What shows a class stays as it is where the cell has not changed. */
static void
evidence_set(struct taking *k, const struct merge_row *row, struct act *act)
{
	const struct value *given = value_get(row->raw, S("evidence"));
	const struct value *now = value_get(row->task->fields, S("evidence"));
	struct value rows = value_list();
	bool changed = false;

	for (size_t c = 0; c < k->r->classes->n; c++) {
		const struct str class = k->r->classes->v[c].id;
		const struct str text = value_str(value_at(given, c));
		struct value one = value_map();

		if (str_eq(text, str_trim(round_evidence(k->r, row->task, class)))) {
			for (size_t i = 0; i < value_count(now); i++)
				if (str_eq(value_str(
					       value_get(value_at(now, i), S("class"))),
					class))
					value_add(&k->x->arena, &rows, *value_at(now, i));
			continue;
		}
		changed = true;
		if (!text.n)
			continue;
		value_set_text(&k->x->arena, &one, "class", class);
		value_set_text(&k->x->arena, &one, "form", form_of_evidence(text));
		value_set_text(&k->x->arena, &one, "value", text);
		value_add(&k->x->arena, &rows, one);
	}
	if (changed)
		value_set(&k->x->arena, &act->form, S("evidence"), rows);
}

/* Everyone who moves the task has signed, counting this unit. */
static bool
all_signed(const struct merge_row *row)
{
	const struct value *movers = value_get(row->task->fields, S("movers"));
	const struct value *has = value_get(row->task->fields, S("signed"));

	for (size_t i = 0; i < value_count(movers); i++) {
		bool found = str_eq(value_str(value_at(movers, i)), row->unit);

		for (size_t k = 0; k < value_count(has) && !found; k++)
			found = value_eq(value_at(has, k), value_at(movers, i));
		if (!found)
			return false;
	}
	return true;
}

static bool
has_signed(const struct merge_row *row)
{
	const struct value *has = value_get(row->task->fields, S("signed"));

	for (size_t k = 0; k < value_count(has); k++)
		if (str_eq(value_str(value_at(has, k)), row->unit))
			return true;
	return false;
}

/* A form that comes back was received: 签收 goes with it. What is finished cannot be
 * applied for while other leads have not signed; then it is progress for now. */
static void
row_take(struct taking *k, const struct merge_row *row)
{
	const struct procedure_def *task = defs_procedure(k->r->v->defs, S("task"));
	const bool issued = id_list_has(
	    &action_find(task, S("sign"))->at, row->task->stage);
	const bool apply = row->finished && (!issued || all_signed(row));
	const struct str key = str_fmt(&k->x->arena, "%zu-%zu-%llx", row->file, row->at,
	    (unsigned long long)str_hash(row->now));
	struct act *act;

	if (issued && !has_signed(row)) {
		act_add(k, row->task->subject, S("sign"), row->unit, key);
		sent_add(k, row, false);
	}
	act = act_add(
	    k, row->task->subject, apply ? S("apply") : S("progress"), row->unit, key);
	value_set_text(&k->x->arena, &act->form, "report", row->now);
	evidence_set(k, row, act);
	sent_add(k, row, true);
}

/* Each unit whose file could be read has returned its form. */
static void
returned_take(struct taking *k)
{
	for (size_t f = 0; f < k->m->files.n; f++) {
		const struct merge_file *file = &k->m->files.v[f];
		bool seen = file->error.n || round_returned(k->r, file->unit) ||
			    !k->r->is_open;

		for (size_t i = 0; i < f && !seen; i++)
			seen = !k->m->files.v[i].error.n &&
			       str_eq(k->m->files.v[i].unit, file->unit);
		if (seen)
			continue;
		act_add(k, k->r->subject, S("take-back"), file->unit, file->unit);
		sent_add(k, NULL, false);
	}
}

static struct value *
raw_row(struct merge *m, const struct value *sent)
{
	const int64_t file = value_num(value_get(sent, S("file")));
	const int64_t at = value_num(value_get(sent, S("at")));

	if (value_is_null(value_get(sent, S("file"))))
		return NULL;
	for (size_t i = 0; i < m->rows.n; i++)
		if (m->rows.v[i].file == (size_t)file && m->rows.v[i].at == (size_t)at)
			return m->rows.v[i].raw;
	return NULL;
}

/* What became of each act, beside its row. */
static void
answers_note(struct exchange *x, struct merge *m)
{
	const struct value *sent = value_get(&m->draft.state, S("sent"));

	for (size_t i = 0; i < acts_count(x) && i < value_count(sent); i++) {
		const struct act_answer *a = acts_answer(x, i);
		const struct value *one = value_at(sent, i);
		struct value *raw = raw_row(m, one);

		if (!raw)
			continue;
		if (a->err == ERR_OK && value_true(value_get(one, S("last"))))
			value_set(&x->arena, raw, S("done"), value_bool(true));
		else if (a->err != ERR_OK)
			value_set_text(&x->arena, raw, "refused",
			    a->refused ? x->cx.refusals.v[a->refusals].message
				       : W(forms_unwritten));
	}
	value_unset(&m->draft.state, S("sent"));
}

static void
taken(struct exchange *x)
{
	struct merge m;
	struct round r;
	VIEW v = { 0 };

	if (!merge_open(x, &v, &r, &m))
		return;
	answers_note(x, &m);
	if (view_ok(&v, draft_set(&x->cx, x->site->drafts, m.draft.id, &m.draft.state)))
		respond_redirect(
		    x, str_fmt(&x->arena, "/forms/in/%.*s", STR_ARG(m.draft.id)));
}

static bool
is_ticked(const struct exchange *x, const struct merge_row *row)
{
	return params_has_value(&x->req.form, S("take"),
	    str_fmt((struct arena *)(uintptr_t)&x->arena, "%zu-%zu", row->file, row->at));
}

void
page_merge_post(struct exchange *x)
{
	struct taking k = { .x = x, .sent = value_list() };
	struct merge m;
	struct round r;
	VIEW v = { 0 };

	if (!merge_open(x, &v, &r, &m))
		return;
	if (form_get(x, S("drop")).n) {
		if (view_ok(&v, draft_drop(&x->cx, x->site->drafts, m.draft.id)))
			respond_redirect(
			    x, str_fmt(&x->arena, "/forms/%.*s", STR_ARG(r.n)));
		return;
	}
	k.m = &m;
	k.r = &r;
	returned_take(&k);
	for (size_t i = 0; i < m.rows.n; i++)
		if (m.rows.v[i].state == ROW_NEW && is_ticked(x, &m.rows.v[i]))
			row_take(&k, &m.rows.v[i]);
	value_set(&x->arena, &m.draft.state, S("sent"), k.sent);
	if (!view_ok(&v, draft_set(&x->cx, x->site->drafts, m.draft.id, &m.draft.state)))
		return;
	if (k.acts.n)
		acts_submit(x, k.acts.v, k.acts.n, taken);
	else
		respond_redirect(
		    x, str_fmt(&x->arena, "/forms/in/%.*s", STR_ARG(m.draft.id)));
}
