/*
 * An attacker with the database file in hand: drops the triggers and edits the tables.
 * Every byte of every event and body, every row taken, exchanged or added must be found;
 * what a consistent forgery hides is found against a checkpoint kept outside.
 */
#include "test.h"

#include <sqlite3.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/encode.h"
#include "record/event.h"
#include "record/proof.h"
#include "record/tree.h"
#include "record/verify.h"
#include "sample.h"
#include "store.h"
#include "store/bytes.h"

enum { EVENTS = 50 };

static const char *const DROPPED =
    "DROP TRIGGER event_fixed; DROP TRIGGER event_kept; DROP TRIGGER sealed_kept;"
    "DROP TRIGGER sealed_fixed; DROP TRIGGER tree_fixed; DROP TRIGGER tree_kept;"
    "DROP TRIGGER checkpoint_fixed; DROP TRIGGER checkpoint_kept; PRAGMA synchronous = "
    "OFF;";

struct attack {
	struct db *db; /* the honest reader */
	sqlite3 *c;    /* the attacker */
	struct checkpoints against;
	struct verifier key;
	struct str log;
};

static bool
sql(struct attack *a, const char *text)
{
	char *why = NULL;

	if (sqlite3_exec(a->c, text, NULL, NULL, &why) == SQLITE_OK)
		return true;
	test_fail_str(__FILE__, __LINE__, text, str_z(why), S(""));
	sqlite3_free(why);
	return false;
}

/* Faults found, -1 when it could not be verified at all. `named` (may be NULL): whether
 * one of them names this event or the one behind it. */
static int64_t
faults_at(struct cx *cx, struct attack *a, bool outside, int64_t seq, bool *named)
{
	struct arena scratch AUTO(arena_free) = { 0 };
	struct cx own = { .arena = &scratch, .now_ms = cx->now_ms };
	const struct verify_options options = { .against = outside ? &a->against : NULL,
		.key = &a->key };
	struct verify_report report;

	if (record_verify_alone(&own, a->db, a->log, &options, &report) != ERR_OK) {
		test_fail_str(__FILE__, __LINE__, "verify", own.why, S(""));
		return -1;
	}
	for (size_t i = 0; named && i < report.faults.n; i++)
		*named |= report.faults.v[i].seq == seq ||
			  report.faults.v[i].seq == seq + 1;
	return report.found;
}

static int64_t
faults(struct cx *cx, struct attack *a, bool outside)
{
	return faults_at(cx, a, outside, 0, NULL);
}

/* 50 events with sealed parts at 3 and 33; the last but one destroys the first of them.
 */
static bool
attack_begin(struct cx *cx, struct test_store *store, struct attack *a)
{
	struct signer signer;
	struct checkpoint c;

	a->log = S("990101/demo");
	CHECK(test_store_make(cx, 0, store));
	CHECK_OK(db_open(cx, store->url, DB_WRITE, &a->db));
	CHECK_OK(sample_create(cx, a->db, a->log, true));
	CHECK_OK(sample_append(cx, a->db, a->log, EVENTS - 2));
	CHECK_OK(sample_destroy(cx, a->db, a->log, 3, S("p1")));
	CHECK_OK(sample_append(cx, a->db, a->log, 1));
	CHECK_OK(signer_load(
	    cx, str_fmt(cx->arena, "%.*s/key", STR_ARG(store->folder)), &signer));
	CHECK_OK(verifier_parse(
	    cx, signer_vkey(cx->arena, &signer, S("990101/demo/sm3")), &a->key));
	CHECK_OK(record_checkpoint(cx, a->db, a->log, &signer, &c));
	CHECK(c.size == EVENTS);
	*list_add(cx->arena, &a->against) = c;
	CHECK(sqlite3_open(str_fmt(cx->arena, "%.*s/t.db", STR_ARG(store->folder)).p,
		  &a->c) == SQLITE_OK);
	return sql(a, DROPPED) && faults(cx, a, true) == 0;
}

static void
attack_end(struct attack *a)
{
	sqlite3_close(a->c);
	db_close(a->db);
}

static void
write_value(
    struct attack *a, const char *update, int64_t rowid, int type, const void *p, int n)
{
	sqlite3_stmt *stmt = NULL;

