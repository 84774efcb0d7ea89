/*
 * Just enough of DMN to run the compatibility kit's models: boxed expressions and
 * decision tables are rewritten as FEEL text, requirements are evaluated before what
 * needs them. A test's tool: the program has decision tables of its own.
 */
#pragma once

#include "lang/feel_tree.h"
#include "lang/xml.h"

struct tck_model {
	const struct xml_node *root;
	struct feel_scope scope;
};

enum err tck_load(struct cx *cx, struct str text, struct tck_model *out) MUST_USE;

/* The value of a decision (or of a business knowledge model) by its name; inputs are a
 * map that also overrides decisions. */
struct value tck_evaluate(struct cx *cx, const struct tck_model *m, struct str name,
    const struct value *inputs);
