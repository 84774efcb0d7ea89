/*
 * The index behind the record: what an account finds, what the public finds, what nobody
 * finds; and the same index however it was made.
 */
#include "act/library.h"
#include "county.h"
#include "intake/statute.h"
#include "read/search.h"
#include "read/search_follow.h"
#include "register/table.h"
#include "test.h"

static const struct source CASES = { .path = S("cases.procedure.yaml"),
	.text = S("procedure: case\ntitle: 案件\nin_force: { from: 2000-01-01 }\n"
		  "basis: [试行规定/一]\nunit: body\nname: cause\nfields:\n"
		  "  body: { title: 单位, type: entry, of: units, required: true }\n"
		  "  cause: { title: 案由, type: text, required: true }\n"
		  "  opinion: { title: 内部意见, type: long }\n"
		  "  phone: { title: 电话, type: text, personal: true }\n"
		  "  people:\n    title: 当事人\n    type: rows\n    of:\n"
		  "      role: { title: 身份, type: text }\n"
		  "      name: { title: 姓名, type: text, personal: true }\n"
		  "stages: { open: 办理中, shown: 已公开 }\nfinal: [shown]\nactions:\n"
		  "  begin: { title: 立案, at: new, by: write, form: [body, cause, "
		  "\"opinion?\", \"phone?\", \"people?\"], then: open }\n"
		  "  show: { title: 公开, at: open, by: write, publishes: [cause], then: "
		  "shown }\n"
		  "masks:\n"
		  "  - { id: opinion, fields: [opinion], open: \"post.unit = body\", "
		  "says: 限本单位查阅 }\n") };

struct fixture {
	struct county c;
	struct test_store store;
	struct db *db; /* of the follower */
	struct str matter;
};

static enum err
follow(struct cx *cx, struct fixture *f, size_t steps)
{
	const struct search_from from = { .r = { f->db, door_tables(f->c.door),
					      door_log(f->c.door) },
		.defs = door_defs(f->c.door) };
	bool more = true;

	for (size_t i = 0; more && i < steps; i++) {
		TRY(search_follow_library(cx, f->db, &more));
		if (!more)
			TRY(search_follow(cx, &from, &more));
	}
	return ERR_OK;
}

static enum err
law_add(struct cx *cx, struct fixture *f, struct source more)
{
	struct source_list sources = { 0 };
	size_t n;

	TRY(county_laws(cx, &sources));
	*list_add(cx->arena, &sources) = more;
	return door_publish(cx, f->c.door, S("system"), &sources, &n);
}

static bool
fixture_open(struct cx *cx, int engine, struct fixture *f)
{
	struct act act = { .family = S("case"), .action = S("begin") };
	struct act_result result = { 0 };
	struct value row = value_map(), rows = value_list();

	*f = (struct fixture){ .db = NULL };
	if (!county_open(cx, engine, &f->store, &f->c))
		return false;
	CHECK_OK(law_add(cx, f, CASES));
	act.actor = f->c.person;
	act.form = value_map();
	act.done = cx_today(cx);
	value_set_text(cx->arena, &act.form, "body", f->c.unit);
	value_set_text(cx->arena, &act.form, "cause", S("擅自摆卖"));
	value_set_text(cx->arena, &act.form, "opinion", S("从轻考虑"));
	value_set_text(cx->arena, &act.form, "phone", S("13800138000"));
	value_set_text(cx->arena, &row, "role", S("摊主"));
	value_set_text(cx->arena, &row, "name", S("欧阳小明"));
	value_add(cx->arena, &rows, row);
	value_set(cx->arena, &act.form, S("people"), rows);
	CHECK_OK(door_do_one(cx, f->c.door, &act, &result));
	f->matter = result.subject;
	CHECK_OK(db_open(cx, f->store.url, DB_WRITE, &f->db));
	return true;
}

static void
fixture_close(struct cx *cx, struct fixture *f)
{
	db_close(f->db);
	county_close(cx, &f->c);
	test_store_drop(&f->store);
}

