/*
 * Definitions taken out of the set: what began under them goes on, nothing new begins,
 * and what stays in force never rests on them; on both engines.
 */
#include "county.h"
#include "test.h"

#include "read/read.h"

static const struct source PAPERS = { .path = S("papers.register.yaml"),
	.text = S("register: papers\ntitle: 台账\nkey: name\nfields:\n"
		  "  name: { title: 名称, type: text, required: true }\n"
		  "  body: { title: 单位, type: entry, of: units }\n"
		  "by: write\nof: any\n") };

/* The county's set without the files whose path has one of these words. */
static struct source_list
laws_without(struct cx *cx, const char *one, const char *two)
{
	struct source_list all = { 0 }, out = { 0 };

	CHECK_OK(county_laws(cx, &all));
	*list_add(cx->arena, &all) = PAPERS;
	for (size_t i = 0; i < all.n; i++)
		if (!str_has(all.v[i].path, str_z(one)) &&
		    !str_has(all.v[i].path, str_z(two)))
			*list_add(cx->arena, &out) = all.v[i];
	return out;
}

static enum err
publish_without(struct cx *cx, struct county *f, const char *one, const char *two,
    struct law_published *out)
{
	const struct source_list sources = laws_without(cx, one, two);

	return door_publish_whole(cx, f->door, S("system"), &sources, out);
}

/* "" when it was done, else the rule that refused. */
static struct str
tried(struct cx *cx, struct county *f, struct act act, struct str *subject)
{
	struct door_result r;

	door_do(cx, f->door, &act, 1, &r);
	if (r.err == ERR_OK && subject)
		*subject = r.act.subject;
	if (r.err == ERR_OK)
		return S("");
	return r.refusals.n == 1 ? r.refusals.v[0].rule : S("several");
}

static struct act
act_on(struct cx *cx, struct county *f, struct str subject, const char *action)
{
	return (struct act){ .actor = f->person,
		.subject = subject,
		.action = str_z(action),
		.form = value_map(),
		.done = cx_today(cx) };
}

static struct act
paper_put(struct cx *cx, struct county *f, const char *name)
{
	struct act act = act_on(cx, f, S(""), "put");

	act.family = S("papers");
	value_set_text(cx->arena, &act.form, "name", str_z(name));
	return act;
}

TEST(law_withdrawn_lets_open_matters_end_and_none_begin)
{
	FOR_EACH_ENGINE(engine)
	{
		TEST_STORE store = { 0 };
		struct door_config config = { .log = S("test/door"),
			.entropy = cx->entropy };
		struct law_published done;
		struct county f;
		struct str open, number;
		struct door_result r;
		struct act reply;
		int64_t head;

		if (!county_open(cx, engine, &store, &f))
			continue;
		config.url = store.url;
		CHECK_STR(tried(cx, &f, county_begin(cx, &f, "甲", ""), &open), S(""));
		head = county_head(cx, &f);
		CHECK_OK(publish_without(cx, &f, "note.", "papers", &done));
		CHECK(done.published == 0 && done.withdrawn.n == 2);
		CHECK(county_head(cx, &f) == head + 2);
		CHECK_OK(publish_without(cx, &f, "note.", "papers", &done));
		CHECK(done.withdrawn.n == 0 && county_head(cx, &f) == head + 2);

		for (int again = 0; again < 2; again++) {
			CHECK_STR(tried(cx, &f, county_begin(cx, &f, "乙", ""), NULL),
			    S("withdrawn"));
			CHECK_STR(
			    tried(cx, &f, act_on(cx, &f, open, "edit"), NULL), S(""));
			if (again)
				break;
			door_close(f.door); /* as the record says it, not the memory */
			CHECK_OK(door_open(cx, &config, &f.door));
		}
		/* The document went with the procedure; the old matter still issues it.
		 */
		reply = act_on(cx, &f, open, "reply");
		door_do(cx, f.door, &reply, 1, &r);
		CHECK(r.err == ERR_OK);
		number = r.act.number;
		CHECK(str_starts(number, S("函〔")));

		CHECK_OK(publish_without(cx, &f, "papers", "papers", &done));
		CHECK(done.published == 2 && done.withdrawn.n == 0);
		CHECK_STR(tried(cx, &f, county_begin(cx, &f, "丙", ""), NULL), S(""));
		county_close(cx, &f);
	}
}

