/*
 * XML of others' formats (XLSX, DOCX, DMN), as a tree or, where it may be large, event by
 * event. Names of elements come without their namespace prefix; attributes keep theirs
 * ("r:id"). A document type declaration is refused, so no entity can grow; depth at most
 * 256, at most 64 attributes an element.
 */
#pragma once

#include "base/cx.h"

struct xml_attribute {
	struct str name, value;
};

struct xml_node {
	struct str name;
	struct str text; /* directly inside, joined; blanks kept */
	struct xml_attribute *attributes;
	size_t n_attributes;
	struct xml_node *first, *next; /* children in order; the next sibling */
	int line;
};

/* The root element, in cx->arena; ERR_INPUT with line and column when it is not XML or
 * has more than 2 million elements. */
enum err xml_parse(struct cx *cx, struct str text, struct xml_node **out) MUST_USE;

struct str xml_attribute(const struct xml_node *node, struct str name); /* "" if absent */
const struct xml_node *xml_find(
    const struct xml_node *node, struct str name); /* or NULL */
/* The next sibling of that name, so that `for (c = xml_find(n, x); c; c = xml_again(c))`
 * walks all of one name. */
const struct xml_node *xml_again(const struct xml_node *node);

/*
 * What is told while a text is read. The views die with the call. `open` and `text`
 * answer NULL to go on, or why they will not, in Chinese; a text may come in several
 * pieces.
 */
struct xml_sink {
	void *self;
	const char *(*open)(void *self, struct str name, const struct xml_attribute *v,
	    size_t n, int line);
	const char *(*text)(void *self, struct str piece);
	void (*close)(void *self, struct str name);
};

/* ERR_INPUT with line and column when it is not XML or the sink will not go on. */
enum err xml_scan(struct cx *cx, struct str text, const struct xml_sink *sink) MUST_USE;
