/* Definitions as everybody may read them: the chart, the sentences, the tables. */
#pragma once

#include "web/pages/show.h"

/* "/law/procedure/penalty", of this edition where it is not the newest. */
struct str law_path(struct view *v, const struct procedure_def *p);
/* A link to it, below what a matter's page shows. */
void law_link(struct html *h, struct view *v, const struct procedure_def *p);

/* law_chart.c: what Graphviz drew, without anything that is no drawing. */
enum err law_chart_put(struct html *h, struct view *v, struct str svg, struct str title)
    MUST_USE;

/* law_table.c: its rows, each with its number and article. */
void law_table_put(struct html *h, struct view *v, const struct decision_def *d);
