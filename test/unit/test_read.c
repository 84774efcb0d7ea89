/* Reading: pages, filters and history, the same on both engines. */
#include "test.h"

#include "made.h"
#include "read/read.h"
#include "store.h"

struct fixture {
	struct db *db;
	struct reader r;
};

/* Nine tasks of two units, 3 a page in the tests below; amounts 1 … 9, every third
 * closed. */
static bool
fill(struct cx *cx, int engine, struct test_store *store, struct fixture *f)
{
	struct tables *tables = made_tables(cx);
	struct projection p;
	bool stale;

	if (!test_store_make(cx, engine, store))
		return false;
	CHECK_OK(db_open(cx, store->url, DB_WRITE, &f->db));
	CHECK_OK(tables_bring(cx, f->db, tables, &stale));
	f->r = (struct reader){ .db = f->db, .tables = tables, .log = S("test") };
	projection_init(&p, cx->arena, f->db, tables, S("test"));
	for (int i = 1; i <= 9; i++) {
		const char *body = str_fmt(cx->arena,
		    "{'action':'file','clocks':{'c':{'due':%d,'state':'%s'}},'closed':%s,"
		    "'parent':'plan/1','set':{'amount':%d,'cause':'第%d项','members':"
		    "['persons/%d']},'stage':'%s','title':'第%d项','unit':'units/%d'}",
		    100 - i, i % 3 ? "running" : "met", i % 3 ? "false" : "true", i, i,
		    i % 2, i % 3 ? "open" : "done", i, i % 2)
				       .p;
		const char *subject = str_fmt(cx->arena, "task/%d", i).p;

		CHECK_OK(project_apply(cx, &p,
		    made_event(cx, i, EV_MATTER_OPENED, subject, 1, 20000, body)));
	}
	CHECK_OK(project_apply(cx, &p,
	    made_event(cx, 10, EV_ENTRY_PUT, "units/10", 1, 20000,
		"{'from':100,'key':'A','to':2932897,'values':{'name':'某局'}}")));
	CHECK_OK(project_apply(cx, &p,
	    made_event(cx, 11, EV_ENTRY_PUT, "units/10", 2, 20000,
		"{'from':200,'key':'A','to':2932897,'values':{'name':'某委'}}")));
	CHECK_OK(project_flush(cx, &p));
	return true;
}

static struct str
subjects(struct cx *cx, const struct read_page *page)
{
	struct str v[20];

	for (size_t i = 0; i < page->n; i++)
		v[i] = value_str(value_get(&page->v[i], S("subject")));
	return str_join(cx->arena, v, page->n, S(" "));
}

TEST(read_pages_follow_each_other)
{
	FOR_EACH_ENGINE(engine)
	{
		TEST_STORE store = { 0 };
		struct read_query q = {
			.family = S("task"), .order = S("unit"), .limit = 4
		};
		struct read_page page;
		struct fixture f;

		if (!fill(cx, engine, &store, &f))
			continue;
		CHECK_OK(read_matters(cx, &f.r, &q, &page));
		CHECK_STR(subjects(cx, &page), S("task/2 task/4 task/6 task/8"));
		q.after = page.next;
		CHECK_OK(read_matters(cx, &f.r, &q, &page));
		CHECK_STR(subjects(cx, &page), S("task/1 task/3 task/5 task/7"));
		q.after = page.next;
		CHECK_OK(read_matters(cx, &f.r, &q, &page));
		CHECK_STR(subjects(cx, &page), S("task/9"));
		CHECK(!page.next.n);
		q = (struct read_query){ .family = S("task"),
			.order = S("amount"),
			.descending = true,
			.limit = 2 };
		CHECK_OK(read_matters(cx, &f.r, &q, &page));
		CHECK_STR(subjects(cx, &page), S("task/9 task/8"));
		q.after = page.next;
		CHECK_OK(read_matters(cx, &f.r, &q, &page));
		CHECK_STR(subjects(cx, &page), S("task/7 task/6"));
		q.after = S("[\"x\",1]");
		CHECK(read_matters(cx, &f.r, &q, &page) == ERR_INPUT);
		db_close(f.db);
	}
}

