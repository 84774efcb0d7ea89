/*
 * Numbers at the start of a line: 一、 (一) 1. (1) ① and what is left of them when a
 * bracket or the numeral itself was lost. Works on folded text (intake/text.h).
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/str.h"

enum number_kind {
	NUMBER_NONE,
	NUMBER_PART,        /* 第一章, 第一部分 */
	NUMBER_HAN,         /* 一、 */
	NUMBER_NAMED,       /* 问题一: */
	NUMBER_HAN_BRACKET, /* (一) */
	NUMBER_DOT,         /* 1. 1、 */
	NUMBER_BRACKET,     /* (1) 1) */
	NUMBER_CIRCLED,     /* ① */
	NUMBER_SPOKEN,      /* 一是 */
	NUMBER_KIND_COUNT_,
};

struct number {
	enum number_kind kind;
	int value;       /* 0 when the numeral is lost */
	size_t n;        /* bytes, with the mark behind it */
	bool no_open;    /* "三)" without its opening bracket */
	bool no_numeral; /* "()" or ")" */
};

/* The length of `word` where it stands at i, else 0. Lists of words are tried at every
 * place of a text, so this is not a call. */
static inline size_t
word_at(struct str s, size_t i, const char *word)
{
	size_t k = 0;

	while (word[k] && i + k < s.n && s.p[i + k] == word[k])
		k++;
	return word[k] ? 0 : k;
}

/* Whether one of the words stands in s; the list ends with NULL. */
static inline bool
has_word(struct str s, const char *const *list)
{
	for (size_t i = 0; i < s.n; i++) {
		/* Not in the middle of a character. */
		if (((unsigned char)s.p[i] & 0xc0) == 0x80)
			continue;
		for (const char *const *w = list; *w; w++)
			if (word_at(s, i, *w))
				return true;
	}
	return false;
}

/* Whether `what` stands at *i, which moves behind it. */
static inline bool
take(struct str s, size_t *i, const char *what)
{
	const size_t n = word_at(s, *i, what);

	*i += n;
	return n > 0;
}

struct number number_at(struct str f);
