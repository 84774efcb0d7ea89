/*
 * The Merkle tree of RFC 6962 section 2.1 over the events of a log, growing at its right
 * edge, and its proofs. Leaf i is the event i + 1. SHA-256 as in the RFC, or SM3 in its
 * place.
 *
 * Inner nodes whose height is a multiple of 8 are kept: a C2SP tile of level L is 256
 * consecutive nodes of height 8 L.
 */
#pragma once

#include <stdint.h>

#include "base/crypto.h"
#include "base/cx.h"

enum { TREE_HEIGHT_MAX = 62, TILE_HEIGHT = 8 };

/* The right edge: the roots of the perfect subtrees that n leaves fall into. */
struct tree {
	int64_t n;
	struct digest edge[TREE_HEIGHT_MAX + 1]; /* [h] holds when bit h of n is set */
};

/* A node to keep: the root of leaves at * 256^level up to (at + 1) * 256^level. */
struct tree_node {
	int64_t level, at;
	struct digest digest;
};
struct tree_nodes {
	struct tree_node *v;
	size_t n, cap;
};

struct digest tree_leaf(struct hasher *h, struct str bytes);
struct digest tree_join(
    struct hasher *h, const struct digest *left, const struct digest *right);

/* Adds a leaf; nodes that it completes go into `kept` (in `a`) unless that is NULL. */
void tree_add(struct arena *a, struct tree *t, struct hasher *h,
    const struct digest *leaf, struct tree_nodes *kept);
/* Adds a perfect subtree of 2^height leaves; t->n must be a multiple of that. */
void tree_add_subtree(struct arena *a, struct tree *t, struct hasher *h, int height,
    const struct digest *root, struct tree_nodes *kept);
struct digest tree_root(const struct tree *t, struct hasher *h);

/* The root over leaves that are all there, level by level: many digests at a time. */
struct digest tree_root_of(struct arena *a, enum digest_algorithm algorithm,
    const struct digest *leaves, size_t n);

/* The edge as stored: the digests, largest subtree first. */
struct str tree_edge(struct arena *a, const struct tree *t);
bool tree_from_edge(int64_t n, struct str edge, struct tree *out);

/* Where proofs get nodes from: the root of leaves at * 2^height up to (at + 1) *
 * 2^height. */
struct tree_source {
	enum err (*node)(struct cx *cx, struct tree_source *self, int height, int64_t at,
	    struct digest *out);
	struct hasher *hasher;
};

struct digests {
	struct digest *v;
	size_t n, cap;
};

/* Leaf `index` of the tree of the first `size` leaves; nearest sibling first. */
enum err tree_inclusion(struct cx *cx, struct tree_source *src, int64_t index,
    int64_t size, struct digests *out) MUST_USE;
/* That the tree of the first `from` leaves is the beginning of the tree of `to`. */
enum err tree_consistency(struct cx *cx, struct tree_source *src, int64_t from,
    int64_t to, struct digests *out) MUST_USE;

/* Checking takes bytes from anywhere: what is not 32 bytes long is refused. */
bool tree_check_inclusion(enum digest_algorithm algorithm, int64_t index, int64_t size,
    struct str leaf, const struct str *proof, size_t n, struct str root);
bool tree_check_consistency(enum digest_algorithm algorithm, int64_t from, int64_t to,
    struct str from_root, struct str to_root, const struct str *proof, size_t n);
