/*
 * The programme as pages and exports show it: tasks of a plan or a unit as rows, with the
 * names of the units, what is late and why, and what this reader may see of what was
 * reported. One struct programme a request; everything lives in its arena.
 *
 *     VIEW v = { 0 };
 *     struct programme p;
 *     struct task_rows rows;
 *     if (!view_open(x, &v)) return;
 *     programme_open(&v, &p);
 *     if (!view_ok(&v, programme_of_plan(&p, plan, &rows))) return;
 */
#pragma once

#include "web/component.h"
#include "web/view.h"

/* What a task waits for, the most urgent first. Each open task is in exactly one. Tasks
 * of units that no government may send a report back to are never late: their clocks do
 * not run, and what was late when the plan was taken over is not held against them. */
enum task_need {
	NEED_LATE,     /* 超期: a term has run out */
	NEED_SOON,     /* a term ends within its warning days */
	NEED_TAKEOVER, /* 接管时已逾期: stated, starts nothing by itself */
	NEED_LEAD,     /* 待落实 */
	NEED_SIGNING,  /* 待签收 */
	NEED_MORE,     /* 退回未报 */
	NEED_VERIFIER, /* 待审核, 待收悉 */
	NEED_NOTHING,  /* under way, nothing due soon */
	NEED_OVER,     /* 已销号, 已收悉, 已调整取消 */
	NEED_COUNT_,
};
struct str need_title(enum task_need need);
enum tone need_tone(enum task_need need);

/* A unit, group or any other entry, as rows name it. */
struct party {
	struct str subject, name, short_name, kind, role;
	bool is_group;
};

struct task_row {
	struct str subject; /* "task/17" */
	int64_t n;          /* 17: /task/17 */
	const struct value *state, *fields;
	struct str no, section, measure, text;
	struct str leaders, lead, units; /* names, joined with 、; leaders never public */
	struct str classes;
	struct str body;  /* subject of the unit that leads; empty: none named yet */
	int64_t due;      /* as the plan prints it, or DAY_NONE */
	bool continuous;  /* 长期坚持 */
	struct str limit; /* 完成时限 as text: a day, 长期坚持, or empty */
	struct str stage; /* id, and as the definition words it: */
	struct str stage_title;
	enum task_need need;
	struct str state_words; /* 超期12天, 余5天到期, 接管时已逾期, else the stage */
	enum tone tone;   /* of state_words */
	int64_t next;     /* the day that state_words speaks of, or DAY_NONE */
	struct str clock; /* what runs out then: 完成时限, 阶段要求 … */
	bool answerable, at_takeover;
	bool is_hidden;                 /* this reader may not see what was reported: */
	struct str report, report_unit; /* the newest, or empty */
	int64_t report_day;
};
struct task_rows {
	struct task_row *v;
	size_t n, cap;
};

struct programme {
	struct view *v;
	struct cx *cx;
	int64_t today;
	struct map parties;   /* subject → struct party */
	struct map answering; /* kind of unit → bool, see programme_answers */
	struct asker asker;   /* as the person who reads */
};
void programme_open(struct view *v, struct programme *out);

/* The plans in force today, the newest first. */
struct plan_row {
	struct str subject, title, adoption,
	    number;      /* adoption: the matter; number: 文号 */
	int64_t n, ends; /* plans/n; DAY_NONE */
	bool is_adopted;
};
struct plan_rows {
	struct plan_row *v;
	size_t n, cap;
};
enum err programme_plans(struct programme *p, struct plan_rows *out) MUST_USE;

/* All tasks of a plan in the order of the paper; empty plan: of all plans. */
enum err programme_of_plan(struct programme *p, struct str plan, struct task_rows *out)
    MUST_USE;
/* All tasks that a unit leads, is named for, or takes part in, also through a group. */
enum err programme_of_unit(struct programme *p, struct str unit, struct task_rows *out)
    MUST_USE;
/* A row from a state that was read already. */
enum err programme_row(struct programme *p, struct str subject, const struct value *state,
    struct task_row *out) MUST_USE;

/* The title that the definition gives a field of a task. */
struct str programme_title(struct programme *p, struct str field);

/* Never NULL; an unknown subject has no name. */
const struct party *programme_party(struct programme *p, struct str subject);
/* Does the unit answer to the government of the same level? Then it may be reminded. */
bool programme_answers(struct programme *p, struct str subject);
/* The names of a list of references, joined with 、. */
struct str programme_names(struct programme *p, const struct value *list);

bool task_leads(const struct task_row *t, struct str unit); /* among the movers */
/* Whether it still waits for this unit: to sign, to report, to answer what was sent back.
 */
bool task_waits_for(const struct task_row *t, struct str unit);

/* Rows in the order of a column, absent days last; equal ones as they were. */
enum task_order { ORDER_NO, ORDER_DUE, ORDER_UNIT, ORDER_STAGE };
void task_rows_sort(
    struct cx *cx, struct task_rows *rows, enum task_order order, bool descending);
