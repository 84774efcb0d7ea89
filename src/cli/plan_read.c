/*
 * zhunsheng plan read FILE [--json]: what a plan says, without a store. With --json the
 * whole struct plan, each key always there; without, a summary a person can check.
 */
#include <stdio.h>
#include <string.h>

#include "base/buf.h"
#include "cli/cli.h"
#include "intake/plan.h"
#include "web/pages/plan_json.h"

/* A line of the summary: how many deadlines of each year, how many continuous. */
static void
count_deadlines(struct buf *b, const struct plan *p)
{
	size_t years[2201 - 1900] = { 0 }, continuous = 0, none = 0;

	for (size_t i = 0; i < p->tasks.n; i++) {
		const struct plan_deadline *d = &p->tasks.v[i].deadline;

		switch (d->kind) {
		case DEADLINE_DATE:
			years[day_civil(d->by).year - 1900]++;
			break;
		case DEADLINE_CONTINUOUS:
			continuous++;
			break;
		case DEADLINE_NONE:
		case PLAN_DEADLINE_COUNT_:
			none++;
			break;
		}
	}
	buf_put_z(b, "完成时限：");
	for (int y = 1900; y <= 2200; y++)
		if (years[y - 1900])
			buf_fmt(b, "%d年 %zu 项，", y, years[y - 1900]);
	buf_fmt(b, "长期坚持 %zu 项，没有写明 %zu 项\n", continuous, none);
}

static void
count_units(struct buf *b, const struct plan *p)
{
	size_t no_leader = 0, no_lead = 0, no_unit = 0, inherited = 0, dated = 0;

	for (size_t i = 0; i < p->tasks.n; i++) {
		const struct plan_task *t = &p->tasks.v[i];

		no_leader += t->leaders.n == 0;
		no_lead += t->lead.n == 0;
		no_unit += t->lead.n == 0 && t->units.n == 0;
		inherited += t->inherited.n > 0;
		dated += t->milestones.n > 0;
	}
	buf_fmt(b,
	    "没有牵头单位的 %zu 项，完全没有单位的 %zu 项，没有责任领导的 %zu 项\n",
	    no_lead, no_unit, no_leader);
	buf_fmt(b, "沿用上一行单元格的 %zu 项，文中另有时间节点的 %zu 项\n", inherited,
	    dated);
}

static struct str
as_summary(struct cx *cx, const struct plan *p)
{
	struct buf b = { .arena = cx->arena };

	buf_fmt(&b, "%.*s\n", STR_ARG(p->title));
	if (p->number.n)
		buf_fmt(&b, "文号：%.*s\n", STR_ARG(p->number));
	buf_fmt(&b, "写法：%s\n", plan_form_chinese(p->form));
	buf_fmt(&b, "任务 %zu 项，措施 %zu 条，部分 %zu 个\n", p->tasks.n, p->measures.n,
	    p->sections.n);
	count_deadlines(&b, p);
	count_units(&b, p);
	buf_fmt(&b, "疑点 %zu 处，均未改动原文：\n", p->damage.n);
	for (size_t i = 0; i < p->damage.n; i++) {
		const struct plan_damage *d = &p->damage.v[i];

		buf_fmt(&b, "  第 %zu 行 %s", d->line, plan_why_chinese(d->why));
		if (d->count > 1)
			buf_fmt(&b, "（共 %zu 处）", d->count);
		buf_fmt(&b, ":%.*s", STR_ARG(d->text));
		if (d->suggest.n)
			buf_fmt(&b, " → %.*s", STR_ARG(d->suggest));
		buf_put_byte(&b, '\n');
	}
	buf_fmt(&b, "全文 %zu 字，没有归入任何一处的 %zu 字\n", p->chars, p->remainder);
	return buf_str(&b);
}

int
cli_plan_read(struct cx *cx, int argc, char **argv)
{
	const char *path = NULL;
	bool json = false;
	struct plan *p;
	struct str out;

	for (int i = 0; i < argc; i++) {
		if (strcmp(argv[i], "--json") == 0) {
			json = true;
		} else if (argv[i][0] == '-' || path) {
			fprintf(stderr, "用法:zhunsheng plan read 文件 [--json]\n");
			return 2;
		} else {
			path = argv[i];
		}
	}
	if (!path) {
		fprintf(stderr, "用法:zhunsheng plan read 文件 [--json]\n");
		return 2;
	}
	if (plan_read_file(cx, path, &p) != ERR_OK) {
		fprintf(stderr, "%.*s\n", STR_ARG(cx->why));
		return 2;
	}
	out = json ? plan_json(cx, p) : as_summary(cx, p);
	if (fwrite(out.p, 1, out.n, stdout) != out.n || fflush(stdout)) {
		fprintf(stderr, "结果没有写完，请检查磁盘空间\n");
		return 1;
	}
	return 0;
}
