/* The ledger's workbook read back, and amendments of a plan. */
#include "test.h"

#include "intake/amend.h"
#include "intake/sheet.h"
#include "out/xlsx.h"

static struct str
title_of(const struct plan *p, struct str no, bool measure)
{
	if (measure) {
		for (size_t i = 0; i < p->measures.n; i++)
			if (str_eq(p->measures.v[i].no, no))
				return p->measures.v[i].title;
	} else {
		for (size_t i = 0; i < p->sections.n; i++)
			if (str_eq(p->sections.v[i].no, no))
				return p->sections.v[i].title;
	}
	return S("");
}

/* As the export writes it, with a column of its own between. */
static struct str
workbook(struct cx *cx, const struct plan *p)
{
	struct column *columns = arena_array(
	    cx->arena, struct column, SHEET_COLUMN_COUNT_ + 1);
	static const struct table_mark marks[] = { { SHEET_FIRST_LEADS, S("1") } };
	struct table t = { .name = S("台账"),
		.title = p->title,
		.columns = columns,
		.n_columns = SHEET_COLUMN_COUNT_ + 1,
		.marks = marks,
		.n_marks = p->first_leads };
	struct str bytes = { 0 };

	for (int c = 0; c < SHEET_COLUMN_COUNT_; c++)
		columns[c].title = sheet_title((enum sheet_column)c);
	columns[SHEET_COLUMN_COUNT_].title = S("办理状态");
	for (size_t i = 0; i < p->tasks.n; i++) {
		const struct plan_task *k = &p->tasks.v[i];
		struct arena *a = cx->arena;

		table_add(a, &t,
		    (struct cell[]){ cell_text(k->no),
			cell_text(title_of(p, k->section, false)),
			cell_text(title_of(p, k->measure, true)), cell_text(k->text),
			cell_text(sheet_list(a, k->leaders.v, k->leaders.n)),
			cell_text(sheet_list(a, k->lead.v, k->lead.n)),
			cell_text(sheet_list(a, k->units.v, k->units.n)),
			cell_text(sheet_deadline(a, &k->deadline)),
			cell_text(sheet_milestones(a, k->milestones.v, k->milestones.n)),
			cell_text(sheet_list(a, k->classes.v, k->classes.n)),
			cell_text(S("已下达")) });
	}
	CHECK_OK(xlsx_write(cx, &t, 1, 0, &bytes));
	return bytes;
}

static void
same_list(const struct strs *a, const struct strs *b)
{
	CHECK(a->n == b->n);
	for (size_t i = 0; i < a->n && i < b->n; i++)
		CHECK_STR(a->v[i], b->v[i]);
}

static void
same_task(const struct plan *p, const struct plan_task *a, const struct plan *q,
    const struct plan_task *b)
{
	CHECK_STR(b->no, a->no);
	CHECK_STR(b->text, a->text);
	CHECK_STR(title_of(q, b->section, false), title_of(p, a->section, false));
	CHECK_STR(title_of(q, b->measure, true), title_of(p, a->measure, true));
	same_list(&b->leaders, &a->leaders);
	same_list(&b->lead, &a->lead);
	same_list(&b->units, &a->units);
	same_list(&b->classes, &a->classes);
	CHECK(b->deadline.kind == a->deadline.kind && b->deadline.by == a->deadline.by);
	CHECK(b->milestones.n == a->milestones.n);
	for (size_t i = 0; i < a->milestones.n && i < b->milestones.n; i++) {
		CHECK(a->milestones.v[i].by == b->milestones.v[i].by);
		CHECK_STR(b->milestones.v[i].text, a->milestones.v[i].text);
	}
}

