/*
 * Words: every Chinese text of the pages, from words.zh.txt. W(save) is a view; an id
 * that is not in the file does not compile. "{}" in a word is a hole for html_say.
 */
#pragma once

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
