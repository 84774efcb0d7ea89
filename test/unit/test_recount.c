/*
 * Provisional terms: counted beyond the last notice, counted anew when it comes; on both
 * engines.
 */
#include "county.h"
#include "test.h"

#include "base/date.h"
#include "base/file.h"
#include "read/read.h"
#include "record/journal.h"

static struct value
clock_of(struct cx *cx, struct county *f, struct str subject)
{
	const struct reader r = { .db = door_store(f->door),
		.tables = door_tables(f->door),
		.log = S("test/door") };
	struct value state;

	CHECK_OK(read_matter(cx, &r, subject, &state));
	return *value_path(&state, "clocks.handle");
}

static const struct source ERRAND = { .path = S("errand.procedure.yaml"),
	.text = S(
	    "procedure: errand\ntitle: 跑件\nin_force: { from: 2000-01-01 }\n"
	    "basis: [试行规定/一]\nunit: body\nfields:\n"
	    "  body: { title: 单位, type: entry, of: units, required: true }\n"
	    "stages: { open: 办理中, closed: 已办结 }\nfinal: [closed]\nactions:\n"
	    "  begin: { title: 交办, at: new, by: write, form: [body], then: open }\n"
	    "  end: { title: 办结, at: open, by: write, then: closed }\n"
	    "clocks:\n"
	    "  - { id: handle, title: 处理期限, from: begin, within: 5 workdays, "
	    "warn: 1 workdays, until: [end], basis: [试行规定/二] }\n") };

/* The notice as it may come: the days after New Year are swapped. */
static const struct source NOTICE = { .path = S("kernel/workdays/2027.yaml"),
	.text = S(
	    "year: 2027\nnotices:\n  - address: https://example.org/2027\n    off:\n"
	    "      元旦: [2027-01-01..2027-01-05]\n") };

static struct str
errand_begun(struct cx *cx, struct county *f, int64_t day)
{
	struct act act = { .actor = f->person,
		.family = S("errand"),
		.action = S("begin"),
		.form = value_map(),
		.done = day };
	struct act_result r = { 0 };

	value_set_text(cx->arena, &act.form, "body", f->unit);
	CHECK_OK(door_do_one(cx, f->door, &act, &r));
	return r.subject;
}

TEST(recount_follows_the_notice_and_only_what_was_provisional)
{
	FOR_EACH_ENGINE(engine)
	{
		TEST_STORE store = { 0 };
		struct source_list notice = { 0 }, errand = { 0 };
		struct str near, far;
		struct value clock;
		struct county f;
		size_t published;
		int64_t head;

		cx->now_ms = ms_of_day(day_of(2026, 12, 28)) + 1000;
		if (!county_open(cx, engine, &store, &f))
			continue;
		*list_add(cx->arena, &errand) = ERRAND;
		CHECK_OK(door_publish(cx, f.door, S("system"), &errand, &published));
		near = errand_begun(cx, &f, day_of(2026, 12, 10));
		far = errand_begun(cx, &f, day_of(2026, 12, 28));
		clock = clock_of(cx, &f, near);
		CHECK(value_is_null(value_get(&clock, S("provisional"))));
		clock = clock_of(cx, &f, far);
		CHECK(value_true(value_get(&clock, S("provisional"))));
		CHECK(value_num(value_get(&clock, S("due"))) == day_of(2027, 1, 5));

		*list_add(cx->arena, &notice) = NOTICE;
		head = county_head(cx, &f);
		CHECK_OK(door_publish(cx, f.door, S("system"), &notice, &published));
		CHECK(county_head(cx, &f) == head + 2); /* the notice, one clock */
		clock = clock_of(cx, &f, far);
		CHECK(value_is_null(value_get(&clock, S("provisional"))));
		CHECK(value_num(value_get(&clock, S("due"))) == day_of(2027, 1, 7));
		CHECK(value_num(value_get(&clock, S("warn"))) == day_of(2027, 1, 6));
		{
			const struct value *why = value_get(&clock, S("why"));
			const struct str last = value_str(
			    value_at(why, value_count(why) - 1));
			bool named = false;

			CHECK(str_has(last, S("2027年1月5日")));
			for (size_t i = 0; i < value_count(why); i++)
				named |= str_has(value_str(value_at(why, i)),
				    S("https://example.org/2027"));
			CHECK(named);
		}
		CHECK_OK(door_publish(cx, f.door, S("system"), &notice, &published));
		CHECK(county_head(cx, &f) == head + 2);
		county_close(cx, &f);
	}
}

/* The same year's notice, changed after it was published: one more day off. */
static const struct source CHANGED = { .path = S("kernel/workdays/2027.yaml"),
	.text = S(
	    "year: 2027\nnotices:\n  - address: https://example.org/2027-2\n    off:\n"
	    "      元旦: [2027-01-01..2027-01-06]\n") };

static int64_t
due_of(struct cx *cx, struct county *f, struct str subject)
{
	const struct value clock = clock_of(cx, f, subject);

	return value_num(value_get(&clock, S("due")));
}

