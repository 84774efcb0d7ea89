/*
 * Sealed parts on pages: personal values stand apart from the rest of an event and are
 * opened one at a time, by who may, each time noted.
 */
#pragma once

#include "web/html.h"
#include "web/view.h"

/* What stands in the place ("12:p1") of a sealed part of v->about: that it is sealed,
 * with the way to open it for who may; or when and by whom it was destroyed. */
void sealed_put(struct html *h, struct view *v, struct str place);
