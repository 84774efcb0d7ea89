/*
 * Who does it, in the words of a closing bracket or behind a label: X牵头,Y、Z配合;
 * A、B等按职责分工负责; 牵头单位:X;责任单位:Y. The names inside are units.c's business.
 */
#include "intake/limit.h"
#include "intake/text.h"
#include "intake/units.h"
#include "intake/when.h"

static bool
starts_in(struct str s, const char *const *list, size_t *n)
{
	for (; *list; list++)
		if ((*n = word_at(s, 0, *list)) > 0)
			return true;
	return false;
}

static bool
cut_tail(struct str *s, const char *const *list)
{
	for (; *list; list++)
		if (str_ends(*s, str_z(*list))) {
			s->n -= str_z(*list).n;
			return true;
		}
	return false;
}

static const struct {
	const char *word;
	enum role role;
} labels[] = {
	{ "牵头责任单位", ROLE_LEAD },
	{ "牵头(责任)单位", ROLE_LEAD },
	{ "牵头单位", ROLE_LEAD },
	{ "牵头部门", ROLE_LEAD },
	{ "主办单位", ROLE_LEAD },
	{ "主责单位", ROLE_LEAD },
	{ "主要责任单位", ROLE_LEAD },
	{ "主体责任单位", ROLE_LEAD },
	{ "责任单位", ROLE_RESPONSIBLE },
	{ "责任部门", ROLE_RESPONSIBLE },
	{ "承办单位", ROLE_RESPONSIBLE },
	{ "落实单位", ROLE_RESPONSIBLE },
	{ "实施单位", ROLE_RESPONSIBLE },
	{ "配合责任单位", ROLE_UNITS },
	{ "配合单位", ROLE_UNITS },
	{ "配合部门", ROLE_UNITS },
	{ "协办单位", ROLE_UNITS },
	{ "协同单位", ROLE_UNITS },
	{ "协作单位", ROLE_UNITS },
	{ "协助单位", ROLE_UNITS },
	{ "参与单位", ROLE_UNITS },
	{ "参加单位", ROLE_UNITS },
	{ "责任主体", ROLE_RESPONSIBLE },
	{ "责任科室", ROLE_RESPONSIBLE },
	{ "责任处室", ROLE_RESPONSIBLE },
	{ "责任股室", ROLE_RESPONSIBLE },
	{ "牵头科室", ROLE_LEAD },
	{ "牵头处室", ROLE_LEAD },
	{ "配合科室", ROLE_UNITS },
	{ "责任领导", ROLE_LEADER },
	{ "牵头领导", ROLE_LEADER },
	{ "分管领导", ROLE_LEADER },
	{ "包抓领导", ROLE_LEADER },
	{ "责任人", ROLE_LEADER },
	{ "完成时限", ROLE_DEADLINE },
	{ "完成时间", ROLE_DEADLINE },
	{ "完成期限", ROLE_DEADLINE },
	{ "整改责任单位", ROLE_RESPONSIBLE },
	{ "整改责任人", ROLE_LEADER },
	{ "整改时限", ROLE_DEADLINE },
	{ "整改期限", ROLE_DEADLINE },
	{ "整改时间", ROLE_DEADLINE },
	{ "办结时限", ROLE_DEADLINE },
	{ "时限要求", ROLE_DEADLINE },
	{ "时间要求", ROLE_DEADLINE },
	{ "时间节点", ROLE_DEADLINE },
	{ "成果形式", ROLE_CLASS },
	{ "成果形成", ROLE_CLASS },
	/* Words of every day: labels only with a colon. */
	{ "牵头", ROLE_LEAD },
	{ "主办", ROLE_LEAD },
	{ "责任", ROLE_RESPONSIBLE },
	{ "配合", ROLE_UNITS },
	{ "协办", ROLE_UNITS },
	{ "参与", ROLE_UNITS },
	{ "时限", ROLE_DEADLINE },
};

enum role
label_at(struct str f, size_t *n, bool *colon)
{
	size_t i = 0;

	while (i < f.n && (f.p[i] == ' ' || f.p[i] == '*'))
		i++;
	for (size_t k = 0; k < sizeof labels / sizeof *labels; k++) {
		const size_t w = word_at(f, i, labels[k].word);

		if (!w)
			continue;
		i += w;
		while (i < f.n && f.p[i] == ' ')
			i++;
		*colon = i < f.n && f.p[i] == ':';
		if (!*colon && w == S("牵头").n)
			return ROLE_NONE;
		*n = i + (*colon ? 1 : 0);
		return labels[k].role;
	}
	return ROLE_NONE;
}

