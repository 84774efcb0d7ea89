/*
 * The merge on the page: problems by file, row and column; old text beside new text; one
 * cell corrected without sending the file again; then, confirmed, one group of acts,
 * entered for the units (代录).
 */
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
	struct draft draft;
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
		html(t->h, L("<a href=\""), U(row_path(m, row)), L("\">"), T(S("改正")),
		    L("<span class=\"heard\">"), T(row->task->no), L("</span></a>"));
	cell_close(t);
	row_close(t);
}

static void
problems_put(struct html *h, const struct merge *m)
{
	const struct grid_column columns[] = { { .title = S("文件"), .head = true },
		{ .title = S("行"), .number = true }, { .title = S("栏") },
		{ .title = S("问题"), .wide = true }, { .title = S("办理") } };
	struct grid t;
	bool any = m->n_wrong > 0;

	for (size_t f = 0; f < m->files.n; f++)
		any |= m->files.v[f].error.n || m->files.v[f].problems.n;
	if (!any)
		return;
	html(h, L("<h2>"), T(S("需要处理的问题")), L("</h2>\n"));
	t = grid_open(h, S("有问题的行不会写入，其余不受影响"), columns, 5);
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
			html(h, L("<p>"), T(S("退回单位改正的表格（附问题说明）：")),
			    L("</p>\n<ul>\n"));
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
	    str_fmt(&m->round->v->x->arena, "第%.*s项", STR_ARG(row->task->no)), true);
	cell_close(t);
	cell(t, T(unit_name(m, row->unit)));
	cell(t, T(row->task->no), T(S(" ")), T(row->task->text));
	cell(t, L("<del>"), T(row->old), L("</del>"));
	cell(t, L("<ins>"), T(row->now), L("</ins>"));
	cell(t, T(row->finished ? FORM_FINISHED : FORM_GOING));
	cell(t, L("<a href=\""), U(row_path(m, row)), L("\">"), T(S("改正")),
	    L("<span class=\"heard\">"), T(row->task->no), L("</span></a>"));
	row_close(t);
}

static void
differences_put(struct html *h, const struct merge *m)
{
	const struct grid_column columns[] = { { .title = S("采用"), .tick = S("take") },
		{ .title = S("单位"), .head = true },
		{ .title = S("任务"), .wide = true },
		{ .title = S("上次"), .wide = true },
		{ .title = S("本次"), .wide = true }, { .title = S("完成情况") },
		{ .title = S("办理") } };
	struct grid t;

	html(h, L("<h2>"), T(S("有变化的任务")), L("</h2>\n"));
	t = grid_open(h, S("勾选的内容确认后代录为各单位的报送"), columns, 7);
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
	    h, str_fmt(&m->round->v->x->arena, "尚未报回的 %zu 个单位", names.n));
	html(h, L("<p>"), T(str_join(&m->round->v->x->arena, names.v, names.n, S("、"))),
	    L("</p>\n"));
	details_close(h);
}

static void
done_put(struct html *h, const struct merge *m)
{
	panel_open(h, S("已经写入"),
	    str_fmt(&m->round->v->x->arena, "已代录 %zu 项任务的进展。", m->n_done));
	panel_close(h);
}

static void
merge_page(struct merge *m, int status)
{
	struct exchange *x = m->round->v->x;
	struct html *h = page_open(x, .title = S("合并报回的表格"), .wide = true,
	    .above = m->round->title, .section = S("/forms"),
	    .crumbs = { { W(forms), S("/forms") },
		{ m->round->title,
		    str_fmt(&x->arena, "/forms/%.*s", STR_ARG(m->round->n)) } });

	error_summary(h);
	if (m->n_done)
		done_put(h, m);
	figures_open(h);
	figure(h, TONE_PLAIN, (int64_t)m->files.n, S("文件"), S(""));
	figure(h, TONE_GOING, (int64_t)m->n_new, S("有变化"), S(""));
	figure(h, TONE_WARN, (int64_t)m->n_wrong, S("有问题"), S(""));
	figure(h, TONE_PLAIN, (int64_t)m->n_same, S("没有变化"), S(""));
	figures_close(h);
	problems_put(h, m);
	backs_put(h, m);
	form_open(h, merge_path(m, ""));
	if (m->n_new) {
		differences_put(h, m);
		html(h, L("<p class=\"hint\">"),
		    T(S("尚未签收的任务，随报回的表格一并代录签收。")), L("</p>\n"));
	}
	missing_put(h, m);
	button_row_open(h);
	if (m->n_new)
		button_primary(h, S("确认写入"));
	button_second(h, S("drop"), S("1"), S("结束本次合并"));
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
	static const struct option statuses[] = { { FORM_GOING, FORM_GOING, S("") },
		{ FORM_FINISHED, FORM_FINISHED, S("") } };
	struct exchange *x = m->round->v->x;
	struct round *r = m->round;
	const struct value *evidence = value_get(row->raw, S("evidence"));
	struct html *h = page_open(x, .title = S("改正报回的内容"),
	    .above = unit_name(m, row->unit), .section = S("/forms"),
	    .crumbs = {
		{ W(forms), S("/forms") }, { S("合并报回的表格"), merge_path(m, "") } });

	facts_open(h);
	fact(h, S("文件"), L("<span class=\"code\">"), T(m->files.v[row->file].name),
	    L("</span>"));
	fact(h, r->titles[FORM_NO], T(row->task->no));
	fact(h, r->titles[FORM_TEXT], T(row->task->text));
	for (size_t k = 0; k < row->problems.n; k++)
		fact(h, S("问题"), T(row->problems.v[k].column), T(S("　")),
		    T(row->problems.v[k].text));
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
	button_primary(h, S("保存"));
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
		*list_add(&r->v->x->arena, &why) = str_fmt(&r->v->x->arena, "%.*s：%.*s",
		    STR_ARG(row->problems.v[k].column), STR_ARG(row->problems.v[k].text));
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
		respond_download(x,
		    S("application/"
		      "vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
		    str_fmt(&x->arena, "%.*s-问题说明.xlsx",
			STR_ARG(unit_name(&m, m.files.v[file].unit))),
		    bytes);
}
