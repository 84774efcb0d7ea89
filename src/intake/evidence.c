/* What all rows of a table teach, and how unlikely a name is that of a person
 * (intake/evidence.h). Costs are in tenths of a missing cell. */
#include "intake/evidence.h"

#include "base/buf.h"
#include "intake/number.h"
#include "intake/text.h"
#include "intake/when.h"

static bool
is_han(uint32_t c)
{
	return (c >= 0x4e00 && c <= 0x9fff) || (c >= 0x3400 && c <= 0x4dbf) ||
	       c == 0x3007 || (c >= 0x20000 && c <= 0x3ffff);
}

bool
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

size_t
class_at(struct str f, size_t i)
{
	static const char numerals[] = "一二三四五六七八九";
	const struct str one = str_sub(f, i, i + 3);

	return one.n == 3 && str_has(str_z(numerals), one) &&
		       str_starts(str_sub(f, i + 3, f.n), S("类"))
		   ? 6
		   : 0;
}

/* The last character; a bracket behind it does not count. */
static struct str
last_char(struct str f)
{
	size_t i = f.n;

	if (str_ends(f, S(")")) && str_rfind(f, S("(")) != SIZE_MAX)
		i = str_rfind(f, S("("));
	f.n = i;
	while (i > 0 && ((unsigned char)f.p[--i] & 0xc0) == 0x80)
		;
	return str_sub(f, i, f.n);
}

static size_t
counted(struct cx *cx, struct map *m, struct str key)
{
	size_t *n = map_find(m, key);

	if (!n) {
		n = arena_new(cx->arena, size_t);
		map_put(cx->arena, m, key, n);
	}
	return ++*n;
}

