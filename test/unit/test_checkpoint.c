/* Keys, checkpoints and proofs. */
#include "test.h"

#include <string.h>
#include <sys/stat.h>

#include "base/encode.h"
#include "base/file.h"
#include "record/proof.h"
#include "sample.h"
#include "store.h"

/* The published example of C2SP signed-note. */
TEST(note_published_example)
{
	const struct str text = S("This is an example message.\n");
	struct verifier v;
	struct str sig;

	CHECK_OK(verifier_parse(cx,
	    S("example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k"),
	    &v));
	CHECK_STR(v.name, S("example.com/foo"));
	CHECK(base64_parse(cx->arena,
	    S("Uw2QOkn8srV1yJGh2VYRlL1Tnagv1YEq6TfXppzi2ONncAlTgK7Ztg1ERYNZXsYjOBH3mFXmRK"
	      "uwHjG1"
	      "Yu72IneyaQM="),
	    &sig));
	CHECK(memcmp(sig.p, v.id, 4) == 0);
	CHECK(ed25519_verify(v.key, text, str_sub(sig, 4, sig.n)));
	CHECK(verifier_parse(cx,
		  S("example.com/"
		    "fop+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k"),
		  &v) == ERR_INPUT);
	CHECK(verifier_parse(cx, S("example.com/foo+530d903a"), &v) == ERR_INPUT);
}

TEST(checkpoint_form)
{
	static const struct str bad[] = { S(""), S("a\n1\n\n\xE2\x80\x94 a x\n"),
		S("a\n01\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n\n"),
		S("a\n-1\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n\n"),
		S("\n1\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n\n"),
		S("a\n1\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I\n\n"),
		S("a\n1\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n") };
	const struct str good = S("example.com/behind-the-sofa\n20852163\n"
				  "CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n\n"
				  "\xE2\x80\x94 example.com/behind-the-sofa Az3grlg=\n");
	struct checkpoints all = { 0 };
	struct checkpoint c;

	CHECK_OK(checkpoint_parse(cx, good, &c));
	CHECK(c.size == 20852163);
	CHECK_STR(c.origin, S("example.com/behind-the-sofa"));
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
		CHECK(checkpoint_parse(cx, bad[i], &c) == ERR_INPUT);
	CHECK_OK(checkpoints_parse(
	    cx, str_fmt(cx->arena, "\n%s\n%s\n\n%s", good.p, good.p, good.p), &all));
	CHECK(all.n == 3 && all.v[2].size == 20852163);
}

struct log_under_test {
	struct test_store store;
	struct db *db;
	struct str log;
	struct signer signer;
	struct verifier key;
};

static bool
begin(struct cx *cx, int engine, bool sm3, struct log_under_test *t)
{
	struct stat st;
	struct str path;

	t->log = S("990101/demo");
	if (!test_store_make(cx, engine, &t->store))
		return false;
	path = str_fmt(cx->arena, "%.*s/key", STR_ARG(t->store.folder));
	CHECK_OK(db_open(cx, t->store.url, DB_WRITE, &t->db));
	CHECK_OK(sample_create(cx, t->db, t->log, sm3));
	CHECK(signer_read(cx, path, &t->signer) == ERR_NOT_FOUND);
	CHECK_OK(signer_load(cx, path, &t->signer));
	CHECK(stat(path.p, &st) == 0 && (st.st_mode & 0777) == 0600);
	CHECK_OK(verifier_parse(cx,
	    signer_vkey(cx->arena, &t->signer, log_origin(cx->arena, t->log, sm3)),
	    &t->key));
	return true;
}

static void
checkpoints_are_consistent(struct cx *cx, struct log_under_test *t)
{
	const struct str file = str_fmt(cx->arena, "%.*s/out", STR_ARG(t->store.folder));
	struct checkpoint first, again, second;
	struct checkpoints all = { 0 };
	struct digest root;
	struct str text;

	CHECK(record_checkpoint(cx, t->db, t->log, &t->signer, &first) == ERR_NOT_FOUND);
	CHECK_OK(sample_append(cx, t->db, t->log, 300));
	CHECK_OK(record_checkpoint(cx, t->db, t->log, &t->signer, &first));
	CHECK_OK(record_checkpoint(cx, t->db, t->log, &t->signer, &again));
	CHECK_STR(again.note, first.note);
	CHECK(checkpoint_is_signed(&first, &t->key));
	CHECK_OK(sample_append(cx, t->db, t->log, 300));
	CHECK_OK(record_checkpoint(cx, t->db, t->log, &t->signer, &second));
	CHECK(first.size == 300 && second.size == 600);
	CHECK_OK(record_root(cx, t->db, t->log, 300, &root));
	CHECK(digest_eq(&root, &first.root));
	for (int i = 0; i < 2; i++)
		CHECK_OK(checkpoint_append(cx, file, &first));
	CHECK_OK(checkpoint_append(cx, file, &second));
	CHECK_OK(file_read(cx, file, 1 << 20, &text));
	CHECK_OK(checkpoints_parse(cx, text, &all));
	CHECK(all.n == 2 && all.v[1].size == 600 &&
	      checkpoint_is_signed(&all.v[1], &t->key));
}

