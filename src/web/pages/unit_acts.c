/*
 * From the posted table to acts. Rows nobody touched are left alone; each act stands for
 * itself, so one that is refused takes nothing from the others.
 */
#include "base/date.h"
#include "web/field.h"
#include "web/layout.h"
#include "web/pages/page.h"
#include "web/pages/unit_table.h"
#include "web/session.h"
#include "web/site.h"
#include "web/upload.h"
#include "web/word.h"

struct acts {
	struct act *v;
	size_t n, cap;
};

static struct str
posted(const struct unit_table *t, const char *what, const struct task_row *row)
{
	return str_trim(form_get(t->x, unit_input(&t->x->arena, what, row)));
}

static bool
is_ticked(const struct unit_table *t, const struct task_row *row)
{
	return params_has_value(
	    &t->x->req.form, S("t"), str_fmt(&t->x->arena, "%lld", (long long)row->n));
}

static struct act *
act_add(struct unit_table *t, struct acts *acts, const struct task_row *row,
    const char *action, int64_t done)
{
	struct arena *a = &t->x->arena;
	struct act *act = list_add(a, acts);

	*act = (struct act){ .actor = t->x->session->person,
		.behalf = t->post,
		.subject = row->subject,
		.action = str_z(action),
		.form = value_map(),
		.done = done,
		.key = str_fmt(a, "%.*s-%lld-%s", STR_ARG(form_get(t->x, S("key"))),
		    (long long)row->n, action) };
	str_int(posted(t, "seen", row), &act->seen);
	if (t->mode == ENTRY_FOR_UNIT)
		value_set_text(a, &act->form, "for-unit", t->unit->subject);
	return act;
}

/* The lines that name something; of the row, or when it has none, those for all ticked.
 */
static struct value
evidence_lines(struct unit_table *t, const struct task_row *row)
{
	struct arena *a = &t->x->arena;
	struct value lines = value_list();

	for (size_t i = 0; i < EVIDENCE_MOST; i++) {
		const struct value *file = map_find(
		    &t->files, unit_evidence(a, row, i, "file"));
		struct str value = str_trim(
		    form_get(t->x, unit_evidence(a, row, i, "value")));
		struct value line = value_map(), files = value_list();

		if (file && !value.n)
			value = value_str(value_get(file, S("name")));
		if (!value.n)
			continue;
		value_set_text(
		    a, &line, "class", form_get(t->x, unit_evidence(a, row, i, "class")));
		value_set_text(a, &line, "form",
		    file ? S("upload")
			 : form_get(t->x, unit_evidence(a, row, i, "form")));
		value_set_text(a, &line, "value", value);
		if (file) {
			value_add(a, &files, *file);
			value_set(a, &line, S("files"), files);
		}
		value_add(a, &lines, line);
	}
	return lines;
}

/* What was handed in before stays. */
static void
evidence_set(struct unit_table *t, struct act *act, const struct task_row *row)
{
	struct arena *a = &t->x->arena;
	struct value more = evidence_lines(t, row), all;
	const struct value *had = value_get(row->fields, S("evidence"));

	if (!value_count(&more))
		more = evidence_lines(t, NULL);
	if (!value_count(&more) || row->is_hidden)
		return;
	all = had->kind == V_LIST ? value_copy(a, had) : value_list();
	for (size_t i = 0; i < value_count(&more); i++)
		value_add(a, &all, *value_at(&more, i));
	value_set(a, &act->form, S("evidence"), all);
}

/* A text that was changed, or evidence that was put to it. */
static void
save_add(
    struct unit_table *t, struct acts *acts, const struct task_row *row, int64_t done)
{
	const struct value more = evidence_lines(t, row);
	const struct str text = posted(t, "report", row);
	const bool changed = text.n && !str_eq(unit_digest(&t->x->arena, text),
					   posted(t, "was", row));
	struct act *act;

	if ((!changed && !value_count(&more)) || !unit_row_may(t, row, "progress"))
		return;
	act = act_add(t, acts, row, "progress", done);
	if (text.n)
		value_set_text(&t->x->arena, &act->form, "report", text);
	if (value_count(&more))
		evidence_set(t, act, row);
}

static void
same_add(
    struct unit_table *t, struct acts *acts, const struct task_row *row, int64_t done)
{
	const struct str text = str_trim(form_get(t->x, S("same")));

	if (is_ticked(t, row) && text.n)
		value_set_text(&t->x->arena,
		    &act_add(t, acts, row, "progress", done)->form, "report", text);
}

static void
apply_add(
    struct unit_table *t, struct acts *acts, const struct task_row *row, int64_t done)
{
	const struct str own = posted(t, "report", row);
	const struct str text = own.n ? own : str_trim(form_get(t->x, S("same")));
	struct act *act;

	if (!is_ticked(t, row))
		return;
	act = act_add(t, acts, row, "apply", done);
	if (text.n)
		value_set_text(&t->x->arena, &act->form, "report", text);
	evidence_set(t, act, row);
}

