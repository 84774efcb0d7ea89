/*
 * The passes over a plan, in their order: text to lines, noise, damage, the convention
 * that fits, what surrounds the tasks, the account of every character.
 */
#include "intake/plan.h"

#include "intake/damage.h"
#include "intake/forms.h"
#include "intake/grid.h"
#include "intake/known.h"
#include "intake/noise.h"
#include "intake/text.h"
#include "intake/wash.h"
#include "intake/when.h"

static const char *const why_names[][2] = {
	[WHY_DATE_RUN_TOGETHER] = { "date-run-together", "日期连写" },
	[WHY_MARK_LOST] = { "mark-lost", "标点缺失" },
	[WHY_BRACKET_LOST] = { "bracket-lost", "括号缺失" },
	[WHY_NUMERAL_LOST] = { "numeral-lost", "序号缺失" },
	[WHY_MOJIBAKE] = { "mojibake", "乱码" },
	[WHY_LEADER_MISSING] = { "leader-missing", "没有责任领导" },
	[WHY_NO_LEAD_RULE] = { "no-lead-rule", "没有写明谁牵头" },
	[WHY_REPEATED_HEADING] = { "repeated-heading", "标题重复" },
	[WHY_SECOND_DEADLINE] = { "second-deadline", "另有时限" },
	[WHY_NOISE_REMOVED] = { "noise-removed", "已略去杂质" },
	[WHY_LEFT_OUT] = { "left-out", "没有读入" },
};
_Static_assert(
    sizeof why_names / sizeof *why_names == PLAN_WHY_COUNT_, "a name for each");

static const char *const form_names[] = {
	[PLAN_TABLE] = "任务分工表（逐格成行）",
	[PLAN_LINES] = "段后列牵头单位、责任单位",
	[PLAN_BRACKETS] = "句末括号注明单位",
	[PLAN_ITEMS] = "编号条目，没有写明单位",
};
_Static_assert(
    sizeof form_names / sizeof *form_names == PLAN_FORM_COUNT_, "a name for each");

static const char *const deadline_names[] = {
	[DEADLINE_NONE] = "none",
	[DEADLINE_DATE] = "date",
	[DEADLINE_CONTINUOUS] = "continuous",
};
_Static_assert(sizeof deadline_names / sizeof *deadline_names == PLAN_DEADLINE_COUNT_,
    "a name for each");

const char *
plan_why_name(enum plan_why w)
{
	return why_names[w][0];
}

const char *
plan_why_chinese(enum plan_why w)
{
	return why_names[w][1];
}

const char *
plan_form_chinese(enum plan_form f)
{
	return form_names[f];
}

const char *
plan_deadline_name(enum plan_deadline_kind k)
{
	return deadline_names[k];
}

struct plan_task *
plan_task(const struct plan *p, struct str no)
{
	for (size_t i = 0; i < p->tasks.n; i++)
		if (str_eq(p->tasks.v[i].no, no))
			return &p->tasks.v[i];
	return NULL;
}

enum err
plan_read_file(struct cx *cx, const char *path, struct plan **out)
{
	struct str bytes;

	TRY(text_load(cx, path, PLAN_FILE_MAX, &bytes));
	return plan_read(cx, bytes, out);
}

/* Who fits best reads; items come last, as every document has numbers. */
static bool
read_tasks(struct cx *cx, struct text *t, struct plan *p)
{
	const size_t table = table_fits(cx, t), lines = lines_fit(cx, t);
	struct survey survey;
	size_t brackets;

	brackets_survey(cx, t, &survey);
	brackets = survey.fits;
	if (table > lines && table > brackets) {
		p->form = PLAN_TABLE;
		table_read(cx, t, p);
	} else if (lines > 0 && lines >= brackets) {
		p->form = PLAN_LINES;
		lines_read(cx, t, p);
	} else if (brackets > 0) {
		p->form = PLAN_BRACKETS;
		brackets_read(cx, t, &survey, p);
	} else if (head_is_plan(p) && items_fit(cx, t)) {
		p->form = PLAN_ITEMS;
		items_read(cx, t, p);
	}
	return p->tasks.n > 0;
}

/* The one year that the title names, else that of the 文号; 0 = none or several. */
static int
plan_year(const struct plan *p)
{
	const struct str from[] = { p->title, p->number };
	int year = 0;

	for (int k = 0; k < 2 && !year; k++)
		for (size_t i = 0; i + 4 <= from[k].n; i++) {
			int64_t v;

			if (!str_int(str_sub(from[k], i, i + 4), &v) || v < 1990 ||
			    v > 2150)
				continue;
			if (year && year != v)
				return 0;
			year = (int)v;
			i += 3;
		}
	return year;
}

/* Limits that name no year are of the plan's own, where it has one. */
static void
settle_years(struct plan *p)
{
	const int year = plan_year(p);

	for (size_t i = 0; i < p->tasks.n; i++) {
		struct plan_task *t = &p->tasks.v[i];
		size_t kept = 0;

		if (when_unsaid(t->deadline.by) && !when_settle(&t->deadline.by, year))
			t->deadline = (struct plan_deadline){ DEADLINE_NONE, DAY_NONE };
		for (size_t k = 0; k < t->milestones.n; k++)
			if (!when_unsaid(t->milestones.v[k].by) ||
			    when_settle(&t->milestones.v[k].by, year))
				t->milestones.v[kept++] = t->milestones.v[k];
		t->milestones.n = kept;
	}
}

enum err
plan_read_text(struct cx *cx, struct str utf8, struct plan **out)
{
	struct plan *p = arena_new(cx->arena, struct plan);
	struct text t, pages;
	struct known known = { 0 };
	size_t kept = 0;

	TRY(text_split(cx, utf8, &t));
	p->chars = t.chars;
	wash_lines(cx, &t, p);
	TRY(noise_clean(cx, &t, p));
	wash_wraps(cx, &t);
	grid_expand(cx, &t);
	text_fold(cx, &t);
	wash_pages(cx, &t, &pages);
	known_collect(cx, &known, &t);
	t.known = &known;
	TRY(head_read(cx, &t, p));
	damage_scan(cx, &t, p);
	if (!read_tasks(cx, &t, p))
		return fail(cx, ERR_INPUT,
		    "没有读出任务：不像一份方案或分工表（"
		    "报告、总结、通知不能当作方案导入）");
	settle_years(p);
	wash_pages_back(cx, &t, &pages);
	head_name_rest(cx, &t, p);
	damage_sort(p);
	for (size_t i = 0; i < t.n; i++)
		kept += chars_without_blanks(t.v[i].f);
	/* What the passes lost on the way would be a bug; it shows here instead of
	 * hiding. */
	p->remainder = text_remainder(&t) + (t.chars - t.noise - kept);
	*out = p;
	return ERR_OK;
}
