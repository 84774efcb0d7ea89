/*
 * The door: keys, what was seen, groups, lapses, the clock, access,
 * publishing, files; on both engines.
 */
#include "county.h"
#include "test.h"

#include "act/door.h"
#include "act/install.h"
#include "act/rebuild.h"
#include "base/date.h"
#include "base/file.h"
#include "lang/canon.h"
#include "read/read.h"
#include "record/verify.h"
#include "store/bytes.h"

TEST(door_key_replays_and_refuses_another_content)
{
	FOR_EACH_ENGINE(engine)
	{
		TEST_STORE store = { 0 };
		struct door_result r[3];
		struct act acts[3];
		struct county f;
		struct act_result again;
		int64_t seq;

		if (!county_open(cx, engine, &store, &f))
			continue;
		acts[0] = county_begin(cx, &f, "甲", "k1");
		value_set_text(cx->arena, &acts[0].form, "phone", S("138"));
		acts[1] = acts[0];
		acts[2] = county_begin(cx, &f, "乙", "k1");
		door_do(cx, f.door, acts, 3, r);
		CHECK(r[0].err == ERR_OK && !r[0].act.replayed);
		CHECK(r[1].err == ERR_OK && r[1].act.replayed);
		CHECK_STR(r[1].act.subject, r[0].act.subject);
		CHECK(r[2].err == ERR_REFUSED && r[2].refusals.n == 1);
		CHECK_STR(r[2].refusals.v[0].rule, S("key"));
		seq = county_head(cx, &f);
		CHECK_OK(door_do_one(cx, f.door, &acts[0], &again));
		CHECK(again.replayed && again.seq == r[0].act.seq);
		/* Only the sealed value differs. */
		acts[0].form = value_copy(cx->arena, &acts[0].form);
		value_set_text(cx->arena, &acts[0].form, "phone", S("139"));
		CHECK(door_do_one(cx, f.door, &acts[0], &again) == ERR_REFUSED);
		CHECK(county_head(cx, &f) == seq);
		county_close(cx, &f);
	}
}

static struct act
edit(struct cx *cx, const struct county *f, struct str subject, const char *field,
    struct value v, int64_t seen)
{
	struct act act = { .actor = f->person,
		.subject = subject,
		.action = S("edit"),
		.form = value_map(),
		.done = cx_today(cx),
		.seen = seen };

	value_set(cx->arena, &act.form, str_z(field), v);
	return act;
}

/* Whatever of the act is another, the same key is refused and nothing is written. */
TEST(door_key_is_of_one_act)
{
	FOR_EACH_ENGINE(engine)
	{
		TEST_STORE store = { 0 };
		struct act_result result, notes[2];
		struct act act, others[5];
		struct county f;
		int64_t seq;

		if (!county_open(cx, engine, &store, &f))
			continue;
		for (int i = 0; i < 2; i++) {
			act = county_begin(cx, &f, "甲", "");
			CHECK_OK(door_do_one(cx, f.door, &act, &notes[i]));
		}
		act = edit(cx, &f, notes[0].subject, "text", value_text(S("乙")), 0);
		act.key = S("k9");
		CHECK_OK(door_do_one(cx, f.door, &act, &result));
		CHECK_OK(door_do_one(cx, f.door, &act, &result));
		CHECK(result.replayed);
		for (int i = 0; i < 5; i++)
			others[i] = act;
		others[0].subject = notes[1].subject;
		others[1].behalf = S("posts/9");
		others[2].done--;
		others[3].action = S("reply");
		others[4].registered = true;
		seq = county_head(cx, &f);
		for (int i = 0; i < 5; i++) {
			CHECK(
			    door_do_one(cx, f.door, &others[i], &result) == ERR_REFUSED);
			CHECK(cx->refusals.n == 1 &&
			      str_eq(cx->refusals.v[0].rule, S("key")));
		}
		CHECK(county_head(cx, &f) == seq);
		county_close(cx, &f);
	}
}

static struct str
text_of(struct cx *cx, struct county *f, struct str subject)
{
	const struct reader r = { .db = door_store(f->door),
		.tables = door_tables(f->door),
		.log = S("test/door") };
	struct value state = value_null();

	CHECK_OK(read_matter(cx, &r, subject, &state));
	return value_str(value_path(&state, "fields.text"));
}

