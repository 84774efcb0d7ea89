/*
 * Test cases in the form of the DMN Technology Compatibility Kit: what is given, which
 * decisions are asked, what they should be.
 */
#pragma once

#include "lang/dmn.h"

struct xml_node;

struct dmn_tests {
	struct str model; /* the file name of the model, beside the tests */
	const struct xml_node *xml;
};

struct dmn_verdict {
	struct str id;
	bool passed;
	struct str why; /* empty when passed: each result that is another, in Chinese */
};

struct dmn_verdicts {
	struct dmn_verdict *v;
	size_t n, cap;
};

/* ERR_INPUT when the text is no file of test cases. */
enum err dmn_tests_read(struct cx *cx, struct str text, struct dmn_tests *out) MUST_USE;

/* Every case asked; `model` NULL: it could not be read, and no case passes. */
void dmn_tests_run(struct cx *cx, const struct dmn_tests *tests, const struct dmn *model,
    struct dmn_verdicts *out);
