/*
 * law check, law test, coverage: whether law/ is good, whether its proofs hold, and what
 * of what was asked they prove.
 */
#include <stdio.h>
#include <string.h>

#include "base/date.h"
#include "cli/cli.h"
#include "cli/law.h"
#include "cli/lawdir.h"

static bool
is_folder(struct cx *cx, struct str s)
{
	struct source_list sources = { 0 };

	return str_has(s, S("/")) && !str_ends(s, S(".yaml")) &&
	       sources_read(cx, s, &sources) == ERR_OK;
}

enum err
law_options_read(struct cx *cx, int argc, char **argv, struct law_options *o)
{
	struct str dir = S("");

	*o = (struct law_options){ 0 };
	for (int i = 0; i < argc; i++) {
		if (option_take(argc, argv, &i, "--store-kind", &o->kind) ||
		    option_take(argc, argv, &i, "--pg", &o->pg) ||
		    option_take(argc, argv, &i, "--out", &o->out) ||
		    place_take(argc, argv, &i, &o->place) ||
		    option_take(argc, argv, &i, "--law", &dir))
			continue;
		if (strcmp(argv[i], "--json") == 0)
			o->json = true;
		else if (strcmp(argv[i], "--check") == 0)
			o->check = true;
		else if (argv[i][0] == '-')
			return fail(cx, ERR_INPUT, "不认识的选项：%s", argv[i]);
		else if (!dir.n && is_folder(cx, str_z(argv[i])))
			dir = str_z(argv[i]);
		else
			o->name = str_z(argv[i]);
	}
	if (o->kind.n && !str_eq(o->kind, S("sqlite")) && !str_eq(o->kind, S("postgres")))
		return fail(cx, ERR_INPUT, "--store-kind 应为 sqlite 或 postgres");
	if (str_eq(o->kind, S("postgres")) && !o->pg.n)
		return fail(cx, ERR_INPUT, "缺少 --pg 连接参数");
	return lawdir_find(cx, dir, &o->dir);
}

enum err
law_read(struct cx *cx, struct str dir, struct source_list *sources, struct defs **defs)
{
	struct messages messages = { .arena = cx->arena };

	TRY(sources_read(cx, dir, sources));
	return defs_load(cx, sources, &messages, defs);
}

/* No fault: a table may leave a case open, but who wrote it should know. */
static void
print_gaps(const struct defs *defs)
{
	for (size_t i = 0; i < defs->tables.n; i++) {
		const struct decision_list *list = defs->tables.items[i].value;
		const struct decision_def *t = list->v[list->n - 1];

		if (t->gap.n)
			printf("%.*s：决策表“%.*s”没有一行符合：%.*s\n", STR_ARG(t->file),
			    STR_ARG(t->id), STR_ARG(t->gap));
	}
}

int
cli_law_check(struct cx *cx, int argc, char **argv)
{
	struct source_list sources = { 0 };
	struct law_options o;
	struct defs *defs = NULL;
	enum err err = law_options_read(cx, argc, argv, &o);

	if (err == ERR_OK)
		err = law_read(cx, o.dir, &sources, &defs);
	if (err != ERR_OK) {
		fprintf(stderr, "%.*s\n", STR_ARG(cx->why));
		return 1;
	}
	printf("%zu 个文件，%zu 个登记簿，%zu 个程序，没有错误\n", sources.n,
	    defs->registers.n, defs->procedures.n);
	print_gaps(defs);
	if (defs->unverified.n)
		printf("%zu 条依据的要旨尚未对照原文：%.*s\n", defs->unverified.n,
		    STR_ARG(str_join(
			cx->arena, defs->unverified.v, defs->unverified.n, S("、"))));
	return 0;
}

/* --- testing --- */

struct tally {
	size_t passed, failed;
};

static void
print_failures(struct cx *cx, const struct str *engine, const struct messages *m)
{
	for (size_t i = 0; i < m->n; i++)
		printf("失败 %.*s (%.*s)\n", STR_ARG(message_str(cx->arena, &m->v[i])),
		    STR_ARG(*engine));
}

/* Is this what the file says it is refused for? The place may stand before the words:
 * 7:1: and so on. */
static bool
is_its_reason(struct arena *a, const struct faulty *f, const struct message *m)
{
	const struct str said = str_fmt(
	    a, "%d:%d: %.*s", m->line, m->column, STR_ARG(m->text));

	return str_eq(m->file, f->source.path) && str_has(said, f->refuses);
}

