/*
 * What copying between programs leaves in a text: characters that have no width, ends of
 * HTML, a blank between any two characters (PDF), lines broken at the width of a page,
 * numbers of pages. Before and beside noise.h; each kind is said in one entry of damage.
 */
#pragma once

#include "intake/plan.h"
#include "intake/text.h"

/* On split lines, before they are folded. */
void wash_lines(struct cx *cx, struct text *t, struct plan *p);

/* Joins lines that were broken at the width of a page, if the text was. */
void wash_wraps(struct cx *cx, struct text *t);

/* Numbers of pages, 续表 and 本页无正文 out of the way of the forms, into *pages; and in
 * again, named. */
void wash_pages(struct cx *cx, struct text *t, struct text *pages);
void wash_pages_back(struct cx *cx, struct text *t, const struct text *pages);
