/*
 * The door: keys, what was seen, groups, lapses, the writer thread, the clock, access,
 * publishing, files; on both engines.
 */
#include "test.h"

#include <pthread.h>

#include "act/door.h"
#include "act/install.h"
#include "act/rebuild.h"
#include "base/date.h"
#include "base/file.h"
#include "lang/canon.h"
#include "read/read.h"
#include "store.h"
#include "store/bytes.h"

/* A county of one unit and one procedure. */
static const struct source LAW[] = {
	{ S("statutes/s.yaml"),
	    S("statute: 试行规定\narticles: { 一: 要办, 二: 要回 }\n") },
	{ S("kernel/competences.choices.yaml"),
	    S("choices: competences\ntitle: 权限\nitems: { write: 办理, grant: 授权 "
	      "}\n") },
	{ S("kernel/units.register.yaml"),
	    S("register: units\ntitle: 单位\nkey: name\nfields:\n"
	      "  name: { title: 名称, type: text, required: true, unique: true }\n"
	      "by: grant\nof: any\n") },
	{ S("kernel/persons.register.yaml"),
	    S("register: persons\ntitle: 人员\nfields:\n"
	      "  name: { title: 姓名, type: text, required: true }\nby: grant\nof: "
	      "any\n") },
	{ S("kernel/posts.register.yaml"),
	    S("register: posts\ntitle: 岗位\nfields:\n"
	      "  unit: { title: 单位, type: entry, of: units, required: true }\n"
	      "  holder: { title: 任职, type: entry, of: persons }\n"
	      "  deputy: { title: AB角, type: entry, of: persons }\nby: grant\nof: "
	      "any\n") },
	{ S("kernel/competences.register.yaml"),
	    S("register: competences\ntitle: 授权\nfields:\n"
	      "  post: { title: 岗位, type: entry, of: posts, required: true }\n"
	      "  what: { title: 权限, type: choice, of: competences, required: true }\n"
	      "by: grant\nof: any\n") },
	{ S("note.document.yaml"),
	    S("document: letter\ntitle: 回函\nnumber: { format: \"函〔{year}〕{n}号\" }\n"
	      "text: |\n  关于{text}的回函\n") },
	{ S("note.procedure.yaml"),
	    S("procedure: note\ntitle: 来函\nin_force: { from: 2000-01-01 }\n"
	      "basis: [试行规定/一]\nunit: body\nname: text\nfields:\n"
	      "  body: { title: 单位, type: entry, of: units, required: true }\n"
	      "  text: { title: 内容, type: text, required: true }\n"
	      "  amount: { title: 件数, type: int }\n"
	      "  phone: { title: 电话, type: text, personal: true }\n"
	      "stages: { open: 办理中, closed: 已办结 }\nfinal: [closed]\nactions:\n"
	      "  begin: { title: 收函, at: new, by: write, "
	      "form: [body, text, \"amount?\", \"phone?\"], then: open }\n"
	      "  edit: { title: 修改, at: open, by: write, form: [\"text?\", "
	      "\"amount?\"] }\n"
	      "  reply: { title: 回函, at: open, by: write, issues: letter, then: closed "
	      "}\n"
	      "clocks:\n"
	      "  - { id: reply, title: 回复期限, from: begin, within: 5 days, "
	      "until: [reply], basis: [试行规定/二] }\n"
	      "destroys: write\n") },
};
enum { LAWS = sizeof LAW / sizeof *LAW };

struct fixture {
	struct door *door;
	struct str unit, person;
};

static struct str
given(struct cx *cx, struct door *door, const char *family, const char *form)
{
	struct act act = { .actor = S("system"),
		.family = str_z(family),
		.action = S("put"),
		.done = cx_today(cx) - 100,
		.is_setup = true };
	struct act_result result = { 0 };

	CHECK_OK(canon_parse(
	    cx, str_replace(cx->arena, str_z(form), S("'"), S("\"")), &act.form));
	CHECK_OK(door_do_one(cx, door, &act, &result));
	return result.subject;
}

static int64_t monotonic;

static int64_t
monotonic_ms(void)
{
	return monotonic;
}