TEST(law_withdrawn_register_takes_no_entry)
{
	FOR_EACH_ENGINE(engine)
	{
		TEST_STORE store = { 0 };
		struct law_published done;
		struct county f;
		struct str paper;
		struct act act;

		if (!county_open(cx, engine, &store, &f))
			continue;
		CHECK_OK(publish_without(cx, &f, "none", "none", &done));
		CHECK(done.published == 1 && done.withdrawn.n == 0);
		CHECK_STR(tried(cx, &f, paper_put(cx, &f, "甲"), &paper), S(""));
		CHECK_OK(publish_without(cx, &f, "papers", "none", &done));
		CHECK(done.withdrawn.n == 1);
		CHECK_STR(done.withdrawn.v[0], PAPERS.path);
		CHECK_STR(tried(cx, &f, paper_put(cx, &f, "乙"), NULL), S("withdrawn"));
		act = paper_put(cx, &f, "丙");
		act.subject = paper;
		CHECK_STR(tried(cx, &f, act, NULL), S("withdrawn"));
		act = act_on(cx, &f, paper, "end");
		CHECK_STR(tried(cx, &f, act, NULL), S("required"));
		value_set_text(cx->arena, &act.form, "reason", S("用完"));
		CHECK_STR(tried(cx, &f, act, NULL), S(""));
		county_close(cx, &f);
	}
}

/* Nothing is written when what stays needs what goes, nor when the program does. */
TEST(law_withdrawn_only_when_the_rest_stands)
{
	static const struct {
		const char *path, *why;
	} cases[] = { { "note.document", "没有文书“letter”" },
		{ "statutes/", "依据“试行规定/一”不在法规库中" },
		{ "kernel/units", "没有名录或者程序“units”" },
		{ "workdays/2026", "workdays" } };

	FOR_EACH_ENGINE(engine)
	{
		TEST_STORE store = { 0 };
		struct law_published done;
		struct county f;
		int64_t head;

		if (!county_open(cx, engine, &store, &f))
			continue;
		CHECK_OK(publish_without(cx, &f, "none", "none", &done));
		head = county_head(cx, &f);
		for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
			CHECK(publish_without(cx, &f, cases[i].path, "none", &done) ==
			      ERR_INPUT);
			if (!str_has(cx->why, str_z(cases[i].why)))
				CHECK_STR(cx->why, str_z(cases[i].why));
		}
		/* The rest would stand without competences; nobody could act. */
		CHECK(publish_without(cx, &f, "kernel/competences.register", "none",
			  &done) == ERR_INPUT);
		CHECK(str_has(cx->why, S("不能撤下")));
		CHECK(county_head(cx, &f) == head);
		CHECK_STR(tried(cx, &f, county_begin(cx, &f, "甲", ""), NULL), S(""));
		county_close(cx, &f);
	}
}

/* What one process withdraws, the door of another follows with its next act. */
TEST(law_withdrawn_elsewhere_is_withdrawn_here)
{
	FOR_EACH_ENGINE(engine)
	{
		TEST_STORE store = { 0 };
		struct door_config config = { .log = S("test/door"),
			.entropy = cx->entropy };
		struct law_published done;
		struct county f, other = { 0 };

		if (!county_open(cx, engine, &store, &f))
			continue;
		config.url = store.url;
		CHECK_OK(door_open(cx, &config, &other.door));
		CHECK_OK(publish_without(cx, &other, "note.", "papers", &done));
		CHECK(done.withdrawn.n == 2);
		CHECK_STR(
		    tried(cx, &f, county_begin(cx, &f, "甲", ""), NULL), S("withdrawn"));
		CHECK(defs_procedure(door_defs(f.door), S("note"))->withdrawn);
		CHECK_OK(publish_without(cx, &f, "papers", "papers", &done));
		CHECK(done.published == 2);
		other.person = f.person;
		other.unit = f.unit;
		CHECK_STR(tried(cx, &other, county_begin(cx, &f, "乙", ""), NULL), S(""));
		door_close(other.door);
		county_close(cx, &f);
	}
}

