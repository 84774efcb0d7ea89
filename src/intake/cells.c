/* Laying cells into columns (intake/cells.h). Costs are in tenths of a missing cell. */
#include "intake/cells.h"

#include "base/buf.h"
#include "intake/number.h"
#include "intake/text.h"
#include "intake/when.h"

enum { NEVER = 500, UNLIKELY = 300 };

static bool
is_han(uint32_t c)
{
	return (c >= 0x4e00 && c <= 0x9fff) || (c >= 0x3400 && c <= 0x4dbf) ||
	       c == 0x3007 || (c >= 0x20000 && c <= 0x3ffff);
}

static bool
has_separator(struct str f)
{
	int depth = 0;

	for (size_t i = 0; i < f.n;) {
		const uint32_t c = str_next(f, &i);

		depth += c == '(' ? 1 : c == ')' ? -1 : 0;
		if (depth == 0 && (c == 0x3001 || c == ',' || c == ';'))
			return true;
	}
	return false;
}

/* 一类 … 九类 at i: its length. */
static size_t
class_at(struct str f, size_t i)
{
	static const char numerals[] = "一二三四五六七八九";
	const struct str one = str_sub(f, i, i + 3);

	return one.n == 3 && str_has(str_z(numerals), one) &&
		       str_starts(str_sub(f, i + 3, f.n), S("类"))
		   ? 6
		   : 0;
}

/* Members of lists are units, never persons. */
static void
learn_list(struct cx *cx, struct evidence *e, struct str cell)
{
	const struct line l = line_make(cx->arena, cell);
	struct strs units = { 0 };

	if (str_has(l.f, S("。")) || str_chars(l.f) > 300 ||
	    (!has_separator(l.f) && !str_has(l.f, S("等"))))
		return;
	units_split(cx, cell, &units);
	for (size_t i = 0; units.n > 1 && i < units.n; i++)
		if (!unit_generic(units.v[i]))
			map_put(cx->arena, &e->units, units.v[i], e);
}

static void
learn_place(struct cx *cx, struct evidence *e, struct str cell, bool leading)
{
	struct seen *seen = map_find(&e->seen, cell);

	if (!seen) {
		seen = arena_new(cx->arena, struct seen);
		map_put(cx->arena, &e->seen, cell, seen);
	}
	if (leading)
		seen->leading++;
	else
		seen->elsewhere++;
}

void
evidence_add(struct cx *cx, struct evidence *e, const struct cells *row)
{
	size_t units = 0, at = 0;

	/* Cells between the text and the time limit: leaders and units. */
	for (size_t i = 0; i < row->n; i++) {
		const struct line l = line_make(cx->arena, row->v[i].s);
		struct plan_deadline when;

		learn_list(cx, e, row->v[i].s);
		if (when_whole(cx, l.f, &when) || class_at(l.f, 0))
			break;
		units += !str_has(l.f, S("。"));
	}
	for (size_t i = 0; i < row->n && at < units; i++) {
		if (str_has(row->v[i].s, S("。")))
			continue;
		if (str_chars(row->v[i].s) <= 4)
			learn_place(cx, e, row->v[i].s, at == 0 && units > 2);
		at++;
	}
}

void
evidence_close(struct evidence *e)
{
	size_t best = 0;

	for (size_t i = 0; i < e->units.n; i++) {
		size_t a = 0, same = 0;
		const uint32_t first = str_next(e->units.items[i].key, &a);

		for (size_t k = 0; k < e->units.n && k < 500; k++) {
			size_t b = 0;

			same += str_next(e->units.items[k].key, &b) == first;
		}
		if (same > best && same * 5 >= e->units.n * 2 && same > 2) {
			best = same;
			e->level = first;
		}
		if (i > 200)
			break;
	}
}

static bool
at_level(const struct evidence *e, struct str f)
{
	size_t i = 0;

	return e->level && f.n && str_next(f, &i) == e->level && str_chars(f) > 2;
}

/* The commonest family names; only ever a hint beside others. */
static bool
is_family_name(struct str one)
{
	static const char
	    names[] = "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖"
		      "田董袁潘于蒋蔡余杜"
		      "叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹"
		      "薛闫段雷侯龙史陶黎"
		      "贺顾毛郝龚邵万钱严覃武戴莫孔向汤文滕庞樊兰殷施洪翟安颜倪牛温芦季俞"
		      "章鲁葛伍申尤毕聂焦"
		      "柳邢岳齐梅庄辛管祝左涂谷祁时舒耿卜路詹关苗凌费纪靳盛童欧甄项曲成游"
		      "阳裴席卫查屈鲍位覃"
		      "霍翁隋植甘景薄单包司柏宁柯阮桂闵解强柴华车冉房边阎褚熙喻";

	return str_has(str_z(names), one);
}

static bool
is_compound_name(struct str f)
{
	static const char *const names[] = { "欧阳", "上官", "司马", "诸葛", "司徒",
		"皇甫", "令狐", "尉迟", "公孙", "慕容", "东方", "夏侯", "端木", "呼延",
		"轩辕", "南宫", "西门", "长孙", "宇文", "澹台", "申屠", NULL };

	for (const char *const *n = names; *n; n++)
		if (str_starts(f, str_z(*n)))
			return true;
	return false;
}

/* What speaks against a name that ends as an office does, and what the rows say for it.
 */
