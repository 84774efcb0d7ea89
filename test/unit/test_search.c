/*
 * Searching: what a query means, the same answers in the same order on both engines, and
 * what must never be found.
 */
#include "test.h"

#include "base/date.h"
#include "read/search.h"
#include "read/search_index.h"
#include "read/search_rank.h"
#include "register/table.h"
#include "store.h"

/* ---- the query ---- */

static struct str
words(struct cx *cx, struct str typed)
{
	const struct search_query q = search_query_parse(cx->arena, typed);
	struct buf b = { .arena = cx->arena };

	for (size_t i = 0; i < q.n; i++) {
		const struct search_word *w = &q.v[i];

		buf_put(&b, w->is_excluded ? S("-") : w->is_title ? S("=") : S(""));
		for (size_t k = 0; k < w->cut.n; k++)
			buf_put_char(&b, w->cut.c[k] ? w->cut.c[k] : '_');
		buf_put_byte(&b, ' ');
	}
	if (q.article)
		buf_fmt(&b, "#%lld", (long long)q.article);
	return str_trim(buf_str(&b));
}

TEST(search_query_words)
{
	CHECK_STR(words(cx, S("行政处罚　聽證")), S("行政处罚 听证"));
	CHECK_STR(words(cx, S("“应当 告知”许可")), S("应当_告知 许可"));
	CHECK_STR(words(cx, S("\"应当 告知\" 许可")), S("应当_告知 许可"));
	CHECK_STR(words(cx, S("「应当 告知」许可")), S("应当_告知 许可"));
	CHECK_STR(words(cx, S("『应当 告知』‘听 证’")), S("应当_告知 听_证"));
	CHECK_STR(words(cx, S("＂应当 告知＂")), S("应当_告知"));
	CHECK_STR(words(cx, S("「没有 关上")), S("没有_关上"));
	CHECK_STR(words(cx, S("《行政处罚法》听证")), S("=行政处罚法 听证"));
	CHECK_STR(words(cx, S("许可 -注销 －“依法 撤销”")), S("许可 -注销 -依法_撤销"));
	CHECK_STR(words(cx, S("行政处罚法第54条")), S("行政处罚法 #54"));
	CHECK_STR(words(cx, S("行政处罚法第54条第2款第（三）项")), S("行政处罚法 #54"));
	CHECK_STR(words(cx, S("行政处罚法第54条第2款第三项")), S("行政处罚法 #54"));
	CHECK_STR(words(cx, S("行政处罚法第54条第2")), S("行政处罚法第54条第2"));
	CHECK_STR(words(cx, S("行政处罚法 第五十四条")), S("行政处罚法 #54"));
	CHECK_STR(words(cx, S("行政处罚法/54")), S("行政处罚法 #54"));
	CHECK_STR(words(cx, S("2026/05")), S("2026_05"));
	CHECK_STR(words(cx, S("豫政〔1981〕184号")), S("豫政_1981_184号"));
	CHECK_STR(words(cx, S("《没有关上")), S("=没有关上"));
}

TEST(search_query_of_nothing)
{
	static const struct str none[] = { S(""), S("   "), S("-"), S("- -"), S("《》"),
		S("\"\""), S("，。"), S("*"), S("\0\0"), S("第54条") };

	for (size_t i = 0; i < sizeof none / sizeof *none; i++)
		CHECK(search_query_parse(cx->arena, none[i]).wanted == 0);
	CHECK(search_query_parse(cx->arena, S("-甲")).wanted == 0);
}

TEST(search_query_has_limits)
{
	struct buf b = { .arena = cx->arena };
	struct search_query q;

	for (int i = 0; i < 5000; i++)
		buf_put(&b, S("甲乙"));
	q = search_query_parse(cx->arena, buf_str(&b));
	CHECK(q.is_cut && q.n == 1 && q.v[0].cut.n == SEARCH_QUERY_MAX);
	q = search_query_parse(cx->arena, S("1 2 3 4 5 6 7 8 9 10 11 12 13 14"));
	CHECK(q.is_cut && q.n == SEARCH_WORDS_MAX);
}

/* ---- a made collection ---- */

struct made {
	struct db *db;
	int64_t id;
	int64_t step; /* from one article's id to the next; 0: side by side */
};

