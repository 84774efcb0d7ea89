/* Comparing: each kind of expectation is one function, found by its key. */
#include "cli/scenario_expect.h"

#include <stdlib.h>

#include "base/buf.h"
#include "base/date.h"
#include "lang/canon.h"

struct check {
	struct stage_names *names;
	const struct yaml_node *want; /* the value under the key */
	const struct outcome *is;
};

static int
by_bytes(const void *a, const void *b)
{
	const struct str *x = a, *y = b;

	return str_cmp(*x, *y);
}

static struct str
sorted(struct arena *a, struct id_list *l)
{
	if (l->n)
		qsort(l->v, l->n, sizeof *l->v, by_bytes);
	return str_join(a, l->v, l->n, S(", "));
}

/* Two sets of ids, in any order. */
static void
compare_ids(struct check *c, struct id_list *is, const char *what)
{
	struct arena *a = c->names->arena;
	struct id_list want = { 0 };
	struct str is_text, want_text;

	for (yaml_each(item, c->want))
		*list_add(a, &want) = item->text;
	is_text = sorted(a, is);
	want_text = sorted(a, &want);
	if (!str_eq(is_text, want_text))
		yaml_fault(c->names->failures, c->want, "%s应为[%.*s],实为[%.*s]", what,
		    STR_ARG(want_text), STR_ARG(is_text));
}

static void
compare_text(struct check *c, const struct yaml_node *want, struct str is, struct str key)
{
	if (!str_eq(want->text, is))
		yaml_fault(c->names->failures, want, "%.*s应为%.*s，实为%.*s",
		    STR_ARG(key), STR_ARG(want->text), STR_ARG(is));
}

static void
check_refused(struct check *c)
{
	struct id_list is = { 0 };

	for (size_t i = 0; c->is->result && i < c->is->result->refusals.n; i++)
		*list_add(c->names->arena, &is) = c->is->result->refusals.v[i].rule;
	compare_ids(c, &is, "拒绝的规则");
}

/* Fields not filled in, a field once for each row; nothing else may refuse. */
static void
check_missing(struct check *c)
{
	struct id_list is = { 0 };

	for (size_t i = 0; c->is->result && i < c->is->result->refusals.n; i++) {
		const struct refusal *r = &c->is->result->refusals.v[i];

		*list_add(c->names->arena,
		    &is) = str_eq(r->rule, S("required")) ? r->field : r->rule;
	}
	compare_ids(c, &is, "未填写的内容");
}

static void
check_sealed(struct check *c)
{
	struct id_list is = c->is->sealed;

	compare_ids(c, &is, "密封的个人信息");
}

static void
check_stage(struct check *c)
{
	compare_text(
	    c, c->want, value_str(value_get(&c->is->state, S("stage"))), S("阶段"));
}

static void
check_due(struct check *c)
{
	const struct value *clocks = value_get(&c->is->state, S("clocks"));

	for (yaml_each(clock, c->want)) {
		const struct value *due = value_get(
		    value_get(clocks, clock->key), S("due"));

		compare_text(c, clock,
		    due->kind == V_INT ? day_iso(c->names->arena, due->i) : S(""),
		    clock->key);
	}
}

static void
check_fields(struct check *c)
{
	struct arena *a = c->names->arena;
	const struct value *fields = value_get(&c->is->state, S("fields"));

	for (yaml_each(item, c->want)) {
		const struct field *f = c->is->fields
					    ? field_find(c->is->fields, item->key)
					    : NULL;
		const struct value want = scenario_value(c->names, item, f);
		const struct value *is = value_get(fields, item->key);

		if (!f)
			yaml_fault(
			    c->names->failures, item, "没有字段%.*s", STR_ARG(item->key));
		else if (!value_eq(&want, is))
			yaml_fault(c->names->failures, item, "%.*s应为%.*s，实为%.*s",
			    STR_ARG(item->key), STR_ARG(canon_str(a, &want)),
			    STR_ARG(canon_str(a, is)));
	}
}

/* Lists of children by kind, each state in the order of opening. */
static void
check_children(struct check *c)
{
	const struct value *children = value_get(&c->is->state, S("children"));

	for (yaml_each(kind, c->want)) {
		const struct value *list = value_get(children, kind->key);
		struct buf is = { .arena = c->names->arena };
		struct buf want = { .arena = c->names->arena };

		for (size_t i = 0; i < value_count(list); i++) {
			buf_put(&is, value_str(value_get(value_at(list, i), S("state"))));
			buf_put_byte(&is, ' ');
		}
		for (yaml_each(state, kind)) {
			buf_put(&want, state->text);
			buf_put_byte(&want, ' ');
		}
		if (!str_eq(buf_str(&is), buf_str(&want)))
			yaml_fault(c->names->failures, kind, "%.*s应为%.*s，实为%.*s",
			    STR_ARG(kind->key), STR_ARG(buf_str(&want)),
			    STR_ARG(buf_str(&is)));
	}
}

