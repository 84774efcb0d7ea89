/*
 * What changed between two Chinese texts, in pieces a reader can follow: characters are
 * compared, numbers and Latin words as wholes, and a single character that happens to be
 * the same between two changes counts as changed with them.
 */
#pragma once

#include "base/arena.h"
#include "base/list.h"
#include "base/str.h"

enum diff_kind { DIFF_SAME, DIFF_GONE, DIFF_NEW };

struct diff_piece {
	enum diff_kind kind;
	struct str text; /* a view into one of the two */
};
struct diff {
	struct diff_piece *v;
	size_t n, cap;
};

/* The pieces of DIFF_SAME and DIFF_GONE make up `before`, those of DIFF_SAME and DIFF_NEW
 * `after` (of what is the same, the view is into `after`). Texts of more than a few
 * thousand characters that differ in their middle are given as replaced whole. */
void diff_texts(struct arena *a, struct str before, struct str after, struct diff *out);

/* 0..100: how many pairs of neighbouring characters two texts share, widths and blanks
 * apart. Two empty texts are alike. */
int text_likeness(struct arena *a, struct str x, struct str y);

/* Both texts as text_likeness sees them: equal when only widths and blanks differ. */
struct str text_bare(struct arena *a, struct str s);
