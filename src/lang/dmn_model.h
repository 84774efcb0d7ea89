/* The compiled model, between the dmn_*.c files only. */
#pragma once

#include "lang/dmn.h"
#include "lang/feel_tree.h"
#include "lang/xml.h"

enum dmn_kind { DMN_INPUT, DMN_DECISION, DMN_KNOWLEDGE, DMN_SERVICE };

/* What a part wants to know, under the name of the import where it is another's. */
struct dmn_need {
	const struct dmn_part *part;
	struct str import; /* empty: of the same model */
};

struct dmn_need_list {
	struct dmn_need *v;
	size_t n, cap;
};

struct dmn_part {
	enum dmn_kind kind;
	size_t index; /* in dmn.parts */
	struct str id, name;
	const struct xml_node *xml;
	struct dmn_file *file;
	const struct feel_type *type; /* of its value; NULL: any */
	const struct feel *logic;     /* NULL: none, or faulty */
	struct dmn_need_list needs;
	/* DMN_SERVICE: outputs, and its parameters: data first, then decisions */
	struct dmn_need_list outputs, inputs;
	const struct feel_native *native; /* without `self` */
};

struct dmn_import {
	struct str name;
	struct dmn_file *file;
};

/* One XML text. */
struct dmn_file {
	const struct xml_node *xml;
	struct str space; /* its namespace */
	LIST(struct dmn_import) imports;
	struct feel_scope scope;
	struct feel_name_list names;
	LIST(struct feel_field) types;
};

struct dmn {
	struct dmn_file *files;
	size_t n_files;
	LIST(struct dmn_part *) parts;
};

/* While a model is read. */
struct dmn_reader {
	struct cx *cx;
	struct messages *m;
	struct dmn *model;
	struct dmn_file *file; /* the one at hand */
};

#define DMN_EACH(child, node, tag)                               \
	const struct xml_node *child = xml_find((node), S(tag)); \
	child;                                                   \
	child = xml_again(child)

PRINTF(3, 4)
void dmn_fault(struct dmn_reader *r, const struct xml_node *at, const char *fmt, ...);
/* The text of an element's <text>, trimmed; empty where there is none. */
struct str dmn_text(const struct xml_node *node);
/* Unary tests in the <text> of `node`; NULL: there are none, or they are faulty. */
const struct feel *dmn_tests(struct dmn_reader *r, const struct xml_node *node);

/* dmn_type.c: types by name ("number", "tPerson", "import.tPerson"); NULL for none */
const struct feel_type *dmn_type(struct dmn_reader *r, struct str name);
/* all item definitions of the file, for `instance of` */
void dmn_types(struct dmn_reader *r);

/* dmn_box.c: the boxed expression inside `node`; NULL: none */
const struct feel *dmn_box_inside(struct dmn_reader *r, const struct xml_node *node);
/* a function definition: parameters and a body */
const struct feel *dmn_function(struct dmn_reader *r, const struct xml_node *node);
/* dmn_table.c */
const struct feel *dmn_table(struct dmn_reader *r, const struct xml_node *node);