static void
put(struct cx *cx, struct made *m, const char *title, const char *place, const char *body,
    int64_t day, int64_t to_day)
{
	const struct str place_of = str_z(place);
	const struct cut label = cut_text(cx->arena, place_of);
	size_t taken;
	const struct search_source s = { .kind = S("statute"),
		.title = str_z(title),
		.place = place_of,
		.body = str_z(body),
		.day = day,
		.to_day = to_day,
		.article = cut_article(&label, 0, &taken) };

	CHECK_OK(search_put(cx, m->db, S(""),
	    str_fmt(cx->arena, "a%lld", (long long)m->id), m->id, &s, 1));
	m->id += m->step ? m->step : SEARCH_SUBJECT_IDS;
}

/* Three hundred articles of words that repeat, and a few that are looked for. */
static bool
fill(struct cx *cx, int engine, struct test_store *store, struct made *m)
{
	static const char *const nouns[] = { "行政处罚", "行政许可", "听证", "当事人",
		"规定", "管理", "机关", "政处", "罚款" };
	enum { NOUNS = sizeof nouns / sizeof *nouns };
	unsigned chance = 7;
	DB_TX tx = { 0 };

	if (!test_store_make(cx, engine, store))
		return false;
	CHECK_OK(db_open(cx, store->url, DB_WRITE, &m->db));
	m->id = SEARCH_COLLECTIONS;
	CHECK_OK(db_begin(cx, m->db, &tx));
	for (int i = 0; i < 300; i++) {
		struct buf b = { .arena = cx->arena };

		for (int k = 0; k < 3 + i % 7; k++) {
			chance = chance * 1103515245 + 12345;
			buf_put_z(&b, nouns[chance / 65536 % NOUNS]);
			buf_put(&b, k % 2 ? S("，") : S("应当"));
		}
		buf_put_byte(&b, 0);
		put(cx, m, i % 10 ? "某市管理办法" : "行政处罚法",
		    str_fmt(cx->arena, "第%d条", i % 10 + 1).p, buf_str(&b).p,
		    day_of(1990 + i % 30, 1 + i % 12, 1),
		    i % 4 ? DAY_OPEN : day_of(2000 + i % 20, 6, 30));
	}
	put(cx, m, "行政處罰法", "第五十四条", "经过听证，作出决定前应当告知當事人。",
	    day_of(2021, 7, 15), DAY_OPEN);
	put(cx, m, "国标", "", "执行ＧＢ／Ｔ 32905、豫政〔1981〕184号和𠮷野条款。",
	    ABSENT_INT, DAY_OPEN);
	CHECK_OK(db_commit(cx, &tx));
	return true;
}

static struct search_ask
ask_of(struct cx *cx, struct str typed)
{
	return (struct search_ask){ .query = search_query_parse(cx->arena, typed),
		.from_day = ABSENT_INT,
		.to_day = ABSENT_INT,
		.today = day_of(2026, 1, 1),
		.limit = 50 };
}

static struct str
answer(struct cx *cx, struct db *db, const struct search_ask *ask)
{
	struct buf b = { .arena = cx->arena };
	struct search_answer a;

	CHECK_OK(search_find(cx, db, ask, &a));
	buf_fmt(&b, "%zu%s:", a.count, a.at_least ? "+" : "");
	for (size_t i = 0; i < a.n; i++)
		buf_fmt(
		    &b, " %.*s=%lld", STR_ARG(a.v[i].subject), (long long)a.v[i].score);
	return buf_str(&b);
}

/* Every answer of one engine, a line for each question. */
static struct str
answers(struct cx *cx, struct db *db)
{
	static const struct str typed[] = { S("的"), S("应当"), S("听证"), S("行政处罚"),
		S("政处罚"), S("行政处罚 听证"), S("\"应当听证\""),
		S("《行政处罚法》 罚款"), S("当事人 -听证"), S("当事人 -行政处罚"),
		S("行政处罚法第5条"), S("罚"), S("gb t"), S("没有这个") };
	struct buf b = { .arena = cx->arena };

	for (size_t i = 0; i < sizeof typed / sizeof *typed; i++) {
		struct search_ask ask = ask_of(cx, typed[i]);

		buf_put(&b, answer(cx, db, &ask));
		buf_put_byte(&b, '\n');
		ask.in_force = true;
		ask.from_day = day_of(1995, 3, 1);
		ask.to_day = day_of(2012, 4, 1);
		ask.kind = S("statute");
		ask.skip = 5;
		buf_put(&b, answer(cx, db, &ask));
		buf_put_byte(&b, '\n');
	}
	return buf_str(&b);
}

