/* Splitting lists of units (intake/units.h). Offsets are in folded text (intake/text.h).
 */
#include "intake/units.h"

#include "intake/known.h"

enum { NAME_BYTES = 180 }; /* no name of a unit is longer */

void
strs_add(struct cx *cx, struct strs *list, struct str s)
{
	if (s.n == 0)
		return;
	for (size_t i = 0; i < list->n; i++)
		if (str_eq(list->v[i], s))
			return;
	*list_add(cx->arena, list) = s;
}

static bool
ends_in(struct str s, const char *const *list)
{
	for (; *list; list++)
		if (str_ends(s, str_z(*list)))
			return true;
	return false;
}

static bool
starts_in(struct str s, const char *const *list)
{
	for (; *list; list++)
		if (word_at(s, 0, *list))
			return true;
	return false;
}

/* Offices, bureaus and bodies of one kind each. */
static const char *const office_ends[] = { "局", "委", "办", "厅", "部", "署", "院", "处",
	"室", "队", "中心", "公司", "银行", "支行", "分行", "大学", "学院", "学校",
	"党校", "会", "所", "站", "总社", "集团", "台", "报社", "馆", "残联", "妇联",
	"文联", "科协", "社科联", "工商联", "侨联", "联", "协", "总社", "合作社", "联社",
	"关", "组", "厂", "法院", "检察院", "公室", "专班", "指挥部", "基金", "监狱",
	"医院", "总行", "社", NULL };

/* Governments and what belongs to them below: often named as a kind, two or three
 * together. */
static const char *const lower_ends[] = { "政府", "办事处", "街道办", "管委会",
	"管理委员会", "街道", "乡", "镇", "区", "县", "市", "旗", "社区", "村", "园区",
	"开发区", "苏木", "林场", "农场", "场", "党工委", "党委", "工委", "党组织",
	"企业", "院校", "院所", "团体", "组织", "机构", "高校", "学校", "州", "盟", "省",
	"居委会", "村委会", "街", NULL };

/* Without its brackets: 城市社区党(工)委 ends as 党委 does. Long texts are no names. */
struct bare {
	char p[120];
	size_t n;
};

static struct str
without_brackets(struct bare *b, struct str f)
{
	int depth = 0;

	b->n = 0;
	for (size_t i = 0; i < f.n && b->n + 4 < sizeof b->p;) {
		const uint32_t c = str_next(f, &i);
		const bool open = c == '(' || c == 0xff08 || c == '[' || c == 0x3014;
		const bool close = c == ')' || c == 0xff09 || c == ']' || c == 0x3015;

		depth += open;
		if (depth == 0)
			b->n += str_put_char(b->p + b->n, c);
		depth -= close && depth > 0;
	}
	return b->n && b->n + 4 < sizeof b->p ? (struct str){ b->p, b->n } : f;
}

bool
unit_shaped(struct str s)
{
	struct bare b;
	const struct str bare = without_brackets(&b, s);

	return ends_in(bare, office_ends) || ends_in(bare, lower_ends);
}

bool
unit_generic(struct str s)
{
	static const char *const words[] = { "各", "有关", "相关", "部门", "单位", "全体",
		"成员", "所有", "其他", NULL };
	static const char firsts[] = "各有相部单全成所其";

	/* Asked of every name at every joint: most characters begin none of them. */
	for (size_t i = 0; i + 3 <= s.n; i++) {
		bool may = false;

		if ((unsigned char)s.p[i] < 0xe4)
			continue;
		for (size_t k = 0; k < sizeof firsts - 1; k += 3)
			may |= s.p[i] == firsts[k] && s.p[i + 1] == firsts[k + 1] &&
			       s.p[i + 2] == firsts[k + 2];
		for (const char *const *w = words; may && *w; w++)
			if (word_at(s, i, *w))
				return true;
		i += 2;
	}
	return false;
}

