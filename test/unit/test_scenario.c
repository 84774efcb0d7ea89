/*
 * What the engine can do and no definition of law/ uses yet: definitions of the tests'
 * own (test/law/engine; test/law/clocks for the terms of the statutes) beside those of
 * law/, with their scenarios, on both engines.
 */
#include "test.h"

#include "cli/scenario.h"
#include "lang/feel_part.h"
#include "store.h"

struct proofs {
	struct source_list sources;
	struct scenario_list scenarios;
	struct faulty_list faulties;
	struct defs *defs;
};

static void
proofs_load(struct cx *cx, struct proofs *p)
{
	static const struct str folders[] = { S("test/law/engine"),
		S("test/law/clocks") };
	struct messages messages = { .arena = cx->arena },
			faults = { .arena = cx->arena };

	CHECK_OK(sources_read(cx, S("law"), &p->sources));
	for (size_t i = 0; i < sizeof folders / sizeof *folders; i++)
		CHECK_OK(sources_read(cx, folders[i], &p->sources));
	CHECK_OK(defs_load(cx, &p->sources, &messages, &p->defs));
	for (size_t i = 0; i < sizeof folders / sizeof *folders; i++)
		CHECK_OK(
		    scenarios_load(cx, folders[i], &faults, &p->scenarios, &p->faulties));
	CHECK(faults.n == 0 && p->scenarios.n > 0 && p->faulties.n > 0);
}

TEST(scenario_engine_proofs_hold_on_both_engines)
{
	struct proofs p = { 0 };
	struct str *heads;

	proofs_load(cx, &p);
	heads = arena_array(cx->arena, struct str, p.scenarios.n);
	FOR_EACH_ENGINE(engine)
	{
		TEST_STORE store = { 0 };
		struct stage *stage = NULL;

		if (!test_store_make(cx, engine, &store))
			continue;
		CHECK_OK(stage_open(cx, store.url, p.defs, &stage));
		for (size_t i = 0; i < p.scenarios.n; i++) {
			struct scenario_result r;

			scenario_run(cx, stage, &p.scenarios.v[i],
			    str_fmt(cx->arena, "scenario/%zu", i), false, &r);
			for (size_t k = 0; k < r.failures.n; k++)
				CHECK_STR(
				    message_str(cx->arena, &r.failures.v[k]), S(""));
			CHECK(r.passed);
			if (engine && heads[i].n)
				CHECK_STR(r.head, heads[i]);
			heads[i] = r.head;
		}
		stage_close(stage);
	}
}

TEST(scenario_engine_refuses_what_it_cannot_keep)
{
	struct proofs p = { 0 };

	proofs_load(cx, &p);
	for (size_t i = 0; i < p.faulties.n; i++) {
		struct messages messages = { .arena = cx->arena };
		struct source_list with = { 0 };
		struct defs *defs;
		bool named = false;

		for (size_t k = 0; k < p.sources.n; k++)
			*list_add(cx->arena, &with) = p.sources.v[k];
		*list_add(cx->arena, &with) = p.faulties.v[i].source;
		CHECK(defs_load(cx, &with, &messages, &defs) == ERR_INPUT);
		for (size_t k = 0; k < messages.n; k++)
			named |= str_has(messages.v[k].text, p.faulties.v[i].refuses);
		CHECK(named);
	}
}

/* Definitions are parsed when they are loaded: an act, the documents it issues and the
 * decision tables it asks parse nothing, however often. */
TEST(scenario_acts_parse_no_expression)
{
	struct messages faults = { .arena = cx->arena };
	struct scenario_list scenarios = { 0 };
	struct faulty_list faulties = { 0 };
	struct proofs p = { 0 };
	struct stage *stage = NULL;
	const uint64_t before = feel_parsed();
	uint64_t loaded;
	size_t ran = 0;

	proofs_load(cx, &p);
	loaded = feel_parsed() - before;
	CHECK(loaded > 300); /* the counter counts */
	CHECK_OK(scenarios_load(cx, S("law"), &faults, &scenarios, &faulties));
	CHECK_OK(stage_open(cx, S("sqlite::memory:"), p.defs, &stage));
	for (size_t i = 0; i < scenarios.n; i++) {
		struct scenario_result r;

		if (!str_has(scenarios.v[i].path, S("enforcement/penalty.ok/")))
			continue;
		scenario_run(cx, stage, &scenarios.v[i],
		    str_fmt(cx->arena, "parse/%zu", i), true, &r);
		CHECK(r.passed);
		ran++;
	}
	CHECK(ran > 5);
	CHECK(feel_parsed() - before == loaded);
	stage_close(stage);
}

TEST(scenario_terms_need_workdays)
{
	struct messages messages = { .arena = cx->arena };
	struct source_list all = { 0 }, without = { 0 };
	struct defs *defs;
	bool named = false;

	CHECK_OK(sources_read(cx, S("law"), &all));
	for (size_t i = 0; i < all.n; i++)
		if (!source_is_workdays(&all.v[i]))
			*list_add(cx->arena, &without) = all.v[i];
	CHECK(without.n < all.n);
	CHECK(defs_load(cx, &without, &messages, &defs) == ERR_INPUT);
	for (size_t i = 0; i < messages.n; i++)
		named |= str_has(messages.v[i].text, S("workdays"));
	CHECK(named);
}