bool
has_lead_rule(struct str f)
{
	static const char *const firsts[] = { "第一", "首位", "首个", "排首", "最前",
		"在前", NULL };
	static const char *const says[] = { "为牵头", "是牵头", "即牵头", "系牵头",
		NULL };

	for (const char *const *w = firsts; *w; w++) {
		const size_t at = str_find(f, str_z(*w), 0);

		for (const char *const *v = says; at != SIZE_MAX && *v; v++) {
			const size_t lead = str_find(f, str_z(*v), at);

			if (lead != SIZE_MAX && lead - at < 40)
				return true;
		}
	}
	return false;
}

/* Cuts the rule off the end of the words: from the mark before the clause that holds it.
 */
static struct str
without_rule(struct str f, bool *rule)
{
	static const char *const firsts[] = { "列第一", "列首位", "列在第一", "排在第一",
		"排第一", "排名第一", "排在首位", "排在最前", "位列第一", "名列第一",
		"第一个", "第一家", "首位", "首个", "第一", "排首", "排在前", "列在前",
		NULL };
	struct str s = f;

	*rule = false;
	for (const char *const *w = firsts; *w; w++) {
		size_t at = str_find(f, str_z(*w), 0);

		if (at == SIZE_MAX || !has_lead_rule(str_sub(f, at, f.n)))
			continue;
		while (at > 0 && f.p[at - 1] != ',' && f.p[at - 1] != ';' &&
		       f.p[at - 1] != '(' && !str_ends(str_sub(f, 0, at), S("。")) &&
		       !str_ends(str_sub(f, 0, at), S("、")))
			at--;
		*rule = true;
		s = str_sub(f, 0, at);
		break;
	}
	for (;;) {
		static const char *const tails[] = { "下同", ",", "。", ";", " ", "(",
			NULL };

		if (!cut_tail(&s, tails))
			return s;
	}
}

/* The list in front of 负责, without the words of manner between them. */
static struct str
without_manner(struct str f)
{
	static const char *const manners[] = { "按职责分工", "按照职责分工",
		"按各自职责分工", "按照各自职责分工", "根据职责分工", "依职责分工",
		"依照职责分工", "按职能分工", "按照职能分工", "按分工", "按照分工",
		"按职责分别", "按职责", "按照职责", "按各自职责", "按照各自职责",
		"根据各自职责", "依据职责", "依职责", "结合职责", "分工", "分别", "共同",
		"具体", "联合", "立即", "抓紧", "尽快", "及时", "等", "、", ",", " ",
		NULL };

	while (cut_tail(&f, manners))
		;
	return f;
}

/* Words that give what stands before them a role; longest first. */
static const struct {
	const char *word;
	enum role role;
} verbs[] = {
	{ "牵头负责组织实施", ROLE_LEAD },
	{ "牵头组织实施", ROLE_LEAD },
	{ "牵头组织落实", ROLE_LEAD },
	{ "牵头负责", ROLE_LEAD },
	{ "牵头组织", ROLE_LEAD },
	{ "牵头落实", ROLE_LEAD },
	{ "牵头实施", ROLE_LEAD },
	{ "牵头", ROLE_LEAD },
	{ "主办", ROLE_LEAD },
	{ "协同配合", ROLE_UNITS },
	{ "协助配合", ROLE_UNITS },
	{ "配合落实", ROLE_UNITS },
	{ "配合实施", ROLE_UNITS },
	{ "配合", ROLE_UNITS },
	{ "协助", ROLE_UNITS },
	{ "参与", ROLE_UNITS },
	{ "参加", ROLE_UNITS },
	{ "协办", ROLE_UNITS },
	{ "负责组织实施", ROLE_RESPONSIBLE },
	{ "负责具体落实", ROLE_RESPONSIBLE },
	{ "负责落实", ROLE_RESPONSIBLE },
	{ "负责实施", ROLE_RESPONSIBLE },
	{ "负责", ROLE_RESPONSIBLE },
	{ "承办", ROLE_RESPONSIBLE },
	{ "组织实施", ROLE_RESPONSIBLE },
	{ "具体落实", ROLE_RESPONSIBLE },
	{ "落实", ROLE_RESPONSIBLE },
};

struct str
without_role(struct str f)
{
	for (size_t k = 0; k < sizeof verbs / sizeof *verbs; k++)
		if (str_ends(f, str_z(verbs[k].word))) {
			f.n -= str_z(verbs[k].word).n;
			break;
		}
	return without_manner(f);
}