static bool
open_door(struct cx *cx, int engine, struct test_store *store, struct fixture *f)
{
	const struct install install = { .log = S("test/door"), .title = S("试验") };
	struct door_config config = { .log = S("test/door"),
		.entropy = cx->entropy,
		.monotonic_ms = monotonic_ms };
	struct source_list sources = { 0 };
	struct str post;
	struct source days = { .path = S("kernel/workdays/2026.yaml") };
	size_t published = 0;

	*f = (struct fixture){ 0 };
	if (!test_store_make(cx, engine, store))
		return false;
	config.url = store->url;
	CHECK_OK(db_open(cx, store->url, DB_WRITE, &config.db));
	CHECK_OK(install_log(cx, config.db, &install));
	CHECK(install_log(cx, config.db, &install) == ERR_REFUSED);
	CHECK_OK(door_open(cx, &config, &f->door));
	for (size_t i = 0; i < LAWS; i++)
		*list_add(cx->arena, &sources) = LAW[i];
	CHECK_OK(file_read(cx, S("law/kernel/workdays/2026.yaml"), 100000, &days.text));
	*list_add(cx->arena, &sources) = days;
	CHECK_OK(door_publish(cx, f->door, S("system"), &sources, &published));
	CHECK(published == LAWS + 1);
	CHECK_OK(door_publish(cx, f->door, S("system"), &sources, &published));
	CHECK(published == 0);
	f->unit = given(cx, f->door, "units", "{'name':'某局'}");
	f->person = given(cx, f->door, "persons", "{'name':'张三'}");
	post = given(cx, f->door, "posts",
	    str_fmt(cx->arena, "{'holder':'%.*s','unit':'%.*s'}", STR_ARG(f->person),
		STR_ARG(f->unit))
		.p);
	given(cx, f->door, "competences",
	    str_fmt(cx->arena, "{'post':'%.*s','what':'write'}", STR_ARG(post)).p);
	return true;
}

static struct act
begin(struct cx *cx, const struct fixture *f, const char *text, const char *key)
{
	struct act act = { .actor = f->person,
		.family = S("note"),
		.action = S("begin"),
		.form = value_map(),
		.done = cx_today(cx),
		.key = str_z(key) };

	value_set_text(cx->arena, &act.form, "body", f->unit);
	value_set_text(cx->arena, &act.form, "text", str_z(text));
	return act;
}

static int64_t
head_seq(struct cx *cx, struct fixture *f)
{
	struct record_head head = { 0 };

	CHECK_OK(record_head(cx, door_store(f->door), S("test/door"), &head));
	return head.seq;
}

/* Whatever was done: a rebuild must give the same rows. */
static void
close_door(struct cx *cx, struct fixture *f)
{
	struct db *db = door_store(f->door);
	struct str live, rebuilt;
	DB_TX tx = { 0 };

	CHECK_OK(db_begin(cx, db, &tx));
	CHECK_OK(rebuild_dump_text(cx, db, door_tables(f->door), S("test/door"), &live));
	CHECK_OK(rebuild_log(cx, db, door_tables(f->door), S("test/door")));
	CHECK_OK(
	    rebuild_dump_text(cx, db, door_tables(f->door), S("test/door"), &rebuilt));
	CHECK(live.n > 100);
	CHECK_STR(rebuilt, live);
	db_rollback(&tx);
	door_close(f->door);
}

TEST(door_key_replays_and_refuses_another_content)
{
	FOR_EACH_ENGINE(engine)
	{
		TEST_STORE store = { 0 };
		struct door_result r[3];
		struct act acts[3];
		struct fixture f;
		struct act_result again;
		int64_t seq;

		if (!open_door(cx, engine, &store, &f))
			continue;
		acts[0] = begin(cx, &f, "甲", "k1");
		value_set_text(cx->arena, &acts[0].form, "phone", S("138"));
		acts[1] = acts[0];
		acts[2] = begin(cx, &f, "乙", "k1");
		door_do(cx, f.door, acts, 3, r);
		CHECK(r[0].err == ERR_OK && !r[0].act.replayed);
		CHECK(r[1].err == ERR_OK && r[1].act.replayed);
		CHECK_STR(r[1].act.subject, r[0].act.subject);
		CHECK(r[2].err == ERR_REFUSED && r[2].refusals.n == 1);
		CHECK_STR(r[2].refusals.v[0].rule, S("key"));
		seq = head_seq(cx, &f);
		CHECK_OK(door_do_one(cx, f.door, &acts[0], &again));
		CHECK(again.replayed && again.seq == r[0].act.seq);
		/* Only the sealed value differs. */
		acts[0].form = value_copy(cx->arena, &acts[0].form);
		value_set_text(cx->arena, &acts[0].form, "phone", S("139"));
		CHECK(door_do_one(cx, f.door, &acts[0], &again) == ERR_REFUSED);
		CHECK(head_seq(cx, &f) == seq);
		close_door(cx, &f);
	}
}

