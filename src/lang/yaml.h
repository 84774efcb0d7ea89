/*
 * YAML as law/ writes it: maps, lists and scalars, with the place of each. Anchors,
 * aliases, tags, directives, several documents and keys given twice are faults. A text is
 * at most 256 KiB and 32 deep.
 *
 * All faults go into `messages` and reading goes on where it can, so that one run shows a
 * lawyer everything. Lines and columns count from 1, columns in characters.
 */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "lang/messages.h"
#include "lang/value.h"

enum yaml_kind {
	YAML_NONE, /* what yaml_get gives for what is absent */
	YAML_SCALAR,
	YAML_LIST,
	YAML_MAP,
};

struct yaml_node {
	enum yaml_kind kind;
	int line, column;
	struct str text; /* scalar; empty when nothing was written */
	bool quoted;     /* scalar in quotes or as a block: surely a text */
	struct str key;  /* of a map's item; empty in a list */
	int key_line, key_column;
	struct yaml_node *first, *next; /* children in order; the next sibling */
	size_t n;                       /* children */
};

/* Parses one document. *out is in m->arena and looks nowhere else; faults were put into
 * m. ERR_INPUT when there was any fault; *out then holds what could be read, never NULL.
 */
enum err yaml_parse(struct messages *m, struct str text, struct yaml_node **out) MUST_USE;

/* The item of a map; NULL when absent or not asked of a map. */
const struct yaml_node *yaml_find(const struct yaml_node *map, struct str key);
/* The same, but never NULL: a node of kind YAML_NONE stands for what is absent. */
const struct yaml_node *yaml_get(const struct yaml_node *map, struct str key);
/* Text of a scalar, else the empty text. */
struct str yaml_str(const struct yaml_node *node);
bool yaml_is_null(
    const struct yaml_node *node); /* absent, empty, null or ~ (not quoted) */

/* for (yaml_each(child, node)) walks the children of a list or a map. */
#define yaml_each(child, node)                         \
	const struct yaml_node *child = (node)->first; \
	child;                                         \
	child = child->next

/* Each puts a message and gives false when the node is not what is wanted. */
bool yaml_want(struct messages *m, const struct yaml_node *node, enum yaml_kind kind);
bool yaml_int(struct messages *m, const struct yaml_node *node, int64_t *out);
bool yaml_bool(struct messages *m, const struct yaml_node *node, bool *out);
bool yaml_day(struct messages *m, const struct yaml_node *node, int64_t *out);

/* A message at the node (at the key, for a map's item, with yaml_fault_key). */
void yaml_fault(struct messages *m, const struct yaml_node *node, const char *fmt, ...)
    PRINTF(3, 4);
void yaml_fault_key(
    struct messages *m, const struct yaml_node *item, const char *fmt, ...) PRINTF(3, 4);

/* A map with no other keys than these; a message for each key that is none of them. */
bool yaml_closed(
    struct messages *m, const struct yaml_node *map, const char *const *keys, size_t n);

/* A text on one line as a scalar in quotes, so that it is read as that text. */
struct str yaml_quoted(struct arena *a, struct str text);

/* As data: plain `true`, `false`, integers and null become what they say, all else text.
 * Texts are shared with the tree. */
struct value yaml_value(struct arena *a, const struct yaml_node *node);