/* A verb ends its clause: behind it stands a mark or nothing. */
static enum role
verb_at(struct str f, size_t i, size_t *n)
{
	static const char *const marks[] = { ",", ";", "。", "、", " ", "(", NULL };
	size_t mark;

	for (size_t k = 0; k < sizeof verbs / sizeof *verbs; k++) {
		const size_t w = word_at(f, i, verbs[k].word);

		if (!w ||
		    (i + w < f.n && !starts_in(str_sub(f, i + w, f.n), marks, &mark)))
			continue;
		*n = w;
		return verbs[k].role;
	}
	return ROLE_NONE;
}

struct clause {
	enum role role;
	struct str list; /* as printed */
};

struct clauses {
	struct clause *v;
	size_t n, cap;
};

static void
add_clause(struct cx *cx, const struct line *l, struct clauses *out, size_t from,
    size_t to, enum role role)
{
	static const char *const heads[] = { "由", "请", "以", ",", ";", "。", "、", " ",
		":", NULL };
	struct str f = without_manner(str_sub(l->f, from, to));
	size_t skip = 0, n;

	while (starts_in(str_sub(f, skip, f.n), heads, &n))
		skip += n;
	if (skip >= f.n) { /* 立即组织实施 names nobody */
		while (from < to && (l->f.p[from] == ',' || l->f.p[from] == ';'))
			from++;
		*list_add(
		    cx->arena, out) = (struct clause){ ROLE_NONE, line_cut(l, from, to) };
		return;
	}
	*list_add(cx->arena, out) = (struct clause){ role,
		line_cut(l, from + skip, from + f.n) };
}

/* X会同Y负责: X leads, as the words say who joins whom. */
static void
add_responsible(
    struct cx *cx, const struct line *l, struct clauses *out, size_t from, size_t to)
{
	static const char *const withs[] = { "会同", "会商", NULL };
	size_t n = 0;

	for (size_t i = from; i < to; i++)
		if (i > from && starts_in(str_sub(l->f, i, to), withs, &n)) {
			add_clause(cx, l, out, from, i, ROLE_LEAD);
			add_clause(cx, l, out, i + n, to, ROLE_UNITS);
			return;
		}
	add_clause(cx, l, out, from, to, ROLE_RESPONSIBLE);
}

static void clauses_by_label(
    struct cx *cx, const struct line *l, size_t end, struct clauses *out);

static void
clauses_by_verb(struct cx *cx, const struct line *l, size_t end, struct clauses *out)
{
	static const char *const marks[] = { ";", ",", "。", " ", NULL };
	const struct str f = str_sub(l->f, 0, end);
	size_t from = 0, i = 0, n = 0;
	bool colon = false;
	int depth = 0;

	while (i < f.n) {
		enum role role = ROLE_NONE;

		if (f.p[i] == '(' || f.p[i] == '[')
			depth++;
		else if ((f.p[i] == ')' || f.p[i] == ']') && depth > 0)
			depth--;
		if (depth == 0 && i > from)
			role = verb_at(f, i, &n);
		if (role == ROLE_NONE) {
			(void)str_next(f, &i);
			continue;
		}
		if (role == ROLE_RESPONSIBLE)
			add_responsible(cx, l, out, from, i);
		else
			add_clause(cx, l, out, from, i, role);
		i += n;
		from = i;
	}
	while (from < f.n && starts_in(str_sub(f, from, f.n), marks, &n))
		from += n;
	if (out->n && label_at(str_sub(f, from, f.n), &n, &colon) != ROLE_NONE && colon) {
		const struct line rest = line_make(cx->arena, line_cut(l, from, f.n));

		clauses_by_label(cx, &rest, rest.f.n, out);
	} else if (out->n && from < f.n) {
		add_clause(cx, l, out, from, f.n, ROLE_NONE);
	}
}

/* Behind a label for units the words may still say who leads: 责任单位:X牵头,Y配合 */
static void
add_labelled(struct cx *cx, const struct line *l, struct clauses *out, size_t from,
    size_t to, enum role role)
{
	const struct line words = line_make(cx->arena, line_cut(l, from, to));
	const size_t first = out->n;

	if (role == ROLE_LEAD || role == ROLE_UNITS || role == ROLE_RESPONSIBLE)
		clauses_by_verb(cx, &words, words.f.n, out);
	if (out->n == first)
		add_clause(cx, l, out, from, to, role);
	for (size_t i = first; i < out->n; i++)
		if (out->v[i].role == ROLE_NONE)
			out->v[i].role = role;
}

