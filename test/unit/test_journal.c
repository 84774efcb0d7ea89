/* The journal keeps the newest notes of a kind and a log apart from all others. */
#include "record/journal.h"
#include "store.h"
#include "store/db.h"
#include "test.h"

TEST(journal_keeps_the_newest)
{
	FOR_EACH_ENGINE(engine)
	{
		TEST_STORE store = { 0 };
		struct db *db = NULL;
		struct value all;
		const int64_t now = cx->now_ms;

		if (!test_store_make(cx, engine, &store))
			continue;
		CHECK_OK(db_open(cx, store.url, DB_WRITE, &db));
		CHECK_OK(journal_read(cx, db, S("a"), S("copy"), &all));
		CHECK(value_count(&all) == 0);
		for (int64_t i = 1; i <= JOURNAL_MAX + 2; i++) {
			struct value note = value_map();

			cx->now_ms = now + i;
			value_set_int(cx->arena, &note, "n", i);
			CHECK_OK(journal_note(cx, db, S("a"), S("copy"), &note));
		}
		CHECK_OK(journal_read(cx, db, S("a"), S("copy"), &all));
		CHECK(value_count(&all) == JOURNAL_MAX);
		CHECK(value_num(value_get(value_at(&all, 0), S("n"))) == JOURNAL_MAX + 2);
		CHECK(value_num(value_get(value_at(&all, 0), S("at"))) ==
		      now + JOURNAL_MAX + 2);
		CHECK_OK(journal_read(cx, db, S("b"), S("copy"), &all));
		CHECK(value_count(&all) == 0);
		CHECK_OK(journal_read(cx, db, S("a"), S("verify"), &all));
		CHECK(value_count(&all) == 0);
		db_close(db);
		cx->now_ms = now;
	}
}
