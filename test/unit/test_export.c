/* The text of a log: out of one engine and into the other, and every line that is
 * refused. */
#include "test.h"

#include "log_text.h"
#include "sample.h"
#include "store.h"

static void
round_trip(struct cx *cx, struct db *from, struct db *to)
{
	const struct str log = S("990101/demo");
	struct record_import imp;
	struct str text, after;
	struct event e;

	CHECK_OK(sample_create(cx, from, log, true));
	CHECK_OK(sample_append(cx, from, log, 250));
	text = log_text(cx, from, log);
	CHECK_OK(log_text_import(cx, to, text, &imp));
	CHECK(imp.ended && imp.added == 250 && imp.seq == 250);
	CHECK_STR(log_text(cx, to, log), text);

	/* Later again: only what is new goes in, and a destruction reaches what was
	 * there. */
	CHECK_OK(sample_destroy(cx, from, log, 3, S("p1")));
	after = log_text(cx, from, log);
	CHECK_OK(record_get(cx, to, log, 3, &e));
	CHECK(!e.parts.v[1].gone);
	CHECK_OK(log_text_import(cx, to, after, &imp));
	CHECK(imp.ended && imp.added == 1 && imp.seq == 251);
	CHECK_OK(record_get(cx, to, log, 3, &e));
	CHECK(e.parts.v[1].gone && e.parts.v[1].bytes.n == 0);
	CHECK_STR(log_text(cx, to, log), after);

	/* What went its own way is not carried over. */
	CHECK_OK(sample_append(cx, to, log, 1));
	cx->now_ms += 5000;
	CHECK_OK(sample_append(cx, from, log, 2));
	CHECK(log_text_import(cx, to, log_text(cx, from, log), &imp) == ERR_STALE);
}

TEST(export_round_trip)
{
	FOR_EACH_ENGINE(engine)
	{
		TEST_STORE a = { 0 };
		TEST_STORE b = { 0 };
		struct db *from, *to;

		if (!test_store_make(cx, engine, &a) || !test_store_make(cx, 0, &b))
			continue;
		from = log_store(cx, &a);
		to = log_store(cx, &b);
		round_trip(cx, from, to);
		db_close(from);
		db_close(to);
	}
}

/* The text with `from` replaced must be refused with this error, at this line, and the
 * lines of that group are not there. */
static void
refused(struct cx *cx, struct str text, const char *from, const char *to, enum err want,
    int64_t line)
{
	const struct str spoiled = str_replace(cx->arena, text, str_z(from), str_z(to));
	TEST_STORE s = { 0 };
	struct record_import imp;
	struct record_head head;
	struct db *db;

	CHECK(test_store_make(cx, 0, &s));
	CHECK(!str_eq(spoiled, text));
	db = log_store(cx, &s);
	CHECK(log_text_import(cx, db, spoiled, &imp) == want);
	CHECK(imp.line == line);
	CHECK(record_head(cx, db, S("990101/demo"), &head) == ERR_NOT_FOUND);
	db_close(db);
}

TEST(export_refuses)
{
	const struct str log = S("990101/demo");
	TEST_STORE s = { 0 };
	struct db *db;
	struct str text;

	CHECK(test_store_make(cx, 0, &s));
	db = log_store(cx, &s);
	CHECK_OK(sample_create(cx, db, log, false));
	CHECK_OK(sample_append(cx, db, log, 5));
	text = log_text(cx, db, log);
	db_close(db);
	refused(cx, text, "\"hash\":\"sha256\"", "\"hash\":\"md5\"", ERR_INPUT, 1);
	refused(cx, text, "\"seq\":4", "\"seq\":5", ERR_INPUT, 5);
	refused(cx, text, "\"seq\":1,", "\"seq\": 1,", ERR_INPUT, 2);
	refused(cx, text, "\"kind\":\"", "\"kind\":\"un", ERR_INPUT, 2);
	refused(cx, text, "\"subject_seq\":1,", "\"subject_seq\":2,", ERR_STORE, 2);
	refused(cx, text, "\"size\":5", "\"size\":6", ERR_INPUT, 7);
	refused(cx, text, "{\"root\":\"", "{\"root\":\"00", ERR_STORE, 7);
	refused(cx, text, "\"size\":5}\n", "\"size\":5}\n{}\n", ERR_INPUT, 8);
}