	CHECK(sqlite3_prepare_v2(a->c, update, -1, &stmt, NULL) == SQLITE_OK);
	if (type == SQLITE_INTEGER)
		sqlite3_bind_int64(stmt, 1, *(const int64_t *)p);
	else if (type == SQLITE_TEXT)
		sqlite3_bind_text(stmt, 1, p, n, SQLITE_STATIC);
	else
		sqlite3_bind_blob(stmt, 1, p, n, SQLITE_STATIC);
	sqlite3_bind_int64(stmt, 2, rowid);
	/* A flip that a constraint refuses is no attack. */
	sqlite3_step(stmt);
	sqlite3_finalize(stmt);
}

struct value_at {
	const char *table, *column;
	int64_t rowid;
	int type, n;
	char bytes[512];
};

static int64_t
flip_value(struct cx *cx, struct attack *a, struct value_at *v)
{
	const struct str update = str_fmt(
	    cx->arena, "UPDATE %s SET %s = ?1 WHERE rowid = ?2", v->table, v->column);

	/* An event's row is told by its number; without number or kind it is no row. */
	const bool tells = strcmp(v->table, "event") == 0 &&
			   strcmp(v->column, "log") != 0 &&
			   strcmp(v->column, "kind") != 0 &&
			   strcmp(v->column, "seq") != 0;

	for (int i = 0; i < v->n; i++) {
		bool named = false;

		v->bytes[i] ^= 1;
		write_value(a, update.p, v->rowid, v->type, v->bytes, v->n);
		if (sqlite3_changes(a->c) == 1 &&
		    (faults_at(cx, a, false, v->rowid, &named) == 0 || (tells && !named)))
			test_fail_str(__FILE__, __LINE__, "a flipped byte was not found",
			    str_z(v->column), S(""));
		v->bytes[i] ^= 1;
		write_value(a, update.p, v->rowid, v->type, v->bytes, v->n);
	}
	return v->n;
}

/* Flips one bit in each byte of each value of a table; the number of bytes. */
static int64_t
flip_table(struct cx *cx, struct attack *a, const char *table, const char *const *columns)
{
	int64_t flipped = 0;

	for (; *columns; columns++) {
		const struct str select = str_fmt(
		    cx->arena, "SELECT rowid, %s FROM %s", *columns, table);
		LIST(struct value_at) values = { 0 };
		sqlite3_stmt *stmt = NULL;

		CHECK(sqlite3_prepare_v2(a->c, select.p, -1, &stmt, NULL) == SQLITE_OK);
		while (sqlite3_step(stmt) == SQLITE_ROW) {
			struct value_at *v = list_add(cx->arena, &values);
			const int64_t i = sqlite3_column_int64(stmt, 1);

			*v = (struct value_at){ .table = table,
				.column = *columns,
				.rowid = sqlite3_column_int64(stmt, 0),
				.type = sqlite3_column_type(stmt, 1),
				.n = sizeof i };
			if (v->type == SQLITE_INTEGER) {
				memcpy(v->bytes, &i, sizeof i);
				continue;
			}
			v->n = sqlite3_column_bytes(stmt, 1);
			CHECK(v->n <= (int)sizeof v->bytes);
			if (v->n)
				memcpy(
				    v->bytes, sqlite3_column_blob(stmt, 1), (size_t)v->n);
		}
		sqlite3_finalize(stmt);
		for (size_t i = 0; i < values.n; i++)
			flipped += flip_value(cx, a, &values.v[i]);
	}
	return flipped;
}

TEST(tamper_each_byte)
{
	static const char *const event[] = { "log", "seq", "recorded", "done", "kind",
		"subject", "subject_seq", "actor", "behalf", "definition", "key", "body",
		"digest", NULL };
	static const char *const sealed[] = { "log", "seq", "part", "salt", "bytes",
		"digest", NULL };
	static const char *const head[] = { "seq", "recorded", "digest", "edge", NULL };
	static const char *const checkpoint[] = { "size", "note", NULL };
	TEST_STORE store = { 0 };
	struct attack a = { 0 };
	int64_t n = 0;

	CHECK(attack_begin(cx, &store, &a));

	n += flip_table(cx, &a, "event", event);
	n += flip_table(cx, &a, "sealed", sealed);
	n += flip_table(cx, &a, "log", head);
	n += flip_table(cx, &a, "checkpoint", checkpoint);
	CHECK(n > EVENTS * 130);
	CHECK(faults(cx, &a, true) == 0);
	attack_end(&a);
}

/* Each edit is undone by rolling back to a savepoint after a look, so they stay apart.
 * The reader must see it: the edit is committed and its opposite too. */
