/*
 * The door's time: a clock set a year forward, a long silence, and what a confirmation
 * does in every process, on both engines.
 */
#include "test.h"

#include "base/date.h"
#include "county_log.h"
#include "lang/canon.h"
#include "store.h"

#define LOG S("test/time")

static struct door_config
config_of(struct cx *cx, const struct test_store *store)
{
	return (
	    struct door_config){ .url = store->url, .log = LOG, .entropy = cx->entropy };
}

/* The terms of two notes run out three days apart; *first is the first of them. */
static bool
begin(struct cx *cx, int engine, struct test_store *store, struct county *c,
    struct str *first)
{
	struct act_result result;
	struct door_config config;
	struct act act;

	if (!test_store_make(cx, engine, store))
		return false;
	config = config_of(cx, store);
	CHECK_OK(county_make(cx, &config, c));
	act = county_note(cx, c, S("甲"), S(""));
	CHECK_OK(door_do_one(cx, c->door, &act, &result));
	*first = result.subject;
	cx->now_ms += 3 * DAY_MS;
	act = county_note(cx, c, S("乙"), S(""));
	CHECK_OK(door_do_one(cx, c->door, &act, &result));
	return true;
}

struct lapses {
	int64_t first, at[4];
	size_t n;
};

static enum err
lapse_visit(struct cx *cx, const struct event *e, void *self)
{
	struct lapses *l = self;
	struct value open;

	if (e->kind != EV_CLOCK_LAPSED || l->n == 4)
		return ERR_OK;
	TRY(canon_parse(cx, e->parts.v[0].bytes, &open));
	l->at[l->n++] = value_num(value_get(&open, S("at")));
	return ERR_OK;
}

static size_t
lapses(struct cx *cx, struct door *door, struct lapses *out)
{
	*out = (struct lapses){ 0 };
	CHECK_OK(record_walk(cx, door_store(door), LOG, 1, 0, lapse_visit, out));
	return out->n;
}

TEST(time_a_year_forward_lapses_nothing_until_confirmed)
{
	const int64_t now = cx->now_ms;

	FOR_EACH_ENGINE(engine)
	{
		TEST_STORE store = { 0 };
		struct door *again = NULL, *other = NULL;
		struct act_result result;
		struct door_config config;
		struct lapses found;
		struct str first = S("");
		struct county c;
		struct act act;
		size_t n;

		cx->now_ms = now;
		if (!begin(cx, engine, &store, &c, &first))
			continue;
		config = config_of(cx, &store);
		door_close(c.door);
		cx->now_ms += 365 * DAY_MS;
		CHECK_OK(door_open(cx, &config, &again));
		CHECK(door_time_in_doubt(again));
		CHECK_OK(door_tick(cx, again, &n));
		CHECK(n == 0);
		/* An act may be done; it brings no lapse with it, and the doubt stays. */
		c.door = again;
		act = county_note(cx, &c, S("丙"), S(""));
		CHECK_OK(door_do_one(cx, again, &act, &result));
		act = (struct act){ .actor = c.person,
			.subject = first,
			.action = S("edit"),
			.form = value_map(),
			.done = cx_today(cx) };
		value_set_int(cx->arena, &act.form, "amount", 3);
		CHECK_OK(door_do_one(cx, again, &act, &result));
		CHECK(lapses(cx, again, &found) == 0);
		door_close(again);
		CHECK_OK(door_open(cx, &config, &again));
		CHECK(door_time_in_doubt(again));
		/* Another process confirms. */
		CHECK_OK(door_open(cx, &config, &other));
		CHECK_OK(door_confirm_time(cx, other, S("system"), S("")));
		CHECK(!door_time_in_doubt(other));
		door_close(other);
		CHECK_OK(door_tick(cx, again, &n));
		CHECK(n == 2 && !door_time_in_doubt(again));
		CHECK(lapses(cx, again, &found) == 2);
		/* Five days, and the instant after the last of them. */
		CHECK(found.at[0] == ms_of_day(day_of_ms(now) + 6));
		CHECK(found.at[1] == ms_of_day(day_of_ms(now) + 9));
		CHECK(county_rebuilds(cx, again));
		door_close(again);
	}
	cx->now_ms = now;
}
