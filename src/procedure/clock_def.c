/*
 * The parts of a clock: its term and direction, what makes it stand still, what makes it
 * longer, what it costs to be late; and what only the clock as a whole shows.
 */
#include "procedure/parts.h"
#include "register/vocabulary.h"

bool
term_def_load(
    struct cx *cx, struct messages *m, const struct yaml_node *node, struct term_def *out)
{
	struct str rest = yaml_str(node), first = { NULL, 0 };
	int64_t number;

	if (node->kind == YAML_NONE)
		return false;
	str_split(&rest, S(" "), &first);
	if (rest.n && !str_int(first, &number)) {
		out->parameter = first;
		if (term_parse(cx, str_fmt(m->arena, "1 %.*s", STR_ARG(rest)),
			&out->term) != ERR_OK)
			yaml_fault(m, node, "%.*s", STR_ARG(cx->why));
		out->term.number = 0;
	} else if (term_parse(cx, yaml_str(node), &out->term) != ERR_OK) {
		yaml_fault(m, node, "%.*s", STR_ARG(cx->why));
	}
	return true;
}

/* `within` forwards, `at_least` forwards and to be waited for, `ahead` backwards. */
static void
main_term_load(
    struct cx *cx, struct messages *m, const struct yaml_node *node, struct clock_def *c)
{
	static const struct str keys[] = { S("within"), S("at_least"), S("ahead") };
	size_t given = 0;

	for (size_t i = 0; i < sizeof keys / sizeof *keys; i++) {
		if (!yaml_find(node, keys[i]))
			continue;
		given++;
		c->minimum = i == 1;
		c->has_term = term_def_load(cx, m, yaml_get(node, keys[i]), &c->term);
		if (i == 2) {
			c->term.term.is_backward = true;
			c->term.term.roll = ROLL_NONE;
		}
	}
	if (given > 1)
		yaml_fault(m, node,
		    "期限%.*s不能同时有 within 和 at_least：within、at_least、ahead "
		    "只取其一",
		    STR_ARG(c->id));
	if (!given && !c->at)
		yaml_fault(m, node, "期限%.*s须有 within、at_least、ahead、at 之一",
		    STR_ARG(c->id));
}

static void
roll_load(struct messages *m, const struct yaml_node *node, struct clock_def *c)
{
	static const struct {
		struct str word;
		enum term_roll roll;
	} rolls[] = { { S("none"), ROLL_NONE }, { S("next"), ROLL_NEXT },
		{ S("previous"), ROLL_PREVIOUS } };

	if (node->kind == YAML_NONE)
		return;
	for (size_t i = 0; i < sizeof rolls / sizeof *rolls; i++) {
		if (!str_eq(yaml_str(node), rolls[i].word))
			continue;
		c->term.term.roll = rolls[i].roll;
		if (rolls[i].roll != ROLL_NONE &&
		    (rolls[i].roll == ROLL_PREVIOUS) != c->term.term.is_backward)
			yaml_fault(m, node, "顺延的方向与期限的方向不一致");
		return;
	}
	yaml_fault(m, node, "roll 须为 none、next、previous 之一");
}

/* A kind of child, or the acts between which no day counts. */
static void
pauses_load(
    struct cx *cx, struct messages *m, const struct yaml_node *node, struct clock_def *c)
{
	if (node->kind == YAML_NONE || !yaml_want(m, node, YAML_LIST))
		return;
	c->pauses.line = node->line;
	for (yaml_each(item, node)) {
		struct clock_stop *stop;

		if (item->kind != YAML_MAP) {
			*list_add(m->arena, &c->pauses) = yaml_str(item);
			continue;
		}
		stop = list_add(m->arena, &c->stops);
		shape_closed(m, item, &shape_pause);
		ids_load(cx, m, yaml_get(item, S("from")), &stop->from);
		ids_load(cx, m, yaml_get(item, S("until")), &stop->until);
		stop->basis = ids_joined(cx, m, yaml_get(item, S("basis")));
		stop->line = item->line;
		if (!stop->from.n || !stop->until.n)
			yaml_fault(m, item,
			    "pauses 须写明 from 和 until：从哪个动作中止，"
			    "到哪个动作恢复");
	}
}

static void
extends_load(
    struct cx *cx, struct messages *m, const struct yaml_node *node, struct clock_def *c)
{
	if (node->kind == YAML_NONE || !yaml_want(m, node, YAML_LIST))
		return;
	for (yaml_each(item, node)) {
		struct clock_extension *e = list_add(m->arena, &c->extensions);

		shape_closed(m, item, &shape_extension);
		e->action = yaml_str(yaml_get(item, S("with")));
		e->basis = ids_joined(cx, m, yaml_get(item, S("basis")));
		e->line = item->line;
		if (!term_def_load(cx, m, yaml_get(item, S("for")), &e->more) ||
		    !e->action.n)
			yaml_fault(m, item,
			    "extends 须写明 with 和 for：由哪个动作延长"
			    "多长");
		if (e->more.term.is_backward || e->more.term.unit == TERM_HOURS)
			yaml_fault(m, item, "延长的期限须为向后的日、工作日、月或者年");
	}
}

