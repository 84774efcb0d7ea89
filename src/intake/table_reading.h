/* A table while it is read: what its rows have taught so far, and where each value of a
 * row comes from. Inside intake/table*.c. */
#pragma once

#include "intake/forms.h"
#include "intake/evidence.h"
#include "intake/columns.h"
#include "intake/number.h"
#include "intake/outline.h"

enum field { F_LEADERS, F_LEAD, F_UNITS, F_DEADLINE, F_CLASSES, FIELD_COUNT_ };

/* Where the values of a row come from: the index of the row that printed them. */
struct sources {
	int from[FIELD_COUNT_];
};

struct reading {
	struct outline o;
	struct columns columns; /* behind the number and the text of a row */
	struct evidence evidence;
	enum number_kind item;
	bool grid;  /* rows stood on one line: cells know their columns */
	bool bare;  /* rows begin with a line that is only a number */
	bool plain; /* rows bear no numbers: each begins with its text */
	int last_bare;
	bool restarted; /* a heading stood behind the last row */
	bool has_leaders, has_lead, has_helpers;
	bool first_leads;
	LIST(struct sources) sources;
	size_t no_rule, no_rule_line;
	size_t seconds, second_line;
	struct str second_text;
};

/* A row without any unit cell takes every column it lacks from the row above. */
void table_inherit(
    struct reading *r, struct plan *p, struct plan_task *task, struct sources *src);
/* 责任单位 alone: the first leads only where the document says so. */
void table_settle_lead(struct cx *cx, struct reading *r, struct plan_task *task);
/* What stands on every row is one entry of damage, with a count. */
void table_report(struct cx *cx, const struct reading *r, struct plan *p);
void table_name_inherited(struct cx *cx, const struct reading *r, struct plan *p);
