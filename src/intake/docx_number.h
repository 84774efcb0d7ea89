/*
 * The numbers that Word counts by itself (ECMA-376 part 1, 17.9): styles and lists say
 * how, paragraphs in their order say how far. Inside intake/docx*.c.
 */
#pragma once

#include "base/cx.h"
#include "base/list.h"
#include "base/map.h"
#include "lang/xml.h"

enum { LIST_LEVELS = 9 };

struct list_level {
	struct str format;      /* numFmt: decimal, chineseCounting, bullet … */
	struct str pattern;     /* lvlText: 第%1章, （%2） */
	struct str style;       /* paragraphs of this style stand on this level */
	int64_t start, restart; /* restart: -1 = behind any level above */
	bool decimal;           /* all numbers of the pattern in digits */
	bool blank;             /* what follows is parted by a blank or a tab */
};

struct list_kind {                       /* abstractNum */
	struct str id, link, style_link; /* of styles that stand between */
	struct list_level levels[LIST_LEVELS];
	int64_t count[LIST_LEVELS];
	bool counted[LIST_LEVELS];
};

struct list_one { /* num */
	struct list_kind *kind;
	int64_t start[LIST_LEVELS];                /* -1: the kind's */
	const struct list_level *own[LIST_LEVELS]; /* NULL: the kind's */
	bool started[LIST_LEVELS];
};

struct word_style {
	struct str name, above; /* basedOn */
	struct str num;         /* empty: says nothing */
	int64_t level;          /* -1: says nothing */
};

struct numbering {
	struct map kinds, lists, styles; /* by id */
	struct word_style *plain;        /* of paragraphs that name none; NULL */
};

/* A paragraph as its properties have it. */
struct numbered {
	struct str style, num; /* empty: it names none */
	int64_t level;         /* -1: it names none */
};

/* Either part may be empty. ERR_INPUT where one is no XML or too large. */
enum err numbering_read(struct cx *cx, struct str numbering_xml, struct str styles_xml,
    struct numbering *out) MUST_USE;

/* The number in front of this paragraph, with its mark; counts on. Empty: none. */
struct str numbering_next(
    struct cx *cx, struct numbering *n, const struct numbered *paragraph);

/* Whatever prefix stands for the namespace; "" when absent. */
struct str word_attribute(const struct xml_attribute *v, size_t n, struct str name);

/* A line of the list of contents. */
bool numbering_is_contents(const struct numbering *n, struct str style);