struct change {
	const char *from, *to;
};

/* The county's procedure with some texts replaced. */
static enum err
publish_changed(struct cx *cx, struct county *f, const struct change *changes, size_t n)
{
	struct source_list all = { 0 }, one = { 0 };
	size_t published;

	CHECK_OK(county_laws(cx, &all));
	for (size_t i = 0; i < all.n; i++) {
		struct str *text = &all.v[i].text;

		if (!str_has(all.v[i].path, S("note.procedure")))
			continue;
		for (size_t k = 0; k < n && changes[k].from; k++) {
			CHECK(str_has(*text, str_z(changes[k].from)));
			*text = str_replace(cx->arena, *text, str_z(changes[k].from),
			    str_z(changes[k].to));
		}
		*list_add(cx->arena, &one) = all.v[i];
	}
	return door_publish(cx, f->door, S("system"), &one, &published);
}

static struct value
state_of(struct cx *cx, struct county *f, struct str subject)
{
	const struct reader r = { .db = door_store(f->door),
		.tables = door_tables(f->door),
		.log = S("test/door") };
	struct value state = value_null();

	CHECK_OK(read_matter(cx, &r, subject, &state));
	return state;
}

static struct act
edit_more(struct cx *cx, struct county *f, struct str subject)
{
	struct act act = act_on(cx, f, subject, "edit");

	value_set_text(cx->arena, &act.form, "more", S("附"));
	return act;
}

TEST(law_moved_by_an_erratum)
{
	static const struct change edit = { "form: [\"text?\", \"amount?\"]",
		"form: [\"text?\", \"amount?\", \"more?\"]" };

	FOR_EACH_ENGINE(engine)
	{
		TEST_STORE store = { 0 };
		struct str first, second, closed, was;
		struct value before, after;
		struct law_moves moves;
		struct county f;
		int64_t head;

		if (!county_open(cx, engine, &store, &f))
			continue;
		CHECK_STR(tried(cx, &f, county_begin(cx, &f, "甲", ""), &first), S(""));
		CHECK_STR(tried(cx, &f, county_begin(cx, &f, "乙", ""), &closed), S(""));
		CHECK_STR(tried(cx, &f, act_on(cx, &f, closed, "reply"), NULL), S(""));
		before = state_of(cx, &f, first);
		was = value_str(value_get(&before, S("edition")));
		CHECK_OK(publish_changed(cx, &f, &edit, 1));
		CHECK_STR(tried(cx, &f, county_begin(cx, &f, "丙", ""), &second), S(""));
		CHECK_STR(tried(cx, &f, edit_more(cx, &f, first), NULL), S("form"));

		head = county_head(cx, &f);
		CHECK_OK(door_move_edition(
		    cx, f.door, f.person, S("note"), S("漏列附言"), &moves));
		CHECK(moves.n == 1 && county_head(cx, &f) == head + 1);
		CHECK_STR(moves.v[0].subject, first);
		CHECK_STR(moves.v[0].title, S("甲"));
		CHECK_STR(moves.v[0].from, was);
		after = state_of(cx, &f, first);
		CHECK(value_eq(
		    value_get(&before, S("clocks")), value_get(&after, S("clocks"))));
		CHECK_STR(value_str(value_get(&after, S("edition"))),
		    defs_procedure(door_defs(f.door), S("note"))->digest);
		after = state_of(cx, &f, closed);
		CHECK_STR(value_str(value_get(&after, S("edition"))), was);
		CHECK_STR(tried(cx, &f, edit_more(cx, &f, first), NULL), S(""));

		head = county_head(cx, &f);
		CHECK_OK(door_move_edition(
		    cx, f.door, f.person, S("note"), S("漏列附言"), &moves));
		CHECK(moves.n == 0 && county_head(cx, &f) == head);
		county_close(cx, &f);
	}
}

