/*
 * DOCX in: the text a person sees, a paragraph a line, numbers that Word counts by itself
 * as if they were typed (一、 （一） 1.), tables as merged.h writes them. What was
 * inserted with tracking counts, what was deleted does not.
 *
 * Not taken over, but said: text boxes, pictures, notes, hidden and deleted words, the
 * list of contents.
 */
#pragma once

#include "base/cx.h"
#include "base/list.h"

enum left_kind {
	LEFT_BOX,
	LEFT_PICTURE,
	LEFT_NOTE, /* at the foot or the end */
	LEFT_HIDDEN,
	LEFT_DELETED,
	LEFT_CONTENTS,
	LEFT_SHEET,   /* of a workbook: one without a table of tasks */
	LEFT_COLUMNS, /* of a workbook: cells beyond those read */
	LEFT_KIND_COUNT_,
};

/* What a file holds and its text does not. */
struct left {
	enum left_kind kind;
	size_t line; /* the first place, 1-based in the text */
	size_t count;
	struct str text; /* what stands there, its beginning; may be empty */
};

struct lefts {
	struct left *v;
	size_t n, cap;
};

/* Counts one more of its kind; the first keeps its line and words. */
void left_add(struct cx *cx, struct lefts *all, struct left one);

struct docx {
	struct str text;  /* UTF-8, lines */
	struct str aside; /* of text boxes, headers, footers, notes: lines, for marks of
			     secrecy */
	struct lefts left;
};

/* ERR_INPUT in Chinese: no archive, damage, a password, macros, more than 64 MiB
 * unpacked, more than 50,000 paragraphs. In cx->arena. */
enum err docx_read(struct cx *cx, struct str bytes, struct docx *out) MUST_USE;