TEST(door_group_keeps_good_acts_and_writes_no_refused_one)
{
	FOR_EACH_ENGINE(engine)
	{
		TEST_STORE store = { 0 };
		struct door_result r[3];
		struct act acts[3];
		struct fixture f;
		int64_t before;

		if (!open_door(cx, engine, &store, &f))
			continue;
		before = head_seq(cx, &f);
		acts[0] = begin(cx, &f, "甲", "");
		acts[1] = begin(cx, &f, "乙", "");
		acts[1].actor = S("persons/999");
		acts[2] = begin(cx, &f, "丙", "");
		door_do(cx, f.door, acts, 3, r);
		CHECK(r[0].err == ERR_OK && r[2].err == ERR_OK);
		CHECK(r[1].err == ERR_REFUSED && r[1].refusals.n);
		CHECK(head_seq(cx, &f) == before + 2);
		door_do(cx, f.door, &acts[1], 1, r);
		CHECK(head_seq(cx, &f) == before + 2);
		close_door(cx, &f);
	}
}

TEST(door_runs_each_act_alone_when_a_statement_fails)
{
	TEST_STORE store = { 0 };
	struct door_result r[3];
	struct act acts[3];
	struct fixture f;
	int64_t before;

	if (!open_door(cx, 0, &store, &f))
		return;
	CHECK_OK(db_exec(cx, door_store(f.door),
	    S("CREATE TRIGGER bad BEFORE INSERT ON m_note WHEN NEW.f_text = 'bad' "
	      "BEGIN SELECT RAISE(ABORT, 'no'); END")));
	before = head_seq(cx, &f);
	acts[0] = begin(cx, &f, "甲", "k0");
	acts[1] = begin(cx, &f, "bad", "k1");
	acts[2] = begin(cx, &f, "丙", "k2");
	door_do(cx, f.door, acts, 3, r);
	CHECK(r[0].err == ERR_OK && r[2].err == ERR_OK);
	CHECK(r[1].err == ERR_STORE && r[1].why.n);
	CHECK(head_seq(cx, &f) == before + 2);
	close_door(cx, &f);
}

