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

/* The example of GB/T 32918.5, A.2. */
TEST(sm2_published_example)
{
	static const struct str message = S("message digest");
	struct str secret, key, sig;
	unsigned char public[SM2_KEY_SIZE], signature[SIGNATURE_SIZE];

	CHECK(hex_parse(cx->arena,
	    S("3945208f7b2144b13f36e38ac6d39f95889393692860b51a42fb81ef4df7c5b8"),
	    &secret));
	CHECK(hex_parse(cx->arena,
	    S("0409f9df311e5421a150dd7d161e4bc5c672179fad1833fc076bb08ff356f35020"
	      "ccea490ce26775a52dc6ea718cc1aa600aed05fbf35e084a6632f6072da9ad13"),
	    &key));
	CHECK(hex_parse(cx->arena,
	    S("f5a03b0648d2c4630eeac513e1bb81a15944da3827d5b74143ac7eaceee720b3"
	      "b1b6aa29df212fd8763182bc0d421ca1bb9038fd1f7f42d4840b69c485bbc1aa"),
	    &sig));
	CHECK(sm2_public((const unsigned char *)secret.p, public));
	CHECK(memcmp(public, key.p, SM2_KEY_SIZE) == 0);
	CHECK(sm2_verify(public, message, sig));
	CHECK(!sm2_verify(public, S("message digesT"), sig));
	CHECK(!sm2_verify(public, message, str_sub(sig, 0, 63)));
	sm2_sign((const unsigned char *)secret.p, message, signature);
	sig = (struct str){ (char *)signature, sizeof signature };
	CHECK(sm2_verify(public, message, sig));
	signature[40] ^= 1;
	CHECK(!sm2_verify(public, message, sig));
	public[20] ^= 1; /* no point of the curve */
	CHECK(!sm2_verify(public, message, sig));
	memset(signature, 0, KEY_SIZE);
	CHECK(!sm2_public(signature, public));
	memset(signature, 255, KEY_SIZE);
	CHECK(!sm2_public(signature, public));
}

static bool
signs(struct cx *cx, struct str note, struct str keys)
{
	struct verifier v;
	struct checkpoint c;

	CHECK_OK(verifier_parse(cx, keys, &v));
	CHECK_OK(checkpoint_parse(cx, note, &c));
	return checkpoint_is_signed(&c, &v);
}

/* Line n of a note, with its end; 4 and 5 are the signatures. */
static struct str
line_of(struct str note, int n)
{
	struct str line = S("");

	while (n-- >= 0 && str_split(&note, S("\n"), &line))
		;
	return str_sub((struct str){ line.p, line.n + 1 }, 0, line.n + 1);
}

/* Keys are bytes, whatever bytes they hold. */
TEST(verifier_of_any_key)
{
	for (int i = 0; i < 50; i++) {
		const struct signer signer = { { (unsigned char)i } };
		struct verifier v;

		CHECK_OK(
		    verifier_parse(cx, signer_vkey(cx->arena, &signer, S("a/sm3")), &v));
		CHECK(v.has_ed25519 && v.has_sm2);
	}
}

TEST(checkpoint_signed_twice)
{
	const struct signer signer = { { 1, 2, 3 } }, other = { { 9 } };
	const struct str origin = S("990101/demo/sm3");
	const struct digest root = { { 7 } };
	const struct str note = checkpoint_sign(cx->arena, &signer, origin, 5, &root);
	const struct str theirs = checkpoint_sign(cx->arena, &other, origin, 5, &root);
	struct str both = signer_vkey(cx->arena, &signer, origin), rest = both, ed, sm2;
	struct str head = str_sub(note, 0, str_find(note, S("\n\n"), 0) + 2), hurt;
	struct verifier v;
	char *wrong;

	CHECK(str_split(&rest, S("\n"), &ed));
	sm2 = rest;
	CHECK(signs(cx, note, both) && signs(cx, note, ed) && signs(cx, note, sm2));
	CHECK(
	    signs(cx, note, str_fmt(cx->arena, "%.*s %.*s", STR_ARG(sm2), STR_ARG(ed))));
	CHECK(!signs(cx, theirs, both));
	/* As it was before there was SM2, and signed by strangers besides. */
	hurt = str_fmt(cx->arena, "%.*s%.*s", STR_ARG(head), STR_ARG(line_of(note, 4)));
	CHECK(signs(cx, hurt, both) && signs(cx, hurt, ed) && !signs(cx, hurt, sm2));
	hurt = str_fmt(cx->arena, "%.*s%.*s%.*s", STR_ARG(note),
	    STR_ARG(line_of(theirs, 4)), STR_ARG(line_of(theirs, 5)));
	CHECK(signs(cx, hurt, both));
	/* A line of one of the keys that does not hold. */
	CHECK(!signs(cx, str_fmt(cx->arena, "%.*sno signature\n", STR_ARG(note)), both));
	wrong = str_cz(cx->arena, note);
	wrong[note.n - 8] = wrong[note.n - 8] == 'A' ? 'B' : 'A';
	hurt = (struct str){ wrong, note.n };
	CHECK(!signs(cx, hurt, both) && !signs(cx, hurt, sm2) && signs(cx, hurt, ed));
	/* A log of SHA-256 is plain C2SP: one line. */
	CHECK(!line_of(checkpoint_sign(cx->arena, &signer, S("a"), 5, &root), 5).n ||
	      str_find(signer_vkey(cx->arena, &signer, S("a")), S("\n"), 0) == SIZE_MAX);
	CHECK(
	    verifier_parse(cx, str_fmt(cx->arena, "%.*s %.*s", STR_ARG(ed), STR_ARG(ed)),
		&v) == ERR_INPUT);
	CHECK(verifier_parse(cx,
		  str_fmt(cx->arena, "%.*s %.*s", STR_ARG(ed),
		      STR_ARG(signer_vkey(cx->arena, &signer, S("a")))),
		  &v) == ERR_INPUT);
	CHECK(verifier_parse(cx, S(" "), &v) == ERR_INPUT);
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

/* Any byte of a proof changed, and it proves nothing. It is one of before SM2: of two
 * signatures, one whose name or id was changed is a stranger's and is passed over. */
static void
proofs_break(struct cx *cx, struct log_under_test *t)
{
	struct str proof;
	struct proven p;
	char *bytes;

	CHECK_OK(record_prove(cx, t->db, t->log, 300, &proof));
	proof = str_sub(proof, 0, str_rfind(str_sub(proof, 0, proof.n - 1), S("\n")) + 1);
	CHECK_OK(proof_check(cx, proof, &t->key, &p));
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
