/*
 * The merge on the page: problems by file, row and column; old text beside new text; one
 * cell corrected without sending the file again; then, confirmed, one group of acts,
 * entered for the units (代录).
 */
#include "out/xlsx.h"
#include "web/field.h"
#include "web/pages/forms.h"
#include "web/pages/page.h"
#include "web/session.h"
#include "web/site.h"
#include "web/word.h"

static struct str
merge_path(const struct merge *m, const char *end)
{
	return str_fmt(
	    &m->round->v->x->arena, "/forms/in/%.*s%s", STR_ARG(m->draft.id), end);
}

static struct str
row_path(const struct merge *m, const struct merge_row *row)
{
	return str_fmt(&m->round->v->x->arena, "/forms/in/%.*s/row/%zu/%zu",
	    STR_ARG(m->draft.id), row->file, row->at);
}

bool
merge_open(struct exchange *x, struct view *v, struct round *r, struct merge *m)
{
	struct draft draft = { 0 };
	const enum err err = x->site->drafts ? draft_get(&x->cx, x->site->drafts,
						   FORMS_KIND, x->req.args[0], &draft)
					     : ERR_NOT_FOUND;

	if (err != ERR_OK) {
		respond_err(x, err);
		return false;
	}
	*m = (struct merge){ .round = r, .draft = draft };
	if (!round_open(x, v, value_str(value_get(&draft.state, S("round"))), r))
		return false;
	merge_look(m);
	return true;
}

static struct str
unit_name(const struct merge *m, struct str unit)
{
	return unit.n ? programme_party(&m->round->programme, unit)->name : S("");
}

/* ---- problems ---- */

/* The column, unless it is the row as a whole, and what is wrong there. */
static struct str
problem_text(const struct merge *m, const struct problem *p)
{
	return p->column.n
		   ? word_fill(&m->round->v->x->arena, W(titled), p->column, p->text)
		   : p->text;
}

static void
problem_row(struct grid *t, const struct merge *m, size_t file, const struct problem *p,
    const struct merge_row *row)
{
	row_open(t);
	cell(t, L("<span class=\"code\">"), T(m->files.v[file].name), L("</span>"));
	cell_open(t);
	if (p->row)
		html(t->h, N(p->row));
	cell_close(t);
	cell(t, T(p->column));
	cell(t, T(p->text));
	cell_open(t);
	if (row && row->task)
		html(t->h, L("<a href=\""), U(row_path(m, row)), L("\">"),
		    T(W(merge_fix)), L("<span class=\"heard\">"), T(row->task->no),
		    L("</span></a>"));
	cell_close(t);
	row_close(t);
}

static void
problems_put(struct html *h, const struct merge *m)
{
	const struct grid_column columns[] = { { .title = W(file_one), .head = true },
		{ .title = W(line_one), .number = true }, { .title = W(merge_column) },
		{ .title = W(merge_problem), .wide = true }, { .title = W(act_column) } };
	struct grid t;
	bool any = m->n_wrong > 0;

	for (size_t f = 0; f < m->files.n; f++)
		any |= m->files.v[f].error.n || m->files.v[f].problems.n;
	if (!any)
		return;
	html(h, L("<h2>"), T(W(merge_problems)), L("</h2>\n"));
	t = grid_open(h, W(merge_problems_are), columns, 5);
	for (size_t f = 0; f < m->files.n; f++) {
		const struct merge_file *file = &m->files.v[f];

		if (file->error.n)
			problem_row(
			    &t, m, f, &(struct problem){ .text = file->error }, NULL);
		for (size_t k = 0; k < file->problems.n; k++)
			problem_row(&t, m, f, &file->problems.v[k], NULL);
		for (size_t i = 0; i < m->rows.n; i++)
			if (m->rows.v[i].file == f && m->rows.v[i].state == ROW_WRONG)
				for (size_t k = 0; k < m->rows.v[i].problems.n; k++)
					problem_row(&t, m, f, &m->rows.v[i].problems.v[k],
					    &m->rows.v[i]);
	}
	grid_close(&t);
}