static struct search_ask
asked(struct cx *cx, struct fixture *f, struct str typed, bool is_inside)
{
	static const struct str scopes[] = { S("in") };

	return (struct search_ask){ .query = search_query_parse(cx->arena, typed),
		.log = door_log(f->c.door),
		.scopes = scopes,
		.nscopes = is_inside,
		.rules = search_rules(cx->arena, door_defs(f->c.door)),
		.from_day = ABSENT_INT,
		.to_day = ABSENT_INT,
		.today = cx_today(cx) };
}

static size_t
count_of(struct cx *cx, struct fixture *f, const struct search_ask *ask)
{
	struct search_answer a;

	CHECK_OK(search_find(cx, f->db, ask, &a));
	CHECK(a.n == a.count);
	return a.count;
}

static size_t
found(struct cx *cx, struct fixture *f, struct str typed, bool is_inside)
{
	const struct search_ask ask = asked(cx, f, typed, is_inside);

	return count_of(cx, f, &ask);
}

/* Whether any row of the index holds the text. */
static bool
is_in_index(struct cx *cx, struct fixture *f, struct str text)
{
	bool is = false;
	DB_ROWS rows = { 0 };

	CHECK_OK(db_ask(cx, f->db, &rows, Q_SEARCH_UNIT_RANGE, D_INT(INT64_MIN),
	    D_INT(INT64_MAX), D_INT(10000)));
	while (db_next(&rows))
		for (int col = 1; col < 11; col++)
			is |= col != 7 && col != 8 && str_has(db_view(&rows, col), text);
	CHECK_OK(db_end(cx, &rows));
	return is;
}

TEST(search_follow_hides_what_is_not_readable)
{
	FOR_EACH_ENGINE(engine)
	{
		struct fixture f;

		if (!fixture_open(cx, engine, &f))
			continue;
		CHECK(found(cx, &f, S("摆卖"), true) == 0); /* it lags */
		CHECK_OK(follow(cx, &f, 100));
		CHECK(found(cx, &f, S("摆卖"), true) == 1);
		CHECK(found(cx, &f, S("摊主"), true) == 1);
		CHECK(found(cx, &f, S("某局"), true) == 4);
		CHECK(found(cx, &f, S("摆卖"), false) == 0);
		CHECK(found(cx, &f, S("某局"), false) == 0);
		CHECK(found(cx, &f, S("\xEE\x80\x81in\xEE\x80\x81摆卖"), false) == 0);
		/* sealed and masked: for nobody, not even who wrote it */
		CHECK(found(cx, &f, S("从轻"), true) == 0);
		CHECK(found(cx, &f, S("13800138000"), true) == 0);
		CHECK(found(cx, &f, S("欧阳"), true) == 0);
		CHECK(is_in_index(cx, &f, S("摆卖")));
		CHECK(!is_in_index(cx, &f, S("从轻")));
		CHECK(!is_in_index(cx, &f, S("13800138000")));
		CHECK(!is_in_index(cx, &f, S("欧阳")));
		fixture_close(cx, &f);
	}
}

TEST(search_follow_shows_the_public_what_is_published)
{
	FOR_EACH_ENGINE(engine)
	{
		struct fixture f;
		struct act act = { .action = S("show"), .form = value_map() };
		struct act_result result = { 0 };

		if (!fixture_open(cx, engine, &f))
			continue;
		act.actor = f.c.person;
		act.subject = f.matter;
		act.done = cx_today(cx);
		CHECK_OK(door_do_one(cx, f.c.door, &act, &result));
		CHECK_OK(follow(cx, &f, 100));
		CHECK(found(cx, &f, S("摆卖"), false) == 1);
		CHECK(found(cx, &f, S("摊主"), false) == 0);
		CHECK(found(cx, &f, S("摆卖"), true) == 1);
		fixture_close(cx, &f);
	}
}

