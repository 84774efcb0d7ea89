/*
 * Rebuilding: what was lost or spoilt comes back from the record, and both engines give
 * the same dump.
 */
#include "test.h"

#include "act/rebuild.h"
#include "made.h"
#include "store.h"

static const struct {
	enum event_kind kind;
	const char *subject;
	int64_t subject_seq;
	const char *open;
} EVENTS[] = {
	{ EV_LOG_OPENED, "log", 1, "{'name':'x'}" },
	{ EV_ENTRY_PUT, "units/2", 1,
	    "{'from':100,'key':'甲','to':2932897,'values':{'kind':'a','name':'甲'}}" },
	{ EV_MATTER_OPENED, "task/3", 1,
	    "{'action':'file','clocks':{'c':{'due':9,'state':'running'}},'set':{'amount':"
	    "7,"
	    "'body':'units/2','members':['posts/1','posts/2']},'stage':'open'}" },
	{ EV_ENTRY_PUT, "units/2", 2,
	    "{'from':200,'key':'乙','to':300,'values':{'name':'乙'}}" },
	{ EV_NUMBER_GIVEN, "series/d/all/2026", 1, "{'n':1,'number':'1号'}" },
	{ EV_ACTED, "task/3", 2,
	    "{'action':'end','closed':true,'set':{'members':['posts/"
	    "2']},'stage':'done'}" },
	{ EV_ENTRY_ENDED, "units/2", 3, "{'to':250}" },
};
enum { COUNT = sizeof EVENTS / sizeof *EVENTS };

/* The record, and its projections as the door would leave them. */
static void
fill(struct cx *cx, struct db *db, const struct tables *tables)
{
	struct projection p;
	struct record_head head;
	DB_TX tx = { 0 };
	bool stale;

	CHECK_OK(db_begin(cx, db, &tx));
	CHECK_OK(tables_bring(cx, db, tables, &stale));
	CHECK_OK(record_create(cx, db, S("test/rebuild"), true, 0));
	CHECK_OK(record_lock(cx, db, S("test/rebuild"), &head));
	projection_init(&p, cx->arena, db, tables, S("test/rebuild"));
	for (int i = 0; i < COUNT; i++) {
		struct event *e = made_event(cx, i + 1, EVENTS[i].kind, EVENTS[i].subject,
		    EVENTS[i].subject_seq, 20000, EVENTS[i].open);

		record_append(cx, &head, &e, 1);
		CHECK_OK(project_apply(cx, &p, e));
	}
	CHECK_OK(project_flush(cx, &p));
	CHECK_OK(record_flush(cx, db, &head));
	CHECK_OK(db_commit(cx, &tx));
}

TEST(rebuild_repairs_and_is_the_same_on_both_engines)
{
	struct str first = S("");

	FOR_EACH_ENGINE(engine)
	{
		struct tables *tables = made_tables(cx);
		TEST_STORE store = { 0 };
		struct str live, spoilt, rebuilt, text;
		struct db *db = NULL;
		DB_TX tx = { 0 };

		if (!test_store_make(cx, engine, &store))
			continue;
		CHECK_OK(db_open(cx, store.url, DB_WRITE, &db));
		fill(cx, db, tables);
		CHECK_OK(rebuild_dump_digest(cx, db, tables, S("test/rebuild"), &live));
		CHECK_OK(db_begin(cx, db, &tx));
		CHECK_OK(db_exec(
		    cx, db, S("DELETE FROM p_ref; UPDATE m_task SET f_amount = 8")));
		CHECK_OK(rebuild_dump_digest(cx, db, tables, S("test/rebuild"), &spoilt));
		CHECK(!str_eq(live, spoilt));
		CHECK_OK(rebuild_log(cx, db, tables, S("test/rebuild")));
		CHECK_OK(
		    rebuild_dump_digest(cx, db, tables, S("test/rebuild"), &rebuilt));
		CHECK_STR(rebuilt, live);
		CHECK_OK(rebuild_dump_text(cx, db, tables, S("test/rebuild"), &text));
		CHECK(str_has(
		    text, S("p_series [\"test/rebuild\",\"series/d/all/2026\",1]")));
		CHECK(str_has(text,
		    S("[\"test/rebuild\",\"task/3\",\"task.members\",\"posts/2\"]")));
		CHECK(!str_has(text, S("\"task/3\",\"task.members\",\"posts/1\"")));
		if (first.n)
			CHECK_STR(live, first);
		first = live;
		CHECK_OK(db_commit(cx, &tx));
		db_close(db);
	}
}

static size_t
refs_found(struct cx *cx, struct db *db, struct str target, struct str field)
{
	DB_ROWS rows = { 0 };
	size_t n = 0;
	int stmt;

	CHECK_OK(db_prepare(cx, db, table_text(TABLE_REF_FIND), &stmt));
	CHECK_OK(db_ask(
	    cx, db, &rows, stmt, D_TEXT(S("test/refs")), D_TEXT(target), D_TEXT(field)));
	while (db_next(&rows))
		n++;
	CHECK_OK(db_end(cx, &rows));
	return n;
}

/* More of one field than one statement takes, and in two goes, as of a large log. */
TEST(rebuild_gathers_references)
{
	FOR_EACH_ENGINE(engine)
	{
		const struct str lead = S("task.lead"), body = S("task.body");
		struct gather refs = { 0 };
		TEST_STORE store = { 0 };
		struct db *db = NULL;
		DB_TX tx = { 0 };
		bool stale;

		if (!test_store_make(cx, engine, &store))
			continue;
		CHECK_OK(db_open(cx, store.url, DB_WRITE, &db));
		CHECK_OK(db_begin(cx, db, &tx));
		CHECK_OK(tables_bring(cx, db, made_tables(cx), &stale));
		for (int i = 0; i < 1000; i++) {
			const struct str subject = str_fmt(cx->arena, "task/%d", i);

			gather_put(&refs, subject, lead, S("units/2"));
			if (i % 10 == 0)
				gather_put(&refs, subject, body, S("units/1"));
			if (i == 600)
				CHECK_OK(gather_write(cx, db, S("test/refs"), &refs));
		}
		CHECK(!gather_full(&refs));
		CHECK_OK(gather_write(cx, db, S("test/refs"), &refs));
		CHECK(refs_found(cx, db, S("units/2"), lead) == 1000);
		CHECK(refs_found(cx, db, S("units/1"), body) == 100);
		CHECK(refs_found(cx, db, S("units/1"), lead) == 0);
		CHECK_OK(db_commit(cx, &tx));
		db_close(db);
	}
}
