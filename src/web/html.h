/*
 * Markup: literals of the source plus values typed by where they land; the type escapes.
 *
 *     html(h, L("<li><a href=\""), U(url), L("\">"), T(task->title), L("</a></li>"));
 *
 * L takes string literals only: neither L(variable) nor T(char *) compiles. Attributes
 * are always written in double quotes. Builds with ARENA_DEBUG check every page: tags
 * closed in order, attributes quoted, no id twice.
 */
#pragma once

#include <stdint.h>

#include "base/buf.h"
#include "base/str.h"

struct exchange;

struct html {
	struct buf b;
	struct exchange
	    *x; /* whose page this is: values, errors and token of its forms */
};

enum html_kind { HTML_LITERAL, HTML_TEXT, HTML_URL, HTML_INT };

struct html_piece {
	enum html_kind kind;
	struct str s;
	int64_t i;
};

/* Markup that html.c itself has made, so it may be put into a page as it is. */
struct markup {
	struct str trusted;
};

#define html(h, ...)                                              \
	html_put((h), (const struct html_piece[]){ __VA_ARGS__ }, \
	    sizeof((const struct html_piece[]){ __VA_ARGS__ }) /  \
		sizeof(struct html_piece))

#define L(lit) ((struct html_piece){ HTML_LITERAL, { "" lit "", sizeof(lit) - 1 }, 0 })
#define T(str) html_text(str)    /* escaped; good in elements and in quoted attributes */
#define U(str) html_url(str)     /* a path of our own: begins with one '/', else a bug */
#define X(str) html_outside(str) /* an https address of our own data, else a bug */
#define N(int) html_int(int)
#define M(markup) html_markup(markup)

/* "共 {} 项" with its holes filled in order, each piece escaped by its own type; the word
 * itself is escaped as text. More or fewer holes than pieces is a bug. */
#define html_say(h, word, ...)                                             \
	html_say_((h), (word), (const struct html_piece[]){ __VA_ARGS__ }, \
	    sizeof((const struct html_piece[]){ __VA_ARGS__ }) /           \
		sizeof(struct html_piece))

static inline struct html_piece
html_text(struct str s)
{
	return (struct html_piece){ HTML_TEXT, s, 0 };
}

static inline struct html_piece
html_int(int64_t i)
{
	return (struct html_piece){ HTML_INT, { 0 }, i };
}

static inline struct html_piece
html_markup(struct markup m)
{
	return (struct html_piece){ HTML_LITERAL, m.trusted, 0 };
}

struct html_piece html_url(struct str path);
struct html_piece html_outside(struct str address);

/* A builder in an arena; x may be NULL where no forms are made. */
struct html *html_new(struct arena *a, struct exchange *x);
void html_put(struct html *h, const struct html_piece *pieces, size_t n);
void html_say_(
    struct html *h, struct str word, const struct html_piece *pieces, size_t n);

/* What was built, checked in debug builds: for a page, or to be put into another builder.
 */
struct markup html_done(struct html *h);

/* Appends s escaped for elements and double-quoted attributes. */
void html_escape(struct buf *b, struct str s);

/* The first fault of a piece of markup, or the empty text: tag not closed, closed out of
 * order, attribute without quotes, id given twice. */
struct str html_fault(struct arena *a, struct str markup);
