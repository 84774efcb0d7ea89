/* Decision tables and transitional rules in words, for law explain. Inside cli/. */
#pragma once

#include "base/buf.h"
#include "cli/law_words.h"

void explain_table(struct buf *b, const struct words *w, const struct decision_def *t);
void explain_transition(
    struct buf *b, const struct words *w, const struct transition_def *t);