/* A name that stops in the middle: 各市 before 、区政府. */
static bool
incomplete(struct str bare)
{
	static const char *const ends[] = { "市", "县", "区", "旗", "乡", "镇", "州",
		"盟", "省", "街", "街道", "村", "级", NULL };

	return ends_in(bare, ends);
}

/* "各镇人民政府" goes on with "街道办事处": still the same group. */
static bool
group_goes_on(struct str group, struct str next)
{
	static const char *const news[] = { "各", "有关", "相关", "其他", "全", NULL };
	struct bare g, n;
	const struct str bare_group = without_brackets(&g, group),
			 bare = without_brackets(&n, next);

	if (!str_starts(group, S("各")) || starts_in(next, news))
		return false;
	if (!incomplete(bare_group) && unit_generic(bare))
		return false;
	return ends_in(bare, lower_ends);
}

/* Up to the next word that may join: what stands behind belongs to another member. */
static struct str
up_to_joint(struct str f)
{
	for (size_t i = S("两字").n; i < f.n; (void)str_next(f, &i))
		if (str_starts(str_sub(f, i, f.n), S("和")) ||
		    str_starts(str_sub(f, i, f.n), S("及")))
			return str_sub(f, 0, i);
	return f;
}

/* 和 and 及 join two members only where neither side is half a name (文化和旅游局). */
static bool
joins(struct str left, struct str right, bool strong)
{
	static const char *const news[] = { "各", "有关", "相关", "其他", "市有关",
		"县有关", "区有关", "省有关", "旗有关", "所在", NULL };
	static const char *const kinds[] = { "有关", "相关", "各", "其他", NULL };
	struct bare b;
	const struct str bare = without_brackets(&b, left);

	if (right.n == 0 || starts_in(right, news))
		return true;
	if (left.n == 0)
		return false; /* 和 can begin the name of a place */
	if (strong && has_word(up_to_joint(right), kinds))
		return true;
	if (str_eq(right, S("单位")) || str_eq(right, S("部门")) ||
	    str_eq(right, S("政府")) || str_eq(right, S("机构")))
		return false;
	/* 各县人民政府和市政府各部门: two kinds, each whole. */
	if (unit_generic(left) && unit_shaped(left) && unit_generic(up_to_joint(right)) &&
	    right.n >= S("直各部门").n)
		return true;
	return bare.n > 6 &&
	       (ends_in(bare, office_ends) || (strong && unit_shaped(left))) &&
	       (strong || !unit_generic(left)) &&
	       (unit_shaped(right) || unit_generic(up_to_joint(right)));
}

/* 等 closes an enumeration; in 高等, 平等 and the like it is part of a word. */
static bool
closes_enumeration(struct str left, struct str right)
{
	static const char *const words[] = { "高", "平", "同", "对", "中", "初", "优",
		NULL };

	struct bare b;
	const struct str name = without_brackets(&b, up_to_joint(right));

	if (left.n == 0 || ends_in(left, words))
		return false;
	if (right.n == 0 || unit_generic(up_to_joint(right)))
		return true;
	return unit_shaped(left) &&
	       ((unit_shaped(name) && name.n >= S("机关单位").n) ||
		   str_starts(right, S("和")) || str_starts(right, S("及")));
}

/* Where the name ends that begins f: before a mark, or before 等 behind a whole name. */
static size_t
name_end(struct str f)
{
	size_t end = 0;

	while (end < f.n && f.p[end] != ',' && !word_at(f, end, "、") &&
	       !(end >= S("两字").n && word_at(f, end, "等")))
		end++;
	return end;
}