/* Files that have rows to be sent back. */
static void
backs_put(struct html *h, const struct merge *m)
{
	bool any = false;

	for (size_t f = 0; f < m->files.n; f++) {
		bool bad = false;

		for (size_t i = 0; i < m->rows.n; i++)
			bad |= m->rows.v[i].file == f && m->rows.v[i].state == ROW_WRONG;
		if (!bad)
			continue;
		if (!any)
			html(h, L("<p>"), T(W(merge_backs)), L("</p>\n<ul>\n"));
		any = true;
		html(h, L("<li><a href=\""),
		    U(str_fmt(&m->round->v->x->arena, "/forms/in/%.*s/back/%zu",
			STR_ARG(m->draft.id), f)),
		    L("\"><span class=\"code\">"), T(m->files.v[f].name),
		    L("</span></a></li>\n"));
	}
	if (any)
		html(h, L("</ul>\n"));
}

/* ---- differences ---- */

static struct str
tick_name(const struct merge *m, const struct merge_row *row)
{
	return str_fmt(&m->round->v->x->arena, "%zu-%zu", row->file, row->at);
}

static void
difference_row(struct grid *t, const struct merge *m, const struct merge_row *row)
{
	const struct str id = tick_name(m, row);

	row_open(t);
	cell_open(t);
	tick_box(t->h, S("take"), id,
	    word_fill(&m->round->v->x->arena, W(merge_tick), row->task->no), true);
	cell_close(t);
	cell(t, T(unit_name(m, row->unit)));
	cell(t, T(row->task->no), T(S(" ")), T(row->task->text));
	cell(t, L("<del>"), T(row->old), L("</del>"));
	cell(t, L("<ins>"), T(row->now), L("</ins>"));
	cell(t, T(row->finished ? FORM_FINISHED : FORM_GOING));
	cell(t, L("<a href=\""), U(row_path(m, row)), L("\">"), T(W(merge_fix)),
	    L("<span class=\"heard\">"), T(row->task->no), L("</span></a>"));
	row_close(t);
}

static void
differences_put(struct html *h, const struct merge *m)
{
	const struct grid_column columns[] = { { .title = W(merge_take),
						   .tick = S("take") },
		{ .title = W(desk_unit), .head = true },
		{ .title = W(desk_task), .wide = true },
		{ .title = W(merge_before), .wide = true },
		{ .title = W(merge_now), .wide = true }, { .title = W(forms_status) },
		{ .title = W(act_column) } };
	struct grid t;

	html(h, L("<h2>"), T(W(merge_changed)), L("</h2>\n"));
	t = grid_open(h, W(merge_changed_are), columns, 7);
	for (size_t i = 0; i < m->rows.n; i++)
		if (m->rows.v[i].state == ROW_NEW)
			difference_row(&t, m, &m->rows.v[i]);
	grid_close(&t);
}

static void
missing_put(struct html *h, const struct merge *m)
{
	const struct value *asked = value_get(m->round->fields, S("asked"));
	LIST(struct str) names = { 0 };

	for (size_t i = 0; i < value_count(asked); i++) {
		const struct str unit = value_str(value_at(asked, i));
		bool here = round_returned(m->round, unit);

		for (size_t f = 0; f < m->files.n; f++)
			here |= !m->files.v[f].error.n &&
				str_eq(m->files.v[f].unit, unit);
		if (!here)
			*list_add(&m->round->v->x->arena, &names) = unit_name(m, unit);
	}
	if (!names.n)
		return;
	details_open(
	    h, word_n(&m->round->v->x->arena, W(merge_silent), (int64_t)names.n));
	html(h, L("<p>"),
	    T(str_join(&m->round->v->x->arena, names.v, names.n, W(list_comma))),
	    L("</p>\n"));
	details_close(h);
}

static void
done_put(struct html *h, const struct merge *m)
{
	panel_open(h, W(merge_done),
	    word_n(&m->round->v->x->arena, W(merge_done_n), (int64_t)m->n_done));
	panel_close(h);
}