static int
office_cost(const struct evidence *e, struct str f, struct str first, size_t han)
{
	static const char *const offices[] = { "局", "办", "委", "厅", "署", "处", "室",
		NULL };
	const struct seen *seen = map_find(&e->seen, f);
	const bool leads = seen && seen->leading > seen->elsewhere * 2;
	bool office = false;

	for (const char *const *o = offices; *o; o++)
		office |= str_ends(f, str_z(*o));
	if (office)
		return !leads || at_level(e, f) ? NEVER - 100
		       : seen->leading > 1      ? 10
						: 38;
	if (!unit_shaped(f) || leads)
		return 0;
	return is_family_name(first) && han <= 3 ? 5 : UNLIKELY;
}

/* How unlikely it is that these characters are one person's name. */
static int
name_cost(const struct evidence *e, struct str f)
{
	size_t han = 0, dots = 0;
	struct str first = { f.p, 0 };
	int cost = 0;

	for (size_t i = 0; i < f.n;) {
		const uint32_t c = str_next(f, &i);

		if (c == 0xb7 || c == 0x2022 || c == 0x30fb || c == 0x2027)
			dots++;
		else if (is_han(c))
			han++;
		else if (c != ' ')
			return NEVER;
		if (first.n == 0)
			first.n = i;
	}
	if (unit_generic(f) || str_has(f, S("长期")) || str_has(f, S("坚持")))
		return NEVER;
	if (dots)
		return han >= 3 && han <= 16 ? 0 : NEVER;
	if (han < 2 || han > 4)
		return NEVER;
	if (map_find(&e->units, f))
		return NEVER - 100;
	cost += office_cost(e, f, first, han);
	if (at_level(e, f))
		cost += 50;
	if (han == 4 && !is_compound_name(f))
		cost += 40;
	return cost + (is_family_name(first) || is_compound_name(f) ? 0 : 3);
}

/* 江 平 is printed wide so that it lines up with names of three characters. */
static struct str
name_cut(struct cx *cx, const struct line *l, size_t from, size_t to)
{
	const struct str s = line_cut(l, from, to);
	struct buf b = { .arena = cx->arena };

	if (str_chars(s) > 5)
		return s;
	for (size_t i = 0; i < s.n;) {
		const size_t at = i;

		(void)str_next(s, &i);
		if (chars_without_blanks(str_sub(s, at, i)))
			buf_put(&b, str_sub(s, at, i));
	}
	return buf_str(&b);
}

/* The parts of a cell of persons: 、 and commas, and blanks between whole names. */
void
cell_persons(struct cx *cx, struct str cell, struct strs *out)
{
	const struct line l = line_make(cx->arena, cell);
	const bool blank_parts = str_chars(l.f) > 4;
	size_t from = 0;

	for (size_t i = 0; i <= l.f.n;) {
		const size_t here = i;
		const uint32_t c = i < l.f.n ? str_next(l.f, &i) : 0;

		if (c == 0x3001 || c == ',' || c == ';' || (c == ' ' && blank_parts) ||
		    c == 0) {
			strs_add(cx, out, name_cut(cx, &l, from, here));
			from = i;
		}
		if (c == 0)
			break;
	}
}

static int
person_cost(struct cx *cx, const struct evidence *e, struct str f)
{
	struct strs parts = { 0 };
	int cost = 0;

	cell_persons(cx, f, &parts);
	if (parts.n == 0 || parts.n > 6)
		return NEVER;
	for (size_t i = 0; i < parts.n; i++) {
		const int one = name_cost(e, parts.v[i]);

		cost = one > cost ? one : cost;
	}
	return parts.n > 1 ? cost + 5 : cost;
}

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
	if (list)
		return odd + (role == ROLE_LEAD ? (has_separator(f) ? 15 : 20) : 0);
	if (unit_shaped(f) || map_find(&e->units, f))
		return odd + (role == ROLE_UNITS ? 10 : 0);
	return odd + (at_level(e, f) ? 10 : 60);
}

static bool
looks_like_unit(const struct evidence *e, struct str f)
{
	return unit_shaped(f) || unit_generic(f) || at_level(e, f) ||
	       map_find(&e->units, f);
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
		return person_cost(cx, e, f);
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
missing_cost(enum role role)
{
	switch (role) {
	case ROLE_LEAD:
		return 40;
	case ROLE_UNITS:
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

/* 和平镇人民政府 and 及第乡 are names of their own; 及相关单位 goes on. */
static bool
begins_name(struct str before, struct str next, struct str word)
{
	size_t end = str_find(next, S("、"), 0);
	const size_t comma = str_find(next, S(","), 0);

	end = comma < end ? comma : end;
	next = str_sub(next, 0, end);
	return (unsigned char)word.p[0] >= 0x80 && !str_eq(word, S("、")) &&
	       unit_shaped(next) && !unit_generic(next) && !has_separator(before);
}

bool
cell_goes_on(struct cx *cx, struct str before, struct str next)
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
			return !begins_name(b.f, n.f, str_z(*w));
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
lay_from(struct laying *w, const struct columns *c, size_t cells, size_t i, size_t j)
{
	int gap = 0;

	w->best[i][j] = i < cells ? 1 << 20 : 0;
	if (i == cells) {
		for (size_t k = j; k < c->n; k++)
			w->best[i][j] += missing_cost(c->v[k]);
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
			gap += missing_cost(c->v[k]);
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
			lay_from(w, c, n, i, j);
	for (size_t i = 0, j = text_open ? 1 : 0; i < cells->n; i++) {
		if (i >= n) {
			cells->v[i].column = -1;
			continue;
		}
		j = (size_t)w->next[i][j] + 1;
		cells->v[i].column = w->cost[i][j - 1] >= NEVER ? -1 : (int)j - 1;
	}
}
