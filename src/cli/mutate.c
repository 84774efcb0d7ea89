/*
 * law mutate: takes out in turn what of law/ guards something: each rule, warning, gate,
 * clock and what is said of it (acts it guards, pauses, extensions, a new beginning),
 * mask, competence, separation, manner and row of a decision table, what a child covers
 * and the rows it is opened for, who may correct and destroy, and each mark of a field:
 * required, unique, personal, among, numbers. A scenario must fail each time, or nothing
 * proves what was taken out. docs/language.md says what stays in, and why.
 */
#include <stdio.h>

#include "cli/cli.h"
#include "cli/law.h"

/* A store grows with each run; a fresh one now and then costs less. */
enum { RUNS_PER_STAGE = 300 };

struct mutation {
	const char *what;
	struct str file, family, id;
	int line;
	bool *off;     /* set while it is taken out; or */
	bool *mark;    /* cleared meanwhile; or */
	size_t *count; /* of a list emptied meanwhile */
};

struct mutate {
	struct cx *cx;
	const struct defs *defs;
	struct scenario_list scenarios;
	LIST(struct mutation) mutations;
	struct law_stages stages;
	size_t runs;
};

static void
add(struct mutate *m, const char *what, struct str file, struct str family, struct str id,
    int line, bool *off)
{
	*list_add(m->cx->arena, &m->mutations) = (struct mutation){ .what = what,
		.file = file,
		.family = family,
		.id = id,
		.line = line,
		.off = off };
}

static void
add_rules(struct mutate *m, const char *what, struct str file, struct str family,
    struct rule_list *rules)
{
	for (size_t i = 0; i < rules->n; i++)
		add(m, what, file, family, rules->v[i].id, rules->v[i].line,
		    &rules->v[i].off);
}

static void
add_mark(struct mutate *m, const char *what, struct str file, struct str family,
    struct str id, struct field *f, bool *mark)
{
	if (!*mark)
		return;
	add(m, what, file, family, id, f->line, NULL);
	m->mutations.v[m->mutations.n - 1].mark = mark;
}

static void
add_fields(struct mutate *m, struct str file, struct str family, struct str above,
    struct field_list *fields)
{
	for (size_t i = 0; i < fields->n; i++) {
		struct field *f = &fields->v[i];
		const struct str id = str_fmt(m->cx->arena, "%.*s%s%.*s", STR_ARG(above),
		    above.n ? "." : "", STR_ARG(f->id));

		add_mark(m, "必填", file, family, id, f, &f->required);
		add_mark(m, "唯一", file, family, id, f, &f->unique);
		add_mark(m, "个人信息", file, family, id, f, &f->personal);
		add_mark(m, "可选范围", file, family, id, f, &f->is_limited);
		add_mark(m, "印制号码", file, family, id, f, &f->is_numbered);
		add_fields(m, file, family, id, &f->columns);
	}
}

static bool
is_by_system(const struct action_def *a)
{
	static const struct str system = { "system", 6 };

	return id_list_has(&a->by, system);
}

static void
add_list_of(struct mutate *m, const char *what, struct str file, struct str family,
    struct str id, int line, size_t *count)
{
	if (!*count)
		return;
	add(m, what, file, family, id, line, NULL);
	m->mutations.v[m->mutations.n - 1].count = count;
}

static void
add_list(struct mutate *m, const char *what, const struct procedure_def *p, struct str id,
    int line, size_t *count)
{
	add_list_of(m, what, p->file, p->id, id, line, count);
}

static void
add_marked(struct mutate *m, const char *what, const struct procedure_def *p,
    struct str id, int line, bool *mark)
{
	add(m, what, p->file, p->id, id, line, NULL);
	m->mutations.v[m->mutations.n - 1].mark = mark;
}

static void
add_manner(struct mutate *m, const struct procedure_def *p, struct action_def *a)
{
	add_list(m, "撤销的办理", p, a->id, a->line, &a->undoes.n);
	add_list(m, "撤回时限", p, a->id, a->line, &a->until.n);
	add_list(m, "期限恢复", p, a->id, a->line, &a->resumes.n);
	add_list(m, "视为的确认", p, a->id, a->line, &a->confirms.n);
	add_list(m, "会签不同意", p, a->id, a->line, &a->join.then.n);
	if (a->asks_reason)
		add_marked(m, "理由", p, a->id, a->line, &a->asks_reason);
	if (a->join.given)
		add_marked(m, "会签", p, a->id, a->line, &a->join.given);
	if (a->hand_over.given)
		add_marked(m, "工作交接", p, a->id, a->line, &a->hand_over.given);
}

