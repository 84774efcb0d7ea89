/*
 * Time limits among the words of an assignment: X牵头,Y配合,2026年12月底前完成. They are
 * taken out before the words are read for units, so that no unit is called by a date.
 */
#pragma once

#include "intake/units.h"

/*
 * The words without their clauses of time, which go to out->deadline and, where there are
 * several, the earlier ones to out->milestones. Returns `words` itself when none is
 * there.
 */
struct str limit_cut(struct cx *cx, struct str words, struct assignment *out);

/* A bracket that holds a time limit and nothing else at the start or the end of `text`:
 * (2026年底前完成). False when there is none. */
bool limit_bracket(struct cx *cx, struct str text, struct assignment *out);
