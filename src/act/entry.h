/* Acts on registers: a whole new version of an entry from a day, or its last day. */
#pragma once

#include "act/work.h"

void entry_act(struct work *w);