TEST(sheet_gives_the_same_tasks_back)
{
	static const char *const files[] = { "table", "table-numbers", "brackets",
		"lines", "items" };

	for (size_t f = 0; f < sizeof files / sizeof *files; f++) {
		struct plan *p = NULL, *q = NULL;

		CHECK_OK(plan_read_file(
		    cx, str_fmt(cx->arena, "test/golden/plans/%s.txt", files[f]).p, &p));
		CHECK_OK(plan_read(cx, workbook(cx, p), &q));
		CHECK_STR(q->title, p->title);
		CHECK(q->first_leads == p->first_leads && q->remainder == 0);
		CHECK(q->tasks.n == p->tasks.n && q->damage.n == 0);
		for (size_t i = 0; i < p->tasks.n && i < q->tasks.n; i++)
			same_task(p, &p->tasks.v[i], q, &q->tasks.v[i]);
	}
}

static struct str
small(struct cx *cx, struct str title, struct str no, struct str due)
{
	struct column columns[] = { { .title = S("序号") }, { .title = S("具体任务") },
		{ .title = S("完成时限") } };
	struct table t = { .title = title, .columns = columns, .n_columns = 3 };
	struct str bytes = { 0 };

	for (int i = 0; i < 2; i++)
		table_add(cx->arena, &t,
		    (struct cell[]){
			cell_text(no), cell_text(S("开展案卷评查")), cell_text(due) });
	CHECK_OK(xlsx_write(cx, &t, 1, 0, &bytes));
	return bytes;
}

TEST(sheet_says_what_it_cannot_read)
{
	struct plan *p;

	CHECK_OK(plan_read(cx, small(cx, S("某县任务"), S("3"), S("尽快")), &p));
	CHECK(p->tasks.n == 2 && !str_eq(p->tasks.v[0].no, p->tasks.v[1].no));
	CHECK(p->damage.n == 3); /* two deadlines, one number */
	CHECK(p->tasks.v[0].deadline.kind == DEADLINE_NONE);
	CHECK(plan_read(cx, small(cx, S("秘密★1年"), S("3"), S("")), &p) == ERR_INPUT);
	CHECK(str_has(cx->why, S("涉密")));
}

TEST(sheet_refuses_another_workbook)
{
	struct column columns[] = { { .title = S("姓名") } };
	struct table t = { .title = S("花名册"), .columns = columns, .n_columns = 1 };
	struct str bytes;
	struct plan *p;

	table_add(cx->arena, &t, (struct cell[]){ cell_text(S("甲")) });
	CHECK_OK(xlsx_write(cx, &t, 1, 0, &bytes));
	CHECK(plan_read(cx, bytes, &p) == ERR_INPUT);
	CHECK(str_has(cx->why, S("没有找到任务表")));
}

static const struct str lines_plan = S("某县法治政府建设实施方案\r\n\r\n"
				       "一、主要任务\r\n"
				       "1.清理规范性文件。\r\n"
				       "牵头单位:县司法局\r\n"
				       "责任单位县公安局、县财政局\r\n"
				       "2.开展案卷评查。\r\n"
				       "牵头单位:县司法局\r\n"
				       "责任单位:县公安局\r\n");

TEST(amend_reads_again_what_a_person_put_back)
{
	const struct amend colon = { 6, S("责任单位县公安局"), S("责任单位:县公安局") };
	struct plan_source source;
	struct plan *p;
	bool can = false;

	CHECK_OK(plan_source_open(cx, lines_plan, &source));
	CHECK_OK(plan_read_source(cx, &source, &p));
	CHECK(p->damage.n == 1 && p->damage.v[0].line == 6 &&
	      p->damage.v[0].why == WHY_MARK_LOST);
	CHECK(plan_suggests_words(&p->damage.v[0]) &&
	      plan_can_amend(cx, &source, p->damage.v, 1, &can) && can);
	CHECK_OK(plan_amend(cx, &source, &colon, 1));
	CHECK_OK(plan_read_source(cx, &source, &p));
	CHECK(p->damage.n == 0 && p->tasks.n == 2 && p->tasks.v[0].units.n == 2);
	CHECK(plan_amend(cx, &source, &(const struct amend){ 6, S("没有的字"), S("x") },
		  1) == ERR_INPUT);
	CHECK(plan_amend(cx, &source, &(const struct amend){ 99, S("x"), S("y") }, 1) ==
	      ERR_INPUT);
}