/* Length of the separator at i, 0 when there is none; *hard when it also ends a group. */
static size_t
separator_at(const struct known *known, struct str f, size_t from, size_t i, bool *hard)
{
	static const char *const marks[] = { "、", ",", ";", "/", "|", NULL };
	const struct str rest = str_sub(f, i, f.n);

	for (const char *const *m = marks; *m; m++)
		if (str_starts(rest, str_z(*m))) {
			*hard = m != marks;
			return str_z(*m).n;
		}
	*hard = true;
	if (i > from && i - from < S("两字").n)
		return 0; /* what a word could join is a name at least */
	if (f.p[i] == ' ') {
		const struct str left = str_sub(f, from, i),
				 right = str_sub(f, i + 1, f.n);

		return unit_shaped(left) && right.n > 6 ? 1 : 0;
	}
	if (str_starts(rest, S("以及")))
		return S("以及").n;
	for (int k = 0; k < 2; k++) {
		static const char *const words[] = { "及", "和" };
		const struct str w = str_z(words[k]), left = str_sub(f, from, i);
		struct str right = str_sub(f, i + w.n, i + w.n + NAME_BYTES);

		if (!str_starts(rest, w))
			continue;
		right.n = name_end(right);
		/* Both are members of lists elsewhere: then they are two here too. */
		if (known_listed(known, left) && known_listed(known, right))
			return w.n;
		return joins(left, right, k == 0) ? w.n : 0;
	}
	if (str_starts(rest, S("等"))) {
		struct str right = str_sub(f, i + 3, i + 3 + NAME_BYTES);

		right.n = name_end(right);
		return closes_enumeration(str_sub(f, from, i), right) ? 3 : 0;
	}
	return 0;
}

struct member {
	size_t from, to;
	bool hard; /* the separator before it ends a group */
};

struct members {
	struct member *v;
	size_t n, cap;
};

static void
cut_members(struct cx *cx, const struct known *known, struct str f, struct members *out)
{
	size_t from = 0, i = 0;
	int depth = 0;
	bool hard = true, next_hard = true;

	while (i < f.n) {
		size_t n = 0;

		if (f.p[i] == '(' || f.p[i] == '[')
			depth++;
		else if ((f.p[i] == ')' || f.p[i] == ']') && depth > 0)
			depth--;
		if (depth == 0 && i == from)
			i += known_name(known, f, from);
		if (i == f.n)
			break;
		if (depth == 0)
			n = separator_at(known, f, from, i, &next_hard);
		if (n == 0) {
			(void)str_next(f, &i);
			continue;
		}
		if (i > from) {
			*list_add(cx->arena, out) = (struct member){ from, i, hard };
			hard = next_hard;
		} else {
			hard |= next_hard;
		}
		i += n;
		from = i;
	}
	if (from < f.n)
		*list_add(cx->arena, out) = (struct member){ from, f.n, hard };
}

/* 部门 or 单位 behind 等 counts nobody beyond those named. */
static bool
says_nothing(struct str f)
{
	static const char *const words[] = { "部门", "单位", "部门和单位", "部门单位",
		"部门、单位", "部门及单位", "等", "。", "机构", NULL };

	for (const char *const *w = words; *w; w++)
		if (str_eq(f, str_z(*w)))
			return true;
	return false;
}

void
units_split(struct cx *cx, const struct known *known, struct str list, struct strs *out)
{
	const struct line l = line_make(cx->arena, list);
	struct members m = { 0 };

	cut_members(cx, known, l.f, &m);
	for (size_t i = 0; i < m.n; i++) {
		struct member g = m.v[i];

		while (i + 1 < m.n && !m.v[i + 1].hard &&
		       group_goes_on(str_sub(l.f, g.from, g.to),
			   str_sub(l.f, m.v[i + 1].from, m.v[i + 1].to)))
			g.to = m.v[++i].to;
		/* A name for the whole list behind it: then the list is one group. */
		while (i + 1 < m.n && str_starts(str_sub(l.f, g.from, l.f.n), S("各")) &&
		       str_ends(l.f, S(")")) &&
		       str_has(str_sub(l.f, g.to, l.f.n), S("(以下统称")))
			g.to = m.v[++i].to;
		if (!says_nothing(str_sub(l.f, g.from, g.to)))
			strs_add(cx, out, line_cut(&l, g.from, g.to));
	}
}
