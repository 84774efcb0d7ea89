/*
 * The description: OpenAPI 3.1 of everything the interface answers to. What is the same
 * for every definition of a kind stands in description/ as templates with holes (<id>,
 * <title>, <action>); schemas of values, fields and forms are made from the definitions.
 */
#pragma once

#include "act/defs.h"

/* The whole document as JSON text in the arena. */
struct str describe(struct arena *a, const struct defs *defs);
