/* Laying cells into columns (intake/cells.h). Costs are in tenths of a missing cell. */
#include "intake/evidence.h"

#include "intake/number.h"
#include "intake/text.h"
#include "intake/when.h"

bool
cell_classes(struct cx *cx, struct str cell, struct strs *out, struct str *rest)
{
	const struct line l = line_make(cx->arena, cell);
	size_t i = 0, n, any = 0;

	*rest = (struct str){ 0 };
	while (i < l.f.n) {
		if ((n = class_at(l.f, i)) > 0) {
			strs_add(cx, out, line_cut(&l, i, i + n));
			i += n;
			any++;
			continue;
		}
		if (str_starts(str_sub(l.f, i, l.f.n), S("、")) || l.f.p[i] == ',' ||
		    l.f.p[i] == ' ' || str_starts(str_sub(l.f, i, l.f.n), S("和"))) {
			(void)str_next(l.f, &i);
			continue;
		}
		break;
	}
	if (i < l.f.n && l.f.p[i] == '(' && l.f.p[l.f.n - 1] == ')')
		*rest = line_cut(&l, i + 1, l.f.n - 1);
	else
		*rest = line_cut(&l, i, l.f.n);
	return any > 0;
}

static int
unit_cost(struct cx *cx, const struct evidence *e, struct str f, enum role role)
{
	struct plan_deadline when;
	const bool list = has_separator(f) || unit_generic(f);
	const int odd = str_chars(f) > 120 ? 50 : 0;

	if (when_whole(cx, f, &when) || class_at(f, 0))
		return NEVER;
	if (str_has(f, S("。")))
		return NEVER - 100;
	if (list && role == ROLE_LEAD)
		return odd + (has_separator(f) ? 15 : 20) + (e->lead_is_one ? 25 : 0);
	if (list)
		return odd;
	if (evidence_unit(e, f))
		return odd + (role == ROLE_UNITS ? 10 : 0);
	return odd + (evidence_level(e, f) ? 10 : 60);
}

static bool
looks_like_unit(const struct evidence *e, struct str f)
{
	return evidence_unit(e, f) || unit_generic(f) || evidence_level(e, f);
}

static int
text_cost(struct cx *cx, const struct evidence *e, struct str f, bool ended)
{
	struct plan_deadline when;
	const bool prose = str_has(f, S("。"));

	if (when_whole(cx, f, &when) || class_at(f, 0))
		return NEVER;
	if (!prose && (looks_like_unit(e, f) || str_chars(f) < 5))
		return 200;
	if (ended)
		return prose ? 30 : 150;
	return 0;
}

static bool
only_number(struct str f)
{
	int64_t v;

	return (str_int(f, &v) && v > 0 && v < 10000) ||
	       (number_at(f).kind != NUMBER_NONE && number_at(f).n == f.n);
}

static int
cell_cost(
    struct cx *cx, const struct evidence *e, struct str s, enum role role, bool ended)
{
	const struct str f = line_make(cx->arena, s).f;
	struct plan_deadline when;
	struct milestones others = { 0 };
	int cost = NEVER;

	switch (role) {
	case ROLE_LEADER:
		return evidence_person(cx, e, f);
	case ROLE_LEAD:
	case ROLE_UNITS:
	case ROLE_RESPONSIBLE:
		return unit_cost(cx, e, f, role);
	case ROLE_DEADLINE:
		if (when_whole(cx, f, &when))
			return 0;
		return str_chars(f) < 60 && when_cell(cx, f, &when, &others) ? 30 : NEVER;
	case ROLE_CLASS:
		cost = when_whole(cx, f, &when) ? NEVER
		       : looks_like_unit(e, f)  ? 120
						: 80;
		return class_at(f, 0) ? 0 : cost;
	case ROLE_TEXT:
		return text_cost(cx, e, f, ended);
	case ROLE_NOTE:
		return 60;
	case ROLE_NUMBER:
		return only_number(f) ? 0 : NEVER;
	case ROLE_NONE:
	case ROLE_COUNT_:
		break;
	}
	return NEVER;
}

static int
missing_cost(const struct evidence *e, enum role role)
{
	switch (role) {
	case ROLE_LEAD:
		return e->lead_is_one ? 90 : 60;
	case ROLE_UNITS:
		return e->lead_is_one ? 45 : 30;
	case ROLE_RESPONSIBLE:
	case ROLE_DEADLINE:
	case ROLE_CLASS:
		return 30;
	case ROLE_LEADER:
		return 20;
	case ROLE_NONE:
	case ROLE_NUMBER:
	case ROLE_TEXT:
	case ROLE_NOTE:
	case ROLE_COUNT_:
		break;
	}
	return 0;
}

/* A second cell in the same column that is not the rest of the first. */
static int
again_cost(enum role role)
{
	switch (role) {
	case ROLE_LEADER:
		return 20;
	case ROLE_LEAD:
		return 22;
	case ROLE_TEXT:
		return 0;
	case ROLE_UNITS:
	case ROLE_RESPONSIBLE:
		return 40;
	case ROLE_DEADLINE:
	case ROLE_CLASS:
	case ROLE_NOTE:
	case ROLE_NONE:
	case ROLE_NUMBER:
	case ROLE_COUNT_:
		break;
	}
	return 60;
}

