/*
 * Several logs in one store, each with definitions of its own: none spoils the
 * projections of another, on both engines.
 */
#include "test.h"

#include "act/install.h"
#include "county_log.h"
#include "read/read.h"
#include "store.h"

static const struct source CARS[] = {
	{ .path = S("kernel/competences.choices.yaml"),
	    .text = S("choices: competences\ntitle: 权限\nitems: { grant: 授权 }\n") },
	{ .path = S("cars.register.yaml"),
	    .text = S(
		"register: cars\ntitle: 车辆\nkey: plate\nfields:\n"
		"  plate: { title: 号牌, type: text, required: true, unique: true }\n"
		"by: grant\nof: any\n") },
	{ .path = S("units.register.yaml"),
	    .text = S(
		"register: units\ntitle: 单位\nkey: name\nfields:\n"
		"  name: { title: 名称, type: text, required: true, unique: true }\n"
		"  seats: { title: 编制, type: int }\n"
		"by: grant\nof: any\n") },
};

/* A log with a register that the county lacks, and a field more in one it has. */
static enum err
cars_make(struct cx *cx, struct str url, struct door **out)
{
	const struct install install = { .log = S("test/cars"), .title = S("车队") };
	struct door_config config = {
		.url = url, .log = install.log, .entropy = cx->entropy
	};
	const size_t n = sizeof CARS / sizeof *CARS;
	struct source_list sources = { 0 };
	struct act act = { .actor = S("system"),
		.family = S("cars"),
		.action = S("put"),
		.form = value_map(),
		.done = cx_today(cx),
		.is_setup = true };
	struct act_result result;
	size_t published;

	TRY(db_open(cx, url, DB_WRITE, &config.db));
	TRY(install_log(cx, config.db, &install));
	TRY(door_open(cx, &config, out));
	for (size_t i = 0; i < n; i++)
		*list_add(cx->arena, &sources) = CARS[i];
	TRY(door_publish(cx, *out, S("system"), &sources, &published));
	value_set_text(cx->arena, &act.form, "plate", S("A1"));
	TRY(door_do_one(cx, *out, &act, &result));
	act.family = S("units");
	act.form = value_map();
	value_set_text(cx->arena, &act.form, "name", S("车队"));
	value_set_int(cx->arena, &act.form, "seats", 7);
	return door_do_one(cx, *out, &act, &result);
}

TEST(logs_of_one_store_keep_their_own_definitions)
{
	FOR_EACH_ENGINE(engine)
	{
		TEST_STORE store = { 0 };
		struct door_config config = { .log = S("test/county"),
			.entropy = cx->entropy };
		struct door *cars = NULL, *again = NULL;
		struct county c = { 0 };
		struct act_result result;
		struct act act;

		if (!test_store_make(cx, engine, &store))
			continue;
		config.url = store.url;
		CHECK_OK(cars_make(cx, store.url, &cars));
		CHECK(county_rebuilds(cx, cars));
		door_close(cars);
		/* The county's definitions reshape the tables: the cars stay. */
		CHECK_OK(county_make(cx, &config, &c));
		act = county_note(cx, &c, S("甲"), S(""));
		CHECK_OK(door_do_one(cx, c.door, &act, &result));
		CHECK(county_rebuilds(cx, c.door));
		door_close(c.door);
		config.log = S("test/cars");
		CHECK_OK(door_open(cx, &config, &cars));
		CHECK(county_rebuilds(cx, cars));
		CHECK(!defs_register(door_defs(cars), S("persons")));
		door_close(cars);
		config.log = S("test/county");
		CHECK_OK(door_open(cx, &config, &again));
		CHECK(county_rebuilds(cx, again));
		CHECK(!defs_register(door_defs(again), S("cars")));
		door_close(again);
	}
}