TEST(read_filters_and_search)
{
	FOR_EACH_ENGINE(engine)
	{
		const struct read_filter open = { S("closed"), READ_IS,
			value_bool(false) };
		const struct read_filter more = { S("amount"), READ_FROM, value_int(4) };
		const struct read_filter less = { S("amount"), READ_TO, value_int(7) };
		const struct read_filter member = { S("members"), READ_REFERS,
			value_text(S("persons/1")) };
		const struct read_filter all[] = { open, more, less, member };
		const struct read_filter unknown = { S("x' OR 1"), READ_IS,
			value_int(1) };
		TEST_STORE store = { 0 };
		struct read_query q = { .family = S("task"), .filters = all, .n = 4 };
		struct read_page page;
		struct fixture f;
		size_t n;

		if (!fill(cx, engine, &store, &f))
			continue;
		CHECK_OK(read_matters(cx, &f.r, &q, &page));
		CHECK_STR(subjects(cx, &page), S("task/5 task/7"));
		CHECK_OK(read_count(cx, &f.r, &q, 0, 10, &n));
		CHECK(n == 2);
		q = (struct read_query){ .family = S("task"), .search = S("第5") };
		CHECK_OK(read_matters(cx, &f.r, &q, &page));
		CHECK_STR(subjects(cx, &page), S("task/5"));
		q.filters = &unknown;
		q.n = 1;
		CHECK(read_matters(cx, &f.r, &q, &page) == ERR_INPUT);
		q = (struct read_query){ .family = S("units"), .search = S("某委") };
		CHECK_OK(read_entries(cx, &f.r, &q, 200, &page));
		CHECK(page.n == 1);
		CHECK_OK(read_entries(cx, &f.r, &q, 199, &page));
		CHECK(page.n == 0);
		db_close(f.db);
	}
}

static bool
is_odd(const struct value *state, void *self)
{
	(void)self;
	return str_eq(value_str(value_get(state, S("unit"))), S("units/1"));
}

TEST(read_due_children_references_and_days)
{
	FOR_EACH_ENGINE(engine)
	{
		TEST_STORE store = { 0 };
		struct read_page page;
		struct value v;
		struct fixture f;

		if (!fill(cx, engine, &store, &f))
			continue;
		CHECK_OK(read_due(cx, &f.r, 96, 10, NULL, NULL, &page));
		CHECK_STR(subjects(cx, &page), S("task/8 task/7 task/5 task/4"));
		CHECK_OK(read_due(cx, &f.r, 96, 1, is_odd, NULL, &page));
		CHECK_STR(subjects(cx, &page), S("task/7"));
		CHECK_OK(read_children(cx, &f.r, S("task"), S("plan/1"), &page));
		CHECK(page.n == 9);
		CHECK_OK(read_refs(cx, &f.r, S("task.members"), S("persons/1"), &page));
		CHECK(page.n == 5);
		CHECK_OK(read_refs(cx, &f.r, S(""), S("persons/0"), &page));
		CHECK(page.n == 4);
		CHECK_OK(read_entry(cx, &f.r, S("units/10"), 300, READ_NOW, &v));
		CHECK_STR(value_str(value_path(&v, "values.name")), S("某委"));
		CHECK_OK(read_entry(cx, &f.r, S("units/10"), 300, 10, &v));
		CHECK_STR(value_str(value_path(&v, "values.name")), S("某局"));
		CHECK_OK(
		    read_entry_by(cx, &f.r, S("units"), S("name"), S("某局"), 150, &v));
		CHECK(read_entry(cx, &f.r, S("units/10"), 50, READ_NOW, &v) ==
		      ERR_NOT_FOUND);
		CHECK(read_matter(cx, &f.r, S("task/77"), &v) == ERR_NOT_FOUND);
		db_close(f.db);
	}
}