/* The last member of a list, or the first. */
static struct str
member(struct str f, bool first)
{
	size_t from = 0, to = 0;

	for (size_t i = 0; i < f.n;) {
		const uint32_t c = str_next(f, &i);

		if (c != 0x3001 && c != ',') {
			to = i;
			continue;
		}
		if (first)
			break;
		from = to = i;
	}
	return str_sub(f, from, to);
}

/* 和平镇人民政府 and 及第乡 are names of their own; 及相关单位 and the rest of
 * 人力资源和社会保障局 go on. */
static bool
begins_name(
    const struct known *known, struct str before, struct str next, struct str word)
{
	const struct str last = member(before, false);
	struct str first = member(next, true);
	const size_t others = str_rfind(first, S("等"));
	bool whole;

	if (others != SIZE_MAX && others >= S("两字").n &&
	    unit_generic(str_sub(first, others, first.n)))
		first.n = others; /* X等区级有关部门 */

	if ((unsigned char)word.p[0] < 0x80 || str_eq(word, S("、")) ||
	    unit_generic(first))
		return false;
	whole = unit_shaped(last) || known_listed(known, last) || str_chars(last) <= 3;
	/* What goes on behind a whole name is another one or a group. */
	if (known_listed(known, first) || !unit_shaped(first))
		return whole;
	return whole && unit_shaped(first) && !has_separator(before);
}

bool
cell_goes_on(struct cx *cx, const struct known *known, struct str before, struct str next)
{
	static const char *const heads[] = { "及", "和", "等", "、", ",", ")", "以及",
		NULL };
	static const char *const bare[] = { "部门", "单位", "办公室", "委员会",
		"人民政府", "办事处", "领导小组", "成员单位", "有限公司", "管委会",
		"管理局", NULL };
	const struct line b = line_make(cx->arena, before),
			  n = line_make(cx->arena, next);
	struct plan_deadline when;
	int depth = 0;

	if (b.f.n == 0)
		return false;
	for (size_t i = 0; i < b.f.n; i++)
		depth += b.f.p[i] == '(' ? 1 : b.f.p[i] == ')' ? -1 : 0;
	if (depth > 0 || n.f.p[0] == '(' || str_ends(b.f, S("、")) ||
	    str_ends(b.f, S(",")))
		return true;
	for (const char *const *w = heads; *w; w++)
		if (str_starts(n.f, str_z(*w)))
			return !begins_name(known, b.f, n.f, str_z(*w));
	for (const char *const *w = bare; *w; w++)
		if (str_eq(n.f, str_z(*w)))
			return true;
	return !when_whole(cx, n.f, &when) && str_chars(b.f) < 12 &&
	       str_chars(n.f) < 12 &&
	       when_whole(
		   cx, str_fmt(cx->arena, "%.*s%.*s", STR_ARG(b.f), STR_ARG(n.f)), &when);
}

enum { CELLS = 24, COLUMNS = 16 };

/* best[i][j]: the cheapest way to lay the cells from i on when column j-1 was used last.
 */
struct laying {
	int best[CELLS + 1][COLUMNS + 1];
	uint8_t next[CELLS + 1][COLUMNS + 1];
	int cost[CELLS][COLUMNS];
};

static void
lay_from(struct laying *w, const struct evidence *e, const struct columns *c,
    size_t cells, size_t i, size_t j)
{
	int gap = 0;

	w->best[i][j] = i < cells ? 1 << 20 : 0;
	if (i == cells) {
		for (size_t k = j; k < c->n; k++)
			w->best[i][j] += missing_cost(e, c->v[k]);
		return;
	}
	for (size_t k = j ? j - 1 : 0; k < c->n; k++) {
		const bool again = j && k == j - 1;
		const int step = w->cost[i][k] + (again ? again_cost(c->v[k]) : gap) +
				 w->best[i + 1][k + 1];

		if (step < w->best[i][j]) {
			w->best[i][j] = step;
			w->next[i][j] = (uint8_t)k;
		}
		if (!again)
			gap += missing_cost(e, c->v[k]);
	}
}

void
cells_lay(struct cx *cx, const struct evidence *e, const struct columns *c,
    struct cells *cells, bool text_open, bool text_ended)
{
	struct laying *w = arena_new(cx->arena, struct laying);
	const size_t n = cells->n < CELLS ? cells->n : CELLS;
	bool ended = text_ended;

	for (size_t i = 0; i < n; i++) {
		for (size_t k = 0; k < c->n; k++)
			w->cost[i][k] = cell_cost(cx, e, cells->v[i].s, c->v[k],
			    c->v[k] == ROLE_TEXT && text_open ? ended : false);
		ended = ended && str_ends(cells->v[i].s, S("。"));
	}
	for (size_t i = n + 1; i-- > 0;)
		for (size_t j = 0; j <= c->n; j++)
			lay_from(w, e, c, n, i, j);
	for (size_t i = 0, j = text_open ? 1 : 0; i < cells->n; i++) {
		if (i >= n) {
			cells->v[i].column = -1;
			continue;
		}
		j = (size_t)w->next[i][j] + 1;
		cells->v[i].column = w->cost[i][j - 1] >= NEVER ? -1 : (int)j - 1;
	}
}