static void
merge_page(struct merge *m, int status)
{
	struct exchange *x = m->round->v->x;
	struct html *h = page_open(x, .title = W(forms_merge), .wide = true,
	    .above = m->round->title, .section = S("/forms"),
	    .crumbs = { { W(forms), S("/forms") },
		{ m->round->title,
		    str_fmt(&x->arena, "/forms/%.*s", STR_ARG(m->round->n)) } });

	error_summary(h);
	if (m->n_done)
		done_put(h, m);
	figures_open(h);
	figure(h, TONE_PLAIN, (int64_t)m->files.n, W(file_one), S(""));
	figure(h, TONE_GOING, (int64_t)m->n_new, W(merge_new_n), S(""));
	figure(h, TONE_WARN, (int64_t)m->n_wrong, W(merge_wrong_n), S(""));
	figure(h, TONE_PLAIN, (int64_t)m->n_same, W(merge_same_n), S(""));
	figures_close(h);
	problems_put(h, m);
	backs_put(h, m);
	form_open(h, merge_path(m, ""));
	if (m->n_new) {
		differences_put(h, m);
		html(h, L("<p class=\"hint\">"), T(W(merge_signs)), L("</p>\n"));
	}
	missing_put(h, m);
	button_row_open(h);
	if (m->n_new)
		button_primary(h, W(merge_confirm));
	button_second(h, S("drop"), S("1"), W(merge_drop));
	button_row_close(h);
	form_close(h);
	page_close(x, h, status);
}

void
page_merge(struct exchange *x)
{
	struct merge m;
	struct round r;
	VIEW v = { 0 };

	if (merge_open(x, &v, &r, &m))
		merge_page(&m, 200);
}

/* ---- one cell ---- */

static struct merge_row *
row_find(struct exchange *x, struct merge *m)
{
	int64_t file, at;

	if (!str_int(x->req.args[1], &file) || !str_int(x->req.args[2], &at))
		return NULL;
	for (size_t i = 0; i < m->rows.n; i++)
		if (m->rows.v[i].file == (size_t)file && m->rows.v[i].at == (size_t)at)
			return &m->rows.v[i];
	return NULL;
}

static struct str
evidence_name(struct merge *m, size_t c)
{
	return str_fmt(&m->round->v->x->arena, "evidence%zu", c);
}

static void
row_page(struct merge *m, struct merge_row *row)
{
	const struct option statuses[] = { { FORM_GOING, FORM_GOING, S("") },
		{ FORM_FINISHED, FORM_FINISHED, S("") } };
	struct exchange *x = m->round->v->x;
	struct round *r = m->round;
	const struct value *evidence = value_get(row->raw, S("evidence"));
	struct html *h = page_open(x, .title = W(merge_fix_title),
	    .above = unit_name(m, row->unit), .section = S("/forms"),
	    .crumbs = {
		{ W(forms), S("/forms") }, { W(forms_merge), merge_path(m, "") } });

	facts_open(h);
	fact(h, W(file_one), L("<span class=\"code\">"), T(m->files.v[row->file].name),
	    L("</span>"));
	fact(h, r->titles[FORM_NO], T(row->task->no));
	fact(h, r->titles[FORM_TEXT], T(row->task->text));
	for (size_t k = 0; k < row->problems.n; k++)
		fact(h, W(merge_problem), T(problem_text(m, &row->problems.v[k])));
	facts_close(h);
	form_open(h, row_path(m, row));
	field_area(h, .name = S("report"), .label = r->titles[FORM_REPORT],
	    .value = value_str(value_get(row->raw, S("report"))), .rows = 8);
	field_radios(h, .name = S("status"), .label = r->titles[FORM_STATUS],
	    .value = value_str(value_get(row->raw, S("status"))), .choices = statuses,
	    .n = 2);
	for (size_t c = 0; c < r->classes->n; c++)
		field_text(h, .name = evidence_name(m, c),
		    .label = r->classes->v[c].title, .optional = true,
		    .value = value_str(value_at(evidence, c)));
	button_row_open(h);
	button_primary(h, W(save));
	button_row_close(h);
	form_close(h);
	page_close(x, h, 200);
}