static void
proofs_hold(struct cx *cx, struct log_under_test *t)
{
	static const int64_t seqs[] = { 1, 2, 3, 256, 257, 300, 512, 513, 600 };
	struct proven p;
	struct str proof;

	for (size_t i = 0; i < sizeof seqs / sizeof *seqs; i++) {
		CHECK_OK(record_prove(cx, t->db, t->log, seqs[i], &proof));
		CHECK_OK(proof_check(cx, proof, &t->key, &p));
		CHECK(p.seq == seqs[i] && p.checkpoint.size == 600);
	}
	CHECK(record_prove(cx, t->db, t->log, 601, &proof) == ERR_NOT_FOUND);
	CHECK(record_prove(cx, t->db, t->log, 0, &proof) == ERR_NOT_FOUND);
}

/* Any byte of a proof changed, and it proves nothing. */
static void
proofs_break(struct cx *cx, struct log_under_test *t)
{
	struct str proof;
	struct proven p;
	char *bytes;

	CHECK_OK(record_prove(cx, t->db, t->log, 300, &proof));
	bytes = str_cz(cx->arena, proof);
	for (size_t i = 0; i < proof.n; i++) {
		struct arena scratch AUTO(arena_free) = { 0 };
		struct cx own = { .arena = &scratch };

		bytes[i] ^= 1;
		if (proof_check(&own, (struct str){ bytes, proof.n }, &t->key, &p) !=
		    ERR_INPUT)
			test_fail_str(__FILE__, __LINE__, "a changed proof holds",
			    (struct str){ bytes, proof.n }, S(""));
		bytes[i] ^= 1;
	}
	CHECK(proof_check(cx,
		  str_replace(cx->arena, proof, S("index 299\n"),
		      S("index 9223372036854775807\n")),
		  &t->key, &p) == ERR_INPUT);
	for (size_t n = 0; n < proof.n; n += 17)
		CHECK(proof_check(cx, str_sub(proof, 0, n), &t->key, &p) == ERR_INPUT);
}

TEST(checkpoint_and_proofs)
{
	for (int turn = 0; turn < 3; turn++) {
		struct log_under_test t = { 0 };

		if (begin(cx, turn == 2, turn != 1, &t)) {
			checkpoints_are_consistent(cx, &t);
			proofs_hold(cx, &t);
			if (turn == 0)
				proofs_break(cx, &t);
			db_close(t.db);
		}
		test_store_drop(&t.store);
	}
}

/* Whoever starts on an older backup, or on another log of the same name, is told so. */
TEST(checkpoint_guard_refuses_a_log_behind_or_different)
{
	struct log_under_test t = { 0 }, old = { 0 };
	struct checkpoint c;
	struct str file;

	CHECK(begin(cx, 0, true, &t));
	file = str_fmt(cx->arena, "%.*s/outside", STR_ARG(t.store.folder));
	CHECK_OK(sample_append(cx, t.db, t.log, 20));
	CHECK_OK(checkpoint_guard(cx, t.db, t.log, file)); /* no file yet */
	CHECK_OK(record_checkpoint(cx, t.db, t.log, &t.signer, &c));
	CHECK_OK(checkpoint_append(cx, file, &c));
	CHECK_OK(sample_append(cx, t.db, t.log, 20));
	CHECK_OK(checkpoint_guard(cx, t.db, t.log, file));
	CHECK(begin(cx, 0, true, &old));
	CHECK_OK(sample_append(cx, old.db, old.log, 10));
	CHECK(checkpoint_guard(cx, old.db, old.log, file) == ERR_REFUSED);
	CHECK(str_has(cx->why, S("落后于存证点，不予启动")));
	CHECK_OK(sample_append(cx, old.db, old.log, 10));
	CHECK_OK(db_exec(cx, old.db,
	    S("DROP TRIGGER event_fixed; UPDATE event SET digest = zeroblob(32) WHERE "
	      "seq = 3")));
	CHECK(checkpoint_guard(cx, old.db, old.log, file) == ERR_REFUSED);
	CHECK(str_has(cx->why, S("不一致")));
	db_close(old.db);
	db_close(t.db);
	test_store_drop(&old.store);
	test_store_drop(&t.store);
}
