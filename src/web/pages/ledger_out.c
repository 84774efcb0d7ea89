/* The ledger as a workbook and as separated values. */
#include "web/pages/ledger_out.h"

#include "act/door.h"
#include "base/date.h"
#include "intake/sheet.h"
#include "out/csv.h"
#include "out/xlsx.h"
#include "web/pages/page.h"
#include "web/pages/record_say.h"
#include "web/site.h"
#include "web/word.h"

enum {
	OUT_PROGRESS = SHEET_COLUMN_COUNT_,
	OUT_STAGE,
	OUT_CODE,
	OUT_COUNT,
};

bool
ledger_out_open(struct exchange *x, struct view *v, struct ledger_out *l)
{
	*l = (struct ledger_out){ .x = x, .v = v, .q = ledger_query_of(x) };
	if (!view_open(x, v))
		return false;
	programme_open(v, &l->p);
	if (!view_ok(v, programme_plans(&l->p, &l->plans)))
		return false;
	l->plan = ledger_plan(&l->plans, l->q.plan);
	if (!l->plan) {
		respond_error(x, 404);
		return false;
	}
	if (l->plan->adoption.n &&
	    !view_ok(v, read_matter(&x->cx, &v->r, l->plan->adoption, &l->adoption)))
		return false;
	return view_ok(v, read_entry(&x->cx, &v->r, l->plan->subject, l->p.today,
			      READ_NOW, &l->entry)) &&
	       view_ok(v, ledger_rows(&l->p, &l->q, l->plan->subject, &l->all, &l->rows));
}

static struct str
names_cell(struct ledger_out *l, const struct value *refs)
{
	LIST(struct str) names = { 0 };

	for (size_t i = 0; i < value_count(refs); i++)
		*list_add(&l->x->arena,
		    &names) = programme_party(&l->p, value_str(value_at(refs, i)))->name;
	return sheet_list(&l->x->arena, names.v, names.n);
}

static struct str
texts_cell(struct ledger_out *l, const struct value *texts)
{
	LIST(struct str) all = { 0 };

	for (size_t i = 0; i < value_count(texts); i++)
		*list_add(&l->x->arena, &all) = value_str(value_at(texts, i));
	return sheet_list(&l->x->arena, all.v, all.n);
}

static const struct value *
row_printed(const struct ledger_out *l, const char *rows, struct str no)
{
	const struct value *list = value_get(
	    value_get(&l->adoption, S("fields")), str_z(rows));

	for (size_t i = 0; i < value_count(list); i++)
		if (str_eq(value_str(value_get(value_at(list, i), S("no"))), no))
			return value_at(list, i);
	return NULL;
}

/* A task without a term of its own runs to the plan's; the paper shows none, so the
 * export shows none. */
static struct str
deadline_cell(struct ledger_out *l, const struct task_row *t)
{
	const struct value *outer = value_get(t->fields, S("outer")), *row;
	struct plan_deadline d = { DEADLINE_NONE, DAY_NONE };

	if (t->continuous) {
		d.kind = DEADLINE_CONTINUOUS;
	} else if (t->due != DAY_NONE) {
		row = row_printed(l, "tasks", t->no);
		if (!row)
			row = row_printed(l, "added", t->no);
		if (!value_is_null(outer) && value_num(outer) == t->due && row &&
		    value_is_null(value_get(row, S("due"))))
			return S("");
		d = (struct plan_deadline){ DEADLINE_DATE, t->due };
	}
	return sheet_deadline(&l->x->arena, &d);
}

static struct str
milestones_cell(struct ledger_out *l, const struct value *rows)
{
	LIST(struct plan_milestone) all = { 0 };

	for (size_t i = 0; i < value_count(rows); i++) {
		const struct value *row = value_at(rows, i);
		const struct value *by = value_get(row, S("by"));

		*list_add(&l->x->arena, &all) = (struct plan_milestone){
			value_is_null(by) ? DAY_NONE : value_num(by),
			value_str(value_get(row, S("text")))
		};
	}
	return sheet_milestones(&l->x->arena, all.v, all.n);
}

static struct str
progress_cell(struct ledger_out *l, const struct task_row *t)
{
	if (t->is_hidden || !t->report.n)
		return S("");
	return word_fill(&l->x->arena, W(out_report), t->report, t->report_unit,
	    day_iso(&l->x->arena, t->report_day));
}