static struct act
edit(struct cx *cx, const struct fixture *f, struct str subject, const char *field,
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

TEST(door_seen_refuses_only_what_changed)
{
	FOR_EACH_ENGINE(engine)
	{
		TEST_STORE store = { 0 };
		struct act_result note, result;
		struct fixture f;
		struct act act;

		if (!open_door(cx, engine, &store, &f))
			continue;
		act = begin(cx, &f, "甲", "");
		CHECK_OK(door_do_one(cx, f.door, &act, &note));
		act = edit(cx, &f, note.subject, "text", value_text(S("乙")), 1);
		CHECK_OK(door_do_one(cx, f.door, &act, &result));
		act = edit(cx, &f, note.subject, "text", value_text(S("丙")), 1);
		CHECK(door_do_one(cx, f.door, &act, &result) == ERR_STALE);
		CHECK(cx->refusals.n == 1);
		CHECK_STR(cx->refusals.v[0].rule, S("seen"));
		act = edit(cx, &f, note.subject, "amount", value_int(3), 1);
		CHECK_OK(door_do_one(cx, f.door, &act, &result));
		close_door(cx, &f);
	}
}

TEST(door_tick_writes_lapses_once_and_not_in_doubt)
{
	FOR_EACH_ENGINE(engine)
	{
		TEST_STORE store = { 0 };
		const int64_t now = cx->now_ms;
		struct act_result note;
		struct fixture f;
		struct act act;
		size_t lapsed;

		monotonic = 0;
		if (!open_door(cx, engine, &store, &f))
			continue;
		act = begin(cx, &f, "甲", "");
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
		close_door(cx, &f);
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
		struct fixture f;
		struct act act;
		struct event e = { 0 };

		if (!open_door(cx, engine, &store, &f))
			continue;
		act = begin(cx, &f, "甲", "");
		CHECK_OK(door_do_one(cx, f.door, &act, &note));
		cx->now_ms += 10 * DAY_MS;
		monotonic += 10 * DAY_MS;
		act = edit(cx, &f, note.subject, "text", value_text(S("乙")), 0);
		act.actor = S("persons/999");
		CHECK(door_do_one(cx, f.door, &act, &result) == ERR_REFUSED);
		CHECK_OK(record_get(
		    cx, door_store(f.door), S("test/door"), head_seq(cx, &f), &e));
		CHECK(e.kind == EV_CLOCK_LAPSED);
		close_door(cx, &f);
		cx->now_ms = now;
	}
}

struct waiting {
	pthread_mutex_t lock;
	pthread_cond_t all;
	int left, done;
};

static void
answered(const struct door_result *result, void *self)
{
	struct waiting *w = self;

	pthread_mutex_lock(&w->lock);
	w->done += result->err == ERR_OK;
	if (--w->left == 0)
		pthread_cond_signal(&w->all);
	pthread_mutex_unlock(&w->lock);
}

TEST(door_thread_answers_every_act)
{
	FOR_EACH_ENGINE(engine)
	{
		TEST_STORE store = { 0 };
		struct waiting w = { PTHREAD_MUTEX_INITIALIZER, PTHREAD_COND_INITIALIZER,
			150, 0 };
		struct fixture f;
		int64_t before;

		if (!open_door(cx, engine, &store, &f))
			continue;
		before = head_seq(cx, &f);
		CHECK_OK(door_start(cx, f.door));
		for (int i = 0; i < 150; i++) {
			const struct act act = begin(cx, &f, "甲", "");

			door_submit(cx, f.door, &act, answered, &w);
		}
		pthread_mutex_lock(&w.lock);
		while (w.left)
			pthread_cond_wait(&w.all, &w.lock);
		pthread_mutex_unlock(&w.lock);
		CHECK(w.done == 150);
		CHECK(head_seq(cx, &f) == before + 150);
		close_door(cx, &f);
	}
}

TEST(door_sealed_parts_are_noted_read_and_destroyed)
{
	FOR_EACH_ENGINE(engine)
	{
		TEST_STORE store = { 0 };
		struct act_result note, result;
		struct record_head head = { 0 };
		struct value parts;
		struct fixture f;
		struct act act;

		if (!open_door(cx, engine, &store, &f))
			continue;
		act = begin(cx, &f, "甲", "");
		value_set_text(cx->arena, &act.form, "phone", S("138"));
		CHECK_OK(door_do_one(cx, f.door, &act, &note));
		CHECK_OK(door_read_sealed(cx, f.door, f.person, note.seq, &parts));
		CHECK_STR(value_str(value_path(&parts, "p1.phone")), S("138"));
		CHECK_OK(
		    record_head(cx, door_store(f.door), S("test/door/access"), &head));
		CHECK(head.seq == 2);
		act = edit(cx, &f, note.subject, "reason", value_text(S("到期")), 0);
		act.action = S("destroy");
		value_set_text(cx->arena, &act.form, "part",
		    str_fmt(cx->arena, "%lld:p1", (long long)note.seq));
		CHECK_OK(door_do_one(cx, f.door, &act, &result));
		CHECK_OK(door_read_sealed(cx, f.door, f.person, note.seq, &parts));
		CHECK_STR(value_str(value_get(&parts, S("p1"))), S("gone"));
		close_door(cx, &f);
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
		struct fixture f;
		struct reader r;
		struct act act;
		int64_t seq;

		if (!open_door(cx, engine, &store, &f))
			continue;
		act = begin(cx, &f, "甲", "");
		CHECK_OK(door_do_one(cx, f.door, &act, &note));
		act = edit(cx, &f, note.subject, "x", value_null(), 0);
		act.action = S("reply");
		act.form = value_map();
		CHECK_OK(door_do_one(cx, f.door, &act, &result));
		CHECK(str_ends(result.number, S("1号")));
		CHECK_OK(door_render(cx, f.door, note.subject));
		seq = head_seq(cx, &f);
		CHECK_OK(door_render(cx, f.door, note.subject));
		CHECK(head_seq(cx, &f) == seq);
		r = (struct reader){ door_store(f.door), door_tables(f.door),
			S("test/door") };
		CHECK_OK(read_matter(cx, &r, note.subject, &state));
		CHECK_OK(bytes_read(cx, r.db, r.log,
		    value_str(value_get(
			value_at(value_get(&state, S("issued")), 0), S("file"))),
		    0, 1000, &text));
		CHECK_STR(str_trim(text), S("关于甲的回函"));
		close_door(cx, &f);
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
		struct fixture f;
		struct act act;

		if (!open_door(cx, engine, &store, &f))
			continue;
		door_close(f.door);
		config.url = store.url;
		cx->now_ms += 31 * DAY_MS;
		CHECK_OK(door_open(cx, &config, &f.door));
		CHECK(door_time_in_doubt(f.door));
		act = begin(cx, &f, "甲", "");
		CHECK_OK(door_do_one(cx, f.door, &act, &result));
		close_door(cx, &f);
		cx->now_ms = now;
	}
}

TEST(door_publishes_no_set_with_faults)
{
	TEST_STORE store = { 0 };
	struct source bad = { S("bad.procedure.yaml"),
		S("procedure: bad\nnothing: 1\n") };
	const struct source_list list = { &bad, 1, 1 };
	struct fixture f;
	int64_t before;
	size_t n;

	if (!open_door(cx, 0, &store, &f))
		return;
	before = head_seq(cx, &f);
	CHECK(door_publish(cx, f.door, S("system"), &list, &n) == ERR_INPUT);
	CHECK(head_seq(cx, &f) == before);
	CHECK(defs_procedure(door_defs(f.door), S("note")) != NULL);
	close_door(cx, &f);
}