static void
clauses_by_label(struct cx *cx, const struct line *l, size_t end, struct clauses *out)
{
	const struct str f = str_sub(l->f, 0, end);
	size_t i = 0, n = 0;
	bool colon = false;
	enum role role = label_at(f, &n, &colon);

	while (role != ROLE_NONE) {
		size_t to = i + n, next_n = 0;
		enum role next = ROLE_NONE;

		for (i = to; i < f.n; i++)
			if (f.p[i] == ';' || f.p[i] == ' ' || f.p[i] == ',' ||
			    str_starts(str_sub(f, i, f.n), S("。"))) {
				size_t j = i;

				(void)str_next(f, &j);
				next = label_at(str_sub(f, j, f.n), &next_n, &colon);
				if (next != ROLE_NONE && colon) {
					add_labelled(cx, l, out, to, i, role);
					i = j;
					break;
				}
				next = ROLE_NONE;
			}
		if (next == ROLE_NONE)
			add_labelled(cx, l, out, to, f.n, role);
		role = next;
		n = next_n;
	}
}

static void
add_all(struct cx *cx, struct strs *to, const struct strs *from)
{
	for (size_t i = 0; i < from->n; i++)
		strs_add(cx, to, from->v[i]);
}

/* Who leads of those that are responsible: 责任单位:A、B and A负责,B配合. */
static bool
settle(struct cx *cx, const struct strs *responsible, bool first_leads,
    struct assignment *out)
{
	struct strs all = { 0 };
	/* A负责,B配合: A leads; of several the first, where the document says so. */
	const bool beside = !out->lead.n && responsible->n && out->units.n;

	out->lead_named = out->lead.n > 0 || beside;
	for (size_t i = 0; i < responsible->n; i++) {
		const bool leads = beside ? !first_leads || i == 0
					  : !out->lead_named && first_leads && i == 0;

		strs_add(cx, leads ? &out->lead : &all, responsible->v[i]);
	}
	add_all(cx, &all, &out->units);
	out->units = all;
	return out->lead.n || out->units.n;
}

static bool
fill(struct cx *cx, const struct known *known, const struct clauses *c, bool first_leads,
    struct assignment *out)
{
	struct strs responsible = { 0 };
	struct plan_deadline when;

	for (size_t i = 0; i < c->n; i++) {
		switch (c->v[i].role) {
		case ROLE_LEAD:
			units_split(cx, known, c->v[i].list, &out->lead);
			break;
		case ROLE_UNITS:
			units_split(cx, known, c->v[i].list, &out->units);
			break;
		case ROLE_RESPONSIBLE:
			units_split(cx, known, c->v[i].list, &responsible);
			break;
		case ROLE_LEADER:
			units_split(cx, known, c->v[i].list, &out->leaders);
			break;
		case ROLE_DEADLINE:
			if (when_cell(cx, c->v[i].list, &when, &out->milestones)) {
				out->deadline = when;
				out->limit = c->v[i].list;
			} else {
				out->rest = c->v[i].list; /* 立即: no day, but said */
			}
			break;
		case ROLE_CLASS:
			units_split(cx, known, c->v[i].list, &out->classes);
			break;
		case ROLE_NONE: /* words behind the last verb: a condition, not a unit */
			out->rest = c->v[i].list;
			break;
		case ROLE_NUMBER:
		case ROLE_TEXT:
		case ROLE_NOTE:
		case ROLE_COUNT_:
			break;
		}
	}
	return settle(cx, &responsible, first_leads, out);
}

bool
assignment_parse(struct cx *cx, const struct known *known, struct str words,
    bool first_leads, struct assignment *out)
{
	struct assignment a = { .deadline = { DEADLINE_NONE, DAY_NONE } };
	const struct line l = line_make(cx->arena, limit_cut(cx, words, &a));
	const struct str f = without_rule(l.f, &a.rule);
	struct clauses c = { 0 };
	size_t n;
	bool colon = false;

	if (label_at(f, &n, &colon) != ROLE_NONE && colon)
		clauses_by_label(cx, &l, f.n, &c);
	else
		clauses_by_verb(cx, &l, f.n, &c);
	if (c.n == 0 || !fill(cx, known, &c, first_leads || a.rule, &a))
		return false;
	*out = a;
	return true;
}
