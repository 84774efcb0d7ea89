/* What a new edition of a statute touches in a log with a running matter, on both
 * engines: the definition that cites it, our gist, an entry, the open matters. */
#include "cli/statute.h"

#include "act/library.h"
#include "base/date.h"
#include "base/file.h"
#include "cli/upkeep.h"
#include "county.h"
#include "intake/statute.h"
#include "store/db.h"
#include "test.h"

#include <fcntl.h>
#include <unistd.h>

static const struct source MORE[] = {
	{ .path = S("statutes/bees.yaml"),
	    .text = S(
		"statute: 养蜂法\nin_force: { from: 2001-05-01 }\n"
		"articles: { \"1\": 目的, \"2\": 搬箱, \"3\": 编号, \"4\": 罚款 }\n") },
	{ .path = S("papers.register.yaml"),
	    .text = S(
		"register: papers\ntitle: 权力清单\nkey: name\nfields:\n"
		"  name: { title: 名称, type: text, required: true }\n"
		"  grounds: { title: 依据, type: citations }\nby: write\nof: any\n") },
};

static const char old_text
    [] = "# 养蜂法\n第一条 为了规范养蜂，制定本法。\n"
	 "第二条 养蜂人应当在春天以前把蜂箱搬到山上。\n第三条 蜂箱由县里统一编号。\n"
	 "第四条 违反本法的，处五十元以下罚款。\n第五条 本法自2001年5月1日起施行。\n";
static const char new_text[] =
    "# 养蜂法\n第一条 为了规范养蜂，制定本法。\n第二条 县里每年公布可以放蜂的山场。\n"
    "第三条 养蜂人应当在春天以前把蜂箱搬到山上。\n"
    "第四条 违反本法的，处五百元以下罚款。\n第五条 本法自2020年7月1日起施行。\n";

static void
publish(struct cx *cx, struct county *f)
{
	struct source_list all = { 0 };
	size_t n;

	CHECK_OK(county_laws(cx, &all));
	for (size_t i = 0; i < all.n; i++)
		all.v[i].text = str_replace(cx->arena, all.v[i].text,
		    S("basis: [试行规定/二]"), S("basis: [养蜂法/2]"));
	for (size_t i = 0; i < sizeof MORE / sizeof *MORE; i++)
		*list_add(cx->arena, &all) = MORE[i];
	CHECK_OK(door_publish(cx, f->door, S("system"), &all, &n));
}

static void
paper_put(struct cx *cx, struct county *f)
{
	struct act act = { .actor = f->person,
		.family = S("papers"),
		.action = S("put"),
		.form = value_map(),
		.done = cx_today(cx) };
	struct value grounds = value_list();
	struct act_result result;

	value_add(cx->arena, &grounds, value_text(S("养蜂法/1")));
	value_add(cx->arena, &grounds, value_text(S("养蜂法/3")));
	value_set_text(cx->arena, &act.form, "name", S("蜂箱编号"));
	value_set(cx->arena, &act.form, S("grounds"), grounds);
	CHECK_OK(door_do_one(cx, f->door, &act, &result));
}

static void
adopt(struct cx *cx, struct db *db, const char *text)
{
	struct library_file f = { .name = S("养蜂法.md"), .bytes = str_z(text) };
	enum library_outcome out;
	struct statute_text t;
	struct value v;

	CHECK_OK(statute_read(cx, f.name, f.bytes, &t));
	v = statute_value(cx, &t);
	f.statute = &v;
	CHECK_OK(library_adopt(cx, db, S("system"), &f, 1, &out));
}

static struct str
touched(struct cx *cx, struct county *f, struct db *db)
{
	struct editions all = { 0 };
	struct str out = S("");

	CHECK_OK(editions_read(cx, db, S("养蜂法"), &all));
	CHECK(all.n > 0);
	if (all.n)
		CHECK_OK(statute_touched(cx, db, f->door,
		    all.n > 1 ? &all.v[all.n - 2] : NULL, &all.v[all.n - 1], &out));
	return out;
}

static void
says(struct str out, struct str part)
{
	if (!str_has(out, part))
		CHECK_STR(out, part);
}

static void
matters(struct cx *cx, struct county *f)
{
	struct act act = county_begin(cx, f, "甲家的蜂箱", "k1");
	struct act_result result;

	CHECK_OK(door_do_one(cx, f->door, &act, &result));
	act = county_begin(cx, f, "乙家的蜂箱", "k2");
	CHECK_OK(door_do_one(cx, f->door, &act, &result));
	act = (struct act){ .actor = f->person,
		.subject = result.subject,
		.action = S("reply"),
		.form = value_map(),
		.done = cx_today(cx) };
	CHECK_OK(door_do_one(cx, f->door, &act, &result));
}

TEST(statute_touches)
{
	FOR_EACH_ENGINE(engine)
	{
		TEST_STORE store = { 0 };
		struct db *db = NULL;
		struct county f;
		struct str out;

		if (!county_open(cx, engine, &store, &f))
			continue;
		publish(cx, &f);
		matters(cx, &f);
		paper_put(cx, &f);
		CHECK_OK(db_open(cx, store.url, DB_WRITE, &db));
		adopt(cx, db, old_text);
		CHECK_STR(touched(cx, &f, db), S(""));
		adopt(cx, db, new_text);
		out = touched(cx, &f, db);
		says(out, S("制度 来函（note.procedure.yaml 第"));
		says(out, S("依据的第二条改为第三条"));
		says(out, S("要旨 第三条已删去"));
		says(out, S("要旨 第四条内容有改动"));
		says(out, S("条目 权力清单 蜂箱编号：第三条已删去"));
		says(out, S("未办结的来函"));
		says(out, S("甲家的蜂箱"));
		says(out, S("共 1 件"));
		CHECK(!str_has(out, S("乙家")) && !str_has(out, S("第一条")));
		db_close(db);
		county_close(cx, &f);
	}
}

/* A running server signs the library's log beside its own, from the first import on. */
/* The key of a server lies below the folder in which it runs: here that of the test. */
static void
upkeep_there(
    struct cx *cx, const struct test_store *store, struct str file, struct upkeep **u)
{
	const int here = open(".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);

	CHECK(here >= 0 && chdir(str_cz(cx->arena, store->folder)) == 0);
	CHECK_OK(upkeep_open(cx, store->url, S("test/door"), file, u));
	CHECK(fchdir(here) == 0);
	close(here);
}

TEST(statute_log_is_signed)
{
	FOR_EACH_ENGINE(engine)
	{
		TEST_STORE store = { 0 };
		struct upkeep *u = NULL;
		struct db *db = NULL;
		struct county f;
		struct str file, text;

		if (!county_open(cx, engine, &store, &f))
			continue;
		file = str_fmt(cx->arena, "%.*s/signed", STR_ARG(store.folder));
		upkeep_there(cx, &store, file, &u);
		upkeep_sign(cx, u);
		CHECK_OK(file_read(cx, file, 1 << 20, &text));
		CHECK(str_has(text, S("test/door")) && !str_has(text, LIBRARY_LOG));
		CHECK_OK(db_open(cx, store.url, DB_WRITE, &db));
		adopt(cx, db, old_text);
		upkeep_sign(cx, u);
		CHECK_OK(file_read(cx, file, 1 << 20, &text));
		CHECK(str_has(text, LIBRARY_LOG));
		upkeep_close(u);
		db_close(db);
		county_close(cx, &f);
	}
}
