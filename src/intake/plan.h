/*
 * Plan: what was read out of the text of a plan (方案, 分工表, 实施意见), before anybody
 * has confirmed it. It knows forms of documents only: no register, no store. `plan read`,
 * the review page and `plan adopt` look at this one struct.
 *
 * All texts look into cx->arena of the call that read it, or into literals. Values of a
 * row that inherited cells are the values after inheritance. Nothing damaged is repaired:
 * the text stays as printed, and `damage` says what is wrong and what may have been
 * meant.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/cx.h"
#include "base/date.h"
#include "base/str.h"

/* How the document says who does what (docs/plans.md). */
enum plan_form {
	PLAN_TABLE,    /* a table that was flattened: a cell a line, empty cells left no
			  trace */
	PLAN_LINES,    /* lines 牵头单位: and 责任单位: behind each paragraph */
	PLAN_BRACKETS, /* units in the bracket that closes a sentence */
	PLAN_ITEMS,    /* numbered items, nobody named */
	PLAN_FORM_COUNT_,
};

/* A closed list; the spelling of each in JSON is plan_why_name(). */
enum plan_why {
	WHY_DATE_RUN_TOGETHER,
	WHY_MARK_LOST,
	WHY_BRACKET_LOST,
	WHY_NUMERAL_LOST,
	WHY_MOJIBAKE,
	WHY_LEADER_MISSING,
	WHY_NO_LEAD_RULE,
	WHY_REPEATED_HEADING,
	WHY_SECOND_DEADLINE,
	WHY_NOISE_REMOVED,
	WHY_LEFT_OUT, /* of a Word file or a workbook (docx.h): the text has it not */
	PLAN_WHY_COUNT_,
};

enum plan_deadline_kind {
	DEADLINE_NONE,
	DEADLINE_DATE,
	DEADLINE_CONTINUOUS, /* 长期坚持 and its like */
	PLAN_DEADLINE_COUNT_,
};

struct plan_deadline {
	enum plan_deadline_kind kind;
	int64_t by; /* day number; DAY_NONE unless kind is DEADLINE_DATE */
};

struct strs {
	struct str *v;
	size_t n, cap;
};

/* A further date inside a task: a sentence or a note that names a day of its own. */
struct plan_milestone {
	int64_t by; /* day number */
	struct str text;
};

struct milestones {
	struct plan_milestone *v;
	size_t n, cap;
};

/* The column `field` (leaders, lead, units, deadline, classes) comes from task `from`. */
struct plan_inherited {
	struct str field, from;
};

struct plan_task {
	struct str no;               /* unique in the plan: 163, 4a, P1, 2-1 */
	struct str section, measure; /* their no; empty = stands under none */
	struct str text;
	struct strs
	    leaders; /* names of persons as printed; empty = the document names none */
	struct strs lead; /* 牵头: empty where the document gives no rule */
	struct strs
	    units; /* the others, or all where no rule is given; groups verbatim */
	struct plan_deadline deadline;
	struct milestones milestones;
	struct strs classes; /* 一类, 二类, 三类 as printed */
	LIST(struct plan_inherited) inherited;
	size_t line; /* 1-based, where the task begins */
};

struct plan_section {
	struct str no, title;
	size_t line;
};

struct plan_measure {
	struct str no;
	struct str section; /* its no; empty = none */
	struct str title;
	struct str text; /* as the body has it; empty where the body has none */
	size_t line;
};

struct plan_damage {
	size_t line; /* the first, where count > 1 */
	enum plan_why why;
	struct str text;    /* as printed */
	struct str suggest; /* may be empty: nothing can be said */
	size_t count;       /* places of the same kind that this entry stands for */
};

/* Of one kind of damage, while it is collected: how many entries, and which is the last.
 */
struct plan_damaged {
	size_t entries, last;
};

/* Lines that are neither task nor heading, by what they are: plan_other_kinds in plan.c.
 */
struct plan_other {
	size_t from, to; /* 1-based, both included */
	struct str kind;
};

struct plan {
	enum plan_form form;
	struct str title;
	struct str number; /* 文号 as the head prints it; empty = it prints none */
	bool first_leads;  /* the document says that the unit listed first leads */
	LIST(struct plan_section) sections;
	LIST(struct plan_measure) measures;
	LIST(struct plan_task) tasks;
	LIST(struct plan_damage) damage;
	struct plan_damaged damaged[PLAN_WHY_COUNT_]; /* indexes before damage_sort() */
	LIST(struct plan_other) other;
	size_t chars; /* of the file, without blanks */
	size_t
	    remainder; /* of these, accounted nowhere or twice: 0 for a plan read whole */
};

enum { PLAN_FILE_MAX = 16 << 20 }; /* bytes */

/*
 * Reads a plan out of bytes: text (UTF-8, with or without a mark, or GB18030), DOCX, a
 * workbook (plan_source.h). ERR_INPUT, with a Chinese sentence and an advice in cx->why,
 * where it is not a plan: too large, empty, of another kind, broken, with a password or
 * macros, marked 秘密 / 机密 / 绝密 (保守国家秘密法: such files stay outside), or without
 * a task.
 */
enum err plan_read(struct cx *cx, struct str bytes, struct plan **out) MUST_USE;

/* The same from its text, in UTF-8. */
enum err plan_read_text(struct cx *cx, struct str utf8, struct plan **out) MUST_USE;

/* The same from a file; a file above the limit is refused before it is read. */
enum err plan_read_file(struct cx *cx, const char *path, struct plan **out) MUST_USE;

const char *plan_why_name(enum plan_why w);    /* date-run-together */
const char *plan_why_chinese(enum plan_why w); /* 日期连写 */
const char *plan_form_chinese(enum plan_form f);
const char *plan_deadline_name(enum plan_deadline_kind k); /* date, continuous, none */

struct plan_task *plan_task(const struct plan *p, struct str no); /* NULL when absent */
