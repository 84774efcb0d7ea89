/* The tree: known roots, the published proof vectors, and proofs of our own checked. */
#include "test.h"

#include <ftw.h>
#include <string.h>

#include "base/encode.h"
#include "record/tree.h"
#include "shared.h"

/* Reads what the vectors need of JSON: a field's number, text, or list of texts. */
static struct str
field(struct str json, const char *name)
{
	size_t at = str_find(json, str_z(name), 0);

	at = at == SIZE_MAX ? json.n : str_find(json, S(":"), at) + 1;
	return str_trim(str_sub(json, at, json.n));
}

static struct str
quoted(struct str s)
{
	const size_t end = str_find(s, S("\""), 1);

	return str_starts(s, S("\"")) && end != SIZE_MAX ? str_sub(s, 1, end) : S("");
}

static int64_t
number(struct str s)
{
	uint64_t v = 0;

	/* One vector wraps an index below zero; as a signed number it is what was meant.
	 */
	for (size_t i = 0; i < s.n && s.p[i] >= '0' && s.p[i] <= '9'; i++)
		v = v * 10 + (uint64_t)(s.p[i] - '0');
	return (int64_t)v;
}

static struct str
bytes(struct cx *cx, struct str text)
{
	struct str out = S("");

	CHECK(base64_parse(cx->arena, text, &out));
	return out;
}

static size_t
proof_of(struct cx *cx, struct str json, struct str *proof, size_t most)
{
	struct str rest = field(json, "\"proof\""), item;
	size_t n = 0;

	if (!str_starts(rest, S("[")))
		return 0;
	rest = str_sub(rest, 1, str_find(rest, S("]"), 0));
	if (!str_trim(rest).n)
		return 0;
	while (n < most && str_split(&rest, S(","), &item))
		proof[n++] = bytes(cx, quoted(str_trim(item)));
	return n;
}

static struct cx *vector_cx;
static int vectors_seen;

static int
vector(const char *path, const struct stat *st, int type, struct FTW *where)
{
	struct cx *cx = vector_cx;
	const struct str name = str_z(path);
	struct str json, proof[80];
	bool good, wanted;
	size_t n;

	(void)st;
	(void)where;
	if (type != FTW_F || !str_ends(name, S(".json")) ||
	    !shared_read(cx, path + strlen(shared_folder()) + 1, &json))
		return 0;
	n = proof_of(cx, json, proof, 80);
	wanted = str_starts(field(json, "\"wantErr\""), S("false"));
	if (str_has(name, S("/inclusion/")))
		good = tree_check_inclusion(DIGEST_SHA256,
		    number(field(json, "\"leafIdx\"")),
		    number(field(json, "\"treeSize\"")),
		    bytes(cx, quoted(field(json, "\"leafHash\""))), proof, n,
		    bytes(cx, quoted(field(json, "\"root\""))));
	else
		good = tree_check_consistency(DIGEST_SHA256,
		    number(field(json, "\"size1\"")), number(field(json, "\"size2\"")),
		    bytes(cx, quoted(field(json, "\"root1\""))),
		    bytes(cx, quoted(field(json, "\"root2\""))), proof, n);
	if (good != wanted)
		test_fail_str(
		    path, 1, wanted ? "accepted" : "refused", S("the other"), S(""));
	vectors_seen++;
	return 0;
}

TEST(tree_vectors)
{
	const struct str folder = str_fmt(
	    cx->arena, "%s/merkle/vectors", shared_folder());
	struct str present;

	if (!shared_read(cx, "merkle/vectors/consistency/1/happy-path.json", &present))
		return;
	vector_cx = cx;
	vectors_seen = 0;
	nftw(folder.p, vector, 16, FTW_PHYS);
	CHECK(vectors_seen == 196);
}

/* A source that knows every leaf. */
struct leaves {
	struct tree_source source;
	struct digest *v;
};

static enum err
leaves_node(
    struct cx *cx, struct tree_source *self, int height, int64_t at, struct digest *out)
{
	const struct leaves *all = (const struct leaves *)self;
	struct tree t = { 0 };

	for (int64_t i = at << height; i < (at + 1) << height; i++)
		tree_add(cx->arena, &t, self->hasher, &all->v[i], NULL);
	*out = tree_root(&t, self->hasher);
	return ERR_OK;
}

enum { LEAVES = 70 };

static struct str
root_of(struct cx *cx, struct leaves *all, int64_t n)
{
	struct tree t = { 0 };
	struct digest d;

	for (int64_t i = 0; i < n; i++)
		tree_add(cx->arena, &t, all->source.hasher, &all->v[i], NULL);
	d = tree_root(&t, all->source.hasher);
	return str_copy(cx->arena, digest_str(&d));
}

static void
views(const struct digests *d, struct str *out)
{
	for (size_t i = 0; i < d->n; i++)
		out[i] = digest_str(&d->v[i]);
}