TEST(recount_follows_a_notice_that_is_changed)
{
	FOR_EACH_ENGINE(engine)
	{
		TEST_STORE store = { 0 };
		struct source_list errand = { 0 }, notice = { 0 }, changed = { 0 };
		struct str near, far;
		struct value notes;
		struct county f;
		size_t published;
		int64_t head;

		cx->now_ms = ms_of_day(day_of(2026, 12, 28)) + 1000;
		if (!county_open(cx, engine, &store, &f))
			continue;
		*list_add(cx->arena, &errand) = ERRAND;
		*list_add(cx->arena, &notice) = NOTICE;
		*list_add(cx->arena, &changed) = CHANGED;
		CHECK_OK(door_publish(cx, f.door, S("system"), &errand, &published));
		CHECK_OK(door_publish(cx, f.door, S("system"), &notice, &published));
		near = errand_begun(cx, &f, day_of(2026, 12, 10));
		far = errand_begun(cx, &f, day_of(2026, 12, 28));
		CHECK(due_of(cx, &f, far) == day_of(2027, 1, 7));
		head = county_head(cx, &f);
		CHECK_OK(door_publish(cx, f.door, S("system"), &changed, &published));
		CHECK(county_head(cx, &f) == head + 2); /* the notice, one clock */
		CHECK(due_of(cx, &f, far) == day_of(2027, 1, 8));
		CHECK(due_of(cx, &f, near) == day_of(2026, 12, 17));
		CHECK_OK(door_publish(cx, f.door, S("system"), &changed, &published));
		CHECK(county_head(cx, &f) == head + 2);
		CHECK_OK(journal_read(
		    cx, door_store(f.door), S("test/door"), S("recount"), &notes));
		CHECK(value_count(&notes) == 1);
		CHECK(value_num(value_get(value_at(&notes, 0), S("n"))) == 1);
		CHECK(value_num(value_get(value_at(&notes, 0), S("first"))) == head + 2);
		county_close(cx, &f);
	}
}

#define DAY_OFF                                                                 \
	S("local: 2026-03-04\ntitle: 某节\nnotice: 某政发〔2026〕1号\n" \
	  "off: [2026-03-04]\n")

/* A region's own day off: terms follow it, `law publish` of law/ leaves it, and when it
 * is taken back they are what they were. */
TEST(recount_follows_what_a_county_publishes_for_itself)
{
	FOR_EACH_ENGINE(engine)
	{
		struct local_days days = { .first = S("2026-03-04") };
		TEST_STORE store = { 0 };
		struct source_list errand = { 0 }, all = { 0 };
		struct law_published done;
		struct clock_moves moves;
		struct county f;
		struct str matter;
		size_t published;
		int64_t head;

		cx->now_ms = ms_of_day(day_of(2026, 3, 2)) + 1000;
		if (!county_open(cx, engine, &store, &f))
			continue;
		*list_add(cx->arena, &errand) = ERRAND;
		CHECK_OK(door_publish(cx, f.door, S("system"), &errand, &published));
		matter = errand_begun(cx, &f, day_of(2026, 3, 2));
		CHECK(due_of(cx, &f, matter) == day_of(2026, 3, 9));
		head = county_head(cx, &f);

		days.text = DAY_OFF;
		days.person = S("persons/999");
		CHECK(door_local_days(cx, f.door, &days, &moves) == ERR_INPUT);
		days.person = f.person;
		days.text = S("");
		CHECK(door_local_days(cx, f.door, &days, &moves) == ERR_INPUT);
		CHECK(county_head(cx, &f) == head);

		days.text = DAY_OFF;
		CHECK_OK(door_local_days(cx, f.door, &days, &moves));
		CHECK(moves.n == 1 && moves.v[0].was == day_of(2026, 3, 9) &&
		      moves.v[0].now == day_of(2026, 3, 10));
		CHECK(county_head(cx, &f) == head + 2); /* the notice, one clock */
		CHECK(due_of(cx, &f, matter) == day_of(2026, 3, 10));
		CHECK_OK(door_local_days(cx, f.door, &days, &moves));
		CHECK(moves.n == 0 && county_head(cx, &f) == head + 2);

		CHECK_OK(county_laws(cx, &all));
		*list_add(cx->arena, &all) = ERRAND;
		CHECK_OK(door_publish_whole(cx, f.door, S("system"), &all, &done));
		CHECK(done.withdrawn.n == 0);
		CHECK(due_of(cx, &f, matter) == day_of(2026, 3, 10));

		days.text = S("");
		head = county_head(cx, &f);
		CHECK_OK(door_local_days(cx, f.door, &days, &moves));
		CHECK(moves.n == 1 && county_head(cx, &f) == head + 2);
		CHECK(due_of(cx, &f, matter) == day_of(2026, 3, 9));
		CHECK(door_local_days(cx, f.door, &days, &moves) == ERR_INPUT);
		county_close(cx, &f);
	}
}
