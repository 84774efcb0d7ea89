/*
 * Statute text: the file of a law, regulation or rule to title, dates, headings and
 * articles. Three forms are read, as they are passed around: lines that begin 第N条,
 * lines that begin **第N条** and a wide blank, either with a head of metadata between
 * --- lines or a bare head that <!-- INFO END --> closes.
 *
 * Nothing is repaired in silence: what looks broken, and every date that was concluded
 * and not read, is a flag with its line.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/cx.h"
#include "lang/value.h"

enum { STATUTE_BYTES_MAX = 4 * 1024 * 1024 };

struct statute_article {
	struct str key; /* "54"; "54-1" 第五十四条之一; "修正案-36"; "序言"; "附件一" */
	struct str label; /* 第五十四条 */
	struct str part;  /* the headings above it, outermost first, between " / " */
	struct str text;  /* its paragraphs, a line each, without the number */
	size_t line;      /* 1-based, in the file */
};

struct statute_note {
	size_t line; /* 0: the whole file */
	struct str text;
};

struct statute_text {
	struct str title;                      /* 中华人民共和国行政处罚法 */
	struct str name;                       /* 行政处罚法: as it is cited */
	struct str number, issuer;             /* may be empty */
	int64_t passed, promulgated, in_force; /* days; DAY_NONE when not known */
	bool assumed; /* in_force is concluded, not printed: a flag says how */
	LIST(struct statute_note) history;     /* the lines of the head, as printed */
	LIST(struct statute_article) articles; /* in the order of their numbers */
	LIST(struct statute_note) flags;       /* in the order of lines */
};

/* `file` is the name of the file: a day in brackets in it, 办法(2022-03-24).md, counts as
 * the day of promulgation where the head has none or an earlier one. ERR_INPUT with the
 * line: not text, too large, no title, no article, an article twice. */
enum err statute_read(
    struct cx *cx, struct str file, struct str bytes, struct statute_text *out) MUST_USE;

/* What the library keeps of it (docs/events.md, `statute`). */
struct value statute_value(struct cx *cx, const struct statute_text *t);
