/*
 * 期限计算说明: how one day was computed, as a sheet for the file: on the page, on one
 * sheet of A4, and as DOCX. A matter's sheet shows what the record holds, the public
 * calculator's what was typed; both say it in the same places.
 */
#pragma once

#include "base/cx.h"
#include "base/list.h"
#include "web/html.h"

struct sheet_fact {
	struct str label, text; /* line feeds make lines */
};

struct sheet_steps {
	struct str *v;
	size_t n, cap;
};

struct sheet {
	LIST(struct sheet_fact) facts;
	struct str answer; /* the day, or that there is none yet */
	bool is_provisional;
	struct sheet_steps steps; /* sentences of term_note_text */
	struct str foot;
};

/* A fact without text is left out. */
void sheet_fact(struct arena *a, struct sheet *s, struct str label, struct str text);

void sheet_put(struct html *h, const struct sheet *s);
struct str sheet_docx(struct cx *cx, const struct sheet *s);

/* The sentences by themselves, numbered; the address of a notice becomes a link that is
 * spelled out on paper. */
void steps_put(struct html *h, const struct sheet_steps *steps);