TEST(tamper_rows)
{
	static const struct {
		const char *name, *edit;
		bool outside; /* only an outer checkpoint tells */
	} edits[] = {
		{ "swap two",
		    "UPDATE event SET seq = -1 WHERE seq = 7; UPDATE event SET seq = 7 "
		    "WHERE seq "
		    "= 8; UPDATE event SET seq = 8 WHERE seq = -1",
		    false },
		{ "swap two bodies",
		    "UPDATE event SET body = (SELECT body FROM event WHERE seq = 8) "
		    "WHERE seq = 7",
		    false },
		{ "drop one", "DELETE FROM event WHERE seq = 20", false },
		{ "drop the first", "DELETE FROM event WHERE seq = 1", false },
		{ "drop the last", "DELETE FROM event WHERE seq = 50", false },
		{ "drop the last with its head",
		    "DELETE FROM event WHERE seq = 50; UPDATE log SET seq = 49, digest = "
		    "(SELECT "
		    "digest FROM event WHERE seq = 49)",
		    false },
		{ "drop all", "DELETE FROM event; DELETE FROM sealed", false },
		{ "add one",
		    "INSERT INTO event SELECT log, 51, recorded, done, kind, subject, "
		    "99, "
		    "actor, behalf, definition, 'x', body, digest FROM event WHERE seq = "
		    "50",
		    false },
		{ "delete a sealed part", "DELETE FROM sealed WHERE seq = 33", false },
		{ "empty a sealed part",
		    "UPDATE sealed SET salt = NULL, bytes = NULL WHERE seq = 33", false },
		{ "empty a body", "UPDATE event SET body = x'' WHERE seq = 33", false },
		{ "fill a destroyed part",
		    "UPDATE sealed SET salt = x'00', bytes = x'00' WHERE seq = 3",
		    false },
		{ "add a sealed part",
		    "INSERT INTO sealed SELECT log, 4, part, salt, bytes, digest "
		    "FROM sealed WHERE seq = 33",
		    false },
		{ "add a part of nothing",
		    "INSERT INTO sealed SELECT log, 99, part, salt, bytes, "
		    "digest FROM sealed WHERE seq = 33",
		    false },
		{ "other algorithm", "UPDATE log SET algorithm = 'sha256'", false },
		{ "add a node",
		    "INSERT INTO tree VALUES ('990101/demo', 1, 0, zeroblob(32))",
		    false },
		{ "drop the checkpoints", "DELETE FROM checkpoint", true },
	};
	for (size_t i = 0; i < sizeof edits / sizeof *edits; i++) {
		TEST_STORE store = { 0 };
		struct attack a = { 0 };

		CHECK(attack_begin(cx, &store, &a));
		CHECK(sql(&a, edits[i].edit));
		if ((faults(cx, &a, false) == 0) != edits[i].outside)
			test_fail_str(__FILE__, __LINE__, edits[i].name,
			    S("not as expected"), S(""));
		attack_end(&a);
	}
}

/* A forger who recomputes everything: digests, chain, tree and head, but cannot sign. */
static void
rewrite(struct cx *cx, struct attack *a, int64_t keep, bool append)
{
	const struct str url = str_fmt(
	    cx->arena, "sqlite:%s", sqlite3_db_filename(a->c, "main"));
	struct tree t = { 0 };
	struct digest d = { 0 };
	HASHER h = { 0 };
	struct event_list list = { 0 };
	struct db *db;

	CHECK_OK(events_load(cx, a->db, a->log, 1, keep, EVENTS, &list));
	hasher_open(&h, DIGEST_SM3);
	for (size_t i = 0; i < list.n; i++) {
		CHECK(digest_from(list.v[i].digest, &d));
		tree_add(cx->arena, &t, &h, &d, NULL);
	}
	CHECK(sql(a,
	    str_fmt(cx->arena,
		"DELETE FROM event WHERE seq > %lld; DELETE FROM sealed WHERE seq > %lld;"
		"DELETE FROM checkpoint; UPDATE sealed SET salt = NULL WHERE 0;"
		"UPDATE log SET seq = %lld, digest = x'%.*s', edge = x'%.*s', recorded = "
		"(SELECT recorded FROM event WHERE seq = %lld)",
		(long long)keep, (long long)keep, (long long)keep,
		STR_ARG(digest_hex(cx->arena, &d)),
		STR_ARG(hex_of(cx->arena, tree_edge(cx->arena, &t))), (long long)keep)
		.p));
	if (!append)
		return;
	CHECK_OK(db_open(cx, url, DB_WRITE, &db));
	CHECK_OK(sample_append(cx, db, a->log, (int)(EVENTS - keep) + 3));
	db_close(db);
}

