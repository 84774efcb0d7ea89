/*
 * Tables whose rows stand on one line each: cells between tabs, | or two blanks and more.
 * Each cell becomes a line of its own that knows its column, so that table.c reads one
 * kind of table only.
 */
#pragma once

#include "intake/text.h"

/* Before text_fold(); does nothing where no line holds the names of columns. */
void grid_expand(struct cx *cx, struct text *t);