/* A faulty edition of what law/ holds stands beside the good one; that is not its fault.
 */
static bool
is_beside_the_good(const struct message *m)
{
	return str_ends(m->text, S("两个文件中都有"));
}

/* The faulty definition among the good ones: refused, for the reason it names and no
 * other, so that none is refused by accident. */
static bool
faulty_refused(struct cx *cx, const struct source_list *sources, const struct faulty *f)
{
	struct arena turn AUTO(arena_free) = { 0 };
	struct cx own = { .arena = &turn, .now_ms = cx->now_ms, .entropy = cx->entropy };
	struct messages messages = { .arena = &turn };
	struct source_list with = { 0 };
	struct defs *defs;
	size_t own_reason = 0, others = 0;

	for (size_t i = 0; i < sources->n; i++)
		*list_add(&turn, &with) = sources->v[i];
	*list_add(&turn, &with) = f->source;
	if (defs_load(&own, &with, &messages, &defs) == ERR_OK) {
		printf("失败 %.*s: 本应被拒绝\n", STR_ARG(f->source.path));
		return false;
	}
	for (size_t i = 0; i < messages.n; i++) {
		own_reason += is_its_reason(&turn, f, &messages.v[i]);
		others += !is_its_reason(&turn, f, &messages.v[i]) &&
			  !is_beside_the_good(&messages.v[i]);
	}
	if (own_reason && !others)
		return true;
	printf("失败 %.*s: 应当只因“%.*s”被拒绝：%.*s\n", STR_ARG(f->source.path),
	    STR_ARG(f->refuses), STR_ARG(own.why));
	return false;
}

static bool
is_wanted(const struct law_options *o, struct str path)
{
	return !o->name.n || str_has(path, o->name);
}

/* One scenario on each stage; the record must come out the same. */
static void
test_scenario(struct cx *cx, const struct law_stages *stages, struct scenario *s,
    size_t number, struct tally *tally)
{
	struct arena turn AUTO(arena_free) = { 0 };
	struct cx own = { .arena = &turn, .now_ms = cx->now_ms };
	struct str first = S("");
	bool passed = true;

	for (size_t i = 0; i < stages->n; i++) {
		struct scenario_result r;
		const struct str log = str_fmt(
		    &turn, "scenario/%lld/%zu", (long long)stages->v[i].run, number);

		scenario_run(&own, stages->v[i].stage, s, log, false, &r);
		if (i && r.passed && !str_eq(first, r.head))
			message_put(&r.failures, 0, 0, "两种数据库上的记录不同");
		print_failures(&own, &stages->v[i].name, &r.failures);
		passed = passed && !r.failures.n;
		first = r.head;
	}
	s->passed = passed;
	tally->passed += passed;
	tally->failed += !passed;
}

enum err
law_stages_open(struct cx *cx, const struct law_options *o, const struct defs *defs,
    struct law_stages *out)
{
	if (!str_eq(o->kind, S("postgres"))) {
		struct law_stage *s = &out->v[out->n];

		TRY(stage_open(cx, S("sqlite::memory:"), defs, &s->stage));
		s->name = S("SQLite");
		s->run = cx->now_ms;
		out->n++;
	}
	if (o->pg.n) {
		struct law_stage *s = &out->v[out->n];

		TRY(stage_open(cx, str_fmt(cx->arena, "postgres:%.*s", STR_ARG(o->pg)),
		    defs, &s->stage));
		s->name = S("PostgreSQL");
		s->run = cx->now_ms;
		out->n++;
	}
	return ERR_OK;
}

void
law_stages_close(struct law_stages *stages)
{
	for (size_t i = 0; i < stages->n; i++)
		stage_close(stages->v[i].stage);
}

static enum err
test(struct cx *cx, const struct law_options *o, struct tally *tally)
{
	LAW_STAGES stages = { 0 };
	struct messages faults = { .arena = cx->arena };
	struct source_list sources = { 0 };
	struct scenario_list scenarios = { 0 };
	struct faulty_list faulties = { 0 };
	struct defs *defs;

	TRY(law_read(cx, o->dir, &sources, &defs));
	TRY(scenarios_load(cx, o->dir, &faults, &scenarios, &faulties));
	for (size_t i = 0; i < faults.n; i++)
		printf("失败 %.*s\n", STR_ARG(message_str(cx->arena, &faults.v[i])));
	tally->failed += faults.n;
	TRY(law_stages_open(cx, o, defs, &stages));
	for (size_t i = 0; i < scenarios.n; i++) {
		if (is_wanted(o, scenarios.v[i].path))
			test_scenario(cx, &stages, &scenarios.v[i], i + 1, tally);
	}
	for (size_t i = 0; i < faulties.n; i++) {
		const bool wanted = is_wanted(o, faulties.v[i].source.path);
		const bool good = wanted && faulty_refused(cx, &sources, &faulties.v[i]);

		tally->passed += good;
		tally->failed += wanted && !good;
	}
	return ERR_OK;
}

