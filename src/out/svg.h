/*
 * Charts as SVG, to stand inside a page: no script, no style attribute (the page's policy
 * forbids both), every number printed beside its bar, every series with a pattern of its
 * own, so that nothing is said by colour alone. Title and description are read aloud; the
 * page shows the same numbers as a table beside.
 */
#pragma once

#include "base/cx.h"

enum { CHART_SERIES_MAX = 4 };

struct chart_item {
	struct str label;
	int64_t values[CHART_SERIES_MAX]; /* >= 0 */
};

struct chart {
	struct str id;            /* unique in the page; letters, digits and hyphens */
	struct str title;         /* what is shown, as one would say it */
	struct str description;   /* for who cannot see it; empty: the title is enough */
	const struct str *series; /* names; one name alone is not printed */
	size_t n_series;          /* 1..4, stacked in each bar */
	const struct chart_item *items;
	size_t n_items;
};

/* Lying bars, a label above each: any number of items, long names. In cx->arena. */
struct str svg_bars(struct cx *cx, const struct chart *c);

/* Standing columns, a label below each: for months and years, at most 24 items. */
struct str svg_columns(struct cx *cx, const struct chart *c);
