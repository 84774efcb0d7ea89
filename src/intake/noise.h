/*
 * Noise that copying added and that says nothing: pinyin in brackets behind each
 * difficult character, a comma before every other mark, ends of HTML tags. Taken out only
 * where a document is full of it, and said so in one entry of damage for each kind;
 * Traditional characters become Simplified in the same way.
 */
#pragma once

#include "intake/plan.h"
#include "intake/text.h"

enum err noise_clean(struct cx *cx, struct text *t, struct plan *p) MUST_USE;