/* The same text however it was typed is one text: stored composed, and the same act. */
TEST(door_text_is_composed_once)
{
	FOR_EACH_ENGINE(engine)
	{
		TEST_STORE store = { 0 };
		struct door_result r[4];
		struct act acts[4];
		struct county f;
		int64_t before;

		if (!county_open(cx, engine, &store, &f))
			continue;
		before = county_head(cx, &f);
		acts[0] = county_begin(cx, &f, "cafe\xcc\x81", "k1");
		acts[1] = county_begin(cx, &f, "caf\xc3\xa9", "k1");
		acts[2] = county_begin(cx, &f, "\xff", "k2");
		acts[3] = county_begin(cx, &f, "甲", "k3");
		value_set(cx->arena, &acts[3].form, S("text"), value_text(S("a\0b")));
		door_do(cx, f.door, acts, 4, r);
		CHECK(r[0].err == ERR_OK);
		CHECK(r[1].err == ERR_OK && r[1].act.replayed);
		CHECK(r[2].err == ERR_INPUT && r[2].why.n);
		CHECK(r[3].err == ERR_INPUT && r[3].why.n);
		CHECK(county_head(cx, &f) == before + 1);
		CHECK_STR(text_of(cx, &f, r[0].act.subject), S("caf\xc3\xa9"));
		county_close(cx, &f);
	}
}

TEST(door_group_keeps_good_acts_and_writes_no_refused_one)
{
	FOR_EACH_ENGINE(engine)
	{
		TEST_STORE store = { 0 };
		struct door_result r[3];
		struct act acts[3];
		struct county f;
		int64_t before;

		if (!county_open(cx, engine, &store, &f))
			continue;
		before = county_head(cx, &f);
		acts[0] = county_begin(cx, &f, "甲", "");
		acts[1] = county_begin(cx, &f, "乙", "");
		acts[1].actor = S("persons/999");
		acts[2] = county_begin(cx, &f, "丙", "");
		door_do(cx, f.door, acts, 3, r);
		CHECK(r[0].err == ERR_OK && r[2].err == ERR_OK);
		CHECK(r[1].err == ERR_REFUSED && r[1].refusals.n);
		CHECK(county_head(cx, &f) == before + 2);
		door_do(cx, f.door, &acts[1], 1, r);
		CHECK(county_head(cx, &f) == before + 2);
		county_close(cx, &f);
	}
}

TEST(door_runs_each_act_alone_when_a_statement_fails)
{
	TEST_STORE store = { 0 };
	struct door_result r[3];
	struct act acts[3];
	struct county f;
	int64_t before;

	if (!county_open(cx, 0, &store, &f))
		return;
	CHECK_OK(db_exec(cx, door_store(f.door),
	    S("CREATE TRIGGER bad BEFORE INSERT ON m_note WHEN NEW.f_text = 'bad' "
	      "BEGIN SELECT RAISE(ABORT, 'no'); END")));
	before = county_head(cx, &f);
	acts[0] = county_begin(cx, &f, "甲", "k0");
	acts[1] = county_begin(cx, &f, "bad", "k1");
	acts[2] = county_begin(cx, &f, "丙", "k2");
	door_do(cx, f.door, acts, 3, r);
	CHECK(r[0].err == ERR_OK && r[2].err == ERR_OK);
	CHECK(r[1].err == ERR_STORE && r[1].why.n);
	CHECK(county_head(cx, &f) == before + 2);
	county_close(cx, &f);
}

TEST(door_seen_refuses_only_what_changed)
{
	FOR_EACH_ENGINE(engine)
	{
		TEST_STORE store = { 0 };
		struct act_result note, result;
		struct county f;
		struct act act;

		if (!county_open(cx, engine, &store, &f))
			continue;
		act = county_begin(cx, &f, "甲", "");
		CHECK_OK(door_do_one(cx, f.door, &act, &note));
		act = edit(cx, &f, note.subject, "text", value_text(S("乙")), 1);
		CHECK_OK(door_do_one(cx, f.door, &act, &result));
		act = edit(cx, &f, note.subject, "text", value_text(S("丙")), 1);
		CHECK(door_do_one(cx, f.door, &act, &result) == ERR_STALE);
		CHECK(cx->refusals.n == 1);
		CHECK_STR(cx->refusals.v[0].rule, S("seen"));
		act = edit(cx, &f, note.subject, "amount", value_int(3), 1);
		CHECK_OK(door_do_one(cx, f.door, &act, &result));
		county_close(cx, &f);
	}
}

