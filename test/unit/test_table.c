/* Tables: their shape, kept or made anew, the same on both engines. */
#include "test.h"

#include "made.h"
#include "store.h"

TEST(table_disputed_field_is_refused)
{
	struct field text = { .id = S("amount"), .type = FIELD_TEXT };
	struct field money = { .id = S("amount"), .type = FIELD_MONEY };
	struct field_list before = { &text, 1, 1 }, after = { &money, 1, 1 };
	struct tables t = { .arena = cx->arena };

	tables_add(&t, false, S("task"), &before);
	tables_add(&t, false, S("task"), &before);
	CHECK_OK(tables_finish(cx, &t));
	tables_add(&t, false, S("task"), &after);
	CHECK(tables_finish(cx, &t) == ERR_INPUT);
	CHECK(str_has(cx->why, S("task.amount")));
}

TEST(table_personal_fields_have_no_column)
{
	struct field name = { .id = S("name"), .type = FIELD_TEXT, .personal = true };
	struct field_list fields = { &name, 1, 1 };
	struct tables t = { .arena = cx->arena };

	tables_add(&t, false, S("task"), &fields);
	CHECK_OK(tables_finish(cx, &t));
	CHECK(!column_find(table_of(&t, S("task")), S("name")));
}

TEST(table_shape_is_kept_until_it_changes)
{
	FOR_EACH_ENGINE(engine)
	{
		TEST_STORE store = { 0 };
		struct tables *one = made_tables(cx), *two = made_tables(cx);
		struct field extra = { .id = S("extra"), .type = FIELD_INT };
		struct field_list fields = { &extra, 1, 1 };
		struct db *db = NULL;
		bool stale = false;

		if (!test_store_make(cx, engine, &store))
			continue;
		tables_add(two, false, S("other-thing"), &fields);
		CHECK_OK(tables_finish(cx, two));
		CHECK_OK(db_open(cx, store.url, DB_WRITE, &db));
		CHECK_OK(tables_bring(cx, db, one, &stale));
		CHECK(stale);
		CHECK_OK(tables_bring(cx, db, one, &stale));
		CHECK(!stale);
		CHECK_OK(tables_bring(cx, db, two, &stale));
		CHECK(stale);
		CHECK_OK(tables_bring(cx, db, one, &stale));
		CHECK(stale);
		db_close(db);
	}
}

/* A procedure of as many fields as a statement has parameters, and one too many. */
TEST(table_has_room_for_many_fields_and_says_when_not)
{
	FOR_EACH_ENGINE(engine)
	{
		for (int n = 500; n <= 501; n++) {
			struct tables t = { .arena = cx->arena };
			struct field_list fields = { 0 };
			TEST_STORE store = { 0 };
			struct db *db = NULL;
			bool stale;
			int stmt;

			if (!test_store_make(cx, engine, &store))
				continue;
			for (int i = 0; i < n; i++)
				*list_add(cx->arena, &fields) = (struct field){
					.id = str_fmt(cx->arena, "f%d", i),
					.type = FIELD_INT,
				};
			tables_add(&t, false, S("wide"), &fields);
			if (n > 500) {
				CHECK(tables_finish(cx, &t) == ERR_INPUT);
				CHECK(str_has(cx->why, S("501")));
				continue;
			}
			CHECK_OK(tables_finish(cx, &t));
			CHECK_OK(db_open(cx, store.url, DB_WRITE, &db));
			CHECK_OK(tables_bring(cx, db, &t, &stale));
			CHECK_OK(db_prepare(cx, db, t.all.v[0]->put, &stmt));
			db_close(db);
		}
	}
}
