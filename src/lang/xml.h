/*
 * XML into a tree, for the formats of others (XLSX, DOCX, DMN). Names of elements come
 * without their namespace prefix; attributes keep theirs ("r:id"). A document type
 * declaration is refused, so no entity can grow; depth at most 256, at most 4 million
 * elements.
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

/* The root element, in cx->arena; ERR_INPUT with line and column when it is not XML. */
enum err xml_parse(struct cx *cx, struct str text, struct xml_node **out) MUST_USE;

struct str xml_attribute(const struct xml_node *node, struct str name); /* "" if absent */
const struct xml_node *xml_find(
    const struct xml_node *node, struct str name); /* or NULL */
/* The next sibling of that name, so that `for (c = xml_find(n, x); c; c = xml_again(c))`
 * walks all of one name. */
const struct xml_node *xml_again(const struct xml_node *node);
