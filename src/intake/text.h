/*
 * Text: bytes of a file to lines. The only place that knows encodings and kinds of files.
 *
 * A line is kept twice: `s` as printed (after noise.c) and `f` folded, the same
 * characters with the wide forms of ASCII narrowed (，（）：；０ to ,():;0), 〔〕［］ as
 * [], every blank as one space. All recognition looks at `f`; whatever is handed on is
 * cut out of `s` by line_cut(), so that a value is always as printed.
 *
 * Every byte of `f` carries what it was taken for. A byte is taken once; what nothing
 * took, or two took, is the remainder of the plan (plan.h).
 */
#pragma once

#include <stddef.h>
#include <stdint.h>

#include "base/cx.h"
#include "base/str.h"
#include "intake/number.h"

struct known;

enum claim {
	CLAIM_NONE,
	CLAIM_TASK,
	CLAIM_HEADING,
	CLAIM_DAMAGE,
	CLAIM_OTHER, /* and upward: CLAIM_OTHER + enum other_kind */
};

/* What is neither task nor heading. The names are in docs/plans.md. */
enum other_kind {
	OTHER_CHROME,       /* of the web site: navigation, buttons, link lists */
	OTHER_META,         /* 索引号, 发文字号, 来源, 时间 */
	OTHER_TITLE,        /* the title, however often */
	OTHER_NOTICE,       /* the notice that covers the plan, its addressees */
	OTHER_BODY,         /* prose outside tasks */
	OTHER_HEADING,      /* headings without a task below them */
	OTHER_MEASURE,      /* text of a measure, see plan_measure.text */
	OTHER_COLUMN_HEADS, /* of the table */
	OTHER_FOOTER,       /* signature, date, 印发, what stands behind them */
	OTHER_KIND_COUNT_,
};

struct line {
	size_t no;         /* 1-based in the file */
	size_t last;       /* the last one, where wrapped lines were joined; 0 = no */
	size_t tabs;       /* in front, trimmed */
	int column;        /* of a cell (grid.h), 1-based; CELL_SOMEWHERE; 0 = no cell */
	bool row;          /* the first cell of its row */
	bool orphan;       /* an item that names nobody (orphan.h) */
	bool final;        /* nothing stands behind it */
	struct str s;      /* as printed, trimmed */
	struct str f;      /* folded */
	struct number num; /* at its start; only of the lines of a text */
	uint32_t *at;      /* offset in s of each byte of f, and of its end */
	uint8_t *taken;    /* enum claim of each byte of f */
	uint8_t *twice;    /* NULL unless something was taken twice */
};

enum { CELL_SOMEWHERE = 99 }; /* a cell whose column its row does not tell */

struct text {
	struct line *v; /* lines that are not blank */
	size_t n;
	size_t chars; /* of the file as decoded, without blanks */
	size_t noise; /* of these, removed as noise */
	const struct known
	    *known; /* names its lines print; NULL until it was collected */
};

/* More is no plan; the passes below may look at a line or at all headings more than once.
 */
enum { TEXT_LINES_MAX = 50000, TEXT_LINE_BYTES_MAX = 60000 };

/* The bytes of a file of at most `max` bytes; a larger one is refused unread. */
enum err text_load(struct cx *cx, const char *path, size_t max, struct str *out) MUST_USE;

/* To UTF-8. Refuses what is not text by its first bytes, with an advice how to save it.
 */
enum err text_decode(struct cx *cx, struct str bytes, struct str *out) MUST_USE;

/* Lines of UTF-8 text, before cleaning: s and no only; blank ones too. */
enum err text_split(struct cx *cx, struct str utf8, struct text *out) MUST_USE;

/* Drops blank lines, folds the others, counts; s may have been replaced since the split.
 */
void text_fold(struct cx *cx, struct text *t);

struct str line_cut(const struct line *l, size_t from, size_t to); /* offsets in f */
void line_take(struct cx *cx, struct line *l, size_t from, size_t to, enum claim what);
void line_take_all(struct cx *cx, struct line *l, enum claim what); /* what is free yet */
bool line_free(const struct line *l);                               /* nothing taken */
size_t text_remainder(const struct text *t);

size_t chars_without_blanks(struct str s);
struct str text_without_blanks(struct arena *a, struct str s);
struct str text_trim(struct str s);                   /* of all that folds to a blank */
struct line line_make(struct arena *a, struct str s); /* of a text alone */
