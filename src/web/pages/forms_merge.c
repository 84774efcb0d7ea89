/*
 * What came back against the ledger as it is now: old text and new text for each task,
 * and what is wrong, by file, row and column. Looked at anew each time, so that a cell
 * corrected on the page and a task that has moved meanwhile are judged alike.
 */
#include "web/pages/forms.h"
#include "web/word.h"

enum { REPORT_MOST = 20000 }; /* characters of one report */

static struct str
text_of(const struct value *raw, const char *key)
{
	return value_str(value_get(raw, str_z(key)));
}

static void
row_problem(struct merge *m, struct merge_row *row, struct str column, struct str text)
{
	*list_add(&m->round->v->x->arena, &row->problems) = (struct problem){
		value_num(value_get(row->raw, S("row"))), column, text
	};
	row->state = ROW_WRONG;
}

static void
file_problem(struct merge *m, struct merge_file *f, struct str text)
{
	*list_add(
	    &m->round->v->x->arena, &f->problems) = (struct problem){ .text = text };
}

/* A task that the same file or another one names again. */
static bool
is_repeated(const struct merge *m, const struct merge_row *row, struct str code)
{
	for (size_t i = 0; i < m->rows.n; i++) {
		const struct merge_row *other = &m->rows.v[i];

		if (other == row)
			return false;
		if (other->task && other->task == row->task &&
		    str_eq(other->unit, row->unit) && code.n)
			return true;
	}
	return false;
}

/* Whose row it is, from its code; false when it cannot be used at all. */
static bool
row_recognise(struct merge *m, struct merge_row *row, const struct merge_file *f)
{
	struct round *r = m->round;
	const struct str code = text_of(row->raw, "code");
	struct form_code c;

	if (!form_code_read(&r->v->x->arena, code, &c)) {
		row_problem(m, row, r->titles[FORM_CODE], W(merge_no_code));
		return false;
	}
	row->unit = c.unit;
	row->task = round_task(r, c.task);
	if (!str_eq(c.round, r->subject)) {
		row_problem(m, row, r->titles[FORM_CODE], W(merge_old_row));
		return false;
	}
	if (!row->task) {
		row_problem(m, row, r->titles[FORM_CODE], W(merge_no_task));
		return false;
	}
	if (!str_eq(c.unit, f->unit)) {
		row_problem(m, row, r->titles[FORM_CODE],
		    word_fill(&r->v->x->arena, W(merge_other_unit),
			programme_party(&r->programme, c.unit)->name));
		return false;
	}
	if (is_repeated(m, row, code)) {
		row_problem(m, row, r->titles[FORM_NO], W(merge_repeated));
		return false;
	}
	return true;
}

/* Rows that a person has looked at and saved on the page are taken as they stand. */
static void
row_check_task(struct merge *m, struct merge_row *row)
{
	struct round *r = m->round;
	const struct str code = form_code(r, row->task, row->unit);
	const bool looked_at = value_true(value_get(row->raw, S("fixed")));

	if (!round_wants(r, row->task, row->unit))
		row_problem(m, row, r->titles[FORM_STAGE],
		    word_fill(&r->v->x->arena, W(merge_stage), row->task->stage_title));
	else if (!looked_at && !str_eq(code, text_of(row->raw, "code")))
		row_problem(m, row, r->titles[FORM_TEXT], W(merge_adjusted));
	else if (!looked_at && text_of(row->raw, "text").n &&
		 !str_eq(text_of(row->raw, "text"), str_trim(row->task->text)))
		row_problem(m, row, r->titles[FORM_TEXT], W(merge_text));
}

static bool
is_new_evidence(const struct merge *m, const struct merge_row *row)
{
	const struct value *list = value_get(row->raw, S("evidence"));

	for (size_t i = 0; i < value_count(list) && i < m->round->classes->n; i++)
		if (!str_eq(value_str(value_at(list, i)),
			str_trim(round_evidence(
			    m->round, row->task, m->round->classes->v[i].id))))
			return true;
	return false;
}

/* A class that the plan asks for by its first words (一类) and nothing shows. */
static void
row_check_classes(struct merge *m, struct merge_row *row)
{
	const struct value *asked = value_get(row->task->fields, S("classes"));
	const struct value *given = value_get(row->raw, S("evidence"));
	struct round *r = m->round;

	for (size_t k = 0; row->task->answerable && k < value_count(asked); k++)
		for (size_t c = 0; c < r->classes->n; c++)
			if (str_starts(
				r->classes->v[c].title, value_str(value_at(asked, k))) &&
			    !value_str(value_at(given, c)).n)
				row_problem(
				    m, row, r->classes->v[c].title, W(merge_class));
}