int
cli_law_test(struct cx *cx, int argc, char **argv)
{
	struct tally tally = { 0 };
	struct law_options o;
	enum err err = law_options_read(cx, argc, argv, &o);

	if (err == ERR_OK)
		err = test(cx, &o, &tally);
	if (err != ERR_OK)
		return cli_failed(cx, err);
	if (!tally.passed && !tally.failed) {
		fprintf(stderr, "没有名称中含有“%.*s”的场景\n", STR_ARG(o.name));
		tally.failed = 1;
	}
	printf("%zu passed, %zu failed, 0 skipped\n", tally.passed, tally.failed);
	return tally.failed ? 1 : 0;
}

/* --- coverage --- */

static void
mark(struct arena *a, struct map *marks, const struct id_list *ids)
{
	static int yes;

	for (size_t i = 0; i < ids->n; i++)
		map_put(a, marks, ids->v[i], &yes);
}

static void
mark_declared(struct cx *cx, const struct defs *defs, struct map *declared)
{
	for (size_t i = 0; i < defs->registers.n; i++) {
		const struct register_def *r = defs->registers.items[i].value;

		mark(cx->arena, declared, &r->covers);
	}
	for (size_t i = 0; i < defs->procedures.n; i++) {
		const struct procedure_def *p = defs->procedures.items[i].value;

		mark(cx->arena, declared, &p->covers);
	}
}

static enum err
mark_proved(struct cx *cx, const struct law_options *o, const struct defs *defs,
    struct map *proved)
{
	LAW_STAGES stages = { 0 };
	struct messages faults = { .arena = cx->arena };
	struct scenario_list scenarios = { 0 };
	struct faulty_list faulties = { 0 };
	struct tally tally = { 0 };

	TRY(scenarios_load(cx, o->dir, &faults, &scenarios, &faulties));
	TRY(law_stages_open(cx, &(struct law_options){ 0 }, defs, &stages));
	for (size_t i = 0; i < scenarios.n; i++) {
		test_scenario(cx, &stages, &scenarios.v[i], i + 1, &tally);
		if (scenarios.v[i].passed)
			mark(cx->arena, proved, &scenarios.v[i].proves);
	}
	return ERR_OK;
}

static const char *
standing(
    const struct requirement *r, const struct map *proved, const struct map *declared)
{
	if (map_find(proved, r->id))
		return "proved";
	if (map_find(declared, r->id))
		return "declared";
	return r->is_outside ? "outside" : "open";
}

static enum err
coverage(struct cx *cx, const struct law_options *o)
{
	static const char *const words[] = { "proved", "declared", "outside", "open" };
	struct source_list sources = { 0 };
	struct map proved = { 0 }, declared = { 0 };
	size_t counts[4] = { 0 };
	struct defs *defs;

	TRY(law_read(cx, o->dir, &sources, &defs));
	mark_declared(cx, defs, &declared);
	TRY(mark_proved(cx, o, defs, &proved));
	for (size_t i = 0; i < defs->covered.n; i++) {
		const struct requirement *r = defs->covered.items[i].value;
		const char *is = standing(r, &proved, &declared);

		for (size_t k = 0; k < 4; k++)
			counts[k] += strcmp(words[k], is) == 0;
		if (o->json)
			printf("%s\"%.*s\":\"%s\"", i ? ",\n" : "{", STR_ARG(r->id), is);
		else if (is_wanted(o, r->id))
			printf("%-8s %.*s %.*s\n", is, STR_ARG(r->id), STR_ARG(r->title));
	}
	if (o->json)
		puts(defs->covered.n ? "}" : "{}");
	else
		printf("proved %zu, declared %zu, outside %zu, open %zu\n", counts[0],
		    counts[1], counts[2], counts[3]);
	return ERR_OK;
}

int
cli_coverage(struct cx *cx, int argc, char **argv)
{
	struct law_options o;
	enum err err = law_options_read(cx, argc, argv, &o);

	if (err == ERR_OK)
		err = coverage(cx, &o);
	return err == ERR_OK ? 0 : cli_failed(cx, err);
}