static bool
fraction_read(struct str s, int64_t *parts, int64_t *whole)
{
	struct str first;

	return str_split(&s, S("/"), &first) && str_int(str_trim(first), parts) &&
	       str_int(str_trim(s), whole) && *parts > 0 && *parts <= *whole &&
	       *whole <= 1000000;
}

static void
amount_load(
    struct cx *cx, struct messages *m, const struct yaml_node *node, struct clock_def *c)
{
	struct clock_amount *a = &c->amount;

	if (node->kind == YAML_NONE)
		return;
	shape_closed(m, node, &shape_amount);
	a->of = expression_load(cx, m, yaml_get(node, S("of")));
	a->cap = expression_load(cx, m, yaml_get(node, S("cap")));
	if (!fraction_read(yaml_str(yaml_get(node, S("rate"))), &a->parts, &a->whole))
		yaml_fault(m, yaml_get(node, S("rate")), "rate 须为每日的份额，如 3/100");
	if (!a->of || !a->cap)
		yaml_fault(
		    m, node, "amount 须有 rate、of、cap：按什么计算、不得超过多少");
}

void
clock_parts_load(
    struct cx *cx, struct messages *m, const struct yaml_node *node, struct clock_def *c)
{
	main_term_load(cx, m, node, c);
	roll_load(m, yaml_get(node, S("roll")), c);
	pauses_load(cx, m, yaml_get(node, S("pauses")), c);
	extends_load(cx, m, yaml_get(node, S("extends")), c);
	amount_load(cx, m, yaml_get(node, S("amount")), c);
	c->moment = yaml_str(yaml_get(node, S("moment")));
	if (c->has_term && !c->from.n == !c->at)
		yaml_fault(
		    m, node, "期限%.*s须有 from 或者 at 之一：从何起算", STR_ARG(c->id));
}

/* ---- what the whole shows ---- */

static void
want_actions(struct messages *m, const struct procedure_def *p, const struct id_list *ids,
    int line, const char *where)
{
	for (size_t i = 0; i < ids->n; i++)
		if (!action_find(p, ids->v[i]))
			message_put(m, line, 1, "%s：没有办理动作“%.*s”", where,
			    STR_ARG(ids->v[i]));
}

static bool
can_pause(const struct clock_def *c)
{
	return c->has_term && c->term.term.unit != TERM_HOURS &&
	       !c->term.term.is_backward;
}

static void
check_moment(struct messages *m, const struct procedure_def *p, const struct clock_def *c)
{
	const struct field *f = field_find(&p->fields, c->moment);

	if (!c->moment.n)
		return;
	if (c->term.term.unit != TERM_HOURS || c->at)
		message_put(
		    m, c->line, 1, "moment：只用于从动作起算的、按小时计算的期限");
	if (!f || f->personal || (f->type != FIELD_CODE && f->type != FIELD_TEXT))
		message_put(m, c->line, 1, "moment：须为 code 类型的字段，如 14:05");
}

/* What ends a term and does not begin it anew cannot begin it: it would have to be done
 * once before it counts, which is never what was meant. */
static void
check_turn(struct messages *m, const struct procedure_def *p, const struct clock_def *c)
{
	for (size_t i = 0; i < c->from.n && !c->restart; i++) {
		const struct str id = c->from.v[i];
		const struct action_def *a = action_find(p, id);

		if (a && (id_list_has(&c->until, id) ||
			     (!c->minimum && id_list_has(&c->before, id))))
			message_put(m, c->line, 1,
			    "期限“%.*s”：“%.*s”既起算又终止；每次办理都终止前一期、"
			    "重新起算下一期的，写明 restart: true，否则只留一处",
			    STR_ARG(c->id), STR_ARG(a->title));
	}
}

void
clock_check(struct messages *m, const struct procedure_def *p, const struct clock_def *c)
{
	for (size_t i = 0; i < c->stops.n; i++) {
		const struct clock_stop *s = &c->stops.v[i];

		want_actions(m, p, &s->from, s->line, "pauses");
		want_actions(m, p, &s->until, s->line, "pauses");
	}
	for (size_t i = 0; i < c->extensions.n; i++) {
		const struct clock_extension *e = &c->extensions.v[i];

		if (!action_find(p, e->action))
			message_put(m, e->line, 1, "extends：没有办理动作“%.*s”",
			    STR_ARG(e->action));
		for (size_t k = 0; k < i; k++)
			if (str_eq(c->extensions.v[k].action, e->action))
				message_put(m, e->line, 1, "extends：“%.*s”只能延长一次",
				    STR_ARG(e->action));
	}
	if ((c->stops.n || c->pauses.n || c->extensions.n) && !can_pause(c))
		message_put(m, c->line, 1,
		    "期限“%.*s”按小时连续计算、倒算或者没有期间，不能有 pauses 和 "
		    "extends",
		    STR_ARG(c->id));
	if (c->term.term.is_backward && c->minimum)
		message_put(
		    m, c->line, 1, "期限“%.*s”倒算，不能是最短期限", STR_ARG(c->id));
	if (c->amount.of &&
	    (c->minimum || (c->has_term && c->term.term.unit == TERM_HOURS)))
		message_put(m, c->line, 1,
		    "期限“%.*s”不是按日届满的最长期限，不能有 amount", STR_ARG(c->id));
	check_moment(m, p, c);
	check_turn(m, p, c);
}
