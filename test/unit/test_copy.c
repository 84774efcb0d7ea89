/* Copies between the engines: the same record, and its destructions with it. */
#include "test.h"

#include "record/copy.h"
#include "record/verify.h"
#include "sample.h"
#include "store.h"
#include "store/bytes.h"

static const struct str LOG = { "990101/demo", 11 };

static enum err
file_put(struct cx *cx, struct db *db, struct str bytes, struct str *digest)
{
	BYTES_DRAFT d = { 0 };
	DB_TX tx = { 0 };

	TRY(bytes_begin(cx, db, &d));
	TRY(bytes_add(cx, &d, bytes));
	TRY(db_begin(cx, db, &tx));
	TRY(bytes_keep(cx, db, LOG, &d, digest));
	return db_commit(cx, &tx);
}

static struct str
root(struct cx *cx, struct str url)
{
	const struct verify_options options = { .threads = 2 };
	struct verify_report report;

	CHECK_OK(record_verify(cx, url, LOG, &options, &report));
	CHECK(report.found == 0);
	for (size_t i = 0; i < report.faults.n; i++)
		printf("%.*s\n", STR_ARG(report.faults.v[i].text));
	return digest_hex(cx->arena, &report.root);
}

static void
copies(struct cx *cx, struct test_store *a, struct db *from, struct test_store *b,
    struct db *to)
{
	struct copy_report r;
	struct str digest;
	struct event e;
	int64_t length;

	CHECK_OK(file_put(cx, from, S("证据"), &digest));
	CHECK_OK(record_copy(cx, from, to, LOG, &r));
	CHECK(r.events == 600 && r.files == 1 && r.size == 600);
	CHECK_STR(root(cx, b->url), root(cx, a->url));
	CHECK_OK(record_get(cx, to, LOG, 3, &e));
	CHECK(e.parts.v[1].gone == false);

	/* Only what is new; a destruction and a forgotten file reach the copy. */
	CHECK_OK(sample_destroy(cx, from, LOG, 3, S("p1")));
	CHECK_OK(bytes_forget(cx, from, LOG, digest));
	CHECK_OK(record_copy(cx, from, to, LOG, &r));
	CHECK(r.events == 1 && r.files == 0 && r.size == 601);
	CHECK_OK(record_get(cx, to, LOG, 3, &e));
	CHECK(e.parts.v[1].gone && e.parts.v[1].bytes.n == 0);
	CHECK(bytes_have(cx, to, LOG, digest, &length) == ERR_NOT_FOUND);
	CHECK_STR(root(cx, b->url), root(cx, a->url));

	/* Nothing is carried over what went its own way. */
	CHECK_OK(sample_append(cx, to, LOG, 1));
	CHECK(record_copy(cx, from, to, LOG, &r) == ERR_STALE);
	cx->now_ms += 5000;
	CHECK_OK(sample_append(cx, from, LOG, 2));
	CHECK(record_copy(cx, from, to, LOG, &r) == ERR_STALE);
}

TEST(copy_between_engines)
{
	for (int turn = 0; turn < 3; turn++) {
		TEST_STORE a = { 0 };
		TEST_STORE b = { 0 };
		struct db *from = NULL, *to = NULL;

		if (!test_store_make(cx, turn == 1, &a) ||
		    !test_store_make(cx, turn == 2, &b))
			continue;
		CHECK_OK(db_open(cx, a.url, DB_WRITE, &from));
		CHECK_OK(db_open(cx, b.url, DB_WRITE, &to));
		CHECK_OK(sample_create(cx, from, LOG, true));
		CHECK_OK(sample_append(cx, from, LOG, 600));
		copies(cx, &a, from, &b, to);
		db_close(from);
		db_close(to);
	}
}

/* A copy made after a destruction never had the part. */
TEST(copy_after_destruction)
{
	TEST_STORE a = { 0 };
	TEST_STORE b = { 0 };
	struct db *from, *to;
	struct copy_report r;

	CHECK(test_store_make(cx, 0, &a) && test_store_make(cx, 0, &b));
	CHECK_OK(db_open(cx, a.url, DB_WRITE, &from));
	CHECK_OK(db_open(cx, b.url, DB_WRITE, &to));
	CHECK_OK(sample_create(cx, from, LOG, false));
	CHECK_OK(sample_append(cx, from, LOG, 10));
	CHECK_OK(sample_destroy(cx, from, LOG, 3, S("p1")));
	CHECK_OK(record_copy(cx, from, to, LOG, &r));
	CHECK_STR(root(cx, b.url), root(cx, a.url));
	db_close(from);
	db_close(to);
}