static void
alike(struct cx *cx, int64_t step)
{
	struct str first = S("");

	FOR_EACH_ENGINE(engine)
	{
		TEST_STORE store = { 0 };
		struct made m = { .step = step };

		if (!fill(cx, engine, &store, &m))
			continue;
		if (!first.n)
			first = answers(cx, m.db);
		CHECK(first.n > 2000);
		CHECK_STR(answers(cx, m.db), first);
		db_close(m.db);
	}
}

/* Side by side, and so far from each other that they are found in many steps. */
TEST(search_answers_alike_on_both_engines)
{
	alike(cx, 0);
	alike(cx, 3 * 65536 + 256);
	alike(cx, INT64_C(1) << 27);
}

static void
finds(struct cx *cx, struct db *db, struct str typed, size_t n)
{
	const struct search_ask ask = ask_of(cx, typed);
	struct search_answer a;

	CHECK_OK(search_find(cx, db, &ask, &a));
	if (a.count != n)
		test_fail_str(__FILE__, __LINE__, "found", answer(cx, db, &ask), typed);
}

TEST(search_finds_what_is_written_otherwise)
{
	FOR_EACH_ENGINE(engine)
	{
		TEST_STORE store = { 0 };
		struct made m = { 0 };

		if (!fill(cx, engine, &store, &m))
			continue;
		finds(cx, m.db, S("行政处罚法第54条"), 1);
		finds(cx, m.db, S("《行政處罰法》第54條 告知當事人"), 1);
		finds(cx, m.db, S("豫政(1981)184號"), 1);
		finds(cx, m.db, S("1981"), 1);
		finds(cx, m.db, S("198"), 0);
		finds(cx, m.db, S("GB/T 32905"), 1);
		finds(cx, m.db, S("𠮷野"), 1);
		finds(cx, m.db, S("𠮷"), 1);
		finds(cx, m.db, S("经过听证作出"), 0);
		finds(cx, m.db, S("经过听证，作出"), 1);
		db_close(m.db);
	}
}

TEST(search_ranks_the_title_first)
{
	TEST_STORE store = { 0 };
	const struct search_ask ask = ask_of(cx, S("行政处罚法"));
	struct search_answer a;
	struct made m = { 0 };

	CHECK(fill(cx, 0, &store, &m));
	CHECK_OK(search_find(cx, m.db, &ask, &a));
	CHECK(a.n && str_eq(a.v[0].title, S("行政處罰法")));
	for (size_t i = 1; i < a.n; i++)
		CHECK(a.v[i - 1].score >= a.v[i].score);
	db_close(m.db);
}

/* A power over tasks is called by the act that it allows; who looks for tasks wants the
 * tasks, though their text is long and names them once. */
TEST(search_ranks_what_has_no_name_behind)
{
	const struct search_query q = search_query_parse(cx->arena, S("任务"));
	const struct search_hit power = { .title = S("县司法局 联络员 签收任务"),
		.body = S("岗位：联络员 可以办理：签收任务"),
		.to_day = DAY_NONE,
		.is_nameless = true };
	const struct search_hit task = { .title = S("领导干部每年述职时报告学法用法情况"),
		.body = S("序号：21 部分：组织保障 "
			  "具体任务：领导干部每年述职时报告学法用法情况。 "
			  "牵头单位：县委组织部 配合单位：县司法局 总时限：2030-12-31 "
			  "接管日：2026-11-22 "
			  "依法治县办：县司法局 "
			  "方案：法治政府建设实施方案（2026—2030年） 进展："
			  "已经部署，正在按计划推进，年底前报送书面材料。"),
		.to_day = DAY_NONE };
	int64_t of_power, of_task;

	CHECK(search_rank(cx->arena, &q, 0, &power, &of_power));
	CHECK(search_rank(cx->arena, &q, 0, &task, &of_task));
	CHECK(of_task > of_power && of_power > 0);
}