static void
row_check_cells(struct merge *m, struct merge_row *row)
{
	struct round *r = m->round;
	const struct str status = text_of(row->raw, "status");

	row->now = text_of(row->raw, "report");
	row->old = str_trim(round_last(r, row->task, row->unit));
	row->finished = str_eq(status, FORM_FINISHED);
	if (status.n && !row->finished && !str_eq(status, FORM_GOING))
		row_problem(m, row, r->titles[FORM_STATUS], W(merge_status));
	if (str_chars(row->now) > REPORT_MOST)
		row_problem(m, row, r->titles[FORM_REPORT],
		    word_n(&r->v->x->arena, W(merge_long), REPORT_MOST));
	if (!row->now.n && (row->finished || is_new_evidence(m, row)))
		row_problem(m, row, r->titles[FORM_REPORT], W(merge_empty));
	if (row->finished)
		row_check_classes(m, row);
}

static void
row_look(struct merge *m, struct merge_row *row, const struct merge_file *f)
{
	row->state = ROW_SAME;
	if (!row_recognise(m, row, f))
		return;
	if (value_true(value_get(row->raw, S("done")))) {
		row->now = text_of(row->raw, "report");
		row->state = ROW_DONE;
		return;
	}
	row_check_cells(m, row);
	row_check_task(m, row);
	if (text_of(row->raw, "refused").n)
		row_problem(m, row, S(""), text_of(row->raw, "refused"));
	if (row->state != ROW_WRONG && (row->finished || is_new_evidence(m, row) ||
					   (row->now.n && !str_eq(row->now, row->old))))
		row->state = ROW_NEW;
	else if (row->state == ROW_WRONG && !row->finished && !is_new_evidence(m, row) &&
		 str_eq(row->now, row->old) && !text_of(row->raw, "refused").n)
		row->state = ROW_SAME; /* nothing new in it: nothing to complain of */
}

/* ---- files as a whole ---- */

static bool
all_old(const struct merge *m, const struct merge_file *f)
{
	const struct value *rows = value_get(f->raw, S("rows"));
	struct form_code c;

	for (size_t i = 0; i < value_count(rows); i++)
		if (form_code_read(
			&m->round->v->x->arena, text_of(value_at(rows, i), "code"), &c) &&
		    str_eq(c.round, m->round->subject))
			return false;
	return value_count(rows) > 0;
}

static void
file_look(struct merge *m, struct merge_file *f)
{
	struct round *r = m->round;
	struct arena *a = &r->v->x->arena;

	f->name = text_of(f->raw, "name");
	f->error = text_of(f->raw, "error");
	f->unit = text_of(f->raw, "unit");
	if (f->error.n)
		return;
	if (all_old(m, f))
		f->error = W(merge_old_file);
	else if (!round_asks(r, f->unit))
		f->error = word_fill(
		    a, W(merge_not_asked), programme_party(&r->programme, f->unit)->name);
	for (size_t i = 0; !f->error.n && i < m->files.n && &m->files.v[i] != f; i++)
		if (!m->files.v[i].error.n && str_eq(m->files.v[i].unit, f->unit))
			file_problem(m, f, word_n(a, W(merge_twice), (int64_t)i + 1));
}

static void
missing_look(struct merge *m, size_t file)
{
	struct merge_file *f = &m->files.v[file];
	struct round *r = m->round;
	LIST(struct str) gone = { 0 };

	for (size_t t = 0; t < r->rows.n; t++) {
		bool found = !round_wants(r, &r->rows.v[t], f->unit);

		for (size_t i = 0; i < m->rows.n && !found; i++)
			found = m->rows.v[i].task == &r->rows.v[t] &&
				str_eq(m->rows.v[i].unit, f->unit);
		if (!found)
			*list_add(&r->v->x->arena, &gone) = r->rows.v[t].no;
	}
	if (gone.n)
		file_problem(m, f,
		    word_fill(&r->v->x->arena, W(merge_missing),
			str_join(&r->v->x->arena, gone.v, gone.n, W(list_comma))));
}

static void
rows_look(struct merge *m, size_t file)
{
	struct value *rows = (struct value *)(uintptr_t)value_get(
	    m->files.v[file].raw, S("rows"));

	for (size_t i = 0; i < value_count(rows); i++) {
		struct merge_row *row = list_add(&m->round->v->x->arena, &m->rows);

		row->file = file;
		row->at = i;
		row->raw = &rows->list.items[i];
		row_look(m, row, &m->files.v[file]);
		m->n_new += row->state == ROW_NEW;
		m->n_wrong += row->state == ROW_WRONG;
		m->n_same += row->state == ROW_SAME;
		m->n_done += row->state == ROW_DONE;
	}
	missing_look(m, file);
}

void
merge_look(struct merge *m)
{
	struct value *files = (struct value *)(uintptr_t)value_get(
	    &m->draft.state, S("files"));

	for (size_t i = 0; i < value_count(files); i++) {
		struct merge_file *f = list_add(&m->round->v->x->arena, &m->files);

		f->raw = &files->list.items[i];
		file_look(m, f);
		if (!f->error.n)
			rows_look(m, i);
	}
}
