/* The ledger's own workbook. Cells are taken as they stand; what a row lacks is said as
 * damage, as with any other plan. */
#include "intake/sheet.h"

#include "base/buf.h"
#include "intake/damage.h"
#include "intake/forms.h"
#include "intake/text.h"
#include "intake/when.h"

#define BETWEEN S("；")

static const struct str titles[] = {
	[SHEET_NO] = S("序号"),
	[SHEET_SECTION] = S("部分"),
	[SHEET_MEASURE] = S("措施"),
	[SHEET_TEXT] = S("具体任务"),
	[SHEET_LEADERS] = S("责任领导"),
	[SHEET_LEAD] = S("牵头单位"),
	[SHEET_UNITS] = S("配合单位"),
	[SHEET_DEADLINE] = S("完成时限"),
	[SHEET_MILESTONES] = S("阶段要求"),
	[SHEET_CLASSES] = S("成果形成"),
};
_Static_assert(sizeof titles / sizeof *titles == SHEET_COLUMN_COUNT_, "a title for each");

struct str
sheet_title(enum sheet_column c)
{
	return titles[c];
}

struct str
sheet_list(struct arena *a, const struct str *v, size_t n)
{
	return str_join(a, v, n, BETWEEN);
}

struct str
sheet_deadline(struct arena *a, const struct plan_deadline *d)
{
	switch (d->kind) {
	case DEADLINE_DATE:
		return day_iso(a, d->by);
	case DEADLINE_CONTINUOUS:
		return S("长期坚持");
	case DEADLINE_NONE:
	case PLAN_DEADLINE_COUNT_:
		break;
	}
	return S("");
}

struct str
sheet_milestones(struct arena *a, const struct plan_milestone *v, size_t n)
{
	struct buf b = { .arena = a };

	for (size_t i = 0; i < n; i++) {
		if (i)
			buf_put_byte(&b, '\n');
		if (v[i].by != DAY_NONE) {
			buf_put(&b, day_iso(a, v[i].by));
			buf_put(&b, S("："));
		}
		buf_put(&b, v[i].text);
	}
	return buf_str(&b);
}

/* ---- reading ---- */

struct place {
	const struct xlsx_sheet *sheet;
	size_t head;                     /* index of the row of titles */
	int column[SHEET_COLUMN_COUNT_]; /* -1: the sheet has none */
};

static bool
head_fits(const struct xlsx_row *row, struct place *at)
{
	for (int c = 0; c < SHEET_COLUMN_COUNT_; c++) {
		at->column[c] = -1;
		for (size_t i = 0; i < row->cells.n; i++)
			if (str_eq(str_trim(row->cells.v[i].text), titles[c]))
				at->column[c] = row->cells.v[i].column;
	}
	return at->column[SHEET_NO] >= 0 && at->column[SHEET_TEXT] >= 0;
}

static bool
place_find(const struct xlsx_book *book, struct place *at)
{
	for (size_t s = 0; s < book->n; s++)
		for (size_t r = 0;
		     !book->sheets[s].is_hidden && r < book->sheets[s].rows.n && r < 20;
		     r++)
			if (head_fits(&book->sheets[s].rows.v[r], at)) {
				at->sheet = &book->sheets[s];
				at->head = r;
				return true;
			}
	return false;
}

static struct str
cell_of(const struct place *at, const struct xlsx_row *row, enum sheet_column c)
{
	return at->column[c] < 0 ? S("") : str_trim(xlsx_at(row, at->column[c]));
}

static void
list_read(struct cx *cx, struct str cell, struct strs *out)
{
	struct str one, lines = str_replace(cx->arena, cell, S("\n"), BETWEEN);

	while (str_split(&lines, BETWEEN, &one))
		if (str_trim(one).n)
			*list_add(cx->arena, out) = str_trim(one);
}

static void
milestones_read(struct cx *cx, struct str cell, struct milestones *out)
{
	struct str line;

	while (str_split(&cell, S("\n"), &line)) {
		struct plan_milestone *m;
		const size_t colon = str_find(line, S("："), 0);

		if (!str_trim(line).n)
			continue;
		m = list_add(cx->arena, out);
		*m = (struct plan_milestone){ DAY_NONE, str_trim(line) };
		if (colon != SIZE_MAX &&
		    day_parse(str_trim(str_sub(line, 0, colon)), &m->by))
			m->text = str_trim(str_sub(line, colon + S("：").n, line.n));
	}
}

static void
deadline_read(struct cx *cx, struct plan *p, struct plan_task *t, struct str cell)
{
	if (!cell.n)
		return;
	if (day_parse(cell, &t->deadline.by))
		t->deadline.kind = DEADLINE_DATE;
	else if (!when_cell(cx, cell, &t->deadline, &t->milestones))
		damage_add(cx, p,
		    (struct plan_damage){ t->line, WHY_SECOND_DEADLINE, cell,
			S("完成时限读不出日期，请写作 2026-12-31 或者 长期坚持"), 1 });
	if (t->deadline.kind != DEADLINE_DATE)
		t->deadline.by = DAY_NONE;
}

/* The heading of this title: the last one when it goes on, else a new one. */
static struct str
section_of(struct cx *cx, struct plan *p, struct str title, size_t line)
{
	struct plan_section *s;

	if (!title.n)
		return S("");
	for (size_t i = 0; i < p->sections.n; i++)
		if (str_eq(p->sections.v[i].title, title))
			return p->sections.v[i].no;
	s = list_add(cx->arena, &p->sections);
	*s = (struct plan_section){ str_fmt(cx->arena, "%zu", p->sections.n), title,
		line };
	return s->no;
}

static struct str
measure_of(
    struct cx *cx, struct plan *p, struct str section, struct str title, size_t line)
{
	struct plan_measure *m;

