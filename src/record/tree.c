/*
 * The growing edge and the proofs of an RFC 6962 tree. Checking follows RFC 9162,
 * sections 2.1.3.2 and 2.1.4.2, which say step by step what RFC 6962 left to the reader.
 */
#include "record/tree.h"

#include <string.h>

#include "base/bug.h"

struct digest
tree_leaf(struct hasher *h, struct str bytes)
{
	hasher_put(h, S("\0"));
	hasher_put(h, bytes);
	return hasher_end(h);
}

enum { JOINED = 1 + 2 * DIGEST_SIZE }; /* what an inner node is the digest of */

static void
pair_put(char bytes[JOINED], const struct digest *left, const struct digest *right)
{
	bytes[0] = 1;
	memcpy(bytes + 1, left->b, DIGEST_SIZE);
	memcpy(bytes + 1 + DIGEST_SIZE, right->b, DIGEST_SIZE);
}

struct digest
tree_join(struct hasher *h, const struct digest *left, const struct digest *right)
{
	char bytes[JOINED];

	pair_put(bytes, left, right);
	hasher_put(h, (struct str){ bytes, sizeof bytes });
	return hasher_end(h);
}

static void
keep(struct arena *a, const struct tree *t, int height, const struct digest *d,
    struct tree_nodes *kept)
{
	if (!kept || !height || height % TILE_HEIGHT)
		return;
	*list_add(
	    a, kept) = (struct tree_node){ height / TILE_HEIGHT, t->n >> height, *d };
}

void
tree_add_subtree(struct arena *a, struct tree *t, struct hasher *h, int height,
    const struct digest *root, struct tree_nodes *kept)
{
	const int64_t leaves = (int64_t)1 << height;
	struct digest d = *root;

	if (height < 0 || height > TREE_HEIGHT_MAX || t->n & (leaves - 1))
		bug("a subtree of height %d does not fit behind %lld leaves", height,
		    (long long)t->n);
	for (;; height++) {
		keep(a, t, height, &d, kept);
		if (!(t->n >> height & 1))
			break;
		d = tree_join(h, &t->edge[height], &d);
	}
	t->edge[height] = d;
	t->n += leaves;
}

void
tree_add(struct arena *a, struct tree *t, struct hasher *h, const struct digest *leaf,
    struct tree_nodes *kept)
{
	tree_add_subtree(a, t, h, 0, leaf, kept);
}

struct digest
tree_root(const struct tree *t, struct hasher *h)
{
	struct digest d = { 0 };
	bool any = false;

	if (!t->n)
		return hasher_end(h); /* the digest of nothing */
	for (int height = 0; height <= TREE_HEIGHT_MAX; height++) {
		if (!(t->n >> height & 1))
			continue;
		d = any ? tree_join(h, &t->edge[height], &d) : t->edge[height];
		any = true;
	}
	return d;
}

/* One level up; a last one without a sibling is its own parent. */
static size_t
level_join(
    struct arena *a, enum digest_algorithm algorithm, struct digest *level, size_t n)
{
	char *bytes = arena_alloc(a, n / 2 * JOINED);
	struct str *texts = arena_array(a, struct str, n / 2);
	struct digest *above = arena_array(a, struct digest, n / 2 + 1);

	for (size_t i = 0; i < n / 2; i++) {
		char *pair = bytes + i * JOINED;

		pair_put(pair, &level[2 * i], &level[2 * i + 1]);
		texts[i] = (struct str){ pair, JOINED };
	}
	digest_many(algorithm, texts, n / 2, above);
	if (n % 2)
		above[n / 2] = level[n - 1];
	n = (n + 1) / 2;
	memcpy(level, above, n * sizeof *level);
	return n;
}

struct digest
tree_root_of(struct arena *a, enum digest_algorithm algorithm,
    const struct digest *leaves, size_t n)
{
	struct digest *level = arena_array(a, struct digest, n);

	if (!n)
		return digest_of(algorithm, S(""));
	memcpy(level, leaves, n * sizeof *leaves);
	while (n > 1)
		n = level_join(a, algorithm, level, n);
	return *level;
}

struct str
tree_edge(struct arena *a, const struct tree *t)
{
	char *p = arena_alloc(a, (TREE_HEIGHT_MAX + 1) * DIGEST_SIZE);
	size_t n = 0;

	for (int height = TREE_HEIGHT_MAX; height >= 0; height--) {
		if (!(t->n >> height & 1))
			continue;
		memcpy(p + n, t->edge[height].b, DIGEST_SIZE);
		n += DIGEST_SIZE;
	}
	return (struct str){ p, n };
}

bool
tree_from_edge(int64_t n, struct str edge, struct tree *out)
{
	struct tree t = { .n = n };
	size_t at = 0;

	if (n < 0 || edge.n != (size_t)__builtin_popcountll((uint64_t)n) * DIGEST_SIZE)
		return false;
	for (int height = TREE_HEIGHT_MAX; height >= 0; height--) {
		if (!(n >> height & 1))
			continue;
		memcpy(t.edge[height].b, edge.p + at, DIGEST_SIZE);
		at += DIGEST_SIZE;
	}
	*out = t;
	return true;
}

/* The largest power of two below n, n > 1. */
static int64_t
split_of(int64_t n)
{
	int64_t k = 1;

	while (k * 2 < n)
		k *= 2;
	return k;
}

/* The root of leaves [from, to); from is a multiple of the size's split, as in every call
 * that begins at a node of the tree. */