TEST(tamper_against_outside)
{
	/* Cut off at the end; cut off and written anew, longer than before. */
	static const struct {
		int64_t keep;
		bool append;
	} cases[] = { { 49, false }, { 49, true }, { 10, true } };

	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		TEST_STORE store = { 0 };
		struct attack a = { 0 };

		CHECK(attack_begin(cx, &store, &a));
		/* Event 3's part went with a destruction that is cut off in the last
		 * case. */
		cx->now_ms += 1000;
		rewrite(cx, &a, cases[i].keep, cases[i].append);
		if (cases[i].keep == 49)
			CHECK(faults(cx, &a, false) == 0);
		CHECK(faults(cx, &a, true) > 0);
		attack_end(&a);
	}
}

/* Appended after the checkpoint with a consistent chain, outside the door: the next
 * checkpoint does not exist, and none can be signed for a rewritten past. */
TEST(tamper_signer_refuses)
{
	TEST_STORE store = { 0 };
	struct attack a = { 0 };
	struct signer signer;
	struct checkpoint c;
	struct str note;

	CHECK(attack_begin(cx, &store, &a));
	note = a.against.v[0].note;
	cx->now_ms += 1000;
	rewrite(cx, &a, 49, true);
	CHECK(sql(&a, str_fmt(cx->arena,
			  "INSERT INTO checkpoint VALUES ('990101/demo', 50, 1, '%.*s')",
			  STR_ARG(note))
			  .p));
	CHECK_OK(signer_load(
	    cx, str_fmt(cx->arena, "%.*s/key", STR_ARG(store.folder)), &signer));
	CHECK(record_checkpoint(cx, a.db, a.log, &signer, &c) == ERR_STORE);
	CHECK(faults(cx, &a, false) > 0);
	attack_end(&a);
}

/* The store's owner, who can do all but sign: computes the digests and the chain of what
 * he has written into the columns, and brings the head along. */
static void
rechain(struct cx *cx, struct attack *a)
{
	struct event_list list = { 0 };
	struct buf scratch = { .arena = cx->arena };
	const struct digest zero = { 0 };
	struct str before = digest_str(&zero);
	struct tree t = { 0 };
	HASHER h = { 0 };

	CHECK_OK(events_load(cx, a->db, a->log, 1, EVENTS, EVENTS, &list));
	hasher_open(&h, DIGEST_SM3);
	for (size_t i = 0; i < list.n; i++) {
		struct event *e = &list.v[i];
		struct digest d = event_part_digest(&h, &e->parts.v[0]);

		e->parts.v[0].digest = str_copy(cx->arena, digest_str(&d));
		e->previous = before;
		d = event_digest(&h, &scratch, a->log, e);
		before = str_copy(cx->arena, digest_str(&d));
		tree_add(cx->arena, &t, &h, &d, NULL);
		CHECK(sql(a, str_fmt(cx->arena,
				 "UPDATE event SET digest = x'%.*s' WHERE seq = %lld",
				 STR_ARG(digest_hex(cx->arena, &d)), (long long)e->seq)
				 .p));
	}
	CHECK(
	    sql(a, str_fmt(cx->arena,
		       "DELETE FROM checkpoint; UPDATE log SET digest = x'%.*s', edge = "
		       "x'%.*s', recorded = (SELECT recorded FROM event WHERE seq = "
		       "log.seq)",
		       STR_ARG(hex_of(cx->arena, before)),
		       STR_ARG(hex_of(cx->arena, tree_edge(cx->arena, &t))))
		       .p));
}

/* A forged chain in which every digest fits is found where its content cannot be: time
 * that falls, and a part destroyed by an event that came before it. */
