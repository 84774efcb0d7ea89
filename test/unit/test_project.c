/* Projecting: rows follow from events, also when a group is flushed in between. */
#include "test.h"

#include "act/fetch.h"
#include "made.h"
#include "store.h"

struct fixture {
	struct db *db;
	struct tables *tables;
	struct projection p;
};

static bool
open_store(struct cx *cx, int engine, struct test_store *store, struct fixture *f)
{
	bool stale;

	if (!test_store_make(cx, engine, store))
		return false;
	f->tables = made_tables(cx);
	CHECK_OK(db_open(cx, store->url, DB_WRITE, &f->db));
	CHECK_OK(tables_bring(cx, f->db, f->tables, &stale));
	projection_init(&f->p, cx->arena, f->db, f->tables, S("test"));
	return true;
}

/* What was not flushed is lost: the next question reads the database. */
static void
reopen(struct cx *cx, struct fixture *f)
{
	CHECK_OK(project_flush(cx, &f->p));
	projection_init(&f->p, cx->arena, f->db, f->tables, S("test"));
}

static void
apply(struct cx *cx, struct fixture *f, int64_t seq, enum event_kind kind,
    const char *subject, int64_t subject_seq, const char *open)
{
	CHECK_OK(project_apply(
	    cx, &f->p, made_event(cx, seq, kind, subject, subject_seq, 20000, open)));
}

static struct str
name_on(struct cx *cx, struct fixture *f, int64_t day)
{
	struct value v;

	CHECK_OK(project_version(cx, &f->p, S("units/1"), day, &v));
	return value_str(value_path(&v, "values.name"));
}

TEST(project_versions_are_cut_by_days)
{
	for (int i = 0; i < 4; i++) {
		TEST_STORE store = { 0 };
		struct fixture f;
		const bool between = i / 2; /* flush between the events */

		if (!open_store(cx, i % 2, &store, &f))
			continue;
		apply(cx, &f, 1, EV_ENTRY_PUT, "units/1", 1,
		    "{'from':100,'key':'A','to':2932897,'values':{'name':'A'}}");
		if (between)
			reopen(cx, &f);
		apply(cx, &f, 2, EV_ENTRY_PUT, "units/1", 2,
		    "{'from':200,'key':'B','to':300,'values':{'name':'B'}}");
		if (between)
			reopen(cx, &f);
		apply(cx, &f, 3, EV_ENTRY_ENDED, "units/1", 3, "{'to':400}");
		for (int again = 0; again < 2; again++) {
			CHECK_STR(name_on(cx, &f, 99), S(""));
			CHECK_STR(name_on(cx, &f, 100), S("A"));
			CHECK_STR(name_on(cx, &f, 199), S("A"));
			CHECK_STR(name_on(cx, &f, 200), S("B"));
			CHECK_STR(name_on(cx, &f, 299), S("B"));
			CHECK_STR(name_on(cx, &f, 300), S("A"));
			CHECK_STR(name_on(cx, &f, 399), S("A"));
			CHECK_STR(name_on(cx, &f, 400), S(""));
			reopen(cx, &f);
		}
		db_close(f.db);
	}
}

static const char
    TASK[] = "{'action':'file','clocks':{'decide':{'due':20090,'state':'running'}},"
	     "'set':{'amount':500,'body':'units/1','cause':'A','day':20005,"
	     "'members':['posts/2','posts/3'],'parties':[{'person':'posts/9'}]},"
	     "'stage':'open','unit':'units/1'}";

TEST(project_facts_are_the_same_before_and_after_the_flush)
{
	for (int i = 0; i < 4; i++) {
		TEST_STORE store = { 0 };
		struct facts facts = { .arena = cx->arena };
		const struct value *v;
		struct fixture f;

		if (!open_store(cx, i % 2, &store, &f))
			continue;
		apply(cx, &f, 1, EV_ENTRY_PUT, "units/1", 1,
		    "{'from':100,'key':'A','to':2932897,'values':{'name':'A'}}");
		apply(cx, &f, 2, EV_ENTRY_PUT, "posts/2", 1,
		    "{'from':100,'key':'','to':500,'values':{'holder':'persons/7'}}");
		apply(cx, &f, 3, EV_ENTRY_PUT, "posts/2", 2,
		    "{'from':300,'key':'','to':500,'values':{'holder':'persons/8'}}");
		apply(cx, &f, 4, EV_MATTER_OPENED, "task/4", 1, TASK);
		apply(cx, &f, 5, EV_NUMBER_GIVEN, "series/decision/units/1/2026", 1,
		    "{'n':7}");
		if (i / 2)
			reopen(cx, &f);
		facts_entry(&facts, S("units/1"), 150);
		facts_key(&facts, S("units"), S("name"), S("A"), 150);
		facts_key(&facts, S("units"), S("name"), S("A"), 50);
		facts_refs(&facts, S("posts"), S("holder"), S("persons/7"), 299);
		facts_refs(&facts, S("posts"), S("holder"), S("persons/7"), 300);
		facts_matter(&facts, S("task/4"));
		facts_total(&facts, S("task"), S("sum:amount"),
		    S("{\"body\":\"units/1\",\"from\":20000,\"to\":20000}"));
		facts_total(&facts, S("task"), S("count"), S("{\"from\":20001}"));
		facts_total(
		    &facts, S("task"), S("latest:day"), S("{\"stage\":\"open\"}"));
		facts_next(&facts, S("series/decision/units/1/2026"));
		facts_next(&facts, S("series/decision/units/1/2027"));
		CHECK(facts.needs.n == 11);
		CHECK_OK(facts_fetch(cx, &f.p, &facts));
		CHECK(facts.needs.n == 0);
		v = facts_entry(&facts, S("units/1"), 150);
		CHECK_STR(value_str(value_path(v, "values.name")), S("A"));
		CHECK(value_num(value_get(v, S("at"))) == 1);
		v = facts_key(&facts, S("units"), S("name"), S("A"), 150);
		CHECK_STR(value_str(value_get(v, S("subject"))), S("units/1"));
		CHECK(
		    value_is_null(facts_key(&facts, S("units"), S("name"), S("A"), 50)));
		v = facts_refs(&facts, S("posts"), S("holder"), S("persons/7"), 299);
		CHECK(value_count(v) == 1);
		v = facts_refs(&facts, S("posts"), S("holder"), S("persons/7"), 300);
		CHECK(value_count(v) == 0);
		v = facts_matter(&facts, S("task/4"));
		CHECK_STR(value_str(value_get(v, S("stage"))), S("open"));
		v = facts_total(&facts, S("task"), S("sum:amount"),
		    S("{\"body\":\"units/1\",\"from\":20000,\"to\":20000}"));
		CHECK(value_num(v) == 500);
		v = facts_total(&facts, S("task"), S("count"), S("{\"from\":20001}"));
		CHECK(v->kind == V_INT && v->i == 0);
		v = facts_total(
		    &facts, S("task"), S("latest:day"), S("{\"stage\":\"open\"}"));
		CHECK(value_num(v) == 20005);
		CHECK(value_num(facts_next(&facts, S("series/decision/units/1/2026"))) ==
		      8);
		CHECK(value_num(facts_next(&facts, S("series/decision/units/1/2027"))) ==
		      1);
		db_close(f.db);
	}
}