static enum err
range_root(
    struct cx *cx, struct tree_source *src, int64_t from, int64_t to, struct digest *out)
{
	const int64_t n = to - from;
	struct digest left, right;
	int64_t k;

	if ((n & (n - 1)) == 0) {
		const int height = __builtin_ctzll((uint64_t)n);

		return src->node(cx, src, height, from >> height, out);
	}
	k = split_of(n);
	TRY(range_root(cx, src, from, from + k, &left));
	TRY(range_root(cx, src, from + k, to, &right));
	*out = tree_join(src->hasher, &left, &right);
	return ERR_OK;
}

static enum err
path(struct cx *cx, struct tree_source *src, int64_t index, int64_t from, int64_t to,
    struct digests *out)
{
	const int64_t n = to - from;
	int64_t k;
	struct digest d;

	if (n == 1)
		return ERR_OK;
	k = from + split_of(n);
	if (index < k) {
		TRY(path(cx, src, index, from, k, out));
		TRY(range_root(cx, src, k, to, &d));
	} else {
		TRY(path(cx, src, index, k, to, out));
		TRY(range_root(cx, src, from, k, &d));
	}
	*list_add(cx->arena, out) = d;
	return ERR_OK;
}

enum err
tree_inclusion(struct cx *cx, struct tree_source *src, int64_t index, int64_t size,
    struct digests *out)
{
	if (index < 0 || index >= size)
		return fail(cx, ERR_INPUT, "第 %lld 号不在前 %lld 号之内",
		    (long long)index + 1, (long long)size);
	return path(cx, src, index, 0, size, out);
}

/* SUBPROOF of RFC 6962 section 2.1.2; `whole` is its b: the verifier has this subtree's
 * root. */
static enum err
subproof(struct cx *cx, struct tree_source *src, int64_t m, int64_t from, int64_t to,
    bool whole, struct digests *out)
{
	struct digest d;
	int64_t k;

	if (m == to) {
		if (whole)
			return ERR_OK;
		TRY(range_root(cx, src, from, to, &d));
		*list_add(cx->arena, out) = d;
		return ERR_OK;
	}
	k = from + split_of(to - from);
	if (m <= k) {
		TRY(subproof(cx, src, m, from, k, whole, out));
		TRY(range_root(cx, src, k, to, &d));
	} else {
		TRY(subproof(cx, src, m, k, to, false, out));
		TRY(range_root(cx, src, from, k, &d));
	}
	*list_add(cx->arena, out) = d;
	return ERR_OK;
}

enum err
tree_consistency(
    struct cx *cx, struct tree_source *src, int64_t from, int64_t to, struct digests *out)
{
	if (from < 1 || from > to)
		return fail(cx, ERR_INPUT, "没有从前 %lld 号到前 %lld 号的一致性证明",
		    (long long)from, (long long)to);
	return subproof(cx, src, from, 0, to, true, out);
}

static bool
read_proof(const struct str *proof, size_t n, size_t i, struct digest *out)
{
	return i < n && digest_from(proof[i], out);
}

bool
tree_check_inclusion(enum digest_algorithm algorithm, int64_t index, int64_t size,
    struct str leaf, const struct str *proof, size_t n, struct str root)
{
	HASHER h = { 0 };
	struct digest r, want, p;
	int64_t fn = index, sn = size - 1;

	if (index < 0 || index >= size || !digest_from(leaf, &r) ||
	    !digest_from(root, &want))
		return false;
	hasher_open(&h, algorithm);
	for (size_t i = 0; i < n; i++) {
		if (sn == 0 || !read_proof(proof, n, i, &p))
			return false;
		if (fn & 1 || fn == sn) {
			r = tree_join(&h, &p, &r);
			for (; !(fn & 1) && fn; fn >>= 1)
				sn >>= 1;
		} else {
			r = tree_join(&h, &r, &p);
		}
		fn >>= 1;
		sn >>= 1;
	}
	return sn == 0 && digest_eq(&r, &want);
}

bool
tree_check_consistency(enum digest_algorithm algorithm, int64_t from, int64_t to,
    struct str from_root, struct str to_root, const struct str *proof, size_t n)
{
	HASHER h = { 0 };
	struct digest first, second, fr, sr, p;
	int64_t fn = from - 1, sn = to - 1;
	size_t i = 0;

	/* From the empty tree everything follows: such a proof says nothing and is
	 * refused. */
	if (from < 1 || from > to)
		return false;
	/* The same tree: its roots are compared as they are and nothing is computed. */
	if (from == to)
		return n == 0 && str_eq(from_root, to_root);
	if (!digest_from(from_root, &first) || !digest_from(to_root, &second))
		return false;
	hasher_open(&h, algorithm);
	if ((from & (from - 1)) == 0)
		fr = first;
	else if (!read_proof(proof, n, i++, &fr))
		return false;
	sr = fr;
	for (; fn & 1; fn >>= 1)
		sn >>= 1;
	for (; i < n; i++) {
		if (sn == 0 || !read_proof(proof, n, i, &p))
			return false;
		if (fn & 1 || fn == sn) {
			fr = tree_join(&h, &p, &fr);
			sr = tree_join(&h, &p, &sr);
			for (; !(fn & 1) && fn; fn >>= 1)
				sn >>= 1;
		} else {
			sr = tree_join(&h, &sr, &p);
		}
		fn >>= 1;
		sn >>= 1;
	}
	return sn == 0 && digest_eq(&fr, &first) && digest_eq(&sr, &second);
}