	if (!title.n)
		return S("");
	for (size_t i = 0; i < p->measures.n; i++)
		if (str_eq(p->measures.v[i].title, title) &&
		    str_eq(p->measures.v[i].section, section))
			return p->measures.v[i].no;
	m = list_add(cx->arena, &p->measures);
	*m = (struct plan_measure){ .no = str_fmt(cx->arena, "%zu", p->measures.n),
		.section = section,
		.title = title,
		.line = line };
	return m->no;
}

static void
task_read(
    struct cx *cx, struct plan *p, const struct place *at, const struct xlsx_row *row)
{
	const size_t line = (size_t)row->no;
	struct plan_task t = { .line = line, .deadline = { DEADLINE_NONE, DAY_NONE } };
	struct str no = cell_of(at, row, SHEET_NO);

	t.text = cell_of(at, row, SHEET_TEXT);
	if (!no.n || plan_task(p, no)) {
		damage_add(cx, p,
		    (struct plan_damage){ line,
			no.n ? WHY_REPEATED_HEADING : WHY_NUMERAL_LOST,
			no.n ? no : str_sub(t.text, 0, 30),
			S("序号应当填写且不得重复，暂以行号代替"), 1 });
		no = str_fmt(cx->arena, "R%zu", line);
	}
	t.no = no;
	t.section = section_of(cx, p, cell_of(at, row, SHEET_SECTION), line);
	t.measure = measure_of(cx, p, t.section, cell_of(at, row, SHEET_MEASURE), line);
	list_read(cx, cell_of(at, row, SHEET_LEADERS), &t.leaders);
	list_read(cx, cell_of(at, row, SHEET_LEAD), &t.lead);
	list_read(cx, cell_of(at, row, SHEET_UNITS), &t.units);
	list_read(cx, cell_of(at, row, SHEET_CLASSES), &t.classes);
	milestones_read(cx, cell_of(at, row, SHEET_MILESTONES), &t.milestones);
	deadline_read(cx, p, &t, cell_of(at, row, SHEET_DEADLINE));
	*list_add(cx->arena, &p->tasks) = t;
}

/* Every visible cell of the sheet counts: a column that is none of ours is named chrome,
 * so that nothing disappears unsaid. */
static void
account(struct cx *cx, struct plan *p, const struct place *at)
{
	size_t others = 0;

	for (size_t r = 0; r < at->sheet->rows.n; r++) {
		const struct xlsx_row *row = &at->sheet->rows.v[r];

		for (size_t i = 0; i < row->cells.n; i++)
			p->chars += chars_without_blanks(row->cells.v[i].text);
		if (r == at->head)
			*list_add(cx->arena, &p->other) = (struct plan_other){
				(size_t)row->no, (size_t)row->no, S("column-heads")
			};
		else if (!cell_of(at, row, SHEET_TEXT).n)
			*list_add(cx->arena, &p->other) = (struct plan_other){
				(size_t)row->no, (size_t)row->no,
				r < at->head ? S("title") : S("footer")
			};
		for (size_t i = 0; r == at->head && i < row->cells.n; i++) {
			bool ours = false;

			for (int c = 0; c < SHEET_COLUMN_COUNT_; c++)
				ours |= at->column[c] == row->cells.v[i].column;
			others += !ours;
		}
	}
	if (others)
		*list_add(cx->arena, &p->other) = (struct plan_other){
			(size_t)at->sheet->rows.v[at->head].no,
			(size_t)at->sheet->rows.v[at->sheet->rows.n - 1].no, S("chrome")
		};
}

/* What stands above the columns is the head of the document. */
static enum err
head_open(struct cx *cx, const struct place *at)
{
	LIST(struct line) lines = { 0 };

	for (size_t r = 0; r < at->head; r++)
		for (size_t i = 0; i < at->sheet->rows.v[r].cells.n; i++) {
			struct line *l = list_add(cx->arena, &lines);

			*l = line_make(cx->arena, at->sheet->rows.v[r].cells.v[i].text);
			l->no = (size_t)at->sheet->rows.v[r].no;
		}
	return head_refuse_secret(cx, &(struct text){ .v = lines.v, .n = lines.n });
}

bool
sheet_is_ledger(const struct xlsx_book *book)
{
	struct place at;

	if (!place_find(book, &at))
		return false;
	for (int c = 0; c < SHEET_COLUMN_COUNT_; c++)
		if (at.column[c] < 0)
			return false;
	return true;
}

enum err
sheet_read_plan(struct cx *cx, const struct xlsx_book *book, struct plan **out)
{
	struct plan *p = arena_new(cx->arena, struct plan);
	struct place at = { 0 };

	if (!place_find(book, &at))
		return fail(cx, ERR_INPUT,
		    "工作簿中没有找到任务表：表头要有任务（具体任务、工作内容等）、"
		    "单位（牵头单位、责任单位等），一共三列以上；"
		    "请补上列名，或者把方案另存为纯文本（.txt）再读取");
	p->form = PLAN_TABLE;
	p->first_leads = str_eq(
	    xlsx_mark(book, at.sheet->name, SHEET_FIRST_LEADS), S("1"));
	p->title = at.head ? str_trim(xlsx_at(&at.sheet->rows.v[0], 0)) : at.sheet->name;
	TRY(head_open(cx, &at));
	for (size_t r = at.head + 1; r < at.sheet->rows.n; r++)
		if (cell_of(&at, &at.sheet->rows.v[r], SHEET_TEXT).n)
			task_read(cx, p, &at, &at.sheet->rows.v[r]);
	if (!p->tasks.n)
		return fail(cx, ERR_INPUT, "表格中没有任务");
	account(cx, p, &at);
	damage_sort(p);
	*out = p;
	return ERR_OK;
}
