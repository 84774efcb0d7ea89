/* Shared by the pages of units and people (unit_list.c, unit_people.c, account.c). */
#pragma once

#include "web/html.h"
#include "web/view.h"

/* Has one of the reader's posts this competence today? */
bool unit_may(struct view *v, const char *competence);
/* May the reader make, unlock and close accounts? (account.c) */
bool account_may(struct view *v);
/* Imported and not yet looked at by a person: 待核. */
bool unit_is_unconfirmed(const struct value *values);
void unit_tabs(struct html *h, struct str current);