/* Units as one text. */
static struct str
index_text(struct cx *cx, struct fixture *f)
{
	struct buf b = { .arena = cx->arena };
	DB_ROWS rows = { 0 };

	CHECK_OK(db_ask(cx, f->db, &rows, Q_SEARCH_UNIT_RANGE, D_INT(INT64_MIN),
	    D_INT(INT64_MAX), D_INT(10000)));
	while (db_next(&rows)) {
		buf_fmt(&b, "%lld", (long long)db_int(&rows, 0));
		for (int col = 1; col < 11; col++)
			if (col != 7 && col != 8)
				buf_put(&b, db_view(&rows, col));
		buf_put_byte(&b, '\n');
	}
	CHECK_OK(db_end(cx, &rows));
	return buf_str(&b);
}

static void
rename_unit(struct cx *cx, struct fixture *f, struct str name)
{
	struct act act = { .actor = S("system"),
		.subject = f->c.unit,
		.action = S("put"),
		.form = value_map(),
		.done = cx_today(cx),
		.is_setup = true };
	struct act_result result = { 0 };

	value_set_text(cx->arena, &act.form, "name", name);
	CHECK_OK(door_do_one(cx, f->c.door, &act, &result));
}

TEST(search_follow_gives_one_index_however_made)
{
	FOR_EACH_ENGINE(engine)
	{
		struct fixture f;
		struct str live;

		if (!fixture_open(cx, engine, &f))
			continue;
		CHECK_OK(follow(cx, &f, 1)); /* killed after each step */
		db_close(f.db);
		CHECK_OK(db_open(cx, f.store.url, DB_WRITE, &f.db));
		CHECK_OK(follow(cx, &f, 100));
		rename_unit(cx, &f, S("某委"));
		CHECK_OK(follow(cx, &f, 100));
		CHECK(found(cx, &f, S("某局"), true) == 0);
		CHECK(found(cx, &f, S("某委"), true) == 4);
		live = index_text(cx, &f);
		CHECK_OK(search_forget(cx, f.db));
		CHECK(found(cx, &f, S("某委"), true) == 0);
		CHECK_OK(follow(cx, &f, 100));
		CHECK_STR(index_text(cx, &f), live);
		CHECK(found(cx, &f, S("某委"), true) == 4);
		CHECK(found(cx, &f, S("某局"), true) == 0);
		fixture_close(cx, &f);
	}
}

/* A field is masked from today on: the index of yesterday is not asked any more. */
TEST(search_follow_forgets_with_the_definition)
{
	struct fixture f;
	struct source closed = CASES;

	CHECK(fixture_open(cx, 0, &f));
	CHECK_OK(follow(cx, &f, 100));
	CHECK(found(cx, &f, S("摊主"), true) == 1);
	closed.text = str_replace(cx->arena, closed.text, S("fields: [opinion]"),
	    S("fields: [opinion, people]"));
	CHECK_OK(law_add(cx, &f, closed));
	CHECK(found(cx, &f, S("摊主"), true) == 0);
	CHECK_OK(follow(cx, &f, 100));
	CHECK(found(cx, &f, S("摊主"), true) == 0);
	CHECK(found(cx, &f, S("摆卖"), true) == 1);
	CHECK(!is_in_index(cx, &f, S("摊主")));
	fixture_close(cx, &f);
}

TEST(search_follow_reads_the_library)
{
	static const char
	    text[] = "# 养蜂法\n2001年3月4日全国人民代表大会常务委员会通过\n"
		     "第一条 为了养蜂。\n第二条 蜂农应当登记。\n"
		     "第三条 本法自2001年5月1日起施行。\n";

	FOR_EACH_ENGINE(engine)
	{
		struct fixture f;
		struct statute_text t;
		struct value v;
		struct library_file file = { .name = S("养蜂法.md"),
			.bytes = str_z(text) };
		enum library_outcome out;

		if (!fixture_open(cx, engine, &f))
			continue;
		CHECK_OK(statute_read(cx, file.name, file.bytes, &t));
		v = statute_value(cx, &t);
		file.statute = &v;
		CHECK_OK(library_adopt(cx, f.db, S("system"), &file, 1, &out));
		CHECK_OK(follow(cx, &f, 100));
		CHECK(found(cx, &f, S("养蜂法第二条"), false) == 1);
		CHECK(found(cx, &f, S("蜂农"), false) == 1);
		CHECK(found(cx, &f, S("《养蜂法》"), false) == 3);
		CHECK_OK(library_repeal(
		    cx, f.db, S("system"), S("养蜂法"), 12000, S("养殖法")));
		CHECK_OK(follow(cx, &f, 100));
		CHECK(found(cx, &f, S("蜂农"), false) == 1);
		fixture_close(cx, &f);
	}
}

