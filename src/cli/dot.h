/* Graphviz: `dot` as a process of its own, the only place that knows it. */
#pragma once

#include "base/cx.h"

/* What dot makes of one or several graphs, one behind the other: "svg", "png", "pdf".
 * ERR_INPUT when it is not installed, takes longer than a minute, writes more than
 * 32 MiB or cannot draw. */
enum err dot_draw(struct cx *cx, struct str format, struct str graphs, struct str *out)
    MUST_USE;
