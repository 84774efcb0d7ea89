/*
 * The head of a flattened table: names of columns, a line each, some broken over two or
 * three lines. Their order is the order of the cells.
 */
#include "intake/columns.h"

#include "intake/number.h"

enum { COLUMNS_MAX = sizeof((struct columns *)0)->v / sizeof(enum role) };

enum role
column_role(struct str name)
{
	static const char *const numbers[] = { "序号", "编号", "项次", NULL };
	static const char *const leaders[] = { "领导", "责任人", "负责人", "包抓人",
		NULL };
	static const char *const units[] = { "单位", "部门", "主体", "机构", "科室",
		"股室", "处室", NULL };
	static const char *const leads[] = { "牵头", "主办", "主责", "主管", NULL };
	static const char *const helpers[] = { "配合", "协办", "协同", "协作", "协助",
		"参与", "参加", NULL };
	static const char *const owners[] = { "责任", "承办", "落实", "实施", "完成",
		NULL };
	static const char *const times[] = { "时限", "时间", "期限", "进度", "节点",
		"日期", NULL };
	static const char *const results[] = { "成果", "类别", NULL };
	static const char *const tasks[] = { "措施", "任务", "事项", "内容", "举措",
		"要求", "项目", "目标", "要点", "指标", "问题", NULL };
	static const char *const notes[] = { "备注", "说明", "备考", NULL };
	const struct str f = str_has(name, S("（"))
				 ? str_sub(name, 0, str_find(name, S("（"), 0))
				 : name;
	const size_t bracket = str_find(f, S("("), 0);
	const struct str s = str_trim(str_sub(f, 0, bracket == SIZE_MAX ? f.n : bracket));

	if (s.n == 0 || str_chars(s) > 10 || str_has(s, S("。")) || str_has(s, S(":")) ||
	    str_has(s, S(",")) || number_at(f).kind != NUMBER_NONE)
		return ROLE_NONE;
	if (has_word(s, numbers))
		return ROLE_NUMBER;
	if (has_word(s, times))
		return ROLE_DEADLINE;
	if (has_word(s, units))
		return has_word(s, leads)     ? ROLE_LEAD
		       : has_word(s, helpers) ? ROLE_UNITS
		       : has_word(s, owners)  ? ROLE_RESPONSIBLE
					      : ROLE_NONE;
	if (has_word(s, leaders))
		return ROLE_LEADER;
	if (has_word(s, results))
		return ROLE_CLASS;
	if (has_word(s, notes))
		return ROLE_NOTE;
	return has_word(s, tasks) ? ROLE_TEXT : ROLE_NONE;
}

/* The name of a column that begins at line i, of one to three lines; 0 when there is
 * none. */
static size_t
name_at(struct cx *cx, const struct text *t, size_t i, enum role *role)
{
	struct str name = { 0 };

	for (size_t n = 1; n <= 3 && i + n <= t->n; n++) {
		const struct str f = t->v[i + n - 1].f;

		if (str_chars(f) > 60)
			return 0;
		name = str_fmt(cx->arena, "%.*s%.*s", STR_ARG(name), STR_ARG(f));
		*role = column_role(name);
		if (*role != ROLE_NONE)
			return n;
		if (str_chars(f) > 4)
			return 0;
	}
	return 0;
}

static bool
is_unit_role(enum role r)
{
	return r == ROLE_LEAD || r == ROLE_UNITS || r == ROLE_RESPONSIBLE;
}

/* Adds a column; several columns of text are one, as only the last of them has cells. */
static void
add_column(struct columns *c, enum role role)
{
	if (c->n == sizeof c->v / sizeof *c->v)
		return;
	c->texts += role == ROLE_TEXT;
	if (role == ROLE_TEXT && c->n && c->v[c->n - 1] == ROLE_TEXT)
		return;
	c->v[c->n++] = role;
}

/* The names stand on one line: each is a column, also one that says nothing to us. */
static size_t
columns_of_row(const struct text *t, size_t i, struct columns *out)
{
	const size_t from = i, no = t->v[i].no;
	bool text = false, unit = false;
	size_t names = 0;

	for (; i < t->n && t->v[i].no == no && t->v[i].column; i++) {
		const enum role role = column_role(t->v[i].f);

		while (out->n + 1 < (size_t)t->v[i].column && out->n + 1 < COLUMNS_MAX)
			out->v[out->n++] = ROLE_NONE;
		if (out->n < COLUMNS_MAX)
			out->v[out->n++] = role;
		text |= role == ROLE_TEXT;
		unit |= is_unit_role(role);
		names += role != ROLE_NONE;
	}
	return names >= 3 && unit && text ? i - from : 0;
}

size_t
columns_at(struct cx *cx, const struct text *t, size_t i, struct columns *out)
{
	const size_t from = i;
	bool text = false, unit = false;
	size_t names = 0, n;
	enum role role;

	*out = (struct columns){ 0 };
	if (i < t->n && t->v[i].column)
		return t->v[i].row ? columns_of_row(t, i, out) : 0;
	while (i < t->n && !t->v[i].column && (n = name_at(cx, t, i, &role)) > 0) {
		add_column(out, role);
		text |= role == ROLE_TEXT;
		unit |= is_unit_role(role);
		names++;
		i += n;
	}
	return names >= 3 && unit && (text || out->v[0] == ROLE_NUMBER) ? i - from : 0;
}
