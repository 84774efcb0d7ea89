/* Inside the reading of statutes: a line's kind, the head's dates, the order of articles.
 */
#pragma once

#include "intake/statute.h"

enum statute_line {
	STATUTE_BODY,
	STATUTE_HEADING,
	STATUTE_ARTICLE,
	STATUTE_ANNEX,    /* 附件, 附表, 修正案: numbers start again */
	STATUTE_PREAMBLE, /* 序言 */
};

struct statute_mark {
	enum statute_line kind;
	int level;             /* of headings: 1 编, 2 分编, 3 章, 4 节 */
	int64_t number;        /* of articles: 第N条 */
	int64_t under;         /* 之M, 0 for none */
	bool glued;            /* no blank between the number and its text */
	struct str head, rest; /* the mark itself, and what stands behind it */
};

/* What a line begins; `line` is trimmed. */
struct statute_mark statute_mark(struct str line);

/* A date written 2021年1月22日 at or behind *i, which moves behind it. */
bool statute_date(struct str s, size_t *i, int64_t *day, size_t *from);

/* Number, issuer and days from the lines of the head and the last articles; `published`
 * and `in_force` are days from elsewhere (metadata, file name) or DAY_NONE. */
void statute_dates(
    struct cx *cx, struct statute_text *t, int64_t published, int64_t in_force);

/* Sorts the articles; flags gaps and whatever stood elsewhere; ERR_INPUT when a number
 * stands twice. */
enum err statute_order(struct cx *cx, struct statute_text *t) MUST_USE;

void statute_flag_put(struct cx *cx, struct statute_text *t, size_t line, const char *fmt,
    ...) __attribute__((format(printf, 4, 5)));