static int64_t
count(struct cx *cx, struct fixture *f, const char *sql)
{
	DB_ROWS rows = { 0 };
	int64_t n;
	int stmt;

	CHECK_OK(db_prepare(cx, f->db, str_z(sql), &stmt));
	CHECK_OK(db_ask0(cx, f->db, &rows, stmt));
	n = db_next(&rows) ? db_int(&rows, 0) : -1;
	CHECK_OK(db_end(cx, &rows));
	return n;
}

TEST(project_references_and_clocks_follow_the_state)
{
	for (int i = 0; i < 4; i++) {
		TEST_STORE store = { 0 };
		struct fixture f;

		if (!open_store(cx, i % 2, &store, &f))
			continue;
		apply(cx, &f, 4, EV_MATTER_OPENED, "task/4", 1, TASK);
		if (i / 2)
			reopen(cx, &f);
		apply(cx, &f, 5, EV_ACTED, "task/4", 2,
		    "{'action':'x','clocks':{'decide':{'due':20090,'state':'met'}},"
		    "'set':{'members':['posts/3','posts/5'],'parties':[]}}");
		reopen(cx, &f);
		CHECK(count(cx, &f, "SELECT COUNT(*) FROM p_ref") == 3);
		CHECK(count(cx, &f,
			  "SELECT COUNT(*) FROM p_ref WHERE field = 'task.members' AND "
			  "target IN ('posts/3', 'posts/5')") == 2);
		CHECK(count(cx, &f, "SELECT COUNT(*) FROM p_clock WHERE state = 'met'") ==
		      1);
		CHECK(count(cx, &f, "SELECT COUNT(*) FROM p_clock") == 1);
		CHECK(count(cx, &f, "SELECT seq FROM m_task") == 2);
		CHECK(count(cx, &f, "SELECT COUNT(*) FROM p_subject") == 0);
		CHECK(count(cx, &f, "SELECT f_amount FROM m_task") == 500);
		db_close(f.db);
	}
}

TEST(project_refuses_what_has_no_table)
{
	TEST_STORE store = { 0 };
	struct fixture f;

	if (!open_store(cx, 0, &store, &f))
		return;
	CHECK(project_apply(cx, &f.p,
		  made_event(cx, 1, EV_MATTER_OPENED, "nothing/1", 1, 1, "{}")) ==
	      ERR_INPUT);
	CHECK(project_apply(cx, &f.p,
		  made_event(cx, 2, EV_ACTED, "task/1", 2, 1, "{ }")) == ERR_INPUT);
	db_close(f.db);
}

/* A question that follows a chain, a link for each answer. */
static enum err
follow(struct facts *facts, int *link, int end)
{
	struct str subject;

	while (*link < end) {
		subject = str_fmt(facts->arena, "task/%d", *link);
		if (!facts_matter(facts, subject))
			return ERR_NEEDS;
		++*link;
	}
	return ERR_OK;
}

TEST(facts_are_asked_for_until_there_is_an_answer_and_not_for_ever)
{
	TEST_STORE store = { 0 };
	struct fixture f;
	struct facts facts = { .arena = cx->arena };
	enum err err;
	int link = 0;

	if (!open_store(cx, 0, &store, &f))
		return;
	for (int end = 12; end <= 24; end += 12) { /* each question counts for itself */
		do
			err = follow(&facts, &link, end);
		while (facts_more(cx, &f.p, &facts, &err));
		CHECK_OK(err);
		CHECK(link == end);
	}
	do
		err = follow(&facts, &link, 37);
	while (facts_more(cx, &f.p, &facts, &err));
	CHECK(err == ERR_INPUT);
	CHECK(str_has(cx->why, S("task/36")));
	db_close(f.db);
}