static void
add_clock(struct mutate *m, struct procedure_def *p, struct clock_def *c)
{
	add(m, "期限", p->file, p->id, c->id, c->line, &c->off);
	add_list(m, "期限约束的办理", p, c->id, c->line, &c->before.n);
	add_list(m, "期限的中止", p, c->id, c->line, &c->pauses.n);
	add_list(m, "期限的中止", p, c->id, c->line, &c->stops.n);
	add_list(m, "期限的延长", p, c->id, c->line, &c->extensions.n);
	add_list(m, "视为的效果", p, c->id, c->line, &c->deemed.n);
	if (c->restart)
		add_marked(m, "重新起算", p, c->id, c->line, &c->restart);
}

static void
add_child(struct mutate *m, struct procedure_def *p, struct child_def *k)
{
	add_list(m, "子程序针对的内容", p, k->kind, k->line, &k->covers.n);
	add_list(m, "逐行办理", p, k->kind, k->line, &k->for_rows.n);
}

/* Who may correct, and destroy what is sealed. */
static void
add_powers(struct mutate *m, struct procedure_def *p)
{
	add_list(m, "更正的职权", p, S("corrects"), p->corrects.line, &p->corrects.n);
	add_list(m, "销毁的职权", p, S("destroys"), p->destroys.line, &p->destroys.n);
}

static void
add_procedure(struct mutate *m, struct procedure_def *p)
{
	add_powers(m, p);
	for (size_t i = 0; i < p->children.n; i++)
		add_child(m, p, &p->children.v[i]);
	for (size_t i = 0; i < p->actions.n; i++) {
		struct action_def *a = &p->actions.v[i];

		add_rules(m, "规则", p->file, p->id, &a->require);
		add_rules(m, "提示", p->file, p->id, &a->warns);
		if (!is_by_system(a))
			add(m, "职权", p->file, p->id, a->id, a->line, &a->by_off);
		add_list(m, "回避", p, a->id, a->line, &a->apart.n);
		add_manner(m, p, a);
	}
	for (size_t i = 0; i < p->gates.n; i++)
		add(m, "关口", p->file, p->id, p->gates.v[i].rule.id,
		    p->gates.v[i].rule.line, &p->gates.v[i].rule.off);
	for (size_t i = 0; i < p->clocks.n; i++)
		add_clock(m, p, &p->clocks.v[i]);
	add_fields(m, p->file, p->id, S(""), &p->fields);
	for (size_t i = 0; i < p->masks.n; i++)
		add(m, "查阅", p->file, p->id, p->masks.v[i].id, p->masks.v[i].line,
		    &p->masks.v[i].off);
}

/* The procedure whose matters ask the table, or the table's own name. */
static struct str
family_asking(const struct mutate *m, struct str table)
{
	for (size_t i = 0; i < m->defs->procedures.n; i++) {
		const struct procedure_def *p = m->defs->procedures.items[i].value;

		for (size_t k = 0; k < p->fields.n; k++)
			if (str_eq(p->fields.v[k].table, table))
				return p->id;
	}
	return table;
}

static void
add_table(struct mutate *m, struct decision_def *t)
{
	const struct str family = family_asking(m, t->id);

	for (size_t i = 0; i < t->table.n_rows; i++)
		add(m, "决策表的行", t->file, family,
		    str_fmt(m->cx->arena, "%.*s/%zu", STR_ARG(t->id), i + 1),
		    t->notes.v[i].line, &t->rows[i].off);
}

static void
add_all(struct mutate *m)
{
	for (size_t i = 0; i < m->defs->registers.n; i++) {
		struct register_def *r = m->defs->registers.items[i].value;

		add_rules(m, "规则", r->file, r->id, &r->rules);
		add_list_of(m, "销毁的职权", r->file, r->id, S("destroys"),
		    r->destroys.line, &r->destroys.n);
		add_fields(m, r->file, r->id, S(""), &r->fields);
	}
	for (size_t i = 0; i < m->defs->procedures.n; i++)
		add_procedure(m, m->defs->procedures.items[i].value);
	for (size_t i = 0; i < m->defs->tables.n; i++) {
		const struct decision_list *t = m->defs->tables.items[i].value;

		add_table(m, t->v[t->n - 1]);
	}
}

