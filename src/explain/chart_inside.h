/* Between the files that write a chart. */
#pragma once

#include "base/buf.h"
#include "explain/words.h"

struct chart {
	struct words w;
	const struct procedure_def *p;
	struct buf b;
};

/* A label of rows: opened, filled, closed. `open` and `close` stand around each row. */
void chart_open(struct chart *c);
void chart_rows(struct chart *c, const char *open, struct str s, const char *close);
void chart_small(struct chart *c, const char *colour, const char *before, struct str s);
void chart_close(struct chart *c);

struct str chart_unquoted(struct chart *c, struct str s);
/* chart_rule.c */
void chart_tables(struct chart *c);
void chart_transitions(struct chart *c);