/* Two people send at once: what the first of a group did, the second has not seen. */
TEST(door_seen_counts_what_the_same_group_did)
{
	FOR_EACH_ENGINE(engine)
	{
		TEST_STORE store = { 0 };
		struct door_result r[2];
		struct act_result note;
		struct act acts[2];
		struct county f;

		if (!county_open(cx, engine, &store, &f))
			continue;
		acts[0] = county_begin(cx, &f, "甲", "");
		CHECK_OK(door_do_one(cx, f.door, &acts[0], &note));
		acts[0] = edit(cx, &f, note.subject, "text", value_text(S("乙")), 1);
		acts[1] = edit(cx, &f, note.subject, "text", value_text(S("丙")), 1);
		door_do(cx, f.door, acts, 2, r);
		CHECK(r[0].err == ERR_OK && r[1].err == ERR_STALE);
		CHECK_STR(text_of(cx, &f, note.subject), S("乙"));
		county_close(cx, &f);
	}
}

/* A clock put back by more than a day is as doubtful as one put forward. */
TEST(door_doubts_a_clock_put_back)
{
	const int64_t now = cx->now_ms;
	TEST_STORE store = { 0 };
	struct county f;
	size_t lapsed;

	county_monotonic = 0;
	if (!county_open(cx, 0, &store, &f))
		return;
	cx->now_ms = now - DAY_MS;
	CHECK_OK(door_tick(cx, f.door, &lapsed));
	CHECK(!door_time_in_doubt(f.door));
	cx->now_ms = now - DAY_MS - 1;
	CHECK_OK(door_tick(cx, f.door, &lapsed));
	CHECK(door_time_in_doubt(f.door));
	county_close(cx, &f);
	cx->now_ms = now;
}

TEST(door_tick_writes_lapses_once_and_not_in_doubt)
{
	FOR_EACH_ENGINE(engine)
	{
		TEST_STORE store = { 0 };
		const int64_t now = cx->now_ms;
		struct act_result note;
		struct county f;
		struct act act;
		size_t lapsed;

		county_monotonic = 0;
		if (!county_open(cx, engine, &store, &f))
			continue;
		act = county_begin(cx, &f, "甲", "");
		CHECK_OK(door_do_one(cx, f.door, &act, &note));
		/* The wall clock alone jumps by ten days. */
		cx->now_ms += 10 * DAY_MS;
		CHECK_OK(door_tick(cx, f.door, &lapsed));
		CHECK(lapsed == 0 && door_time_in_doubt(f.door));
		CHECK_OK(door_confirm_time(cx, f.door, S("persons/1"), S("")));
		CHECK(!door_time_in_doubt(f.door));
		CHECK_OK(door_tick(cx, f.door, &lapsed));
		CHECK(lapsed == 1);
		CHECK_OK(door_tick(cx, f.door, &lapsed));
		CHECK(lapsed == 0);
		county_close(cx, &f);
		cx->now_ms = now;
	}
}

TEST(door_lapses_stand_before_the_act_also_when_it_is_refused)
{
	FOR_EACH_ENGINE(engine)
	{
		TEST_STORE store = { 0 };
		const int64_t now = cx->now_ms;
		struct act_result note, result;
		struct county f;
		struct act act;
		struct event e = { 0 };

		if (!county_open(cx, engine, &store, &f))
			continue;
		act = county_begin(cx, &f, "甲", "");
		CHECK_OK(door_do_one(cx, f.door, &act, &note));
		cx->now_ms += 10 * DAY_MS;
		county_monotonic += 10 * DAY_MS;
		act = edit(cx, &f, note.subject, "text", value_text(S("乙")), 0);
		act.actor = S("persons/999");
		CHECK(door_do_one(cx, f.door, &act, &result) == ERR_REFUSED);
		CHECK_OK(record_get(
		    cx, door_store(f.door), S("test/door"), county_head(cx, &f), &e));
		CHECK(e.kind == EV_CLOCK_LAPSED);
		county_close(cx, &f);
		cx->now_ms = now;
	}
}

