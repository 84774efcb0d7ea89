/*
 * Words: every Chinese text of the pages, from words.zh.txt. W(save) is a view; an id
 * that is not in the file does not compile. "{}" in a word is a hole for html_say.
 */
#pragma once

#include "base/arena.h"
#include "base/cx.h"
#include "base/str.h"

enum word {
	WORD_NONE,
#define WORD(id, text) WORD_##id,
#include "web/words.h"
#undef WORD
	WORD_COUNT_
};

struct str word(enum word w); /* WORD_NONE gives the empty view */

#define W(id) word(WORD_##id)

/* "共 {} 项" with its holes filled in order, as plain text: for titles and for texts that
 * are escaped later. More or fewer holes than values is a bug. html_say does the same in
 * markup. */
#define word_fill(a, pattern, ...)                                      \
	word_fill_((a), (pattern), (const struct str[]){ __VA_ARGS__ }, \
	    sizeof((const struct str[]){ __VA_ARGS__ }) / sizeof(struct str))
struct str word_fill_(struct arena *a, struct str pattern, const struct str *v, size_t n);

/* A number as it fills a hole, and a word whose one hole is a number. */
struct str word_int(struct arena *a, int64_t n);
struct str word_n(struct arena *a, struct str pattern, int64_t n);

/* fail() with a word for its reason. */
enum err word_fail(struct cx *cx, enum err err, struct str why) MUST_USE;
