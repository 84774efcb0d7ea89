/*
 * The engine's own actions on every matter: correct a value, settle a doubt, destroy the
 * personal data of one person. A definition only says by whom.
 */
#pragma once

#include "act/work.h"

bool amend_is_own(struct str action);
void amend(struct work *w, struct matter *m);
