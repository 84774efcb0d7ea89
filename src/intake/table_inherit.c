/*
 * What a row of a table takes from the row above, who leads where nobody is named, and
 * what is said once about all rows.
 */
#include "intake/table_reading.h"

#include "intake/damage.h"

static const char *const field_names[] = {
	[F_LEADERS] = "leaders",
	[F_LEAD] = "lead",
	[F_UNITS] = "units",
	[F_DEADLINE] = "deadline",
	[F_CLASSES] = "classes",
};
_Static_assert(
    sizeof field_names / sizeof *field_names == FIELD_COUNT_, "a name for each");

/* A row without any unit cell takes every column it lacks from the row above. */
void
table_inherit(
    struct reading *r, struct plan *p, struct plan_task *task, struct sources *src)
{
	const struct plan_task *above;
	const struct sources *theirs;

	if (src->from[F_LEAD] >= 0 || src->from[F_UNITS] >= 0 || r->sources.n < 2)
		return;
	above = &p->tasks.v[p->tasks.n - 2];
	theirs = &r->sources.v[r->sources.n - 2];
	if (r->o.tasks.v[p->tasks.n - 2].section != r->o.tasks.v[p->tasks.n - 1].section)
		return;
	for (int f = 0; f < FIELD_COUNT_; f++) {
		if (src->from[f] >= 0)
			continue;
		src->from[f] = theirs->from[f];
		switch ((enum field)f) {
		case F_LEADERS:
			task->leaders = above->leaders;
			break;
		case F_LEAD:
			task->lead = above->lead;
			break;
		case F_UNITS:
			task->units = above->units;
			break;
		case F_DEADLINE:
			task->deadline = above->deadline;
			break;
		case F_CLASSES:
			task->classes = above->classes;
			break;
		case FIELD_COUNT_:
			break;
		}
	}
}

/* 责任单位 alone: the first leads only where the document says so. */
void
table_settle_lead(struct cx *cx, struct reading *r, struct plan_task *task)
{
	struct strs others = { 0 };

	if (r->has_lead || r->has_helpers || task->units.n == 0)
		return;
	if (!r->first_leads) {
		if (r->no_rule++ == 0)
			r->no_rule_line = task->line;
		return;
	}
	strs_add(cx, &task->lead, task->units.v[0]);
	for (size_t i = 1; i < task->units.n; i++)
		strs_add(cx, &others, task->units.v[i]);
	task->units = others;
}

void
table_report(struct cx *cx, const struct reading *r, struct plan *p)
{
	size_t missing = 0, line = 0;

	for (size_t i = 0; r->has_leaders && i < p->tasks.n; i++)
		if (p->tasks.v[i].leaders.n == 0 && missing++ == 0)
			line = p->tasks.v[i].line;
	if (missing)
		damage_add(cx, p,
		    (struct plan_damage){ line, WHY_LEADER_MISSING,
			S("责任领导一栏没有姓名"), S("请在采用前确定责任领导，或留空"),
			missing });
	if (r->no_rule)
		damage_add(cx, p,
		    (struct plan_damage){ r->no_rule_line, WHY_NO_LEAD_RULE,
			S("责任单位没有写明谁牵头"), S("请在采用前逐项确定牵头单位"),
			r->no_rule });
	if (r->o.repeated)
		damage_add(cx, p,
		    (struct plan_damage){ r->o.repeated_line, WHY_REPEATED_HEADING,
			r->o.repeated_text, S("换页处重复印出的标题，已并入前一个"),
			r->o.repeated });
	if (r->seconds)
		damage_add(cx, p,
		    (struct plan_damage){ r->second_line, WHY_SECOND_DEADLINE,
			r->second_text, S("另一个时限已记为节点，完成时限仍按时限一栏"),
			r->seconds });
}

void
table_name_inherited(struct cx *cx, const struct reading *r, struct plan *p)
{
	for (size_t i = 0; i < p->tasks.n; i++)
		for (int f = 0; f < FIELD_COUNT_; f++) {
			const int from = r->sources.v[i].from[f];

			if (from < 0 || from == (int)i)
				continue;
			*list_add(cx->arena,
			    &p->tasks.v[i].inherited) = (struct plan_inherited){
				str_z(field_names[f]), p->tasks.v[from].no
			};
		}
}