/* Every proof of every tree up to LEAVES is accepted, and refused when one bit differs.
 */
static void
all_proofs(struct cx *cx, struct leaves *all, struct str *roots, int64_t size)
{
	struct str proof[64];

	for (int64_t i = 0; i < size; i++) {
		struct digests in = { 0 }, con = { 0 };

		CHECK_OK(tree_inclusion(cx, &all->source, i, size, &in));
		views(&in, proof);
		CHECK(tree_check_inclusion(DIGEST_SM3, i, size, digest_str(&all->v[i]),
		    proof, in.n, roots[size]));
		CHECK(!tree_check_inclusion(DIGEST_SM3, i, size,
		    digest_str(&all->v[i + 1]), proof, in.n, roots[size]));
		CHECK_OK(tree_consistency(cx, &all->source, i + 1, size, &con));
		views(&con, proof);
		CHECK(tree_check_consistency(
		    DIGEST_SM3, i + 1, size, roots[i + 1], roots[size], proof, con.n));
		if (!con.n)
			continue;
		con.v[con.n - 1].b[7] ^= 1;
		CHECK(!tree_check_consistency(
		    DIGEST_SM3, i + 1, size, roots[i + 1], roots[size], proof, con.n));
	}
}

TEST(tree_proofs_of_our_own)
{
	HASHER h = { 0 };
	struct digest leaves[LEAVES + 1];
	struct leaves all = { { leaves_node, &h }, leaves };
	struct str roots[LEAVES + 1];

	hasher_open(&h, DIGEST_SM3);
	for (int i = 0; i <= LEAVES; i++) {
		hasher_put(&h, str_fmt(cx->arena, "leaf %d", i));
		leaves[i] = hasher_end(&h);
	}
	for (int64_t n = 0; n <= LEAVES; n++)
		roots[n] = root_of(cx, &all, n);
	for (int64_t n = 1; n <= LEAVES; n += n < 20 ? 1 : 7)
		all_proofs(cx, &all, roots, n);
}

/* RFC 6962's empty tree, and the eight leaves that its reference implementation tests
 * with. */
TEST(tree_known_roots)
{
	static const struct str leaves[] = { S(""), S("00"), S("10"), S("2021"),
		S("3031"), S("40414243"), S("5051525354555657"),
		S("606162636465666768696a6b6c6d6e6f") };
	HASHER h = { 0 };
	struct tree t = { 0 }, again;
	struct digest d;

	hasher_open(&h, DIGEST_SHA256);
	d = tree_root(&t, &h);
	CHECK_STR(digest_hex(cx->arena, &d),
	    S("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"));
	for (size_t i = 0; i < sizeof leaves / sizeof *leaves; i++) {
		struct str leaf;

		CHECK(hex_parse(cx->arena, leaves[i], &leaf));
		d = tree_leaf(&h, leaf);
		tree_add(cx->arena, &t, &h, &d, NULL);
		CHECK(tree_from_edge(t.n, tree_edge(cx->arena, &t), &again));
	}
	d = tree_root(&again, &h);
	CHECK_STR(digest_hex(cx->arena, &d),
	    S("5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328"));
}

TEST(tree_keeps_tiles)
{
	HASHER h = { 0 };
	struct tree t = { 0 }, tile = { 0 };
	struct tree_nodes kept = { 0 };
	struct digest leaf = { 0 }, d;

	hasher_open(&h, DIGEST_SM3);
	for (int i = 0; i < 65536; i++) {
		leaf.b[0] = (unsigned char)i;
		leaf.b[1] = (unsigned char)(i >> 8);
		tree_add(cx->arena, &t, &h, &leaf, &kept);
		if (i >= 512 && i < 768)
			tree_add(cx->arena, &tile, &h, &leaf, NULL);
	}
	CHECK(kept.n == 257);
	CHECK(kept.v[2].level == 1 && kept.v[2].at == 2);
	CHECK(kept.v[256].level == 2 && kept.v[256].at == 0);
	d = tree_root(&tile, &h);
	CHECK(digest_eq(&d, &kept.v[2].digest));
	d = tree_root(&t, &h);
	CHECK(digest_eq(&d, &kept.v[256].digest));
}

/* Leaf by leaf and level by level are the same tree, whatever its size. */
TEST(tree_root_of_leaves)
{
	static struct digest leaves[300];
	HASHER h = { 0 };
	struct tree t = { 0 };
	struct digest grown, whole;

	hasher_open(&h, DIGEST_SM3);
	for (size_t n = 0; n <= 300; n++) {
		grown = tree_root(&t, &h);
		whole = tree_root_of(cx->arena, DIGEST_SM3, leaves, n);
		CHECK(digest_eq(&grown, &whole));
		if (n == 300)
			break;
		leaves[n] = whole;
		tree_add(cx->arena, &t, &h, &leaves[n], NULL);
	}
}