/* A rule for matters of the edition with this digest, published beside the new one. */
static enum err
publish_rule(struct cx *cx, struct county *f, struct str edition)
{
	struct source_list one = { 0 };
	struct source rule = { .path = S("note.transition.yaml") };
	size_t published;

	rule.text = str_fmt(cx->arena,
	    "transition: note-2026\ntitle: 期限改为十日\nprocedure: note\n"
	    "from: { edition: %.*s }\nto: 2026-01-01\nbasis: [试行规定/二]\n"
	    "when: text != \"丁\"\nstages: { open: open }\n"
	    "clocks: { reply: { how: converted, reason: 期限改为十日 } }\n",
	    STR_ARG(edition));
	*list_add(cx->arena, &one) = rule;
	return door_publish(cx, f->door, S("system"), &one, &published);
}

static int64_t
reply_due(struct cx *cx, struct county *f, struct str subject)
{
	const struct value state = state_of(cx, f, subject);

	return value_num(
	    value_get(value_get(value_get(&state, S("clocks")), S("reply")), S("due")));
}

TEST(law_moved_by_a_rule)
{
	static const struct change ten[] = { { "within: 5 days", "within: 10 days" },
		{ "in_force: { from: 2000-01-01 }", "in_force: { from: 2026-01-01 }" } };

	FOR_EACH_ENGINE(engine)
	{
		static const char *const texts[] = { "甲", "乙", "丙", "丁" };
		struct law_move_ask ask = { .rule = S("note-2026"), .only_show = true };
		TEST_STORE store = { 0 };
		struct str notes[4], was;
		struct law_moves moves;
		struct value state;
		struct county f;
		int64_t head, due;

		if (!county_open(cx, engine, &store, &f))
			continue;
		for (size_t i = 0; i < 4; i++)
			CHECK_STR(
			    tried(cx, &f, county_begin(cx, &f, texts[i], ""), &notes[i]),
			    S(""));
		state = state_of(cx, &f, notes[0]);
		was = value_str(value_get(&state, S("edition")));
		due = reply_due(cx, &f, notes[0]);
		ask.person = f.person;
		CHECK(door_move_by_rule(cx, f.door, &ask, &moves) == ERR_INPUT);
		CHECK_OK(publish_changed(cx, &f, ten, 2));
		CHECK_OK(publish_rule(cx, &f, was));

		/* Only shown: nothing is written. */
		head = county_head(cx, &f);
		CHECK_OK(door_move_by_rule(cx, f.door, &ask, &moves));
		CHECK(moves.n == 3 && moves.kept.n == 1 && !moves.rest);
		CHECK(county_head(cx, &f) == head);
		CHECK(reply_due(cx, &f, notes[0]) == due);

		/* Broken off after two; begun again it does the rest only. */
		ask.only_show = false;
		ask.limit = 2;
		CHECK_OK(door_move_by_rule(cx, f.door, &ask, &moves));
		CHECK(moves.n == 2 && moves.rest == 2);
		CHECK(county_head(cx, &f) == head + 2);
		CHECK(reply_due(cx, &f, notes[1]) > due);
		CHECK(reply_due(cx, &f, notes[2]) == due);
		ask.limit = 0;
		CHECK_OK(door_move_by_rule(cx, f.door, &ask, &moves));
		CHECK(moves.n == 1 && moves.kept.n == 1);
		CHECK_STR(moves.v[0].subject, notes[2]);
		CHECK_STR(moves.v[0].from, was);
		CHECK_STR(moves.kept.v[0].subject, notes[3]);
		CHECK(county_head(cx, &f) == head + 3);
		CHECK(reply_due(cx, &f, notes[3]) == due);

		ask.person = S("persons/999");
		CHECK(door_move_by_rule(cx, f.door, &ask, &moves) == ERR_INPUT);
		county_close(cx, &f);
	}
}