static enum err
run(struct mutate *m, struct scenario *s, bool quick, bool *passed)
{
	struct arena turn AUTO(arena_free) = { 0 };
	struct cx own = { .arena = &turn, .now_ms = m->cx->now_ms };
	struct scenario_result r;

	if (!m->stages.n || m->runs % RUNS_PER_STAGE == 0) {
		law_stages_close(&m->stages);
		m->stages.n = 0;
		TRY(law_stages_open(
		    m->cx, &(struct law_options){ 0 }, m->defs, &m->stages));
	}
	scenario_run(&own, m->stages.v[0].stage, s,
	    str_fmt(&turn, "mutant/%zu", ++m->runs), quick, &r);
	for (size_t i = 0; !quick && i < r.failures.n; i++)
		printf("失败 %.*s\n", STR_ARG(message_str(&turn, &r.failures.v[i])));
	*passed = r.passed;
	return ERR_OK;
}

/* "enforcement/penalty.procedure.yaml" → "enforcement/penalty.ok/". */
static struct str
proofs_of(struct arena *a, struct str file)
{
	const size_t slash = str_rfind(file, S("/"));
	const size_t from = slash == SIZE_MAX ? 0 : slash + 1;
	const size_t dot = str_find(file, S("."), from);

	return str_fmt(a, "%.*s.ok/", STR_ARG(str_sub(file, 0, dot)));
}

/* Its own proofs first, then whatever else touches the definition. */
static enum err
kill_by(struct mutate *m, const struct mutation *mutation, bool own, bool *killed)
{
	const struct str proofs = proofs_of(m->cx->arena, mutation->file);

	for (size_t i = 0; i < m->scenarios.n && !*killed; i++) {
		struct scenario *s = &m->scenarios.v[i];
		bool passed;

		if (str_starts(s->path, proofs) != own ||
		    (!own && !id_list_has(&s->touched, mutation->family)))
			continue;
		TRY(run(m, s, true, &passed));
		*killed = !passed;
	}
	return ERR_OK;
}

static enum err
try_one(struct mutate *m, struct mutation *mutation, bool *killed)
{
	const size_t count = mutation->count ? *mutation->count : 0;
	enum err err;

	*killed = false;
	if (mutation->count)
		*mutation->count = 0;
	else if (mutation->mark)
		*mutation->mark = false;
	else
		*mutation->off = true;
	err = kill_by(m, mutation, true, killed);
	if (err == ERR_OK)
		err = kill_by(m, mutation, false, killed);
	if (mutation->count)
		*mutation->count = count;
	else if (mutation->mark)
		*mutation->mark = true;
	else
		*mutation->off = false;
	return err;
}

/* What is not proved while everything stands cannot prove anything. */
static enum err
baseline(struct mutate *m, size_t *failed)
{
	*failed = 0;
	for (size_t i = 0; i < m->scenarios.n; i++) {
		bool passed;

		TRY(run(m, &m->scenarios.v[i], false, &passed));
		*failed += !passed;
		/* And once more the way mutants are run: that alone must not fail. */
		TRY(run(m, &m->scenarios.v[i], true, &passed));
		*failed += !passed;
	}
	return ERR_OK;
}

static enum err
mutate(struct mutate *m, const struct law_options *o, size_t *survived)
{
	struct messages faults = { .arena = m->cx->arena };
	struct source_list sources = { 0 };
	struct faulty_list faulties = { 0 };
	size_t failed, tried = 0;
	struct defs *defs;

	TRY(law_read(m->cx, o->dir, &sources, &defs));
	m->defs = defs;
	TRY(scenarios_load(m->cx, o->dir, &faults, &m->scenarios, &faulties));
	TRY(baseline(m, &failed));
	if (failed || faults.n)
		return fail(m->cx, ERR_INPUT, "先让全部证明通过");
	add_all(m);
	for (size_t i = 0; i < m->mutations.n; i++) {
		struct mutation *mutation = &m->mutations.v[i];
		bool killed;

		if (o->name.n && !str_has(mutation->file, o->name))
			continue;
		TRY(try_one(m, mutation, &killed));
		tried++;
		*survived += !killed;
		if (!killed)
			printf("没有证明 %.*s:%d: %s %.*s\n", STR_ARG(mutation->file),
			    mutation->line, mutation->what, STR_ARG(mutation->id));
	}
	printf("%zu taken out, %zu noticed, %zu survived\n", tried, tried - *survived,
	    *survived);
	return ERR_OK;
}

int
cli_law_mutate(struct cx *cx, int argc, char **argv)
{
	struct mutate m = { .cx = cx };
	size_t survived = 0;
	struct law_options o;
	enum err err = law_options_read(cx, argc, argv, &o);

	if (err == ERR_OK)
		err = mutate(&m, &o, &survived);
	law_stages_close(&m.stages);
	if (err != ERR_OK)
		return cli_failed(cx, err);
	return survived ? 1 : 0;
}