TEST(tamper_chained_anew)
{
	static const struct {
		const char *name, *edit;
		int64_t seq; /* the one named, 0: nothing is found without a checkpoint */
	} edits[] = {
		{ "nothing", "SELECT 1", 0 },
		{ "another actor", "UPDATE event SET actor = 'x' WHERE seq = 20", 0 },
		{ "an earlier time",
		    "UPDATE event SET recorded = recorded - 1 WHERE seq = 30", 30 },
		{ "a later time",
		    "UPDATE event SET recorded = recorded + 1 WHERE seq = 30", 31 },
		{ "the first one later",
		    "UPDATE event SET recorded = recorded + 1 WHERE seq = 1", 2 },
		{ "destroyed before it was there",
		    "UPDATE event SET kind = 'destroyed', body = CAST('{\"parts\":[{"
		    "\"part\":\"p1\",\"seq\":33}],\"reason\":\"x\"}' AS BLOB) WHERE seq "
		    "= "
		    "32; UPDATE sealed SET salt = NULL, bytes = NULL WHERE seq = 33",
		    33 },
	};

	for (size_t i = 0; i < sizeof edits / sizeof *edits; i++) {
		TEST_STORE store = { 0 };
		struct attack a = { 0 };
		bool named = false;
		int64_t found;

		CHECK(attack_begin(cx, &store, &a));
		CHECK(sql(&a, edits[i].edit));
		rechain(cx, &a);
		found = faults_at(cx, &a, false, edits[i].seq - 1, &named);
		if (found != (edits[i].seq > 0) || named != (edits[i].seq > 0))
			test_fail_str(__FILE__, __LINE__, edits[i].name,
			    S("not as expected"), S(""));
		attack_end(&a);
	}
}

/* Inner nodes are kept from 256 events on; nothing but the verifier reads them all. */
TEST(tamper_nodes)
{
	static const char *const edits[] = {
		"UPDATE tree SET digest = zeroblob(32) WHERE at = 1",
		"UPDATE tree SET at = 7 WHERE at = 1",
		"UPDATE tree SET level = 2 WHERE at = 1",
		"DELETE FROM tree WHERE at = 1",
		"DELETE FROM tree",
		"INSERT INTO tree SELECT log, level, 2, digest FROM tree WHERE at = 1",
	};

	for (size_t i = 0; i < sizeof edits / sizeof *edits; i++) {
		TEST_STORE store = { 0 };
		struct attack a = { 0 };

		CHECK(attack_begin(cx, &store, &a));
		CHECK_OK(sample_append(cx, a.db, a.log, 513 - EVENTS));
		CHECK(faults(cx, &a, true) == 0);
		CHECK(sql(&a, edits[i]));
		CHECK(sqlite3_changes(a.c) > 0);
		if (faults(cx, &a, false) != 1)
			test_fail_str(
			    __FILE__, __LINE__, edits[i], S("not found"), S(""));
		attack_end(&a);
	}
}

/* Without a key it is the name that tells another log's checkpoint from this one's. */
TEST(tamper_checkpoint_of_another_log)
{
	TEST_STORE store = { 0 };
	struct attack a = { 0 };
	struct verify_options options = { .against = &a.against };
	struct verify_report report;

	CHECK(attack_begin(cx, &store, &a));
	CHECK_OK(record_verify_alone(cx, a.db, a.log, &options, &report));
	CHECK(report.found == 0 && report.checkpoints == 2);
	a.against.v[0].origin = S("990101/other/sm3");
	CHECK_OK(record_verify_alone(cx, a.db, a.log, &options, &report));
	CHECK(report.found == 1);
	attack_end(&a);
}

static enum err
keep_file(struct cx *cx, struct db *db, struct str log, struct str bytes, struct str *out)
{
	BYTES_DRAFT draft = { 0 };
	DB_TX tx = { 0 };

	TRY(bytes_begin(cx, db, &draft));
	TRY(bytes_add(cx, &draft, bytes));
	TRY(db_begin(cx, db, &tx));
	TRY(bytes_keep(cx, db, log, &draft, out));
	return db_commit(cx, &tx);
}

TEST(tamper_stored_file)
{
	TEST_STORE store = { 0 };
	struct attack a = { 0 };
	struct str digest = S(""), path;
	FILE *f;

	CHECK(attack_begin(cx, &store, &a));
	CHECK_OK(keep_file(cx, a.db, a.log, S("notice of penalty"), &digest));
	CHECK(faults(cx, &a, true) == 0);
	path = str_fmt(cx->arena, "%.*s/t.db.files/990101+demo/%.*s/%.*s",
	    STR_ARG(store.folder), 2, digest.p, STR_ARG(digest));
	CHECK(unlink(path.p) == 0);
	CHECK(faults(cx, &a, false) == 1);
	f = fopen(path.p, "w");
	CHECK(f && fputs("notice of Penalty", f) >= 0 && fclose(f) == 0);
	CHECK(faults(cx, &a, false) == 1);
	attack_end(&a);
}