static void
check_lapsed(struct check *c)
{
	const struct value *clocks = value_get(&c->is->state, S("clocks"));
	struct id_list is = { 0 };

	for (size_t i = 0; clocks->kind == V_MAP && i < clocks->map.n; i++)
		if (!value_is_null(value_get(&clocks->map.pairs[i].value, S("lapsed"))))
			*list_add(c->names->arena, &is) = clocks->map.pairs[i].key;
	compare_ids(c, &is, "已届满的期限");
}

static void
compare_rules(struct check *c, const struct value *rules, const char *what)
{
	struct id_list is = { 0 };

	for (size_t i = 0; i < value_count(rules); i++)
		*list_add(c->names->arena, &is) = value_str(
		    value_get(value_at(rules, i), S("rule")));
	compare_ids(c, &is, what);
}

static void
check_doubts(struct check *c)
{
	compare_rules(c, value_get(&c->is->state, S("doubts")), "疑点");
}

static void
check_warned(struct check *c)
{
	compare_rules(c, &c->is->warned, "提醒");
}

static void
check_number(struct check *c)
{
	compare_text(
	    c, c->want, c->is->result ? c->is->result->act.number : S(""), S("文号"));
}

static void
check_published(struct check *c)
{
	const struct value *published = value_get(&c->is->state, S("published"));
	struct id_list is = { 0 };

	for (size_t i = 0; published->kind == V_MAP && i < published->map.n; i++)
		*list_add(c->names->arena, &is) = published->map.pairs[i].key;
	compare_ids(c, &is, "公开的内容");
}

static bool
is_gone(const struct value *gone, struct str place)
{
	for (size_t i = 0; i < value_count(gone); i++)
		if (place.n && str_eq(value_str(value_at(gone, i)), place))
			return true;
	return false;
}

/* Places "field" and "field/row" whose sealed part was destroyed. */
static void
check_destroyed(struct check *c)
{
	struct arena *a = c->names->arena;
	const struct value *fields = value_get(&c->is->state, S("fields"));
	const struct value *gone = value_get(&c->is->state, S("gone"));
	struct id_list is = { 0 };

	for (size_t i = 0; fields->kind == V_MAP && i < fields->map.n; i++) {
		const struct value_pair *p = &fields->map.pairs[i];

		if (is_gone(gone, value_str(value_get(&p->value, S("sealed")))))
			*list_add(a, &is) = p->key;
		for (size_t k = 0; p->value.kind == V_LIST && k < p->value.list.n; k++)
			if (is_gone(gone, value_str(value_get(
					      &p->value.list.items[k], S("sealed")))))
				*list_add(a, &is) = str_fmt(
				    a, "%.*s/%zu", STR_ARG(p->key), k + 1);
	}
	compare_ids(c, &is, "已销毁的信息");
}

/* Acts that were done and stand no longer. */
static void
check_undone(struct check *c)
{
	const struct value *acts = value_get(&c->is->state, S("acts"));
	struct id_list is = { 0 };

	for (size_t i = 0; acts->kind == V_MAP && i < acts->map.n; i++)
		if (value_true(value_get(&acts->map.pairs[i].value, S("void"))))
			*list_add(c->names->arena, &is) = acts->map.pairs[i].key;
	compare_ids(c, &is, "不再有效的办理");
}

static void
check_deemed(struct check *c)
{
	const struct value *deemed = value_get(&c->is->state, S("deemed"));
	struct id_list is = { 0 };

	for (size_t i = 0; i < value_count(deemed); i++)
		*list_add(c->names->arena, &is) = value_str(
		    value_get(value_at(deemed, i), S("clock")));
	compare_ids(c, &is, "视为的效果");
}

static void
check_instead(struct check *c)
{
	const struct str want = c->want->text.n
				    ? name_of(c->names, c->want, c->want->text)
				    : S("");

	if (!str_eq(want, c->is->instead))
		yaml_fault(c->names->failures, c->want, "代%.*s办理，实为代“%.*s”",
		    STR_ARG(c->want->text), STR_ARG(c->is->instead));
}

static void
check_hidden(struct check *c)
{
	struct id_list is = c->is->hidden;

	compare_ids(c, &is, "不可见的内容");
}

static void
check_replayed(struct check *c)
{
	const bool is = c->is->result && c->is->result->act.replayed;

	compare_text(c, c->want, is ? S("true") : S("false"), S("重复提交"));
}

