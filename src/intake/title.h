/*
 * What the title of a plan says beside its subject: the years it runs, whose it is.
 */
#pragma once

#include "base/str.h"

/* First day of the first year that the title names and last day of the last one
 * (2016—2020年); DAY_NONE where it names none. */
int64_t title_first_day(struct str title);
int64_t title_last_day(struct str title);

/* The place that the title begins with (某某县, 某某市某某区), a view into it; empty when
 * it begins with something else (关于…, 国务院…). */
struct str title_place(struct str title);
