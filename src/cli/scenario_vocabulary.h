/* The words of scenarios, in the same form as those of definitions. */
#pragma once

#include "register/vocabulary.h"

extern const struct shape shape_scenario, shape_scenario_given, shape_scenario_step,
    shape_scenario_expect, shape_given;