void
page_merge_row(struct exchange *x)
{
	struct merge_row *row;
	struct merge m;
	struct round r;
	VIEW v = { 0 };

	if (!merge_open(x, &v, &r, &m))
		return;
	row = row_find(x, &m);
	if (row && row->task)
		row_page(&m, row);
	else
		respond_error(x, 404);
}

void
page_merge_row_post(struct exchange *x)
{
	struct value evidence = value_list();
	struct merge_row *row;
	struct merge m;
	struct round r;
	VIEW v = { 0 };

	if (!merge_open(x, &v, &r, &m))
		return;
	row = row_find(x, &m);
	if (!row || !row->task || row->state == ROW_DONE) {
		respond_error(x, 404);
		return;
	}
	for (size_t c = 0; c < r.classes->n; c++)
		value_add(&x->arena, &evidence,
		    value_text(str_trim(form_get(x, evidence_name(&m, c)))));
	value_set_text(&x->arena, row->raw, "report", str_trim(form_get(x, S("report"))));
	value_set_text(&x->arena, row->raw, "status", form_get(x, S("status")));
	value_set(&x->arena, row->raw, S("evidence"), evidence);
	value_set(&x->arena, row->raw, S("fixed"), value_bool(true));
	value_unset(row->raw, S("refused"));
	if (view_ok(&v, draft_set(&x->cx, x->site->drafts, m.draft.id, &m.draft.state)))
		respond_redirect(x, merge_path(&m, ""));
}

/* ---- back to the unit ---- */

static void
back_fill(struct merge *m, const struct merge_row *row, struct form_back *out)
{
	const struct value *evidence = value_get(row->raw, S("evidence"));
	struct round *r = m->round;
	LIST(struct str) why = { 0 };

	out->cells[FORM_CODE] = row->task ? form_code(r, row->task, row->unit) : S("");
	out->cells[FORM_NO] = row->task ? row->task->no : S("");
	out->cells[FORM_TEXT] = row->task ? row->task->text
					  : value_str(value_get(row->raw, S("text")));
	out->cells[FORM_LIMIT] = row->task ? row->task->limit : S("");
	out->cells[FORM_STAGE] = row->task ? row->task->stage_title : S("");
	out->cells[FORM_REPORT] = value_str(value_get(row->raw, S("report")));
	out->cells[FORM_STATUS] = value_str(value_get(row->raw, S("status")));
	for (size_t c = FORM_EVIDENCE; c < r->n_titles; c++)
		out->cells[c] = value_str(value_at(evidence, c - FORM_EVIDENCE));
	for (size_t k = 0; k < row->problems.n; k++)
		*list_add(&r->v->x->arena, &why) = problem_text(m, &row->problems.v[k]);
	out->problem = str_join(&r->v->x->arena, why.v, why.n, S("\n"));
}

void
page_merge_back(struct exchange *x)
{
	struct form_back *rows;
	struct str bytes;
	struct merge m;
	struct round r;
	int64_t file;
	size_t n = 0;
	VIEW v = { 0 };

	if (!merge_open(x, &v, &r, &m))
		return;
	rows = arena_array(&x->arena, struct form_back, m.rows.n + 1);
	if (str_int(x->req.args[1], &file))
		for (size_t i = 0; i < m.rows.n; i++)
			if (m.rows.v[i].file == (size_t)file &&
			    m.rows.v[i].state == ROW_WRONG)
				back_fill(&m, &m.rows.v[i], &rows[n++]);
	if (!n)
		respond_error(x, 404);
	else if (view_ok(&v, form_write_back(&r, m.files.v[file].unit, rows, n, &bytes)))
		respond_download(x, XLSX_TYPE,
		    word_fill(&x->arena, W(forms_back_name),
			unit_name(&m, m.files.v[file].unit)),
		    bytes);
}
