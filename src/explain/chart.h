/* A procedure's flow chart, as text for Graphviz (its file is cli/dot.c). */
#pragma once

#include "act/defs.h"

/* In `a`; the same definitions give the same text, so its digest names the drawing. */
struct str chart_dot(
    struct arena *a, const struct defs *defs, const struct procedure_def *p);

/* The name under which its drawing is kept. */
struct str chart_name(struct arena *a, struct str dot);