TEST(search_takes_any_bytes)
{
	static const struct str hostile[] = { S("\""), S("\"\"\""), S("行政\" OR \"x"),
		S("NEAR(行政 处罚)"), S("行政*"), S("^行政"), S("tokens:行政"),
		S("行政)"), S("(((("), S("' | 'x"), S("'); DROP TABLE search_unit; --"),
		S("a\0b"), S("\xEE\x80\x81in\xEE\x80\x81行政"), S("\xEE\x80\x83kstatute"),
		S("\xFF\xFE"), S("AND"), S("NOT 行政"), S("行政 AND 处罚"), S("\\"),
		S("𠮷"), S("-\"") };

	FOR_EACH_ENGINE(engine)
	{
		TEST_STORE store = { 0 };
		struct buf b = { .arena = cx->arena };
		struct made m = { 0 };

		if (!fill(cx, engine, &store, &m))
			continue;
		for (size_t i = 0; i < sizeof hostile / sizeof *hostile; i++) {
			const struct search_ask ask = ask_of(cx, hostile[i]);
			struct search_answer a;

			CHECK_OK(search_find(cx, m.db, &ask, &a));
		}
		finds(cx, m.db, S("NEAR(行政 处罚)"), 0);
		finds(cx, m.db, S("\xEE\x80\x83kstatute"), 0);
		while (b.n < 10240)
			buf_put(&b, hostile[b.n % (sizeof hostile / sizeof *hostile)]);
		(void)answer(cx, m.db,
		    &(struct search_ask){
			.query = search_query_parse(cx->arena, buf_str(&b)),
			.from_day = ABSENT_INT,
			.to_day = ABSENT_INT });
		db_close(m.db);
	}
}

static struct str
shown(struct cx *cx, struct str typed, struct str text, size_t chars)
{
	const struct search_query q = search_query_parse(cx->arena, typed);
	struct buf b = { .arena = cx->arena };
	struct search_pieces p;

	search_pieces(cx->arena, &q, text, chars, &p);
	buf_put(&b, p.cut_before ? S("<") : S(""));
	for (size_t i = 0; i < p.n; i++) {
		buf_put(&b, p.v[i].is_hit ? S("[") : S(""));
		buf_put(&b, p.v[i].text);
		buf_put(&b, p.v[i].is_hit ? S("]") : S(""));
	}
	buf_put(&b, p.cut_after ? S(">") : S(""));
	return buf_str(&b);
}

TEST(search_marks_what_was_asked_for)
{
	CHECK_STR(
	    shown(cx, S("處罰"), S("行政处罚，处罚。"), 0), S("行政[处罚]，[处罚]。"));
	CHECK_STR(shown(cx, S("行政处罚 处罚"), S("行政处罚"), 0), S("[行政处罚]"));
	CHECK_STR(shown(cx, S("听"), S("没有"), 0), S("没有"));
	CHECK_STR(shown(cx, S("末"),
		      S("一二三四五六七八九十一二三四五六七八九十一二三四五六"
			"七八九十末，尾"),
		      6),
	    S("<八九十[末]，尾"));
	CHECK_STR(shown(cx, S("一"), S("（一）"), 0), S("（[一]）"));
}

/* Suggestions: words of titles only, each title once where its units say so. */
TEST(search_titles)
{
	FOR_EACH_ENGINE(engine)
	{
		TEST_STORE store = { 0 };
		struct search_answer a;
		struct search_ask ask;
		struct made m = { 0 };
		DB_TX tx = { 0 };

		if (!fill(cx, engine, &store, &m))
			continue;
		CHECK_OK(db_begin(cx, m.db, &tx));
		for (int i = 0; i < 3; i++) {
			const struct search_source s = { .kind = S("statute"),
				.title = S("蜂场登记办法"),
				.body = S("某市管理"),
				.day = ABSENT_INT,
				.to_day = DAY_OPEN,
				.goes_on = i > 0 };

			CHECK_OK(search_put(cx, m.db, S(""), S("bees"),
			    m.id + i * SEARCH_SUBJECT_IDS, &s, 1));
		}
		CHECK_OK(db_commit(cx, &tx));
		ask = ask_of(cx, S("蜂"));
		ask.titles = true;
		CHECK_OK(search_find(cx, m.db, &ask, &a));
		CHECK(a.n == 1 && str_eq(a.v[0].title, S("蜂场登记办法")));
		ask = ask_of(cx, S("听证"));
		ask.titles = true;
		CHECK_OK(search_find(cx, m.db, &ask, &a));
		CHECK(a.n == 0);
		db_close(m.db);
	}
}