static void
row_acts(struct unit_table *t, struct acts *acts, const struct task_row *row,
    struct str what, int64_t done)
{
	if (str_eq(what, S("sign-all"))) {
		if (unit_row_may(t, row, "sign"))
			act_add(t, acts, row, "sign", done);
	} else if (str_eq(what, S("sign"))) {
		if (is_ticked(t, row))
			act_add(t, acts, row, "sign", done);
	} else if (str_eq(what, S("same"))) {
		same_add(t, acts, row, done);
	} else if (str_eq(what, S("apply"))) {
		apply_add(t, acts, row, done);
	} else {
		save_add(t, acts, row, done);
	}
}

/* Each row's refusals lead to the row. */
static void
refusals_place(struct exchange *x)
{
	for (size_t i = 0; i < acts_count(x); i++) {
		const struct act_answer *a = acts_answer(x, i);
		const struct str s = a->subject;

		for (size_t k = a->refusals; k < a->refusals + a->refused; k++)
			x->cx.refusals.v[k].field = str_fmt(&x->arena, "row-%.*s",
			    STR_ARG(str_sub(s, str_rfind(s, S("/")) + 1, s.n)));
	}
}

static struct str
back_url(const struct unit_table *t, size_t saved)
{
	struct arena *a = &t->x->arena;

	return url_query(a, str_fmt(a, "/unit/%.*s", STR_ARG(t->n)),
	    { S("saved"), str_fmt(a, "%zu", saved) },
	    { S("page"), t->page ? str_fmt(a, "%zu", t->page + 1) : S("") });
}

static void
unit_answered(struct exchange *x)
{
	struct unit_table t = { .x = x };
	size_t saved = 0;
	VIEW v = { 0 };

	for (size_t i = 0; i < acts_count(x); i++) {
		const enum err err = acts_answer(x, i)->err;

		saved += err == ERR_OK;
		if (err != ERR_OK && err != ERR_REFUSED && err != ERR_STALE) {
			respond_err(x, err);
			return;
		}
	}
	if (!view_open(x, &v) || !view_ok(&v, unit_table_read(&t, &v)))
		return;
	if (saved == acts_count(x)) {
		respond_redirect(x, back_url(&t, saved));
		return;
	}
	refusals_place(x);
	unit_table_put(&t, 422);
}

/* false: what was asked cannot be done with this form; the refusal says why. */
static bool
acts_read(struct unit_table *t, struct acts *acts)
{
	const struct str what = form_get(t->x, S("do"));
	const struct str day = str_trim(form_get(t->x, S("done")));
	int64_t done = t->p.today;

	if (day.n && !day_read(day, &done)) {
		form_refuse(t->x, S("done"), W(unit_day_wrong));
		return false;
	}
	if (str_eq(what, S("same")) && !str_trim(form_get(t->x, S("same"))).n) {
		form_refuse(t->x, S("same"), W(unit_same_empty));
		return false;
	}
	for (size_t i = 0; i < t->leads.n; i++)
		row_acts(t, acts, &t->leads.v[i], what, done);
	if (!acts->n)
		form_refuse(t->x, S("tasks"),
		    what.n ? W(unit_none_ticked) : W(unit_none_changed));
	return acts->n > 0;
}

/* "evidence-17-0-file" → its row; what is for all ticked ones stands at their text. */
static struct str
upload_row(struct exchange *x, struct str name)
{
	struct str rest = str_sub(name, S("evidence-").n, name.n), n;

	if (!str_starts(name, S("evidence-")) || !str_split(&rest, S("-"), &n) ||
	    str_eq(n, S("0")))
		return S("same");
	return str_fmt(&x->arena, "row-%.*s", STR_ARG(n));
}

/* Judges what was uploaded and keeps it; false: the exchange is answered. */
static bool
files_keep(struct unit_table *t)
{
	struct exchange *x = t->x;

	if (!uploads_judge(x, S(""), UPLOAD_FILES_MAX)) {
		for (size_t i = 0; i < x->cx.refusals.n; i++)
			x->cx.refusals.v[i].field = upload_row(
			    x, x->cx.refusals.v[i].field);
		unit_table_put(t, 422);
		return false;
	}
	for (size_t i = 0; i < x->req.files.n; i++) {
		struct value *kept = arena_new(&x->arena, struct value);

		if (!x->req.files.v[i].size)
			continue;
		if (!view_ok(t->p.v, upload_keep(x, &x->req.files.v[i], kept)))
			return false;
		map_put(&x->arena, &t->files, x->req.files.v[i].name, kept);
	}
	return true;
}

void
page_unit_post(struct exchange *x)
{
	struct unit_table t = { .x = x };
	struct acts acts = { 0 };

	{
		VIEW v = { 0 };

		if (!view_open(x, &v) || !view_ok(&v, unit_table_read(&t, &v)))
			return;
		if (t.mode == ENTRY_NONE) {
			respond_error(x, 403);
			return;
		}
		if (!files_keep(&t))
			return;
		if (!acts_read(&t, &acts)) {
			unit_table_put(&t, 422);
			return;
		}
	}
	acts_submit(x, acts.v, acts.n, unit_answered);
}
