/*
 * What a person types into the box: words parted by blanks, all of them wanted. "…", “…”,
 * ‘…’, 「…」 and 『…』 keep a phrase together, 《…》 asks for a title, a - before a word
 * leaves out what holds it, 第54条 asks for the article of that number. There are no
 * operators: AND, NEAR or * are words like others.
 */
#pragma once

#include "lang/cut.h"

enum { SEARCH_QUERY_MAX = 100, SEARCH_WORDS_MAX = 12 }; /* characters; words */

struct search_word {
	struct str written; /* a view of what was typed */
	struct cut cut;
	bool is_title, is_excluded;
};

struct search_query {
	struct search_word *v;
	size_t n, cap;
	size_t wanted;   /* of them not excluded */
	int64_t article; /* 0: not asked */
	bool is_cut;     /* longer than is read, or of more words */
};

/* Any bytes; lives in the arena and looks into `typed`. */
struct search_query search_query_parse(struct arena *a, struct str typed);
