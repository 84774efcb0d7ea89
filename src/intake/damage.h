/*
 * Damage of the text itself, found line by line: dates and numbers run together, lost
 * brackets and numerals, broken characters. Each is said with what may have been meant;
 * nothing is repaired.
 */
#pragma once

#include "intake/plan.h"
#include "intake/text.h"

/* Adds an entry; entries are sorted by line at the end. */
void damage_add(struct cx *cx, struct plan *p, struct plan_damage d);
void damage_sort(struct plan *p);

void damage_scan(struct cx *cx, const struct text *t, struct plan *p);
