/*
 * What was read out of a plan, for people and programs outside: on the command line and
 * as a download of the import.
 */
#pragma once

#include "intake/plan.h"

struct str plan_json(struct cx *cx, const struct plan *p);
