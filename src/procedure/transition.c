/* Loading a transitional rule. Whether it fits the editions is act/link_transition.c. */
#include "procedure/transition.h"

#include "base/date.h"
#include "procedure/parts.h"
#include "register/vocabulary.h"

const struct stage_move *
stage_move_find(const struct transition_def *t, struct str stage)
{
	for (size_t i = 0; i < t->stages.n; i++)
		if (str_eq(t->stages.v[i].from, stage))
			return &t->stages.v[i];
	return NULL;
}

const struct term_move *
term_move_find(const struct transition_def *t, struct str clock)
{
	for (size_t i = 0; i < t->clocks.n; i++)
		if (str_eq(t->clocks.v[i].clock, clock))
			return &t->clocks.v[i];
	return NULL;
}

bool
transition_leaves(const struct transition_def *t, const struct procedure_def *edition)
{
	if (!str_eq(t->procedure, edition->id))
		return false;
	if (t->edition.n)
		return str_eq(t->edition, edition->digest);
	return edition->from_day < t->before_day;
}

static void
from_load(struct messages *m, const struct yaml_node *node, struct transition_def *t)
{
	t->before_day = DAY_NONE;
	if (!yaml_want(m, node, YAML_MAP))
		return;
	shape_closed(m, node, &shape_transition_from);
	t->edition = yaml_str(yaml_get(node, S("edition")));
	if (yaml_find(node, S("before")))
		yaml_day(m, yaml_get(node, S("before")), &t->before_day);
	if (!t->edition.n == !yaml_find(node, S("before")))
		yaml_fault(m, node,
		    "from：写 before（某日之前起施行的版本）或者 "
		    "edition（版本的摘要值）之一");
}

static void
stages_load(struct messages *m, const struct yaml_node *node, struct transition_def *t)
{
	if (!yaml_want(m, node, YAML_MAP))
		return;
	for (yaml_each(item, node)) {
		struct stage_move *s = list_add(m->arena, &t->stages);

		*s = (struct stage_move){ .from = item->key, .line = item->key_line };
		if (item->kind == YAML_SCALAR) {
			s->to = item->text;
		} else if (yaml_want(m, item, YAML_MAP)) {
			shape_closed(m, item, &shape_transition_stage);
			s->stays = yaml_str(yaml_get(item, S("stays")));
		}
		if (!s->to.n && !s->stays.n)
			yaml_fault_key(m, item,
			    "阶段“%.*s”：写移到的阶段，或者 { stays: 不移的理由 }",
			    STR_ARG(s->from));
	}
}

static bool
fate_read(struct str word, enum term_fate *out)
{
	static const struct {
		struct str word;
		enum term_fate fate;
	} fates[] = {
		{ S("kept"), TERM_KEPT },
		{ S("anew"), TERM_ANEW },
		{ S("converted"), TERM_CONVERTED },
		{ S("ended"), TERM_ENDED },
	};

	for (size_t i = 0; i < sizeof fates / sizeof *fates; i++) {
		if (!str_eq(word, fates[i].word))
			continue;
		*out = fates[i].fate;
		return true;
	}
	return false;
}

static void
clocks_load(struct messages *m, const struct yaml_node *node, struct transition_def *t)
{
	if (node->kind == YAML_NONE || !yaml_want(m, node, YAML_MAP))
		return;
	for (yaml_each(item, node)) {
		struct term_move *c = list_add(m->arena, &t->clocks);
		struct str how = yaml_str(item);

		c->clock = item->key;
		c->line = item->key_line;
		if (item->kind == YAML_MAP) {
			shape_closed(m, item, &shape_transition_clock);
			how = yaml_str(yaml_get(item, S("how")));
			c->reason = yaml_str(yaml_get(item, S("reason")));
		}
		if (!fate_read(how, &c->fate))
			yaml_fault_key(m, item,
			    "期限“%.*s”：写 kept、anew、converted 或者 ended 之一",
			    STR_ARG(c->clock));
		else if (c->fate != TERM_KEPT && !c->reason.n)
			yaml_fault_key(m, item,
			    "期限“%.*s”不照旧计算的，须写明理由 reason",
			    STR_ARG(c->clock));
	}
}

static void
fields_load_moved(struct cx *cx, struct messages *m, const struct yaml_node *node,
    struct transition_def *t)
{
	if (node->kind == YAML_NONE || !yaml_want(m, node, YAML_MAP))
		return;
	for (yaml_each(item, node))
		*list_add(m->arena, &t->fields) = (struct set_def){ .field = item->key,
			.value = expression_load(cx, m, item),
			.line = item->key_line };
}

void
transition_load(struct cx *cx, struct messages *m, const struct yaml_node *root,
    struct transition_def *t)
{
	shape_closed(m, root, &shape_transition);
	t->id = yaml_str(yaml_get(root, S("transition")));
	t->title = yaml_str(yaml_get(root, S("title")));
	t->procedure = yaml_str(yaml_get(root, S("procedure")));
	t->basis = ids_joined(cx, m, yaml_get(root, S("basis")));
	from_load(m, yaml_get(root, S("from")), t);
	yaml_day(m, yaml_get(root, S("to")), &t->to_day);
	t->when = expression_load(cx, m, yaml_get(root, S("when")));
	stages_load(m, yaml_get(root, S("stages")), t);
	fields_load_moved(cx, m, yaml_get(root, S("fields")), t);
	ids_load(cx, m, yaml_get(root, S("drops")), &t->drops);
	clocks_load(m, yaml_get(root, S("clocks")), t);
	if (!t->basis.n)
		yaml_fault(m, root, "过渡规则须写明依据 basis");
}
