/* The statute library on both engines: taken in once, replaced with a reason, ended, and
 * the same after a rebuild. */
#include "act/library.h"

#include "base/date.h"
#include "intake/statute.h"
#include "read/statute.h"
#include "store.h"
#include "store/db.h"
#include "test.h"

static const char
    old_text[] = "# 养蜂法\n2001年3月4日全国人民代表大会常务委员会通过\n"
		 "第一条 甲。\n第二条 乙。\n第三条 本法自2001年5月1日起施行。\n";
static const char
    new_text[] = "# 养蜂法\n2001年3月4日全国人民代表大会常务委员会通过\n"
		 "2020年5月6日全国人民代表大会常务委员会修订\n第一条 甲。\n"
		 "第二条 丙。\n第三条 乙。\n第四条 本法自2020年7月1日起施行。\n";

static enum err
adopt(struct cx *cx, struct db *db, const char *text, int64_t from, struct str reason,
    enum library_outcome *out)
{
	struct statute_text t;
	struct value v;
	struct library_file f = { .name = S("养蜂法.md"), .bytes = str_z(text) };

	CHECK_OK(statute_read(cx, f.name, f.bytes, &t));
	if (from != DAY_NONE) {
		t.in_force = from;
		t.assumed = false;
	}
	v = statute_value(cx, &t);
	f.statute = &v;
	f.replace = reason.n > 0;
	f.reason = reason;
	return library_adopt(cx, db, S("persons/1"), &f, 1, out);
}

static void
as_of(struct cx *cx, struct db *db, int64_t day, struct str key, struct str text)
{
	struct edition e;
	struct article a = { 0 };

	CHECK_OK(edition_on(cx, db, S("养蜂法"), day, &e));
	CHECK_OK(article_read(cx, db, S("养蜂法"), e.from, key, &a));
	CHECK_STR(a.text, text);
}

static enum err
count_visit(struct cx *cx, const struct edition *e, const struct article *a, void *self)
{
	(void)cx;
	(void)e;
	*(size_t *)self += a->text.n > 0;
	return ERR_OK;
}

static void
editions_follow(struct cx *cx, struct db *db)
{
	struct statute_rows changed = { 0 };
	enum library_outcome out;
	struct edition e;
	struct article a;
	int64_t version;
	size_t n = 0;

	CHECK_OK(statutes_version(cx, db, &version));
	CHECK(version == 0);
	CHECK_OK(adopt(cx, db, new_text, DAY_NONE, S(""), &out));
	CHECK(out == LIBRARY_ADDED);
	CHECK_OK(adopt(cx, db, old_text, DAY_NONE, S(""), &out));
	CHECK(out == LIBRARY_ADDED);
	CHECK_OK(adopt(cx, db, old_text, DAY_NONE, S(""), &out));
	CHECK(out == LIBRARY_SAME);
	as_of(cx, db, day_of(2010, 1, 1), S("2"), S("乙。"));
	as_of(cx, db, day_of(2020, 6, 30), S("2"), S("乙。"));
	as_of(cx, db, day_of(2020, 7, 1), S("2"), S("丙。"));
	CHECK(edition_on(cx, db, S("养蜂法"), day_of(2001, 4, 30), &e) == ERR_NOT_FOUND);
	CHECK_OK(edition_on(cx, db, S("养蜂法"), day_of(2010, 1, 1), &e));
	CHECK(e.to == day_of(2020, 7, 1) && e.articles == 3);
	CHECK(article_read(cx, db, S("养蜂法"), e.from, S("4"), &a) == ERR_NOT_FOUND);
	CHECK_OK(statutes_version(cx, db, &version));
	CHECK_OK(statutes_changed(cx, db, version - 1, &changed));
	CHECK(version == 3 && changed.n == 1 && changed.v[0].seq == version);
	CHECK_OK(statute_each_article(cx, db, S("养蜂法"), count_visit, &n));
	CHECK(n == 7);
}

/* Another text, or another day, only with a reason; a refusal writes nothing. */
static void
replacing(struct cx *cx, struct db *db)
{
	static const char
	    other[] = "# 养蜂法\n第一条 丁。\n第二条 本法自2001年5月1日起施行。\n";
	struct editions all = { 0 };
	enum library_outcome out;
	int64_t before, after;

	CHECK_OK(statutes_version(cx, db, &before));
	CHECK(adopt(cx, db, other, DAY_NONE, S(""), &out) == ERR_INPUT);
	CHECK(str_has(cx->why, S("另一文本")));
	CHECK(adopt(cx, db, new_text, day_of(2020, 8, 1), S(""), &out) == ERR_INPUT);
	CHECK(str_has(cx->why, S("2020年7月1日")));
	CHECK_OK(statutes_version(cx, db, &after));
	CHECK(before == after);
	CHECK_OK(adopt(cx, db, other, DAY_NONE, S("原文有误"), &out));
	CHECK(out == LIBRARY_REPLACED);
	as_of(cx, db, day_of(2010, 1, 1), S("1"), S("丁。"));
	CHECK_OK(adopt(cx, db, new_text, day_of(2020, 8, 1), S("施行日有误"), &out));
	CHECK(out == LIBRARY_REPLACED);
	CHECK_OK(editions_read(cx, db, S("养蜂法"), &all));
	CHECK(all.n == 2 && all.v[0].to == day_of(2020, 8, 1));
	CHECK(all.v[1].from == day_of(2020, 8, 1) && all.v[1].to == STATUTE_DAY_OPEN);
}

static void
ending(struct cx *cx, struct db *db)
{
	struct edition e;

	CHECK(
	    library_repeal(cx, db, S("system"), S("养羊法"), 1, S("x")) == ERR_NOT_FOUND);
	CHECK_OK(library_repeal(
	    cx, db, S("system"), S("养蜂法"), day_of(2024, 1, 1), S("养殖法第九条")));
	CHECK_OK(edition_on(cx, db, S("养蜂法"), day_of(2023, 12, 31), &e));
	CHECK(edition_on(cx, db, S("养蜂法"), day_of(2024, 1, 1), &e) == ERR_NOT_FOUND);
}

/* The tables say what the log says; a row changed by hand does not survive unseen. */
static void
rebuilt(struct cx *cx, struct db *db)
{
	bool same = false;

	CHECK_OK(library_rebuild(cx, db, true, &same));
	CHECK(same);
	CHECK_OK(db_exec(
	    cx, db, S("UPDATE statute_article SET text = 'x' WHERE article = '1'")));
	CHECK_OK(library_rebuild(cx, db, false, &same));
	CHECK(!same);
	CHECK_OK(library_rebuild(cx, db, true, &same));
	CHECK(!same);
	CHECK_OK(library_rebuild(cx, db, false, &same));
	CHECK(same);
}

TEST(library_editions)
{
	FOR_EACH_ENGINE(engine)
	{
		TEST_STORE store = { 0 };
		struct db *db = NULL;

		if (!test_store_make(cx, engine, &store))
			continue;
		CHECK_OK(db_open(cx, store.url, DB_WRITE, &db));
		editions_follow(cx, db);
		replacing(cx, db);
		ending(cx, db);
		rebuilt(cx, db);
		db_close(db);
	}
}