/* Members of lists are units, never persons; how they end is how units end here. */
static void
learn_list(struct cx *cx, struct evidence *e, struct str cell)
{
	const struct line l = line_make(cx->arena, cell);
	struct strs units = { 0 };

	if (str_has(l.f, S("。")) || str_chars(l.f) > 300 ||
	    (!has_separator(l.f) && !str_has(l.f, S("等"))))
		return;
	units_split(cx, e->known, cell, &units);
	for (size_t i = 0; units.n > 1 && i < units.n; i++) {
		const struct str u = units.v[i];

		if (unit_generic(u) || map_find(&e->units, u))
			continue;
		map_put(cx->arena, &e->units, u, e);
		(void)counted(cx, &e->ends, last_char(u));
	}
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

/* Cells of persons and units, in order, among those of the row. */
static size_t
list_places(struct cx *cx, struct evidence *e, const struct cells *row, size_t *out)
{
	size_t n = 0;

	for (size_t i = e->text_first; i < row->n && n < EVIDENCE_CELLS; i++) {
		const struct line l = line_make(cx->arena, row->v[i].s);
		struct plan_deadline when;

		if (class_at(l.f, 0))
			break;
		learn_list(cx, e, row->v[i].s);
		if (!when_whole(cx, l.f, &when) && !str_has(l.f, S("。")))
			out[n++] = i;
	}
	return n;
}

static bool
is_list(struct cx *cx, struct str s)
{
	const struct str f = line_make(cx->arena, s).f;

	return has_separator(f) || unit_generic(f);
}

void
evidence_open(struct evidence *e, const struct known *known, const struct columns *c,
    bool text_open)
{
	e->known = known;
	e->text_first = !text_open && c->n && c->v[0] == ROLE_TEXT;
	e->place = e->lead = e->helpers = SIZE_MAX;
	for (size_t i = 0; i < c->n; i++) {
		if (c->v[i] == ROLE_LEADER && e->place == SIZE_MAX)
			e->place = e->full;
		if (c->v[i] == ROLE_LEAD)
			e->lead = e->full;
		if (c->v[i] == ROLE_UNITS)
			e->helpers = e->full;
		e->full += c->v[i] == ROLE_LEADER || c->v[i] == ROLE_LEAD ||
			   c->v[i] == ROLE_UNITS || c->v[i] == ROLE_RESPONSIBLE;
	}
}

void
evidence_add(struct cx *cx, struct evidence *e, const struct cells *row)
{
	size_t at[EVIDENCE_CELLS];
	const size_t n = list_places(cx, e, row, at);
	const bool first = e->place == 0, last = e->place + 1 == e->full;

	if (n == e->full && e->lead < n && e->helpers < n) {
		e->rows++;
		e->one_lead += !is_list(cx, row->v[at[e->lead]].s) &&
			       is_list(cx, row->v[at[e->helpers]].s);
	}
	/* A full row tells the place of each; one cell less still tells that only its
	 * first can be the person, where persons come first; one more, that its first is.
	 */
	for (size_t i = 0; e->place != SIZE_MAX && i < n; i++) {
		const struct str s = row->v[at[i]].s;
		const bool end = first ? i == 0 : i + 1 == n;

		if (str_chars(s) > 5)
			continue;
		if (n == e->full)
			learn_place(cx, e, s, i == e->place);
		else if ((first || last) && n > e->full && end)
			learn_place(cx, e, s, true);
		else if ((first || last) && n + 1 == e->full && !end)
			learn_place(cx, e, s, false);
	}
}

void
evidence_close(struct evidence *e)
{
	size_t best = 0;

	e->lead_is_one = e->rows > 4 && e->one_lead * 4 > e->rows * 3;
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

bool
evidence_level(const struct evidence *e, struct str f)
{
	size_t i = 0;

	return e->level && f.n && str_next(f, &i) == e->level && str_chars(f) > 2;
}

bool
evidence_unit(const struct evidence *e, struct str f)
{
	const size_t *ends = map_find(&e->ends, last_char(f));

	return unit_shaped(f) || map_find(&e->units, f) || (ends && *ends > 2);
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

/* What speaks against a name that ends as an office does. */
static int
office_cost(const struct evidence *e, struct str f, struct str first, size_t han)
{
	static const char *const offices[] = { "局", "办", "委", "厅", "署", "处", "室",
		NULL };
	const struct seen *seen = map_find(&e->seen, f);

	for (const char *const *o = offices; *o; o++)
		if (str_ends(f, str_z(*o)))
			return !seen || seen->elsewhere || evidence_level(e, f)
				   ? NEVER - 100
				   : 38;
	if (!evidence_unit(e, f) || (seen && seen->leading > seen->elsewhere * 2))
		return 0;
	return is_family_name(first) && han <= 3 ? 5 : UNLIKELY;
}

/* 各乡镇, 有关部门: many, and so no person wherever it stands; 各所江 may be one. */
static bool
names_many(struct str f)
{
	return unit_generic(f) &&
	       (unit_shaped(f) || !str_starts(f, S("各")) || str_chars(f) > 3);
}

/* Rows in which every column has its cell put it, and nothing else, in that of the
 * persons: then it is one, whatever it looks like. */
static bool
is_steady(const struct evidence *e, struct str f)
{
	const struct seen *seen = map_find(&e->seen, f);

	if (!seen || seen->leading < 2 || seen->leading <= seen->elsewhere * 2)
		return false;
	return !seen->elsewhere && seen->leading > 2
		   ? true
		   : !evidence_level(e, f) && !names_many(f);
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
	if (str_has(f, S("长期")) || str_has(f, S("坚持")))
		return NEVER;
	if (dots)
		return han >= 3 && han <= 16 ? 0 : NEVER;
	if (han < 2 || han > 4)
		return NEVER;
	if (map_find(&e->units, f))
		return NEVER - 100;
	if (is_steady(e, f))
		return 0;
	if (unit_generic(f))
		return NEVER;
	cost += office_cost(e, f, first, han);
	if (evidence_level(e, f))
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

int
evidence_person(struct cx *cx, const struct evidence *e, struct str f)
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