/* The rows of its decision table that gave a field its value. */
static void
check_tables(struct check *c)
{
	const struct value *tables = value_get(&c->is->state, S("tables"));

	for (yaml_each(field, c->want)) {
		const struct value *rows = value_get(
		    value_get(tables, field->key), S("rows"));
		struct check one = { c->names, field, c->is };
		struct id_list is = { 0 };

		for (size_t i = 0; i < value_count(rows); i++)
			*list_add(c->names->arena, &is) = str_fmt(c->names->arena, "%lld",
			    (long long)value_num(value_at(rows, i)));
		compare_ids(&one, &is, "决策表的行");
	}
}

/* Terms by their state. */
static void
check_clocks(struct check *c)
{
	const struct value *clocks = value_get(&c->is->state, S("clocks"));

	for (yaml_each(clock, c->want)) {
		struct check one = { c->names, clock, c->is };

		compare_text(&one, clock,
		    value_str(value_get(value_get(clocks, clock->key), S("state"))),
		    S("期限的状态"));
	}
}

static const struct {
	const char *key;
	void (*check)(struct check *c);
} checks[] = {
	{ "refused", check_refused },
	{ "stage", check_stage },
	{ "due", check_due },
	{ "fields", check_fields },
	{ "children", check_children },
	{ "lapsed", check_lapsed },
	{ "tables", check_tables },
	{ "doubts", check_doubts },
	{ "warned", check_warned },
	{ "number", check_number },
	{ "published", check_published },
	{ "destroyed", check_destroyed },
	{ "hidden", check_hidden },
	{ "replayed", check_replayed },
	{ "missing", check_missing },
	{ "sealed", check_sealed },
	{ "undone", check_undone },
	{ "deemed", check_deemed },
	{ "instead", check_instead },
	{ "clocks", check_clocks },
};

/* Each name of a matter, with a part of the reason in `kept`. */
static void
expect_moved(struct stage_names *names, const struct yaml_node *name,
    const struct law_moves *is, struct str why)
{
	const struct str matter = why.n ? name->key : name->text;
	const struct str subject = name_of(names, name, matter);
	bool found = false;

	for (size_t i = 0; !why.n && i < is->n; i++)
		found |= str_eq(is->v[i].subject, subject);
	for (size_t i = 0; why.n && i < is->kept.n; i++)
		found |= str_eq(is->kept.v[i].subject, subject) &&
			 str_has(is->kept.v[i].why, why);
	if (!found)
		yaml_fault(names->failures, name, "“%.*s”没有%s", STR_ARG(matter),
		    why.n ? "因此保留" : "移动");
}

void
expect_moves(
    struct stage_names *names, const struct yaml_node *expect, const struct law_moves *is)
{
	const struct yaml_node *moved = yaml_get(expect, S("moved"));
	const struct yaml_node *kept = yaml_get(expect, S("kept"));
	size_t n_moved = 0, n_kept = 0;

	for (yaml_each(name, moved)) {
		expect_moved(names, name, is, S(""));
		n_moved++;
	}
	for (yaml_each(name, kept)) {
		expect_moved(names, name, is, name->text);
		n_kept++;
	}
	if (is->n != n_moved || is->kept.n != n_kept)
		yaml_fault(names->failures, expect,
		    "移动了 %zu 件、保留了 %zu 件，应当是 %zu 件和 %zu 件", is->n,
		    is->kept.n, n_moved, n_kept);
	for (size_t i = 0; i < is->kept.n && is->kept.n != n_kept; i++)
		yaml_fault(names->failures, expect, "%.*s：%.*s",
		    STR_ARG(is->kept.v[i].subject), STR_ARG(is->kept.v[i].why));
}

static void
expect_success(
    struct stage_names *names, const struct yaml_node *step, const struct door_result *r)
{
	struct buf why = { .arena = names->arena };

	if (r->err == ERR_OK)
		return;
	buf_put(&why, r->why);
	for (size_t i = 0; i < r->refusals.n; i++)
		buf_fmt(&why, " [%.*s] %.*s", STR_ARG(r->refusals.v[i].rule),
		    STR_ARG(r->refusals.v[i].message));
	yaml_fault(names->failures, step, "未办成：%.*s", STR_ARG(buf_str(&why)));
}

void
expect_check(struct stage_names *names, const struct yaml_node *expect,
    const struct yaml_node *step, const struct outcome *is)
{
	if (is->result && !yaml_find(expect, S("refused")) &&
	    !yaml_find(expect, S("missing")))
		expect_success(names, step, is->result);
	for (yaml_each(item, expect))
		for (size_t i = 0; i < sizeof checks / sizeof *checks; i++)
			if (str_eq(item->key, str_z(checks[i].key)))
				checks[i].check(&(struct check){ names, item, is });
}
