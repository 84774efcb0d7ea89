/*
 * Cutting text for the search: into characters of one spelling (NFKC, case folded,
 * simplified), and these into tokens that both engines match alike. Text in Chinese has
 * no blanks, so every character and every two neighbours are tokens; what is written in
 * letters or digits is one token a word.
 *
 * Tokens hold letters, digits and characters from U+0080 on, never a blank, quote or
 * operator. Those that begin with a private sign mark titles, kinds and the like: no
 * text can hold them.
 */
#pragma once

#include "base/buf.h"
#include "base/str.h"

/* Changes with every change of what a text is cut into: an index of another is made anew.
 */
enum { CUT_VERSION = 3 };

struct cut {
	uint32_t *c;  /* characters; 0 stands for all that parts words */
	uint32_t *at; /* where in the text each began; at[n] its end */
	size_t n;
};

/* Text is UTF-8; lives in the arena. No 0 begins or ends it, none follows another. */
struct cut cut_text(struct arena *a, struct str text);

/* Of a script written without blanks. */
bool cut_is_han(uint32_t c);

/* Every token of the text behind `mark`, each followed by a blank. */
void cut_tokens(struct buf *out, struct str mark, const struct cut *text);
/* The tokens that a text must have to hold this word: less than all, enough to choose. */
void cut_word(struct buf *out, const struct cut *word);

/* Where the word stands in the text from `from` on, as an index into c; SIZE_MAX when it
 * does not. A word of letters or digits stands for itself, never within another. */
size_t cut_find(const struct cut *text, const struct cut *word, size_t from);

/* 第五十四条, 第54条: the number, and how many characters it takes from `from`; else 0.
 */
int64_t cut_article(const struct cut *text, size_t from, size_t *taken);
