/* Which edition of a procedure is in force at a step of a scenario. Inside cli/. */
#pragma once

#include "act/defs.h"

/* `now` with another edition of the procedure in force: its newest of `all`, or the
 * newest of those before it. Everything else is shared: all editions are loaded, only
 * which is the newest changes. NULL: there is none. */
const struct defs *scenario_edition(struct arena *a, const struct defs *now,
    const struct defs *all, struct str procedure, bool former);
