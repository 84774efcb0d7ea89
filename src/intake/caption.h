/*
 * The title of a document, found: on one line or on several, printed wide, inside the
 * notice that covers it. It tells plans from reports.
 */
#pragma once

#include "intake/plan.h"
#include "intake/text.h"

/* Short, one clause, names a kind of document at its end. */
bool caption_is(const struct line *l);
/* 索引号, 发文字号, 来源: what sites print around a document. */
bool caption_is_meta(struct str f);
/* 实  施  意  见 without its blanks; other texts as they are. */
struct str caption_squeezed(struct cx *cx, struct str s);

/* Where the head of the document ends: at the first number of a section. */
size_t caption_end(const struct text *t);
/* Sets p->title; empty where none is found. */
void caption_find(struct cx *cx, const struct text *t, struct plan *p);
