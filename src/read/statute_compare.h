/*
 * Two editions of a statute side by side. An article is matched with the one it became:
 * the same text first, wherever it stands now; then, among what is left, the likest, with
 * a preference for the same number; what is not like anything was added or dropped.
 */
#pragma once

#include "read/statute.h"

enum article_change {
	ARTICLE_SAME,
	ARTICLE_CHANGED,       /* the number stayed, the text did not */
	ARTICLE_MOVED,         /* the text stayed, the number did not */
	ARTICLE_MOVED_CHANGED, /* neither stayed */
	ARTICLE_ADDED,
	ARTICLE_GONE,
};

struct article_pair {
	enum article_change change;
	const struct article *before, *after; /* NULL where there is none */
};
struct article_pairs {
	struct article_pair *v; /* in the order of `after`; what is gone stands behind
				 * the article that it followed */
	size_t n, cap;
	size_t count[ARTICLE_GONE + 1];
};

void articles_compare(struct cx *cx, const struct articles *before,
    const struct articles *after, struct article_pairs *out);
