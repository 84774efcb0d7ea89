/*
 * Authority: may this person do this, for this unit, on this day? Competences are held by
 * posts, posts by persons (or their deputies, AB角), each with a first and last day.
 */
#pragma once

#include "act/work.h"

/* Sets w->instead when that post is another's. The post of `actor` that has one of the
 * competences and belongs to one of the units (any unit when units is NULL); empty when
 * none has, and when facts are missing (w->needs). */
struct str authority_post(struct work *w, struct str actor,
    const struct id_list *competences, const struct value *units, int64_t day);

/* Every post the person holds, deputises or stands in for on the day. */
void authority_posts(struct work *w, struct str actor, int64_t day, struct id_list *out);