/* A rule that does not fit the editions of the record is not published. */
TEST(law_rule_is_held_against_the_record)
{
	TEST_STORE store = { 0 };
	struct str note;
	struct value state;
	struct county f;

	if (!county_open(cx, 0, &store, &f))
		return;
	CHECK_STR(tried(cx, &f, county_begin(cx, &f, "甲", ""), &note), S(""));
	state = state_of(cx, &f, note);
	/* The newest begins on another day than the rule says. */
	CHECK(publish_rule(cx, &f, value_str(value_get(&state, S("edition")))) ==
	      ERR_INPUT);
	CHECK(str_has(cx->why, S("现行版本自2000年1月1日起施行")));
	county_close(cx, &f);
}

/* Of an edition that means something else nothing is moved. */
TEST(law_moved_only_when_it_is_an_erratum)
{
	static const struct {
		const char *why;
		struct change changes[3];
	} cases[] = {
		{ "阶段“closed”",
		    { { "closed: 已办结", "shut: 已办结" }, { "[closed]", "[shut]" },
			{ "then: closed", "then: shut" } } },
		{ "办理事项“edit”",
		    { { "edit: { title: 修改", "alter: { title: 修改" } } },
		{ "期限“reply”", { { "id: reply, title", "id: answer, title" } } },
		{ "字段“more”", { { "  more: { title: 附言, type: long }\n", "" },
				    { "\"more?\", ", "" } } },
		{ "字段“phone”", { { ", personal: true", "" } } },
	};

	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		TEST_STORE store = { 0 };
		struct law_moves moves;
		struct county f;
		int64_t head;

		if (!county_open(cx, 0, &store, &f))
			return;
		CHECK_STR(tried(cx, &f, county_begin(cx, &f, "甲", ""), NULL), S(""));
		CHECK_OK(publish_changed(cx, &f, cases[i].changes, 3));
		head = county_head(cx, &f);
		CHECK(door_move_edition(cx, f.door, f.person, S("note"), S("更正"),
			  &moves) == ERR_INPUT);
		if (!str_has(cx->why, str_z(cases[i].why)))
			CHECK_STR(cx->why, str_z(cases[i].why));
		CHECK(county_head(cx, &f) == head);
		county_close(cx, &f);
	}
}

TEST(law_moved_by_somebody_with_a_reason)
{
	TEST_STORE store = { 0 };
	static const struct change title = { "title: 来函\n", "title: 来信\n" };
	struct law_moves moves;
	struct county f;
	int64_t head;

	if (!county_open(cx, 0, &store, &f))
		return;
	CHECK_STR(tried(cx, &f, county_begin(cx, &f, "甲", ""), NULL), S(""));
	CHECK_OK(publish_changed(cx, &f, &title, 1));
	head = county_head(cx, &f);
	CHECK(door_move_edition(cx, f.door, f.person, S("note"), S(" "), &moves) ==
	      ERR_INPUT);
	CHECK(str_has(cx->why, S("理由")));
	CHECK(door_move_edition(cx, f.door, f.unit, S("note"), S("更正"), &moves) ==
	      ERR_INPUT);
	CHECK(door_move_edition(cx, f.door, S("persons/999"), S("note"), S("更正"),
		  &moves) == ERR_INPUT);
	CHECK(str_has(cx->why, S("签署人")));
	CHECK(door_move_edition(cx, f.door, f.person, S("none"), S("更正"), &moves) ==
	      ERR_INPUT);
	CHECK(county_head(cx, &f) == head);
	CHECK_OK(door_move_edition(cx, f.door, f.person, S("note"), S("更正"), &moves));
	CHECK(moves.n == 1);
	county_close(cx, &f);
}