static void
row_add(struct ledger_out *l, struct table *t, const struct task_row *task)
{
	const struct value *f = task->fields;
	const struct cell cells[OUT_COUNT] = {
		[SHEET_NO] = cell_text(task->no),
		[SHEET_SECTION] = cell_text(task->section),
		[SHEET_MEASURE] = cell_text(task->measure),
		[SHEET_TEXT] = cell_text(task->text),
		[SHEET_LEADERS] = cell_text(texts_cell(l, value_get(f, S("leaders")))),
		[SHEET_LEAD] = cell_text(names_cell(l, value_get(f, S("lead")))),
		[SHEET_UNITS] = cell_text(names_cell(l, value_get(f, S("units")))),
		[SHEET_DEADLINE] = cell_text(deadline_cell(l, task)),
		[SHEET_MILESTONES] = cell_text(
		    milestones_cell(l, value_get(f, S("milestones")))),
		[SHEET_CLASSES] = cell_text(texts_cell(l, value_get(f, S("classes")))),
		[OUT_PROGRESS] = cell_text(progress_cell(l, task)),
		[OUT_STAGE] = cell_text(task->stage_title),
		[OUT_CODE] = cell_text(task->subject),
	};

	table_add(&l->x->arena, t, cells);
}

struct table *
ledger_table(struct ledger_out *l)
{
	static const int widths[OUT_COUNT] = { 6, 14, 22, 46, 12, 18, 24, 12, 22, 8, 40,
		10, 12 };
	static const struct table_mark first[] = { { { "first-leads", 11 },
	    { "1", 1 } } };
	struct arena *a = &l->x->arena;
	struct column *columns = arena_array(a, struct column, OUT_COUNT);
	struct table *t = arena_new(a, struct table);

	for (int c = 0; c < OUT_COUNT; c++) {
		columns[c].width = widths[c];
		if (c < SHEET_COLUMN_COUNT_)
			columns[c].title = sheet_title((enum sheet_column)c);
	}
	columns[OUT_PROGRESS].title = W(ledger_progress);
	columns[OUT_STAGE].title = W(out_stage);
	columns[OUT_CODE].title = W(task_code);
	columns[OUT_CODE].is_hidden = true;
	*t = (struct table){ .name = W(out_sheet),
		.title = l->plan->title,
		.columns = columns,
		.n_columns = OUT_COUNT,
		.paper = PAPER_A3,
		.marks = first,
		.n_marks = value_true(value_path(&l->entry, "values.first-leads")) };
	for (size_t i = 0; i < l->rows.n; i++)
		row_add(l, t, &l->rows.v[i]);
	return t;
}

void
ledger_send(struct ledger_out *l, struct str type, struct str name, struct str bytes)
{
	struct arena *a = &l->x->arena;
	struct value more = value_map();

	value_set_text(a, &more, "file", str_sub(name, 0, str_rfind(name, S("."))));
	value_set_int(a, &more, "rows", (int64_t)l->rows.n);
	if (view_ok(l->v, door_access(&l->x->cx, l->x->site->door, l->v->person,
			      S("export"), l->plan->subject, &more)))
		respond_download(l->x, type,
		    str_fmt(a, "%.*s-%.*s-%.*s", STR_ARG(text_cut(a, l->plan->title, 40)),
			STR_ARG(day_iso(a, l->p.today)), STR_ARG(name)),
		    bytes);
}

void
page_ledger_xlsx(struct exchange *x)
{
	VIEW v = { 0 };
	struct ledger_out l;
	struct str bytes;

	if (ledger_out_open(x, &v, &l) &&
	    view_ok(&v, xlsx_write(&x->cx, ledger_table(&l), 1, x->cx.now_ms, &bytes)))
		ledger_send(&l, XLSX_TYPE, W(out_xlsx), bytes);
}

/* ?code=gb18030 for systems that take nothing else. */
void
page_ledger_csv(struct exchange *x)
{
	const bool old = str_eq(query_get(x, S("code")), S("gb18030"));
	VIEW v = { 0 };
	struct ledger_out l;

	if (ledger_out_open(x, &v, &l))
		ledger_send(&l,
		    old ? S("text/csv; charset=gb18030") : S("text/csv; charset=utf-8"),
		    W(out_csv),
		    csv_str(&x->cx, ledger_table(&l), old ? CSV_GB18030 : CSV_UTF8));
}