/* By unit and by stage: of what the reader may read, as it stands now. What is public is
 * found by neither, or a stranger could ask where an open matter stands. */
TEST(search_follow_filters_by_unit_and_stage)
{
	FOR_EACH_ENGINE(engine)
	{
		struct act act = { .family = S("case"), .action = S("show") };
		struct act_result result = { 0 };
		struct search_ask ask;
		struct fixture f;

		if (!fixture_open(cx, engine, &f))
			continue;
		CHECK_OK(follow(cx, &f, 100));
		ask = asked(cx, &f, S("摆卖"), true);
		ask.kind = S("case");
		ask.stage = S("open");
		ask.unit = f.c.unit;
		CHECK(count_of(cx, &f, &ask) == 1);
		ask.stage = S("shown");
		CHECK(count_of(cx, &f, &ask) == 0);
		ask.stage = S("open");
		ask.unit = S("units/99");
		CHECK(count_of(cx, &f, &ask) == 0);
		act.actor = f.c.person;
		act.subject = f.matter;
		act.form = value_map();
		act.done = cx_today(cx);
		CHECK_OK(door_do_one(cx, f.c.door, &act, &result));
		CHECK_OK(follow(cx, &f, 100));
		ask.unit = f.c.unit;
		CHECK(count_of(cx, &f, &ask) == 0);
		ask.stage = S("shown");
		CHECK(count_of(cx, &f, &ask) == 1);
		ask = asked(cx, &f, S("摆卖"), false);
		CHECK(count_of(cx, &f, &ask) == 1);
		ask.stage = S("shown");
		CHECK(count_of(cx, &f, &ask) == 0);
		ask.stage = S("");
		ask.unit = f.c.unit;
		CHECK(count_of(cx, &f, &ask) == 0);
		fixture_close(cx, &f);
	}
}

/* A post without a title is called by its unit and who holds it, a power by what it is;
 * they come behind the unit itself, and are not suggested. */
TEST(search_follow_names_what_has_no_name)
{
	FOR_EACH_ENGINE(engine)
	{
		struct search_answer a;
		struct search_ask ask;
		struct fixture f;

		if (!fixture_open(cx, engine, &f))
			continue;
		CHECK_OK(follow(cx, &f, 100));
		ask = asked(cx, &f, S("某局"), true);
		CHECK_OK(search_find(cx, f.db, &ask, &a));
		CHECK(a.n == 4 && str_eq(a.v[0].kind, S("units")) && !a.v[0].is_nameless);
		for (size_t i = 1; i < a.n; i++)
			if (str_eq(a.v[i].kind, S("posts")))
				CHECK(a.v[i].is_nameless &&
				      str_has(a.v[i].title, S("某局")) &&
				      a.v[i].title.n > S("某局").n);
		ask.titles = true;
		CHECK_OK(search_find(cx, f.db, &ask, &a));
		CHECK(a.n == 1 && str_eq(a.v[0].kind, S("units")));
		ask = asked(cx, &f, S("办理"), true);
		ask.kind = S("competences");
		CHECK_OK(search_find(cx, f.db, &ask, &a));
		CHECK(a.n && a.v[0].is_nameless && str_eq(a.v[0].title, S("某局 办理")));
		fixture_close(cx, &f);
	}
}
