/*
 * What was asked of units and sent to them: rounds of reporting against their yearly
 * limit, reminders that are open, and how many forms each unit was asked for this
 * quarter.
 */
#pragma once

#include "web/pages/programme.h"

/* The part of the board below its rows; who does not supervise sees what was sent to the
 * own units. */
enum err rounds_put(struct html *h, struct programme *p, bool supervises,
    const struct id_list *own) MUST_USE;
