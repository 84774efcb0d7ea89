/*
 * DOCX for WPS and Word, laid out as official documents are (GB/T 9704): A4, the type
 * area of 156 by 225 mm, body in 仿宋 of size 3 with 22 lines a page, headings in 黑体
 * and 楷体, title in 小标宋 of size 2, page numbers on the outer side. Tables have lines,
 * a header row repeated on each page and rows that do not break; wide ones go into a
 * landscape part.
 *
 * The same document gives the same bytes.
 */
#pragma once

#include "base/cx.h"
#include "base/list.h"
#include "out/table.h"

#define DOCX_TYPE \
	S("application/vnd.openxmlformats-officedocument.wordprocessingml.document")

enum doc_block_kind {
	DOC_TITLE,      /* 小标宋, size 2, centred */
	DOC_HEADING,    /* 一、 in 黑体 */
	DOC_SUBHEADING, /* （一） in 楷体 */
	DOC_PARAGRAPH,  /* indented by two characters */
	DOC_PLAIN,      /* not indented: the addressee */
	DOC_CENTRED,    /* 文号, 题注 */
	DOC_RIGHT,      /* 署名 and date */
	DOC_TABLE,
	DOC_LANDSCAPE,    /* from here on a landscape part on new pages */
	DOC_LANDSCAPE_A3, /* the same on A3, for ledgers */
	DOC_PORTRAIT,     /* and back */
};

struct doc_block {
	enum doc_block_kind kind;
	struct str text; /* line feeds break the line, tabs are kept */
	const struct table *table;
};

struct doc {
	LIST(struct doc_block) blocks;
};

void doc_add(struct arena *a, struct doc *d, enum doc_block_kind kind, struct str text);
void doc_add_table(
    struct arena *a, struct doc *d, const struct table *t); /* not copied */

/* In cx->arena. */
struct str docx_write(struct cx *cx, const struct doc *d);