TEST(door_sealed_parts_are_noted_read_and_destroyed)
{
	FOR_EACH_ENGINE(engine)
	{
		TEST_STORE store = { 0 };
		struct act_result note, result;
		struct verify_report report;
		struct record_head head = { 0 };
		struct value part;
		struct county f;
		struct act act;
		struct str place;

		if (!county_open(cx, engine, &store, &f))
			continue;
		act = county_begin(cx, &f, "甲", "");
		value_set_text(cx->arena, &act.form, "phone", S("138"));
		CHECK_OK(door_do_one(cx, f.door, &act, &note));
		place = str_fmt(cx->arena, "%lld:p1", (long long)note.seq);
		CHECK(door_read_sealed(cx, f.door, S("persons/999"), note.subject, place,
			  &part) == ERR_REFUSED);
		CHECK(door_read_sealed(cx, f.door, f.person, S("note/999"), place,
			  &part) == ERR_NOT_FOUND);
		CHECK(door_read_sealed(cx, f.door, f.person, note.subject, S("1:p1"),
			  &part) == ERR_NOT_FOUND);
		CHECK_OK(
		    record_head(cx, door_store(f.door), S("test/door/access"), &head));
		CHECK(head.seq == 1); /* nothing was shown, nothing is noted */
		CHECK_OK(
		    door_read_sealed(cx, f.door, f.person, note.subject, place, &part));
		CHECK_STR(value_str(value_get(&part, S("phone"))), S("138"));
		CHECK_OK(
		    record_head(cx, door_store(f.door), S("test/door/access"), &head));
		CHECK(head.seq == 2);
		act = edit(cx, &f, note.subject, "reason", value_text(S("到期")), 0);
		act.action = S("destroy");
		value_set_text(cx->arena, &act.form, "part", place);
		CHECK_OK(door_do_one(cx, f.door, &act, &result));
		CHECK(door_read_sealed(cx, f.door, f.person, note.subject, place,
			  &part) == ERR_NOT_FOUND);
		/* The record is whole without it: the destruction accounts for it. */
		CHECK_OK(record_verify(cx, store.url, S("test/door"),
		    &(struct verify_options){ .threads = 1 }, &report));
		CHECK(report.found == 0 && report.destroyed == 1);
		county_close(cx, &f);
	}
}

TEST(door_renders_what_was_issued_once)
{
	FOR_EACH_ENGINE(engine)
	{
		TEST_STORE store = { 0 };
		struct act_result note, result;
		struct str text;
		struct value state;
		struct county f;
		struct reader r;
		struct act act;
		int64_t seq;

		if (!county_open(cx, engine, &store, &f))
			continue;
		act = county_begin(cx, &f, "甲", "");
		CHECK_OK(door_do_one(cx, f.door, &act, &note));
		act = edit(cx, &f, note.subject, "x", value_null(), 0);
		act.action = S("reply");
		act.form = value_map();
		CHECK_OK(door_do_one(cx, f.door, &act, &result));
		CHECK(str_ends(result.number, S("1号")));
		seq = county_head(cx, &f);
		CHECK(seq == result.seq + (int64_t)result.events); /* rendered */
		CHECK_OK(door_render(cx, f.door, note.subject));
		CHECK(county_head(cx, &f) == seq);
		r = (struct reader){ .db = door_store(f.door),
			.tables = door_tables(f.door),
			.log = S("test/door") };
		CHECK_OK(read_matter(cx, &r, note.subject, &state));
		CHECK_OK(bytes_read(cx, r.db, r.log,
		    value_str(value_get(
			value_at(value_get(&state, S("issued")), 0), S("file"))),
		    0, 1000, &text));
		CHECK_STR(str_trim(text), S("关于甲的回函"));
		county_close(cx, &f);
	}
}

TEST(door_opens_again_with_what_was_published)
{
	FOR_EACH_ENGINE(engine)
	{
		TEST_STORE store = { 0 };
		const int64_t now = cx->now_ms;
		struct door_config config = { .log = S("test/door"),
			.entropy = cx->entropy };
		struct act_result result;
		struct county f;
		struct act act;

		if (!county_open(cx, engine, &store, &f))
			continue;
		door_close(f.door);
		config.url = store.url;
		cx->now_ms += 31 * DAY_MS;
		CHECK_OK(door_open(cx, &config, &f.door));
		CHECK(door_time_in_doubt(f.door));
		act = county_begin(cx, &f, "甲", "");
		CHECK_OK(door_do_one(cx, f.door, &act, &result));
		county_close(cx, &f);
		cx->now_ms = now;
	}
}

TEST(door_publishes_no_set_with_faults)
{
	TEST_STORE store = { 0 };
	struct source bad = { .path = S("bad.procedure.yaml"),
		.text = S("procedure: bad\nnothing: 1\n") };
	const struct source_list list = { &bad, 1, 1 };
	struct county f;
	int64_t before;
	size_t n;

	if (!county_open(cx, 0, &store, &f))
		return;
	before = county_head(cx, &f);
	CHECK(door_publish(cx, f.door, S("system"), &list, &n) == ERR_INPUT);
	CHECK(county_head(cx, &f) == before);
	CHECK(defs_procedure(door_defs(f.door), S("note")) != NULL);
	county_close(cx, &f);
}
